// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/acts.h"

#include "casus/world/assent.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob knob_rows[] = {
    {"acts.slip", "LN(0.002; 0.7)", 0.0, 0.02, "probability per rung",
     "an act lands a rung off what was ordered", Tag::judgement,
     "Posen (1991) argues that such slips happen and counts none; judged so that twenty acts of "
     "rung 3 see one slip in eight weeks, a factor of 4 either way",
     "1991-12-31"},
    {"acts.cost", "LN(1; 0.4)", 0.3, 3.0, "ratio", "price of an act against the catalogue's",
     Tag::judgement, "spread over the catalogue's cost column", "2024-10-31"},
};

constexpr float forever = 600.0F;
constexpr float half_year = 26.0F;  ///< weeks over which an open-ended act's price is spread
constexpr float slip_cap = 0.02F;

class Acts final : public Process {
 public:
  explicit Acts(const Model& model)
      : slip_(knob_index("acts.slip")),
        cost_(knob_index("acts.cost")),
        entries_(model.entries().size()) {}

  [[nodiscard]] std::string_view name() const override { return "acts"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::ordered, Var::due,      Var::left,
                                   Var::active,  Var::cooldown, Var::vote_share,
                                   Var::support, Var::rally,    Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::ordered, Var::due,      Var::left,  Var::active,
                                   Var::started, Var::cooldown, Var::spent, Var::rung};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (F& rung : state[Var::rung]) rung = F(0.0F);
    for (std::size_t e = 0; e < entries_; ++e) step_entry(state, now, e);
  }

 private:
  void step_entry(State& state, const Now& now, std::size_t e) const {
    const Entry& entry = now.model.entries()[e];
    const ActionInfo& row = info(entry.action);
    F& ordered = state.at(Var::ordered, e);
    F& due = state.at(Var::due, e);
    F& left = state.at(Var::left, e);
    F& active = state.at(Var::active, e);
    F& started = state.at(Var::started, e);
    F& cooldown = state.at(Var::cooldown, e);
    started = F(0.0F);
    cooldown = lanes::max(cooldown - F(1.0F), F(0.0F));
    const M any_order = ordered > F(0.0F);
    if (!lanes::any(any_order)) {
      active = F(0.0F);
      return;
    }
    const M waits = any_order & (due > F(0.0F));
    due = lanes::select(waits, due - F(1.0F), F(0.0F));
    const M begins = waits & (due <= F(0.0F));
    const M works = any_order & !waits;
    left = lanes::select(begins, F(row.duration == 0 ? forever : static_cast<float>(row.duration)),
                         lanes::select(works, lanes::max(left - F(1.0F), F(0.0F)), left));
    const M over = works & (left <= F(0.0F));
    ordered = lanes::select(over, F(0.0F), ordered);
    const M runs = begins | (works & !over);
    active = lanes::select(runs, ordered, F(0.0F));
    started = lanes::select(begins, ordered, F(0.0F));
    cooldown = lanes::select(begins, F(static_cast<float>(row.cooldown)), cooldown);
    const float weeks = row.duration == 0 ? half_year : static_cast<float>(row.duration);
    state.at(Var::spent, entry.actor) +=
        active * F(row.cost_bn / weeks) * state.at(Var::knob, cost_);
    carry_out(state, now, e, begins, runs);
  }

  /// The rung acted on: as ordered, or one off by a slip in the week the act begins.
  void carry_out(State& state, const Now& now, std::size_t e, M begins, M runs) const {
    const Entry& entry = now.model.entries()[e];
    const ActionInfo& row = info(entry.action);
    F slip(0.0F);
    if (row.rung > 0.0F && lanes::any(begins)) {
      static constexpr Stream stream("slip");
      const F u = now.draws.uniform(stream, static_cast<std::uint32_t>(now.week), fold(entry.key));
      const F p = lanes::min(F(slip_cap), state.at(Var::knob, slip_) * F(row.rung));
      slip = lanes::select(u < p * F(0.5F), F(1.0F),
                           lanes::select(u > F(1.0F) - p * F(0.5F), F(-1.0F), F(0.0F)));
      slip = lanes::select(begins, slip, F(0.0F));
    }
    F& rung = state.at(Var::rung, entry.actor);
    rung = lanes::max(rung, lanes::select(runs, lanes::min(F(row.rung) + slip, F(10.0F)), F(0.0F)));
    now.tell(slip > F(0.5F), "slip_up", entry.actor, entry.actor, slip,
             casefile::name_of(entry.action));
    now.tell(slip < F(-0.5F), "slip_down", entry.actor, entry.actor, slip,
             casefile::name_of(entry.action));
    if (now.log == nullptr) return;
    Event act{now.week,    "act",
              entry.actor, entry.target.value_or(entry.actor),
              0.0F,        casefile::name_of(entry.action)};
    act.sector = entry.sector;
    act.contingent = entry.contingent;
    if (entry.kind) act.stock = static_cast<std::uint32_t>(*entry.kind);
    now.log->tell(begins, act, F(static_cast<float>(e)));
  }

  std::uint32_t slip_, cost_;
  std::size_t entries_;
};

