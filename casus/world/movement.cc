// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/movement.h"

#include <algorithm>
#include <array>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/geo/geo.h"
#include "casus/world/law.h"

namespace casus::world {
namespace {

using casefile::Mode;
using casefile::Tag;

constexpr Knob knob_rows[] = {
    {"movement.speed", "LN(1; 0.2)", 0.5, 2, "ratio",
     "speed of troop movements against the usual of their mode", Tag::derived,
     "military trains from the Pacific to the west took 6 to 7 days in January 2022", "2022-02-01"},
    {"movement.room", "LN(1; 0.3)", 0.2, 4, "ratio",
     "room on the routes against the case's middle figure", Tag::judgement,
     "spread of the case's capacities", "2024-10-31"},
    {"movement.embark", "LN(0.35; 0.3)", 0.05, 1, "1/week",
     "share of the men decided upon that embarks in a week", Tag::judgement,
     "1,500 of 12,000 in the first lift of six days, October 2024", "2024-10-18"},
    {"movement.wave", "LN(1; 0.3)", 0.3, 3, "ratio",
     "size of a further sending against the case's middle figure", Tag::judgement,
     "spread of the case's wave", "2024-10-31"},
    {"movement.acclimatisation", "LN(4; 0.4)", 1, 26, "weeks",
     "from the first arrival at the front until a contingent is fit to fight", Tag::judgement,
     "training of some weeks was reported; first men reached Kursk oblast late in October 2024",
     "2024-10-31"},
    {"movement.replaced", "0", 0.0, 1.5, "share",
     "casualties of a contingent abroad that its owner makes good without a new decision",
     Tag::judgement, "by 2024 nothing was known of such drafts; a case that knows sets it",
     "2024-10-31"},
    {"movement.drilled", "LN(0.5; 0.4)", 0.0, 2.0, "share",
     "how much faster men of a fully ready army train at the front", Tag::judgement,
     "no measurement: a fully ready army has the drills and lacks only the ground, so half as fast "
     "again; a factor of 2 either way",
     ""},
    {"movement.settling", "LN(2; 0.4)", 0.5, 12, "weeks",
     "in which those who join a contingent that is fit become so", Tag::judgement,
     "joined to men who know the place", "2024-10-31"},
    {"movement.arrived", "U(0.2, 1.5)", 0, 8, "weeks",
     "since the first men at the front on the as-of day came there", Tag::judgement,
     "transport flights to Kursk oblast on 23 to 28 October", "2024-10-30"},
    {"movement.invited", "B(2, 5)", 0.01, 0.95, "share",
     "a host takes a new contingent that nobody had planned", Tag::judgement,
     "the treaty of June 2024 speaks of the defence of one's own land; none was shown abroad",
     "2024-10-31"},
    {"movement.patience", "LN(24; 1)", 1, 150, "weeks",
     "in which an owner who holds its contingent back comes to let it fight", Tag::judgement,
     "statements of late October 2024 expected combat within weeks of those who mean to fight; how "
     "long a reluctant owner stays so nobody could say",
     "2024-10-31"},
};

/// Speed classes of the weekly kernel; each future takes the nearest.
constexpr std::array<double, 5> classes = {0.65, 0.82, 1.0, 1.22, 1.5};
constexpr double dwell_days = 0.35;     ///< stop at the start of an edge within a running movement
constexpr float few = 0.02F;            ///< thousand men below which nobody is there to train
constexpr double fastest_factor = 2.0;  ///< of the usual speed: the hard limit behind C-2

/// Usual speed by mode, km a day. Rail: 9,000 km in 6 to 7 days (open rail watchers, January 2022);
/// near the theatre 1,400 km took 6 days (Slonim to Matveev-Kurgan, February 2023).
double usual_speed(Mode mode) {
  switch (mode) {
    case Mode::sea:
      return 450.0;
    case Mode::rail:
      return 1100.0;
    case Mode::road:
      return 350.0;
    case Mode::air:
      return 4000.0;
  }
  return 1000.0;
}

double stage_days(const Model& model, const Model::Path& path, std::size_t i) {
  const auto mode = model.given().routes[path.routes[i]].mode;
  return static_cast<double>(path.km[i]) / usual_speed(mode);
}

/// Share of the men at each node that passes each edge in a week on a one-way chain of `days` per
/// stage.
std::vector<float> chain(const std::vector<double>& days, const std::vector<double>& least) {
  const std::size_t n = days.size() + 1;
  std::vector<double> a(n * n, 0.0);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    a[i * n + i] = -7.0 / days[i];
    a[i * n + i + 1] = 7.0 / days[i];
  }
  const auto k = matrix_exponential(a, n);
  std::vector<float> pass(n * n, 0.0F);
  for (std::size_t i = 0; i < n; ++i) {
    double beyond = 0.0;
    for (std::size_t e = n - 1; e-- > i;) {
      beyond += k[i * n + e + 1];
      pass[i * n + e] = static_cast<float>(std::clamp(beyond, 0.0, 1.0));
    }
    double way = 0.0;
    for (std::size_t e = i; e + 1 < n; ++e) {
      way += least[e];
      if (way > 7.0) pass[i * n + e] = 0.0F;
    }
  }
  return pass;
}

}  // namespace

