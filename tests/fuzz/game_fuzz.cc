// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/base/error.h"
#include "casus/casefile/game_file.h"
#include "casus/game/pure.h"

// What is read as a game is written in a form that is read as the same game, and is sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casus;
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const auto game = casefile::read_game(text, "game");
    if (const auto* tree = std::get_if<game::TreeGame>(&game)) {
      const std::string written = casefile::write_efg(*tree);
      const auto again = std::get<game::TreeGame>(casefile::read_game(written, "again"));
      CASUS_CHECK(again.nodes.size() == tree->nodes.size());
      CASUS_CHECK(again.forgetful() == tree->forgetful());
      const std::vector<double> even(tree->offsets().back(), 0.5);
      CASUS_CHECK(expected_payoffs(again, even).size() == tree->players.size());
    } else {
      const auto& matrix = std::get<game::MatrixGame>(game);
      const std::string written = casefile::write_nfg(matrix);
      const auto again = std::get<game::MatrixGame>(casefile::read_game(written, "again"));
      CASUS_CHECK(again.payoffs == matrix.payoffs && again.strategies == matrix.strategies);
      CASUS_CHECK(game::pure_equilibria(again) == game::pure_equilibria(matrix));
    }
  } catch (const CaseError& error) {
    CASUS_CHECK(!error.problems().empty());
    for (const Problem& problem : error.problems()) {
      CASUS_CHECK(problem.width > 0 && !problem.message.empty());
    }
  }
  return 0;
}
