// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/design_effects.h"

#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

constexpr std::size_t bootstraps = 200;
constexpr std::size_t most_told = 24;

/// Rows drawn with replacement, the same for every input.
std::vector<std::vector<std::size_t>> drawn_rows(std::size_t rows, std::uint64_t seed) {
  static constexpr Stream stream("design.bootstrap");
  const Draws draws(seed);
  std::vector<std::vector<std::size_t>> all(bootstraps, std::vector<std::size_t>(rows));
  for (std::size_t b = 0; b < bootstraps; ++b) {
    for (std::size_t r = 0; r < rows; ++r) {
      const double u =
          draws.uniform(stream, static_cast<std::uint32_t>(b), 0, static_cast<std::uint32_t>(r));
      all[b][r] = std::min(static_cast<std::size_t>(u * static_cast<double>(rows)), rows - 1);
    }
  }
  return all;
}

double deviation_of(const std::vector<double>& x) { return mean_error(x).deviation; }

/// Sums over rows that the indices of one input are made of.
struct Terms {
  std::vector<double> first, total;  ///< [row]
};

/// Variance of A and B together over the rows named.
double variance_of(std::span<const double> y, std::size_t variations,
                   const std::vector<std::size_t>* drawn, std::size_t rows) {
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t r = drawn == nullptr ? i : (*drawn)[i];
    for (std::size_t v = 0; v < 2; ++v) {
      const double x = y[r * variations + v];
      sum += x;
      squares += x * x;
    }
  }
  const double n = 2.0 * static_cast<double>(rows);
  return (squares - sum * sum / n) / (n - 1.0);
}

double mean_over(const std::vector<double>& x, const std::vector<std::size_t>& drawn) {
  double sum = 0.0;
  for (const std::size_t r : drawn) sum += x[r];
  return sum / static_cast<double>(drawn.size());
}

/// Both outputs of the decision maker, point by point.
std::vector<double> value_of(const casefile::Values& values, const ensemble::DesignRun& run,
                             std::size_t option) {
  std::vector<double> y;
  for (std::size_t r = 0; r < run.rows; ++r) {
    for (std::size_t v = 0; v < run.variations; ++v) {
      double sum = 0.0;
      for (const casefile::Worth& w : values.worth)
        sum += w.worth / w.per * static_cast<double>(run.at(option, r, v, w.measure));
      y.push_back(sum);
    }
  }
  return y;
}

template <class Effect, class Size, class Error>
void keep_strong(std::vector<Effect>& all, const Size& size, const Error& error) {
  std::erase_if(all, [&](const Effect& e) { return size(e) <= 2.0 * error(e); });
  std::ranges::stable_sort(all,
                           [&](const Effect& a, const Effect& b) { return size(a) > size(b); });
  if (all.size() > most_told) all.resize(most_told);
}

DesignOutput output_of(const ensemble::DesignRun& run, const std::vector<double>& y,
                       std::uint64_t seed) {
  DesignOutput out;
  const MeanError e = mean_error(y);
  out.mean = e.mean;
  out.deviation = e.deviation;
  if (run.kind == ensemble::DesignKind::morris) {
    out.effects = elementary_effects(run.inputs, y, run.changed_at, run.upward, seed);
    keep_strong(
        out.effects, [](const auto& x) { return x.mu_star; },
        [](const auto& x) { return x.error; });
  } else {
    out.indices = sobol_indices(run.inputs, y, seed);
    keep_strong(
        out.indices, [](const auto& x) { return x.total; },
        [](const auto& x) { return x.total_error; });
  }
  return out;
}

}  // namespace

