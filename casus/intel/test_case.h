// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/load.h"

/// Small cases built by hand, for tests.
namespace casus::intel::test {

/// Men of one contingent in a far country, a flag, and whoever speaks of them.
class CaseBuilder {
 public:
  CaseBuilder() {
    given.id = "by_hand";
    given.as_of = Date(2024, 10, 31);
    given.digest = "0123456789abcdef";
    for (const char* id : {"guest", "host", "foe"}) {
      casefile::Actor a;
      a.id = id;
      a.key = key_of(id);
      given.actors.push_back(a);
    }
    place("far_east", casefile::PlaceKind::region, 130, 45);
    place("drill_ground", casefile::PlaceKind::training_ground, 131, 46);
    place("front", casefile::PlaceKind::city, 36, 51);
    casefile::Contingent c;
    c.id = "guests";
    c.key = key_of(c.id);
    c.origin = casefile::PlaceId{0};
    c.destination = casefile::PlaceId{2};
    c.path = {casefile::PlaceId{0}, casefile::PlaceId{1}, casefile::PlaceId{2}};
    c.foreign = true;
    given.contingents.push_back(c);
  }

  casefile::PlaceId place(const std::string& id, casefile::PlaceKind kind, double lon, double lat) {
    casefile::Place p;
    p.id = p.name = id;
    p.key = key_of(id);
    p.kind = kind;
    p.lon = lon;
    p.lat = lat;
    given.places.push_back(p);
    return casefile::PlaceId{static_cast<std::uint32_t>(given.places.size() - 1)};
  }

  casefile::HypothesisId hypothesis(const std::string& id, const std::vector<std::string>& states,
                                    std::vector<double> table,
                                    std::vector<casefile::HypothesisId> parents = {}) {
    casefile::Hypothesis h;
    h.id = id;
    h.key = key_of(id);
    for (const auto& s : states) {
      casefile::HypothesisState state;
      state.id = s;
      h.states.push_back(state);
    }
    h.table = std::move(table);
    h.parents = std::move(parents);
    given.hypotheses.push_back(h);
    return casefile::HypothesisId{static_cast<std::uint32_t>(given.hypotheses.size() - 1)};
  }

  /// none, 1-3000, 3001-8000, 8001-13000, more; anywhere, or at the places named.
  casefile::HypothesisId counted(const std::string& id, std::vector<double> table,
                                 std::vector<casefile::PlaceId> at = {},
                                 std::vector<casefile::HypothesisId> parents = {}) {
    const auto h = hypothesis(id, {"none", "to_3000", "to_8000", "to_13000", "above_13000"},
                              std::move(table), std::move(parents));
    auto& it = given.hypotheses[h];
    const double low[] = {0, 1, 3001, 8001, 13001};
    const double high[] = {0, 3000, 8000, 13000, 0};
    for (std::size_t s = 0; s < 5; ++s) {
      it.states[s].counted = true;
      it.states[s].low = low[s];
      if (s < 4) it.states[s].high = high[s];
    }
    it.counts = casefile::ContingentId{0};
    it.at_places = std::move(at);
    return h;
  }

  void staging(casefile::HypothesisId h, std::uint32_t actor, Prior prior) {
    given.hypotheses[h].staged_by.push_back(casefile::ActorId{actor});
    given.hypotheses[h].staging = casefile::Quantity{prior, "share", {}};
  }

  casefile::SourceId source(const std::string& id, char grade,
                            casefile::Stance stance = casefile::Stance::neutral) {
    casefile::Source s;
    s.id = id;
    s.key = key_of(id);
    s.grade = grade;
    s.stance = stance;
    given.sources.push_back(s);
    return casefile::SourceId{static_cast<std::uint32_t>(given.sources.size() - 1)};
  }

  /// A report of `source` that the truth is among `states`; changed further by the caller.
  casefile::Report& report(casefile::SourceId source, casefile::ReportKind kind,
                           casefile::HypothesisId h, std::vector<std::uint32_t> states) {
    casefile::Report r;
    r.id = "r-" + std::to_string(given.reports.size());
    r.key = key_of(r.id);
    r.published = Date(2024, 10, 20);
    r.source = source;
    r.kind = kind;
    r.source_grade = given.sources[source].grade;
    r.item_grade = 3;
    if (!states.empty()) r.says.push_back({h, std::move(states)});
    given.reports.push_back(r);
    return given.reports.back();
  }

  casefile::Case given;
};

}  // namespace casus::intel::test
