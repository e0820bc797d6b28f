// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/table_nest.h"

#include <algorithm>

#include "casus/base/numeric.h"

namespace casus::intel {

CellMap::CellMap(std::span<const std::uint32_t> from, std::span<const std::uint32_t> onto,
                 std::span<const std::uint32_t> states, std::size_t columns) {
  std::vector<Level> all(from.size() + 1);
  all.back() = {columns, columns > 1 ? std::size_t{1} : std::size_t{0}};
  for (std::size_t d = 0; d < from.size(); ++d) all[d].size = states[from[d]];
  std::size_t step = columns;
  for (std::size_t k = onto.size(); k-- > 0;) {
    for (std::size_t d = 0; d < from.size(); ++d) {
      if (from[d] == onto[k]) all[d].stride = step;
    }
    step *= states[onto[k]];
  }
  for (const Level& level : all) {
    if (level.size == 1) continue;
    if (!levels_.empty() && levels_.back().stride == level.stride * level.size) {
      levels_.back().size *= level.size;
      levels_.back().stride = level.stride;
    } else {
      levels_.push_back(level);
    }
  }
  if (levels_.empty()) levels_.push_back({});
}

// Calls `row(cell, offset, length)` for every run of the innermost level, in order.
template <class Row>
void CellMap::rows(Row row) const {
  const std::size_t n = levels_.size();
  const std::size_t length = levels_[n - 1].size;
  const Level second = n > 1 ? levels_[n - 2] : Level{};
  const std::size_t outer = n > 2 ? n - 2 : 0;
  std::vector<std::size_t> digit(outer, 0);
  std::size_t cell = 0;
  std::size_t offset = 0;
  while (true) {
    std::size_t at = offset;
    for (std::size_t k = 0; k < second.size; ++k, at += second.stride, cell += length) {
      row(cell, at, length);
    }
    std::size_t d = outer;
    while (d-- > 0) {
      offset += levels_[d].stride;
      if (++digit[d] < levels_[d].size) break;
      offset -= levels_[d].stride * levels_[d].size;
      digit[d] = 0;
    }
    if (d == static_cast<std::size_t>(-1)) return;
  }
}

void CellMap::multiply(double* cells, const double* table) const {
  const std::size_t hop = levels_.back().stride;
  if (hop == 0) {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      const double t = table[at];
      for (std::size_t k = 0; k < length; ++k) cells[cell + k] *= t;
    });
  } else if (hop == 1) {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      for (std::size_t k = 0; k < length; ++k) cells[cell + k] *= table[at + k];
    });
  } else {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      for (std::size_t k = 0; k < length; ++k) cells[cell + k] *= table[at + k * hop];
    });
  }
}

void CellMap::sum(const double* cells, double* table) const {
  const std::size_t hop = levels_.back().stride;
  if (hop == 0) {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      double t = cells[cell];
      for (std::size_t k = 1; k < length; ++k) t += cells[cell + k];
      table[at] += t;
    });
  } else if (hop == 1) {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      for (std::size_t k = 0; k < length; ++k) table[at + k] += cells[cell + k];
    });
  } else {
    rows([=](std::size_t cell, std::size_t at, std::size_t length) {
      for (std::size_t k = 0; k < length; ++k) table[at + k * hop] += cells[cell + k];
    });
  }
}

namespace {

using Scope = std::vector<std::uint32_t>;

std::size_t cells_of(std::span<const std::uint32_t> scope, std::span<const std::uint32_t> states) {
  std::size_t out = 1;
  for (const auto v : scope) out *= states[v];
  return out;
}

bool contains(const Scope& large, const Scope& small) {
  return large.size() >= small.size() &&
         std::includes(large.begin(), large.end(), small.begin(), small.end());
}

}  // namespace

std::vector<Nest> nest(std::span<const std::uint32_t> whole,
                       std::vector<std::vector<std::uint32_t>> scopes,
                       std::span<const std::uint32_t> states, std::size_t columns) {
  const std::size_t cells = cells_of(whole, states);
  std::vector<Nest> out;
  for (auto& scope : scopes) {
    Nest n;
    n.size = cells_of(scope, states);
    n.scope = std::move(scope);
    out.push_back(std::move(n));
  }
  std::stable_sort(out.begin(), out.end(), [](const Nest& a, const Nest& b) {
    return a.size != b.size ? a.size > b.size : a.scope < b.scope;
  });
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t j = i; j-- > 0;) {
      if (out[j].size >= cells || !contains(out[j].scope, out[i].scope)) continue;
      out[i].within = j;
      break;
    }
    out[i].map = out[i].within ? CellMap(out[*out[i].within].scope, out[i].scope, states, columns)
                               : CellMap(whole, out[i].scope, states, columns);
  }
  return out;
}

double scale_down(std::vector<double>& table) {
  double top = 0.0;
  for (const double x : table) top = std::max(top, x);
  if (top > 0.0 && top != 1.0) {
    for (double& x : table) x /= top;
  }
  return log(top);
}

}  // namespace casus::intel
