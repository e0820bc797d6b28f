// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/policy/view.h"
#include "casus/world/types.h"

namespace casus::policy {

/// How the world looks to one actor this week, from its view alone: what scales the promises of
/// acts.
struct Outlook {
  F fighting;   ///< 1 while the war of the case is fought
  F ceasefire;  ///< 1 while a ceasefire holds
  F win;        ///< own believed chance that its side prevails; what it wishes, for onlookers
  F trend;      ///< believed weekly gain of its side, from -1 to 1 (100 km2 a week = 0.76)
  F pressure, support, honour;
  F rung;                      ///< own smoothed rung
  F ripe;                      ///< 0 quiet ... about 1.5: stalemate and pain call for words
  F hottest;                   ///< hostility toward the rival or enemy it likes least
  F provoked;                  ///< strongest provocation by anybody it is not at war with
  F accused;                   ///< words and acts against it of last week, from anybody
  F purse;                     ///< USD bn it could still spend in a year
  std::vector<F> hostility;    ///< toward each actor, 0-1
  std::vector<F> provocation;  ///< by each actor, 0-1
  std::vector<F> kinship;      ///< with each actor, 0-1
  std::span<const F> type;     ///< [actor][type]: what each is taken for, shares; of the state
  std::vector<std::uint8_t> at_war;  ///< with each actor, by the sides of the war
};

/// @param out  is written anew; what it has allocated is used again.
void look(const View& view, Outlook& out);
[[nodiscard]] Outlook look(const View& view);

}  // namespace casus::policy
