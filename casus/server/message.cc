// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/message.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace casus::server {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
      c = static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    out += c;
  }
  return out;
}

bool read_query(std::string_view text, Request& request) {
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equals), true);
    const auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return false;
    request.query[*name] = *value;
  }
  return true;
}

}  // namespace

bool read_target(Request& request) {
  std::string_view text = request.target;
  if (text.empty() || text.front() != '/') return false;
  const auto mark = text.find('?');
  if (mark != std::string_view::npos && !read_query(text.substr(mark + 1), request)) return false;
  text = text.substr(1, mark == std::string_view::npos ? mark : mark - 1);
  while (!text.empty()) {
    const auto end = std::min(text.find('/'), text.size());
    const auto step = decoded(text.substr(0, end), false);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!step || *step == "." || *step == "..") return false;
    if (step->find_first_of("/\\") != std::string::npos) return false;
    request.path.push_back(*step);
  }
  return true;
}

}  // namespace casus::server
