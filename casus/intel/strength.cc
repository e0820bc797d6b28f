// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/strength.h"

#include <algorithm>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using observe::BuildUp;

// What the counts say of one number of men: a product over reports of a mixture of measurement and
// none.
double log_counts(const casefile::Case& given, const Model& model, std::uint32_t hypothesis,
                  double men, BuildUp how, const std::vector<double>& measuring) {
  double sum = 0.0;
  for (std::size_t i = 0; i < model.evidence.size(); ++i) {
    const Evidence& e = model.evidence[i];
    if (!e.told || e.told->hypothesis != hypothesis || measuring[i] <= 0.0) continue;
    const double built = observe::built_by(how, e.told->day, given.as_of);
    const double ratio = observe::told_density(e.told->law, e.told->number, men * built) /
                         observe::idle_density(e.told->number);
    sum += log(1.0 - measuring[i] + measuring[i] * ratio);
  }
  return sum;
}

}  // namespace

Strength strength_of(const casefile::Case& given, const Model& model, std::uint32_t hypothesis,
                     std::vector<double> state_and_build_up, const std::vector<double>& measuring) {
  const auto& h = given.hypotheses[hypothesis];
  Strength out;
  out.hypothesis = hypothesis;
  out.p = std::move(state_and_build_up);
  for (const auto& state : h.states) {
    const observe::Range range =
        observe::state_range(state.low, state.high.value_or(0.0), !state.high);
    std::array<double, strength_points> men{};
    if (range.high > 0.0) {
      const double low = log(range.low);
      const double step = (log(range.high) - low) / static_cast<double>(strength_points);
      for (std::size_t g = 0; g < strength_points; ++g) {
        men[g] = exp(low + (static_cast<double>(g) + 0.5) * step);
      }
    }
    out.men.push_back(men);
    for (std::size_t b = 0; b < observe::build_ups; ++b) {
      std::array<double, strength_points> w{};
      w.fill(1.0 / static_cast<double>(strength_points));
      if (range.high > 0.0) {
        for (std::size_t g = 0; g < strength_points; ++g) {
          w[g] = log_counts(given, model, hypothesis, men[g], static_cast<BuildUp>(b), measuring);
        }
        const double top = *std::max_element(w.begin(), w.end());
        double sum = 0.0;
        for (double& x : w) sum += x = exp(x - top);
        for (double& x : w) x /= sum;
      }
      out.weight.push_back(w);
    }
  }
  return out;
}

double probability_between(const Strength& s, Date day, Date as_of, double low, double high,
                           std::uint32_t states) {
  double p = 0.0;
  for (std::size_t state = 0; state < s.men.size(); ++state) {
    if ((states >> state & 1U) == 0) continue;
    for (std::size_t b = 0; b < observe::build_ups; ++b) {
      const double built = observe::built_by(static_cast<BuildUp>(b), day, as_of);
      const std::size_t cell = s.cell(state, b);
      for (std::size_t g = 0; g < strength_points; ++g) {
        const double there = s.men[state][g] * built;
        if (there >= low && there <= high) p += s.p[cell] * s.weight[cell][g];
      }
    }
  }
  return p;
}

}  // namespace casus::intel
