// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "casus/intel/weights.h"

namespace casus::intel {
namespace {

// The first prior that speaks of a variable, which is its own.
std::size_t prior_of(const Model& m, Variable v) {
  for (std::size_t f = 0; f < m.priors; ++f) {
    const auto& scope = m.factors[f].scope;
    if (std::binary_search(scope.begin(), scope.end(), v)) return f;
  }
  return m.priors;
}

// Calls `at(cell, state of v, row)` for every cell of a factor; a row is all states of v.
template <class At>
void by_state(const Model& m, const Factor& f, Variable v, At at) {
  std::size_t inside = 1;
  for (std::size_t d = f.scope.size(); d-- > 0 && f.scope[d] != v;) inside *= m.states[f.scope[d]];
  const std::size_t n = m.states[v];
  for (std::size_t i = 0; i < f.table.size(); ++i) {
    at(i, i / inside % n, i / (inside * n) * inside + i % inside);
  }
}

// Makes a variable's state certain.
void know(const Engine& e, Variable v, std::size_t state, Engine::Removal& out) {
  const std::size_t f = prior_of(e.model, v);
  if (f == e.model.priors) return;
  auto table = e.calibration->table_of(f);
  by_state(e.model, e.model.factors[f], v, [&](std::size_t cell, std::size_t s, std::size_t) {
    if (s != state) table[cell] = 0.0;
  });
  out.tables.push_back(std::move(table));
  out.change.push_back({f, true, nullptr});
}

// Tables first, then what points at them: they must not move any more.
void point(Engine::Removal& r) {
  std::size_t next = 0;
  for (WhatIf& w : r.change) {
    if (w.active && w.table == nullptr) w.table = &r.tables[next++];
  }
}

void add_sources(const Engine& e, std::vector<Doubt>& out) {
  const Model& m = e.model;
  std::vector<std::vector<std::size_t>> of(e.given().sources.size());
  for (std::size_t i = 0; i < m.evidence.size(); ++i) {
    if (e.used[i]) of[e.given().reports[m.evidence[i].report].source.index].push_back(i);
  }
  for (std::size_t s = 0; s < of.size(); ++s) {
    if (of[s].empty()) continue;
    const auto& id = e.given().sources[s].id;
    out.push_back({"source", id, "struck", std::nullopt, e.without(of[s])});
    const auto modes = e.calibration->marginals(m.modes_of[s]);
    for (const auto& [mode, name] :
         {std::pair{observe::levels, "careless"}, std::pair{observe::levels + 1, "controlled"}}) {
      Doubt doubt{"source", id, name, 0.0, {}};
      for (std::size_t k = 0; k < modes.size(); ++k) {
        *doubt.chance += modes[k][mode] / static_cast<double>(modes.size());
        know(e, m.modes_of[s][k], mode, doubt.what);
      }
      if (*doubt.chance <= 0.0) continue;
      point(doubt.what);
      out.push_back(std::move(doubt));
    }
  }
}

// A prior made flat where it is possible at all; a table that no longer listens to its parents.
void add_priors(const Engine& e, std::vector<Doubt>& out) {
  for (const Variable h : e.wanted) {
    const std::size_t at = e.model.own[h];
    const Factor& own = e.model.factors[at];
    const bool root = own.scope.size() == 1;
    auto table = own.table;
    std::vector<double> row_sum(table.size() / e.model.states[h], 0.0);
    by_state(e.model, own, h, [&](std::size_t cell, std::size_t s, std::size_t row) {
      if (table[cell] > 0.0) table[cell] = root ? 1.0 : e.prior()[h][s];
      row_sum[row] += table[cell];
    });
    by_state(e.model, own, h, [&](std::size_t cell, std::size_t, std::size_t row) {
      if (row_sum[row] > 0.0) table[cell] /= row_sum[row];
    });
    Doubt doubt{"prior", e.model.names[h], root ? "flat" : "apart", std::nullopt, {}};
    doubt.what.tables.push_back(std::move(table));
    doubt.what.change.push_back({at, true, nullptr});
    point(doubt.what);
    out.push_back(std::move(doubt));
  }
}

std::string state_name(std::size_t state, std::size_t states) {
  if (states == 2) return state == 0 ? "no" : "yes";
  return "level_" + std::to_string(state + 1);
}

// Regimes, shared pictures, lines and shares of control: each known to be this or that.
void add_hidden(const Engine& e, std::vector<Doubt>& out) {
  std::vector<bool> apart(e.model.states.size(), false);
  for (const Variable h : e.wanted) apart[h] = true;
  for (const auto& modes : e.model.modes_of) {
    for (const Variable v : modes) apart[v] = true;
  }
  for (Variable v = 0; v < apart.size(); ++v) {
    if (apart[v] || prior_of(e.model, v) == e.model.priors) continue;
    const std::vector<Variable> one{v};
    const auto now = e.calibration->marginals(one).front();
    for (std::size_t s = 0; s < now.size(); ++s) {
      if (now[s] <= 0.0) continue;
      Doubt doubt{"hidden", e.model.names[v], state_name(s, now.size()), now[s], {}};
      know(e, v, s, doubt.what);
      point(doubt.what);
      out.push_back(std::move(doubt));
    }
  }
}

}  // namespace

std::vector<Doubt> doubts_of(const Engine& engine) {
  std::vector<Doubt> out;
  add_sources(engine, out);
  add_priors(engine, out);
  add_hidden(engine, out);
  return out;
}

}  // namespace casus::intel
