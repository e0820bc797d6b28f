// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "casus/random/design.h"

namespace casus::ensemble {

/// How the parameters of the futures are chosen (docs/models/futures.md).
///
/// Futures come in points of the parameters, `noises` futures each: future i is noise i % noises of
/// point i / noises. The futures of a point share all parameters and the truth behind the reports;
/// what else they meet is drawn for each.
struct Sampling {
  enum class Kind : std::uint8_t { random, sobol, lhs };
  Kind kind = Kind::random;
  std::size_t noises = 1;
  std::size_t cube = 0;  ///< lhs: points of one hypercube

  [[nodiscard]] std::size_t point(std::size_t future) const { return future / noises; }
  /// Futures of different groups are independent of each other, those of one need not be.
  [[nodiscard]] std::size_t group(std::size_t future) const;
  [[nodiscard]] std::size_t groups(std::size_t futures) const;
  /// Whether every future is independent of all others.
  [[nodiscard]] bool independent() const { return kind == Kind::random && noises == 1; }
  friend bool operator==(const Sampling&, const Sampling&) = default;
};

/// Independent randomisations of a low-discrepancy design, from whose spread its error is told.
inline constexpr std::size_t replicates = 16;

/// Coordinates of the points of a low-discrepancy design, each by itself.
///
/// Sobol': point p is point p / 16 of randomisation p % 16, so that points can be added without
/// end. Latin hypercubes: point p lies in cube p / `cube`.
class Design {
 public:
  /// @param sampling  sobol or lhs. @param dimensions  at most 3,667.
  Design(const Sampling& sampling, std::uint64_t seed, std::size_t dimensions);
  /// In (0, 1). @param name  key of what lies along the dimension: the name of its randomisation.
  [[nodiscard]] double coordinate(std::size_t point, std::size_t dimension,
                                  std::uint64_t name) const;

 private:
  Sampling sampling_;
  std::uint64_t seed_;
  std::optional<SobolPoints> sobol_;
};

/// What is wrong with sampling so many futures; empty where nothing is.
[[nodiscard]] std::string trouble_with(const Sampling& sampling, std::size_t futures);

[[nodiscard]] std::string_view name_of(Sampling::Kind kind);
[[nodiscard]] std::optional<Sampling::Kind> sampling_named(std::string_view name);

}  // namespace casus::ensemble