std::vector<ElementaryEffect> elementary_effects(const std::vector<std::string>& inputs,
                                                 std::span<const double> y,
                                                 std::span<const std::size_t> changed_at,
                                                 std::span<const std::uint8_t> upward,
                                                 std::uint64_t seed) {
  const std::size_t k = inputs.size(), rows = y.size() / (k + 1);
  CASUS_CHECK(rows >= 2 && y.size() == rows * (k + 1) && changed_at.size() == rows * k);
  const auto drawn = drawn_rows(rows, seed);
  std::vector<ElementaryEffect> out;
  for (std::size_t i = 0; i < k; ++i) {
    std::vector<double> effect(rows), size(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t at = r * (k + 1) + changed_at[r * k + i];
      const double sign = upward[r * k + i] != 0 ? 1.0 : -1.0;
      effect[r] = sign * (y[at] - y[at - 1]) / ensemble::morris_step;
      size[r] = std::abs(effect[r]);
    }
    const MeanError e = mean_error(effect);
    std::vector<double> again;
    for (const auto& d : drawn) again.push_back(mean_over(size, d));
    out.push_back({inputs[i], e.mean, mean_error(size).mean, e.deviation, deviation_of(again)});
  }
  return out;
}

std::vector<SobolIndex> sobol_indices(const std::vector<std::string>& inputs,
                                      std::span<const double> y, std::uint64_t seed) {
  const std::size_t k = inputs.size(), variations = k + 2, rows = y.size() / variations;
  CASUS_CHECK(rows >= 2 && y.size() == rows * variations);
  const auto drawn = drawn_rows(rows, seed);
  const double variance = variance_of(y, variations, nullptr, rows);
  double centre = 0.0;  // taken off, which changes nothing but the error
  for (std::size_t r = 0; r < rows; ++r)
    centre += 0.5 * (y[r * variations] + y[r * variations + 1]) / static_cast<double>(rows);
  std::vector<double> variances;
  for (const auto& d : drawn) variances.push_back(variance_of(y, variations, &d, rows));
  std::vector<SobolIndex> out;
  for (std::size_t i = 0; i < k; ++i) {
    Terms t{std::vector<double>(rows), std::vector<double>(rows)};
    for (std::size_t r = 0; r < rows; ++r) {
      const double a = y[r * variations], b = y[r * variations + 1];
      const double mixed = y[r * variations + 2 + i];
      t.first[r] = (b - centre) * (mixed - a);
      t.total[r] = 0.5 * (a - mixed) * (a - mixed);
    }
    SobolIndex index{inputs[i], 0.0, 0.0, 0.0, 0.0};
    if (variance > 0.0) {
      index.first = mean_error(t.first).mean / variance;
      index.total = mean_error(t.total).mean / variance;
      std::vector<double> first, total;
      for (std::size_t b = 0; b < drawn.size(); ++b) {
        if (variances[b] <= 0.0) continue;
        first.push_back(mean_over(t.first, drawn[b]) / variances[b]);
        total.push_back(mean_over(t.total, drawn[b]) / variances[b]);
      }
      index.first_error = deviation_of(first);
      index.total_error = deviation_of(total);
    }
    out.push_back(std::move(index));
  }
  return out;
}

DesignStudy study_design(const casefile::Case& given, const ensemble::DesignRun& run,
                         std::uint64_t seed) {
  DesignStudy study;
  study.design = ensemble::name_of(run.kind);
  study.rows = run.rows;
  study.inputs = run.inputs.size();
  study.futures = run.rows * run.variations;
  const casefile::Values& values = deciding_values(given);
  std::vector<std::vector<double>> y;
  for (std::size_t o = 0; o < run.options.size(); ++o) {
    y.push_back(value_of(values, run, o));
    study.outputs.push_back(output_of(run, y.back(), seed));
    study.outputs.back().of = "value";
    study.outputs.back().option = run.options[o];
  }
  if (run.options.size() < 2) return study;
  std::vector<double> lead = y.back();
  for (std::size_t i = 0; i < lead.size(); ++i) lead[i] -= y.front()[i];
  study.outputs.push_back(output_of(run, lead, seed));
  study.outputs.back().of = "lead";
  study.outputs.back().option = run.options.back();
  study.outputs.back().over = run.options.front();
  return study;
}

}  // namespace casus::analysis
