// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/base/numeric.h"
#include "casus/geo/geo.h"
#include "casus/world/start.h"
#include "casus/world/start_parts.h"

namespace casus::world {
namespace {

using casefile::Contingent;

/// P(X <= x) of a prior, by halving its quantile function; 1e-9.
double below(const Prior& prior, double x) {
  double low = 1e-9;
  double high = 1.0 - 1e-9;
  if (x <= prior.quantile(low)) return 0.0;
  if (x >= prior.quantile(high)) return 1.0;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (prior.quantile(middle) <= x ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// A number of men within [low, high]: from the prior cut to it, or evenly in the logarithm where
/// the prior gives the interval no weight (or is a plain number).
class Within {
 public:
  Within(const Prior& prior, double low, double high) : prior_(prior), low_(low), high_(high) {
    if (prior.kind() == Prior::Kind::point) return;
    from_ = below(prior, low);
    to_ = below(prior, high);
  }
  [[nodiscard]] double at(double u) const {
    if (high_ <= low_) return low_;
    if (to_ - from_ > 1e-6) {
      return std::clamp(prior_.quantile(from_ + u * (to_ - from_)), low_, high_);
    }
    const double floor = std::max(low_, 1.0);
    return floor * power(std::max(high_, floor) / floor, u);
  }

 private:
  Prior prior_;
  double low_, high_, from_ = 0.0, to_ = 0.0;
};

/// Of a further milestone, where the most sensitive technology of the hypothesis was given: what is
/// given by the as-of day counts as received, the next begins early.
constexpr float head_start = 0.6F;

double upper(const casefile::HypothesisState& state) {
  return state.high.value_or(std::max(state.low, 1.0) * 2.5);
}

/// Men in all, thousand persons.
F draw_total(const Starting& s, std::size_t c) {
  const Contingent& k = s.model.given().contingents[c];
  const std::uint32_t key = s.model.contingent_key(c);
  F total = lanes::max(s.each(k.strength.prior, Stream("start.strength"), key), F(0.0F));
  if (k.strength_hypothesis) {
    const auto& states = s.model.given().hypotheses[*k.strength_hypothesis].states;
    std::vector<Within> within;
    for (const auto& h : states) within.emplace_back(k.strength.prior, h.low, upper(h));
    for (std::uint32_t lane = 0; lane < lanes::width; ++lane) {
      const auto state = s.truth(*k.strength_hypothesis, lane);
      if (!state || !states[*state].counted) continue;
      const double u = s.draws.uniform(Stream("start.within"), s.first + lane, 0, key);
      total.set(lane, static_cast<float>(within[*state].at(u)));
    }
  }
  return total * F(1e-3F);
}

/// Men at the destination, thousand persons; never more than the total.
F draw_front(const Starting& s, std::size_t c, F total) {
  const Contingent& k = s.model.given().contingents[c];
  double share = 0.0;
  for (const auto& [place, part] : k.at) {
    if (place == k.destination) share += part;
  }
  F front = total * F(share);
  if (!k.at_front_hypothesis) return front;
  const auto& states = s.model.given().hypotheses[*k.at_front_hypothesis].states;
  for (std::uint32_t lane = 0; lane < lanes::width; ++lane) {
    const auto state = s.truth(*k.at_front_hypothesis, lane);
    if (!state || !states[*state].counted) continue;
    const double most = std::min(upper(states[*state]), 1e3 * static_cast<double>(total[lane]));
    const double u =
        s.draws.uniform(Stream("start.at_front"), s.first + lane, 0, s.model.contingent_key(c));
    const double men = Within(Prior(), std::min(states[*state].low, most), most).at(u);
    front.set(lane, static_cast<float>(men * 1e-3));
  }
  return lanes::min(front, total);
}

/// The node of the path where men at `place` stand: the place itself, or the nearest short of the
/// front.
std::size_t node_at(const Model& model, std::size_t c, casefile::PlaceId place) {
  const Model::Path& path = model.path(c);
  const auto& places = model.given().places;
  std::size_t best = 0;
  double nearest = std::numeric_limits<double>::infinity();
  const std::size_t end = path.places.size() > 1 ? path.last() : 1;
  for (std::size_t node = 0; node < end; ++node) {
    const auto& there = places[path.places[node]];
    const double km =
        path.places[node] == place.index
            ? -1.0
            : great_circle_km({there.lon, there.lat}, {places[place].lon, places[place].lat});
    if (km < nearest) {
      nearest = km;
      best = node;
    }
  }
  return best;
}

void place_men(Starting& s, std::size_t c, F total, F front) {
  const Contingent& k = s.model.given().contingents[c];
  const std::size_t base = c * s.model.shape().path_nodes;
  const std::size_t last = s.model.path(c).last();
  double elsewhere = 0.0;
  for (const auto& [place, part] : k.at) elsewhere += place == k.destination ? 0.0 : part;
  const F rest = total - front;
  s.state.at(Var::men, base + last) += front;
  if (elsewhere <= 0.0) {
    s.state.at(Var::men, base) += rest;
    return;
  }
  for (const auto& [place, part] : k.at) {
    if (place == k.destination) continue;
    s.state.at(Var::men, base + node_at(s.model, c, place)) += rest * F(part / elsewhere);
  }
}

/// How far the owner lets a foreign contingent fight. A hypothesis whose states are named
/// `not_committed` or `rear_duty` (docs/models/world.md) decides where there is one.
F draw_committed(const Starting& s, std::size_t c) {
  const Contingent& k = s.model.given().contingents[c];
  if (!k.foreign) return F(1.0F);
  F committed = s.knob("start.committed");
  const auto& hypotheses = s.model.given().hypotheses;
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    const auto& states = hypotheses[h].states;
    if (std::ranges::find(states, "not_committed", &casefile::HypothesisState::id) ==
        states.end()) {
      continue;
    }
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const auto state = s.truth(h, lane);
      if (!state) continue;
      const std::string& id = states[*state].id;
      if (id == "not_committed") committed.set(lane, 0.02F);
      if (id == "rear_duty") committed.set(lane, 0.15F);
      if (id != "not_committed" && id != "rear_duty")
        committed.set(lane, std::max(committed[lane], 0.7F));
    }
  }
  return committed;
}

/// Technology already given: the further down the states of `technology_transfer`, the nearer the
/// owners of foreign contingents are to a milestone.
void start_technology(Starting& s) {
  const auto h = casefile::find(s.model.given().hypotheses, "technology_transfer");
  if (!h) return;
  const double steps = static_cast<double>(s.model.given().hypotheses[*h].states.size()) - 1.0;
  for (const Contingent& k : s.model.given().contingents) {
    if (!k.foreign || !k.sector) continue;
    F& progress = s.state.at(Var::tech_progress, k.owner);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const auto state = s.truth(*h, lane);
      if (!state || steps <= 0.0) continue;
      const auto reached = static_cast<float>(*state / steps);
      progress.set(lane, std::min(std::max(progress[lane], reached * head_start), 0.95F));
    }
  }
}

}  // namespace

