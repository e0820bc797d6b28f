// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/base/numeric.h"
#include "casus/intel/infer_approximate.h"
#include "casus/intel/infer_order.h"
#include "casus/intel/infer_propagate.h"
#include "casus/intel/infer_question.h"
#include "casus/intel/infer_tree.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace {

constexpr double most_work = 8.0;  // conditioning may touch so many times the cells allowed

// False if the evidence is impossible.
bool solve(const Question& question, const EliminationOrder& order, const QueryOptions& options,
           Answer& answer) {
  const auto& states = question.reduction().states;
  const CliqueTree tree = build_clique_tree(states, order);
  double log_scale = question.log_constant();
  Propagation messages(
      tree, states,
      question.tables([&](std::vector<Variable> scope) { return tree.sorted(std::move(scope)); },
                      log_scale));
  if (options.most_probable) {
    const double top = messages.gather(Propagation::Mode::maximum);
    if (std::isinf(top)) return false;
    answer.most_probable = Explanation{question.widen(messages.most_probable()), top + log_scale};
  }
  const double sum = messages.gather(Propagation::Mode::sum);
  if (std::isinf(sum)) return false;
  answer.log_evidence = sum + log_scale;
  const Draws draws(options.seed);
  for (std::uint32_t i = 0; i < options.samples; ++i) {
    answer.samples.push_back(question.widen(messages.draw(
        [&](Variable v) { return draws.uniform(Stream("joint draw"), i, 0, question.key(v)); })));
  }
  answer.posteriors = question.widen(messages.spread());
  return true;
}

// The variable to condition on: that whose states, taken one by one, save most cells. Nothing if a
// tree within the limit is too many variables away.
std::optional<Variable> cut(const EliminationOrder& order, const std::vector<std::uint32_t>& states,
                            double limit) {
  std::vector<double> size;
  for (std::size_t i = 0; i < order.order.size(); ++i) {
    size.push_back(states[order.order[i]]);
    for (const auto v : order.separators[i]) size.back() *= states[v];
  }
  std::optional<Variable> first;
  double runs = 1.0;
  double cells = order.cells;
  std::vector<bool> taken(states.size(), false);
  while (cells > limit) {
    std::vector<double> saved(states.size(), 0.0);
    for (std::size_t i = 0; i < size.size(); ++i) {
      saved[order.order[i]] += size[i];
      for (const auto v : order.separators[i]) saved[v] += size[i];
    }
    double total = 0.0;
    for (const double s : size) total += s;
    Variable best = 0;
    double best_gain = -1.0;
    for (Variable v = 0; v < states.size(); ++v) {
      if (taken[v]) continue;
      const double left = total - saved[v] * (1.0 - 1.0 / states[v]);
      const double gain = log(total / left) / log(static_cast<double>(states[v]));
      if (gain > best_gain) {
        best_gain = gain;
        best = v;
      }
    }
    taken[best] = true;
    if (!first) first = best;
    runs *= states[best];
    cells *= 1.0 - saved[best] * (1.0 - 1.0 / states[best]) / total;
    if (runs * cells > most_work * limit) return std::nullopt;
    for (std::size_t i = 0; i < size.size(); ++i) {
      const auto& near = order.separators[i];
      if (order.order[i] == best || std::find(near.begin(), near.end(), best) != near.end()) {
        size[i] /= states[best];
      }
    }
  }
  return first;
}

// Adds the answer under one state of the variable conditioned on; `weight` relative to the largest.
class Mixture {
 public:
  void add(Answer part) { parts_.push_back(std::move(part)); }
  [[nodiscard]] bool empty() const { return parts_.empty(); }

  [[nodiscard]] Answer join(const QueryOptions& options) const {
    Answer out = parts_.front();
    double top = -std::numeric_limits<double>::infinity();
    for (const auto& part : parts_) top = std::max(top, part.log_evidence);
    std::vector<double> weight;
    double sum = 0.0;
    for (const auto& part : parts_) {
      weight.push_back(exp(part.log_evidence - top));
      sum += weight.back();
    }
    for (auto& p : out.posteriors) std::fill(p.begin(), p.end(), 0.0);
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      for (std::size_t v = 0; v < out.posteriors.size(); ++v) {
        for (std::size_t s = 0; s < out.posteriors[v].size(); ++s) {
          out.posteriors[v][s] += weight[k] / sum * parts_[k].posteriors[v][s];
        }
      }
      if (parts_[k].most_probable && parts_[k].most_probable->log_p > out.most_probable->log_p) {
        out.most_probable = parts_[k].most_probable;
      }
    }
    const Draws draws(options.seed);
    for (std::uint32_t i = 0; i < out.samples.size(); ++i) {
      double left = draws.uniform(Stream("choice of condition"), i, 0, 0) * sum;
      std::size_t k = 0;
      while (k + 1 < parts_.size() && left >= weight[k]) left -= weight[k++];
      out.samples[i] = parts_[k].samples[i];
    }
    out.log_evidence = top + log(sum);
    return out;
  }

 private:
  std::vector<Answer> parts_;
};

