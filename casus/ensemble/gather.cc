// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/gather.h"

#include <algorithm>
#include <numeric>

namespace casus::ensemble {
namespace {

/// [row][future of a shard] into [future from `first` on][row].
template <class T>
void turn(const std::vector<T>& rows, std::size_t count, std::size_t first, T* to) {
  const std::size_t columns = count > 0 ? rows.size() / count : 0;
  for (std::size_t r = 0; r < columns; ++r) {
    for (std::size_t i = 0; i < count; ++i) to[(first + i) * columns + r] = rows[r * count + i];
  }
}

void make_room(Futures& f, const Sizes& sizes) {
  const std::size_t n = f.options.size();
  const std::size_t cells = n * sizes.series * sizes.weeks;
  f.outcome.resize(n * f.futures * sizes.measures);
  f.answer.resize(n * f.futures * sizes.questions);
  f.turn.resize(n * f.futures * sizes.signposts);
  f.quantile.resize(cells * f.levels.size());
  f.quantile_error.resize(f.quantile.size());
  f.mean.resize(cells);
  f.mean_error.resize(cells);
  f.trajectory.resize(cells * f.trajectories);
  f.knob.resize(f.futures * sizes.knobs);
  f.truth.resize(f.futures * sizes.hypotheses);
}

}  // namespace

void hand_over(const Kept& kept, const Receivers& to) {
  const Parts& parts = kept.parts;
  const Cut& cut = kept.cut;
  const std::size_t cells = parts.sizes().series * parts.sizes().weeks;
  for (std::size_t o = 0; o < kept.options.size(); ++o) {
    const std::size_t option = kept.options[o];
    for (std::size_t s = 0; s < cut.shards(); ++s) {
      Shard shard = parts.results(option, s, cut.count(s));
      if (o == 0 && option != 0) {  // what all options share lies with the first
        const Shard first = parts.results(0, s, cut.count(s));
        shard.knob = first.knob;
        shard.truth = first.truth;
      }
      to.results(o, cut.first(s), shard);
      if (cut.first(s) < kept.trajectories) {
        std::vector<float> weekly(cells * cut.count(s));
        parts.weeks(option, s, 0, weekly);
        const std::size_t count = std::min(cut.count(s), kept.trajectories - cut.first(s));
        to.trajectories(o, cut.first(s), count, weekly, cut.count(s));
      }
      if (to.shard) to.shard();
    }
    to.figures(o, kept.figures ? kept.figures(option) : parts.figures(option));
  }
}

Futures gathered(const Futures& about, const Parts& parts, const Cut& cut, std::size_t most,
                 const std::function<void()>& each_shard) {
  Futures f = about;
  f.trajectories = std::min(most, about.trajectories);
  const Sizes sizes = parts.sizes();
  make_room(f, sizes);
  const std::size_t cells = sizes.series * sizes.weeks;
  const std::size_t levels = f.levels.size();
  Receivers to;
  to.results = [&](std::size_t o, std::size_t first, const Shard& s) {
    const std::size_t count = s.outcome.size() / sizes.measures;
    turn(s.outcome, count, o * f.futures + first, f.outcome.data());
    turn(s.answer, count, o * f.futures + first, f.answer.data());
    turn(s.turn, count, o * f.futures + first, f.turn.data());
    turn(s.knob, count, first, f.knob.data());
    turn(s.truth, count, first, f.truth.data());
    f.clamps += s.clamps;
    f.updates += s.updates;
  };
  to.figures = [&](std::size_t o, const std::vector<Figures>& figures) {
    for (std::size_t c = 0; c < cells; ++c) {
      const std::size_t at = o * cells + c;
      f.mean[at] = figures[c].mean;
      f.mean_error[at] = figures[c].mean_error;
      std::ranges::copy(figures[c].quantile, f.quantile.data() + at * levels);
      std::ranges::copy(figures[c].quantile_error, f.quantile_error.data() + at * levels);
    }
  };
  to.trajectories = [&](std::size_t o, std::size_t first, std::size_t count,
                        std::span<const float> weekly, std::size_t futures) {
    float* out = f.trajectory.data() + (o * f.trajectories + first) * cells;
    for (std::size_t c = 0; c < cells; ++c) {
      for (std::size_t i = 0; i < count; ++i) out[i * cells + c] = weekly[c * futures + i];
    }
  };
  std::vector<std::size_t> all(f.options.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  to.shard = each_shard;
  hand_over({parts, cut, all, f.trajectories}, to);
  return f;
}

}  // namespace casus::ensemble
