// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <utility>

#include "casus/casefile/game_bodies.h"

namespace casus::casefile {
namespace {

using game::TreeGame;

constexpr std::size_t most_id = 4'000'000'000;

class Reader {
 public:
  explicit Reader(GameTokens& tokens) : in_(tokens) {}

  TreeGame read() {
    game_.title = in_.text("the title");
    const std::size_t at = in_.next();
    game_.players = in_.names("players' names");
    distinct(in_, at, game_.players, "players");
    sets_.resize(game_.players.size());
    if (in_.quoted()) game_.comment = in_.text("the comment");
    open_.push_back({TreeGame::none, 0, 1});
    while (!open_.empty()) node();
    if (!in_.end()) in_.belongs("the end of the file, since every action has its node,");
    for (const auto& [id, place] : outcomes_) {
      if (game_.outcomes[place.number].payoffs.empty()) {
        in_.in().fail(place.at, 1, fmt::format("outcome {} has no payoffs anywhere", id),
                      "write { ... } with one payoff a player where it is first used");
      }
    }
    return std::move(game_);
  }

 private:
  struct Open {  // a node whose actions still lack nodes
    std::uint32_t node;
    std::uint32_t next;
    std::uint32_t actions;
  };
  struct Place {
    std::uint32_t number;
    std::size_t at;
  };

  void node() {
    const std::size_t at = in_.next();
    if (in_.end()) {
      in_.in().fail(in_.in().text().size(), 1, "the file ends before every action has its node");
    }
    const std::string kind = in_.word("a node (c, p or t)");
    const auto v = static_cast<std::uint32_t>(game_.nodes.size());
    auto& node = game_.nodes.emplace_back();
    node.parent = open_.back().node;
    node.action = open_.back().next++;
    if (open_.back().next == open_.back().actions) open_.pop_back();
    node.label = in_.text("the node's name");
    if (kind == "c") {
      chance();
    } else if (kind == "p") {
      personal(v);
    } else if (kind != "t") {
      in_.in().fail(at, kind.size(),
                    fmt::format("found '{}' where a node belongs", shortened(kind)),
                    "nodes begin with c (chance), p (a player's move) or t (an end)");
    }
    outcome(v);
    if (const auto actions = game_.actions(v); actions > 0) {
      open_.push_back({v, 0, static_cast<std::uint32_t>(actions)});
    }
  }

  void chance() {
    const std::size_t at = in_.next();
    const std::size_t id = in_.whole(1, most_id, "the number of the chance set");
    TreeGame::ChanceSet set;
    if (in_.quoted()) set.label = in_.text("the chance set's name");
    const std::size_t brace = in_.next();
    if (in_.comes('{')) {
      in_.expect('{', "before the chances");
      double total = 0.0;
      while (!in_.comes('}')) {
        set.actions.push_back(in_.text("a chance's name"));
        const std::size_t number = in_.next();
        set.p.push_back(in_.number("a probability"));
        if (set.p.back() < 0.0 || set.p.back() > 1.0) {
          in_.in().fail(number, 1, "a probability must lie between 0 and 1");
        }
        total += set.p.back();
      }
      in_.expect('}', "after the chances");
      if (std::abs(total - 1.0) > 1e-9) {
        in_.in().fail(brace, 1, fmt::format("these probabilities sum to {:.12g}, not 1", total));
      }
    }
    const auto [found, fresh] =
        chance_.emplace(id, Place{static_cast<std::uint32_t>(game_.chance.size()), at});
    if (fresh) {
      if (set.actions.empty()) undefined(at, "chance set", id);
      game_.chance.push_back(std::move(set));
    } else if (!set.actions.empty() && (set.actions != game_.chance[found->second.number].actions ||
                                        set.p != game_.chance[found->second.number].p)) {
      differs(brace, "chance set", id, found->second);
    }
    game_.nodes.back().kind = TreeGame::Kind::chance;
    game_.nodes.back().set = found->second.number;
  }

  void personal(std::uint32_t v) {
    const auto player = static_cast<std::uint32_t>(
        in_.whole(1, game_.players.size(), "the number of the player") - 1);
    const std::size_t at = in_.next();
    const std::size_t id = in_.whole(1, most_id, "the number of the information set");
    TreeGame::Infoset set;
    set.player = player;
    if (in_.quoted()) set.label = in_.text("the information set's name");
    const std::size_t brace = in_.next();
    if (in_.comes('{')) {
      set.actions = in_.names("actions");
      distinct(in_, brace, set.actions, "actions of one information set");
    }
    const auto [found, fresh] =
        sets_[player].emplace(id, Place{static_cast<std::uint32_t>(game_.infosets.size()), at});
    if (fresh) {
      if (set.actions.empty()) undefined(at, "information set", id);
      game_.infosets.push_back(std::move(set));
    } else if (!set.actions.empty() &&
               set.actions != game_.infosets[found->second.number].actions) {
      differs(brace, "information set", id, found->second);
    }
    game_.nodes.back().kind = TreeGame::Kind::personal;
    game_.nodes.back().set = found->second.number;
    game_.infosets[found->second.number].nodes.push_back(v);
  }

  void outcome(std::uint32_t v) {
    const std::size_t at = in_.next();
    const bool terminal = game_.nodes[v].kind == TreeGame::Kind::terminal;
    if (!terminal && (in_.end() || !number_comes())) return;  // left out: none
    const std::size_t id = in_.whole(0, most_id, "the number of the outcome");
    if (id == 0) return;
    const auto [found, fresh] =
        outcomes_.emplace(id, Place{static_cast<std::uint32_t>(game_.outcomes.size()), at});
    if (fresh) game_.outcomes.emplace_back();
    auto& told = game_.outcomes[found->second.number];
    if (in_.quoted()) {
      auto label = in_.text("the outcome's name");
      if (!label.empty()) told.label = std::move(label);
    }
    const std::size_t brace = in_.next();
    if (in_.comes('{')) {
      auto payoffs = in_.payoffs(game_.players.size());
      if (!told.payoffs.empty() && told.payoffs != payoffs) {
        differs(brace, "outcome", id, found->second);
      }
      told.payoffs = std::move(payoffs);
    }
    game_.nodes[v].outcome = found->second.number;
  }

  [[nodiscard]] bool number_comes() {
    const char c = in_.in().peek();
    return c >= '0' && c <= '9';
  }

  [[noreturn]] void undefined(std::size_t at, const char* what, std::size_t id) {
    in_.in().fail(at, 1, fmt::format("{} {} is used before its actions are named", what, id),
                  "write { ... } with its actions where it first stands");
  }

  [[noreturn]] void differs(std::size_t at, const char* what, std::size_t id, const Place& first) {
    in_.in().fail(at, 1, fmt::format("{} {} was told otherwise before", what, id),
                  fmt::format("see line {}; give this one a number of its own",
                              in_.in().place(first.at, 1).line));
  }

  GameTokens& in_;
  TreeGame game_;
  std::vector<Open> open_;
  std::vector<std::map<std::size_t, Place>> sets_;  // by player
  std::map<std::size_t, Place> chance_, outcomes_;
};

}  // namespace

TreeGame read_efg(GameTokens& tokens) { return Reader(tokens).read(); }

}  // namespace casus::casefile
