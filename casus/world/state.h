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
  /// Clamps every variable to its range and counts the lanes that were outside; NaN counts and
  /// becomes low.
  /// @returns clamped values; `updates` is raised by the values looked at.
  std::size_t clamp(std::size_t& updates);
  friend bool operator==(const State& a, const State& b);

 private:
  struct Slot {
    std::size_t offset = 0, size = 0;
  };
  Shape shape_;
  std::vector<Slot> slots_;
  std::vector<F> data_;
};

}  // namespace casus::world
