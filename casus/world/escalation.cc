// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/escalation.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "casus/world/acts.h"
#include "casus/world/law.h"
#include "casus/world/theories.h"
#include "casus/world/threats.h"

namespace casus::world {
namespace {

constexpr float whole = 10.0F;      ///< points: the end of the scale
constexpr float almost_all = 9.0F;  ///< where it begins to be felt

using casefile::Tag;

constexpr Knob rows[] = {
    {"escalation.memory", "B(12, 4)", 0.3, 0.97, "share",
     "tension that stays from week to week (alpha)", Tag::judgement,
     "judged: what a bout of acts did fades by half in two to three weeks; what lasts is the base",
     ""},
    {"escalation.reciprocity", "N(0.25, 0.15)", -0.2, 0.8, "points per point",
     "acts answered in feeling (rho); may be negative: bullying", Tag::judgement,
     "Goldstein and Pevehouse (1997) find both signs in weekly data of Bosnia; judged a quarter of "
     "a point back per point, less than none for a bully",
     "1997-09-01"},
    {"escalation.allies", "N(0.08, 0.05)", -0.05, 0.3, "points per point",
     "acts against allies felt (theta)", Tag::judgement,
     "judged: acts against allies are felt a third as much as acts against oneself; may be nil",
     ""},
    {"escalation.noise", "LN(0.4; 0.2)", 0.0, 1.2, "points/week", "weekly innovation",
     Tag::judgement, "half a point for the worst of relations, less for quiet ones", "2024-10-31"},
    {"escalation.drift", "LN(0.01; 0.5)", 0.0, 0.08, "1/week", "what lasts becomes the new base",
     Tag::judgement, "a shift lasts two years", "2024-10-31"},
    {"escalation.audience", "LN(0.1; 0.6)", 0.0, 0.8, "points", "audience cost of backing down (a)",
     Tag::judgement,
     "Fearon (1994); critics find next to none (Snyder and Borghard 2011): "
     "wide",
     "2011-08-01"},
    {"escalation.private", "B(5, 5)", 0.0, 1.0, "share",
     "threats made in private where a channel is open", Tag::judgement,
     "Kurizaki (2007) argues that many are and that records keep few: judged even", "2007-08-01"},
    {"escalation.face", "LN(0.1; 0.6)", 0.0, 0.6, "points",
     "what giving way to a private threat spares an open government at home", Tag::judgement,
     "Kurizaki (2007): secrecy shields who gives way; judged as large as the cost of backing down",
     "2007-08-01"},
    {"escalation.yield", "N(-0.6, 0.15)", -1.5, -0.1, "points", "worth of giving way to a threat",
     Tag::judgement, "set with keep and war so that an even threat works in about one case of four",
     ""},
    {"escalation.keep", "N(0.4, 0.1)", 0.0, 1.0, "points",
     "worth of standing firm against a threat that is dropped", Tag::judgement, "set with yield",
     ""},
    {"escalation.war", "N(-0.8, 0.15)", -2.0, -0.2, "points",
     "worth to the target of a threat that is carried out, at even forces", Tag::judgement,
     "set with yield", ""},
    {"escalation.fight", "N(-0.9, 0.15)", -2.0, -0.2, "points",
     "worth to the challenger of carrying its threat out, at even forces and no enmity",
     Tag::judgement, "set with yield: most threats are not carried out", ""},
    {"escalation.rung_memory", "B(16, 4)", 0.3, 0.98, "share",
     "the state of danger that stays from week to week", Tag::derived,
     "GML disputes since 1990 last 24 days in the median (own count): half gone in three weeks",
     "2016-06-01"},
    {"escalation.forgetting", "LN(0.98; 0.005)", 0.9, 1.0, "share",
     "promises kept and broken that are remembered a week later", Tag::judgement,
     "judged: half forgotten in two thirds of a year of weeks without a promise", ""},
};

constexpr float deed_size = 0.4F;  ///< intensity of what is done on a threat

struct Tie {
  std::size_t ally;
  float weight;
};

class Tension final : public Process {
 public:
  explicit Tension(const Model& model) : actors_(model.shape().actors) {
    allies_.resize(actors_);
    for (std::size_t a = 0; a < actors_; ++a) {
      float sum = 0.0F;
      for (std::size_t b = 0; b < actors_; ++b) {
        const float w = a == b ? 0.0F : std::max(model.alignment(a, b), 0.0F);
        if (w > 0.1F) allies_[a].push_back({b, w});
        if (w > 0.1F) sum += w;
      }
      for (Tie& tie : allies_[a]) tie.weight /= std::max(sum, 1.0F);
      for (std::size_t b = 0; b < actors_; ++b) {
        if (a != b && model.actor_key(a) < model.actor_key(b)) {
          pairs_.emplace_back(pair_of(model, a, b), pair_of(model, b, a));
        }
      }
    }
    for (const std::uint32_t e : model.entries_of(Action::threaten)) {
      if (model.entries()[e].target) threats_.push_back({e, deed_of(model, model.entries()[e])});
    }
  }
  [[nodiscard]] std::string_view name() const override { return "tension"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::tension,        Var::tension_base, Var::perceived_act, Var::rung,     Var::rung_state,
        Var::trust_kept,     Var::trust_broken, Var::started,       Var::openness, Var::honour,
        Var::support,        Var::rationality,  Var::talks,         Var::force,    Var::end_state,
        Var::entered,        Var::rally,        Var::ordered,       Var::due,      Var::cooldown,
        Var::believed_force, Var::vote_share,   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::tension, Var::tension_base, Var::rung_state, Var::trust_kept, Var::trust_broken,
        Var::honour,  Var::support,      Var::ordered,    Var::due,        Var::cooldown};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (now.week == 0) std::ranges::copy(state[Var::tension], state[Var::tension_base].begin());
    for (const Threat& t : threats_) threat(state, now, t);
    feel(state, now);
    for (const Threat& t : threats_) unheard(state, now, t);
    danger(state, now.model);
    const F keep = forgetting_(state);
    for (const Var v : {Var::trust_kept, Var::trust_broken}) {
      for (F& count : state[v]) count *= keep;
    }
  }

