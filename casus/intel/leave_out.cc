// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/leave_out.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "casus/base/parallel.h"
#include "casus/intel/hint.h"
#include "casus/intel/weighed.h"

namespace casus::intel {
namespace {

using Scope = std::vector<Variable>;

constexpr double most_cells_at_once = 1 << 21;  // of the tables of one pass; 16 MiB
constexpr double large_tree = 4e6;              // cells

struct Question {
  std::size_t index = 0;        // in the changes asked for
  std::vector<double> weights;  // over the scope of its group
};

// Questions about one scope of one clique.
struct Group {
  Scope scope;
  std::vector<Question> questions;
};

// All variables of `small` are in `large`; both in the order of the tree.
bool contains(const Scope& large, const Scope& small) {
  std::size_t k = 0;
  for (const Variable v : large) {
    if (k < small.size() && small[k] == v) ++k;
  }
  return k == small.size();
}

bool has(const Scope& scope, Variable v) {
  return std::find(scope.begin(), scope.end(), v) != scope.end();
}

class Passes {
 public:
  Passes(const Calibration& calibration, std::span<const Variable> wanted,
         std::span<const Change> changes, Answers& answers)
      : c_(calibration),
        tree_(calibration.tree()),
        cliques_(tree_.cliques().cliques),
        wanted_(wanted),
        answers_(answers),
        groups_(cliques_.size()),
        own_(wanted.size()),
        asks_(cliques_.size(), false),
        knows_(cliques_.size(), false),
        up_(cliques_.size()),
        heard_(cliques_.size()),
        made_(cliques_.size()),
        told_up_(cliques_.size()) {
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      own_[w] = {{wanted[w]}, tree_.states(wanted[w]), {}, {}, {w}};
      knows_[tree_.cliques().home[wanted[w]]] = true;
    }
    for (std::size_t k = 0; k < cliques_.size(); ++k) {
      if (cliques_[k].parent && knows_[k]) knows_[*cliques_[k].parent] = true;
    }
    for (std::size_t i = 0; i < changes.size(); ++i) ask(i, changes[i]);
    for (std::size_t k = 0; k < cliques_.size(); ++k) {
      asks_[k] = asks_[k] || !groups_[k].empty();
      if (cliques_[k].parent && asks_[k]) asks_[*cliques_[k].parent] = true;
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& apart() const { return apart_; }

  // Trees are worked through a few at a time, the largest first, since what is told in one takes
  // much room; a single large one by all threads.
  void run(std::size_t threads) {
    std::map<std::size_t, double> sizes;  // by root
    double all = 0.0;
    for (std::size_t k = 0; k < cliques_.size(); ++k) {
      if (!asks_[tree_.roots()[k]]) continue;
      sizes[tree_.roots()[k]] += static_cast<double>(cliques_[k].size);
      all += static_cast<double>(cliques_[k].size);
    }
    std::vector<std::pair<double, std::size_t>> order;
    for (const auto& [root, size] : sizes) order.emplace_back(-size, root);
    std::sort(order.begin(), order.end());
    const bool apart = !order.empty() && -order.front().first < 0.5 * all;
    parallel_for(order.size(), apart ? threads : 1,
                 [&](std::size_t i) { run_tree(order[i].second, apart ? 1 : threads); });
  }

 private:
  using Hints = std::vector<const Hint*>;
  // A hint as it is heard in a clique, and from which of its children.
  struct Heard {
    const Hint* hint = nullptr;
    std::optional<std::size_t> child;
  };
  // What is to be told of the hints: to a child, the parent or a group of questions.
  struct Target {
    Scope scope;
    const Table* p = nullptr;  // P(scope), where hints are passed on
    std::optional<std::size_t> child;
    const Group* group = nullptr;
    std::vector<Table> tables;  // P(scope, column), by hint; empty where it goes on as it is
  };

  void ask(std::size_t index, const Change& change) {
    const auto all = scope_of(c_, change);
    if (all.empty()) return;
    std::map<std::size_t, Change> parts;  // by clique
    for (const WhatIf& w : change) {
      const auto& scope = tree_.holds(all) ? all : c_.factor(w.factor).scope;
      parts[tree_.cliques().home_of(scope)].push_back(w);
    }
    std::map<std::size_t, Weighed> at;
    for (const auto& [k, part] : parts) {
      at[k] = weighed(c_, part);
    }
    while (at.size() > 1) {  // the first lies above no other
      const std::size_t k = at.begin()->first;
      if (knows_[k] || !cliques_[k].parent) {
        apart_.push_back(index);
        return;
      }
      Weighed told = told_above(c_, k, at.begin()->second);
      at.erase(at.begin());
      Weighed& above = at[*cliques_[k].parent];
      above = above.scope.empty() ? std::move(told) : product(c_, above, told);
    }
    auto& here = groups_[at.begin()->first];
    auto& [scope, weights] = at.begin()->second;
    const auto group = group_of_.try_emplace({at.begin()->first, scope}, here.size());
    if (group.second) here.push_back({scope, {}});
    here[group.first->second].questions.push_back({index, std::move(weights)});
  }

  [[nodiscard]] std::vector<std::size_t> of_tree(const std::vector<std::size_t>& level,
                                                 std::size_t root) const {
    std::vector<std::size_t> out;
    for (const std::size_t k : level) {
      if (tree_.roots()[k] == root) out.push_back(k);
    }
    return out;
  }

  void run_tree(std::size_t root, std::size_t threads) {
    for (const auto& level : tree_.by_height()) {
      const auto here = of_tree(level, root);
      parallel_for(here.size(), threads, [&](std::size_t i) { tell_parent(here[i]); });
    }
    for (const auto& level : tree_.by_depth()) {
      const auto here = of_tree(level, root);
      parallel_for(here.size(), threads, [&](std::size_t i) {
        const std::size_t k = here[i];
        if (asks_[k] && !is_leaf(k)) visit(k, heard_[k], threads);
        heard_[k].clear();
        made_[k].clear();
      });
      for (const std::size_t k : here) {
        for (const std::size_t child : cliques_[k].children) told_up_[child].clear();
      }
    }
  }

  [[nodiscard]] bool is_leaf(std::size_t k) const {
    return cliques_[k].parent &&
           std::none_of(cliques_[k].children.begin(), cliques_[k].children.end(),
                        [&](std::size_t child) { return asks_[child]; });
  }
  [[nodiscard]] double cells(const Scope& scope) const {
    double out = 1.0;
    for (const Variable v : scope) out *= tree_.states(v);
    return out;
  }

  // Everything heard in a clique except from its parent.
  [[nodiscard]] std::vector<Heard> from_below(std::size_t k) const {
    std::vector<Heard> out;
    for (const std::size_t child : cliques_[k].children) {
      for (const Hint* h : up_[child]) out.push_back({h, child});
    }
    return out;
  }

  void tell_parent(std::size_t k) {
    if (!knows_[k] || !cliques_[k].parent) return;
    std::vector<Heard> heard = from_below(k);
    for (std::size_t w = 0; w < wanted_.size(); ++w) {
      if (tree_.cliques().home[wanted_[w]] == k) heard.push_back({&own_[w], {}});
    }
    std::vector<Target> parent(1);
    parent.front().scope = cliques_[k].shared_scope();
    parent.front().p = &c_.shared(k);
    work_out(k, heard, parent);
    up_[k] = pass_on(parent.front(), heard, told_up_[k]);
  }

  void visit(std::size_t k, const Hints& from_parent, std::size_t threads = 1) {
    std::deque<Hint> merges;
    std::vector<Heard> heard;
    std::map<Scope, Hints> alike;
    for (const Hint* h : from_parent) alike[h->scope].push_back(h);
    for (const auto& entry : alike) {
      if (entry.second.size() == 1) {
        heard.push_back({entry.second.front(), {}});
      } else {
        merges.push_back(merged(entry.second, tree_.states()));
        heard.push_back({&merges.back(), {}});
      }
    }
    for (const Heard& h : from_below(k)) heard.push_back(h);
    for (std::size_t w = 0; w < wanted_.size(); ++w) {
      if (has(cliques_[k].scope, wanted_[w])) heard.push_back({&own_[w], {}});
    }
    std::vector<Target> targets;
    for (const std::size_t child : cliques_[k].children) {
      if (asks_[child])
        targets.push_back({cliques_[child].shared_scope(), &c_.shared(child), child, nullptr, {}});
    }
    for (const Group& group : groups_[k]) targets.push_back({group.scope, nullptr, {}, &group, {}});
    std::vector<std::span<Target>> batches;
    for (auto from = targets.begin(); from != targets.end();) {
      auto to = from;
      double cells_told = 0.0;
      do {
        cells_told += cells_told_of(heard, *to++);
      } while (to != targets.end() && cells_told < most_cells_at_once);
      batches.emplace_back(from, to);
      from = to;
    }
    parallel_for(batches.size(), threads, [&](std::size_t i) {
      work_out(k, heard, batches[i]);
      tell(batches[i], heard);
    });
  }

  // How much is worked out for a target.
  [[nodiscard]] double cells_told_of(const std::vector<Heard>& heard, const Target& t) const {
    double columns = 0.0;
    for (const Heard& h : heard) {
      if (is_for(h, t)) columns += static_cast<double>(h.hint->columns);
    }
    return columns * cells(t.scope);
  }

  void tell(std::span<Target> targets, const std::vector<Heard>& heard) {
    for (Target& target : targets) {
      if (target.group != nullptr) {
        answer(target, heard);
      } else if (is_leaf(*target.child)) {
        std::deque<Hint> made;
        visit(*target.child, pass_on(target, heard, made));
      } else {
        std::deque<Hint>& made = made_[*target.child];
        for (const Hint* h : pass_on(target, heard, made)) {
          if (made.empty() || h != &made.front()) made.push_back(*h);  // outlives this visit
        }
        for (const Hint& h : made) heard_[*target.child].push_back(&h);
      }
      target.tables.clear();
    }
  }

  // Does a hint have to be worked out for a target?
  [[nodiscard]] static bool is_for(const Heard& h, const Target& t) {
    if (t.child && h.child == t.child) return false;
    return t.group != nullptr || !contains(t.scope, h.hint->scope);
  }

  // What of a hint is to be worked out for a target.
  struct Wanted {
    std::size_t hint = 0;
    Target* target = nullptr;
  };
  using ByScope = std::map<Scope, std::vector<Wanted>>;  // by what is summed onto

  // P(target, column of hint) for all pairs that need it. A hint of few cells is summed together
  // with each target, all of them in one pass; one of many is laid onto the clique, a column at a
  // time.
  void work_out(std::size_t k, const std::vector<Heard>& heard, std::span<Target> targets) const {
    for (Target& t : targets) t.tables.resize(heard.size());
    ByScope batch;
    double cells_in_batch = 0.0;
    for (std::size_t h = 0; h < heard.size(); ++h) {
      const Hint& hint = *heard[h].hint;
      ByScope together, alone;
      double cells_together = 0.0;
      for (Target& t : targets) {
        if (!is_for(heard[h], t)) continue;
        Scope both;
        for (const Variable v : cliques_[k].scope) {
          if (has(t.scope, v) || has(hint.scope, v)) both.push_back(v);
        }
        cells_together += cells(both);
        alone[t.scope].push_back({h, &t});
        together[std::move(both)].push_back({h, &t});
      }
      if (together.empty()) continue;
      const double laid = 2.0 * static_cast<double>(hint.columns * cliques_[k].size);
      if (!hint.table.empty() && cells_together > laid) {
        lay_onto(k, hint, alone);
        continue;
      }
      if (cells_in_batch + cells_together > most_cells_at_once) {
        sum_together(k, heard, batch);
        batch.clear();
        cells_in_batch = 0.0;
      }
      for (auto& [scope, pairs] : together) {
        auto& all = batch[scope];
        all.insert(all.end(), pairs.begin(), pairs.end());
      }
      cells_in_batch += cells_together;
    }
    sum_together(k, heard, batch);
  }

  static std::vector<Scope> scopes_of(const ByScope& map) {
    std::vector<Scope> out;
    for (const auto& entry : map) out.push_back(entry.first);
    return out;
  }

  void sum_together(std::size_t k, const std::vector<Heard>& heard, const ByScope& onto) const {
    if (onto.empty()) return;
    const Nests nests(cliques_[k].scope, scopes_of(onto), tree_.states());
    const auto sums = c_.sums(k, nests);
    for (const auto& [scope, pairs] : onto) {
      const Table& joint = sums[nests.find(scope)];
      for (const Wanted& w : pairs) {
        w.target->tables[w.hint] =
            told(*heard[w.hint].hint, joint, scope, w.target->scope, tree_.states());
      }
    }
  }

  void lay_onto(std::size_t k, const Hint& hint, const ByScope& onto) const {
    const Nests nests(cliques_[k].scope, scopes_of(onto), tree_.states());
    const std::size_t cells = hint.table.size() / hint.columns;
    std::vector<Table> column(hint.columns, Table(cells));
    std::vector<Feed> feeds;
    for (std::size_t c = 0; c < hint.columns; ++c) {
      for (std::size_t i = 0; i < cells; ++i) column[c][i] = hint.table[i * hint.columns + c];
      feeds.push_back({nests.whole().lane(hint.scope), column[c].data()});
    }
    c_.sums(k, nests, feeds, [&](std::size_t c, const std::vector<Table>& sums) {
      for (const auto& [scope, pairs] : onto) {
        const Table& sum = sums[nests.find(scope)];
        for (const Wanted& w : pairs) {
          Table& table = w.target->tables[w.hint];
          table.resize(sum.size() * hint.columns);
          for (std::size_t i = 0; i < sum.size(); ++i) table[i * hint.columns + c] = sum[i];
        }
      }
    });
  }

  // The hints a neighbour gets to hear: those it can hear as they are, and all others as one about
  // what is shared with it.
  [[nodiscard]] Hints pass_on(Target& target, const std::vector<Heard>& heard,
                              std::deque<Hint>& made) const {
    Hints out;
    std::deque<Hint> turned;
    Hints all;
    for (std::size_t h = 0; h < heard.size(); ++h) {
      if (target.child && heard[h].child == target.child) continue;
      const Hint& hint = *heard[h].hint;
      if (target.tables[h].empty()) {
        // a variable that is shared needs no hint of itself
        if (hint.wanted.size() > 1 || !has(target.scope, wanted_[hint.wanted.front()])) {
          out.push_back(&hint);
        }
        continue;
      }
      Hint& t = turned.emplace_back();
      t.scope = target.scope;
      t.columns = hint.columns;
      t.after = hint.after;
      t.wanted = hint.wanted;
      t.table = std::move(target.tables[h]);
      for (std::size_t i = 0; i < t.table.size(); ++i) {
        const double p = (*target.p)[i / t.columns];
        t.table[i] = p > 0.0 ? t.table[i] / p : 0.0;
      }
      all.push_back(&t);
    }
    if (!all.empty()) {
      made.push_back(merged(all, tree_.states()));
      out.push_back(&made.back());
    }
    return out;
  }

  void answer(const Target& target, const std::vector<Heard>& heard) const {
    for (const Question& q : target.group->questions) {
      for (std::size_t h = 0; h < heard.size(); ++h) {
        const Hint& hint = *heard[h].hint;
        const Table& table = target.tables[h];
        std::vector<double> sum(hint.columns, 0.0);
        for (std::size_t u = 0; u < q.weights.size(); ++u) {
          const double* const row = table.data() + u * hint.columns;
          for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += q.weights[u] * row[c];
        }
        sum = by_state(hint, std::move(sum));
        auto from = sum.begin();
        for (const std::size_t w : hint.wanted) {
          auto& row = answers_[q.index][w];
          std::copy(from, from + static_cast<std::ptrdiff_t>(row.size()), row.begin());
          from += static_cast<std::ptrdiff_t>(row.size());
        }
      }
    }
  }

  const Calibration& c_;
  const JunctionTree& tree_;
  const std::vector<Clique>& cliques_;
  std::span<const Variable> wanted_;
  Answers& answers_;
  std::vector<std::vector<Group>> groups_;                         // by clique
  std::map<std::pair<std::size_t, Scope>, std::size_t> group_of_;  // by clique and scope: its place
  std::vector<std::size_t> apart_;
  std::vector<Hint> own_;           // of the variables wanted, each by itself
  std::vector<bool> asks_, knows_;  // by clique: questions, variables wanted, in it or below
  std::vector<Hints> up_, heard_;   // by clique: what it tells its parent, hears from it
  std::vector<std::deque<Hint>> made_, told_up_;
};

// To probabilities; false if nothing is left.
bool normalise(std::vector<double>& p) {
  double sum = 0.0;
  for (const double x : p) sum += x;
  if (!(sum > 0.0)) return false;
  for (double& x : p) x /= sum;
  return true;
}

}  // namespace

Answers marginals_under(Calibration& calibration, std::span<const Variable> wanted,
                        std::span<const Change> changes, std::size_t threads) {
  calibration.spread();
  Answers out(changes.size());
  const auto now = calibration.marginals(wanted);
  for (auto& answer : out) answer = now;  // where a question changes nothing
  Passes passes(calibration, wanted, changes, out);
  passes.run(threads);
  for (auto& answer : out) {
    if (!std::all_of(answer.begin(), answer.end(), normalise)) answer.clear();
  }
  const auto& apart = passes.apart();
  const bool large = calibration.tree().cells() > large_tree;  // one at a time, to spare memory
  parallel_for(
      apart.size(), large ? std::min<std::size_t>(2, threads) : threads,
      [&](std::size_t i) { out[apart[i]] = calibration.marginals_if(wanted, changes[apart[i]]); });
  return out;
}

}  // namespace casus::intel
