// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "casus/casefile/analysts.h"
#include "casus/casefile/fields.h"
#include "casus/casefile/outcome.h"

/// Files that lie beside a case and are no part of it. Private to the module.
namespace casus::casefile {

/// The file `name` in the folder of a case.
[[nodiscard]] std::filesystem::path beside(const std::filesystem::path& path,
                                           std::string_view name);

/// The parsed file; nothing if told.
[[nodiscard]] std::unique_ptr<Document> read_beside(std::string named, std::string content,
                                                    Problems& problems);

/// Reads the file and parses it. @throws IoError missing or unreadable.
[[nodiscard]] std::unique_ptr<Document> open_beside(const std::filesystem::path& file,
                                                    Problems& problems);

/// The index of the id in a list of the case; one that is not declared is told with the nearest.
template <class T>
std::optional<std::uint32_t> refer_in(Problems& problems, const std::vector<T>& things, Spot at,
                                      std::string_view word, const std::string& what);

/// The state of the hypothesis; one it does not have is told with the nearest.
std::optional<std::uint32_t> refer_state(Problems& problems, const Hypothesis& hypothesis, Spot at);

/// From text in memory, held to the whole case. @throws CaseError.
[[nodiscard]] Outcome outcome_from(std::string named, std::string content, const Case& whole);
[[nodiscard]] Panel analysts_from(std::string named, std::string content, const Case& whole,
                                  Date as_of);

// ---

/// Tells that `what` names something that is not declared.
void tell_undeclared(Problems& problems, Spot at, std::string_view word, const std::string& what,
                     const std::vector<std::string_view>& names);

template <class T>
std::optional<std::uint32_t> refer_in(Problems& problems, const std::vector<T>& things, Spot at,
                                      std::string_view word, const std::string& what) {
  const auto id =
      read_string(problems, at, std::string("the ") + std::string(word) + " of " + what);
  if (!id) return std::nullopt;
  if (const auto found = find(things, *id)) return found->index;
  std::vector<std::string_view> names;
  for (const T& t : things) names.push_back(t.id);
  tell_undeclared(problems, at, word, what, names);
  return std::nullopt;
}

}  // namespace casus::casefile
