// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include "casus/analysis/clustering.h"
#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

constexpr std::size_t fewest = 16;      ///< trajectories that can be grouped
constexpr std::size_t most = 400;       ///< futures grouped
constexpr std::size_t most_groups = 6;  ///< that a reader can hold apart
constexpr std::size_t clouds = 19;      ///< without groups, that groups are held against
constexpr std::size_t bootstraps = 50;  ///< samples behind the stability of a group
constexpr std::size_t most_marks = 4;
constexpr double least_mark = 0.3;  ///< standard deviations
constexpr double widest = 4.0;  ///< standard deviations; a stray future counts as far, not as all
constexpr double bad = 0.1;     ///< the worst tenth

/// The weekly series that an outcome sums up.
struct Carrier {
  std::string_view measure, variable;
};
constexpr Carrier carriers[] = {{"end_settlement", "end_settlement"},
                                {"end_frozen", "end_frozen"},
                                {"end_protracted", "fighting"},
                                {"end_collapse", "end_collapse"},
                                {"war_weeks", "fighting"},
                                {"area_gained", "area_total_km2"},
                                {"chip_km2", "chip_km2"},
                                {"killed_side_0", "killed"},
                                {"killed_side_1", "killed"},
                                {"foreign_peak", "in_combat"},
                                {"foreign_killed", "contingent_killed"},
                                {"rung_peak", "rung"},
                                {"new_war", "rung"},
                                {"nuclear_signal", "rung"},
                                {"nuclear_use", "rung"},
                                {"aid_usd", "aid_usd_per_week"},
                                {"support", "support"},
                                {"technology", "technology"},
                                {"guarantee", "guarantee"},
                                {"recurrence", "fighting"},
                                {"talks_weeks", "talks"}};

/// What futures are compared by: columns of numbers, those of one variable together.
struct Features {
  std::size_t points = 0;
  std::vector<std::string> variables;
  std::vector<std::vector<std::vector<float>>> series;  ///< [variable][series][point * weeks]
};

/// Takes the mean of every week off and divides by the deviation within weeks, so that what all
/// futures share does not count and a gap that lasts counts for longer.
bool standardise(std::vector<float>& x, std::size_t points) {
  const std::size_t weeks = x.size() / points;
  double squares = 0.0;
  for (std::size_t w = 0; w < weeks; ++w) {
    double sum = 0.0;
    for (std::size_t p = 0; p < points; ++p) sum += static_cast<double>(x[p * weeks + w]);
    const double mean = sum / static_cast<double>(points);
    for (std::size_t p = 0; p < points; ++p) {
      const double d = static_cast<double>(x[p * weeks + w]) - mean;
      x[p * weeks + w] = static_cast<float>(d);
      squares += d * d;
    }
  }
  const double deviation = std::sqrt(squares / static_cast<double>(x.size()));
  if (!(deviation > 0.0)) return false;
  for (float& v : x)
    v = static_cast<float>(std::clamp(static_cast<double>(v) / deviation, -widest, widest));
  return true;
}

bool wanted(const casefile::Values& values, std::string_view variable) {
  return std::ranges::any_of(values.worth, [&](const casefile::Worth& w) {
    return std::ranges::any_of(carriers, [&](const Carrier& c) {
      return c.variable == variable && c.measure == casefile::measures()[w.measure].name;
    });
  });
}

Features of_trajectories(const casefile::Values& values, const ensemble::Futures& f,
                         std::size_t option) {
  Features out;
  const std::size_t weeks = f.kept_weeks(), n = f.series.size();
  if (f.trajectories < fewest ||
      f.trajectory.size() != f.options.size() * f.trajectories * n * weeks)
    return out;
  out.points = std::min(f.trajectories, most);
  for (std::size_t s = 0; s < n; ++s) {
    if (!wanted(values, f.series[s].variable)) continue;
    std::vector<float> x(out.points * weeks);
    for (std::size_t p = 0; p < out.points; ++p) {
      const std::size_t row = ((option * f.trajectories + p) * n + s) * weeks;
      std::copy_n(f.trajectory.begin() + static_cast<std::ptrdiff_t>(row), weeks,
                  x.begin() + static_cast<std::ptrdiff_t>(p * weeks));
    }
    if (!standardise(x, out.points)) continue;
    const auto found = std::ranges::find(out.variables, f.series[s].variable);
    const auto v = static_cast<std::size_t>(found - out.variables.begin());
    if (found == out.variables.end()) {
      out.variables.push_back(f.series[s].variable);
      out.series.emplace_back();
    }
    out.series[v].push_back(std::move(x));
  }
  return out;
}

