// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/analysis/design_effects.h"
#include "casus/analysis/escalation_game.h"
#include "casus/analysis/settlement.h"
#include "casus/analysis/theory_runs.h"

/// What is played beside the options of a case: its games, how the war could end, designed runs.
namespace casus::analysis {

struct Studies {
  std::string key;       ///< of what they were made from
  std::string handling;  ///< the strictest mark of the case and its reports
  std::vector<GameStudy> games;
  std::vector<SettlementStudy> settlement;  ///< one, or none where there is no war
  std::vector<TheoryRun> theories;          ///< sides of disputes that the case holds fixed
  std::vector<DesignStudy> designs;  ///< designed runs that were asked for; in files of their own
};

struct StudyOptions {
  std::size_t futures = 256;  ///< of every branch of a game; a settlement takes twice as many
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  /// @param what  id of the game, or `settlement`
  std::function<void(const std::string& what, std::size_t done, std::size_t total)> progress = {};
  std::function<bool()> cancelled = {};
};

struct Studied {
  Studies studies;
  std::vector<game::TreeGame> trees;  ///< of `studies.games`, in the players' own units
};

/// What `study` would put into `Studies::key`.
[[nodiscard]] std::string studies_key(const casefile::Games& games, const intel::Belief& belief,
                                      const StudyOptions& options = {});

/// Plays every game of the case, its settlement where there is a war and an option, and its options
/// under rival theories.
/// @throws ModelError as `play_game` and `study_settlement`. @throws ensemble::Cancelled
/// @note  branches x futures of each game, (1 + trials) x 2 futures of the settlement, half of them
///        of every option under each side of a dispute.
[[nodiscard]] Studied study(const casefile::Games& games, const intel::Belief& belief,
                            const StudyOptions& options = {});

[[nodiscard]] std::string to_json(const Studies& studies);
/// @throws CaseError the text holds no studies.
[[nodiscard]] Studies studies_from_json(const std::string& text, const std::string& file_name);

/// The text of `comparison.json` with the keys `games`, `settlement`, `theories` and `designs`
/// added.
[[nodiscard]] std::string with_studies(const std::string& comparison, const Studies& studies);

}  // namespace casus::analysis
