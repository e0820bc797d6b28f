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

#if !defined(CASUS_LANES)
#define CASUS_LANES 16  // cmake/CasusTargets.cmake says otherwise where fewer are faster
#endif

/// How many lanes there are, and one register of the machine compiled for.
namespace casus::lanes {

inline constexpr std::size_t width = CASUS_LANES;
static_assert(width == 1 || width == 4 || width == 8 || width == 16);

/// One register of floats and what it can do in one instruction. `least(a, b)` is a < b ? a : b and
/// `most(a, b)` a > b ? a : b on every machine, signed zeros and NaN included; `root` is rounded to
/// nearest, as IEEE 754 asks. So no register's width shows in the results.
#if defined(__AVX512F__) && CASUS_LANES >= 16
struct Register {
  static constexpr std::size_t bytes = 64;
  using Floats __attribute__((vector_size(bytes))) = float;
  using Masks __attribute__((vector_size(bytes))) = std::int32_t;
  static Floats least(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats most(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static Floats root(Floats a) { return _mm512_sqrt_ps(a); }
};
#elif defined(__AVX2__) && CASUS_LANES >= 8
struct Register {
  static constexpr std::size_t bytes = 32;
  using Floats __attribute__((vector_size(bytes))) = float;
  using Masks __attribute__((vector_size(bytes))) = std::int32_t;
  static Floats least(Floats a, Floats b) { return _mm256_min_ps(a, b); }
  static Floats most(Floats a, Floats b) { return _mm256_max_ps(a, b); }
  static Floats root(Floats a) { return _mm256_sqrt_ps(a); }
  static Floats either(Masks m, Floats yes, Floats no) {
    return _mm256_blendv_ps(no, yes, std::bit_cast<Floats>(m));
  }
  static bool any(Masks m) {
    const auto words = std::bit_cast<__m256i>(m);
    return _mm256_testz_si256(words, words) == 0;
  }
};
#elif CASUS_LANES >= 4
struct Register {
  static constexpr std::size_t bytes = 16;
  using Floats __attribute__((vector_size(bytes))) = float;
  using Masks __attribute__((vector_size(bytes))) = std::int32_t;
  static Floats either(Masks m, Floats yes, Floats no) {
    return std::bit_cast<Floats>((std::bit_cast<Masks>(yes) & m) | (std::bit_cast<Masks>(no) & ~m));
  }
#if defined(__SSE2__)
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
  static bool any(Masks m) { return (m[0] | m[1] | m[2] | m[3]) != 0; }
#endif
};
#else  // one lane: plain numbers, for measuring what lanes give
struct Register {
  static constexpr std::size_t bytes = 4;
  using Floats = float;
  using Masks = std::int32_t;
  static Floats least(Floats a, Floats b) { return a < b ? a : b; }
  static Floats most(Floats a, Floats b) { return a > b ? a : b; }
  static Floats root(Floats a) { return std::sqrt(a); }
  static Floats either(Masks m, Floats yes, Floats no) { return m != 0 ? yes : no; }
  static bool any(Masks m) { return m != 0; }
};
#endif

}  // namespace casus::lanes
