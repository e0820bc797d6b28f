// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/front.h"

#include <boost/container/small_vector.hpp>
#include <optional>

#include "casus/world/front_law.h"
#include "casus/world/theories.h"

namespace casus::world {
namespace {

using casefile::Tag;
using front::Fires;
using front::Knobs;
using front::Law;
using front::Meeting;

constexpr Knob knob_rows[] = {
    {"front.v0", "LN(0.6; 0.5)", 0.05, 5, "km/week", "advance at full intensity and equal pressure",
     Tag::prototype, "back-solved; the drift is fitted to each sector's gain of late",
     "2024-10-31"},
    {"front.kappa_drone", "LN(0.34; 0.4)", 0.02, 1.5, "casualties per drone",
     "casualties per attack drone at full exposure", Tag::prototype,
     "back-solved so that claimed losses of about 1,200 a day lie inside the spread", "2024-10-31"},
    {"front.kappa_shell", "LN(0.105; 0.4)", 0.005, 0.5, "casualties per shell",
     "casualties per shell, bombs and mines counted with it", Tag::prototype,
     "back-solved so that claimed losses of about 1,200 a day lie inside the spread, with "
     "kappa_drone",
     "2024-10-31"},
    {"front.exposure", "U(0.18, 0.38)", 0.05, 1, "share", "exposure of a defender in the open",
     Tag::prototype, "back-solved; Biddle (2004) on exposure reduction", "2024-10-31"},
    {"front.beta", "U(0.8, 1.6)", 0.2, 3, "ratio", "how steeply the advance follows the pressure",
     Tag::judgement, "Helmbold (1990) on advance rates finds no steeper law", "1990-12-31"},
    {"front.theta", "U(0.3, 1.0)", 0, 3, "log", "pressure a full fort takes away", Tag::judgement,
     "Biddle (2004)", "2004-12-31"},
    {"front.dispersion", "LN(2.4; 0.3)", 0.5, 8, "shape",
     "luck of a sector's weekly gain, gamma shape", Tag::derived,
     "weekly change by sector on public maps, July to October 2024, comes in lumps of about 12 "
     "km2: "
     "shape = gain / 12, in the mean over sectors by what each adds to the spread",
     "2024-10-28"},
    {"front.rho_front", "0.95", 0, 0.995, "ratio", "memory of the drift along the whole front",
     Tag::prototype,
     "back-solved so that the spread of two years' ground is what one would have said in October "
     "2024",
     "2024-10-31"},
    {"front.sd_front", "LN(0.026; 0.25)", 0, 0.5, "log/week",
     "weekly change of the drift along the whole front", Tag::prototype,
     "back-solved so that the 95 % quantile of a week's gain stays below 300 km2 in the first year",
     "2024-10-31"},
    {"front.rho_sector", "0.90", 0, 0.995, "ratio", "memory of a sector's drift", Tag::prototype,
     "back-solved: sectors of the public maps wake and sleep within a season", "2024-10-31"},
    {"front.sd_sector", "LN(0.05; 0.25)", 0, 0.5, "log/week", "weekly change of a sector's drift",
     Tag::prototype, "back-solved with rho_sector; lumps of a week are the dispersion's",
     "2024-10-31"},
    {"front.season", "U(0.05, 0.5)", 0, 0.9, "share", "movement lost in the mud of March",
     Tag::judgement, "the thaw is common knowledge, its size in this war is not", "2024-10-31"},
    {"front.density", "LN(0.12; 0.4)", 0.02, 1, "k/km", "men a kilometre below which a line breaks",
     Tag::judgement, "Kursk, August 2024: 92 settlements and about 1,250 km2 against border guards",
     "2024-08-20"},
    {"front.breakthrough", "LN(15; 0.6)", 0, 100, "ratio",
     "how much faster a broken line falls back", Tag::judgement,
     "historical ceilings of 2 to 11 km a day in contact (Helmbold 1990)", "1990-12-31"},
    {"front.shell_demand", "LN(0.145; 0.25)", 0.01, 1, "k/km/week",
     "shells wanted per busy kilometre", Tag::derived,
     "about 10,000 a day on the Russian side over the whole front", "2024-03-11"},
    {"front.drone_demand", "LN(0.058; 0.35)", 0.002, 1, "k/km/week",
     "attack drones wanted per busy kilometre", Tag::judgement,
     "1.2 to 1.5 million a year announced by each side", "2024-10-02"},
    {"front.shell_cover", "LN(40; 0.3)", 8, 150, "weeks",
     "over which a stock of shells is spread beside the running supply", Tag::judgement,
     "gunners fire what comes and keep a reserve against a dry spell, as in winter 2023-24",
     "2024-10-31"},
    {"front.drone_cover", "LN(10; 0.3)", 2, 60, "weeks",
     "over which a stock of attack drones is spread beside the running supply", Tag::judgement,
     "they are used nearly as they are built", "2024-10-31"},
    {"front.jamming", "B(5, 15)", 0, 0.95, "share", "attack drones lost to jamming", Tag::judgement,
     "reports name a tenth to a half", "2024-10-31"},
    {"front.intelligence", "LN(0.12; 0.5)", 0, 1, "ratio", "gain of fires by shared intelligence",
     Tag::judgement,
     "judged: full sharing makes fires an eighth more deadly, of the order of the catalogue's 5 to "
     "20 %; a factor of 2.7 either way",
     ""},
    {"front.fort_growth", "LN(0.01; 0.5)", 0, 0.05, "1/week", "growth of forts in a quiet sector",
     Tag::judgement, "a belt of half a year's work stood by mid-2023", "2023-08-31"},
    {"front.fort_depth", "LN(8; 0.4)", 1, 40, "km", "depth of works an advance passes through",
     Tag::judgement, "three lines within 10 to 15 km", "2023-08-31"},
    {"front.slow_rho", "0.97", 0, 0.995, "ratio", "memory of the war's slow intensity",
     Tag::judgement, "claimed daily losses by half-year moved slowly, 2022 to 2024", "2024-10-31"},
    {"front.slow_sd", "LN(0.028; 0.3)", 0, 0.3, "log/week",
     "weekly change of the war's slow intensity", Tag::judgement,
     "judged with slow_rho: a tenth in a quarter of a year, as claimed daily losses of 2022 to "
     "2024 moved",
     "2024-10-31"},
    {"front.fade", "LN(200; 0.6)", 8, 400, "weeks",
     "half-life of the advantage that gains of late speak of", Tag::judgement,
     "lines of effort lasted from three months to two years", "2024-10-31"},
    {"front.offensive", "LN(0.18; 0.4)", 0, 1, "share",
     "intensity a full offensive adds to its sector", Tag::judgement,
     "judged: a full offensive adds a sixth of full intensity to its sector; offensives of 2023 "
     "and 2024 were told apart from ordinary weeks by about that",
     "2024-10-31"},
    {"front.concentration", "B(7, 3)", 0, 1, "share",
     "of an offensive's added effort that other sectors go without", Tag::judgement,
     "brigades for Kursk in August 2024 came from other sectors; no side had idle corps",
     "2024-10-31"},
    {"front.reach", "LN(50; 0.5)", 10, 400, "km",
     "depth of advance that costs a unit of log pressure: longer supply, new lines behind",
     Tag::judgement, "advances of 2022 to 2024 spent themselves within 30 to 80 km", "2024-10-31"},
    {"front.small_arms", "0", 0, 0.5, "1/week",
     "casualties, per man at grips, that rifles and machine guns would cause at full exposure",
     Tag::judgement,
     "this war's casualties are charged to shells and drones; wars of infantry set it in the case",
     "2024-10-31"},
    {"front.tempo", "0.15", 0.02, 1.0, "share/week",
     "how far attacks go in a week from what they are to what is meant", Tag::judgement,
     "offensives of 2023 and 2024 took four to six weeks to reach their pace", "2024-10-31"},
    {"front.lull", "B(2, 10)", 0, 0.8, "share",
     "of its attacks that a side which means its talks holds back", Tag::judgement,
     "Min (2020): talks seldom slow a war and are used to regroup; judged a sixth of attacks, "
     "between none and two fifths",
     "2020-05-01"},
    {"front.killed", "B(16, 60)", 0.05, 0.6, "share", "killed among casualties", Tag::derived,
     "estimates of 80,000 of 480,000 and 115,000 of 615,000", "2024-10-09"},
};

constexpr float casualty_cap = 0.2F;
constexpr float loss_shape = 12.0F;
constexpr float intensity_noise = 0.06F;  ///< of itself a week
constexpr float base_noise = 0.02F;       ///< of itself a week
constexpr float fort_top = 0.8F;
constexpr float least_bustle = 0.01F;  ///< attack intensity where nothing goes on
constexpr float chip_room = 100.0F;    ///< km2 left below which there is little left to attack
constexpr float broken_line = 3.0F;    ///< km a week over a whole sector that count as a break
constexpr float notable_gain = 60.0F;  ///< km2 in a week that history will name

class Front final : public Process {
 public:
  explicit Front(const Model& model) : law_(model), fortify_(fortify_entries(model)) {}

