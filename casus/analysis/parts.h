// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/analysis/comparison.h"
#include "casus/analysis/discovery.h"

/// The parts `weigh` is made of; weigh.cc calls them one after the other.
namespace casus::analysis {

/// Tells how far weighing is and heeds a stop, on behalf of many threads.
class Going {
 public:
  explicit Going(const WeighOptions& how) : how_(&how) {}
  /// The next part begins. @param unit  what is counted. @param total  how many there are.
  /// @throws ensemble::Cancelled a stop was asked for.
  void part(std::string_view name, std::string_view unit, std::size_t total);
  /// One more of them is done. @throws ensemble::Cancelled a stop was asked for.
  void done_one();

 private:
  void tell();
  const WeighOptions* how_;
  std::mutex mutex_;
  ensemble::Step step_;
};

/// Values of every option in every future, for one actor's worths.
struct ValueTable {
  std::size_t options = 0, futures = 0;
  std::vector<double> value;  ///< [option][future]
  std::vector<std::uint32_t> group =
      {};  ///< [future] as `mean_error` takes it; empty = independent

  [[nodiscard]] std::span<const double> of(std::size_t option) const {
    return {value.data() + option * futures, futures};
  }
};

/// Groups of futures that are independent of each other; empty where every future is.
[[nodiscard]] std::vector<std::uint32_t> groups_of(const ensemble::Futures& futures);

/// Draws of the numbers behind the futures: futures of one point share theirs.
[[nodiscard]] double points_of(const ensemble::Futures& futures);

/// Value of a future: sum over measures of worth / per * measure.
[[nodiscard]] ValueTable value_table(const casefile::Values& values,
                                     const ensemble::Futures& futures);

/// Whose values decide: the decision maker's. @throws ModelError the case gives none.
[[nodiscard]] const casefile::Values& deciding_values(const casefile::Case& given);

/// Every measure of every option, [option][measure]; histograms share their bins over all options.
[[nodiscard]] std::vector<std::vector<OutcomeSummary>> summarise(const ensemble::Futures& futures,
                                                                 std::size_t threads, Going& going);

/// Differences of one option to all others on common random numbers.
[[nodiscard]] std::vector<PairedDifference> differences(const ValueTable& table,
                                                        std::size_t option);

/// Regret of one option against the best option of each future.
[[nodiscard]] Regret regret(const ValueTable& table, std::size_t option);

/// Options by expected value, best first; ties keep the order of the case.
[[nodiscard]] std::vector<std::size_t> ranking(const std::vector<OptionResult>& options);

/// Futures after which the best two would lie two paired standard errors apart.
[[nodiscard]] std::size_t futures_enough(const Comparison& comparison);

/// The numbers behind the futures that move a lead beyond chance, and how they move each measure.
struct Influence {
  std::vector<std::size_t> knobs;           ///< indices into Futures::knobs, strongest first
  std::vector<std::vector<double>> scores;  ///< [chosen knob][future], normal scores
  std::vector<double> slope;                ///< [option][measure][chosen knob]
};

/// Chooses knobs by their correlation with the lead of `table`'s best option over any other
/// (family-wise error 5 % by Bonferroni, at most 12) and regresses every measure of every option on
/// them.
[[nodiscard]] Influence influence(const ensemble::Futures& futures, const ValueTable& table,
                                  std::size_t best);

/// Draws worths and numbers within their spreads; fills stability, pairs and the verdict.
void test_stability(Comparison& comparison, const casefile::Values& values,
                    const ensemble::Futures& futures, const Influence& moved,
                    const WeighOptions& options, Going& going);

/// What the order of the options hangs on: worths, numbers behind the futures, facts in dispute.
[[nodiscard]] std::vector<Hinge> hinges(const Comparison& comparison, const casefile::Case& given,
                                        const ensemble::Futures& futures, const ValueTable& table);

/// Of the best two and of every undecided pair, the event whose chance turns their order: yes/no
/// outcomes and questions under either. Only where the lead has the other sign with it, beyond
/// chance over all that is looked at (Bonferroni, 5 %); of several the surest.
/// @oracle thresholds_test.cc: a planted event with its threshold; none where nothing turns.
[[nodiscard]] std::vector<Threshold> thresholds(const Comparison& comparison,
                                                const casefile::Case& given,
                                                const ensemble::Futures& futures,
                                                const ValueTable& table, Going& going);

/// Fills `courses`, `most_likely` and `most_dangerous` of an option: futures grouped by their
/// weekly series of what the decision maker weighs, by outcomes where few trajectories were kept.
/// @oracle courses_test.cc: planted courses are found, with their number.
/// @note O(trajectories^2 * (series * weeks + bootstraps)).
void fill_courses(OptionResult& result, const casefile::Values& values,
                  const ensemble::Futures& futures, const ValueTable& table, std::size_t option,
                  std::uint64_t seed);

/// The options under every actor's own values and under others given beside.
[[nodiscard]] std::vector<WeightingResult> weightings(
    const casefile::Case& given, const ensemble::Futures& futures,
    const std::vector<casefile::Weighting>& others, std::size_t threads, Going& going);

/// How often and when each signpost of one option turned, over all its futures.
[[nodiscard]] std::vector<SignpostTurn> signpost_turns(const casefile::Case& given,
                                                       const ensemble::Futures& futures,
                                                       const ValueTable& table, std::size_t option);

/// Answers to the questions of the case under one option. @param levels  of the quantiles.
[[nodiscard]] std::vector<QuestionAnswer> answer_questions(const casefile::Case& given,
                                                           const ensemble::Futures& futures,
                                                           std::size_t option,
                                                           std::span<const double> levels);

/// What it is worth to the decision to know a sign of a state, chance taken off.
/// @param state  of every future of the table, under `states`.
/// @param likelihood  [sign][state]; P(sign | state).
/// @return value and error; 0 where no sign changes which option is best.
[[nodiscard]] std::pair<double, double> sign_value(const ValueTable& table,
                                                   const std::vector<std::uint32_t>& state,
                                                   std::size_t states,
                                                   const std::vector<double>& likelihood,
                                                   std::uint64_t seed);

/// What each collection task is worth to the decision (expected value of sample information).
[[nodiscard]] std::vector<DecisionValue> collection_values(const intel::Belief& belief,
                                                           const ensemble::Futures& futures,
                                                           const ValueTable& table,
                                                           std::uint64_t seed, Going& going);

/// Does this future of this option meet every requirement of the case?
[[nodiscard]] bool meets(const casefile::Case& given, const ensemble::Futures& futures,
                         std::size_t option, std::size_t future);

/// Fills the robustness of every option and `required_value` (docs/models/robustness.md).
void fill_robustness(Comparison& comparison, const casefile::Case& given,
                     const ensemble::Futures& futures, const ValueTable& table,
                     const Influence& moved);

/// Pairs in which one option beats another as a distribution: first order, almost first order, or
/// second order. @note O(options^2 * futures).
[[nodiscard]] std::vector<Dominance> dominances(const ValueTable& table);

/// Leaves only the dominances that hold in 95 % of 40 bootstrap draws of the futures (of groups of
/// them where they are not independent). @note O(40 (dominances + options) futures).
void keep_dominances_that_hold(std::vector<Dominance>& all, const ValueTable& table,
                               std::uint64_t seed, Going& going);

/// Fills `pareto` and `pareto_actors`; better means by more than two paired errors.
void fill_fronts(Comparison& comparison, const casefile::Case& given,
                 const ensemble::Futures& futures);

/// Where the leader falls short of its requirements, and where the second beats it: PRIM and CART.
[[nodiscard]] std::vector<Scenario> scenarios(const Comparison& comparison,
                                              const casefile::Case& given, const Inputs& inputs,
                                              const ensemble::Futures& futures,
                                              const ValueTable& table, std::uint64_t seed,
                                              Going& going);

/// Sobol's first-order index of one input from given data: variance between classes of equal count,
/// freed of what luck puts there (Pearson's correlation ratio; Plischke 2012).
/// @oracle sensitivity_test.cc: Ishigami's and Sobol's g-function within 0.02.
[[nodiscard]] Sensitivity first_order(const std::string& name, const std::vector<double>& x,
                                      std::span<const double> y,
                                      std::span<const std::uint32_t> group = {});
/// Those that stand out by two errors, at most twelve of the value and twelve of the lead.
[[nodiscard]] std::vector<Sensitivity> sensitivities(const Comparison& comparison,
                                                     const Inputs& inputs, const ValueTable& table,
                                                     Going& going);

/// Weekly observables of the leader's kept trajectories, public or the decision maker's own, that
/// tell early of a bad end or of an event where it is still open; chosen in half of them and judged
/// in the other.
/// @oracle robustness_test.cc: what moves only with the event warns of nothing.
[[nodiscard]] std::vector<Indicator> indicators(const Comparison& comparison,
                                                const casefile::Case& given,
                                                const ensemble::Futures& futures,
                                                const ValueTable& table, std::uint64_t seed,
                                                Going& going);

}  // namespace casus::analysis
