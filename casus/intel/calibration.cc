// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/junction_tree.h"

namespace casus::intel {
namespace {

constexpr int between_scalings = 8;  // factors of at most 1 that a table takes without underflow

void multiply(std::vector<double>& table, const std::vector<double>& by) {
  for (std::size_t i = 0; i < table.size(); ++i) table[i] *= by[i];
}

std::span<const Variable> separator_of(const JunctionTree::Bucket& b) {
  return {b.scope.data(), b.scope.size() - 1};
}

// The buckets that marginals of these variables are read from, and all above them.
std::vector<bool> buckets_for(const JunctionTree& tree, std::span<const Variable> wanted) {
  const auto& buckets = tree.buckets();
  std::vector<bool> needed(buckets.size(), false);
  for (const Variable v : wanted) needed[tree.bucket_of(v)] = true;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (needed[i] && buckets[i].parent) needed[*buckets[i].parent] = true;
  }
  return needed;
}

}  // namespace

/// What a what-if question changes: factors, and the tables of buckets that hang on them.
struct Calibration::Work {
  std::map<std::size_t, const WhatIf*> changes;                     ///< by factor
  std::map<std::pair<std::size_t, std::size_t>, Message> products;  ///< by bucket and part
  std::map<std::size_t, Message> up;
  std::map<std::size_t, std::vector<double>> conditional;
};

Calibration::Calibration(const JunctionTree& tree, std::span<const Factor> factors,
                         std::vector<bool> active, std::span<const Variable> only)
    : tree_(tree),
      factors_(factors),
      active_(std::move(active)),
      parts_(tree.buckets().size()),
      keep_(only.empty() ? std::vector<bool>(tree.buckets().size(), true)
                         : buckets_for(tree, only)),
      conditional_(tree.buckets().size()),
      up_(tree.buckets().size()),
      dirty_(tree.buckets().size(), true) {
  place_factors();
}

void Calibration::place_factors() {
  CASUS_CHECK(active_.size() == factors_.size());
  home_.resize(factors_.size());
  part_.resize(factors_.size());
  std::vector<std::vector<std::size_t>> here(tree_.buckets().size());
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    CASUS_CHECK(!factors_[f].scope.empty());
    home_[f] = tree_.home_of(factors_[f].scope);
    here[home_[f]].push_back(f);
  }
  for (std::size_t i = 0; i < here.size(); ++i) make_parts(i, here[i]);
}

void Calibration::make_parts(std::size_t bucket, const std::vector<std::size_t>& factors) {
  const auto& b = tree_.buckets()[bucket];
  std::map<std::vector<Variable>, Part> by_scope;
  for (const std::size_t f : factors) by_scope[factors_[f].scope].factors.push_back(f);
  for (const std::size_t child : b.children) {
    const auto separator = separator_of(tree_.buckets()[child]);
    by_scope[{separator.begin(), separator.end()}].children.push_back(child);
  }
  std::vector<std::vector<Variable>> scopes;
  scopes.reserve(by_scope.size());
  for (const auto& entry : by_scope) scopes.push_back(entry.first);
  parts_[bucket].clear();
  for (Nest& n : nest(b.scope, std::move(scopes), tree_.states())) {
    Part part = std::move(by_scope[n.scope]);
    for (const std::size_t f : part.factors) part_[f] = parts_[bucket].size();
    part.nest = std::move(n);
    parts_[bucket].push_back(std::move(part));
  }
}

void Calibration::renew(std::span<const Factor> factors, std::vector<bool> active) {
  const auto before = std::move(parts_);
  factors_ = factors;
  active_ = std::move(active);
  replaced_.clear();
  parts_.assign(before.size(), {});
  place_factors();
  const auto same = [](const Part& a, const Part& b) {
    return a.nest.scope == b.nest.scope && !b.stale && a.product.table == b.product.table &&
           a.product.log_scale == b.product.log_scale;
  };
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    for (Part& part : parts_[i]) {
      part.product = product_of(part, nullptr);
      part.stale = false;
    }
    if (!std::equal(parts_[i].begin(), parts_[i].end(), before[i].begin(), before[i].end(), same)) {
      dirty_[i] = true;
    }
  }
}

void Calibration::set_active(std::size_t factor, bool active) {
  if (active_[factor] == active) return;
  active_[factor] = active;
  dirty_[home_[factor]] = true;
  parts_[home_[factor]][part_[factor]].stale = true;
}