 private:
  struct Threat {
    std::uint32_t entry;
    std::optional<std::uint32_t> deed;  ///< what is done where the threat is carried out
  };

  /// The mildest act of harm against the same target that the challenger may choose.
  static std::optional<std::uint32_t> deed_of(const Model& model, const Entry& threat) {
    for (const Action action : {Action::sanction, Action::shift_posture, Action::expel_envoys,
                                Action::deep_strike, Action::city_campaign}) {
      for (const std::uint32_t e : model.entries_of(action)) {
        const Entry& entry = model.entries()[e];
        if (entry.actor == threat.actor && entry.target == threat.target) return e;
      }
    }
    return std::nullopt;
  }

  void feel(State& state, const Now& now) const {
    const F alpha = memory_(state);
    const F rho = reciprocity_(state);
    const F theta = allies_knob_(state);
    const F drift = drift_(state);
    const F sigma = noise_(state);
    const auto acts = std::as_const(state)[Var::perceived_act];
    for (const auto& [first, second] : pairs_) {
      // Both directions of a pair share one block of draws, two words each.
      const auto w =
          now.draws.words(Stream("tension"), static_cast<std::uint32_t>(now.week), first.key, 0);
      const F wobble[2] = {bell(w[0], w[1]), bell(w[2], w[3])};
      for (int i = 0; i < 2; ++i) {
        const Pair& pair = i == 0 ? first : second;
        F felt(0.0F);
        for (const Tie& tie : allies_[pair.from]) {
          if (tie.ally != pair.to) felt += F(tie.weight) * acts[tie.ally * actors_ + pair.to];
        }
        F& x = state.at(Var::tension, pair.index);
        F& base = state.at(Var::tension_base, pair.index);
        const F force = lanes::clamp(rho * acts[pair.index] + theta * felt, F(-6.0F), F(6.0F));
        const F loud = F(0.4F) + F(0.06F) * lanes::abs(base);
        x = on_scale(base + alpha * (x - base) + force + sigma * loud * wobble[i], base);
        base += drift * (x - base);
      }
    }
  }

