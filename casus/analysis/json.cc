// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "casus/analysis/comparison.h"
#include "casus/analysis/findings_json.h"
#include "casus/base/error.h"
#include "casus/casefile/handling.h"

namespace casus::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json of(const OutcomeSummary& s) {
  const auto& m = casefile::measures()[s.measure];
  return {{"measure", m.name}, {"unit", m.unit},
          {"mean", s.mean},    {"error", s.error},
          {"q05", s.q05},      {"q25", s.q25},
          {"q50", s.q50},      {"q75", s.q75},
          {"q95", s.q95},      {"quantile_errors", s.quantile_errors},
          {"low", s.low},      {"high", s.high},
          {"bins", s.bins}};
}

Json of(const OptionResult& o, const Comparison& c, const casefile::Case& given) {
  Json outcomes = Json::array();
  for (const OutcomeSummary& s : o.outcomes) outcomes.push_back(of(s));
  Json differences = Json::array();
  for (const PairedDifference& d : o.difference_to) {
    differences.push_back({{"option", c.options[d.other].id},
                           {"mean", d.mean},
                           {"error", d.error},
                           {"unpaired_error", d.unpaired_error},
                           {"share_better", d.share_better}});
  }
  Json value_for = Json::object();
  for (std::size_t i = 0; i < o.value_for.size(); ++i) {
    value_for[given.actors[given.values[i].actor].id] = o.value_for[i];
  }
  return {{"id", o.id},
          {"rank", o.rank},
          {"value", o.value},
          {"error", o.error},
          {"value_for", value_for},
          {"regret",
           {{"expected", o.regret.expected},
            {"error", o.regret.error},
            {"worst", o.regret.worst},
            {"worst_error", o.regret.worst_error},
            {"maximum", o.regret.maximum}}},
          {"stability",
           {{"p_best", o.stability.p_best},
            {"mean_rank", o.stability.mean_rank},
            {"rank_low", o.stability.rank_low},
            {"rank_high", o.stability.rank_high}}},
          {"robustness", robustness_json(o)},
          {"turns", turns_json(o.turns)},
          {"courses", courses_json(o.courses)},
          {"most_likely", o.most_likely},
          {"most_dangerous", o.most_dangerous},
          {"difference_to", differences},
          {"outcomes", outcomes}};
}

Json quantiles_of(const QuestionAnswer& a) {
  Json q = Json::object();
  for (const auto& entry : a.quantiles) q[Json(entry.first).dump()] = entry.second;
  return q;
}

Json categories_of(const QuestionAnswer& a) {
  Json c = Json::object();
  for (const auto& entry : a.categories) c[entry.first] = entry.second;
  return c;
}

Json of(const QuestionAnswer& a) {
  return {{"id", a.id},       {"futures", a.futures},         {"p", a.p},
          {"error", a.error}, {"quantiles", quantiles_of(a)}, {"categories", categories_of(a)}};
}

std::size_t index_of(const Comparison& c, const std::string& id) {
  for (std::size_t i = 0; i < c.options.size(); ++i) {
    if (c.options[i].id == id) return i;
  }
  throw std::out_of_range("no option '" + id + "'");
}

OutcomeSummary read_outcome(const Json& j, std::size_t measure) {
  const auto& m = casefile::measures()[measure];
  if (j.at("measure").get<std::string>() != m.name) {
    throw std::out_of_range("measure '" + j.at("measure").get<std::string>() + "' where '" +
                            std::string(m.name) + "' belongs");
  }
  return {
      measure,     j.at("mean"), j.at("error"),           j.at("q05"), j.at("q25"),  j.at("q50"),
      j.at("q75"), j.at("q95"),  j.at("quantile_errors"), j.at("low"), j.at("high"), j.at("bins")};
}

OptionResult read_option(const Json& j, const casefile::Case& given) {
  OptionResult o;
  o.id = j.at("id");
  o.rank = j.at("rank");
  o.value = j.at("value");
  o.error = j.at("error");
  for (const casefile::Values& v : given.values) {
    o.value_for.push_back(j.at("value_for").at(given.actors[v.actor].id));
  }
  const Json& r = j.at("regret");
  o.regret = {r.at("expected"), r.at("error"), r.at("worst"), r.at("worst_error"), r.at("maximum")};
  const Json& s = j.at("stability");
  o.stability = {s.at("p_best"), s.at("mean_rank"), s.at("rank_low"), s.at("rank_high")};
  read_robustness(o, j.at("robustness"));
  o.turns = read_turns(j.at("turns"));
  o.courses = read_courses(j.at("courses"));
  o.most_likely = j.at("most_likely");
  o.most_dangerous = j.at("most_dangerous");
  for (const Json& m : j.at("outcomes")) o.outcomes.push_back(read_outcome(m, o.outcomes.size()));
  return o;
}

void read_options(Comparison& c, const Json& j, const casefile::Case& given) {
  for (const Json& o : j.at("options")) c.options.push_back(read_option(o, given));
  for (std::size_t i = 0; i < c.options.size(); ++i) {
    for (const Json& d : j.at("options")[i].at("difference_to")) {
      c.options[i].difference_to.push_back({index_of(c, d.at("option")), d.at("mean"),
                                            d.at("error"), d.at("unpaired_error"),
                                            d.at("share_better")});
    }
  }
  for (const Json& id : j.at("ranking")) c.ranking.push_back(index_of(c, id));
  for (const Json& u : j.at("undecided_pairs")) {
    c.undecided_pairs.push_back({index_of(c, u.at("better")), index_of(c, u.at("worse")),
                                 u.at("p_flip"), u.at("p_flip_worths"), u.at("p_flip_numbers"),
                                 u.at("standard_errors")});
  }
}

