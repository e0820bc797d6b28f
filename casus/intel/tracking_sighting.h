// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/model.h"
#include "casus/intel/tracking_way.h"

/// What reports say of places, as the filters read it.
namespace casus::intel {

inline constexpr double men_per_group = 500.0;  ///< battalion-sized

/// A look at places: men seen, so many or unnumbered, or nothing seen.
struct Sighting {
  struct Watch {
    std::size_t cell = 0;
    double weight = 1.0;  ///< of its men that are in view
  };
  std::uint32_t report = 0;
  Date published;
  std::optional<Date> retracted;
  int day = 0;  ///< in the window; the last is the as-of day
  std::vector<Watch> watched;
  bool nothing = false;          ///< looked, saw nothing
  std::optional<double> number;  ///< men told
  observe::CountLaw law;
  double detect = 0.3;        ///< P_D: a group in view is seen
  double alarm = 0.01;        ///< phi: false sightings, per look
  double weight = 1.0;        ///< P(the report measures), where nothing better is known
  double share = 1.0;         ///< of those in view that the number speaks of, middle
  double part = 1.0;          ///< 1 / how many tell of the same pass
  bool of_the_whole = false;  ///< the hypotheses have weighed it: for the aggregate check alone
};

/// Reports that speak of the contingent's whereabouts: not relays, denials, plans, forecasts.
///
/// Two of one kind, one place and overlapping days are one pass and share its weight.
/// @param way its grounds may hold more places than the case names: `places_told`.
[[nodiscard]] std::vector<Sighting> sightings_of(const casefile::Case& given, const Model& model,
                                                 const Way& way);

/// Places other than the destination that reports put men of the contingent at.
[[nodiscard]] std::vector<casefile::PlaceId> places_told(const casefile::Case& given,
                                                         const Model& model,
                                                         std::uint32_t contingent);

/// ln P(what was told | men in the cells), tabled over the men in view; per look, up to a constant.
///
///   nothing:  1 - w P(M)          P(M) = 1 - (1 - P_D)^(M / 500), M = sum of weight x men
///   number z: 1 - w + w [phi + P(M) p(z | M) / p(z | idle)]
///   seen:     1 - w + w [phi + P(M)] / g,  g = .5 the uninformed rate
/// each to the power `part`.
class Look {
 public:
  explicit Look(const Sighting& sighting);
  [[nodiscard]] const Sighting& sighting() const { return sighting_; }
  /// @param men by cell, on the sighting's day. @param weight P(the report measures).
  [[nodiscard]] double log_likelihood(const double* men, double weight) const;

 private:
  static constexpr std::size_t points = 128;
  [[nodiscard]] double measured(double men) const;

  Sighting sighting_;
  std::array<double, points> table_{};  ///< over ln(men)
};

/// The chance that a group-wise sensor sees any of so many men.
[[nodiscard]] double seen_at_all(double detect, double men);

}  // namespace casus::intel
