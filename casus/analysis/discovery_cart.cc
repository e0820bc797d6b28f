// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "casus/analysis/discovery.h"
#include "casus/analysis/discovery_box.h"

namespace casus::analysis {
namespace {

using discovery::Box;
using discovery::Rows;
using discovery::Tally;

/// Where a node is parted: up to `last` goes left, from `first` on goes right.
struct Split {
  std::size_t input = 0;
  double last = 0.0, first = 0.0;
  double impurity = 0.0;  ///< of both children together, in futures
};

double gini(double n, double hits) { return n > 0.0 ? 2.0 * hits * (n - hits) / n : 0.0; }

std::optional<Split> best_split(const Inputs& inputs, std::span<const std::uint8_t> interest,
                                const Rows& rows, double least) {
  double all = 0.0;
  for (const std::uint32_t r : rows) all += interest[r];
  const double n = static_cast<double>(rows.size());
  std::optional<Split> best;
  Rows order = rows;
  for (std::size_t i = 0; i < inputs.columns.size(); ++i) {
    const auto& x = inputs.columns[i];
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return x[a] != x[b] ? x[a] < x[b] : a < b; });
    double left = 0.0, hits = 0.0;
    for (std::size_t k = 0; k + 1 < order.size(); ++k) {
      left += 1.0;
      hits += interest[order[k]];
      if (left < least || x[order[k]] == x[order[k + 1]]) continue;
      if (n - left < least) break;
      const double impurity = gini(left, hits) + gini(n - left, all - hits);
      if (!best || impurity < best->impurity)
        best = Split{i, x[order[k]], x[order[k + 1]], impurity};
    }
  }
  if (best && best->impurity >= gini(n, all) * (1.0 - 1e-9)) return std::nullopt;
  return best;
}

struct Grown {
  Box box;
  double merit = 0.0;
};

/// Grows the tree below one node and keeps the best leaf or inner node.
void grow(const Inputs& inputs, std::span<const std::uint8_t> interest, const Rows& all,
          const Rows& rows, const Box& box, std::size_t depth, const DiscoveryOptions& options,
          Grown& best) {
  const double merit = discovery::tally(inputs, interest, box, all).merit();
  if (merit > best.merit) best = {box, merit};
  if (depth == 0) return;
  const auto split =
      best_split(inputs, interest, rows, options.least_mass * static_cast<double>(all.size()));
  if (!split) return;
  Rows left, right;
  for (const std::uint32_t r : rows) {
    (inputs.columns[split->input][r] <= split->last ? left : right).push_back(r);
  }
  Box below = box, above = box;
  below.high[split->input] = std::min(below.high[split->input], split->last);
  above.low[split->input] = std::max(above.low[split->input], split->first);
  grow(inputs, interest, all, left, below, depth - 1, options, best);
  grow(inputs, interest, all, right, above, depth - 1, options, best);
}

Box searched(const Inputs& inputs, std::span<const std::uint8_t> interest, const Rows& rows,
             const DiscoveryOptions& options) {
  const Box open(inputs.columns.size());
  Grown best{open, discovery::tally(inputs, interest, open, rows).merit()};
  grow(inputs, interest, rows, rows, open, options.dimensions, options, best);
  return discovery::pruned(inputs, interest, best.box, rows, options);
}

}  // namespace

Scenario cart(const Inputs& inputs, std::span<const std::uint8_t> interest,
              const DiscoveryOptions& options) {
  const Rows rows = discovery::rows_of(inputs, interest.size(), 0);
  const Box box = searched(inputs, interest, rows, options);
  Scenario s = discovery::told(inputs, interest, box, rows,
                               discovery::rows_of(inputs, interest.size(), 1), "cart");
  discovery::search_again(s, box, rows, options, [&](const Rows& half) {
    return searched(inputs, interest, half, options);
  });
  return s;
}

}  // namespace casus::analysis
