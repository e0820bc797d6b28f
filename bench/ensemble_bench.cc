// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <string>

#include "casus/ensemble/run.h"

/// Futures per second and core on the case of 2024 at every lane target, and the parts of one week
/// at the baseline's.
namespace {

using casus::LaneDraws;
namespace casefile = casus::casefile;
namespace ensemble = casus::ensemble;
namespace intel = casus::intel;
namespace lanes = casus::lanes;
namespace world = casus::world;

const casefile::Case& bench_case() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  return given;
}

const intel::Belief& bench_belief() {
  static const intel::Belief belief =
      intel::assess(bench_case(), {.path = false, .leave_one_out = false, .collection = false});
  return belief;
}

const ensemble::Stage& bench_stage() {
  static const ensemble::Stage stage(bench_case(), bench_belief(),
                                     {.seed = 1, .weeks = bench_case().horizon_weeks});
  return stage;
}

/// The whole of `play` on one core; the ratio of two targets' rates is what wider registers give.
void play_go_on(benchmark::State& state, ensemble::Target target) {
  constexpr std::size_t futures = 128;
  for (auto _ : state) {
    ensemble::PlayOptions how;
    how.futures = futures;
    how.threads = 1;
    how.options = {"go_on"};
    how.target = target;
    benchmark::DoNotOptimize(ensemble::play(bench_case(), bench_belief(), how));
  }
  state.counters["futures_per_second"] = benchmark::Counter(
      static_cast<double>(futures * state.iterations()), benchmark::Counter::kIsRate);
}

void start_block(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(bench_stage().start(0));
}
BENCHMARK(start_block)->Unit(benchmark::kMicrosecond);

void choose_week(benchmark::State& state) {
  const world::State start = bench_stage().start(0);
  std::vector<lanes::F> orders(bench_stage().model().entries().size());
  const world::Now now{bench_stage().model(), 3, LaneDraws(1, 0), nullptr};
  for (auto _ : state) {
    bench_stage().policy().choose(start, now, orders);
    benchmark::DoNotOptimize(orders.data());
  }
}
BENCHMARK(choose_week)->Unit(benchmark::kMicrosecond);

void world_week(benchmark::State& state) {
  world::State moving = bench_stage().start(0);
  const std::vector<lanes::F> orders(bench_stage().model().entries().size(), lanes::F(0.0F));
  int week = 0;
  for (auto _ : state) {
    const world::Now now{bench_stage().model(), week++ % 104, LaneDraws(1, 0), nullptr};
    bench_stage().world().week(moving, orders, now);
  }
}
BENCHMARK(world_week)->Unit(benchmark::kMicrosecond);

void record_week(benchmark::State& state) {
  const world::State start = bench_stage().start(0);
  for (auto _ : state) {
    for (const auto& s : bench_stage().series()) {
      benchmark::DoNotOptimize(world::published(start, bench_stage().model(), s.use));
    }
  }
}
BENCHMARK(record_week)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int count, char** arguments) {
  for (const ensemble::Target target : ensemble::targets_here()) {
    const std::string name = "play_go_on/" + std::string(ensemble::name_of(target));
    benchmark::RegisterBenchmark(name.c_str(), play_go_on, target)->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 64;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
