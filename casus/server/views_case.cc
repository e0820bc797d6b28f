// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "casus/casefile/handling.h"
#include "casus/server/views.h"
#include "casus/server/views_json.h"
#include "casus/world/knob.h"

namespace casus::server {
namespace {

template <class Named>
Json id_name(const Named& n) {
  return {{"id", n.id}, {"name", n.name.empty() ? n.id : n.name}};
}

Json stages_of(const Snapshot& s) {
  const auto stage = [](bool there, bool old) {
    return there ? (old ? "old" : "made") : "missing";
  };
  return {{"belief", !s.belief   ? "missing"
                     : s.whole   ? "made"
                     : s.reasons ? "reasons"
                                 : "posteriors"},
          {"futures", stage(s.futures != nullptr, s.futures_old)},
          {"comparison", stage(s.comparison != nullptr, s.comparison_old)},
          {"studies", stage(s.studies != nullptr, s.studies_old)},
          {"brief", stage(s.brief != nullptr, s.brief_old)}};
}

Json branch_of(const Branch& b) {
  return {{"id", b.id},     {"of", b.of},   {"address", address_of(b)},
          {"name", b.name}, {"who", b.who}, {"at", b.at}};
}

Json branch_of(const Snapshot& s) { return s.branch ? branch_of(*s.branch) : Json(); }

Json places_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& p : c.places) {
    Json row = id_name(p);
    row["lon"] = p.lon;
    row["lat"] = p.lat;
    row["precision_km"] = p.precision_km;
    row["kind"] = casefile::name_of(p.kind);
    row["controller"] = p.controller ? Json(c.actors[*p.controller].id) : Json();
    out.push_back(std::move(row));
  }
  return out;
}

Json contingents_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& k : c.contingents) {
    Json row = id_name(k);
    row["owner"] = c.actors[k.owner].id;
    row["side"] = k.side ? Json(*k.side) : Json();
    row["role"] = casefile::name_of(k.role);
    row["foreign"] = k.foreign;
    row["sector"] = k.sector ? Json(c.sectors[*k.sector].id) : Json();
    row["destination"] = c.places[k.destination].id;
    row["path"] = Json::array();
    for (const auto p : k.path) row["path"].push_back(c.places[p].id);
    out.push_back(std::move(row));
  }
  return out;
}

Json map_of(const casefile::Case& c) {
  Json routes = Json::array();
  for (const auto& r : c.routes) {
    routes.push_back({{"id", r.id},
                      {"from", c.places[r.from].id},
                      {"to", c.places[r.to].id},
                      {"mode", casefile::name_of(r.mode)},
                      {"km", r.km}});
  }
  Json sectors = Json::array();
  for (const auto& s : c.sectors) {
    Json row = id_name(s);
    row["lon"] = s.lon;
    row["lat"] = s.lat;
    row["frontage_km"] = s.frontage.prior.median();
    row["places"] = Json::array();
    for (const auto p : s.places) row["places"].push_back(c.places[p].id);
    sectors.push_back(std::move(row));
  }
  return {{"places", places_of(c)},
          {"routes", std::move(routes)},
          {"sectors", std::move(sectors)},
          {"contingents", contingents_of(c)}};
}

Json hypotheses_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& h : c.hypotheses) {
    Json states = Json::array();
    for (const auto& s : h.states) states.push_back({{"id", s.id}, {"text", s.name}});
    out.push_back({{"id", h.id},
                   {"text", h.name},
                   {"key_judgement", h.key_judgement},
                   {"states", std::move(states)}});
  }
  return out;
}

Json calendar_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& e : c.calendar) {
    out.push_back({{"date", to_string(e.date)},
                   {"text", e.text},
                   {"kind", casefile::name_of(e.kind)},
                   {"p", e.p ? number(*e.p) : Json()}});
  }
  return out;
}

template <class T>
Json ids_of(const std::vector<Id<T>>& list, const std::vector<T>& things) {
  Json out = Json::array();
  for (const auto id : list) out.push_back(things[id].id);
  return out;
}

// What an option is made of, and what it turns by.
Json options_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& o : c.options) {
    Json signposts = Json::array();
    for (const auto& s : o.signposts) {
      signposts.push_back({{"when", s.when},
                           {"from", to_string(s.from)},
                           {"by", to_string(s.by)},
                           {"instead", s.instead},
                           {"then", ids_of(s.then.of, c.options)},
                           {"otherwise", ids_of(s.otherwise.of, c.options)}});
    }
    Json row = id_name(o);
    row["text"] = o.text;
    row["gated"] = o.gated;
    row["of"] = ids_of(o.of, c.options);
    row["signposts"] = std::move(signposts);
    out.push_back(std::move(row));
  }
  return out;
}

