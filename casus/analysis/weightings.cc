// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/parallel.h"

namespace casus::analysis {
namespace {

WeightingResult weigh_by(const casefile::Values& values, const ensemble::Futures& futures) {
  const ValueTable table = value_table(values, futures);
  WeightingResult out;
  const auto first = table.of(0);
  std::vector<double> difference(table.futures);
  for (std::size_t o = 0; o < table.options; ++o) {
    const auto here = table.of(o);
    const MeanError e = mean_error(here, table.group);
    WeightingResult::Option option;
    option.value = e.mean;
    option.error = e.error;
    if (o > 0) {
      for (std::size_t f = 0; f < difference.size(); ++f) difference[f] = here[f] - first[f];
      const MeanError d = mean_error(difference, table.group);
      option.difference = d.mean;
      option.difference_error = d.error;
    }
    option.regret = regret(table, o).expected;
    out.options.push_back(option);
  }
  std::vector<std::size_t> order(out.options.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t o) { return out.options[o].value; });
  for (std::size_t i = 0; i < order.size(); ++i) out.options[order[i]].rank = i + 1;
  return out;
}

}  // namespace

std::vector<WeightingResult> weightings(const casefile::Case& given,
                                        const ensemble::Futures& futures,
                                        const std::vector<casefile::Weighting>& others,
                                        std::size_t threads, Going& going) {
  const std::size_t own = given.values.size();
  std::vector<WeightingResult> out(own + others.size());
  parallel_for(out.size(), threads, [&](std::size_t i) {
    const casefile::Values& values = i < own ? given.values[i] : others[i - own].values;
    const casefile::Actor& actor = given.actors[values.actor];
    out[i] = weigh_by(values, futures);
    out[i].id = i < own ? actor.id : others[i - own].id;
    out[i].name = i < own ? actor.name : others[i - own].name;
    out[i].actor = actor.id;
    going.done_one();
  });
  return out;
}

}  // namespace casus::analysis
