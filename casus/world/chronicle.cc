// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/chronicle.h"

#include <algorithm>
#include <array>

#include "casus/base/numeric.h"

namespace casus::world {
namespace {

constexpr int half_year = 26;
constexpr std::size_t kinds = 9;
constexpr float notable_shift = 2.0F;  ///< points of tension
constexpr float notable_lead = 1.15F;  ///< of the new main effort over the old one

/// A level of a variable and what is said when it is passed.
struct Milestone {
  std::string_view kind;
  Var variable;
  bool rising;
  std::array<float, 6> levels;  ///< unused ones are 0
  std::string_view cause;
  bool logit = false;    ///< the variable is the logit of what is told
  bool foreign = false;  ///< only contingents abroad
};

constexpr Milestone milestones[] = {
    {"acclimatised", Var::trained, true, {0.999F}, "acclimatisation", false, true},
    {"contingent_losses",
     Var::contingent_killed,
     true,
     {0.1F, 0.5F, 1.0F, 2.0F, 4.0F, 8.0F},
     "casualties",
     false,
     true},
    {"contingent_learned", Var::quality, true, {0.85F, 0.95F}, "experience", false, true},
    {"readier", Var::readiness, true, {0.2F, 0.4F}, "joint_exercise"},
    {"tasking_spent", Var::tasking, false, {0.5F}, "task_collection"},
    {"technicians_at_work", Var::technicians, true, {0.3F}, "send_technicians"},
    {"evasion_grows", Var::evasion, true, {0.4F, 0.5F, 0.6F, 0.7F}, "sanction"},
    {"room_shrinks", Var::fiscal_room, false, {2.0F, 1.0F}, "war_cost"},
    {"pressure_grows", Var::pressure, true, {0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F}, "growth"},
    {"fuel_short", Var::infrastructure, false, {0.9F, 0.8F, 0.7F, 0.6F, 0.5F}, "infrastructure"},
    {"support_falls", Var::support, false, {0.6F, 0.5F, 0.4F, 0.3F, 0.2F}, "casualties", true},
    {"support_rises", Var::support, true, {0.5F, 0.6F, 0.7F, 0.8F}, "expected_success", true},
    {"public_rallies", Var::rally, true, {0.2F, 0.4F}, "rally"},
    {"elite_splits", Var::elite_cohesion, false, {0.6F, 0.5F, 0.4F, 0.3F}, "pressure"},
    {"elite_closes", Var::elite_cohesion, true, {0.7F, 0.8F}, "expected_success"},
    {"morale_sinks", Var::morale, false, {0.5F, 0.4F, 0.3F, 0.2F}, "losses", true},
    {"morale_recovers", Var::morale, true, {0.5F, 0.6F}, "relief", true},
    {"talks_go_on", Var::talks_weeks, true, {4.0F, 12.0F, 26.0F, 52.0F}, "ladder"},
    {"nuclear_alert", Var::nuclear_alert, true, {2.0F}, "nuclear_signal"},
};

/// One lane's view of a week.
class Lane {
 public:
  Lane(const State& before, const State& after, const Now& now, std::size_t lane)
      : before_(&before), after_(&after), now_(&now), lane_(lane) {}

  void tell() const {
    for (const Milestone& m : milestones) pass(m);
    for (std::size_t c = 0; c < shape().contingents; ++c) arrivals(c);
    for (std::size_t a = 0; a < shape().actors; ++a) home(a);
    relations();
    if (now_->model.has_war()) war();
  }

 private:
  [[nodiscard]] const Shape& shape() const { return after_->shape(); }
  [[nodiscard]] float was(Var v, std::size_t i) const { return before_->at(v, i)[lane_]; }
  [[nodiscard]] float is(Var v, std::size_t i) const { return after_->at(v, i)[lane_]; }
  [[nodiscard]] float knob(std::string_view id) const { return is(Var::knob, knob_index(id)); }
  [[nodiscard]] bool rises(Var v, std::size_t i, float level) const {
    return was(v, i) < level && is(v, i) >= level;
  }
  [[nodiscard]] const casefile::Contingent& contingent(std::size_t c) const {
    return now_->model.given().contingents[c];
  }
  [[nodiscard]] bool twice_a_year() const { return now_->week % half_year == half_year / 2; }

