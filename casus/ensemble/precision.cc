// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/precision.h"

#include <algorithm>
#include <bit>
#include <string>

#include "casus/base/error.h"
#include "casus/ensemble/player.h"

namespace casus::ensemble {
namespace {

struct Weight {
  std::size_t measure;
  double weight;
};

std::vector<Weight> weights_of(const casefile::Case& given, const PlayOptions& how) {
  if (!how.error_of.empty()) {
    const auto all = casefile::measures();
    std::string known;
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (all[m].name == how.error_of) return {{m, 1.0}};
      known += (known.empty() ? "" : ", ") + std::string(all[m].name);
    }
    throw ModelError("no measure is called '" + how.error_of + "'; there are: " + known);
  }
  for (const casefile::Values& v : given.values) {
    if (v.actor != given.decision_maker) continue;
    std::vector<Weight> out;
    for (const casefile::Worth& w : v.worth) out.push_back({w.measure, w.worth / w.per});
    return out;
  }
  throw ModelError("options.yaml gives no values for the decision maker '" +
                   given.actors[given.decision_maker].id + "'; name a measure with --error-of");
}

/// The Monte-Carlo error of the weighted sum's mean under one option.
double error_of(const Parts& parts, const Cut& cut, std::size_t option, const Sampling& sampling,
                const std::vector<Weight>& weights) {
  std::vector<float> values(cut.futures);
  std::vector<double> sums;
  std::vector<float> measure;
  for (std::size_t s = 0; s < cut.shards(); ++s) {
    sums.assign(cut.count(s), 0.0);
    measure.resize(cut.count(s));
    for (const Weight& w : weights) {
      parts.outcome(option, s, w.measure, measure);
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += w.weight * static_cast<double>(measure[i]);
    }
    std::ranges::transform(sums, values.data() + cut.first(s),
                           [](double x) { return static_cast<float>(x); });
  }
  return Summing(sampling, cut.futures).figures(values).mean_error;
}

}  // namespace

std::size_t first_look(std::size_t noises) {
  constexpr std::size_t wanted = 512;
  return noises * std::max(replicates, std::bit_ceil((wanted + noises - 1) / noises));
}

PlayOptions first_of(const PlayOptions& how, std::size_t futures) {
  PlayOptions out = how;
  out.shard = fitting_shard(how);
  out.futures = futures;
  return out;
}

void check_precision(const casefile::Case& given, const PlayOptions& how) {
  static_cast<void>(weights_of(given, how));
}

Precision play_until_precise(const casefile::Case& given, const intel::Belief& belief,
                             const PlayOptions& how, Store& store, Team& team) {
  const auto weights = weights_of(given, how);
  const std::size_t first = first_look(how.sampling.noises);
  std::size_t played = 0;
  for (std::size_t n = std::min(first, how.futures);; n = std::min(2 * n, how.futures)) {
    const PlayOptions stage = first_of(how, n);
    check_play(stage);
    const Futures about = described(given, belief, stage);
    Player player(given, belief, stage, about, store, team);
    player.play_futures();
    played += n * about.options.size() - player.kept();
    double error = 0.0;
    if (team.rank() == 0) {
      const Parts parts(store, sizes_of(about, given));
      for (std::size_t o = 0; o < about.options.size(); ++o) {
        error =
            std::max(error, error_of(parts, {n, fitting_shard(stage)}, o, how.sampling, weights));
      }
    }
    error = std::bit_cast<double>(
        std::stoull(team.tell(std::to_string(std::bit_cast<std::uint64_t>(error)))));
    if (error <= *how.until_error || n == how.futures)
      return {n, error, error <= *how.until_error, played};
  }
}

}  // namespace casus::ensemble
