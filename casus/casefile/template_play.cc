// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/template_files.h"

// The files of the invented case, word for word. Long lines are lines of the files.
// clang-format off
namespace casus::casefile {

const std::string_view template_sources_yaml = R"~~(# Who says it: kind of access, stance towards those the case is about, grade A (reliable) to F (cannot be judged).
sources:
  - id: kareth_intelligence
    name: Kareth's intelligence service
    kind: signals
    stance: enemy_of_subject
    actor: kareth
    grade: B
    track: {right: 9, wrong: 3}
    interests: "wants the League alarmed"
  - id: harbour_imagery
    name: Commercial satellite firm
    kind: imagery
    stance: neutral
    grade: B
    interests: "sells pictures"
  - id: tesk_ministry
    name: Tesk's foreign ministry
    kind: official_statement
    stance: party
    actor: tesk
    grade: D
    interests: "hides the sending"
  - id: orlo_gazette
    name: Orlo Gazette
    kind: press
    stance: ally_of_affected
    grade: C
    relays: [kareth_intelligence]
  - id: front_channels
    name: Channels of soldiers at the front
    kind: social_media
    stance: neutral
    grade: E
    controllable_by: [morvane]
)~~";

const std::string_view template_reports_jsonl = R"~~({"id": "r-0305-ferries", "published": "2031-03-05", "observed": {"from": "2031-02-26", "to": "2031-03-03"}, "source": "harbour_imagery", "via": null, "kind": "imagery", "place": "port_orlo", "lon": -36.2, "lat": 41.2, "claim": "Two troop ferries from Tesk unloaded at Port Orlo.", "aspect": "present", "quantity": null, "says": [{"hypothesis": "tesk_troops_in_morvane", "states": ["to_2000", "above_2000"]}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 2}, "handling": "TLP:CLEAR"}
{"id": "r-0308-intercepts", "published": "2031-03-08", "observed": {"from": "2031-03-01", "to": "2031-03-06"}, "source": "kareth_intelligence", "via": null, "kind": "signals", "place": "ash_camp", "lon": -36.8, "lat": 41.0, "claim": "About 1,500 men of Tesk train at Ash camp.", "aspect": "present", "quantity": {"value": 1500, "low": null, "high": null, "unit": "persons"}, "says": [{"hypothesis": "tesk_troops_in_morvane", "states": ["to_2000", "above_2000"]}, {"strength_of": "tesk_brigade", "at": "ash_camp", "count": 1500}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 2}, "handling": "TLP:CLEAR"}
{"id": "r-0309-gazette", "published": "2031-03-09", "observed": null, "source": "orlo_gazette", "via": null, "kind": "press", "place": "ash_camp", "lon": -36.8, "lat": 41.0, "claim": "According to Kareth's service, 1,500 men of Tesk are at Ash camp.", "aspect": "present", "quantity": {"value": 1500, "low": null, "high": null, "unit": "persons"}, "says": [{"hypothesis": "tesk_troops_in_morvane", "states": ["to_2000", "above_2000"]}], "lineage": ["r-0308-intercepts"], "answers": [], "fidelity": 1.0, "grade": {"source": "C", "item": 3}, "handling": "TLP:CLEAR"}
{"id": "r-0310-denial", "published": "2031-03-10", "observed": null, "source": "tesk_ministry", "via": "state radio", "kind": "official_statement", "place": null, "lon": null, "lat": null, "claim": "No soldier of Tesk is in Morvane.", "aspect": "present", "quantity": null, "says": [{"hypothesis": "tesk_troops_in_morvane", "states": ["none"]}], "lineage": [], "answers": ["r-0308-intercepts"], "fidelity": 1.0, "grade": {"source": "D", "item": 5}, "handling": "TLP:CLEAR"}
{"id": "r-0314-uniforms", "published": "2031-03-14", "observed": {"from": "2031-03-13", "to": "2031-03-13"}, "source": "front_channels", "via": null, "kind": "social_media", "place": "harrow_ford", "lon": -36.0, "lat": 40.4, "claim": "A video shows men in Tesk's uniforms at Harrow Ford.", "aspect": "present", "quantity": null, "says": [{"hypothesis": "tesk_troops_at_front", "states": ["to_2000", "above_2000"]}, {"hypothesis": "harbour_parade", "states": ["genuine"]}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "E", "item": 4}, "handling": "TLP:CLEAR"}
{"id": "r-0318-rail", "published": "2031-03-18", "observed": {"from": "2031-03-15", "to": "2031-03-17"}, "source": "kareth_intelligence", "via": null, "kind": "signals", "place": "dunmark", "lon": -37.0, "lat": 40.6, "claim": "Trains with men of Tesk pass Dunmark towards the front.", "aspect": "present", "quantity": {"value": null, "low": 300, "high": 900, "unit": "persons"}, "says": [{"hypothesis": "tesk_troops_at_front", "states": ["to_2000", "above_2000"]}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 3}, "handling": "TLP:CLEAR"}
{"id": "r-0320-second-wave", "published": "2031-03-20", "observed": null, "source": "kareth_intelligence", "via": null, "kind": "signals", "place": null, "lon": null, "lat": null, "claim": "Tesk means to send 4,000 men by summer.", "aspect": "planned", "quantity": {"value": 4000, "low": null, "high": null, "unit": "persons"}, "says": [], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 3}, "handling": "TLP:CLEAR"}
{"id": "r-0324-empty-front", "published": "2031-03-24", "observed": {"from": "2031-03-22", "to": "2031-03-22"}, "source": "harbour_imagery", "via": null, "kind": "imagery", "place": "harrow_ford", "lon": -36.0, "lat": 40.4, "claim": "Pictures of Harrow Ford show no camp that was not there in winter.", "aspect": "present", "quantity": null, "says": [{"hypothesis": "tesk_troops_at_front", "states": ["none", "to_2000"]}, {"strength_of": "tesk_brigade", "at": "harrow_ford", "count": 0}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 3}, "handling": "TLP:CLEAR", "looked": true}
{"id": "r-0327-radars", "published": "2031-03-27", "observed": null, "source": "kareth_intelligence", "via": null, "kind": "human", "place": "tesk_harbour", "lon": -33.3, "lat": 42.3, "claim": "Morvane has begun to deliver radars to Tesk.", "aspect": "present", "quantity": null, "says": [{"hypothesis": "tesk_technology", "states": ["radars"]}], "lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 3}, "handling": "TLP:GREEN"}
{"id": "r-0329-evasion", "published": "2031-03-29", "observed": null, "source": "tesk_ministry", "via": "state radio", "kind": "official_statement", "place": null, "lon": null, "lat": null, "claim": "What Tesk's citizens do abroad is their own affair.", "aspect": "position", "quantity": null, "says": [{"hypothesis": "tesk_troops_in_morvane", "states": ["none"]}], "lineage": [], "answers": ["r-0308-intercepts"], "fidelity": 1.0, "grade": {"source": "D", "item": 6}, "handling": "TLP:CLEAR", "evasive": true}
)~~";

