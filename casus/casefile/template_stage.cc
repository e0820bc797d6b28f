// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/template_files.h"

// The files of the invented case, word for word. Long lines are lines of the files.
// clang-format off
namespace casus::casefile {

const std::string_view template_case_yaml = R"~~(# A case to start from: everything in it is invented. Change it file by file and run `casus check` after each change;
# what is wrong is told with file, line and a way out. The format is described in docs/case-format.md.
casus: 1
id: amber_sound
title: Tesk's men in the war over the Amber Sound
question: Has Tesk sent troops to Morvane, will they fight at the Sound, and what should Kareth do?
as_of: 2031-03-31                # nothing below may have become known later
horizon_weeks: 52
handling: TLP:GREEN
include: []                      # folders with files shared by several cases

# Two sides; the order matters: side 0 is counted as gaining ground where the line moves its way.
war:
  began: 2030-09-02
  sides:
    - {id: morvane_side, lead: morvane, members: [morvane, tesk]}
    - {id: kareth_side, lead: kareth, members: [kareth]}

# Where numbers come from. A quantity that names a reference is tagged V (read there) unless it says otherwise.
references:
  - {id: almanac_2031, text: "Almanac of Forces 2031, tables 4 to 9", url: "https://example.org/almanac", published: 2031-01-15}
  - {id: sound_survey, text: "Survey of the Sound: roads, rails and ferries", published: 2029-06-01}
  - {id: line_map_march, text: "Map of the line, edition of 24 March 2031", url: "https://example.org/line", published: 2031-03-24}
  - {id: budget_papers, text: "Kareth, budget papers for 2031", published: 2030-12-10}

calendar:
  # p: the chance that the governing line loses; the new government takes office with the inauguration that `follows`
  - {id: kareth_vote, date: 2031-06-15, kind: election, actor: kareth, text: "Kareth elects its assembly", p: 0.35}
  - {id: kareth_office, date: 2031-07-14, kind: inauguration, actor: kareth, text: "The new assembly sits", follows: kareth_vote}
  - {id: tesk_summit, date: 2031-05-05, kind: summit, actor: tesk, text: "The leaders of Morvane and Tesk meet", ref: sound_survey, tag: J}
)~~";

const std::string_view template_actors_yaml = R"~~(# Who decides. What an actor leaves out is filled in by the engine's priors for its openness.
actors:
  - id: morvane
    name: Morvane
    kind: state
    roles: [belligerent, great_power]
    openness: closed
    seat: Chairman of Morvane
    start:
      support: {prior: "B(24, 8)", unit: share}
      fiscal_room: {prior: "LN(0.02; 0.4)", unit: share}
      gdp: {prior: "LN(4.0e11; 0.1)", unit: usd, ref: almanac_2031}
      force: {prior: "LN(90000; 0.1)", unit: persons, ref: almanac_2031}
      intake: {prior: "LN(900; 0.2)", unit: persons_per_week}
      manpower_pool: {prior: "LN(400000; 0.4)", unit: persons}
    wants: {territory: 1.4, win: 1.2, regime: 1.2, lives: 0.2, technology: 0.2}
    types: {hawk: 3, trader: 1.5, survivor: 1.5}
    rationality: {prior: "LN(2.0; 0.4)", unit: ratio}
    doctrine:
      never: [nuclear_signal, nuclear_use, withdraw_contingent]
      favour: {offensive: 0.5, conceal: 0.4, deny: 0.4}

  - id: kareth
    name: Kareth
    kind: state
    roles: [belligerent]
    openness: open
    seat: President of Kareth
    start:
      support: {prior: "B(30, 10)", unit: share}
      gdp: {prior: "LN(1.5e11; 0.1)", unit: usd, ref: budget_papers, tag: D}
      fiscal_room: {prior: "LN(0.03; 0.4)", unit: share, ref: budget_papers, tag: D}
      force: {prior: "LN(60000; 0.1)", unit: persons, ref: almanac_2031}
      intake: {prior: "LN(500; 0.2)", unit: persons_per_week}
    wants: {territory: 1.2, lives: 0.8, guarantee: 1.2, support: 0.6}
    doctrine:
      never: [nuclear_signal, nuclear_use, deploy_contingent]
      favour: {disclose: 0.3}

  - id: tesk
    name: Tesk
    kind: state
    roles: [patron]
    openness: closed
    seat: First Minister of Tesk
    start:
      force: {prior: "LN(40000; 0.2)", unit: persons, ref: almanac_2031, tag: D}
      gdp: {prior: "LN(3.0e10; 0.2)", unit: usd, ref: almanac_2031}
    wants: {technology: 1.3, regime: 1.2, fiscal: 0.9}
    types: {hawk: 1, trader: 3, survivor: 2}
    doctrine:
      never: [nuclear_signal, nuclear_use]
      favour: {deny: 0.5}

  # A collective decides by the weighted voices of its members; a voice may be an actor of the case or only a name.
  - id: sound_league
    name: League of the Sound
    kind: collective
    roles: [organisation]
    openness: open
    seat: Council of the League
    members:
      - {name: "Harbour towns", weight: 0.6, position: 0.3}
      - {name: "Inland towns", weight: 0.4, position: -0.2}
    wants: {calm: 1.0, growth: 0.8}
    doctrine: {never: [nuclear_signal, nuclear_use, offensive, deep_strike, deploy_contingent]}
)~~";

