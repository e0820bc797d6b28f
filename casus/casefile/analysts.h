// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/casefile/load.h"

/// What analysts think: `analysts.yaml`, probabilities stated by people.
///
/// Opinions are no evidence. They are no part of a `Case`, so no posterior can hang on them.
namespace casus::casefile {

/// One analyst on one hypothesis.
struct Statement {
  HypothesisId hypothesis{0};
  Date date;
  std::vector<std::optional<double>> p;  ///< by state, as stated; need not add up to one
};

struct Analyst : Named {
  double weight = 1.0;          ///< in the pool; 0: shown, not pooled
  std::vector<Statement> says;  ///< in the order of the case's hypotheses, one each: the latest
};

/// How opinions are put together.
enum class Pool : std::uint8_t { linear, log_odds };
template <>
[[nodiscard]] std::span<const std::string_view> names_of<Pool>();

struct Panel {
  std::vector<Analyst> analysts;
  Pool pool = Pool::linear;
  double band = 0.15;  ///< an analyst further than this from the pool is named as dissenting
};

/// Reads `analysts.yaml` beside the `case.yaml` of `path`; nothing where there is none.
///
/// Statements dated after `given.as_of` are left out; dated after the case's own day, refused.
/// @throws CaseError every problem of the file (or of the case) at once.
/// @throws IoError   it cannot be read.
[[nodiscard]] std::optional<Panel> load_analysts(const std::filesystem::path& path,
                                                 const Case& given);

}  // namespace casus::casefile
