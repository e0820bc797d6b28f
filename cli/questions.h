// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "casus/analysis/forecast.h"
#include "cli/options.h"
#include "cli/stages.h"

/// `casus forecast CASE` without `--series`, and `casus score ANSWERS OUTCOME`.
namespace casus::cli {

/// What is asked, and where the answers go.
struct QuestionRequest {
  std::optional<std::filesystem::path> questions;  ///< in place of the case's own
  std::optional<std::filesystem::path> answers;    ///< file for the answers
  std::optional<std::string> option;               ///< whose futures answer; default the first
};

/// Adds to the answers what nothing changing would bring and the base rates of the case.
void add_rivals(const Options& options, const Stages& stages, const casefile::Case& asked,
                const intel::Belief& belief, const std::string& option,
                std::vector<analysis::StatedAnswer>& answers);

int forecast_questions(const Options& options, const QuestionRequest& request);

/// @param outcome  an outcome.yaml; its questions alone are read.
int score_answers(const Options& options, const std::filesystem::path& answers,
                  const std::filesystem::path& outcome);

}  // namespace casus::cli
