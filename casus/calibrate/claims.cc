// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/claims.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/calibrate/map_law.h"
#include "casus/calibrate/special.h"
#include "casus/random/prior.h"

namespace casus::calibrate {
namespace {

using casefile::Tag;

constexpr world::Knob rows[] = {
    {"claims.noise_persons", "LN(0.045; 0.5)", 0.01, 0.4, "log",
     "a week's claim of persons about its course", Tag::derived,
     "General Staff claims, weeks of 2022-03-28 to 2024-12-30", "2024-12-30"},
    {"claims.swing_persons", "LN(0.03; 0.5)", 0.005, 0.4, "log/week",
     "passing change of claimed persons", Tag::derived, "as noise_persons", "2024-12-30"},
    {"claims.noise_items", "LN(0.15; 0.5)", 0.02, 1, "log",
     "a week's claim of tanks or guns about its course", Tag::derived, "as noise_persons",
     "2024-12-30"},
    {"claims.swing_items", "LN(0.06; 0.5)", 0.01, 0.8, "log/week",
     "passing change of claimed tanks or guns", Tag::derived, "as noise_persons", "2024-12-30"},
    {"claims.memory", "B(12, 2)", 0.3, 0.99, "ratio", "memory of what passes", Tag::derived,
     "as noise_persons", "2024-12-30"},
    {"claims.wander", "LN(0.035; 0.6)", 0.002, 0.2, "log/week",
     "change of the lasting ratio of claims to casualties", Tag::derived, "as noise_persons",
     "2024-12-30"},
    {"claims.follow", "B(3, 7)", 0, 1, "ratio", "share of a change of casualties that claims show",
     Tag::judgement,
     "the claimant smooths: weekly claims vary by a tenth of what fighting varies by",
     "2024-12-30"},
};

constexpr double forgetting = 0.93;   ///< of the members' weights, a week: half in 10 weeks
constexpr double tail = 8.0;          ///< degrees of freedom of a surprise
constexpr double first_spread = 0.5;  ///< log, of the ratio before the first claim
constexpr double half_a_count = 0.5;
constexpr double highest_log = 16.0;  ///< of a claim
constexpr double many = 50.0;         ///< counts above which a Poisson is drawn as a normal

double drawn(std::size_t row, const Draws& draws, std::uint32_t member) {
  const auto prior = parse_prior(rows[row].prior);
  CASUS_CHECK(prior);
  const double x =
      prior->draw(draws, Stream("claims.law"), member, static_cast<std::uint32_t>(row));
  return std::clamp(x, rows[row].low, rows[row].high);
}

/// Unit-variance Student's t by a normal over the root of a gamma.
double surprise(const Draws& draws, Stream stream, std::uint32_t future, std::uint32_t week,
                std::uint32_t index) {
  const double z = draws.normal(stream, future, week, index, 0);
  const double g = draws.gamma(tail / 2.0, stream, future, week, index, 1) / (tail / 2.0);
  return z / std::sqrt(g) * std::sqrt((tail - 2.0) / tail);
}

}  // namespace

ClaimBank::ClaimBank(const std::vector<ClaimLaw>& laws) {
  CASUS_CHECK(!laws.empty());
  for (const ClaimLaw& law : laws) {
    Member m;
    m.law = law;
    m.mm = first_spread * first_spread;
    m.aa = law.swing * law.swing / (1.0 - law.memory * law.memory);
    m.weight = 1.0 / static_cast<double>(laws.size());
    members_.push_back(m);
  }
}

double ClaimBank::week(double claim, double log_casualties) {
  const bool told = std::isfinite(claim) && claim >= 0.0;
  const double said = told ? casus::log(claim + half_a_count) : 0.0;
  double all = 0.0;
  std::vector<double> log_p;
  for (Member& m : members_) {
    m.mm += m.law.wander * m.law.wander;
    m.a *= m.law.memory;
    m.ma *= m.law.memory;
    m.aa = m.aa * m.law.memory * m.law.memory + m.law.swing * m.law.swing;
    if (!told) continue;
    const double world = m.law.follow * log_casualties;
    if (!started_) m.m = said - world;
    log_p.push_back(started_ ? update(m, said - world, world) : 0.0);
    m.weight = power(m.weight, forgetting);
    all += m.weight;
  }
  if (!told) return 0.0;
  started_ = true;
  double density = 0.0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    members_[i].weight *= casus::exp(log_p[i]) / all;
    density += members_[i].weight;
  }
  for (Member& m : members_) m.weight = std::max(m.weight / density, 1e-12);
  return casus::log(density);
}

