// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/state.h"

#include <cstring>
#include <utility>

namespace casus::world {

std::size_t Shape::size_of(Extent extent) const {
  switch (extent) {
    case Extent::one:
      return 1;
    case Extent::side:
      return 2;
    case Extent::sector:
      return sectors;
    case Extent::sector_side:
      return sectors * 2;
    case Extent::contingent:
      return contingents;
    case Extent::contingent_node:
      return contingents * path_nodes;
    case Extent::actor:
      return actors;
    case Extent::actor_feature:
      return actors * 18;
    case Extent::actor_type:
      return actors * 3;
    case Extent::actor_stock:
      return actors * 9;
    case Extent::pair:
      return actors * actors;
    case Extent::pair_type:
      return actors * actors * 3;
    case Extent::actor_contingent:
      return actors * contingents;
    case Extent::route:
      return routes;
    case Extent::entry:
      return entries;
    case Extent::knob:
      return knobs;
  }
  return 0;
}

State::State(const Shape& shape) : shape_(shape) {
  std::size_t offset = 0;
  for (const VariableInfo& v : variable_table()) {
    const std::size_t size = shape.size_of(v.extent);
    slots_.push_back({offset, size});
    offset += size;
  }
  data_.assign(offset, F(0.0F));
  clamped_.assign(slots_.size(), 0);
}

void State::count(Var v, M out) {
  std::size_t lanes_out = 0;
  for (std::size_t i = 0; i < lanes::width; ++i) lanes_out += out[i] ? 1 : 0;
  clamped_[static_cast<std::size_t>(v)] += lanes_out;
  held_ += lanes_out;
}

namespace {

/// Four at a time, so that no comparison waits for the one before.
bool all_inside(std::span<const F> values, F low, F high) {
  const auto inside = [&](const F& x) { return (x >= low) & (x <= high); };
  const M yes = low <= high;
  M a = yes, b = yes, c = yes, d = yes;
  std::size_t i = 0;
  for (; i + 4 <= values.size(); i += 4) {
    a = a & inside(values[i]);
    b = b & inside(values[i + 1]);
    c = c & inside(values[i + 2]);
    d = d & inside(values[i + 3]);
  }
  for (; i < values.size(); ++i) a = a & inside(values[i]);
  return !lanes::any(!(a & b & c & d));
}

}  // namespace

std::size_t State::clamp(std::size_t& updates) {
  const auto table = variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    if (table[v].extent == Extent::knob) continue;
    const F low(table[v].low);
    const F high(table[v].high);
    const std::span<F> values = (*this)[static_cast<Var>(v)];
    if (all_inside(values, low, high)) continue;  // nearly always: then nothing need be written
    for (F& x : values) {
      const M fine = (x >= low) & (x <= high);
      if (lanes::any(!fine)) count(static_cast<Var>(v), !fine);
      x = select(fine, x, select(x > high, high, low));
    }
  }
  updates += (data_.size() - shape_.knobs) * lanes::width;
  return std::exchange(held_, 0);
}

bool operator==(const State& a, const State& b) {
  return a.data_.size() == b.data_.size() &&
         std::memcmp(a.data_.data(), b.data_.data(), a.data_.size() * sizeof(F)) == 0;
}

}  // namespace casus::world
