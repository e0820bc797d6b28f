// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/materiel.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace casus::world {
namespace {

using casefile::StockKind;
using casefile::Tag;

constexpr std::size_t kinds = 9;

constexpr Knob knob_rows[] = {
    {"materiel.transit", "LN(6; 0.35)", 1, 40, "weeks", "from a sender's depot to the user's",
     Tag::judgement, "munition ships and trains: weeks; Western deliveries: weeks to months",
     "2024-10-31"},
    {"materiel.duds", "B(3, 9)", 0, 0.9, "share", "shells and missiles of closed states that fail",
     Tag::judgement, "many faulty rounds, about half of early missiles (prosecutors of Ukraine)",
     "2024-05-07"},
    {"materiel.package", "LN(1; 0.5)", 0.1, 5, "ratio",
     "size of a sending of arms against the usual", Tag::judgement,
     "judged: a package half or twice the usual is ordinary (a factor of 2.7 either way); the "
     "usual sizes are in materiel.md",
     ""},
    {"materiel.rebuild_decay", "LN(0.4; 0.4)", 0, 2, "1/year",
     "decline of rebuilding as storage empties", Tag::judgement,
     "stocks said to last two to three years in February 2024", "2024-02-12"},
    {"materiel.new_share", "B(4, 10)", 0, 1, "share",
     "of armour production that is new, not rebuilt", Tag::memory,
     "Watling and Reynolds (RUSI, February 2024): about four fifths of what Russian plants hand "
     "over is rebuilt, not new; judged somewhat more new later in the year",
     "2024-02-13"},
    {"materiel.tanks_lost", "LN(8; 0.5)", 0.5, 40, "per thousand casualties",
     "tanks lost by an attacker", Tag::judgement,
     "claims fell from about 20 to below 10 between 2022 and 2024", "2024-10-31"},
    {"materiel.guns_lost", "LN(6; 0.5)", 0.1, 60, "per thousand casualties",
     "guns lost per thousand casualties", Tag::judgement, "claims of 2024, halved", "2024-10-31"},
    {"materiel.growth", "N(0.25, 0.2)", -0.5, 1.5, "1/year",
     "growth of drone and munition works at full output", Tag::judgement,
     "announced plans of both sides and NATO members in 2024", "2024-10-31"},
    {"materiel.mastery", "LN(10; 0.4)", 2, 60, "weeks",
     "to halve the gap to mastery of foreign kit", Tag::judgement,
     "crews of foreign kit, materiel.md", "2024-10-31"},
    {"materiel.teachers", "LN(1.8; 0.3)", 1, 5, "ratio",
     "speed of learning while foreign technicians stay", Tag::judgement,
     "trainers came after numerous failures in 2022", "2022-10-20"},
};

/// What a full sending of arms is, items a week (judgement), by kind.
constexpr std::array<float, kinds> usual_package = {3, 8, 3, 1, 6000, 1500, 60, 5, 6};
constexpr float deepest_draw = 1.0F / 26.0F;  ///< of its stock that a giver parts with in a week
constexpr float carriers_per_tank = 2.2F;
constexpr float growth_years = 1.5F;  ///< in which growth of works levels off

class Materiel final : public Process {
 public:
  explicit Materiel(const Model& model)
      : transit_(knob_index("materiel.transit")),
        duds_(knob_index("materiel.duds")),
        package_(knob_index("materiel.package")),
        decay_(knob_index("materiel.rebuild_decay")),
        new_(knob_index("materiel.new_share")),
        tanks_(knob_index("materiel.tanks_lost")),
        guns_(knob_index("materiel.guns_lost")),
        growth_(knob_index("materiel.growth")),
        mastery_(knob_index("materiel.mastery")),
        teachers_(knob_index("materiel.teachers")) {
    const auto& given = model.given();
    for (const std::uint32_t e : model.entries_of(Action::send_arms)) {
      const Entry& entry = model.entries()[e];
      if (!entry.target) continue;
      add_gift(given, e, entry, entry.kind.value_or(StockKind::shells));
    }
    for (const std::uint32_t e : model.entries_of(Action::send_air_defence)) {
      const Entry& entry = model.entries()[e];
      if (entry.target) add_gift(given, e, entry, StockKind::interceptors);
    }
    add_flows(model);
    for (std::size_t a = 0; a < model.shape().actors; ++a) add_army(model, a);
  }

  [[nodiscard]] std::string_view name() const override { return "materiel"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::stock,     Var::production, Var::inflow,    Var::pipe_1,
        Var::pipe_2,    Var::pipe_3,     Var::active,    Var::sector_casualties,
        Var::intensity, Var::in_combat,  Var::men,       Var::casualties,
        Var::end_state, Var::aid_rate,   Var::aid_start, Var::route_damage,
        Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::stock,  Var::production, Var::pipe_1,   Var::pipe_2,
                                   Var::pipe_3, Var::delivered,  Var::learning, Var::technicians};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    deliver(state);
    give(state, now);
    produce(state, now);
    for (const Army& army : armies_) wear(state, army);
    teach(state, now.model);
  }

