// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/particles.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/world/contingents.h"
#include "casus/world/front.h"
#include "casus/world/front_law.h"
#include "casus/world/manpower.h"
#include "casus/world/materiel.h"
#include "casus/world/start.h"

namespace casus::calibrate {

using world::Extent;
using world::F;
using world::State;
using world::Var;

static_assert(Group::world_lanes == lanes::width);

struct Theatre::Law {
  explicit Law(const world::Model& model) : front(model) {}
  world::front::Law front;
};

Theatre::Theatre(const casefile::Case& given, World world)
    : model_(given), world_(world), fitted_(model_), law_(std::make_unique<Law>(model_)) {
  if (!model_.has_war() || given.sectors.empty()) {
    throw ModelError("the case '" + given.id + "' has no war with front sectors");
  }
  processes_.push_back(world::make_manpower(model_));
  processes_.push_back(world::make_materiel(model_));
  processes_.push_back(world::make_front(model_));
  processes_.push_back(world::make_contingents(model_));
}

Theatre::~Theatre() = default;

void Theatre::step(State& state, int week, std::uint64_t seed, std::uint32_t first_future) const {
  const world::Now now{model_, week, LaneDraws(seed, first_future), nullptr};
  for (const auto& process : processes_) process->step(state, now);
  std::size_t updates = 0;
  state.clamp(updates);
}

namespace {

constexpr double fastest = 6.0;       ///< ln km2 a week: no sector moves by more than about 400
constexpr double slowest = -6.0;      ///< ln km2 a week
constexpr double widest = 8.0;        ///< log, of a misfit
constexpr double kept_a_week = 0.98;  ///< of a parameter's normal score
constexpr double most_lost = 1.0;     ///< km2 a week and sector

bool of_sector(Extent e) { return e == Extent::sector || e == Extent::sector_side; }

/// Calls f(variable, entity) for all that belongs to one sector.
template <class Use>
void each_of_sector(std::size_t sector, const Use& use) {
  const auto table = world::variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    const auto var = static_cast<Var>(v);
    if (table[v].extent == Extent::sector) use(var, sector);
    if (table[v].extent == Extent::sector_side) {
      use(var, 2 * sector);
      use(var, 2 * sector + 1);
    }
  }
}

}  // namespace

void share_common(Group& group) {
  const auto table = world::variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    if (of_sector(table[v].extent)) continue;
    const auto var = static_cast<Var>(v);
    const auto lead = group.blocks.front()[var];
    for (std::size_t i = 0; i < lead.size(); ++i) {
      const F x(lead[i][0]);
      for (State& block : group.blocks) block.at(var, i) = x;
    }
  }
}

void set_scores(const Theatre& theatre, Group& group, Scores z) {
  group.z = std::move(z);
  group.law = theatre.fitted().misfit(group.z);
  group.map = MapLaw(theatre.fitted().booking(group.z));
  for (State& block : group.blocks) theatre.fitted().set(block, group.z);
}

void move_parameters(const Theatre& theatre, Group& group, const Draws& draws, std::uint32_t index,
                     std::uint32_t week) {
  static constexpr Stream stream("calibrate.move");
  const double step = std::sqrt(1.0 - kept_a_week * kept_a_week);
  Scores z = group.z;
  for (std::uint32_t i = 0; i < z.size(); ++i)
    z[i] = kept_a_week * z[i] + step * draws.normal(stream, index, week, i);
  set_scores(theatre, group, std::move(z));
}

Group start_group(const Theatre& theatre, std::uint64_t seed, std::uint32_t index,
                  std::size_t blocks, Scores z) {
  static constexpr Stream stream("calibrate.start");
  Group group;
  const auto width = static_cast<std::uint32_t>(lanes::width);
  const auto first = index * static_cast<std::uint32_t>(blocks) * width;
  const std::vector<std::vector<std::uint32_t>> truths(
      width, std::vector<std::uint32_t>(theatre.model().given().hypotheses.size(), 0));
  for (std::uint32_t b = 0; b < blocks; ++b) {
    group.blocks.push_back(world::start(theatre.model(), Draws(seed), first + b * width, truths));
  }
  set_scores(theatre, group, std::move(z));
  share_common(group);
  const Draws draws(seed);
  for (std::uint32_t s = 0; s < theatre.sectors(); ++s) {
    for (std::uint32_t lane = 0; lane < group.lanes(); ++lane) {
      const double at = draws.normal(stream, first + lane, 0, s, 0);
      const double off = draws.normal(stream, first + lane, 0, s, 1);
      group.base.push_back(group.law.start * at);
      group.misfit.push_back(group.law.start * at + group.law.spread * off);
    }
  }
  return group;
}

