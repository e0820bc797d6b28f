// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/reports.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob rows[] = {
    {"reports.detect", "LN(1; 0.3)", 0.3, 3.0, "ratio", "rates of detection against the table's",
     Tag::judgement, "model of sources: every rate is sampled with log-sd 0.3", "2024-10-31"},
    {"reports.conceal", "LN(0.5; 0.3)", 0.1, 1.0, "ratio", "detection of what is concealed",
     Tag::judgement,
     "judged: good concealment halves what is seen and does not end it, since kinds of collection "
     "differ; a factor of 1.8 either way",
     ""},
    {"reports.display", "U(0.5, 2)", 0.0, 4.0, "reports / week", "false reports a display puts out",
     Tag::judgement,
     "judged: a display that nobody reports is none, and more than two stories a week would be "
     "checked against each other",
     ""},
    {"reports.exposed", "LN(0.02; 0.5)", 0.001, 0.2, "1/week", "a display or deception is exposed",
     Tag::judgement,
     "judged per channel that watches: one exposed in a year; a factor of 2.7 either way", ""},
    {"reports.hours", "LN(0.5; 0.4)", 0.05, 1.0, "weeks/week",
     "hours of extra collection that come back a week, in weeks of full tasking", Tag::judgement,
     "judged: crews and satellites bear a surge of some weeks and need as long to recover", ""},
    {"reports.switch", "LN(0.03; 0.4)", 0.0, 0.2, "1/week", "plans of deception fade",
     Tag::judgement, "judged: a plan lasts two thirds of a year before what it hid is past", ""},
    {"beliefs.conservatism", "B(6, 3)", 0.1, 1.0, "share", "how much of a weight is taken (eta)",
     Tag::judgement,
     "Edwards (1968): people took two to five observations to do the work of one, a share of "
     "0.2-0.5; staffs with files are judged to take two thirds",
     "1968-12-31"},
    {"beliefs.stale", "LN(12; 0.4)", 3.0, 40.0, "weeks", "half-life of beliefs without news",
     Tag::judgement,
     "judged: an estimate without news is worth half after a quarter of a year, the rhythm of "
     "deployments; a factor of 2.2 either way",
     ""},
    {"beliefs.arrival", "LN(0.7; 0.2)", 0.2, 1.0, "share",
     "reports on their way that arrive in a week", Tag::derived,
     "delays of three days to a week and a half by kind", "2024-10-31"},
    {"beliefs.trend_noise", "LN(0.2; 0.3)", 0.02, 0.8, "share",
     "error of an actor's view of the week's front", Tag::judgement,
     "open maps agree within a fifth", "2024-10-31"},
    {"beliefs.force_noise", "LN(0.15; 0.3)", 0.02, 0.6, "log", "error of a week's force estimate",
     Tag::derived, "claims of 520,000 and of almost 700,000 within a month of 2024", "2024-07-24"},
    {"beliefs.enemy_dead", "N(0.35, 0.3)", -0.5, 1.2, "log", "bias of counts of enemy dead",
     Tag::verified, "claims of an enemy against independent counts", "2024-10-31"},
    {"beliefs.optimism_rest", "N(0.12, 0.05)", -0.2, 0.5, "share",
     "sum of both sides' believed chances above one, in the long run", Tag::prototype,
     "back-solved for the hazard of peace in long wars", "2024-10-31"},
    {"beliefs.surprise", "LN(0.03; 0.5)", 0.0, 0.2, "share",
     "optimism lost per surprise of 100 km2 a week", Tag::judgement,
     "Slantchev (2003): fighting teaches; judged a sixth of the illusion at the start for a week "
     "of 100 km2 nobody expected",
     "2003-11-01"},
    {"beliefs.misreading", "LN(1; 0.5)", 0.0, 4.0, "points",
     "how much worse a foe reads a defensive act (b_sd)", Tag::judgement,
     "Jervis (1976) on the security dilemma gives no size; judged one Goldstein point, the step "
     "from a routine act to a complaint; a factor of 2.7 either way",
     "1976-12-31"},
    {"beliefs.hawk_reading", "LN(0.15; 0.6)", 0.0, 1.0, "nats per point",
     "how much more of a hawk a foe takes one for whose defensive act it read as worse",
     Tag::judgement,
     "Jervis (1976); judged: five points of such reading double the odds that the other is a hawk; "
     "a factor of 3 either way",
     "1976-12-31"},
    {"beliefs.aid_cover", "N(0.5, 0.15)", 0.0, 1.2, "logit", "chance of prevailing by aid",
     Tag::prototype, "back-solved with optimism_rest for the hazard of peace in long wars",
     "2024-10-31"},
};

}  // namespace

std::span<const Knob> report_knobs() { return rows; }

}  // namespace casus::world
