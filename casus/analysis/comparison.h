// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casus/analysis/findings.h"
#include "casus/casefile/load.h"
#include "casus/casefile/weightings.h"
#include "casus/ensemble/futures.h"
#include "casus/intel/belief.h"

/// The options against each other.
namespace casus::analysis {

/// One measure of one option over its futures.
struct OutcomeSummary {
  std::size_t measure = 0;         ///< index into casefile::measures()
  double mean = 0.0, error = 0.0;  ///< Monte-Carlo standard error of the mean
  double q05 = 0.0, q25 = 0.0, q50 = 0.0, q75 = 0.0, q95 = 0.0;
  std::array<double, 5> quantile_errors{};  ///< their Monte-Carlo standard errors, in this order
  /// Histogram for the brief: equal bins from `low` to `high` over all options.
  double low = 0.0, high = 0.0;
  std::vector<double> bins;  ///< shares
};

/// Difference of expected value to another option on common random numbers.
struct PairedDifference {
  std::size_t other = 0;
  double mean = 0.0, error = 0.0;  ///< paired
  double unpaired_error = 0.0;     ///< what independent samples would have given
  double share_better = 0.0;       ///< share of futures in which this option does better
};

struct Regret {
  double expected = 0.0, error = 0.0;  ///< mean over futures of (best option's value - own value)
  double worst = 0.0;                  ///< 95th percentile
  double worst_error = 0.0;            ///< its Monte-Carlo standard error
  double maximum = 0.0;
};

/// How the ranking stands against what nobody has sourced.
struct Stability {
  double p_best = 0.0;  ///< share of draws of unsourced numbers in which the option is best
  double mean_rank = 0.0;
  double rank_low = 0.0, rank_high = 0.0;  ///< 5 % and 95 %
};

struct OptionResult {
  std::string id;
  double value = 0.0,
         error = 0.0;  ///< expected value for the decision maker and its Monte-Carlo error
  std::vector<double> value_for;  ///< by index of Case::values
  std::vector<OutcomeSummary> outcomes;
  std::vector<PairedDifference> difference_to;
  Regret regret;
  Stability stability;
  Robustness robustness;
  bool pareto = true;         ///< no other is as good by every measure weighed, and better by one
  bool pareto_actors = true;  ///< no other is as good for every actor with values, better for one
  std::size_t rank = 0;       ///< 1 = best expected value
  Courses courses;            ///< groups of like futures
  std::vector<SignpostTurn> turns;  ///< by signpost of the plan; empty for plain options
  std::size_t most_likely = 0;      ///< medoid of the largest group
  std::size_t most_dangerous = 0;   ///< medoid of the largest group of the worst tenth
};

/// One unsourced number and what it does to the ranking.
struct Hinge {
  std::string kind;  ///< value weight, knob, rationality, action effect
  std::string name;
  std::string detail;  ///< from which value on the order flips, or how strongly it moves the lead
  double correlation = 0.0;  ///< rank correlation with the lead of the best over the second
  bool flips = false;        ///< within its own 90 % range
};

/// A pair of options whose order flips within the spread of unsourced numbers.
struct Undecided {
  std::size_t better = 0, worse = 0;  ///< indices into `options`, by expected value
  double p_flip = 0.0;          ///< share of draws in which `worse` is ahead; all unsourced numbers
  double p_flip_worths = 0.0;   ///< the same with the value weights alone
  double p_flip_numbers = 0.0;  ///< the same with the numbers behind the futures alone
  double standard_errors = 0.0;  ///< their paired difference in Monte-Carlo errors
};

struct QuestionAnswer {
  std::string id;
  std::size_t futures = 0;  ///< in how many futures it has an answer (`given` holds); 0 = no answer
  double p = 0.0, error = 0.0;  ///< yes_no; date: P(it comes about by resolve_by)
  std::vector<std::pair<double, double>> quantiles;        ///< number; date: week index
  std::vector<std::pair<double, double>> quantile_errors;  ///< number: their standard errors
  std::vector<std::pair<std::string, double>> categories;
};

/// What an answer is worth to the decision: how much better the best option is then, on average.
struct DecisionValue {
  std::string task;
  double decision_value = 0.0, error = 0.0;
  double perfect = 0.0;  ///< the same if the task settled its question for certain
};

struct Comparison {
  std::string case_id, case_digest, version;
  std::uint64_t seed = 1;
  std::string decision_maker;
  std::size_t futures = 0;
  ensemble::Sampling sampling;  ///< of them; every error is told from groups that are independent
  std::size_t futures_enough =
      0;  ///< futures at which the best two would part at two standard errors
  bool undecided =
      false;              ///< the lead flips within the unsourced numbers' spread, or within chance
  std::size_t draws = 0;  ///< draws of unsourced numbers behind `stability` and `undecided_pairs`
  double required_value = 0.0;        ///< what the first option is worth on average; see Robustness
  double flip_limit = 0.0;            ///< share of draws from which on an order counts as undecided
  std::vector<OptionResult> options;  ///< in the order of the case
  std::vector<std::size_t> ranking;   ///< indices into `options`, best first
  std::vector<Undecided> undecided_pairs;
  std::vector<Hinge> hinges;                ///< strongest first
  std::vector<WeightingResult> weightings;  ///< the actors' own, in order, then those given beside
  std::string weightings_digest;            ///< of the file of the latter
  std::vector<Threshold> thresholds;  ///< nearest to its event's share first, one a pair at most
  std::vector<Dominance> dominances;
  std::vector<Scenario> scenarios;         ///< where the leader falls short, and where it is beaten
  std::vector<Sensitivity> sensitivities;  ///< strongest first, of the value, then of the lead
  std::vector<Indicator> indicators;
  std::vector<QuestionAnswer> answers;  ///< under the first option (going on as now)
  std::vector<DecisionValue> collection;
};

struct WeighOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::size_t draws = 2000;              ///< draws of the unsourced numbers for the stability test
  casefile::Weightings weightings = {};  ///< to rank the options by, beside the actors' own values
  double flip_limit = 0.05;              ///< an order that flips in more of the draws is undecided
  /// Called at the start of every part and on the way through it, one call at a time.
  std::function<void(const ensemble::Step&)> progress = {};
  /// Asked as often, possibly by several threads at once; true stops with `ensemble::Cancelled`.
  std::function<bool()> cancelled = {};
};

/// Weighs the options of a case over its futures, from the named decision maker's values.
///
/// The same future has the same luck under every option, so differences are taken pair by pair. The
/// formulas, and what they assume, are in docs/models/weighing.md.
/// @throws ModelError fewer than two futures or options, or no values for the decision maker.
/// @throws ensemble::Cancelled `options.cancelled` said so.
/// @note O(options * futures * (measures + knobs)); the answer does not depend on the threads.
[[nodiscard]] Comparison weigh(const casefile::Case& given, const intel::Belief& belief,
                               const ensemble::Futures& futures, const WeighOptions& options = {});

/// `comparison.json` (schema/comparison.schema.json).
[[nodiscard]] std::string to_json(const Comparison& comparison, const casefile::Case& given);
/// @throws CaseError the text is no comparison of this case.
[[nodiscard]] Comparison comparison_from_json(const std::string& text, const casefile::Case& given,
                                              const std::string& file_name);

}  // namespace casus::analysis
