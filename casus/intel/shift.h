// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

/// What a change of the case does to what is believed.
namespace casus::intel {

struct StateShift {
  std::string state;
  double before = 0.0;
  double after = 0.0;
  double decibans = 0.0;  ///< of its odds, at most 200 either way
};

struct HypothesisShift {
  std::string hypothesis;
  std::string word_before, word_after;  ///< of the state that led and of the one that leads
  std::string led, leads;
  std::vector<StateShift> states;
  double bits = 0.0;  ///< of the belief after against that before; infinite where one was ruled out
};

struct ReportShift {
  std::string report;
  double before = 0.0;  ///< P(its claim is so)
  double after = 0.0;
};

struct SourceShift {
  std::string source;
  double before = 0.0;  ///< P(honest)
  double after = 0.0;
};

struct Shift {
  std::string handling;                     ///< the stricter mark of the two cases
  std::vector<HypothesisShift> hypotheses;  ///< in the order of the case
  std::vector<ReportShift> reports;         ///< of both cases; those that moved most first
  std::vector<SourceShift> sources;         ///< likewise
};

/// @pre both cases have the same hypotheses and sources.
[[nodiscard]] Shift shift_between(const casefile::Case& given, const Belief& before,
                                  const casefile::Case& changed, const Belief& after);

[[nodiscard]] std::string to_json(const Shift& shift);

}  // namespace casus::intel
