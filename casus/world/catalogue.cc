// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "casus/world/act.h"

namespace casus::world {
namespace {

/// Reads "S.05 H-.1": a letter of the feature, then its size. Letters in the order of `Feature`.
constexpr std::array<float, feature_count> effects(std::string_view text) {
  constexpr std::string_view letters = "TLBPSREFGXAHNKUCZD";
  std::array<float, feature_count> out{};
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t feature = letters.find(text[i++]);
    float sign = 1.0F;
    if (text[i] == '-') {
      sign = -1.0F;
      ++i;
    }
    float value = 0.0F;
    float place = 0.0F;
    for (; i < text.size() && text[i] != ' '; ++i) {
      if (text[i] == '.') {
        place = 0.1F;
      } else if (place > 0.0F) {
        value += place * static_cast<float>(text[i] - '0');
        place *= 0.1F;
      } else {
        value = value * 10.0F + static_cast<float>(text[i] - '0');
      }
    }
    out[feature] = sign * value;
    while (i < text.size() && text[i] == ' ') ++i;
  }
  return out;
}

// Columns: sentence, G, G to an ally, rung, lag, duration (0 = until ended), cooldown, gated,
// needs a target, cost in USD bn at intensity 1, effects as the actor expects them.
// Where the basis gives a range its middle stands here; a lag of 0 is the next week. Sending a
// contingent takes twelve weeks, then another may be decided upon; a nuclear signal is a display
// of four weeks. Who withdraws a contingent gives up the pay, the kit and the favour that sending
// it brought.
constexpr ActionInfo table[] = {
    {Action::accuse, "{actor} accuses {target} in public", -2, 0, 1, 1, 1, 2, false, true,
     effects("S.05 H.05 N-.1"), 0.0F},
    {Action::deny, "{actor} denies it", 0, 0, 1, 1, 1, 2, false, false, effects("S.02 H-.02 C.05"),
     0.0F},
    {Action::disclose, "{actor} discloses intelligence on {target}", -2, 1, 2, 1, 1, 2, false, true,
     effects("A.15 H.1 N-.1"), 0.0F},
    {Action::staged_display, "{actor} stages a display to deceive {target}", -2, 0, 2, 1, 3, 4,
     false, true, effects("B.05 H-.1"), 0.02F},
    {Action::conceal, "{actor} conceals its moves", 0, 0, 0, 1, 8, 4, false, false,
     effects("B.05 F-.02"), 0.4F},
    {Action::psy_op, "{actor} works on the troops and public of {target}", -2, 0, 2, 1, 4, 4, false,
     true, effects("B.08 N-.05"), 0.02F},
    {Action::back_channel, "{actor} opens a back channel to {target}", 1, 0, -1, 1, 12, 4, false,
     true, effects("D.15 N.05 H-.02"), 0.0F},
    {Action::approach_officer, "{actor} approaches officers of the contingent of {target}", 0, 0, 0,
     2, 1, 4, false, true, effects("B.05 D.03"), 0.001F},
    {Action::consult_allies, "{actor} consults its allies", 0, 1, 0, 1, 2, 2, false, false,
     effects("A.15"), 0.0F},
    {Action::offer_talks, "{actor} offers {target} formal talks", 4, 0, -2, 1, 4, 4, false, true,
     effects("D.3 N.15 S-.05 H-.05"), 0.0F},
    {Action::mediate, "{actor} mediates and hosts", 5, 0, -2, 2, 12, 8, false, false,
     effects("D.2 A.1 H.15"), 0.01F},
    {Action::summit, "{actor} proposes a summit to {target}", 7, 0, -2, 4, 1, 8, false, true,
     effects("D.35 S.1 N.2 H-.05"), 0.01F},
    {Action::table_package, "{actor} tables a package before {target}", 4, 0, -1, 1, 2, 4, false,
     true, effects("D.25"), 0.0F},
    {Action::threaten, "{actor} threatens {target}", -7, 0, 2, 1, 4, 4, false, true,
     effects("H.15 S.05 N-.4 D-.1"), 0.0F},
    {Action::expel_envoys, "{actor} expels envoys of {target}", -5.5F, 0, 2, 1, 26, 8, false, true,
     effects("S.03 N-.2"), 0.0F},
    {Action::sanction, "{actor} puts sanctions on {target}", -8, 0, 3, 4, 0, 8, false, true,
     effects("A.05 S.05 G-.08 N-.2"), 0.0F},
    {Action::ease_sanctions, "{actor} eases sanctions on {target}", 7, 0, -2, 4, 0, 8, false, true,
     effects("N.2 D.2 G.05 S-.05"), 0.0F},
    {Action::economic_aid, "{actor} gives {target} economic aid", 0, 7.4F, 0, 3, 26, 4, false, true,
     effects("A.2 F-.1"), 1.0F},
    {Action::arms_for_technology, "{actor} gives {target} arms for technology", 0, 6.4F, 3, 4, 52,
     8, false, true, effects("X.3 F.2 A.15 N-.15 C-.2"), 0.0F},
    {Action::send_labour, "{actor} sends {target} workers", 0, 6.4F, 2, 6, 52, 8, false, true,
     effects("F.15 C-.1"), 0.0F},
    {Action::send_arms, "{actor} sends {target} arms", -2, 8.3F, 3, 6, 26, 4, false, true,
     effects("A.2 B.1 F-.1 N-.2 K-.05"), 1.0F},
    {Action::send_air_defence, "{actor} sends {target} air defence", -1, 8.3F, 3, 8, 0, 8, false,
     true, effects("A.2 F-.1 N-.1"), 1.0F},
    {Action::send_technicians, "{actor} sends {target} technicians", -3, 7.4F, 4, 2, 26, 4, false,
     true, effects("A.1 X.05 L-.02 N-.15"), 0.01F},
    {Action::share_intelligence, "{actor} shares intelligence with {target}", -1, 7, 2, 1, 0, 4,
     false, true, effects("A.1 B.05 N-.05"), 0.05F},
    {Action::lift_range, "{actor} lets {target} strike at long range", -5, 7, 5, 1, 0, 8, false,
     true, effects("A.15 B.1 N-.25 K-.1"), 0.0F},
    {Action::cut_aid, "{actor} cuts its aid to {target}", -5.6F, 0, -1, 1, 12, 8, false, true,
     effects("F.1 D.1 A-.25 H-.15"), 0.0F},
    {Action::deploy_contingent, "{actor} sends a contingent to {target}", -7.2F, 7.4F, 6, 2, 12, 4,
     false, true, effects("A.3 F.2 X.2 L-.2 N-.4 C-.1 R-.05"), 0.1F},
    {Action::withdraw_contingent, "{actor} withdraws its contingent", 9, 0, -3, 3, 6, 8, false,
     false, effects("L.1 N.3 D.2 A-.25 H-.15 F-.2 X-.2"), 0.05F},
    {Action::mobilise, "{actor} mobilises", -7.2F, 0, 4, 2, 26, 8, false, false,
     effects("B.3 S-.25 F-.15 N-.15"), 2.75F},
    {Action::repress, "{actor} represses and censors at home", 0, 0, 0, 1, 26, 8, false, false,
     effects("R.1 S.05 E-.05"), 0.02F},
    {Action::rally_speech, "{actor} calls its people to rally", -1, 0, 1, 1, 9, 4, false, false,
     effects("S.1 E.03 D-.05"), 0.0F},
    {Action::shift_posture, "{actor} moves forces into the region against {target}", -7.2F, 2, 4, 4,
     26, 8, false, true, effects("H.1 A.1 N-.2 F-.05"), 0.3F},
    {Action::joint_exercise, "{actor} exercises with allies against {target}", -7.2F, 7.4F, 4, 4, 2,
     8, false, true, effects("A.15 B.05 N-.2 F-.02"), 0.05F},
    {Action::missile_test, "{actor} tests a missile", -7.2F, 0, 4, 1, 1, 4, false, false,
     effects("X.2 H.15 S.1 N-.3 C-.05 K-.03"), 0.05F},
    {Action::nuclear_step, "{actor} takes a nuclear step", -8, 0, 9, 8, 0, 8, true, false,
     effects("U.3 X.2 N-.5 C-.4 K-.25 A-.2"), 1.5F},
    {Action::offensive, "{actor} opens an offensive", -10, 0, 7, 2, 12, 4, false, false,
     effects("T.25 P.05 L-.3 B-.05"), 0.5F},
    {Action::fortify, "{actor} digs in", 0, 0, 0, 1, 0, 4, false, false, effects("P.05 F-.02"),
     0.2F},
    {Action::deep_strike, "{actor} strikes deep into {target}", -10, 0, 7, 1, 4, 2, false, true,
     effects("B.1 S.08 N-.3 K-.1"), 0.05F},
    {Action::city_campaign, "{actor} strikes the cities and grid of {target}", -10, 0, 7, 1, 8, 4,
     false, true, effects("B.05 P.05 N-.3 H-.1 A-.1"), 0.3F},
    {Action::seize_ground, "{actor} seizes ground across the border", -10, 0, 7, 3, 0, 8, false,
     false, effects("Z.4 S.1 P.05 L-.15 B-.1 N-.3 K-.1"), 0.3F},
    {Action::interdict, "{actor} sabotages the lines of {target}", -9, 0, 6, 2, 1, 2, false, true,
     effects("B.1 N-.15 K-.03"), 0.01F},
    {Action::limited_strike, "{actor} strikes a site of {target}", -10, 0, 6, 1, 1, 8, true, true,
     effects("H.2 B.1 N-.6 K-.25"), 0.1F},
    {Action::covert_collection, "{actor} collects on the ground against {target}", -3, 0, 5, 3, 4,
     4, false, true, effects("B.02 N-.05"), 0.005F},
    {Action::cyber, "{actor} attacks networks of {target}", -5, 0, 5, 3, 3, 4, false, true,
     effects("B.03 N-.1"), 0.01F},
    {Action::task_collection, "{actor} tasks more collection", 0, 0, 0, 1, 1, 1, false, false,
     effects(""), 0.02F},
    {Action::local_truce, "{actor} agrees on a local truce with {target}", 7, 0, -2, 2, 4, 4, false,
     true, effects("N.15 D.15 L.05 S.05"), 0.0F},
    {Action::sign_settlement, "{actor} signs a settlement with {target}", 8.5F, 0, -4, 2, 0, 8,
     false, true, effects("D1 L.3"), 0.0F},
    {Action::break_ceasefire, "{actor} breaks the ceasefire", -9.5F, 0, 7, 1, 0, 8, false, false,
     effects("T.2 H-.4 A-.3 N-.6"), 0.1F},
    {Action::nuclear_signal, "{actor} signals with nuclear arms", -7, 0, 9, 1, 4, 8, false, true,
     effects("H.1 U.1 K-.4 N-.5 A-.15"), 0.02F},
    {Action::nuclear_use, "{actor} uses a nuclear weapon", -10, 0, 10, 1, 0, 8, true, true,
     effects("K-1 N-1 A-.8 H-.5 R-.3"), 0.0F},
};

static_assert(std::size(table) == casefile::action_count);

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (table[i].action != static_cast<Action>(i) || table[i].lag < 1) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const ActionInfo> catalogue() { return table; }

}  // namespace casus::world
