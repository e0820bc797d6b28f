// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/reports.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "casus/base/numeric.h"
#include "casus/observe/law.h"
#include "casus/world/law.h"

namespace casus::world {
namespace {

using casefile::ReportKind;
using casefile::Stance;

/// Kinds by which in-run actors learn; a display is seen in the open ones.
struct Eye {
  ReportKind kind;
  bool open;    ///< anyone may read it
  float alone;  ///< access of an actor without great-power collection
};
constexpr std::array<Eye, 5> eyes{{{ReportKind::imagery, false, 0.3F},
                                   {ReportKind::signals, false, 0.25F},
                                   {ReportKind::human, false, 0.35F},
                                   {ReportKind::detainee, false, 0.1F},
                                   {ReportKind::social_media, true, 0.8F}}};

/// ln(0.95 / 0.92): P(deny | not so) over P(deny | so); docs/models/sources.md.
constexpr float denial_nats = 0.032F;

/// Rates of one kind in the floats of the lanes.
struct Rates {
  float log_miss;  ///< ln(1 - detection of one group of 0.5 k)
  float alarm;     ///< false reports a week
  float bias, precision;
  float open;
  float yes, no;  ///< weight of a sighting and of none, to a reader who knows of no display
  Stream stream;
};

Rates rates_of(const Eye& eye) {
  const auto& law = observe::law_of(eye.kind, Stance::neutral);
  const double log_miss = casus::log1p(-std::clamp(law.detect_per_week, 0.01, 0.95));
  const double alarm = std::clamp(law.alarms_per_week, 0.002, 0.2);
  const double hit = 1.0 - casus::exp(6.0 * log_miss);  // a brigade against none
  return {static_cast<float>(log_miss),
          static_cast<float>(alarm),
          static_cast<float>(law.count_bias),
          static_cast<float>(1.0 / (law.count_sigma * law.count_sigma)),
          eye.open ? 1.0F : 0.0F,
          static_cast<float>(std::min(casus::log(hit / alarm), 3.0)),
          static_cast<float>(std::max(casus::log((1.02 - hit) / (1.0 - alarm)), -1.5)),
          Stream::named("sighting_" + std::string(casefile::name_of(eye.kind)))};
}

/// An act as others see it: `entry` weighs `weight` for how `pair.from` sees
/// `pair.to`.
struct Impression {
  std::uint32_t entry;
  std::size_t pair;
  float weight;
};

std::vector<Impression> impressions_of(const Model& model) {
  std::vector<Impression> out;
  const std::size_t n = model.shape().actors;
  for (std::uint32_t e = 0; e < model.entries().size(); ++e) {
    const Entry& entry = model.entries()[e];
    const ActionInfo& row = info(entry.action);
    const auto sees = [&](std::size_t seer, float g) {
      if (seer != entry.actor && g != 0.0F) out.push_back({e, seer * n + entry.actor, g});
    };
    const bool friendly = entry.target && model.alignment(entry.actor, *entry.target) > 0.3F;
    const bool helps = row.goldstein_ally != 0.0F && friendly;
    if (entry.target) sees(*entry.target, helps ? row.goldstein_ally : row.goldstein);
    if (entry.target && !helps) continue;
    // An ally helped is an enemy armed; an act that names nobody is read by
    // enemies and rivals.
    const int side = entry.target ? model.side_of(*entry.target) : model.side_of(entry.actor);
    for (std::size_t seer = 0; seer < n; ++seer) {
      const bool enemy =
          side >= 0 && model.has_war() && seer == model.lead(static_cast<std::size_t>(1 - side));
      const bool rival = !entry.target && model.rivals(seer, entry.actor);
      if (enemy || rival) sees(seer, row.goldstein);
    }
  }
  return out;
}

class Reports final : public Process {
 public:
  explicit Reports(const Model& model)
      : impressions_(impressions_of(model)), actors_(model.shape().actors) {
    for (const Eye& eye : eyes) rates_.push_back(rates_of(eye));
    const auto& given = model.given();
    for (std::size_t a = 0; a < actors_; ++a) {
      const bool plans = std::ranges::any_of(model.menu_of(a), [&](std::uint32_t e) {
        const Action action = model.entries()[e].action;
        return action == Action::conceal || action == Action::staged_display;
      });
      if (plans) deceivers_.push_back(a);
    }
    for (const std::uint32_t e : model.entries_of(Action::task_collection)) {
      taskings_.push_back({e, model.entries()[e].actor, model.entries()[e].target});
    }
    for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
      Watched w{c, given.contingents[c].owner, given.contingents[c].host, {}};
      for (std::size_t o = 0; o < actors_; ++o) {
        if (o == w.owner || o == w.host) continue;  // they know
        w.observers.push_back({o, access_of(model, o)});
      }
      watched_.push_back(std::move(w));
    }
  }
  [[nodiscard]] std::string_view name() const override { return "reports"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::started,
                                   Var::active,
                                   Var::men,
                                   Var::in_combat,
                                   Var::acclimatising,
                                   Var::deception,
                                   Var::intelligence,
                                   Var::news_presence,
                                   Var::news_strength,
                                   Var::news_precision,
                                   Var::believed_presence,
                                   Var::believed_strength,
                                   Var::credibility,
                                   Var::tasking,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::news_presence, Var::news_strength, Var::news_precision,
                                   Var::deception,     Var::last_act,      Var::credibility,
                                   Var::tasking};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    acts(state);
    spend(state);
    plans(state, now);
    for (const Watched& w : watched_) sightings(state, now, w);
    disclosures(state, now);
    denials(state, now);
  }

