// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "casus/casefile/file_text.h"
#include "casus/casefile/json_reader.h"
#include "casus/casefile/wrong_cases.h"
#include "casus/casefile/yaml_reader.h"
#include "casus/random/draws.h"

namespace casus::casefile {
namespace limits_test {

namespace fs = std::filesystem;

std::string told_of(const std::string& text, bool json = false) {
  Document document;
  document.file = "x";
  document.text = text;
  Problems problems;
  const bool read = json ? read_json_lines(document, problems) : read_yaml(document, problems);
  static_cast<void>(read);
  std::string told;
  for (const Problem& p : problems.take()) {
    told += fmt::format("{}:{}: {} | {}\n", p.line, p.column, p.message, p.hint);
  }
  return told;
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(CaseLimits, AHundredMegabytesAreRefusedBeforeTheyAreRead) {
  const fs::path path = fs::path(testing::TempDir()) / "casus_large.yaml";
  std::ofstream(path) << "a";
  fs::resize_file(path, 100'000'000);  // sparse: takes no room
  Problems problems;
  std::string text;
  EXPECT_FALSE(read_text(path, "large.yaml", problems, text));
  EXPECT_TRUE(text.empty());
  const auto told = problems.take();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].message, "the file has 100 MB; the limit is 64 MB");
  EXPECT_EQ(told[0].hint, "split it over included folders");
  fs::remove(path);
}

TEST(CaseLimits, TenThousandDeepIsRefusedAtOnceInEveryStyle) {
  constexpr std::size_t deep = 10'000;
  std::string indented;
  for (std::size_t i = 0; i < 2000; ++i) indented += std::string(i, ' ') + "a:\n";
  const std::string texts[] = {"a: " + repeated("[", deep),
                               "a: " + repeated("{a: ", deep),
                               repeated("- ", deep) + "x",
                               repeated("? ", deep) + "x",
                               indented,
                               "a: " + repeated("[\n ", deep),
                               repeated("[", deep) + repeated("]", deep)};
  for (const std::string& text : texts) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string told = told_of(text);
    EXPECT_THAT(told, testing::HasSubstr("nested more than 100 deep, which is the limit"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  }
  EXPECT_THAT(told_of(repeated("[", deep), true),
              testing::HasSubstr("nested more than 100 deep, which is the limit"));
  EXPECT_THAT(told_of(repeated("{\"a\":", deep), true),
              testing::HasSubstr("nested more than 100 deep, which is the limit"));
}

TEST(CaseLimits, BracketsAndDashesInTextAreNoNesting) {
  const std::string text = "a: \"" + repeated("[", 200) + "\"\nb: '" + repeated("{", 200) +
                           "'\nc: x " + repeated("[", 200) + "\nd: |\n  " + repeated("- ", 200) +
                           "\ne: 1 # " + repeated("[", 200) + "\nf: " + repeated("[", 99) +
                           repeated("]", 99) + "\n";
  EXPECT_EQ(told_of(text), "");
}

TEST(CaseLimits, ManySlipsDoNotTakeLong) {
  auto files = invented_case();
  std::string sources = "sources:\n";
  for (int i = 0; i < 5'000; ++i) {
    sources +=
        fmt::format("  - {{id: s{}, name: S, kind: press, grade: A, relays: [t{}]}}\n", i, i);
  }
  std::string hypotheses = "hypotheses:\n  - id: h\n    text: H\n    table: []\n    states:\n";
  for (int i = 0; i < 1001; ++i) hypotheses += fmt::format("      - {{id: s{}}}\n", i);
  for (CaseFile& file : files) {
    if (file.kind == "sources.yaml") file.content = sources;
    if (file.kind == "hypotheses.yaml") file.content = hypotheses;
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::string told = told_about(files);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
  EXPECT_THAT(told, testing::HasSubstr("hypothesis 'h' has more than 1000 states, which is the "
                                       "limit"));
}

TEST(CaseLimits, ManyKeysAtOneIndentAreNotDeep) {
  EXPECT_EQ(told_of("a:\n" + repeated("  - {x: 1}\n", 1000)), "");
}

TEST(CaseLimits, WhatIsNotUtf8IsToldWithItsPlace) {
  EXPECT_EQ(told_of("a: 1\nb: x\xff\n"), "2:5: byte 0xFF is not UTF-8 | save the file as UTF-8\n");
  EXPECT_EQ(told_of("a: ü\xc3\n"), "1:5: byte 0xC3 is not UTF-8 | save the file as UTF-8\n");
  EXPECT_EQ(told_of("a: \xc0\x80\n"), "1:4: byte 0xC0 is not UTF-8 | save the file as UTF-8\n");
  EXPECT_EQ(told_of("a: \xed\xa0\x80\n"), "1:4: byte 0xED is not UTF-8 | save the file as UTF-8\n");
  EXPECT_EQ(told_of("a: \xf4\x90\x80\x80\n"),
            "1:4: byte 0xF4 is not UTF-8 | save the file as UTF-8\n");
  EXPECT_EQ(told_of(std::string("a: \0b\n", 6)), "1:4: control character 0x00 | remove it\n");
  EXPECT_EQ(told_of("\xef\xbb\xbf"
                    "a: 1\n"),
            "");
  EXPECT_EQ(told_of("{\"a\": \"\xff\"}\n", true),
            "1:8: byte 0xFF is not UTF-8 | save the file as UTF-8\n");
}

TEST(CaseLimits, JsonSlipsAreToldWithLineAndColumn) {
  const std::string lines =
      "{\"a\": 1}\n{\"a\" 1}\n\n{\"a\": 1,}\n{\"a\": 01}\n{\"a\": tru}\n[1 2]\n{\"a\": \"x}\n"
      "{\"a\": 1} {}\n{\"a\": \"\\u12\"}\n{\"a\": \"\tb\"}\n{\"a\":}\n";
  EXPECT_EQ(told_of(lines, true),
            "2:6: this is not JSON: expected ':' after the key | \n"
            "4:9: this is not JSON: expected a key in double quotes | \n"
            "5:7: this is not JSON: '01' is no JSON value | text stands in double quotes\n"
            "6:7: this is not JSON: 'tru' is no JSON value | text stands in double quotes\n"
            "7:4: this is not JSON: expected ']' or ',' after the value | \n"
            "8:7: this is not JSON: the quotes are not closed | add a '\"'\n"
            "9:10: this is not JSON: something follows the value | one object a line\n"
            "10:8: this is not JSON: \\u wants four hexadecimal digits | \n"
            "11:8: this is not JSON: a tab or line end inside quotes | write \\t or \\n\n"
            "12:6: this is not JSON: a value is missing | \n");
}

/// Any change of a few bytes: one draw decides where, one what.
std::string mutated(std::string text, std::uint32_t seed) {
  constexpr Stream stream("mutation");
  const Draws draws(7);
  static constexpr std::string_view alphabet = "{}[]:,-?&*!|>'\"%@` \n\t#0aé\\ud8.x~";
  const auto first = draws.words(stream, seed, 0, 0, 0);
  const std::size_t changes = 1 + first[0] % 4;
  for (std::uint32_t i = 1; i <= changes && !text.empty(); ++i) {
    const auto w = draws.words(stream, seed, 0, 0, i);
    const std::size_t at = w[0] % text.size();
    const char c = w[3] % 8 == 0 ? static_cast<char>(w[3] >> 24) : alphabet[w[2] % alphabet.size()];
    if (w[1] % 3 == 0) {
      text[at] = c;
    } else if (w[1] % 3 == 1) {
      text.insert(at, 1, c);
    } else {
      text.erase(at, 1 + w[2] % 5);
    }
  }
  return text;
}

TEST(CaseLimits, OurJsonReaderAcceptsExactlyWhatTheLibraryAccepts) {
  std::string line(template_reports_jsonl);
  line = line.substr(0, line.find('\n'));
  const std::string small = "{\"a\":[1,-2.5e3,null,true],\"b\":{\"c\":\"\\u00e9\\n\"}}";
  int accepted = 0;
  for (std::uint32_t seed = 0; seed < 20'000; ++seed) {
    std::string text = mutated(seed % 4 == 0 ? line : small, seed);
    if (text.find('\n') != std::string::npos || text.find('\x7f') != std::string::npos) continue;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string told = told_of(text, true);
    if (told.find("stands twice") != std::string::npos) continue;  // the library lets that pass
    const bool library = nlohmann::json::accept(text);
    EXPECT_EQ(told.empty(), library) << text << "\n" << told;
    accepted += library ? 1 : 0;
  }
  EXPECT_GT(accepted, 1000);
}

TEST(CaseLimits, AChangedByteNeverBreaksTheReader) {
  const auto files = invented_case();
  int refused = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    auto changed = files;
    CaseFile& file = changed[seed % changed.size()];
    file.content = mutated(file.content, seed);
    try {
      static_cast<void>(load_files(changed));
    } catch (const CaseError& error) {
      ++refused;
      EXPECT_FALSE(error.problems().empty());
    }
  }
  EXPECT_GT(refused, 100);
}

TEST(SlowCaseLimits, TwentyThousandChangedCasesNeverBreakTheReader) {
  const auto files = invented_case();
  for (std::uint32_t seed = 1000; seed < 21'000; ++seed) {
    auto changed = files;
    CaseFile& file = changed[seed % changed.size()];
    file.content = mutated(file.content, seed);
    try {
      static_cast<void>(load_files(changed));
    } catch (const CaseError& error) {
      EXPECT_FALSE(error.problems().empty());
    }
  }
}

}  // namespace limits_test
}  // namespace casus::casefile
