// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "casus/casefile/loading.h"
#include "casus/casefile/template.h"

namespace casus::casefile {
namespace schema_test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path source = CASUS_SOURCE_DIR;

Json common_definitions() {
  std::ifstream file(source / "schema/common.schema.json");
  return Json::parse(file).at("$defs");
}

template <class Names>
Json list_of(const Names& names) {
  Json list = Json::array();
  for (const auto& name : names) list.push_back(std::string(name));
  return list;
}

template <class E>
void expect_list(const Json& definitions, const char* name) {
  EXPECT_EQ(definitions.at(name).at("enum"), list_of(names_of<E>())) << name;
}

TEST(CaseSchema, ItsClosedListsAreThoseOfTheVocabulary) {
  const Json all = common_definitions();
  expect_list<Tag>(all, "tag");
  expect_list<Openness>(all, "openness");
  expect_list<ActorKind>(all, "actor_kind");
  expect_list<Role>(all, "role");
  expect_list<PlaceKind>(all, "place_kind");
  expect_list<Mode>(all, "mode");
  expect_list<ContingentRole>(all, "contingent_role");
  expect_list<StockKind>(all, "stock_kind");
  expect_list<TreatyClass>(all, "treaty_class");
  expect_list<Talks>(all, "talks");
  expect_list<CalendarKind>(all, "calendar_kind");
  expect_list<CalendarEffect>(all, "calendar_effect");
  expect_list<ReportKind>(all, "report_kind");
  expect_list<Stance>(all, "stance");
  expect_list<Aspect>(all, "aspect");
  expect_list<CountSense>(all, "count_sense");
  expect_list<QuestionType>(all, "question_type");
  expect_list<Line>(all, "line");
  expect_list<LegalStatus>(all, "legal_status");
  expect_list<Guarantee>(all, "guarantee");
  expect_list<ForceLimits>(all, "force_limits");
  expect_list<SanctionsTerm>(all, "sanctions_term");
  expect_list<Feature>(all, "feature");
  expect_list<Action>(all, "action");
  expect_list<Dimension>(all, "dimension");
  Json names = Json::array();
  for (const Measure& measure : measures()) names.push_back(std::string(measure.name));
  EXPECT_EQ(all.at("measure").at("enum"), names);
  EXPECT_EQ(all.at("unit").at("enum"), list_of(unit_names()));
}

struct Checked {
  int status = -1;  ///< of the schema check; 77 where Python's modules are missing
  std::string told;
};

/// @param paths  each in quotes
Checked check(const std::string& paths) {
  const std::string command = "python3 '" + (source / "tests/schema_test.py").string() + "' '" +
                              (source / "schema").string() + "' " + paths + " 2>&1";
  Checked checked;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return checked;
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    checked.told.append(buffer, n);
  }
  const int status = pclose(pipe);
  checked.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return checked;
}

class Written {
 public:
  Written() : path_(fs::path(testing::TempDir()) / "casus_schema_case") {
    fs::remove_all(path_);
    write_template(path_);
  }
  ~Written() { fs::remove_all(path_); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

constexpr const char* no_python = "python3 with jsonschema and yaml is not installed";
bool absent(int status) { return status == 77 || status == 127; }

TEST(CaseSchema, TheInventedCaseAgreesWithIt) {
  const Written written;
  const Checked checked = check("'" + written.path().string() + "'");
  if (absent(checked.status)) GTEST_SKIP() << no_python;
  EXPECT_EQ(checked.status, 0) << checked.told;
}

TEST(CaseSchema, EveryFolderOfCasesAgreesWithIt) {
  std::string folders;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source / "cases")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string folder = " '" + entry.path().parent_path().string() + "'";
    if (folders.find(folder) == std::string::npos) folders += folder;
  }
  ASSERT_NE(folders, "");
  const Checked checked = check(folders);
  if (absent(checked.status)) GTEST_SKIP() << no_python;
  EXPECT_EQ(checked.status, 0) << checked.told;
}

TEST(CaseSchema, ASlipTheReaderTellsIsASlipForTheSchemaToo) {
  struct Slip {
    const char* file;
    const char* from;
    const char* to;
  };
  constexpr Slip slips[] = {
      {"actors.yaml", "openness: closed", "opennes: closed"},
      {"map.yaml", "lon: -38.0", "lon: -238.0"},
      {"forces.yaml", "unit: persons", "unit: men"},
      {"hypotheses.yaml", "pay: 0.4", "pay: 1.4"},
      {"reports.jsonl", "\"via\": null, ", ""},
      {"options.yaml", "killed_side_1", "killed_side_3"},
  };
  const Written written;
  for (const Slip& slip : slips) {
    std::ifstream in(written.path() / slip.file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    in.close();
    text.replace(text.find(slip.from), std::string(slip.from).size(), slip.to);
    std::ofstream(written.path() / slip.file) << text;
  }
  const Checked checked = check("'" + written.path().string() + "'");
  if (absent(checked.status)) GTEST_SKIP() << no_python;
  EXPECT_EQ(checked.status, 1);
  std::string told;
  try {
    static_cast<void>(load(written.path()));
  } catch (const CaseError& error) {
    told = error.what();
  }
  for (const Slip& slip : slips) {
    EXPECT_NE(checked.told.find(slip.file), std::string::npos) << slip.to;
    EXPECT_NE(told.find(slip.file), std::string::npos) << slip.to;
  }
}

}  // namespace schema_test
}  // namespace casus::casefile
