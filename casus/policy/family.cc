// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/family.h"

namespace casus::policy {
namespace {

struct Place {
  Action action;
  Family family;
  Stake stake;
};

using A = Action;
using Fam = Family;
using S = Stake;

constexpr Place places[] = {
    {A::accuse, Fam::words, S::hostile},
    {A::deny, Fam::words, S::home},
    {A::disclose, Fam::words, S::hostile},
    {A::staged_display, Fam::covert, S::hostile},
    {A::conceal, Fam::covert, S::home},
    {A::psy_op, Fam::covert, S::hostile},
    {A::back_channel, Fam::diplomacy, S::talking},
    {A::approach_officer, Fam::covert, S::hostile},
    {A::consult_allies, Fam::diplomacy, S::company},
    {A::offer_talks, Fam::diplomacy, S::talking},
    {A::mediate, Fam::diplomacy, S::talking},
    {A::summit, Fam::diplomacy, S::talking},
    {A::table_package, Fam::diplomacy, S::talking},
    {A::threaten, Fam::words, S::hostile},
    {A::expel_envoys, Fam::words, S::hostile},
    {A::sanction, Fam::economic, S::hostile},
    {A::ease_sanctions, Fam::economic, S::talking},
    {A::economic_aid, Fam::economic, S::helpful},
    {A::arms_for_technology, Fam::economic, S::helpful},
    {A::send_labour, Fam::economic, S::helpful},
    {A::send_arms, Fam::material, S::helpful},
    {A::send_air_defence, Fam::material, S::helpful},
    {A::send_technicians, Fam::material, S::helpful},
    {A::share_intelligence, Fam::material, S::helpful},
    {A::lift_range, Fam::material, S::helpful},
    {A::cut_aid, Fam::restraint, S::leaving},
    {A::deploy_contingent, Fam::material, S::helpful},
    {A::withdraw_contingent, Fam::restraint, S::leaving},
    {A::mobilise, Fam::posture, S::holding},
    {A::repress, Fam::words, S::home},
    {A::rally_speech, Fam::words, S::home},
    {A::shift_posture, Fam::posture, S::showing},
    {A::joint_exercise, Fam::posture, S::showing},
    {A::missile_test, Fam::posture, S::showing},
    {A::nuclear_step, Fam::posture, S::showing},
    {A::offensive, Fam::kinetic, S::attacking},
    {A::fortify, Fam::posture, S::holding},
    {A::deep_strike, Fam::kinetic, S::attacking},
    {A::city_campaign, Fam::kinetic, S::attacking},
    {A::seize_ground, Fam::kinetic, S::attacking},
    {A::interdict, Fam::kinetic, S::hostile},
    {A::limited_strike, Fam::kinetic, S::hostile},
    {A::covert_collection, Fam::covert, S::hostile},
    {A::cyber, Fam::covert, S::hostile},
    {A::task_collection, Fam::covert, S::home},
    {A::local_truce, Fam::restraint, S::talking},
    {A::sign_settlement, Fam::diplomacy, S::talking},
    {A::break_ceasefire, Fam::kinetic, S::attacking},
    {A::nuclear_signal, Fam::posture, S::showing},
    {A::nuclear_use, Fam::kinetic, S::showing},
};
static_assert(std::size(places) == casefile::action_count);

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(places); ++i) {
    if (places[i].action != static_cast<Action>(i)) return false;
  }
  return true;
}
static_assert(in_order());

using Replies = std::array<std::array<float, family_count>, family_count>;
using Suffered = std::array<std::array<float, feature_count>, family_count>;

