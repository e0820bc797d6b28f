// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/calibration.h"

#include <algorithm>
#include <map>
#include <utility>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace {

constexpr int between_scalings = 8;  // factors of at most 1 that a table takes without underflow
constexpr double worth_a_thread = 20000;  // cells

void normalise(std::vector<double>& p) {
  double sum = 0.0;
  for (const double x : p) sum += x;
  for (double& x : p) x /= sum;
}

// The cliques that marginals of these variables are read from, and all above them.
std::vector<bool> cliques_for(const CliqueTree& tree, std::span<const Variable> wanted) {
  std::vector<bool> needed(tree.cliques.size(), false);
  for (const Variable v : wanted) needed[tree.home[v]] = true;
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (needed[k] && tree.cliques[k].parent) needed[*tree.cliques[k].parent] = true;
  }
  return needed;
}

void run(const CliqueTree& tree, const std::vector<std::size_t>& cliques, std::size_t threads,
         const std::function<void(std::size_t)>& work) {
  double cells = 0.0;
  for (const std::size_t k : cliques) cells += static_cast<double>(tree.cliques[k].size);
  parallel_for(cliques.size(), cells < worth_a_thread ? 1 : threads,
               [&](std::size_t i) { work(cliques[i]); });
}

}  // namespace

/// What a what-if question changes: factors, and the messages that hang on them.
struct Calibration::Work {
  Work(const Calibration& c, std::span<const WhatIf> whats);

  std::map<std::size_t, const WhatIf*> changes;                     ///< by factor
  std::map<std::pair<std::size_t, std::size_t>, Message> products;  ///< by clique and part
  std::map<std::size_t, Message> up;
  std::vector<bool> reached;  ///< by root
  bool possible = true;       ///< a state is left
};

Calibration::Work::Work(const Calibration& c, std::span<const WhatIf> whats)
    : reached(c.places_.size(), false) {
  std::vector<bool> touched(c.places_.size(), false);
  for (const WhatIf& what : whats) {
    if (c.active_[what.factor] == what.active && what.table == nullptr) continue;
    changes[what.factor] = &what;
    touched[c.home_[what.factor]] = true;
  }
  for (const auto& entry : changes) {
    const std::size_t home = c.home_[entry.first];
    const std::size_t part = c.part_[entry.first];
    const Place& place = c.places_[home];
    if (products.count({home, part}) > 0) continue;
    products[{home, part}] = c.product_of(place.parts[part], place.nests[part].size, this);
  }
  for (std::size_t k = 0; k < touched.size(); ++k) {
    if (!touched[k]) continue;
    reached[c.tree_.roots()[k]] = true;
    c.gather_clique(k, this, up[k]);
    const auto& parent = c.tree_.cliques().cliques[k].parent;
    if (parent) touched[*parent] = true;
    possible = possible && (parent || up[k].log_scale > -1e300);
    if (!possible) return;
  }
}

Calibration::Calibration(const JunctionTree& tree, std::span<const Factor> factors,
                         std::vector<bool> active, std::size_t threads)
    : tree_(tree),
      factors_(factors),
      active_(std::move(active)),
      threads_(threads),
      places_(tree.cliques().cliques.size()),
      up_(places_.size()),
      dirty_(places_.size(), true),
      known_(tree.variables()) {
  place_factors();
}

// Plans that were made before for the same scopes are taken over.
void Calibration::place_factors(std::vector<Place> before) {
  CASUS_CHECK(active_.size() == factors_.size());
  home_.resize(factors_.size());
  part_.resize(factors_.size());
  holder_.assign(tree_.variables(), factors_.size());
  std::vector<std::vector<std::size_t>> here(places_.size());
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    CASUS_CHECK(!factors_[f].scope.empty());
    home_[f] = tree_.cliques().home_of(factors_[f].scope);
    here[home_[f]].push_back(f);
    for (const Variable v : factors_[f].scope) {
      std::size_t& holder = holder_[v];
      if (holder == factors_.size() || factors_[f].table.size() < factors_[holder].table.size()) {
        holder = f;
      }
    }
  }
  for (std::size_t k = 0; k < here.size(); ++k) {
    places_[k] = make_place(k, here[k], before.empty() ? nullptr : &before[k]);
  }
  focus(std::move(focus_));
}

