// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/talks.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr std::string_view ucdp = "UCDP/PRIO inter-state episodes 1946-2023, own count";

constexpr Knob rows[] = {
    {"talks.up_back", "LN(0.05; 0.2)", 0.005, 0.3, "1/week", "none to back channel", Tag::prototype,
     "no published weekly transitions; back-solved", "2024-10-31"},
    {"talks.up_formal", "LN(0.04; 0.2)", 0.005, 0.3, "1/week", "back channel to formal",
     Tag::prototype, "as above", "2024-10-31"},
    {"talks.up_summit", "LN(0.03; 0.2)", 0.002, 0.3, "1/week", "formal to summit", Tag::prototype,
     "as above", "2024-10-31"},
    {"talks.down_back", "LN(0.04; 0.2)", 0.005, 0.5, "1/week", "back channel ends", Tag::prototype,
     "as above", "2024-10-31"},
    {"talks.down_formal", "LN(0.09; 0.2)", 0.005, 0.5, "1/week", "formal talks break off",
     Tag::prototype, "as above", "2024-10-31"},
    {"talks.down_summit", "LN(0.2; 0.2)", 0.02, 0.9, "1/week", "a summit is over", Tag::prototype,
     "as above", "2024-10-31"},
    {"talks.wariness", "LN(0.34; 0.3)", 0.05, 2.0, "ratio",
     "readiness of enemies to climb, at even trust", Tag::prototype,
     "formal talks in about one week of twelve", "2024-10-31"},
    {"talks.answer", "B(5, 5)", 0.05, 0.95, "share", "an opening is answered", Tag::judgement,
     "size judged", "2024-10-31"},
    {"talks.mediator", "LN(1.6; 0.2)", 1.0, 3.0, "ratio", "climbing where somebody mediates",
     Tag::judgement, "catalogue row 11", "2024-10-31"},
    {"talks.cut_off", "LN(1.3; 0.15)", 1.0, 2.5, "ratio",
     "climbing while a patron has cut a lead's aid", Tag::judgement, "catalogue row 26",
     "2024-10-31"},
    {"talks.offer", "LN(3; 0.3)", 1.0, 8.0, "ratio", "climbing where talks are offered",
     Tag::judgement, "catalogue row 10", "2024-10-31"},
    {"talks.war_cost", "LN(0.13; 0.4)", 0.02, 0.6, "stake per 3 years", "cost of fighting on (c)",
     Tag::judgement, "size judged", "2024-10-31"},
    {"talks.pride", "LN(0.11; 0.6)", 0.0, 0.5, "stake",
     "what leaders answerable for the war pay at home for less than victory", Tag::prototype,
     "Croco (2015); back-solved so that a bargain exists in about half of all starts",
     "2024-10-31"},
    {"talks.war_years", "LN(3; 0.3)", 0.5, 6.0, "years", "how long a war still lasts, as expected",
     Tag::derived, "episodes past three years end at a rate near 0.3 a year, own count",
     "2024-06-03"},
    {"talks.correlation", "U(0.5, 0.9)", 0.0, 1.0, "share",
     "both sides care about the same issues (r)", Tag::prototype,
     "back-solved; with Lambda it moves the hazard of peace by a factor of two "
     "to three",
     "2024-10-31"},
    {"talks.commitment", "LN(0.3; 0.4)", 0.05, 1.2, "stake",
     "fear that the other will use its growing strength (Lambda)", Tag::prototype,
     "Powell (2006); back-solved", "2024-10-31"},
    {"talks.rising_share", "B(8, 12)", 0.05, 0.95, "share",
     "of that fear, what the rising side feels", Tag::prototype, "mean 0.4, back-solved",
     "2024-10-31"},
    {"talks.belief", "B(5, 5)", 0.05, 0.95, "share",
     "believed chance that a guarantee would be honoured, at even trust times "
     "1.5",
     Tag::verified, "Berkemeier and Fuhrmann (2018): defence pacts honoured in 41 % of tests",
     "2018-02-01"},
    {"talks.gu_paper", "B(2, 12)", 0.005, 0.6, "share", "a promise on paper protects",
     Tag::judgement, "size judged", "2024-10-31"},
    {"talks.gu_monitored", "B(4, 9)", 0.02, 0.8, "share", "monitors protect", Tag::memory,
     "Fortna (2003): strong agreements last", "2003-05-01"},
    {"talks.gu_armed", "B(6, 7)", 0.05, 0.9, "share", "own arms and steady supply protect",
     Tag::judgement, "size judged", "2024-10-31"},
    {"talks.gu_deployed", "B(9, 5)", 0.1, 0.97, "share", "a deployed force or a treaty protects",
     Tag::judgement, "size judged after Fortna (2004)", "2004-05-01"},
    {"talks.sign", "LN(0.75; 0.3)", 0.03, 0.8, "1/week", "signature while a bargain is there",
     Tag::prototype, "back-solved", "2024-10-31"},
    {"talks.veto", "LN(0.1; 0.3)", 0.02, 0.4, "share", "spread of the veto of patrons",
     Tag::judgement, "size judged", "2024-10-31"},
    {"talks.recur_first", "LN(0.15; 0.6)", 0.01, 0.9, "1/year", "recurrence, first year",
     Tag::judgement, "the record is censored by its coding; judged above the later years",
     "2024-10-31"},
    {"talks.recur_later", "LN(0.052; 0.3)", 0.005, 0.3, "1/year", "recurrence, years two to five",
     Tag::derived, ucdp, "2024-06-03"},
    {"talks.recur_guarantee", "LN(1.2; 0.4)", 0.2, 4.0, "log", "guarantees lower it (gamma_G)",
     Tag::memory, "Fortna (2003): strong agreements cut the hazard by more than half",
     "2003-05-01"},
    {"talks.recur_shift", "LN(1.5; 0.4)", 0.1, 5.0, "log per share", "shifts of power raise it",
     Tag::memory, "Werner and Yuen (2005)", "2005-04-01"},
    {"talks.recur_imposed", "LN(0.5; 0.4)", 0.0, 2.0, "log", "dictated terms raise it", Tag::memory,
     "Werner and Yuen (2005)", "2005-04-01"},
    {"talks.recur_settled", "LN(0.5; 0.3)", 0.1, 1.0, "ratio", "settled status lowers it",
     Tag::judgement, "size judged", "2024-10-31"},
    {"talks.floor_density", "LN(0.08; 0.4)", 0.01, 0.25, "k/km",
     "troops in contact below which a front cannot hold", Tag::judgement,
     "thin screens of August 2024 in Kursk were near a tenth", "2024-08-31"},
    {"talks.collapse", "LN(0.25; 0.4)", 0.02, 0.9, "1/week",
     "collapse once below the floor for four weeks", Tag::judgement, "size judged", "2024-10-31"},
};

}  // namespace

std::span<const Knob> talks_knobs() { return rows; }

}  // namespace casus::world