 private:
  struct Observer {
    std::size_t actor;
    std::array<float, eyes.size()> access;
  };
  struct Tasking {
    std::uint32_t entry;
    std::size_t actor;
    std::optional<std::size_t> target;
  };
  struct Watched {
    std::uint32_t contingent;
    std::size_t owner, host;
    std::vector<Observer> observers;
  };

  static std::array<float, eyes.size()> access_of(const Model& model, std::size_t observer) {
    float great = 0.0F;  // closeness to a power that collects everywhere, itself included
    for (std::size_t g = 0; g < model.shape().actors; ++g) {
      if (!model.given().actors[g].has(casefile::Role::great_power)) continue;
      great = std::max(great, g == observer ? 1.0F : 0.7F * model.alignment(observer, g));
    }
    const bool fights = model.side_of(observer) >= 0;
    std::array<float, eyes.size()> out{};
    for (std::size_t k = 0; k < eyes.size(); ++k) {
      const float own = eyes[k].alone * (fights ? 2.0F : 1.0F);
      out[k] = std::min(1.0F, std::max(own, great));
    }
    return out;
  }

  /// Sum of Goldstein weights of the acts that took effect this week, by who
  /// sees whom.
  void acts(State& state) const {
    auto seen = state[Var::last_act];
    for (F& x : seen) x = F(0.0F);
    for (const Impression& i : impressions_) {
      const F size = state.at(Var::started, i.entry);
      if (lanes::any(size > F(0.0F))) seen[i.pair] += F(i.weight) * size;
    }
  }

  /// Hours of collection: a reserve that fills week by week and that tasking draws on.
  void spend(State& state) const {
    for (F& reserve : state[Var::tasking]) {
      reserve = lanes::min(reserve + hours_(state), F(info(Var::tasking).high));
    }
    for (const Tasking& t : taskings_) {
      F& reserve = state.at(Var::tasking, t.actor);
      reserve = lanes::max(reserve - state.at(Var::active, t.entry), F(0.0F));
    }
  }

  /// Collection tasked on an actor, as far as those who task it have hours for it.
  [[nodiscard]] F tasked_on(const State& state, std::size_t target) const {
    F none(1.0F);
    for (const Tasking& t : taskings_) {
      if (t.target != target) continue;
      const F enough = lanes::min(state.at(Var::tasking, t.actor), F(1.0F));
      none *= F(1.0F) - state.at(Var::active, t.entry) * enough;
    }
    return F(1.0F) - none;
  }

