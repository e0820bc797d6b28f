// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/network.h"

#include <algorithm>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/calibration.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace {

// The node's table as a factor over ascending variables.
Factor factor_of(const Network& network, std::uint32_t node,
                 std::span<const std::uint32_t> states) {
  const NetworkNode& n = network.nodes[node];
  std::vector<Variable> written = n.parents;
  written.push_back(node);
  Factor f{written, std::vector<double>(n.table.size())};
  std::sort(f.scope.begin(), f.scope.end());
  walk(f.scope, written, states, [&](std::size_t i, std::size_t j) { f.table[i] = n.table[j]; });
  return f;
}

std::vector<std::uint32_t> states_of(const Network& network) {
  std::vector<std::uint32_t> states;
  for (const auto& n : network.nodes) states.push_back(static_cast<std::uint32_t>(n.states.size()));
  for (const auto& n : network.nodes) {
    std::size_t size = n.states.size();
    for (const auto p : n.parents) {
      CASUS_CHECK(p < states.size());
      size *= states[p];
    }
    CASUS_CHECK(size > 0 && n.table.size() == size);
  }
  return states;
}

// A node stays if it is asked for, observed, or an ancestor of such a one.
std::vector<bool> relevant(const Network& network, const std::vector<NodeEvidence>& evidence,
                           const InferOptions& options) {
  std::vector<bool> keep(network.nodes.size(), options.targets.empty());
  std::vector<std::uint32_t> open(options.targets);
  for (const auto& e : evidence) open.push_back(e.node);
  while (!open.empty()) {
    const auto v = open.back();
    open.pop_back();
    CASUS_CHECK(v < keep.size());
    if (keep[v]) continue;
    keep[v] = true;
    for (const auto p : network.nodes[v].parents) open.push_back(p);
  }
  return keep;
}

void check_acyclic(const Network& network) {
  std::vector<std::size_t> waiting(network.nodes.size());
  std::vector<std::vector<std::uint32_t>> below(network.nodes.size());
  std::vector<std::uint32_t> free;
  for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
    waiting[i] = network.nodes[i].parents.size();
    if (waiting[i] == 0) free.push_back(i);
    for (const auto p : network.nodes[i].parents) below[p].push_back(i);
  }
  std::size_t done = 0;
  for (; done < free.size(); ++done) {
    for (const auto c : below[free[done]]) {
      if (--waiting[c] == 0) free.push_back(c);
    }
  }
  CASUS_CHECK(done == network.nodes.size());
}

}  // namespace

Inference infer(const Network& network, const std::vector<NodeEvidence>& evidence,
                const InferOptions& options) {
  const auto states = states_of(network);
  check_acyclic(network);
  const auto keep = relevant(network, evidence, options);
  std::vector<Factor> factors;
  for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
    if (keep[i]) factors.push_back(factor_of(network, i, states));
  }
  for (const auto& e : evidence) {
    CASUS_CHECK(e.likelihood.size() == states[e.node]);
    factors.push_back({{e.node}, e.likelihood});
  }
  std::vector<std::vector<Variable>> scopes;
  for (const auto& f : factors) scopes.push_back(f.scope);
  Inference out;
  out.cells = JunctionTree::cells_needed(states, scopes);
  if (out.cells > options.cells) {
    throw ModelError("the junction tree needs more cells than allowed; raise the limit");
  }
  const JunctionTree tree(states, scopes);
  Calibration calibration(tree, factors, std::vector<bool>(factors.size(), true));
  calibration.gather();
  out.log_evidence = calibration.log_evidence();
  // variables left out stand alone in the tree with a table of ones, one for each of their states
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    if (!keep[i]) out.log_evidence -= log(static_cast<double>(states[i]));
  }
  out.nodes = options.targets;
  if (out.nodes.empty()) {
    out.nodes.resize(states.size());
    std::iota(out.nodes.begin(), out.nodes.end(), 0U);
  }
  std::sort(out.nodes.begin(), out.nodes.end());
  out.posteriors = calibration.marginals(out.nodes);
  return out;
}

Inference enumerate(const Network& network, const std::vector<NodeEvidence>& evidence) {
  const auto states = states_of(network);
  std::vector<Variable> all(states.size());
  std::iota(all.begin(), all.end(), 0U);
  std::size_t size = 1;
  for (const auto s : states) {
    size *= s;
    CASUS_CHECK(size <= (std::size_t{1} << 24));
  }
  std::vector<double> joint(size, 1.0);
  const auto multiply = [&](const Factor& f) {
    walk(all, f.scope, states, [&](std::size_t i, std::size_t j) { joint[i] *= f.table[j]; });
  };
  for (Variable i = 0; i < states.size(); ++i) multiply(factor_of(network, i, states));
  for (const auto& e : evidence) multiply({{e.node}, e.likelihood});
  double sum = 0.0;
  for (const double x : joint) sum += x;
  if (!(sum > 0.0)) throw ModelError("the evidence is impossible");
  for (double& x : joint) x /= sum;
  Inference out;
  out.nodes = all;
  out.log_evidence = log(sum);
  out.cells = static_cast<double>(size);
  for (const Variable v : all) {
    const std::vector<Variable> one{v};
    out.posteriors.push_back(sum_onto(joint, all, one, states));
  }
  return out;
}

}  // namespace casus::intel
