// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_reduce.h"

#include <algorithm>
#include <deque>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

std::vector<std::size_t> strides(const TableView& view, std::span<const std::uint32_t> states) {
  std::vector<std::size_t> stride(view.scope.size());
  std::size_t step = 1;
  for (std::size_t d = view.scope.size(); d-- > 0;) {
    stride[d] = step;
    step *= states[view.scope[d]];
  }
  CASUS_CHECK(step == view.table.size());
  return stride;
}

// Calls visit(value, digits) for every cell whose states are all possible.
template <class Visit>
void over_domain(const TableView& view, std::span<const std::size_t> stride,
                 const std::vector<std::vector<std::uint32_t>>& domain, Visit visit) {
  const std::size_t n = view.scope.size();
  std::vector<std::size_t> digit(n, 0);
  std::size_t cell = 0;
  for (std::size_t d = 0; d < n; ++d) cell += stride[d] * domain[view.scope[d]].front();
  while (true) {
    visit(view.table[cell], digit);
    std::size_t d = n;
    while (d-- > 0) {
      const auto& states = domain[view.scope[d]];
      cell -= stride[d] * states[digit[d]];
      if (++digit[d] < states.size()) {
        cell += stride[d] * states[digit[d]];
        break;
      }
      digit[d] = 0;
      cell += stride[d] * states[0];
    }
    if (d == static_cast<std::size_t>(-1)) return;
  }
}

// Holds one table to its variables: states without support go. Returns the variables that shrank;
// `empty` if one has no state left.
std::vector<Variable> revise(const TableView& view, std::span<const std::size_t> stride,
                             std::vector<std::vector<std::uint32_t>>& domain, bool& empty) {
  std::vector<std::vector<bool>> support(view.scope.size());
  for (std::size_t d = 0; d < support.size(); ++d)
    support[d].assign(domain[view.scope[d]].size(), false);
  over_domain(view, stride, domain, [&](double p, const std::vector<std::size_t>& digit) {
    if (!(p > 0.0)) return;
    for (std::size_t d = 0; d < digit.size(); ++d) support[d][digit[d]] = true;
  });
  std::vector<Variable> shrunk;
  for (std::size_t d = 0; d < support.size(); ++d) {
    auto& states = domain[view.scope[d]];
    std::vector<std::uint32_t> left;
    for (std::size_t k = 0; k < states.size(); ++k) {
      if (support[d][k]) left.push_back(states[k]);
    }
    if (left.size() == states.size()) continue;
    if (left.empty()) {
      empty = true;
      return {};
    }
    states = std::move(left);
    shrunk.push_back(view.scope[d]);
  }
  return shrunk;
}

bool settle(std::span<const TableView> tables, std::span<const std::uint32_t> states,
            std::vector<std::vector<std::uint32_t>>& domain) {
  std::vector<std::vector<std::size_t>> stride(tables.size());
  std::vector<std::vector<std::uint32_t>> tables_of(states.size());
  std::vector<bool> waits(tables.size(), false);
  std::deque<std::uint32_t> open;
  for (std::uint32_t t = 0; t < tables.size(); ++t) {
    stride[t] = strides(tables[t], states);
    // without a zero every possible state has support
    if (std::find(tables[t].table.begin(), tables[t].table.end(), 0.0) == tables[t].table.end())
      continue;
    for (const Variable v : tables[t].scope) tables_of[v].push_back(t);
    waits[t] = true;
    open.push_back(t);
  }
  while (!open.empty()) {
    const std::uint32_t t = open.front();
    open.pop_front();
    waits[t] = false;
    bool empty = false;
    for (const Variable v : revise(tables[t], stride[t], domain, empty)) {
      for (const std::uint32_t other : tables_of[v]) {
        if (other == t || waits[other]) continue;
        waits[other] = true;
        open.push_back(other);
      }
    }
    if (empty) return false;
  }
  return true;
}

}  // namespace

std::optional<Reduction> reduce(std::span<const TableView> tables,
                                std::span<const std::uint32_t> states,
                                std::vector<std::vector<std::uint32_t>> domain) {
  for (const auto& d : domain) {
    if (d.empty()) return std::nullopt;
  }
  if (!settle(tables, states, domain)) return std::nullopt;
  Reduction out;
  out.domain = std::move(domain);
  out.reduced.resize(states.size());
  for (Variable v = 0; v < states.size(); ++v) {
    if (out.domain[v].size() == 1) continue;
    out.reduced[v] = static_cast<Variable>(out.original.size());
    out.original.push_back(v);
    out.states.push_back(static_cast<std::uint32_t>(out.domain[v].size()));
  }
  for (const auto& view : tables) {
    std::vector<Variable> scope;
    for (const Variable v : view.scope) {
      if (out.reduced[v]) scope.push_back(*out.reduced[v]);
    }
    out.scopes.push_back(std::move(scope));
  }
  return out;
}

ReducedTable restrict_table(const TableView& view, const Reduction& reduction,
                            std::span<const std::uint32_t> states, std::vector<Variable> scope,
                            double& log_scale) {
  const auto stride = strides(view, states);
  std::vector<std::size_t> onto(view.scope.size(), 0);
  std::size_t size = 1;
  for (std::size_t k = scope.size(); k-- > 0;) {
    for (std::size_t d = 0; d < onto.size(); ++d) {
      if (view.scope[d] == reduction.original[scope[k]]) onto[d] = size;
    }
    size *= reduction.states[scope[k]];
  }
  ReducedTable out{std::move(scope), std::vector<double>(size, 0.0)};
  double top = 0.0;
  over_domain(view, stride, reduction.domain, [&](double p, const std::vector<std::size_t>& digit) {
    std::size_t cell = 0;
    for (std::size_t d = 0; d < digit.size(); ++d) cell += onto[d] * digit[d];
    out.table[cell] = p;
    top = std::max(top, p);
  });
  CASUS_CHECK(top > 0.0);
  for (double& p : out.table) p /= top;
  log_scale += log(top);
  return out;
}

}  // namespace casus::intel
