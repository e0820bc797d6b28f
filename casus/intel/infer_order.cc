// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <unordered_set>

#include "casus/base/numeric.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace {

using Vertex = std::uint32_t;

constexpr double most_steps = 5e7;
constexpr std::uint32_t most_tries = 5000;

// Which vertices are joined: a matrix of bits while that is small, a hash set beyond.
class Edges {
 public:
  explicit Edges(std::size_t n) : n_(n), dense_(n <= 8192) {
    if (dense_) bits_.assign((n * n + 63) / 64, 0);
  }
  [[nodiscard]] bool has(Vertex a, Vertex b) const {
    if (!dense_) return set_.count(pair(a, b)) > 0;
    const std::size_t i = a * n_ + b;
    return (bits_[i >> 6] >> (i & 63) & 1) != 0;
  }
  void add(Vertex a, Vertex b) {
    if (!dense_) {
      set_.insert(pair(a, b));
      return;
    }
    mark(a * n_ + b);
    mark(b * n_ + a);
  }

 private:
  void mark(std::size_t i) { bits_[i >> 6] |= std::uint64_t{1} << (i & 63); }
  static std::uint64_t pair(Vertex a, Vertex b) {
    return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
  }
  std::size_t n_;
  bool dense_;
  std::vector<std::uint64_t> bits_;
  std::unordered_set<std::uint64_t> set_;
};

struct Graph {
  explicit Graph(std::size_t n) : edges(n), near(n) {}
  Graph(std::size_t n, std::span<const std::vector<Vertex>> scopes) : Graph(n) {
    for (const auto& scope : scopes) {
      for (std::size_t i = 0; i < scope.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) join(scope[i], scope[j]);
      }
    }
  }
  bool join(Vertex a, Vertex b) {
    if (a == b || edges.has(a, b)) return false;
    edges.add(a, b);
    near[a].push_back(b);
    near[b].push_back(a);
    return true;
  }
  void leave(Vertex v) {
    for (const Vertex u : near[v]) {
      auto& list = near[u];
      *std::find(list.begin(), list.end(), v) = list.back();
      list.pop_back();
    }
  }
  Edges edges;
  std::vector<std::vector<Vertex>> near;  // of those not yet eliminated
};

enum class Rule : std::uint8_t { fill, weighted_fill, log_fill, clique };

// One greedy run over a copy of the graph.
class Run {
 public:
  Run(const Graph& graph, std::span<const double> log_states, std::span<const std::uint32_t> states,
      Rule rule, std::vector<double> blur)
      : g_(graph),
        log_states_(log_states),
        rule_(rule),
        blur_(std::move(blur)),
        gain_(states.size(), 1.0),
        fill_(states.size(), 0.0),
        log_clique_(states.size()),
        version_(states.size(), 0),
        gone_(states.size(), false) {
    for (Vertex v = 0; v < states.size(); ++v) {
      if (rule == Rule::weighted_fill) gain_[v] = states[v];
      if (rule == Rule::log_fill) gain_[v] = log_states[v];
    }
  }

  // False if the sum of all cliques passes `most`.
  bool eliminate(double most) {
    for (Vertex v = 0; v < g_.near.size(); ++v) measure(v);
    for (Vertex v = 0; v < g_.near.size(); ++v) push(v);
    while (order.size() < g_.near.size()) {
      const Entry next = queue_.top();
      queue_.pop();
      if (gone_[next.vertex] || next.version != version_[next.vertex]) continue;
      sum += exp(log_clique_[next.vertex]);
      if (sum > most) return false;
      take(next.vertex);
    }
    return true;
  }

  std::vector<Vertex> order;
  std::vector<std::vector<Vertex>> near;  // neighbours left, by place in the order
  std::vector<double> log_size;           // of the clique, by place in the order
  double sum = 0.0;                       // cells of all cliques, also those inside others
  double steps = 0.0;

 private:
  struct Entry {
    double score;
    double log_clique;
    Vertex vertex;
    std::uint32_t version;
    bool operator<(const Entry& o) const {  // the smallest comes first
      if (score != o.score) return score > o.score;
      if (log_clique != o.log_clique) return log_clique > o.log_clique;
      return vertex > o.vertex;
    }
  };

  void measure(Vertex v) {
    const auto& around = g_.near[v];
    log_clique_[v] = log_states_[v];
    for (std::size_t i = 0; i < around.size(); ++i) {
      log_clique_[v] += log_states_[around[i]];
      for (std::size_t j = 0; j < i; ++j) {
        if (!g_.edges.has(around[i], around[j])) fill_[v] += gain_[around[i]] * gain_[around[j]];
      }
    }
    steps += static_cast<double>(around.size() * around.size()) / 2.0;
  }