double ClaimBank::update(Member& k, double y, double world) {
  const double expected = k.m + k.a;
  const double mean = casus::exp(std::min(expected + world, highest_log));
  const double noise = std::max(k.law.noise * k.law.noise, 1.0 / (mean + 1.0));
  const double s = k.mm + 2.0 * k.ma + k.aa + noise;
  const double e = y - expected;
  // A surprise far out is given a wider noise: the update by expectation of a Student's t.
  const double wide = std::max(1.0, (tail + e * e / s) / (tail + 1.0));
  const double used = s * wide;
  const double km = (k.mm + k.ma) / used;
  const double ka = (k.ma + k.aa) / used;
  const double hm = k.mm + k.ma;
  const double ha = k.ma + k.aa;
  k.m += km * e;
  k.a += ka * e;
  k.mm -= km * hm;
  k.ma -= km * ha;
  k.aa -= ka * ha;
  const double scale = s * (tail - 2.0) / tail;
  constexpr double log_constant = -0.950108612150231;  // ln of the density of t8 at 0
  return log_constant - 0.5 * casus::log(scale) -
         0.5 * (tail + 1.0) * casus::log1p(e * e / (tail * scale));
}

void ClaimBank::casualties_were(double log_casualties) {
  for (Member& m : members_) m.m -= m.law.follow * log_casualties;
}

ClaimBank::Course ClaimBank::draw(const Draws& draws, Stream stream, std::uint32_t future) const {
  double u = draws.uniform(stream, future, 0, 0);
  const Member* chosen = &members_.back();
  for (const Member& m : members_) {
    u -= m.weight;
    if (u < 0.0) {
      chosen = &m;
      break;
    }
  }
  const double z1 = draws.normal(stream, future, 0, 1);
  const double z2 = draws.normal(stream, future, 0, 2);
  const double l = std::sqrt(std::max(chosen->mm, 1e-12));
  const double c = chosen->ma / l;
  return {chosen->law, chosen->m + l * z1,
          chosen->a + c * z1 + std::sqrt(std::max(chosen->aa - c * c, 0.0)) * z2};
}

std::vector<double> continue_course(ClaimBank::Course& course,
                                    std::span<const double> log_casualties, bool count,
                                    const Draws& draws, Stream stream, std::uint32_t future) {
  std::vector<double> out;
  for (std::size_t i = 0; i < log_casualties.size(); ++i) {
    const auto w = static_cast<std::uint32_t>(i + 1);
    course.lasting += course.law.wander * surprise(draws, stream, future, w, 3);
    course.passing = course.law.memory * course.passing +
                     course.law.swing * surprise(draws, stream, future, w, 4);
    const double y = course.law.follow * log_casualties[i] + course.lasting + course.passing;
    if (!count) {
      const double x = casus::exp(
          std::min(y + course.law.noise * surprise(draws, stream, future, w, 5), highest_log));
      out.push_back(std::max(0.0, std::round((x - half_a_count) / 10.0) * 10.0));
      continue;
    }
    // The noise of the law holds a count's own: what remains lies between counts.
    const double mean = std::max(casus::exp(std::min(y, highest_log)) - half_a_count, 0.0);
    const double own = 1.0 / (mean + 1.0);
    const double rest = std::max(course.law.noise * course.law.noise - own, 0.0);
    const double rate = mean * casus::exp(std::sqrt(rest) * surprise(draws, stream, future, w, 5));
    const double u = draws.uniform(stream, future, w, 6);
    out.push_back(rate > many
                      ? std::max(0.0, std::round(rate + std::sqrt(rate) * normal_quantile(u)))
                      : poisson_quantile(rate, u));
  }
  return out;
}

std::vector<ClaimLaw> draw_claim_laws(bool persons, std::size_t members, const Draws& draws) {
  std::vector<ClaimLaw> out;
  for (std::uint32_t i = 0; i < members; ++i) {
    const std::size_t first = persons ? 0 : 2;
    out.push_back({drawn(first, draws, i), drawn(first + 1, draws, i), drawn(4, draws, i),
                   drawn(5, draws, i), drawn(6, draws, i)});
  }
  return out;
}

std::span<const world::Knob> claim_knobs() { return rows; }

}  // namespace casus::calibrate
