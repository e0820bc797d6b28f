// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "casus/game/examples.h"
#include "casus/game/tree_builder.h"
#include "casus/random/draws.h"

/// Games made up for tests.
namespace casus::game::test {

inline MatrixGame matrix(const std::string& name) { return std::get<MatrixGame>(example(name)); }
inline TreeGame tree(const std::string& name) { return std::get<TreeGame>(example(name)); }

inline MatrixGame bimatrix(std::vector<std::vector<double>> first,
                           std::vector<std::vector<double>> second) {
  MatrixGame game;
  game.players = {"one", "two"};
  game.strategies.resize(2);
  for (std::size_t i = 0; i < first.size(); ++i) {
    game.strategies[0].push_back(std::to_string(i + 1));
  }
  for (std::size_t j = 0; j < first[0].size(); ++j) {
    game.strategies[1].push_back(std::to_string(j + 1));
    for (std::size_t i = 0; i < first.size(); ++i) {
      game.payoffs.insert(game.payoffs.end(), {first[i][j], second[i][j]});
    }
  }
  return game;
}

/// A tree of perfect recall and up to `players` players: at each level somebody moves who sees
/// their own moves and, by a coin of the level, the others'.
class RandomTree {
 public:
  RandomTree(std::uint64_t seed, std::uint32_t players, int depth, bool zero_sum)
      : draws_(seed), players_(players), depth_(depth), zero_sum_(zero_sum) {}

  TreeGame make() {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < players_; ++i) names.push_back("p" + std::to_string(i + 1));
    TreeBuilder tree("random", names);
    grow(tree, "", std::vector<std::string>(players_, ""), 0);
    return tree.finish("");
  }

 private:
  double draw(std::uint32_t what, std::uint32_t entity) {
    return draws_.uniform(Stream("test_tree"), what, 0, entity);
  }

  void grow(TreeBuilder& tree, const std::string& path, std::vector<std::string> seen, int level) {
    if (level == depth_) {
      std::vector<double> payoffs;
      for (std::uint32_t i = 0; i < players_; ++i) payoffs.push_back(draw(3, count_++) * 10 - 5);
      if (zero_sum_) payoffs.back() = -payoffs.front();
      return tree.end(payoffs);
    }
    const auto at = static_cast<std::uint32_t>(level);
    const auto mover = static_cast<std::uint32_t>(draw(0, at) * (players_ + 0.6));
    const std::size_t actions = draw(1, at) < 0.5 ? 2 : 3;
    std::vector<std::string> names;
    for (std::size_t a = 0; a < actions; ++a)
      names.push_back(std::string(1, static_cast<char>('a' + a)));
    if (mover >= players_) {
      std::vector<double> p(actions, 1.0 / static_cast<double>(actions));
      p[0] += 0.1;
      p[1] -= 0.1;
      tree.chance("level " + std::to_string(level), names, p);
    } else {
      tree.move(mover, std::to_string(level) + ":" + seen[mover], names);
    }
    const bool open = draw(2, at) < 0.4;
    for (const auto& name : names) {
      auto next = seen;
      for (std::uint32_t i = 0; i < players_; ++i) {
        if (i == mover || open) next[i] += std::to_string(level) + name;
      }
      grow(tree, path + name, next, level + 1);
    }
  }

  Draws draws_;
  std::uint32_t players_;
  int depth_;
  bool zero_sum_;
  std::uint32_t count_ = 0;
};

/// A behaviour or mixed profile with no zero in it.
inline std::vector<double> random_profile(const std::vector<std::size_t>& offsets,
                                          std::uint64_t seed) {
  const Draws draws(seed);
  std::vector<double> out(offsets.back());
  for (std::size_t h = 0; h + 1 < offsets.size(); ++h) {
    double total = 0.0;
    for (std::size_t a = offsets[h]; a < offsets[h + 1]; ++a) {
      total += out[a] = draws.uniform(Stream("test_profile"), 0, 0, static_cast<std::uint32_t>(a));
    }
    for (std::size_t a = offsets[h]; a < offsets[h + 1]; ++a) out[a] /= total;
  }
  return out;
}

}  // namespace casus::game::test
