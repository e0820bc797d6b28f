// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/junction_tree.h"
#include "casus/observe/count.h"
#include "casus/observe/law.h"

/// The joint model of a case: hypotheses, hidden modes, regimes, and one factor for every report.
namespace casus::intel {

struct ModelOptions {
  bool grades = true;           ///< false: every grade read as F6
  int grade_shift = 0;          ///< +1: every A-E one better, -1: one worse
  double staging_quantile = 0;  ///< of the staging priors; 0 = their mean
  std::size_t split = 99;       ///< most hypotheses one source-mode variable may speak to
};

/// A hypothesis and the states of it a claim allows (bit i = state i).
struct Claim {
  std::uint32_t hypothesis = 0;
  std::uint32_t states = 0;
  [[nodiscard]] bool holds(std::uint32_t state) const { return (states >> state & 1U) != 0; }
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// A number told of a contingent, against the count hypothesis that covers the place.
struct Told {
  std::uint32_t hypothesis = 0;
  double number = 0.0;
  Date day;            ///< it speaks of
  bool whole = false;  ///< of all that the hypothesis counts, not of one place of it
  observe::CountLaw law;
  double measured = 0.0;  ///< P(the number is a measurement), independent of the source's mode
};

/// What a report contributes, in words the law understands.
struct Evidence {
  std::uint32_t report = 0;
  std::uint64_t key = 0;  ///< of the report
  std::vector<Claim> claims;
  bool affirmative = false;  ///< claims something out of the ordinary, not its absence
  bool evasive = false;
  bool denial = false;  ///< a statement of the accused: `claims` is then what is denied or evaded
  observe::Channel channel;
  double copied = 0.0;  ///< share that only repeats its lineage
  double echo = 0.0;    ///< P(it only repeats what it heard, without saying so)
  std::optional<Told> told;
  std::optional<Variable> mode;
  std::optional<Variable> picture;  ///< what all who speak to its question may hold, founded or not
  bool goes_along = false;          ///< with that picture
  std::optional<std::uint32_t> question;  ///< it speaks to, of which there may be a picture
  std::uint32_t said = 0;                 ///< of it, as bits that a picture may be of
  std::optional<Variable> line;  ///< evasions: the line the accused hold, shared by all of them
  std::vector<Variable> regimes;
  std::vector<Variable> own_regimes;  ///< those of actors that may run the source
  std::optional<Variable> conceal;    ///< the party's concealment of what is claimed
  double hidden = 0.0;                ///< P(this is hidden | the party conceals)
  std::size_t factor = 0;             ///< index into Model::factors
};

struct Staging {  ///< psy-op regime of an adversary, or the concealment of a party
  std::uint32_t actor = 0;
  Variable variable = 0;
  double p = 0.0;
  std::size_t factor = 0;  ///< of a regime: its prior; what ties signs to it comes next
};

/// What all who speak to a question may hold, founded or not.
struct Picture {
  std::uint32_t question = 0;
  Variable variable = 0;
  std::size_t factor = 0;  ///< its prior
};

struct Model {
  std::vector<std::string> names;  ///< of variables; hypotheses first, in the order of the case
  std::vector<std::uint32_t> states;
  std::vector<Factor> factors;                          ///< priors first, then reports
  std::size_t priors = 0;                               ///< how many of them are priors
  std::vector<std::size_t> own;                         ///< by hypothesis: the factor of its table
  std::vector<Evidence> evidence;                       ///< in the order of the reports
  std::vector<std::optional<std::size_t>> evidence_of;  ///< by report
  std::vector<std::vector<Variable>> modes_of;          ///< by source, one unless split
  std::vector<observe::Reliability> reliability;        ///< by source
  std::map<std::pair<double, double>, observe::Reliability> graded;  ///< by its beta prior
  std::vector<Staging> stagings;
  std::optional<Staging> concealment;
  std::vector<Picture> pictures;
  std::vector<std::optional<std::size_t>>
      numbers_of;  ///< by hypothesis: its factor of numbers told

  [[nodiscard]] std::vector<std::vector<Variable>> scopes() const;
};

/// @param like  the model of the case before a change, read alike: what is the same in it is taken
///              from there, which is faster and gives the same.
[[nodiscard]] Model build_model(const casefile::Case& given, const ModelOptions& options = {},
                                const Model* like = nullptr);

/// The day a report's fact belongs to: the end of `observed`, else publication less the kind's
/// delay.
[[nodiscard]] Date day_of(const casefile::Report& report, casefile::Stance stance);

/// The state that says there is nothing out of the ordinary (`none`, `no`, or a count of 0), if
/// any.
[[nodiscard]] std::optional<std::uint32_t> null_state(const casefile::Hypothesis& hypothesis);

/// The hypothesis that counts `contingent` over the smallest set of places with `place` in it.
[[nodiscard]] std::optional<std::uint32_t> counting_hypothesis(const casefile::Case& given,
                                                               casefile::ContingentId contingent,
                                                               casefile::PlaceId place);

/// A report of which nothing is left: it only repeats what it names, without loss.
[[nodiscard]] inline bool repeats_only(const casefile::Report& r) {
  return !r.lineage.empty() && r.fidelity >= 1.0;
}

/// P(report | the states of its factor's scope), and the parts of it that are an adversary's
/// staging and an echo of what it heard.
struct Likelihood {
  double p = 0.0;
  double staged = 0.0;
  double echo = 0.0;
};
[[nodiscard]] Likelihood likelihood(const Model& model, const Evidence& e, std::uint32_t source,
                                    std::span<const std::uint32_t> states_of_scope);

/// The table of a report's factor.
[[nodiscard]] std::vector<double> likelihood_table(const Model& model, const Evidence& e,
                                                   std::uint32_t source);

}  // namespace casus::intel