Expected expect(const Theatre& theatre, const Group& group, int week) {
  const auto& law = theatre.law().front;
  const std::size_t n = group.lanes();
  Expected out{std::vector<double>(theatre.sectors() * n),
               std::vector<double>(theatre.sectors() * n), std::vector<double>(n)};
  for (std::size_t b = 0; b < group.blocks.size(); ++b) {
    const State& state = group.blocks[b];
    const auto fires = law.fires(state, law.total_weight(state));
    const F mud = theatre.world() == World::moves ? law.mud(state, week) : F(0.0F);
    for (std::size_t s = 0; s < theatre.sectors(); ++s) {
      const F drift = state.at(Var::zeta_front, 0) + state.at(Var::zeta_sector, s);
      const auto meeting = law.meet(state, s, fires, drift, mud);
      const F length = state.at(Var::frontage, s);
      const F casualties = meeting.exposure[0] * meeting.effect[1];
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        const std::size_t i = b * lanes::width + lane;
        const auto km = static_cast<double>(length[lane]);
        const double pace = casus::log(static_cast<double>(meeting.advance[0][lane]) * km + 1e-6);
        out.gain[s * n + i] =
            casus::exp(std::clamp(pace + group.misfit[s * n + i], slowest, fastest));
        out.loss[s * n + i] =
            std::min(group.law.losses * static_cast<double>(meeting.advance[1][lane]) * km + 1e-6,
                     most_lost);
        out.casualties[i] += static_cast<double>(casualties[lane]);
      }
    }
  }
  return out;
}

void pass_week(const Theatre& theatre, Group& group, int week, std::uint64_t seed,
               std::uint32_t first_future, std::span<const double> booked) {
  static constexpr Stream stream("calibrate.misfit");
  const std::size_t n = group.lanes();
  const std::size_t moving = theatre.world() == World::moves ? group.blocks.size() : 0;
  for (std::size_t b = 0; b < moving; ++b) {
    State& state = group.blocks[b];
    theatre.step(state, week, seed, first_future + static_cast<std::uint32_t>(b * lanes::width));
    if (booked.empty()) continue;
    const std::size_t wide = booked.size() == theatre.sectors() ? 1 : n;
    for (std::size_t s = 0; s < theatre.sectors(); ++s) {
      F km2 = state.at(Var::area_week, s);
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        const double x = booked[s * wide + (wide == 1 ? 0 : b * lanes::width + lane)];
        if (std::isfinite(x)) km2.set(lane, static_cast<float>(x));
      }
      state.at(Var::area_shift, s) += km2 - state.at(Var::area_week, s);
      state.at(Var::area_week, s) = km2;
    }
  }
  const Draws draws(seed);
  const auto w = static_cast<std::uint32_t>(week);
  for (std::uint32_t s = 0; s < theatre.sectors(); ++s) {
    for (std::uint32_t lane = 0; lane < n; ++lane) {
      const auto future = first_future + lane;
      const std::size_t i = s * n + lane;
      const double e = draws.normal(stream, future, w, s, 0);
      double d = group.base[i] + group.law.memory * (group.misfit[i] - group.base[i]) +
                 group.law.spread * e;
      if (draws.uniform(stream, future, w, s, 1) < group.law.jump)
        d += group.law.jump_size *
             (draws.normal(stream, future, w, s, 2) - 0.5 * group.law.jump_size);
      group.misfit[i] = std::clamp(d, -widest, widest);
      group.base[i] =
          std::clamp(group.base[i] + group.law.wander * draws.normal(stream, future, w, s, 3),
                     -widest, widest);
    }
  }
}

void choose(Group& group, std::size_t sector, std::span<const std::uint32_t> from) {
  const std::size_t n = group.lanes();
  std::vector<float> old(n);
  each_of_sector(sector, [&](Var v, std::size_t entity) {
    for (std::size_t i = 0; i < n; ++i)
      old[i] = group.blocks[i / lanes::width].at(v, entity)[i % lanes::width];
    for (std::size_t i = 0; i < n; ++i)
      group.blocks[i / lanes::width].at(v, entity).set(i % lanes::width, old[from[i]]);
  });
  for (std::vector<double>* values : {&group.misfit, &group.base}) {
    const std::vector<double> was(values->begin() + static_cast<std::ptrdiff_t>(sector * n),
                                  values->begin() + static_cast<std::ptrdiff_t>((sector + 1) * n));
    for (std::size_t i = 0; i < n; ++i) (*values)[sector * n + i] = was[from[i]];
  }
}

void assemble(const Group& from, std::span<const std::uint32_t> by_sector, Group& to,
              std::size_t to_lane) {
  const auto table = world::variable_table();
  State& target = to.blocks[to_lane / lanes::width];
  const State& common = from.blocks.front();
  for (std::size_t v = 0; v < table.size(); ++v) {
    const auto var = static_cast<Var>(v);
    if (of_sector(table[v].extent)) continue;
    for (std::size_t i = 0; i < common[var].size(); ++i)
      target.at(var, i).set(to_lane % lanes::width, common.at(var, i)[0]);
  }
  const std::size_t n = from.lanes();
  for (std::size_t s = 0; s < by_sector.size(); ++s) {
    const std::uint32_t lane = by_sector[s];
    each_of_sector(s, [&](Var v, std::size_t entity) {
      target.at(v, entity).set(to_lane % lanes::width,
                               from.blocks[lane / lanes::width].at(v, entity)[lane % lanes::width]);
    });
    to.misfit[s * to.lanes() + to_lane] = from.misfit[s * n + lane];
    to.base[s * to.lanes() + to_lane] = from.base[s * n + lane];
  }
}

}  // namespace casus::calibrate
