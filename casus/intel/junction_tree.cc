// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/junction_tree.h"

#include <algorithm>
#include <map>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/elimination.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace {

// Divides by the largest entry; returns its logarithm, or minus infinity for a table of zeros.
double scale_down(std::vector<double>& table) {
  double top = 0.0;
  for (const double x : table) top = std::max(top, x);
  if (top > 0.0 && top != 1.0) {
    for (double& x : table) x /= top;
  }
  return log(top);
}

}  // namespace

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

/// Tables of the buckets that a what-if question changes.
struct Calibration::Work {
  std::map<std::size_t, Message> up;
  std::map<std::size_t, std::vector<double>> conditional;
};

Calibration::Calibration(const JunctionTree& tree, std::span<const Factor> factors,
                         std::vector<bool> active)
    : tree_(tree),
      factors_(factors),
      active_(std::move(active)),
      home_(factors.size()),
      factors_of_(tree.buckets().size()),
      own_(tree.buckets().size()),
      own_scale_(tree.buckets().size(), 0.0),
      conditional_(tree.buckets().size()),
      up_(tree.buckets().size()),
      dirty_(tree.buckets().size(), true),
      own_dirty_(tree.buckets().size(), true) {
  CASUS_CHECK(active_.size() == factors.size());
  for (std::size_t f = 0; f < factors.size(); ++f) {
    CASUS_CHECK(!factors[f].scope.empty());
    home_[f] = tree.home_of(factors[f].scope);
    factors_of_[home_[f]].push_back(f);
  }
}

void Calibration::set_active(std::size_t factor, bool active) {
  if (active_[factor] == active) return;
  active_[factor] = active;
  dirty_[home_[factor]] = true;
  own_dirty_[home_[factor]] = true;
}

void Calibration::replace(std::size_t factor, std::vector<double> table) {
  CASUS_CHECK(table.size() == factors_[factor].table.size());
  replaced_[factor] = std::move(table);
  dirty_[home_[factor]] = true;
  own_dirty_[home_[factor]] = true;
}

const std::vector<double>& Calibration::table_of(std::size_t factor) const {
  const auto found = replaced_.find(factor);
  return found == replaced_.end() ? factors_[factor].table : found->second;
}

void Calibration::rebuild_own(std::size_t bucket) {
  const auto& b = tree_.buckets()[bucket];
  auto& table = own_[bucket];
  table.assign(b.size, 1.0);
  own_scale_[bucket] = 0.0;
  int since = 0;
  for (const std::size_t f : factors_of_[bucket]) {
    if (!active_[f]) continue;
    const auto& factor = factors_[f];
    const auto& values = table_of(f);
    walk(b.scope, factor.scope, tree_,
         [&](std::size_t i, std::size_t j) { table[i] *= values[j]; });
    if (++since == 16) {
      own_scale_[bucket] += scale_down(table);
      since = 0;
    }
  }
  own_scale_[bucket] += scale_down(table);
}

void Calibration::gather_bucket(std::size_t bucket, const std::vector<double>& own,
                                const Work* work, std::vector<double>& psi, Message& out) const {
  const auto& b = tree_.buckets()[bucket];
  psi = own;
  out.log_scale = 0.0;
  for (const std::size_t child : b.children) {
    const Message* message = &up_[child];
    if (work != nullptr) {
      const auto changed = work->up.find(child);
      if (changed != work->up.end()) message = &changed->second;
    }
    const auto& child_scope = tree_.buckets()[child].scope;
    const std::span<const Variable> separator(child_scope.data(), child_scope.size() - 1);
    walk(b.scope, separator, tree_,
         [&](std::size_t i, std::size_t j) { psi[i] *= message->table[j]; });
    out.log_scale += message->log_scale;
  }
  const std::size_t n = tree_.states(b.variable);
  out.table.assign(b.size / n, 0.0);
  for (std::size_t s = 0; s < out.table.size(); ++s) {
    double sum = 0.0;
    for (std::size_t k = 0; k < n; ++k) sum += psi[s * n + k];
    out.table[s] = sum;
    if (sum > 0.0) {
      for (std::size_t k = 0; k < n; ++k) psi[s * n + k] /= sum;
    }
  }
  out.log_scale += scale_down(out.table);
}

void Calibration::gather() {
  joint_.clear();
  double log_scale = 0.0;
  for (std::size_t i = 0; i < tree_.buckets().size(); ++i) {
    const auto& b = tree_.buckets()[i];
    if (dirty_[i]) {
      if (own_dirty_[i]) rebuild_own(i);
      own_dirty_[i] = false;
      gather_bucket(i, own_[i], nullptr, conditional_[i], up_[i]);
      up_[i].log_scale += own_scale_[i];
      if (b.parent) dirty_[*b.parent] = true;
      dirty_[i] = false;
    }
    if (!b.parent) log_scale += up_[i].log_scale;
  }
  log_evidence_ = log_scale;
  if (!(log_scale > -1e300)) {
    throw ModelError(
        "the reports leave no possible state of affairs: their joint probability is 0");
  }
}

