// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/game_file.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

#include "casus/casefile/game_bodies.h"

namespace casus::casefile {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

struct Fraction {
  std::int64_t top = 0, bottom = 1;
};

// The simplest fraction whose nearest float is x, by continued fractions; none with small terms.
std::optional<Fraction> simple_fraction(double x) {
  constexpr std::int64_t most = 1'000'000'000;
  Fraction before{0, 1}, here{1, 0};
  double rest = x;
  for (int k = 0; k < 40; ++k) {
    const double whole = std::floor(rest);
    if (std::abs(whole) > static_cast<double>(most)) return std::nullopt;
    const auto a = static_cast<std::int64_t>(whole);
    const Fraction next{a * here.top + before.top, a * here.bottom + before.bottom};
    if (std::abs(next.top) > most || next.bottom > most) return std::nullopt;
    before = here;
    here = next;
    if (static_cast<double>(here.top) / static_cast<double>(here.bottom) == x) return here;
    if (rest == whole) return std::nullopt;
    rest = 1.0 / (rest - whole);
  }
  return std::nullopt;
}

// Probabilities as text whose exact sum is 1.
std::vector<std::string> exact(const std::vector<double>& p) {
  std::vector<std::string> out;
  Fraction sum{0, 1};
  bool simple = true;
  for (const double x : p) {
    const auto f = simple_fraction(x);
    if (!f) {
      simple = false;
      break;
    }
    const std::int64_t bottom = std::lcm(sum.bottom, f->bottom);
    simple = bottom > 0 && bottom < 1'000'000'000'000;
    if (!simple) break;
    sum = {sum.top * (bottom / sum.bottom) + f->top * (bottom / f->bottom), bottom};
    out.push_back(f->bottom == 1 ? fmt::format("{}", f->top)
                                 : fmt::format("{}/{}", f->top, f->bottom));
  }
  if (simple && sum.top == sum.bottom) return out;
  // Shares of 10^15; what rounding leaves goes to the largest.
  constexpr std::int64_t whole = 1'000'000'000'000'000;
  std::vector<std::int64_t> shares;
  std::size_t largest = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    shares.push_back(std::llround(p[i] * static_cast<double>(whole)));
    if (p[i] > p[largest]) largest = i;
  }
  shares[largest] += whole - std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
  out.clear();
  for (const std::int64_t share : shares) out.push_back(fmt::format("{}/{}", share, whole));
  return out;
}

std::string names(const std::vector<std::string>& all) {
  std::string out = "{";
  for (const auto& name : all) out += ' ' + quoted(name);
  return out + " }";
}

std::string numbers(const std::vector<double>& all) {
  std::string out = "{";
  for (std::size_t i = 0; i < all.size(); ++i)
    out += fmt::format("{} {}", i > 0 ? "," : "", all[i]);
  return out + " }";
}

// Numbers of sets as the format wants them: from 1, by player, in the order of the tree.
std::vector<std::size_t> numbers_of_sets(const game::TreeGame& game) {
  std::vector<std::size_t> out(game.infosets.size()), next(game.players.size(), 1);
  for (std::size_t h = 0; h < out.size(); ++h) out[h] = next[game.infosets[h].player]++;
  return out;
}

std::string node_line(const game::TreeGame& game, std::size_t v,
                      const std::vector<std::size_t>& set_numbers) {
  using Kind = game::TreeGame::Kind;
  const auto& node = game.nodes[v];
  std::string out;
  if (node.kind == Kind::chance) {
    const auto& set = game.chance[node.set];
    out = fmt::format("c {} {} {} {{", quoted(node.label), node.set + 1, quoted(set.label));
    const auto p = exact(set.p);
    for (std::size_t a = 0; a < p.size(); ++a)
      out += fmt::format(" {} {}", quoted(set.actions[a]), p[a]);
    out += " } ";
  } else if (node.kind == Kind::personal) {
    const auto& set = game.infosets[node.set];
    out = fmt::format("p {} {} {} {} {} ", quoted(node.label), set.player + 1,
                      set_numbers[node.set], quoted(set.label), names(set.actions));
  } else {
    out = fmt::format("t {} ", quoted(node.label));
  }
  if (node.outcome == game::TreeGame::none) return out + "0\n";
  const auto& outcome = game.outcomes[node.outcome];
  return out + fmt::format("{} {} {}\n", node.outcome + 1, quoted(outcome.label),
                           numbers(outcome.payoffs));
}

}  // namespace

game::Game read_game(const std::string& text, const std::string& file) {
  GameTokens tokens(text, file);
  const std::size_t at = tokens.next();
  const std::string kind = tokens.word("NFG or EFG");
  const bool matrix = kind == "NFG";
  if (!matrix && kind != "EFG") {
    tokens.in().fail(at, kind.size(),
                     fmt::format("found '{}' where NFG or EFG belongs", shortened(kind)),
                     "games are read in Gambit's formats .nfg and .efg");
  }
  const std::size_t version = matrix ? 1 : 2;
  (void)tokens.whole(version, version, "the version of the format");
  const std::size_t letter = tokens.next();
  const std::string numbers = tokens.word("R or D");
  if (numbers != "R" && numbers != "D") {
    tokens.in().fail(letter, numbers.size(),
                     fmt::format("found '{}' where R or D belongs", shortened(numbers)));
  }
  if (matrix) return read_nfg(tokens);
  return read_efg(tokens);
}

std::string write_nfg(const game::MatrixGame& game) {
  std::string out = fmt::format("NFG 1 R {} {}\n\n{{", quoted(game.title), names(game.players));
  for (const auto& own : game.strategies) out += ' ' + names(own) + '\n';
  out += fmt::format("}}\n{}\n\n", quoted(game.comment));
  const std::size_t n = game.players.size();
  for (std::size_t k = 0; k < game.profiles(); ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      out += fmt::format("{}{}", game.payoff(k, i), i + 1 < n ? " " : "\n");
    }
  }
  return out;
}

std::string write_efg(const game::TreeGame& game) {
  std::string out = fmt::format("EFG 2 R {} {}\n{}\n\n", quoted(game.title), names(game.players),
                                quoted(game.comment));
  const auto set_numbers = numbers_of_sets(game);
  for (std::size_t v = 0; v < game.nodes.size(); ++v) out += node_line(game, v, set_numbers);
  return out;
}

}  // namespace casus::casefile
