// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/rival_theories.h"

#include <algorithm>

#include "casus/world/knob.h"

namespace casus::ensemble {

std::vector<RivalTheory> rival_theories(const casefile::Case& given) {
  std::vector<RivalTheory> out;
  for (const world::Knob& knob : world::knobs()) {
    if (!knob.id.starts_with("theory.")) continue;
    Prior prior = parse_prior(knob.prior).value();
    for (const casefile::Parameter& p : given.parameters) {
      if (p.knob == knob.id) prior = p.value.prior;
    }
    if (prior.kind() != Prior::Kind::point) continue;
    RivalTheory theory{std::string(knob.id), std::string(knob.meaning), prior.a(), {}};
    for (double at = knob.low; at <= knob.high; at += 1.0) {
      if (at != theory.held) theory.others.push_back(at);
    }
    out.push_back(std::move(theory));
  }
  return out;
}

casefile::Case with_parameter(const casefile::Case& given, const std::string& knob, double value) {
  casefile::Case out = given;
  auto found = std::ranges::find(out.parameters, knob, &casefile::Parameter::knob);
  if (found == out.parameters.end()) {
    out.parameters.push_back({knob, {}});
    found = out.parameters.end() - 1;
  }
  found->value.prior = Prior(value);
  return out;
}

}  // namespace casus::ensemble