 private:
  struct Gift {
    std::uint32_t entry;
    std::size_t from, to;
    float usual;
    bool may_fail;
  };
  struct Running {
    std::size_t from, to;
    float share;                        ///< of what runs to the receiver in this kind
    bool drains;                        ///< the case knows the sender's stock
    std::optional<std::size_t> aid;     ///< pair that sender aids the receiver by
    std::vector<std::uint32_t> routes;  ///< the way of the sender's men; none: not by rail
  };
  struct Army {
    std::size_t actor, side;
  };

  void add_gift(const casefile::Case& given, std::uint32_t e, const Entry& entry, StockKind kind) {
    const auto k = static_cast<std::size_t>(kind);
    const bool prone = kind == StockKind::shells || kind == StockKind::missiles;
    const bool closed = given.actors[entry.actor].openness == casefile::Openness::closed;
    gifts_.push_back(
        {e, entry.actor * kinds + k, *entry.target * kinds + k, usual_package[k], prone && closed});
  }

  void add_flows(const Model& model) {
    const casefile::Case& given = model.given();
    for (const casefile::Flow& f : given.flows) {
      const auto k = static_cast<std::size_t>(f.kind);
      double all = 0.0;
      for (const casefile::Flow& g : given.flows) {
        if (g.to == f.to && g.kind == f.kind) all += g.amount.prior.median();
      }
      bool drains = false;
      for (const casefile::Stock& stock : given.stocks) {
        drains = drains || (stock.actor == f.from && stock.kind == f.kind);
      }
      const double share = all > 0.0 ? f.amount.prior.median() / all : 0.0;
      const bool aids = std::ranges::any_of(given.aid, [&](const casefile::Aid& aid) {
        return aid.from == f.from && aid.to == f.to;
      });
      const auto by_rail = std::ranges::find_if(given.contingents, [&](const auto& c) {
        return c.foreign && c.owner == f.from && c.host == f.to;
      });
      std::vector<std::uint32_t> routes;
      if (by_rail != given.contingents.end()) {
        const auto c = static_cast<std::uint32_t>(by_rail - given.contingents.begin());
        routes.assign(model.path(c).routes.begin(), model.path(c).routes.end());
      }
      flows_.push_back(
          {f.from.index * kinds + k, f.to.index * kinds + k, static_cast<float>(share), drains,
           aids ? std::optional(f.from.index * given.actors.size() + f.to.index) : std::nullopt,
           std::move(routes)});
    }
  }

  void add_army(const Model& model, std::size_t a) {
    const int side = model.side_of(a);
    if (side >= 0 && model.lead(static_cast<std::size_t>(side)) == a) {
      armies_.push_back({a, static_cast<std::size_t>(side)});
    }
  }

  /// Each of three stages passes on; the last arrives. New entries follow, so nothing arrives at
  /// once.
  void deliver(State& state) const {
    const F rate = lanes::min(F(3.0F) / state.at(Var::knob, transit_), F(1.0F));
    for (std::size_t i = 0; i < state.shape().actors * kinds; ++i) {
      const F arrives = state.at(Var::pipe_3, i) * rate;
      const F second = state.at(Var::pipe_2, i) * rate;
      const F first = state.at(Var::pipe_1, i) * rate;
      state.at(Var::pipe_3, i) += second - arrives;
      state.at(Var::pipe_2, i) += first - second;
      state.at(Var::pipe_1, i) -= first;
      state.at(Var::delivered, i) = arrives;
      state.at(Var::stock, i) += arrives;
    }
    for (const Running& f : flows_) {
      F sent = state.at(Var::inflow, f.to) * F(f.share) * willing(state, f) * passes(state, f);
      if (f.drains) {
        F& stock = state.at(Var::stock, f.from);
        sent = lanes::min(sent, stock);
        stock -= sent;
      }
      state.at(Var::pipe_1, f.to) += sent;
    }
  }

  /// What a donor of aid still sends in kind: less as it decides on less, never more, since what it
  /// can spare was sent from the first.
  static F willing(const State& state, const Running& f) {
    if (!f.aid) return F(1.0F);
    const F start = state.at(Var::aid_start, *f.aid);
    const F now = state.at(Var::aid_rate, *f.aid) / lanes::max(start, F(1e-6F));
    return select(start > F(1e-6F), lanes::min(now, F(1.0F)), F(1.0F));
  }

  /// What the worst stretch of the line lets through; the rest is not sent.
  static F passes(const State& state, const Running& f) {
    F open(1.0F);
    for (const std::uint32_t r : f.routes) {
      open = lanes::min(open, F(1.0F) - state.at(Var::route_damage, r));
    }
    return open;
  }

  void give(State& state, const Now& now) const {
    for (const Gift& g : gifts_) {
      const F active = state.at(Var::active, g.entry);
      if (!lanes::any(active > F(0.0F))) continue;
      F& stock = state.at(Var::stock, g.from);
      const F want = active * F(g.usual) * state.at(Var::knob, package_);
      const F sent = lanes::min(want, stock * F(deepest_draw));
      stock -= sent;
      const F works = g.may_fail ? F(1.0F) - state.at(Var::knob, duds_) : F(1.0F);
      state.at(Var::pipe_1, g.to) += sent * works;
    }
    if (now.log != nullptr) tell_duds(state, now);
  }