// Children before their parents: draws then run along the arcs and meet no zero but the evidence's.
EliminationOrder against_the_arcs(const GraphicalModel& model, const Reduction& left) {
  const auto& nodes = model.network.nodes;
  std::vector<std::size_t> waiting(nodes.size(), 0);  // children not yet listed
  for (const auto& n : nodes) {
    for (const auto parent : n.parents) ++waiting[parent];
  }
  std::vector<std::uint32_t> open;
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    if (waiting[v] == 0) open.push_back(v);
  }
  EliminationOrder out;
  for (std::size_t k = 0; k < open.size(); ++k) {
    const std::uint32_t v = open[k];
    if (left.reduced[v]) out.order.push_back(*left.reduced[v]);
    for (const auto parent : nodes[v].parents) {
      if (--waiting[parent] == 0) open.push_back(parent);
    }
  }
  return out;
}

void sample(const GraphicalModel& model, const Question& question, const EliminationOrder& order,
            const QueryOptions& options, Answer& answer) {
  if (approximate(question, order, options, answer)) return;
  const auto along = against_the_arcs(model, question.reduction());
  if (approximate(question, along, options, answer)) return;
  throw ModelError(fmt::format(
      "the junction tree would need {:.3g} cells, more than {:.3g}, and none of {} draws agrees "
      "with the evidence: raise the limit (--cells)",
      order.cells, options.cells, options.particles));
}

// Nothing if the evidence is impossible.
std::optional<Answer> attempt(const GraphicalModel& model, std::vector<NodeEvidence> evidence,
                              const QueryOptions& options) {
  const Question question(model, evidence);
  if (!question.possible()) return std::nullopt;
  const Reduction& left = question.reduction();
  const auto order = find_order(left.states, left.scopes, {options.seed});
  Answer answer;
  if (order.cells <= options.cells) {
    answer.method = "junction tree";
    if (!solve(question, order, options, answer)) return std::nullopt;
  } else if (const auto v = cut(order, left.states, options.cells)) {
    const Variable node = left.original[*v];
    Mixture mixture;
    evidence.push_back({node, {}});
    for (const auto state : left.domain[node]) {
      evidence.back().likelihood.assign(model.network.nodes[node].states.size(), 0.0);
      evidence.back().likelihood[state] = 1.0;
      if (auto part = attempt(model, evidence, options)) mixture.add(std::move(*part));
    }
    if (mixture.empty()) return std::nullopt;
    answer = mixture.join(options);
    answer.method = "junction trees, one for every state of some nodes";
  } else {
    sample(model, question, order, options, answer);
  }
  answer.cells = std::round(order.cells);
  answer.width = order.width;
  answer.variables = left.states.size();
  return answer;
}

// The shortest beginning of the evidence that is impossible ends with this item.
std::size_t first_impossible(const GraphicalModel& model, std::span<const NodeEvidence> evidence,
                             const QueryOptions& options) {
  std::size_t low = 0;  // so many items are possible together
  std::size_t high = evidence.size();
  while (low + 1 < high) {
    const std::size_t middle = (low + high) / 2;
    if (attempt(model, {evidence.begin(), evidence.begin() + static_cast<std::ptrdiff_t>(middle)},
                options)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high - 1;
}

}  // namespace

Answer query(const GraphicalModel& model, std::span<const NodeEvidence> evidence,
             const QueryOptions& options) {
  if (auto answer = attempt(model, {evidence.begin(), evidence.end()}, options)) {
    return std::move(*answer);
  }
  if (evidence.empty()) {
    throw ModelError("the potentials of the network leave no state of affairs possible");
  }
  QueryOptions quick = options;
  quick.most_probable = false;
  quick.samples = 0;
  quick.particles = 100;
  const std::size_t item = first_impossible(model, evidence, quick);
  const std::string before = item == 0   ? ""
                             : item == 1 ? " given the one told before it"
                                         : fmt::format(" given the {} told before it", item);
  throw ImpossibleEvidence(item,
                           fmt::format("the evidence has probability 0: what is told of node '{}' "
                                       "cannot be{}",
                                       model.network.nodes[evidence[item].node].name, before));
}

}  // namespace casus::intel
