// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "casus/casefile/file_text.h"

namespace casus::casefile {

Scanner::Scanner(std::string file, std::string text) {
  document_.file = std::move(file);
  document_.text = std::move(text);
  if (!sound_text(document_, problems_)) finish();
}

void Scanner::skip_blanks() {
  while (at_ < text().size() && blank(text()[at_])) ++at_;
}

bool Scanner::take(char c) {
  if (peek() != c) return false;
  ++at_;
  return true;
}

std::optional<double> Scanner::number() {
  const char* begin = text().data() + at_;
  const char* const last = text().data() + text().size();
  if (begin < last && *begin == '+') ++begin;
  double value = 0.0;
  const auto [end, error] = std::from_chars(begin, last, value);
  if (error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const std::string digits(begin, end);
    value = std::strtod(digits.c_str(), nullptr);
  }
  at_ = static_cast<std::size_t>(end - text().data());
  return value;
}

void Scanner::tell(std::size_t offset, std::size_t width, std::string message, std::string hint) {
  const auto& starts = document_.line_starts;
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::size_t>(next - starts.begin()) - 1;
  problems_.tell_at(document_, line, offset - starts[line], width, std::move(message),
                    std::move(hint));
}

Problem Scanner::place(std::size_t offset, std::size_t width) const {
  const auto& starts = document_.line_starts;
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::size_t>(next - starts.begin()) - 1;
  Problems one;
  one.tell_at(document_, line, offset - starts[line], width, "");
  return one.take().front();
}

void Scanner::fail(std::size_t offset, std::size_t width, std::string message, std::string hint) {
  tell(offset, width, std::move(message), std::move(hint));
  throw CaseError(problems_.take());
}

void Scanner::finish() {
  if (!problems_.none()) throw CaseError(problems_.take());
}

std::size_t Scanner::word_width(std::size_t offset) const {
  std::size_t end = offset;
  while (end < text().size() && !blank(text()[end]) &&
         std::string_view(",;(){}[]|<>\"").find(text()[end]) == std::string_view::npos) {
    ++end;
  }
  return std::max<std::size_t>(1, end - offset);
}

std::string near_hint(std::string_view word, const std::vector<std::string_view>& words) {
  const std::string_view near = nearest(word, words);
  return near.empty() ? std::string() : fmt::format("did you mean '{}'?", near);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

void append_utf8(std::string& out, unsigned long code) {
  const auto put = [&](unsigned long byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace casus::casefile