Features of_outcomes(const ensemble::Futures& f, std::size_t option) {
  Features out;
  out.points = std::min(f.futures, most);
  for (std::size_t m = 0; m < f.measures.size(); ++m) {
    std::vector<float> x(out.points);
    for (std::size_t p = 0; p < out.points; ++p) x[p] = f.outcome_at(option, p, m);
    if (!standardise(x, out.points)) continue;
    out.variables.push_back(f.measures[m]);
    out.series.push_back({std::move(x)});
  }
  return out;
}

/// Root of the mean over variables of the mean square over their series and weeks.
Distances distances_of(const Features& f) {
  Distances out{f.points, std::vector<float>(f.points * f.points, 0.0F)};
  std::vector<double> sum(f.points * f.points, 0.0);
  for (const auto& variable : f.series) {
    for (const auto& x : variable) {
      const std::size_t weeks = x.size() / f.points;
      const double share = 1.0 / static_cast<double>(weeks * variable.size() * f.series.size());
      for (std::size_t i = 0; i < f.points; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const float* a = x.data() + i * weeks;
          const float* b = x.data() + j * weeks;
          float squares = 0.0F;
          for (std::size_t w = 0; w < weeks; ++w) squares += (a[w] - b[w]) * (a[w] - b[w]);
          sum[i * f.points + j] += share * static_cast<double>(squares);
        }
      }
    }
  }
  for (std::size_t i = 0; i < f.points; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto d = static_cast<float>(std::sqrt(sum[i * f.points + j]));
      out.d[i * f.points + j] = out.d[j * f.points + i] = d;
    }
  }
  return out;
}

/// The same groups, largest first.
Grouping by_size(const Grouping& best) {
  std::vector<std::size_t> size(best.medoids.size(), 0), order(best.medoids.size());
  for (const std::size_t g : best.of) ++size[g];
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return size[a] != size[b] ? size[a] > size[b] : best.medoids[a] < best.medoids[b];
  });
  Grouping sorted = best;
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.medoids[i] = best.medoids[order[i]];
  }
  for (std::size_t& g : sorted.of) g = place[g];
  return sorted;
}

/// What sets futures apart from all others, strongest first.
std::vector<Mark> marks_of(const ensemble::Futures& f, std::size_t option,
                           const std::vector<bool>& member) {
  std::vector<Mark> all;
  for (std::size_t m = 0; m < f.measures.size(); ++m) {
    std::vector<double> x;
    double in = 0.0, out = 0.0, n = 0.0;
    for (std::size_t p = 0; p < member.size(); ++p) {
      x.push_back(static_cast<double>(f.outcome_at(option, p, m)));
      (member[p] ? in : out) += x.back();
      n += member[p] ? 1.0 : 0.0;
    }
    const double deviation = mean_error(x).deviation;
    const double rest = static_cast<double>(x.size()) - n;
    if (deviation <= 0.0 || rest <= 0.0) continue;
    const Mark mark{m, in / n, out / rest, (in / n - out / rest) / deviation};
    if (std::abs(mark.apart) >= least_mark) all.push_back(mark);
  }
  std::ranges::stable_sort(
      all, [](const Mark& a, const Mark& b) { return std::abs(a.apart) > std::abs(b.apart); });
  if (all.size() > most_marks) all.resize(most_marks);
  return all;
}

