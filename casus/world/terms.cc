// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/terms.h"

#include <algorithm>

namespace casus::world {
namespace {

using casefile::Line;
using casefile::StockKind;

constexpr std::size_t kinds = 9;
constexpr std::array<std::size_t, 5> heavy{
    static_cast<std::size_t>(StockKind::tanks), static_cast<std::size_t>(StockKind::carriers),
    static_cast<std::size_t>(StockKind::guns), static_cast<std::size_t>(StockKind::launchers),
    static_cast<std::size_t>(StockKind::missiles)};
constexpr float nearly = 1.0F;       ///< km2 left of an agreed move at which it is done
constexpr float done = 0.01F;        ///< km2 that sums of floats cannot tell from none
constexpr float few = 0.02F;         ///< thousand men that are moved at once
constexpr float grace = 2.0F;        ///< time constants until limits must be met
constexpr float tolerance = 0.15F;   ///< of a limit, before it counts as broken
constexpr float guests_stay = 0.5F;  ///< breach by foreign troops that stay, by men called up
constexpr float guest_time = 26.0F;  ///< weeks foreign troops have to leave
constexpr float distrust = 0.05F;    ///< promises a week that a package wholly broken counts for

/// Share of what is left that moves in a week.
F weekly_share(F weeks) { return F(1.0F) - lanes::exp(F(-1.0F) / weeks); }

}  // namespace

Clauses clauses_of(F index, std::span<const Package> packages) {
  const F none(0.0F);
  Clauses out{F(-1.0F), none, none, none, none, none, none, none, none};
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    const float i = index[lane];
    if (i < 0.0F || i >= static_cast<float>(packages.size())) continue;
    const Package& p = packages[static_cast<std::size_t>(i)];
    out.line.set(lane, static_cast<float>(p.line));
    out.limits.set(lane, static_cast<float>(p.force_limits));
    out.sanctions.set(lane, static_cast<float>(p.sanctions));
    out.status.set(lane, static_cast<float>(p.status));
    out.guarantee.set(lane, static_cast<float>(p.guarantee));
    out.monitors.set(lane, p.monitors ? 1.0F : 0.0F);
    const bool watched = p.guarantee >= casefile::Guarantee::monitored;
    out.buffer.set(lane, p.monitors && !watched ? 1.0F : 0.0F);
    out.foreign_out.set(lane, p.foreign_out ? 1.0F : 0.0F);
    out.prisoners.set(lane, p.prisoners ? 1.0F : 0.0F);
  }
  return out;
}

Terms::Terms(const Model& model) {
  if (!model.has_war()) return;
  const casefile::Case& given = model.given();
  for (std::size_t side = 0; side < 2; ++side) lead_[side] = model.lead(side);
  for (std::uint32_t s = 0; s < model.shape().sectors; ++s) {
    Sector sector{s, given.sectors[s].chip, std::nullopt};
    if (const auto& room = given.sectors[s].room) {
      sector.room = {static_cast<float>((*room)[0]), static_cast<float>((*room)[1])};
    }
    sectors_.push_back(sector);
  }
  for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
    const casefile::Contingent& k = given.contingents[c];
    if (k.foreign && k.side) guests_.push_back({c, *k.side});
  }
  const casefile::Lines& lines = given.war->lines;
  const std::array<const std::optional<casefile::Quantity>*, 3> told{&lines.pre_invasion,
                                                                     &lines.maximal, &lines.demand};
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (*told[i]) line_km2_[i] = static_cast<float>((*told[i])->prior.median());
  }
  for (const std::uint32_t e : model.entries_of(Action::mobilise)) {
    if (model.entries()[e].actor == lead_[1]) wave_.push_back(e);
  }
}

void Terms::sign(State& state, const Now& now, M signs, const Clauses& clauses) const {
  announce_line(state, now, signs, clauses);
  limit(state, now, signs, clauses);
  ease(state, now, signs, clauses);
  const M away = signs & (clauses.foreign_out > F(0.5F));
  for (std::uint32_t c = 0; c < now.model.shape().contingents; ++c) {
    const casefile::Contingent& k = now.model.given().contingents[c];
    if (!k.foreign) continue;
    F& leaves = state.at(Var::withdrawing, c);
    leaves = select(away, F(1.0F), leaves);
    const F men = men_abroad(state, c);
    now.tell(away & (men > F(few)), "foreigners_leave", c, k.owner, men, "package");
  }
  const M swap = signs & (clauses.prisoners > F(0.5F));
  for (std::size_t a = 0; a < now.model.shape().actors; ++a) {
    const F& men = state.at(Var::captured, a);
    now.tell(swap & (men > F(few)), "prisoners_return", a, a, men, "package");
  }
  now.tell(signs & (clauses.monitors > F(0.5F)), "buffer_set", lead_[0], lead_[1], F(1.0F),
           "package");
}

