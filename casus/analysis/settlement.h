// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/casefile/games.h"
#include "casus/ensemble/bargains.h"
#include "casus/intel/belief.h"

/// How the war could end: every settlement with every party's eyes (docs/models/settlement.md).
namespace casus::analysis {

/// A share of futures with its Monte-Carlo error.
struct Share {
  double value = 0.0, error = 0.0;
};

/// One settlement on one of the days looked at, over the futures in which the war still goes on.
struct PackageView {
  Share leads;                  ///< both belligerents prefer it to going on
  Share all;                    ///< so does everybody whose consent it needs
  std::vector<double> surplus;  ///< mean over going on, by party, stakes scaled to 1
  std::vector<Share> accepts;   ///< by party, alone
  Share renewed;                ///< P(war again within five years), signed on this day: mean, error
};

struct PackageResult {
  std::string id;     ///< `p17`
  std::string terms;  ///< `line current, status open, …`
  std::string line, status, guarantee, force_limits, sanctions;
  bool monitors = false, foreign_out = false, prisoners = false;
  std::vector<PackageView> when;  ///< by day
  double renewed = 0.0;           ///< P(war again within five years), signed on the first day
  bool frontier = false;  ///< on the first day no other gives both leads as much and one more
};

/// A point of the space on one day.
struct SettlementPoint {
  std::string kind;  ///< nash, kalai_smorodinsky, most_accepted
  std::size_t day = 0;
  std::size_t package = 0;
};

/// The plan an option tables.
struct TabledPlan {
  std::string option, name;
  std::size_t package = 0;
};

/// What one day looks like as a whole.
struct SettlementDay {
  int week = 0;
  Share fighting;              ///< the war still goes on
  Share leads, all;            ///< some package is better than going on: for both leads, for all
  std::vector<Share> without;  ///< by party: the same for all, if that party had no say
  std::vector<double> war;     ///< mean worth of fighting on for the two leads
  std::size_t lead_gains = 0;  ///< packages whose mean surplus is above nought for both leads
  std::size_t all_gains = 0;   ///< for every party
};

/// What something moves: the share of futures with a package that all prefer, on one day.
struct Moved {
  std::string kind;  ///< guarantee, chip, term, trial
  std::string id, name;
  std::size_t day = 0;
  Share before, after;
  double difference = 0.0, error = 0.0;  ///< paired, future by future
};

struct SettlementStudy {
  std::string option;  ///< under whose futures
  std::size_t futures = 0;
  std::vector<std::string> parties;
  std::vector<SettlementDay> days;
  std::vector<PackageResult> packages;
  std::vector<SettlementPoint> points;
  std::vector<TabledPlan> plans;
  std::vector<Moved> moved;
};

struct SettlementOptions {
  std::size_t futures = 512;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::vector<int> weeks = {0, 26, 52, 103};  ///< now, in 6, 12 and 24 months
  std::function<bool()> cancelled = {};
};

/// The days of `weeks` that lie within the horizon, the last one moved to its end.
[[nodiscard]] std::vector<int> days_within(const casefile::Case& given,
                                           const std::vector<int>& weeks);

/// What follows from the parties' views alone.
/// @oracle settlement_test.cc: spaces made up by hand; invariants K-1, K-2, K-6.
[[nodiscard]] SettlementStudy settle(const casefile::Case& given,
                                     const ensemble::Bargains& bargains, const std::string& option);

/// Plays the first option, and each trial beside it, and looks at all settlements.
/// @throws ModelError there is no war. @throws ensemble::Cancelled a stop was asked for.
[[nodiscard]] SettlementStudy study_settlement(const casefile::Games& games,
                                               const intel::Belief& belief,
                                               const SettlementOptions& options = {});

}  // namespace casus::analysis
