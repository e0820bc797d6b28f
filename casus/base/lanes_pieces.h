// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/// What the vectors of sixteen lanes are made of on the machine compiled for.
namespace casus::lanes {

inline constexpr std::size_t width = 16;

using FloatVector __attribute__((vector_size(4 * width))) = float;
using WordVector __attribute__((vector_size(4 * width))) = std::uint32_t;
using MaskVector __attribute__((vector_size(4 * width))) = std::int32_t;

/// One register of floats and what it can do in one instruction. `least(a, b)` is a < b ? a : b and
/// `most(a, b)` a > b ? a : b on every machine, signed zeros and NaN included; `root` is rounded to
/// nearest, as IEEE 754 asks. So no register's width shows in the results.
struct Register {
#if defined(__AVX512F__)
  static constexpr std::size_t bytes = 64;
#elif defined(__AVX2__)
  static constexpr std::size_t bytes = 32;
#else
  static constexpr std::size_t bytes = 16;
#endif
  using Floats __attribute__((vector_size(bytes))) = float;
  using Masks __attribute__((vector_size(bytes))) = std::int32_t;

#if defined(__AVX512F__)
  static Floats least(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats most(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static Floats root(Floats a) { return _mm512_sqrt_ps(a); }
  static bool any(Masks m) {
    const auto words = std::bit_cast<__m512i>(m);
    return _mm512_test_epi32_mask(words, words) != 0;
  }
#elif defined(__AVX2__)
  static Floats least(Floats a, Floats b) { return _mm256_min_ps(a, b); }
  static Floats most(Floats a, Floats b) { return _mm256_max_ps(a, b); }
  static Floats root(Floats a) { return _mm256_sqrt_ps(a); }
  static bool any(Masks m) { return _mm256_movemask_epi8(std::bit_cast<__m256i>(m)) != 0; }
#elif defined(__SSE2__)
  static Floats least(Floats a, Floats b) { return _mm_min_ps(a, b); }
  static Floats most(Floats a, Floats b) { return _mm_max_ps(a, b); }
  static Floats root(Floats a) { return _mm_sqrt_ps(a); }
  static bool any(Masks m) { return _mm_movemask_epi8(std::bit_cast<__m128i>(m)) != 0; }
#else
  static Floats least(Floats a, Floats b) { return a < b ? a : b; }
  static Floats most(Floats a, Floats b) { return a > b ? a : b; }
  static Floats root(Floats a) {
    for (std::size_t i = 0; i < bytes / 4; ++i) a[i] = std::sqrt(a[i]);
    return a;
  }
  static bool any(Masks m) {
    std::int32_t all = 0;
    for (std::size_t i = 0; i < bytes / 4; ++i) all |= m[i];
    return all != 0;
  }
#endif
};

/// Sixteen lanes register by register: g++ 12 turns a comparison of vectors wider than a register
/// into one scalar comparison a lane.
struct Pieces {
  static constexpr std::size_t count = 4 * width / Register::bytes;
  struct Floats {
    Register::Floats at[count];
  };
  struct Masks {
    Register::Masks at[count];
  };
  template <class Compare>
  static MaskVector compare(FloatVector a, FloatVector b, Compare by) {
    const auto x = std::bit_cast<Floats>(a);
    const auto y = std::bit_cast<Floats>(b);
    Masks out;
    for (std::size_t i = 0; i < count; ++i) out.at[i] = by(x.at[i], y.at[i]);
    return std::bit_cast<MaskVector>(out);
  }
  template <class Combine>
  static FloatVector combine(FloatVector a, FloatVector b, Combine by) {
    const auto x = std::bit_cast<Floats>(a);
    const auto y = std::bit_cast<Floats>(b);
    Floats out;
    for (std::size_t i = 0; i < count; ++i) out.at[i] = by(x.at[i], y.at[i]);
    return std::bit_cast<FloatVector>(out);
  }
  static bool any(MaskVector m) {
    const auto x = std::bit_cast<Masks>(m);
    Register::Masks all = x.at[0];
    for (std::size_t i = 1; i < count; ++i) all = all | x.at[i];
    return Register::any(all);
  }
};

}  // namespace casus::lanes