const std::string_view template_map_yaml = R"~~(# Where it happens: open water of the Atlantic on a real map.
regions:
  - {id: west_bank, name: West bank of the Sound}
  - {id: north_shore, name: North shore}
  - {id: salt_coast, name: Salt coast}
  - {id: kareth_land, name: Kareth}
  - {id: tesk_island, name: Island of Tesk}

places:
  - {id: brenna, name: Brenna, lon: -38.0, lat: 40.5, precision_km: 3, region: west_bank, controller: morvane, kind: capital, ref: sound_survey}
  - {id: dunmark, name: Dunmark junction, lon: -37.0, lat: 40.6, precision_km: 3, region: west_bank, controller: morvane, kind: depot, ref: sound_survey}
  - {id: port_orlo, name: Port Orlo, lon: -36.2, lat: 41.2, precision_km: 3, region: west_bank, controller: morvane, kind: port, ref: sound_survey}
  - {id: ash_camp, name: Ash camp, lon: -36.8, lat: 41.0, precision_km: 8, region: west_bank, controller: morvane, kind: training_ground, ref: sound_survey}
  - {id: harrow_ford, name: Harrow Ford, lon: -36.0, lat: 40.4, precision_km: 3, region: north_shore, controller: morvane, kind: front_town, ref: line_map_march}
  - {id: lindholm, name: Lindholm, lon: -35.7, lat: 40.35, precision_km: 3, region: north_shore, controller: kareth, kind: front_town, ref: line_map_march}
  - {id: saltby, name: Saltby, lon: -36.1, lat: 39.8, precision_km: 3, region: salt_coast, controller: kareth, kind: front_town, ref: line_map_march}
  - {id: kareth_town, name: Kareth Town, lon: -34.8, lat: 40.0, precision_km: 3, region: kareth_land, controller: kareth, kind: capital, ref: sound_survey}
  - {id: east_quay, name: East Quay, lon: -34.5, lat: 40.4, precision_km: 3, region: kareth_land, controller: kareth, kind: port, ref: sound_survey}
  - {id: tesk_harbour, name: Tesk harbour, lon: -33.3, lat: 42.3, precision_km: 3, region: tesk_island, controller: tesk, kind: port, ref: sound_survey}

