// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "casus/base/lanes_pieces.h"

/// Futures side by side: the type every law of the world is written over.
///
/// `F` holds floats, `U` words, `M` a mask; `width` of each. The compiler's vector extension gives
/// registers of SSE, AVX or AVX-512 from the same source. No fused multiply-add and no approximate
/// reciprocal is ever used, and no lane looks at another, so every target and every width gives the
/// same bytes.
namespace casus::lanes {

struct M {
  Mask::Bits v;
  friend M operator&(M a, M b) { return {static_cast<Mask::Bits>(a.v & b.v)}; }
  friend M operator|(M a, M b) { return {static_cast<Mask::Bits>(a.v | b.v)}; }
  friend M operator!(M a) { return {Mask::inverse(a.v)}; }
  [[nodiscard]] bool operator[](std::size_t i) const { return Mask::lane(v, i); }
};

struct U {
  WordVector v;
  U() = default;
  U(std::uint32_t x) : v(WordVector{} + x) {}  // NOLINT: a literal is a vector
  static U of(WordVector x) {
    U out;
    out.v = x;
    return out;
  }
  friend U operator+(U a, U b) { return of(a.v + b.v); }
  friend U operator*(U a, U b) { return of(a.v * b.v); }
  friend U operator^(U a, U b) { return of(a.v ^ b.v); }
  friend U operator<<(U a, int n) { return of(a.v << n); }
  friend U operator>>(U a, int n) { return of(a.v >> n); }
  friend U operator|(U a, U b) { return of(a.v | b.v); }
};

struct F {
  FloatVector v;
  F() = default;
  F(float x) : v(FloatVector{} + x) {}       // NOLINT: a literal is a vector
  F(double x) : F(static_cast<float>(x)) {}  // NOLINT
  F(int x) : F(static_cast<float>(x)) {}     // NOLINT
  static F of(FloatVector x) {
    F out;
    out.v = x;
    return out;
  }
  [[nodiscard]] float operator[](std::size_t i) const { return lane_of(v, i); }
  void set(std::size_t i, float x) { set_lane(v, i, x); }
  friend F operator+(F a, F b) { return of(a.v + b.v); }
  friend F operator-(F a, F b) { return of(a.v - b.v); }
  friend F operator*(F a, F b) { return of(a.v * b.v); }
  friend F operator/(F a, F b) { return of(a.v / b.v); }
  friend F operator-(F a) { return of(-a.v); }
  F& operator+=(F b) {
    v += b.v;
    return *this;
  }
  F& operator-=(F b) {
    v -= b.v;
    return *this;
  }
  F& operator*=(F b) {
    v *= b.v;
    return *this;
  }
  F& operator/=(F b) {
    v /= b.v;
    return *this;
  }
  friend M operator<(F a, F b) { return {Mask::less(a.v, b.v)}; }
  friend M operator<=(F a, F b) { return {Mask::at_most(a.v, b.v)}; }
  friend M operator>(F a, F b) { return {Mask::less(b.v, a.v)}; }
  friend M operator>=(F a, F b) { return {Mask::at_most(b.v, a.v)}; }
  friend M operator==(F a, F b) { return {Mask::equal(a.v, b.v)}; }
};

[[nodiscard]] inline F select(M m, F yes, F no) { return F::of(Mask::either(m.v, yes.v, no.v)); }
/// a < b ? a : b, lane by lane.
[[nodiscard]] inline F min(F a, F b) {
  return F::of(Pieces::combine(a.v, b.v, [](auto x, auto y) { return Register::least(x, y); }));
}
/// a > b ? a : b, lane by lane.
[[nodiscard]] inline F max(F a, F b) {
  return F::of(Pieces::combine(a.v, b.v, [](auto x, auto y) { return Register::most(x, y); }));
}
[[nodiscard]] inline F clamp(F x, F low, F high) { return min(max(x, low), high); }
[[nodiscard]] inline F abs(F x) { return max(x, -x); }
[[nodiscard]] inline F one_if(M m) { return select(m, F(1.0F), F(0.0F)); }
[[nodiscard]] inline F sqrt(F x) {
  return F::of(Pieces::combine(x.v, x.v, [](auto y, auto) { return Register::root(y); }));
}
[[nodiscard]] inline bool any(M m) { return Mask::any(m.v); }
/// |x| <= 2^22 rounded to the nearest whole number.
[[nodiscard]] inline F round(F x) {
  const F magic = F(12582912.0F);  // 1.5 * 2^23: adding it leaves no fraction bits
  return (x + magic) - magic;
}
/// x, a whole number of at most 2^31 - 1: signed words are what every machine converts.
[[nodiscard]] inline F to_float(U x) { return F::of(converted(std::bit_cast<IntVector>(x.v))); }
/// The uppermost 23 bits of a random word as a number in (0, 1), never 0 or 1.
[[nodiscard]] inline F unit(U word) { return (to_float(word >> 9) + F(0.5F)) * F(0x1p-23F); }

/// e^x in float, relative error below 2e-7 on [-87, 88]; arguments are clamped there.
[[nodiscard]] inline F exp(F x) {
  x = clamp(x, F(-87.0F), F(88.0F));
  const F n = round(x * F(1.44269504F));
  const F r = (x - n * F(0.693359375F)) - n * F(-2.12194440e-4F);
  F y = F(1.0F / 5040.0F);
  y = y * r + F(1.0F / 720.0F);
  y = y * r + F(1.0F / 120.0F);
  y = y * r + F(1.0F / 24.0F);
  y = y * r + F(1.0F / 6.0F);
  y = y * r + F(0.5F);
  y = y * r + F(1.0F);
  y = y * r + F(1.0F);
  const IntVector scale = (truncated(n.v) + 127) << 23;
  return y * F::of(std::bit_cast<FloatVector>(scale));
}

/// Natural logarithm in float, absolute error below 2e-7 + 2e-7 |ln x|; x < 1.2e-38 counts as that.
[[nodiscard]] inline F log(F x) {
  x = max(x, F(1.2e-38F));
  const auto bits = std::bit_cast<IntVector>(x.v);
  const IntVector shifted = bits - 0x3f3504f3;  // sqrt(1/2)
  const IntVector mantissa = (shifted & 0x007fffff) + 0x3f3504f3;
  const F e = F::of(converted(shifted >> 23));
  const F m = F::of(std::bit_cast<FloatVector>(mantissa));
  const F s = (m - F(1.0F)) / (m + F(1.0F));
  const F s2 = s * s;
  F tail = F(2.0F / 9.0F);
  tail = tail * s2 + F(2.0F / 7.0F);
  tail = tail * s2 + F(2.0F / 5.0F);
  tail = tail * s2 + F(2.0F / 3.0F);
  tail = tail * s2;
  return e * F(0.693147180559945F) + (s * tail + F(2.0F) * s);
}

[[nodiscard]] inline F logistic(F x) { return F(1.0F) / (F(1.0F) + exp(-x)); }
[[nodiscard]] inline F logit(F p) { return log(p / (F(1.0F) - p)); }
[[nodiscard]] inline F pow(F x, F y) { return exp(y * log(x)); }

}  // namespace casus::lanes
