// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "casus/analysis/regret_table.h"
#include "casus/casefile/handling.h"
#include "casus/ensemble/trace.h"
#include "casus/server/views.h"
#include "casus/server/views_json.h"

namespace casus::server {
namespace {

using ensemble::Futures;

constexpr std::size_t shown_whole = 12;  // futures drawn beside the quantiles

// The file of the belief, as JSON.
Json stage_file(const Snapshot& now) {
  return Json::parse(intel::to_json(*now.belief, *now.given));
}

Json keyed(const std::vector<ensemble::Series>& all) {
  Json out = Json::array();
  for (const auto& s : all) {
    if (!out.empty() && out.back()["variable"] == s.variable) {
      out.back()["entities"].push_back(s.entities);
      continue;
    }
    const auto variables = casefile::variables();
    const auto* const v = std::find_if(variables.data(), variables.data() + variables.size(),
                                       [&](const auto& x) { return x.name == s.variable; });
    const bool known = v != variables.data() + variables.size();
    out.push_back({{"variable", s.variable},
                   {"unit", s.unit},
                   {"meaning", known ? v->meaning : ""},
                   {"entities", Json::array({s.entities})}});
  }
  return out;
}

std::size_t option_of(const Futures& f, const std::string& option) {
  const auto at = std::find(f.options.begin(), f.options.end(), option);
  if (at == f.options.end()) throw Refusal(404, "no futures of such an option");
  return static_cast<std::size_t>(at - f.options.begin());
}

Json line_of(const Futures& f, std::size_t option, std::size_t s, std::size_t future) {
  Json line = Json::array();
  for (std::size_t w = 0; w < f.kept_weeks(); ++w) {
    const std::size_t at =
        ((option * f.trajectories + future) * f.series.size() + s) * f.kept_weeks() + w;
    line.push_back(number(f.trajectory[at]));
  }
  return line;
}

// The futures that stand for the groups of an option, largest first; the bad end comes last.
std::vector<std::size_t> medoids_of(const Snapshot& now, const std::string& option) {
  std::vector<std::size_t> out;
  if (!now.comparison || now.comparison_old || now.comparison->futures != now.futures->futures) {
    return out;
  }
  for (const auto& o : now.comparison->options) {
    if (o.id != option) continue;
    for (const auto& g : o.courses.groups) out.push_back(g.medoid);
    out.push_back(o.courses.danger.medoid);
  }
  return out;
}

Json row_of(const Futures& f, std::size_t option, std::size_t s,
            const std::vector<std::size_t>& medoids) {
  const std::size_t weeks = f.kept_weeks();
  const std::size_t levels = f.levels.size();
  Json mean = Json::array();
  Json quantiles = Json::array();
  for (std::size_t l = 0; l < levels; ++l) quantiles.push_back(Json::array());
  for (std::size_t w = 0; w < weeks; ++w) {
    const std::size_t at = (option * f.series.size() + s) * weeks + w;
    mean.push_back(number(f.mean[at]));
    for (std::size_t l = 0; l < levels; ++l) {
      quantiles[l].push_back(number(f.quantile[at * levels + l]));
    }
  }
  Json whole = Json::array();
  for (std::size_t t = 0; t < std::min(shown_whole, f.trajectories); ++t) {
    whole.push_back(line_of(f, option, s, t));
  }
  Json courses = Json::array();
  for (const std::size_t m : medoids) {
    courses.push_back(m < f.trajectories ? line_of(f, option, s, m) : Json::array());
  }
  return {{"entities", f.series[s].entities},
          {"mean", std::move(mean)},
          {"quantiles", std::move(quantiles)},
          {"futures", std::move(whole)},
          {"courses", std::move(courses)}};
}

Json event_of(const ensemble::ToldEvent& e) {
  Json reasons = Json::array();
  for (const auto& r : e.reasons) reasons.push_back(r.text);
  return {{"week", e.week},
          {"monday", to_string(e.monday)},
          {"kind", e.kind},
          {"sentence", e.sentence},
          {"cause", e.cause},
          {"law", e.law},
          {"weight", e.weight},
          {"because", e.because},
          {"by", e.by},
          {"chance", e.chance ? number(*e.chance) : Json()},
          {"reasons", std::move(reasons)}};
}

// What moves on the map and on the page of a story.
bool told(const ensemble::Series& s) {
  for (const char* const name :
       {"strength", "in_combat", "in_transit", "area_km2", "support", "rung"}) {
    if (s.variable == name) return true;
  }
  return false;
}

// The futures are those that were weighed.
bool weighed(const Snapshot& now) {
  return now.futures && !now.futures_old && !now.comparison_old &&
         now.comparison->futures == now.futures->futures &&
         now.comparison->options.size() == now.futures->options.size();
}

// Regret by which option would have been best; null where the futures are not those weighed.
Json regrets_of(const Snapshot& now) {
  if (!weighed(now)) return nullptr;
  const auto table = analysis::regret_table(
      analysis::value_table(analysis::deciding_values(*now.given), *now.futures));
  Json rows = Json::array();
  for (std::size_t o = 0; o < table.options; ++o) {
    Json row = Json::array();
    for (std::size_t b = 0; b < table.options; ++b) {
      row.push_back(table.regret[o * table.options + b]);
    }
    rows.push_back(std::move(row));
  }
  return {{"options", now.futures->options}, {"share", table.share}, {"regret", std::move(rows)}};
}

}  // namespace

std::string belief_json(const Snapshot& now) {
  Json file = stage_file(now);
  for (auto& h : file["hypotheses"]) {
    for (const char* const key : {"weights", "source_weights", "diagnosticity"}) h.erase(key);
  }
  for (const char* const key : {"joint", "order_of_battle"}) file.erase(key);
  file["moment"] = now.moment;
  file["whole"] = now.whole;
  file["reasons"] = now.reasons;
  return written(std::move(file));
}

std::string hypothesis_json(const Snapshot& now, const std::string& id) {
  if (!casefile::find(now.given->hypotheses, id)) throw Refusal(404, "no such hypothesis");
  Json file = stage_file(now);
  for (auto& h : file["hypotheses"]) {
    if (h["id"] != id) continue;
    h["moment"] = now.moment;
    h["whole"] = now.reasons;
    return written(std::move(h));
  }
  throw Refusal(404, "no such hypothesis");
}

std::string picture_json(const Snapshot& now) {
  // After a change the places follow as a job; until then those of before are shown as such.
  const bool before = !now.whole && now.last_whole;
  const intel::Belief& shown = before ? *now.last_whole : *now.belief;
  Json rows = Json::array();
  for (const auto& s : shown.order_of_battle) {
    Json row = {{"day", to_string(s.day)},
                {"contingent", now.given->contingents[s.contingent].id},
                {"place", now.given->places[s.place].id},
                {"stage", s.stage},
                {"mean", s.mean},
                {"q05", s.q05},
                {"q50", s.q50},
                {"q95", s.q95}};
    if (s.smoothed) {
      row["smoothed"] = {
          {"mean", s.smoothed->mean}, {"q05", s.smoothed->q05}, {"q95", s.smoothed->q95}};
    }
    rows.push_back(std::move(row));
  }
  return written({{"moment", now.moment},
                  {"whole", now.whole},
                  {"before", before},
                  {"order_of_battle", std::move(rows)}});
}

std::string futures_json(const Snapshot& now) {
  const Futures& f = *now.futures;
  Json measures = Json::array();
  for (const auto& m : casefile::measures()) {
    measures.push_back({{"name", m.name}, {"unit", m.unit}, {"meaning", m.meaning}});
  }
  return written({{"moment", now.moment},
                  {"old", now.futures_old},
                  {"options", f.options},
                  {"futures", f.futures},
                  {"weeks", f.weeks},
                  {"every", f.every},
                  {"levels", f.levels},
                  {"measures", std::move(measures)},
                  {"variables", keyed(f.series)}});
}

std::string series_json(const Snapshot& now, const std::string& option,
                        const std::string& variable) {
  const Futures& f = *now.futures;
  const std::size_t o = option_of(f, option);
  const auto medoids = medoids_of(now, option);
  Json rows = Json::array();
  std::string unit;
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    if (f.series[s].variable != variable) continue;
    unit = f.series[s].unit;
    rows.push_back(row_of(f, o, s, medoids));
  }
  if (rows.empty()) throw Refusal(404, "no series of such a variable");
  return written({{"moment", now.moment},
                  {"old", now.futures_old},
                  {"option", option},
                  {"variable", variable},
                  {"unit", unit},
                  {"levels", f.levels},
                  {"every", f.every},
                  {"series", std::move(rows)}});
}

