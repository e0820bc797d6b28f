// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/elimination.h"

#include <algorithm>
#include <limits>
#include <set>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using Neighbours = std::vector<std::vector<std::uint32_t>>;

bool joined(const Neighbours& near, std::uint32_t a, std::uint32_t b) {
  return std::binary_search(near[a].begin(), near[a].end(), b);
}

void join(Neighbours& near, std::uint32_t a, std::uint32_t b) {
  const auto at = std::lower_bound(near[a].begin(), near[a].end(), b);
  if (at == near[a].end() || *at != b) near[a].insert(at, b);
}

struct Cost {
  double fill = 0.0;
  double size = 0.0;
  std::uint32_t variable = 0;
  friend bool operator<(const Cost& a, const Cost& b) {
    if (a.fill != b.fill) return a.fill < b.fill;
    if (a.size != b.size) return a.size < b.size;
    return a.variable < b.variable;
  }
};

Cost cost_of(const Neighbours& near, std::span<const double> bits, std::uint32_t v, Rule rule) {
  Cost c{0.0, bits[v], v};
  const auto& n = near[v];
  for (std::size_t i = 0; i < n.size(); ++i) {
    c.size += bits[n[i]];
    if (rule == Rule::size) continue;
    for (std::size_t j = i + 1; j < n.size(); ++j) {
      if (joined(near, n[i], n[j])) continue;
      c.fill += rule == Rule::fill ? 1.0 : bits[n[i]] * bits[n[j]];
    }
  }
  return c;
}

}  // namespace

Elimination eliminate(std::span<const std::uint32_t> states,
                      std::span<const std::vector<std::uint32_t>> scopes, Rule rule) {
  const std::size_t n = states.size();
  Neighbours near(n);
  for (const auto& scope : scopes) {
    for (const auto a : scope) {
      for (const auto b : scope) {
        if (a != b) join(near, a, b);
      }
    }
  }
  std::vector<double> bits(n);
  for (std::size_t i = 0; i < n; ++i) bits[i] = log(static_cast<double>(states[i])) + 1e-6;
  std::vector<Cost> cost(n);
  std::set<Cost> queue;
  for (std::uint32_t v = 0; v < n; ++v) {
    cost[v] = cost_of(near, bits, v, rule);
    queue.insert(cost[v]);
  }
  Elimination out;
  while (!queue.empty()) {
    const std::uint32_t v = queue.begin()->variable;
    queue.erase(queue.begin());
    const std::vector<std::uint32_t> around = near[v];
    out.order.push_back(v);
    out.separator.push_back(around);
    std::set<std::uint32_t> touched(around.begin(), around.end());
    for (const auto a : around) {
      near[a].erase(std::lower_bound(near[a].begin(), near[a].end(), v));
      for (const auto b : around) {
        if (a != b && !joined(near, a, b)) {
          join(near, a, b);
          // the fill of common neighbours changes too
          for (const auto c : near[a]) {
            if (c != b && joined(near, b, c)) touched.insert(c);
          }
        }
      }
    }
    near[v].clear();
    for (const auto a : touched) {
      queue.erase(cost[a]);
      cost[a] = cost_of(near, bits, a, rule);
      queue.insert(cost[a]);
    }
  }
  return out;
}

double cells_of(const Elimination& e, std::span<const std::uint32_t> states) {
  double cells = 0.0;
  for (std::size_t i = 0; i < e.order.size(); ++i) {
    double size = states[e.order[i]];
    for (const auto v : e.separator[i]) size *= states[v];
    cells += size;
  }
  return cells;
}

Elimination eliminate(std::span<const std::uint32_t> states,
                      std::span<const std::vector<std::uint32_t>> scopes) {
  Elimination best = eliminate(states, scopes, Rule::weighted_fill);
  double least = cells_of(best, states);
  for (const Rule rule : {Rule::fill, Rule::size}) {
    Elimination other = eliminate(states, scopes, rule);
    const double cells = cells_of(other, states);
    if (cells < least) {
      least = cells;
      best = std::move(other);
    }
  }
  return best;
}

}  // namespace casus::intel
