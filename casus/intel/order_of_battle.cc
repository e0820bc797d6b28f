// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/order_of_battle.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/tracking_anchors.h"
#include "casus/intel/tracking_ensemble.h"
#include "casus/intel/tracking_phd.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Contingent;

constexpr std::uint32_t members = 2048;  // so that no two of the quantiles told are one
constexpr double least_men = 1.0;        // rows below it are left out

std::optional<FreeStrength> free_strength(const Contingent& c) {
  FreeStrength out;
  out.men = c.strength.prior;
  for (const auto& [place, share] : c.at) {
    if (place == c.destination) out.front_share += share;
  }
  if (c.plan) out.planned = c.plan->prior;
  out.standing = true;
  return out;
}

MenBelief summary(std::vector<double>& x) {
  MenBelief out;
  for (const double v : x) out.mean += v / static_cast<double>(x.size());
  const auto place = [&](double p) {
    return x.begin() + std::lround(p * static_cast<double>(x.size() - 1));
  };
  // Each parts what the one before it left, and leaves that one where it is.
  const auto q50 = place(.50), q25 = place(.25), q05 = place(.05), q75 = place(.75),
             q95 = place(.95);
  std::nth_element(x.begin(), q50, x.end());
  std::nth_element(x.begin(), q25, q50);
  std::nth_element(x.begin(), q05, q25);
  std::nth_element(q50 + 1, q75, x.end());
  std::nth_element(q75 + 1, q95, x.end());
  out.q05 = *q05;
  out.q25 = *q25;
  out.q50 = *q50;
  out.q75 = *q75;
  out.q95 = *q95;
  return out;
}

// One day of the window in every cell.
std::vector<MenBelief> day_of_all(const Ensemble& ensemble, const Way& way,
                                  std::span<const std::uint32_t> alike, int day) {
  std::vector<MenBelief> out;
  std::vector<double> x(alike.size());
  for (std::size_t k = 0; k < way.cells.size(); ++k) {
    const std::size_t at = static_cast<std::size_t>(day) * way.cells.size() + k;
    for (std::size_t i = 0; i < alike.size(); ++i) x[i] = ensemble.men(alike[i])[at];
    out.push_back(summary(x));
  }
  return out;
}

// P(each look measures), as known on a day: what is not yet told, or withdrawn, says nothing.
std::vector<double> weights_on(const Model& model, const std::vector<Look>& looks,
                               const DayBelief& day, Date today) {
  std::vector<double> out;
  for (const Look& look : looks) {
    const Sighting& s = look.sighting();
    const bool stands = s.published <= today && (!s.retracted || *s.retracted > today);
    const auto& evidence = model.evidence_of[s.report];
    out.push_back(!stands ? 0.0 : evidence ? day.measures[*evidence] : s.weight);
  }
  return out;
}

struct Walk {
  std::vector<std::vector<MenBelief>> filtered, smoothed;  ///< [day][cell]
};

Walk walk(const Case& given, const Model& model, const Tracked& t, std::span<const DayBelief> days,
          Ensemble& ensemble, const std::vector<CountedPair>& pairs, const TrackingOptions& how) {
  Walk out;
  TrackingTarget target;
  for (int d = 0; d < tracked_days; ++d) {
    const DayBelief& day = days.size() == 1 ? days[0] : days[static_cast<std::size_t>(d)];
    const Date today = given.as_of.plus(d - tracked_days + 1);
    auto weights = weights_on(model, ensemble.looks(), day, today);
    const bool changed = t.pair && days.size() > 1 && day.changed;
    if (d == 0 || changed || weights != target.weights) {
      if (t.pair && (d == 0 || changed)) {
        auto held = anchors_on(given, t.way, pairs[*t.pair], day, *t.pair, {how.seed, members});
        target.anchors = std::move(held.anchors);
        target.strata = std::move(held.strata);
      }
      target.weights = std::move(weights);
      ensemble.step(target);
    }
    out.filtered.push_back(day_of_all(ensemble, t.way, ensemble.alike(), d));
  }
  const auto alike = ensemble.alike();
  out.smoothed.resize(tracked_days);
  parallel_for(tracked_days, how.threads, [&](std::size_t d) {
    out.smoothed[d] = day_of_all(ensemble, t.way, alike, static_cast<int>(d));
  });
  return out;
}

void add_rows(const Case& given, const Way& way, const Walk& walk, OrderOfBattle& out) {
  for (int d = 0; d < tracked_days; ++d) {
    const auto at = static_cast<std::size_t>(d);
    for (std::size_t k = 0; k < way.cells.size(); ++k) {
      const MenBelief& m = walk.filtered[at][k];
      if (m.q95 < least_men && walk.smoothed[at][k].q95 < least_men) continue;
      StrengthBelief row;
      row.day = given.as_of.plus(d - tracked_days + 1);
      row.contingent = casefile::ContingentId{way.contingent};
      row.place = way.cells[k].place;
      row.stage = name_of(way.cells[k].stage);
      row.mean = m.mean;
      row.q05 = m.q05;
      row.q25 = m.q25;
      row.q50 = m.q50;
      row.q75 = m.q75;
      row.q95 = m.q95;
      row.smoothed = walk.smoothed[at][k];
      out.rows.push_back(std::move(row));
    }
  }
}