  [[nodiscard]] std::string_view name() const override { return "front"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::end_state,
                                   Var::troops,
                                   Var::fort,
                                   Var::intensity,
                                   Var::base_intensity,
                                   Var::in_combat,
                                   Var::quality,
                                   Var::morale,
                                   Var::passive,
                                   Var::men,
                                   Var::stock,
                                   Var::learning,
                                   Var::intelligence,
                                   Var::active,
                                   Var::frontage,
                                   Var::zeta_base,
                                   Var::zeta_front,
                                   Var::zeta_sector,
                                   Var::slow_intensity,
                                   Var::production,
                                   Var::pipe_3,
                                   Var::area_shift,
                                   Var::chip,
                                   Var::fires_start,
                                   Var::men_start,
                                   Var::talks,
                                   Var::type,
                                   Var::handed_over,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::troops,         Var::fort,           Var::intensity,
                                   Var::base_intensity, Var::area_shift,     Var::area_week,
                                   Var::chip,           Var::casualties,     Var::killed,
                                   Var::zeta_front,     Var::zeta_sector,    Var::zeta_base,
                                   Var::stock,          Var::slow_intensity, Var::sector_casualties,
                                   Var::fires_start,    Var::men_start};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    const M on = law_.fighting(state);
    for (std::size_t side = 0; side < 2; ++side) state.at(Var::casualties, side) = F(0.0F);
    if (!now.model.has_war()) return quiet(state);
    const F all = law_.total_weight(state);
    const Fires fires = law_.fires(state, all);
    fire(state, fires, all, on);
    const F mud = law_.mud(state, now.week);
    if (now.log != nullptr) tell_fires(state, now, fires, mud, on);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) fight(state, now, s, fires, mud, on);
    for (std::size_t side = 0; side < 2; ++side) press(state, now, side, on);
    drift(state, now);
  }