// What every actor that has values weighs.
Json values_of(const casefile::Case& c) {
  Json out = Json::array();
  for (const auto& v : c.values) {
    Json worth = Json::array();
    for (const auto& w : v.worth) {
      worth.push_back({{"measure", casefile::measures()[w.measure].name},
                       {"worth", w.worth},
                       {"per", w.per},
                       {"sd", w.sd}});
    }
    out.push_back({{"actor", c.actors[v.actor].id},
                   {"tag", casefile::name_of(v.from.tag)},
                   {"source", v.from.reference ? c.references[*v.from.reference].name : ""},
                   {"worth", std::move(worth)}});
  }
  return out;
}

Json says_of(const casefile::Case& c, const casefile::Report& r) {
  Json out = Json::array();
  for (const auto& s : r.says) {
    Json states = Json::array();
    for (const auto k : s.states) states.push_back(c.hypotheses[s.hypothesis].states[k].id);
    out.push_back({{"hypothesis", c.hypotheses[s.hypothesis].id}, {"states", std::move(states)}});
  }
  for (const auto& s : r.strengths) {
    out.push_back({{"strength_of", c.contingents[s.contingent].id},
                   {"at", c.places[s.at].id},
                   {"count", s.count}});
  }
  return out;
}

Json report_of(const casefile::Case& c, const casefile::Report& r) {
  const bool struck = r.retracted && *r.retracted == r.published;
  return {{"id", r.id},
          {"published", to_string(r.published)},
          {"observed", r.observed ? Json{{"from", to_string(r.observed->first)},
                                         {"to", to_string(r.observed->second)}}
                                  : Json()},
          {"source", c.sources[r.source].id},
          {"via", r.via},
          {"kind", casefile::name_of(r.kind)},
          {"aspect", casefile::name_of(r.aspect)},
          {"place", r.place ? Json(c.places[*r.place].id) : Json()},
          {"lon", r.lon ? number(*r.lon) : Json()},
          {"lat", r.lat ? number(*r.lat) : Json()},
          {"claim", r.claim},
          {"says", says_of(c, r)},
          {"lineage", ids_of(r.lineage, c.reports)},
          {"answers", ids_of(r.answers, c.reports)},
          {"grade", fmt::format("{}{}", r.source_grade, r.item_grade)},
          {"handling", r.handling},
          {"struck", struck}};
}

}  // namespace

void shorten(Json& value) {
  if (value.is_number_float()) {
    value = std::strtod(fmt::format("{:.6g}", value.get<double>()).c_str(), nullptr);
  } else if (value.is_structured()) {
    for (auto& v : value) shorten(v);
  }
}

std::string written(Json value) {
  shorten(value);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(); }

Json problems_of(const std::vector<Problem>& problems) {
  Json out = Json::array();
  for (const Problem& p : problems) {
    out.push_back({{"file", p.file},
                   {"line", p.line},
                   {"column", p.column},
                   {"message", p.message},
                   {"excerpt", p.excerpt},
                   {"hint", p.hint}});
  }
  return out;
}

std::string error_json(const std::string& why, const std::vector<Problem>& problems) {
  return written({{"error", why}, {"problems", problems_of(problems)}});
}

std::string cases_json(const std::vector<std::shared_ptr<const Snapshot>>& all) {
  Json out = Json::array();
  for (const auto& s : all) {
    Json row = {{"name", s->name},
                {"branch", branch_of(*s)},
                {"title", s->given ? s->given->title : s->name},
                {"question", s->given ? s->given->question : ""},
                {"as_of", s->given ? to_string(s->given->as_of) : ""},
                {"handling", s->given ? casefile::handling_of_all(*s->given) : ""},
                {"moment", s->moment},
                {"problems", problems_of(s->problems)},
                {"stages", stages_of(*s)}};
    out.push_back(std::move(row));
  }
  return written({{"cases", std::move(out)}});
}

