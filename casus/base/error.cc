// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/error.h"

#include <fmt/format.h>

#include <cstring>

namespace casus {
namespace {

std::string summary(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& p : problems) {
    if (!text.empty()) text += '\n';
    text += format(p);
  }
  return text;
}

}  // namespace

CaseError::CaseError(std::vector<Problem> problems)
    : std::runtime_error(summary(problems)), problems_(std::move(problems)) {}

std::string format(const Problem& p) {
  std::string text = p.line > 0
                         ? fmt::format("{}:{}:{}: error: {}", p.file, p.line, p.column, p.message)
                         : fmt::format("{}: error: {}", p.file, p.message);
  if (!p.excerpt.empty()) {
    const int width = p.width > 1 ? p.width - 1 : 0;
    text += fmt::format("\n{:>7} | {}\n        | {:>{}}", p.line, p.excerpt, '^', p.column);
    text.append(static_cast<std::size_t>(width), '~');
    if (!p.hint.empty()) text += " " + p.hint;
  } else if (!p.hint.empty()) {
    text += "\n        " + p.hint;
  }
  return text;
}

void check_failed(const char* condition, const char* file, int line) {
  const char* cut = std::strstr(file, "casus/");
  throw InternalError(
      fmt::format("{}:{}: check failed: {}", cut != nullptr ? cut : file, line, condition));
}

}  // namespace casus
