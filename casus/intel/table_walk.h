// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::intel {

/// Visits every cell of a table over `from` (last fastest) in order, with the index of the cell of
/// a table over `onto` that it belongs to. Variables of `onto` not in `from` stay at state 0.
template <class StatesOf, class Visit>
void walk_cells(std::span<const std::uint32_t> from, std::span<const std::uint32_t> onto,
                StatesOf states, Visit visit) {
  std::vector<std::size_t> size(from.size()), stride(from.size(), 0), digit(from.size(), 0);
  for (std::size_t d = 0; d < from.size(); ++d) size[d] = states(from[d]);
  std::size_t step = 1;
  for (std::size_t k = onto.size(); k-- > 0;) {
    for (std::size_t d = 0; d < from.size(); ++d) {
      if (from[d] == onto[k]) stride[d] = step;
    }
    step *= states(onto[k]);
  }
  if (from.empty()) {
    visit(std::size_t{0}, std::size_t{0});
    return;
  }
  // neighbours that step alike are one longer dimension
  std::size_t n = 0;
  for (std::size_t d = 1; d < from.size(); ++d) {
    if (stride[n] == stride[d] * size[d]) {
      size[n] *= size[d];
      stride[n] = stride[d];
    } else {
      size[++n] = size[d];
      stride[n] = stride[d];
    }
  }
  ++n;
  const std::size_t inner = size[n - 1];
  const std::size_t hop = stride[n - 1];
  std::size_t cell = 0;
  std::size_t offset = 0;
  while (true) {
    for (std::size_t k = 0; k < inner; ++k) visit(cell++, offset + k * hop);
    std::size_t d = n - 1;
    while (d-- > 0) {
      offset += stride[d];
      if (++digit[d] < size[d]) break;
      offset -= stride[d] * size[d];
      digit[d] = 0;
    }
    if (d == static_cast<std::size_t>(-1)) return;
  }
}

template <class Visit>
void walk(std::span<const std::uint32_t> from, std::span<const std::uint32_t> onto,
          std::span<const std::uint32_t> states, Visit visit) {
  walk_cells(
      from, onto, [&](std::uint32_t v) -> std::size_t { return states[v]; }, visit);
}

/// The same with the number of states taken from a tree.
template <class Tree, class Visit>
auto walk(std::span<const std::uint32_t> from, std::span<const std::uint32_t> onto,
          const Tree& tree, Visit visit) -> decltype(tree.buckets(), void()) {
  walk_cells(
      from, onto, [&](std::uint32_t v) -> std::size_t { return tree.states(v); }, visit);
}

}  // namespace casus::intel
