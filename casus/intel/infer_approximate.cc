// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_approximate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "casus/base/numeric.h"
#include "casus/intel/infer_blocks.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

// A table or message as a variable's bucket sees it.
struct Part {
  const double* table = nullptr;
  std::size_t own_step = 0;  // between states of the bucket's variable
  std::vector<std::pair<Variable, std::size_t>> others;
};

// Scopes by falling rank: the variable eliminated first stands last and runs fastest.
class Buckets {
 public:
  Buckets(const Question& question, const EliminationOrder& order, double cells)
      : states_(question.reduction().states), order_(order.order), rank_(states_.size()) {
    for (std::uint32_t i = 0; i < order_.size(); ++i) rank_[order_[i]] = i;
    tables_ = question.tables(
        [&](std::vector<Variable> scope) {
          std::sort(scope.begin(), scope.end(),
                    [&](Variable a, Variable b) { return rank_[a] > rank_[b]; });
          return scope;
        },
        log_scale);
    parts_.resize(states_.size());
    originals_ = tables_.size();
    double bound = std::max(2.0, cells / 4.0);
    while (bound > 2.0 && needed(bound) > cells) bound /= 2.0;
    build(bound);
  }

  // Draws every variable, the last eliminated first. Returns the logarithm of the weight.
  double draw(const Draws& draws, const Question& question, std::uint32_t particle,
              std::vector<std::uint32_t>& chosen) const {
    double log_proposal = 0.0;
    std::vector<double> p;
    for (std::size_t k = order_.size(); k-- > 0;) {
      const Variable v = order_[k];
      p.assign(states_[v], 1.0);
      for (const Part& part : parts_[v]) {
        const double* at = part.table;
        for (const auto& [u, step] : part.others) at += step * chosen[u];
        for (std::size_t s = 0; s < p.size(); ++s) p[s] *= at[s * part.own_step];
      }
      double sum = 0.0;
      for (const double x : p) sum += x;
      if (!(sum > 0.0)) return minus_infinity;
      double left = draws.uniform(Stream("particle"), particle, 0, question.key(v)) * sum;
      std::size_t s = 0;
      std::size_t last = 0;
      for (; s < p.size(); ++s) {
        if (p[s] <= 0.0) continue;
        last = s;
        if (left < p[s]) break;
        left -= p[s];
      }
      if (s == p.size()) s = last;
      chosen[v] = static_cast<std::uint32_t>(s);
      log_proposal += log(p[s] / sum);
    }
    return log_of(chosen) - log_proposal;
  }

  // ln of the product of the model's own tables.
  [[nodiscard]] double log_of(const std::vector<std::uint32_t>& chosen) const {
    double out = log_scale;
    double product = 1.0;
    for (std::size_t t = 0; t < originals_; ++t) {
      std::size_t at = 0;
      for (const Variable v : tables_[t].scope) at = at * states_[v] + chosen[v];
      product *= tables_[t].table[at];
      if (product < 1e-200) {
        if (product == 0.0) return minus_infinity;
        out += log(product);
        product = 1.0;
      }
    }
    return out + log(product);
  }

  double log_scale = 0.0;

 private:
  using Scope = std::vector<Variable>;