double travel_days(const Model& model, std::size_t contingent) {
  const Model::Path& path = model.path(contingent);
  double days = 0.0;
  for (std::size_t i = 0; i < path.routes.size(); ++i) days += stage_days(model, path, i);
  return days;
}

Passage passage(const Model& model, std::size_t contingent, double factor, double dwell) {
  const Model::Path& path = model.path(contingent);
  std::vector<double> days;
  std::vector<double> least;
  for (std::size_t i = 0; i < path.routes.size(); ++i) {
    const double travel = stage_days(model, path, i);
    days.push_back(std::max(travel / factor + (path.enters[i] ? dwell : 0.0), 1e-3));
    least.push_back(travel / fastest_factor);
  }
  Passage out;
  out.nodes = path.places.size();
  out.forward = chain(days, least);
  std::ranges::reverse(days);
  std::ranges::reverse(least);
  out.back = chain(days, least);
  return out;
}

namespace {

/// The entries that move a contingent.
struct Movers {
  std::vector<std::uint32_t> deploy, withdraw;
};

class Movement final : public Process {
 public:
  explicit Movement(const Model& model)
      : speed_(knob_index("movement.speed")),
        room_(knob_index("movement.room")),
        embark_(knob_index("movement.embark")),
        wave_(knob_index("movement.wave")),
        acclimatisation_(knob_index("movement.acclimatisation")),
        settling_(knob_index("movement.settling")),
        drilled_(knob_index("movement.drilled")),
        replaced_(knob_index("movement.replaced")),
        invited_(knob_index("movement.invited")),
        patience_(knob_index("movement.patience")) {
    const auto& given = model.given();
    for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
      if (!given.contingents[c].foreign || model.path(c).places.size() < 2) continue;
      moving_.push_back(c);
      movers_.push_back(movers(model, c));
      for (const double factor : classes)
        passages_.push_back(passage(model, c, factor, dwell_days));
      lay_out_passes();
      const auto& wave = given.contingents[c].wave;
      wave_size_.push_back(wave ? static_cast<float>(wave->prior.median() * 1e-3) : 0.0F);
    }
    for (const casefile::Route& r : given.routes) {
      capacity_.push_back(static_cast<float>(r.capacity.prior.median() * 7e-3));
    }
  }

