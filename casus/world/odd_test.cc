// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/odd.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Odd, NamesEveryProcessVariableKnobAndAct) {
  const std::string text = odd();
  const auto named = [&](std::string_view name) {
    return text.find("`" + std::string(name) + "`") != std::string::npos;
  };
  const World world(testing::model_of_2024());
  for (const auto& process : world.processes()) {
    EXPECT_NE(text.find("### " + std::string(process->name()) + "\n"), std::string::npos)
        << process->name();
  }
  for (const VariableInfo& v : variable_table()) EXPECT_TRUE(named(v.name)) << v.name;
  for (const Knob& k : knobs()) EXPECT_TRUE(named(k.id)) << k.id;
  for (const ActionInfo& a : catalogue()) EXPECT_TRUE(named(casefile::name_of(a.action)));
}

TEST(Odd, HasTheSevenElementsInTheirOrder) {
  const std::string text = odd();
  std::size_t at = 0;
  for (const char* element :
       {"## 1. Purpose and patterns", "## 2. Entities, state variables and scales",
        "## 3. Process overview and scheduling", "## 4. Design concepts", "## 5. Initialization",
        "## 6. Input data", "## 7. Submodels"}) {
    const std::size_t found = text.find(element, at);
    ASSERT_NE(found, std::string::npos) << element;
    at = found;
  }
  EXPECT_EQ(text.find('{'), std::string::npos) << "a count was not filled in";
}

TEST(Odd, PointsToPagesThatExist) {
  for (const Submodel& s : submodels()) {
    const std::string page =
        std::string(CASUS_SOURCE_DIR "/docs/models/") + std::string(s.page) + ".md";
    EXPECT_TRUE(std::filesystem::exists(page)) << page;
  }
}

/// Every `TEST(Suite, Name)` of the sources as "Suite.Name".
std::set<std::string> tests_in_sources() {
  std::set<std::string> out;
  const std::regex test(R"x(\nTEST\((\w+),\s*(\w+)\))x");
  for (const char* folder : {"casus/intel", "casus/observe", "casus/analysis", "casus/world",
                             "casus/policy", "casus/ensemble", "tests"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(CASUS_SOURCE_DIR "/") + folder)) {
      if (file.path().extension() != ".cc") continue;
      std::ifstream in(file.path());
      std::stringstream text;
      text << in.rdbuf();
      const std::string code = text.str();
      for (std::sregex_iterator m(code.begin(), code.end(), test), end; m != end; ++m) {
        out.insert((*m)[1].str() + "." + (*m)[2].str());
      }
    }
  }
  return out;
}

TEST(Invariants, EachIsHeldByATestThatExists) {
  std::ifstream in(CASUS_SOURCE_DIR "/docs/models/invariants.md");
  const std::set<std::string> tests = tests_in_sources();
  const std::regex id(R"x(^\| ([A-L]-\d) \|)x");
  const std::regex named(R"x(`(\w+\.\w+)`)x");
  std::set<std::string> ids;
  for (std::string line; std::getline(in, line);) {
    std::smatch found;
    if (!line.starts_with("| ") || !std::regex_search(line, found, id)) continue;
    EXPECT_TRUE(ids.insert(found[1]).second) << line;
    int held = 0;
    for (std::sregex_iterator m(line.begin(), line.end(), named), end; m != end; ++m, ++held) {
      EXPECT_EQ(tests.count((*m)[1]), 1U) << (*m)[1];
    }
    EXPECT_GT(held, 0) << line;
  }
  EXPECT_EQ(ids.size(), 64U);
}

/// The streams that the sources draw from.
std::set<std::string> streams_in_sources() {
  std::set<std::string> out;
  const std::regex stream(R"x(\b(?:Stream|stream|[a-z]+_stream)\("([a-z_.]+)"\))x");
  for (const char* folder : {"world", "policy", "ensemble"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(CASUS_SOURCE_DIR "/casus/") + folder)) {
      const std::string name = file.path().filename();
      if (name.find("_test") != std::string::npos || name.find("test_") == 0) continue;
      std::ifstream in(file.path());
      std::stringstream text;
      text << in.rdbuf();
      const std::string code = text.str();
      for (std::sregex_iterator m(code.begin(), code.end(), stream), end; m != end; ++m) {
        out.insert((*m)[1]);
      }
    }
  }
  return out;
}

TEST(Odd, TheDeclaredDrawsAreThoseOfTheSources) {
  std::set<std::string> declared;
  for (const Submodel& s : submodels()) {
    std::istringstream words{std::string(s.draws)};
    for (std::string word; words >> word;) {
      EXPECT_TRUE(declared.insert(word).second) << word << " is declared twice";
    }
  }
  for (const std::string& name : streams_in_sources()) {
    EXPECT_TRUE(declared.erase(name) > 0) << name << " is drawn and not declared";
  }
  for (const std::string& name : declared) {
    EXPECT_EQ(name.find("sighting_"), 0U) << name << " is declared and not drawn";
  }
}

}  // namespace
}  // namespace casus::world