Calibration::Place Calibration::make_place(std::size_t clique,
                                           const std::vector<std::size_t>& factors, Place* before) {
  const CliqueTree& tree = tree_.cliques();
  const Clique& c = tree.cliques[clique];
  std::map<std::vector<Variable>, Part> by_scope;
  for (const std::size_t f : factors) {
    by_scope[tree.sorted(factors_[f].scope)].factors.push_back(f);
  }
  for (const std::size_t child : c.children) {
    by_scope[tree.cliques[child].shared_scope()].children.push_back(child);
  }
  Place out;
  for (const auto& entry : by_scope) out.scopes.push_back(entry.first);
  const bool known = before != nullptr && before->scopes == out.scopes;
  out.nests = known ? std::move(before->nests) : Nests(c.scope, out.scopes, tree_.states());
  out.parts.resize(out.nests.size());
  for (std::size_t i = 0; i < out.parts.size(); ++i) {
    const auto& scope = out.nests[i].scope;
    const auto found = by_scope.find(scope);
    if (found == by_scope.end()) continue;  // joined
    out.parts[i] = std::move(found->second);
    for (const std::size_t f : out.parts[i].factors) part_[f] = i;
    if (out.parts[i].factors.empty()) continue;
    auto& cell = out.parts[i].cell;
    if (known) cell = std::move(before->parts[i].cell);
    if (!cell.empty()) continue;
    cell.resize(out.nests[i].size);
    walk(scope, factors_[out.parts[i].factors.front()].scope, tree_.states(),
         [&](std::size_t a, std::size_t b) { cell[a] = static_cast<std::uint32_t>(b); });
  }
  out.shared = out.nests.whole().lane(std::span(c.scope).first(c.shared));
  return out;
}

void Calibration::renew(std::span<const Factor> factors, std::vector<bool> active) {
  factors_ = factors;
  active_ = std::move(active);
  replaced_.clear();
  // by clique: what it was multiplied from
  std::vector<std::vector<std::vector<Variable>>> scopes;
  std::vector<std::vector<Message>> products;
  for (Place& place : places_) {
    scopes.push_back(place.scopes);
    auto& mine = products.emplace_back();
    for (Part& part : place.parts) {
      mine.push_back(part.stale ? Message{{}, 0.0, 0.0} : std::move(part.product));
    }
  }
  place_factors(std::exchange(places_, std::vector<Place>(places_.size())));
  const auto same = [](const Part& part, const Message& before) {
    return before.top > 0.0 && part.product.table == before.table &&
           part.product.log_scale == before.log_scale;
  };
  for (std::size_t k = 0; k < places_.size(); ++k) {
    Place& now = places_[k];
    for (std::size_t i = 0; i < now.parts.size(); ++i) {
      now.parts[i].product = product_of(now.parts[i], now.nests[i].size, nullptr);
      now.parts[i].stale = false;
    }
    if (now.scopes != scopes[k] || !std::equal(now.parts.begin(), now.parts.end(),
                                               products[k].begin(), products[k].end(), same)) {
      dirty_[k] = true;
    }
  }
}

void Calibration::set_active(std::size_t factor, bool active) {
  if (active_[factor] == active) return;
  active_[factor] = active;
  dirty_[home_[factor]] = true;
  places_[home_[factor]].parts[part_[factor]].stale = true;
}

void Calibration::replace(std::size_t factor, std::vector<double> table) {
  CASUS_CHECK(table.size() == factors_[factor].table.size());
  if (table == table_of(factor)) return;
  replaced_[factor] = std::move(table);
  dirty_[home_[factor]] = true;
  places_[home_[factor]].parts[part_[factor]].stale = true;
}

const std::vector<double>& Calibration::table_of(std::size_t factor) const {
  const auto found = replaced_.find(factor);
  return found == replaced_.end() ? factors_[factor].table : found->second;
}

Calibration::Message Calibration::product_of(const Part& part, std::size_t size,
                                             const Work* work) const {
  if (part.factors.empty()) return {};
  Table product(size, 1.0);  // in the factors' own order
  double log_scale = 0.0;
  int since = 0;
  for (const std::size_t f : part.factors) {
    bool in = active_[f];
    const Table* table = nullptr;
    if (work != nullptr) {
      const auto change = work->changes.find(f);
      if (change != work->changes.end()) {
        in = change->second->active;
        table = change->second->table;
      }
    }
    if (!in) continue;
    multiply(product, table != nullptr ? *table : table_of(f));
    if (++since == between_scalings) {
      log_scale += scale_down(product);
      since = 0;
    }
  }
  Message out;
  out.log_scale = log_scale + scale_down(product);
  out.table.resize(size);
  for (std::size_t i = 0; i < size; ++i) out.table[i] = product[part.cell[i]];
  return out;
}

