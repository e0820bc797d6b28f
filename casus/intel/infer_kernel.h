// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Loops over the cells of a clique together with a table over some of its variables.
///
/// Both list their variables in the same order, so along a clique's cells the smaller table either
/// runs with them or stands still; neighbouring variables that do the same are taken as one level.
/// Levels alternate, and the innermost two become plain loops a compiler turns into vectors.
namespace casus::intel {

struct Level {
  std::size_t extent = 1;
  bool inside = false;         ///< the table runs along
  std::size_t cell_step = 1;   ///< cells between neighbours of this level
  std::size_t table_step = 0;  ///< cells of the table between them; 0 where it stands still
};

/// The levels of `inner` variables, those also in the table marked, outermost first; none of extent
/// 1, at least one level.
[[nodiscard]] std::vector<Level> make_levels(std::span<const std::size_t> sizes,
                                             const std::vector<bool>& inside);

namespace kernel {

struct Assign {
  static void one(double* cell, double t) { *cell = t; }
};
struct Multiply {
  static void one(double* cell, double t) { *cell *= t; }
};

// --- from the table onto the cells --------------------------------------------------------------

template <class Op, std::size_t N>
inline void spread_fixed(double* cells, const double* table, std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) {
    const double t = table[j];
    for (std::size_t i = 0; i < N; ++i) Op::one(cells + j * N + i, t);
  }
}

template <class Op>
inline void spread_runs(double* cells, const double* table, std::size_t count, std::size_t run) {
  switch (run) {
    case 2:
      return spread_fixed<Op, 2>(cells, table, count);
    case 3:
      return spread_fixed<Op, 3>(cells, table, count);
    case 4:
      return spread_fixed<Op, 4>(cells, table, count);
    default:
      break;
  }
  for (std::size_t j = 0; j < count; ++j) {
    const double t = table[j];
    for (std::size_t i = 0; i < run; ++i) Op::one(cells + j * run + i, t);
  }
}

template <class Op>
inline void along(double* __restrict__ cells, const double* __restrict__ table, std::size_t run) {
  for (std::size_t i = 0; i < run; ++i) Op::one(cells + i, table[i]);
}

template <class Op>
void onto_cells(const Level* level, std::size_t levels, double* cells, const double* table) {
  if (levels == 1) {
    if (level->inside) return along<Op>(cells, table, level->extent);
    return spread_runs<Op>(cells, table, 1, level->extent);
  }
  if (levels == 2) {
    if (level->inside) return spread_runs<Op>(cells, table, level->extent, level[1].extent);
    for (std::size_t j = 0; j < level->extent; ++j) {
      along<Op>(cells + j * level[1].extent, table, level[1].extent);
    }
    return;
  }
  for (std::size_t j = 0; j < level->extent; ++j) {
    onto_cells<Op>(level + 1, levels - 1, cells + j * level->cell_step,
                   table + j * level->table_step);
  }
}

// --- from the cells into the table --------------------------------------------------------------

struct Sum {
  static constexpr double start = 0.0;
  static double join(double a, double b) { return a + b; }
};
struct Max {
  static constexpr double start = 0.0;  // cells are never negative
  static double join(double a, double b) { return a < b ? b : a; }
};

template <class Op, std::size_t N>
inline void gather_fixed(const double* cells, double* table, std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) {
    double t = cells[j * N];
    for (std::size_t i = 1; i < N; ++i) t = Op::join(t, cells[j * N + i]);
    table[j] = Op::join(table[j], t);
  }
}

template <class Op>
inline void gather_runs(const double* cells, double* table, std::size_t count, std::size_t run) {
  switch (run) {
    case 2:
      return gather_fixed<Op, 2>(cells, table, count);
    case 3:
      return gather_fixed<Op, 3>(cells, table, count);
    case 4:
      return gather_fixed<Op, 4>(cells, table, count);
    default:
      break;
  }
  for (std::size_t j = 0; j < count; ++j) {
    const double* const c = cells + j * run;
    double t[4] = {Op::start, Op::start, Op::start, Op::start};
    std::size_t i = 0;
    for (; i + 4 <= run; i += 4) {
      for (std::size_t k = 0; k < 4; ++k) t[k] = Op::join(t[k], c[i + k]);
    }
    for (; i < run; ++i) t[0] = Op::join(t[0], c[i]);
    table[j] = Op::join(table[j], Op::join(Op::join(t[0], t[1]), Op::join(t[2], t[3])));
  }
}

template <class Op>
inline void gather_along(const double* __restrict__ cells, double* __restrict__ table,
                         std::size_t run) {
  for (std::size_t i = 0; i < run; ++i) table[i] = Op::join(table[i], cells[i]);
}

template <class Op>
void into_table(const Level* level, std::size_t levels, const double* cells, double* table) {
  if (levels == 1) {
    if (level->inside) return gather_along<Op>(cells, table, level->extent);
    return gather_runs<Op>(cells, table, 1, level->extent);
  }
  if (levels == 2) {
    if (level->inside) return gather_runs<Op>(cells, table, level->extent, level[1].extent);
    for (std::size_t j = 0; j < level->extent; ++j) {
      gather_along<Op>(cells + j * level[1].extent, table, level[1].extent);
    }
    return;
  }
  for (std::size_t j = 0; j < level->extent; ++j) {
    into_table<Op>(level + 1, levels - 1, cells + j * level->cell_step,
                   table + j * level->table_step);
  }
}

}  // namespace kernel

}  // namespace casus::intel
