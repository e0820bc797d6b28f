// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "bench/machine.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/kept.h"
#include "casus/intel/engine.h"

/// What whole runs cost, writing included: the shares of docs/performance.md, all in one run.
///
/// *Kernels* is a run of which one weekly series is kept and that writes figures alone; what the
/// usual content takes beyond it, recording, shards, figures, file and all, counts as output. Of
/// several options, as runs are: what the first leaves of memory the others use.
/// CASUS_BENCH_FUTURES: of the long run (20,000; the budget is for 100,000).
namespace {

using namespace casus;         // NOLINT: a program of its own
using namespace casus::bench;  // NOLINT

namespace fs = std::filesystem;
using casefile::Case;

struct Row {
  const char* name;
  ensemble::RunRequest request;
  Times times;
};

ensemble::RunRequest run_of(std::size_t futures, std::size_t threads) {
  ensemble::RunRequest r;
  r.play.futures = futures;
  r.play.threads = threads;
  r.play.options = {"go_on"};
  return r;
}

std::string spread(const Times& t) {
  return fmt::format("{:.2f} | {:.2f}–{:.2f}", t.median(), t.least(), t.most());
}

void tell_shares(const Case& given, const intel::Belief& belief, const fs::path& folder) {
  constexpr std::size_t futures = 2048;
  constexpr std::size_t options = 4;
  std::vector<std::string> names = ensemble::options_to_play(given, {});
  names.resize(std::min(names.size(), options));
  std::vector<Row> rows;
  rows.push_back({"kernels", run_of(futures, 1), {}});
  rows[0].request.play.variables = {"oil_price"};
  rows[0].request.play.summary = rows[0].request.file.summary = true;
  rows[0].request.file.deflate = 0;
  rows.push_back({"usual content, plain", run_of(futures, 1), {}});
  rows[1].request.file.deflate = 0;
  rows.push_back({"usual content, deflated", run_of(futures, 1), {}});
  for (Row& row : rows) row.request.play.options = names;
  fmt::print(
      "| {} futures of each of {} options | s of processor time, median | spread | output |\n",
      futures, names.size());
  fmt::print("|---|---|---|---|\n");
  for (const ensemble::Target target : ensemble::targets_here()) {
    for (Row& row : rows) row.times = {};
    for (int round = 0; round < 3; ++round) {
      for (Row& row : rows) {
        row.request.play.target = target;
        row.times.add_program(
            [&] { (void)play_to_file(given, belief, row.request, {folder / "futures.nc"}); });
      }
    }
    for (const Row& row : rows) {
      const double share = 1.0 - rows[0].times.median() / row.times.median();
      fmt::print("| {}: {} | {} | {:.0f} % |\n", ensemble::name_of(target), row.name,
                 spread(row.times), 100.0 * share);
    }
  }
  fmt::print("\nProcessor time of the program and of the system for it, three rounds in turn.\n\n");
}

void tell_long_run(const Case& given, const intel::Belief& belief, const fs::path& folder) {
  const char* asked = std::getenv("CASUS_BENCH_FUTURES");
  const std::size_t futures = asked != nullptr ? std::strtoul(asked, nullptr, 10) : 20000;
  Times wall;
  std::uintmax_t most = 0;
  ensemble::RunRequest request = run_of(futures, 2);
  request.play.progress = [&](const ensemble::Progress& p) {
    if (p.done != p.total) return;  // as the last futures are done all other shards lie there
    most = 0;
    for (const auto& f : fs::recursive_directory_iterator(folder))
      if (f.is_regular_file()) most += f.file_size();
  };
  wall.add_wall([&] { (void)play_to_file(given, belief, request, {folder / "futures.nc"}); });
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const double factor = 100000.0 / static_cast<double>(futures);
  fmt::print(
      "{} futures of one option, two threads: {:.1f} s of wall time, {:.0f} MB on disk while it "
      "ran;\n100,000 at that rate: {:.0f} s and {:.1f} GB. Peak of memory of this program: {} "
      "MiB.\n\n",
      futures, wall.least(), static_cast<double>(most) / 1e6, factor * wall.least(),
      factor * static_cast<double>(most) / 1e9, used.ru_maxrss / 1024);
}

}  // namespace

int main() {
  fmt::print("{}\n\n", machine());
  const Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief = intel::assess(
      given, {.path = false, .ranges = false, .leave_one_out = false, .collection = false});
  const fs::path folder =
      fs::temp_directory_path() / ("casus_run_bench_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  tell_long_run(given, belief, folder);
  tell_shares(given, belief, folder);
  fs::remove_all(folder);
  return 0;
}
