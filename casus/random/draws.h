// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "casus/base/id.h"
#include "casus/base/lanes.h"
#include "casus/random/threefry.h"

namespace casus {

/// The name of what is drawn; its hash is half of the generator's key.
struct Stream {
  std::uint64_t key;
  consteval explicit Stream(const char* name) : key(key_of(name)) {}
  static Stream named(std::string_view name) { return Stream(key_of(name)); }

 private:
  constexpr explicit Stream(std::uint64_t k) : key(k) {}
};

/// Random numbers as a function of (seed, stream, future, week, entity, index).
///
/// Same seed, same future, same name: same luck, whatever the option, thread, lane or rank.
/// Entities are the `fold`ed keys of their text ids, so reordering a file changes nothing.
class Draws {
 public:
  explicit constexpr Draws(std::uint64_t seed) : seed_(seed) {}

  [[nodiscard]] std::array<std::uint32_t, 4> words(Stream s, std::uint32_t future,
                                                   std::uint32_t week, std::uint32_t entity,
                                                   std::uint32_t index) const;
  /// Uniform on (0, 1), never 0 or 1.
  [[nodiscard]] double uniform(Stream s, std::uint32_t future, std::uint32_t week,
                               std::uint32_t entity, std::uint32_t index = 0) const;
  /// Standard normal.
  [[nodiscard]] double normal(Stream s, std::uint32_t future, std::uint32_t week,
                              std::uint32_t entity, std::uint32_t index = 0) const;
  /// Gamma with unit scale and shape k > 0; a fixed number of words however it turns out.
  /// @source Marsaglia & Tsang (2000), ACM TOMS 26; for k < 1 the boost by U^(1/k).
  [[nodiscard]] double gamma(double shape, Stream s, std::uint32_t future, std::uint32_t week,
                             std::uint32_t entity, std::uint32_t index = 0) const;

  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
};

/// The same draws for a pack of futures side by side: lane i is future `first + i`.
class LaneDraws {
 public:
  constexpr LaneDraws(std::uint64_t seed, std::uint32_t first_future)
      : seed_(seed), first_(first_future) {}

  [[nodiscard]] std::array<lanes::U, 4> words(Stream s, std::uint32_t week, std::uint32_t entity,
                                              std::uint32_t index) const;
  /// Uniform on (0, 1) with 23 bits; equals `Draws::uniform` to 2^-23.
  [[nodiscard]] lanes::F uniform(Stream s, std::uint32_t week, std::uint32_t entity,
                                 std::uint32_t index = 0) const;
  /// Standard normal by inversion; |error| < 1e-5 inside +-5.
  [[nodiscard]] lanes::F normal(Stream s, std::uint32_t week, std::uint32_t entity,
                                std::uint32_t index = 0) const;
  /// Four independent standard normals from one call, by inversion of its four words.
  [[nodiscard]] std::array<lanes::F, 4> normals(Stream s, std::uint32_t week, std::uint32_t entity,
                                                std::uint32_t index = 0) const;
  /// Unit-mean gamma of shape k by the Wilson-Hilferty cube; good to 2 % in the quantiles 0.01-0.99
  /// for k >= 0.5.
  [[nodiscard]] lanes::F unit_gamma(lanes::F shape, Stream s, std::uint32_t week,
                                    std::uint32_t entity, std::uint32_t index = 0) const;

  [[nodiscard]] std::uint32_t first_future() const { return first_; }

 private:
  std::uint64_t seed_;
  std::uint32_t first_;
};

/// Quantile of the standard normal over lanes, |error| < 1e-5 on (1e-7, 1 - 1e-7).
[[nodiscard]] lanes::F normal_quantile(lanes::F p);

}  // namespace casus
