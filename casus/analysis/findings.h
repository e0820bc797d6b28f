// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What a comparison says beyond the ranking: how robust, why, and what to watch
/// (docs/models/robustness.md).
namespace casus::analysis {

/// The four measures of robustness of Herman et al. (2015), in the decision maker's value.
struct Robustness {
  /// 90th percentile of what a future falls short of the option's own expected value; value, >= 0.
  double regret_1 = 0.0;
  /// 90th percentile of what a future falls short of the best option of that future; value, >= 0.
  double regret_2 = 0.0;
  /// Share of futures that meet every requirement of the case (Starr's domain criterion); 0-1.
  double satisficing_1 = 0.0;
  /// Horizon of uncertainty (Ben-Haim's info-gap): how many standard deviations the unsourced
  /// numbers may jointly lie off, in the worst direction, before the expected value falls below the
  /// required one; 0 where it does so at once, `farthest_horizon` where no number moves it.
  double satisficing_2 = 0.0;
};
inline constexpr double farthest_horizon = 9.0;

/// `over` beats `under` as distributions, whatever taste within the class of the order.
struct Dominance {
  std::size_t over = 0, under = 0;  ///< indices into the options
  int order = 0;                    ///< 1: any taste that likes more; 2: any that shuns risk too
  /// Share of the area between the two distribution functions where `under` is ahead (Leshno &
  /// Levy's epsilon); 0 for exact first order, at most `almost_dominant` to be listed as such.
  double violation = 0.0;
  double again = 0.0;  ///< share of bootstrap draws of the futures in which it holds
};
/// What nobody in Levy, Leshno & Leibovitch (2010) refused.
inline constexpr double almost_dominant = 0.059;

/// One bound of a box: low <= input <= high.
struct Bound {
  std::string input;             ///< knob id, or `hypothesis = state`
  double low = 0.0, high = 0.0;  ///< +-infinity where open
  double chance = 0.0;           ///< chance of so much gain by luck (quasi-p; Bryant & Lempert)
  double reproduced = 0.0;       ///< share of half-samples in which the search restricts it too
};

/// A region of the unsourced numbers and facts where something happens far more often than not.
struct Scenario {
  std::string method;         ///< prim or cart
  std::string of;             ///< what is sought: `falls_short`, `second_better`
  std::size_t option = 0;     ///< whose failure it explains
  std::vector<Bound> bounds;  ///< at most four; none: nothing held on unseen futures
  /// On the half of the futures the search did not see.
  double base_rate = 0.0;  ///< share of all futures that are of interest
  double coverage = 0.0;   ///< share of futures of interest inside
  double density = 0.0;    ///< share inside that is of interest
  double mass = 0.0;       ///< share of all futures inside
};

/// How much of the spread of the leader's value, or of its lead, one input accounts for alone.
struct Sensitivity {
  std::string input;
  std::string of;            ///< `value` of the leader, or `lead` over the second
  double first_order = 0.0;  ///< Sobol's S1 of the input, luck included in the whole; 0-1
  double error = 0.0;        ///< jackknife over blocks of futures
  double direction = 0.0;    ///< Spearman's rank correlation, -1 to 1
};

/// A weekly observable that tells early how a future will go, among the futures in which that is
/// still open: those in which the event has not come and cannot be over.
struct Indicator {
  std::string event;     ///< what it warns of: a measure's name or `bad_end`
  std::string variable;  ///< published name
  std::vector<std::string> entities;
  int week = 0;                   ///< first week at which it tells
  bool above = true;              ///< warns above the threshold, else below it
  double threshold = 0.0;         ///< in the variable's unit
  double skill = 0.0;             ///< area under the ROC curve on futures not used to choose, 0.5-1
  double hit_rate = 0.0;          ///< share of the event's futures warned of
  double false_alarm_rate = 0.0;  ///< share of the other futures warned of
  int lead_weeks = 0;             ///< median from `week` to the event, over those warned of
  double still_open = 0.0;        ///< share of all futures in which the event is open at `week`
  bool estimated = false;         ///< hidden: the decision maker holds but an estimate of it
  /// What the sign is worth to the decision if it were known at once, and its jackknife error.
  double decision_value = 0.0, error = 0.0;
};

/// The options under one way to weigh outcomes: an actor's own values, or another that was given.
struct WeightingResult {
  struct Option {
    double value = 0.0, error = 0.0;                  ///< expected; Monte-Carlo standard error
    double difference = 0.0, difference_error = 0.0;  ///< to the first option, paired
    double regret = 0.0;                              ///< mean shortfall of each future's best
    std::size_t rank = 0;                             ///< 1 = best expected value
  };
  std::string id, name, actor;  ///< the actor's id where they are its own
  std::vector<Option> options;  ///< by index
};

/// At which chance of an event one option passes another.
///
/// With the lead d = value of `better` less that of `worse`, future by future, and the event E
/// under one of them: lead = p d(E) + (1 - p) d(not E), which is nought at p = d(not E) / (d(not E)
/// - d(E)).
struct Threshold {
  std::size_t better = 0, worse = 0;  ///< indices into the options, by expected value
  std::string event;                  ///< a measure, or the id of a question
  bool question = false;
  std::size_t under = 0;                      ///< option under whose futures the event is counted
  double p = 0.0, p_error = 0.0;              ///< its share there
  double with = 0.0, with_error = 0.0;        ///< lead where it comes about
  double without = 0.0, without_error = 0.0;  ///< where it does not; of the other sign
  double at = 0.0, at_error = 0.0;            ///< the share at which the two draw level
};

/// How often a signpost of an adaptive plan turned, and when (docs/models/plans.md).
struct SignpostTurn {
  std::string when, by;             ///< condition as the case writes it; last day it is looked at
  double share = 0.0, error = 0.0;  ///< of futures in which it was seen; its standard error
  double q05 = 0.0, q50 = 0.0,
         q95 = 0.0;        ///< first week its turn was in force; 0 where it never was
  double value = 0.0;      ///< mean to the decision maker where it turned
  double otherwise = 0.0;  ///< where it did not; both 0 where there are no such futures
};

/// What sets a group of futures apart from the others.
struct Mark {
  std::size_t measure = 0;  ///< index into casefile::measures()
  double mean = 0.0;        ///< in the group, in the measure's unit
  double elsewhere = 0.0;   ///< in all other futures
  double apart = 0.0;       ///< their difference in standard deviations over all
};

/// Futures that go much the same way.
struct Course {
  std::size_t medoid = 0;           ///< the future that the others of it lie nearest to
  double share = 0.0, error = 0.0;  ///< of the futures grouped; binomial standard error
  double value = 0.0;               ///< mean, to the decision maker
  double worst_tenth = 0.0;         ///< share of it in the worst tenth of the option's futures
  double silhouette = 0.0;          ///< of a group: mean of its futures, -1 to 1
  double stability = 0.0;           ///< of a group: mean overlap in bootstrap samples, 0-1
  std::vector<Mark> marks;          ///< farthest apart first, at most four
};

/// How the futures of one option fall into groups (docs/models/courses.md).
struct Courses {
  bool of_trajectories = false;        ///< else of outcomes: too few trajectories were kept
  std::vector<std::string> variables;  ///< whose weekly series were compared
  double silhouette = 0.0;             ///< mean; of the best split tried where it is one group
  double reference = 0.0;              ///< the same of clouds without groups, their mean
  double chance = 1.0;                 ///< share of clouds that part as clearly, at least 1/20
  std::vector<Course> groups;          ///< largest first; one where nothing parts them
  std::size_t dangerous = 0;           ///< the group that is worth least
  Course danger;  ///< the largest group of the option's worst tenth, parted by itself
  std::vector<std::uint8_t> of;  ///< [future grouped]: its group
};
/// Kaufman & Rousseeuw's (1990, table 4) reading of a mean silhouette.
[[nodiscard]] constexpr const char* structure_word(double silhouette) {
  if (silhouette > 0.70) return "strong";
  if (silhouette > 0.50) return "reasonable";
  return silhouette > 0.25 ? "weak" : "hardly any";
}

}  // namespace casus::analysis
