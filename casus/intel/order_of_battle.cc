// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/order_of_battle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "casus/base/numeric.h"
#include "casus/geo/geo.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Contingent;
using casefile::Mode;
using casefile::PlaceId;
using casefile::PlaceKind;

constexpr std::uint32_t samples = 4096;
constexpr int days_shown = 31;

double km_per_day(Mode mode) {
  switch (mode) {
    case Mode::sea:
      return 450.0;
    case Mode::rail:
      return 800.0;
    case Mode::road:
      return 300.0;
    case Mode::air:
      return 6000.0;
  }
  return 300.0;
}

constexpr double dwell_days = 0.5;

struct Share {
  PlaceId place;
  double weight;
};

// Everything about a contingent that does not change from draw to draw.
struct Layout {
  std::uint32_t contingent = 0;
  const Strength* total = nullptr;
  const Strength* front = nullptr;
  PlaceId destination{0};
  double transit_days = 0.0;
  std::vector<Share> transit, training;  ///< weights of transit sum to 1
};

const Strength* strength_for(const std::vector<Strength>& all,
                             std::optional<std::uint32_t> hypothesis) {
  if (!hypothesis) return nullptr;
  for (const Strength& s : all) {
    if (s.hypothesis == *hypothesis) return &s;
  }
  return nullptr;
}

void add_weight(std::vector<Share>& shares, PlaceId place, double weight) {
  for (Share& s : shares) {
    if (s.place == place) {
      s.weight += weight;
      return;
    }
  }
  shares.push_back({place, weight});
}

// Places where men stay on the way: the author's split, grounds on the path, and what was counted.
void add_training(const Case& given, const Contingent& c, const Model& model,
                  const std::vector<double>& measuring, Layout& out) {
  for (const auto& [place, share] : c.at) {
    if (place != c.destination && place != c.origin) add_weight(out.training, place, 8.0 * share);
  }
  for (const PlaceId p : c.path) {
    const auto kind = given.places[p].kind;
    if (p != c.destination && p != c.origin &&
        (kind == PlaceKind::training_ground || kind == PlaceKind::garrison)) {
      add_weight(out.training, p, 0.5);
    }
  }
  for (std::size_t i = 0; i < model.evidence.size(); ++i) {
    const Evidence& e = model.evidence[i];
    if (!e.told || e.told->whole || !out.total || e.told->hypothesis != out.total->hypothesis)
      continue;
    for (const auto& s : given.reports[e.report].strengths) {
      if (s.contingent.index == out.contingent && s.at != c.destination && s.at != c.origin) {
        add_weight(out.training, s.at, measuring[i] * std::min(4.0, e.told->number / 500.0));
      }
    }
  }
  if (out.training.empty() && c.path.size() > 2) add_weight(out.training, c.path[1], 1.0);
  if (out.training.empty()) add_weight(out.training, c.destination, 1.0);
}

std::optional<Layout> layout_of(const Case& given, std::uint32_t contingent, const Model& model,
                                const std::vector<Strength>& strengths,
                                const std::vector<double>& measuring) {
  const Contingent& c = given.contingents[contingent];
  Layout out;
  out.contingent = contingent;
  out.destination = c.destination;
  std::optional<std::uint32_t> total;
  std::optional<std::uint32_t> front;
  if (c.strength_hypothesis) total = c.strength_hypothesis->index;
  if (c.at_front_hypothesis) front = c.at_front_hypothesis->index;
  for (std::uint32_t h = 0; h < given.hypotheses.size() && !total; ++h) {
    const auto& x = given.hypotheses[h];
    if (x.counts && x.counts->index == contingent && x.at_places.empty() && x.at_regions.empty())
      total = h;
  }
  out.total = strength_for(strengths, total);
  out.front = strength_for(strengths, front);
  if (out.total == nullptr) return std::nullopt;
  const auto days = travel_days(given, c.path);
  for (const double d : days) out.transit_days += d;
  for (std::size_t i = 1; i + 1 < c.path.size(); ++i) {
    out.transit.push_back({c.path[i], (days[i - 1] + days[i]) / (2.0 * out.transit_days)});
  }
  double sum = 0.0;
  for (const Share& s : out.transit) sum += s.weight;
  for (Share& s : out.transit) s.weight /= sum;
  add_training(given, c, model, measuring, out);
  return out;
}

