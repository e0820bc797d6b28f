// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/analysts.h"

/// What is believed after the reports: a distribution, not a verdict.
namespace casus::intel {

using casefile::ContingentId;
using casefile::HypothesisId;
using casefile::PlaceId;
using casefile::ReportId;
using casefile::SourceId;

struct StateBelief {
  double p = 0.0;                ///< posterior probability
  double low = 0.0, high = 0.0;  ///< credal bounds over the gradings and the psy-op prior
};

/// What one report does to one state: 10 log10(odds with all / odds with all but this one).
struct Weight {
  ReportId report{0};
  std::uint32_t state = 0;
  double decibans = 0.0;
};

/// The same for all reports of one source.
struct SourceWeight {
  SourceId source{0};
  std::uint32_t state = 0;
  double decibans = 0.0;
};

/// How far one report tells the states apart: 10 log10(largest / smallest likelihood ratio).
struct Diagnosticity {
  ReportId report{0};
  double decibans = 0.0;
};

/// What a judgement hangs on: otherwise another state led, or another word (docs/models/why.md).
struct Linchpin {
  std::string kind;              ///< report, source, prior or hidden
  std::string id;                ///< of the report, source, hypothesis or hidden variable
  std::string change;            ///< struck, careless, controlled, flat, apart, yes, no, level_<k>
  std::optional<double> chance;  ///< P(it is so) now, where the model knows
  bool turns_state = false;      ///< another state leads; else another word
  std::uint32_t leading = 0;     ///< the state that would lead
  double p = 0.0;                ///< its probability then
  std::string word;              ///< and its word
};

struct HypothesisBelief {
  std::vector<StateBelief> states;  ///< in the order of the case
  std::uint32_t leading = 0;        ///< the most probable state
  std::string word;                 ///< ICD-203 word of the leading state's probability
  std::string confidence;           ///< low, moderate or high
  std::string confidence_reason;    ///< why, in a clause
  double origins = 0.0;         ///< expected number of independent origins behind the leading state
  std::vector<Weight> weights;  ///< every (report, state) that moves it by more than 1e-3 dB
  std::vector<SourceWeight> source_weights;  ///< likewise
  std::vector<Diagnosticity> diagnosticity;  ///< every report of more than 0.01 dB
  std::vector<Linchpin> linchpins;           ///< those that turn the state first, then by effect
};

struct SourceBelief {
  double p_honest = 0.0, p_careless = 0.0, p_controlled = 0.0;
};

struct ReportBelief {
  double p_true = 0.0;    ///< P(its core claim is so)
  double p_staged = 0.0;  ///< P(it stems from an adversary's staging)
};

/// What plan of deception an actor follows (A7).
struct DeceptionBelief {
  casefile::ActorId actor{0};
  std::array<double, 4> plan{};  ///< none, conceal, display, double; sums to 1
};

/// A number of men: mean and quantiles.
struct MenBelief {
  double mean = 0.0;
  double q05 = 0.0, q25 = 0.0, q50 = 0.0, q75 = 0.0, q95 = 0.0;
};

/// Men of a contingent at a place at the end of a day: as known that day, and in hindsight.
struct StrengthBelief {
  Date day;
  ContingentId contingent{0};
  PlaceId place{0};
  std::string stage;  ///< plan, transit, training, front
  double mean = 0.0;  ///< from what had been published by the end of `day`
  double q05 = 0.0, q25 = 0.0, q50 = 0.0, q75 = 0.0, q95 = 0.0;
  std::optional<MenBelief> smoothed;  ///< from all reports of the as-of day
};

/// Men of a contingent in all on the as-of day by two methods that share only the reports.
struct TrackingCheck {
  ContingentId contingent{0};
  double ensemble = 0.0;  ///< mean over the ensemble
  double density = 0.0;   ///< by the aggregate filter (docs/models/order_of_battle.md)
};

struct PathPoint {
  Date day;
  HypothesisId hypothesis{0};
  std::uint32_t state = 0;
  double p = 0.0;
};

struct CollectionTask {
  std::string task;               ///< what to collect, where
  double information_bits = 0.0;  ///< expected gain over all hypotheses
  double added_bits = 0.0;        ///< of it, what the tasks listed before would not show
  double cost = 0.0;              ///< sensor hours or their like
  /// P(sign | state of `hypothesis`), [sign][state], empty where not modelled: `weigh` uses it.
  std::optional<HypothesisId> hypothesis;
  std::vector<double> likelihood;
};

/// One factor of the joint posterior: P(node | given), rows by cell of `given`, last fastest.
/// Nodes are the hypotheses (by dense index) and, above them, the hidden modes of sources and
/// regimes. In the order stored every node comes after those it is given, so one pass draws the
/// whole joint. A large one is thinned to cliques of at most four hypotheses, which `method` then
/// says; marginals stay exact (docs/models/inference.md).
struct JointFactor {
  std::string node;
  std::int32_t hypothesis = -1;  ///< dense index, or -1 for a hidden mode
  std::uint32_t states = 0;
  std::vector<std::uint32_t> given;  ///< indices of earlier factors
  std::vector<double> p;
};

/// Parameters fitted to a record (`casus calibrate`): futures take these draws, not the priors'.
struct FittedParameters {
  std::vector<std::string> ids;  ///< of the engine's knobs
  std::vector<double> value;     ///< [draw][id], in the knobs' units
  [[nodiscard]] std::size_t draws() const { return ids.empty() ? 0 : value.size() / ids.size(); }
};

struct Belief {
  std::string case_id, case_digest;
  Date as_of;
  std::uint64_t seed = 1;
  bool grades = true;  ///< false: every grade was read as F6
  std::string version;
  std::string method;  ///< "junction tree, exact" or the named approximation and its error
  std::vector<HypothesisBelief> hypotheses;  ///< by HypothesisId
  std::vector<SourceBelief> sources;         ///< by SourceId
  std::vector<ReportBelief> reports;         ///< by ReportId
  std::vector<DeceptionBelief> deception;    ///< of actors that may stage or hide
  std::vector<StrengthBelief> order_of_battle;
  std::vector<TrackingCheck> tracking_check;  ///< contingents that reports put numbers on
  std::vector<PathPoint> path;                ///< the walk forward, a day at a time
  std::vector<CollectionTask> collection;
  std::vector<JointFactor> joint;
  std::optional<AnalystViews> analysts;  ///< beside the posterior, which does not hang on them
  FittedParameters fitted = {};          ///< may be empty; not in `belief.json`