  [[nodiscard]] Scope joined(const Scope& a, const Scope& b) const {
    Scope out;
    std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out),
               [&](Variable x, Variable y) { return rank_[x] > rank_[y]; });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  [[nodiscard]] double size_of(const Scope& scope) const {
    double size = 1.0;
    for (const Variable v : scope) size *= states_[v];
    return size;
  }

  // Groups whose joint tables have at most `bound` cells; large tables first.
  [[nodiscard]] std::vector<std::pair<Scope, std::vector<std::size_t>>> groups(
      const std::vector<std::size_t>& bucket, const std::vector<Scope>& scopes,
      double bound) const {
    std::vector<std::size_t> sorted = bucket;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
      return scopes[a].size() > scopes[b].size();
    });
    std::vector<std::pair<Scope, std::vector<std::size_t>>> out;
    for (const std::size_t t : sorted) {
      const auto fits = std::find_if(out.begin(), out.end(), [&](const auto& group) {
        return size_of(joined(group.first, scopes[t])) <= bound;
      });
      if (fits == out.end()) {
        out.push_back({scopes[t], {t}});
      } else {
        fits->first = joined(fits->first, scopes[t]);
        fits->second.push_back(t);
      }
    }
    return out;
  }

  // Runs over the buckets; `message` gets every group and says what stands for it from then on.
  template <class Message>
  void eliminate(double bound, Message message) const {
    std::vector<Scope> scopes;
    std::vector<std::vector<std::size_t>> waiting(states_.size());
    const auto add = [&](Scope scope) {
      if (!scope.empty()) waiting[scope.back()].push_back(scopes.size());
      scopes.push_back(std::move(scope));
    };
    for (std::size_t t = 0; t < originals_; ++t) add(tables_[t].scope);
    for (const Variable v : order_) {
      const auto split = groups(waiting[v], scopes, bound);
      for (const auto& [scope, members] : split) {
        message(v, scope, members, split.size());
        add(Scope(scope.begin(), scope.end() - 1));
      }
    }
  }

  [[nodiscard]] double needed(double bound) const {
    double cells = 0.0;
    eliminate(bound, [&](Variable, const Scope& scope, const auto&, std::size_t) {
      cells += size_of(scope);
    });
    return cells;
  }

  void build(double bound) {
    eliminate(bound, [&](Variable v, const Scope& scope, const std::vector<std::size_t>& members,
                         std::size_t groups_here) {
      for (const std::size_t t : members) parts_[v].push_back(part_of(t));
      tables_.push_back(message_of(v, scope, members, groups_here));
    });
    // the tables have stopped moving
    for (auto& bucket : parts_) {
      for (Part& p : bucket) p.table = tables_[p.own_step].table.data(), p.own_step = 1;
    }
  }

  // Until `build` ends, `own_step` holds the number of the table.
  [[nodiscard]] Part part_of(std::size_t t) const {
    Part out{nullptr, t, {}};
    const Scope& scope = tables_[t].scope;
    std::size_t step = states_[scope.back()];
    for (std::size_t d = scope.size() - 1; d-- > 0;) {
      out.others.emplace_back(scope[d], step);
      step *= states_[scope[d]];
    }
    return out;
  }

  [[nodiscard]] ReducedTable message_of(Variable v, const Scope& scope,
                                        const std::vector<std::size_t>& members,
                                        std::size_t groups_here) const {
    const Blocks blocks(scope, states_);
    std::vector<Lane> lanes;
    std::vector<Lane*> moving;
    for (const std::size_t t : members) lanes.push_back(blocks.lane(tables_[t].scope));
    for (Lane& lane : lanes) moving.push_back(&lane);
    std::vector<double> psi(static_cast<std::size_t>(size_of(scope)), 1.0);
    blocks.run(moving, [&](std::size_t cell) {
      for (std::size_t k = 0; k < lanes.size(); ++k) {
        kernel::onto_cells<kernel::Multiply>(lanes[k].levels.data(), lanes[k].levels.size(),
                                             psi.data() + cell,
                                             tables_[members[k]].table.data() + lanes[k].offset);
      }
    });
    ReducedTable out{Scope(scope.begin(), scope.end() - 1), {}};
    const std::size_t n = states_[v];
    const auto exponent = static_cast<double>(groups_here);
    double top = 0.0;
    for (std::size_t row = 0; row < psi.size(); row += n) {
      double sum = 0.0;
      for (std::size_t s = 0; s < n; ++s) {
        sum += groups_here == 1 ? psi[row + s] : power(psi[row + s], exponent);
      }
      out.table.push_back(groups_here == 1 ? sum : power(sum, 1.0 / exponent));
      top = std::max(top, out.table.back());
    }
    if (top > 0.0) {
      for (double& x : out.table) x /= top;
    }
    return out;
  }

  const std::vector<std::uint32_t>& states_;
  const std::vector<std::uint32_t>& order_;
  std::vector<std::uint32_t> rank_;
  std::vector<ReducedTable> tables_;  // the model's own, then the messages
  std::size_t originals_ = 0;
  std::vector<std::vector<Part>> parts_;  // by variable
};

// Sums of weights, relative to the largest so far.
class Tally {
 public:
  explicit Tally(const std::vector<std::uint32_t>& states) {
    for (const auto n : states) {
      weight_.emplace_back(n, 0.0);
      square_.emplace_back(n, 0.0);
    }
  }

