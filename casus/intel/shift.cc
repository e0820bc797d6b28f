// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/shift.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "casus/casefile/handling.h"
#include "casus/intel/hindsight.h"
#include "casus/intel/words.h"

namespace casus::intel {
namespace {

using casefile::Case;
using Json = nlohmann::ordered_json;

HypothesisShift shift_of(const casefile::Hypothesis& named, const HypothesisBelief& before,
                         const HypothesisBelief& after) {
  HypothesisShift out;
  out.hypothesis = named.id;
  out.word_before = before.word;
  out.word_after = after.word;
  out.led = named.states[before.leading].id;
  out.leads = named.states[after.leading].id;
  std::vector<double> p, q;
  for (std::size_t s = 0; s < named.states.size(); ++s) {
    p.push_back(after.states[s].p);
    q.push_back(before.states[s].p);
    out.states.push_back(
        {named.states[s].id, q[s], p[s], odds_in_decibans(p[s]) - odds_in_decibans(q[s])});
  }
  out.bits = relative_bits(p, q);
  return out;
}

template <class T>
void by_size(std::vector<T>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const T& a, const T& b) {
    return std::fabs(a.after - a.before) > std::fabs(b.after - b.before);
  });
}

}  // namespace

Shift shift_between(const Case& given, const Belief& before, const Case& changed,
                    const Belief& after) {
  Shift out;
  out.handling =
      casefile::stricter(casefile::handling_of_all(given), casefile::handling_of_all(changed));
  for (std::size_t h = 0; h < given.hypotheses.size(); ++h) {
    out.hypotheses.push_back(
        shift_of(given.hypotheses[h], before.hypotheses[h], after.hypotheses[h]));
  }
  std::map<std::string, double> then;
  for (std::size_t i = 0; i < given.reports.size(); ++i) {
    then[given.reports[i].id] = before.reports[i].p_true;
  }
  for (std::size_t i = 0; i < changed.reports.size(); ++i) {
    const auto found = then.find(changed.reports[i].id);
    if (found == then.end()) continue;  // one that was added has no before
    out.reports.push_back({found->first, found->second, after.reports[i].p_true});
  }
  for (std::size_t i = 0; i < given.sources.size(); ++i) {
    out.sources.push_back(
        {given.sources[i].id, before.sources[i].p_honest, after.sources[i].p_honest});
  }
  by_size(out.reports);
  by_size(out.sources);
  return out;
}

std::string to_json(const Shift& shift) {
  Json hypotheses = Json::array();
  for (const HypothesisShift& h : shift.hypotheses) {
    Json states = Json::array();
    for (const StateShift& s : h.states) {
      states.push_back(
          {{"id", s.state}, {"before", s.before}, {"after", s.after}, {"db", s.decibans}});
    }
    hypotheses.push_back({{"id", h.hypothesis},
                          {"led", h.led},
                          {"leads", h.leads},
                          {"word_before", h.word_before},
                          {"word_after", h.word_after},
                          {"bits", std::isfinite(h.bits) ? Json(h.bits) : Json()},
                          {"states", std::move(states)}});
  }
  const auto rows = [](const auto& list, auto name) {
    Json out = Json::array();
    for (const auto& r : list) {
      out.push_back({{"id", r.*name}, {"before", r.before}, {"after", r.after}});
    }
    return out;
  };
  const Json out = {{"handling", shift.handling},
                    {"hypotheses", std::move(hypotheses)},
                    {"reports", rows(shift.reports, &ReportShift::report)},
                    {"sources", rows(shift.sources, &SourceShift::source)}};
  return out.dump(1) + "\n";
}

}  // namespace casus::intel
