// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/kept.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <fstream>
#include <thread>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/ensemble/store.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble::kept_tests {
namespace {

namespace fs = std::filesystem;

const casefile::Case& given() { return policy::test::small_case(); }

const intel::Belief& belief() {
  static const intel::Belief belief =
      intel::assess(given(), {.path = false, .leave_one_out = false, .collection = false});
  return belief;
}

struct Folder {
  fs::path path = fs::temp_directory_path() /
                  ("casus_kept_" + std::to_string(::getpid()) + "_" + std::to_string(made()++));
  static int& made() {
    static int count = 0;
    return count;
  }
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

std::string bytes_of(const fs::path& path) { return read_file(path); }

RunRequest small_run() {
  return {{.futures = 90, .weeks = 4, .trajectories = 40, .shard = 16}, {}};
}

/// The bytes of an undisturbed run.
std::string undisturbed(const RunRequest& request) {
  const Folder folder;
  const fs::path file = folder.path / "undisturbed.nc";
  (void)play_to_file(given(), belief(), request, {file});
  return bytes_of(file);
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

TEST(Kept, ARunWritesWhatPlayGives) {
  const Folder folder;
  const RunRequest request = small_run();
  const auto played =
      play_to_file(given(), belief(), request, {.file = folder.path / "a.nc", .gather = true});
  const Futures directly = play(given(), belief(), request.play);
  EXPECT_TRUE(played.futures == directly);
  write_netcdf(directly, given(), folder.path / "b.nc");
  EXPECT_TRUE(bytes_of(folder.path / "a.nc") == bytes_of(folder.path / "b.nc"));
  EXPECT_EQ(files_in(folder.path), 2U) << "parts were left behind";
}

TEST(Kept, TheSizeOfShardsChangesNoByte) {
  RunRequest request = small_run();
  const std::string bytes = undisturbed(request);
  request.play.shard = 0;
  EXPECT_TRUE(undisturbed(request) == bytes);
}

TEST(Kept, WhateverStopsARunItEndsAsIfNothingHad) {
  const std::string whole = undisturbed(small_run());
  const std::size_t blocks = 6 * given().options.size();  // and as many shards that may lie there
  for (std::size_t stop_at = 1; stop_at < 2 * blocks + 40; stop_at += 9) {
    const Folder folder;
    const fs::path file = folder.path / "futures.nc";
    RunRequest request = small_run();
    std::atomic<std::size_t> asked{0};
    request.play.threads = 1 + stop_at % 3;
    request.play.cancelled = [&] { return ++asked > stop_at; };
    bool stopped = false;
    try {
      (void)play_to_file(given(), belief(), request, {file});
    } catch (const Cancelled&) {
      stopped = true;
      EXPECT_FALSE(fs::exists(file));
      EXPECT_EQ(unfinished_runs(given(), belief(), file).size(), 1U);
    }
    request.play.cancelled = nullptr;
    request.play.threads = 2;
    const Played again = play_to_file(given(), belief(), request, {file});
    EXPECT_TRUE(bytes_of(file) == whole) << "stopped at " << stop_at;
    if (stopped && stop_at > blocks + 4) {
      EXPECT_GT(again.kept, 0U) << stop_at;
    }
    EXPECT_TRUE(unfinished_runs(given(), belief(), file).empty());
  }
}

/// Stops a run where half of it is played.
Unfinished half_played(const fs::path& file, RunRequest request) {
  std::atomic<bool> enough{false};
  request.play.threads = 1;
  request.play.progress = [&](const Progress& p) { enough = 2 * p.done >= p.total; };
  request.play.cancelled = [&] { return enough.load(); };
  EXPECT_THROW((void)play_to_file(given(), belief(), request, {file}), Cancelled);
  return unfinished_runs(given(), belief(), file).at(0);
}

TEST(Kept, DamagedAndHalfWrittenPartsArePlayedAgain) {
  const std::string whole = undisturbed(small_run());
  const Folder folder;
  const fs::path file = folder.path / "futures.nc";
  const Unfinished run = half_played(file, small_run());
  std::vector<fs::path> parts;
  for (const auto& entry : fs::directory_iterator(run.folder)) {
    if (entry.path().extension() == ".part") parts.push_back(entry.path());
  }
  std::ranges::sort(parts);
  ASSERT_GT(parts.size(), 6U);
  fs::resize_file(parts[0], fs::file_size(parts[0]) / 2);
  fs::resize_file(parts[1], 0);
  {
    std::fstream part(parts[3], std::ios::in | std::ios::out | std::ios::binary);
    part.seekp(100);
    part.put('\x7f');
  }
  fs::remove(parts[5]);
  std::ofstream(run.folder / "option_000.shard_000000.results.part.1.tmp") << "half";
  (void)play_to_file(given(), belief(), run.request, {file});
  EXPECT_TRUE(bytes_of(file) == whole);
}

TEST(Kept, AnInterruptedRunSaysWhatItWasAsked) {
  const Folder folder;
  RunRequest request = small_run();
  request.play.seed = 77;
  request.play.variables = {"support", "oil_price"};
  request.play.every = 3;
  request.play.sampling = {Sampling::Kind::random, 2, 0};
  request.file.deflate = 4;
  const fs::path file = folder.path / "futures.nc";
  const Unfinished run = half_played(file, request);
  EXPECT_EQ(run.folder, folder_of(given(), belief(), request, file));
  EXPECT_EQ(run.request.play.seed, 77U);
  EXPECT_EQ(run.request.play.variables, request.play.variables);
  EXPECT_EQ(run.request.play.every, 3);
  EXPECT_EQ(run.request.play.sampling, request.play.sampling);
  EXPECT_EQ(run.request.file.deflate, 4);
  (void)play_to_file(given(), belief(), run.request, {file});
  EXPECT_TRUE(bytes_of(file) == undisturbed(request));
}

TEST(Kept, ARunTakesNoMoreDiskThanItSays) {
  RunRequest request = small_run();
  request.file.deflate = 0;
  for (const bool summary : {false, true}) {
    const Folder folder;
    request.play.summary = request.file.summary = summary;
    std::uintmax_t most = 0;
    request.play.other = [&](const Step&) {
      std::uintmax_t all = 0;
      for (const auto& entry : fs::recursive_directory_iterator(folder.path))
        if (entry.is_regular_file()) all += entry.file_size();
      most = std::max(most, all);
    };
    request.play.threads = 1;
    (void)play_to_file(given(), belief(), request,
                       {.file = folder.path / "a.nc", .late = {.seconds = 0.0}});
    const auto told = disk_taken(given(), belief(), request, {.bytes = 0});
    EXPECT_GT(most, told / 3) << summary;
    EXPECT_LT(most, told + (std::uintmax_t{1} << 20U)) << summary;  // heads and names
  }
}

TEST(Kept, RunsOfAnotherSeedLieBesideEachOther) {
  const Folder folder;
  const fs::path file = folder.path / "futures.nc";
  RunRequest other = small_run();
  other.play.seed = 2;
  (void)half_played(file, small_run());
  (void)play_to_file(given(), belief(), other, {file});
  EXPECT_TRUE(bytes_of(file) == undisturbed(other));
  EXPECT_EQ(unfinished_runs(given(), belief(), file).size(), 1U) << "the first run was lost";
}

TEST(Kept, WhatIsCompleteOfAnInterruptedRunCanBeRead) {
  const Folder folder;
  const Unfinished run = half_played(folder.path / "futures.nc", small_run());
  const Partial part = write_partial(given(), belief(), run, folder.path / "partial.nc");
  ASSERT_EQ(part.options, (std::vector<std::string>{"go_on"}));
  EXPECT_EQ(part.futures, 90U);
  RunRequest alone = small_run();
  alone.play.options = part.options;
  EXPECT_TRUE(bytes_of(folder.path / "partial.nc") == undisturbed(alone));
  EXPECT_EQ(read_netcdf(folder.path / "partial.nc", given()).options, part.options);
}

/// What is there of a run that was stopped after so many of its futures, and what a run of so many
/// writes.
void expect_partial(RunRequest request, std::size_t stop_after, std::size_t options,
                    std::size_t futures) {
  const Folder folder;
  const fs::path file = folder.path / "futures.nc";
  RunRequest stopped = request;
  std::atomic<bool> enough{false};
  stopped.play.threads = 1;
  stopped.play.progress = [&](const Progress& p) { enough = p.done >= stop_after; };
  stopped.play.cancelled = [&] { return enough.load(); };
  EXPECT_THROW((void)play_to_file(given(), belief(), stopped, {file}), Cancelled);
  const Unfinished run = unfinished_runs(given(), belief(), file).at(0);
  const std::size_t parts = files_in(run.folder);
  const Partial part = write_partial(given(), belief(), run, folder.path / "partial.nc");
  ASSERT_EQ(part.options.size(), options);
  EXPECT_EQ(part.futures, futures);
  EXPECT_EQ(files_in(run.folder), parts);
  RunRequest alone = request;
  alone.play.until_error.reset();
  alone.play.options = part.options;
  alone.play.futures = part.futures;
  EXPECT_TRUE(bytes_of(folder.path / "partial.nc") == undisturbed(alone));
  (void)play_to_file(given(), belief(), run.request, {file});
  EXPECT_TRUE(bytes_of(file) == undisturbed(request)) << "the partial file spoilt the run";
}

TEST(Kept, TheFirstFuturesOfAnOptionAreAPartialResult) {
  RunRequest request = small_run();
  request.play.options = {"go_on"};
  expect_partial(request, 50, 1, 64);  // whole shards of sixteen
}

TEST(Kept, DesignsAreCutWhereTheyAreWhole) {
  RunRequest request = small_run();
  request.play.options = {"go_on"};
  request.play.futures = 128;
  request.play.sampling = {Sampling::Kind::sobol, 2, 0};
  expect_partial(request, 110, 1, 64);  // sobol takes powers of two
}

TEST(Kept, OfARunUntilAnErrorTheLastWholeLookIsAPartialResult) {
  RunRequest request = small_run();
  request.play.options = {given().options[0].id, given().options[1].id};
  request.play.weeks = 2;
  request.play.trajectories = 16;
  request.play.shard = 0;
  request.play.futures = 4096;
  request.play.until_error = 1e-9;  // never reached
  expect_partial(request, 2 * 1024 + 600, 2, 1024);
  expect_partial(request, 600, 1, 512);  // not yet a look of both
}

TEST(Kept, AnInterruptedRunKeepsItsTable) {
  const Folder folder;
  const fs::path file = folder.path / "futures.nc", table = folder.path / "long.csv";
  RunRequest request = small_run();
  std::atomic<bool> enough{false};
  request.play.progress = [&](const Progress& p) { enough = 2 * p.done >= p.total; };
  request.play.cancelled = [&] { return enough.load(); };
  EXPECT_THROW((void)play_to_file(given(), belief(), request, {file, table}), Cancelled);
  EXPECT_FALSE(fs::exists(table));
  const Unfinished run = unfinished_runs(given(), belief(), file).at(0);
  ASSERT_TRUE(run.csv);
  (void)play_to_file(given(), belief(), run.request, {file, run.csv});
  EXPECT_TRUE(fs::exists(table));
  (void)play_to_file(given(), belief(), small_run(), {file, folder.path / "other.csv"});
  EXPECT_TRUE(bytes_of(table) == bytes_of(folder.path / "other.csv"));
}

TEST(Kept, ATableThatCannotBeMadeIsToldBeforeAnythingIsPlayed) {
  const Folder folder;
  RunRequest request = small_run();
  request.play.progress = [](const Progress&) { FAIL() << "it was played"; };
  for (const fs::path& table : {folder.path / "nowhere" / "long.csv", folder.path}) {
    try {
      (void)play_to_file(given(), belief(), request, {folder.path / "futures.nc", table});
      FAIL();
    } catch (const IoError& error) {
      EXPECT_EQ(error.kind(), IoError::Kind::uncreatable);
    }
  }
  EXPECT_TRUE(fs::is_empty(folder.path));
}

TEST(Kept, EveryStepIsToldAndCanBeStopped) {
  const std::string whole = undisturbed(small_run());
  for (const std::string_view step : {"summing up", "writing"}) {
    const Folder folder;
    const fs::path file = folder.path / "futures.nc";
    RunRequest request = small_run();
    std::atomic<bool> enough{false};
    std::size_t last = 0;
    request.play.other = [&](const Step& s) {
      EXPECT_LE(s.done, s.total);
      last = s.name == step ? s.done : last;
      enough = enough || last == 3;
    };
    request.play.cancelled = [&] { return enough.load(); };
    EXPECT_THROW((void)play_to_file(given(), belief(), request, {file}), Cancelled) << step;
    EXPECT_FALSE(fs::exists(file));
    (void)play_to_file(given(), belief(), small_run(), {file});
    EXPECT_TRUE(bytes_of(file) == whole) << step;
    EXPECT_EQ(files_in(folder.path), 1U) << step;
  }
}

TEST(Kept, ADesignThatIsStoppedGoesOn) {
  const DesignRequest design{.kind = DesignKind::morris, .rows = 16, .over = {}};
  PlayOptions how{.weeks = 2, .threads = 2, .options = {"go_on"}};
  const DesignRun whole = play_design(given(), belief(), how, design);
  const Folder folder;
  const fs::path file = folder.path / "design.json";
  std::atomic<bool> enough{false};
  how.progress = [&](const Progress& p) { enough = 2 * p.done >= p.total; };
  how.cancelled = [&] { return enough.load(); };
  const auto never = [](const DesignRun&) { FAIL() << "it was stopped"; };
  EXPECT_THROW(play_design_kept(given(), belief(), how, design, file, never), Cancelled);
  EXPECT_EQ(files_in(folder.path), 1U);
  EXPECT_TRUE(unfinished_runs(given(), belief(), file).empty()) << "it is no run of futures";
  how.cancelled = nullptr;
  std::size_t kept = 0;
  how.progress = [&](const Progress& p) { kept = p.kept; };
  bool written = false;
  play_design_kept(given(), belief(), how, design, file, [&](const DesignRun& run) {
    EXPECT_EQ(run.outcome, whole.outcome);
    EXPECT_EQ(files_in(folder.path), 1U) << "the parts went before the result was written";
    written = true;
  });
  EXPECT_TRUE(written);
  EXPECT_GT(kept, 0U);
  EXPECT_TRUE(fs::is_empty(folder.path));
}

/// Programs of one run as threads of this one.
class Threads final : public Team {
 public:
  struct Table {
    explicit Table(std::ptrdiff_t n) : all(n), said(static_cast<std::size_t>(n)) {}
    std::barrier<> all;
    std::vector<std::string> said;
  };
  Threads(Table& table, std::size_t rank) : table_(&table), rank_(rank) {}
  [[nodiscard]] std::size_t rank() const override { return rank_; }
  [[nodiscard]] std::size_t size() const override { return table_->said.size(); }
  void meet() override { table_->all.arrive_and_wait(); }
  [[nodiscard]] std::string tell(const std::string& by_first) override {
    return exchanged(by_first)[0];
  }
  [[nodiscard]] std::vector<std::string> collect(const std::string& own) override {
    auto all = exchanged(own);
    return rank_ == 0 ? all : std::vector<std::string>{};
  }

 private:
  std::vector<std::string> exchanged(const std::string& own) {
    table_->said[rank_] = own;
    meet();
    auto all = table_->said;
    meet();
    return all;
  }
  Table* table_;
  std::size_t rank_;
};

void play_together(std::size_t ranks, const RunRequest& request, const fs::path& file) {
  Threads::Table table(static_cast<std::ptrdiff_t>(ranks));
  std::vector<std::jthread> team;
  for (std::size_t r = 0; r < ranks; ++r) {
    team.emplace_back([&, r] {
      Threads own(table, r);
      RunRequest mine = request;
      mine.play.threads = 1 + r % 2;
      (void)play_to_file(given(), belief(), mine, {.file = file, .team = &own});
    });
  }
}

TEST(Kept, AnyNumberOfRanksGivesTheSameBytes) {
  const std::string whole = undisturbed(small_run());
  for (const std::size_t ranks : {2U, 3U, 7U}) {
    const Folder folder;
    play_together(ranks, small_run(), folder.path / "futures.nc");
    EXPECT_TRUE(bytes_of(folder.path / "futures.nc") == whole) << ranks;
  }
}

TEST(Kept, RanksTakeUpWhatOneProgramBegan) {
  const std::string whole = undisturbed(small_run());
  const Folder folder;
  const Unfinished run = half_played(folder.path / "futures.nc", small_run());
  play_together(3, run.request, folder.path / "futures.nc");
  EXPECT_TRUE(bytes_of(folder.path / "futures.nc") == whole);
}

TEST(Kept, TwoProgramsDoNotPlayOneRunAtOnce) {
  const Folder folder;
  const fs::path file = folder.path / "futures.nc";
  RunRequest request = small_run();
  bool refused = false;
  request.play.progress = [&](const Progress& p) {
    if (p.done != p.total) return;
    try {
      (void)play_to_file(given(), belief(), small_run(), {file});
    } catch (const IoError& error) {
      refused = error.kind() == IoError::Kind::uncreatable;
    }
  };
  (void)play_to_file(given(), belief(), request, {file});
  EXPECT_TRUE(refused);
}

TEST(Kept, AFolderThatCannotBeMadeIsToldBeforeAnythingIsPlayed) {
  const Folder folder;
  std::ofstream(folder.path / "full") << "a file where a folder should be";
  RunRequest request = small_run();
  request.play.cancelled = [] { return true; };
  try {
    (void)play_to_file(given(), belief(), request, {folder.path / "full" / "futures.nc"});
    FAIL();
  } catch (const IoError& error) {
    EXPECT_EQ(error.kind(), IoError::Kind::uncreatable);
  }
}

TEST(Kept, ASummaryHoldsTheSameFiguresAndNoSingleFuture) {
  const Folder folder;
  RunRequest request = small_run();
  (void)play_to_file(given(), belief(), request, {folder.path / "all.nc"});
  request.play.summary = request.file.summary = true;
  (void)play_to_file(given(), belief(), request, {folder.path / "summary.nc"});
  const Futures all = read_netcdf(folder.path / "all.nc", given());
  const Futures summary = read_netcdf(folder.path / "summary.nc", given());
  EXPECT_EQ(summary.quantile, all.quantile);
  EXPECT_EQ(summary.mean_error, all.mean_error);
  EXPECT_TRUE(summary.outcome.empty());
  EXPECT_EQ(summary.trajectories, 0U);
  EXPECT_LT(fs::file_size(folder.path / "summary.nc"),
            fs::file_size(folder.path / "all.nc") * 3 / 4);
}

TEST(Kept, EveryThirdWeekOfChosenVariablesIsThatWeekOfAll) {
  PlayOptions how{.futures = 40, .weeks = 10, .options = {"go_on"}};
  const Futures all = play(given(), belief(), how);
  how.variables = {"oil_price", "support"};
  how.every = 3;
  const Futures few = play(given(), belief(), how);
  EXPECT_EQ(few.kept_weeks(), 4U);
  ASSERT_FALSE(few.series.empty());
  for (std::size_t s = 0; s < few.series.size(); ++s) {
    const auto there = std::ranges::find(all.series, few.series[s]) - all.series.begin();
    ASSERT_LT(there, static_cast<std::ptrdiff_t>(all.series.size()));
    for (std::size_t w = 0; w < 4; ++w) {
      const std::size_t at = (static_cast<std::size_t>(there) * 10 + 3 * w) * 5;
      EXPECT_EQ(few.quantile[(s * 4 + w) * 5 + 2], all.quantile[at + 2]);
    }
  }
  how.variables = {"oil_prize"};
  EXPECT_THROW((void)play(given(), belief(), how), CaseError);
}

TEST(Store, APartIsWholeOrNotThere) {
  const Folder folder;
  FolderStore store(folder.path / "parts", 42);
  const std::vector<std::byte> bytes(1000, std::byte{7});
  EXPECT_FALSE(store.sound("a", 1000));
  store.put("a", bytes);
  EXPECT_TRUE(store.sound("a", 1000));
  std::vector<std::byte> piece(10);
  store.read("a", 990, piece);
  EXPECT_EQ(piece, std::vector<std::byte>(10, std::byte{7}));
  FolderStore other(folder.path / "parts", 43);
  EXPECT_FALSE(other.sound("a", 1000)) << "a part of another run";
  EXPECT_FALSE(fs::exists(folder.path / "parts" / "a.part")) << "it should be gone";
  EXPECT_THROW(store.read("a", 0, piece), IoError);
}

}  // namespace
}  // namespace casus::ensemble::kept_tests
