// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/draws.h"

#include <bit>
#include <cmath>

#include "casus/base/numeric.h"

namespace casus {
namespace {

constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

double open_unit(std::uint32_t word) { return (word + 0.5) * 0x1p-32; }

// Giles (2012), "Approximating the erfinv function", GPU Computing Gems: single-precision
// polynomials in w = -ln(1 - x^2); two ranges, the outer evaluated only where a lane lies in it.
lanes::F erfinv_core(lanes::F w) {
  using lanes::F;
  using lanes::M;
  const F a = w - F(2.5F);
  F p = F(2.81022636e-08F);
  for (const float c : {3.43273939e-07F, -3.5233877e-06F, -4.39150654e-06F, 0.00021858087F,
                        -0.00125372503F, -0.00417768164F, 0.246640727F, 1.50140941F}) {
    p = p * a + F(c);
  }
  const M near = w < F(5.0F);
  if (!lanes::any(!near)) return p;  // in nineteen of twenty calls
  const F b = lanes::sqrt(w) - F(3.0F);
  F q = F(-0.000200214257F);
  for (const float c : {0.000100950558F, 0.00134934322F, -0.00367342844F, 0.00573950773F,
                        -0.0076224613F, 0.00943887047F, 1.00167406F, 2.83297682F}) {
    q = q * b + F(c);
  }
  return select(near, p, q);
}

}  // namespace

std::array<std::uint32_t, 4> Draws::words(Stream s, std::uint32_t future, std::uint32_t week,
                                          std::uint32_t entity, std::uint32_t index) const {
  return threefry4x32<std::uint32_t>({future, week, entity, index},
                                     {low(seed_), high(seed_), low(s.key), high(s.key)});
}

double Draws::uniform(Stream s, std::uint32_t future, std::uint32_t week, std::uint32_t entity,
                      std::uint32_t index) const {
  return open_unit(words(s, future, week, entity, index)[0]);
}

double Draws::normal(Stream s, std::uint32_t future, std::uint32_t week, std::uint32_t entity,
                     std::uint32_t index) const {
  return casus::normal_quantile(uniform(s, future, week, entity, index));
}

double Draws::gamma(double shape, Stream s, std::uint32_t future, std::uint32_t week,
                    std::uint32_t entity, std::uint32_t index) const {
  const double k = shape < 1.0 ? shape + 1.0 : shape;
  const double d = k - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  double value = d;  // the mode, should all tries be refused (chance below 1e-20)
  double boost = 0.5;
  for (std::uint32_t attempt = 0; attempt < 32; ++attempt) {
    const auto w = words(s, future, week, entity, index * 64 + attempt);
    if (attempt == 0) boost = open_unit(w[3]);
    const double z = casus::normal_quantile(open_unit(w[0]));
    const double t = 1.0 + c * z;
    if (t <= 0.0) continue;
    const double v = t * t * t;
    if (casus::log(open_unit(w[1])) < 0.5 * z * z + d - d * v + d * casus::log(v)) {
      value = d * v;
      break;
    }
  }
  return shape < 1.0 ? value * casus::power(boost, 1.0 / shape) : value;
}

// Inlined to the last round, so that the generator's words stay in registers.
#define CASUS_FLATTEN [[gnu::flatten]]

CASUS_FLATTEN std::array<lanes::U, 4> LaneDraws::words(Stream s, std::uint32_t week,
                                                       std::uint32_t entity,
                                                       std::uint32_t index) const {
  using lanes::U;
  const U future = U(first_) + U::of(lanes::counting());
  return threefry4x32<U>({future, U(week), U(entity), U(index)},
                         {U(low(seed_)), U(high(seed_)), U(low(s.key)), U(high(s.key))});
}

CASUS_FLATTEN lanes::F LaneDraws::uniform(Stream s, std::uint32_t week, std::uint32_t entity,
                                          std::uint32_t index) const {
  return lanes::unit(words(s, week, entity, index)[0]);
}

lanes::F normal_quantile(lanes::F p) {
  using lanes::F;
  const F x = F(2.0F) * p - F(1.0F);
  // 1 - x^2 = 4 p (1 - p) keeps the digits of small p.
  const F w = -lanes::log(F(4.0F) * p * (F(1.0F) - p));
  return F(1.41421356F) * erfinv_core(w) * x;
}

CASUS_FLATTEN lanes::F LaneDraws::normal(Stream s, std::uint32_t week, std::uint32_t entity,
                                         std::uint32_t index) const {
  return casus::normal_quantile(uniform(s, week, entity, index));
}

std::array<lanes::F, 4> LaneDraws::normals(Stream s, std::uint32_t week, std::uint32_t entity,
                                           std::uint32_t index) const {
  const auto w = words(s, week, entity, index);
  return {casus::normal_quantile(lanes::unit(w[0])), casus::normal_quantile(lanes::unit(w[1])),
          casus::normal_quantile(lanes::unit(w[2])), casus::normal_quantile(lanes::unit(w[3]))};
}

lanes::F LaneDraws::unit_gamma(lanes::F shape, Stream s, std::uint32_t week, std::uint32_t entity,
                               std::uint32_t index) const {
  using lanes::F;
  const F ninth = F(1.0F) / (F(9.0F) * shape);
  const F t = max(F(1.0F) - ninth + normal(s, week, entity, index) * lanes::sqrt(ninth), F(0.0F));
  return t * t * t;
}

}  // namespace casus
