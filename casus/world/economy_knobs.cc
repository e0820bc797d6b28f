// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/economy.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob rows[] = {
    {"economy.sanction_growth", "LN(2.8; 0.3)", 0.5, 7.0, "% / year",
     "growth lost under full sanctions without evasion (b_s)", Tag::verified,
     "Neuenkirch and Neumeier (2015): UN 2.3-3.5, comprehensive above 5, US "
     "0.5-0.9 points",
     "2015-12-01"},
    {"economy.evasion_end", "B(5, 4)", 0.05, 0.95, "share", "evasion reached in the end (ev*)",
     Tag::judgement,
     "Early (2015): large trade through third states makes sanctions fail, without a share; judged "
     "a little more than half, between a quarter and five sixths",
     "2015-04-01"},
    {"economy.evasion_weeks", "LN(60; 0.4)", 10.0, 250.0, "weeks", "time in which evasion grows",
     Tag::judgement,
     "judged: tankers without Western cover came to carry most Russian crude some 60 weeks after "
     "the cap of December 2022",
     "2024-03-31"},
    {"economy.sanction_step", "U(0.05, 0.2)", 0.01, 0.4, "share",
     "sanctions one act adds or takes at intensity 1 by a large economy", Tag::judgement,
     "catalogue row 16", "2024-10-31"},
    {"economy.boom", "LN(0.4; 0.4)", 0.05, 1.5, "points per % of GDP",
     "growth from extra military spending (b_m)", Tag::verified,
     "Barro and Redlick (2011): a temporary rise of US defence spending adds 0.4-0.5 of it to "
     "output in the year, 0.6-0.7 over two",
     "2011-02-01"},
    {"economy.oil_growth", "N(0.03, 0.01)", 0.0, 0.08, "points per %",
     "growth of exporters by the price of oil", Tag::judgement,
     "Rautava (2002): a price higher by 10 % for good goes with 2.2 % more Russian output in the "
     "long run; a seventh of that in a year's growth, with the budget rule of 2017 between, is "
     "judged",
     "2002-03-11"},
    {"economy.oil_budget", "LN(8; 0.3)", 1.0, 20.0, "% of GDP",
     "share of output that budgets of exporters draw from oil", Tag::memory,
     "oil and gas near a third of Russian federal revenue in 2023", "2024-02-01"},
    {"economy.growth_weeks", "LN(26; 0.3)", 8.0, 80.0, "weeks", "time in which growth adjusts",
     Tag::judgement, "judged: half a year, the lag after which quarterly output answers spending",
     ""},
    {"economy.growth_noise", "LN(0.08; 0.3)", 0.0, 0.4, "% / year", "weekly innovation of growth",
     Tag::judgement, "sd of about 0.3 points a year", "2024-10-31"},
    {"economy.war_cost", "LN(0.16; 0.35)", 0.03, 0.8, "USD bn per thousand and year",
     "cost of a thousand soldiers at war, with what they use", Tag::derived,
     "Russian defence and security near 7 % of output for about 650,000 men "
     "(2024 budget)",
     "2024-10-31"},
    {"economy.deficit", "T(0.5, 1.7, 4)", 0.0, 8.0, "% of GDP / year",
     "deficit of a state at war (def0)", Tag::verified, "Russian deficit of 1.7 % planned for 2024",
     "2024-10-31"},
    {"economy.new_taxes", "LN(0.1; 0.5)", 0.0, 0.6, "% of GDP / week",
     "budget a state finds a week when its room is gone", Tag::judgement,
     "Russia's tax law of July 2024 was to bring some 1.3 % of output a year, 0.03 % a week; an "
     "emergency is judged at four times that pace",
     "2024-07-12"},
    {"economy.pressure_growth", "N(0.25, 0.08)", 0.0, 0.6, "logit per % / year",
     "pressure growth takes away (a1)", Tag::judgement,
     "judged: four points of growth move pressure by one logit, from 20 to 40 %", ""},
    {"economy.pressure_money", "N(0.05, 0.02)", 0.0, 0.15, "logit per % of GDP",
     "pressure money takes away (a2)", Tag::judgement,
     "judged: ten points of room relieve half a logit, twelve points at even pressure", ""},
    {"economy.pressure_ration", "N(1, 0.3)", 0.0, 2.5, "logit per step",
     "pressure of a ration step, half of energy and transport lost (a3)", Tag::judgement,
     "judged: a cut of rations or half the grid gone weighs like four points of growth", ""},
    {"economy.default", "LN(0.01; 0.6)", 0.0005, 0.1, "1/week",
     "a debtor of a deal defaults on what it owes", Tag::judgement,
     "judged: a debtor that is not forced pays for two years in the mean; a factor of 3 either way",
     ""},
    {"economy.visible_return", "B(2, 9)", 0.01, 0.7, "share",
     "what is paid within half a year of what arms are worth", Tag::verified,
     "Guseinova (2024): arms of 1.7-5.5 bn dollars against little seen in "
     "return",
     "2024-10-25"},
    {"economy.shell_price", "LN(0.0008; 0.5)", 0.0002, 0.004, "USD m", "price of a shell in a deal",
     Tag::derived, "1.7-5.5 bn dollars for four to six million rounds (Guseinova 2024)",
     "2024-10-25"},
    {"economy.milestone", "LN(110; 0.4)", 20.0, 400.0, "weeks",
     "mean time to a technology milestone under a deal", Tag::judgement,
     "judged, in three stages of eight months: what is taught, what is built, what flies; a factor "
     "of 2.2 either way",
     ""},
    {"economy.deal_noise", "LN(1; 0.3)", 0.2, 4.0, "points", "spread of choice over deals (tau)",
     Tag::judgement,
     "the unit in which worths of deals are counted, as the spread of a menu is of acts; a factor "
     "of 1.8 either way",
     ""},
    {"economy.political_cost", "LN(0.8; 0.4)", 0.05, 4.0, "points",
     "cost of being seen to deal with the partner (pol)", Tag::judgement,
     "judged a little below that unit: resolution 1718 (2006) forbids such deals, and yet they are "
     "made",
     "2006-10-14"},
    {"economy.wage", "LN(0.46; 0.3)", 0.05, 2.0, "USD m per thousand and week",
     "pay for men who serve abroad", Tag::derived,
     "about 2,000 dollars a man and month (South Korean service, 23 October 2024)", "2024-10-23"},
    {"economy.provisions", "LN(0.02; 0.4)", 0.004, 0.1, "share of GDP",
     "food and oil from abroad that take away the need of a closed economy", Tag::memory,
     "North Korea's trade with China came to about a tenth of its output in 2023, a fifth of that "
     "food and fuel; from memory",
     "2024-01-18"},
    {"economy.relief", "N(0.5, 0.2)", 0.0, 1.5, "logit",
     "pressure that provisions for all need would take away", Tag::judgement,
     "judged at half a ration step", ""},
    {"economy.tie", "B(4, 6)", 0.0, 0.95, "share",
     "of the political cost of a deal that a full bond of the rulers takes away", Tag::judgement,
     "judged: friendship of rulers spares two fifths of the cost, between a tenth and seven tenths",
     ""},
    {"economy.workers", "B(2, 5)", 0.0, 0.9, "share",
     "rise of one-way drone output by a full dispatch of workers", Tag::judgement,
     "workers announced for the drone plants", "2024-10-31"},
};

}  // namespace

std::span<const Knob> economy_knobs() { return rows; }

}  // namespace casus::world
