// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/case.h"
#include "casus/casefile/expression.h"

namespace casus::casefile {

/// Everything a case folder says, checked; never changes once built.
struct Case {
  std::string id;
  std::uint64_t key = 0;
  std::string title, question, handling;
  Date as_of;
  int horizon_weeks = 104;
  std::string digest;  ///< hash of the content of all files, for caching (16 hex digits)
  std::optional<War> war;
  std::vector<Reference> references;
  std::vector<CalendarEvent> calendar;  ///< in order of date
  std::vector<Actor> actors;
  std::vector<Region> regions;
  std::vector<Place> places;
  std::vector<Sector> sectors;
  std::vector<Route> routes;
  std::vector<Contingent> contingents;
  std::vector<Stock> stocks;
  std::vector<Flow> flows;
  std::vector<Treaty> treaties;
  std::vector<Aid> aid;
  std::vector<Deal> deals;
  std::vector<Tension> tensions;
  std::vector<Alignment> alignments;
  std::vector<TalksStart> talks;
  std::vector<Rivalry> rivalries;
  std::vector<RulerTie> ties;
  Grading grading = default_grading();  ///< what the grades below mean
  std::vector<Source> sources;
  std::vector<Report> reports;  ///< in order of publication, then of id
  std::vector<Hypothesis> hypotheses;
  ActorId decision_maker{0};
  std::vector<Values> values;
  std::vector<Requirement> requirements;  ///< of a good enough future
  std::vector<Option> options;
  std::vector<std::string> gates;  ///< ids of gated options that may be played
  std::vector<Question> questions;
  std::vector<Parameter> parameters;
  std::vector<Expression> expressions;

  [[nodiscard]] WeekClock clock() const { return WeekClock(as_of); }
};

/// The index of the thing with text id `id`, or nothing.
template <class T>
[[nodiscard]] std::optional<Id<T>> find(const std::vector<T>& things, std::string_view id) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (things[i].id == id) return Id<T>{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

struct LoadOptions {
  std::optional<Date>
      as_of;  ///< an earlier (or equal) day to look from; later reports are left out
};

/// Reads a case from its folder or its `case.yaml`.
///
/// With `as_of` before the case's own day, reports and parameters dated later are left out; other
/// priors and facts stay (they are the case author's, dated to the case).
/// @throws CaseError every problem of every file at once.
/// @throws IoError   the folder or a file is missing or cannot be read.
[[nodiscard]] Case load(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace casus::casefile
