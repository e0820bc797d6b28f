// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "casus/casefile/grading.h"
#include "casus/casefile/vocabulary.h"
#include "casus/random/prior.h"

/// The one law of how likely a report is, given the truth: used to believe reports and to make
/// them.
///
/// docs/models/reports.md and docs/models/sources.md are the manual; equation numbers A1-A12 refer
/// to the sections there.
namespace casus::observe {

using casefile::Aspect;
using casefile::ReportKind;
using casefile::Stance;

/// What a kind of report is worth, per occasion (A3). Rates are dimensionless, sigma in ln units.
struct KindLaw {
  double hit;              ///< h: P(says so | so), informed
  double alarm;            ///< a: P(says so | not so), informed
  double staged;           ///< P(says so | not so, an adversary stages signs of it), informed
  double count_bias;       ///< E ln(reported / true)
  double count_sigma;      ///< sd of ln(reported / true), with the emitter's own
  double place_sigma_km;   ///< error of place
  double delay_weeks;      ///< mean delay from fact to report (Erlang-2)
  double detect_per_week;  ///< P(a watched battalion-sized group is reported in a week)
  double alarms_per_week;  ///< false reports per watched place and week
};

/// The law of a kind; `stance` matters for official statements (party, ally, enemy, neutral).
/// @source judgement (docs/models/reports.md); a = h x (false alarms / detections).
[[nodiscard]] const KindLaw& law_of(ReportKind kind, Stance stance);

/// How a hidden source behaves in all its reports.
enum class Mode : std::uint8_t { honest, careless, controlled };

inline constexpr std::size_t levels = 5;  ///< points of the reliability grid
inline constexpr std::size_t source_states =
    levels + 2;  ///< honest at a level, careless, controlled
[[nodiscard]] constexpr Mode mode_of(std::size_t source_state) {
  if (source_state < levels) return Mode::honest;
  return source_state == levels ? Mode::careless : Mode::controlled;
}

/// Rates of sources that do not speak from knowledge (A2).
struct UninformedRates {
  double careless = 0.5;  ///< g: says yes whatever is so
  double d1 = 0.3;        ///< controlled: P(says so | so)
  double d0 = 0.8;        ///< controlled: P(says so | not so)
  friend bool operator==(const UninformedRates&, const UninformedRates&) = default;
};

/// A source's prior: its reliability rho on a grid, and what the grid says of its mode.
struct Reliability {
  std::array<double, levels> rho{};  ///< P(honest) at each of five equally likely points
  double mean = 0.5;                 ///< their mean, the mean of the beta prior
  std::array<double, levels>
      spread{};  ///< factor on the false-alarm rate of an honest source at a point
  friend bool operator==(const Reliability&, const Reliability&) = default;
};

/// The beta prior of a grade A-F (A2), updated by judged past claims.
[[nodiscard]] Prior grade_prior(char grade, double right = 0.0, double wrong = 0.0,
                                const casefile::Grading& grading = casefile::default_grading());

/// The five-point grid of a beta prior: means of its fifths, so that the grid's mean is the
/// prior's.
///
/// An honest source at a point has false-alarm rate a x (1 - rho) / E[1 - rho | honest]: averaged
/// over the points it is a, so one report weighs what the mean says, while several teach which
/// point it is.
[[nodiscard]] Reliability reliability(const Prior& beta);

/// P(source state) given the share `delta` of controlled channels: honest levels, careless,
/// controlled.
[[nodiscard]] std::array<double, source_states> mode_prior(const Reliability& r, double delta);

/// Weight of a yes in decibans (A2): 10 log10 of the ratio of its probabilities under so and not
/// so. Exactly 0 where rho = delta = 0.
[[nodiscard]] double weight_of_yes(double rho, double delta, double hit, double alarm,
                                   const UninformedRates& u = {});

/// Change of an honest report's weight by its credibility digit 1-6, decibans (A2).
/// @param confirmed_here the reports that confirm it are themselves in the store: a 1 then adds
/// nothing.
[[nodiscard]] double item_decibans(int item, bool confirmed_here,
                                   const casefile::Grading& grading = casefile::default_grading());

/// What one report's yes is worth in every state of affairs.
struct Channel {
  double hit = 0.8;
  double alarm = 0.05;
  double staged = 0.05;   ///< P(yes | not so, staging regime)
  double informed = 1.0;  ///< share of the report that speaks from the source's own knowledge
  UninformedRates uninformed;
  bool mode_free = false;  ///< the rates hold whatever the mode (statements of the accused, A8)
  friend bool operator==(const Channel&, const Channel&) = default;
};

/// How the matter stands with a claim.
struct Truth {
  double share = 1.0;     ///< 1 the whole claim is so, 0 none of it, between: part of it
  bool staging = false;   ///< an adversary runs a display of it
  bool pictured = false;  ///< the community shares one unfounded picture of it
  bool along = true;      ///< the claim goes along with that picture
};

/// P(the report says what it says | source state, truth). Always in (0, 1].
[[nodiscard]] double say(const Channel& channel, std::size_t source_state, const Reliability& r,
                         const Truth& truth);

/// Face match (A6): P(hit | the person is there) and P(hit | not) after m probes.
struct FaceMatch {
  double hit;
  double alarm;         ///< as computed, uncapped
  double capped_alarm;  ///< raised so that the weight is at most 20 dB
};
/// @param probes m; 0 or less: unknown, averaged over its prior LN(200; 1).
/// @source judgement (docs/models/reports.md): T ~ B(6,6), f ~ LN(0.001; 1) per probe.
[[nodiscard]] FaceMatch face_match(double probes);

/// Rates of statements of interested parties (A8).
struct StatementRates {
  double if_so;  ///< P(statement | the accusation is so)
  double if_not_so;
};
inline constexpr StatementRates denial_rates{0.92, 0.95};
inline constexpr StatementRates evasion_rates{0.30, 0.10};
inline constexpr StatementRates admission_rates{0.32, 0.010119288512538815};  // 15 dB

/// A photograph or clip of a sign (A6): weekly rates of it if so, staged, and by chance.
inline constexpr double sign_if_so = 0.03;
inline constexpr double sign_if_staged = 0.05;
inline constexpr double sign_by_chance = 0.0005;

/// Shares of controlled channels an adversary may have, and their prior weights (judgement).
inline constexpr std::array<double, 3> control_share{0.02, 0.10, 0.30};
inline constexpr std::array<double, 3> control_weight{0.6, 0.3, 0.1};

/// Share of the usual chance to see what is concealed: the mean of LN(.5; .3) (A7).
inline constexpr double seen_if_concealed = 0.523;
/// How far the channels of an actor that runs a display go along with it (A7's kappa).
inline constexpr double display_discipline = 0.7;

/// P(all who speak to a question hold the picture they tell, whatever is so).
///
/// A share kappa of what one gets wrong all get wrong together (the beta-factor of common causes):
/// kappa = 1.5/13.5, the mean of the cross-discipline B(1.5, 12), times .25, P(yes | not so) of a
/// source of grade C; rounded up. Of 1,514 finished judgements of one service 6 % lay on the wrong
/// side of even, for whatever reason (Mandel & Barnes 2014): it is well below that.
/// @source Fleming (1975) for the beta-factor; kappa is judgement.
inline constexpr double picture_prior = 0.03;

}  // namespace casus::observe
