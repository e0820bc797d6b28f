// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/discovery.h"

#include <algorithm>
#include <cmath>

#include "casus/analysis/discovery_box.h"
#include "casus/base/numeric.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

bool varies(const std::vector<double>& x) {
  return std::ranges::any_of(x, [&](double v) { return v != x.front(); });
}

void add(Inputs& inputs, std::string name, std::vector<double> column) {
  if (!varies(column)) return;
  inputs.names.push_back(std::move(name));
  inputs.columns.push_back(std::move(column));
}

/// log of n choose k times p^k (1 - p)^(n - k).
double log_binomial(double n, double k, double p) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * log(p) +
         (n - k) * log(1.0 - p);
}

}  // namespace

Inputs inputs_of(const casefile::Case& given, const ensemble::Futures& futures) {
  Inputs inputs;
  inputs.noises = futures.sampling.noises;
  const std::size_t knobs = futures.knobs.size();
  for (std::size_t k = 0; k < knobs; ++k) {
    std::vector<double> x(futures.futures);
    for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.knob[f * knobs + k];
    add(inputs, futures.knobs[k], std::move(x));
  }
  const std::size_t n = given.hypotheses.size();
  if (futures.truth.size() != n * futures.futures) return inputs;
  for (std::size_t h = 0; h < n; ++h) {
    const auto& hypothesis = given.hypotheses[h];
    const std::size_t states = hypothesis.states.size();
    if (hypothesis.ordered) {
      std::vector<double> x(futures.futures);
      for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.truth[f * n + h];
      add(inputs, hypothesis.id, std::move(x));
      continue;
    }
    for (std::size_t s = states == 2 ? 1 : 0; s < states; ++s) {
      std::vector<double> x(futures.futures);
      for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.truth[f * n + h] == s ? 1.0 : 0.0;
      add(inputs, hypothesis.id + " = " + hypothesis.states[s].id, std::move(x));
    }
  }
  return inputs;
}

namespace discovery {

Tally tally(const Inputs& inputs, std::span<const std::uint8_t> interest, const Box& box,
            const Rows& rows) {
  const std::vector<std::size_t> walls = box.restricted();
  Tally t;
  t.all = static_cast<double>(rows.size());
  for (const std::uint32_t r : rows) {
    const bool wanted = interest[r] != 0;
    t.of_interest += wanted ? 1.0 : 0.0;
    const bool in = std::ranges::all_of(walls, [&](std::size_t i) {
      return inputs.columns[i][r] >= box.low[i] && inputs.columns[i][r] <= box.high[i];
    });
    t.inside += in ? 1.0 : 0.0;
    t.hits += in && wanted ? 1.0 : 0.0;
  }
  return t;
}

Rows rows_of(const Inputs& inputs, std::size_t futures, std::size_t parity) {
  Rows rows;
  for (std::size_t f = 0; f < futures; ++f) {
    if (f / inputs.noises % 2 == parity) rows.push_back(static_cast<std::uint32_t>(f));
  }
  return rows;
}

void search_again(Scenario& found, const Box& box, const Rows& rows,
                  const DiscoveryOptions& options, const std::function<Box(const Rows&)>& search) {
  static constexpr Stream stream("discovery.half");
  const Draws draws(options.seed);
  const std::vector<std::size_t> walls = box.restricted();
  for (std::uint32_t n = 0; n < options.resamples && !walls.empty(); ++n) {
    Rows half;
    for (const std::uint32_t r : rows) {
      if (draws.uniform(stream, r, 0, n) < 0.5) half.push_back(r);
    }
    const Box again = search(half);
    for (std::size_t i = 0; i < walls.size(); ++i) {
      found.bounds[i].reproduced += again.restricts(walls[i]) ? 1.0 : 0.0;
    }
  }
  for (Bound& b : found.bounds) b.reproduced /= static_cast<double>(options.resamples);
}

double chance_of(const Inputs& inputs, std::span<const std::uint8_t> interest, const Box& box,
                 std::size_t input, const Rows& rows) {
  const Tally with = tally(inputs, interest, box, rows);
  Box wider = box;
  wider.release(input);
  const double rate = tally(inputs, interest, wider, rows).density();
  if (rate <= 0.0 || rate >= 1.0) return 1.0;
  double chance = 0.0;
  for (double k = with.hits; k <= with.inside; k += 1.0) {
    chance += exp(log_binomial(with.inside, k, rate));
  }
  return std::min(1.0, chance);
}

Box pruned(const Inputs& inputs, std::span<const std::uint8_t> interest, Box box, const Rows& rows,
           const DiscoveryOptions& options) {
  for (std::vector<std::size_t> walls = box.restricted(); !walls.empty();
       walls = box.restricted()) {
    std::size_t weakest = walls.front();
    double most = -1.0;
    for (const std::size_t i : walls) {
      const double chance = chance_of(inputs, interest, box, i, rows);
      if (chance > most) {
        most = chance;
        weakest = i;
      }
    }
    if (most <= options.chance && walls.size() <= options.dimensions) break;
    box.release(weakest);
  }
  return box;
}

Scenario told(const Inputs& inputs, std::span<const std::uint8_t> interest, const Box& box,
              const Rows& searched, const Rows& judged, const char* method) {
  Scenario s;
  s.method = method;
  for (const std::size_t i : box.restricted()) {
    s.bounds.push_back({inputs.names[i], box.low[i], box.high[i],
                        chance_of(inputs, interest, box, i, searched), 0.0});
  }
  const Tally t = tally(inputs, interest, box, judged);
  s.base_rate = t.base();
  s.coverage = t.coverage();
  s.density = t.density();
  s.mass = t.mass();
  return s;
}

}  // namespace discovery
}  // namespace casus::analysis
