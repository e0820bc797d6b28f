// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/casefile/seeing.h"
#include "casus/ensemble/series.h"

namespace casus::analysis {
namespace {

constexpr double enough_skill = 0.7;  // area under the curve that makes an indicator
constexpr double better_by = 0.03;    // what a later week must add to be told instead
constexpr std::size_t fewest = 10;    // futures with and without the event, in either half
constexpr int stride = 2;             // weeks between looks
constexpr std::size_t most_an_event = 3;
constexpr double bad_share = 0.2;  // the worst fifth of the leader's futures

/// Series that the decision maker could follow; what ends a future says itself and warns of
/// nothing.
bool watchable(const std::string& variable, casefile::Seeing seeing) {
  return seeing != casefile::Seeing::hidden && variable.rfind("end_", 0) != 0 &&
         variable != "fighting" && variable != "ceasefire" && variable != "new_war";
}

/// How the decision maker comes to know each series kept; hidden where the case no longer has it.
std::vector<casefile::Seeing> seen(const casefile::Case& given, const ensemble::Futures& futures) {
  const auto usual = ensemble::series_of(given);
  std::vector<casefile::Seeing> all;
  for (const ensemble::Series& s : futures.series) {
    const auto found = std::ranges::find_if(usual, [&](const ensemble::SeriesUse& u) {
      return u.series.variable == s.variable && u.series.entities == s.entities;
    });
    all.push_back(found == usual.end() ? casefile::Seeing::hidden
                                       : casefile::seeing(given, found->use));
  }
  return all;
}

/// While an event is open in one trajectory, whether it comes, and when.
struct Open {
  int from = 0, until = 0;  ///< open in weeks from <= week < until
  bool comes = false;
  int when = 0;
};

/// The kept trajectories of one option.
struct Watched {
  const ensemble::Futures& futures;
  std::size_t option;
  std::vector<Open> open = {};  ///< [trajectory]