  /// Plans of deception: acts feed them, time lets them fade, and displays may
  /// be exposed.
  void plans(State& state, const Now& now) const {
    const F keep = F(1.0F) - fade_(state);
    for (const std::size_t a : deceivers_) {
      F& conceal = state.at(Var::deception, a * 3);
      F& display = state.at(Var::deception, a * 3 + 1);
      conceal = lanes::max(conceal * keep, activity(state, now.model, Action::conceal, a));
      display = lanes::max(display * keep, activity(state, now.model, Action::staged_display, a));
      const M caught =
          happens(now, Stream("display_exposed"), now.model.actor_key(a),
                  exposed_(state) * F(2.0F) * display * (F(1.0F) + tasked_on(state, a)));
      F& word = state.at(Var::credibility, a);
      word = state.held(Var::credibility, select(caught, word - F(0.1F), word * F(0.995F)));
      display = select(caught, F(0.0F), display);
      now.tell(caught, "display_exposed", a, a, display, "draw");
    }
  }

  /// What the kinds of collection say of a contingent this week, before anybody's access to them.
  struct Told {
    std::array<F, eyes.size()> weight;            ///< of a sighting, or of none
    std::array<F, eyes.size()> count, precision;  ///< where `counted`
    std::array<bool, eyes.size()> counted;        ///< men, in any lane
  };

  void sightings(State& state, const Now& now, const Watched& w) const {
    const std::uint32_t c = w.contingent;
    const F front = state.at(Var::in_combat, c) + state.at(Var::acclimatising, c);
    const F abroad = men_abroad(state, c);
    const F hidden =
        lanes::max(state.at(Var::deception, w.owner * 3), state.at(Var::deception, w.host * 3));
    const F shown = lanes::max(state.at(Var::deception, w.owner * 3 + 1),
                               state.at(Var::deception, w.host * 3 + 1));
    // More hours of collection on the owner or host see through half of what is hidden.
    const F watched = lanes::max(tasked_on(state, w.owner), tasked_on(state, w.host));
    const F kept = hidden * (F(1.0F) - F(0.5F) * watched);
    const F rate = detect_(state) * (F(1.0F) - kept * (F(1.0F) - conceal_(state))) *
                   (F(1.0F) + F(0.3F) * watched);
    // The groups in view; more than twenty tell no more than twenty.
    const F groups = lanes::min(front * F(2.0F), F(20.0F)) * rate;
    const F log_men = lanes::log(lanes::max(abroad, F(0.05F)));
    const bool in_view = lanes::any(groups > F(0.0F));
    const F staged =
        lanes::any(shown > F(0.0F)) ? F(1.0F) - lanes::exp(-display_(state) * shown) : F(0.0F);
    Told told;
    for (std::size_t k = 0; k < rates_.size(); ++k) {
      const Rates& r = rates_[k];
      const F hit = in_view ? F(1.0F) - lanes::exp(groups * F(r.log_miss)) : F(0.0F);
      const F fake = F(r.alarm) + F(r.open) * staged;
      const F p = F(1.0F) - (F(1.0F) - hit) * (F(1.0F) - lanes::min(fake, F(0.95F)));
      const std::uint32_t key = now.model.contingent_key(c);
      const F u = now.draws.uniform(r.stream, static_cast<std::uint32_t>(now.week), key);
      const M seen = u < p;
      told.weight[k] = select(seen, F(r.yes), F(r.no));
      const M counts = seen & (abroad > F(0.05F));
      told.counted[k] = lanes::any(counts);
      if (!told.counted[k]) continue;
      // The remainder of the same draw is the error of the number told.
      const F z = casus::normal_quantile(lanes::clamp(u / p, F(0.001F), F(0.999F)));
      const F number = log_men + F(r.bias) + z / F(std::sqrt(r.precision));
      told.precision[k] = select(counts, F(r.precision), F(0.0F));
      told.count[k] = (number - F(r.bias)) * told.precision[k];
    }
    for (const Observer& o : w.observers) hear(state, o, c, told);
    if (now.log != nullptr) tell_sightings(now, w, {front, hidden, shown}, told.weight);
  }

  struct Scene {
    F front, hidden, shown;
  };
  void tell_sightings(const Now& now, const Watched& w, const Scene& scene,
                      const std::array<F, eyes.size()>& weight) const {
    F seen(0.0F);
    for (std::size_t k = 0; k < rates_.size(); ++k) {
      seen = lanes::max(seen, lanes::one_if(weight[k] > F(0.0F)));
    }
    const M some = seen > F(0.5F);
    const M there = scene.front > F(0.05F);
    const std::size_t c = w.contingent;
    now.tell_seldom(some & there, "sighted", c, w.owner, scene.front, "reports");
    now.tell_seldom(some & !there & (scene.shown > F(0.1F)), "false_sighting", c, w.owner,
                    scene.shown, "staged_display");
    now.tell_seldom(there & !some & (scene.hidden > F(0.2F)), "hidden", c, w.owner, scene.hidden,
                    "conceal");
  }

