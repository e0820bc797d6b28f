// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/random/prior.h"

/// What grades mean in a case, and how other schemes' labels become Admiralty grades.
namespace casus::casefile {

struct Grading {
  std::array<Prior, 6> source;  ///< P(honest) of a source graded A … F
  std::array<double, 6> item;   ///< decibans that an honest report of credibility 1 … 6 gains
  struct Level {
    double from = 0.0;  ///< STIX confidence, 0-100
    int item = 6;
  };
  std::vector<Level> stix;  ///< from the highest level down
  struct Label {
    std::string tag;  ///< as MISP writes it
    std::optional<char> source;
    std::optional<int> item;
  };
  std::vector<Label> tags;

  [[nodiscard]] const Prior& of(char letter) const {
    const bool known = letter >= 'A' && letter <= 'F';
    return source[known ? static_cast<std::size_t>(letter - 'A') : 5];
  }
  [[nodiscard]] double decibans(int digit) const {
    return item[static_cast<std::size_t>(digit >= 1 && digit <= 6 ? digit - 1 : 5)];
  }
  /// The credibility digit of a STIX confidence. @param confidence 0-100.
  [[nodiscard]] int item_of(double confidence) const;
  [[nodiscard]] const Label* find(std::string_view tag) const;
};

/// Letters as beta priors and digits as decibans (judgement, docs/models/sources.md); STIX
/// confidence by the Admiralty scale of STIX 2.1, appendix A; MISP's admiralty-scale and the
/// confidence words of its estimative-language.
/// @source OASIS, STIX 2.1 (2021), appendix A; MISP taxonomies `admiralty-scale` and
/// `estimative-language`.
[[nodiscard]] const Grading& default_grading();

}  // namespace casus::casefile