void start_contingents(Starting& s) {
  State& state = s.state;
  for (std::size_t c = 0; c < s.model.shape().contingents; ++c) {
    const Contingent& k = s.model.given().contingents[c];
    const std::uint32_t key = s.model.contingent_key(c);
    const F total = draw_total(s, c);
    place_men(s, c, total, draw_front(s, c, total));
    const F there = state.at(Var::men, c * s.model.shape().path_nodes + s.model.path(c).last());
    const bool fights = k.side.has_value() && k.sector.has_value();
    state.at(Var::acclimatising, c) = k.foreign && fights ? there : F(0.0F);
    state.at(Var::in_combat, c) = !k.foreign && fights ? there : F(0.0F);
    // What men learned since they came there counts toward being fit.
    const F since = s.knob("movement.arrived") / s.knob("movement.acclimatisation");
    state.at(Var::trained, c) =
        k.foreign ? lanes::min(since, F(1.0F)) * lanes::one_if(there > F(0.0F)) : F(1.0F);
    state.at(Var::experience, c) = F(k.foreign ? 0.0F : 52.0F);
    state.at(Var::quality, c) =
        lanes::clamp(s.each(k.quality.prior, Stream("start.quality"), key), F(0.2F), F(1.5F));
    state.at(Var::morale, c) = s.each(k.morale.prior, Stream("start.morale"), key);
    state.at(Var::pay_trust, c) =
        s.own_share(s.knob("start.pay_trust"), Stream("start.pay_trust"), key);
    state.at(Var::committed, c) = draw_committed(s, c);
    if (!k.plan) continue;
    const F plan = s.each(k.plan->prior, Stream("start.plan"), key) * F(1e-3F);
    state.at(Var::to_send, c) = lanes::max(plan - total, F(0.0F)) * lanes::one_if(total > F(0.0F));
  }
  start_technology(s);
}

}  // namespace casus::world