void Calibration::replace(std::size_t factor, std::vector<double> table) {
  CASUS_CHECK(table.size() == factors_[factor].table.size());
  if (table == table_of(factor)) return;
  replaced_[factor] = std::move(table);
  dirty_[home_[factor]] = true;
  parts_[home_[factor]][part_[factor]].stale = true;
}

const std::vector<double>& Calibration::table_of(std::size_t factor) const {
  const auto found = replaced_.find(factor);
  return found == replaced_.end() ? factors_[factor].table : found->second;
}

Calibration::Message Calibration::product_of(const Part& part, const Work* work) const {
  if (part.factors.empty()) return {};
  Message out{std::vector<double>(part.nest.size, 1.0), 0.0};
  int since = 0;
  for (const std::size_t f : part.factors) {
    bool in = active_[f];
    const std::vector<double>* table = nullptr;
    if (work != nullptr) {
      const auto change = work->changes.find(f);
      if (change != work->changes.end()) {
        in = change->second->active;
        table = change->second->table;
      }
    }
    if (!in) continue;
    multiply(out.table, table != nullptr ? *table : table_of(f));
    if (++since == between_scalings) {
      out.log_scale += scale_down(out.table);
      since = 0;
    }
  }
  out.log_scale += scale_down(out.table);
  return out;
}

// Everything the bucket is made of, multiplied: `psi`, over its scope.
void Calibration::gather_bucket(std::size_t bucket, const Work* work, std::vector<double>& psi,
                                Message& out) const {
  const auto& b = tree_.buckets()[bucket];
  const auto& parts = parts_[bucket];
  psi.assign(b.size, 1.0);
  out.log_scale = 0.0;
  std::vector<std::vector<double>> table(parts.size());
  std::vector<int> since(parts.size() + 1, 0);  // the last is the whole bucket's
  const auto count = [&](std::size_t i, std::vector<double>& t) {
    if (++since[i] < between_scalings) return;
    since[i] = 0;
    out.log_scale += scale_down(t);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Message* product = &parts[i].product;
    if (work != nullptr) {
      const auto changed = work->products.find({bucket, i});
      if (changed != work->products.end()) product = &changed->second;
    }
    table[i] = product->table;
    if (table[i].empty()) table[i].assign(parts[i].nest.size, 1.0);
    out.log_scale += product->log_scale;
    for (const std::size_t child : parts[i].children) {
      const Message* message = &up_[child];
      if (work != nullptr) {
        const auto changed = work->up.find(child);
        if (changed != work->up.end()) message = &changed->second;
      }
      multiply(table[i], message->table);
      out.log_scale += message->log_scale;
      count(i, table[i]);
    }
  }
  for (std::size_t i = parts.size(); i-- > 0;) {
    const auto& within = parts[i].nest.within;
    std::vector<double>& onto = within ? table[*within] : psi;
    parts[i].nest.map.multiply(onto.data(), table[i].data());
    count(within ? *within : parts.size(), onto);
  }
}

// The message upwards; leaves P(variable | separator) in `psi` if it is kept.
void Calibration::finish_bucket(std::size_t bucket, std::vector<double>& psi, Message& out) const {
  const auto& b = tree_.buckets()[bucket];
  const std::size_t n = tree_.states(b.variable);
  out.table.assign(b.size / n, 0.0);
  for (std::size_t s = 0; s < out.table.size(); ++s) {
    double sum = 0.0;
    for (std::size_t k = 0; k < n; ++k) sum += psi[s * n + k];
    out.table[s] = sum;
    if (keep_[bucket] && sum > 0.0) {
      const double part = 1.0 / sum;
      if (part < 1e300) {
        for (std::size_t k = 0; k < n; ++k) psi[s * n + k] *= part;
      } else {
        for (std::size_t k = 0; k < n; ++k) psi[s * n + k] /= sum;
      }
    }
  }
  out.log_scale += scale_down(out.table);
}

