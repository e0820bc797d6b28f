// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/hint.h"

#include <algorithm>

namespace casus::intel {
namespace {

std::size_t cells_of(std::span<const Variable> scope, std::span<const std::uint32_t> states) {
  std::size_t out = 1;
  for (const Variable v : scope) out *= states[v];
  return out;
}

std::size_t states_told(const Hint& h) {
  return h.after.empty() ? h.columns : h.after.size() / h.columns;
}

// Numbers by column of several hints, side by side.
Table beside(std::span<const Hint* const> hints, std::size_t cells, std::size_t columns) {
  Table out(cells * columns, 0.0);
  std::size_t at = 0;
  for (const Hint* h : hints) {
    for (std::size_t i = 0; i < cells; ++i) {
      for (std::size_t c = 0; c < h->columns; ++c) {
        out[i * columns + at + c] =
            h->table.empty() ? (c == i ? 1.0 : 0.0) : h->table[i * h->columns + c];
      }
    }
    at += h->columns;
  }
  return out;
}

// From the columns of several hints, side by side, to all their states.
Table all_after(std::span<const Hint* const> hints, std::size_t columns, std::size_t states) {
  Table out(columns * states, 0.0);
  std::size_t row = 0;
  std::size_t at = 0;
  for (const Hint* h : hints) {
    const std::size_t n = states_told(*h);
    for (std::size_t c = 0; c < h->columns; ++c) {
      for (std::size_t s = 0; s < n; ++s) {
        out[(row + c) * states + at + s] =
            h->after.empty() ? (c == s ? 1.0 : 0.0) : h->after[c * n + s];
      }
    }
    row += h->columns;
    at += n;
  }
  return out;
}

// Cells between neighbours of `from` in a table over `onto`; 0 where it does not speak of them.
std::vector<std::size_t> strides(std::span<const Variable> from, std::span<const Variable> onto,
                                 std::span<const std::uint32_t> states) {
  std::vector<std::size_t> out(from.size(), 0);
  std::size_t step = 1;
  for (std::size_t k = onto.size(); k-- > 0;) {
    const auto at = std::find(from.begin(), from.end(), onto[k]);
    if (at != from.end()) out[static_cast<std::size_t>(at - from.begin())] = step;
    step *= states[onto[k]];
  }
  return out;
}

// Visits the cells of a table over `from` in order, with the cells of tables over `a` and `b`.
template <class Visit>
void walk_both(std::span<const Variable> from, std::span<const Variable> a,
               std::span<const Variable> b, std::span<const std::uint32_t> states, Visit visit) {
  std::vector<std::size_t> size, digit;
  std::vector<std::size_t> by_a, by_b;
  const auto of_a = strides(from, a, states);
  const auto of_b = strides(from, b, states);
  for (std::size_t d = 0; d < from.size(); ++d) {
    const std::size_t n = states[from[d]];
    // neighbours that step alike in both are one longer dimension
    if (!size.empty() && by_a.back() == of_a[d] * n && by_b.back() == of_b[d] * n) {
      size.back() *= n;
      by_a.back() = of_a[d];
      by_b.back() = of_b[d];
      continue;
    }
    size.push_back(n);
    by_a.push_back(of_a[d]);
    by_b.push_back(of_b[d]);
  }
  if (size.empty()) return visit(std::size_t{0}, std::size_t{0}, std::size_t{0});
  digit.assign(size.size(), 0);
  std::size_t cell = 0, i = 0, j = 0;
  while (true) {
    for (std::size_t k = 0; k < size.back(); ++k) {
      visit(cell++, i + k * by_a.back(), j + k * by_b.back());
    }
    std::size_t d = size.size() - 1;
    while (d-- > 0) {
      i += by_a[d];
      j += by_b[d];
      if (++digit[d] < size[d]) break;
      i -= by_a[d] * size[d];
      j -= by_b[d] * size[d];
      digit[d] = 0;
    }
    if (d == static_cast<std::size_t>(-1)) return;
  }
}

Table product(const Table& a, const Table& b, std::size_t inner) {
  const std::size_t rows = a.size() / inner;
  const std::size_t columns = b.size() / inner;
  Table out(rows * columns, 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = 0; k < inner; ++k) {
      const double x = a[i * inner + k];
      for (std::size_t j = 0; j < columns; ++j) out[i * columns + j] += x * b[k * columns + j];
    }
  }
  return out;
}

}  // namespace

Hint merged(std::span<const Hint* const> hints, std::span<const std::uint32_t> states) {
  if (hints.size() == 1) return *hints.front();
  Hint out;
  out.scope = hints.front()->scope;
  std::size_t names = 0;
  bool plain = true;
  for (const Hint* h : hints) {
    out.columns += h->columns;
    names += states_told(*h);
    plain = plain && h->after.empty();
    out.wanted.insert(out.wanted.end(), h->wanted.begin(), h->wanted.end());
  }
  const std::size_t cells = cells_of(out.scope, states);
  Table table = beside(hints, cells, out.columns);
  if (out.columns <= cells) {
    if (!plain) out.after = all_after(hints, out.columns, names);
    out.table = std::move(table);
    return out;
  }
  out.after =
      plain ? std::move(table) : product(table, all_after(hints, out.columns, names), out.columns);
  out.columns = cells;
  return out;
}

Table told(const Hint& hint, const Table& joint, std::span<const Variable> all,
           std::span<const Variable> target, std::span<const std::uint32_t> states) {
  const std::size_t n = hint.columns;
  Table out(cells_of(target, states) * n, 0.0);
  if (hint.table.empty()) {
    walk_both(all, target, hint.scope, states,
              [&](std::size_t i, std::size_t row, std::size_t g) { out[row * n + g] += joint[i]; });
    return out;
  }
  walk_both(all, target, hint.scope, states, [&](std::size_t i, std::size_t row, std::size_t g) {
    const double p = joint[i];
    const double* const from = hint.table.data() + g * n;
    double* const to = out.data() + row * n;
    for (std::size_t c = 0; c < n; ++c) to[c] += p * from[c];
  });
  return out;
}

std::vector<double> by_state(const Hint& hint, std::vector<double> by_column) {
  if (hint.after.empty()) return by_column;
  return product(by_column, hint.after, hint.columns);
}

}  // namespace casus::intel
