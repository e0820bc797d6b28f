// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/bif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/base/error.h"
#include "casus/intel/infer_networks_test.h"

namespace casus::intel::infer_test {
namespace bif {

using testing::ElementsAre;
using testing::HasSubstr;

// `line:column: message | hint` of every problem.
std::vector<std::string> problems(const std::string& text) {
  try {
    (void)read_bif(text, "n.bif");
  } catch (const CaseError& error) {
    std::vector<std::string> out;
    for (const auto& p : error.problems()) {
      out.push_back(std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.message +
                    (p.hint.empty() ? "" : " | " + p.hint));
    }
    return out;
  }
  return {};
}

const std::string two =
    "network n {\n}\n"
    "variable a { type discrete [2] { yes, no }; }\n"
    "variable b { type discrete [2] { up, down }; }\n"
    "probability ( a ) { table 0.2, 0.8; }\n";

TEST(Bif, RowsAreDividedByTheirSums) {
  const auto n = read_bif(two + "probability ( b | a ) { (yes) 1, 3; (no) 2, 2; }", "n.bif");
  EXPECT_THAT(n.nodes[1].table, ElementsAre(0.25, 0.75, 0.5, 0.5));
}

TEST(Bif, LabelsMayHoldAnyPrintableCharacter) {
  const auto n = read_bif(
      "network \"any thing\" { property version 1.0; }\n"
      "variable light-on { type discrete [ 5 ] { Asy/Patch, <7.5, (5,10], a//b, 12+ };\n"
      "  property position = (1, 2) ; }\n"
      "variable \"b c\" { type discrete[2] { \"x, y\", z }; }\n"
      "probability ( light-on ) { table 0.2 0.2 0.2 0.2 0.2; }\n"
      "probability ( \"b c\" | light-on ) {\n"
      "  (Asy/Patch) 1, 0; (<7.5) 0.5, 0.5; ((5,10]) 0, 1; (a//b) 0.25, 0.75; (12+) 1 0;\n}\n",
      "n.bif");
  EXPECT_THAT(n.nodes[0].states, ElementsAre("Asy/Patch", "<7.5", "(5,10]", "a//b", "12+"));
  EXPECT_THAT(n.nodes[1].states, ElementsAre("x, y", "z"));
  EXPECT_EQ(n.nodes[1].name, "b c");
  EXPECT_EQ(n.nodes[1].table[4], 0.0);
  EXPECT_EQ(n.nodes[1].table[6], 0.25);
}

TEST(Bif, CommentsAndBlanksMayStandAnywhere) {
  const auto n = read_bif(
      "// first\nnetwork x {\n}\nvariable a {\n  property label = \"a;}\";\n  type discrete[2] {\n"
      "    a, // \"a\"\n    n// \"n\"\n  };\n}\n/* between */ probability(a){table/**/0.5 0.5;// "
      "end\n}",
      "n.bif");
  EXPECT_THAT(n.nodes[0].states, ElementsAre("a", "n"));
}

TEST(Bif, StatesMayBeSeparatedByBlanksAlone) {
  const auto n = read_bif(
      "network x {} variable a { type discrete[3] { u v \"w w\" }; }"
      "probability (a) { table 1 1 2; }",
      "n.bif");
  EXPECT_THAT(n.nodes[0].states, ElementsAre("u", "v", "w w"));
}

TEST(Bif, AWholeTableRunsOverTheNodesOwnStateSlowest) {
  const auto n = read_bif(two + "probability ( b | a ) { table 0.1 0.7 0.9 0.3; }", "n.bif");
  EXPECT_THAT(n.nodes[1].table, ElementsAre(0.1, 0.9, 0.7, 0.3));
}

TEST(Bif, AWholeTableThatOnlySumsByRowsIsReadByRows) {
  const auto n = read_bif(two + "probability ( b | a ) { table 0.1 0.9 0.7 0.3; }", "n.bif");
  EXPECT_THAT(n.nodes[1].table,
              testing::Pointwise(testing::DoubleNear(1e-15), {0.1, 0.9, 0.7, 0.3}));
}

TEST(Bif, WhatIsNotNamedTakesTheDefault) {
  const auto n = read_bif(two + "probability ( b | a ) { default 0.5, 0.5; (no) 0, 1; }", "n.bif");
  EXPECT_THAT(n.nodes[1].table, ElementsAre(0.5, 0.5, 0.0, 1.0));
}

TEST(Bif, ParentsMayBeDeclaredLater) {
  const auto n = read_bif(
      "network x {} probability ( b | a ) { (y) 1 0; (n) 0 1; }"
      "variable b { type discrete[2] { y, n }; }"
      "variable a { type discrete[2] { y, n }; } probability (a) { table 1 1; }",
      "n.bif");
  EXPECT_EQ(n.nodes[0].parents.front(), 1U);
}

TEST(Bif, WhatIsWrittenIsReadBackToTheLastDigit) {
  for (std::uint32_t example = 1; example <= 20; ++example) {
    Network net = any_network(example, 12, 3);
    net.nodes[3].states[0] = "a, (b";
    net.nodes[4].states[1] = "Asy/Patch";
    const Network back = read_bif(write_bif(net, "n"), "n.bif");
    ASSERT_EQ(back.nodes.size(), net.nodes.size());
    for (std::size_t i = 0; i < net.nodes.size(); ++i) {
      EXPECT_EQ(back.nodes[i].name, net.nodes[i].name);
      EXPECT_EQ(back.nodes[i].states, net.nodes[i].states);
      EXPECT_EQ(back.nodes[i].parents, net.nodes[i].parents);
      EXPECT_THAT(back.nodes[i].table,
                  testing::Pointwise(testing::DoubleNear(4e-16), net.nodes[i].table));
    }
  }
}

TEST(Bif, EveryMistakeHasItsPlaceAndAWayOut) {
  EXPECT_THAT(problems(""), ElementsAre("1:1: no network: not one 'variable' is declared"));
  EXPECT_THAT(problems("hello"), ElementsAre("1:1: unknown block 'hello'"));
  EXPECT_THAT(problems("network n {}\nvariabel a {}"),
              ElementsAre("2:1: unknown block 'variabel' | did you mean 'variable'?"));
  EXPECT_THAT(problems("network n {}\nvariable a { type discrete [3] { x, y }; }"),
              ElementsAre("2:29: the states listed are not the 3 announced | separate labels with "
                          "commas; quote one that holds a comma"));
  EXPECT_THAT(
      problems("variable a { type continuous; }"),
      ElementsAre("1:19: type 'continuous' is not read | only discrete variables have tables"));
  EXPECT_THAT(
      problems("variable a { type discrete [2] { x, x }; }\nprobability (a) { table 1 1; }"),
      ElementsAre("1:10: node 'a' has two states called 'x'"));
  EXPECT_THAT(problems(two), ElementsAre("4:10: node 'b' has no table"));
  EXPECT_THAT(
      problems(two + "probability ( b | a ) { (yes) 1, 0; }"),
      ElementsAre("6:15: the table of node 'b' lacks the row (no) | give it, or a 'default'"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { (yes) 1, 0; (yes) 1, 0; (no) 1, 0; }"),
              ElementsAre("6:37: this row of node 'b' was told before"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { (yes) 1, 0; (noo) 1, 0; }"),
              ElementsAre("6:38: node 'a' has no state 'noo' | did you mean 'no'?"));
  EXPECT_THAT(problems(two + "probability ( b | aa ) { (yes) 1, 0; (no) 1, 0; }"),
              testing::Contains("6:19: no node is called 'aa' | did you mean 'a'?"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { (yes) 1, 0, 2; (no) 1, 0; }"),
              ElementsAre("6:31: 3 numbers where the table of node 'b' needs 2"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { table 1, 0, 1; }"),
              ElementsAre("6:31: 3 numbers where the table of node 'b' needs 4"));
  EXPECT_THAT(
      problems(two + "probability ( b | a ) { (yes) -1, 2; (no) 1, nan; }"),
      ElementsAre("6:31: -1 is below 0 | probabilities are finite and at least 0",
                  "6:46: nan is not a finite number | probabilities are finite and at least 0"));
  EXPECT_THAT(
      problems(two + "probability ( b | a ) { (yes) 0, 0; (no) 1, 1e999; }"),
      ElementsAre("6:45: inf is not a finite number | probabilities are finite and at least 0"));
  EXPECT_THAT(
      problems(two + "probability ( b | a ) { (yes) 0, 0; (no) 1, 0; }"),
      ElementsAre("6:15: row 1 of the table of node 'b' sums to 0 | a row needs at least one "
                  "number above 0, and a sum a float can hold"));
  EXPECT_THAT(problems(two + "probability ( b | a, a ) { default 1 1; }"),
              ElementsAre("6:15: node 'b' names 'a' twice as a parent"));
  EXPECT_THAT(problems(two + "probability ( b | b ) { default 1 1; }"),
              ElementsAre("6:15: node 'b' depends on itself"));
  EXPECT_THAT(problems(two + "probability ( b ) { table 1 1; }\nprobability ( b ) { table 1 1; }"),
              ElementsAre("7:15: node 'b' has a second table | leave one of them out"));
  EXPECT_THAT(
      problems(two + "variable a { type discrete [1] { x }; }\nprobability (b) { table 1 1; }"),
      ElementsAre("6:10: node 'a' is declared twice | give one of them another name"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { (yes) 1, x; }"),
              ElementsAre("6:34: found 'x' where a number or ';' belongs"));
  EXPECT_THAT(problems(two + "probability ( b | a ) { (yes) 1, 0"),
              ElementsAre("6:25: this has no ';' at its end"));
  EXPECT_THAT(problems("network n {}\n/* never ends"), ElementsAre("2:1: this comment has no end"));
}

TEST(Bif, ACycleIsToldAlongItsArcs) {
  EXPECT_THAT(
      problems("variable a { type discrete [2] { x, y }; }\n"
               "variable b { type discrete [2] { x, y }; }\n"
               "variable c { type discrete [2] { x, y }; }\n"
               "probability ( a | c ) { default 1 1; }\n"
               "probability ( b | a ) { default 1 1; }\n"
               "probability ( c | b ) { default 1 1; }\n"),
      ElementsAre("4:15: node 'a' is its own ancestor: a -> b -> c -> a | take one of these "
                  "arcs out"));
}

TEST(Bif, ATableTooLargeToHoldIsRefusedBeforeItIsMade) {
  std::string text;
  std::string parents;
  for (int i = 0; i < 30; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "variable " + name + " { type discrete [2] { x, y }; }\n";
    text += "probability ( " + name + " ) { table 1 1; }\n";
    parents += (i == 0 ? "" : ", ") + name;
  }
  text += "variable c { type discrete [2] { x, y }; }\nprobability ( c | " + parents +
          " ) { default 1 1; }";
  EXPECT_THAT(
      problems(text),
      ElementsAre("62:15: the table of node 'c' would have 2.15e+09 cells | at most 134217728 are "
                  "read: put nodes between it and its parents"));
}

TEST(Bif, NoCutAndNoChangedByteOfAFileIsMoreThanAProblem) {
  const std::string whole = asia_text;
  for (std::size_t end = 0; end < whole.size(); end += 3) (void)problems(whole.substr(0, end));
  const Draws draws(11);
  constexpr char bytes[] = "{}()[];,|\"/*0-9e.\n\x01\xff a";
  for (std::uint32_t k = 0; k < 3000; ++k) {
    std::string text = whole;
    for (std::uint32_t j = 0; j < 3; ++j) {
      const auto at = static_cast<std::size_t>(draws.uniform(Stream("fuzz"), k, 0, j) * 0.9999 *
                                               static_cast<double>(text.size()));
      const double what = draws.uniform(Stream("fuzz"), k, 1, j);
      if (what < 0.3) {
        text.erase(at, 1 + static_cast<std::size_t>(what * 40));
      } else {
        text[at] = bytes[static_cast<std::size_t>((what - 0.3) / 0.7 * (sizeof bytes - 1))];
      }
    }
    (void)problems(text);  // anything but a CaseError would leave the test
  }
}

}  // namespace bif
}  // namespace casus::intel::infer_test
