// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/operations.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr std::string_view disputes =
    "GML militarised disputes 2.2.1 since 1946, own count (n = 1,034 and 556)";

constexpr Knob rows[] = {
    {"operations.clash_rate", "LN(0.012; 0.6)", 0.001, 0.3, "1/year",
     "clashes at rung 6 of rivals who see each other at -5", Tag::judgement,
     "about one in seven years in Korea at far worse relations, 1999-2022", "2024-10-31"},
    {"operations.deterrence", "LN(0.35; 0.4)", 0.05, 1.0, "ratio",
     "clashes where both sides have nuclear arms; its root where an ally lends them",
     Tag::judgement, "GML: 122 disputes between nuclear states, few with fatal fire", "2016-06-01"},
    {"operations.clash_slope", "N(0.35, 0.1)", 0.0, 0.8, "log per point",
     "the rate rises as relations worsen", Tag::judgement, "size judged", "2024-10-31"},
    {"operations.war_given_clash", "B(3, 94)", 0.001, 0.15, "share",
     "a clash answered by force becomes open war", Tag::derived, disputes, "2016-06-01"},
    {"operations.reply", "B(4.5, 5.5)", 0.02, 0.98, "share",
     "a limited strike is answered by force within four weeks", Tag::derived, disputes,
     "2016-06-01"},
    {"operations.deniable", "LN(0.6; 0.3)", 0.2, 1.2, "odds ratio",
     "replies to an uncrewed and deniable strike", Tag::memory, "Lin-Greenberg (2022)",
     "2022-01-01"},
    {"operations.strike_tension", "U(3, 6)", 1.0, 8.0, "points",
     "how a limited strike worsens relations", Tag::judgement, "catalogue row 42", "2024-10-31"},
    {"operations.rally_initiator", "N(0, 0.12)", -0.5, 0.5, "logit",
     "rally behind who begins a limited use of force", Tag::verified,
     "Baker and Oneal (2001): small and insignificant; Seo and Horiuchi "
     "(2024): lower",
     "2024-03-01"},
    {"operations.rally_homeland", "N(0.35, 0.25)", -0.4, 1.2, "logit",
     "rally behind who is struck at home", Tag::memory, "size judged after Lai and Reiter (2005)",
     "2005-06-01"},
    {"operations.rally_closed", "LN(1.3; 0.3)", 0.5, 3.0, "ratio",
     "that rally as a closed regime shows it", Tag::judgement, "size judged", "2024-10-31"},
    {"operations.leak_drones", "N(-1.6, 0.4)", -4.0, 1.0, "logit",
     "drones that leak through without air defence to speak of (a_k)", Tag::verified,
     "80-90 % of drones claimed shot down, by month", "2024-10-31"},
    {"operations.leak_missiles", "N(0, 0.5)", -2.5, 2.5, "logit", "missiles that leak through",
     Tag::verified, "30-55 % of missiles claimed shot down, by month", "2024-10-31"},
    {"operations.damage", "LN(0.0001; 0.5)", 0.00001, 0.001, "share per leaker",
     "energy and transport lost per drone that gets through; a missile counts "
     "fivefold",
     Tag::judgement, "half of generation lost to some thousands of leakers in 2022-24",
     "2024-10-31"},
    {"operations.repair", "LN(8; 0.4)", 2.0, 30.0, "weeks", "half-life of damage", Tag::judgement,
     "size judged", "2024-10-31"},
    {"operations.sabotage", "B(2, 6)", 0.02, 0.9, "share", "an attempt at sabotage succeeds",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.sabotage_hit", "B(2, 3)", 0.05, 0.95, "share", "capacity lost where it does",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.capture", "B(1, 12)", 0.001, 0.6, "share/week", "collectors are caught",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.officer_base", "N(-4.5, 0.5)", -7.0, -2.0, "logit", "an approached officer is won",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.officer_exposed", "B(2, 5)", 0.02, 0.9, "share", "a failed approach is exposed",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.latency", "LN(3; 0.5)", 0.5, 12.0, "years", "time to a nuclear weapon",
     Tag::judgement, "size judged", "2024-10-31"},
    {"operations.nuclear_base", "G(0.5, 82)", 0.0, 0.03, "1/year",
     "nuclear use once a state of open war with a third party is reached", Tag::derived,
     "none in 79 years, Jeffreys; median 0.003 a year", "2024-08-09"},
    {"operations.nuclear_losing", "LN(5; 0.8)", 1.0, 25.0, "ratio",
     "the same for a losing nuclear belligerent whose core is threatened", Tag::judgement,
     "size judged; to be shown as a band only", "2024-10-31"},
};

}  // namespace

std::span<const Knob> operation_knobs() { return rows; }

}  // namespace casus::world