void Calibration::gather() {
  joint_.clear();
  double log_scale = 0.0;
  std::vector<double> scratch;
  for (std::size_t i = 0; i < tree_.buckets().size(); ++i) {
    const auto& b = tree_.buckets()[i];
    if (dirty_[i]) {
      for (Part& part : parts_[i]) {
        if (part.stale) part.product = product_of(part, nullptr);
        part.stale = false;
      }
      std::vector<double>& psi = keep_[i] ? conditional_[i] : scratch;
      gather_bucket(i, nullptr, psi, up_[i]);
      finish_bucket(i, psi, up_[i]);
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

std::vector<double> Calibration::joint_of(std::size_t bucket,
                                          const std::vector<double>& conditional,
                                          const std::vector<double>& above) const {
  std::vector<double> out = conditional;
  if (!tree_.buckets()[bucket].parent) return out;
  const std::size_t n = tree_.states(tree_.buckets()[bucket].variable);
  for (std::size_t s = 0; s < above.size(); ++s) {
    for (std::size_t k = 0; k < n; ++k) out[s * n + k] *= above[s];
  }
  return out;
}

// What the children get to know of a bucket: P(their separators).
void Calibration::send_down(std::size_t bucket, const std::vector<double>& joint,
                            const std::vector<bool>* needed,
                            std::vector<std::vector<double>>& above) const {
  const auto& parts = parts_[bucket];
  std::vector<bool> use(parts.size(), false);
  for (std::size_t i = parts.size(); i-- > 0;) {
    for (const std::size_t child : parts[i].children) {
      use[i] = use[i] || needed == nullptr || (*needed)[child];
    }
    if (use[i] && parts[i].nest.within) use[*parts[i].nest.within] = true;
  }
  std::vector<std::vector<double>> table(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!use[i]) continue;
    const auto& within = parts[i].nest.within;
    table[i].assign(parts[i].nest.size, 0.0);
    parts[i].nest.map.sum(within ? table[*within].data() : joint.data(), table[i].data());
    for (const std::size_t child : parts[i].children) {
      if (needed == nullptr || (*needed)[child]) above[child] = table[i];
    }
  }
}

void Calibration::spread() {
  if (!joint_.empty()) return;
  joint_.resize(tree_.buckets().size());
  std::vector<std::vector<double>> above(tree_.buckets().size());
  for (std::size_t i = tree_.buckets().size(); i-- > 0;) {
    CASUS_CHECK(keep_[i]);
    joint_[i] = joint_of(i, conditional_[i], above[i]);
    send_down(i, joint_[i], nullptr, above);
    above[i] = {};
  }
}

std::vector<double> Calibration::joint(std::span<const Variable> scope) {
  spread();
  const std::size_t home = tree_.home_of(scope);
  return sum_onto(joint_[home], tree_.buckets()[home].scope, scope, tree_.states());
}

std::vector<std::vector<double>> Calibration::marginals(std::span<const Variable> wanted) const {
  return marginals_if(wanted, {});
}

std::vector<std::vector<double>> Calibration::marginals_if(std::span<const Variable> wanted,
                                                           std::span<const WhatIf> changes) const {
  const auto& buckets = tree_.buckets();
  Work work;
  std::vector<bool> touched(buckets.size(), false);
  for (const WhatIf& change : changes) {
    if (active_[change.factor] == change.active && change.table == nullptr) continue;
    work.changes[change.factor] = &change;
    touched[home_[change.factor]] = true;
  }
  for (const auto& entry : work.changes) {
    const std::size_t home = home_[entry.first];
    const std::size_t part = part_[entry.first];
    work.products.try_emplace({home, part}, product_of(parts_[home][part], &work));
  }
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (!touched[i]) continue;
    gather_bucket(i, &work, work.conditional[i], work.up[i]);
    finish_bucket(i, work.conditional[i], work.up[i]);
    if (!keep_[i]) work.conditional.erase(i);
    if (buckets[i].parent) touched[*buckets[i].parent] = true;
    if (!buckets[i].parent && !(work.up[i].log_scale > -1e300)) return {};
  }
  const std::vector<bool> needed = buckets_for(tree_, wanted);
  std::vector<bool> asked(buckets.size(), false);
  for (const Variable v : wanted) asked[tree_.bucket_of(v)] = true;
  std::vector<std::vector<double>> above(buckets.size()), of(buckets.size());
  for (std::size_t i = buckets.size(); i-- > 0;) {
    if (!needed[i]) continue;
    CASUS_CHECK(keep_[i]);
    const auto changed = work.conditional.find(i);
    const auto joint = joint_of(
        i, changed == work.conditional.end() ? conditional_[i] : changed->second, above[i]);
    send_down(i, joint, &needed, above);
    above[i] = {};
    if (!asked[i]) continue;
    of[i].assign(tree_.states(buckets[i].variable), 0.0);
    for (std::size_t k = 0; k < joint.size(); ++k) of[i][k % of[i].size()] += joint[k];
  }
  std::vector<std::vector<double>> out;
  for (const Variable v : wanted) {
    std::vector<double> p = of[tree_.bucket_of(v)];
    double sum = 0.0;
    for (const double x : p) sum += x;
    for (double& x : p) x /= sum;
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace casus::intel