  void push(Vertex v) {
    double score = std::max(0.0, fill_[v]);
    if (score < 1e-9) score = 0.0;  // sums and differences of logarithms
    if (rule_ == Rule::clique) score = score == 0.0 ? 0.0 : exp(log_clique_[v]);
    if (!blur_.empty()) score *= blur_[v];
    queue_.push({score, log_clique_[v], v, ++version_[v]});
  }

  void touch(Vertex v) {
    if (touched_mark_.empty()) touched_mark_.assign(g_.near.size(), false);
    if (touched_mark_[v]) return;
    touched_mark_[v] = true;
    touched_.push_back(v);
  }

  void take(Vertex v) {
    const std::vector<Vertex> around = g_.near[v];
    order.push_back(v);
    near.push_back(around);
    log_size.push_back(log_clique_[v]);
    gone_[v] = true;
    g_.leave(v);
    for (const Vertex u : around) {  // the pairs of v with what is near u but not near v
      for (const Vertex x : g_.near[u]) {
        if (!g_.edges.has(v, x)) fill_[u] -= gain_[v] * gain_[x];
      }
      steps += static_cast<double>(g_.near[u].size());
      log_clique_[u] -= log_states_[v];
      touch(u);
    }
    if (fill_[v] > 1e-9 || rule_ == Rule::clique) {
      for (std::size_t i = 0; i < around.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if (!g_.edges.has(around[i], around[j])) add_edge(around[i], around[j]);
        }
      }
    }
    for (const Vertex u : touched_) {
      touched_mark_[u] = false;
      push(u);
    }
    touched_.clear();
  }

  // What a new edge a-b changes: pairs (b, x) near a, pairs (a, x) near b, and those near both.
  void add_edge(Vertex a, Vertex b) {
    for (const Vertex x : g_.near[a]) {
      if (g_.edges.has(b, x)) {
        fill_[x] -= gain_[a] * gain_[b];
        touch(x);
      } else {
        fill_[a] += gain_[b] * gain_[x];
      }
    }
    for (const Vertex x : g_.near[b]) {
      if (!g_.edges.has(a, x)) fill_[b] += gain_[a] * gain_[x];
    }
    steps += static_cast<double>(g_.near[a].size() + g_.near[b].size());
    log_clique_[a] += log_states_[b];
    log_clique_[b] += log_states_[a];
    g_.join(a, b);
  }

  Graph g_;
  std::span<const double> log_states_;
  Rule rule_;
  std::vector<double> blur_;
  std::vector<double> gain_, fill_, log_clique_;
  std::vector<std::uint32_t> version_;
  std::vector<bool> gone_, touched_mark_;
  std::vector<Vertex> touched_;
  std::priority_queue<Entry> queue_;
};

// Cells of the cliques that lie in no other: clique i holds that of its first eliminated neighbour
// where both separators say so.
double maximal_cells(const Run& run, std::vector<std::uint32_t>& place) {
  for (std::uint32_t i = 0; i < run.order.size(); ++i) place[run.order[i]] = i;
  const std::size_t n = run.order.size();
  std::vector<std::uint32_t> size(n), up(n, static_cast<std::uint32_t>(n));
  std::vector<bool> held(n, false);
  for (std::uint32_t i = 0; i < n; ++i) {
    size[i] = static_cast<std::uint32_t>(run.near[i].size());
    for (const Vertex u : run.near[i]) up[i] = std::min(up[i], place[u]);
  }
  double cells = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (held[i]) continue;
    cells += exp(run.log_size[i]);
    // the next ones along the way up that this clique holds
    for (std::uint32_t j = i; up[j] < n && !held[up[j]] && size[up[j]] + 1 == size[j]; j = up[j]) {
      held[up[j]] = true;
    }
  }
  return cells;
}

// The best order of one connected graph; variables are numbered within it.
class Search {
 public:
  Search(std::span<const std::uint32_t> states, std::span<const std::vector<std::uint32_t>> scopes,
         const OrderOptions& options, std::vector<std::uint32_t> names)
      : states_(states),
        options_(options),
        names_(std::move(names)),
        graph_(states.size(), scopes),
        place_(states.size()) {
    for (const auto n : states) log_states_.push_back(log(static_cast<double>(n)));
    best.cells = std::numeric_limits<double>::infinity();
  }

