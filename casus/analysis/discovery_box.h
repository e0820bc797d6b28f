// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>

#include "casus/analysis/discovery.h"

/// Boxes over the inputs, shared by the two searches.
namespace casus::analysis::discovery {

/// Bounds of every input; infinite where it is not restricted.
struct Box {
  std::vector<double> low, high;

  explicit Box(std::size_t inputs)
      : low(inputs, -std::numeric_limits<double>::infinity()),
        high(inputs, std::numeric_limits<double>::infinity()) {}

  [[nodiscard]] bool restricts(std::size_t input) const {
    return low[input] > -std::numeric_limits<double>::infinity() ||
           high[input] < std::numeric_limits<double>::infinity();
  }
  void release(std::size_t input) {
    low[input] = -std::numeric_limits<double>::infinity();
    high[input] = std::numeric_limits<double>::infinity();
  }
  [[nodiscard]] std::vector<std::size_t> restricted() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < low.size(); ++i) {
      if (restricts(i)) all.push_back(i);
    }
    return all;
  }
};

/// Futures searched or judged.
using Rows = std::vector<std::uint32_t>;

struct Tally {
  double inside = 0.0, hits = 0.0, all = 0.0, of_interest = 0.0;
  [[nodiscard]] double coverage() const { return of_interest > 0.0 ? hits / of_interest : 0.0; }
  [[nodiscard]] double density() const { return inside > 0.0 ? hits / inside : 0.0; }
  [[nodiscard]] double mass() const { return all > 0.0 ? inside / all : 0.0; }
  [[nodiscard]] double base() const { return all > 0.0 ? of_interest / all : 0.0; }
  /// Harmonic mean of coverage and density.
  [[nodiscard]] double merit() const {
    const double sum = coverage() + density();
    return sum > 0.0 ? 2.0 * coverage() * density() / sum : 0.0;
  }
};

[[nodiscard]] Tally tally(const Inputs& inputs, std::span<const std::uint8_t> interest,
                          const Box& box, const Rows& rows);

/// The futures of the points of one parity, 0 or 1.
[[nodiscard]] Rows rows_of(const Inputs& inputs, std::size_t futures, std::size_t parity);

/// Fills `reproduced` of every bound of the finding by searching in random halves of the rows.
void search_again(Scenario& found, const Box& box, const Rows& rows,
                  const DiscoveryOptions& options, const std::function<Box(const Rows&)>& search);

/// Chance of as many hits inside by luck, had `input` not been restricted.
[[nodiscard]] double chance_of(const Inputs& inputs, std::span<const std::uint8_t> interest,
                               const Box& box, std::size_t input, const Rows& rows);

/// Lets go, one after the other, of inputs that luck may have restricted, then of those that add
/// least until at most `options.dimensions` are left.
[[nodiscard]] Box pruned(const Inputs& inputs, std::span<const std::uint8_t> interest, Box box,
                         const Rows& rows, const DiscoveryOptions& options);

/// The finding as told, judged on `judged`.
[[nodiscard]] Scenario told(const Inputs& inputs, std::span<const std::uint8_t> interest,
                            const Box& box, const Rows& searched, const Rows& judged,
                            const char* method);

}  // namespace casus::analysis::discovery