const std::string_view template_hypotheses_yaml = R"~~(# The questions of fact, with what one would have said before the reports. A row of a table holds for the named states
# of the parents; later rows override earlier ones.
hypotheses:
  - id: tesk_motive
    text: Why would Tesk send men?
    states:
      - {id: pay, text: for money}
      - {id: technology, text: for technology}
      - {id: pact, text: to honour the pact}
    table:
      - {p: {pay: 0.4, technology: 0.4, pact: 0.2}}
    known: 2031-02-01
  - id: tesk_troops_in_morvane
    text: How many men of Tesk are in Morvane on 31 March 2031?
    states:
      - {id: none, text: none, low: 0, high: 0}
      - {id: to_2000, text: "1 to 2,000", low: 1, high: 2000}
      - {id: above_2000, text: "more than 2,000", low: 2001, high: null}
    counts: tesk_brigade
    ordered: true
    parents: [tesk_motive]
    table:
      - {p: {none: 0.6, to_2000: 0.3, above_2000: 0.1}}
      - {when: {tesk_motive: pact}, p: {none: 0.4, to_2000: 0.35, above_2000: 0.25}}
    conceals: {prior: "B(6, 2)", unit: share}
    known: 2031-02-01
  - id: tesk_troops_at_front
    text: How many men of Tesk are at Harrow Ford on 31 March 2031?
    states:
      - {id: none, text: none, low: 0, high: 0}
      - {id: to_2000, text: "1 to 2,000", low: 1, high: 2000}
      - {id: above_2000, text: "more than 2,000", low: 2001, high: null}
    counts: tesk_brigade
    at: [north_shore]
    ordered: true
    parents: [tesk_troops_in_morvane]
    table:
      - {when: {tesk_troops_in_morvane: none}, p: {none: 1}}
      - {when: {tesk_troops_in_morvane: to_2000}, p: {none: 0.6, to_2000: 0.4}}
      - {when: {tesk_troops_in_morvane: above_2000}, p: {none: 0.4, to_2000: 0.5, above_2000: 0.1}}
    known: 2031-02-01
  - id: harbour_parade
    text: Is the video of Tesk's uniforms at Harrow Ford genuine?
    states:
      - {id: genuine, text: genuine}
      - {id: staged, text: staged}
    parents: [tesk_troops_at_front]
    table:
      - {p: {genuine: 0.6, staged: 0.4}}
      - {when: {tesk_troops_at_front: none}, p: {staged: 1}}
    staged_by: [morvane]         # who might stage it, to frighten Kareth
    staging: {prior: "B(2, 6)", unit: share}
    known: 2031-03-14
  - id: tesk_technology
    text: What has Morvane given Tesk in return by 31 March 2031?
    states:
      - {id: none, text: nothing}
      - {id: radars, text: radars}
    parents: [tesk_motive, tesk_troops_in_morvane]
    table:
      - {p: {none: 0.8, radars: 0.2}}
      - {when: {tesk_motive: technology}, p: {none: 0.5, radars: 0.5}}
      - {when: {tesk_troops_in_morvane: none}, p: {none: 0.95, radars: 0.05}}
    known: 2031-02-01
)~~";