std::vector<double> Calibration::spread_bucket(std::size_t bucket,
                                               const std::vector<double>& conditional,
                                               const std::vector<double>* parent) const {
  const auto& b = tree_.buckets()[bucket];
  std::vector<double> out = conditional;
  if (!b.parent) return out;
  const auto& parent_scope = tree_.buckets()[*b.parent].scope;
  const std::span<const Variable> separator(b.scope.data(), b.scope.size() - 1);
  std::vector<double> outer(b.size / tree_.states(b.variable), 0.0);
  walk(parent_scope, separator, tree_,
       [&](std::size_t i, std::size_t j) { outer[j] += (*parent)[i]; });
  const std::size_t n = tree_.states(b.variable);
  for (std::size_t s = 0; s < outer.size(); ++s) {
    for (std::size_t k = 0; k < n; ++k) out[s * n + k] *= outer[s];
  }
  return out;
}

void Calibration::spread() {
  for (std::size_t i = tree_.buckets().size(); i-- > 0;) spread_to(i);
}

// The joint of one bucket and of those above it, each computed once.
void Calibration::spread_to(std::size_t bucket) {
  joint_.resize(tree_.buckets().size());
  std::vector<std::size_t> missing;
  for (std::optional<std::size_t> i = bucket; i && joint_[*i].empty();
       i = tree_.buckets()[*i].parent) {
    missing.push_back(*i);
  }
  for (std::size_t k = missing.size(); k-- > 0;) {
    const auto& parent = tree_.buckets()[missing[k]].parent;
    joint_[missing[k]] =
        spread_bucket(missing[k], conditional_[missing[k]], parent ? &joint_[*parent] : nullptr);
  }
}

std::vector<double> Calibration::joint(std::span<const Variable> scope) {
  const std::size_t home = tree_.home_of(scope);
  spread_to(home);
  std::vector<std::uint32_t> states(tree_.variables());
  for (Variable v = 0; v < states.size(); ++v) states[v] = tree_.states(v);
  return sum_onto(joint_[home], tree_.buckets()[home].scope, scope, states);
}

std::vector<std::vector<double>> Calibration::marginals(std::span<const Variable> wanted) const {
  return marginals_if(wanted, {});
}

std::vector<std::vector<double>> Calibration::marginals_if(std::span<const Variable> wanted,
                                                           std::span<const WhatIf> changes) const {
  const auto& buckets = tree_.buckets();
  Work work;
  std::vector<bool> touched(buckets.size(), false);
  std::map<std::size_t, std::vector<double>> own;
  for (const WhatIf& change : changes) {
    if (active_[change.factor] == change.active && change.table == nullptr) continue;
    const std::size_t home = home_[change.factor];
    auto& table = own.try_emplace(home, own_[home]).first->second;
    const Factor& f = factors_[change.factor];
    const auto& now = table_of(change.factor);
    walk(buckets[home].scope, f.scope, tree_, [&](std::size_t i, std::size_t j) {
      if (change.table != nullptr) {
        table[i] *= (*change.table)[j] / now[j];
      } else if (change.active) {
        table[i] *= now[j];
      } else {
        table[i] /= now[j];
      }
    });
    scale_down(table);
    touched[home] = true;
  }
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (!touched[i]) continue;
    const auto changed = own.find(i);
    gather_bucket(i, changed == own.end() ? own_[i] : changed->second, &work, work.conditional[i],
                  work.up[i]);
    if (buckets[i].parent) touched[*buckets[i].parent] = true;
    if (!buckets[i].parent && !(work.up[i].log_scale > -1e300)) return {};
  }
  std::vector<bool> needed(buckets.size(), false);
  for (const Variable v : wanted) needed[tree_.bucket_of(v)] = true;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (needed[i] && buckets[i].parent) needed[*buckets[i].parent] = true;
  }
  std::map<std::size_t, std::vector<double>> joint;
  for (std::size_t i = buckets.size(); i-- > 0;) {
    if (!needed[i]) continue;
    const auto changed = work.conditional.find(i);
    const auto& conditional = changed == work.conditional.end() ? conditional_[i] : changed->second;
    joint[i] =
        spread_bucket(i, conditional, buckets[i].parent ? &joint[*buckets[i].parent] : nullptr);
  }
  std::vector<std::vector<double>> out;
  for (const Variable v : wanted) {
    const auto& table = joint[tree_.bucket_of(v)];
    const std::size_t n = tree_.states(v);
    std::vector<double> p(n, 0.0);
    for (std::size_t i = 0; i < table.size(); ++i) p[i % n] += table[i];
    double sum = 0.0;
    for (const double x : p) sum += x;
    for (double& x : p) x /= sum;
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace casus::intel