  void put(std::string_view kind, std::size_t subject, std::size_t object, float amount,
           std::string_view cause) const {
    now_->log->put({now_->week, kind, static_cast<std::uint32_t>(subject),
                    static_cast<std::uint32_t>(object), 0.0F, cause},
                   lane_, amount);
  }
  void put_first(std::string_view kind, std::size_t subject, std::size_t object, float amount,
                 std::string_view cause, int number) const {
    const Event event{
        now_->week, kind, static_cast<std::uint32_t>(subject), static_cast<std::uint32_t>(object),
        0.0F,       cause};
    if (now_->log->first_time(event, lane_, number)) now_->log->put(event, lane_, amount);
  }

  void pass(const Milestone& m) const {
    const std::size_t count = shape().size_of(info(m.variable).extent);
    for (std::size_t i = 0; i < count; ++i) {
      if (m.foreign && !contingent(i).foreign) continue;
      for (std::size_t k = 0; k < m.levels.size() && m.levels[k] > 0.0F; ++k) {
        const float p = m.levels[k];
        const float level = m.logit ? static_cast<float>(casus::log(p / (1.0F - p))) : p;
        const bool passed = m.rising ? rises(m.variable, i, level)
                                     : was(m.variable, i) >= level && is(m.variable, i) < level;
        if (!passed) continue;
        const bool in_percent = m.variable == Var::fiscal_room;
        put_first(m.kind, i, i, in_percent ? p / 100.0F : p, m.cause, static_cast<int>(k));
      }
    }
  }

  void arrivals(std::size_t c) const {
    if (!contingent(c).foreign) return;
    const std::size_t last = c * shape().path_nodes + now_->model.path(c).last();
    for (const float level : {0.1F, 1.0F, 5.0F}) {
      if (rises(Var::men, last, level)) {
        put_first("contingent_arrived", c, c, is(Var::men, last), "movement",
                  static_cast<int>(level * 10.0F));
      }
    }
    float had = 0.0F, has = 0.0F;
    for (std::size_t n = 1; n <= now_->model.path(c).last(); ++n) {
      had += was(Var::men, c * shape().path_nodes + n);
      has += is(Var::men, c * shape().path_nodes + n);
    }
    if (had >= 0.05F && has < 0.05F) {
      put("contingent_withdrawn", c, contingent(c).owner, had, "withdraw_contingent");
    }
  }

  void home(std::size_t a) const {
    for (const float level : {0.7F, 0.8F, 0.9F, 0.95F}) {
      if (!rises(Var::learning, a, level) || now_->model.side_of(a) < 0) continue;
      const bool taught = is(Var::technicians, a) > 0.1F;
      put_first(taught ? "kit_mastered" : "kit_learned", a, a, level,
                taught ? "technicians" : "experience", static_cast<int>(level * 100.0F));
    }
    for (std::size_t k = 0; k < kinds; ++k) stock(a, k);
    if (is(Var::mobilising, a) > was(Var::mobilising, a) + 0.5F) {
      put("called_up", a, a, is(Var::mobilising, a) * 6.0F, "mobilise");
    }
    if (now_->model.side_of(a) >= 0 && twice_a_year()) flows(a);
  }

  void stock(std::size_t a, std::size_t kind) const {
    const std::size_t i = a * kinds + kind;
    const int half = now_->week / half_year;
    const float got = is(Var::delivered, i);
    if (got >= 0.5F) put_first("delivery", a, kind, got, "pipeline", half);
    const float start = now_->log->start().at(Var::stock, i)[lane_];
    for (const float share : {0.75F, 0.5F, 0.25F}) {
      const float level = start * share;
      if (start >= 5.0F && was(Var::stock, i) >= level && is(Var::stock, i) < level) {
        put_first("stock_low", a, kind, share, "use", static_cast<int>(share * 100.0F));
      }
    }
    const bool builds = is(Var::production, i) > was(Var::production, i) * 1.05F;
    if (builds && is(Var::production, i) > 1.0F) {
      put("production_up", a, kind, is(Var::production, i), "production");
    }
  }