constexpr float until_next_vote = 8.0F;  ///< weeks

/// Where the legislature, if one is asked, agrees to what is freshly ordered.
M agreed(State& state, const Now& now, std::size_t e, M fresh) {
  const casefile::Legislature* house = now.model.asked(e);
  if (house == nullptr || !lanes::any(fresh)) return fresh;
  const Entry& entry = now.model.entries()[e];
  const M yes = authorised(state, now, *house, {entry, fresh});
  F& rest = state.at(Var::cooldown, e);
  rest = lanes::select(fresh & !yes, F(until_next_vote), rest);
  return yes;
}

/// Weeks until an act takes effect: its lag, and the vote where one is needed.
float weeks_to(const Model& model, std::size_t e) {
  const auto lag = static_cast<float>(info(model.entries()[e].action).lag);
  const casefile::Legislature* house = model.asked(e);
  return house == nullptr ? lag : lag + static_cast<float>(house->delay);
}

}  // namespace

M authorised(const State& state, const Now& now, const casefile::Legislature& house,
             const Motion& motion) {
  static const Assent assent;
  const Entry& entry = motion.entry;
  const F p = assent(state, entry.actor, static_cast<float>(house.threshold));
  const M yes = happens(now, Stream("assent"), fold(entry.key), p);
  const std::size_t target = entry.target.value_or(entry.actor);
  const auto name = casefile::name_of(entry.action);
  now.tell(motion.where & yes, "act_authorised", entry.actor, target, p, name);
  now.tell(motion.where & !yes, "act_refused", entry.actor, target, p, name);
  return motion.where & yes;
}

M order_act(State& state, const Now& now, std::size_t e, M where, F size, F wait) {
  F& ordered = state.at(Var::ordered, e);
  const M free = (ordered <= F(0.0F)) & (state.at(Var::cooldown, e) <= F(0.0F));
  const M may = where & free & now.answers_for(now.model.entries()[e].actor);
  if (!lanes::any(may)) return may;
  const M fresh = agreed(state, now, e, may);
  F& due = state.at(Var::due, e);
  due = select(fresh, lanes::max(wait, F(weeks_to(now.model, e))), due);
  ordered = select(fresh, size, ordered);
  return fresh;
}

void enqueue(State& state, const Now& now, std::span<const F> orders) {
  for (std::size_t e = 0; e < orders.size(); ++e) {
    const F want = lanes::min(orders[e], F(1.0F));
    if (!lanes::any((want > F(0.0F)) | (want < F(0.0F)))) continue;
    F& ordered = state.at(Var::ordered, e);
    F& due = state.at(Var::due, e);
    F& left = state.at(Var::left, e);
    const M live = ordered > F(0.0F);
    const M wanted = want > F(0.0F);
    const M fresh = agreed(state, now, e, wanted & !live & (state.at(Var::cooldown, e) <= F(0.0F)));
    const M renewed = wanted & live;
    const M ended = want < F(0.0F);
    // A renewed act does not begin anew while it works; when it has run its time and rested, it
    // does.
    const M spent = renewed & (due <= F(0.0F)) & (left <= F(1.0F));
    const M again = spent & (state.at(Var::cooldown, e) <= F(0.0F));
    due = lanes::select(fresh, F(weeks_to(now.model, e)),
                        lanes::select(again, F(1.0F), lanes::select(ended, F(0.0F), due)));
    left = lanes::select(spent & !again, F(2.0F), lanes::select(ended | again, F(0.0F), left));
    ordered = lanes::select(fresh | renewed, want, lanes::select(ended, F(0.0F), ordered));
  }
}

std::span<const Knob> act_knobs() { return knob_rows; }

std::unique_ptr<Process> make_acts(const Model& model) { return std::make_unique<Acts>(model); }

void step_acts(const Process& acts, State& state, const Now& now) {
  static_cast<const Acts&>(acts).step(state, now);
}

}  // namespace casus::world