 private:
  struct Digging {
    std::uint32_t entry = 0;
    std::optional<std::uint32_t> sector;  ///< none: everywhere
  };
  static std::array<std::vector<Digging>, 2> fortify_entries(const Model& model) {
    std::array<std::vector<Digging>, 2> out;
    for (const std::uint32_t e : model.entries_of(Action::fortify)) {
      const Entry& entry = model.entries()[e];
      const int side = model.side_of(entry.actor);
      if (side >= 0) out[static_cast<std::size_t>(side)].push_back({e, entry.sector});
    }
    return out;
  }

  static void quiet(State& state) {
    for (F& x : state[Var::area_week]) x = F(0.0F);
    for (F& x : state[Var::sector_casualties]) x = F(0.0F);
  }

  /// Takes what is fired from the leads' stocks.
  void fire(State& state, const Fires& fires, F weight, M on) const {
    for (std::size_t side = 0; side < 2; ++side) {
      const std::size_t base = law_.lead(side) * 9;
      F& shells =
          state.at(Var::stock, base + static_cast<std::size_t>(casefile::StockKind::shells));
      F& drones =
          state.at(Var::stock, base + static_cast<std::size_t>(casefile::StockKind::attack_drones));
      const F k = weight * lanes::one_if(on) * F(1000.0F);
      shells -= lanes::min(fires.shells[side] * k, shells);  // nobody fires what he has not
      drones -= lanes::min(fires.drones[side] * k, drones);
    }
  }

