// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

constexpr double enough_skill = 0.7;  // area under the curve that makes an indicator
constexpr double better_by = 0.03;    // what a later week must add to be told instead
constexpr std::size_t fewest = 10;    // futures with and without the event, in either half
constexpr int stride = 2;             // weeks between looks
constexpr std::size_t most_an_event = 3;
constexpr double bad_share = 0.2;  // the worst fifth of the leader's futures

/// Series that a watcher could follow; what ends a future says itself and warns of nothing.
bool watchable(const ensemble::Series& s) {
  return s.variable.rfind("end_", 0) != 0 && s.variable != "fighting" && s.variable != "ceasefire";
}

/// What the kept trajectories of one option show, and in which of them the event comes.
struct Watched {
  const ensemble::Futures& futures;
  std::size_t option;
  std::vector<std::uint8_t> event;  ///< [trajectory]

  [[nodiscard]] double at(std::size_t series, std::size_t trajectory, int week) const {
    const std::size_t n = futures.series.size();
    const auto weeks = static_cast<std::size_t>(futures.weeks);
    const std::size_t row = (option * futures.trajectories + trajectory) * n + series;
    return static_cast<double>(futures.trajectory[row * weeks + static_cast<std::size_t>(week)]);
  }
};

/// Values with and without the event, trajectories of points of one parity.
struct Parted {
  std::vector<double> with, without;
};

Parted part(const Watched& w, std::size_t series, int week, std::size_t parity) {
  Parted p;
  for (std::size_t t = 0; t < w.event.size(); ++t) {
    if (w.futures.sampling.point(t) % 2 != parity) continue;
    (w.event[t] ? p.with : p.without).push_back(w.at(series, t, week));
  }
  return p;
}

/// Area under the ROC curve: chance that a future with the event shows more than one without
/// (Mann-Whitney), ties counting half.
double area_under_curve(const Parted& p) {
  std::vector<double> all = p.with;
  all.insert(all.end(), p.without.begin(), p.without.end());
  const std::vector<double> rank = ranks(all);
  double sum = 0.0;
  for (std::size_t i = 0; i < p.with.size(); ++i) sum += rank[i];
  const double n = static_cast<double>(p.with.size());
  return (sum - n * (n + 1.0) / 2.0) / (n * static_cast<double>(p.without.size()));
}

double share_warned(const std::vector<double>& x, double threshold, bool above) {
  double n = 0.0;
  for (const double v : x) n += (above ? v >= threshold : v <= threshold) ? 1.0 : 0.0;
  return x.empty() ? 0.0 : n / static_cast<double>(x.size());
}

/// The threshold with the widest gap between hits and false alarms (Youden's J).
double best_threshold(const Parted& p, bool above) {
  double best = p.with.front(), widest = -1.0;
  for (const double t : p.with) {
    const double j = share_warned(p.with, t, above) - share_warned(p.without, t, above);
    if (j > widest) {
      widest = j;
      best = t;
    }
  }
  return best;
}

bool enough(const Parted& p) { return p.with.size() >= fewest && p.without.size() >= fewest; }

/// The first week at which a series tells, chosen in the even trajectories and judged in the odd.
std::optional<Indicator> earliest(const Watched& w, std::size_t series, const std::string& event) {
  int chosen = -1;
  double best = 0.0;
  for (int week = 0; week < w.futures.weeks; week += stride) {
    const Parted p = part(w, series, week, 0);
    if (!enough(p)) return std::nullopt;
    const double skill = std::abs(area_under_curve(p) - 0.5) + 0.5;
    if (skill < enough_skill) continue;
    if (chosen >= 0 && week > w.futures.weeks / 2) break;
    if (chosen < 0 || skill > best + better_by) {
      chosen = week;
      best = skill;
    }
  }
  if (chosen < 0 || chosen > w.futures.weeks * 3 / 4) return std::nullopt;
  const Parted seen = part(w, series, chosen, 0);
  const Parted unseen = part(w, series, chosen, 1);
  if (!enough(unseen)) return std::nullopt;
  Indicator found;
  found.event = event;
  found.variable = w.futures.series[series].variable;
  found.entities = w.futures.series[series].entities;
  found.week = chosen;
  found.above = area_under_curve(seen) >= 0.5;
  found.threshold = best_threshold(seen, found.above);
  const double area = area_under_curve(unseen);
  found.skill = found.above ? area : 1.0 - area;
  found.hit_rate = share_warned(unseen.with, found.threshold, found.above);
  found.false_alarm_rate = share_warned(unseen.without, found.threshold, found.above);
  found.lead_weeks = w.futures.weeks - chosen;
  if (found.skill < enough_skill) return std::nullopt;
  return found;
}

std::vector<std::uint8_t> bad_ends(std::span<const double> value, std::size_t kept) {
  std::vector<double> sorted(value.begin(), value.end());
  std::sort(sorted.begin(), sorted.end());
  const double bad = quantile(sorted, bad_share);
  std::vector<std::uint8_t> event(kept);
  for (std::size_t t = 0; t < kept; ++t) event[t] = value[t] <= bad ? 1 : 0;
  return event;
}

void watch(const Watched& w, const std::string& event, std::vector<Indicator>& all) {
  std::vector<Indicator> found;
  for (std::size_t s = 0; s < w.futures.series.size(); ++s) {
    if (!watchable(w.futures.series[s])) continue;
    if (auto i = earliest(w, s, event)) found.push_back(std::move(*i));
  }
  // Soonest first in quarters of a year; within one, the surest.
  std::stable_sort(found.begin(), found.end(), [](const Indicator& a, const Indicator& b) {
    return a.week / 13 != b.week / 13 ? a.week < b.week : a.skill > b.skill;
  });
  if (found.size() > most_an_event) found.resize(most_an_event);
  all.insert(all.end(), found.begin(), found.end());
}

}  // namespace

std::vector<Indicator> indicators(const Comparison& comparison, const ensemble::Futures& futures,
                                  const ValueTable& table) {
  std::vector<Indicator> all;
  const std::size_t leader = comparison.ranking[0];
  const std::size_t rows = futures.options.size() * futures.trajectories;
  const std::size_t weeks = static_cast<std::size_t>(std::max(0, futures.weeks));
  if (futures.trajectory.size() != rows * futures.series.size() * weeks || rows == 0) return all;
  watch({futures, leader, bad_ends(table.of(leader), futures.trajectories)}, "bad_end", all);
  for (const std::string_view name :
       {"new_war", "end_settlement", "end_frozen", "end_collapse", "recurrence"}) {
    const auto m = std::ranges::find(futures.measures, name);
    if (m == futures.measures.end()) continue;
    const auto index = static_cast<std::size_t>(m - futures.measures.begin());
    Watched w{futures, leader, std::vector<std::uint8_t>(futures.trajectories)};
    for (std::size_t t = 0; t < w.event.size(); ++t) {
      w.event[t] = futures.outcome_at(leader, t, index) > 0.5F ? 1 : 0;
    }
    watch(w, std::string(name), all);
  }
  return all;
}

}  // namespace casus::analysis
