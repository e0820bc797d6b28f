// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/base/id.h"
#include "casus/casefile/vocabulary.h"
#include "casus/random/prior.h"
#include "casus/time/date.h"

/// The value a case folder loads into: everything given, nothing concluded.
///
/// Plain data in order of declaration. Text ids are kept beside their 64-bit keys; every reference
/// is a dense id. docs/case-format.md is the manual of each field.
namespace casus::casefile {

struct Actor;
struct Place;
struct Region;
struct Sector;
struct Route;
struct Contingent;
struct Source;
struct Report;
struct Hypothesis;
struct Option;
struct Reference;
using ActorId = Id<Actor>;
using PlaceId = Id<Place>;
using RegionId = Id<Region>;
using SectorId = Id<Sector>;
using RouteId = Id<Route>;
using ContingentId = Id<Contingent>;
using SourceId = Id<Source>;
using ReportId = Id<Report>;
using HypothesisId = Id<Hypothesis>;
using OptionId = Id<Option>;
using ReferenceId = Id<Reference>;

/// What every declared thing has: its text id and the key that draws and ordering use.
struct Named {
  std::string id;
  std::uint64_t key = 0;  ///< key_of(id)
  std::string name;
};

/// Where a number comes from.
struct Provenance {
  std::optional<ReferenceId> reference;
  Tag tag = Tag::judgement;
  Date known;
};

/// A number with its spread, unit and origin.
struct Quantity {
  Prior prior;
  std::string unit;
  Provenance from;
};

struct Reference : Named {
  std::string text;
  std::string url;
  Date published;
};

struct CalendarEvent : Named {
  Date date;
  CalendarKind kind = CalendarKind::other;
  std::optional<ActorId> actor;
  std::string text;
  std::optional<double> p;  ///< elections: chance that the governing line loses
  CalendarEffect effect = CalendarEffect::none;
  std::optional<std::uint32_t> follows;  ///< index into `calendar`
  Provenance from;
};

struct Side : Named {
  ActorId lead;
  std::vector<ActorId> members;
};

struct War {
  Date began;
  std::array<Side, 2> sides;
};

struct Voice {  ///< one voice of a collective
  std::optional<ActorId> actor;
  std::string name;
  double weight = 0.0;
  double position = 0.0;  ///< -1 against ... +1 for action
};

/// State of an actor at the start; what a case leaves out the engine fills in by openness.
struct ActorStart {
  std::optional<Quantity> support, elite_cohesion, regime_security, expected_success, fiscal_room,
      growth, gdp, sanctions, pressure, manpower_pool, intake, force, technology, tension_bias;
};

struct Actor : Named {
  ActorKind kind = ActorKind::state;
  std::vector<Role> roles;
  Openness openness = Openness::open;
  bool nuclear = false;
  std::string country;  ///< ISO 3166 alpha-3, empty for collectives
  std::vector<Voice> members;
  std::string seat;
  ActorStart start;
  std::array<double, feature_count> wants{};
  std::array<double, 3> types{2, 2, 2};  ///< hawk, trader, survivor
  Quantity rationality;
  std::vector<Action> never;
  std::array<double, action_count> favour{};
  [[nodiscard]] bool has(Role role) const {
    for (const Role r : roles) {
      if (r == role) return true;
    }
    return false;
  }
};

struct Region : Named {
  std::string country;
};

struct Place : Named {
  double lon = 0.0;
  double lat = 0.0;
  double precision_km = 0.0;
  std::optional<RegionId> region;
  std::string country;
  std::optional<ActorId> controller;
  PlaceKind kind = PlaceKind::site;
  Provenance from;
};

/// Index 0 is side 0, index 1 is side 1 of the war.
struct Sector : Named {
  double lon = 0.0;
  double lat = 0.0;
  std::optional<RegionId> region;
  Quantity frontage;
  std::vector<PlaceId> places;
  std::array<Quantity, 2> intensity, troops, fortification;
  Quantity weekly_gain;
  bool chip = false;
  std::optional<Quantity> chip_area;
};

struct Route : Named {
  PlaceId from{0};
  PlaceId to{0};
  Mode mode = Mode::rail;
  double km = 0.0;
  Quantity capacity;
  Provenance provenance;
};

struct Contingent : Named {
  ActorId owner{0};
  ActorId host{0};
  std::optional<std::uint32_t> side;
  ContingentRole role = ContingentRole::assault;
  bool foreign = false;
  Quantity strength;
  std::optional<HypothesisId> strength_hypothesis, at_front_hypothesis;
  std::optional<Quantity> plan, wave;
  PlaceId origin{0};
  PlaceId destination{0};
  std::optional<SectorId> sector;
  std::vector<PlaceId> path;                   ///< filled by the loader with the cheapest route if absent
  std::vector<std::pair<PlaceId, double>> at;  ///< prior split, sums to 1
  Quantity quality, morale;
};

struct Stock {
  ActorId actor{0};
  StockKind kind = StockKind::shells;
  Quantity amount;
  std::optional<Quantity> production;
};

struct Flow {
  ActorId from{0};
  ActorId to{0};
  StockKind kind = StockKind::shells;
  Quantity amount;
};

struct Treaty : Named {
  std::vector<ActorId> parties;
  TreatyClass treaty_class = TreatyClass::consult;
  Date signed_on;
  bool in_force = true;
  Quantity honour;
  std::string text;
};

struct Aid {
  ActorId from{0};
  ActorId to{0};
  Quantity usd;
};

struct Deal : Named {
  ActorId from{0};
  ActorId to{0};
  std::vector<std::string> gives, gets;
  std::string text;
  Provenance provenance;
};

struct Tension {
  ActorId from{0};
  ActorId to{0};
  Quantity value;
};

struct Alignment {
  ActorId a{0};
  ActorId b{0};
  double weight = 0.0;
};

struct TalksStart {
  ActorId a{0};
  ActorId b{0};
  Talks state = Talks::none;
};

struct Rivalry {
  ActorId a{0};
  ActorId b{0};
  std::optional<PlaceId> flashpoint;
  std::string name;
};

struct Source : Named {
  ReportKind kind = ReportKind::press;
  Stance stance = Stance::neutral;
  std::optional<ActorId> actor;
  char grade = 'F';
  double right = 0.0;  ///< judged past claims
  double wrong = 0.0;
  std::string interests;
  std::vector<SourceId> relays;
  std::vector<ActorId> controllable_by;
  Provenance from;
};

/// What a report says of a hypothesis: the truth is among `states` (bit i = state i).
struct Saying {
  HypothesisId hypothesis{0};
  std::vector<std::uint32_t> states;
};

/// What a report says of a strength: so many men of the contingent at the place.
struct StrengthSaying {
  ContingentId contingent{0};
  PlaceId at{0};
  double count = 0.0;
};

struct ReportQuantity {
  std::optional<double> value, low, high;
  std::string unit;
};

struct Report : Named {  ///< `name` is empty
  Date published;
  std::optional<std::pair<Date, Date>> observed;
  SourceId source{0};
  std::string via;
  ReportKind kind = ReportKind::press;
  std::optional<PlaceId> place;
  std::optional<double> lon, lat;
  std::string claim;
  Aspect aspect = Aspect::present;
  std::optional<ReportQuantity> quantity;
  std::vector<Saying> says;
  std::vector<StrengthSaying> strengths;
  std::vector<ReportId> lineage;  ///< reports it repeats
  std::vector<ReportId> answers;  ///< reports it denies
  double fidelity = 1.0;
  char source_grade = 'F';
  int item_grade = 6;
  std::string handling;
  std::optional<double> probes;
  std::optional<Date> retracted;
  CountSense counts = CountSense::exact;
  bool looked = false;
  bool evasive = false;
  bool against_interest = false;
  double detail = 0.9;
};

struct HypothesisState : Named {  ///< `name` is the text
  double low = 0.0;
  std::optional<double> high;
  bool counted = false;  ///< has low/high
};

struct Hypothesis : Named {  ///< `name` is the text of the question
  std::vector<HypothesisState> states;
  std::optional<ContingentId> counts;
  std::vector<PlaceId> at_places;
  std::vector<RegionId> at_regions;
  bool ordered = false;
  std::vector<HypothesisId> parents;
  /// P(state | parents): rows in mixed radix of the parents' states, the last parent fastest.
  std::vector<double> table;
  std::vector<ActorId> staged_by;
  std::optional<Quantity> staging, conceals;
  Provenance from;
};

/// A settlement on the table.
struct Package {
  Line line = Line::current;
  LegalStatus status = LegalStatus::open;
  Guarantee guarantee = Guarantee::none;
  ForceLimits force_limits = ForceLimits::none;
  SanctionsTerm sanctions = SanctionsTerm::keep;
  bool monitors = false;
  bool foreign_out = false;
  bool prisoners = false;
};

/// What an actor is told to do: the one form in which people, scripts and policies act.
struct Order {
  ActorId actor{0};
  Action action = Action::accuse;
  std::optional<ActorId> target;
  double intensity = 1.0;  ///< 0-1 of what the action can be
  Date from;
  Date until;
  std::optional<StockKind> kind;
  std::optional<ContingentId> contingent;
  std::optional<SectorId> sector;
  std::optional<Package> package;
};

struct Expression;  ///< casefile/expression.h

struct Rule {
  std::string when;    ///< the text, as written
  std::size_t expression = 0;  ///< index into Case::expressions
  Order then;          ///< `from` is the day the rule fires; `weeks` sets how long
  int weeks = 1;
};

struct Option : Named {
  std::string text;
  std::optional<ActorId> by;
  bool gated = false;
  std::vector<Order> orders;
  std::vector<Rule> rules;
};

struct Worth {
  std::size_t measure = 0;  ///< index into measures()
  double worth = 0.0;       ///< value of `per` units
  double per = 1.0;
  double sd = 0.0;          ///< log-sd of the judgement
};

struct Values {
  ActorId actor{0};
  std::vector<Worth> worth;
  Provenance from;
};

struct Category {
  std::string name;
  std::size_t expression = 0;
};

struct Question : Named {  ///< `name` is the text
  QuestionType type = QuestionType::yes_no;
  Date resolve_by;
  std::string expr;
  std::optional<std::size_t> expression;  ///< index into Case::expressions
  std::string unit;
  std::vector<Category> categories;
};

/// What a case changes of the engine's own priors.
struct Parameter {
  std::string knob;
  Quantity value;
};

}  // namespace casus::casefile
