// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/base/error.h"
#include "casus/casefile/node.h"

namespace casus::casefile {

/// Collects what is wrong with the files of a case.
class Problems {
 public:
  static constexpr std::size_t most_told = 200;

  void tell(const Document& document, const Node& at, std::string message, std::string hint = "");
  /// @param line, column  0-based, in bytes;  @param width  in bytes
  void tell_at(const Document& document, std::size_t line, std::size_t column, std::size_t width,
               std::string message, std::string hint = "");
  void tell_file(std::string file, std::string message, std::string hint = "");

  [[nodiscard]] bool none() const { return count_ == 0; }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Whether it still pays to look for what was meant: far beyond `most_told` nobody reads it.
  [[nodiscard]] bool worth_a_hint() const { return count_ < 5 * most_told; }
  /// In order of file, line and column; beyond `most_told` only their number.
  [[nodiscard]] std::vector<Problem> take();

 private:
  void keep(Problem problem);

  std::vector<Problem> kept_;
  std::size_t count_ = 0;
};

/// Letters to change, add, leave out or swap to turn `a` into `b` (optimal string alignment).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `words` if it is near enough to be meant; else empty.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       const std::vector<std::string_view>& words);

/// `a, b, c`
[[nodiscard]] std::string listed(const std::vector<std::string_view>& words);

/// Bytes of `text` up to a length that fits a message, cut between characters.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes = 60);

/// Characters in UTF-8 text.
[[nodiscard]] std::size_t characters(std::string_view text);

}  // namespace casus::casefile
