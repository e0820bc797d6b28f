// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/assembly.h"

#include <cmath>

namespace casus::policy {
namespace {

constexpr std::size_t options = family_count + 1;

/// How much a family of acts, or waiting, is "action": what a voice for or against action leans on.
constexpr std::array<float, options> assertiveness = {0.2F, 0.0F, 0.6F,  0.9F, 0.6F,
                                                      0.3F, 1.0F, -0.6F, -0.5F};

/// What the families promise to a member by its own wants, centred and scaled over the families.
std::array<float, options> leaning_of(const casefile::Actor& member, const Menu& menu) {
  std::array<float, options> worth{};
  for (std::size_t f = 0; f < family_count; ++f) {
    if (menu.count_of(f) == 0) continue;
    double sum = 0.0;
    for (std::size_t a = menu.first_of(f); a < menu.first_of(f) + menu.count_of(f); ++a) {
      for (const auto& e : menu[a].gains)
        sum += member.wants[e.feature] * static_cast<double>(e.value);
      for (const auto& e : menu[a].costs)
        sum += member.wants[e.feature] * static_cast<double>(e.value);
    }
    worth[f] = static_cast<float>(sum / static_cast<double>(menu.count_of(f)));
  }
  float mean = 0.0F;
  for (const float w : worth) mean += w / static_cast<float>(options);
  float squares = 0.0F;
  for (const float w : worth) squares += (w - mean) * (w - mean) / static_cast<float>(options);
  const float spread = std::sqrt(squares) + 1e-6F;
  for (float& w : worth) w = (w - mean) / spread;
  return worth;
}

}  // namespace

Assembly::Assembly(const world::Model& model, const Menu& menu, std::size_t actor) {
  const casefile::Case& given = model.given();
  for (const casefile::Voice& voice : given.actors[actor].members) {
    Member member;
    member.weight = static_cast<float>(voice.weight);
    if (voice.actor) {
      member.leaning = leaning_of(given.actors[*voice.actor], menu);
    } else {
      for (std::size_t f = 0; f < options; ++f) {
        member.leaning[f] = static_cast<float>(voice.position) * assertiveness[f];
      }
    }
    voices_.push_back(member);
  }
}

void Assembly::elect(std::span<F> scores, F pull, F power, Room& room) const {
  if (voices_.empty()) return;
  room.utility.resize(voices_.size() * options);
  room.voices.clear();
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    const std::span<F> own(room.utility.data() + v * options, options);
    for (std::size_t f = 0; f < options; ++f) {
      own[f] =
          select(possible(scores[f]), scores[f] + pull * F(voices_[v].leaning[f]), F(impossible));
    }
    room.voices.push_back({voices_[v].weight, own});
  }
  std::array<F, options> chance;
  condorcet_election(room.voices, power, chance);
  for (std::size_t f = 0; f < options; ++f) {
    scores[f] = select(possible(scores[f]), lanes::log(chance[f]), F(impossible));
  }
}

}  // namespace casus::policy
