// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/leave_out.h"

#include <algorithm>
#include <map>
#include <optional>

#include "casus/base/parallel.h"

namespace casus::intel {
namespace {

constexpr std::size_t most_numbers = std::size_t{1} << 22;  // in one table of a pass

struct Question {
  std::size_t index = 0;        // in the changes asked for
  std::vector<double> weights;  // over the scope of its group
};

// Questions about one scope of one bucket.
struct Group {
  std::vector<Question> questions;
};

// What is done in a bucket on the way down: the sums to take, and who wants them.
struct Stop {
  bool needed = false;
  std::vector<Nest> sums;
  std::vector<std::vector<std::size_t>> children;  // by sum
  std::vector<std::optional<std::size_t>> group;   // by sum
};

std::vector<Variable> scope_of(const Calibration& c, const Change& change) {
  std::vector<Variable> scope;
  for (const WhatIf& w : change) {
    const auto& of = c.factor(w.factor).scope;
    scope.insert(scope.end(), of.begin(), of.end());
  }
  std::sort(scope.begin(), scope.end());
  scope.erase(std::unique(scope.begin(), scope.end()), scope.end());
  return scope;
}

std::vector<double> weights_of(const Calibration& c, const Change& change,
                               const std::vector<Variable>& scope) {
  std::size_t size = 1;
  for (const Variable v : scope) size *= c.tree().states(v);
  std::vector<double> out(size, 1.0);
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
    CellMap(scope, c.factor(w.factor).scope, c.tree().states()).multiply(out.data(), ratio.data());
    scale_down(out);
  }
  return out;
}

class Passes {
 public:
  Passes(const Calibration& calibration, std::span<const Change> changes)
      : c_(calibration), tree_(calibration.tree()), groups_of_(tree_.buckets().size()) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      auto scope = scope_of(c_, changes[i]);
      if (scope.empty()) continue;
      if (!tree_.holds(scope)) {
        apart_.push_back(i);
        continue;
      }
      auto weights = weights_of(c_, changes[i], scope);
      auto& at = groups_of_[tree_.home_of(scope)];
      const auto found = at.try_emplace(std::move(scope), groups_.size());
      if (found.second) groups_.emplace_back();
      groups_[found.first->second].questions.push_back({i, std::move(weights)});
    }
    needed_.assign(groups_of_.size(), false);
    for (std::size_t b = 0; b < groups_of_.size(); ++b) {
      needed_[b] = needed_[b] || !groups_of_[b].empty();
      const auto& parent = tree_.buckets()[b].parent;
      if (needed_[b] && parent) needed_[*parent] = true;
      if (needed_[b]) largest_ = std::max(largest_, tree_.buckets()[b].size);
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& apart() const { return apart_; }

  /// States of a variable taken in one pass.
  [[nodiscard]] std::size_t columns(Variable v) const {
    return std::clamp<std::size_t>(most_numbers / std::max<std::size_t>(1, largest_), 1,
                                   tree_.states(v));
  }
  [[nodiscard]] std::vector<Stop> stops(std::size_t columns) const {
    std::vector<Stop> out(groups_of_.size());
    for (std::size_t b = 0; b < out.size(); ++b) {
      out[b].needed = needed_[b];
      if (needed_[b]) fill(b, columns, out[b]);
    }
    return out;
  }

  /// P(changed, v = first...first + columns), up to a factor of the question, into `out`.
  template <class Put>
  void run(Variable v, std::size_t first, std::size_t columns, const std::vector<Stop>& stops,
           Put put) const {
    const auto event = event_above(v, first, columns);
    std::vector<std::vector<double>> above(stops.size());
    std::vector<double> joint;
    for (std::size_t b = stops.size(); b-- > 0;) {
      if (!stops[b].needed) continue;
      join(b, columns, event, above[b], joint);
      above[b] = {};
      const Stop& stop = stops[b];
      std::vector<std::vector<double>> table(stop.sums.size());
      for (std::size_t i = 0; i < table.size(); ++i) {
        const Nest& n = stop.sums[i];
        table[i].assign(n.size * columns, 0.0);
        n.map.sum(n.within ? table[*n.within].data() : joint.data(), table[i].data());
        for (const std::size_t child : stop.children[i]) above[child] = table[i];
        if (stop.group[i]) answer(groups_[*stop.group[i]], table[i], columns, put);
      }
    }
  }

 private:
  using Tables = std::map<std::size_t, std::vector<double>>;
  struct Event {
    Tables conditional;  // by bucket on the way up: P(bucket's variable and the event | separator)
    Tables chance;       // P(event | separator)
    std::vector<double> total;  // P(event): what another tree of the forest knows of it
  };

  void fill(std::size_t b, std::size_t columns, Stop& stop) const {
    const auto& bucket = tree_.buckets()[b];
    std::map<std::vector<Variable>, std::vector<std::size_t>> children;
    for (const std::size_t child : bucket.children) {
      if (!needed_[child]) continue;
      const auto& scope = tree_.buckets()[child].scope;
      children[{scope.begin(), scope.end() - 1}].push_back(child);
    }
    for (const auto& entry : groups_of_[b]) children.try_emplace(entry.first);
    std::vector<std::vector<Variable>> scopes;
    for (const auto& entry : children) scopes.push_back(entry.first);
    stop.sums = nest(bucket.scope, std::move(scopes), tree_.states(), columns);
    for (const Nest& n : stop.sums) {
      stop.children.push_back(children[n.scope]);
      const auto group = groups_of_[b].find(n.scope);
      stop.group.push_back(group == groups_of_[b].end() ? std::nullopt
                                                        : std::optional(group->second));
    }
  }

  [[nodiscard]] std::vector<double> widened(std::size_t bucket, std::size_t columns) const {
    const auto& narrow = c_.conditional(bucket);
    std::vector<double> out(narrow.size() * columns);
    for (std::size_t i = 0; i < narrow.size(); ++i) {
      for (std::size_t k = 0; k < columns; ++k) out[i * columns + k] = narrow[i];
    }
    return out;
  }
  [[nodiscard]] CellMap to_separator(std::size_t bucket, std::size_t columns) const {
    const auto& scope = tree_.buckets()[bucket].scope;
    return {scope, std::span<const Variable>(scope.data(), scope.size() - 1), tree_.states(),
            columns};
  }

  [[nodiscard]] Event event_above(Variable v, std::size_t first, std::size_t columns) const {
    Event out;
    std::size_t b = tree_.bucket_of(v);
    std::vector<double> table = widened(b, columns);
    const std::size_t n = tree_.states(v);
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (i / columns % n != first + i % columns) table[i] = 0.0;
    }
    while (true) {
      const auto& bucket = tree_.buckets()[b];
      std::vector<double> chance(table.size() / tree_.states(bucket.variable), 0.0);
      to_separator(b, columns).sum(table.data(), chance.data());
      out.conditional[b] = std::move(table);
      if (!bucket.parent) {
        out.total = std::move(chance);
        break;
      }
      const auto& onto = tree_.buckets()[*bucket.parent].scope;
      table = widened(*bucket.parent, columns);
      CellMap(onto, std::span<const Variable>(bucket.scope.data(), bucket.scope.size() - 1),
              tree_.states(), columns)
          .multiply(table.data(), chance.data());
      out.chance[b] = std::move(chance);
      b = *bucket.parent;
    }
    return out;
  }

