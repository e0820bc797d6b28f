// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/load.h"

/// What one would answer who knows how often such things happen and nothing of this case:
/// `base_rates.yaml`. It is no part of a `Case`; forecasts are held against it.
namespace casus::casefile {

struct BaseRate {
  std::uint32_t question = 0;  ///< index into Case::questions
  std::optional<double> p;     ///< yes_no; date: that it comes about by its day
  std::vector<std::pair<double, double>> quantiles;        ///< number: level, value
  std::vector<std::pair<std::string, double>> categories;  ///< category: of each of the question's
  std::string source;
};

/// Reads `base_rates.yaml` beside the `case.yaml` of `path`; nothing where there is none.
///
/// Rates of questions the case does not ask are left out where `given` asks others than its own.
/// @throws CaseError every problem of the file at once; a rate known only after the case's day.
/// @throws IoError   it cannot be read.
[[nodiscard]] std::vector<BaseRate> load_base_rates(const std::filesystem::path& path,
                                                    const Case& given);
/// The same from text in memory, held to the case.
[[nodiscard]] std::vector<BaseRate> base_rates_from(std::string named, std::string content,
                                                    const Case& given);

}  // namespace casus::casefile