// The tables that a clique is multiplied from, those within others already in these.
Calibration::Held Calibration::tables_of(std::size_t clique, const Work* work,
                                         double& log_scale) const {
  const Place& place = places_[clique];
  const std::size_t n = place.parts.size();
  Held out{std::vector<Table>(n), std::vector<const double*>(n, nullptr)};
  std::vector<int> since(n, 0);
  const auto own = [&](std::size_t i) -> Table& {  // to be written to
    const std::size_t size = place.nests[i].size;
    if (out.own[i].empty()) {
      if (out.at[i] == nullptr) {
        out.own[i].resize(size);
      } else {
        out.own[i].assign(out.at[i], out.at[i] + size);
      }
      out.at[i] = out.own[i].data();
    }
    return out.own[i];
  };
  const auto count = [&](std::size_t i) {
    if (++since[i] < between_scalings) return;
    since[i] = 0;
    log_scale += scale_down(out.own[i]);
  };
  const auto take = [&](std::size_t i, const Message& message) {
    log_scale += message.log_scale;
    if (message.table.empty()) return;
    if (out.at[i] == nullptr) {
      out.at[i] = message.table.data();
    } else {
      multiply(own(i), message.table);
      count(i);
    }
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Message* product = &place.parts[i].product;
    if (work != nullptr) {
      const auto changed = work->products.find({clique, i});
      if (changed != work->products.end()) product = &changed->second;
    }
    take(i, *product);
    for (const std::size_t child : place.parts[i].children) {
      const Message* message = &up_[child];
      if (work != nullptr) {
        const auto changed = work->up.find(child);
        if (changed != work->up.end()) message = &changed->second;
      }
      take(i, *message);
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    CASUS_CHECK(out.at[i] != nullptr);
    if (!place.nests[i].within) continue;
    const std::size_t within = *place.nests[i].within;
    const bool anew = out.at[within] == nullptr;
    place.nests.multiply_within(i, out.at[i], own(within).data(), anew);
    count(within);
    out.own[i] = {};
  }
  return out;
}

void Calibration::gather_clique(std::size_t clique, const Work* work, Message& out) const {
  const Place& place = places_[clique];
  out.log_scale = 0.0;
  const auto tables = tables_of(clique, work, out.log_scale);
  out.table.assign(tree_.cliques().cliques[clique].shared_size, 0.0);
  const Drain up{place.shared, out.table.data(), out.table.size()};
  stream(place.nests.whole(), place.nests.feeds(tables.at), std::span(&up, 1), threads_);
  out.top = scale_by_top(out.table);
  out.log_scale += log(out.top);
}

void Calibration::gather() {
  const CliqueTree& tree = tree_.cliques();
  told_.clear();
  std::vector<bool> reached(up_.size(), false);  // by root
  for (const auto& level : tree_.by_height()) {
    std::vector<std::size_t> todo;
    for (const std::size_t k : level) {
      if (dirty_[k]) todo.push_back(k);
    }
    run(tree, todo, threads_, [&](std::size_t k) {
      for (std::size_t i = 0; i < places_[k].parts.size(); ++i) {
        Part& part = places_[k].parts[i];
        if (part.stale) part.product = product_of(part, places_[k].nests[i].size, nullptr);
        part.stale = false;
      }
      gather_clique(k, nullptr, up_[k]);
    });
    for (const std::size_t k : todo) {
      if (tree.cliques[k].parent) dirty_[*tree.cliques[k].parent] = true;
      dirty_[k] = false;
      reached[tree_.roots()[k]] = true;
    }
  }
  for (Variable v = 0; v < known_.size(); ++v) {
    if (reached[tree_.roots()[tree.home[v]]]) known_[v].clear();
  }
  log_evidence_ = 0.0;
  for (std::size_t k = 0; k < up_.size(); ++k) {
    if (!tree.cliques[k].parent) log_evidence_ += up_[k].log_scale + log(up_[k].table.front());
  }
  if (!(log_evidence_ > -1e300)) {
    throw ModelError(
        "the reports leave no possible state of affairs: their joint probability is 0");
  }
}

// From P(what it shares with its parent).
Calibration::Made Calibration::made_of(std::size_t clique, const Work* work,
                                       const Table& shared) const {
  const Message* up = &up_[clique];
  if (work != nullptr) {
    const auto changed = work->up.find(clique);
    if (changed != work->up.end()) up = &changed->second;
  }
  double scale = 0.0;
  Made out{tables_of(clique, work, scale), Table(up->table.size(), 0.0)};
  for (std::size_t i = 0; i < out.ratio.size(); ++i) {
    const double below = up->table[i] * up->top;
    if (below > 0.0) out.ratio[i] = (shared.empty() ? 1.0 : shared[i]) / below;
  }
  return out;
}

std::vector<Table> Calibration::sums_of(std::size_t clique, const Made& made, const Nests& onto,
                                        const Feed* more) const {
  const Place& place = places_[clique];
  auto feeds = place.nests.feeds(made.tables.at);
  feeds.push_back({place.shared, made.ratio.data()});
  if (more != nullptr) feeds.push_back(*more);
  std::vector<Table> out;
  const auto drains = onto.drains(out);
  stream(place.nests.whole(), feeds, drains, threads_);
  onto.sum_within(out);
  return out;
}

void Calibration::spread_clique(std::size_t clique) {
  auto sums = sums_of(clique, made_of(clique, nullptr, shared(clique)), onto(clique));
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (!readings_[clique].kept[i]) sums[i] = {};
  }
  told_[clique] = std::move(sums);
}

