// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/load.h"

/// How it came out: `outcome.yaml` of a case whose truth is free to know.
///
/// It is no part of a `Case` and its text does not enter the case's digest, so what `assess` says
/// cannot hang on it. Only scoring reads it.
namespace casus::casefile {

struct HypothesisOutcome {
  HypothesisId hypothesis{0};
  std::uint32_t state = 0;  ///< the state that was so
  std::string source;       ///< where it can be read; may be empty
};

struct ReportOutcome {
  ReportId report{0};
  std::optional<bool> verdict;  ///< whether its core claim was so; nothing: still not known
  std::string source;
};

struct QuestionOutcome {
  std::uint32_t question = 0;        ///< index into Case::questions
  std::optional<std::string> value;  ///< as written; nothing: not known
  std::string source;
};

struct Outcome {
  std::optional<Date> known_since;  ///< from this day the truth was public
  std::vector<HypothesisOutcome> hypotheses;
  std::vector<ReportOutcome> reports;
  std::vector<QuestionOutcome> questions;
};

/// Whether the case's folder holds an `outcome.yaml`.
[[nodiscard]] bool has_outcome(const std::filesystem::path& path);

/// Reads `outcome.yaml` beside the `case.yaml` of `path` (a folder or its `case.yaml`).
///
/// Ids are held to the whole case; verdicts on reports that `given` left out, because it looks from
/// an earlier day, are dropped.
/// @throws CaseError every problem of the file (or of the case) at once.
/// @throws IoError   there is no such file, or it cannot be read.
[[nodiscard]] Outcome load_outcome(const std::filesystem::path& path, const Case& given);

}  // namespace casus::casefile