  /// Whose fires do the harm, and when mud slows all.
  void tell_fires(const State& state, const Now& now, const Fires& fires, F mud, M on) const {
    const Knobs& k = law_.knobs();
    for (std::size_t side = 0; side < 2; ++side) {
      const F drones = law_.knob(state, k.kappa_drone) * fires.drones[side] *
                       (F(1.0F) - law_.knob(state, k.jamming));
      const F guns = law_.knob(state, k.kappa_shell) * fires.shells[side];
      now.tell_seldom(on, "drone_fires", law_.lead(side), law_.lead(1 - side),
                      drones / lanes::max(drones + guns, F(1e-6F)), "attack_drones");
    }
    now.tell_seldom(on & (mud > F(0.1F)), "mud", 0, 0, mud, "season");
  }

  void fight(State& state, const Now& now, std::size_t s, const Fires& fires, F mud, M on) const {
    static constexpr Stream loss_stream("front.loss");
    static constexpr Stream gain_stream("front.gain");
    const auto week = static_cast<std::uint32_t>(now.week);
    const std::uint32_t key = now.model.sector_key(s);
    const Knobs& k = law_.knobs();
    const F advantage = state.at(Var::zeta_front, 0) + state.at(Var::zeta_sector, s);
    const Meeting m = law_.meet(state, s, fires, advantage, mud);
    if (now.week == 0) remember(state, s, m);
    const F war = lanes::one_if(on);
    std::array<F, 2> gain;
    for (std::uint32_t side = 0; side < 2; ++side) {
      const F luck = now.draws.unit_gamma(F(loss_shape), loss_stream, week, key, side);
      const F loss = lanes::min(m.exposure[side] * suffered(state, s, side, m) * luck,
                                m.men[side] * F(casualty_cap)) *
                     war;
      F& troops = state.at(Var::troops, s * 2 + side);
      const F own = loss * troops / lanes::max(m.men[side], F(1e-6F));
      state.at(Var::sector_casualties, s * 2 + side) = loss;
      state.at(Var::casualties, side) += loss;
      state.at(Var::killed, side) += loss * law_.knob(state, k.killed);
      troops = state.held(Var::troops, troops - own);
      gain[side] =
          m.advance[side] * state.at(Var::frontage, s) * war *
          now.draws.unit_gamma(law_.knob(state, k.dispersion), gain_stream, week, key, side);
    }
    // Nobody retakes more than was lost; the land beyond lies in other sectors.
    const bool chip = now.model.given().sectors[s].chip;
    const F won = chip ? lanes::min(gain[0] - gain[1], state.at(Var::chip, s)) : gain[0] - gain[1];
    const F net = within_room(state, now.model, s, won);
    state.at(Var::area_week, s) = net;
    state.at(Var::area_shift, s) += net;
    if (chip) {
      F& held = state.at(Var::chip, s);
      const F before = held;
      held = state.held(Var::chip, held - net);
      now.tell((before > F(1.0F)) & (held <= F(1.0F)), "chip_lost", s, 1, before, "front");
    }
    const F breaks = F(broken_line) * state.at(Var::frontage, s);
    now.tell(net > breaks, "breakthrough", s, 0, net, "density");
    now.tell(-net > breaks, "breakthrough", s, 1, -net, "density");
    now.tell(net > F(notable_gain), "advance", s, 0, net, "front");
    now.tell(-net > F(notable_gain), "advance", s, 1, -net, "front");
    dig(state, s, m, on);
  }

  /// What rival laws of losses are counted from.
  static void remember(State& state, std::size_t s, const Meeting& m) {
    for (std::size_t side = 0; side < 2; ++side) {
      state.at(Var::fires_start, s * 2 + side) = m.effect[side];
      state.at(Var::men_start, s * 2 + side) = m.men[side];
    }
  }
  /// Harm done to a side at full exposure, by the law of losses that holds in each future.
  F suffered(const State& state, std::size_t s, std::size_t side, const Meeting& m) const {
    const std::size_t own = s * 2 + side;
    const std::size_t enemy = s * 2 + 1 - side;
    return harm(theory_(state),
                {m.effect[1 - side], state.at(Var::fires_start, enemy), m.men[side],
                 m.men[1 - side], state.at(Var::men_start, own), state.at(Var::men_start, enemy)});
  }

