// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/game_tokens.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace casus::casefile {

std::size_t GameTokens::next(bool commas) {
  do {
    in_.skip_blanks();
  } while (commas && in_.take(','));
  return in_.at();
}

bool GameTokens::quoted() { return comes('"'); }

bool GameTokens::comes(char c) {
  next();
  return in_.peek() == c;
}

bool GameTokens::end() {
  next();
  return in_.end();
}

void GameTokens::belongs(const std::string& what) {
  const std::size_t at = next();
  if (in_.end())
    in_.fail(in_.text().size(), 1, fmt::format("the file ends where {} belongs", what));
  const std::size_t width = in_.word_width(at);
  in_.fail(
      at, width,
      fmt::format("found '{}' where {} belongs", shortened(in_.text().substr(at, width)), what));
}

std::string GameTokens::text(const std::string& what) {
  const std::size_t begin = next();
  if (!in_.take('"')) belongs(what + " in quotes");
  std::string out;
  while (in_.peek() != '"') {
    if (in_.end()) in_.fail(begin, 1, fmt::format("the quote that opens {} is never closed", what));
    if (in_.peek() == '\\' && (in_.peek(1) == '"' || in_.peek(1) == '\\')) in_.go(in_.at() + 1);
    out += in_.peek();
    in_.go(in_.at() + 1);
  }
  in_.go(in_.at() + 1);
  return out;
}

std::string GameTokens::word(const std::string& what) {
  const std::size_t at = next();
  if (in_.end() || in_.peek() == '"' || in_.peek() == '{' || in_.peek() == '}') belongs(what);
  const std::size_t width = in_.word_width(at);
  in_.go(at + width);
  return std::string(in_.text().substr(at, width));
}

void GameTokens::expect(char c, const std::string& what) {
  next();
  if (!in_.take(c)) belongs(fmt::format("'{}' {}", c, what));
}

double GameTokens::number(const std::string& what, bool commas) {
  const std::size_t at = next(commas);
  const auto top = in_.number();
  if (!top) belongs(what);
  double value = *top;
  if (in_.peek() == '/') {
    in_.go(in_.at() + 1);
    const std::size_t below = in_.at();
    const auto bottom = in_.number();
    if (!bottom || *bottom == 0.0) {
      in_.fail(below, in_.word_width(below), "a number other than 0 belongs below the fraction");
    }
    value /= *bottom;
  }
  if (!std::isfinite(value)) {
    in_.fail(at, in_.word_width(at), fmt::format("{} must be finite", what));
  }
  return value;
}

std::size_t GameTokens::whole(std::size_t low, std::size_t high, const std::string& what) {
  const std::size_t at = next();
  const auto value = in_.number();
  if (!value) belongs(what);
  if (!(*value >= static_cast<double>(low)) || !(*value <= static_cast<double>(high)) ||
      *value != std::floor(*value)) {
    in_.fail(at, in_.word_width(at),
             fmt::format("{} must be a whole number from {} to {}", what, low, high));
  }
  return static_cast<std::size_t>(*value);
}

std::vector<std::string> GameTokens::names(const std::string& what) {
  expect('{', fmt::format("before {}", what));
  std::vector<std::string> out;
  while (!comes('}')) out.push_back(text(what));
  if (out.empty()) in_.fail(in_.at(), 1, fmt::format("{} are missing", what));
  in_.take('}');
  return out;
}

std::vector<double> GameTokens::payoffs(std::size_t count) {
  expect('{', "before payoffs");
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(number(fmt::format("the payoff of player {}", i + 1), true));
  }
  next(true);
  if (!in_.take('}')) belongs(fmt::format("'}}' after {} payoffs", count));
  return out;
}

void distinct(GameTokens& tokens, std::size_t at, const std::vector<std::string>& labels,
              const std::string& what) {
  std::set<std::string> seen;
  for (const auto& label : labels) {
    if (label.empty() || seen.insert(label).second) continue;
    tokens.in().fail(at, 1, fmt::format("two {} are called '{}'", what, shortened(label)),
                     "answers name them, so give each its own name");
  }
}

}  // namespace casus::casefile