  void add(double log_weight, const std::vector<std::uint32_t>& chosen) {
    if (std::isinf(log_weight)) return;
    if (log_weight > top_) rescale(log_weight);
    const double w = exp(log_weight - top_);
    sum_ += w;
    squares_ += w * w;
    for (std::size_t v = 0; v < chosen.size(); ++v) {
      weight_[v][chosen[v]] += w;
      square_[v][chosen[v]] += w * w;
    }
  }

  [[nodiscard]] bool empty() const { return !(sum_ > 0.0); }
  [[nodiscard]] double log_mean(double count) const { return top_ + log(sum_ / count); }
  [[nodiscard]] double log_mean_error(double count) const {
    return std::sqrt(std::max(0.0, squares_ / (sum_ * sum_) - 1.0 / count));
  }
  [[nodiscard]] double effective() const { return sum_ * sum_ / squares_; }
  [[nodiscard]] std::vector<std::vector<double>> posteriors(double& error) const {
    std::vector<std::vector<double>> out;
    for (std::size_t v = 0; v < weight_.size(); ++v) {
      auto& p = out.emplace_back(weight_[v]);
      for (std::size_t s = 0; s < p.size(); ++s) {
        p[s] /= sum_;
        const double variance =
            square_[v][s] * (1.0 - p[s]) * (1.0 - p[s]) + (squares_ - square_[v][s]) * p[s] * p[s];
        error = std::max(error, std::sqrt(std::max(0.0, variance)) / sum_);
      }
    }
    return out;
  }

 private:
  void rescale(double log_weight) {
    const double factor = exp(top_ - log_weight);
    top_ = log_weight;
    sum_ *= factor;
    squares_ *= factor * factor;
    for (auto& list : weight_) {
      for (double& x : list) x *= factor;
    }
    for (auto& list : square_) {
      for (double& x : list) x *= factor * factor;
    }
  }

  std::vector<std::vector<double>> weight_, square_;
  double sum_ = 0.0;
  double squares_ = 0.0;
  double top_ = -1e300;
};

// Draws by weight: the particles chosen are drawn once more.
void resample(const Buckets& buckets, const Question& question, const Draws& draws,
              const std::vector<double>& log_weights, std::size_t count, Answer& answer) {
  const double top = *std::max_element(log_weights.begin(), log_weights.end());
  std::vector<double> below;
  double sum = 0.0;
  for (const double w : log_weights) below.push_back(sum += std::isinf(w) ? 0.0 : exp(w - top));
  std::vector<std::uint32_t> chosen(question.reduction().states.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const double at = draws.uniform(Stream("choice of particle"), i, 0, 0) * sum;
    auto particle = std::upper_bound(below.begin(), below.end(), at) - below.begin();
    particle = std::min<std::ptrdiff_t>(particle, static_cast<std::ptrdiff_t>(below.size()) - 1);
    (void)buckets.draw(draws, question, static_cast<std::uint32_t>(particle), chosen);
    answer.samples.push_back(question.widen(chosen));
  }
}

}  // namespace

bool approximate(const Question& question, const EliminationOrder& order,
                 const QueryOptions& options, Answer& answer) {
  const Buckets buckets(question, order, options.cells);
  const double constant = question.log_constant();
  const Draws draws(options.seed);
  Tally tally(question.reduction().states);
  std::vector<double> log_weights;
  std::vector<std::uint32_t> chosen(question.reduction().states.size(), 0);
  double best = minus_infinity;
  std::vector<std::uint32_t> best_states;
  for (std::uint32_t i = 0; i < options.particles; ++i) {
    const double weight = buckets.draw(draws, question, i, chosen);
    log_weights.push_back(weight);
    tally.add(weight, chosen);
    if (!options.most_probable || std::isinf(weight)) continue;
    const double log_p = buckets.log_of(chosen);
    if (log_p > best) {
      best = log_p;
      best_states = chosen;
    }
  }
  if (tally.empty()) return false;
  const auto count = static_cast<double>(options.particles);
  answer.method = "importance sampling from mini-buckets";
  answer.exact = false;
  answer.log_evidence = tally.log_mean(count) + constant;
  answer.log_evidence_error = tally.log_mean_error(count);
  answer.error = 1.0 / tally.effective();
  answer.posteriors = question.widen(tally.posteriors(answer.error));
  if (options.most_probable) {
    answer.most_probable = Explanation{question.widen(best_states), best + constant};
  }
  if (options.samples > 0) {
    resample(buckets, question, draws, log_weights, options.samples, answer);
  }
  return true;
}

}  // namespace casus::intel
