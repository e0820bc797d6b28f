// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/misfit.h"

#include <algorithm>
#include <array>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::calibrate {
namespace {

using casefile::Tag;

constexpr const char* window = "weekly map change by sector, weeks of 2024-07-08 to 2024-12-30";

enum Row : std::size_t {
  memory,
  spread,
  jump,
  jump_size,
  wander,
  start,
  losses,
  lump,
  growth,
  shape,
  redraw
};

constexpr world::Knob rows[] = {
    {"misfit.memory", "B(46, 4)", 0.3, 0.995, "ratio",
     "memory of a sector's passing misfit of pace", Tag::derived, window, "2024-12-30"},
    {"misfit.spread", "LN(0.2; 0.4)", 0.01, 1, "log/week", "weekly change of a sector's misfit",
     Tag::derived, window, "2024-12-30"},
    {"misfit.jump", "LN(0.025; 0.6)", 0.001, 0.2, "1/week", "chance that a sector's pace jumps",
     Tag::derived, window, "2024-12-30"},
    {"misfit.jump_size", "LN(1.5; 0.3)", 0.3, 4, "log", "size of a jump", Tag::derived, window,
     "2024-12-30"},
    {"misfit.wander", "LN(0.05; 0.5)", 0.002, 0.4, "log/week",
     "weekly change of what a misfit returns to", Tag::derived, window, "2024-12-30"},
    {"misfit.start", "LN(1; 0.3)", 0.2, 3, "log",
     "spread of the sectors' misfits at the first week", Tag::judgement,
     "paces of sectors in a year of war differ by a factor of a hundred", "2024-07-07"},
    {"misfit.losses", "LN(0.2; 0.8)", 0.005, 3, "ratio",
     "share of the ground the front law has side 0 lose that shows in a sector's net week",
     Tag::derived, "4 net losses in 234 sector-weeks, weeks of 2024-07-08 to 2024-12-30",
     "2024-12-30"},
    {"map.lump", "LN(5.5; 0.2)", 1, 20, "km2",
     "lump in which the map books ground at 10 km2 a week", Tag::derived, window, "2024-12-30"},
    {"map.growth", "B(3, 12)", 0, 0.9, "ratio", "how lumps grow with the pace", Tag::derived,
     window, "2024-12-30"},
    {"map.shape", "LN(1.1; 0.2)", 0.5, 4, "shape", "gamma shape of a lump", Tag::derived, window,
     "2024-12-30"},
    {"map.redraw", "LN(0.003; 0.6)", 1e-4, 0.05, "1/week",
     "chance of a redraw that says nothing of the pace", Tag::judgement,
     "one day's redraw above 60 km2 in the half year", "2024-12-30"},
};

/// Parameters of the world that a year of weeks can speak of.
constexpr std::array<std::string_view, 3> of_the_world = {"front.sd_front", "front.sd_sector",
                                                          "front.season"};

}  // namespace

Fitted::Fitted(const world::Model& model) {
  for (const world::Knob& k : rows) {
    const auto prior = parse_prior(k.prior);
    CASUS_CHECK(prior);
    rows_.push_back({k.id, *prior, k.low, k.high, -1});
  }
  for (const std::string_view id : of_the_world) {
    const auto index = world::knob_index(id);
    const world::Knob& k = world::knobs()[index];
    rows_.push_back({id, model.knob_prior(index), k.low, k.high, static_cast<int>(index)});
  }
}

double Fitted::value(std::size_t i, double score) const {
  const Row& row = rows_[i];
  const double p = std::clamp(normal_cdf(score), 1e-9, 1.0 - 1e-9);
  return std::clamp(row.prior.quantile(p), row.low, row.high);
}

double Fitted::score(std::size_t i, double value) const {
  double low = -6.0;
  double high = 6.0;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    (this->value(i, middle) < value ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Misfit Fitted::misfit(const Scores& z) const {
  return {value(memory, z[memory]),       value(spread, z[spread]), value(jump, z[jump]),
          value(jump_size, z[jump_size]), value(wander, z[wander]), value(start, z[start]),
          value(losses, z[losses])};
}

MapBooking Fitted::booking(const Scores& z) const {
  MapBooking b;
  b.lump = value(lump, z[lump]);
  b.growth = value(growth, z[growth]);
  b.shape = value(shape, z[shape]);
  b.redraw = value(redraw, z[redraw]);
  return b;
}

void Fitted::set(world::State& state, const Scores& z) const {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].knob < 0) continue;
    state.at(world::Var::knob, static_cast<std::size_t>(rows_[i].knob)) = world::F(value(i, z[i]));
  }
}

std::span<const world::Knob> misfit_knobs() { return rows; }

}  // namespace casus::calibrate
