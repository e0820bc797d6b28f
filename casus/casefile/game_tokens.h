// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "casus/casefile/scanner.h"

namespace casus::casefile {

/// The words of game files: quoted text, numbers, braces.
class GameTokens {
 public:
  GameTokens(const std::string& text, const std::string& file) : in_(file, text) {}

  [[nodiscard]] Scanner& in() { return in_; }
  /// Steps over blanks (and commas where they may part numbers); where the next word begins.
  std::size_t next(bool commas = false);
  /// Whether a quoted text, or the character `c`, comes next.
  [[nodiscard]] bool quoted();
  [[nodiscard]] bool comes(char c);
  /// A quoted text, called `what` in messages. \" and \\ stand for " and \.
  std::string text(const std::string& what);
  /// A bare word.
  std::string word(const std::string& what);
  void expect(char c, const std::string& what);
  /// A finite number: 7, -0.5, 1e-3, 2/3.
  double number(const std::string& what, bool commas = false);
  /// A whole number from low to high.
  std::size_t whole(std::size_t low, std::size_t high, const std::string& what);
  /// `{ "a" "b" }`, at least one.
  std::vector<std::string> names(const std::string& what);
  /// `{ 1, 2 }`: as many numbers as `count`.
  std::vector<double> payoffs(std::size_t count);
  /// Whether nothing is left.
  [[nodiscard]] bool end();
  /// @throws CaseError "WHAT belongs here, found '...'".
  [[noreturn]] void belongs(const std::string& what);

 private:
  Scanner in_;
};

/// @throws CaseError two of the labels are the same; empty ones are told apart by number.
void distinct(GameTokens& tokens, std::size_t at, const std::vector<std::string>& labels,
              const std::string& what);

}  // namespace casus::casefile
