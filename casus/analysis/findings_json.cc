// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/findings_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace casus::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr double open_end = std::numeric_limits<double>::infinity();

Json bound_json(double x) { return std::isinf(x) ? Json(nullptr) : Json(x); }
double bound_of(const Json& j, double open) { return j.is_null() ? open : j.get<double>(); }

std::size_t index_of(const Comparison& c, const Json& id) {
  for (std::size_t i = 0; i < c.options.size(); ++i) {
    if (c.options[i].id == id.get<std::string>()) return i;
  }
  throw std::out_of_range("no option '" + id.get<std::string>() + "'");
}

Json of(const Scenario& s, const Comparison& c) {
  Json bounds = Json::array();
  for (const Bound& b : s.bounds) {
    bounds.push_back({{"input", b.input},
                      {"low", bound_json(b.low)},
                      {"high", bound_json(b.high)},
                      {"chance", b.chance},
                      {"reproduced", b.reproduced}});
  }
  return {{"method", s.method},
          {"of", s.of},
          {"option", c.options[s.option].id},
          {"bounds", bounds},
          {"base_rate", s.base_rate},
          {"coverage", s.coverage},
          {"density", s.density},
          {"mass", s.mass}};
}

Scenario scenario_of(const Json& j, const Comparison& c) {
  Scenario s;
  s.method = j.at("method");
  s.of = j.at("of");
  s.option = index_of(c, j.at("option"));
  for (const Json& b : j.at("bounds")) {
    s.bounds.push_back({b.at("input"), bound_of(b.at("low"), -open_end),
                        bound_of(b.at("high"), open_end), b.at("chance"), b.at("reproduced")});
  }
  s.base_rate = j.at("base_rate");
  s.coverage = j.at("coverage");
  s.density = j.at("density");
  s.mass = j.at("mass");
  return s;
}

Json of(const Indicator& i) {
  return {{"event", i.event},
          {"variable", i.variable},
          {"entities", i.entities},
          {"week", i.week},
          {"above", i.above},
          {"threshold", i.threshold},
          {"skill", i.skill},
          {"hit_rate", i.hit_rate},
          {"false_alarm_rate", i.false_alarm_rate},
          {"lead_weeks", i.lead_weeks},
          {"still_open", i.still_open},
          {"estimated", i.estimated},
          {"decision_value", i.decision_value},
          {"error", i.error}};
}

Indicator indicator_of(const Json& j) {
  return {j.at("event"),          j.at("variable"),   j.at("entities"),
          j.at("week"),           j.at("above"),      j.at("threshold"),
          j.at("skill"),          j.at("hit_rate"),   j.at("false_alarm_rate"),
          j.at("lead_weeks"),     j.at("still_open"), j.at("estimated"),
          j.at("decision_value"), j.at("error")};
}

Json of(const Course& c) {
  Json marks = Json::array();
  for (const Mark& m : c.marks) {
    marks.push_back({{"measure", casefile::measures()[m.measure].name},
                     {"mean", m.mean},
                     {"elsewhere", m.elsewhere},
                     {"apart", m.apart}});
  }
  return {{"medoid", c.medoid},
          {"share", c.share},
          {"error", c.error},
          {"value", c.value},
          {"worst_tenth", c.worst_tenth},
          {"silhouette", c.silhouette},
          {"stability", c.stability},
          {"marks", marks}};
}

Course course_of(const Json& j) {
  Course c = {j.at("medoid"),      j.at("share"),      j.at("error"),     j.at("value"),
              j.at("worst_tenth"), j.at("silhouette"), j.at("stability"), {}};
  for (const Json& m : j.at("marks")) {
    const auto measures = casefile::measures();
    const auto found =
        std::ranges::find(measures, m.at("measure").get<std::string>(), &casefile::Measure::name);
    if (found == measures.end()) throw std::out_of_range("no such measure");
    c.marks.push_back({static_cast<std::size_t>(found - measures.begin()), m.at("mean"),
                       m.at("elsewhere"), m.at("apart")});
  }
  return c;
}

Json of(const WeightingResult& w, const Comparison& c) {
  Json options = Json::array();
  for (std::size_t o = 0; o < w.options.size(); ++o) {
    const auto& x = w.options[o];
    options.push_back({{"option", c.options[o].id},
                       {"value", x.value},
                       {"error", x.error},
                       {"difference", x.difference},
                       {"difference_error", x.difference_error},
                       {"regret", x.regret},
                       {"rank", x.rank}});
  }
  return {{"id", w.id}, {"name", w.name}, {"actor", w.actor}, {"options", options}};
}

WeightingResult weighting_of(const Json& j) {
  WeightingResult w{j.at("id"), j.at("name"), j.at("actor"), {}};
  for (const Json& o : j.at("options"))
    w.options.push_back({o.at("value"), o.at("error"), o.at("difference"), o.at("difference_error"),
                         o.at("regret"), o.at("rank")});
  return w;
}

Json of(const Threshold& t, const Comparison& c) {
  return {{"better", c.options[t.better].id},
          {"worse", c.options[t.worse].id},
          {"event", t.event},
          {"question", t.question},
          {"under", c.options[t.under].id},
          {"p", t.p},
          {"p_error", t.p_error},
          {"with", t.with},
          {"with_error", t.with_error},
          {"without", t.without},
          {"without_error", t.without_error},
          {"at", t.at},
          {"at_error", t.at_error}};
}

