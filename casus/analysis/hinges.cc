// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/numeric.h"

namespace casus::analysis {
namespace {

constexpr double ninety = 1.6448536269514722;  // half width of the 90 % range, standard deviations
constexpr std::size_t fewest = 30;             // futures on either side of a split
constexpr std::size_t most_told = 24;

/// The lead of the best option over every other, by future.
struct Leads {
  std::vector<std::size_t> rival;
  std::vector<std::vector<double>> lead;
  std::vector<std::uint32_t> group;
};

Leads leads_of(const Comparison& comparison, const ValueTable& table) {
  Leads all;
  all.group = table.group;
  const auto best = table.of(comparison.ranking[0]);
  for (std::size_t i = 1; i < comparison.ranking.size(); ++i) {
    const auto other = table.of(comparison.ranking[i]);
    std::vector<double> d(table.futures);
    for (std::size_t f = 0; f < d.size(); ++f) d[f] = best[f] - other[f];
    all.rival.push_back(comparison.ranking[i]);
    all.lead.push_back(std::move(d));
  }
  return all;
}

/// Worths: by which factor must a worth change for a rival to draw level?
void worth_hinges(const Comparison& comparison, const casefile::Values& values,
                  std::vector<Hinge>& hinges) {
  const OptionResult& best = comparison.options[comparison.ranking[0]];
  double total = 0.0;
  const OptionResult& second = comparison.options[comparison.ranking[1]];
  for (const casefile::Worth& w : values.worth) {
    const double part =
        w.worth / w.per * (best.outcomes[w.measure].mean - second.outcomes[w.measure].mean);
    total += w.sd * w.sd * part * part;
  }
  for (const casefile::Worth& w : values.worth) {
    double nearest = 1e9;
    double factor = 0.0;
    std::size_t rival = 0;
    for (std::size_t i = 1; i < comparison.ranking.size(); ++i) {
      const OptionResult& other = comparison.options[comparison.ranking[i]];
      const double part =
          w.worth / w.per * (best.outcomes[w.measure].mean - other.outcomes[w.measure].mean);
      const double lead = best.value - other.value;
      if (part == 0.0 || 1.0 - lead / part <= 0.0) continue;
      const double at = 1.0 - lead / part;
      if (std::abs(log(at)) < nearest) {
        nearest = std::abs(log(at));
        factor = at;
        rival = comparison.ranking[i];
      }
    }
    const double part =
        w.worth / w.per * (best.outcomes[w.measure].mean - second.outcomes[w.measure].mean);
    Hinge h;
    h.kind = "worth";
    h.name = std::string(casefile::measures()[w.measure].name);
    h.correlation = total > 0.0 ? w.sd * part / std::sqrt(total) : 0.0;
    h.flips = nearest <= ninety * w.sd;
    if (nearest < 1e8) {
      h.detail = fmt::format(
          "'{}' draws level with '{}' if this weighs {:.2g} times as much (90 % range {:.2g} to "
          "{:.2g})",
          comparison.options[rival].id, best.id, factor, exp(-ninety * w.sd), exp(ninety * w.sd));
    } else {
      h.detail = "no factor above zero changes the lead";
    }
    hinges.push_back(std::move(h));
  }
}

/// What kind of number a knob is, by the block its id begins with.
std::string kind_of(const std::string& knob) {
  if (knob.starts_with("theory.")) return "theory";
  if (knob.find("rational") != std::string::npos || knob.find("lambda") != std::string::npos) {
    return "rationality";
  }
  const std::string block = knob.substr(0, knob.find('.'));
  return block == "act" || block == "acts" || block == "action" || block == "effect" ||
                 block == "effects"
             ? "action effect"
             : "knob";
}

/// Numbers behind the futures: where on a knob's range does a rival's expected value pass the
/// leader's?
void knob_hinges(const Comparison& comparison, const ensemble::Futures& futures, const Leads& leads,
                 std::vector<Hinge>& hinges) {
  const double n = points_of(futures);
  const std::size_t knobs = futures.knobs.size();
  const double limit = normal_quantile(
      1.0 - 0.025 / static_cast<double>(std::max<std::size_t>(1, knobs * leads.rival.size())));
  for (std::size_t k = 0; k < knobs; ++k) {
    if (kind_of(futures.knobs[k]) == "theory") continue;  // all of them are told
    std::vector<double> x(futures.futures);
    for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.knob[f * knobs + k];
    const std::vector<double> z = normal_scores(x);
    double nearest = 1e9;
    double strongest = 0.0;
    std::size_t rival = leads.rival[0];
    double at = 0.0;
    for (std::size_t i = 0; i < leads.rival.size(); ++i) {
      const double r = correlation(z, leads.lead[i]);
      const double t = std::abs(r) * std::sqrt((n - 2.0) / std::max(1e-12, 1.0 - r * r));
      if (t <= limit) continue;
      strongest = std::max(strongest, t);
      const MeanError e = mean_error(leads.lead[i]);
      const double slope = r * e.deviation;
      if (std::abs(e.mean / slope) < nearest) {
        nearest = std::abs(e.mean / slope);
        at = -e.mean / slope;
        rival = leads.rival[i];
      }
    }
    if (strongest == 0.0) continue;
    std::sort(x.begin(), x.end());
    Hinge h;
    h.kind = kind_of(futures.knobs[k]);
    h.name = futures.knobs[k];
    h.correlation = rank_correlation(z, leads.lead[0]);
    h.flips = nearest <= ninety;
    h.detail = h.flips ? fmt::format("'{}' passes '{}' {} {:.3g} (90 % range {:.3g} to {:.3g})",
                                     comparison.options[rival].id,
                                     comparison.options[comparison.ranking[0]].id,
                                     at > 0.0 ? "above" : "below", quantile(x, normal_cdf(at)),
                                     quantile(x, 0.05), quantile(x, 0.95))
                       : fmt::format(
                             "moves the lead over '{}', but does not turn it within its 90 % range",
                             comparison.options[rival].id);
    hinges.push_back(std::move(h));
  }
}

/// Disputes among theories, every one: the lead over the second in the fifths of the futures that
/// lie nearest to either side.
std::vector<Hinge> theory_hinges(const Comparison& comparison, const ensemble::Futures& futures,
                                 const Leads& leads) {
  std::vector<Hinge> out;
  const std::string& second = comparison.options[comparison.ranking[1]].id;
  const std::size_t knobs = futures.knobs.size();
  for (std::size_t k = 0; k < knobs; ++k) {
    if (kind_of(futures.knobs[k]) != "theory") continue;
    std::vector<double> x(futures.futures);
    for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.knob[f * knobs + k];
    std::vector<double> sorted = x;
    std::ranges::sort(sorted);
    Hinge h{"theory", futures.knobs[k], "", 0.0, false};
    const double low = quantile(sorted, 0.2), high = quantile(sorted, 0.8);
    if (low >= high) {
      h.detail = fmt::format("held at {:g} in every future; side runs hold it otherwise", low);
      out.push_back(std::move(h));
      continue;
    }
    TwoParts ends;
    for (std::size_t f = 0; f < x.size(); ++f) {
      if (x[f] <= low || x[f] >= high) ends.add(x[f] >= high, leads.lead[0][f], f, leads.group);
    }
    const MeanError a = ends.of(false), b = ends.of(true);
    h.correlation = rank_correlation(x, leads.lead[0]);
    h.flips = a.mean < -2.0 * a.error || b.mean < -2.0 * b.error;
    h.detail =
        fmt::format("lead over '{}' {:+.3g} +- {:.2g} below {:.2g}, {:+.3g} +- {:.2g} above {:.2g}",
                    second, a.mean, 2.0 * a.error, low, b.mean, 2.0 * b.error, high);
    out.push_back(std::move(h));
  }
  return out;
}

/// A split of the futures by the truth drawn for one state of one hypothesis.
struct Split {
  std::vector<bool> holds;
  std::size_t count = 0;
};

/// The lead where a state holds and where it does not; how surely they differ.
struct SplitLead {
  double with = 0.0, without = 0.0, z = 0.0;
};

SplitLead lead_by(const Split& split, const std::vector<double>& lead,
                  const std::vector<std::uint32_t>& group) {
  TwoParts parts;
  for (std::size_t f = 0; f < lead.size(); ++f) parts.add(split.holds[f], lead[f], f, group);
  const MeanError with = parts.of(true), without = parts.of(false);
  const double error = std::hypot(with.error, without.error);
  return {with.mean, without.mean, error > 0.0 ? std::abs(with.mean - without.mean) / error : 0.0};
}

/// Facts in dispute: at which probability of a state does a rival pass the leader?
void truth_hinges(const Comparison& comparison, const casefile::Case& given,
                  const ensemble::Futures& futures, const Leads& leads,
                  std::vector<Hinge>& hinges) {
  const std::size_t n = given.hypotheses.size();
  if (futures.truth.size() != n * futures.futures) return;
  std::size_t tests = 0;
  for (const auto& h : given.hypotheses) tests += h.states.size() * leads.rival.size();
  const double limit =
      normal_quantile(1.0 - 0.025 / static_cast<double>(std::max<std::size_t>(1, tests)));
  for (std::size_t h = 0; h < n; ++h) {
    for (std::size_t s = 0; s < given.hypotheses[h].states.size(); ++s) {
      Split split;
      split.holds.resize(futures.futures);
      for (std::size_t f = 0; f < futures.futures; ++f) {
        split.holds[f] = futures.truth[f * n + h] == s;
        split.count += split.holds[f] ? 1 : 0;
      }
      if (split.count < fewest || futures.futures - split.count < fewest) continue;
      const double now = static_cast<double>(split.count) / static_cast<double>(futures.futures);
      double nearest = 1e9, level = 0.0, strength = 0.0;
      std::size_t rival = leads.rival[0];
      for (std::size_t i = 0; i < leads.rival.size(); ++i) {
        const SplitLead d = lead_by(split, leads.lead[i], leads.group);
        if (d.z <= limit) continue;
        strength = std::max(strength, d.z);
        if (d.with * d.without >= 0.0) continue;
        const double at = d.without / (d.without - d.with);
        if (std::abs(at - now) < nearest) {
          nearest = std::abs(at - now);
          level = at;
          rival = leads.rival[i];
        }
      }
      if (strength == 0.0) continue;
      Hinge hinge;
      hinge.kind = "hypothesis";
      hinge.name = given.hypotheses[h].id + " = " + given.hypotheses[h].states[s].id;
      std::vector<double> holds(split.holds.begin(), split.holds.end());
      hinge.correlation = rank_correlation(holds, leads.lead[0]);
      hinge.flips = nearest < 1e8;
      hinge.detail =
          hinge.flips ? fmt::format("'{}' passes '{}' {} a probability of {:.0f} % (now {:.0f} %)",
                                    comparison.options[rival].id,
                                    comparison.options[comparison.ranking[0]].id,
                                    level > now ? "above" : "below", 100.0 * level, 100.0 * now)
                      : "moves the lead, but the same option leads either way";
      hinges.push_back(std::move(hinge));
    }
  }
}

}  // namespace

std::vector<Hinge> hinges(const Comparison& comparison, const casefile::Case& given,
                          const ensemble::Futures& futures, const ValueTable& table) {
  const Leads leads = leads_of(comparison, table);
  std::vector<Hinge> all;
  worth_hinges(comparison, deciding_values(given), all);
  knob_hinges(comparison, futures, leads, all);
  truth_hinges(comparison, given, futures, leads, all);
  std::stable_sort(all.begin(), all.end(), [](const Hinge& a, const Hinge& b) {
    if (a.flips != b.flips) return a.flips;
    return std::abs(a.correlation) > std::abs(b.correlation);
  });
  if (all.size() > most_told) all.resize(most_told);
  for (Hinge& h : theory_hinges(comparison, futures, leads)) all.push_back(std::move(h));
  return all;
}

}  // namespace casus::analysis
