// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "casus/policy/family.h"
#include "casus/policy/outlook.h"
#include "casus/policy/policy.h"

namespace casus::policy {

/// Something an actor may choose freely, prepared once a model.
struct Alternative {
  struct Effect {
    std::uint32_t feature;
    float value;  ///< feature units, through the value form, discounted for its lag
  };
  std::uint32_t entry = 0;
  Action action = Action::accuse;
  Family family = Family::words;
  Stake stake = Stake::home;
  std::optional<std::uint32_t> target;
  std::vector<Effect> gains, costs;
  float rung = 0.0F;
  float favour = 0.0F;  ///< the doctrine's addition to the standardised utility
  float cost_bn = 0.0F;
  bool stock_known = false;  ///< the case says what the actor holds of the kind it would send
  std::uint32_t luck = 0;    ///< 32 bits of the entry's key
};

/// The share of half a year's discounted weeks that is left after `lag` weeks, in closed form:
/// (.97^lag - .97^26) / (1 - .97^26).
[[nodiscard]] double discounted_share(int lag);

/// The value of a change of a feature. `prospect` weighs losses 2.25 times and bends both (0.88).
/// @source Tversky & Kahneman (1992), Journal of Risk and Uncertainty 5.
[[nodiscard]] double value_of(double change, ValueForm form);

/// An actor's free menu, its families in order and each family's alternatives together.
class Menu {
 public:
  Menu(const world::Model& model, std::size_t actor, ValueForm form);

  [[nodiscard]] std::size_t size() const { return alternatives_.size(); }
  [[nodiscard]] const Alternative& operator[](std::size_t i) const { return alternatives_[i]; }
  /// First alternative of a family; that of the next family ends it.
  [[nodiscard]] std::size_t first_of(std::size_t family) const { return first_[family]; }
  [[nodiscard]] std::size_t count_of(std::size_t family) const {
    return first_[family + 1] - first_[family];
  }

 private:
  std::vector<Alternative> alternatives_;
  std::array<std::size_t, family_count + 1> first_{};
};

/// How the outlook scales what an act promises and what it costs.
struct Scale {
  F gain, cost;
};
[[nodiscard]] Scale scale_of(const Alternative& act, const Outlook& outlook);

/// Worth of the replies that rivals of each type make to each family.
using ReplyWorth = std::array<std::array<F, world::type_count>, family_count>;

/// What the effects of an act are worth to an actor.
struct Worth {
  F gain, cost;
};
/// @param theta  18 weights.
[[nodiscard]] Worth worth_of(const Alternative& act, std::span<const F> theta);

/// dU of one alternative: scaled gains and costs and (deep thinkers) the replies expected of the
/// rival by what it is taken for.
/// @param replies  null where no lane thinks deep.
[[nodiscard]] F promise_of(const Alternative& act, const Outlook& outlook, const Worth& worth,
                           const ReplyWorth* replies);

/// Can the act be done at all? Means, stocks, the state of the war, what already runs.
[[nodiscard]] M feasible(const Alternative& act, const View& view, const Outlook& outlook);

}  // namespace casus::policy
