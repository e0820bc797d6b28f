// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "casus/base/error.h"
#include "casus/policy/evaluate.h"
#include "casus/policy/policy.h"

namespace casus::policy {
namespace {

using world::Var;

M always() { return F(0.0F) < F(1.0F); }

bool empty(const casefile::Doing& doing) { return doing.orders.empty() && doing.rules.empty(); }

}  // namespace

Script::Script(const world::Model& model, std::optional<casefile::OptionId> option)
    : model_(&model), option_(option) {
  muted_.by.assign(model.entries().size(), 0);
  open_.push_back(always());
  if (!option_) return;
  const casefile::Case& given = model.given();
  const casefile::Option& plan = given.options[*option_];
  add(plan, 0);
  if (!plan.seats.empty()) seated_.assign(model.shape().actors, !always());
  for (const casefile::ActorId actor : plan.seats) seated_[actor] = always();
  for (const casefile::Signpost& post : plan.signposts) {
    const std::size_t then = open_.size();
    open_.insert(open_.end(), 2, !always());
    const int from = post.from <= given.as_of ? -1 : model.week_of(post.from);
    turns_.push_back({&post, from, model.week_of(post.by), then, then + 1});
    add(post.then, then);
    add(post.otherwise, then + 1);
  }
}

std::size_t Script::hold(std::uint32_t entry) {
  const auto found = std::ranges::find(held_, entry, &Held::entry);
  if (found == held_.end()) {
    held_.push_back({entry, !always(), !always()});
    return held_.size() - 1;
  }
  return static_cast<std::size_t>(found - held_.begin());
}

void Script::add(const casefile::Doing& doing, std::size_t gate) {
  for (const casefile::Order& order : doing.orders) {
    const std::uint32_t entry = model_->entry_of(order);
    orders_.push_back({entry, hold(entry), static_cast<float>(order.intensity),
                       model_->week_of(order.from), model_->week_of(order.until), gate});
  }
  for (const casefile::Rule& rule : doing.rules) {
    const std::uint32_t entry = model_->entry_of(rule.then);
    rules_.push_back({&rule, entry, hold(entry), gate, F(0.0F)});
  }
}

void Script::look(const world::State& state, int week) {
  const int last = week - 1;  // the week that orders of this one look back on
  for (Turn& t : turns_) {
    M& then = open_[t.then];
    if (last >= t.from && last <= t.by) {
      const casefile::Expression& when = model_->given().expressions[t.post->expression];
      const M seen = evaluate_seen(when, state, *model_) & !then;
      t.week = select(seen, F(static_cast<float>(week)), t.week);
      then = then | seen;
    }
    if (last >= t.by) open_[t.otherwise] = !then;
    if (!t.post->instead) continue;
    const M turned = empty(t.post->otherwise) ? then : then | open_[t.otherwise];
    open_.front() = open_.front() & !turned;
  }
}

std::vector<F> Script::turned() const {
  const F never(std::numeric_limits<float>::quiet_NaN());
  std::vector<F> out;
  for (const Turn& t : turns_) out.push_back(select(open_[t.then], t.week, never));
  return out;
}

const Muted& Script::muted(int week) {
  std::ranges::fill(muted_.by, std::uint8_t{0});
  muted_.where = open_;
  for (const Standing& o : orders_) {
    if (!o.in_force(week) || !lanes::any(open_[o.gate])) continue;
    const world::Entry& ordered = model_->entries()[o.entry];
    for (const std::uint32_t e : model_->entries_of(ordered.action)) {
      const world::Entry& other = model_->entries()[e];
      if (other.actor != ordered.actor || other.target != ordered.target) continue;
      if (muted_.by[e] == 0) {
        muted_.by[e] = static_cast<std::uint8_t>(o.gate + 1);
      } else if (muted_.by[e] != o.gate + 1) {
        muted_.where.push_back(muted_.of(e) | open_[o.gate]);
        CASUS_CHECK(muted_.where.size() < 256);
        muted_.by[e] = static_cast<std::uint8_t>(muted_.where.size());
      }
    }
  }
  for (std::size_t a = 0; a < seated_.size(); ++a) {
    if (!lanes::any(seated_[a])) continue;
    muted_.where.push_back(seated_[a]);
    CASUS_CHECK(muted_.where.size() < 256);
    for (const std::uint32_t e : model_->menu_of(a)) {
      muted_.by[e] = static_cast<std::uint8_t>(muted_.where.size());
    }
  }
  return muted_;
}

void Script::order(const world::State& state, const world::Now& now, std::span<F> orders) {
  if (!option_) return;
  CASUS_CHECK(orders.size() == model_->entries().size());
  for (const Standing& o : orders_) {
    const M here = open_[o.gate];
    if (!o.in_force(now.week) || !lanes::any(here)) continue;
    orders[o.entry] = select(here, max(orders[o.entry], F(o.intensity)), orders[o.entry]);
    held_[o.held].now = held_[o.held].now | here;
    if (now.log == nullptr || !here[now.log->first_lane()]) continue;
    note(state, now, o.entry, "option",
         {"option", "an option under study orders it", world::Form::none, o.intensity});
  }
  fire_rules(state, now, orders);
  end_what_ran_out(state, orders);
}

void Script::fire_rules(const world::State& state, const world::Now& now, std::span<F> orders) {
  for (Running& r : rules_) {
    const casefile::Expression& when = model_->given().expressions[r.rule->expression];
    const M here = open_[r.gate];
    const M holds = evaluate_now(when, state, *model_) & here;
    r.left = select(holds, F(static_cast<float>(r.rule->weeks)), select(here, r.left, F(0.0F)));
    const M runs = r.left > F(0.0F);
    held_[r.held].now = held_[r.held].now | runs;
    F& order = orders[r.entry];
    order = select(runs, max(order, F(static_cast<float>(r.rule->then.intensity))), order);
    if (now.log != nullptr && runs[now.log->first_lane()]) {
      note(state, now, r.entry, "rule", {"rule", when.text, world::Form::none, 1.0F});
    }
    r.left = max(r.left - F(1.0F), F(0.0F));
  }
}

void Script::note(const world::State& state, const world::Now& now, std::uint32_t entry,
                  std::string_view by, const world::Reason& why) const {
  if (now.log == nullptr || !now.log->asks_why()) return;
  if (state.at(Var::ordered, entry)[now.log->first_lane()] > 0.0F) return;  // it runs already
  now.log->decide(entry, {now.week, by, 1.0F, {why}});
}

/// What the script began ends where nothing orders it any more. What the actor had begun of itself
/// goes back to what it was; what the script never ordered is left alone.
void Script::end_what_ran_out(const world::State& state, std::span<F> orders) {
  for (Held& h : held_) {
    if (world::info(model_->entries()[h.entry].action).duration != 0) continue;
    h.own = select(h.now & !h.before, state.at(Var::ordered, h.entry), h.own);
    const M lapsed = h.before & !h.now & (orders[h.entry] <= F(0.0F));
    const M over = lapsed & (state.at(Var::left, h.entry) > F(0.0F));
    const M waits = lapsed & (state.at(Var::due, h.entry) > F(0.0F));
    orders[h.entry] = select(over, select(h.own > F(0.0F), h.own, F(-1.0F)), orders[h.entry]);
    h.before = h.now | (waits & !over);
    h.now = !always();
  }
}

}  // namespace casus::policy