std::string case_json(const Snapshot& now) {
  const casefile::Case& c = *now.given;
  Json actors = Json::array();
  for (const auto& a : c.actors) {
    Json row = id_name(a);
    row["kind"] = casefile::name_of(a.kind);
    row["seat"] = a.seat;
    row["country"] = a.country;
    actors.push_back(std::move(row));
  }
  Json sources = Json::array();
  for (const auto& s : c.sources) {
    Json row = id_name(s);
    row["kind"] = casefile::name_of(s.kind);
    row["grade"] = std::string(1, s.grade);
    row["interests"] = s.interests;
    sources.push_back(std::move(row));
  }
  Json questions = Json::array();
  for (const auto& q : c.questions) {
    questions.push_back({{"id", q.id},
                         {"text", q.name},
                         {"type", casefile::name_of(q.type)},
                         {"resolve_by", to_string(q.resolve_by)},
                         {"unit", q.unit}});
  }
  Json sides = Json::array();
  if (c.war) {
    for (const auto& s : c.war->sides) {
      Json row = id_name(s);
      row["lead"] = c.actors[s.lead].id;
      sides.push_back(std::move(row));
    }
  }
  return written({{"name", now.name},
                  {"branch", branch_of(now)},
                  {"title", c.title},
                  {"question", c.question},
                  {"as_of", to_string(c.as_of)},
                  {"first_week", to_string(c.clock().monday_of(0))},
                  {"horizon_weeks", c.horizon_weeks},
                  {"handling", casefile::handling_of_all(c)},
                  {"moment", now.moment},
                  {"problems", problems_of(now.problems)},
                  {"stages", stages_of(now)},
                  {"sides", std::move(sides)},
                  {"actors", std::move(actors)},
                  {"map", map_of(c)},
                  {"sources", std::move(sources)},
                  {"hypotheses", hypotheses_of(c)},
                  {"options", options_of(c)},
                  {"values", values_of(c)},
                  {"questions", std::move(questions)},
                  {"calendar", calendar_of(c)}});
}

std::string reports_json(const Snapshot& now) {
  const casefile::Case& c = *now.given;
  Json out = Json::array();
  for (std::size_t r = 0; r < c.reports.size(); ++r) {
    Json row = report_of(c, c.reports[r]);
    const bool known = now.belief && r < now.belief->reports.size();
    row["p_true"] = known ? number(now.belief->reports[r].p_true) : Json();
    row["p_staged"] = known ? number(now.belief->reports[r].p_staged) : Json();
    out.push_back(std::move(row));
  }
  return written({{"moment", now.moment}, {"reports", std::move(out)}});
}

std::string model_json(const Snapshot& now) {
  Json knobs = Json::array();
  for (const auto& k : world::knobs()) {
    Json set;
    for (const auto& p : now.given->parameters) {
      if (p.knob == k.id) set = p.value.prior.text();
    }
    knobs.push_back({{"id", k.id},
                     {"prior", k.prior},
                     {"set", std::move(set)},
                     {"low", k.low},
                     {"high", k.high},
                     {"unit", k.unit},
                     {"meaning", k.meaning},
                     {"tag", casefile::name_of(k.tag)},
                     {"source", k.source},
                     {"known", k.known}});
  }
  return written({{"moment", now.moment}, {"knobs", std::move(knobs)}});
}

namespace {

Json kept_json(const Kept& k) {
  return {{"id", k.id},
          {"at", k.at},
          {"who", k.who},
          {"change", Json::parse(to_json(k.change))},
          {"undone_at", k.undone_at},
          {"undone_by", k.undone_by}};
}

}  // namespace

std::string changes_json(const std::vector<Kept>& changes) {
  Json out = Json::array();
  for (const Kept& k : changes) out.push_back(kept_json(k));
  return written({{"changes", std::move(out)}});
}

std::string branch_json(const Branch& branch) { return written(branch_of(branch)); }

std::string branches_json(const Store& store, const std::string& name) {
  Json out = Json::array();
  for (const Branch& b : store.branches(name)) {
    Json own = Json::array();
    for (const Kept& k : store.changes(address_of(b))) {
      if (k.id > b.since && k.undone_at.empty()) own.push_back(kept_json(k));
    }
    Json row = branch_of(b);
    row["changes"] = std::move(own);
    out.push_back(std::move(row));
  }
  return written({{"branches", std::move(out)}});
}

std::string log_json(const std::vector<Entry>& log, bool more) {
  Json out = Json::array();
  for (const Entry& e : log) {
    out.push_back({{"id", e.id},
                   {"at", e.at},
                   {"who", e.who},
                   {"role", e.role},
                   {"case", e.where},
                   {"what", e.what},
                   {"detail", e.detail}});
  }
  return written({{"log", std::move(out)}, {"more", more}});
}

std::string judged_json(const std::vector<Judged>& judged) {
  Json out = Json::array();
  for (const Judged& j : judged) out.push_back({{"id", j.id}, {"at", j.at}, {"why", j.why}});
  return written({{"judged", std::move(out)}});
}

std::string jobs_json(const std::vector<Job>& jobs) {
  Json out = Json::array();
  for (const Job& j : jobs) out.push_back(Json::parse(to_json(j)));
  return written({{"jobs", std::move(out)}});
}

}  // namespace casus::server
