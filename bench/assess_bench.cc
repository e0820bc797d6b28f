// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "casus/intel/assessor.h"
#include "casus/intel/engine.h"
#include "casus/intel/test_crowd.h"

// 10,000 reports on 40 hypotheses: the whole of `assess`, and one more report.
namespace {

using namespace casus::intel;  // NOLINT: a program of its own

constexpr AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

// A chain: sources of a theme speak to neighbouring questions. A ring: its last question stands
// beside its first. Dense: four themes of ten questions, 73 in a hundred with two states, whose
// sources also speak to every second or third of the ring.
enum Shape : std::int64_t { chain, ring, dense };

test::Crowd crowd_of(benchmark::State& state) {
  test::CrowdSize size{.reports = static_cast<std::size_t>(state.range(0)),
                       .ring = state.range(1) != chain};
  if (state.range(1) == dense) {
    size.themes = 4;
    size.hypotheses = 10;
    size.sources = 38;
    size.yes_or_no = 0.6;
    size.steps = 3;
  }
  return test::Crowd(size);
}

void describe(benchmark::State& state, const casus::casefile::Case& given) {
  const Model model = build_model(given);
  const JunctionTree tree(model.states, model.scopes());
  state.counters["cells"] = tree.cells();
  state.counters["width"] = static_cast<double>(tree.width());
  state.counters["peak_MiB"] = peak_mib();
}

// Posteriors, ranges, weights of all reports and sources, linchpins, the daily path, p_true.
void assess_all(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(assess(crowd.given(), {.threads = 2}));
  describe(state, crowd.given());
}
BENCHMARK(assess_all)
    ->Args({1000, chain})
    ->Args({10000, chain})
    ->Args({10000, ring})
    ->Args({10000, dense})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// Posteriors, modes and p_true alone.
void assess_bare(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  AssessOptions options = bare;
  options.threads = 2;
  for (auto _ : state) benchmark::DoNotOptimize(assess(crowd.given(), options));
  describe(state, crowd.given());
}
BENCHMARK(assess_bare)
    ->Args({10000, chain})
    ->Args({10000, dense})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// One more report, and the posteriors of all hypotheses after it.
void one_more_report(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  AssessOptions options = bare;
  options.threads = 2;
  Assessor assessor(crowd.given(), options);
  std::size_t i = 0;
  for (auto _ : state) {
    assessor.add(crowd.one_more(i++));
    benchmark::DoNotOptimize(assessor.posteriors());
  }
  state.counters["trees"] = static_cast<double>(assessor.trees());
  describe(state, crowd.given());
}
BENCHMARK(one_more_report)
    ->Args({10000, chain})
    ->Args({10000, ring})
    ->Args({10000, dense})
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void one_report_struck(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  AssessOptions options = bare;
  options.threads = 2;
  Assessor assessor(crowd.given(), options);
  std::uint32_t i = 17;
  for (auto _ : state) {
    assessor.strike(casus::casefile::ReportId{i});
    i += 97;
    benchmark::DoNotOptimize(assessor.posteriors());
  }
  describe(state, crowd.given());
}
BENCHMARK(one_report_struck)
    ->Args({10000, chain})
    ->Args({10000, dense})
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