Threshold threshold_of(const Json& j, const Comparison& c) {
  return {index_of(c, j.at("better")),
          index_of(c, j.at("worse")),
          j.at("event"),
          j.at("question"),
          index_of(c, j.at("under")),
          j.at("p"),
          j.at("p_error"),
          j.at("with"),
          j.at("with_error"),
          j.at("without"),
          j.at("without_error"),
          j.at("at"),
          j.at("at_error")};
}

}  // namespace

Json turns_json(const std::vector<SignpostTurn>& turns) {
  Json out = Json::array();
  for (const SignpostTurn& t : turns) {
    out.push_back({{"when", t.when},
                   {"by", t.by},
                   {"share", t.share},
                   {"error", t.error},
                   {"week", {{"q05", t.q05}, {"q50", t.q50}, {"q95", t.q95}}},
                   {"value", t.value},
                   {"otherwise", t.otherwise}});
  }
  return out;
}

std::vector<SignpostTurn> read_turns(const Json& j) {
  std::vector<SignpostTurn> out;
  for (const Json& t : j) {
    const Json& week = t.at("week");
    out.push_back({t.at("when"), t.at("by"), t.at("share"), t.at("error"), week.at("q05"),
                   week.at("q50"), week.at("q95"), t.at("value"), t.at("otherwise")});
  }
  return out;
}

Json courses_json(const Courses& c) {
  Json groups = Json::array();
  for (const Course& g : c.groups) groups.push_back(of(g));
  return {{"of", c.of_trajectories ? "trajectories" : "outcomes"},
          {"variables", c.variables},
          {"silhouette", c.silhouette},
          {"reference", c.reference},
          {"chance", c.chance},
          {"dangerous", c.dangerous},
          {"danger", of(c.danger)},
          {"groups", groups},
          {"group_of", c.of}};
}

Courses read_courses(const Json& j) {
  Courses c;
  c.of_trajectories = j.at("of").get<std::string>() == "trajectories";
  c.variables = j.at("variables").get<std::vector<std::string>>();
  c.silhouette = j.at("silhouette");
  c.reference = j.at("reference");
  c.chance = j.at("chance");
  c.dangerous = j.at("dangerous");
  c.danger = course_of(j.at("danger"));
  for (const Json& g : j.at("groups")) c.groups.push_back(course_of(g));
  c.of = j.at("group_of").get<std::vector<std::uint8_t>>();
  const auto within = [&](std::size_t g) { return g < c.groups.size(); };
  if ((!c.groups.empty() && !within(c.dangerous)) || !std::ranges::all_of(c.of, within))
    throw std::out_of_range("a future of a group that is not there");
  return c;
}

Json robustness_json(const OptionResult& o) {
  return {{"regret_1", o.robustness.regret_1},
          {"regret_2", o.robustness.regret_2},
          {"satisficing_1", o.robustness.satisficing_1},
          {"satisficing_2", o.robustness.satisficing_2},
          {"pareto", o.pareto},
          {"pareto_actors", o.pareto_actors}};
}

void read_robustness(OptionResult& o, const Json& j) {
  o.robustness = {j.at("regret_1"), j.at("regret_2"), j.at("satisficing_1"), j.at("satisficing_2")};
  o.pareto = j.at("pareto");
  o.pareto_actors = j.at("pareto_actors");
}

void add_findings(Json& j, const Comparison& c) {
  j["required_value"] = c.required_value;
  Json dominances = Json::array();
  for (const Dominance& d : c.dominances) {
    dominances.push_back({{"over", c.options[d.over].id},
                          {"under", c.options[d.under].id},
                          {"order", d.order},
                          {"violation", d.violation},
                          {"again", d.again}});
  }
  j["dominances"] = dominances;
  Json weightings = Json::array();
  for (const WeightingResult& w : c.weightings) weightings.push_back(of(w, c));
  j["weightings"] = weightings;
  j["weightings_digest"] = c.weightings_digest;
  Json thresholds = Json::array();
  for (const Threshold& t : c.thresholds) thresholds.push_back(of(t, c));
  j["thresholds"] = thresholds;
  Json scenarios = Json::array();
  for (const Scenario& s : c.scenarios) scenarios.push_back(of(s, c));
  j["scenarios"] = scenarios;
  Json sensitivities = Json::array();
  for (const Sensitivity& s : c.sensitivities) {
    sensitivities.push_back({{"input", s.input},
                             {"of", s.of},
                             {"first_order", s.first_order},
                             {"error", s.error},
                             {"direction", s.direction}});
  }
  j["sensitivities"] = sensitivities;
  Json indicators = Json::array();
  for (const Indicator& i : c.indicators) indicators.push_back(of(i));
  j["indicators"] = indicators;
}

void read_findings(Comparison& c, const Json& j) {
  c.required_value = j.at("required_value");
  for (const Json& d : j.at("dominances")) {
    c.dominances.push_back({index_of(c, d.at("over")), index_of(c, d.at("under")), d.at("order"),
                            d.at("violation"), d.at("again")});
  }
  for (const Json& w : j.at("weightings")) c.weightings.push_back(weighting_of(w));
  c.weightings_digest = j.at("weightings_digest");
  for (const Json& t : j.at("thresholds")) c.thresholds.push_back(threshold_of(t, c));
  for (const Json& s : j.at("scenarios")) c.scenarios.push_back(scenario_of(s, c));
  for (const Json& s : j.at("sensitivities")) {
    c.sensitivities.push_back(
        {s.at("input"), s.at("of"), s.at("first_order"), s.at("error"), s.at("direction")});
  }
  for (const Json& i : j.at("indicators")) c.indicators.push_back(indicator_of(i));
}

}  // namespace casus::analysis
