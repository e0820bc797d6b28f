// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/leaders.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr std::string_view archigos = "Archigos 4.1, 4,396 leader-years since 1990, own count";

constexpr std::string_view regular_exits =
    "0.17 of all leader-years since 1990 (Archigos 4.1, own count), shared out by regime: judged";

constexpr Knob rows[] = {
    {"leaders.regular_exit", "LN(0.25; 0.15)", 0.05, 0.5, "1/year",
     "regular exits of open states where no election is on the calendar", Tag::judgement,
     regular_exits, "2016-06-01"},
    {"leaders.handover", "LN(0.1; 0.4)", 0.01, 0.4, "1/year",
     "regular exits under managed rule: ends of terms, arranged successions", Tag::judgement,
     regular_exits, "2016-06-01"},
    {"leaders.handover_closed", "LN(0.04; 0.5)", 0.002, 0.3, "1/year",
     "regular exits under closed rule", Tag::judgement, regular_exits, "2016-06-01"},
    {"leaders.old_handover", "LN(0.5; 0.3)", 0.1, 1.5, "ratio",
     "regular exits of leaders of 65 and more after 15 years in power, where no votes are counted",
     Tag::derived, archigos, "2016-06-01"},
    {"leaders.irregular_exit", "LN(0.02; 0.3)", 0.002, 0.1, "1/year",
     "irregular exits at middling cohesion", Tag::derived, archigos, "2016-06-01"},
    {"leaders.natural_exit", "LN(0.0105; 0.3)", 0.002, 0.06, "1/year",
     "deaths and ill health in office", Tag::derived, archigos, "2016-06-01"},
    {"leaders.old_natural", "LN(4.6; 0.2)", 1.0, 12.0, "ratio",
     "deaths and ill health of leaders of 65 and more after 15 years in power", Tag::derived,
     archigos, "2016-06-01"},
    {"leaders.old_coup", "LN(1.35; 0.3)", 0.3, 4.0, "ratio", "irregular exits of the same",
     Tag::derived, archigos, "2016-06-01"},
    {"leaders.elite_exit", "N(2, 0.5)", 0.0, 5.0, "log per share",
     "irregular exits rise as cohesion falls below 0.4", Tag::judgement,
     "Chiozza and Goemans (2004) on defeat and removal; judged: at cohesion 0.2 half as many exits "
     "again (e^0.4)",
     "2004-07-01"},
    {"leaders.defeat_exit", "N(1, 0.4)", 0.0, 3.0, "log", "irregular exits when a war goes badly",
     Tag::judgement,
     "Debs and Goemans (2010): outcomes of war cost autocrats their office more than democrats; "
     "judged at 2.7 times in a war that goes badly, a factor of 2.2 either way",
     "2010-08-01"},
    {"leaders.loss_base", "N(-0.3, 0.3)", -2.0, 2.0, "logit",
     "chance that an incumbent line loses at half approval, where the case "
     "names none",
     Tag::judgement, "incumbents win a little more often than not", "2024-10-31"},
    {"leaders.loss_approval", "N(3, 1)", 0.0, 8.0, "logit per share",
     "what approval below one half adds to it", Tag::judgement,
     "approval foretells the vote (Lewis-Beck and Rice 1982 for the United States); judged: at 40 "
     "% approval the odds of losing rise by a third",
     "1982-12-31"},
    {"leaders.loss_growth", "N(-0.1, 0.05)", -0.5, 0.0, "logit per % / year",
     "what growth takes from it", Tag::judgement,
     "economic voting has this sign and differs by country (Powell and Whitten 1993, Duch and "
     "Stevenson 2008); judged a tenth of the odds per point, may be nil in war",
     "2008-12-31"},
    {"leaders.keep_open", "B(12, 8)", 0.1, 0.95, "share",
     "share of its wants a democracy keeps when the line changes", Tag::judgement,
     "Mattes, Leeds and Carroll (2015): policy, read from votes at the UN, changes when the groups "
     "behind the leader change, less under democratic institutions; the share kept is judged, mean "
     "0.6",
     "2015-06-30"},
    {"leaders.keep_closed", "B(17, 3)", 0.3, 0.99, "share",
     "share of its wants a closed regime keeps under an heir", Tag::judgement,
     "Mattes, Leeds and Carroll (2015): the same groups behind a new leader, the same policy, "
     "which is the case of an heir; the share kept is judged, mean 0.85",
     "2015-06-30"},
    {"leaders.settling_in", "LN(3; 0.3)", 1.0, 8.0, "weeks",
     "weeks before a new government decides", Tag::judgement,
     "Smith and Spaniel (2018): crises of new leaders are a quarter likelier to last beyond a "
     "month; three weeks judged after it",
     "2018-12-31"},
    {"leaders.aid_cut", "B(4, 4)", 0.05, 0.95, "share",
     "chance that an adverse turnover cuts new aid", Tag::judgement,
     "stated positions before November 2024 divided opinion about evenly; wide", "2024-10-31"},
    {"leaders.aid_factor", "LN(0.3; 0.9)", 0.02, 1.2, "ratio", "new aid under a line that cuts it",
     Tag::judgement,
     "commitments fell 87 % in autumn 2023 (Kiel tracker) and came back; "
     "widened",
     "2024-10-31"},
    {"leaders.elite_pull", "LN(0.02; 0.4)", 0.002, 0.1, "1/week",
     "pull of cohesion to what regime, pressure and success support", Tag::judgement,
     "judged: half of the way in two thirds of a year, slower than publics, faster than regimes; a "
     "factor of 2.2 either way",
     ""},
    {"leaders.oil_anchor", "LN(73; 0.12)", 40.0, 130.0, "USD/barrel",
     "price of oil that shocks fade back to", Tag::memory,
     "Brent near 73 dollars at the end of "
     "October 2024",
     "2024-10-31"},
    {"leaders.oil_week", "LN(0.03; 0.25)", 0.005, 0.1, "log/week", "weekly spread of the price",
     Tag::judgement, "calm year of the market", "2024-10-31"},
    {"leaders.oil_shock", "LN(1; 0.3)", 0.1, 4.0, "1/year", "shocks of 20 % to the price",
     Tag::judgement,
     "judged: jumps of a fifth beside the weekly spread come about once a year, more often in 2020 "
     "and 2022, in some calm years never",
     ""},
    {"leaders.scandal", "LN(0.8; 0.3)", 0.05, 4.0, "1/year", "scandals in an open society",
     Tag::judgement,
     "judged: one in fifteen months that shakes a government and not only a minister; a factor of "
     "1.8 either way",
     ""},
    {"leaders.mutiny", "LN(0.05; 0.5)", 0.002, 0.5, "1/year", "mutinies under managed rule",
     Tag::judgement, "one in Russia in two and a half years of war", "2023-06-24"},
    {"leaders.massacre", "LN(0.7; 0.3)", 0.05, 4.0, "1/year",
     "incidents with many dead civilians while a war is fought", Tag::memory,
     "Kramatorsk (April 2022), Dnipro (January 2023), Hroza (October 2023): some fifty dead each, "
     "on one side in 32 months; 0.6 a year and side, with one not counted 0.7",
     "2023-10-05"},
    {"leaders.disaster", "LN(0.3; 0.3)", 0.02, 2.0, "1/year", "disasters of infrastructure",
     Tag::judgement,
     "judged: a dam, grid or bridge that a whole country feels once in three years; a factor of "
     "1.8 either way",
     ""},
    {"leaders.harvest", "LN(0.1; 0.4)", 0.01, 1.0, "1/year", "epidemics and failed harvests",
     Tag::judgement,
     "judged: about once in ten years, as the pandemic of 2020 or North Korea's famine of the "
     "1990s; a factor of 2.2 either way",
     "2020-03-11"},
    {"leaders.outage", "LN(0.4; 0.3)", 0.02, 2.0, "1/year", "major cyber incidents", Tag::memory,
     "against Ukraine NotPetya (June 2017), Viasat (February 2022), Kyivstar (December 2023): "
     "three in seven years",
     "2023-12-12"},
    {"leaders.border", "LN(0.5; 0.4)", 0.02, 3.0, "1/year", "border incidents of tense rivals",
     Tag::memory,
     "fire across the line in Korea in 2010, 2014, 2015 and 2020: one in three years; judged "
     "higher for pairs without a zone between them",
     "2020-05-03"},
    {"leaders.accident", "LN(0.02; 0.6)", 0.001, 0.3, "1/year",
     "accidents at sea or in the air between tense rivals", Tag::memory,
     "Hainan (April 2001) and the drone over the Black Sea (March 2023): two in a quarter of a "
     "century among some five tense pairs",
     "2023-03-14"},
};

}  // namespace

std::span<const Knob> leader_knobs() { return rows; }

}  // namespace casus::world
