// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "casus/world/law.h"
#include "casus/world/will.h"

namespace casus::world {
namespace {

constexpr float fading = 0.7937005F;     ///< 2^(-1/3): news loses half in three weeks
constexpr float told_at_once = 4.0F;     ///< of eta: what a full act of four weeks tells
constexpr float felt_per_week = 0.124F;  ///< of what is felt that morale loses in a week
constexpr float eye_witness = 0.9F;      ///< credence of what men saw themselves

/// A telling by the other side: who tells, and whether it is made up from beginning to end.
struct Rumour {
  std::uint32_t entry, key;
  std::size_t teller;
};

class Morale final : public Process {
 public:
  explicit Morale(const Model& model) {
    for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
      const auto& k = model.given().contingents[c];
      Troops t{k.owner, k.host, {}, {}, 0};
      if (k.side) t.side = static_cast<int>(*k.side);
      if (k.foreign && k.side && k.sector) t.sector = k.sector->index;
      for (const Action action : {Action::psy_op, Action::staged_display}) {
        for (const std::uint32_t e : model.entries_of(action)) {
          const Entry& entry = model.entries()[e];
          if (entry.target && (*entry.target == t.owner || *entry.target == t.host)) {
            t.rumours.push_back({e, fold(entry.key) ^ model.contingent_key(c), entry.actor});
          }
        }
      }
      troops_.push_back(std::move(t));
    }
  }
  [[nodiscard]] std::string_view name() const override { return "morale"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::morale,      Var::loss_seen,   Var::in_combat, Var::contingent_casualties,
        Var::pay_trust,   Var::passive,     Var::started,   Var::openness,
        Var::credibility, Var::withdrawing, Var::news_felt, Var::area_week,
        Var::frontage,    Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::morale, Var::loss_seen, Var::news_felt};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (std::size_t c = 0; c < troops_.size(); ++c) {
      news(state, now, c);
      feel(state, now, c);
    }
  }

 private:
  struct Troops {
    std::size_t owner, host;
    std::vector<Rumour> rumours;
    std::optional<std::uint32_t> sector;
    int side = 0;
  };

  /// What the men come to believe, so or not: what they hear from the other side if they credit it,
  /// and the ground they lost themselves. Either hurts alike.
  void news(State& state, const Now& now, std::size_t c) const {
    const Troops& troops = troops_[c];
    F& felt = state.at(Var::news_felt, c);
    felt *= F(fading);
    for (const Rumour& r : troops.rumours) {
      const F size = state.at(Var::started, r.entry);
      if (!lanes::any(size > F(0.0F))) continue;
      const M heard = (size > F(0.0F)) & (state.at(Var::in_combat, c) > F(0.0F));
      const M believed =
          heard & happens(now, Stream("rumour"), r.key, credence(state, troops.owner, r.teller));
      felt += select(believed, news_effect(news_(state), F(1.0F), size), F(0.0F));
      now.tell(believed, "rumour_believed", c, r.teller, size, "credibility");
      now.tell(heard & !believed, "rumour_dismissed", c, r.teller, size, "credibility");
    }
    if (!troops.sector) return;
    const float sign = troops.side == 0 ? -1.0F : 1.0F;
    const F lost = F(sign) * state.at(Var::area_week, *troops.sector) /
                   state.at(Var::frontage, *troops.sector);
    const F bad = lanes::min(ground_(state) * lanes::max(lost, F(0.0F)), F(2.0F)) *
                  lanes::one_if(state.at(Var::in_combat, c) > F(0.05F));
    felt = state.held(Var::news_felt, felt + news_(state) * F(eye_witness) * bad);
    now.tell_seldom(bad > F(0.5F), "news_believed", c, c, bad, "area_week");
  }

  void feel(State& state, const Now& now, std::size_t c) const {
    const F fights = state.at(Var::in_combat, c);
    const F rate = state.at(Var::contingent_casualties, c) / lanes::max(fights, F(0.1F));
    const F log_rate = lanes::log(lanes::max(rate, F(0.002F)));
    F& seen = state.at(Var::loss_seen, c);
    // What a week of loss is to men who never fought is measured against a
    // quiet front.
    const F before = now.week == 0 ? log_rate : seen;
    const F shock = lanes::clamp(log_rate - before, F(-1.5F), F(1.5F));
    seen = log_rate;
    const F rest = rest_(state) + (state.at(Var::pay_trust, c) - F(0.7F));
    const F idle = lanes::one_if((fights < F(0.05F)) | (state.at(Var::passive, c) > F(0.5F)) |
                                 (state.at(Var::withdrawing, c) > F(0.5F)));
    F& morale = state.at(Var::morale, c);
    morale += pull_(state) * (rest - morale) - F(felt_per_week) * state.at(Var::news_felt, c) -
              F(0.25F) * losses_(state) * shock + F(0.05F) * relief_(state) * idle;
    morale = state.held(Var::morale, morale);
  }

  /// Chance that the men believe what the enemy tells them.
  static F credence(const State& state, std::size_t owner, std::size_t teller) {
    const F word =
        lanes::clamp(F(0.4F) + F(0.4F) * state.at(Var::credibility, teller), F(0.0F), F(1.0F));
    return word * (F(0.4F) + F(0.6F) * state.at(Var::openness, owner));
  }

  std::vector<Troops> troops_;
  KnobRef pull_{"will.morale_pull"}, rest_{"will.morale_rest"}, news_{"will.news"},
      losses_{"will.losses"}, relief_{"will.relief"}, ground_{"will.ground"};
};

}  // namespace

F news_effect(F eta, F credence, F size) { return eta * credence * size * F(told_at_once); }

std::unique_ptr<Process> make_morale(const Model& model) { return std::make_unique<Morale>(model); }

void step_morale(const Process& morale, State& state, const Now& now) {
  static_cast<const Morale&>(morale).step(state, now);
}

}  // namespace casus::world
