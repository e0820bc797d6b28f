// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/world/bargain.h"
#include "casus/world/start.h"
#include "casus/world/week.h"

/// What the tests of the world share: the real case and a future of it.
namespace casus::world::testing {

inline const casefile::Case& case_of_2024() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  return given;
}

inline const Model& model_of_2024() {
  static const Model model(case_of_2024());
  return model;
}

template <class T>
std::size_t index_of(const std::vector<T>& things, std::string_view id) {
  return casefile::find(things, id).value();
}

/// Truths of all lanes alike: every hypothesis in its first state but those named.
inline std::vector<std::vector<std::uint32_t>> truths_of(
    const casefile::Case& given, const std::vector<std::pair<std::string, std::string>>& named) {
  std::vector<std::uint32_t> truth(given.hypotheses.size(), 0);
  for (const auto& [hypothesis, state] : named) {
    const std::size_t h = index_of(given.hypotheses, hypothesis);
    const auto& states = given.hypotheses[h].states;
    for (std::uint32_t s = 0; s < states.size(); ++s) {
      if (states[s].id == state) truth[h] = s;
    }
  }
  return std::vector<std::vector<std::uint32_t>>(lanes::width, truth);
}

inline State state_of(const Model& model, std::uint32_t first = 0, std::uint64_t seed = 7) {
  const auto truths = truths_of(model.given(), {{"dprk_troops_in_russia", "to_13000"},
                                                {"dprk_troops_in_kursk", "to_8000"},
                                                {"russia_next_use", "kursk_defence"}});
  return start(model, Draws(seed), first, truths);
}

inline Now now_of(const Model& model, int week, std::uint32_t first = 0, std::uint64_t seed = 7) {
  return {model, week, LaneDraws(seed, first), nullptr};
}

/// In how many lanes there is a bargain once nobody is too hopeful, fears the future or is proud.
inline double bargains_without_illusions(State& state, const Now& now) {
  const Model& model = now.model;
  for (const auto id : {"talks.commitment", "talks.pride"}) {
    state.at(Var::knob, knob_index(id)) = F(0.0F);
  }
  const F p = state.at(Var::win_chance, 0);
  state.at(Var::believed_win, model.lead(0)) = p;
  state.at(Var::believed_win, model.lead(1)) = F(1.0F) - p;
  const Chosen chosen = nash_choice(Bargain(model).stakes(state, now), model.packages(), F(-1.0F));
  double found = 0.0;
  for (std::size_t l = 0; l < lanes::width; ++l) found += chosen.product[l] > 0.0F ? 1.0 : 0.0;
  return found;
}

/// The sum of a variable over its entities, in one lane.
inline double sum(const State& state, Var v, std::size_t lane) {
  double total = 0.0;
  for (const F& x : state[v]) total += static_cast<double>(x[lane]);
  return total;
}

/// All men of a contingent on its path, in one lane; k.
inline double men_of(const State& state, std::size_t contingent, std::size_t lane) {
  double total = 0.0;
  const std::size_t nodes = state.shape().path_nodes;
  for (std::size_t n = 0; n < nodes; ++n) {
    total += static_cast<double>(state.at(Var::men, contingent * nodes + n)[lane]);
  }
  return total;
}

}  // namespace casus::world::testing