// Columns: words, diplomacy, economic, material, posture, covert, kinetic, restraint.
constexpr Replies replies = {{
    {.35F, .05F, .02F, .00F, .05F, .02F, .00F, .00F},  // words
    {.05F, .35F, .03F, .00F, .00F, .00F, .00F, .10F},  // diplomacy
    {.30F, .05F, .25F, .05F, .08F, .08F, .01F, .02F},  // economic
    {.30F, .03F, .08F, .20F, .15F, .08F, .03F, .01F},  // material
    {.30F, .05F, .05F, .05F, .25F, .05F, .17F, .02F},  // posture
    {.15F, .02F, .05F, .00F, .05F, .20F, .03F, .00F},  // covert
    {.17F, .03F, .10F, .05F, .08F, .10F, .45F, .02F},  // kinetic
    {.05F, .20F, .00F, .00F, .00F, .00F, .00F, .25F},  // restraint
}};

/// How a type's replies differ from the usual: how many replies it makes stays. Judgement.
constexpr std::array<std::array<float, family_count>, world::type_count> temper = {{
    {1.0F, .6F, 1.0F, 1.0F, 1.4F, 1.1F, 1.6F, .5F},  // hawk
    {1.0F, 1.5F, 1.3F, .9F, .8F, .9F, .6F, 1.5F},    // trader
    {1.2F, 1.0F, .8F, .9F, 1.1F, 1.0F, .8F, 1.0F},   // survivor
}};

constexpr Suffered suffered() {
  using enum casefile::Feature;
  Suffered t{};
  const auto put = [&t](Family family, casefile::Feature feature, float x) {
    t[static_cast<std::size_t>(family)][static_cast<std::size_t>(feature)] = x;
  };
  put(Fam::words, support, -.02F);
  put(Fam::words, calm, -.10F);
  put(Fam::diplomacy, casefile::Feature::talks, .15F);
  put(Fam::diplomacy, calm, .10F);
  put(Fam::economic, growth, -.08F);
  put(Fam::economic, sanction_freedom, -.10F);
  put(Fam::economic, calm, -.10F);
  put(Fam::material, balance, -.10F);
  put(Fam::material, calm, -.10F);
  put(Fam::posture, balance, -.05F);
  put(Fam::posture, calm, -.25F);
  put(Fam::posture, nuclear_safety, -.03F);
  put(Fam::covert, balance, -.03F);
  put(Fam::covert, regime, -.02F);
  put(Fam::covert, calm, -.05F);
  put(Fam::kinetic, lives, -.20F);
  put(Fam::kinetic, territory, -.10F);
  put(Fam::kinetic, calm, -.40F);
  put(Fam::kinetic, nuclear_safety, -.15F);
  put(Fam::restraint, calm, .20F);
  put(Fam::restraint, casefile::Feature::talks, .05F);
  return t;
}
constexpr Suffered suffered_values = suffered();

}  // namespace

Family family_of(Action action) { return places[static_cast<std::size_t>(action)].family; }
Stake stake_of(Action action) { return places[static_cast<std::size_t>(action)].stake; }

std::string_view name_of(Family family) {
  static constexpr std::string_view names[family_count] = {
      "words", "diplomacy", "economic", "material", "posture", "covert", "kinetic", "restraint"};
  return names[static_cast<std::size_t>(family)];
}

const Replies& reply_table() { return replies; }
const std::array<std::array<float, family_count>, world::type_count>& temper_table() {
  return temper;
}
const Suffered& suffered_table() { return suffered_values; }

std::array<std::array<float, feature_count>, family_count> expected_replies(std::size_t type) {
  std::array<std::array<float, feature_count>, family_count> out{};
  for (std::size_t a = 0; a < family_count; ++a) {
    float usual = 0.0F;
    float bent = 0.0F;
    for (std::size_t b = 0; b < family_count; ++b) {
      usual += replies[a][b];
      bent += replies[a][b] * temper[type][b];
    }
    for (std::size_t b = 0; b < family_count; ++b) {
      const float p = replies[a][b] * temper[type][b] * usual / bent;
      for (std::size_t k = 0; k < feature_count; ++k) out[a][k] += p * suffered_values[b][k];
    }
  }
  return out;
}

}  // namespace casus::policy
