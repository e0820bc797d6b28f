// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The words a case may use: every closed list of names, in one place.
///
/// Enumerators are dense and in the order of their name tables, so `name_of(x)` and
/// `parse<X>(text)` are table look-ups and the tables are the manual.
namespace casus::casefile {

enum class Tag : std::uint8_t { verified, derived, memory, judgement, prototype };  // V D M J P
enum class Openness : std::uint8_t { open, managed, closed };
enum class ActorKind : std::uint8_t { state, collective };
enum class Role : std::uint8_t { belligerent, great_power, patron, neutral, organisation };
enum class PlaceKind : std::uint8_t {
  capital,
  port,
  station,
  airfield,
  training_ground,
  garrison,
  depot,
  front_town,
  city,
  region,
  site,
  seat
};
enum class Mode : std::uint8_t { sea, rail, road, air };
enum class ContingentRole : std::uint8_t { assault, hold, rear, technical, labour };
enum class StockKind : std::uint8_t {
  tanks,
  carriers,
  guns,
  launchers,
  shells,
  attack_drones,
  one_way_drones,
  missiles,
  interceptors
};
enum class TreatyClass : std::uint8_t { defence, consult, non_aggression, neutrality, membership };
enum class Talks : std::uint8_t { none, back_channel, formal, summit };
enum class CalendarKind : std::uint8_t {
  election,
  inauguration,
  vote,
  summit,
  anniversary,
  expiry,
  other
};
enum class CalendarEffect : std::uint8_t { none, aid_turnover };
/// How a report says it knows (docs/models/reports.md).
enum class ReportKind : std::uint8_t {
  imagery,
  signals,
  human,
  detainee,
  biometric,
  documents,
  official_statement,
  press,
  social_media
};
enum class Stance : std::uint8_t { party, ally_of_affected, enemy_of_subject, neutral };
enum class Aspect : std::uint8_t { present, planned, forecast, position };
enum class CountSense : std::uint8_t { exact, at_least, up_to };
enum class QuestionType : std::uint8_t { yes_no, number, date, category };
enum class Line : std::uint8_t { current, pre_invasion, maximal, chip_swap, demand };
enum class LegalStatus : std::uint8_t { open, neutral, member };
enum class Guarantee : std::uint8_t { none, paper, monitored, deployed_or_treaty };
enum class ForceLimits : std::uint8_t { none, mild, hard };
enum class SanctionsTerm : std::uint8_t { keep, ease, lift };

/// The 18 features an actor weighs, more being better for it (docs/models/decisions.md).
enum class Feature : std::uint8_t {
  territory,
  lives,
  balance,
  win,
  support,
  regime,
  elites,
  fiscal,
  growth,
  technology,
  alliance,
  honour,
  calm,
  nuclear_safety,
  guarantee,
  sanction_freedom,
  chips,
  talks
};
inline constexpr std::size_t feature_count = 18;

/// The action catalogue (docs/models/acts.md): 48 rows, the last one split in three.
enum class Action : std::uint8_t {
  accuse,
  deny,
  disclose,
  staged_display,
  conceal,
  psy_op,
  back_channel,
  approach_officer,
  consult_allies,
  offer_talks,
  mediate,
  summit,
  table_package,
  threaten,
  expel_envoys,
  sanction,
  ease_sanctions,
  economic_aid,
  arms_for_technology,
  send_labour,
  send_arms,
  send_air_defence,
  send_technicians,
  share_intelligence,
  lift_range,
  cut_aid,
  deploy_contingent,
  withdraw_contingent,
  mobilise,
  repress,
  rally_speech,
  shift_posture,
  joint_exercise,
  missile_test,
  nuclear_step,
  offensive,
  fortify,
  deep_strike,
  city_campaign,
  seize_ground,
  interdict,
  limited_strike,
  covert_collection,
  cyber,
  task_collection,
  local_truce,
  sign_settlement,
  break_ceasefire,
  nuclear_signal,
  nuclear_use
};
inline constexpr std::size_t action_count = 50;

/// What a published variable is indexed by.
enum class Dimension : std::uint8_t { actor, side, sector, contingent, region, action, stock };

/// One quantity of a future that questions, rules and `futures.nc` may name.
struct Variable {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  std::array<std::optional<Dimension>, 2> dimensions;  ///< none, one or two
};

/// One outcome of a future that options are compared by; one number per future.
struct Measure {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};

[[nodiscard]] std::span<const Variable> variables();
[[nodiscard]] std::span<const Measure> measures();

/// The names of a closed list, in the order of its enumerators.
template <class E>
[[nodiscard]] std::span<const std::string_view> names_of();

template <class E>
[[nodiscard]] std::string_view name_of(E value) {
  return names_of<E>()[static_cast<std::size_t>(value)];
}

/// The enumerator named `text`, or nothing.
template <class E>
[[nodiscard]] std::optional<E> parse(std::string_view text) {
  const auto names = names_of<E>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace casus::casefile