  // P(bucket, event), given P(separator, event). The separator's cells come in the bucket's order.
  void join(std::size_t b, std::size_t columns, const Event& event, std::vector<double>& above,
            std::vector<double>& out) const {
    const auto found = event.conditional.find(b);
    const std::size_t n = tree_.states(tree_.buckets()[b].variable);
    if (!tree_.buckets()[b].parent) {
      out = found == event.conditional.end() ? widened(b, columns) : found->second;
      if (found != event.conditional.end()) return;
      for (std::size_t i = 0; i < out.size(); ++i) out[i] *= event.total[i % columns];
      return;
    }
    if (found == event.conditional.end()) {
      const auto& narrow = c_.conditional(b);
      out.resize(narrow.size() * columns);
      for (std::size_t i = 0; i < narrow.size(); ++i) {
        const double* const from = above.data() + i / n * columns;
        for (std::size_t k = 0; k < columns; ++k) out[i * columns + k] = narrow[i] * from[k];
      }
      return;
    }
    const auto& chance = event.chance.at(b);
    for (std::size_t i = 0; i < above.size(); ++i) {
      above[i] = chance[i] > 0.0 ? above[i] / chance[i] : 0.0;
    }
    out = found->second;
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] *= above[i / (n * columns) * columns + i % columns];
    }
  }

  template <class Put>
  void answer(const Group& group, const std::vector<double>& table, std::size_t columns,
              Put put) const {
    std::vector<double> sum(columns);
    for (const Question& q : group.questions) {
      std::fill(sum.begin(), sum.end(), 0.0);
      for (std::size_t u = 0; u < q.weights.size(); ++u) {
        for (std::size_t k = 0; k < columns; ++k) sum[k] += q.weights[u] * table[u * columns + k];
      }
      put(q.index, sum);
    }
  }

  const Calibration& c_;
  const JunctionTree& tree_;
  std::vector<std::map<std::vector<Variable>, std::size_t>> groups_of_;  // by bucket
  std::vector<Group> groups_;
  std::vector<std::size_t> apart_;
  std::vector<bool> needed_;
  std::size_t largest_ = 1;
};

struct Task {
  std::size_t wanted = 0;  // which of them
  std::size_t first = 0;   // state
  std::size_t columns = 1;
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

Answers marginals_under(const Calibration& calibration, std::span<const Variable> wanted,
                        std::span<const Change> changes, std::size_t threads) {
  const JunctionTree& tree = calibration.tree();
  const Passes passes(calibration, changes);
  Answers out(changes.size());
  const auto now = calibration.marginals(wanted);
  for (auto& answer : out) answer = now;  // where a question changes nothing
  std::map<std::size_t, std::vector<Stop>> stops;
  std::vector<Task> tasks;
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    const std::size_t n = tree.states(wanted[w]);
    const std::size_t step = passes.columns(wanted[w]);
    for (std::size_t first = 0; first < n; first += step) {
      tasks.push_back({w, first, std::min(step, n - first)});
      auto& plan = stops[tasks.back().columns];
      if (plan.empty()) plan = passes.stops(tasks.back().columns);
    }
  }
  parallel_for(tasks.size(), threads, [&](std::size_t t) {
    const Task& task = tasks[t];
    passes.run(wanted[task.wanted], task.first, task.columns, stops.at(task.columns),
               [&](std::size_t question, const std::vector<double>& p) {
                 auto& row = out[question][task.wanted];
                 std::copy(p.begin(), p.end(),
                           row.begin() + static_cast<std::ptrdiff_t>(task.first));
               });
  });
  for (auto& answer : out) {
    if (!std::all_of(answer.begin(), answer.end(), normalise)) answer.clear();
  }
  const auto& apart = passes.apart();
  parallel_for(apart.size(), threads, [&](std::size_t i) {
    out[apart[i]] = calibration.marginals_if(wanted, changes[apart[i]]);
  });
  return out;
}

}  // namespace casus::intel
