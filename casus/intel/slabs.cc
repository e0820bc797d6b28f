// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/slabs.h"

#include <algorithm>

#include "casus/base/wide.h"

namespace casus::intel {
namespace {

using Step = Slabs::Step;

struct Put {
  CASUS_INSIDE static double of(double, double b) { return b; }
};
struct Times {
  CASUS_INSIDE static double of(double a, double b) { return a * b; }
};

// The loops; a size of 0 is known only when they run.
template <class Op, std::size_t Extent, std::size_t Inner>
CASUS_INSIDE void spread(const Step& step, double* __restrict__ cells,
                         const double* __restrict__ from) {
  const std::size_t extent = Extent == 0 ? step.extent : Extent;
  const std::size_t inner = Inner == 0 ? step.inner : Inner;
  for (std::size_t j = 0; j < step.outer; ++j, from += inner) {
    for (std::size_t e = 0; e < extent; ++e, cells += inner) {
      for (std::size_t i = 0; i < inner; ++i) cells[i] = Op::of(cells[i], from[i]);
    }
  }
}

// Begins with the table's own cells, or anew.
template <bool Onto, std::size_t Extent, std::size_t Inner>
CASUS_INSIDE void gather(const Step& step, const double* __restrict__ cells,
                         double* __restrict__ table) {
  const std::size_t inner = Inner == 0 ? step.inner : Inner;
  for (std::size_t j = 0; j < step.outer; ++j, table += inner) {
    if constexpr (Extent != 0) {
      for (std::size_t i = 0; i < inner; ++i) {
        double t = Onto ? table[i] + cells[i] : cells[i];
        for (std::size_t e = 1; e < Extent; ++e) t += cells[e * inner + i];
        table[i] = t;
      }
      cells += Extent * inner;
    } else {
      for (std::size_t i = 0; i < inner; ++i) table[i] = Onto ? table[i] + cells[i] : cells[i];
      cells += inner;
      for (std::size_t e = 1; e < step.extent; ++e, cells += inner) {
        for (std::size_t i = 0; i < inner; ++i) table[i] += cells[i];
      }
    }
  }
}

// Runs of neighbours to one cell each, in four sums side by side.
template <bool Onto>
CASUS_INSIDE void gather_run(const Step& step, const double* __restrict__ cells,
                             double* __restrict__ table) {
  constexpr std::size_t side = 4;
  for (std::size_t j = 0; j < step.outer; ++j, cells += step.extent) {
    double t[side] = {0.0, 0.0, 0.0, 0.0};
    std::size_t e = 0;
    for (; e + side <= step.extent; e += side) {
      for (std::size_t k = 0; k < side; ++k) t[k] += cells[e + k];
    }
    for (; e < step.extent; ++e) t[0] += cells[e];
    const double all = (t[0] + t[1]) + (t[2] + t[3]);
    table[j] = Onto ? table[j] + all : all;
  }
}

template <class Op, std::size_t Extent>
CASUS_INSIDE void spread_by(const Step& s, double* cells, const double* from) {
  switch (s.inner) {
    case 1:
      return spread<Op, Extent, 1>(s, cells, from);
    case 2:
      return spread<Op, Extent, 2>(s, cells, from);
    case 3:
      return spread<Op, Extent, 3>(s, cells, from);
    case 4:
      return spread<Op, Extent, 4>(s, cells, from);
    default:
      return spread<Op, Extent, 0>(s, cells, from);
  }
}

template <class Op>
CASUS_INSIDE void spread_step(const Step& s, double* cells, const double* from) {
  switch (s.extent) {
    case 2:
      return spread_by<Op, 2>(s, cells, from);
    case 3:
      return spread_by<Op, 3>(s, cells, from);
    case 4:
      return spread_by<Op, 4>(s, cells, from);
    default:
      return spread_by<Op, 0>(s, cells, from);
  }
}

template <bool Onto, std::size_t Extent>
CASUS_INSIDE void gather_by(const Step& s, const double* cells, double* table) {
  switch (s.inner) {
    case 1:
      if constexpr (Extent == 0) return gather_run<Onto>(s, cells, table);
      return gather<Onto, Extent, 1>(s, cells, table);
    case 2:
      return gather<Onto, Extent, 2>(s, cells, table);
    case 3:
      return gather<Onto, Extent, 3>(s, cells, table);
    case 4:
      return gather<Onto, Extent, 4>(s, cells, table);
    default:
      return gather<Onto, Extent, 0>(s, cells, table);
  }
}

template <bool Onto>
CASUS_INSIDE void gather_step(const Step& s, const double* cells, double* table) {
  switch (s.extent) {
    case 2:
      return gather_by<Onto, 2>(s, cells, table);
    case 3:
      return gather_by<Onto, 3>(s, cells, table);
    case 4:
      return gather_by<Onto, 4>(s, cells, table);
    default:
      return gather_by<Onto, 0>(s, cells, table);
  }
}

}  // namespace

Slabs::Slabs(std::span<const Level> levels) {
  std::size_t outer = 1;
  for (const Level& level : levels) {
    cells_ *= level.extent;
    if (level.inside) {
      outer *= level.extent;
    } else if (level.extent > 1) {
      steps_.push_back({outer, level.extent, level.cell_step});
    }
  }
  if (steps_.empty()) steps_.push_back({1, 1, cells_});
}

// The table with all but the outermost of what it lacks.
CASUS_WIDE const double* Slabs::spread_inner(const double* table, double* scratch) const {
  double* to = scratch;
  double* other = scratch + cells_;
  for (std::size_t k = steps_.size(); k-- > 1;) {
    spread_step<Put>(steps_[k], to, table);
    table = to;
    std::swap(to, other);
  }
  return table;
}

CASUS_WIDE void Slabs::assign(double* cells, const double* table, double* scratch) const {
  spread_step<Put>(steps_.front(), cells, spread_inner(table, scratch));
}

CASUS_WIDE void Slabs::multiply(double* cells, const double* table, double* scratch) const {
  spread_step<Times>(steps_.front(), cells, spread_inner(table, scratch));
}

CASUS_WIDE void Slabs::sum(const double* cells, double* table, double* scratch) const {
  double* to = scratch;
  double* other = scratch + cells_;
  for (std::size_t k = 0; k + 1 < steps_.size(); ++k) {
    gather_step<false>(steps_[k], cells, to);
    cells = to;
    std::swap(to, other);
  }
  gather_step<true>(steps_.back(), cells, table);
}

CASUS_WIDE double largest(std::span<const double> numbers) {
  constexpr std::size_t side = 8;
  double top[side] = {};
  std::size_t i = 0;
  for (; i + side <= numbers.size(); i += side) {
    for (std::size_t k = 0; k < side; ++k) {
      top[k] = top[k] < numbers[i + k] ? numbers[i + k] : top[k];
    }
  }
  for (; i < numbers.size(); ++i) top[0] = std::max(top[0], numbers[i]);
  return *std::max_element(top, top + side);
}

CASUS_WIDE void multiply(std::span<double> numbers, double by) {
  for (double& x : numbers) x *= by;
}

CASUS_WIDE void multiply(std::span<double> numbers, std::span<const double> by) {
  double* __restrict__ const onto = numbers.data();
  const double* __restrict__ const from = by.data();
  for (std::size_t i = 0; i < numbers.size(); ++i) onto[i] *= from[i];
}

}  // namespace casus::intel
