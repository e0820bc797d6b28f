// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/case_base.h"

/// Who reports what, and the questions of fact.
namespace casus::casefile {

struct Source : Named {
  ReportKind kind = ReportKind::press;
  Stance stance = Stance::neutral;
  std::optional<ActorId> actor;
  char grade = 'F';
  double right = 0.0;  ///< judged past claims
  double wrong = 0.0;
  bool many = false;  ///< a class of people: each report is another one's
  std::string interests;
  std::vector<SourceId> relays;
  std::vector<ActorId> controllable_by;
  Provenance from;
};

/// What a report says of a hypothesis: the truth is among `states` (bit i = state i).
struct Saying {
  HypothesisId hypothesis{0};
  std::vector<std::uint32_t> states;
};

/// What a report says of a strength: so many men of the contingent at the place.
struct StrengthSaying {
  ContingentId contingent{0};
  PlaceId at{0};
  double count = 0.0;
};

struct ReportQuantity {
  std::optional<double> value, low, high;
  std::string unit;
};

struct Report : Named {  ///< `name` is empty
  Date published;
  std::optional<std::pair<Date, Date>> observed;
  SourceId source{0};
  std::string via;
  ReportKind kind = ReportKind::press;
  std::optional<PlaceId> place;
  std::optional<double> lon, lat;
  std::string claim;
  Aspect aspect = Aspect::present;
  std::optional<ReportQuantity> quantity;
  std::vector<Saying> says;
  std::vector<StrengthSaying> strengths;
  std::vector<ReportId> lineage;  ///< reports it repeats
  std::vector<ReportId> answers;  ///< reports it denies
  double fidelity = 1.0;
  char source_grade = 'F';
  int item_grade = 6;
  std::string handling;
  std::optional<double> probes;
  std::optional<Date> retracted;
  CountSense counts = CountSense::exact;
  bool looked = false;
  std::optional<double> coverage;  ///< looked: share of where it might be that was looked at
  bool evasive = false;
  bool against_interest = false;
  double detail = 0.9;
};

struct HypothesisState : Named {  ///< `name` is the text
  double low = 0.0;
  std::optional<double> high;
  bool counted = false;  ///< has low/high
};

struct Hypothesis : Named {  ///< `name` is the text of the question
  std::vector<HypothesisState> states;
  std::optional<ContingentId> counts;
  std::vector<PlaceId> at_places;
  std::vector<RegionId> at_regions;
  bool ordered = false;
  bool key_judgement = false;  ///< stands among the brief's key judgements
  std::vector<HypothesisId> parents;
  /// P(state | parents): rows in mixed radix of the parents' states, the last parent fastest.
  std::vector<double> table;
  std::vector<ActorId> staged_by;
  std::optional<Quantity> staging, conceals;
  Provenance from;
};

}  // namespace casus::casefile
