// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>

#include "bench/machine.h"
#include "bench/picture.h"
#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/base/parallel.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/engine.h"
#include "casus/ensemble/futures.h"
#include "casus/intel/engine.h"

/// The figures of docs/performance.md on futures: what lanes, threads and the machine give, all in
/// one run, and what more futures, weeks and actors cost. The kernels alone: nothing is written.
namespace {

using namespace casus;         // NOLINT: a program of its own
using namespace casus::bench;  // NOLINT

using casefile::Case;
using ensemble::Engine;
using ensemble::FirstState;
using EnginePointer = std::unique_ptr<const Engine>;

const intel::Belief& belief_of(const Case& given) {
  static const intel::Belief belief = intel::assess(
      given, {.path = false, .ranges = false, .leave_one_out = false, .collection = false});
  return belief;
}

ensemble::Staging staging(int weeks) {
  ensemble::Staging how;
  how.weeks = weeks;
  return how;
}

/// Blocks of one option on one engine: their first states are drawn once and played again and
/// again.
class Load {
 public:
  Load(EnginePointer engine, const Case& given, std::size_t blocks)
      : engine_(std::move(engine)), option_(ensemble::playable_option(given, "go_on")) {
    for (std::size_t b = 0; b < blocks; ++b) starts_.push_back(engine_->start(b));
  }
  [[nodiscard]] std::size_t futures() const { return starts_.size() * ensemble::block_futures; }
  void draw(std::size_t block) const { keep(engine_->start(block)->bytes()); }
  [[nodiscard]] ensemble::Run play(std::size_t block) const {
    ensemble::Run out;
    engine_->run(*starts_[block], option_, block, out);
    return out;
  }
  void play_all(std::size_t threads) const {
    parallel_for(starts_.size(), threads, [&](std::size_t b) { keep(play(b).outcome[0]); });
  }

