// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "casus/intel/infer_read.h"
#include "casus/intel/infer_text.h"

namespace casus::intel {
namespace {

using casefile::shortened;

// The one JSON object evidence is; its own reader because every value carries its place.
class Reader {
 public:
  Reader(const std::string& text, const std::string& file, const Network& network)
      : in_(file, text), network_(network) {
    for (std::uint32_t i = 0; i < network.nodes.size(); ++i)
      index_.emplace(network.nodes[i].name, i);
  }

  ToldEvidence read() {
    in_.skip_blanks();
    if (!in_.take('{')) wrong("'{' belongs here: evidence is an object {\"node\": \"state\"}");
    members([&](const std::string& name, std::size_t at) { item(name, at); });
    in_.skip_blanks();
    if (!in_.end()) wrong("text after the evidence");
    in_.finish();
    return std::move(out_);
  }

 private:
  [[noreturn]] void wrong(const std::string& message) {
    if (in_.end()) in_.fail(in_.text().size(), 1, "the file ends too early: " + message);
    in_.fail(in_.at(), in_.word_width(in_.at()), message);
  }

  // The members of an object whose '{' was read.
  template <class Each>
  void members(Each each) {
    in_.skip_blanks();
    if (in_.take('}')) return;
    while (true) {
      in_.skip_blanks();
      const std::size_t at = in_.at();
      if (in_.peek() != '"') wrong("a quoted name belongs here");
      const std::string name = text();
      in_.skip_blanks();
      if (!in_.take(':')) wrong("':' belongs here");
      in_.skip_blanks();
      each(name, at);
      in_.skip_blanks();
      if (in_.take('}')) return;
      if (!in_.take(',')) wrong("',' or '}' belongs here");
    }
  }

  std::string text() {
    const std::size_t begin = in_.at();
    in_.go(begin + 1);
    std::string out;
    while (true) {
      const char c = in_.peek();
      if (in_.end() || c == '\n') in_.fail(begin, 1, "this quotation mark has no partner");
      in_.go(in_.at() + 1);
      if (c == '"') return out;
      if (c != '\\') {
        out += c;
        continue;
      }
      escape(out);
    }
  }

  void escape(std::string& out) {
    const char c = in_.peek();
    const std::size_t at = in_.at();
    in_.go(at + 1);
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meaning = "\"\\/\b\f\n\r\t";
    if (const auto k = letters.find(c); c != '\0' && k != std::string_view::npos) {
      out += meaning[k];
      return;
    }
    if (c != 'u') in_.fail(at - 1, 2, "this is no escape that JSON knows");
    unsigned long code = hex(at + 1);
    if (code >= 0xD800 && code < 0xDC00 && in_.peek() == '\\' && in_.peek(1) == 'u') {
      const unsigned long low = hex(in_.at() + 2);
      if (low < 0xDC00 || low > 0xDFFF)
        in_.fail(at - 1, 6, "half a character: a surrogate without its partner");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xD800 && code <= 0xDFFF) {
      in_.fail(at - 1, 6, "half a character: a surrogate without its partner");
    }
    append_utf8(out, code);
  }

  unsigned long hex(std::size_t at) {
    unsigned long code = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = at + k < in_.text().size() ? in_.text()[at + k] : '\0';
      const auto digit = std::string_view("0123456789abcdef")
                             .find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
      if (c == '\0' || digit == std::string_view::npos)
        in_.fail(at, 1, "four hexadecimal digits belong here");
      code = code * 16 + digit;
    }
    in_.go(at + 4);
    return code;
  }
  void item(const std::string& name, std::size_t at) {
    const auto found = index_.find(name);
    const std::size_t begin = in_.at();
    if (found == index_.end()) {
      in_.tell(at, name.size() + 2, fmt::format("no node is called '{}'", shortened(name)),
               near_node(name));
      skip_value();
      return;
    }
    const NetworkNode& node = network_.nodes[found->second];
    for (const auto& told : out_.items) {
      if (told.node == found->second) {
        in_.tell(at, name.size() + 2, fmt::format("node '{}' is told twice", shortened(name)));
      }
    }
    std::vector<double> likelihood(node.states.size(), 0.0);
    if (in_.take('{')) {
      weights(node, likelihood, begin);
    } else if (const auto state = state_of(node, label(), begin)) {
      likelihood[*state] = 1.0;
    }
    Problem place = in_.place(begin, in_.at() - begin);
    out_.places.push_back(std::move(place));
    out_.items.push_back({found->second, std::move(likelihood)});
  }

  void weights(const NetworkNode& node, std::vector<double>& likelihood, std::size_t begin) {
    members([&](const std::string& label, std::size_t at) {
      const auto state = state_of(node, label, at);
      const std::size_t where = in_.at();
      const auto value = in_.number();
      if (!value) wrong("a weight belongs here");
      if (!std::isfinite(*value) || *value < 0.0) {
        in_.tell(where, in_.at() - where, "a weight is finite and at least 0");
      } else if (state) {
        likelihood[*state] = *value;
      }
    });
    double sum = 0.0;
    for (const double x : likelihood) sum += x;
    if (!(sum > 0.0))
      in_.tell(begin, 1,
               fmt::format("no state of node '{}' has a weight above 0", shortened(node.name)));
  }

  // A string, or a bare number, true or false as its text.
  std::string label() {
    if (in_.peek() == '"') return text();
    const std::size_t at = in_.at();
    if (in_.end() || in_.peek() == '[' || in_.peek() == ',' || in_.peek() == '}')
      wrong("a state belongs here");
    const std::size_t width = in_.word_width(at);
    in_.go(at + width);
    return std::string(in_.text().substr(at, width));
  }

  void skip_value() {
    if (in_.take('{')) {
      members([&](const std::string&, std::size_t) { (void)label(); });
    } else {
      (void)label();
    }
  }

  std::optional<std::uint32_t> state_of(const NetworkNode& node, const std::string& label,
                                        std::size_t at) {
    for (std::uint32_t s = 0; s < node.states.size(); ++s) {
      if (node.states[s] == label) return s;
    }
    const std::vector<std::string_view> all(node.states.begin(), node.states.end());
    std::string hint = near_hint(label, all);
    if (hint.empty() && all.size() <= 12) hint = "its states: " + casefile::listed(all);
    in_.tell(at, std::max<std::size_t>(1, in_.at() - at),
             fmt::format("node '{}' has no state '{}'", shortened(node.name), shortened(label)),
             std::move(hint));
    return std::nullopt;
  }

  std::string near_node(const std::string& name) const {
    std::vector<std::string_view> all;
    for (const auto& n : network_.nodes) all.push_back(n.name);
    return near_hint(name, all);
  }

  Scanner in_;
  const Network& network_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
  ToldEvidence out_;
};

}  // namespace

ToldEvidence read_evidence(const std::string& text, const std::string& file,
                           const Network& network) {
  return Reader(text, file, network).read();
}

}  // namespace casus::intel
