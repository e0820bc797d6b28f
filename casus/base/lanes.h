// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "casus/base/lanes_pieces.h"

/// Sixteen futures side by side: the type every law of the world is written over.
///
/// `F` holds floats, `U` words, `M` a mask. The compiler's vector extension gives four SSE, two AVX
/// or one AVX-512 register from the same source. No fused multiply-add and no approximate
/// reciprocal is ever used, so every target gives the same bytes.
namespace casus::lanes {

struct M {
  MaskVector v;
  friend M operator&(M a, M b) { return {a.v & b.v}; }
  friend M operator|(M a, M b) { return {a.v | b.v}; }
  friend M operator!(M a) { return {~a.v}; }
  [[nodiscard]] bool operator[](std::size_t i) const { return v[i] != 0; }
};

struct U {
  WordVector v;
  U() = default;
  U(WordVector x) : v(x) {}                    // NOLINT: a literal is a vector
  U(std::uint32_t x) : v(WordVector{} + x) {}  // NOLINT
  friend U operator+(U a, U b) { return {a.v + b.v}; }
  friend U operator^(U a, U b) { return {a.v ^ b.v}; }
  friend U operator<<(U a, int n) { return {a.v << n}; }
  friend U operator>>(U a, int n) { return {a.v >> n}; }
  friend U operator|(U a, U b) { return {a.v | b.v}; }
};

struct F {
  FloatVector v;
  F() = default;
  F(FloatVector x) : v(x) {}                 // NOLINT: a literal is a vector
  F(float x) : v(FloatVector{} + x) {}       // NOLINT
  F(double x) : F(static_cast<float>(x)) {}  // NOLINT
  F(int x) : F(static_cast<float>(x)) {}     // NOLINT
  [[nodiscard]] float operator[](std::size_t i) const { return v[i]; }
  void set(std::size_t i, float x) { v[i] = x; }
  friend F operator+(F a, F b) { return {a.v + b.v}; }
  friend F operator-(F a, F b) { return {a.v - b.v}; }
  friend F operator*(F a, F b) { return {a.v * b.v}; }
  friend F operator/(F a, F b) { return {a.v / b.v}; }
  friend F operator-(F a) { return {-a.v}; }
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
  friend M operator<(F a, F b) {
    return {Pieces::compare(a.v, b.v, [](auto x, auto y) { return x < y; })};
  }
  friend M operator<=(F a, F b) {
    return {Pieces::compare(a.v, b.v, [](auto x, auto y) { return x <= y; })};
  }
  friend M operator>(F a, F b) {
    return {Pieces::compare(a.v, b.v, [](auto x, auto y) { return x > y; })};
  }
  friend M operator>=(F a, F b) {
    return {Pieces::compare(a.v, b.v, [](auto x, auto y) { return x >= y; })};
  }
  friend M operator==(F a, F b) {
    return {Pieces::compare(a.v, b.v, [](auto x, auto y) { return x == y; })};
  }
};

[[nodiscard]] inline F select(M m, F yes, F no) {
  const auto bits =
      (std::bit_cast<MaskVector>(yes.v) & m.v) | (std::bit_cast<MaskVector>(no.v) & ~m.v);
  return {std::bit_cast<FloatVector>(bits)};
}
/// a < b ? a : b, lane by lane.
[[nodiscard]] inline F min(F a, F b) {
  return {Pieces::combine(a.v, b.v, [](auto x, auto y) { return Register::least(x, y); })};
}
/// a > b ? a : b, lane by lane.
[[nodiscard]] inline F max(F a, F b) {
  return {Pieces::combine(a.v, b.v, [](auto x, auto y) { return Register::most(x, y); })};
}
[[nodiscard]] inline F clamp(F x, F low, F high) { return min(max(x, low), high); }
[[nodiscard]] inline F abs(F x) { return max(x, -x); }
[[nodiscard]] inline F one_if(M m) { return select(m, F(1.0F), F(0.0F)); }
[[nodiscard]] inline F sqrt(F x) {
  return {Pieces::combine(x.v, x.v, [](auto y, auto) { return Register::root(y); })};
}
[[nodiscard]] inline bool any(M m) { return Pieces::any(m.v); }
/// Whole part of |x| < 2^31, rounded to nearest.
[[nodiscard]] inline F round(F x) {
  const F magic = F(12582912.0F);  // 1.5 * 2^23: adding it leaves no fraction bits
  return (x + magic) - magic;
}
[[nodiscard]] inline MaskVector to_int(F x) { return __builtin_convertvector(x.v, MaskVector); }
[[nodiscard]] inline F to_float(MaskVector x) { return {__builtin_convertvector(x, FloatVector)}; }

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
  const MaskVector scale = (to_int(n) + 127) << 23;
  return y * F{std::bit_cast<FloatVector>(scale)};
}

/// Natural logarithm in float, absolute error below 2e-7 + 2e-7 |ln x|; x <= 0 is taken as 1e-38.
[[nodiscard]] inline F log(F x) {
  x = max(x, F(1.2e-38F));
  const auto bits = std::bit_cast<MaskVector>(x.v);
  const auto shifted = bits - 0x3f3504f3;  // sqrt(1/2)
  const auto e = shifted >> 23;
  const F m = {std::bit_cast<FloatVector>((shifted & 0x007fffff) + 0x3f3504f3)};
  const F s = (m - F(1.0F)) / (m + F(1.0F));
  const F s2 = s * s;
  F tail = F(2.0F / 9.0F);
  tail = tail * s2 + F(2.0F / 7.0F);
  tail = tail * s2 + F(2.0F / 5.0F);
  tail = tail * s2 + F(2.0F / 3.0F);
  tail = tail * s2;
  return to_float(e) * F(0.693147180559945F) + (s * tail + F(2.0F) * s);
}

[[nodiscard]] inline F logistic(F x) { return F(1.0F) / (F(1.0F) + exp(-x)); }
[[nodiscard]] inline F logit(F p) { return log(p / (F(1.0F) - p)); }
[[nodiscard]] inline F pow(F x, F y) { return exp(y * log(x)); }

}  // namespace casus::lanes
