// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/analysts_json.h"

#include <nlohmann/json.hpp>

#include "casus/base/error.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Hypothesis;
using casefile::HypothesisId;
using Json = nlohmann::ordered_json;

[[noreturn]] void refuse_analysts(const std::string& file, const std::string& message) {
  Problem p;
  p.file = file;
  p.message = message;
  p.hint = "make it anew with `casus assess`";
  throw CaseError({p});
}

HypothesisId hypothesis_at(const Json& in, const Case& given, const std::string& file) {
  const auto id = in.at("id").get<std::string>();
  const auto found = casefile::find(given.hypotheses, id);
  if (!found) refuse_analysts(file, "'" + id + "' is not declared in this case");
  if (in.at("states").size() != given.hypotheses[*found].states.size()) {
    refuse_analysts(file, "the number of states of '" + id + "' is not the case's");
  }
  return *found;
}

std::uint32_t analyst_at(const Json& id, const AnalystViews& views, const std::string& file) {
  for (std::uint32_t i = 0; i < views.views.size(); ++i) {
    if (views.views[i].id == id.get<std::string>()) return i;
  }
  refuse_analysts(file, "'" + id.get<std::string>() + "' is no analyst of this belief");
}

Json write_judgement(const AnalystJudgement& j, const Hypothesis& h) {
  Json states = Json::array();
  for (std::size_t s = 0; s < j.p.size(); ++s) {
    Json state = {{"id", h.states[s].id}, {"stated", nullptr}, {"p", j.p[s]}};
    if (j.stated[s]) state["stated"] = *j.stated[s];
    states.push_back(std::move(state));
  }
  return {{"id", h.id},
          {"date", to_string(j.date)},
          {"states", std::move(states)},
          {"from_pool", j.from_pool},
          {"from_engine", j.from_engine},
          {"dissents", j.dissents}};
}

Json write_pooled(const PooledJudgement& p, const AnalystViews& all, const Hypothesis& h) {
  Json states = Json::array();
  for (std::size_t s = 0; s < p.p.size(); ++s) {
    states.push_back({{"id", h.states[s].id},
                      {"p", p.p[s]},
                      {"low", p.low[s]},
                      {"high", p.high[s]},
                      {"engine", p.engine[s]}});
  }
  Json pairs = Json::array();
  for (const AnalystPair& pair : p.pairs) {
    pairs.push_back(
        {{"a", all.views[pair.a].id}, {"b", all.views[pair.b].id}, {"distance", pair.distance}});
  }
  Json dissent = Json::array();
  for (const auto a : p.dissent) dissent.push_back(all.views[a].id);
  return {{"id", h.id},
          {"states", std::move(states)},
          {"disagreement", p.disagreement},
          {"pairs", std::move(pairs)},
          {"farthest_from_engine",
           {{"analyst", all.views[p.farthest].id}, {"distance", p.farthest_distance}}},
          {"dissent", std::move(dissent)}};
}

AnalystView read_view(const Json& in, const Case& given, const std::string& file) {
  AnalystView v;
  v.id = in.at("id");
  v.name = in.at("name");
  v.weight = in.at("weight");
  v.incoherence = in.at("incoherence");
  for (const Json& row : in.at("hypotheses")) {
    AnalystJudgement j;
    j.hypothesis = hypothesis_at(row, given, file);
    const auto date = parse_date(row.at("date").get<std::string>());
    if (!date) refuse_analysts(file, "a judgement has no date");
    j.date = *date;
    for (const Json& s : row.at("states")) {
      j.stated.push_back(s.at("stated").is_null() ? std::optional<double>{}
                                                  : s.at("stated").get<double>());
      j.p.push_back(s.at("p"));
    }
    j.from_pool = row.at("from_pool");
    j.from_engine = row.at("from_engine");
    j.dissents = row.at("dissents");
    v.judgements.push_back(std::move(j));
  }
  return v;
}

PooledJudgement read_pooled(const Json& in, const Case& given, const AnalystViews& all,
                            const std::string& file) {
  PooledJudgement p;
  p.hypothesis = hypothesis_at(in, given, file);
  for (const Json& s : in.at("states")) {
    p.p.push_back(s.at("p"));
    p.low.push_back(s.at("low"));
    p.high.push_back(s.at("high"));
    p.engine.push_back(s.at("engine"));
  }
  p.disagreement = in.at("disagreement");
  for (const Json& pair : in.at("pairs")) {
    p.pairs.push_back({analyst_at(pair.at("a"), all, file), analyst_at(pair.at("b"), all, file),
                       pair.at("distance")});
  }
  p.farthest = analyst_at(in.at("farthest_from_engine").at("analyst"), all, file);
  p.farthest_distance = in.at("farthest_from_engine").at("distance");
  for (const Json& id : in.at("dissent")) p.dissent.push_back(analyst_at(id, all, file));
  return p;
}

}  // namespace

Json write_analysts(const AnalystViews& all, const Case& given) {
  Json out = {{"pool", std::string(casefile::name_of(all.pool))}, {"band", all.band}};
  out["views"] = Json::array();
  for (const AnalystView& v : all.views) {
    Json judgements = Json::array();
    for (const AnalystJudgement& j : v.judgements) {
      judgements.push_back(write_judgement(j, given.hypotheses[j.hypothesis]));
    }
    out["views"].push_back({{"id", v.id},
                            {"name", v.name},
                            {"weight", v.weight},
                            {"incoherence", v.incoherence},
                            {"hypotheses", std::move(judgements)}});
  }
  out["hypotheses"] = Json::array();
  for (const PooledJudgement& p : all.hypotheses) {
    out["hypotheses"].push_back(write_pooled(p, all, given.hypotheses[p.hypothesis]));
  }
  return out;
}

AnalystViews read_analysts(const Json& in, const Case& given, const std::string& file) {
  AnalystViews out;
  const auto pool = casefile::parse<casefile::Pool>(in.at("pool").get<std::string>());
  if (!pool) refuse_analysts(file, "the analysts' pool is unknown");
  out.pool = *pool;
  out.band = in.at("band");
  for (const Json& v : in.at("views")) out.views.push_back(read_view(v, given, file));
  for (const Json& h : in.at("hypotheses")) {
    out.hypotheses.push_back(read_pooled(h, given, out, file));
  }
  return out;
}

}  // namespace casus::intel
