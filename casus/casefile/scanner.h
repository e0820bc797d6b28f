// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "casus/casefile/problems.h"

/// What the readers of token files (networks, games) share: a text, a place in it, and problems
/// told with their place.
namespace casus::casefile {

class Scanner {
 public:
  /// @throws CaseError the text is larger than a case's file may be, no UTF-8, or holds control
  ///         characters.
  Scanner(std::string file, std::string text);

  [[nodiscard]] std::string_view text() const { return document_.text; }
  [[nodiscard]] const std::string& file() const { return document_.file; }
  [[nodiscard]] std::size_t at() const { return at_; }
  void go(std::size_t offset) { at_ = offset; }
  [[nodiscard]] bool end() const { return at_ >= text().size(); }
  /// The character here, or 0 at the end.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text().size() ? text()[at_ + ahead] : '\0';
  }
  void skip_blanks();
  /// Steps over `c` if it stands here.
  bool take(char c);
  /// Steps over a number; nothing (and no step) if none stands here. Too small for a float is 0.
  std::optional<double> number();

  /// Keeps a problem and goes on.
  void tell(std::size_t offset, std::size_t width, std::string message, std::string hint = "");
  /// @throws CaseError with this problem and those kept.
  [[noreturn]] void fail(std::size_t offset, std::size_t width, std::string message,
                         std::string hint = "");
  /// @throws CaseError if any problem was kept.
  void finish();
  /// Where `offset` is, as a problem without a message.
  [[nodiscard]] Problem place(std::size_t offset, std::size_t width) const;
  /// Bytes from `offset` to the end of what looks like a word; at least 1.
  [[nodiscard]] std::size_t word_width(std::size_t offset) const;

 private:
  Document document_;
  Problems problems_;
  std::size_t at_ = 0;
};

/// `did you mean 'x'?` where one of `words` is near, else empty.
[[nodiscard]] std::string near_hint(std::string_view word,
                                    const std::vector<std::string_view>& words);

[[nodiscard]] inline bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Without blanks at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Appends the UTF-8 form of a code point up to U+10FFFF.
void append_utf8(std::string& out, unsigned long code);

}  // namespace casus::casefile
