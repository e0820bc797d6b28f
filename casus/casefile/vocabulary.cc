// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/vocabulary.h"

namespace casus::casefile {
namespace {

using D = Dimension;

constexpr Variable variable_table[] = {
    {"fighting", "0/1", "the war of the case is being fought", {}},
    {"ceasefire", "0/1", "a ceasefire holds", {}},
    {"end_settlement", "0/1", "the war has ended by a signed settlement", {}},
    {"end_frozen", "0/1", "the line is kept, the status open", {}},
    {"end_protracted", "0/1", "still fighting (final at the horizon)", {}},
    {"end_collapse", "0/1", "one side has collapsed or won outright", {}},
    {"new_war", "0/1", "a clash has broken out between parties not at war at first", {}},
    {"area_km2", "km2", "side 0's net gain in the sector since week 0", {D::sector}},
    {"area_total_km2", "km2", "side 0's net gain since week 0 over all sectors", {}},
    {"chip_km2", "km2", "land of side 0's core held by side 1", {}},
    {"intensity", "share", "attack intensity in the sector", {D::sector, D::side}},
    {"troops", "persons", "troops in contact in the sector", {D::sector, D::side}},
    {"fortification", "share", "fortification in the sector", {D::sector, D::side}},
    {"killed", "persons", "killed since week 0", {D::side}},
    {"casualties", "persons", "killed, wounded and captured in the week", {D::side}},
    {"strength", "persons", "men of the contingent abroad or in theatre", {D::contingent}},
    {"in_combat",
     "persons",
     "men of the contingent at the front and fit to fight",
     {D::contingent}},
    {"in_transit", "persons", "men of the contingent on the way", {D::contingent}},
    {"contingent_killed", "persons", "killed of the contingent since week 0", {D::contingent}},
    {"morale", "logit", "morale of the contingent", {D::contingent}},
    {"quality", "ratio", "quality of the contingent, 1 = reference", {D::contingent}},
    {"presence", "persons", "men of the contingent in the region", {D::contingent, D::region}},
    {"force", "persons", "the actor's force in theatre or available", {D::actor}},
    {"support", "share", "public support for the war or the policy", {D::actor}},
    {"elite_cohesion", "share", "cohesion of the ruling elite", {D::actor}},
    {"pressure", "share", "economic pressure on the public", {D::actor}},
    {"fiscal_room", "share", "spending still possible in a year, share of GDP", {D::actor}},
    {"sanctions", "share", "sanctions in force against the actor", {D::actor}},
    {"technology", "milestones", "technology milestones received", {D::actor}},
    {"aid_usd_per_week", "USD/week", "aid delivered to the actor in the week", {D::actor}},
    {"guarantee", "share", "guarantee held, level times credibility", {D::actor}},
    {"rung", "rung", "highest escalation rung the actor acted on in the week", {D::actor}},
    {"stock", "count", "stock in hand", {D::actor, D::stock}},
    {"tension",
     "points",
     "how the first sees the second, -10 hostile to 10 friendly",
     {D::actor, D::actor}},
    {"talks", "level", "0 none, 1 back channel, 2 formal, 3 summit", {D::actor, D::actor}},
    {"trust", "share", "expected share of promises kept", {D::actor, D::actor}},
    {"clash",
     "0/1",
     "a clash at rung 6 or above has broken out between the pair, not at war at first",
     {D::actor, D::actor}},
    {"act",
     "intensity",
     "what the actor did in the week: intensity of the action, 0 if not done",
     {D::actor, D::action}},
    {"line_lost", "0/1", "the incumbent line lost its last election since week 0", {D::actor}},
    {"oil_price", "USD/barrel", "price of oil", {}},
};

constexpr Measure measure_table[] = {
    {"end_settlement", "0/1", "war ended by settlement at the horizon"},
    {"end_frozen", "0/1", "frozen at the horizon"},
    {"end_protracted", "0/1", "still fighting at the horizon"},
    {"end_collapse", "0/1", "a side has collapsed"},
    {"war_weeks", "weeks", "weeks of fighting up to the horizon"},
    {"area_gained", "km2", "net gain of side 0 at the horizon"},
    {"chip_km2", "km2",
     "land of side 0's core held by side 1 at the horizon, or traded for a term"},
    {"killed_side_0", "persons", "killed of side 0 up to the horizon"},
    {"killed_side_1", "persons", "killed of side 1 up to the horizon"},
    {"foreign_peak", "persons", "most men of foreign contingents in combat in any week"},
    {"foreign_killed", "persons", "killed of foreign contingents"},
    {"rung_peak", "rung", "highest rung anyone acted on"},
    {"new_war", "0/1", "a clash between parties not at war at first"},
    {"nuclear_signal", "0/1", "someone signalled with nuclear arms"},
    {"nuclear_use", "0/1", "nuclear use (report as a band only)"},
    {"aid_usd", "USD", "aid delivered to side 1"},
    {"cost_usd", "USD", "spent by the decision maker"},
    {"support", "share", "support at home of the decision maker at the horizon"},
    {"alliance", "share", "the decision maker's mean standing with its allies at the horizon"},
    {"technology", "milestones", "technology received by owners of foreign contingents"},
    {"guarantee", "share", "guarantee held by side 1's lead at the horizon"},
    {"recurrence", "0/1", "fighting broke out again after a ceasefire"},
    {"talks_weeks", "weeks", "weeks in formal talks or summit between the leads"},
};

#define CASUS_NAMES(E, ...)                                    \
  template <>                                                  \
  std::span<const std::string_view> names_of<E>() {            \
    static constexpr std::string_view names[] = {__VA_ARGS__}; \
    return names;                                              \
  }

}  // namespace

std::span<const Variable> variables() { return variable_table; }
std::span<const Measure> measures() { return measure_table; }

CASUS_NAMES(Tag, "V", "D", "M", "J", "P")
CASUS_NAMES(Openness, "open", "managed", "closed")
CASUS_NAMES(ActorKind, "state", "collective")
CASUS_NAMES(Role, "belligerent", "great_power", "patron", "neutral", "organisation")
CASUS_NAMES(PlaceKind, "capital", "port", "station", "airfield", "training_ground", "garrison",
            "depot", "front_town", "city", "region", "site", "seat")
CASUS_NAMES(Mode, "sea", "rail", "road", "air")
CASUS_NAMES(ContingentRole, "assault", "hold", "rear", "technical", "labour")
CASUS_NAMES(StockKind, "tanks", "carriers", "guns", "launchers", "shells", "attack_drones",
            "one_way_drones", "missiles", "interceptors")
CASUS_NAMES(TreatyClass, "defence", "consult", "non_aggression", "neutrality", "membership")
CASUS_NAMES(Talks, "none", "back_channel", "formal", "summit")
CASUS_NAMES(CalendarKind, "election", "inauguration", "vote", "summit", "anniversary", "expiry",
            "other")
CASUS_NAMES(CalendarEffect, "none", "aid_turnover")
CASUS_NAMES(ReportKind, "imagery", "signals", "human", "detainee", "biometric", "documents",
            "official_statement", "press", "social_media")
CASUS_NAMES(Stance, "party", "ally_of_affected", "enemy_of_subject", "neutral")
CASUS_NAMES(Aspect, "present", "planned", "forecast", "position")
CASUS_NAMES(CountSense, "exact", "at_least", "up_to")
CASUS_NAMES(QuestionType, "yes_no", "number", "date", "category")
CASUS_NAMES(Line, "current", "pre_invasion", "maximal", "chip_swap", "demand")
CASUS_NAMES(LegalStatus, "open", "neutral", "member")
CASUS_NAMES(Guarantee, "none", "paper", "monitored", "deployed_or_treaty")
CASUS_NAMES(ForceLimits, "none", "mild", "hard")
CASUS_NAMES(SanctionsTerm, "keep", "ease", "lift")
CASUS_NAMES(Feature, "territory", "lives", "balance", "win", "support", "regime", "elites",
            "fiscal", "growth", "technology", "alliance", "honour", "calm", "nuclear_safety",
            "guarantee", "sanction_freedom", "chips", "talks")
CASUS_NAMES(Action, "accuse", "deny", "disclose", "staged_display", "conceal", "psy_op",
            "back_channel", "approach_officer", "consult_allies", "offer_talks", "mediate",
            "summit", "table_package", "threaten", "expel_envoys", "sanction", "ease_sanctions",
            "economic_aid", "arms_for_technology", "send_labour", "send_arms", "send_air_defence",
            "send_technicians", "share_intelligence", "lift_range", "cut_aid", "deploy_contingent",
            "withdraw_contingent", "mobilise", "repress", "rally_speech", "shift_posture",
            "joint_exercise", "missile_test", "nuclear_step", "offensive", "fortify", "deep_strike",
            "city_campaign", "seize_ground", "interdict", "limited_strike", "covert_collection",
            "cyber", "task_collection", "local_truce", "sign_settlement", "break_ceasefire",
            "nuclear_signal", "nuclear_use")
CASUS_NAMES(Dimension, "actor", "side", "sector", "contingent", "region", "action", "stock")

#undef CASUS_NAMES

}  // namespace casus::casefile
