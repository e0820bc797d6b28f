// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/lane_prior.h"

#include <array>
#include <bit>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/normal_quantile_table.h"
#include "casus/base/numeric.h"

// Every formula here is that of base/numeric.cc, random/draws.cc or random/prior.cc, operation by
// operation; what those decide by branches is decided by masks.
namespace casus {
namespace {

#if CASUS_LANES == 1
constexpr std::size_t some = 1;
#elif defined(__AVX512F__) && CASUS_LANES >= 8
constexpr std::size_t some = 8;
#elif defined(__AVX2__) && CASUS_LANES >= 4
constexpr std::size_t some = 4;
#else
constexpr std::size_t some = 2;
#endif
constexpr std::size_t groups = lanes::width / some;

#if CASUS_LANES > 1
/// Doubles of some lanes: one register.
using D __attribute__((vector_size(8 * some))) = double;
using I __attribute__((vector_size(8 * some))) = std::int64_t;
using Half __attribute__((vector_size(4 * some))) = std::int32_t;

bool any(I m) {
  std::int64_t all = 0;
  for (std::size_t i = 0; i < some; ++i) all |= m[i];
  return all != 0;
}

D floor(D x) {
#if defined(__AVX512F__) && CASUS_LANES >= 8
  return _mm512_roundscale_pd(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#elif defined(__AVX2__) && CASUS_LANES >= 4
  return _mm256_floor_pd(x);
#else
  for (std::size_t i = 0; i < some; ++i) x[i] = std::floor(x[i]);
  return x;
#endif
}

D root(D x) {
  for (std::size_t i = 0; i < some; ++i) x[i] = std::sqrt(x[i]);
  return x;
}

I without(I a, I b) { return a & ~b; }

D exp(D x) {
  if (any((x > 700.0) | (x < -700.0))) {
    for (std::size_t i = 0; i < some; ++i) x[i] = casus::exp(x[i]);
    return x;
  }
  const D n = floor(x / ln2 + 0.5);
  const D r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  D y = D{} + 1.0;
  for (int k = 14; k >= 1; --k) y = 1.0 + y * r / static_cast<double>(k);
  const I whole = __builtin_convertvector(__builtin_convertvector(n, Half), I);
  const I half = (whole - (whole >> 63)) >> 1;  // toward zero
  const auto power = [](I e) { return std::bit_cast<D>((e + 1023) << 52); };
  return y * power(half) * power(whole - half);
}

/// @param x  positive and normal.
D log(D x) {
  const I bits = std::bit_cast<I>(x);
  I e = ((bits >> 52) & 0x7ff) - 1022;
  D m = std::bit_cast<D>((bits & 0x000fffffffffffff) | 0x3fe0000000000000);
  const I low = m < 0.70710678118654752;
  m = low ? m * 2.0 : m;
  e += low;
  const D s = (m - 1.0) / (m + 1.0);
  const D s2 = s * s;
  D tail = D{};
  for (int k = 23; k >= 3; k -= 2) tail = (tail + 1.0 / k) * s2;
  const D exponent = __builtin_convertvector(__builtin_convertvector(e, Half), D);
  return exponent * 6.93147180369123816490e-01 +
         (exponent * 1.90821492927058770002e-10 + 2.0 * s * tail + 2.0 * s);
}
#else
/// One lane alone, for measuring what lanes give.
using D = double;
using I = bool;
bool any(I m) { return m; }
I without(I a, I b) { return a && !b; }
D root(D x) { return std::sqrt(x); }
using casus::exp;
using casus::log;
#endif

template <std::size_t N>
D polynomial(const double (&c)[N], D x) {
  D y = D{} + c[0];
  for (std::size_t i = 1; i < N; ++i) y = y * x + c[i];
  return y;
}

/// @param p  inside (0, 1).
D normal_quantile(D p) {
  const NormalQuantile& t = normal_quantile_table;
  const D q = p - 0.5;
  const D away = q < 0.0 ? -q : q;
  const I outside = away > 0.425;
  const D inner = 0.180625 - q * q;
  const D central = q * polynomial(t.a, inner) / polynomial(t.b, inner);
  if (!any(outside)) return central;
  const D r = root(-log(q < 0.0 ? p : 1.0 - p));
  const D near = r - 1.6;
  D z = polynomial(t.c, near) / polynomial(t.d, near);
  const I far = r > 5.0;
  if (any(far)) {
    const D beyond = r - 5.0;
    z = far ? polynomial(t.e, beyond) / polynomial(t.f, beyond) : z;
  }
  return outside ? (q < 0.0 ? -z : z) : central;
}

/// The words of some lanes as numbers in (0, 1).
D open_unit(const std::uint32_t* word) {
  D out;
#if CASUS_LANES > 1
  for (std::size_t i = 0; i < some; ++i) out[i] = word[i];
#else
  out = *word;
#endif
  return (out + 0.5) * 0x1p-32;
}

using Words = std::array<std::array<std::uint32_t, lanes::width>, 4>;
using Doubles = std::array<D, groups>;

Words words_of(const LaneDraws& draws, Stream name, std::uint32_t entity, std::uint32_t index) {
  return std::bit_cast<Words>(draws.words(name, 0, entity, index));
}

/// As `Draws::gamma`.
Doubles gamma(double shape, const LaneDraws& draws, Stream name, std::uint32_t entity,
              std::uint32_t index) {
  const double k = shape < 1.0 ? shape + 1.0 : shape;
  const double d = k - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  Doubles value, boost;
  std::array<I, groups> open;
  value.fill(D{} + d);
  boost.fill(D{} + 0.5);
  open.fill(value[0] == value[0]);
  bool more = true;
  for (std::uint32_t attempt = 0; attempt < 32 && more; ++attempt) {
    const Words w = words_of(draws, name, entity, index * 64 + attempt);
    more = false;
    for (std::size_t g = 0; g < groups; ++g) {
      if (attempt == 0) boost[g] = open_unit(w[3].data() + g * some);
      if (!any(open[g])) continue;
      const D z = normal_quantile(open_unit(w[0].data() + g * some));
      const D t = 1.0 + c * z;
      const I up = t > 0.0;
      const D v = up ? t * t * t : D{} + 1.0;
      const I takes =
          open[g] & up &
          (log(open_unit(w[1].data() + g * some)) < 0.5 * z * z + d - d * v + d * log(v));
      value[g] = takes ? d * v : value[g];
      open[g] = without(open[g], takes);
      more = more || any(open[g]);
    }
  }
  if (shape < 1.0) {
    for (std::size_t g = 0; g < groups; ++g) value[g] = value[g] * exp(1.0 / shape * log(boost[g]));
  }
  return value;
}

D quantile(const Prior& prior, D p) {
  const double a = prior.a(), b = prior.b(), c = prior.c();
  switch (prior.kind()) {
    case Prior::Kind::normal:
      return a + b * normal_quantile(p);
    case Prior::Kind::log_normal:
      return a * exp(b * normal_quantile(p));
    case Prior::Kind::uniform:
      return a + p * (b - a);
    case Prior::Kind::triangular: {
      const double cut = (b - a) / (c - a);
      return p < cut ? a + root(p * (c - a) * (b - a)) : c - root((1.0 - p) * (c - a) * (c - b));
    }
    default:
      break;
  }
  throw InternalError("a prior that is not drawn by its quantile");
}

}  // namespace

lanes::F drawn(const Prior& prior, const Draws& draws, Stream name, std::uint32_t first,
               std::uint32_t entity) {
  if (prior.kind() == Prior::Kind::point) return {prior.a()};
  const LaneDraws side_by_side(draws.seed(), first);
  Doubles x;
  if (prior.kind() == Prior::Kind::beta || prior.kind() == Prior::Kind::gamma) {
    x = gamma(prior.a(), side_by_side, name, entity, 0);
    const bool beta = prior.kind() == Prior::Kind::beta;
    const Doubles y = beta ? gamma(prior.b(), side_by_side, name, entity, 1) : x;
    for (std::size_t g = 0; g < groups; ++g) {
      const D sum = x[g] + y[g];
      x[g] = beta ? (sum > 0.0 ? x[g] / sum : D{} + 0.5) : x[g] / prior.b();
    }
  } else {
    const Words w = words_of(side_by_side, name, entity, 0);
    for (std::size_t g = 0; g < groups; ++g)
      x[g] = quantile(prior, open_unit(w[0].data() + g * some));
  }
  const auto flat = std::bit_cast<std::array<double, lanes::width>>(x);
  lanes::F out(0.0F);
  for (std::size_t i = 0; i < lanes::width; ++i) out.set(i, static_cast<float>(flat[i]));
  return out;
}

}  // namespace casus