 private:
  EnginePointer engine_;
  casefile::OptionId option_;
  std::vector<std::unique_ptr<const FirstState>> starts_;
};

bool same_bytes(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

void tell_targets(const Case& given, int weeks) {
  struct Row {
    std::string name;
    Load load;
    Times drawing, playing;
  };
  const intel::Belief& belief = belief_of(given);
  std::vector<Row> rows;
#if defined(CASUS_HAS_ONE_LANE)
  rows.push_back(
      {"one lane, compiled for AVX2",
       Load(EnginePointer(casus_engine_avx2_one(given, belief, staging(weeks))), given, 1),
       {},
       {}});
#endif
  for (const ensemble::Target target : ensemble::targets_here()) {
    rows.push_back({std::string(ensemble::name_of(target)),
                    Load(ensemble::make_engine(target, given, belief, staging(weeks)), given, 1),
                    {},
                    {}});
  }
  const ensemble::Run first = rows.front().load.play(0);
  for (int round = 0; round < 12; ++round) {  // in turn, so that all see the same machine
    for (Row& row : rows) {
      row.drawing.add([&] { row.load.draw(0); });
      row.playing.add([&] { keep(row.load.play(0).outcome[0]); });
    }
  }
  fmt::print(
      "| kernels | drawing, ms | playing, ms | median, most | futures / s and core | ratio | same "
      "bytes |\n");
  fmt::print("|---|---|---|---|---|---|---|\n");
  for (Row& row : rows) {
    const double both = row.drawing.least() + row.playing.least();
    const double ratio = rows.front().playing.least() / row.playing.least();
    const ensemble::Run run = row.load.play(0);
    const bool same =
        same_bytes(run.outcome, first.outcome) && same_bytes(run.weekly, first.weekly);
    fmt::print("| {} | {:.2f} | {:.2f} | {:.2f}, {:.2f} | {:.0f} | {:.2f} | {} |\n", row.name,
               1e3 * row.drawing.least(), 1e3 * row.playing.least(), 1e3 * row.playing.median(),
               1e3 * row.playing.most(), ensemble::block_futures / both, ratio,
               same ? "yes" : "NO");
  }
  fmt::print("\nA block of 16 futures, {} weeks; least of 12 rounds in turn; processor time.\n\n",
             weeks);
}

void tell_threads(const Case& given, int weeks) {
  const Load load(ensemble::make_engine({}, given, belief_of(given), staging(weeks)), given, 24);
  const auto loop = [](std::size_t threads) {
    parallel_for(24, threads, [](std::size_t) { keep(registers_alone(4'000'000)); });
  };
  Times one, two, loop_one, loop_two;
  for (int round = 0; round < 5; ++round) {
    loop_one.add_wall([&] { loop(1); });
    one.add_wall([&] { load.play_all(1); });
    loop_two.add_wall([&] { loop(2); });
    two.add_wall([&] { load.play_all(2); });
  }
  fmt::print("| | one thread, s | two threads, s | times as fast |\n|---|---|---|---|\n");
  fmt::print("| futures | {:.3f} | {:.3f} | {:.3f} |\n", one.least(), two.least(),
             one.least() / two.least());
  fmt::print("| a loop in registers | {:.3f} | {:.3f} | {:.3f} |\n\n", loop_one.least(),
             loop_two.least(), loop_one.least() / loop_two.least());
}

/// The same case with more states that only look on.
Case with_onlookers(const Case& given, std::size_t more) {
  Case wider = given;
  const casefile::Actor* from = nullptr;
  for (const casefile::Actor& a : given.actors) {
    if (a.kind == casefile::ActorKind::state && !a.has(casefile::Role::belligerent) &&
        !a.has(casefile::Role::great_power)) {
      from = &a;
    }
  }
  CASUS_CHECK(from != nullptr);
  for (std::size_t i = 0; i < more; ++i) {
    wider.actors.push_back(*from);
    wider.actors.back().id += "_" + std::to_string(i);
  }
  return wider;
}

double seconds_of(const Case& given, int weeks, std::size_t blocks) {
  const Load load(ensemble::make_engine({}, given, belief_of(given), staging(weeks)), given,
                  blocks);
  Times times;
  for (int round = 0; round < 3; ++round) {
    times.add([&] {
      for (std::size_t b = 0; b < blocks; ++b) {
        load.draw(b);
        keep(load.play(b).outcome[0]);
      }
    });
  }
  return times.least();
}

void tell_growth(const Case& given) {
  std::vector<Panel> panels(3);
  panels[0] = {"Futures", "s of processor time", "futures of one option, 104 weeks", {}};
  for (const std::size_t blocks : {1, 2, 4, 8, 16, 32}) {
    panels[0].points.push_back(
        {static_cast<double>(blocks * ensemble::block_futures), seconds_of(given, 104, blocks)});
  }
  panels[1] = {"Weeks", "s of processor time", "weeks, 32 futures", {}};
  for (const int weeks : {13, 26, 52, 104, 156, 208}) {
    panels[1].points.push_back({static_cast<double>(weeks), seconds_of(given, weeks, 2)});
  }
  panels[2] = {"Actors", "s of processor time", "actors, 32 futures, 104 weeks", {}};
  for (const std::size_t more : {0, 5, 10, 15, 25, 45}) {
    panels[2].points.push_back({static_cast<double>(given.actors.size() + more),
                                seconds_of(with_onlookers(given, more), 104, 2)});
  }
  for (const Panel& p : panels) {
    fmt::print("| {} | s | s for each |\n|---|---|---|\n", p.along);
    for (const Spot& s : p.points)
      fmt::print("| {:.0f} | {:.4f} | {:.6f} |\n", s.x, s.y, s.y / s.x);
    fmt::print("\n");
  }
  if (const char* path = std::getenv("CASUS_WRITE_PLOT")) {
    write_file(path, picture("What futures cost", panels));
  }
}

void tell_machine() {
  fmt::print("| peak of one core | |\n|---|---|\n");
  for (const Peak& p : arithmetic_peaks()) {
    fmt::print("| multiplications and additions, {} | {:.0f} GFLOP/s |\n", p.name, p.rate / 1e9);
  }
  for (const Peak& p : reading_peaks()) {
    fmt::print("| reading and writing {} | {:.0f} GB/s |\n", p.name, p.rate / 1e9);
  }
  fmt::print("\n");
}

}  // namespace

int main() {
  const Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  fmt::print("{}\n\n", machine());
  tell_machine();
  tell_targets(given, given.horizon_weeks);
  tell_threads(given, given.horizon_weeks);
  tell_growth(given);
  return 0;
}
