// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/junction_tree.h"

#include <algorithm>

#include "casus/base/error.h"
#include "casus/intel/elimination.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
std::vector<double> sum_onto(std::span<const double> table, std::span<const Variable> from,
                             std::span<const Variable> onto,
                             std::span<const std::uint32_t> states) {
  std::size_t size = 1;
  for (const Variable v : onto) size *= states[v];
  std::vector<double> out(size, 0.0);
  walk(from, onto, states, [&](std::size_t i, std::size_t j) { out[j] += table[i]; });
  return out;
}

JunctionTree::JunctionTree(std::vector<std::uint32_t> states,
                           std::span<const std::vector<Variable>> scopes)
    : states_(std::move(states)), position_(states_.size()) {
  Elimination plan = eliminate(states_, scopes);
  EliminationOrder order;
  order.order = plan.order;
  order.separators = plan.separator;
  cliques_ = build_clique_tree(states_, order);
  buckets_.resize(plan.order.size());
  for (std::size_t i = 0; i < plan.order.size(); ++i) position_[plan.order[i]] = i;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    Bucket& b = buckets_[i];
    b.variable = plan.order[i];
    b.scope = std::move(plan.separator[i]);
    b.size = states_[b.variable];
    std::size_t first = buckets_.size();
    for (const Variable v : b.scope) {
      b.size *= states_[v];
      first = std::min(first, position_[v]);
    }
    if (!b.scope.empty()) {
      b.parent = first;
      buckets_[first].children.push_back(i);
    }
    width_ = std::max(width_, b.scope.size());
    b.scope.push_back(b.variable);
    cells_ += static_cast<double>(b.size);
  }
  const auto& cliques = cliques_.cliques;
  roots_.resize(cliques.size());
  for (std::size_t k = cliques.size(); k-- > 0;) {
    roots_[k] = cliques[k].parent ? roots_[*cliques[k].parent] : k;
  }
  std::vector<std::size_t> height(cliques.size(), 0), depth(cliques.size(), 0);
  const auto put = [](std::vector<std::vector<std::size_t>>& levels, std::size_t at,
                      std::size_t k) {
    if (levels.size() <= at) levels.resize(at + 1);
    levels[at].push_back(k);
  };
  for (std::size_t k = 0; k < cliques.size(); ++k) {
    for (const std::size_t c : cliques[k].children) height[k] = std::max(height[k], height[c] + 1);
    put(heights_, height[k], k);
  }
  for (std::size_t k = cliques.size(); k-- > 0;) {
    if (cliques[k].parent) depth[k] = depth[*cliques[k].parent] + 1;
    put(depths_, depth[k], k);
  }
}

double JunctionTree::cells_needed(std::span<const std::uint32_t> states,
                                  std::span<const std::vector<Variable>> scopes) {
  return cells_of(eliminate(states, scopes), states);
}

std::size_t JunctionTree::home_of(std::span<const Variable> scope) const {
  std::size_t first = buckets_.size();
  for (const Variable v : scope) first = std::min(first, position_[v]);
  return first;
}

bool JunctionTree::holds(std::span<const Variable> scope) const {
  const Bucket& b = buckets_[home_of(scope)];
  return std::all_of(scope.begin(), scope.end(), [&](Variable v) {
    return v == b.variable || std::binary_search(b.scope.begin(), b.scope.end() - 1, v);
  });
}

}  // namespace casus::intel
