// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "casus/world/week.h"

/// What the laws of will, economy, alliances, escalation and talks share.
namespace casus::world {

/// A knob looked up once: `knob(state)` is its value in each future.
class KnobRef {
 public:
  /// @throws InternalError there is no knob of that id.
  explicit KnobRef(std::string_view id) : index_(knob_index(id)) {}
  [[nodiscard]] F operator()(const State& state) const { return state.at(Var::knob, index_); }

 private:
  std::uint32_t index_;
};

/// Uniform on (0, 1) of this week, by name and entity.
[[nodiscard]] inline F chance(const Now& now, Stream stream, std::uint32_t entity,
                              std::uint32_t index = 0) {
  return now.draws.uniform(stream, static_cast<std::uint32_t>(now.week), entity, index);
}

/// Where an event of probability `p` happens this week. No draw is made where none can.
[[nodiscard]] inline M happens(const Now& now, Stream stream, std::uint32_t entity, F p) {
  const M can = p > F(0.0F);
  if (!lanes::any(can)) return can;
  return chance(now, stream, entity) < p;
}

/// Standard normal of this week, by name and entity.
[[nodiscard]] inline F noise(const Now& now, Stream stream, std::uint32_t entity,
                             std::uint32_t index = 0) {
  return now.draws.normal(stream, static_cast<std::uint32_t>(now.week), entity, index);
}

/// Probability that an event of a yearly rate comes about in one week.
[[nodiscard]] inline F weekly_chance(F per_year) {
  return F(1.0F) - lanes::exp(-per_year / F(52.0F));
}

/// 2^(-1 / half_life), the share left after one week.
[[nodiscard]] inline F weekly_decay(F half_life) {
  return lanes::exp(F(-0.69314718F) / lanes::max(half_life, F(0.05F)));
}

/// Share of promises kept that is expected of `to` by `from`: (kept + 1) /
/// (kept + broken + 2).
[[nodiscard]] inline F trust_share(const State& state, std::size_t pair) {
  const F kept = state.at(Var::trust_kept, pair);
  return (kept + F(1.0F)) / (kept + state.at(Var::trust_broken, pair) + F(2.0F));
}

/// Where the war of the case is being fought.
[[nodiscard]] inline M fighting(const State& state) {
  return state.at(Var::end_state, 0) < F(0.5F);
}

/// Support as polls show it: logistic of support and rally together.
[[nodiscard]] inline F shown_support(const State& state, std::size_t actor) {
  return lanes::logistic(state.at(Var::support, actor) + state.at(Var::rally, actor));
}

/// Men of a contingent abroad or in theatre: all nodes of its path but the
/// first.
[[nodiscard]] inline F men_abroad(const State& state, std::size_t contingent) {
  const std::size_t nodes = state.shape().path_nodes;
  F sum(0.0F);
  for (std::size_t n = 1; n < nodes; ++n) sum += state.at(Var::men, contingent * nodes + n);
  return sum;
}

/// The side an actor is on or leans to: 0, 1, or -1 for neither.
[[nodiscard]] inline int sympathy(const Model& model, std::size_t actor) {
  if (!model.has_war()) return -1;
  if (model.side_of(actor) >= 0) return model.side_of(actor);
  const float lean = model.leaning(actor);
  return lean > 0.05F ? 1 : (lean < -0.05F ? 0 : -1);
}

/// An ordered pair of actors with its place in pair variables and its key for
/// draws.
struct Pair {
  std::size_t from = 0, to = 0, index = 0;
  std::uint32_t key = 0;
};
[[nodiscard]] inline Pair pair_of(const Model& model, std::size_t from, std::size_t to) {
  return {from, to, from * model.shape().actors + to, model.pair_key(from, to)};
}

}  // namespace casus::world
