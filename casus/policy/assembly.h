// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "casus/policy/choice.h"
#include "casus/policy/prospect.h"

namespace casus::policy {

/// The voices of a collective actor (alliance, union, parliament) and how they settle what to do.
///
/// Every voice starts from the collective's own reading and leans to its side: a member that is an
/// actor of the case by its own wants, another by its stated position for or against action.
class Assembly {
 public:
  Assembly(const world::Model& model, const Menu& menu, std::size_t actor);

  /// Room for an election, so that only the first allocates.
  struct Room {
    std::vector<F> utility;  ///< [voice][option]
    std::vector<Voice> voices;
  };

  /// Replaces the scores of the eight families and of waiting (last) by the logarithm of their
  /// chances in a probabilistic Condorcet election.
  void elect(std::span<F> scores, F pull, F power, Room& room) const;
  [[nodiscard]] std::size_t voices() const { return voices_.size(); }

 private:
  struct Member {
    float weight = 0.0F;
    std::array<float, family_count + 1> leaning{};
  };
  std::vector<Member> voices_;
};

}  // namespace casus::policy