  /// The scale ends at ten, which is approached and not hit: beyond nine, or the base if that is
  /// farther out, a point felt counts less and less.
  static F on_scale(F x, F base) {
    const F size = lanes::abs(x);
    if (!lanes::any(size > F(almost_all))) return x;
    const F same = select(x * base > F(0.0F), lanes::abs(base), F(0.0F));
    const F from = lanes::max(same, F(almost_all));
    const F beyond = size - from;
    const F room = lanes::max(F(whole) - from, F(1e-3F));
    const F end = lanes::min(from + room * (F(1.0F) - lanes::exp(-beyond / room)), F(whole));
    return select(beyond > F(0.0F), select(x < F(0.0F), -end, end), x);
  }

  /// Standard normal but for the tails: the sum of four uniforms of 16 bits.
  static F bell(lanes::U one, lanes::U two) {
    const auto low = [](lanes::U w) { return lanes::to_float((w << 16) >> 16); };
    const auto high = [](lanes::U w) { return lanes::to_float(w >> 16); };
    const F sum = low(one) + high(one) + low(two) + high(two);
    return (sum * F(1.0F / 65536.0F) - F(2.0F)) * F(1.7320508F);
  }

  /// Allies of who is threatened in private do not hear of it: what they felt is taken back.
  void unheard(State& state, const Now& now, const Threat& made_as) const {
    const Entry& entry = now.model.entries()[made_as.entry];
    const F size = state.at(Var::started, made_as.entry);
    if (!lanes::any(size > F(0.0F))) return;
    const M quiet = made_in_private(state, now, entry, private_(state));
    if (!lanes::any(quiet)) return;
    const F act = select(quiet, size * F(info(entry.action).goldstein), F(0.0F));
    for (std::size_t b = 0; b < actors_; ++b) {
      for (const Tie& tie : allies_[b]) {
        if (tie.ally != *entry.target || b == entry.actor) continue;
        F& x = state.at(Var::tension, b * actors_ + entry.actor);
        x = state.held(Var::tension, x - allies_knob_(state) * F(tie.weight) * act);
      }
    }
  }

  void danger(State& state, const Model& model) const {
    const F keep = rung_memory_(state);
    for (std::size_t a = 0; a < actors_; ++a) {
      F now_on = state.at(Var::rung, a);
      if (model.side_of(a) >= 0) {
        now_on = lanes::max(now_on, select(fighting(state), F(7.0F), F(0.0F)));
      }
      now_on = lanes::max(now_on, select((state.at(Var::entered, a) > F(0.5F)) & fighting(state),
                                         F(8.0F), F(0.0F)));
      F& danger = state.at(Var::rung_state, a);
      const F quiet = keep * danger + (F(1.0F) - keep) * now_on;
      danger =
          state.held(Var::rung_state, select(now_on > danger, F(0.5F) * (danger + now_on), quiet));
    }
  }

