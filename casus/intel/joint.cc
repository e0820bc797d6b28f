// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/joint.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {

namespace {

// Rows that cannot occur are made harmless.
void make_rows_sum_to_one(JointFactor& f) {
  for (std::size_t row = 0; row < f.p.size(); row += f.states) {
    double sum = 0.0;
    for (std::uint32_t s = 0; s < f.states; ++s) sum += f.p[row + s];
    for (std::uint32_t s = 0; s < f.states; ++s) {
      f.p[row + s] = sum > 0.0 ? f.p[row + s] / sum : 1.0 / f.states;
    }
  }
}

// Hidden variables stay only where a hypothesis kept is given them.
std::vector<bool> needed_for(const JunctionTree& tree, std::size_t hypotheses) {
  std::vector<bool> needed(tree.variables(), false);
  for (const auto& b : tree.buckets()) {
    if (b.variable < hypotheses) needed[b.variable] = true;
    if (!needed[b.variable]) continue;
    for (const Variable v : b.scope) needed[v] = true;
  }
  return needed;
}

double entropy_of(const std::vector<double>& p) {
  double h = 0.0;
  for (const double x : p) h -= x > 0.0 ? x * log(x) : 0.0;
  return h;
}

using Set = std::vector<Variable>;  // ascending

// All subsets of up to three of `from` are tried; keeps the one that tells most of `v`.
struct Choice {
  Set given;
  double information = 0.0;
};

// The joint of a bucket's hypotheses, to be summed further.
struct Local {
  Set scope;
  std::vector<double> table;
  const std::vector<std::uint32_t>& states;
  [[nodiscard]] std::vector<double> onto(const Set& wanted) const {
    return sum_onto(table, scope, wanted, states);
  }
};

void try_subsets(const Set& from, Variable v, const Local& local, double own, Choice& best) {
  const std::size_t n = from.size();
  for (std::uint32_t mask = 1; mask < (1U << n); ++mask) {
    Set given;
    for (std::size_t k = 0; k < n; ++k) {
      if ((mask >> k & 1U) != 0) given.push_back(from[k]);
    }
    if (given.size() > 3) continue;
    Set both = given;
    both.push_back(v);
    const double information = own + entropy_of(local.onto(given)) - entropy_of(local.onto(both));
    if (information > best.information + 1e-12) best = {given, information};
  }
}

std::vector<JointFactor> thinned(const Model& model, const JunctionTree& tree,
                                 Calibration& calibration, std::size_t hypotheses) {
  std::vector<JointFactor> out;
  std::vector<std::uint32_t> at(model.states.size(), 0);
  std::vector<Set> cliques;
  const auto& buckets = tree.buckets();
  for (std::size_t i = buckets.size(); i-- > 0;) {
    const Variable v = buckets[i].variable;
    if (v >= hypotheses) continue;
    Set separator(buckets[i].scope.begin(), buckets[i].scope.end() - 1);
    std::erase_if(separator, [&](Variable x) { return x >= hypotheses; });
    Set all = separator;
    all.insert(std::lower_bound(all.begin(), all.end(), v), v);
    const Local local{all, calibration.joint(all), model.states};
    const double own = entropy_of(local.onto(Set{v}));
    Choice best;
    std::set<Set> tried;
    for (const Set& clique : cliques) {
      Set common;
      std::set_intersection(clique.begin(), clique.end(), separator.begin(), separator.end(),
                            std::back_inserter(common));
      if (!common.empty() && tried.insert(common).second) {
        try_subsets(common, v, local, own, best);
      }
    }
    JointFactor f{model.names[v], static_cast<std::int32_t>(v), model.states[v], {}, {}};
    for (const Variable g : best.given) f.given.push_back(at[g]);
    Set rows = best.given;
    rows.push_back(v);
    f.p = local.onto(rows);
    make_rows_sum_to_one(f);
    Set clique = best.given;
    clique.insert(std::lower_bound(clique.begin(), clique.end(), v), v);
    cliques.push_back(std::move(clique));
    at[v] = static_cast<std::uint32_t>(out.size());
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

std::size_t joint_cells(const JunctionTree& tree, std::size_t hypotheses) {
  const auto needed = needed_for(tree, hypotheses);
  std::size_t cells = 0;
  for (const auto& b : tree.buckets()) cells += needed[b.variable] ? b.size : 0;
  return cells;
}

std::vector<JointFactor> joint_factors(const Model& model, const JunctionTree& tree,
                                       Calibration& calibration, std::size_t hypotheses,
                                       std::size_t most_cells) {
  const auto& buckets = tree.buckets();
  const auto needed = needed_for(tree, hypotheses);
  if (joint_cells(tree, hypotheses) > most_cells)
    return thinned(model, tree, calibration, hypotheses);
  std::vector<JointFactor> out;
  std::vector<std::uint32_t> at(model.states.size(), 0);
  for (std::size_t i = buckets.size(); i-- > 0;) {
    const auto& b = buckets[i];
    if (!needed[b.variable]) continue;
    JointFactor f;
    f.node = model.names[b.variable];
    if (b.variable < hypotheses) f.hypothesis = static_cast<std::int32_t>(b.variable);
    f.states = model.states[b.variable];
    for (std::size_t k = 0; k + 1 < b.scope.size(); ++k) f.given.push_back(at[b.scope[k]]);
    f.p = calibration.joint(b.scope);
    make_rows_sum_to_one(f);
    at[b.variable] = static_cast<std::uint32_t>(out.size());
    out.push_back(std::move(f));
  }
  return out;
}

std::vector<std::uint32_t> Belief::draw(std::span<const double> uniforms) const {
  CASUS_CHECK(uniforms.size() >= joint.size());
  std::vector<std::uint32_t> state(joint.size(), 0);
  std::vector<std::uint32_t> out(hypotheses.size(), 0);
  for (std::size_t i = 0; i < joint.size(); ++i) {
    const JointFactor& f = joint[i];
    std::size_t row = 0;
    for (const auto g : f.given) row = row * joint[g].states + state[g];
    double left = uniforms[i];
    std::uint32_t s = 0;
    while (s + 1 < f.states && left >= f.p[row * f.states + s]) left -= f.p[row * f.states + s++];
    // rounding must not end in a state that cannot be
    while (s > 0 && f.p[row * f.states + s] <= 0.0) --s;
    state[i] = s;
    if (f.hypothesis >= 0) out[static_cast<std::size_t>(f.hypothesis)] = s;
  }
  return out;
}

}  // namespace casus::intel
