// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "casus/ensemble/futures.h"

namespace casus::ensemble {

/// What the parties to the war make of every settlement, future by future.
struct Bargains {
  std::vector<int> weeks;
  std::vector<std::string> parties;  ///< ids: the leads of both sides, then who else must consent
  std::vector<casefile::Package> packages;
  std::size_t futures = 0;
  std::vector<float> surplus;  ///< [week][party][package][future]: worth over fighting on
  std::vector<float> renewed;  ///< [week][package][future]: chance of renewed war within five years
  std::vector<float> war;      ///< [week][lead][future]: worth of fighting on, stakes scaled to 1
  std::vector<float> fighting;  ///< [week][future]: 1 while the war goes on

  [[nodiscard]] float surplus_at(std::size_t week, std::size_t party, std::size_t package,
                                 std::size_t future) const {
    return surplus[((week * parties.size() + party) * packages.size() + package) * futures +
                   future];
  }
  [[nodiscard]] bool fighting_at(std::size_t week, std::size_t future) const {
    return fighting[week * futures + future] > 0.5F;
  }
};

/// Plays the futures of one option and looks at the end of these weeks, ascending, each below the
/// horizon; the same future has the same luck under every option, and as in `play`.
/// @throws Cancelled, CaseError as `play`. @throws ModelError the case has no war.
[[nodiscard]] Bargains bargains(const casefile::Case& given, const intel::Belief& belief,
                                const PlayOptions& options, const std::string& option,
                                std::span<const int> weeks);

}  // namespace casus::ensemble