/// The member that the others of `members` lie nearest to.
std::size_t medoid_of(const Distances& d, const std::vector<std::size_t>& members) {
  std::size_t best = members.front();
  double least = std::numeric_limits<double>::infinity();
  for (const std::size_t i : members) {
    double sum = 0.0;
    for (const std::size_t j : members) sum += d.at(i, j);
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  return best;
}

/// Futures of one option, what they are worth and how far apart they lie.
struct Grouped {
  const ensemble::Futures& futures;
  std::size_t option;
  std::span<const double> value;
  const Distances& distances;
  double bound = 0.0;  ///< value of the worst tenth's best
};

Course course_of(const Grouped& g, const std::vector<bool>& member) {
  Course c;
  std::vector<std::size_t> members;
  for (std::size_t p = 0; p < member.size(); ++p) {
    if (!member[p]) continue;
    members.push_back(p);
    c.value += g.value[p];
    c.worst_tenth += g.value[p] <= g.bound ? 1.0 : 0.0;
  }
  const double n = static_cast<double>(members.size()), all = static_cast<double>(member.size());
  c.medoid = medoid_of(g.distances, members);
  c.share = n / all;
  c.error = std::sqrt(c.share * (1.0 - c.share) / all);
  c.value /= n;
  c.worst_tenth /= n;
  c.marks = marks_of(g.futures, g.option, member);
  return c;
}

/// The worst tenth of the futures, parted by itself: the largest group of it.
Course danger_of(const Grouped& g, std::uint64_t seed) {
  std::vector<std::size_t> worst;
  for (std::size_t p = 0; p < g.distances.n; ++p) {
    if (g.value[p] < g.bound) worst.push_back(p);
  }
  if (worst.empty()) {  // all of the worst lie beyond what was grouped, or are alike
    const auto own = g.value.first(g.distances.n);
    worst.push_back(static_cast<std::size_t>(std::ranges::min_element(own) - own.begin()));
  }
  Distances among{worst.size(), {}};
  for (const std::size_t a : worst) {
    for (const std::size_t b : worst) among.d.push_back(static_cast<float>(g.distances.at(a, b)));
  }
  const Grouping parted = by_size(part(among, most_groups, clouds, seed).grouping);
  std::vector<bool> member(g.distances.n, false);
  for (std::size_t i = 0; i < worst.size(); ++i) member[worst[i]] = parted.of[i] == 0;
  return course_of(g, member);
}

}  // namespace

void fill_courses(OptionResult& result, const casefile::Values& values,
                  const ensemble::Futures& futures, const ValueTable& table, std::size_t option,
                  std::uint64_t seed) {
  Courses& out = result.courses;
  Features features = of_trajectories(values, futures, option);
  out.of_trajectories = !features.variables.empty();
  if (!out.of_trajectories) features = of_outcomes(futures, option);
  if (features.variables.empty()) return;  // all futures are alike
  const Distances d = distances_of(features);
  const Parting parting = part(d, most_groups, clouds, seed);
  const Grouping grouping = by_size(parting.grouping);
  const std::vector<double> silhouette = silhouettes(d, grouping);
  const std::vector<double> stability = group_stability(d, grouping, bootstraps, seed);
  const auto value = table.of(option);
  std::vector<double> sorted(value.begin(), value.end());
  std::ranges::sort(sorted);
  const Grouped grouped{futures, option, value, d, quantile(sorted, bad)};

  out.variables = std::move(features.variables);
  out.silhouette = parting.silhouette;
  out.reference = parting.reference;
  out.chance = parting.chance;
  for (std::size_t g = 0; g < grouping.medoids.size(); ++g) {
    std::vector<bool> member;
    double sum = 0.0;
    for (std::size_t p = 0; p < d.n; ++p) {
      member.push_back(grouping.of[p] == g);
      sum += member.back() ? silhouette[p] : 0.0;
    }
    Course c = course_of(grouped, member);
    c.silhouette = sum / (c.share * static_cast<double>(d.n));
    c.stability = stability[g];
    if (!out.groups.empty() && c.value < out.groups[out.dangerous].value) out.dangerous = g;
    out.groups.push_back(std::move(c));
  }
  for (const std::size_t g : grouping.of) out.of.push_back(static_cast<std::uint8_t>(g));
  out.danger = danger_of(grouped, seed);
  result.most_likely = out.groups.front().medoid;
  result.most_dangerous = out.danger.medoid;
}

}  // namespace casus::analysis