# Front sectors: where two armies face each other. Intensity is how hard a side attacks, 0 to 1.
sectors:
  - id: north_front
    name: Harrow and Lindholm
    lon: -35.85
    lat: 40.4
    region: north_shore
    frontage: {prior: "LN(60; 0.15)", unit: km, ref: line_map_march, tag: D}
    places: [harrow_ford, lindholm]
    intensity:
      morvane_side: {prior: "B(8, 8)", unit: share}
      kareth_side: {prior: "B(3, 12)", unit: share}
    troops:
      morvane_side: {prior: "LN(35000; 0.2)", unit: persons}
      kareth_side: {prior: "LN(25000; 0.2)", unit: persons}
    fortification:
      morvane_side: {prior: "B(8, 10)", unit: share}
      kareth_side: {prior: "B(10, 8)", unit: share}
    weekly_gain: {prior: "N(8, 5)", unit: km2, ref: line_map_march, tag: D}
  - id: salt_front
    name: Salt coast
    lon: -36.2
    lat: 39.85
    region: salt_coast
    frontage: {prior: "LN(40; 0.2)", unit: km, ref: line_map_march, tag: D}
    places: [saltby]
    intensity:
      morvane_side: {prior: "B(3, 12)", unit: share}
      kareth_side: {prior: "B(2, 14)", unit: share}
    troops:
      morvane_side: {prior: "LN(18000; 0.25)", unit: persons}
      kareth_side: {prior: "LN(14000; 0.25)", unit: persons}
    fortification:
      morvane_side: {prior: "B(9, 9)", unit: share}
      kareth_side: {prior: "B(9, 9)", unit: share}
    weekly_gain: {prior: "N(1, 2)", unit: km2, ref: line_map_march, tag: D}

# Ways between places; both directions. A contingent without a `path` takes the cheapest way.
routes:
  - {id: tesk_orlo, from: tesk_harbour, to: port_orlo, mode: sea, km: 300, capacity: {prior: "LN(1200; 0.3)", unit: persons_per_day}, ref: sound_survey, tag: D}
  - {id: orlo_ash, from: port_orlo, to: ash_camp, mode: road, km: 70, capacity: {prior: "LN(3000; 0.3)", unit: persons_per_day}}
  - {id: orlo_dunmark, from: port_orlo, to: dunmark, mode: rail, km: 110, capacity: {prior: "LN(4000; 0.3)", unit: persons_per_day}}
  - {id: ash_dunmark, from: ash_camp, to: dunmark, mode: road, km: 55, capacity: {prior: "LN(3000; 0.3)", unit: persons_per_day}}
  - {id: brenna_dunmark, from: brenna, to: dunmark, mode: rail, km: 95, capacity: {prior: "LN(5000; 0.3)", unit: persons_per_day}}
  - {id: dunmark_harrow, from: dunmark, to: harrow_ford, mode: rail, km: 100, capacity: {prior: "LN(4000; 0.3)", unit: persons_per_day}}
  - {id: harrow_saltby, from: harrow_ford, to: saltby, mode: road, km: 80, capacity: {prior: "LN(2000; 0.3)", unit: persons_per_day}}
  - {id: harrow_lindholm, from: harrow_ford, to: lindholm, mode: road, km: 32, capacity: {prior: "LN(2000; 0.3)", unit: persons_per_day}}
  - {id: kareth_lindholm, from: kareth_town, to: lindholm, mode: rail, km: 100, capacity: {prior: "LN(4000; 0.3)", unit: persons_per_day}}
  - {id: quay_kareth, from: east_quay, to: kareth_town, mode: rail, km: 60, capacity: {prior: "LN(4000; 0.3)", unit: persons_per_day}}
)~~";

