// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/figures.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::ensemble {
namespace {

// Weekly values summed up at once: what a core's second cache holds, but pieces worth reading.
constexpr std::size_t in_cache = std::size_t{1} << 17U, fewest_weeks = 16;
constexpr std::size_t most_at_once = std::size_t{1} << 22U;

void take_series(const Taking& t, std::size_t series, std::vector<Figures>& cells) {
  const std::size_t weeks = t.parts.sizes().weeks;
  const std::size_t n = t.cut.futures;
  const std::size_t wanted = std::min(std::max(in_cache / n, fewest_weeks), most_at_once / n);
  const std::size_t step = std::clamp<std::size_t>(wanted, 1, weeks);
  Summing summing(t.about.sampling, n);
  const auto all = std::make_unique_for_overwrite<float[]>(step * n);
  const auto piece = std::make_unique_for_overwrite<float[]>(step * t.cut.shard);
  for (std::size_t week = 0; week < weeks; week += step) {
    const std::size_t here = std::min(step, weeks - week);
    for (std::size_t s = 0; s < t.cut.shards(); ++s) {
      const std::size_t count = t.cut.count(s);
      t.parts.weeks(t.option, s, (series * weeks + week) * count, {piece.get(), here * count});
      for (std::size_t w = 0; w < here; ++w) {
        std::copy_n(piece.get() + w * count, count, all.get() + w * n + t.cut.first(s));
      }
    }
    for (std::size_t w = 0; w < here; ++w) {
      const Figures f = summing.figures({all.get() + w * n, n});
      if (!std::isfinite(f.mean)) {
        throw InternalError("the published '" + t.about.series[series].variable +
                            "' is not finite");
      }
      cells[series * weeks + week + w] = f;
    }
  }
}

}  // namespace

std::size_t Taking::row_of(std::size_t cell) const {
  const std::size_t weekly = parts.sizes().series * parts.sizes().weeks;
  return cell < weekly ? cell / parts.sizes().weeks : parts.sizes().series + (cell - weekly);
}

void Taking::take(std::size_t row, std::vector<Figures>& cells) const {
  if (row < parts.sizes().series) return take_series(*this, row, cells);
  const std::size_t measure = row - parts.sizes().series;
  std::vector<float> all(cut.futures);
  for (std::size_t s = 0; s < cut.shards(); ++s) {
    parts.outcome(option, s, measure, {all.data() + cut.first(s), cut.count(s)});
  }
  cells[parts.sizes().series * parts.sizes().weeks + measure] =
      Summing(about.sampling, cut.futures).figures(all);
}

std::vector<Figures> figures_of(const Taking& taking, const PlayOptions& how) {
  std::vector<Figures> cells(taking.parts.rows());
  Steps steps(how, "summing up", "series", taking.rows());
  parallel_for(taking.rows(), how.threads, [&](std::size_t row) {
    taking.take(row, cells);
    steps.done_one();
  });
  return cells;
}

}  // namespace casus::ensemble
