// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_tree.h"

#include <algorithm>

#include "casus/base/error.h"

namespace casus::intel {

std::vector<std::uint32_t> CliqueTree::sorted(std::vector<std::uint32_t> scope) const {
  std::sort(scope.begin(), scope.end(),
            [&](std::uint32_t a, std::uint32_t b) { return rank[a] > rank[b]; });
  return scope;
}

std::size_t CliqueTree::home_of(std::span<const std::uint32_t> scope) const {
  CASUS_CHECK(!scope.empty());
  const auto first = *std::min_element(scope.begin(), scope.end(),
                                       [&](auto a, auto b) { return rank[a] < rank[b]; });
  return home[first];
}

CliqueTree build_clique_tree(std::span<const std::uint32_t> states, const EliminationOrder& order) {
  const std::size_t n = order.order.size();
  CliqueTree tree;
  tree.rank.resize(n);
  tree.home.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) tree.rank[order.order[i]] = i;
  std::vector<std::size_t> up(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (const auto v : order.separators[i]) up[i] = std::min<std::size_t>(up[i], tree.rank[v]);
  }
  // chain[i] = the clique that place i of the order belongs to; a clique is named by its first
  // place
  std::vector<std::size_t> chain(n, n), last(n);
  std::vector<std::size_t> first;  // places that begin a clique
  for (std::size_t i = 0; i < n; ++i) {
    if (chain[i] != n) continue;
    chain[i] = i;
    std::size_t j = i;
    while (up[j] < n && chain[up[j]] == n &&
           order.separators[up[j]].size() + 1 == order.separators[j].size()) {
      j = up[j];
      chain[j] = i;
    }
    last[i] = j;
    first.push_back(i);
  }
  // a parent is the clique of the place above a clique's last; sorted by last place, children come
  // first
  std::sort(first.begin(), first.end(),
            [&](std::size_t a, std::size_t b) { return last[a] < last[b]; });
  std::vector<std::size_t> number(n);
  for (std::size_t k = 0; k < first.size(); ++k) number[first[k]] = k;
  tree.cliques.resize(first.size());
  for (std::size_t k = 0; k < first.size(); ++k) {
    Clique& c = tree.cliques[k];
    c.scope = order.separators[first[k]];
    c.scope.push_back(order.order[first[k]]);
    c.scope = tree.sorted(std::move(c.scope));
    c.shared = order.separators[last[first[k]]].size();
    for (std::size_t d = 0; d < c.scope.size(); ++d) {
      c.size *= states[c.scope[d]];
      if (d < c.shared) c.shared_size *= states[c.scope[d]];
      if (d >= c.shared) tree.home[c.scope[d]] = k;
    }
    tree.cells += static_cast<double>(c.size);
    if (up[last[first[k]]] < n) {
      c.parent = number[chain[up[last[first[k]]]]];
      CASUS_CHECK(*c.parent > k);
      tree.cliques[*c.parent].children.push_back(k);
    }
  }
  return tree;
}

}  // namespace casus::intel
