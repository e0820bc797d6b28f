// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/intel/calibration.h"
#include "casus/intel/model.h"

/// What all who speak to a question may hold in common, and what else hangs on who has spoken:
/// docs/models/inference.md.
namespace casus::intel {

/// Gives every question on which enough sources agree by the as-of day its picture.
///
/// Services read each other and start from the same expectations: whatever the kind, what most say
/// of a question may be one picture that rests on nothing. Looks and statements of the accused
/// stand apart, since what they are worth does not hang on who speaks.
void add_pictures(const casefile::Case& given, Model& m);

/// Turns the model of the as-of day into that of an earlier day, and that into another's.
///
/// Whether there is a picture, of what, and how likely, is judged by the reports published by the
/// day, and so is how many watch an adversary that may display. The variables stay; a picture that
/// is not there yet has no chance.
/// @note O(reports) a day, and the tables of reports that see the picture otherwise.
class DayModel {
 public:
  DayModel(const casefile::Case& given, const ModelOptions& options, const Model& model);

  /// Gives `c`, made of the model's factors and changed by this alone, the tables of a day.
  /// @returns whether any is another than before.
  bool to(Date day, Calibration& c);
  /// By evidence of that day: whether it goes along with the picture; of later ones anything.
  [[nodiscard]] const std::vector<bool>& goes_along() const { return goes_along_; }

 private:
  const casefile::Case& given_;
  const ModelOptions& options_;
  const Model& model_;
  std::vector<bool> goes_along_;
};

}  // namespace casus::intel
