// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/casefile/load.h"
#include "casus/casefile/problems.h"

namespace casus::casefile {

/// What is wrong with words that name things of a case but stand in no file: flags, changes. Told
/// all at once.
class Refusals {
 public:
  /// @param where  what the reader is to look at, such as the flag
  void add(std::string where, std::string message, std::string hint) {
    Problem p;
    p.file = std::move(where);
    p.message = std::move(message);
    p.hint = std::move(hint);
    problems_.push_back(std::move(p));
  }
  template <class T>
  std::optional<Id<T>> find(std::string where, const std::vector<T>& things, const char* word,
                            const std::string& id) {
    if (const auto found = casefile::find(things, id)) return found;
    std::vector<std::string_view> names;
    for (const T& t : things) names.push_back(t.id);
    const auto near = nearest(id, names);
    add(std::move(where), fmt::format("the case has no {} '{}'", word, shortened(id)),
        near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
  }
  /// @throws CaseError anything was refused.
  void throw_if_any() const {
    if (!problems_.empty()) throw CaseError(problems_);
  }

 private:
  std::vector<Problem> problems_;
};

}  // namespace casus::casefile
