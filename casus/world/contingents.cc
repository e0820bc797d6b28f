// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/contingents.h"

#include <vector>

namespace casus::world {
namespace {

using casefile::ContingentRole;
using casefile::Tag;

constexpr Knob knob_rows[] = {
    {"contingents.assault", "LN(2.2; 0.4)", 1, 10, "ratio",
     "exposure of assault troops against the average man in contact", Tag::judgement,
     "assault units bore most losses at Bakhmut and Avdiivka; no North Korean unit had fought yet",
     "2024-10-31"},
    {"contingents.captured", "LN(0.01; 0.7)", 0, 0.3, "share",
     "captured or deserted among casualties", Tag::judgement, "few were shown", "2024-10-31"},
    {"contingents.learning", "LN(8; 0.5)", 1, 60, "weeks",
     "in combat, to halve the gap to full quality", Tag::judgement,
     "drone war is new to troops from outside", "2024-10-31"},
};

float role_weight(ContingentRole role) {
  switch (role) {
    case ContingentRole::assault:
      return 0.0F;  // the knob
    case ContingentRole::hold:
      return 1.0F;
    case ContingentRole::rear:
      return 0.1F;
    case ContingentRole::technical:
      return 0.1F;
    case ContingentRole::labour:
      return 0.05F;
  }
  return 1.0F;
}

class Contingents final : public Process {
 public:
  explicit Contingents(const Model& model)
      : assault_(knob_index("contingents.assault")),
        captured_(knob_index("contingents.captured")),
        learning_(knob_index("contingents.learning")),
        killed_(knob_index("front.killed")) {
    const auto& given = model.given();
    guests_.resize(given.sectors.size() * 2);
    for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
      const casefile::Contingent& k = given.contingents[c];
      if (k.side && k.sector && k.foreign) guests_[k.sector->index * 2 + *k.side].push_back(c);
    }
    for (std::size_t a = 0; a < given.actors.size(); ++a) {
      if (model.side_of(a) < 0 || !given.actors[a].has(casefile::Role::belligerent)) continue;
      Army army;
      army.actor = a;
      for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
        const casefile::Contingent& k = given.contingents[c];
        if (!k.foreign && k.side && k.owner.index == a) army.own.push_back(c);
      }
      armies_[static_cast<std::size_t>(model.side_of(a))].push_back(army);
    }
  }

