// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/casefile/wrong_cases.h"

// One slip each in the invented case, and every message word for word. Written by hand, so not
// wrapped.
// clang-format off
namespace casus::casefile {
namespace {

const WrongCase wrong_play[] = {
    {"case.yaml", "include: [] ", "grading: {source: {G: \"B(2, 2)\"}, item: {1: 40}} #",
     "case.yaml:10:20+1: the grading has no grade 'G' | grades: A, B, C, D, E, F\n"
     "case.yaml:10:45+2: item 1 of the grading must be from -20 to 20; here is 40 | "},
    {"case.yaml", "include: [] ", "grading: {source: {A: 0.9}, stix: [{from: 20, item: 4}, {from: 80, item: 1}], tags: {x: 7}} #",
     "case.yaml:10:23+3: grade A of the grading must be a beta prior | write it in quotes, such as \"B(12, 3)\"\n"
     "case.yaml:10:57+1: levels of 'stix' go from the highest down | sort them by 'from'\n"
     "case.yaml:10:89+1: tag 'x' must become a grade | write a letter from A to F or a digit from 1 to 6"},
    {"reports.jsonl", R"x("grade": {"source": "B", "item": 2})x", R"x("grade": {"tags": ["admiralty-scale:source-reliability=\"z\""]})x",
     R"x(reports.jsonl:1:476+42: no grade is known for the tag 'admiralty-scale:source-reliability="z"' | did you mean 'admiralty-scale:source-reliability="a"'?)x"},
    {"reports.jsonl", R"x("handling": "TLP:CLEAR"})x", R"x("handling": "TLP:CLEAR", "coverage": 0.5})x",
     "reports.jsonl:1:531+3: report 'r-0305-ferries' covers but did not look | add 'looked: true', or leave 'coverage' out"},
    {"sources.yaml", "grade: B", "grade: G",
     "sources.yaml:8:12+1: 'grade' of source 'kareth_intelligence' must be a letter from A to F | A is completely reliable, F cannot be judged"},
    {"sources.yaml", "[kareth_intelligence]", "[kareth_intelligence, kareth_intelligence]",
     "sources.yaml:29:35+19: source 'orlo_gazette' names 'kareth_intelligence' twice | keep one"},
    {"reports.jsonl", R"x("via": null, )x", "",
     "reports.jsonl:1:1+1: report 'r-0305-ferries' lacks 'via' | add 'via', null where nothing applies"},
    {"reports.jsonl", R"x("published": "2031-03-05")x", R"x("published": "2031-04-05")x",
     "reports.jsonl:1:39+12: report 'r-0305-ferries' was published on 2031-04-05, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"reports.jsonl", R"x("published": "2031-03-05")x", R"x("published": "2031-13-05")x",
     "reports.jsonl:1:39+12: 'published' of report 'r-0305-ferries' must be a day; here is the text '2031-13-05' | write year-month-day, such as 2024-10-31"},
    {"reports.jsonl", R"x("published": "2031-03-09")x", R"x("published": "9 March")x",
     "reports.jsonl:3:39+9: 'published' of report 'r-0309-gazette' must be a day; here is the text '9 March' | write year-month-day, such as 2024-10-31"},
    {"reports.jsonl", R"x("to": "2031-03-03")x", R"x("to": "2031-03-33")x",
     "reports.jsonl:1:94+12: 'to' of 'observed' of report 'r-0305-ferries' must be a day; here is the text '2031-03-33' | write year-month-day, such as 2024-10-31"},
    {"reports.jsonl", R"x("to": "2031-03-03")x", R"x("to": "2031-02-03")x",
     "reports.jsonl:1:94+12: report 'r-0305-ferries' was observed to 2031-02-03, before it began on 2031-02-26 | swap the two days"},
    {"reports.jsonl", R"x("to": "2031-03-03")x", R"x("to": "2031-03-09")x",
     "reports.jsonl:1:94+12: report 'r-0305-ferries' was observed to 2031-03-09, after it was published on 2031-03-05 | only a forecast or a plan looks ahead"},
    {"reports.jsonl", R"x("to": "2031-03-03")x", R"x("to": "2031-04-03")x",
     "reports.jsonl:1:94+12: report 'r-0305-ferries' was observed to 2031-04-03, after the case's as_of 2031-03-31 | leave it out: nobody could know it yet"},
    {"reports.jsonl", R"x("states": ["to_2000",)x", R"x("states": ["to_200",)x",
     "reports.jsonl:1:382+8: hypothesis 'tesk_troops_in_morvane' has no state 'to_200' | did you mean 'to_2000'?"},
    {"reports.jsonl", R"x("states": ["to_2000", "above_2000"])x", R"x("states": [])x",
     "reports.jsonl:1:381+1: what report 'r-0305-ferries' says leaves no state possible | name at least one"},
    {"reports.jsonl", R"x("low": 300)x", R"x("low": 3000)x",
     "reports.jsonl:6:342+4: 'quantity' of report 'r-0318-rail' has its low end above its high end | swap the two"},
    {"reports.jsonl", R"x("lineage": ["r-0308-intercepts"])x", R"x("lineage": ["r-0310-denial"])x",
     "reports.jsonl:3:450+15: report 'r-0309-gazette' of 2031-03-09 repeats 'r-0310-denial', which was published later, on 2031-03-10 | lineage names earlier reports"},
    {"reports.jsonl", R"x("lineage": [], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 2})x", R"x("lineage": ["r-0305-ferries"], "answers": [], "fidelity": 1.0, "grade": {"source": "B", "item": 2})x",
     "reports.jsonl:1:421+1: lineage runs in a circle: r-0305-ferries -> r-0305-ferries | break it at one of them"},
    {"reports.jsonl", R"x("item": 2)x", R"x("item": 2.5)x",
     "reports.jsonl:1:490+3: 'item' of 'grade' of report 'r-0305-ferries' must be whole | "},
    {"reports.jsonl", R"x("item": 2)x", R"x("item": "2")x",
     "reports.jsonl:1:490+3: 'item' of 'grade' of report 'r-0305-ferries' must be a number; here is the text '2' | write it without quotes"},
    {"reports.jsonl", R"x("claim": "Two)x", R"x("claim": 2, "x": "Two)x",
     R"x(reports.jsonl:1:228+1: 'claim' of report 'r-0305-ferries' must be a text; here is '2' | 
reports.jsonl:1:231+3: unknown key 'x' in report 'r-0305-ferries' | known here: overrides, id, published, aspect, observed, source, via, kind, place, lon, lat, claim, quantity, says, lineage, answers, fidelity, grade, handling, probes, retracted, counts, looked, coverage, evasive, against_interest, detail)x"},
    {"reports.jsonl", R"x("handling": "TLP:CLEAR")x", R"x("handling": "TLP:BLUE")x",
     "reports.jsonl:1:506+10: 'TLP:BLUE' is no handling mark | use one of TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN, TLP:CLEAR"},
    {"reports.jsonl", R"x("fidelity": 1.0)x", R"x("fidelity": 1.0.0)x",
     "reports.jsonl:1:452+1: this is not JSON: '1.0.0' is no JSON value | text stands in double quotes"},
    {"reports.jsonl", R"x("source": "harbour_imagery")x", R"x("source": "harbor_imagery")x",
     "reports.jsonl:1:119+16: report 'r-0305-ferries' names source 'harbor_imagery', which this case does not declare | did you mean 'harbour_imagery' (declared at line 11 of sources.yaml)?"},
    {"reports.jsonl", R"x("via": null)x", R"x("id": null)x",
     R"x(reports.jsonl:1:1+1: report 'r-0305-ferries' lacks 'via' | add 'via', null where nothing applies
reports.jsonl:1:138+4: the key 'id' stands twice | keep one)x"},
    {"reports.jsonl", "ferries from", R"x(ferries \q from)x",
     R"x(reports.jsonl:1:247+1: this is not JSON: this is no escape JSON knows | write \\ for a backslash)x"},
    {"reports.jsonl", "ferries from", R"x(ferries \ud800 from)x",
     "reports.jsonl:1:247+1: this is not JSON: half of a surrogate pair | write the character itself in UTF-8"},
    {"hypotheses.yaml", "{pay: 0.4,", "{pay: 0.5,",
     "hypotheses.yaml:11:13+1: 'p' in the table of hypothesis 'tesk_motive' sums to 1.1, not 1 | make the shares add up to 1"},
    {"hypotheses.yaml", "{pay: 0.4,", "{pay: 1.4,",
     "hypotheses.yaml:11:19+3: 'pay' of 'p' in the table of hypothesis 'tesk_motive' must be from 0 to 1; here is 1.4 | "},
    {"hypotheses.yaml", "{pay: 0.4,", "{pey: 0.4,",
     "hypotheses.yaml:11:14+3: unknown key 'pey' in 'p' in the table of hypothesis 'tesk_motive' | did you mean 'pay'?"},
    {"hypotheses.yaml", R"x(      - {when: {tesk_troops_in_morvane: none}, p: {none: 1}}
)x", "",
     "hypotheses.yaml:38:7+1: the table of hypothesis 'tesk_troops_at_front' leaves out 1 of 3 combinations of its parents' states | add a row such as {when: {tesk_troops_in_morvane: none}, p: {…}}"},
    {"hypotheses.yaml", "tesk_motive: pact}", "tesk_motive: pac}",
     "hypotheses.yaml:24:30+3: hypothesis 'tesk_motive' has no state 'pac' | did you mean 'pay'?"},
    {"hypotheses.yaml", "tesk_motive: pact}", "tesk_motiv: pact}",
     "hypotheses.yaml:24:17+10: 'tesk_motiv' is no parent of hypothesis 'tesk_troops_in_morvane' | did you mean 'tesk_motive'?"},
    {"hypotheses.yaml", "    known: 2031-02-01", R"x(    parents: [tesk_technology]
    known: 2031-02-01)x",
     "hypotheses.yaml:12:14+1: parentage runs in a circle: tesk_motive -> tesk_technology -> tesk_motive | break it at one of them"},
    {"hypotheses.yaml", "{id: technology, text: for technology}", "{id: pay, text: for technology}",
     R"x(hypotheses.yaml:8:14+3: hypothesis 'tesk_motive' has two states 'pay' | rename one
hypotheses.yaml:11:24+10: unknown key 'technology' in 'p' in the table of hypothesis 'tesk_motive' | known here: pay, pact
hypotheses.yaml:62:30+10: hypothesis 'tesk_motive' has no state 'technology' | its states: pay, pay, pact)x"},
    {"hypotheses.yaml", "low: 1, high: 2000", "low: 1, high: 0",
     "hypotheses.yaml:17:57+1: state 'to_2000' of hypothesis 'tesk_troops_in_morvane' ends below its start | swap low and high"},
    {"hypotheses.yaml", "text: none, low: 0, high: 0", "text: none, high: 0",
     R"x(hypotheses.yaml:16:38+1: state 'none' of hypothesis 'tesk_troops_in_morvane' has 'high' without 'low' | add 'low'
hypotheses.yaml:19:13+12: hypothesis 'tesk_troops_in_morvane' counts men, but its state 'none' has no 'low' | give every state low and high)x"},
    {"hypotheses.yaml", "    staged_by: [morvane]  ", "    #",
     "hypotheses.yaml:52:14+1: hypothesis 'harbour_parade' has 'staging' without 'staged_by' | say who might stage it"},
    {"hypotheses.yaml", R"x(      - {id: staged, text: staged}
)x", "",
     R"x(hypotheses.yaml:45:7+1: hypothesis 'harbour_parade' needs at least two states | 