const std::string_view template_forces_yaml = R"~~(# Bodies of men that move and fight as one. `foreign: true` marks a third party's men: how many there are is a question
# of fact that reports answer, so their strength follows a hypothesis.
contingents:
  - id: tesk_brigade
    name: Tesk's volunteer brigade
    owner: tesk
    host: morvane
    side: morvane_side
    role: assault
    foreign: true
    strength: {prior: "LN(2000; 0.8)", unit: persons}
    strength_hypothesis: tesk_troops_in_morvane
    at_front_hypothesis: tesk_troops_at_front
    plan: {prior: "LN(4000; 0.3)", unit: persons}
    wave: {prior: "LN(1000; 0.4)", unit: persons}
    origin: tesk_harbour
    destination: harrow_ford
    sector: north_front
    at: {port_orlo: 0.3, ash_camp: 0.5, harrow_ford: 0.2}
    quality: {prior: "LN(0.8; 0.25)", unit: ratio}
    morale: {prior: "N(0.3, 0.5)", unit: logit}
  - id: morvane_army
    name: Morvane's army of the Sound
    owner: morvane
    side: morvane_side
    role: assault
    strength: {prior: "LN(53000; 0.15)", unit: persons, ref: almanac_2031, tag: D}
    origin: dunmark
    destination: harrow_ford
    sector: north_front
    at: {harrow_ford: 1.0}
    quality: {prior: "LN(1.0; 0.1)", unit: ratio}
    morale: {prior: "N(0.5, 0.4)", unit: logit}
  - id: morvane_reserve
    name: Morvane's reserve
    owner: morvane
    side: morvane_side
    role: rear
    strength: {prior: "LN(20000; 0.25)", unit: persons, ref: almanac_2031, tag: D}
    origin: brenna
    destination: dunmark
    sector: null
    at: {brenna: 0.6, dunmark: 0.4}
    quality: {prior: "LN(0.8; 0.2)", unit: ratio}
    morale: {prior: "N(0.4, 0.4)", unit: logit}
  - id: kareth_army
    name: Kareth's army of the Sound
    owner: kareth
    side: kareth_side
    role: hold
    strength: {prior: "LN(40000; 0.15)", unit: persons, ref: almanac_2031, tag: D}
    origin: kareth_town
    destination: lindholm
    sector: north_front
    at: {lindholm: 0.7, kareth_town: 0.3}
    quality: {prior: "LN(1.1; 0.1)", unit: ratio}
    morale: {prior: "N(0.8, 0.4)", unit: logit}

stocks:
  - {actor: morvane, kind: shells, amount: {prior: "LN(400000; 0.3)", unit: count}, production: {prior: "LN(9000; 0.2)", unit: count_per_week}}
  - {actor: kareth, kind: shells, amount: {prior: "LN(150000; 0.3)", unit: count}, production: {prior: "LN(3500; 0.2)", unit: count_per_week}}
  - {actor: kareth, kind: interceptors, amount: {prior: "LN(600; 0.4)", unit: count}}

flows:
  - {from: tesk, to: morvane, kind: shells, amount: {prior: "LN(4000; 0.5)", unit: count_per_week}}
)~~";

const std::string_view template_relations_yaml = R"~~(treaties:
  - {id: tesk_pact, parties: [morvane, tesk], class: defence, signed: 2029-11-03, in_force: true, honour: {prior: "B(5, 4)", unit: share}, text: "Each comes to the other's aid when attacked."}
aid:
  - {from: sound_league, to: kareth, usd: {prior: "LN(2.0e7; 0.3)", unit: usd_per_week, ref: budget_papers, tag: D}}
deals:
  - {id: men_for_radars, from: tesk, to: morvane, gives: [men, shells], gets: [cash, radars], text: "Said by Kareth to stand behind the sending."}
tensions:                        # how `from` sees `to`: -10 hostile … 10 friendly
  - {from: kareth, to: morvane, value: {prior: "N(-9, 0.5)", unit: points}}
  - {from: morvane, to: kareth, value: {prior: "N(-8, 1)", unit: points}}
  - {from: kareth, to: tesk, value: {prior: "N(-5, 1)", unit: points}}
  - {from: tesk, to: morvane, value: {prior: "N(5, 1)", unit: points}}
  - {from: sound_league, to: kareth, value: {prior: "N(4, 1)", unit: points}}
alignment:
  - {a: morvane, b: tesk, weight: 0.6}
  - {a: sound_league, b: kareth, weight: 0.5}
talks:
  - {a: morvane, b: kareth, state: back_channel}
rivalries:
  - {a: tesk, b: kareth, flashpoint: east_quay, name: Shipping lane off East Quay}
)~~";

}  // namespace casus::casefile
