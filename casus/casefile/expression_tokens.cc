// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/expression_tokens.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace casus::casefile {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool looks_like_date(std::string_view rest) {
  constexpr std::string_view form = "dddd-dd-dd";
  if (rest.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == 'd' ? !digit(rest[i]) : rest[i] != '-') return false;
  }
  return rest.size() == form.size() || !digit(rest[form.size()]);
}

Token read_date_token(std::string_view rest, std::size_t offset) {
  Token token{Token::Kind::date, rest.substr(0, 10), offset, 0.0, Date()};
  const auto date = parse_date(token.text);
  if (!date) {
    throw ExpressionSlip{{offset, 10, fmt::format("'{}' is no day", token.text),
                          "write year-month-day, such as 2024-12-31"}};
  }
  token.date = *date;
  return token;
}

Token read_number_token(std::string_view rest, std::size_t offset) {
  std::size_t i = 0;
  while (i < rest.size() && digit(rest[i])) ++i;
  if (i + 1 < rest.size() && rest[i] == '.' && digit(rest[i + 1])) {
    ++i;
    while (i < rest.size() && digit(rest[i])) ++i;
  }
  if (i < rest.size() && (rest[i] == 'e' || rest[i] == 'E')) {
    std::size_t j = i + 1;
    if (j < rest.size() && (rest[j] == '+' || rest[j] == '-')) ++j;
    if (j < rest.size() && digit(rest[j])) {
      while (j < rest.size() && digit(rest[j])) ++j;
      i = j;
    }
  }
  Token token{Token::Kind::number, rest.substr(0, i), offset, 0.0, Date()};
  const auto read = std::from_chars(rest.data(), rest.data() + i, token.number);
  if (read.ec != std::errc() || !std::isfinite(token.number)) {
    throw ExpressionSlip{{offset, i, fmt::format("'{}' is no finite number", token.text), ""}};
  }
  return token;
}

std::optional<std::string_view> symbol_at(std::string_view rest) {
  static constexpr std::array<std::string_view, 17> symbols = {
      "<=", ">=", "==", "!=", "..", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "="};
  for (const std::string_view symbol : symbols) {
    if (rest.substr(0, symbol.size()) == symbol) return rest.substr(0, symbol.size());
  }
  return std::nullopt;
}

std::size_t character_width(std::string_view rest) {
  std::size_t width = 1;
  while (width < rest.size() && (static_cast<unsigned char>(rest[width]) & 0xC0U) == 0x80U) ++width;
  return width;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const char c = rest.front();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at;
      continue;
    }
    Token token;
    if (looks_like_date(rest)) {
      token = read_date_token(rest, at);
    } else if (digit(c)) {
      token = read_number_token(rest, at);
    } else if (letter(c)) {
      std::size_t i = 0;
      while (i < rest.size() && (letter(rest[i]) || digit(rest[i]))) ++i;
      token = Token{Token::Kind::name, rest.substr(0, i), at, 0.0, Date()};
    } else if (const auto symbol = symbol_at(rest)) {
      token = Token{Token::Kind::symbol, *symbol, at, 0.0, Date()};
    } else {
      const std::size_t width = character_width(rest);
      throw ExpressionSlip{
          {at, width, fmt::format("'{}' has no meaning here", rest.substr(0, width)), ""}};
    }
    at += token.text.size();
    tokens.push_back(token);
  }
  tokens.push_back(Token{Token::Kind::end, text.substr(text.size()), text.size(), 0.0, Date()});
  return tokens;
}

}  // namespace casus::casefile