hypotheses.yaml:48:28+6: unknown key 'staged' in 'p' in the table of hypothesis 'harbour_parade' | known here: genuine
hypotheses.yaml:49:50+6: unknown key 'staged' in 'p' in the table of hypothesis 'harbour_parade' | known here: genuine)x"},
    {"options.yaml", "decision_maker: kareth", "decision_maker: tesk",
     "options.yaml:2:17+4: the decision maker 'tesk' has no values | add an entry for it under 'values'"},
    {"options.yaml", "decision_maker: kareth", "#",
     "options.yaml:19:5+2: options.yaml lacks 'decision_maker' | say whose choice it is: 'decision_maker: …'"},
    {"options.yaml", "killed_side_1:", "killed_side_3:",
     "options.yaml:11:7+13: values 1 weighs 'killed_side_3', which is no measure | did you mean 'killed_side_0'?"},
    {"options.yaml", "decision_maker: kareth", "requirements: [{measure: nuclear_us, at_most: 0}]\ndecision_maker: kareth",
     "options.yaml:2:26+10: requirement 1 bounds 'nuclear_us', which is no measure | did you mean 'nuclear_use'?"},
    {"options.yaml", "decision_maker: kareth", "requirements: [{measure: nuclear_use}]\ndecision_maker: kareth",
     "options.yaml:2:16+1: requirement 1 needs one bound | write either 'at_most: …' or 'at_least: …'"},
    {"options.yaml", "from: 2031-04-07, until: 2031-05-31", "from: 2031-04-07, until: 2031-03-31",
     "options.yaml:26:98+10: an order of option 'disclose_and_warn' ends on 2031-03-31, before it begins on 2031-04-07 | swap the two days"},
    {"options.yaml", "action: disclose", "action: dissclose",
     "options.yaml:26:33+9: 'action' of an order of option 'disclose_and_warn' knows no word 'dissclose' | did you mean 'disclose'?"},
    {"options.yaml", "action: disclose", "action: table_package",
     "options.yaml:26:33+13: an order of option 'disclose_and_warn' orders table_package without 'package' | add 'package: …'"},
    {"options.yaml", "action: table_package", "action: mediate",
     "options.yaml:40:18+1: an order of option 'offer_line' has a package, but its action is mediate | only table_package has one"},
    {"options.yaml", "action: disclose, target: tesk", "action: send_arms, target: tesk",
     "options.yaml:26:33+9: an order of option 'disclose_and_warn' orders send_arms without 'kind' | add 'kind: …'"},
    {"options.yaml", "in_combat[tesk_brigade] > 500", "in_combat[tesk_brigad] > 500",
     "options.yaml:29:27+11: a rule of option 'disclose_and_warn': 'tesk_brigad' is no contingent of this case | did you mean 'tesk_brigade'?"},
    {"options.yaml", "in_combat[tesk_brigade] > 500", "in_comat[tesk_brigade] > 500",
     "options.yaml:29:17+8: a rule of option 'disclose_and_warn': 'in_comat' is no published variable | did you mean 'in_combat'?"},
    {"options.yaml", "in_combat[tesk_brigade] > 500", "presence[tesk_brigade] > 500",
     "options.yaml:29:17+8: a rule of option 'disclose_and_warn': 'presence' is of 2 entities, here are 1 | write presence[contingent, region]"},
    {"options.yaml", "in_combat[tesk_brigade] > 500", "in_combat[tesk_brigade] >",
     "options.yaml:29:42+1: a rule of option 'disclose_and_warn': a number, a variable or '(' is expected here | "},
    {"options.yaml", "gates: []", "gates: [go_on]",
     "options.yaml:41:9+5: option 'go_on' under 'gates' is not gated | write 'gated: true' in the option or leave it out here"},
    {"options.yaml", "weeks: 12", "weeks: 0",
     "options.yaml:29:132+1: 'weeks' of 'then' of a rule of option 'disclose_and_warn' must be from 1 to 520; here is 0 | "},
    {"options.yaml", "intensity: 0.8", "intensity: 8",
     "options.yaml:26:68+1: 'intensity' of an order of option 'disclose_and_warn' must be from 0 to 1; here is 8 | "},
    {"questions.yaml", "type: yes_no", "type: yesno",
     "questions.yaml:5:11+5: 'type' of question 'brigade_in_combat' knows no word 'yesno' | did you mean 'yes_no'?"},
    {"questions.yaml", "resolve_by: 2031-06-30", "resolve_by: 2041-06-30",
     "questions.yaml:6:17+10: question 'brigade_in_combat' resolves on 2041-06-30, outside the futures of this case | they run from 2031-04-01 to 2032-03-28"},
    {"questions.yaml", "2031-04-01..2031-06-30", "2031-06-30..2031-04-01",
     "questions.yaml:7:45+10: question 'brigade_in_combat': the span ends before it begins | swap its ends"},
    {"questions.yaml", "2031-04-01..", "2031-02-01..",
     "questions.yaml:7:45+10: question 'brigade_in_combat': 2031-02-01 lies before week 0 | week 0 begins on 2031-03-31"},
    {"questions.yaml", "..2031-06-30 >", "..2031-06-31 >",
     "questions.yaml:7:57+10: question 'brigade_in_combat': '2031-06-31' is no day | write year-month-day, such as 2024-12-31"},
    {"questions.yaml", "week 0..38", "week 0..52",
     "questions.yaml:31:80+2: question 'ground_if_brigade_fights': week 52 lies beyond the horizon | the last week is 51"},
    {"questions.yaml", R"x(settled: "end_settlement > 0.5")x", R"x(settled: "end_settlement = 1")x",
     "questions.yaml:24:32+1: question 'how_it_stands': an operator or the end is expected here | compare with '=='"},
    {"questions.yaml", R"x(settled: "end_settlement > 0.5")x", R"x(Settled: "0 < end_settlement < 1")x",
     R"x(questions.yaml:24:7+7: 'Settled' is no id of a category | ids are lower-case letters, digits and '_', a letter first
questions.yaml:24:36+1: question 'how_it_stands': comparisons do not chain | join two with 'and')x"},
    {"questions.yaml", R"x(    unit: persons
)x", "",
     "questions.yaml:8:5+2: question 'brigade_strength' lacks 'unit' | add 'unit: …'"},
    {"parameters.yaml", "parameters: []", R"x(parameters:
  - {knob: a, prior: 1, unit: x}
  - {knob: a, prior: "Z(1)", unit: x})x",
     R"x(parameters.yaml:4:12+1: the knob 'a' is set twice | keep one
parameters.yaml:4:22+6: the prior of parameter 2 cannot be read | 'Z' is no distribution; known are N, LN, B, G, U, T)x"},
    {"parameters.yaml", "parameters: []", R"x(parameters: []
---
a: b)x",
     "parameters.yaml:4:1+1: a second YAML document begins here | a file holds one mapping; remove the '---'"},
    {"parameters.yaml", "parameters: []", "",
     "parameters.yaml:0:0+1: the file says nothing | remove it or fill it"},
    {"parameters.yaml", "parameters: []", "- a",
     "parameters.yaml:2:1+1: parameters.yaml must be a mapping; here is a list | write 'key: value' lines"},
    {"parameters.yaml", "parameters: []", "parameters: [1]",
     "parameters.yaml:2:14+1: parameter 1 must be a mapping; here is '1' | write 'key: value' lines"},
};

TEST(CaseMessages, OfEvidenceAndOptionsSayWhatIsWrongAndTheWayOut) {
  for (const WrongCase& wrong : wrong_play) expect_messages(wrong);
}

}  // namespace
}  // namespace casus::casefile