// One draw of a strength inside its state: build-up and men of the as-of day.
struct Drawn {
  observe::BuildUp how;
  double men = 0.0;
};

Drawn draw_strength(const Strength& s, std::uint32_t state, double u_how, double u_men) {
  double sum = 0.0;
  for (std::size_t b = 0; b < observe::build_ups; ++b) sum += s.p[s.cell(state, b)];
  double left = u_how * sum;
  std::size_t b = 0;
  while (b + 1 < observe::build_ups && left >= s.p[s.cell(state, b)])
    left -= s.p[s.cell(state, b++)];
  const auto& w = s.weight[s.cell(state, b)];
  left = u_men;
  std::size_t g = 0;
  while (g + 1 < strength_points && left >= w[g]) left -= w[g++];
  return {observe::build_up_shapes[b], s.men[state][g]};
}

struct Key {
  PlaceId place;
  const char* stage;
};

// Men by slot (place, stage) on every day shown, for one draw.
class Filler {
 public:
  Filler(const Case& given, const Layout& layout) : given_(given), layout_(layout) {
    const Contingent& c = given.contingents[layout.contingent];
    if (c.plan) slots.push_back({c.origin, "plan"});
    for (const Share& s : layout.transit) slots.push_back({s.place, "transit"});
    for (const Share& s : layout.training) slots.push_back({s.place, "training"});
    slots.push_back({layout.destination, "front"});
  }
  std::vector<Key> slots;

  void fill(const Drawn& total, const Drawn& front, double planned,
            const std::vector<double>& split, Date day, std::vector<double>& men) const {
    const Date as_of = given_.as_of;
    const double all = total.men * observe::built_by(total.how, day, as_of);
    const auto at_front = [&](Date d) {
      return front.men * observe::built_by(front.how, d, as_of);
    };
    const double there = std::min(all, at_front(day));
    const int lead = static_cast<int>(std::lround(layout_.transit_days));
    const double recent = at_front(as_of) - at_front(as_of.plus(-lead));  // the flow goes on
    const int beyond = std::max(0, lead - (as_of - day));
    double coming = at_front(std::min(as_of, day.plus(lead))) - at_front(day);
    if (lead > 0) coming += recent * beyond / lead;
    coming = std::clamp(coming, 0.0, all - there);
    std::size_t k = 0;
    if (given_.contingents[layout_.contingent].plan) men[k++] = std::max(0.0, planned - all);
    for (const Share& s : layout_.transit) men[k++] = coming * s.weight;
    if (layout_.transit.empty()) coming = 0.0;
    for (const double share : split) men[k++] = (all - there - coming) * share;
    men[k] = there;
  }

 private:
  const Case& given_;
  const Layout& layout_;
};

double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  return i + 1 < sorted.size() ? sorted[i] + part * (sorted[i + 1] - sorted[i]) : sorted[i];
}

struct Sample {
  Drawn total, front;
  double planned = 0.0;
  std::vector<double> split;
  std::uint32_t state = 0;
};

Sample draw_sample(const Case& given, const Belief& belief, const Layout& layout, std::uint32_t i) {
  constexpr Stream stream("order_of_battle");
  const Draws draws(belief.seed);
  const Contingent& c = given.contingents[layout.contingent];
  const std::uint32_t who = fold(c.key);
  std::vector<double> u;
  for (const JointFactor& f : belief.joint)
    u.push_back(draws.uniform(stream, i, 0, fold(key_of(f.node))));
  const auto states = belief.draw(u);
  Sample s;
  s.state = states[layout.total->hypothesis];
  s.total = draw_strength(*layout.total, s.state, draws.uniform(stream, i, 1, who, 0),
                          draws.uniform(stream, i, 1, who, 1));
  if (layout.front != nullptr) {
    s.front =
        draw_strength(*layout.front, states[layout.front->hypothesis],
                      draws.uniform(stream, i, 1, who, 2), draws.uniform(stream, i, 1, who, 3));
    // more at the front than in all: raise the total within its state, then hold the front to it
    s.total.men = std::min(std::max(s.total.men, s.front.men),
                           layout.total->men[s.state][strength_points - 1]);
    s.front.men = std::min(s.front.men, s.total.men);
  }
  if (c.plan) s.planned = c.plan->prior.quantile(draws.uniform(stream, i, 1, who, 4));
  double sum = 0.0;
  for (const Share& t : layout.training) {
    s.split.push_back(
        draws.gamma(0.3 + t.weight, stream, i, 2, who, given.places[t.place].key % 65536));
    sum += s.split.back();
  }
  for (double& x : s.split) x = sum > 0.0 ? x / sum : 1.0 / static_cast<double>(s.split.size());
  return s;
}