/// km2 that side 0 still is to gain in a sector, below 0 to leave; nothing where the line stays.
F Terms::gap(const State& state, const Sector& s, const Clauses& clauses) const {
  const M moves = clauses.any() & !clauses.has(Line::current);
  if (s.chip) return select(moves, state.at(Var::chip, s.index), F(0.0F));
  F open(1e-3F);
  F chips(0.0F);
  for (const Sector& other : sectors_) {
    if (!other.chip) open += state.at(Var::frontage, other.index);
    if (other.chip) chips += state.at(Var::chip, other.index);
  }
  const F share = state.at(Var::frontage, s.index) / open;
  const F shift = state.at(Var::area_shift, s.index);
  F left = select(clauses.has(Line::chip_swap), -chips * share, F(0.0F));  // ground for ground
  constexpr std::array told{Line::pre_invasion, Line::maximal, Line::demand};
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (line_km2_[i] == 0.0F) continue;  // the case does not say where that line runs
    F goal = F(line_km2_[i]) * share;
    if (s.room) goal = lanes::clamp(goal, F(-(*s.room)[1]), F((*s.room)[0]));
    left = select(clauses.has(told[i]), goal - shift, left);
  }
  return left;
}

void Terms::announce_line(const State& state, const Now& now, M signs,
                          const Clauses& clauses) const {
  if (now.log == nullptr) return;
  for (const Sector& s : sectors_) {
    const F left = gap(state, s, clauses);
    now.tell(signs & (left > F(nearly)), "land_promised", s.index, 1, left, "package");
    now.tell(signs & (left < F(-nearly)), "land_promised", s.index, 0, -left, "package");
  }
  now.tell(signs & clauses.has(Line::current), "line_stays", lead_[0], lead_[1], F(0.0F),
           "package");
}

void Terms::limit(State& state, const Now& now, M signs, const Clauses& clauses) const {
  const F share = select(clauses.limits > F(1.5F), hard_(state), mild_(state));
  const M binds = signs & (clauses.limits > F(0.5F));
  const std::size_t who = lead_[1];
  F& men = state.at(Var::force_limit, who);
  men = select(binds, share * state.at(Var::force_plan, who), select(signs, F(0.0F), men));
  for (const std::size_t kind : heavy) {
    F& most = state.at(Var::stock_limit, who * kinds + kind);
    const F stock = state.at(Var::stock, who * kinds + kind);
    most = select(binds, share * stock, select(signs, F(0.0F), most));
  }
  now.tell(binds, "forces_limited", who, lead_[0], men, "package");
}

void Terms::ease(State& state, const Now& now, M signs, const Clauses& clauses) const {
  using casefile::SanctionsTerm;
  const auto term = [&](SanctionsTerm t) {
    return lanes::one_if(clauses.sanctions == F(static_cast<float>(t)));
  };
  const F keep =
      F(1.0F) - F(0.4F) * term(SanctionsTerm::ease) - F(0.85F) * term(SanctionsTerm::lift);
  for (std::size_t a = 0; a < now.model.shape().actors; ++a) {
    if (now.model.side_of(a) != 0) continue;
    F& level = state.at(Var::sanction, a);
    now.tell(signs & (keep < F(1.0F)) & (level > F(0.05F)), "sanctions_eased", a, a, level * keep,
             "package");
    level = select(signs, level * keep, level);
  }
}

void Terms::step(State& state, const Now& now) const {
  const F& end = state.at(Var::end_state, 0);
  const F& index = state.at(Var::settled_package, 0);
  const M on = (index >= F(0.0F)) & (end > F(0.5F)) & (end < F(3.5F));
  F& breach = state.at(Var::breach, 0);
  F& most = state.at(Var::force_limit, lead_[1]);
  if (!lanes::any(on | (most > F(0.0F)) | (breach > F(0.0F)))) return;
  const Clauses clauses = clauses_of(select(on, index, F(-1.0F)), now.model.packages());
  // Where fighting has begun again nothing of the package binds any more.
  most = select(on, most, F(0.0F));
  for (const std::size_t kind : heavy) {
    F& stock = state.at(Var::stock_limit, lead_[1] * kinds + kind);
    stock = select(on, stock, F(0.0F));
  }
  hand_over(state, now, on, clauses);
  demobilise(state, now, on);
  exchange(state, on & (clauses.prisoners > F(0.5F)));
  watch(state, now, on, clauses);
}

void Terms::hand_over(State& state, const Now& now, M on, const Clauses& clauses) const {
  const M swap = clauses.has(Line::chip_swap);
  F chips(0.0F);
  for (const Sector& s : sectors_) {
    if (s.chip) chips += gap(state, s, clauses);
  }
  // Ground that is swapped changes hands on the same days everywhere; what is left elsewhere is
  // reckoned from the chips before these move.
  const M all_gone = swap & (chips < F(nearly));
  for (const bool chip : {false, true}) {
    for (const Sector& s : sectors_) {
      if (s.chip == chip) leave(state, now, s, {on, swap, all_gone, gap(state, s, clauses)});
    }
  }
}