  void threat(State& state, const Now& now, const Threat& made_as) const {
    const std::uint32_t e = made_as.entry;
    const Entry& entry = now.model.entries()[e];
    const M made = state.at(Var::started, e) > F(0.0F);
    if (!lanes::any(made)) return;
    const std::size_t a = entry.actor;
    const std::size_t t = *entry.target;
    // Whoever is threatened weighs the other's force as it believes it, and knows its own.
    const F believed = state.at(Var::believed_force, t * actors_ + a);
    const F theirs = select(believed > F(0.0F), believed, state.at(Var::force, a));
    const F odds =
        lanes::log(lanes::max(theirs, F(1.0F)) / lanes::max(state.at(Var::force, t), F(1.0F)));
    const F power = lanes::clamp(F(0.3F) * odds, F(-1.0F), F(1.0F));
    const F hate = -state.at(Var::tension, a * actors_ + t) * F(0.1F);
    const M quiet = made_in_private(state, now, entry, private_(state));
    const F face = face_(state) * state.at(Var::openness, t) * theory_.at(state);
    const Crisis crisis{state.at(Var::rationality, t),
                        yield_(state) + select(quiet, face, F(0.0F)),
                        keep_(state),
                        war_(state) - power,
                        fight_(state) + F(0.5F) * power + F(0.4F) * hate,
                        F(0.0F),
                        select(quiet, F(0.0F), audience_(state) * theory_.at(state)),
                        state.at(Var::openness, a),
                        true};
    const F u = chance(now, Stream("threat"), fold(entry.key));
    const F p = concedes(crisis);
    const M yields = made & (u < p);
    const M backs_down =
        made & !yields & (chance(now, Stream("threat"), fold(entry.key), 1) > stands_firm(crisis));
    // What nobody heard adds nothing to honour and takes nothing from it.
    const F heard = select(quiet, F(0.0F), F(0.15F));
    F& honour = state.at(Var::honour, a);
    honour = state.held(Var::honour,
                        honour + select(yields, heard, select(backs_down, -heard, F(0.0F))));
    F& support = state.at(Var::support, a);
    support =
        state.held(Var::support, support - select(backs_down, audience_cost(crisis), F(0.0F)));
    now.tell(made & quiet, "threat_private", a, t, p, "talks");
    now.tell(yields, "threat_works", a, t, p, "act");
    now.tell(backs_down, "threat_empty", a, t, p, "act");
    if (made_as.deed) carry_out(state, now, *made_as.deed, made & !yields & !backs_down);
  }

  /// A threat that is neither heeded nor dropped is acted on in the coming weeks.
  void carry_out(State& state, const Now& now, std::uint32_t deed, M stands) const {
    const M acts = order_act(state, now, deed, stands, F(deed_size), F(1.0F));
    const Entry& entry = now.model.entries()[deed];
    now.tell(acts, "threat_kept", entry.actor, *entry.target, F(deed_size),
             casefile::name_of(entry.action));
  }

  std::size_t actors_;
  std::vector<std::vector<Tie>> allies_;
  std::vector<std::pair<Pair, Pair>> pairs_;  ///< both directions, smaller key first
  std::vector<Threat> threats_;
  KnobRef memory_{"escalation.memory"}, reciprocity_{"escalation.reciprocity"},
      allies_knob_{"escalation.allies"}, noise_{"escalation.noise"}, drift_{"escalation.drift"},
      audience_{"escalation.audience"}, private_{"escalation.private"}, face_{"escalation.face"},
      yield_{"escalation.yield"}, keep_{"escalation.keep"}, war_{"escalation.war"},
      fight_{"escalation.fight"}, rung_memory_{"escalation.rung_memory"},
      forgetting_{"escalation.forgetting"};
  AudienceTheory theory_;
};

}  // namespace

F audience_cost(const Crisis& crisis) {
  return crisis.in_public ? crisis.audience * crisis.openness : F(0.0F);
}

F stands_firm(const Crisis& crisis) {
  return lanes::logistic(F(2.0F) * (crisis.fight - crisis.back_down + audience_cost(crisis)));
}

F concedes(const Crisis& crisis) {
  const F s = stands_firm(crisis);
  const F gain = crisis.yield - (F(1.0F) - s) * crisis.keep - s * crisis.war;
  return lanes::logistic(lanes::clamp(crisis.lambda * gain, F(-20.0F), F(20.0F)));
}

std::span<const Knob> escalation_knobs() { return rows; }

std::unique_ptr<Process> make_tension(const Model& model) {
  return std::make_unique<Tension>(model);
}

void step_tension(const Process& tension, State& state, const Now& now) {
  static_cast<const Tension&>(tension).step(state, now);
}

}  // namespace casus::world