const std::string_view template_options_yaml = R"~~(# What could be done, and for whom it would be worth what. Nobody but those ordered here is bound: the others decide.
decision_maker: kareth

values:                          # worth of one `per` of a measure; sd is the log-sd of that judgement
  - actor: kareth
    tag: J
    worth:
      end_settlement: {worth: 1.0, per: 1, sd: 0.5}
      end_collapse: {worth: -6.0, per: 1, sd: 0.5}
      area_gained: {worth: -2.0, per: 1000, sd: 0.4}
      killed_side_1: {worth: -1.5, per: 10000, sd: 0.4}
      foreign_peak: {worth: -0.5, per: 2000, sd: 0.6}
      cost_usd: {worth: -0.3, per: 5.0e+9, sd: 0.5}
      rung_peak: {worth: -0.2, per: 1, sd: 0.6}
      new_war: {worth: -4.0, per: 1, sd: 0.5}
      nuclear_use: {worth: -60.0, per: 1, sd: 0.7}

options:
  - id: go_on
    name: Go on as now
    text: No new order; everyone goes on as they decide for themselves.
  - id: disclose_and_warn
    name: Show the proof and warn Tesk
    text: Publish pictures and intercepts, ask the League for sanctions, and fortify the north if the brigade comes.
    orders:
      - {actor: kareth, action: disclose, target: tesk, intensity: 0.8, from: 2031-04-07, until: 2031-05-31}
      - {actor: sound_league, action: sanction, target: tesk, intensity: 0.5, from: 2031-05-05}
    rules:
      - {when: "in_combat[tesk_brigade] > 500", then: {actor: kareth, action: fortify, sector: north_front, intensity: 0.7, weeks: 12}}
  - id: offer_line
    name: Offer a ceasefire on the line
    text: Open talks and table the present line with monitors and the foreign brigade gone.
    orders:
      - {actor: kareth, action: offer_talks, target: morvane, intensity: 0.7, from: 2031-04-07, until: 2031-10-31}
      - actor: kareth
        action: table_package
        target: morvane
        from: 2031-04-21
        until: 2031-12-31
        package: {line: current, status: open, guarantee: monitored, force_limits: mild, sanctions: keep, monitors: true, foreign_out: true, prisoners: true}
gates: []                        # ids of gated options that may be played
)~~";

const std::string_view template_questions_yaml = R"~~(# Asked of the futures. A bare variable means its value at `resolve_by`; `casus model --variables` lists the names.
questions:
  - id: brigade_in_combat
    text: Will more than 500 men of Tesk have been in combat by 30 June 2031?
    type: yes_no
    resolve_by: 2031-06-30
    expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-06-30 > 500"
  - id: brigade_strength
    text: How many men of Tesk will be abroad on 31 December 2031?
    type: number
    resolve_by: 2031-12-31
    expr: "strength[tesk_brigade]"
    unit: persons
  - id: ceasefire_when
    text: When will a ceasefire first hold?
    type: date
    resolve_by: 2032-03-21
    expr: "ceasefire > 0.5"
  - id: how_it_stands
    text: How will the war stand at the end of the year?
    type: category
    resolve_by: 2031-12-31
    categories:                  # the first that holds
      settled: "end_settlement > 0.5"
      quiet: "end_frozen > 0.5 or ceasefire > 0.5"
      fighting: "1 > 0"
  - id: ground_if_brigade_fights
    text: Will Morvane gain more than 300 km2 by the end of the year, if the brigade fights?
    type: yes_no
    resolve_by: 2031-12-31
    expr: "area_total_km2 > 300 given max in_combat[tesk_brigade] over week 0..38 > 500"
)~~";

const std::string_view template_parameters_yaml = R"~~(# Only what differs from the engine's own priors: {knob, prior, unit} with ref, tag and known. `casus model` lists the knobs.
parameters: []
)~~";

const std::string_view template_readme_md = R"~~(# Amber Sound: a case to start from

Everything here is invented. The folder is complete: `casus check`, `assess`, `play`, `weigh` and `brief` run on it.

1. Set the day, the question and the war in `case.yaml`; list your references there.
2. Say who decides (`actors.yaml`), where (`map.yaml`), with what (`forces.yaml`) and how they stand to each other
   (`relations.yaml`).
3. Say what is in dispute (`hypotheses.yaml`), who reports (`sources.yaml`) and what they reported (`reports.jsonl`, one
   line each). What a report `says` of the hypotheses is your coding of its claim; prose is never parsed.
4. Say what could be done (`options.yaml`) and what you want forecast (`questions.yaml`).

Write numbers you read in a source with `ref` and tag `V`, derived ones `D`, your own judgement `J`. Keep in this file where
the facts come from and what was known when.
)~~";

}  // namespace casus::casefile
