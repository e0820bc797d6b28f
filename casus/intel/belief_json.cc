// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/casefile/handling.h"
#include "casus/intel/analysts_json.h"
#include "casus/intel/belief.h"

namespace casus::intel {
namespace {

using casefile::Case;
using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 4> plan_names{"none", "conceal", "display", "double"};

// What the judgement hangs on, beside the weights of its reports.
void write_reasons(const HypothesisBelief& h, const casefile::Hypothesis& named, const Case& given,
                   Json& out) {
  Json sources = Json::array();
  for (const SourceWeight& w : h.source_weights) {
    sources.push_back({{"source", given.sources[w.source].id},
                       {"state", named.states[w.state].id},
                       {"db", w.decibans}});
  }
  Json diagnosticity = Json::array();
  for (const Diagnosticity& d : h.diagnosticity) {
    diagnosticity.push_back({{"report", given.reports[d.report].id}, {"db", d.decibans}});
  }
  Json pins = Json::array();
  for (const Linchpin& l : h.linchpins) {
    pins.push_back({{"kind", l.kind},
                    {"id", l.id},
                    {"change", l.change},
                    {"chance", l.chance ? Json(*l.chance) : Json()},
                    {"turns", l.turns_state ? "state" : "word"},
                    {"leading", named.states[l.leading].id},
                    {"p", l.p},
                    {"word", l.word}});
  }
  out["source_weights"] = std::move(sources);
  out["diagnosticity"] = std::move(diagnosticity);
  out["linchpins"] = std::move(pins);
}

Json write_hypotheses(const Belief& b, const Case& given) {
  Json out = Json::array();
  for (std::size_t i = 0; i < b.hypotheses.size(); ++i) {
    const HypothesisBelief& h = b.hypotheses[i];
    const auto& named = given.hypotheses[i];
    Json states = Json::array();
    for (std::size_t s = 0; s < h.states.size(); ++s) {
      states.push_back({{"id", named.states[s].id},
                        {"p", h.states[s].p},
                        {"low", h.states[s].low},
                        {"high", h.states[s].high}});
    }
    Json weights = Json::array();
    for (const Weight& w : h.weights) {
      weights.push_back({{"report", given.reports[w.report].id},
                         {"state", named.states[w.state].id},
                         {"db", w.decibans}});
    }
    out.push_back({{"id", named.id},
                   {"states", std::move(states)},
                   {"leading", named.states[h.leading].id},
                   {"word", h.word},
                   {"confidence", h.confidence},
                   {"confidence_reason", h.confidence_reason},
                   {"origins", h.origins},
                   {"weights", std::move(weights)}});
    write_reasons(h, named, given, out.back());
  }
  return out;
}

Json write_order_of_battle(const Belief& b, const Case& given) {
  Json out = Json::array();
  for (const StrengthBelief& s : b.order_of_battle) {
    Json row = {{"day", to_string(s.day)},
                {"contingent", given.contingents[s.contingent].id},
                {"place", given.places[s.place].id},
                {"stage", s.stage},
                {"mean", s.mean},
                {"q05", s.q05},
                {"q25", s.q25},
                {"q50", s.q50},
                {"q75", s.q75},
                {"q95", s.q95}};
    if (s.smoothed) {
      const MenBelief& m = *s.smoothed;
      row["smoothed"] = {{"mean", m.mean}, {"q05", m.q05}, {"q25", m.q25},
                         {"q50", m.q50},   {"q75", m.q75}, {"q95", m.q95}};
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json write_tracking_check(const Belief& b, const Case& given) {
  Json out = Json::array();
  for (const TrackingCheck& c : b.tracking_check) {
    out.push_back({{"contingent", given.contingents[c.contingent].id},
                   {"ensemble", c.ensemble},
                   {"density", c.density}});
  }
  return out;
}

Json write_collection(const Belief& b, const Case& given) {
  Json out = Json::array();
  for (const CollectionTask& t : b.collection) {
    Json row = {{"task", t.task},
                {"information_bits", t.information_bits},
                {"added_bits", t.added_bits},
                {"cost", t.cost}};
    if (t.hypothesis) {
      row["hypothesis"] = given.hypotheses[*t.hypothesis].id;
      row["likelihood"] = t.likelihood;
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json write_joint(const Belief& b) {
  Json out = Json::array();
  for (const JointFactor& f : b.joint) {
    out.push_back({{"node", f.node},
                   {"hypothesis", f.hypothesis},
                   {"states", f.states},
                   {"given", f.given},
                   {"p", f.p}});
  }
  return out;
}

[[noreturn]] void refuse(const std::string& file, const std::string& message) {
  Problem p;
  p.file = file;
  p.message = message;
  p.hint = "make it anew with `casus assess`";
  throw CaseError({p});
}

// Finds the thing named, or refuses.
template <class T>
Id<T> must_find(const std::vector<T>& things, const Json& id, const std::string& file) {
  const auto text = id.get<std::string>();
  const auto found = casefile::find(things, text);
  if (!found) refuse(file, "'" + text + "' is not declared in this case");
  return *found;
}

Date must_date(const Json& text, const std::string& file) {
  const auto date = parse_date(text.get<std::string>());
  if (!date) refuse(file, "'" + text.get<std::string>() + "' is not a date");
  return *date;
}

std::uint32_t must_state(const casefile::Hypothesis& h, const Json& id, const std::string& file) {
  const auto text = id.get<std::string>();
  for (std::uint32_t s = 0; s < h.states.size(); ++s) {
    if (h.states[s].id == text) return s;
  }
  refuse(file, "hypothesis '" + h.id + "' has no state '" + text + "'");
}

void must_number(const Json& list, std::size_t count, const char* what, const std::string& file) {
  if (!list.is_array() || list.size() != count) {
    refuse(file, std::string("the number of ") + what + " is not the case's");
  }
}

void read_reasons(const Json& row, const Case& given, const casefile::Hypothesis& named,
                  const std::string& file, HypothesisBelief& h) {
  for (const Json& w : row.at("source_weights")) {
    h.source_weights.push_back({must_find(given.sources, w.at("source"), file),
                                must_state(named, w.at("state"), file), w.at("db")});
  }
  for (const Json& d : row.at("diagnosticity")) {
    h.diagnosticity.push_back({must_find(given.reports, d.at("report"), file), d.at("db")});
  }
  for (const Json& l : row.at("linchpins")) {
    Linchpin pin;
    pin.kind = l.at("kind");
    pin.id = l.at("id");
    pin.change = l.at("change");
    if (!l.at("chance").is_null()) pin.chance = l.at("chance").get<double>();
    pin.turns_state = l.at("turns") == "state";
    pin.leading = must_state(named, l.at("leading"), file);
    pin.p = l.at("p");
    pin.word = l.at("word");
    h.linchpins.push_back(std::move(pin));
  }
}

void read_hypotheses(const Json& in, const Case& given, const std::string& file, Belief& b) {
  must_number(in, given.hypotheses.size(), "hypotheses", file);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto& named = given.hypotheses[i];
    const Json& row = in[i];
    if (row.at("id") != named.id) refuse(file, "hypothesis '" + named.id + "' is not in its place");
    must_number(row.at("states"), named.states.size(), "states", file);
    HypothesisBelief h;
    for (const Json& s : row.at("states")) {
      if (must_state(named, s.at("id"), file) != h.states.size()) {
        refuse(file, "the states of '" + named.id + "' are out of order");
      }
      h.states.push_back({s.at("p"), s.at("low"), s.at("high")});
    }
    h.leading = must_state(named, row.at("leading"), file);
    h.word = row.at("word");
    h.confidence = row.at("confidence");
    h.confidence_reason = row.at("confidence_reason");
    h.origins = row.at("origins");
    for (const Json& w : row.at("weights")) {
      h.weights.push_back({must_find(given.reports, w.at("report"), file),
                           must_state(named, w.at("state"), file), w.at("db")});
    }
    read_reasons(row, given, named, file, h);
    b.hypotheses.push_back(std::move(h));
  }
}

void read_rows(const Json& in, const Case& given, const std::string& file, Belief& b) {
  must_number(in.at("sources"), given.sources.size(), "sources", file);
  for (const Json& s : in.at("sources")) {
    if (must_find(given.sources, s.at("id"), file) != b.sources.size()) {
      refuse(file, "the sources are out of order");
    }
    b.sources.push_back({s.at("p_honest"), s.at("p_careless"), s.at("p_controlled")});
  }
  must_number(in.at("reports"), given.reports.size(), "reports", file);
  for (const Json& r : in.at("reports")) {
    if (must_find(given.reports, r.at("id"), file) != b.reports.size()) {
      refuse(file, "the reports are out of order");
    }
    b.reports.push_back({r.at("p_true"), r.at("p_staged")});
  }
  for (const Json& d : in.at("deception")) {
    DeceptionBelief row{must_find(given.actors, d.at("actor"), file), {}};
    for (std::size_t z = 0; z < plan_names.size(); ++z) {
      row.plan[z] = d.at("plan").at(plan_names[z]);
    }
    b.deception.push_back(row);
  }
  for (const Json& s : in.at("order_of_battle")) {
    b.order_of_battle.push_back(
        {must_date(s.at("day"), file), must_find(given.contingents, s.at("contingent"), file),
         must_find(given.places, s.at("place"), file), s.at("stage"), s.at("mean"), s.at("q05"),
         s.at("q25"), s.at("q50"), s.at("q75"), s.at("q95"), std::nullopt});
    if (s.contains("smoothed")) {
      const Json& m = s.at("smoothed");
      b.order_of_battle.back().smoothed = {m.at("mean"), m.at("q05"), m.at("q25"),
                                           m.at("q50"),  m.at("q75"), m.at("q95")};
    }
  }
  if (in.contains("tracking_check")) {
    for (const Json& c : in.at("tracking_check")) {
      b.tracking_check.push_back({must_find(given.contingents, c.at("contingent"), file),
                                  c.at("ensemble"), c.at("density")});
    }
  }
  for (const Json& p : in.at("path")) {
    const auto h = must_find(given.hypotheses, p.at("hypothesis"), file);
    b.path.push_back({must_date(p.at("day"), file), h,
                      must_state(given.hypotheses[h], p.at("state"), file), p.at("p")});
  }
  for (const Json& t : in.at("collection")) {
    CollectionTask task;
    task.task = t.at("task");
    task.information_bits = t.at("information_bits");
    task.added_bits = t.at("added_bits");
    task.cost = t.at("cost");
    if (t.contains("hypothesis")) {
      task.hypothesis = must_find(given.hypotheses, t.at("hypothesis"), file);
      task.likelihood = t.at("likelihood").get<std::vector<double>>();
    }
    b.collection.push_back(std::move(task));
  }
}

void read_joint(const Json& in, const std::string& file, Belief& b) {
  for (const Json& j : in) {
    JointFactor f;
    f.node = j.at("node");
    f.hypothesis = j.at("hypothesis");
    f.states = j.at("states");
    f.given = j.at("given").get<std::vector<std::uint32_t>>();
    f.p = j.at("p").get<std::vector<double>>();
    std::size_t size = f.states;
    for (const auto g : f.given) {
      if (g >= b.joint.size()) refuse(file, "a joint factor is given one that comes after it");
      size *= b.joint[g].states;
    }
    if (f.states == 0 || f.p.size() != size)
      refuse(file, "a joint factor has a table of wrong size");
    if (f.hypothesis >= static_cast<std::int32_t>(b.hypotheses.size())) {
      refuse(file, "a joint factor names no hypothesis of this case");
    }
    b.joint.push_back(std::move(f));
  }
}

}  // namespace

std::string to_json(const Belief& b, const Case& given) {
  Json out;
  out["case"] = b.case_id;
  out["case_digest"] = b.case_digest;
  out["handling"] = casefile::handling_of_all(given);
  out["as_of"] = to_string(b.as_of);
  out["seed"] = b.seed;
  out["grades"] = b.grades;
  out["version"] = b.version;
  out["method"] = b.method;
  out["hypotheses"] = write_hypotheses(b, given);
  out["sources"] = Json::array();
  for (std::size_t i = 0; i < b.sources.size(); ++i) {
    out["sources"].push_back({{"id", given.sources[i].id},
                              {"grade", std::string(1, given.sources[i].grade)},
                              {"p_honest", b.sources[i].p_honest},
                              {"p_careless", b.sources[i].p_careless},
                              {"p_controlled", b.sources[i].p_controlled}});
  }
  out["reports"] = Json::array();
  for (std::size_t i = 0; i < b.reports.size(); ++i) {
    out["reports"].push_back({{"id", given.reports[i].id},
                              {"p_true", b.reports[i].p_true},
                              {"p_staged", b.reports[i].p_staged}});
  }
  out["deception"] = Json::array();
  for (const DeceptionBelief& d : b.deception) {
    Json plan;
    for (std::size_t z = 0; z < plan_names.size(); ++z) plan[plan_names[z]] = d.plan[z];
    out["deception"].push_back({{"actor", given.actors[d.actor].id}, {"plan", std::move(plan)}});
  }
  out["order_of_battle"] = write_order_of_battle(b, given);
  out["tracking_check"] = write_tracking_check(b, given);
  out["path"] = Json::array();
  for (const PathPoint& p : b.path) {
    const auto& h = given.hypotheses[p.hypothesis];
    out["path"].push_back({{"day", to_string(p.day)},
                           {"hypothesis", h.id},
                           {"state", h.states[p.state].id},
                           {"p", p.p}});
  }
  out["collection"] = write_collection(b, given);
  out["joint"] = write_joint(b);
  if (b.analysts) out["analysts"] = write_analysts(*b.analysts, given);
  return out.dump(1) + "\n";
}

Belief belief_from_json(const std::string& text, const Case& given, const std::string& file_name) {
  try {
    const Json in = Json::parse(text);
    Belief b;
    b.case_id = in.at("case");
    if (b.case_id != given.id) refuse(file_name, "this is a belief of case '" + b.case_id + "'");
    b.case_digest = in.at("case_digest");
    b.as_of = must_date(in.at("as_of"), file_name);
    b.seed = in.at("seed");
    b.grades = in.at("grades");
    b.version = in.at("version");
    b.method = in.at("method");
    read_hypotheses(in.at("hypotheses"), given, file_name, b);
    read_rows(in, given, file_name, b);
    read_joint(in.at("joint"), file_name, b);
    if (in.contains("analysts")) b.analysts = read_analysts(in.at("analysts"), given, file_name);
    return b;
  } catch (const nlohmann::json::exception& e) {
    refuse(file_name, std::string("no belief: ") + e.what());
  }
}

}  // namespace casus::intel
