// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <optional>
#include <set>

#include "casus/analysis/discovery.h"
#include "casus/analysis/discovery_box.h"

namespace casus::analysis {
namespace {

using discovery::Box;
using discovery::Rows;
using discovery::Tally;

double hits_in(std::span<const std::uint8_t> interest, const Rows& rows) {
  double hits = 0.0;
  for (const std::uint32_t r : rows) hits += interest[r];
  return hits;
}

/// A way of moving one wall of the box.
struct Move {
  std::size_t input = 0;
  bool lower = false;
  double wall = 0.0;
  double gain = 0.0;  ///< of density for each future given up
};

/// The best way to take about `share` off one end of one input. Among equal values all go or none.
std::optional<Move> peel_of(const std::vector<double>& column, std::size_t input, bool lower,
                            std::span<const std::uint8_t> interest, const Rows& inside,
                            double share, std::vector<double>& sorted) {
  sorted.clear();
  for (const std::uint32_t r : inside) sorted.push_back(column[r]);
  const auto n = sorted.size();
  const auto cut = static_cast<std::size_t>(std::ceil(share * static_cast<double>(n)));
  const std::size_t at = lower ? cut : n - 1 - cut;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
  double wall = sorted[at];
  const auto kept_by = [&](double v) { return lower ? v >= wall : v <= wall; };
  std::size_t kept = 0;
  for (const double v : sorted) kept += kept_by(v) ? 1 : 0;
  if (kept == n) {  // ties reach past the cut: the next value inwards
    std::optional<double> next;
    for (const double v : sorted) {
      if (lower ? v > wall : v < wall)
        next = !next ? v : (lower ? std::min(*next, v) : std::max(*next, v));
    }
    if (!next) return std::nullopt;
    wall = *next;
  }
  double in = 0.0, hits = 0.0, before = 0.0;
  for (const std::uint32_t r : inside) {
    before += interest[r];
    if (!kept_by(column[r])) continue;
    in += 1.0;
    hits += interest[r];
  }
  const double lost = static_cast<double>(n) - in;
  if (lost <= 0.0 || in <= 0.0) return std::nullopt;
  return Move{input, lower, wall, (hits / in - before / static_cast<double>(n)) / lost};
}

void move_wall(Box& box, const Move& m) { (m.lower ? box.low : box.high)[m.input] = m.wall; }

Rows still_inside(const Inputs& inputs, const Box& box, std::size_t input, const Rows& rows) {
  Rows kept;
  for (const std::uint32_t r : rows) {
    const double v = inputs.columns[input][r];
    if (v >= box.low[input] && v <= box.high[input]) kept.push_back(r);
  }
  return kept;
}

/// Chance of so uneven a share of interest over eight classes of equal count (fewer where values
/// are) if the input did not matter: Pearson's chi-squared.
double chance_of_classes(const std::vector<double>& column, std::span<const std::uint8_t> interest,
                         const Rows& rows, double rate) {
  std::vector<std::pair<double, double>> sorted;
  for (const std::uint32_t r : rows) sorted.emplace_back(column[r], interest[r]);
  std::ranges::sort(sorted);
  constexpr std::size_t classes = 8;
  double chi2 = 0.0, used = 0.0;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::size_t end =
        std::max(i + 1, (i * classes / sorted.size() + 1) * sorted.size() / classes);
    double n = 0.0, hits = 0.0;
    const double last = sorted[std::min(end, sorted.size()) - 1].first;
    for (; i < sorted.size() && sorted[i].first <= last; ++i) {
      n += 1.0;
      hits += sorted[i].second;
    }
    chi2 += (hits - n * rate) * (hits - n * rate) / (n * rate * (1.0 - rate));
    used += 1.0;
  }
  return used < 2.0 ? 1.0 : boost::math::gamma_q(0.5 * (used - 1.0), 0.5 * chi2);
}

/// The inputs worth peeling: those that move the share of interest beyond chance, family-wise 5 %
/// (Bonferroni). Among hundreds of inputs the greediest peel is else one of noise.
std::set<std::size_t> screened(const Inputs& inputs, std::span<const std::uint8_t> interest,
                               const Rows& rows, const DiscoveryOptions& options) {
  const double rate = hits_in(interest, rows) / static_cast<double>(rows.size());
  if (rate <= 0.0 || rate >= 1.0) return {};
  std::vector<std::pair<double, std::size_t>> chance;
  for (std::size_t i = 0; i < inputs.columns.size(); ++i) {
    const double p = chance_of_classes(inputs.columns[i], interest, rows, rate);
    if (p * static_cast<double>(inputs.columns.size()) <= options.chance) chance.emplace_back(p, i);
  }
  std::ranges::sort(chance);
  if (chance.size() > options.screened) chance.resize(options.screened);
  std::set<std::size_t> chosen;
  for (const auto& [p, i] : chance) chosen.insert(i);
  return chosen;
}

/// Peels to the smallest box and returns the one of the highest merit on the way.
Box peeled(const Inputs& inputs, std::span<const std::uint8_t> interest, const Rows& rows,
           const DiscoveryOptions& options) {
  std::set<std::size_t> worth;
  std::size_t screened_at = 2 * rows.size();
  Box box(inputs.columns.size());
  Box best = box;
  double merit = discovery::tally(inputs, interest, box, rows).merit();
  const double of_interest = hits_in(interest, rows);
  const double least = options.least_mass * static_cast<double>(rows.size());
  Rows inside = rows;
  std::vector<double> sorted;
  while (static_cast<double>(inside.size()) > least) {
    if (2 * inside.size() <= screened_at) {  // what matters only within the box shows only there
      worth.merge(screened(inputs, interest, inside, options));
      screened_at = inside.size();
    }
    std::optional<Move> move;
    for (const std::size_t i : worth) {
      for (const bool lower : {true, false}) {
        const auto m = peel_of(inputs.columns[i], i, lower, interest, inside, options.peel, sorted);
        if (m && (!move || m->gain > move->gain)) move = m;
      }
    }
    if (!move) break;
    move_wall(box, *move);
    inside = still_inside(inputs, box, move->input, inside);
    if (static_cast<double>(inside.size()) < least) break;
    const double hits = hits_in(interest, inside);
    Tally t{static_cast<double>(inside.size()), hits, static_cast<double>(rows.size()),
            of_interest};
    if (t.merit() > merit) {
      merit = t.merit();
      best = box;
    }
  }
  return best;
}

/// Widens walls by about `share` of the box as long as the merit grows.
Box pasted(const Inputs& inputs, std::span<const std::uint8_t> interest, Box box, const Rows& rows,
           const DiscoveryOptions& options) {
  double merit = discovery::tally(inputs, interest, box, rows).merit();
  for (bool moved = true; moved;) {
    moved = false;
    for (const std::size_t i : box.restricted()) {
      for (const bool lower : {true, false}) {
        Box open = box;
        (lower ? open.low : open.high)[i] =
            (lower ? -1.0 : 1.0) * std::numeric_limits<double>::infinity();
        std::vector<double> beyond;  // values just outside this wall, nearest first
        Rows inside = rows;
        for (const std::size_t w : open.restricted())
          inside = still_inside(inputs, open, w, inside);
        for (const std::uint32_t r : inside) {
          const double v = inputs.columns[i][r];
          if (lower ? v < box.low[i] : v > box.high[i]) beyond.push_back(v);
        }
        if (beyond.empty()) continue;
        std::sort(beyond.begin(), beyond.end());
        if (lower) std::reverse(beyond.begin(), beyond.end());
        const auto step = static_cast<std::size_t>(
            std::max(1.0, options.peel * static_cast<double>(inside.size() - beyond.size())));
        Box wider = box;
        (lower ? wider.low : wider.high)[i] = beyond[std::min(step, beyond.size()) - 1];
        if (step >= beyond.size()) wider = open;
        const double m = discovery::tally(inputs, interest, wider, rows).merit();
        if (m <= merit) continue;
        merit = m;
        box = wider;
        moved = true;
      }
    }
  }
  return box;
}

Box searched(const Inputs& inputs, std::span<const std::uint8_t> interest, const Rows& rows,
             const DiscoveryOptions& options) {
  Box box =
      discovery::pruned(inputs, interest, peeled(inputs, interest, rows, options), rows, options);
  box = pasted(inputs, interest, box, rows, options);
  return discovery::pruned(inputs, interest, std::move(box), rows, options);
}

}  // namespace

Scenario prim(const Inputs& inputs, std::span<const std::uint8_t> interest,
              const DiscoveryOptions& options) {
  const Rows rows = discovery::rows_of(inputs, interest.size(), 0);
  const Rows judged = discovery::rows_of(inputs, interest.size(), 1);
  const Box box = searched(inputs, interest, rows, options);
  Scenario s = discovery::told(inputs, interest, box, rows, judged, "prim");
  discovery::search_again(s, box, rows, options, [&](const Rows& half) {
    return searched(inputs, interest, half, options);
  });
  return s;
}

}  // namespace casus::analysis
