// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "casus/base/error.h"
#include "casus/policy/evaluate.h"
#include "casus/policy/policy.h"

namespace casus::policy {

using world::Var;

Script::Script(const world::Model& model, std::optional<casefile::OptionId> option)
    : model_(&model), option_(option), muted_(model.entries().size(), 0) {
  if (!option_) return;
  const casefile::Option& plan = model.given().options[*option_];
  for (const casefile::Order& order : plan.orders) {
    const std::uint32_t entry = model.entry_of(order);
    orders_.push_back({entry, static_cast<float>(order.intensity), model.week_of(order.from),
                       model.week_of(order.until)});
  }
  for (const casefile::Rule& rule : plan.rules) {
    rule_entry_.push_back(model.entry_of(rule.then));
    rule_left_.push_back(F(0.0F));
  }
}

std::span<const std::uint8_t> Script::muted(int week) {
  std::ranges::fill(muted_, std::uint8_t{0});
  for (const Standing& o : orders_) {
    if (!o.in_force(week)) continue;
    const world::Entry& ordered = model_->entries()[o.entry];
    for (const std::uint32_t e : model_->entries_of(ordered.action)) {
      const world::Entry& other = model_->entries()[e];
      if (other.actor == ordered.actor && other.target == ordered.target) muted_[e] = 1;
    }
  }
  return muted_;
}

void Script::order(const world::State& state, const world::Now& now, std::span<F> orders) {
  if (!option_) return;
  CASUS_CHECK(orders.size() == model_->entries().size());
  for (const Standing& o : orders_) {
    if (!o.in_force(now.week)) continue;
    orders[o.entry] = max(orders[o.entry], F(o.intensity));
    note(state, now, o.entry, "option",
         {"option", "an option under study orders it", world::Form::none, o.intensity});
  }
  const casefile::Option& plan = model_->given().options[*option_];
  for (std::size_t r = 0; r < plan.rules.size(); ++r) {
    const casefile::Rule& rule = plan.rules[r];
    const casefile::Expression& when = model_->given().expressions[rule.expression];
    const M holds = evaluate_now(when, state, *model_);
    rule_left_[r] = select(holds, F(static_cast<float>(rule.weeks)), rule_left_[r]);
    const M runs = rule_left_[r] > F(0.0F);
    F& order = orders[rule_entry_[r]];
    order = select(runs, max(order, F(static_cast<float>(rule.then.intensity))), order);
    if (now.log != nullptr && runs[now.log->first_lane()]) {
      note(state, now, rule_entry_[r], "rule", {"rule", when.text, world::Form::none, 1.0F});
    }
    rule_left_[r] = max(rule_left_[r] - F(1.0F), F(0.0F));
  }
  end_what_ran_out(state, orders);
}

void Script::note(const world::State& state, const world::Now& now, std::uint32_t entry,
                  std::string_view by, const world::Reason& why) const {
  if (now.log == nullptr || !now.log->asks_why()) return;
  if (state.at(Var::ordered, entry)[now.log->first_lane()] > 0.0F) return;  // it runs already
  now.log->decide(entry, {now.week, by, 1.0F, {why}});
}

void Script::end_what_ran_out(const world::State& state, std::span<F> orders) const {
  const auto end = [&](std::uint32_t e) {
    if (world::info(model_->entries()[e].action).duration != 0) return;
    const M over = (orders[e] <= F(0.0F)) & (state.at(Var::left, e) > F(0.0F));
    orders[e] = select(over, F(-1.0F), orders[e]);
  };
  for (const Standing& o : orders_) end(o.entry);
  for (const std::uint32_t e : rule_entry_) end(e);
}

}  // namespace casus::policy
