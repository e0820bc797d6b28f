// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/alliances.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob rows[] = {
    {"alliances.need", "N(0.8, 0.3)", 0.0, 2.0, "log per share", "aid follows need (b_n)",
     Tag::judgement,
     "judged: full need against none brings 2.2 times the aid; months in which both moved are too "
     "few to estimate it",
     ""},
    {"alliances.support", "N(1, 0.4)", 0.0, 3.0, "log per share",
     "aid follows the donor's public (b_W)", Tag::judgement,
     "judged: ten points of support move aid by a tenth; governments led their publics as often as "
     "they followed",
     ""},
    {"alliances.fatigue", "LN(0.1; 0.5)", 0.0, 0.6, "log per year", "aid tires", Tag::judgement,
     "Kiel tracker to August 2024: no steady fall in two and a half years; judged a tenth a year "
     "of what need and publics would give, a factor of 2.7 either way",
     "2024-10-31"},
    {"alliances.adjust", "LN(10; 0.4)", 3.0, 40.0, "weeks", "time in which aid adjusts (tau_a)",
     Tag::judgement,
     "judged: a quarter of a year, the rhythm of supplementary budgets and of series of packages",
     ""},
    {"alliances.matching", "N(0.2, 0.2)", -0.5, 2.0, "log per act",
     "aid answers new contingents and arms for the enemy (b_m)", Tag::judgement,
     "no surge of aid followed the reports of troops in October 2024", "2024-10-31"},
    {"alliances.follow", "N(0.25, 0.4)", -0.8, 1.5, "log per log",
     "other donors follow a new government that turns away; below 0 they make up for it",
     Tag::judgement, "Europeans spoke of both in 2024; none could replace the largest donor's arms",
     "2024-10-31"},
    {"alliances.pipeline", "LN(14; 0.4)", 3.0, 60.0, "weeks", "from decision to delivery",
     Tag::judgement,
     "judged, in three stages: from stocks within weeks, from works in a year and more", ""},
    {"alliances.lame_duck", "U(0.5, 1.2)", 0.0, 1.6, "ratio",
     "new aid between a lost election and the inauguration", Tag::judgement,
     "a freeze is usual; the outgoing US government said it would spend all it "
     "may",
     "2024-10-31"},
    {"alliances.cut", "U(0.1, 0.5)", 0.0, 0.9, "ratio", "aid under a cut at intensity 1",
     Tag::judgement, "catalogue row 26", "2024-10-31"},
    {"alliances.economic", "LN(0.15; 0.5)", 0.01, 0.8, "USD bn / week",
     "economic aid of a large donor at intensity 1", Tag::judgement, "catalogue row 18",
     "2024-10-31"},
    {"alliances.honour", "B(2.5, 3.7)", 0.02, 0.95, "share",
     "chance that a tested defence pact brings the party in within 26 weeks", Tag::verified,
     "Berkemeier and Fuhrmann (2018): 41 % of defence pacts honoured, 22 % of "
     "all after 1945",
     "2018-02-01"},
    {"alliances.unbound", "LN(0.003; 0.8)", 0.0, 0.05, "1/year",
     "entry of a power that no tested pact binds, at middling covariates", Tag::judgement,
     "judged: in the long inter-state wars since 1946 outsiders without a pact hardly ever entered "
     "after the first year; one in three hundred years, a factor of 5 either way",
     ""},
    {"alliances.entry_threat", "N(0.8, 0.3)", 0.0, 2.0, "log per share", "entry: threat (b_v)",
     Tag::judgement,
     "no estimate for outsiders to a running war; judged: full threat against none multiplies the "
     "hazard by 2.2",
     ""},
    {"alliances.entry_support", "N(0.6, 0.3)", 0.0, 2.0, "log per share",
     "entry: support at home (b_W)", Tag::judgement,
     "judged: full support against none multiplies the hazard by 1.8; may be nil", ""},
    {"alliances.entry_deal", "N(0.8, 0.3)", 0.0, 2.0, "log", "entry: a deal with the ally (b_d)",
     Tag::judgement, "judged: a running deal binds like half a pact, 2.2 times the hazard", ""},
    {"alliances.entry_tension", "N(-0.15, 0.05)", -0.5, 0.0, "log per point",
     "entry: how the enemy is seen (b_x)", Tag::judgement,
     "judged: relations at -10 and not at -5 double the hazard", ""},
    {"alliances.entry_cost", "N(1, 0.3)", 0.0, 3.0, "log per share",
     "entry: what it would cost, higher against a nuclear power (b_c)", Tag::judgement,
     "judged: full cost against none takes two thirds of the hazard; no power without a pact has "
     "entered against a nuclear one on its own soil",
     ""},
    {"alliances.expedition", "LN(0.1; 0.6)", 0.0, 0.6, "share",
     "of an entrant's force sent to the front every half year", Tag::judgement,
     "the United States had about a seventh of its men in Korea within half a year of entering; "
     "judged a tenth, a factor of 3 either way",
     "1950-12-31"},
    {"alliances.entry_treaty", "N(1.2, 0.4)", 0.0, 3.0, "log",
     "entry: a pact that is not tested by attack (b_T)", Tag::judgement,
     "Leeds, Long and Mitchell (2000): obligations that fall due are kept in 74.5 % of cases; a "
     "pact not yet due is judged to weigh 3.3 times",
     "2000-10-01"},
    {"alliances.ratify", "LN(6; 0.5)", 1.0, 60.0, "weeks",
     "until a signed pact that is not in force comes into force", Tag::judgement,
     "Russia's lower house ratified the pact with North Korea on 24 October 2024", "2024-10-24"},
    {"alliances.tie_aid", "N(0.3, 0.2)", -0.2, 1.0, "log per share",
     "aid: a personal bond of the two rulers", Tag::judgement,
     "Holmes (2018) argues that leaders who meet trust each other more, without a size; judged 1.3 "
     "times the aid for a full bond, may be nil",
     "2018-12-31"},
    {"alliances.entry_tie", "N(0.4, 0.3)", -0.4, 1.6, "log per share",
     "entry: a personal bond with the ally's ruler", Tag::judgement,
     "as of aid, Holmes (2018); judged 1.5 times the hazard for a full bond, may be nil",
     "2018-12-31"},
    {"alliances.tie_heir", "B(2, 6)", 0.0, 0.9, "share",
     "of a bond between rulers that outlives one of them in office", Tag::judgement,
     "McGillivray and Smith (2008): what rests on a leader goes with the leader; judged a quarter "
     "left, between none and three fifths",
     "2008-12-31"},
    {"alliances.vote_spread", "LN(0.03; 0.4)", 0.005, 0.2, "share",
     "seats by which a vote that was counted beforehand may still miss", Tag::judgement,
     "the aid law of April 2024 passed by 71 %, half a year after it was asked for", "2024-04-24"},
    {"alliances.vote_swing", "N(0.2, 0.1)", 0.0, 0.6, "share per share",
     "seats that follow the support shown at home", Tag::judgement,
     "Stimson, MacKuen and Erikson (1995): houses follow opinion; judged two seats in a hundred "
     "for ten points",
     "1995-09-01"},
    {"alliances.lapse", "B(5, 5)", 0.05, 0.95, "share",
     "of its aid that a donor still gives while nothing is voted", Tag::judgement,
     "deliveries went on at a lower rate from October 2023 to April 2024", "2024-04-24"},
    {"alliances.vote_wait", "LN(12; 0.5)", 2.0, 52.0, "weeks",
     "from one vote that failed to the next", Tag::judgement,
     "half a year passed from the first request to the law of April 2024", "2024-04-24"},
    {"alliances.neutral_turn", "LN(0.04; 0.6)", 0.0, 0.4, "1/year",
     "a neutral gives up its neutrality", Tag::memory,
     "no neutral of Europe gave it up from 1955 to 2021, two of six (Finland, Sweden) within two "
     "years of 2022; judged between, with neutral_push",
     "2024-03-07"},
    {"alliances.neutral_push", "LN(4; 0.5)", 1.0, 15.0, "ratio",
     "each new patron of the enemy multiplies that", Tag::judgement,
     "from the same record: quiet years against those after the invasion; a factor of 2.7 either "
     "way",
     "2024-03-07"},
};

}  // namespace

std::span<const Knob> alliance_knobs() { return rows; }

}  // namespace casus::world