void Terms::leave(State& state, const Now& now, const Sector& s, const Move& move) const {
  const F pace = weekly_share(handover_(state));
  const M plain = !move.swap;
  const M last = move.all_gone | (plain & (lanes::abs(move.left) < F(nearly)));
  const M moves = move.on & (lanes::abs(move.left) > F(done));
  if (!lanes::any(moves)) return;
  const F moved = select(moves, move.left * select(last, F(1.0F), pace), F(0.0F));
  state.at(Var::area_shift, s.index) += moved;
  state.at(Var::handed_over, s.index) += moved;
  if (s.chip) state.at(Var::chip, s.index) -= moved;
  // Works stay behind with the line.
  for (std::size_t side = 0; side < 2; ++side) {
    F& fort = state.at(Var::fort, std::size_t{s.index} * 2 + side);
    fort = select(moves & !last, fort * (F(1.0F) - pace), fort);
  }
  const M gains = moved > F(0.0F);
  now.tell(moves & last & gains, s.chip ? "chip_traded" : "land_left", s.index, 1, moved,
           "package");
  now.tell(moves & last & !gains, "land_left", s.index, 0, -moved, "package");
}

void Terms::demobilise(State& state, const Now& now, M on) const {
  const std::size_t who = lead_[1];
  const F pace = weekly_share(home_(state));
  F& force = state.at(Var::force, who);
  const F& most = state.at(Var::force_limit, who);
  const F over = select(on & (most > F(0.0F)), lanes::max(force - most, F(0.0F)), F(0.0F));
  const F goes = over * pace;
  const F stays = F(1.0F) - goes / lanes::max(force, F(1e-3F));
  force -= goes;
  state.at(Var::manpower_pool, who) += goes;
  for (const Sector& s : sectors_) state.at(Var::troops, s.index * 2 + 1) *= stays;
  now.tell_seldom(goes > F(0.5F), "demobilises", who, who, goes, "package");
  for (const std::size_t kind : heavy) {
    const std::size_t i = who * kinds + kind;
    const F& cap = state.at(Var::stock_limit, i);
    F& stock = state.at(Var::stock, i);
    const F surplus = select(on & (cap > F(0.0F)), lanes::max(stock - cap, F(0.0F)), F(0.0F));
    stock -= surplus * pace;
    now.tell_seldom(surplus * pace > F(1.0F), "arms_scrapped", who, kind, surplus * pace,
                    "package");
  }
}

void Terms::exchange(State& state, M on) const {
  if (!lanes::any(on)) return;
  const F pace = weekly_share(exchange_(state));
  for (std::size_t a = 0; a < state.shape().actors; ++a) {
    F& held = state.at(Var::captured, a);
    const F home = select(on, select(held < F(few), held, held * pace), F(0.0F));
    held -= home;
    state.at(Var::manpower_pool, a) += home;
  }
}

/// How far the package is broken, and what the other side makes of it.
void Terms::watch(State& state, const Now& now, M on, const Clauses& clauses) const {
  const F& age = state.at(Var::ceasefire_age, 0);
  const std::size_t who = lead_[1];
  const F& most = state.at(Var::force_limit, who);
  const M limited = on & (most > F(0.0F));
  const M due = limited & (age > F(grace) * home_(state));
  const F over = state.at(Var::force, who) / lanes::max(most, F(1e-3F)) - F(1.0F + tolerance);
  F called(0.0F);
  for (const std::uint32_t e : wave_) called = lanes::max(called, state.at(Var::active, e));
  std::array<F, 2> broken{F(0.0F), F(0.0F)};
  broken[1] = select(due, lanes::clamp(over, F(0.0F), F(1.0F)), F(0.0F)) +
              F(guests_stay) * lanes::one_if(limited & (called > F(0.0F)));
  const M gone = on & (clauses.foreign_out > F(0.5F)) & (age > F(guest_time));
  for (const Guest& g : guests_) {
    const M stays = gone & (men_abroad(state, g.contingent) > F(0.5F));
    broken[g.side] = lanes::max(broken[g.side], F(guests_stay) * lanes::one_if(stays));
  }
  const std::size_t n = state.shape().actors;
  for (std::size_t side = 0; side < 2; ++side) {
    broken[side] = lanes::min(broken[side], F(1.0F));
    const std::size_t pair = lead_[1 - side] * n + lead_[side];
    F& x = state.at(Var::tension, pair);
    x = state.held(Var::tension, x - alarm_(state) * broken[side]);
    F& count = state.at(Var::trust_broken, pair);
    count = state.held(Var::trust_broken, count + F(distrust) * broken[side]);
    now.tell_seldom(broken[side] > F(0.1F), "package_broken", lead_[side], lead_[1 - side],
                    broken[side], "breach");
  }
  state.at(Var::breach, 0) = lanes::max(broken[0], broken[1]);
}

}  // namespace casus::world
