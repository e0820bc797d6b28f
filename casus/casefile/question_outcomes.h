// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/casefile/vocabulary.h"
#include "casus/time/date.h"

/// How questions came out, read without the case they were asked in.
namespace casus::casefile {

/// What the answer to a question looks like.
struct AskedQuestion {
  std::string id;
  QuestionType type = QuestionType::yes_no;
  std::vector<std::string> categories;
};

/// How one question came out; one of these is set.
struct Resolved {
  std::optional<bool> came;             ///< yes_no; date: false where it never came by its day
  std::optional<double> number;         ///< number
  std::optional<Date> date;             ///< date
  std::optional<std::size_t> category;  ///< index into AskedQuestion::categories
};

/// Reads `questions` of an outcome.yaml: for every question asked, how it came out; nothing where
/// the file does not say or says null. A yes_no is `true` or `false`, a date a day or `never`, a
/// category its id.
/// @throws CaseError a value does not fit its question. @throws IoError missing or unreadable.
[[nodiscard]] std::vector<std::optional<Resolved>> load_question_outcomes(
    const std::filesystem::path& file, std::span<const AskedQuestion> asked);
/// The same from text in memory.
[[nodiscard]] std::vector<std::optional<Resolved>> question_outcomes_from(
    std::string named, std::string content, std::span<const AskedQuestion> asked);

}  // namespace casus::casefile
