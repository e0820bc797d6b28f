// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/base/numeric.h"
#include "casus/intel/belief.h"

namespace casus::intel {

std::string icd_word(double p) {
  if (p < 0.05) return "almost no chance";
  if (p < 0.20) return "very unlikely";
  if (p < 0.45) return "unlikely";
  if (p < 0.55) return "roughly even chance";
  if (p < 0.80) return "likely";
  if (p < 0.95) return "very likely";
  return "almost certain";
}

std::string icd_percent(double p) {
  if (p < 0.01) return "< 1 %";
  if (p > 0.99) return "> 99 %";
  return fmt::format("{} %", static_cast<int>(std::floor(100.0 * p + 0.5)));
}

double odds_in_decibans(double p) {
  constexpr double most = 200.0;  // where a state is certain or impossible
  const double q = 1.0 - p;
  if (p <= 0.0) return -most;
  if (q <= 0.0) return most;
  return std::clamp(decibans(p / q), -most, most);
}

Independence independence_of(const casefile::Case& given, const HypothesisBelief& h) {
  // weights of one source are one voice; voices count by the evenness of what they say
  std::map<std::uint32_t, double> voice;
  Independence out;
  for (const Weight& w : h.weights) {
    if (w.state != h.leading) continue;
    voice[given.reports[w.report].source.index] += w.decibans;
    const double p = h.states[h.leading].p;
    const double odds = p / std::max(1e-12, 1.0 - p);
    const double without = odds * exp(-w.decibans * ln10 / 10.0);
    const double p_without = without / (1.0 + without);
    if (p_without < 0.5 && p >= 0.5) ++out.linchpins;
  }
  double sum = 0.0;
  double squares = 0.0;
  for (const auto& [source, db] : voice) {
    sum += std::fabs(db);
    squares += db * db;
  }
  if (squares > 0.0) out.origins = sum * sum / squares;
  return out;
}

void set_confidence(const casefile::Case& given, HypothesisBelief& h) {
  const Independence from = independence_of(given, h);
  const StateBelief& lead = h.states[h.leading];
  const double width = lead.high - lead.low;
  int grade = 1;
  if (from.origins >= 4.0 && width <= 0.15 && from.linchpins == 0) grade = 2;
  if (from.origins < 2.0 || width > 0.4 || from.linchpins > 0) grade = 0;
  h.confidence = grade == 2 ? "high" : grade == 1 ? "moderate" : "low";
  std::string carried = "no report speaks to it";
  if (from.origins > 0.0) {
    carried = fmt::format("it rests on about {:.1f} independent origins", from.origins);
  }
  const std::string pins = from.linchpins == 0 ? "no single report turns it"
                           : from.linchpins == 1
                               ? "one report alone turns it"
                               : fmt::format("each of {} reports alone turns it", from.linchpins);
  h.confidence_reason =
      fmt::format("{}, other gradings and staging priors move it over {} points, and {}", carried,
                  static_cast<int>(std::floor(100.0 * width + 0.5)), pins);
}

}  // namespace casus::intel