  /// What a belligerent's ranks gain and lose in an ordinary week.
  void flows(std::size_t a) const {
    const float came = was(Var::training_1, a) > 0.0F ? is(Var::intake, a) : 0.0F;
    if (came > 0.01F) put("recruits", a, a, came, "intake");
    const float gone = is(Var::awol, a) - was(Var::awol, a);
    if (gone > 0.01F) put("desertions", a, a, gone, "morale");
    const float rate = std::min(2.0F / knob("manpower.recovery"), 1.0F);
    const float back = was(Var::wounded_2, a) * rate * knob("manpower.return_share");
    if (back > 0.01F) put("wounded_return", a, a, back, "recovery");
  }

  void relations() const {
    const std::size_t n = shape().actors;
    for (std::size_t i = 0; i < n * n; ++i) {
      const float shift = is(Var::tension, i) - is(Var::tension_base, i);
      if (shift < -notable_shift) {
        put_first("relations_sink", i / n, i % n, is(Var::tension, i), "perceived_act",
                  now_->week / half_year);
      } else if (shift > notable_shift) {
        put_first("relations_mend", i / n, i % n, is(Var::tension, i), "perceived_act",
                  now_->week / half_year);
      }
    }
  }

  void war() const {
    for (std::size_t side = 0; side < 2; ++side) {
      for (std::size_t s = 0; s < shape().sectors; ++s) works(s, side);
      main_effort(side);
    }
    const float slow = is(Var::slow_intensity, 0);
    for (const float level : {0.2F, 0.4F, 0.8F}) {
      if (rises(Var::slow_intensity, 0, level)) {
        put_first("intensity_up", 0, 0,
                  static_cast<float>(casus::exp(0.5 * static_cast<double>(slow))), "slow_intensity",
                  static_cast<int>(level * 10.0F));
      }
      if (was(Var::slow_intensity, 0) > -level && slow <= -level) {
        put_first("intensity_down", 0, 0,
                  static_cast<float>(casus::exp(0.5 * static_cast<double>(slow))), "slow_intensity",
                  static_cast<int>(level * 10.0F));
      }
    }
    const bool last = now_->week + 1 == now_->model.given().horizon_weeks;
    if (last && is(Var::end_state, 0) < 0.5F) {
      put("protracted", now_->model.lead(0), now_->model.lead(1), is(Var::war_weeks, 0), "horizon");
    }
  }

  void works(std::size_t s, std::size_t side) const {
    const std::size_t i = s * 2 + side;
    for (const float level : {0.3F, 0.45F, 0.6F, 0.7F}) {
      const int number = static_cast<int>(level * 100.0F);
      if (rises(Var::fort, i, level)) put_first("dug_in", s, side, level, "fortify", number);
      if (was(Var::fort, i) >= level && is(Var::fort, i) < level) {
        put_first("works_lost", s, side, level, "advance", number);
      }
    }
  }

  /// The sector where a side attacks most, kilometres times intensity, if another takes its place.
  void main_effort(std::size_t side) const {
    const auto weight = [&](std::size_t s) {
      return is(Var::intensity, s * 2 + side) * is(Var::frontage, s);
    };
    std::size_t best = 0;
    for (std::size_t s = 1; s < shape().sectors; ++s) {
      if (weight(s) > weight(best)) best = s;
    }
    std::size_t& old = now_->log->main_effort(lane_, side, best);
    if (old == best || weight(best) < notable_lead * weight(old)) return;
    old = best;
    put("main_effort", best, side, is(Var::intensity, best * 2 + side), "intensity");
  }

  const State* before_;
  const State* after_;
  const Now* now_;
  std::size_t lane_;
};

}  // namespace

void chronicle(const State& before, const State& after, const Now& now) {
  for (std::size_t lane = now.log->first_lane(); lane < now.log->last_lane(); ++lane) {
    Lane(before, after, now, lane).tell();
  }
}

}  // namespace casus::world