// A body of which no report puts anybody anywhere: the prior of its strength, by the author's
// split.
void add_standing(const Case& given, std::uint32_t contingent, OrderOfBattle& out) {
  const Contingent& c = given.contingents[contingent];
  const Prior& men = c.strength.prior;
  const auto of = [&](double p) { return std::max(0.0, men.quantile(p)); };
  const MenBelief all{std::max(0.0, men.mean()), of(.05), of(.25), of(.50), of(.75), of(.95)};
  for (const auto& [place, share] : c.at) {
    const MenBelief here{all.mean * share, all.q05 * share, all.q25 * share,
                         all.q50 * share,  all.q75 * share, all.q95 * share};
    if (here.q95 < least_men) continue;
    const Stage stage = place == c.destination ? Stage::front : Stage::training;
    for (int d = 0; d < tracked_days; ++d) {
      const Date day = given.as_of.plus(d - tracked_days + 1);
      out.rows.push_back({day, casefile::ContingentId{contingent}, place, name_of(stage), here.mean,
                          here.q05, here.q25, here.q50, here.q75, here.q95, here});
    }
  }
}

void add_by_state(const Case& given, const Tracked& t, const CountedPair& pair,
                  const Ensemble& ensemble, const Anchors& held, OrderOfBattle& out) {
  const auto alike = ensemble.alike();
  const std::size_t states = given.hypotheses[pair.total].states.size();
  std::vector<double> count(states, 0.0);
  for (const auto m : alike) count[held.state[m]] += 1.0;
  const std::size_t last = (tracked_days - 1) * t.way.cells.size();
  for (std::size_t k = t.way.transit; k < t.way.cells.size(); ++k) {
    auto& mean = out.mean_by_state[{t.way.contingent, t.way.cells[k].place.index}];
    mean.resize(states, 0.0);
    for (const auto m : alike)
      mean[held.state[m]] += ensemble.men(m)[last + k] / count[held.state[m]];
  }
  out.total_of[t.way.contingent] = pair.total;
}

void add_check(const Tracked& t, const Walk& walk, std::span<const double> weights,
               const Contingent& contingent, OrderOfBattle& out) {
  const bool numbers = std::any_of(t.sightings.begin(), t.sightings.end(),
                                   [](const Sighting& s) { return s.number.has_value(); });
  if (!numbers) return;
  TrackingCheck check;
  check.contingent = casefile::ContingentId{t.way.contingent};
  for (std::size_t k = t.way.transit; k < t.way.cells.size(); ++k)
    check.ensemble += walk.smoothed.back()[k].mean;
  CheckPrior prior{contingent.strength.prior, {}};
  for (std::size_t k = 0; k < t.way.cells.size() && !t.pair; ++k)
    prior.standing.push_back(walk.filtered.front()[k].mean);
  check.density = aggregate_check(t.way, t.sightings, weights, prior);
  out.checks.push_back(check);
}

}  // namespace

std::vector<Tracked> tracked_contingents(const Case& given, const Model& model) {
  const auto pairs = counted_pairs(given);
  std::vector<Tracked> out;
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const Contingent& it = given.contingents[c];
    Tracked t;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      if (pairs[k].contingent == c) t.pair = k;
    }
    if (!t.pair && it.strength.prior.median() <= 0.0) continue;
    t.way = way_of(given, c, places_told(given, model, c));
    t.sightings = sightings_of(given, model, t.way);
    if (!t.pair && t.sightings.empty()) continue;  // add_standing tells the author's split
    out.push_back(std::move(t));
  }
  return out;
}

std::vector<std::size_t> evidence_of_places(const Model& model, std::span<const Tracked> tracked) {
  std::vector<std::size_t> out;
  for (const Tracked& t : tracked) {
    for (const Sighting& s : t.sightings) {
      if (!s.of_the_whole && model.evidence_of[s.report])
        out.push_back(*model.evidence_of[s.report]);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

OrderOfBattle order_of_battle(const Case& given, const Belief& belief, const Model& model,
                              std::span<const Tracked> tracked, std::span<const DayBelief> days,
                              std::size_t threads) {
  CASUS_CHECK(days.size() == 1 || days.size() == static_cast<std::size_t>(tracked_days));
  OrderOfBattle out;
  const auto pairs = counted_pairs(given);
  for (const Tracked& t : tracked) {
    const Contingent& c = given.contingents[t.way.contingent];
    std::vector<Look> looks;
    for (const Sighting& s : t.sightings) {
      if (!s.of_the_whole) looks.emplace_back(s);
    }
    TrackingOptions options;
    options.seed = belief.seed;
    options.key = c.key;
    options.members = members;
    options.threads = threads;
    Ensemble ensemble(given, t.way, std::move(looks), t.pair ? std::nullopt : free_strength(c),
                      options);
    const Walk walked = walk(given, model, t, days, ensemble, pairs, options);
    add_rows(given, t.way, walked, out);
    std::vector<double> weights;
    for (const Sighting& s : t.sightings) {
      const auto& evidence = model.evidence_of[s.report];
      const bool stands = s.published <= given.as_of && !s.retracted;
      weights.push_back(evidence ? days.back().measures[*evidence] : stands ? s.weight : 0.0);
    }
    add_check(t, walked, weights, c, out);
    if (!t.pair) continue;
    const auto held =
        anchors_on(given, t.way, pairs[*t.pair], days.back(), *t.pair, {belief.seed, members});
    add_by_state(given, t, pairs[*t.pair], ensemble, held, out);
  }
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const auto follows = [&](const Tracked& t) { return t.way.contingent == c; };
    if (std::none_of(tracked.begin(), tracked.end(), follows)) add_standing(given, c, out);
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const StrengthBelief& a, const StrengthBelief& b) { return a.day < b.day; });
  return out;
}

}  // namespace casus::intel