  [[nodiscard]] double at(std::size_t series, std::size_t trajectory, int week) const {
    const std::size_t n = futures.series.size();
    const auto weeks = static_cast<std::size_t>(futures.weeks);
    const std::size_t row = (option * futures.trajectories + trajectory) * n + series;
    return static_cast<double>(futures.trajectory[row * weeks + static_cast<std::size_t>(week)]);
  }
  [[nodiscard]] std::optional<std::size_t> series(std::string_view variable) const {
    const auto found = std::ranges::find(futures.series, variable, &ensemble::Series::variable);
    if (found == futures.series.end()) return std::nullopt;
    return static_cast<std::size_t>(found - futures.series.begin());
  }
  /// First week from `from` on in which a 0/1 series is `wanted`; the horizon if never.
  [[nodiscard]] int first(std::size_t s, std::size_t trajectory, bool wanted, int from = 0) const {
    int week = from;
    while (week < futures.weeks && (at(s, trajectory, week) > 0.5) != wanted) ++week;
    return week;
  }
};

/// The week in which the war is over in a trajectory, by whichever end; the horizon if never.
int over(const Watched& w, std::size_t trajectory) {
  int week = w.futures.weeks;
  for (const std::string_view end : {"end_settlement", "end_frozen", "end_collapse"}) {
    if (const auto s = w.series(end)) week = std::min(week, w.first(*s, trajectory, true));
  }
  return week;
}

/// Values with and without the event, trajectories of points of one parity in which it is open.
struct Parted {
  std::vector<double> with, without;
  std::vector<int> lead;  ///< of `with`: weeks to the event
};

Parted part(const Watched& w, std::size_t series, int week, std::size_t parity) {
  Parted p;
  for (std::size_t t = 0; t < w.open.size(); ++t) {
    const Open& o = w.open[t];
    if (w.futures.sampling.point(t) % 2 != parity || week < o.from || week >= o.until) continue;
    (o.comes ? p.with : p.without).push_back(w.at(series, t, week));
    if (o.comes) p.lead.push_back(o.when - week);
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

/// The threshold with the widest gap between hits and false alarms (Youden's J), half way to the
/// next value on its other side.
double best_threshold(const Parted& p, bool above) {
  double best = p.with.front(), widest = -1.0;
  for (const double t : p.with) {
    const double j = share_warned(p.with, t, above) - share_warned(p.without, t, above);
    if (j > widest) {
      widest = j;
      best = t;
    }
  }
  std::optional<double> next;
  for (const auto* values : {&p.with, &p.without}) {
    for (const double v : *values) {
      if (above ? v < best && (!next || v > *next) : v > best && (!next || v < *next)) next = v;
    }
  }
  return next ? 0.5 * (best + *next) : best;
}

bool enough(const Parted& p) { return p.with.size() >= fewest && p.without.size() >= fewest; }

/// Weeks from the sign to the event: the median of the futures warned of.
int median_lead(const Parted& p, double threshold, bool above) {
  std::vector<double> lead;
  for (std::size_t i = 0; i < p.with.size(); ++i) {
    if (above ? p.with[i] >= threshold : p.with[i] <= threshold) lead.push_back(p.lead[i]);
  }
  if (lead.empty()) return 0;
  std::sort(lead.begin(), lead.end());
  return static_cast<int>(std::lround(quantile(lead, 0.5)));
}

/// The first week at which a series tells, chosen in the even trajectories and judged in the odd.
std::optional<Indicator> earliest(const Watched& w, std::size_t series, const std::string& event) {
  int chosen = -1;
  double best = 0.0;
  for (int week = 0; week <= w.futures.weeks * 3 / 4; week += stride) {
    if (chosen >= 0 && week > w.futures.weeks / 2) break;
    const Parted p = part(w, series, week, 0);
    if (!enough(p)) continue;
    const double skill = std::abs(area_under_curve(p) - 0.5) + 0.5;
    if (skill < enough_skill) continue;
    if (chosen < 0 || skill > best + better_by) {
      chosen = week;
      best = skill;
    }
  }
  if (chosen < 0) return std::nullopt;
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
  found.lead_weeks = median_lead(unseen, found.threshold, found.above);
  found.still_open = static_cast<double>(seen.with.size() + seen.without.size() +
                                         unseen.with.size() + unseen.without.size()) /
                     static_cast<double>(w.open.size());
  if (found.skill < enough_skill || found.hit_rate <= found.false_alarm_rate) return std::nullopt;
  return found;
}

/// A value at or below the worst fifth of all; open until the war is over.
Watched bad_ends(Watched w, std::span<const double> value) {
  std::vector<double> sorted(value.begin(), value.end());
  std::sort(sorted.begin(), sorted.end());
  const double bad = quantile(sorted, bad_share);
  for (std::size_t t = 0; t < w.futures.trajectories; ++t) {
    w.open.push_back({0, over(w, t), value[t] <= bad, w.futures.weeks});
  }
  return w;
}

/// What a 0/1 series of the case says comes once; an end is open until the war is over.
std::optional<Watched> comings(Watched w, std::string_view variable) {
  const auto s = w.series(variable);
  if (!s) return std::nullopt;
  const bool an_end = variable.rfind("end_", 0) == 0;
  for (std::size_t t = 0; t < w.futures.trajectories; ++t) {
    const int when = w.first(*s, t, true);
    w.open.push_back({0, an_end ? over(w, t) : when, when < w.futures.weeks, when});
  }
  return w;
}

/// Fighting again; open while the first ceasefire holds.
std::optional<Watched> renewed_fighting(Watched w) {
  const auto ceasefire = w.series("ceasefire");
  const auto fighting = w.series("fighting");
  if (!ceasefire || !fighting) return std::nullopt;
  for (std::size_t t = 0; t < w.futures.trajectories; ++t) {
    const int from = w.first(*ceasefire, t, true);
    const int until = w.first(*ceasefire, t, false, from);
    const bool comes = until < w.futures.weeks && w.at(*fighting, t, until) > 0.5;
    w.open.push_back({from, until, comes, until});
  }
  return w;
}

/// Fills what it would be worth to know at once whether the sign will be seen.
void value_sign(Indicator& i, const Watched& w, std::size_t series, const ValueTable& table,
                std::uint64_t seed) {
  ValueTable kept{table.options, w.open.size(), {}, {}};
  for (std::size_t o = 0; o < table.options; ++o) {
    const auto first = table.of(o).first(kept.futures);
    kept.value.insert(kept.value.end(), first.begin(), first.end());
  }
  if (!table.group.empty())
    kept.group.assign(table.group.begin(),
                      table.group.begin() + static_cast<std::ptrdiff_t>(kept.futures));
  std::vector<std::uint32_t> seen(kept.futures);
  for (std::size_t t = 0; t < seen.size(); ++t) {
    const double v = w.at(series, t, i.week);
    seen[t] = (i.above ? v >= i.threshold : v <= i.threshold) ? 1 : 0;
  }
  std::tie(i.decision_value, i.error) = sign_value(kept, seen, 2, {1.0, 0.0, 0.0, 1.0}, seed);
}

}  // namespace

std::vector<Indicator> indicators(const Comparison& comparison, const casefile::Case& given,
                                  const ensemble::Futures& futures, const ValueTable& table,
                                  std::uint64_t seed, Going& going) {
  std::vector<Indicator> all;
  const std::size_t leader = comparison.ranking[0];
  const std::size_t rows = futures.options.size() * futures.trajectories;
  const auto weeks = static_cast<std::size_t>(std::max(0, futures.weeks));
  if (futures.trajectory.size() != rows * futures.series.size() * weeks || rows == 0) return all;
  const std::vector<casefile::Seeing> seeing = seen(given, futures);
  const auto watch = [&](const Watched& w, const std::string& event) {
    std::vector<Indicator> found;
    going.part("finding warning signs", "series", futures.series.size());
    for (std::size_t s = 0; s < futures.series.size(); ++s) {
      going.done_one();
      if (!watchable(futures.series[s].variable, seeing[s])) continue;
      auto i = earliest(w, s, event);
      if (!i) continue;
      i->estimated = seeing[s] == casefile::Seeing::estimated;
      value_sign(*i, w, s, table, seed);
      found.push_back(std::move(*i));
    }
    // Soonest first in quarters of a year; within one, the surest.
    std::stable_sort(found.begin(), found.end(), [](const Indicator& a, const Indicator& b) {
      return a.week / 13 != b.week / 13 ? a.week < b.week : a.skill > b.skill;
    });
    if (found.size() > most_an_event) found.resize(most_an_event);
    all.insert(all.end(), found.begin(), found.end());
  };
  const Watched kept{futures, leader};
  watch(bad_ends(kept, table.of(leader)), "bad_end");
  for (const std::string_view event : {"new_war", "end_settlement", "end_frozen", "end_collapse"}) {
    if (const auto w = comings(kept, event)) watch(*w, std::string(event));
  }
  if (const auto w = renewed_fighting(kept)) watch(*w, "recurrence");
  return all;
}

}  // namespace casus::analysis
