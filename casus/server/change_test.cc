// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/change.h"

#include <gtest/gtest.h>

#include "casus/base/file.h"
#include "casus/ensemble/futures.h"
#include "casus/server/test_room.h"

namespace casus::server {
namespace {

using casefile::Case;

void expect_same(const Case& once, const Case& again) {
  EXPECT_EQ(once.digest, again.digest);
  ASSERT_EQ(once.reports.size(), again.reports.size());
  intel::AssessOptions how;
  how.threads = 1;
  const auto belief = intel::assess(once, how);
  EXPECT_TRUE(intel::to_json(belief, once) == intel::to_json(intel::assess(again, how), again));
  ensemble::PlayOptions play;
  play.futures = 16;
  play.weeks = 6;
  play.threads = 1;
  EXPECT_TRUE(ensemble::play(once, belief, play) == ensemble::play(again, belief, play));
}

TEST(Change, AnAddedReportMakesTheCaseThatItsFilesWouldMake) {
  const Folder folder;
  casefile::write_template(folder.path / "mine");
  const auto first = read_file(folder.path / "mine" / "reports.jsonl");
  auto report = nlohmann::json::parse(first.substr(0, first.find('\n')));
  report["id"] = "r-new";
  report["published"] = "2031-03-21";
  report["lineage"] = {"r-0305-ferries"};
  const std::string more = report.dump() + "\n";
  write_file(folder.path / "added.jsonl", more);
  const casefile::OpenCase open(folder.path / "mine");
  expect_same(read_with(open, folder.path / "mine", more),
              casefile::load_with_reports(folder.path / "mine", {folder.path / "added.jsonl"}));
  expect_same(read_with(open, folder.path / "mine", ""), casefile::load(folder.path / "mine"));
}

}  // namespace
}  // namespace casus::server