  /// A gain ends at the border or the coast behind the sector.
  static F within_room(const State& state, const Model& model, std::size_t s, F net) {
    const auto& room = model.given().sectors[s].room;
    if (!room) return net;
    const F shift = state.at(Var::area_shift, s);
    return lanes::clamp(net, F(-static_cast<float>((*room)[1])) - shift,
                        F(static_cast<float>((*room)[0])) - shift);
  }

  /// Forts grow where little moves and are lost as the enemy passes through them.
  void dig(State& state, std::size_t s, const Meeting& m, M on) const {
    const Knobs& k = law_.knobs();
    for (std::size_t side = 0; side < 2; ++side) {
      F orders(0.0F);
      for (const Digging& d : fortify_[side]) {
        if (d.sector.value_or(s) == s) orders = lanes::max(orders, state.at(Var::active, d.entry));
      }
      F& fort = state.at(Var::fort, s * 2 + side);
      const F lost =
          lanes::select(on, m.advance[1 - side], F(0.0F)) / law_.knob(state, k.fort_depth);
      const F still = F(1.0F) / (F(1.0F) + F(5.0F) * lost);
      const F built = law_.knob(state, k.fort_growth) * (F(1.0F) + F(2.0F) * orders) * still *
                      (F(1.0F) - fort / F(fort_top));
      fort = state.held(Var::fort, fort * lanes::exp(-lost) + built);
    }
  }

  /// Attack intensity returns to what the sector has of late, raised by offensives and assault
  /// troops at the cost of other sectors; as a chip is cleared its attackers go elsewhere.
  void press(State& state, const Now& now, std::size_t side, M on) const {
    static constexpr Stream stream("front.intensity");
    const std::size_t sectors = state.shape().sectors;
    boost::container::small_vector<F, 32> added(sectors);
    F all_added(0.0F);
    F all_base(1e-3F);
    F open_base(1e-3F);
    for (std::size_t s = 0; s < sectors; ++s) {
      const F length = state.at(Var::frontage, s);
      const F base = state.at(Var::base_intensity, s * 2 + side);
      const F left = room_left(state, now.model, s, side);
      added[s] = law_.knob(state, law_.knobs().offensive) * effort(state, s, side);
      all_added += added[s] * left * length;
      all_base += base * length;
      open_base += base * left * length;
    }
    const F drawn = law_.knob(state, law_.knobs().concentration) * all_added;
    const F calm = F(1.0F) - lull(state, now.model, side);
    const F spared = lanes::max(all_base - drawn, F(0.2F) * all_base) / open_base;
    for (std::size_t s = 0; s < sectors; ++s) {
      const auto eps =
          now.draws.normals(stream, static_cast<std::uint32_t>(now.week), now.model.sector_key(s));
      F& base = state.at(Var::base_intensity, s * 2 + side);
      const F wander =
          lanes::max(base * lanes::exp(F(base_noise) * eps[2 + side]), F(least_bustle));
      base = state.held(Var::base_intensity, select(on, wander, base));
      const F left = room_left(state, now.model, s, side);
      const F goal = (base * spared + added[s]) * left * calm;
      F& intensity = state.at(Var::intensity, s * 2 + side);
      const F next = intensity + tempo_(state) * (goal - intensity) +
                     F(intensity_noise) * eps[side] * intensity;
      const F attacks = lanes::select(on, lanes::max(next, F(least_bustle)), F(0.0F));
      intensity = state.held(Var::intensity, attacks);
    }
  }

  /// Formal talks of the leads: who means them holds back, a hawk does not.
  F lull(const State& state, const Model& model, std::size_t side) const {
    const std::size_t pair = law_.lead(0) * model.shape().actors + law_.lead(1);
    const F talking = lanes::one_if(state.at(Var::talks, pair) > F(1.5F));
    const F means = F(1.0F) - state.at(Var::type, law_.lead(side) * 3);
    return lull_(state) * talking * means;
  }

  /// Share of its attacks a side still has ground for: all, but where a chip is nearly cleared or
  /// the border is near.
  static F room_left(const State& state, const Model& model, std::size_t s, std::size_t side) {
    const casefile::Sector& sector = model.given().sectors[s];
    F ground(chip_room);
    if (sector.chip) ground = lanes::min(ground, state.at(Var::chip, s));
    if (sector.room) {
      const F won = state.at(Var::area_shift, s) * F(side == 0 ? 1.0F : -1.0F);
      ground = lanes::min(ground, F(static_cast<float>((*sector.room)[side])) - won);
    }
    return lanes::max(ground, F(0.0F)) / F(chip_room);
  }

