// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/analysis/escalation_game.h"
#include "casus/analysis/settlement.h"

/// What is played beside the options of a case: its games and how the war could end.
namespace casus::analysis {

struct Studies {
  std::string key;  ///< of what they were made from
  std::vector<GameStudy> games;
  std::vector<SettlementStudy> settlement;  ///< one, or none where there is no war
};

[[nodiscard]] std::string to_json(const Studies& studies);
/// @throws CaseError the text holds no studies.
[[nodiscard]] Studies studies_from_json(const std::string& text, const std::string& file_name);

/// The text of `comparison.json` with the keys `games` and `settlement` added.
[[nodiscard]] std::string with_studies(const std::string& comparison, const Studies& studies);

}  // namespace casus::analysis
