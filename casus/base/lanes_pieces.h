// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "casus/base/lanes_register.h"

/// What the vectors of lanes are made of: as many registers as it takes.
namespace casus::lanes {

#if CASUS_LANES > 1
using FloatVector __attribute__((vector_size(4 * width))) = float;
using WordVector __attribute__((vector_size(4 * width))) = std::uint32_t;
using IntVector __attribute__((vector_size(4 * width))) = std::int32_t;

inline float lane_of(FloatVector v, std::size_t i) { return v[i]; }
inline void set_lane(FloatVector& v, std::size_t i, float x) { v[i] = x; }
inline IntVector truncated(FloatVector v) { return __builtin_convertvector(v, IntVector); }
inline FloatVector converted(IntVector v) { return __builtin_convertvector(v, FloatVector); }
/// 0, 1, 2 ... in the lanes.
inline WordVector counting() {
  return []<std::size_t... i>(std::index_sequence<i...>) {
    return WordVector{static_cast<std::uint32_t>(i)...};
  }
  (std::make_index_sequence<width>());
}
#else
using FloatVector = float;
using WordVector = std::uint32_t;
using IntVector = std::int32_t;

inline float lane_of(FloatVector v, std::size_t) { return v; }
inline void set_lane(FloatVector& v, std::size_t, float x) { v = x; }
inline IntVector truncated(FloatVector v) { return static_cast<IntVector>(v); }
inline FloatVector converted(IntVector v) { return static_cast<FloatVector>(v); }
inline WordVector counting() { return 0; }
#endif

/// The lanes register by register: g++ 12 turns a comparison of vectors wider than a register into
/// one scalar comparison a lane.
struct Pieces {
  static constexpr std::size_t count = 4 * width / Register::bytes;
  struct Floats {
    Register::Floats at[count];
  };
  struct Masks {
    Register::Masks at[count];
  };
  template <class Combine>
  static FloatVector combine(FloatVector a, FloatVector b, Combine by) {
    if constexpr (count == 1) {
      return by(a, b);
    } else {
      const auto x = std::bit_cast<Floats>(a);
      const auto y = std::bit_cast<Floats>(b);
      Floats out;
      for (std::size_t i = 0; i < count; ++i) out.at[i] = by(x.at[i], y.at[i]);
      return std::bit_cast<FloatVector>(out);
    }
  }
};

#if defined(__AVX512F__) && CASUS_LANES >= 16
/// Which lanes: a bit each, as AVX-512 has masks.
struct Mask {
  using Bits = __mmask16;
  static Bits less(FloatVector a, FloatVector b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OS); }
  static Bits at_most(FloatVector a, FloatVector b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OS); }
  static Bits equal(FloatVector a, FloatVector b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
  static Bits inverse(Bits m) { return static_cast<Bits>(~m); }
  static bool any(Bits m) { return m != 0; }
  static bool lane(Bits m, std::size_t i) { return ((m >> i) & 1U) != 0; }
  static FloatVector either(Bits m, FloatVector yes, FloatVector no) {
    return _mm512_mask_blend_ps(m, no, yes);
  }
};
#else
/// Which lanes: all bits of a word, or none.
struct Mask {
  using Bits = IntVector;
  template <class Compare>
  static Bits compare(FloatVector a, FloatVector b, Compare by) {
    if constexpr (width == 1) {
      return by(a, b) ? -1 : 0;
    } else if constexpr (Pieces::count == 1) {
      return by(a, b);
    } else {
      const auto x = std::bit_cast<Pieces::Floats>(a);
      const auto y = std::bit_cast<Pieces::Floats>(b);
      Pieces::Masks out;
      for (std::size_t i = 0; i < Pieces::count; ++i) out.at[i] = by(x.at[i], y.at[i]);
      return std::bit_cast<Bits>(out);
    }
  }
  static Bits less(FloatVector a, FloatVector b) {
    return compare(a, b, [](auto x, auto y) { return x < y; });
  }
  static Bits at_most(FloatVector a, FloatVector b) {
    return compare(a, b, [](auto x, auto y) { return x <= y; });
  }
  static Bits equal(FloatVector a, FloatVector b) {
    return compare(a, b, [](auto x, auto y) { return x == y; });
  }
  static Bits inverse(Bits m) { return ~m; }
  static bool any(Bits m) {
    const auto x = std::bit_cast<Pieces::Masks>(m);
    Register::Masks all = x.at[0];
    for (std::size_t i = 1; i < Pieces::count; ++i) all = all | x.at[i];
    return Register::any(all);
  }
  static bool lane(Bits m, std::size_t i) {
#if CASUS_LANES > 1
    return m[i] != 0;
#else
    return i == 0 && m != 0;
#endif
  }
  static FloatVector either(Bits m, FloatVector yes, FloatVector no) {
    const auto here = std::bit_cast<Pieces::Masks>(m);
    const auto x = std::bit_cast<Pieces::Floats>(yes);
    const auto y = std::bit_cast<Pieces::Floats>(no);
    Pieces::Floats out;
    for (std::size_t i = 0; i < Pieces::count; ++i)
      out.at[i] = Register::either(here.at[i], x.at[i], y.at[i]);
    return std::bit_cast<FloatVector>(out);
  }
};
#endif

}  // namespace casus::lanes