  /// Offensives ordered in a sector and the share of foreign assault troops in it, 0-2.
  F effort(const State& state, std::size_t s, std::size_t side) const {
    F push(0.0F);
    for (const std::uint32_t e : law_.offensives(s, side))
      push = lanes::max(push, state.at(Var::active, e));
    F guests(0.0F);
    for (const std::uint32_t c : law_.foreign(s, side)) guests += Law::fighters(state, c);
    return push + guests / (state.at(Var::troops, s * 2 + side) + guests + F(0.1F));
  }

  void drift(State& state, const Now& now) const {
    static constexpr Stream stream("front.zeta");
    const auto week = static_cast<std::uint32_t>(now.week);
    const Knobs& k = law_.knobs();
    const auto whole = now.draws.normals(stream, week, 0);
    F& front = state.at(Var::zeta_front, 0);
    front = state.held(Var::zeta_front, front * law_.knob(state, k.rho_front) +
                                            law_.knob(state, k.sd_front) * whole[0]);
    F& slow = state.at(Var::slow_intensity, 0);
    slow = state.held(Var::slow_intensity,
                      slow * law_.knob(state, k.slow_rho) + law_.knob(state, k.slow_sd) * whole[1]);
    const F fading = lanes::exp(F(-0.6931472F) / law_.knob(state, k.fade));
    const F rho = law_.knob(state, k.rho_sector);
    const F common = common_base(state);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      const F eps = now.draws.normal(stream, week, now.model.sector_key(s), 1);
      F& base = state.at(Var::zeta_base, s);
      F& zeta = state.at(Var::zeta_sector, s);
      zeta = state.held(Var::zeta_sector,
                        base + rho * (zeta - base) + law_.knob(state, k.sd_sector) * eps);
      base = common + (base - common) * fading;
    }
  }

  /// Mean of the sectors' fitted drifts by frontage: what all share is no fading advantage but how
  /// far the law is from this war.
  static F common_base(const State& state) {
    F sum(0.0F);
    F length(1e-3F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      sum += state.at(Var::zeta_base, s) * state.at(Var::frontage, s);
      length += state.at(Var::frontage, s);
    }
    return sum / length;
  }

  Law law_;
  std::array<std::vector<Digging>, 2> fortify_;
  KnobRef theory_{"theory.attrition"}, lull_{"front.lull"}, tempo_{"front.tempo"};
};

}  // namespace

void fit_front(State& state, const Model& model, std::span<const F> gains) {
  if (!model.has_war()) return;
  const Law law(model);
  const Fires fires = law.fires(state, law.total_weight(state));
  const F mud = law.mud(state, 0);
  for (std::size_t s = 0; s < state.shape().sectors; ++s) {
    const Meeting m = law.meet(state, s, fires, F(0.0F), mud);
    // a x - b / x = g with x = e^(beta zeta).
    const F a = lanes::max(m.advance[0] * state.at(Var::frontage, s), F(1e-4F));
    const F b = lanes::max(m.advance[1] * state.at(Var::frontage, s), F(1e-4F));
    const F root = lanes::sqrt(gains[s] * gains[s] + F(4.0F) * a * b);
    // The form without cancellation for either sign of the gain.
    const F x = lanes::select(gains[s] >= F(0.0F), (gains[s] + root) / (F(2.0F) * a),
                              F(2.0F) * b / (root - gains[s]));
    const F zeta = lanes::log(x) / law.knob(state, law.knobs().beta) - state.at(Var::zeta_front, 0);
    state.at(Var::zeta_base, s) = state.held(Var::zeta_base, zeta);
    state.at(Var::zeta_sector, s) = state.at(Var::zeta_base, s);
    state.at(Var::area_week, s) = gains[s];
  }
}

std::span<const Knob> front_knobs() { return knob_rows; }

std::unique_ptr<Process> make_front(const Model& model) { return std::make_unique<Front>(model); }

void step_front(const Process& front, State& state, const Now& now) {
  static_cast<const Front&>(front).step(state, now);
}

}  // namespace casus::world
