// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "casus/intel/infer_networks_test.h"
#include "casus/intel/uai.h"
#include "casus/intel/xdsl.h"
#include "casus/intel/xmlbif.h"

namespace casus::intel::infer_test {
namespace reading {

using testing::ElementsAre;

template <class Read>
std::vector<std::string> told(Read read) {
  try {
    read();
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

const std::string xml_head =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE BIF [\n<!ELEMENT BIF ( NETWORK )*>\n]>\n<BIF "
    "VERSION=\"0.3\">\n"
    "<NETWORK><NAME>n</NAME>\n<!-- a comment -->\n"
    "<VARIABLE "
    "TYPE=\"nature\"><NAME>a&amp;b</NAME><OUTCOME>yes</OUTCOME><OUTCOME>&lt;no</OUTCOME></"
    "VARIABLE>\n"
    "<VARIABLE TYPE=\"nature\"><NAME>c</NAME><OUTCOME>u</OUTCOME><OUTCOME>v</OUTCOME>"
    "<OUTCOME>w</OUTCOME></VARIABLE>\n"
    "<DEFINITION><FOR>a&amp;b</FOR><TABLE>1 3</TABLE></DEFINITION>\n";

TEST(XmlBif, TablesRunOverTheNodesOwnStateFastest) {
  const auto n =
      read_xmlbif(xml_head +
                      "<DEFINITION><FOR>c</FOR><GIVEN>a&amp;b</GIVEN><TABLE> 0.5 0.25 0.25 "
                      "<!-- yes --> 1 0 0\n</TABLE></DEFINITION></NETWORK></BIF>\n",
                  "n.xml");
  EXPECT_EQ(n.nodes[0].name, "a&b");
  EXPECT_THAT(n.nodes[0].states, ElementsAre("yes", "<no"));
  EXPECT_THAT(n.nodes[0].table, ElementsAre(0.25, 0.75));
  EXPECT_THAT(n.nodes[1].table, ElementsAre(0.5, 0.25, 0.25, 1.0, 0.0, 0.0));
}

TEST(XmlBif, MistakesHaveTheirPlaces) {
  const auto read = [](const std::string& text) {
    return told([&] { (void)read_xmlbif(text, "n.xml"); });
  };
  EXPECT_THAT(read(xml_head + "</NETWORK></BIF>"), ElementsAre("9:31: node 'c' has no table"));
  EXPECT_THAT(
      read(xml_head + "<DEFINITION><FOR>d</FOR><TABLE>1</TABLE></DEFINITION></NETWORK></BIF>"),
      testing::Contains("11:18: no node is called 'd'"));
  EXPECT_THAT(
      read(xml_head + "<DEFINITION><FOR>c</FOR><TABLE>1 2</TABLE></DEFINITION></NETWORK></BIF>"),
      ElementsAre("11:26: 2 numbers where the table of node 'c' needs 3"));
  EXPECT_THAT(read("<BIF><NETWORK></BIF>"),
              ElementsAre("1:17: 'BIF' ends where 'NETWORK' is open"));
  EXPECT_THAT(read("<BIF>&foo;<x/></BIF>"), ElementsAre("1:2: <BIF> holds no <NETWORK>"));
  EXPECT_THAT(read("<BIF a=b>"), ElementsAre("1:8: an attribute's value is quoted"));
  EXPECT_THAT(read("plain"), ElementsAre("1:1: no XML element stands here"));
  EXPECT_THAT(read("<NETWORK><VARIABLE><NAME>&foo;</NAME></VARIABLE></NETWORK>"),
              ElementsAre("1:26: this entity is not known | write '&' as '&amp;'"));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  EXPECT_THAT(read(deep), ElementsAre("1:304: elements nest too deep"));
}

TEST(Uai, NodesAndStatesAreNamedByIndex) {
  const auto m =
      read_uai("BAYES\n2\n2 3\n2\n1 0\n2 0 1\n\n2\n 0.25 0.75\n6\n 1 1 2  0 1 1\n", "n.uai");
  EXPECT_TRUE(m.potentials.empty());
  EXPECT_EQ(m.network.nodes[1].name, "1");
  EXPECT_THAT(m.network.nodes[1].states, ElementsAre("0", "1", "2"));
  EXPECT_THAT(m.network.nodes[1].table, ElementsAre(0.25, 0.25, 0.5, 0.0, 0.5, 0.5));
}

TEST(Uai, AMarkovNetworkKeepsItsPotentials) {
  const auto m = read_uai("MARKOV\n3\n2 2 2\n2\n2 1 0\n1 2\n4\n1 2 3 4\n2\n5 0\n", "n.uai");
  const Answer a = query(m, {});
  EXPECT_NEAR(a.log_evidence, std::log(50.0), 1e-13);
  EXPECT_NEAR(a.posteriors[0][1], 0.6, 1e-14);
  EXPECT_NEAR(a.posteriors[1][1], 0.7, 1e-14);
  EXPECT_EQ(a.posteriors[2][0], 1.0);
}

TEST(Uai, MistakesHaveTheirPlaces) {
  const auto read = [](const std::string& text) {
    return told([&] { (void)read_uai(text, "n.uai"); });
  };
  EXPECT_THAT(read("BAYSE 1"), ElementsAre("1:1: found 'BAYSE' where 'BAYES' or 'MARKOV' belongs"));
  EXPECT_THAT(read("BAYES\n1\n2\n1\n1 0\n3\n1 1 1"),
              ElementsAre("6:1: 3 entries where table 0 needs 2"));
  EXPECT_THAT(read("BAYES\n1\n2\n1\n1 0\n2\n1"),
              ElementsAre("7:2: the file ends after 1 of the 2 numbers of table 0"));
  EXPECT_THAT(read("BAYES\n1\n2\n1\n1 7\n2\n1 1"),
              ElementsAre("5:3: a node of table 0 must be a whole number from 0 to 0"));
  EXPECT_THAT(read("BAYES\n1\n2\n0\n"), ElementsAre("3:1: node '0' has no table"));
  EXPECT_THAT(read("BAYES\n1000000000\n2\n"),
              ElementsAre("2:1: the number of nodes must be a whole number from 1 to 19"));
  EXPECT_THAT(read("MARKOV\n1\n2\n1\n1 0\n2\n0 0"),
              ElementsAre("6:1: all numbers of table 0 are 0"));
}

TEST(Xdsl, WhatIsWrittenIsReadBack) {
  Network net = any_network(7, 10, 3);
  net.nodes[2].name = "troops > 8,000?";
  const Network back = read_xdsl(write_xdsl(net, "belief"), "n.xdsl");
  ASSERT_EQ(back.nodes.size(), net.nodes.size());
  const Answer before = query({net, {}}, {});
  const Answer after = query({back, {}}, {});
  for (std::size_t v = 0; v < net.nodes.size(); ++v) {
    std::size_t w = 0;
    const std::string id = v == 2 ? "troops___8_000_" : net.nodes[v].name;
    while (back.nodes[w].name != id) ++w;
    EXPECT_THAT(after.posteriors[w],
                testing::Pointwise(testing::DoubleNear(1e-13), before.posteriors[v]));
  }
}

TEST(Xdsl, DeterministicNodesAreReadAndOtherKindsRefused) {
  const auto n = read_xdsl(
      "<smile><nodes><cpt id=\"a\"><state id=\"x\"/><state id=\"y\"/><probabilities>0.5 0.5"
      "</probabilities></cpt><deterministic id=\"b\"><state id=\"p\"/><state id=\"q\"/>"
      "<parents>a</parents><resultingstates>q p</resultingstates></deterministic></nodes>"
      "</smile>",
      "n.xdsl");
  EXPECT_THAT(n.nodes[1].table, ElementsAre(0.0, 1.0, 1.0, 0.0));
  EXPECT_THAT(
      told([] { (void)read_xdsl("<smile><nodes><noisymax id=\"a\"/></nodes></smile>", "n.xdsl"); }),
      ElementsAre("1:16: nodes of kind 'noisymax' are not read | turn it into a node with a "
                  "table (cpt)"));
}

TEST(ReadModel, TheTextDecidesTheForm) {
  EXPECT_EQ(read_model(std::string("BAYES 1 2 1 1 0 2 1 1"), "n.bif").network.nodes.size(), 1U);
  EXPECT_EQ(read_model(std::string(asia_text), "n.xml.txt").network.nodes.size(), 8U);
  const Network net = any_network(1, 4, 2);
  EXPECT_EQ(read_model(write_xdsl(net, "n"), "n.bif").network.nodes.size(), 4U);
  EXPECT_EQ(read_model("\xEF\xBB\xBF" + write_bif(net, "n"), "n.bif").network.nodes.size(), 4U);
}

TEST(Evidence, StatesNumbersAndLikelihoodsAreRead) {
  const auto m = read_uai("BAYES 2 2 3 2 1 0 1 1 2 1 1 3 1 1 1", "n.uai");
  const auto e = read_evidence("{\"0\": 1,\n \"1\": {\"0\": 0.5, \"2\": 2}}", "e.json", m.network);
  ASSERT_EQ(e.items.size(), 2U);
  EXPECT_THAT(e.items[0].likelihood, ElementsAre(0.0, 1.0));
  EXPECT_THAT(e.items[1].likelihood, ElementsAre(0.5, 0.0, 2.0));
  EXPECT_EQ(e.places[1].line, 2);
  EXPECT_EQ(e.places[1].column, 7);
  const auto m2 = read_bif(
      "network n {} variable \"a\xC3\xA9\" { type discrete [2] { x/y, z }; }"
      "probability (\"a\xC3\xA9\") { table 1 1; }",
      "n.bif");
  EXPECT_EQ(read_evidence("{\"a\\u00e9\": \"x\\/y\"}", "e.json", m2).items.size(), 1U);
  EXPECT_TRUE(read_evidence("{}", "e.json", m2).items.empty());
}

TEST(Evidence, MistakesHaveTheirPlacesAndAWayOut) {
  const auto m = asia();
  const auto read = [&](const std::string& text) {
    return told([&] { (void)read_evidence(text, "e.json", m.network); });
  };
  EXPECT_THAT(read("{\"smoke\": \"yess\",\n \"xrai\": \"yes\"}"),
              ElementsAre("1:11: node 'smoke' has no state 'yess' | did you mean 'yes'?",
                          "2:2: no node is called 'xrai' | did you mean 'xray'?"));
  EXPECT_THAT(read("{\"smoke\": \"often\"}"),
              ElementsAre("1:11: node 'smoke' has no state 'often' | its states: yes, no"));
  EXPECT_THAT(read("{\"smoke\": \"yes\", \"smoke\": \"no\"}"),
              ElementsAre("1:18: node 'smoke' is told twice"));
  EXPECT_THAT(read("[\"smoke\"]"),
              ElementsAre("1:1: '{' belongs here: evidence is an object {\"node\": \"state\"}"));
  EXPECT_THAT(read(""),
              ElementsAre("1:1: the file ends too early: '{' belongs here: evidence is an "
                          "object {\"node\": \"state\"}"));
  EXPECT_THAT(read("{\"smoke\": [\"yes\"]}"), ElementsAre("1:11: a state belongs here"));
  EXPECT_THAT(read("{\"smoke\": \"yes\"} x"), ElementsAre("1:18: text after the evidence"));
  EXPECT_THAT(read("{\"smoke\": {\"yes\": -1}}"),
              ElementsAre("1:11: no state of node 'smoke' has a weight above 0",
                          "1:19: a weight is finite and at least 0"));
  EXPECT_THAT(read("{\"smoke\": \"y\\q\"}"),
              ElementsAre("1:13: this is no escape that JSON knows"));
}

TEST(AnswerJson, IsWhatTheContractSays) {
  const auto m = asia();
  QueryOptions options;
  options.most_probable = true;
  options.samples = 2;
  const std::vector<NodeEvidence> e = {seen(m.network, "xray", "yes")};
  const Answer a = query(m, e, options);
  const auto json = nlohmann::json::parse(to_json(a, m.network));
  EXPECT_EQ(json["log_evidence"].get<double>(), a.log_evidence);
  EXPECT_EQ(json["posteriors"].size(), 8U);
  EXPECT_EQ(json["posteriors"]["lung"]["yes"].get<double>(), a.posteriors[3][0]);
  EXPECT_EQ(json["method"], "junction tree");
  EXPECT_EQ(json["error"], 0.0);
  EXPECT_EQ(json["most_probable"]["states"]["xray"], "yes");
  EXPECT_EQ(json["samples"].size(), 2U);
  EXPECT_EQ(json["samples"][1]["xray"], "yes");
}

}  // namespace reading
}  // namespace casus::intel::infer_test
