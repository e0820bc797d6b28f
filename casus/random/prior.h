// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "casus/random/draws.h"

namespace casus {

/// A distribution of one number, in the notation of the case files.
///
/// `N(m,s)`, `LN(med;s)` (median, log-sd), `B(a,b)`, `G(k,r)` (shape, rate), `U(a,b)`,
/// `T(lo,mode,hi)`, or a plain number.
class Prior {
 public:
  enum class Kind : std::uint8_t { point, normal, log_normal, beta, gamma, uniform, triangular };

  constexpr Prior() = default;
  constexpr Prior(double value) : a_(value) {}  // NOLINT: a number is a point prior
  constexpr Prior(Kind kind, double a, double b, double c = 0.0)
      : kind_(kind), a_(a), b_(b), c_(c) {}

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] double mean() const;
  [[nodiscard]] double median() const;
  [[nodiscard]] double standard_deviation() const;
  /// The quantile at p in (0, 1), relative error below 1e-9.
  [[nodiscard]] double quantile(double p) const;
  /// One draw, a function of its name and indices alone.
  [[nodiscard]] double draw(const Draws& draws, Stream name, std::uint32_t future,
                            std::uint32_t entity = 0) const;
  [[nodiscard]] double a() const { return a_; }
  [[nodiscard]] double b() const { return b_; }
  [[nodiscard]] double c() const { return c_; }
  /// The text form `parse_prior` reads.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Prior&, const Prior&) = default;

 private:
  Kind kind_ = Kind::point;
  double a_ = 0.0;
  double b_ = 0.0;
  double c_ = 0.0;
};

/// Reads the notation above. On failure `why` (if given) says what is wrong in a clause.
[[nodiscard]] std::optional<Prior> parse_prior(std::string_view text, std::string* why = nullptr);

}  // namespace casus
