// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "casus/analysis/comparison.h"
#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::analysis {
namespace {

constexpr double told_levels[] = {0.05, 0.25, 0.50, 0.75, 0.95};

void hold_to_shape(const ensemble::Futures& futures) {
  if (futures.futures < 2) {
    throw ModelError(
        fmt::format("weighing needs at least two futures, there are {}", futures.futures));
  }
  if (futures.options.size() < 2) {
    throw ModelError(
        fmt::format("weighing needs at least two options, there are {}", futures.options.size()));
  }
  const std::size_t rows = futures.options.size() * futures.futures;
  CASUS_CHECK(futures.measures.size() == casefile::measures().size());
  CASUS_CHECK(futures.outcome.size() == rows * futures.measures.size());
  CASUS_CHECK(futures.answer.size() == rows * futures.questions.size());
  CASUS_CHECK(futures.turn.size() == rows * futures.signposts);
  CASUS_CHECK(futures.knob.size() == futures.futures * futures.knobs.size());
}

void weigh_options(Comparison& comparison, const casefile::Case& given,
                   const ensemble::Futures& futures, const ValueTable& table,
                   const WeighOptions& how, Going& going) {
  going.part("summing up outcomes", "measures", futures.measures.size());
  auto outcomes = summarise(futures, how.threads, going);
  going.part("weighing options", "options", table.options);
  comparison.options.resize(table.options);
  parallel_for(table.options, how.threads, [&](std::size_t o) {
    OptionResult& option = comparison.options[o];
    option.id = futures.options[o];
    const MeanError e = mean_error(table.of(o), table.group);
    option.value = e.mean;
    option.error = e.error;
    option.outcomes = std::move(outcomes[o]);
    option.difference_to = differences(table, o);
    option.regret = regret(table, o);
    option.turns = signpost_turns(given, futures, table, o);
    fill_courses(option, deciding_values(given), futures, table, o, how.seed);
    going.done_one();
  });
  going.part("weighing by others' values", "weightings",
             given.values.size() + how.weightings.all.size());
  comparison.weightings = weightings(given, futures, how.weightings.all, how.threads, going);
  comparison.weightings_digest = how.weightings.digest;
  for (std::size_t v = 0; v < given.values.size(); ++v) {
    for (std::size_t o = 0; o < table.options; ++o)
      comparison.options[o].value_for.push_back(comparison.weightings[v].options[o].value);
  }
}

}  // namespace

void Going::tell() {
  if (how_->cancelled && how_->cancelled()) throw ensemble::Cancelled();
  if (how_->progress) how_->progress(step_);
}

void Going::part(std::string_view name, std::string_view unit, std::size_t total) {
  const std::scoped_lock lock(mutex_);
  step_ = {name, unit, 0, total};
  tell();
}

void Going::done_one() {
  const std::scoped_lock lock(mutex_);
  ++step_.done;
  tell();
}

Comparison weigh(const casefile::Case& given, const intel::Belief& belief,
                 const ensemble::Futures& futures, const WeighOptions& options) {
  hold_to_shape(futures);
  const casefile::Values& values = deciding_values(given);
  const ValueTable table = value_table(values, futures);

  Comparison comparison;
  comparison.case_id = given.id;
  comparison.case_digest = given.digest;
  comparison.version = futures.version;
  comparison.seed = futures.seed;
  comparison.decision_maker = given.actors[given.decision_maker].id;
  comparison.futures = futures.futures;
  comparison.sampling = futures.sampling;
  Going going(options);
  weigh_options(comparison, given, futures, table, options, going);
  comparison.ranking = ranking(comparison.options);
  for (std::size_t i = 0; i < comparison.ranking.size(); ++i) {
    comparison.options[comparison.ranking[i]].rank = i + 1;
  }
  comparison.futures_enough = futures_enough(comparison);
  going.part("testing the order", "draws", options.draws);
  const Influence moved = influence(futures, table, comparison.ranking[0]);
  test_stability(comparison, values, futures, moved, options, going);
  going.part("measuring robustness", "", 0);
  fill_robustness(comparison, given, futures, table, moved);
  fill_fronts(comparison, given, futures);
  comparison.dominances = dominances(table);
  keep_dominances_that_hold(comparison.dominances, table, options.seed, going);
  const Inputs inputs = inputs_of(given, futures);
  comparison.scenarios = scenarios(comparison, given, inputs, futures, table, options.seed, going);
  comparison.sensitivities = sensitivities(comparison, inputs, table, going);
  comparison.indicators = indicators(comparison, given, futures, table, options.seed, going);
  going.part("finding what the order hangs on", "", 0);
  comparison.hinges = hinges(comparison, given, futures, table);
  comparison.thresholds = thresholds(comparison, given, futures, table, going);
  comparison.answers = answer_questions(given, futures, 0, told_levels);
  comparison.collection = collection_values(belief, futures, table, options.seed, going);
  return comparison;
}

}  // namespace casus::analysis
