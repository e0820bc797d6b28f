// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/games_reader.h"
#include "tests/fuzz/small_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casus;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!fuzz::well_formed("games.yaml", text)) return 0;
  try {
    const casefile::Games games = casefile::games_from(fuzz::small_case(), text);
    for (const auto& game : games.games) {
      CASUS_CHECK(game.base.index < games.given.options.size());
      for (std::size_t m = 0; m < game.moves.size(); ++m) {
        CASUS_CHECK(game.moves[m].player.index < games.given.actors.size());
        for (const std::size_t seen : game.moves[m].sees) CASUS_CHECK(seen < m);
      }
    }
  } catch (const CaseError& error) {
    CASUS_CHECK(!error.problems().empty());
    for (const Problem& problem : error.problems()) CASUS_CHECK(!problem.message.empty());
  }
  return 0;
}
