// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casus/intel/infer_draft.h"
#include "casus/intel/infer_text.h"

namespace casus::intel {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

// Replaces entities; fails on one that XML itself does not define.
std::string resolved(Scanner& in, std::size_t begin, std::size_t end) {
  const std::string_view raw = in.text().substr(begin, end - begin);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '&') {
      out += raw[i];
      continue;
    }
    const std::size_t stop = raw.find(';', i);
    const std::string_view name =
        stop == std::string_view::npos ? std::string_view() : raw.substr(i + 1, stop - i - 1);
    unsigned long code = 0;
    if (name == "lt") code = '<';
    if (name == "gt") code = '>';
    if (name == "amp") code = '&';
    if (name == "quot") code = '"';
    if (name == "apos") code = '\'';
    if (name.size() > 1 && name[0] == '#') {
      const bool hex = name[1] == 'x';
      const char* const first = name.data() + (hex ? 2 : 1);
      const auto [last, error] =
          std::from_chars(first, name.data() + name.size(), code, hex ? 16 : 10);
      if (error != std::errc() || last != name.data() + name.size() || code > 0x10FFFF ||
          (code >= 0xD800 && code <= 0xDFFF) || code < 0x20) {
        code = 0;
      }
    }
    if (code == 0)
      in.fail(begin + i, name.size() + 2, "this entity is not known", "write '&' as '&amp;'");
    append_utf8(out, code);
    i = stop;
  }
  return out;
}

class Parser {
 public:
  explicit Parser(Scanner& in) : in_(in) {}

  XmlElement document() {
    while (pass_over()) {
    }
    if (in_.peek() != '<') in_.fail(in_.at(), 1, "no XML element stands here");
    XmlElement root = element(0);
    while (pass_over()) {
    }
    if (!in_.end()) in_.fail(in_.at(), in_.word_width(in_.at()), "text after the last element");
    return root;
  }

 private:
  bool starts(std::string_view what) const {
    return in_.text().substr(in_.at(), what.size()) == what;
  }

  void pass(std::string_view open, std::string_view close) {
    const std::size_t end = in_.text().find(close, in_.at() + open.size());
    if (end == std::string_view::npos) {
      in_.fail(in_.at(), open.size(), fmt::format("this '{}' has no '{}'", open, close));
    }
    in_.go(end + close.size());
  }

  // Over blanks, comments, instructions and the document type; false where none stands.
  bool pass_over() {
    const std::size_t before = in_.at();
    in_.skip_blanks();
    if (starts("<!--")) {
      pass("<!--", "-->");
    } else if (starts("<?")) {
      pass("<?", "?>");
    } else if (starts("<!DOCTYPE")) {
      const std::size_t bracket = in_.text().find_first_of("[>", in_.at());
      if (bracket != std::string_view::npos && in_.text()[bracket] == '[') {
        pass("<!DOCTYPE", "]");
        in_.skip_blanks();
        if (!in_.take('>')) in_.fail(in_.at(), 1, "the document type has no '>' at its end");
      } else {
        pass("<!DOCTYPE", ">");
      }
    }
    return in_.at() != before;
  }

  std::string name() {
    const std::size_t begin = in_.at();
    std::size_t end = begin;
    while (end < in_.text().size() && !blank(in_.text()[end]) &&
           std::string_view("<>/=\"'&").find(in_.text()[end]) == std::string_view::npos) {
      ++end;
    }
    if (end == begin) in_.fail(begin, 1, "a name belongs here");
    in_.go(end);
    return std::string(in_.text().substr(begin, end - begin));
  }

  // True if the element ends with its own start tag.
  bool attributes(XmlElement& e) {
    while (true) {
      in_.skip_blanks();
      if (in_.take('>')) return false;
      if (in_.peek() == '/' && in_.peek(1) == '>') {
        in_.go(in_.at() + 2);
        return true;
      }
      if (in_.end())
        in_.fail(e.offset, e.name.size(), fmt::format("the tag '{}' has no '>'", e.name));
      std::string key = name();
      in_.skip_blanks();
      if (!in_.take('='))
        in_.fail(in_.at(), 1, fmt::format("'=' belongs behind the attribute '{}'", key));
      in_.skip_blanks();
      const char mark = in_.peek();
      if (mark != '"' && mark != '\'') in_.fail(in_.at(), 1, "an attribute's value is quoted");
      const std::size_t begin = in_.at() + 1;
      const std::size_t end = in_.text().find(mark, begin);
      if (end == std::string_view::npos)
        in_.fail(in_.at(), 1, "this quotation mark has no partner");
      e.attributes.emplace_back(std::move(key), resolved(in_, begin, end));
      in_.go(end + 1);
    }
  }

  XmlElement element(int depth) {
    if (depth > casefile::deepest_nesting) in_.fail(in_.at(), 1, "elements nest too deep");
    in_.go(in_.at() + 1);
    XmlElement e;
    e.offset = in_.at();
    e.name = name();
    if (attributes(e)) return e;
    while (true) {
      const std::size_t begin = in_.at();
      const std::size_t end = in_.text().find('<', begin);
      if (end == std::string_view::npos) {
        in_.fail(e.offset, e.name.size(), fmt::format("the element '{}' has no end", e.name));
      }
      if (end > begin) e.pieces.emplace_back(begin, end);
      in_.go(end);
      if (starts("</")) {
        in_.go(end + 2);
        const std::size_t at = in_.at();
        if (const std::string closed = name(); closed != e.name) {
          in_.fail(at, closed.size(), fmt::format("'{}' ends where '{}' is open", closed, e.name));
        }
        in_.skip_blanks();
        if (!in_.take('>')) in_.fail(in_.at(), 1, "'>' belongs here");
        return e;
      }
      if (starts("<![CDATA[")) {
        const std::size_t first = end + 9;
        pass("<![CDATA[", "]]>");
        e.pieces.emplace_back(first, in_.at() - 3);
      } else if (starts("<!--") || starts("<?")) {
        (void)pass_over();
      } else {
        e.children.push_back(element(depth + 1));
      }
    }
  }

  Scanner& in_;
};

}  // namespace

bool XmlElement::is(std::string_view wanted) const { return same_name(name, wanted); }

const XmlElement* XmlElement::child(std::string_view wanted) const {
  for (const auto& c : children) {
    if (c.is(wanted)) return &c;
  }
  return nullptr;
}

std::string XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (same_name(key, wanted)) return value;
  }
  return {};
}

XmlElement read_xml(Scanner& scanner) { return Parser(scanner).document(); }

std::string text_of(Scanner& scanner, const XmlElement& element) {
  std::string out;
  for (const auto& [begin, end] : element.pieces) out += resolved(scanner, begin, end);
  return std::string(trimmed(out));
}

std::vector<double> numbers_of(Scanner& scanner, const XmlElement& element, bool& sound) {
  std::vector<double> out;
  for (const auto& [begin, end] : element.pieces) {
    scanner.go(begin);
    while (true) {
      while (scanner.at() < end && (blank(scanner.peek()) || scanner.peek() == ',')) {
        scanner.go(scanner.at() + 1);
      }
      if (scanner.at() >= end) break;
      const std::size_t at = scanner.at();
      const auto value = scanner.number();
      if (!value) scanner.fail(at, scanner.word_width(at), "a number belongs here");
      if (!sound_probability(scanner, *value, at)) sound = false;
      out.push_back(*value);
    }
  }
  return out;
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace casus::intel