std::string story_json(const Snapshot& now, const std::string& option, std::size_t future,
                       std::uint64_t seed) {
  const Futures& f = *now.futures;
  const std::size_t o = option_of(f, option);
  if (future >= f.futures) throw Refusal(404, "no such future");
  if (now.futures_old) throw Refusal(409, "the case changed since these futures; play them anew");
  ensemble::PlayOptions how;
  how.seed = seed;
  how.futures = f.futures;
  how.weeks = f.weeks;
  how.sampling = f.sampling;
  const ensemble::Tracer tracer(*now.given, *now.belief, how, option);
  const ensemble::Trace trace = tracer.trace(future);
  Json events = Json::array();
  for (const auto& e : trace.events) events.push_back(event_of(e));
  Json outcome = Json::object();
  for (std::size_t m = 0; m < f.measures.size(); ++m) {
    outcome[f.measures[m]] = number(f.outcome_at(o, future, m));
  }
  Json weekly = Json::array();
  const auto weeks = static_cast<std::size_t>(f.weeks);
  for (std::size_t s = 0; s < f.series.size() && (s + 1) * weeks <= trace.weekly.size(); ++s) {
    if (!told(f.series[s])) continue;
    Json values = Json::array();
    for (std::size_t w = 0; w < weeks; ++w) values.push_back(number(trace.weekly[s * weeks + w]));
    weekly.push_back({{"variable", f.series[s].variable},
                      {"entities", f.series[s].entities},
                      {"unit", f.series[s].unit},
                      {"values", std::move(values)}});
  }
  return written({{"moment", now.moment},
                  {"option", option},
                  {"future", future},
                  {"outcome", std::move(outcome)},
                  {"events", std::move(events)},
                  {"weekly", std::move(weekly)}});
}

std::string brief_data_json(const Snapshot& now) {
  std::string comparison = analysis::to_json(*now.comparison, *now.given);
  if (now.studies && !now.studies_old)
    comparison = analysis::with_studies(comparison, *now.studies);
  return Json{{"case", now.given->id},
              {"case_digest", now.given->digest},
              {"handling", casefile::handling_of_all(*now.given)},
              {"belief", stage_file(now)},
              {"comparison", Json::parse(comparison)}}
      .dump(1);
}

std::string comparison_json(const Snapshot& now) {
  Json file = Json::parse(analysis::to_json(*now.comparison, *now.given));
  file["moment"] = now.moment;
  file["old"] = now.comparison_old;
  file["regrets"] = regrets_of(now);
  return written(std::move(file));
}

std::string studies_json(const Snapshot& now) {
  Json file = Json::parse(analysis::to_json(*now.studies));
  file.erase("key");
  file["moment"] = now.moment;
  file["old"] = now.studies_old;
  return written(std::move(file));
}

}  // namespace casus::server
