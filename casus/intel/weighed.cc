// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/weighed.h"

#include <algorithm>

#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace {

using Scope = std::vector<Variable>;

std::size_t cells_of(const Calibration& c, const Scope& scope) {
  std::size_t out = 1;
  for (const Variable v : scope) out *= c.tree().states(v);
  return out;
}

Scope joined(const Calibration& c, const Scope& a, const Scope& b) {
  Scope out(a);
  out.insert(out.end(), b.begin(), b.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return c.tree().cliques().sorted(std::move(out));
}

std::vector<double> weights_of(const Calibration& c, const Change& change, const Scope& scope) {
  std::vector<double> out(cells_of(c, scope), 1.0);
  for (const WhatIf& w : change) {
    const bool was = c.active(w.factor);
    if (was == w.active && w.table == nullptr) continue;
    const auto& now = c.table_of(w.factor);
    std::vector<double> ratio(now.size(), 1.0);
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (w.active) ratio[i] = w.table != nullptr ? (*w.table)[i] : now[i];
      if (was) ratio[i] = now[i] > 0.0 ? ratio[i] / now[i] : 0.0;
    }
    scale_down(ratio);  // only proportions count
    walk(scope, c.factor(w.factor).scope, c.tree().states(),
         [&](std::size_t i, std::size_t j) { out[i] *= ratio[j]; });
    scale_down(out);
  }
  return out;
}

}  // namespace

std::vector<Variable> scope_of(const Calibration& c, const Change& change) {
  Scope scope;
  for (const WhatIf& w : change) {
    const auto& of = c.factor(w.factor).scope;
    scope.insert(scope.end(), of.begin(), of.end());
  }
  std::sort(scope.begin(), scope.end());
  scope.erase(std::unique(scope.begin(), scope.end()), scope.end());
  return c.tree().cliques().sorted(std::move(scope));
}

Weighed weighed(const Calibration& c, const Change& change) {
  Scope scope = scope_of(c, change);
  auto weights = weights_of(c, change, scope);
  return {std::move(scope), std::move(weights)};
}

Weighed told_above(const Calibration& c, std::size_t clique, const Weighed& in) {
  const auto& tree = c.tree();
  const Clique& k = tree.cliques().cliques[clique];
  Weighed out{k.shared_scope(), {}};
  const Scope both = joined(c, out.scope, in.scope);
  const Nests nests(k.scope, {both}, tree.states());
  const Table joint = c.sums(clique, nests)[nests.find(both)];
  std::vector<double> weight(joint.size());
  walk(both, in.scope, tree.states(),
       [&](std::size_t i, std::size_t j) { weight[i] = in.weights[j]; });
  const Table& shared = c.shared(clique);
  out.weights.assign(shared.size(), 0.0);
  walk(both, out.scope, tree.states(),
       [&](std::size_t i, std::size_t j) { out.weights[j] += joint[i] * weight[i]; });
  for (std::size_t j = 0; j < shared.size(); ++j) {
    out.weights[j] = shared[j] > 0.0 ? out.weights[j] / shared[j] : 0.0;
  }
  return out;
}

Weighed product(const Calibration& c, const Weighed& a, const Weighed& b) {
  Weighed out{joined(c, a.scope, b.scope), {}};
  out.weights.assign(cells_of(c, out.scope), 1.0);
  for (const Weighed* w : {&a, &b}) {
    walk(out.scope, w->scope, c.tree().states(),
         [&](std::size_t i, std::size_t j) { out.weights[i] *= w->weights[j]; });
  }
  scale_down(out.weights);
  return out;
}

}  // namespace casus::intel