void add_rows(const Case& given, const Layout& layout, const Filler& filler,
              const std::vector<Sample>& drawn, OrderOfBattle& out) {
  const std::size_t n = filler.slots.size();
  std::vector<double> men(n);
  std::vector<std::vector<double>> column(n, std::vector<double>(drawn.size()));
  for (int back = days_shown - 1; back >= 0; --back) {
    const Date day = given.as_of.plus(-back);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      filler.fill(drawn[i].total, drawn[i].front, drawn[i].planned, drawn[i].split, day, men);
      for (std::size_t k = 0; k < n; ++k) column[k][i] = men[k];
    }
    for (std::size_t k = 0; k < n; ++k) {
      auto& x = column[k];
      StrengthBelief row;
      for (const double v : x) row.mean += v / static_cast<double>(x.size());
      if (back == 0 && std::string_view(filler.slots[k].stage) != "plan") {
        auto& by_state = out.mean_by_state[{layout.contingent, filler.slots[k].place.index}];
        by_state.resize(given.hypotheses[layout.total->hypothesis].states.size(), 0.0);
        std::vector<double> count(by_state.size(), 0.0);
        for (const Sample& s : drawn) count[s.state] += 1.0;
        for (std::size_t i = 0; i < x.size(); ++i)
          by_state[drawn[i].state] += x[i] / count[drawn[i].state];
      }
      std::sort(x.begin(), x.end());
      row.q95 = quantile(x, .95);
      if (row.q95 < 1.0) continue;
      row.day = day;
      row.contingent = casefile::ContingentId{layout.contingent};
      row.place = filler.slots[k].place;
      row.stage = filler.slots[k].stage;
      row.q05 = quantile(x, .05);
      row.q25 = quantile(x, .25);
      row.q50 = quantile(x, .50);
      row.q75 = quantile(x, .75);
      out.rows.push_back(row);
    }
  }
}

}  // namespace

std::vector<double> travel_days(const Case& given, const std::vector<PlaceId>& path) {
  std::vector<double> out;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const auto& a = given.places[path[i]];
    const auto& b = given.places[path[i + 1]];
    double best = great_circle_km({a.lon, a.lat}, {b.lon, b.lat}) / km_per_day(Mode::road);
    bool known = false;
    for (const auto& r : given.routes) {
      const bool joins =
          (r.from == path[i] && r.to == path[i + 1]) || (r.to == path[i] && r.from == path[i + 1]);
      if (!joins || r.mode == Mode::air) continue;
      const double days = r.km / km_per_day(r.mode);
      best = known ? std::min(best, days) : days;
      known = true;
    }
    out.push_back(best + dwell_days);
  }
  return out;
}

OrderOfBattle order_of_battle(const Case& given, const Belief& belief, const Model& model,
                              const std::vector<Strength>& strengths,
                              const std::vector<double>& measuring) {
  OrderOfBattle out;
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const auto layout = layout_of(given, c, model, strengths, measuring);
    if (!layout) continue;
    out.total_of[c] = layout->total->hypothesis;
    std::vector<Sample> drawn;
    for (std::uint32_t i = 0; i < samples; ++i)
      drawn.push_back(draw_sample(given, belief, *layout, i));
    const Filler filler(given, *layout);
    add_rows(given, *layout, filler, drawn, out);
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const StrengthBelief& a, const StrengthBelief& b) { return a.day < b.day; });
  return out;
}

}  // namespace casus::intel