  [[nodiscard]] std::string_view name() const override { return "movement"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::men,           Var::to_send,
                                   Var::force,         Var::active,
                                   Var::started,       Var::committed,
                                   Var::withdrawing,   Var::route_damage,
                                   Var::acclimatising, Var::trained,
                                   Var::in_combat,     Var::end_state,
                                   Var::readiness,     Var::contingent_casualties,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::men,       Var::to_send,     Var::departed,  Var::force,     Var::acclimatising,
        Var::in_combat, Var::withdrawing, Var::committed, Var::route_use, Var::trained};
    return vars;
  }

  [[nodiscard]] std::size_t lasting() const override { return passes_; }

  /// The share that passes each edge in a week, by each future's speed.
  void work_out(const State& state, const Now& /*now*/, std::span<F> out) const override {
    const auto in = in_class(state);
    for (const Reach& r : reaches_) {
      for (std::size_t e = r.start; e < r.end; ++e) {
        F pass(0.0F);
        for (std::size_t k = 0; k < classes.size(); ++k) {
          const Passage& p = passages_[r.moving * classes.size() + k];
          pass += in[k] * F((r.back ? p.back : p.forward)[r.start * r.nodes + e]);
        }
        out[r.first + e - r.start] = pass;
      }
    }
  }

  void step(State& state, const Now& now) const override {
    const Lasting passes(*this, state, now);
    for (F& use : state[Var::route_use]) use = F(0.0F);
    for (std::size_t m = 0; m < moving_.size(); ++m) send(state, now, m);
    for (std::size_t m = 0; m < moving_.size(); ++m) walk(state, now.model, passes, m, false);
    if (now.log != nullptr) tell_queues(state, now);
    for (std::size_t m = 0; m < moving_.size(); ++m) walk(state, now.model, passes, m, true);
    for (std::size_t r = 0; r < capacity_.size(); ++r) {
      state.at(Var::route_use, r) = lanes::min(state.at(Var::route_use, r), room(state, r));
    }
    for (std::size_t m = 0; m < moving_.size(); ++m) settle(state, now, m);
  }

 private:
  static Movers movers(const Model& model, std::uint32_t c) {
    const casefile::Contingent& k = model.given().contingents[c];
    Movers out;
    const bool labour = k.role == casefile::ContingentRole::labour;
    const bool technical = k.role == casefile::ContingentRole::technical;
    for (const Action action :
         {Action::deploy_contingent, Action::send_labour, Action::send_technicians}) {
      if ((action == Action::send_labour) != labour && action != Action::deploy_contingent)
        continue;
      if (action == Action::send_technicians && !technical) continue;
      for (const std::uint32_t e : model.entries_of(action)) {
        const Entry& entry = model.entries()[e];
        const bool named = entry.contingent == c;
        const bool meant = !entry.contingent && entry.target == k.host.index &&
                           action != Action::deploy_contingent;
        if (entry.actor == k.owner.index && (named || meant)) out.deploy.push_back(e);
      }
    }
    for (const std::uint32_t e : model.entries_of(Action::withdraw_contingent)) {
      const Entry& entry = model.entries()[e];
      const bool named = !entry.contingent || *entry.contingent == c;
      if (entry.actor == k.owner.index && named) out.withdraw.push_back(e);
    }
    return out;
  }

  /// Orders to send and to withdraw; embarking of those decided upon.
  void send(State& state, const Now& now, std::size_t m) const {
    const std::uint32_t c = moving_[m];
    F& waiting = state.at(Var::to_send, c);
    F& leaving = state.at(Var::withdrawing, c);
    F fresh(0.0F);
    F calls(0.0F);
    // A first sending of its kind needs the host's word, unless a plan of the case orders it.
    const M none = (men_abroad(state, c) < F(few)) & (waiting <= F(0.0F));
    const F u = chance(now, Stream("invited"), now.model.contingent_key(c));
    const F welcome = lanes::one_if((!none) | (u < state.at(Var::knob, invited_)));
    for (const std::uint32_t e : movers_[m].deploy) {
      const F agreed = now.model.entries()[e].chosen_freely ? welcome : F(1.0F);
      fresh += state.at(Var::started, e) * agreed * F(wave_size_[m]) * state.at(Var::knob, wave_);
      calls = lanes::max(calls, state.at(Var::started, e));
    }
    const casefile::Contingent& k = now.model.given().contingents[c];
    fresh += state.at(Var::knob, replaced_) * state.at(Var::contingent_casualties, c);
    now.tell((calls > F(0.0F)) & (fresh <= F(0.0F)), "host_declines", k.owner, k.host, calls,
             "draw");
    for (const std::uint32_t e : movers_[m].withdraw)
      leaving = lanes::max(leaving, state.at(Var::active, e));
    leaving = lanes::select(calls > F(0.0F), F(0.0F), leaving);
    waiting = state.held(Var::to_send, select(leaving > F(0.0F), F(0.0F), waiting + fresh));
    F& force = state.at(Var::force, k.owner);
    // The last few go together: a plan comes to its end, and another may be made.
    const F share = lanes::select(waiting < F(0.15F), F(1.0F), state.at(Var::knob, embark_));
    const F goes = lanes::min(waiting * share, force);
    waiting -= goes;
    force -= goes;
    now.tell(goes > F(0.2F), "embarks", c, k.owner, goes, "to_send");
    state.at(Var::departed, c) += goes;
    state.at(Var::men, c * state.shape().path_nodes) += goes;
  }

  /// Where a lane's speed falls among the classes: 0 or 1 for each.
  [[nodiscard]] std::array<F, 5> in_class(const State& state) const {
    const F speed = state.at(Var::knob, speed_);
    std::array<F, 5> in;
    F below(0.0F);
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const F upto = i + 1 < classes.size()
                         ? lanes::one_if(speed <= F(0.5 * (classes[i] + classes[i + 1])))
                         : F(1.0F);
      in[i] = upto - below;
      below = upto;
    }
    return in;
  }

  /// How far men who start at a node of a path, forward or back, can come in a week: edges from
  /// `start` up to, not including, `end`. Their passes stand from `first` on.
  struct Reach {
    std::size_t moving = 0, nodes = 0, start = 0, end = 0, first = 0;
    bool back = false;
  };

  /// Reaches of the contingent added last, forward and then back.
  void lay_out_passes() {
    const std::size_t m = moving_.size() - 1;
    const std::size_t n = passages_[m * classes.size()].nodes;
    reach_of_.push_back(reaches_.size());
    for (const bool back : {false, true}) {
      for (std::size_t start = 0; start + 1 < n; ++start) {
        Reach r{m, n, start, start, passes_, back};
        for (std::size_t k = 0; k < classes.size(); ++k) {
          const Passage& p = passages_[m * classes.size() + k];
          const auto& pass = back ? p.back : p.forward;
          for (std::size_t e = start; e + 1 < n; ++e) {
            if (pass[start * n + e] != 0.0F) r.end = std::max(r.end, e + 1);
          }
        }
        passes_ += r.end - start;
        reaches_.push_back(r);
      }
    }
  }

  /// First asks for room on every edge (`grant` false), then moves within what there is.
  void walk(State& state, const Model& model, const Lasting& passes, std::size_t m,
            bool grant) const {
    const std::uint32_t c = moving_[m];
    const Model::Path& path = model.path(c);
    const std::size_t n = path.places.size();
    const F leaving = state.at(Var::withdrawing, c);
    const M home = leaving > F(0.0F);
    const std::span<F> men = state[Var::men].subspan(c * state.shape().path_nodes, n);
    const std::size_t at = reach_of_[m];
    walk_way(state, path, men, passes, {at, lanes::select(home, F(0.0F), F(1.0F)), false, grant});
    if (lanes::any(home)) {
      walk_way(state, path, men, passes, {at + n - 1, leaving, true, grant});
    }
  }

  struct Way {
    std::size_t reaches;  ///< the first of the way's
    F share;              ///< of the men that goes this way
    bool back;
    bool grant;
  };

  /// What is granted on the edges of a way, each worked out once.
  class Grants {
   public:
    template <class Work>
    F of(std::size_t edge, const Work& work) {
      if (edge >= share_.size()) return work();
      if (!known_[edge]) share_[edge] = work();
      known_[edge] = true;
      return share_[edge];
    }

   private:
    std::array<F, 32> share_;
    std::array<bool, 32> known_{};
  };

  void walk_way(State& state, const Model::Path& path, std::span<F> men, const Lasting& passes,
                const Way& way) const {
    const std::size_t n = men.size();
    const auto node = [&](std::size_t i) { return way.back ? n - 1 - i : i; };
    const auto edge = [&](std::size_t e) { return way.back ? n - 2 - e : e; };
    Grants grants;
    for (std::size_t start = n - 1; start-- > 0;) {
      const F here = men[node(start)] * way.share;
      if (!lanes::any(here > F(0.0F))) continue;
      const Reach& reach = reaches_[way.reaches + start];
      F held(1.0F);
      F moved(0.0F);
      F before = here;
      for (std::size_t e = start; e < reach.end; ++e) {
        const F pass = passes[reach.first + e - start];
        const std::uint32_t route = path.routes[edge(e)];
        const bool enters = e == 0 || path.routes[edge(e - 1)] != route;
        if (!way.grant) {
          if (enters) state.at(Var::route_use, route) += here * pass;
          continue;
        }
        if (enters) held = lanes::min(held, grants.of(e, [&] { return granted(state, route); }));
        const F across = lanes::min(here * pass * held, before);
        if (e > start) men[node(e)] += before - across;
        if (e == start) moved = across;
        before = across;
      }
      if (!way.grant) continue;
      if (reach.end > start) men[node(reach.end)] += before;  // none gets farther
      men[node(start)] -= moved;
    }
  }

  /// Where more men ask for a route than it takes this week, the rest wait.
  void tell_queues(const State& state, const Now& now) const {
    for (std::size_t r = 0; r < capacity_.size(); ++r) {
      const F wait = state.at(Var::route_use, r) - room(state, r);
      now.tell_seldom(wait > F(0.05F), "queue", r, r, wait, "capacity");
    }
  }

  /// Men a route can take this week, k.
  [[nodiscard]] F room(const State& state, std::size_t route) const {
    return F(capacity_[route]) * state.at(Var::knob, room_) *
           (F(1.0F) - state.at(Var::route_damage, route));
  }

  /// Share of the asked-for men that a route can take this week.
  [[nodiscard]] F granted(const State& state, std::uint32_t route) const {
    return lanes::min(F(1.0F),
                      room(state, route) / lanes::max(state.at(Var::route_use, route), F(1e-6F)));
  }

  /// Arrivals get used to the front; the fit fight as far as their owner lets them; those home
  /// rejoin it.
  void settle(State& state, const Now& now, std::size_t m) const {
    const std::uint32_t c = moving_[m];
    const casefile::Contingent& k = now.model.given().contingents[c];
    const std::size_t base = c * state.shape().path_nodes;
    const F leaving = state.at(Var::withdrawing, c);
    F& origin = state.at(Var::men, base);
    const F home = lanes::select(leaving > F(0.0F), origin, F(0.0F));
    origin -= home;
    state.at(Var::force, k.owner) += home;
    const F there = state.at(Var::men, base + now.model.path(c).last());
    F& fit = state.at(Var::in_combat, c);
    F& fresh = state.at(Var::acclimatising, c);
    if (!(k.side && k.sector)) {
      fit = F(0.0F);
      fresh = F(0.0F);
      return;
    }
    F& allowed = state.at(Var::committed, c);
    const F pace = F(1.0F) / state.at(Var::knob, patience_);
    allowed += pace * allowed * (F(1.0F) - allowed);
    const F had = fit;
    fresh = state.held(Var::acclimatising, there - fit);
    // The body trains as one from its first arrivals on; who comes later joins men that know.
    F& trained = state.at(Var::trained, c);
    const F drilled = state.at(Var::knob, drilled_) * state.at(Var::readiness, k.owner);
    const F lesson = (F(1.0F) + drilled) / state.at(Var::knob, acclimatisation_);
    const M knows = trained >= F(0.999F);
    trained = lanes::select(there > F(few), lanes::min(trained + lesson, F(1.0F)), F(0.0F));
    const F pass = F(1.0F) - lanes::exp(F(-1.0F) / state.at(Var::knob, settling_));
    const F ready = fresh * lanes::select(knows, pass, F(0.0F));
    fit = lanes::min(fit + ready, there * allowed) * (F(1.0F) - leaving);
    fresh = there - fit;
    now.tell((had < F(0.5F)) & (fit >= F(0.5F)), "in_combat", c, k.owner, fit, "movement");
  }

  std::uint32_t speed_, room_, embark_, wave_, acclimatisation_, settling_, drilled_, replaced_,
      invited_, patience_;
  std::vector<std::uint32_t> moving_;
  std::vector<Movers> movers_;
  std::vector<Passage> passages_;      ///< [moving][class]
  std::vector<Reach> reaches_;         ///< [moving][forward, back][start]
  std::vector<std::size_t> reach_of_;  ///< the first of each moving contingent
  std::size_t passes_ = 0;
  std::vector<float> capacity_, wave_size_;
};

}  // namespace

std::span<const Knob> movement_knobs() { return knob_rows; }

std::unique_ptr<Process> make_movement(const Model& model) {
  return std::make_unique<Movement>(model);
}

void step_movement(const Process& movement, State& state, const Now& now) {
  static_cast<const Movement&>(movement).step(state, now);
}

}  // namespace casus::world
