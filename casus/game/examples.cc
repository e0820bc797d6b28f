// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/examples.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "casus/base/error.h"
#include "casus/game/poker.h"
#include "casus/game/tree_builder.h"
#include "casus/random/draws.h"

namespace casus::game {
namespace {

struct Square {
  std::string_view name, title, source;
  std::array<std::string_view, 2> actions;  // of both players
  std::array<double, 8> payoffs;            // first row, then second: u1 u2 u1 u2
};

constexpr std::array<Square, 6> squares{{
    {"matching-pennies",
     "Matching pennies",
     "von Neumann & Morgenstern (1944), section 14.7",
     {"heads", "tails"},
     {1, -1, -1, 1, -1, 1, 1, -1}},
    {"battle-of-the-sexes",
     "Battle of the sexes",
     "Luce & Raiffa (1957), ch. 5.3",
     {"fight", "ballet"},
     {2, 1, 0, 0, 0, 0, 1, 2}},
    {"prisoners-dilemma",
     "Prisoner's dilemma",
     "Luce & Raiffa (1957), ch. 5.4",
     {"silent", "confess"},
     {2, 2, 0, 3, 3, 0, 1, 1}},
    {"stag-hunt",
     "Stag hunt",
     "Rousseau (1755); payoffs of Harsanyi & Selten (1988), ch. 3.9",
     {"stag", "hare"},
     {9, 9, 0, 8, 8, 0, 7, 7}},
    {"chicken",
     "Chicken",
     "Aumann (1974), J. Math. Econ. 1: worth 5.25 each when correlated",
     {"dare", "yield"},
     {0, 0, 7, 2, 2, 7, 6, 6}},
    {"coordination",
     "Pure coordination",
     "Schelling (1960), ch. 3",
     {"left", "right"},
     {1, 1, 0, 0, 0, 0, 1, 1}},
}};

MatrixGame square(const Square& told) {
  MatrixGame game;
  game.title = told.title;
  game.comment = told.source;
  game.players = {"row", "column"};
  const std::vector<std::string> actions(told.actions.begin(), told.actions.end());
  game.strategies = {actions, actions};
  const auto& u = told.payoffs;
  game.payoffs = {u[0], u[1], u[4], u[5], u[2], u[3], u[6], u[7]};
  return game;
}

MatrixGame rock_paper_scissors() {
  MatrixGame game;
  game.title = "Rock, paper, scissors";
  game.players = {"row", "column"};
  game.strategies.assign(2, {"rock", "paper", "scissors"});
  for (int second = 0; second < 3; ++second) {
    for (int first = 0; first < 3; ++first) {
      const int ahead = (first - second + 3) % 3;
      const double u = ahead == 0 ? 0.0 : (ahead == 1 ? 1.0 : -1.0);
      game.payoffs.insert(game.payoffs.end(), {u, -u});
    }
  }
  return game;
}

MatrixGame von_stengel() {
  MatrixGame game;
  game.title = "A 3 x 2 game with three equilibria";
  game.comment = "von Stengel (2002), Handbook of Game Theory 3, ch. 45, eq. 2.1";
  game.players = {"row", "column"};
  game.strategies = {{"1", "2", "3"}, {"4", "5"}};
  game.payoffs = {3, 3, 2, 2, 0, 3, 3, 2, 5, 6, 6, 1};
  return game;
}

TreeGame selten_horse() {
  TreeBuilder tree("Selten's horse", {"one", "two", "three"});
  tree.move(0, "one", {"C", "D"});
  tree.move(1, "two", {"c", "d"});
  tree.end({1, 1, 1});
  tree.move(2, "three", {"L", "R"});
  tree.end({4, 4, 0});
  tree.end({0, 0, 1});
  tree.move(2, "three", {"L", "R"});
  tree.end({3, 3, 2});
  tree.end({0, 0, 0});
  return tree.finish(
      "Selten (1975), Int. J. of Game Theory 4; as in Osborne & Rubinstein (1994), "
      "fig. 225.1");
}

TreeGame centipede() {
  TreeBuilder tree("Centipede of four moves", {"one", "two"});
  constexpr std::array<std::array<double, 2>, 5> ends{
      {{0.4, 0.1}, {0.2, 0.8}, {1.6, 0.4}, {0.8, 3.2}, {6.4, 1.6}}};
  for (std::uint32_t k = 0; k < 4; ++k) {
    tree.move(k % 2, fmt::format("move {}", k + 1), {"take", "pass"});
    tree.end({ends[k][0], ends[k][1]});
  }
  tree.end({ends[4][0], ends[4][1]});
  return tree.finish("McKelvey & Palfrey (1992), Econometrica 60");
}

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void wrong_random(std::string_view name) {
  throw ModelError(
      fmt::format("'{}' is no random game; write random:3x4:7 (at most 16 million payoffs)", name));
}

// random:3x4:7
MatrixGame random_game(std::string_view name) {
  MatrixGame game;
  std::string_view rest = name.substr(std::string_view("random:").size());
  const std::size_t colon = rest.find(':');
  const auto seed = colon == std::string_view::npos ? std::optional<std::uint64_t>(1)
                                                    : whole(rest.substr(colon + 1));
  if (!seed) wrong_random(name);
  rest = rest.substr(0, colon);
  double cells = 1.0;
  while (!rest.empty()) {
    const std::size_t cross = std::min(rest.find('x'), rest.size());
    const auto count = whole(rest.substr(0, cross));
    rest.remove_prefix(std::min(cross + 1, rest.size()));
    if (!count || *count < 1 || *count > 1'000'000) wrong_random(name);
    cells *= static_cast<double>(*count);
    game.players.push_back(fmt::format("player {}", game.players.size() + 1));
    auto& own = game.strategies.emplace_back();
    for (std::uint64_t s = 1; s <= *count; ++s) own.push_back(std::to_string(s));
    if (cells * static_cast<double>(game.players.size()) > 16e6) wrong_random(name);
  }
  if (game.players.size() < 2) wrong_random(name);
  game.title = name;
  const Draws draws(*seed);
  const auto count = static_cast<std::uint32_t>(game.profiles() * game.players.size());
  for (std::uint32_t k = 0; k < count; ++k) {
    game.payoffs.push_back(draws.uniform(Stream("game_payoffs"), 0, 0, k));
  }
  return game;
}

}  // namespace

const std::vector<Example>& examples() {
  static const std::vector<Example> all = [] {
    std::vector<Example> out{
        {"kuhn", "Kuhn's poker (1950), a tree worth -1/18"},
        {"leduc", "Leduc poker (Southey et al. 2005), a tree worth -0.0856"},
        {"selten-horse", "Selten's horse (1975), a tree of three players"},
        {"centipede", "the centipede of four moves (McKelvey & Palfrey 1992)"},
        {"rock-paper-scissors", "mixed evenly"},
        {"von-stengel", "a 3 x 2 game with three equilibria (von Stengel 2002)"},
    };
    for (const Square& told : squares) out.push_back({told.name, told.source});
    out.push_back({"random:3x4:7", "payoffs drawn evenly, by numbers of strategies and seed"});
    return out;
  }();
  return all;
}

Game example(std::string_view name) {
  if (name == "kuhn") return kuhn_poker();
  if (name == "leduc") return leduc_poker();
  if (name == "selten-horse") return selten_horse();
  if (name == "centipede") return centipede();
  if (name == "rock-paper-scissors") return rock_paper_scissors();
  if (name == "von-stengel") return von_stengel();
  for (const Square& told : squares) {
    if (told.name == name) return square(told);
  }
  if (name.starts_with("random:")) return random_game(name);
  std::string all;
  for (const Example& known : examples())
    all += fmt::format("\n  {:<20} {}", known.name, known.text);
  throw ModelError(fmt::format("there is no example '{}'; there are:{}", name, all));
}

}  // namespace casus::game