  [[nodiscard]] std::string_view name() const override { return "contingents"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::sector_casualties, Var::troops,     Var::in_combat, Var::men, Var::force,
        Var::quality,           Var::experience, Var::passive,   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::men,
                                   Var::in_combat,
                                   Var::contingent_killed,
                                   Var::contingent_wounded,
                                   Var::contingent_captured,
                                   Var::contingent_casualties,
                                   Var::quality,
                                   Var::experience,
                                   Var::passive,
                                   Var::force,
                                   Var::wounded_1,
                                   Var::dead,
                                   Var::captured,
                                   Var::acclimatising,
                                   Var::troops};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (F& x : state[Var::contingent_casualties]) x = F(0.0F);
    for (F& weeks : state[Var::passive]) weeks = lanes::max(weeks - F(1.0F), F(0.0F));
    for (std::size_t side = 0; side < 2; ++side) {
      F own(0.0F);
      for (std::size_t s = 0; s < state.shape().sectors; ++s) own += share_out(state, now, s, side);
      F force(1e-6F);
      for (const Army& army : armies_[side]) force += state.at(Var::force, army.actor);
      for (const Army& army : armies_[side]) {
        bear(state, army, side, lanes::min(own, force) * state.at(Var::force, army.actor) / force);
      }
    }
    learn(state, now);
  }

 private:
  struct Army {
    std::size_t actor = 0;
    std::vector<std::uint32_t> own;
  };

  /// Takes the guests' part of a sector's casualties; returns what fell on the side's own troops.
  F share_out(State& state, const Now& now, std::size_t s, std::size_t side) const {
    const F lost = state.at(Var::sector_casualties, s * 2 + side);
    const auto& guests = guests_[s * 2 + side];
    if (guests.empty()) return lost;
    F& troops = state.at(Var::troops, s * 2 + side);
    F weight = troops + F(1e-6F);
    F heads = troops + F(1e-6F);
    for (const std::uint32_t c : guests) {
      weight += state.at(Var::in_combat, c) * exposure(state, now.model, c);
      heads += fighters(state, c);
    }
    F fallen(0.0F);
    for (const std::uint32_t c : guests) {
      F& fit = state.at(Var::in_combat, c);
      const F part =
          lanes::min(lost * fit * exposure(state, now.model, c) / weight, fit * F(0.35F));
      fallen += part;
      fell(state, now.model, c, part);
    }
    // The front took from the troops their share by heads; what guests bore beyond theirs comes
    // back.
    const F taken = lost * troops / heads;
    troops = state.held(Var::troops, troops + taken - (lost - fallen));
    return lost - fallen;
  }

  static F fighters(const State& state, std::uint32_t c) {
    return state.at(Var::in_combat, c) *
           (F(1.0F) - F(0.7F) * lanes::one_if(state.at(Var::passive, c) > F(0.0F)));
  }

  F exposure(const State& state, const Model& model, std::uint32_t c) const {
    const ContingentRole role = model.given().contingents[c].role;
    const F base =
        role == ContingentRole::assault ? state.at(Var::knob, assault_) : F(role_weight(role));
    return base * (F(1.0F) - F(0.7F) * lanes::one_if(state.at(Var::passive, c) > F(0.0F)));
  }

  /// Casualties of a foreign contingent: off its men, onto its owner's rolls.
  void fell(State& state, const Model& model, std::uint32_t c, F part) const {
    const std::size_t owner = model.given().contingents[c].owner;
    const F dead = part * state.at(Var::knob, killed_);
    const F taken = part * state.at(Var::knob, captured_);
    const F wounded = part - dead - taken;
    state.at(Var::in_combat, c) -= part;
    F& there = state.at(Var::men, c * state.shape().path_nodes + model.path(c).last());
    there = state.held(Var::men, there - part);
    state.at(Var::contingent_casualties, c) += part;
    state.at(Var::contingent_killed, c) += dead;
    state.at(Var::contingent_captured, c) += taken;
    state.at(Var::contingent_wounded, c) += wounded;
    state.at(Var::dead, owner) += dead;
    state.at(Var::captured, owner) += taken;
    state.at(Var::wounded_1, owner) += wounded;
  }

  /// Own casualties of a belligerent; its contingents show them in the share of their men.
  void bear(State& state, const Army& army, std::size_t side, F lost) const {
    F& force = state.at(Var::force, army.actor);
    lost = lanes::min(lost, force);
    const F dead = lost * state.at(Var::knob, killed_);
    const F taken = lost * state.at(Var::knob, captured_);
    fill_ranks(state, side, lost, force);
    force -= lost;
    state.at(Var::dead, army.actor) += dead;
    state.at(Var::captured, army.actor) += taken;
    state.at(Var::wounded_1, army.actor) += lost - dead - taken;
    show(state, army, side, lost);
  }

  /// Reserves in the theatre step in where men fell, so that the share of the force in contact
  /// stays.
  static void fill_ranks(State& state, std::size_t side, F lost, F force) {
    F contact(1e-6F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s)
      contact += state.at(Var::troops, s * 2 + side);
    const F before = contact + lost;
    const F goal = before * (force - lost) / lanes::max(force, F(1e-6F));
    const F step_in = lanes::max(goal - contact, F(0.0F));
    F fallen(1e-6F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s)
      fallen += state.at(Var::sector_casualties, s * 2 + side);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      state.at(Var::troops, s * 2 + side) +=
          step_in * state.at(Var::sector_casualties, s * 2 + side) / fallen;
    }
  }

  /// The own contingents are the force seen by unit: its losses, its size and its share in contact.
  void show(State& state, const Army& army, std::size_t side, F lost) const {
    const std::size_t nodes = state.shape().path_nodes;
    const F killed = state.at(Var::knob, killed_);
    const F captured = state.at(Var::knob, captured_);
    const auto strength = [&](std::uint32_t c) {
      F sum(0.0F);
      for (std::size_t node = 0; node < nodes; ++node) sum += state.at(Var::men, c * nodes + node);
      return sum;
    };
    F men(1e-6F);
    for (const std::uint32_t c : army.own) men += strength(c);
    F contact(0.0F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s)
      contact += state.at(Var::troops, s * 2 + side);
    const F force = state.at(Var::force, army.actor);
    const F engaged = lanes::min(contact / lanes::max(force, F(1e-3F)), F(1.0F));
    for (const std::uint32_t c : army.own) {
      const F now = strength(c);
      const F part = lost * now / men;
      state.at(Var::contingent_casualties, c) += part;
      state.at(Var::contingent_killed, c) += part * killed;
      state.at(Var::contingent_captured, c) += part * captured;
      state.at(Var::contingent_wounded, c) += part * (F(1.0F) - killed - captured);
      const F to = force / men;
      for (std::size_t node = 0; node < nodes; ++node) state.at(Var::men, c * nodes + node) *= to;
      state.at(Var::in_combat, c) = now * to * engaged;
    }
  }

  void learn(State& state, const Now& now) const {
    const F gain = F(1.0F) - lanes::exp(F(-0.6931472F) / state.at(Var::knob, learning_));
    for (std::size_t c = 0; c < state.shape().contingents; ++c) {
      const M fights = state.at(Var::in_combat, c) > F(0.2F);
      const M bleeds = state.at(Var::contingent_casualties, c) > F(0.0F);
      state.at(Var::experience, c) += lanes::one_if(fights & bleeds);
      state.at(Var::experience, c) = state.held(Var::experience, state.at(Var::experience, c));
      if (!now.model.given().contingents[c].foreign) continue;
      F& quality = state.at(Var::quality, c);
      const F learned = quality + lanes::max(F(1.0F) - quality, F(0.0F)) * gain;
      quality = lanes::select(fights & bleeds, learned, quality);
    }
  }

  std::uint32_t assault_, captured_, learning_, killed_;
  std::vector<std::vector<std::uint32_t>> guests_;
  std::array<std::vector<Army>, 2> armies_;
};

}  // namespace

std::span<const Knob> contingent_knobs() { return knob_rows; }

std::unique_ptr<Process> make_contingents(const Model& model) {
  return std::make_unique<Contingents>(model);
}

void step_contingents(const Process& contingents, State& state, const Now& now) {
  static_cast<const Contingents&>(contingents).step(state, now);
}

}  // namespace casus::world
