// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "casus/intel/assessor.h"
#include "casus/intel/engine.h"
#include "casus/intel/test_crowd.h"

// 10,000 reports of 300 sources on 40 hypotheses: the whole of `assess`, and one more report.
namespace {

using namespace casus::intel;  // NOLINT: a program of its own

constexpr AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

test::Crowd crowd_of(benchmark::State& state) {
  return test::Crowd(
      {.reports = static_cast<std::size_t>(state.range(0)), .ring = state.range(1) != 0});
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
    ->Args({1000, 0})
    ->Args({10000, 0})
    ->Args({10000, 1})
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
    ->Args({10000, 0})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// One more report, and the posteriors of all hypotheses after it.
void one_more_report(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  Assessor assessor(crowd.given(), bare);
  std::size_t i = 0;
  for (auto _ : state) {
    assessor.add(crowd.one_more(i++));
    benchmark::DoNotOptimize(assessor.posteriors());
  }
  state.counters["trees"] = static_cast<double>(assessor.trees());
  describe(state, crowd.given());
}
BENCHMARK(one_more_report)
    ->Args({10000, 0})
    ->Args({10000, 1})
    ->Iterations(50)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void one_report_struck(benchmark::State& state) {
  const test::Crowd crowd = crowd_of(state);
  Assessor assessor(crowd.given(), bare);
  std::uint32_t i = 17;
  for (auto _ : state) {
    assessor.strike(casus::casefile::ReportId{i});
    i += 97;
    benchmark::DoNotOptimize(assessor.posteriors());
  }
  describe(state, crowd.given());
}
BENCHMARK(one_report_struck)
    ->Args({10000, 0})
    ->Iterations(50)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
