// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/file_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <system_error>

namespace casus::casefile {
namespace {

void tell_too_large(const std::string& file, std::uintmax_t bytes, Problems& problems) {
  problems.tell_file(file,
                     fmt::format("the file has {} MB; the limit is {} MB", bytes / 1'000'000,
                                 largest_file / 1'000'000),
                     "split it over included folders");
}

/// Bytes of the well-formed character at `at`, 0 if it is none (RFC 3629, table in section 4).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (first == 0xED && byte(1) > 0x9F) return 0;  // surrogate
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

bool control(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u < 0x20 && u != '\t' && u != '\n' && u != '\r') || u == 0x7F;
}

}  // namespace

bool read_text(const std::filesystem::path& path, const std::string& named, Problems& problems,
               std::string& text) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such file", named));
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw IoError(IoError::Kind::unreadable, fmt::format("{}: not a file", named));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw IoError(IoError::Kind::unreadable, fmt::format("{}: cannot be read", named));
  if (size > largest_file) {
    tell_too_large(named, size, problems);
    return false;
  }
  std::ifstream file(path, std::ios::binary);
  text.resize(size);
  if (!file || (size > 0 && !file.read(text.data(), static_cast<std::streamsize>(size)))) {
    throw IoError(IoError::Kind::unreadable, fmt::format("{}: cannot be read", named));
  }
  return true;
}

bool sound_text(Document& document, Problems& problems) {
  std::string& text = document.text;
  if (text.size() > largest_file) {
    tell_too_large(document.file, text.size(), problems);
    return false;
  }
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) text.erase(0, 3);
  document.split_lines();
  std::size_t line = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    if (length == 0 || control(text[i])) {
      const std::size_t column = i - document.line_starts[line];
      const unsigned byte = static_cast<unsigned char>(text[i]);
      problems.tell_at(document, line, column, 1,
                       length == 0 ? fmt::format("byte 0x{:02X} is not UTF-8", byte)
                                   : fmt::format("control character 0x{:02X}", byte),
                       length == 0 ? "save the file as UTF-8" : "remove it");
      return false;
    }
    if (text[i] == '\n') ++line;
    i += length;
  }
  return true;
}

void tell_too_deep(const Document& document, std::size_t line, std::size_t column,
                   Problems& problems) {
  problems.tell_at(document, line, column, 1,
                   fmt::format("nested more than {} deep, which is the limit", deepest_nesting));
}

namespace {

/// Follows a YAML text token by token, as far as its nesting needs.
class DepthScan {
 public:
  DepthScan(const Document& document) : document_(document) {}

  /// True if no value can be nested deeper than the limit.
  bool shallow() {
    for (line_ = 0; line_ < document_.line_starts.size(); ++line_) {
      const std::string_view text = document_.line(line_);
      column_ = 0;
      if (quote_ == 0 && flow_ == 0) open_block(text);
      scan(text);
      if (too_deep_) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] std::size_t column() const { return column_; }

 private:
  // Indent and the dashes that open nested sequences on one line.
  void open_block(std::string_view text) {
    std::size_t indent = text.find_first_not_of(' ');
    if (indent == std::string_view::npos || text[indent] == '#') return;
    if (in_scalar_ && indent > scalar_indent_) {
      column_ = text.size();
      return;
    }
    in_scalar_ = false;
    while (!indents_.empty() && indents_.back() >= indent) indents_.pop_back();
    push(indent);
    while (indent < text.size() && (text[indent] == '-' || text[indent] == '?') &&
           indent + 1 < text.size() && (text[indent + 1] == ' ' || text[indent + 1] == '\t')) {
      const std::size_t next = text.find_first_not_of(" \t", indent + 1);
      if (next == std::string_view::npos) break;
      indent = next;
      push(indent);
    }
    column_ = indent;
    fresh_ = true;
  }

  void push(std::size_t indent) {
    indents_.push_back(indent);
    // A dash at its parent's indent opens a level of its own: two levels an indent at most.
    if (indents_.size() > static_cast<std::size_t>(deepest_nesting)) too_deep_ = true;
  }

  void scan(std::string_view text) {
    for (; column_ < text.size() && !too_deep_; ++column_) {
      const char c = text[column_];
      const char before = column_ == 0 ? ' ' : text[column_ - 1];
      if (quote_ != 0) {
        in_quotes(text, c);
      } else if (c == '#' && (before == ' ' || before == '\t')) {
        return;
      } else if ((c == '"' || c == '\'') && fresh_) {
        quote_ = c;
        fresh_ = false;
      } else if ((c == '[' || c == '{') && (fresh_ || flow_ > 0)) {
        too_deep_ = ++flow_ + static_cast<int>(indents_.size()) > deepest_nesting;
        fresh_ = true;
        if (too_deep_) return;
      } else if ((c == ']' || c == '}') && flow_ > 0) {
        --flow_;
        fresh_ = false;
      } else if ((c == '|' || c == '>') && fresh_ && flow_ == 0) {
        in_scalar_ = true;
        scalar_indent_ = indents_.empty() ? 0 : indents_.back();
        return;
      } else if (c == ',' && flow_ > 0) {
        fresh_ = true;
      } else if ((c == ':' || c == '-' || c == '?') &&
                 (column_ + 1 == text.size() || text[column_ + 1] == ' ' || flow_ > 0)) {
        fresh_ = true;
      } else if (c != ' ' && c != '\t') {
        fresh_ = false;
      }
    }
  }

  void in_quotes(std::string_view text, char c) {
    if (quote_ == '"' && c == '\\') {
      ++column_;
    } else if (c == quote_) {
      if (quote_ == '\'' && column_ + 1 < text.size() && text[column_ + 1] == '\'') {
        ++column_;
      } else {
        quote_ = 0;
      }
    }
  }

  const Document& document_;
  std::vector<std::size_t> indents_;
  std::size_t line_ = 0;
  std::size_t column_ = 0;
  std::size_t scalar_indent_ = 0;
  int flow_ = 0;
  char quote_ = 0;
  bool fresh_ = true;  // a value may begin here
  bool in_scalar_ = false;
  bool too_deep_ = false;
};

}  // namespace

bool shallow_yaml(const Document& document, Problems& problems) {
  DepthScan scan(document);
  if (scan.shallow()) return true;
  tell_too_deep(document, scan.line(), scan.column(), problems);
  return false;
}

}  // namespace casus::casefile
