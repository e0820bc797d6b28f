// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <string>

#include "casus/game/bimatrix.h"
#include "casus/game/cfr.h"
#include "casus/game/examples.h"
#include "casus/game/poker.h"
#include "casus/game/zero_sum.h"

// Two-player games of random payoffs, and Leduc poker.
namespace {

using namespace casus::game;  // NOLINT: a program of its own

MatrixGame square(benchmark::State& state) {
  const auto n = std::to_string(state.range(0));
  return std::get<MatrixGame>(example("random:" + n + "x" + n + ":1"));
}

void all_equilibria(benchmark::State& state) {
  const auto game = square(state);
  std::size_t found = 0;
  for (auto _ : state) found = enumerate(game).profiles.size();
  state.counters["equilibria"] = static_cast<double>(found);
}
BENCHMARK(all_equilibria)->Arg(8)->Arg(10)->Arg(12)->Arg(14)->Unit(benchmark::kMillisecond);

void all_paths(benchmark::State& state) {
  const auto game = square(state);
  for (auto _ : state) benchmark::DoNotOptimize(lemke_howson(game));
}
BENCHMARK(all_paths)->Arg(10)->Arg(20)->Arg(50)->Unit(benchmark::kMillisecond);

void cfr_plus_on_leduc(benchmark::State& state) {
  const auto tree = leduc_poker();
  const auto form = sequence_form(tree);
  CfrSolver solver(form);
  for (auto _ : state) solver.iterate();
  state.counters["iterations/s"] =
      benchmark::Counter(static_cast<double>(solver.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(cfr_plus_on_leduc)->Unit(benchmark::kMicrosecond);

void leduc_by_linear_programming(benchmark::State& state) {
  const auto tree = leduc_poker();
  for (auto _ : state) benchmark::DoNotOptimize(zero_sum(tree));
}
BENCHMARK(leduc_by_linear_programming)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
