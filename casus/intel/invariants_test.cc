// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace casus::intel {
namespace invariants_test {

// Every `TEST(Suite, Name)` of the sources as "Suite.Name".
std::set<std::string> tests_in_sources() {
  std::set<std::string> out;
  const std::regex test(R"x(\nTEST\((\w+),\s*(\w+)\))x");
  for (const char* folder : {"intel", "observe", "analysis"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(CASUS_SOURCE_DIR "/casus/") + folder)) {
      if (file.path().string().find("_test.cc") == std::string::npos) continue;
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

TEST(Invariants, ThoseOfReportsAndTrackingAreHeldByTestsThatExist) {
  std::ifstream in(CASUS_SOURCE_DIR "/docs/models/invariants.md");
  const std::set<std::string> tests = tests_in_sources();
  const std::regex id(R"x(^\| ([AB]-\d) \|)x");
  const std::regex named(R"x(`(\w+\.\w+)`)x");
  std::set<std::string> ids;
  for (std::string line; std::getline(in, line);) {
    std::smatch found;
    if (!std::regex_search(line, found, id)) continue;
    EXPECT_TRUE(ids.insert(found[1]).second) << line;
    int held = 0;
    for (std::sregex_iterator m(line.begin(), line.end(), named), end; m != end; ++m, ++held) {
      EXPECT_EQ(tests.count((*m)[1]), 1U) << (*m)[1];
    }
    EXPECT_GT(held, 0) << line;
  }
  EXPECT_EQ(ids.size(), 13U);  // A-1 to A-7, B-1 to B-6
}

}  // namespace invariants_test
}  // namespace casus::intel