  /// Draws one joint state of all hypotheses; `uniforms` has one number in (0, 1) per factor.
  [[nodiscard]] std::vector<std::uint32_t> draw(std::span<const double> uniforms) const;
};

struct AssessOptions {
  std::size_t threads = 0;
  std::uint64_t seed = 1;
  bool path = true;           ///< the daily walk forward
  bool ranges = true;         ///< credal bounds; without them they are the posterior
  bool leave_one_out = true;  ///< weights of reports and sources, linchpins
  bool collection = true;
  bool places = true;       ///< the order of battle; `collection` needs it
  bool grades = true;       ///< false: read every grade as F6
  double cells = 67108864;  ///< largest junction tree taken as exact
};

/// Posterior of every hypothesis, source and report of a case, jointly.
/// @throws ModelError the reports have probability zero under the case's model.
[[nodiscard]] Belief assess(const casefile::Case& given, const AssessOptions& options = {});

/// The ICD-203 word of a probability (bands closed below).
[[nodiscard]] std::string icd_word(double p);
/// `63 %`; `< 1 %` and `> 99 %` outside.
[[nodiscard]] std::string icd_percent(double p);

/// `belief.json` (schema/belief.schema.json).
[[nodiscard]] std::string to_json(const Belief& belief, const casefile::Case& given);
/// @throws CaseError the text is no belief of this case.
[[nodiscard]] Belief belief_from_json(const std::string& text, const casefile::Case& given,
                                      const std::string& file_name);

}  // namespace casus::intel
