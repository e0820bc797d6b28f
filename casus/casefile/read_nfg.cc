// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "casus/casefile/game_bodies.h"

namespace casus::casefile {
namespace {

class Reader {
 public:
  explicit Reader(GameTokens& tokens) : in_(tokens) {}

  game::MatrixGame read() {
    game_.title = in_.text("the title");
    const std::size_t at = in_.next();
    game_.players = in_.names("players' names");
    distinct(in_, at, game_.players, "players");
    strategies();
    if (in_.quoted()) game_.comment = in_.text("the comment");
    const std::size_t profiles = counted();
    if (in_.comes('{')) {
      by_outcomes(profiles);
    } else {
      game_.payoffs.reserve(profiles * game_.players.size());
      for (std::size_t k = 0; k < profiles * game_.players.size(); ++k) {
        if (in_.end()) ends(k / game_.players.size(), profiles);
        game_.payoffs.push_back(in_.number("a payoff", true));
      }
    }
    if (!in_.end()) in_.belongs("the end of the file");
    return std::move(game_);
  }

 private:
  void strategies() {
    in_.expect('{', "before the strategies");
    const bool by_name = in_.comes('{');
    for (std::size_t i = 0; i < game_.players.size(); ++i) {
      const std::string whose = fmt::format("strategies of '{}'", shortened(game_.players[i]));
      const std::size_t at = in_.next();
      if (by_name) {
        game_.strategies.push_back(in_.names(whose));
        distinct(in_, at, game_.strategies.back(), whose);
        continue;
      }
      const std::size_t count =
          in_.whole(1, in_.in().text().size(), fmt::format("the number of {}", whose));
      auto& own = game_.strategies.emplace_back();
      for (std::size_t s = 1; s <= count; ++s) own.push_back(std::to_string(s));
    }
    in_.expect('}', "after the strategies of all players");
  }

  // Each profile takes some text, so a file can hold no more of them than it has bytes.
  std::size_t counted() {
    std::size_t profiles = 1;
    const std::size_t most = in_.in().text().size();
    for (const auto& own : game_.strategies) {
      profiles *= own.size();
      if (profiles > most) {
        in_.in().fail(in_.next(), 1, "there are more strategy profiles than the file can hold",
                      "each needs its payoffs");
      }
    }
    return profiles;
  }

  [[noreturn]] void ends(std::size_t done, std::size_t profiles) {
    in_.in().fail(in_.in().text().size(), 1,
                  fmt::format("the file ends after {} of {} strategy profiles", done, profiles));
  }

  void by_outcomes(std::size_t profiles) {
    const std::size_t n = game_.players.size();
    in_.expect('{', "before the outcomes");
    std::vector<std::vector<double>> outcomes(1, std::vector<double>(n, 0.0));
    while (in_.comes('{')) {
      in_.expect('{', "before an outcome");
      (void)in_.text("the outcome's name");
      auto& payoffs = outcomes.emplace_back();
      for (std::size_t i = 0; i < n; ++i) {
        payoffs.push_back(in_.number(fmt::format("the payoff of player {}", i + 1), true));
      }
      (void)in_.next(true);
      in_.expect('}', "after an outcome");
    }
    in_.expect('}', "after the outcomes");
    for (std::size_t k = 0; k < profiles; ++k) {
      if (in_.end()) ends(k, profiles);
      const auto& payoffs = outcomes[in_.whole(0, outcomes.size() - 1, "the outcome of a profile")];
      game_.payoffs.insert(game_.payoffs.end(), payoffs.begin(), payoffs.end());
    }
  }

  GameTokens& in_;
  game::MatrixGame game_;
};

}  // namespace

game::MatrixGame read_nfg(GameTokens& tokens) { return Reader(tokens).read(); }

}  // namespace casus::casefile
