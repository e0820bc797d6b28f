// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/casefile/wrong_cases.h"

// One slip each in the invented case, and every message word for word. Written by hand, so not
// wrapped.
// clang-format off
namespace casus::casefile {
namespace {

const WrongCase wrong_stage[] = {
    {"case.yaml", "casus: 1", "casus: 2",
     "case.yaml:3:8+1: this program reads version 1 of the case format, not 2 | write 'casus: 1'"},
    {"case.yaml", "id: amber_sound", "id: Amber-Sound",
     "case.yaml:4:5+11: 'Amber-Sound' is no id of a case | ids are lower-case letters, digits and '_', a letter first"},
    {"case.yaml", "title: Tesk's", "titel: Tesk's",
     R"x(case.yaml:3:1+5: case.yaml lacks 'title' | add 'title: …'
case.yaml:5:1+5: unknown key 'titel' in case.yaml | did you mean 'title'?)x"},
    {"case.yaml", "as_of: 2031-03-31 ", "as_of: 31.3.2031 ",
     "case.yaml:7:8+9: 'as_of' of case.yaml must be a day; here is '31.3.2031' | write year-month-day, such as 2024-10-31"},
    {"case.yaml", "horizon_weeks: 52", "horizon_weeks: 1000",
     "case.yaml:8:16+4: 'horizon_weeks' of case.yaml must be from 1 to 520; here is 1000 | "},
    {"case.yaml", "horizon_weeks: 52", "horizon_weeks: 52.5",
     "case.yaml:8:16+4: 'horizon_weeks' of case.yaml must be whole | "},
    {"case.yaml", "TLP:GREEN", "TLP:WHITE",
     "case.yaml:9:11+9: 'TLP:WHITE' is no handling mark | use one of TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN, TLP:CLEAR"},
    {"case.yaml", "began: 2030-09-02", "began: 2031-09-02",
     "case.yaml:14:10+10: the war began on 2031-09-02, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"case.yaml", "[morvane, tesk]}", "[tesk]}",
     "case.yaml:16:32+7: 'morvane' leads side 'morvane_side' but is not among its members | add it to 'members'"},
    {"case.yaml", "[kareth]}", "[kareth, tesk]}",
     "case.yaml:17:7+1: actor 'tesk' stands on both sides | an actor fights on one side"},
    {"case.yaml", R"x(    - {id: kareth_side, lead: kareth, members: [kareth]}
)x", "",
     "case.yaml:16:5+1: a war has two sides; here are 1 | "},
    {"case.yaml", "id: kareth_side", "id: morvane_side",
     "case.yaml:17:7+1: both sides are called 'morvane_side' | rename one"},
    {"case.yaml", "https://example.org/almanac", "example.org/almanac",
     "case.yaml:21:76+21: 'url' of reference 'almanac_2031' is no web address | an address begins with https://"},
    {"case.yaml", "published: 2031-01-15", "published: 2031-04-15",
     "case.yaml:21:118+10: reference 'almanac_2031' was published on 2031-04-15, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"case.yaml", "id: sound_survey", "id: almanac_2031",
     R"x(case.yaml:22:10+12: the reference 'almanac_2031' is declared twice | first declared at line 21; rename one
case.yaml:30:119+12: event 'tesk_summit' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:10:132+12: place 'brenna' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:11:141+12: place 'dunmark' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:12:135+12: place 'port_orlo' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:13:144+12: place 'ash_camp' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:17:143+12: place 'kareth_town' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:18:136+12: place 'east_quay' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:19:140+12: place 'tesk_harbour' names reference 'sound_survey', which this case does not declare | declare it in case.yaml
map.yaml:60:140+12: route 'tesk_orlo' names reference 'sound_survey', which this case does not declare | declare it in case.yaml)x"},
    {"case.yaml", "p: 0.35", "p: 1.35",
     "case.yaml:28:111+4: 'p' of event 'kareth_vote' must be from 0 to 1; here is 1.35 | "},
    {"case.yaml", "kind: election", "kind: elections",
     "case.yaml:28:47+9: 'kind' of event 'kareth_vote' knows no word 'elections' | did you mean 'election'?"},
    {"case.yaml", "follows: kareth_vote", "follows: kareth_votes",
     "case.yaml:29:118+12: event 'kareth_office' names event 'kareth_votes', which this case does not declare | did you mean 'kareth_vote' (declared at line 28)?"},
    {"case.yaml", "date: 2031-06-15", "date: 2031-08-15",
     "case.yaml:29:118+11: event 'kareth_office' lies on 2031-07-14, before the event 'kareth_vote' it follows (2031-08-15) | correct one of the two days"},
    {"case.yaml", "include: []", "include: ../x",
     "case.yaml:10:10+4: 'include' of case.yaml must be a list; here is '../x' | write [a, b] or one '- ' line each"},
    {"case.yaml", "ref: sound_survey, tag: J", "tag: V",
     "case.yaml:30:119+1: tag V of event 'tesk_summit' needs a 'ref' | name the reference it stems from, or tag it J"},
    {"case.yaml", "lead: kareth,", "lead: karth,",
     "case.yaml:17:31+5: side 1 names actor 'karth', which this case does not declare | did you mean 'kareth' (declared at line 23 of actors.yaml)?"},
    {"actors.yaml", "openness: closed", "opennes: closed",
     R"x(actors.yaml:3:5+2: actor 'morvane' lacks 'openness' | add 'openness: …'
actors.yaml:7:5+7: unknown key 'opennes' in actor 'morvane' | did you mean 'openness'?)x"},
    {"actors.yaml", "kind: state", "kind: stat",
     "actors.yaml:5:11+4: 'kind' of actor 'morvane' knows no word 'stat' | did you mean 'state'?"},
    {"actors.yaml", "kind: state", "kind: 7",
     "actors.yaml:5:11+1: 'kind' of actor 'morvane' knows no word '7' | use one of state, collective"},
    {"actors.yaml", "kind: state", "kind:",
     "actors.yaml:5:5+4: 'kind' of actor 'morvane' needs a value | "},
    {"actors.yaml", "name: Morvane", "name: [a]",
     "actors.yaml:4:11+1: 'name' of actor 'morvane' must be a text; here is a list | "},
    {"actors.yaml", "unit: usd, ref", "unit: eur, ref",
     "actors.yaml:12:45+3: 'gdp' of the start of actor 'morvane' is counted in usd, not in 'eur' | write 'unit: usd' and a number in it"},
    {"actors.yaml", "B(24, 8)", "B(24)",
     "actors.yaml:10:24+7: the prior of 'support' of the start of actor 'morvane' cannot be read | B takes 2 numbers, here are 1"},
    {"actors.yaml", R"x({prior: "B(24, 8)", unit: share})x", "0.7",
     "actors.yaml:10:16+3: 'support' of the start of actor 'morvane' must be a quantity | write {prior: 0.7, unit: share}"},
    {"actors.yaml", R"x("B(24, 8)")x", "7.5",
     "actors.yaml:10:24+3: 'support' of the start of actor 'morvane' must lie from 0 to 1; here is 7.5 | a share is a fraction: 5 % is 0.05"},
    {"actors.yaml", R"x("LN(900; 0.2)")x", "-900",
     "actors.yaml:14:23+4: 'intake' of the start of actor 'morvane' must not be negative; here is -900 | "},
    {"actors.yaml", "ref: almanac_2031}", "ref: almanac_2013}",
     "actors.yaml:12:55+12: 'gdp' of the start of actor 'morvane' names reference 'almanac_2013', which this case does not declare | did you mean 'almanac_2031' (declared at line 21 of case.yaml)?"},
    {"actors.yaml", "ref: almanac_2031}", "tag: D}",
     "actors.yaml:12:55+1: tag D of 'gdp' of the start of actor 'morvane' needs a 'ref' | name the reference it stems from, or tag it J"},
    {"actors.yaml", "ref: almanac_2031}", "known: 2031-04-01}",
     "actors.yaml:12:57+10: 'gdp' of the start of actor 'morvane' became known on 2031-04-01, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"actors.yaml", "ref: almanac_2031}", "tag: X}",
     "actors.yaml:12:55+1: 'tag' of 'gdp' of the start of actor 'morvane' knows no word 'X' | use one of V, D, M, J, P"},
    {"actors.yaml", "weight: 0.6,", "weight: 0.5,",
     "actors.yaml:63:7+1: the weight of the members of actor 'sound_league' sums to 0.9, not 1 | make the shares add up to 1"},
    {"actors.yaml", "kind: collective", "kind: state",
     "actors.yaml:63:7+1: actor 'sound_league' is a state and has no members | write 'kind: collective' or remove 'members'"},
    {"actors.yaml", R"x(name: "Inland towns", )x", "",
     "actors.yaml:64:9+1: a member of actor 'sound_league' lacks 'actor' or 'name' | name one of the case's actors, or a voice that is none"},
    {"actors.yaml", R"x(name: "Inland towns")x", "actor: sound_league",
     "actors.yaml:63:7+1: membership runs in a circle: sound_league -> sound_league | break it at one of them"},
    {"actors.yaml", "territory: 1.4", "land: 1.4",
     "actors.yaml:16:13+4: unknown key 'land' in the wants of actor 'morvane' | known here: territory, lives, balance, win, support, regime, elites, fiscal, growth, technology, alliance, honour, calm, nuclear_safety, guarantee, sanction_freedom, chips, talks"},
    {"actors.yaml", "territory: 1.4", "territory: .nan",
     "actors.yaml:16:24+4: 'territory' of the wants of actor 'morvane' must be a finite number; here is '.nan' | "},
    {"actors.yaml", "territory: 1.4", "territory: much",
     "actors.yaml:16:24+4: 'territory' of the wants of actor 'morvane' must be a number; here is 'much' | write digits with a point, such as 1500 or 0.25"},
    {"actors.yaml", "territory: 1.4", R"x(territory: "1.4")x",
     "actors.yaml:16:24+5: 'territory' of the wants of actor 'morvane' must be a number; here is the text '1.4' | write it without quotes"},
    {"actors.yaml", "offensive: 0.5", "ofensive: 0.5",
     "actors.yaml:21:16+8: unknown key 'ofensive' in 'favour' of the doctrine of actor 'morvane' | did you mean 'offensive'?"},
    {"actors.yaml", "never: [nuclear_signal, nuclear_use, withdraw_contingent]", "never: nuclear_use",
     "actors.yaml:20:14+11: 'never' of the doctrine of actor 'morvane' must be a list; here is 'nuclear_use' | write [a, b] or one '- ' line each"},
    {"actors.yaml", "    seat: Chairman", R"x(    country: Mor
    seat: Chairman)x",
     "actors.yaml:8:14+3: 'Mor' is no country code | use the three capital letters of ISO 3166, such as KOR"},
    {"actors.yaml", "    seat: Chairman of Morvane", "    nuclear: maybe",
     "actors.yaml:8:14+5: 'nuclear' of actor 'morvane' must be true or false; here is 'maybe' | "},
    {"actors.yaml", "    seat: Chairman of Morvane", "    name: Morvane again",
     "actors.yaml:8:5+4: the key 'name' stands twice | it stands at line 4 already; keep one"},
    {"actors.yaml", "wants: {territory: 1.4,", "wants: {territory: &a 1.4,",
     "actors.yaml:16:24+1: an anchor (&) is not allowed in a case | write the value out where it is used"},
    {"actors.yaml", "wants: {territory: 1.4,", "wants: {territory: *a,",
     "actors.yaml:16:24+1: an alias (*) is not allowed in a case | write the value out"},
    {"actors.yaml", "wants: {territory: 1.4,", "wants: {territory: !!float 1.4,",
     "actors.yaml:16:24+1: a tag (!) is not allowed in a case | remove it"},
    {"actors.yaml", "wants: {territory: 1.4,", "wants: [territory: 1.4,",
     "actors.yaml:16:79+1: this is not YAML: illegal flow end | look at the quotes, brackets and indents before it"},
    {"map.yaml", "lon: -38.0", "lon: -238.0",
     "map.yaml:10:37+6: 'lon' of place 'brenna' must be from -180 to 180; here is -238 | "},
    {"map.yaml", "id: brenna, ", "id: Brenna, ",
     R"x(forces.yaml:40:13+6: contingent 'morvane_reserve' names place 'brenna', which this case does not declare | did you mean 'Brenna' (declared at line 10 of map.yaml)?
forces.yaml:43:10+6: contingent 'morvane_reserve' names place 'brenna', which this case does not declare | did you mean 'Brenna' (declared at line 10 of map.yaml)?
map.yaml:10:10+6: 'Brenna' is no id of a place | ids are lower-case letters, digits and '_', a letter first
map.yaml:64:32+6: route 'brenna_dunmark' names place 'brenna', which this case does not declare | did you mean 'Brenna' (declared at line 10)?)x"},
    {"map.yaml", "controller: kareth", "controller: kareht",
     "map.yaml:15:110+6: place 'lindholm' names actor 'kareht', which this case does not declare | did you mean 'kareth' (declared at line 23 of actors.yaml)?"},
    {"map.yaml", "to: port_orlo", "to: tesk_harbour",
     "map.yaml:60:45+12: route 'tesk_orlo' leads from 'tesk_harbour' to itself | "},
    {"map.yaml", "km: 300", "km: 0",
     "map.yaml:60:71+1: 'km' of route 'tesk_orlo' must be from 0.001 to 40000; here is 0 | "},
    {"map.yaml", R"x(kareth_side: {prior: "B(3, 12)")x", R"x(careth_side: {prior: "B(3, 12)")x",
     R"x(map.yaml:31:7+12: 'intensity' of sector 'north_front' lacks 'kareth_side' | add 'kareth_side: …'
map.yaml:32:7+11: unknown key 'careth_side' in 'intensity' of sector 'north_front' | did you mean 'kareth_side'?)x"},
    {"map.yaml", R"x(    region: north_shore
    frontage)x", R"x(    region: north_shore
    chip: true
    frontage)x",
     "map.yaml:23:5+2: sector 'north_front' is a chip and lacks 'chip_area' | say how many km2 side 1 holds"},
    {"map.yaml", "to: lindholm, mode: rail", "to: east_quay, mode: rail",
     "forces.yaml:53:18+8: no route leads from 'kareth_town' to 'lindholm' for contingent 'kareth_army' | declare routes in map.yaml"},
    {"forces.yaml", "side: morvane_side", "side: morvan_side",
     "forces.yaml:8:11+11: contingent 'tesk_brigade' names side 'morvan_side', which this case does not declare | use morvane_side or kareth_side"},
    {"forces.yaml", "port_orlo: 0.3", "port_orlo: 0.4",
     "forces.yaml:19:9+1: 'at' of contingent 'tesk_brigade' sums to 1.1, not 1 | make the shares add up to 1"},
    {"forces.yaml", R"x(    sector: north_front
    at: {port_orlo)x", R"x(    sector: north_front
    path: [port_orlo, dunmark, lindholm]
    at: {port_orlo)x",
     R"x(forces.yaml:19:12+9: the path of contingent 'tesk_brigade' does not begin at its origin 'tesk_harbour' | 
forces.yaml:19:32+8: the path of contingent 'tesk_brigade' does not end at its destination 'harrow_ford' | 
forces.yaml:19:32+8: no route joins 'dunmark' and 'lindholm' on the path of contingent 'tesk_brigade' | declare the route in map.yaml)x"},
    {"forces.yaml", "{actor: kareth, kind: interceptors", "{actor: kareth, kind: shells",
     "forces.yaml:62:5+1: the stock of shells of 'kareth' is declared twice | keep one"},
    {"relations.yaml", "signed: 2029-11-03", "signed: 2031-11-03",
     "relations.yaml:2:71+10: treaty 'tesk_pact' was signed on 2031-11-03, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"relations.yaml", "{from: kareth, to: tesk,", "{from: kareth, to: morvane,",
     "relations.yaml:10:24+7: tension 3 repeats the pair 'kareth' and 'morvane' | keep one"},
    {"relations.yaml", "{a: morvane, b: tesk,", "{a: tesk, b: tesk,",
     "relations.yaml:14:18+4: alignment 1 pairs 'tesk' with itself | "},
    {"case.yaml", "id: tesk_summit, ", "",
     "case.yaml:30:5+1: event 3 lacks 'id' | add 'id: …'"},
};

TEST(CaseMessages, OfTheStageSayWhatIsWrongAndTheWayOut) {
  for (const WrongCase& wrong : wrong_stage) expect_messages(wrong);
}

}  // namespace
}  // namespace casus::casefile
