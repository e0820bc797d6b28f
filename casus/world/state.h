// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "casus/base/lanes.h"
#include "casus/world/variables.h"

namespace casus::world {

using lanes::F;
using lanes::M;

/// How many of everything a case has.
struct Shape {
  std::size_t actors = 0, sectors = 0, contingents = 0, path_nodes = 0, routes = 0, regions = 0;
  std::size_t entries = 0, knobs = 0;
  [[nodiscard]] std::size_t size_of(Extent extent) const;
};

/// A pack of futures at one moment: [variable][entity][lane].
class State {
 public:
  explicit State(const Shape& shape);

  [[nodiscard]] std::span<F> operator[](Var v) {
    const auto& s = slots_[static_cast<std::size_t>(v)];
    return {data_.data() + s.offset, s.size};
  }
  [[nodiscard]] std::span<const F> operator[](Var v) const {
    const auto& s = slots_[static_cast<std::size_t>(v)];
    return {data_.data() + s.offset, s.size};
  }
  [[nodiscard]] F& at(Var v, std::size_t i) { return (*this)[v][i]; }
  [[nodiscard]] const F& at(Var v, std::size_t i) const { return (*this)[v][i]; }

  [[nodiscard]] const Shape& shape() const { return shape_; }
  /// `x` brought back into the range of the variable that is to hold it. The lanes outside count as
  /// clamped: a law that caps a variable at its range does it here, one whose own form ends sooner
  /// (a stock that is used up, a countdown at zero) says so with `min` and `max`.
  [[nodiscard]] F held(Var v, F x) {
    const Range range = range_of(v);
    const F inside = lanes::clamp(x, F(range.low), F(range.high));
    const M out = !(inside == x);
    if (lanes::any(out)) [[unlikely]]
      count(v, out);
    return inside;
  }
  /// Clamps every variable to its range and counts the lanes that were outside, since the last call
  /// by `held` too; NaN counts and becomes low.
  /// @returns clamped values; `updates` is raised by the values looked at, knobs not among them.
  std::size_t clamp(std::size_t& updates);
  /// Clamped values of one variable since the state was made.
  [[nodiscard]] std::size_t clamped(Var v) const { return clamped_[static_cast<std::size_t>(v)]; }
  friend bool operator==(const State& a, const State& b);

 private:
  struct Slot {
    std::size_t offset = 0, size = 0;
  };
  void count(Var v, M out);

  Shape shape_;
  std::vector<Slot> slots_;
  std::vector<F> data_;
  std::vector<std::size_t> clamped_;  ///< by variable
  std::size_t held_ = 0;              ///< since the last `clamp`
};

}  // namespace casus::world
