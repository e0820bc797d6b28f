// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What a calibration sends down: everything, or what a few questions need.
#include <algorithm>
#include <set>

#include "casus/base/error.h"
#include "casus/intel/calibration.h"

namespace casus::intel {
void Calibration::focus(std::vector<std::vector<Variable>> scopes) {
  focus_ = std::move(scopes);
  told_.clear();
  readings_.assign(places_.size(), {});
  slot_.assign(places_.size(), 0);
  if (focus_.empty()) {
    read_all();
  } else {
    read_some();
  }
}

void Calibration::read_all() {
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const auto& parts = places_[k].parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      readings_[k].kept.push_back(!parts[i].factors.empty() || !parts[i].children.empty());
      for (const std::size_t child : parts[i].children) slot_[child] = i;
    }
  }
}

void Calibration::read_some() {
  const CliqueTree& tree = tree_.cliques();
  std::vector<std::set<std::vector<Variable>>> asked(places_.size());
  for (const auto& scope : focus_) {
    auto ordered = tree.sorted(scope);
    const std::size_t home = tree.home_of(ordered);
    asked[home].insert(std::move(ordered));
  }
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const auto& parent = tree.cliques[k].parent;
    readings_[k].needed = !asked[k].empty();
    if (readings_[k].needed && parent) asked[*parent].insert(tree.cliques[k].shared_scope());
  }
  for (std::size_t k = 0; k < asked.size(); ++k) {
    if (!readings_[k].needed) continue;
    readings_[k].own.emplace(tree.cliques[k].scope, std::vector(asked[k].begin(), asked[k].end()),
                             tree_.states());
    const Nests& nests = *readings_[k].own;
    for (std::size_t i = 0; i < nests.size(); ++i) readings_[k].kept.push_back(!nests[i].joined);
    for (const std::size_t child : tree.cliques[k].children) {
      if (readings_[child].needed) slot_[child] = nests.find(tree.cliques[child].shared_scope());
    }
  }
}

const Nests& Calibration::onto(std::size_t clique) const {
  const auto& own = readings_[clique].own;
  return own ? *own : places_[clique].nests;
}

const Table& Calibration::shared(std::size_t clique) const {
  static const Table none;
  const auto& parent = tree_.cliques().cliques[clique].parent;
  return parent ? told_[*parent][slot_[clique]] : none;
}

std::vector<double> Calibration::joint(std::span<const Variable> scope) {
  spread();
  const CliqueTree& tree = tree_.cliques();
  const std::vector<Variable> ordered = tree.sorted({scope.begin(), scope.end()});
  const std::size_t home = tree.home_of(ordered);
  const Nests& nests = onto(home);
  CASUS_CHECK(readings_[home].needed);
  for (std::size_t i = nests.size(); i-- > 0;) {  // the smallest that holds it
    if (told_[home][i].empty()) continue;
    const auto& has = nests[i].scope;
    const bool holds = std::all_of(ordered.begin(), ordered.end(), [&](Variable v) {
      return std::find(has.begin(), has.end(), v) != has.end();
    });
    if (holds) return sum_onto(told_[home][i], has, scope, tree_.states());
  }
  const Nests one(tree.cliques[home].scope, {ordered}, tree_.states());
  return sum_onto(sums(home, one).front(), ordered, scope, tree_.states());
}

}  // namespace casus::intel
