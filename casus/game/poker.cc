// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/poker.h"

#include <array>
#include <string>

#include "casus/game/tree_builder.h"

namespace casus::game {
namespace {

constexpr std::array<const char*, 3> kuhn_cards{"J", "Q", "K"};

// From the first player's move on; `bets` is what was done so far, p(ass) or b(et).
void kuhn_round(TreeBuilder& tree, int first, int second, const std::string& bets) {
  const double high = first > second ? 1.0 : -1.0;
  const auto pay = [&](double chips) { tree.end({chips, -chips}); };
  if (bets == "pp") return pay(high);
  if (bets == "bp") return pay(1.0);
  if (bets == "pbp") return pay(-1.0);
  if (bets == "bb" || bets == "pbb") return pay(2.0 * high);
  const std::uint32_t player = bets.size() % 2 == 0 ? 0 : 1;
  const int own = player == 0 ? first : second;
  tree.move(player, kuhn_cards[static_cast<std::size_t>(own)] + (bets.empty() ? "" : ":" + bets),
            {"pass", "bet"});
  kuhn_round(tree, first, second, bets + "p");
  kuhn_round(tree, first, second, bets + "b");
}

class Leduc {
 public:
  TreeGame make() {
    deal("first card", 0, [this](int card) {
      cards_[0] = card;
      deal("second card", 1U << card, [this](int other) {
        cards_[1] = other;
        play({});
      });
    });
    return tree_.finish("Southey et al. (2005), Bayes' bluff, UAI 21. Worth -0.0856 to the first.");
  }

 private:
  struct Betting {
    std::string bets;  // all so far: c, r, f, with / between the rounds
    int round = 0, raises = 0;
    std::array<int, 2> paid{1, 1};
    std::uint32_t turn = 0;
    bool checked = false;  // the other player did not raise in this round
  };

  static std::string name(int card) {
    return std::string(1, "JQK"[card / 2]) + (card % 2 == 0 ? "s" : "h");
  }

  template <class Next>
  void deal(const std::string& what, unsigned gone, Next next) {
    std::vector<std::string> actions;
    std::vector<int> left;
    for (int card = 0; card < 6; ++card) {
      if ((gone >> card & 1U) != 0) continue;
      left.push_back(card);
      actions.push_back(name(card));
    }
    std::string set = what;
    for (int card = 0; card < 6; ++card) {
      if ((gone >> card & 1U) != 0) set += " -" + name(card);
    }
    const double p = 1.0 / static_cast<double>(left.size());
    tree_.chance(set, actions, std::vector<double>(left.size(), p));
    for (const int card : left) next(card);
  }

  void play(const Betting& now) {
    const std::uint32_t me = now.turn, other = 1 - me;
    const bool facing = now.paid[me] < now.paid[other];
    std::vector<std::string> actions;
    if (facing) actions.emplace_back("fold");
    actions.emplace_back(facing ? "call" : "check");
    if (now.raises < 2) actions.emplace_back("raise");
    std::string set = name(cards_[me]);
    if (now.round == 1) set += "/" + name(board_);
    tree_.move(me, set + ":" + now.bets, actions);
    if (facing) {
      const auto lost = static_cast<double>(now.paid[me]);
      tree_.end(me == 0 ? std::vector<double>{-lost, lost} : std::vector<double>{lost, -lost});
    }
    Betting next = now;
    next.bets += 'c';
    next.paid[me] = now.paid[other];
    next.turn = other;
    if (facing || now.checked) {
      close(next);
    } else {
      next.checked = true;
      play(next);
    }
    if (now.raises == 2) return;
    next = now;
    next.bets += 'r';
    next.paid[me] = now.paid[other] + (now.round == 0 ? 2 : 4);
    next.raises = now.raises + 1;
    next.turn = other;
    play(next);
  }

  void close(const Betting& now) {
    if (now.round == 1) return show(now.paid[0]);
    deal("open card", 1U << cards_[0] | 1U << cards_[1], [&](int card) {
      board_ = card;
      Betting next;
      next.bets = now.bets + "/";
      next.round = 1;
      next.paid = now.paid;
      play(next);
    });
  }

  void show(int paid) {
    const auto strength = [&](int card) { return card / 2 == board_ / 2 ? 9 : card / 2; };
    const int difference = strength(cards_[0]) - strength(cards_[1]);
    const double won = difference == 0 ? 0.0 : (difference > 0 ? paid : -paid);
    tree_.end({won, -won});
  }

  TreeBuilder tree_{"Leduc poker", {"first", "second"}};
  std::array<int, 2> cards_{};
  int board_ = 0;
};

}  // namespace

TreeGame kuhn_poker() {
  TreeBuilder tree("Kuhn's poker", {"first", "second"});
  std::vector<std::string> deals;
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      if (a != b)
        deals.push_back(std::string(kuhn_cards[static_cast<std::size_t>(a)]) +
                        kuhn_cards[static_cast<std::size_t>(b)]);
    }
  }
  tree.chance("deal", deals, std::vector<double>(6, 1.0 / 6.0));
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      if (a != b) kuhn_round(tree, a, b, "");
    }
  }
  return tree.finish(
      "Kuhn (1950), Contributions to the Theory of Games 1. Worth -1/18 to the first player.");
}

TreeGame leduc_poker() { return Leduc().make(); }

}  // namespace casus::game
