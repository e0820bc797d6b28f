// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/choice_knobs.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr std::string_view base_rates =
    "set so that acts per actor and week are plausible (docs/models/decisions.md)";

constexpr Knob knob_rows[] = {
    {"choice.wait_open", "N(3.4, 0.25)", 1.0, 7.0, "logit",
     "pull of doing nothing new, open regimes", Tag::judgement, base_rates, "2024-10-31"},
    {"choice.wait_managed", "N(3.1, 0.25)", 1.0, 7.0, "logit", "the same, managed regimes",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.wait_closed", "N(3.1, 0.25)", 1.0, 7.0, "logit", "the same, closed regimes",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.war_pace", "N(1.0, 0.25)", 0.0, 3.0, "logit", "how far fighting takes from waiting",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.provoked", "N(1.0, 0.3)", 0.0, 3.0, "logit",
     "how far a grave provocation takes from waiting", Tag::judgement,
     "disputes since 1946: display answered in 42 %, force in 53 %", "2024-10-31"},
    {"choice.in_kind", "N(1.2, 0.3)", 0.0, 3.0, "logit",
     "pull of shows of strength after a provocation", Tag::judgement, "disputes since 1946",
     "2024-10-31"},
    {"choice.caution", "N(0.8, 0.15)", 0.2, 2.0, "logit per rung",
     "reluctance per rung above 3, in the war per rung above 7", Tag::judgement, base_rates,
     "2024-10-31"},
    {"choice.nest", "U(0.5, 0.9)", 0.3, 1.0, "ratio",
     "how independent acts of a family are, 1 = wholly", Tag::judgement,
     "nested logit, decisions.md", "2024-10-31"},
    {"choice.words", "N(1.0, 0.2)", -3.0, 3.0, "logit", "base rate of words", Tag::judgement,
     base_rates, "2024-10-31"},
    {"choice.diplomacy", "N(0.2, 0.2)", -3.0, 3.0, "logit", "base rate of diplomacy",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.economic", "N(0.3, 0.2)", -3.0, 3.0, "logit", "base rate of economic acts",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.material", "N(0.4, 0.2)", -3.0, 3.0, "logit", "base rate of material support",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.posture", "N(-0.4, 0.2)", -3.0, 3.0, "logit", "base rate of posture", Tag::judgement,
     base_rates, "2024-10-31"},
    {"choice.covert", "N(-0.6, 0.2)", -3.0, 3.0, "logit", "base rate of covert acts",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.kinetic", "N(0.6, 0.2)", -3.0, 3.0, "logit", "base rate of force, before caution",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.restraint", "N(-1.2, 0.2)", -3.0, 3.0, "logit", "base rate of restraint",
     Tag::judgement, base_rates, "2024-10-31"},
    {"choice.votes", "T(1, 1, 4)", 1.0, 4.0, "power",
     "how decisive a majority of a collective's voices is", Tag::judgement,
     "1, 2 or 4 in the KTAB papers (Wise, Lester & Efird 2015); the mildest is judged likeliest",
     "2015-12-31"},
    {"choice.voices", "LN(1; 0.3)", 0.2, 3.0, "logit",
     "how far members' own leanings move their votes", Tag::judgement,
     "judged: a member that leans fully to a family of acts makes it e times as likely in its own "
     "vote; a factor of 1.8 either way",
     ""},
};

}  // namespace

std::span<const Knob> choice_knobs() { return knob_rows; }

}  // namespace casus::world