  void hear(State& state, const Observer& o, std::uint32_t c, const Told& told) const {
    const std::size_t i = o.actor * watched_.size() + c;
    const F partner = F(0.7F) + F(0.3F) * state.at(Var::intelligence, o.actor);
    F sum(0.0F), number(0.0F), trust(0.0F);
    for (std::size_t k = 0; k < eyes.size(); ++k) {
      const F access = F(o.access[k]) * partner;
      sum += access * told.weight[k];
      if (!told.counted[k]) continue;
      number += access * told.count[k];
      trust += access * told.precision[k];
    }
    F& presence = state.at(Var::news_presence, i);
    F& strength = state.at(Var::news_strength, i);
    F& certain = state.at(Var::news_precision, i);
    presence += sum;
    strength += number;
    certain += trust;
  }

  /// An actor tells what it believes of the contingents of another; friends
  /// listen more.
  void disclosures(State& state, const Now& now) const {
    for (const std::uint32_t e : now.model.entries_of(Action::disclose)) {
      const Entry& entry = now.model.entries()[e];
      const F size = state.at(Var::started, e);
      if (!entry.target || !lanes::any(size > F(0.0F))) continue;
      const F word = lanes::clamp(F(0.5F) + F(0.5F) * state.at(Var::credibility, entry.actor),
                                  F(0.0F), F(1.0F));
      now.tell(size > F(0.0F), "disclosed", entry.actor, *entry.target, word, "disclose");
      for (const Watched& w : watched_) {
        if (w.owner != *entry.target && w.host != *entry.target) continue;
        const std::size_t own = entry.actor * watched_.size() + w.contingent;
        const F believed = lanes::clamp(state.at(Var::believed_presence, own), F(-3.0F), F(3.0F));
        for (const Observer& o : w.observers) {
          if (o.actor == entry.actor) continue;
          const std::size_t i = o.actor * watched_.size() + w.contingent;
          const F ear = F(0.2F + 0.5F * now.model.alignment(o.actor, entry.actor)) * word * size;
          state.at(Var::news_presence, i) += ear * believed;
          state.at(Var::news_strength, i) += ear * F(2.0F) * state.at(Var::believed_strength, own);
          state.at(Var::news_precision, i) += ear * F(2.0F);
        }
      }
    }
  }

  /// A denial is carried and weighs next to nothing: the accused deny what is so and what is not.
  void denials(State& state, const Now& now) const {
    for (const std::uint32_t e : now.model.entries_of(Action::deny)) {
      const Entry& entry = now.model.entries()[e];
      const F size = state.at(Var::started, e);
      if (!lanes::any(size > F(0.0F))) continue;
      for (const Watched& w : watched_) {
        if (w.owner != entry.actor && w.host != entry.actor) continue;
        for (const Observer& o : w.observers) {
          F& news = state.at(Var::news_presence, o.actor * watched_.size() + w.contingent);
          news = state.held(Var::news_presence, news - F(denial_nats) * size);
        }
      }
      now.tell(size > F(0.0F), "denied", entry.actor, entry.actor, size, "deny");
    }
  }

  std::vector<Impression> impressions_;
  std::vector<Rates> rates_;
  std::vector<Watched> watched_;
  std::vector<Tasking> taskings_;
  std::vector<std::size_t> deceivers_;  ///< those with such acts on their menu
  std::size_t actors_;
  KnobRef detect_{"reports.detect"}, conceal_{"reports.conceal"}, display_{"reports.display"},
      exposed_{"reports.exposed"}, fade_{"reports.switch"}, hours_{"reports.hours"};
};

}  // namespace

std::unique_ptr<Process> make_reports(const Model& model) {
  return std::make_unique<Reports>(model);
}

void step_reports(const Process& reports, State& state, const Now& now) {
  static_cast<const Reports&>(reports).step(state, now);
}

}  // namespace casus::world
