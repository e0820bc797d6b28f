// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "casus/casefile/vocabulary.h"
#include "casus/world/types.h"

namespace casus::policy {

using casefile::Action;
using casefile::feature_count;

/// The eight families an act belongs to: an actor first settles what kind of thing to do, then
/// what.
enum class Family : std::uint8_t {
  words,
  diplomacy,
  economic,
  material,
  posture,
  covert,
  kinetic,
  restraint
};
inline constexpr std::size_t family_count = 8;

[[nodiscard]] Family family_of(Action action);
[[nodiscard]] std::string_view name_of(Family family);

/// What the prospects of an act hang on besides its effect vector (policy/prospect.h).
enum class Stake : std::uint8_t {
  home,       ///< at home: rallying, repressing, denying, concealing
  hostile,    ///< against a target short of force
  helpful,    ///< for a friend
  company,    ///< with all friends
  talking,    ///< toward an end by words
  attacking,  ///< in the war, forward
  holding,    ///< in the war, defending
  showing,    ///< shows of strength and nuclear signs
  leaving     ///< cutting aid, taking men home
};
[[nodiscard]] Stake stake_of(Action action);

/// Chance that a rival answers an act of family `row` with one of family `column` within weeks.
///
/// Shows and force: display answered by display .25, by force .17; force by display .08, by force
/// .45 (disputes since 1946, n = 556 and 1,034). The other rows are judgement.
[[nodiscard]] const std::array<std::array<float, family_count>, family_count>& reply_table();

/// What an act of a rival of each family does to the one it is aimed at, in feature units [J].
[[nodiscard]] const std::array<std::array<float, feature_count>, family_count>& suffered_table();

/// How much more or less often than usual a rival of a type (hawk, trader, survivor) replies with
/// each family.
[[nodiscard]] const std::array<std::array<float, family_count>, world::type_count>& temper_table();

/// Expected replies of a rival of a type to one full act of a family: the reply table, each row
/// bent by the type's temper and brought back to its sum, times what is suffered.
[[nodiscard]] std::array<std::array<float, feature_count>, family_count> expected_replies(
    std::size_t type);

}  // namespace casus::policy
