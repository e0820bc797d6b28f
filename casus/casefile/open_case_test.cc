// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/casefile/load_more.h"
#include "casus/casefile/template.h"
#include "casus/casefile/test_folder.h"

namespace casus::casefile {
namespace {

using testing::HasSubstr;

// A line of a report, with what is said of it in place of what is usual.
std::string line(const std::string& id, const std::string& published = "2031-03-20",
                 const std::string& lineage = "", const std::string& source = "orlo_gazette") {
  return R"({"id": ")" + id + R"(", "published": ")" + published +
         R"(", "observed": null, "source": ")" + source +
         R"(", "via": null, "kind": "press", "place": null, "lon": null, "lat": null, "claim": "c",)"
         R"( "aspect": "present", "quantity": null, "says": [], "lineage": [)" +
         lineage +
         R"(], "answers": [], "fidelity": 1.0, "grade": {"source": "C", "item": 3},)"
         R"( "handling": "TLP:CLEAR"})"
         "\n";
}

// What comes of it, in one text: the digest and the reports with their links, or what is wrong.
template <class Read>
std::string outcome(const Read& read, const std::string& folder) {
  std::string out;
  try {
    const Case given = read();
    out = given.digest + "\n";
    for (const Report& r : given.reports) {
      out += r.id + " " + to_string(r.published) + " " + given.sources[r.source].id + " of";
      for (const ReportId l : r.lineage) out += " " + given.reports[l].id;
      for (const ReportId a : r.answers) out += " -" + given.reports[a].id;
      out += " " + r.claim + "\n";
    }
  } catch (const CaseError& error) {
    out = error.what();
  }
  for (auto at = out.find(folder); at != std::string::npos; at = out.find(folder)) {
    out.erase(at, folder.size());
  }
  return out;
}

struct Added {
  const char* what;
  std::string lines;
  const char* told;  ///< part of what comes of it
};

TEST(OpenCase, TellsOfAddedLinesWhatAFileOfThemWould) {
  const Folder folder("open_case");
  write_template(folder.path());
  const std::string named = (folder.path() / "added.jsonl").generic_string();
  const std::string prefix = folder.path().generic_string();
  const std::vector<Added> all = {
      {"nothing", "", "r-0310-denial"},
      {"one", line("r-new"), "r-new 2031-03-20 orlo_gazette of"},
      {"one that repeats, among the earlier", line("r-a", "2031-03-09", "\"r-0308-intercepts\""),
       "r-a 2031-03-09 orlo_gazette of r-0308-intercepts"},
      {"two, the first repeats the second", line("r-a", "2031-03-21", "\"r-b\"") + line("r-b"),
       "r-a 2031-03-21 orlo_gazette of r-b"},
      {"a circle", line("r-a", "2031-03-20", "\"r-b\"") + line("r-b", "2031-03-20", "\"r-a\""),
       "runs in a circle: r-a -> r-b -> r-a"},
      {"an id that is taken", line("r-0310-denial"), "'r-0310-denial' is declared twice"},
      {"an unknown source", line("r-a", "2031-03-20", "", "orlo_gazete"), "did you mean"},
      {"repeats what came later", line("r-a", "2031-03-01", "\"r-0310-denial\""), "later"},
      {"after the day", line("r-a", "2031-12-01"), "was published on 2031-12-01"},
      {"no JSON", "{\"id\": \n", "added.jsonl:1"},
      {"a wrong byte", "\xff\n", "added.jsonl"},
      {"many things", line("R A", "soon", "\"x\"", "y"), "added.jsonl:1"},
  };
  const OpenCase open(folder.path());
  for (const Added& a : all) {
    SCOPED_TRACE(a.what);
    folder.write("added.jsonl", a.lines);
    std::vector<fs::path> more;
    if (!a.lines.empty()) more.emplace_back(named);
    const std::string once = outcome([&] { return open.with_reports(named, a.lines); }, prefix);
    EXPECT_EQ(once, outcome([&] { return load_with_reports(folder.path(), more); }, prefix));
    EXPECT_THAT(once, HasSubstr(a.told));
    EXPECT_EQ(once, outcome([&] { return open.with_reports(named, a.lines); }, prefix));
  }
}

TEST(OpenCase, TellsWhatIsWrongWithTheFilesToo) {
  const Folder folder("open_case_wrong");
  write_template(folder.path());
  folder.append("sources.yaml", "  - {id: x, name: X, kind: smoke, grade: Z}\n");
  // The case's own report may repeat one that is added.
  folder.append("reports.jsonl", line("r-own", "2031-03-22", "\"r-new\""));
  const std::string named = (folder.path() / "added.jsonl").generic_string();
  const OpenCase open(folder.path());
  const std::string prefix = folder.path().generic_string();
  for (const std::string& lines : {line("r-new"), line("r-new", "soon"), std::string("{\n")}) {
    folder.write("added.jsonl", lines);
    const std::string once = outcome([&] { return open.with_reports(named, lines); }, prefix);
    EXPECT_EQ(once, outcome([&] { return load_with_reports(folder.path(), {named}); }, prefix));
    EXPECT_THAT(once, HasSubstr("smoke"));
    EXPECT_THAT(once, testing::Not(HasSubstr("'r-new', which this case")));
  }
}

TEST(OpenCase, AnAddedReportMayLieOverOneOfAnIncludedFolder) {
  const Folder folder("open_case_over");
  write_template(folder.path() / "mine");
  folder.write("shared/theatre.yaml", "name: Shared\n");
  folder.write("shared/reports.jsonl", line("r-shared"));
  std::ifstream in(folder.path() / "mine" / "case.yaml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find("include: []");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 11, "include: [../shared]");
  folder.write("mine/case.yaml", text);
  const OpenCase open(folder.path() / "mine");
  const std::string over = "{\"id\": \"r-shared\", \"overrides\": true, \"claim\": \"other\"}\n";
  folder.write("added.jsonl", over);
  const fs::path file = folder.path() / "added.jsonl";
  const std::string prefix = folder.path().generic_string();
  const auto once = [&] { return open.with_reports(file.generic_string(), over); };
  EXPECT_THAT(outcome(once, prefix), HasSubstr("orlo_gazette of other"));
  EXPECT_EQ(outcome(once, prefix),
            outcome([&] { return load_with_reports(folder.path() / "mine", {file}); }, prefix));
  EXPECT_THAT(outcome([&] { return open.with_reports("", ""); }, prefix),
              HasSubstr("orlo_gazette of c"));
}

}  // namespace
}  // namespace casus::casefile
