// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/options.h"

/// `casus forecast CASE` without `--series`, and `casus score ANSWERS OUTCOME`.
namespace casus::cli {

/// What is asked, and where the answers go.
struct QuestionRequest {
  std::optional<std::filesystem::path> questions;  ///< in place of the case's own
  std::optional<std::filesystem::path> answers;    ///< file for the answers
  std::optional<std::string> option;               ///< whose futures answer; default the first
};

int forecast_questions(const Options& options, const QuestionRequest& request);

/// @param outcome  an outcome.yaml; its questions alone are read.
int score_answers(const Options& options, const std::filesystem::path& answers,
                  const std::filesystem::path& outcome);

}  // namespace casus::cli