  /// What runs from closed states was cut by its duds at the start, what is given anew just now.
  void tell_duds(const State& state, const Now& now) const {
    for (const Running& f : flows_) {
      const bool closed =
          now.model.given().actors[f.from / kinds].openness == casefile::Openness::closed;
      const auto kind = static_cast<StockKind>(f.to % kinds);
      if (!closed || (kind != StockKind::shells && kind != StockKind::missiles)) continue;
      now.tell_seldom(state.at(Var::inflow, f.to) > F(0.0F), "duds", f.from / kinds, f.to / kinds,
                      state.at(Var::knob, duds_), "draw");
    }
  }

  void produce(State& state, const Now& now) const {
    const F decay = lanes::exp(-state.at(Var::knob, decay_) * F(1.0F / 52.0F));
    const F fresh = state.at(Var::knob, new_);
    // Armour: what is rebuilt fades, what is new stays; the share of the latter rises as the rest
    // goes.
    const F year(static_cast<float>(now.week) / 52.0F);
    const F before = fresh + (F(1.0F) - fresh) * lanes::exp(-state.at(Var::knob, decay_) * year);
    const F after = fresh + (before - fresh) * decay;
    const F armour = after / before;
    const F boom = lanes::exp(state.at(Var::knob, growth_) * F(1.0F / 52.0F) *
                              lanes::exp(-year / F(growth_years)));
    for (std::size_t a = 0; a < state.shape().actors; ++a) {
      for (std::size_t k = 0; k < kinds; ++k) {
        F& rate = state.at(Var::production, a * kinds + k);
        const auto kind = static_cast<StockKind>(k);
        rate *= kind == StockKind::tanks || kind == StockKind::carriers ? armour
                : k >= static_cast<std::size_t>(StockKind::shells)      ? boom
                                                                        : F(1.0F);
        state.at(Var::stock, a * kinds + k) += rate;
      }
    }
  }

  /// Armour and guns lost with last week's casualties, more for whoever attacked.
  void wear(State& state, const Army& army) const {
    F attacked(0.0F);
    F lost(0.0F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      const F here = state.at(Var::sector_casualties, s * 2 + army.side);
      const F own = state.at(Var::intensity, s * 2 + army.side);
      lost += here;
      attacked += here * own / (own + state.at(Var::intensity, s * 2 + 1 - army.side) + F(0.05F));
    }
    const std::size_t base = army.actor * kinds;
    const auto take = [&](StockKind kind, F amount) {
      F& stock = state.at(Var::stock, base + static_cast<std::size_t>(kind));
      stock -= lanes::min(amount, stock);  // nobody loses what he has not
    };
    const F tanks = state.at(Var::knob, tanks_) * attacked;
    take(StockKind::tanks, tanks);
    take(StockKind::carriers, tanks * F(carriers_per_tank));
    take(StockKind::guns, state.at(Var::knob, guns_) * lost);
  }

  /// Foreign technicians speed up mastery: those of contingents that serve here and those sent
  /// anew.
  void teach(State& state, const Model& model) const {
    const std::size_t nodes = state.shape().path_nodes;
    for (F& present : state[Var::technicians]) present = F(0.0F);
    for (std::uint32_t c = 0; c < state.shape().contingents; ++c) {
      const casefile::Contingent& k = model.given().contingents[c];
      if (!k.foreign || k.role != casefile::ContingentRole::technical) continue;
      F men(0.0F);
      for (std::size_t node = 1; node < nodes; ++node) men += state.at(Var::men, c * nodes + node);
      F& present = state.at(Var::technicians, k.host);
      present = lanes::max(present, men / (men + F(0.05F)));
    }
    for (std::size_t a = 0; a < state.shape().actors; ++a) {
      F& present = state.at(Var::technicians, a);
      present = lanes::max(present, activity_on(state, model, Action::send_technicians, a));
      const F speed = F(1.0F) + (state.at(Var::knob, teachers_) - F(1.0F)) * present;
      F& learned = state.at(Var::learning, a);
      learned += (F(1.0F) - learned) *
                 (F(1.0F) - lanes::exp(F(-0.6931472F) * speed / state.at(Var::knob, mastery_)));
    }
  }

  std::uint32_t transit_, duds_, package_, decay_, new_, tanks_, guns_, growth_, mastery_,
      teachers_;
  std::vector<Gift> gifts_;
  std::vector<Running> flows_;
  std::vector<Army> armies_;
};

}  // namespace

std::span<const Knob> materiel_knobs() { return knob_rows; }

std::unique_ptr<Process> make_materiel(const Model& model) {
  return std::make_unique<Materiel>(model);
}

void step_materiel(const Process& materiel, State& state, const Now& now) {
  static_cast<const Materiel&>(materiel).step(state, now);
}

}  // namespace casus::world
