// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_anchors.h"

#include <algorithm>
#include <array>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Contingent;

// A strength of a state: the quantile v of its men, and how likely they built up in each way.
struct Drawn {
  double men = 0.0;
  std::array<double, observe::build_ups> built{};
};

Drawn drawn_from(const Strength& s, std::uint32_t state, double v) {
  std::array<double, strength_points> mass{};
  double sum = 0.0;
  for (std::size_t g = 0; g < strength_points; ++g) {
    for (std::size_t b = 0; b < observe::build_ups; ++b)
      mass[g] += s.p[s.cell(state, b)] * s.weight[s.cell(state, b)][g];
    sum += mass[g];
  }
  Drawn out;
  if (sum <= 0.0 || s.men[state][0] <= 0.0) return out;
  double left = v * sum;
  std::size_t g = 0;
  while (g + 1 < strength_points && left >= mass[g]) left -= mass[g++];
  const double within = mass[g] > 0.0 ? std::clamp(left / mass[g], 0.0, 1.0) : 0.5;
  const double step = log(s.men[state][1] / s.men[state][0]);
  out.men = s.men[state][g] * exp((within - 0.5) * step);
  for (std::size_t b = 0; b < observe::build_ups; ++b)
    out.built[b] = s.p[s.cell(state, b)] * s.weight[s.cell(state, b)][g];
  return out;
}

// The ways two strengths built up, as likely as each is and as the way allows: who is at the front
// was abroad three quarters of the usual travelling time before (softly: some fly).
class BuiltTogether {
 public:
  BuiltTogether(const Case& given, const Way& way) {
    const int lead = static_cast<int>(0.75 * way.days());
    for (std::size_t k = 0; k < looks; ++k) {
      const Date day = given.as_of.plus(-every * static_cast<int>(looks - 1 - k));
      for (std::size_t b = 0; b < observe::build_ups; ++b) {
        now_[b][k] = observe::built_by(observe::build_up_shapes[b], day, given.as_of);
        before_[b][k] =
            observe::built_by(observe::build_up_shapes[b], day.plus(-lead), given.as_of);
      }
    }
  }

  // Chooses both by one uniform number.
  void choose(const Drawn& all, const Drawn& front, double u, Anchor& anchor) const {
    std::array<double, observe::build_ups * observe::build_ups> weight{};
    double sum = 0.0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const std::size_t a = i / observe::build_ups;
      const std::size_t f = i % observe::build_ups;
      weight[i] = all.built[a] * (anchor.front > 0.0 ? front.built[f] : f == 0 ? 1.0 : 0.0);
      if (anchor.front > 0.0 && weight[i] > 0.0) weight[i] *= allowed(anchor, a, f);
      sum += weight[i];
    }
    double left = u * sum;
    std::size_t i = 0;
    while (i + 1 < weight.size() && left >= weight[i]) left -= weight[i++];
    anchor.built = static_cast<std::uint32_t>(i / observe::build_ups);
    anchor.front_built = static_cast<std::uint32_t>(i % observe::build_ups);
  }

 private:
  static constexpr std::size_t looks = 8;
  static constexpr int every = 4;          // days
  static constexpr double strictness = 6;  // per share of the whole too early (judgement)

  [[nodiscard]] double allowed(const Anchor& anchor, std::size_t a, std::size_t f) const {
    double early = 0.0;
    for (std::size_t k = 0; k < looks; ++k)
      early = std::max(early, anchor.front * now_[f][k] - anchor.men * before_[a][k]);
    return early > 0.0 ? exp(-strictness * early / anchor.men) : 1.0;
  }

  std::array<std::array<double, looks>, observe::build_ups> now_{}, before_{};
};

const Strength& strength_in(const DayBelief& day, std::uint32_t hypothesis) {
  const auto at = std::find_if(day.strengths.begin(), day.strengths.end(),
                               [&](const Strength& s) { return s.hypothesis == hypothesis; });
  CASUS_CHECK(at != day.strengths.end());
  return *at;
}

}  // namespace

Anchors anchors_on(const Case& given, const Way& way, const CountedPair& pair, const DayBelief& day,
                   std::size_t which, const Sampling& how) {
  constexpr Stream stream("tracking.anchor");
  constexpr std::uint32_t most = 64;  // members of a stratum
  const Strength& total = strength_in(day, pair.total);
  const Contingent& c = given.contingents[pair.contingent];
  const std::uint32_t who = fold(c.key);
  const Draws draws(how.seed);
  const BuiltTogether together(given, way);
  const auto& joint = day.pairs[which];
  const std::size_t fronts = joint.size() / total.men.size();
  double sum = 0.0;
  for (const double p : joint) sum += p;
  Anchors out;
  double before = 0.0;
  std::size_t cell = 0;
  std::uint32_t run = most;
  for (std::uint32_t i = 0; i < how.members; ++i, ++run) {
    const double u = (i + 0.5) / how.members * sum;
    const std::size_t was = cell;
    while (cell + 1 < joint.size() && u >= before + joint[cell]) before += joint[cell++];
    if (cell != was || run >= most) {
      out.strata.push_back(i);
      run = 0;
    }
    const auto state = static_cast<std::uint32_t>(cell / fronts);
    const double v = joint[cell] > 0.0 ? std::clamp((u - before) / joint[cell], 0.0, 1.0) : 0.5;
    Anchor a;
    const Drawn all = drawn_from(total, state, v);
    Drawn front;
    a.men = all.men;
    if (pair.front) {
      front = drawn_from(strength_in(day, *pair.front), static_cast<std::uint32_t>(cell % fronts),
                         draws.uniform(stream, i, 0, who, 1));
      // more at the front than in all: raise the total within its state, then hold the front to it
      a.men = std::max(a.men, std::min(front.men, total.men[state][strength_points - 1]));
      a.front = std::min(front.men, a.men);
    }
    together.choose(all, front, draws.uniform(stream, i, 0, who, 2), a);
    if (c.plan) a.planned = c.plan->prior.quantile(draws.uniform(stream, i, 0, who, 3));
    out.anchors.push_back(a);
    out.state.push_back(state);
  }
  return out;
}

}  // namespace casus::intel
