// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_question.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/id.h"

namespace casus::intel {
namespace {

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

Question::Question(const GraphicalModel& model, std::span<const NodeEvidence> evidence) {
  const auto& nodes = model.network.nodes;
  for (const auto& n : nodes) states_.push_back(static_cast<std::uint32_t>(n.states.size()));
  const auto view = [&](std::vector<Variable> scope, std::span<const double> table) {
    std::size_t size = 1;
    for (const auto v : scope) {
      CASUS_CHECK(v < nodes.size());
      size *= states_[v];
    }
    CASUS_CHECK(size > 0 && size == table.size());
    views_.push_back({std::move(scope), table});
  };
  if (model.potentials.empty()) {
    for (const auto& n : nodes) {
      for (const auto p : n.parents) CASUS_CHECK(p < nodes.size());
    }
    check_acyclic(model.network);
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      std::vector<Variable> scope = nodes[i].parents;
      scope.push_back(i);
      view(std::move(scope), nodes[i].table);
    }
  }
  for (const auto& p : model.potentials) view(p.scope, p.table);
  std::vector<std::vector<std::uint32_t>> domain(nodes.size());
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    for (std::uint32_t s = 0; s < states_[v]; ++s) domain[v].push_back(s);
  }
  for (const auto& e : evidence) {
    CASUS_CHECK(e.node < nodes.size() && e.likelihood.size() == states_[e.node]);
    auto& left = domain[e.node];
    left.erase(std::remove_if(left.begin(), left.end(),
                              [&](std::uint32_t s) { return !(e.likelihood[s] > 0.0); }),
               left.end());
    view({e.node}, e.likelihood);
  }
  reduction_ = reduce(views_, states_, std::move(domain));
  if (!reduction_) return;
  for (const Variable v : reduction_->original) keys_.push_back(fold(key_of(nodes[v].name)));
  for (std::size_t t = 0; t < views_.size(); ++t) {
    if (reduction_->scopes[t].empty()) {
      (void)restrict_table(views_[t], *reduction_, states_, {}, log_constant_);
    }
  }
}

std::vector<ReducedTable> Question::tables(
    const std::function<std::vector<Variable>(std::vector<Variable>)>& sorted,
    double& log_scale) const {
  std::vector<ReducedTable> out;
  for (std::size_t t = 0; t < views_.size(); ++t) {
    if (reduction_->scopes[t].empty()) continue;
    out.push_back(
        restrict_table(views_[t], *reduction_, states_, sorted(reduction_->scopes[t]), log_scale));
  }
  return out;
}

std::vector<std::uint32_t> Question::widen(const std::vector<std::uint32_t>& states) const {
  std::vector<std::uint32_t> out(states_.size());
  for (std::uint32_t v = 0; v < out.size(); ++v) {
    const auto& reduced = reduction_->reduced[v];
    out[v] = reduction_->domain[v][reduced ? states[*reduced] : 0];
  }
  return out;
}

std::vector<std::vector<double>> Question::widen(
    const std::vector<std::vector<double>>& posteriors) const {
  std::vector<std::vector<double>> out(states_.size());
  for (std::uint32_t v = 0; v < out.size(); ++v) {
    out[v].assign(states_[v], 0.0);
    const auto& domain = reduction_->domain[v];
    const auto& reduced = reduction_->reduced[v];
    for (std::size_t k = 0; k < domain.size(); ++k) {
      out[v][domain[k]] = reduced ? posteriors[*reduced][k] : 1.0;
    }
  }
  return out;
}

}  // namespace casus::intel