  void run() {
    for (std::uint32_t k = 0; k < 2 || pays(k); ++k) attempt(k);
  }

  EliminationOrder best;

 private:
  [[nodiscard]] bool pays(std::uint32_t tries) const {
    return steps_ < std::min(options_.effort * best.cells, most_steps) && tries < most_tries;
  }

  void attempt(std::uint32_t k) {
    constexpr Rule rules[] = {Rule::weighted_fill, Rule::fill, Rule::log_fill, Rule::clique};
    const Rule rule = k < 4 ? rules[k] : k % 2 == 0 ? best_rule_ : rules[k / 2 % 3];
    std::vector<double> blur;
    if (k >= 4) {
      const Draws draws(options_.seed);
      const double amount = 0.1 + 0.2 * (k % 4);
      for (const auto v : names_) {
        blur.push_back(exp(amount * (draws.uniform(Stream("elimination"), k, 0, v) - 0.5)));
      }
    }
    Run run(graph_, log_states_, states_, rule, std::move(blur));
    const bool whole = run.eliminate(best_sum_);
    steps_ += run.steps + static_cast<double>(states_.size()) * 8.0;
    ++best.tries;
    if (!whole) return;
    const double cells = maximal_cells(run, place_);
    if (cells >= best.cells) return;
    best_sum_ = run.sum;
    best_rule_ = rule;
    best.cells = cells;
    best.order = std::move(run.order);
    best.width = 0;
    for (const auto& near : run.near) best.width = std::max(best.width, near.size());
    best.separators = std::move(run.near);
  }

  std::span<const std::uint32_t> states_;
  const OrderOptions& options_;
  std::vector<std::uint32_t> names_;
  Graph graph_;
  std::vector<double> log_states_;
  std::vector<std::uint32_t> place_;
  Rule best_rule_ = Rule::weighted_fill;
  double best_sum_ = std::numeric_limits<double>::infinity();
  double steps_ = 0.0;
};

// The connected parts, each ascending, in order of their first variable.
std::vector<std::vector<Vertex>> parts(std::size_t n,
                                       std::span<const std::vector<std::uint32_t>> scopes) {
  std::vector<Vertex> root(n);
  for (Vertex v = 0; v < n; ++v) root[v] = v;
  const auto find = [&](Vertex v) {
    while (root[v] != v) v = root[v] = root[root[v]];
    return v;
  };
  for (const auto& scope : scopes) {
    for (const Vertex v : scope) {
      const Vertex a = find(scope.front());
      const Vertex b = find(v);
      root[std::max(a, b)] = std::min(a, b);
    }
  }
  std::vector<std::vector<Vertex>> out;
  std::vector<std::size_t> part(n);
  for (Vertex v = 0; v < n; ++v) {
    const Vertex r = find(v);
    if (r == v) {
      part[v] = out.size();
      out.emplace_back();
    }
    out[part[r]].push_back(v);
  }
  return out;
}

}  // namespace

EliminationOrder find_order(std::span<const std::uint32_t> states,
                            std::span<const std::vector<std::uint32_t>> scopes,
                            const OrderOptions& options) {
  EliminationOrder out;
  const auto all = parts(states.size(), scopes);
  std::vector<std::uint32_t> local(states.size()), part_of(states.size());
  for (std::uint32_t p = 0; p < all.size(); ++p) {
    for (std::uint32_t k = 0; k < all[p].size(); ++k) {
      local[all[p][k]] = k;
      part_of[all[p][k]] = p;
    }
  }
  std::vector<std::vector<std::vector<std::uint32_t>>> scopes_of(all.size());
  for (const auto& scope : scopes) {
    if (scope.size() < 2) continue;
    auto& mine = scopes_of[part_of[scope.front()]].emplace_back();
    for (const auto v : scope) mine.push_back(local[v]);
  }
  for (std::size_t p = 0; p < all.size(); ++p) {
    std::vector<std::uint32_t> sizes;
    for (const auto v : all[p]) sizes.push_back(states[v]);
    Search search(sizes, scopes_of[p], options, all[p]);
    search.run();
    out.cells += search.best.cells;
    out.width = std::max(out.width, search.best.width);
    out.tries += search.best.tries;
    for (const auto v : search.best.order) out.order.push_back(all[p][v]);
    for (auto& near : search.best.separators) {
      for (auto& v : near) v = all[p][v];
      out.separators.push_back(std::move(near));
    }
  }
  return out;
}

}  // namespace casus::intel