void Calibration::spread() {
  if (!told_.empty()) return;
  told_.resize(places_.size());
  for (const auto& level : tree_.by_depth()) {
    std::vector<std::size_t> todo;
    for (const std::size_t k : level) {
      if (readings_[k].needed) todo.push_back(k);
    }
    run(tree_.cliques(), todo, threads_, [&](std::size_t k) { spread_clique(k); });
  }
}

std::vector<Table> Calibration::sums(std::size_t clique, const Nests& onto) const {
  CASUS_CHECK(!told_.empty() && readings_[clique].needed);
  return sums_of(clique, made_of(clique, nullptr, shared(clique)), onto);
}

void Calibration::sums(
    std::size_t clique, const Nests& onto, std::span<const Feed> more,
    const std::function<void(std::size_t, const std::vector<Table>&)>& take) const {
  CASUS_CHECK(!told_.empty() && readings_[clique].needed);
  const Made made = made_of(clique, nullptr, shared(clique));
  for (std::size_t i = 0; i < more.size(); ++i) take(i, sums_of(clique, made, onto, &more[i]));
}

std::vector<std::vector<double>> Calibration::marginals(std::span<const Variable> wanted) {
  std::vector<Variable> missing;
  for (const Variable v : wanted) {
    if (known_[v].empty()) missing.push_back(v);
  }
  if (told_.empty() && !missing.empty()) {
    auto found = marginals_if(missing, {});
    for (std::size_t i = 0; i < missing.size(); ++i) known_[missing[i]] = std::move(found[i]);
    missing.clear();
  }
  for (const Variable v : missing) {
    const std::vector<Variable> one{v};
    const std::size_t f = holder_[v];
    if (focus_.empty() && f < factors_.size()) {
      const auto& scope = places_[home_[f]].nests[part_[f]].scope;
      known_[v] = sum_onto(told_[home_[f]][part_[f]], scope, one, tree_.states());
    } else {
      known_[v] = joint(one);
    }
    normalise(known_[v]);
  }
  std::vector<std::vector<double>> out;
  for (const Variable v : wanted) out.push_back(known_[v]);
  return out;
}

std::vector<std::vector<double>> Calibration::marginals_if(std::span<const Variable> wanted,
                                                           std::span<const WhatIf> changes) const {
  const CliqueTree& tree = tree_.cliques();
  const Work work(*this, changes);
  if (!work.possible) return {};
  std::vector<std::vector<double>> of(tree_.variables());
  std::vector<Variable> open;  // whose marginals are not known as they were
  for (const Variable v : wanted) {
    if (!work.reached[tree_.roots()[tree.home[v]]]) of[v] = known_[v];
    if (of[v].empty()) open.push_back(v);
  }
  const std::vector<bool> needed = cliques_for(tree, open);
  std::vector<Table> shared(places_.size());
  for (const auto& level : tree_.by_depth()) {
    std::vector<std::size_t> todo;
    for (const std::size_t k : level) {
      if (needed[k]) todo.push_back(k);
    }
    run(tree, todo, threads_, [&](std::size_t k) {
      std::map<std::vector<Variable>, std::vector<std::size_t>> children;
      for (const std::size_t child : tree.cliques[k].children) {
        if (needed[child]) children[tree.cliques[child].shared_scope()].push_back(child);
      }
      std::vector<std::vector<Variable>> scopes;
      for (const auto& entry : children) scopes.push_back(entry.first);
      std::vector<Variable> asked;
      for (const Variable v : open) {
        if (tree.home[v] != k) continue;
        if (std::find(asked.begin(), asked.end(), v) != asked.end()) continue;
        asked.push_back(v);
        if (children.count({v}) == 0) scopes.push_back({v});
      }
      const Nests onto(tree.cliques[k].scope, std::move(scopes), tree_.states());
      const auto sums = sums_of(k, made_of(k, &work, shared[k]), onto);
      for (const auto& [scope, below] : children) {
        for (const std::size_t child : below) shared[child] = sums[onto.find(scope)];
      }
      for (const Variable v : asked) {
        of[v] = sums[onto.find(std::span(&v, 1))];
        normalise(of[v]);
      }
      shared[k] = {};
    });
  }
  std::vector<std::vector<double>> out;
  for (const Variable v : wanted) out.push_back(of[v]);
  return out;
}

}  // namespace casus::intel
