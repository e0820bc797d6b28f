// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/json_reader.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "casus/casefile/file_text.h"

namespace casus::casefile {
namespace {

struct Slip {
  std::size_t column;
  std::string message;
  std::string hint;
};

bool digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& text, unsigned code) {
  const auto put = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12));
    put(0x80U | ((code >> 6) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18));
    put(0x80U | ((code >> 12) & 0x3FU));
    put(0x80U | ((code >> 6) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

/// One line of JSON, by recursive descent; the depth is bounded.
class LineReader {
 public:
  LineReader(const Document& document, Problems& problems, std::size_t line)
      : document_(document), problems_(problems), line_(line), text_(document.line(line)) {}

  /// @throws Slip  the first place where the line is not JSON.
  Node read() {
    space();
    Node node = value(0);
    space();
    if (at_ < text_.size()) {
      throw Slip{at_, "something follows the value", "one object a line"};
    }
    return node;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void space() {
    while (at_ < text_.size() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) ++at_;
  }
  [[nodiscard]] Node here(Node::Kind kind) const {
    Node node;
    node.kind = kind;
    node.line = line_;
    node.column = at_;
    return node;
  }
  void expect(char c, const char* where) {
    if (peek() == c && at_ < text_.size()) {
      ++at_;
      return;
    }
    throw Slip{at_, fmt::format("expected '{}' {}", c, where), ""};
  }

  Node value(int depth) {
    if (depth >= deepest_nesting) {
      throw Slip{at_, fmt::format("nested more than {} deep, which is the limit", deepest_nesting),
                 ""};
    }
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"': {
        Node node = here(Node::Kind::text);
        node.text = quoted();
        return node;
      }
      default:
        return bare();
    }
  }

  Node object(int depth) {
    Node node = here(Node::Kind::map);
    std::map<std::string, bool> known;
    ++at_;
    space();
    if (peek() == '}') {
      ++at_;
      return node;
    }
    while (true) {
      space();
      Node key = here(Node::Kind::text);
      if (peek() != '"') throw Slip{at_, "expected a key in double quotes", ""};
      key.text = quoted();
      if (!known.emplace(key.text, true).second) {
        problems_.tell(document_, key,
                       fmt::format("the key '{}' stands twice", shortened(key.text)), "keep one");
      }
      space();
      expect(':', "after the key");
      space();
      node.keys.push_back(std::move(key));
      node.items.push_back(value(depth + 1));
      space();
      if (peek() == ',') {
        ++at_;
        continue;
      }
      expect('}', "or ',' after the value");
      return node;
    }
  }

  Node array(int depth) {
    Node node = here(Node::Kind::sequence);
    ++at_;
    space();
    if (peek() == ']') {
      ++at_;
      return node;
    }
    while (true) {
      space();
      node.items.push_back(value(depth + 1));
      space();
      if (peek() == ',') {
        ++at_;
        continue;
      }
      expect(']', "or ',' after the value");
      return node;
    }
  }

  std::string quoted() {
    const std::size_t begin = at_++;
    std::string result;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) {
        throw Slip{at_, "a tab or line end inside quotes", "write \\t or \\n"};
      }
      ++at_;
      if (c == '\\') {
        escape(result);
      } else {
        result += c;
      }
    }
    if (at_ >= text_.size()) throw Slip{begin, "the quotes are not closed", "add a '\"'"};
    ++at_;
    return result;
  }

  void escape(std::string& result) {
    const char c = peek();
    const std::size_t begin = at_ - 1;
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        result += c;
        return;
      case 'b':
        result += '\b';
        return;
      case 'f':
        result += '\f';
        return;
      case 'n':
        result += '\n';
        return;
      case 'r':
        result += '\r';
        return;
      case 't':
        result += '\t';
        return;
      case 'u':
        break;
      default:
        throw Slip{begin, "this is no escape JSON knows", "write \\\\ for a backslash"};
    }
    unsigned code = hex(begin);
    if (code >= 0xD800 && code < 0xDC00) {
      if (peek() != '\\' || at_ + 1 >= text_.size() || text_[at_ + 1] != 'u') lone(begin);
      at_ += 2;
      const unsigned low = hex(begin);
      if (low < 0xDC00 || low > 0xDFFF) lone(begin);
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
      lone(begin);
    }
    append_utf8(result, code);
  }

  [[noreturn]] static void lone(std::size_t begin) {
    throw Slip{begin, "half of a surrogate pair", "write the character itself in UTF-8"};
  }

  unsigned hex(std::size_t begin) {
    unsigned code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      const int nibble = digit(c)               ? c - '0'
                         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                : -1;
      if (nibble < 0) throw Slip{begin, "\\u wants four hexadecimal digits", ""};
      code = 16 * code + static_cast<unsigned>(nibble);
    }
    return code;
  }

  Node bare() {
    Node node = here(Node::Kind::plain);
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(",]} \t\r:\"{[").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    node.text = std::string(text_.substr(begin, at_ - begin));
    if (node.text.empty()) throw Slip{begin, "a value is missing", ""};
    if (node.text == "null") {
      node.kind = Node::Kind::null;
    } else if (node.text != "true" && node.text != "false" && !number(node.text)) {
      throw Slip{begin, fmt::format("'{}' is no JSON value", shortened(node.text)),
                 "text stands in double quotes"};
    }
    return node;
  }

  static bool number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
      const std::size_t begin = i;
      while (i < text.size() && digit(text[i])) ++i;
      return i > begin;
    };
    if (i < text.size() && text[i] == '-') ++i;
    if (i < text.size() && text[i] == '0') {
      ++i;
    } else if (!digits()) {
      return false;
    }
    if (i < text.size() && text[i] == '.') {
      ++i;
      if (!digits()) return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
      ++i;
      if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
      if (!digits()) return false;
    }
    return i == text.size();
  }

  const Document& document_;
  Problems& problems_;
  std::size_t line_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool read_json_lines(Document& document, Problems& problems) {
  document.json = true;
  document.root.kind = Node::Kind::sequence;
  if (!sound_text(document, problems)) return false;
  for (std::size_t line = 0; line < document.line_starts.size(); ++line) {
    if (document.line(line).find_first_not_of(" \t\r") == std::string_view::npos) continue;
    try {
      document.root.items.push_back(LineReader(document, problems, line).read());
    } catch (const Slip& slip) {
      problems.tell_at(document, line, slip.column, 1,
                       fmt::format("this is not JSON: {}", slip.message), slip.hint);
    }
  }
  return true;
}

}  // namespace casus::casefile
