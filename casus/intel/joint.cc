// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/joint.h"

#include "casus/base/error.h"

namespace casus::intel {

std::vector<JointFactor> joint_factors(const Model& model, const JunctionTree& tree,
                                       const Calibration& calibration, std::size_t hypotheses) {
  const auto& buckets = tree.buckets();
  std::vector<bool> needed(model.states.size(), false);
  for (const auto& b :
       buckets) {  // from the leaves up: needed if a hypothesis, or given to one needed
    if (b.variable < hypotheses) needed[b.variable] = true;
    if (!needed[b.variable]) continue;
    for (const Variable v : b.scope) needed[v] = true;
  }
  std::vector<JointFactor> out;
  std::vector<std::uint32_t> at(model.states.size(), 0);
  for (std::size_t i = buckets.size(); i-- > 0;) {
    const auto& b = buckets[i];
    if (!needed[b.variable]) continue;
    JointFactor f;
    f.node = model.names[b.variable];
    if (b.variable < hypotheses) f.hypothesis = static_cast<std::int32_t>(b.variable);
    f.states = model.states[b.variable];
    for (std::size_t k = 0; k + 1 < b.scope.size(); ++k) f.given.push_back(at[b.scope[k]]);
    f.p = calibration.conditional(i);
    for (std::size_t row = 0; row < f.p.size(); row += f.states) {
      double sum = 0.0;
      for (std::uint32_t s = 0; s < f.states; ++s) sum += f.p[row + s];
      for (std::uint32_t s = 0; s < f.states; ++s) {  // rows that cannot occur are made harmless
        f.p[row + s] = sum > 0.0 ? f.p[row + s] / sum : 1.0 / f.states;
      }
    }
    at[b.variable] = static_cast<std::uint32_t>(out.size());
    out.push_back(std::move(f));
  }
  return out;
}

std::vector<std::uint32_t> Belief::draw(std::span<const double> uniforms) const {
  CASUS_CHECK(uniforms.size() >= joint.size());
  std::vector<std::uint32_t> state(joint.size(), 0);
  std::vector<std::uint32_t> out(hypotheses.size(), 0);
  for (std::size_t i = 0; i < joint.size(); ++i) {
    const JointFactor& f = joint[i];
    std::size_t row = 0;
    for (const auto g : f.given) row = row * joint[g].states + state[g];
    double left = uniforms[i];
    std::uint32_t s = 0;
    while (s + 1 < f.states && left >= f.p[row * f.states + s]) left -= f.p[row * f.states + s++];
    // rounding must not end in a state that cannot be
    while (s > 0 && f.p[row * f.states + s] <= 0.0) --s;
    state[i] = s;
    if (f.hypothesis >= 0) out[static_cast<std::size_t>(f.hypothesis)] = s;
  }
  return out;
}

}  // namespace casus::intel