QuestionAnswer read_answer(const Json& j) {
  QuestionAnswer a;
  a.id = j.at("id");
  a.futures = j.at("futures");
  a.p = j.at("p");
  a.error = j.at("error");
  for (const auto& entry : j.at("quantiles").items()) {
    a.quantiles.emplace_back(Json::parse(entry.key()).get<double>(), entry.value());
  }
  for (const auto& entry : j.at("categories").items()) {
    a.categories.emplace_back(entry.key(), entry.value());
  }
  return a;
}

ensemble::Sampling read_sampling(const Json& j) {
  const auto kind = ensemble::sampling_named(j.at("kind").get<std::string>());
  if (!kind) throw std::out_of_range("no sampling is called " + j.at("kind").dump());
  return {*kind, j.at("noises"), j.at("cube")};
}

Comparison read(const Json& j, const casefile::Case& given) {
  Comparison c;
  c.case_id = j.at("case");
  if (c.case_id != given.id) throw std::out_of_range("it is of the case '" + c.case_id + "'");
  c.case_digest = j.at("case_digest");
  c.seed = j.at("seed");
  c.version = j.at("version");
  c.decision_maker = j.at("decision_maker");
  c.futures = j.at("futures");
  c.sampling = read_sampling(j.at("sampling"));
  c.futures_enough = j.at("futures_enough");
  c.undecided = j.at("undecided");
  c.draws = j.at("draws");
  c.flip_limit = j.at("flip_limit");
  read_options(c, j, given);
  read_findings(c, j);
  for (const Json& h : j.at("hinges")) {
    c.hinges.push_back(
        {h.at("kind"), h.at("name"), h.at("detail"), h.at("correlation"), h.at("flips")});
  }
  for (const Json& a : j.at("answers")) c.answers.push_back(read_answer(a));
  for (const Json& d : j.at("collection")) {
    c.collection.push_back({d.at("task"), d.at("decision_value"), d.at("error"), d.at("perfect")});
  }
  return c;
}

}  // namespace

std::string to_json(const Comparison& c, const casefile::Case& given) {
  Json j = {{"case", c.case_id},
            {"case_digest", c.case_digest},
            {"handling", casefile::handling_of_all(given)},
            {"seed", c.seed},
            {"version", c.version},
            {"decision_maker", c.decision_maker},
            {"undecided", c.undecided},
            {"futures", c.futures},
            {"futures_enough", c.futures_enough},
            {"draws", c.draws},
            {"flip_limit", c.flip_limit},
            {"sampling",
             {{"kind", ensemble::name_of(c.sampling.kind)},
              {"noises", c.sampling.noises},
              {"cube", c.sampling.cube}}}};
  Json pairs = Json::array();
  for (const Undecided& u : c.undecided_pairs) {
    pairs.push_back({{"better", c.options[u.better].id},
                     {"worse", c.options[u.worse].id},
                     {"p_flip", u.p_flip},
                     {"p_flip_worths", u.p_flip_worths},
                     {"p_flip_numbers", u.p_flip_numbers},
                     {"standard_errors", u.standard_errors}});
  }
  j["undecided_pairs"] = pairs;
  Json order = Json::array();
  for (const std::size_t i : c.ranking) order.push_back(c.options[i].id);
  j["ranking"] = order;
  Json names = Json::array();
  for (const auto& m : casefile::measures()) names.push_back(m.name);
  j["measures"] = names;
  Json options = Json::array();
  for (const OptionResult& o : c.options) options.push_back(of(o, c, given));
  j["options"] = options;
  Json hinges = Json::array();
  for (const Hinge& h : c.hinges) {
    hinges.push_back({{"kind", h.kind},
                      {"name", h.name},
                      {"detail", h.detail},
                      {"correlation", h.correlation},
                      {"flips", h.flips}});
  }
  j["hinges"] = hinges;
  add_findings(j, c);
  Json answers = Json::array();
  for (const QuestionAnswer& a : c.answers) answers.push_back(of(a));
  j["answers"] = answers;
  Json collection = Json::array();
  for (const DecisionValue& d : c.collection) {
    collection.push_back({{"task", d.task},
                          {"decision_value", d.decision_value},
                          {"error", d.error},
                          {"perfect", d.perfect}});
  }
  j["collection"] = collection;
  return j.dump(1) + "\n";
}

Comparison comparison_from_json(const std::string& text, const casefile::Case& given,
                                const std::string& file_name) {
  const auto refuse = [&](const std::string& why) {
    Problem problem;
    problem.file = file_name;
    problem.message = "this is no comparison of the case '" + given.id + "': " + why;
    problem.hint = "run `casus weigh` again";
    return CaseError({problem});
  };
  try {
    return read(Json::parse(text), given);
  } catch (const nlohmann::json::exception& e) {
    throw refuse(e.what());
  } catch (const std::out_of_range& e) {
    throw refuse(e.what());
  }
}

}  // namespace casus::analysis
