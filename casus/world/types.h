// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "casus/world/law.h"

namespace casus::world {

inline constexpr std::size_t type_count = 3;  ///< hawk, trader, survivor

/// How a type bends the weight of a feature; ours, judged.
[[nodiscard]] float type_bend(std::size_t type, std::size_t feature);

/// What each actor learns of another's type from its acts.
///
/// P'(type) ~ P(type) P(act | type)^eta: the likelihood of an act among the actor's free acts is
/// the quantal response of that type in the middle of all outlooks, eta how far weights are taken.
/// Covert acts teach nothing. Each observer keeps a record of its own: one that reads defensive
/// acts as worse than they were meant takes who does them for more of a hawk, `lean` nats a
/// Goldstein point. Call it once the acts of the week are perceived. docs/models/decisions.md.
class TypeRecord {
 public:
  explicit TypeRecord(const Model& model);
  void learn(State& state, F eta, F lean) const;
  /// ln P(act | type) of an entry, act given; 0 for those that teach nothing.
  [[nodiscard]] float log_likelihood(std::uint32_t entry, std::size_t type) const;

 private:
  struct Lesson {
    std::uint32_t entry;
    std::array<float, type_count> log_p;
  };
  /// What a week's open acts say of a type, relative to a hawk.
  struct Evidence {
    M any;  ///< where there was an act
    std::array<F, type_count> factor;
    F lean;
  };
  void weigh(const Model& model, std::size_t actor);
  static void revise(State& state, std::size_t pair, const Evidence& week);

  std::vector<std::vector<Lesson>> lessons_;  ///< by actor
};

}  // namespace casus::world
