// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "casus/base/error.h"
#include "casus/intel/engine.h"
#include "casus/intel/xdsl.h"

namespace casus::intel {
namespace {

std::vector<std::string> states_of(const Engine& e, Variable v) {
  const Model& m = e.model;
  std::vector<std::string> out;
  if (v < e.wanted.size()) {
    for (const auto& s : e.given().hypotheses[v].states) out.push_back(s.id);
    return out;
  }
  for (const auto& modes : m.modes_of) {
    if (std::find(modes.begin(), modes.end(), v) == modes.end()) continue;
    for (std::size_t k = 0; k < observe::levels; ++k)
      out.push_back(fmt::format("honest_{}", k + 1));
    out.insert(out.end(), {"careless", "controlled"});
    return out;
  }
  if (m.states[v] == 2) return {"no", "yes"};
  for (std::uint32_t k = 0; k < m.states[v]; ++k) out.push_back(fmt::format("level_{}", k + 1));
  return out;
}

class Writer {
 public:
  Writer(const Engine& engine, const ExportOptions& options)
      : e_(engine), m_(engine.model), options_(options), written_(m_.factors.size(), false) {}

  BeliefNetwork run() {
    for (Variable v = 0; v < m_.states.size(); ++v) add_variable(v);
    for (std::size_t f = 0; f < m_.priors; ++f) {
      if (!written_[f]) add_prior(f);
    }
    for (std::size_t i = 0; i < m_.evidence.size(); ++i) {
      const Evidence& e = m_.evidence[i];
      const auto& report = e_.given().reports[e.report];
      written_[e.factor] = true;
      const auto node = add_factor("report:" + report.id, "said", e.factor);
      if (e_.used[i]) out_.observed.emplace_back(node, 1);
    }
    for (std::size_t f = m_.priors; f < written_.size(); ++f) {
      if (!written_[f])
        out_.observed.emplace_back(add_factor(fmt::format("also:{}", f), "so", f), 1);
    }
    return std::move(out_);
  }

 private:
  std::string unique(const std::string& name) {
    std::string out = name;
    for (int k = 2; !taken_.insert(out).second; ++k) out = fmt::format("{}#{}", name, k);
    return out;
  }

  // The first prior that speaks of a variable, if it is P(variable | the rest).
  [[nodiscard]] std::optional<std::size_t> own_prior(Variable v) const {
    for (std::size_t f = 0; f < m_.priors; ++f) {
      const Factor& factor = m_.factors[f];
      const auto at = std::find(factor.scope.begin(), factor.scope.end(), v);
      if (at == factor.scope.end()) continue;
      if (written_[f]) continue;  // another's own
      std::vector<Variable> rest(factor.scope);
      rest.erase(rest.begin() + (at - factor.scope.begin()));
      if (std::any_of(rest.begin(), rest.end(), [&](Variable p) { return !may_be_parent(v, p); })) {
        return std::nullopt;
      }
      const auto sums = sum_onto(factor.table, factor.scope, rest, m_.states);
      const bool sound =
          std::all_of(sums.begin(), sums.end(), [](double s) { return std::fabs(s - 1.0) < 1e-9; });
      return sound ? std::optional(f) : std::nullopt;
    }
    return std::nullopt;
  }

  // Hypotheses hang on those the case says; the hidden on hypotheses and on what came before.
  [[nodiscard]] bool may_be_parent(Variable child, Variable parent) const {
    if (child >= e_.wanted.size()) return parent < child;
    const auto& parents = e_.given().hypotheses[child].parents;
    return std::any_of(parents.begin(), parents.end(),
                       [&](const auto p) { return p.index == parent; });
  }

  void check_size(const std::string& name, std::size_t numbers) const {
    if (numbers <= options_.most_numbers) return;
    throw ModelError(fmt::format(
        "the table of '{}' would hold {} numbers, more than {}; leave out reports that speak to "
        "many hypotheses at once, or look from an earlier day",
        name, numbers, options_.most_numbers));
  }

  // A node whose table has the parents in the order of `scope` without it, the node's own last.
  void add_variable(Variable v) {
    NetworkNode node;
    node.name = unique(m_.names[v]);
    node.states = states_of(e_, v);
    const std::size_t n = node.states.size();
    if (const auto f = own_prior(v)) {
      written_[*f] = true;
      const Factor& factor = m_.factors[*f];
      check_size(node.name, factor.table.size());
      std::size_t inside = 1;
      for (std::size_t d = factor.scope.size(); d-- > 0 && factor.scope[d] != v;) {
        inside *= m_.states[factor.scope[d]];
      }
      for (const Variable p : factor.scope) {
        if (p != v) node.parents.push_back(p);
      }
      node.table.resize(factor.table.size());
      for (std::size_t i = 0; i < factor.table.size(); ++i) {
        const std::size_t row = i / (inside * n) * inside + i % inside;
        node.table[row * n + i / inside % n] = factor.table[i];
      }
    } else {
      node.table.assign(n, 1.0 / static_cast<double>(n));  // what is known of it is observed below
    }
    out_.network.nodes.push_back(std::move(node));
  }

  void add_prior(std::size_t f) {
    std::string name = fmt::format("prior:{}", f);
    for (std::size_t h = 0; h < m_.numbers_of.size(); ++h) {
      if (m_.numbers_of[h] == f) name = "numbers:" + m_.names[h];
    }
    out_.observed.emplace_back(add_factor(name, "told", f), 1);
  }

  // A yes-no node whose yes is as likely, up to scale, as the factor says.
  std::uint32_t add_factor(const std::string& name, const char* yes, std::size_t f) {
    const Factor& factor = m_.factors[f];
    const auto& table = e_.calibration->table_of(f);
    NetworkNode node;
    node.name = unique(name);
    node.states = {"not", yes};
    node.parents = factor.scope;
    check_size(node.name, 2 * table.size());
    const double top = std::max(1.0, *std::max_element(table.begin(), table.end()));
    for (const double x : table) {
      node.table.push_back(1.0 - x / top);
      node.table.push_back(x / top);
    }
    out_.network.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(out_.network.nodes.size() - 1);
  }

  const Engine& e_;
  const Model& m_;
  const ExportOptions& options_;
  std::vector<bool> written_;  // by factor
  std::set<std::string> taken_;
  BeliefNetwork out_;
};

}  // namespace

BeliefNetwork network_of(const casefile::Case& given, const ExportOptions& options) {
  ModelOptions how;
  how.grades = options.grades;
  how.split = split_that_fits(given, how, options.cells);
  const Engine engine(given, how, 0);
  return Writer(engine, options).run();
}

BeliefNetwork with_plain_names(BeliefNetwork network) {
  const auto names = xdsl_names(network.network);
  for (std::size_t i = 0; i < names.size(); ++i) {
    NetworkNode& node = network.network.nodes[i];
    node.name = names[i];
    node.states = xdsl_states(node);
  }
  return network;
}

std::string evidence_json(const BeliefNetwork& network, const std::vector<std::string>& names) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const auto& [node, state] : network.observed) {
    const NetworkNode& n = network.network.nodes[node];
    out[names.empty() ? n.name : names[node]] = n.states[state];
  }
  return out.dump(1) + "\n";
}

}  // namespace casus::intel
