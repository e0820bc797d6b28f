// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/theory_runs.h"

#include <algorithm>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/ensemble/rival_theories.h"

namespace casus::analysis {
namespace {

TheoryRun run_under(const ensemble::RivalTheory& theory, double at, const casefile::Case& given,
                    const intel::Belief& belief, const TheoryOptions& options) {
  ensemble::PlayOptions how;
  how.futures = options.futures;
  how.seed = options.seed;
  how.threads = options.threads;
  how.trajectories = 0;
  how.every = given.horizon_weeks;
  how.cancelled = options.cancelled;
  casefile::Case tried = ensemble::with_parameter(given, theory.knob, at);
  tried.questions.clear();
  const ensemble::Futures futures = ensemble::play(tried, belief, how);
  const ValueTable table = value_table(deciding_values(given), futures);
  TheoryRun run{theory.knob, theory.meaning, at, at == theory.held, futures.futures, {}, false};
  for (std::size_t o = 0; o < table.options; ++o) {
    const MeanError e = mean_error(table.of(o));
    run.options.push_back({futures.options[o], e.mean, e.error, 0.0, 0.0, 0});
  }
  std::size_t best = 0;
  for (std::size_t o = 1; o < run.options.size(); ++o) {
    if (run.options[o].value > run.options[best].value) best = o;
  }
  const auto lead = table.of(best);
  std::vector<double> behind(table.futures);
  for (std::size_t o = 0; o < table.options; ++o) {
    if (o == best) continue;
    const auto own = table.of(o);
    for (std::size_t f = 0; f < behind.size(); ++f) behind[f] = lead[f] - own[f];
    const MeanError e = mean_error(behind);
    run.options[o].behind = e.mean;
    run.options[o].behind_error = e.error;
  }
  std::ranges::stable_sort(run.options, std::ranges::greater{}, &TheoryRun::Option::value);
  for (std::size_t i = 0; i < run.options.size(); ++i) run.options[i].rank = i + 1;
  return run;
}

}  // namespace

std::vector<TheoryRun> theory_runs(const casefile::Case& given, const intel::Belief& belief,
                                   const TheoryOptions& options) {
  std::vector<TheoryRun> out;
  for (const ensemble::RivalTheory& theory : ensemble::rival_theories(given)) {
    const TheoryRun held = run_under(theory, theory.held, given, belief, options);
    const std::string leader = held.options.front().id;
    out.push_back(held);
    for (const double at : theory.others) {
      TheoryRun run = run_under(theory, at, given, belief, options);
      const auto there = std::ranges::find(run.options, leader, &TheoryRun::Option::id);
      run.turns = there->behind > 2.0 * there->behind_error;
      out.push_back(std::move(run));
    }
  }
  return out;
}

}  // namespace casus::analysis
