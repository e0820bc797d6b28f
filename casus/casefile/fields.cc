// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace casus::casefile {
namespace {

std::string kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::plain:
      return fmt::format("'{}'", shortened(node.text));
    case Node::Kind::text:
      return fmt::format("the text '{}'", shortened(node.text));
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::map:
      return "a mapping";
  }
  return "";
}

std::string shown(double x) {
  if (std::fabs(x) < 1e15 && x == std::floor(x)) return fmt::format("{:.0f}", x);
  return fmt::format("{}", x);
}

std::string must_be(const std::string& called, const char* expected, const Node& node) {
  return fmt::format("{} must be {}; here is {}", called, expected, kind_of(node));
}

}  // namespace

std::optional<std::string> read_string(Problems& problems, Spot at, const std::string& called) {
  const bool json_literal = at.document->json && at.node->kind == Node::Kind::plain;
  if (at.node->scalar() && !json_literal) return at.node->text;
  problems.tell(*at.document, *at.node, must_be(called, "a text", *at.node));
  return std::nullopt;
}

std::optional<double> read_number(Problems& problems, Spot at, const std::string& called,
                                  Range range) {
  if (at.node->kind != Node::Kind::plain) {
    problems.tell(*at.document, *at.node, must_be(called, "a number", *at.node),
                  at.node->kind == Node::Kind::text ? "write it without quotes" : "");
    return std::nullopt;
  }
  std::string_view text = at.node->text;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool infinite = text == ".inf" || text == "-.inf" || text == ".nan" || text == ".NaN";
  const bool whole = end == text.data() + text.size();
  if (infinite || (whole && (error == std::errc::result_out_of_range || !std::isfinite(value)))) {
    problems.tell(*at.document, *at.node, must_be(called, "a finite number", *at.node));
    return std::nullopt;
  }
  if (error != std::errc() || !whole) {
    problems.tell(*at.document, *at.node, must_be(called, "a number", *at.node),
                  "write digits with a point, such as 1500 or 0.25");
    return std::nullopt;
  }
  if (value < range.low || value > range.high) {
    const std::string bounds =
        std::isinf(range.high)  ? fmt::format("at least {}", shown(range.low))
        : std::isinf(range.low) ? fmt::format("at most {}", shown(range.high))
                                : fmt::format("from {} to {}", shown(range.low), shown(range.high));
    problems.tell(*at.document, *at.node,
                  fmt::format("{} must be {}; here is {}", called, bounds, shown(value)));
    return std::nullopt;
  }
  return value;
}

std::optional<Date> read_date(Problems& problems, Spot at, const std::string& called) {
  if (at.node->scalar()) {
    if (const auto date = parse_date(at.node->text)) return date;
  }
  problems.tell(*at.document, *at.node, must_be(called, "a day", *at.node),
                "write year-month-day, such as 2024-10-31");
  return std::nullopt;
}

std::vector<Spot> read_list(Problems& problems, Spot at, const std::string& called) {
  std::vector<Spot> items;
  if (at.node->kind != Node::Kind::sequence) {
    problems.tell(*at.document, *at.node, must_be(called, "a list", *at.node),
                  "write [a, b] or one '- ' line each");
    return items;
  }
  for (const Node& item : at.node->items) items.push_back(at.part(item));
  return items;
}

bool good_id(std::string_view id, bool dashes) {
  if (id.empty() || id.front() < 'a' || id.front() > 'z') return false;
  return std::all_of(id.begin(), id.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (dashes && c == '-');
  });
}

Fields::Fields(Problems& problems, Spot spot, std::string what)
    : problems_(problems), spot_(spot), what_(std::move(what)) {
  if (spot_.node->kind == Node::Kind::map) return;
  broken_ = true;
  problems_.tell(*spot_.document, *spot_.node, must_be(what_, "a mapping", *spot_.node),
                 spot_.document->json ? "write {\"key\": value}" : "write 'key: value' lines");
}

std::string Fields::called(std::string_view key) const {
  return fmt::format("'{}' of {}", key, what_);
}

void Fields::tell(Spot at, std::string message, std::string hint) {
  problems_.tell(*at.document, *at.node, std::move(message), std::move(hint));
}

Spot Fields::optional(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  if (broken_) return {};
  for (std::size_t i = 0; i < spot_.node->keys.size(); ++i) {
    if (spot_.node->keys[i].text != key) continue;
    const Node& value = spot_.node->items[i];
    if (value.kind == Node::Kind::null) return {};
    return spot_.part(value);
  }
  return {};
}

Spot Fields::stated(std::string_view key) {
  const Spot at = optional(key);
  if (at || broken_) return at;
  const auto& keys = spot_.node->keys;
  if (std::none_of(keys.begin(), keys.end(), [&](const Node& k) { return k.text == key; })) {
    tell(spot_, fmt::format("{} lacks '{}'", what_, key),
         fmt::format("add '{}', null where nothing applies", key));
  }
  return at;
}

Spot Fields::required(std::string_view key) {
  const Spot at = optional(key);
  if (at || broken_) return at;
  for (const Node& k : spot_.node->keys) {
    if (k.text != key) continue;
    tell(spot_.part(k), fmt::format("{} needs a value", called(key)));
    return at;
  }
  tell(spot_, fmt::format("{} lacks '{}'", what_, key), fmt::format("add '{}: …'", key));
  return at;
}

std::string Fields::text(std::string_view key) {
  const Spot at = required(key);
  return at ? read_string(problems_, at, called(key)).value_or("") : "";
}

std::string Fields::text_or(std::string_view key, std::string otherwise) {
  const Spot at = optional(key);
  return at ? read_string(problems_, at, called(key)).value_or("") : std::move(otherwise);
}

double Fields::number(std::string_view key, Range range) {
  const Spot at = required(key);
  return at ? read_number(problems_, at, called(key), range).value_or(0.0) : 0.0;
}

std::optional<double> Fields::maybe_number(std::string_view key, Range range) {
  const Spot at = optional(key);
  return at ? read_number(problems_, at, called(key), range) : std::nullopt;
}

bool Fields::flag_or(std::string_view key, bool otherwise) {
  const Spot at = optional(key);
  if (!at) return otherwise;
  if (at.node->kind == Node::Kind::plain) {
    if (at.node->text == "true") return true;
    if (at.node->text == "false") return false;
  }
  tell(at, must_be(called(key), "true or false", *at.node));
  return otherwise;
}

Date Fields::date(std::string_view key) {
  const Spot at = required(key);
  return at ? read_date(problems_, at, called(key)).value_or(Date()) : Date();
}

std::optional<Date> Fields::maybe_date(std::string_view key) {
  const Spot at = optional(key);
  return at ? read_date(problems_, at, called(key)) : std::nullopt;
}

std::vector<Spot> Fields::list(std::string_view key) {
  const Spot at = optional(key);
  return at ? read_list(problems_, at, called(key)) : std::vector<Spot>{};
}

std::vector<Spot> Fields::required_list(std::string_view key) {
  const Spot at = required(key);
  return at ? read_list(problems_, at, called(key)) : std::vector<Spot>{};
}

std::vector<std::pair<Spot, Spot>> Fields::entries(std::string_view key) {
  std::vector<std::pair<Spot, Spot>> all;
  const Spot at = optional(key);
  if (!at) return all;
  if (at.node->kind != Node::Kind::map) {
    tell(at, must_be(called(key), "a mapping", *at.node));
    return all;
  }
  for (std::size_t i = 0; i < at.node->keys.size(); ++i) {
    all.emplace_back(at.part(at.node->keys[i]), at.part(at.node->items[i]));
  }
  return all;
}

std::optional<std::size_t> Fields::word_index(Spot at, std::string_view key,
                                              std::span<const std::string_view> names) {
  const std::vector<std::string_view> words(names.begin(), names.end());
  if (at.node->scalar()) {
    const auto found = std::find(words.begin(), words.end(), at.node->text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  const bool search = at.node->scalar() && problems_.worth_a_hint();
  const std::string_view near = search ? nearest(at.node->text, words) : "";
  tell(at,
       at.node->scalar()
           ? fmt::format("{} knows no word '{}'", called(key), shortened(at.node->text))
           : must_be(called(key), "a word", *at.node),
       near.empty() ? fmt::format("use one of {}", listed(words))
                    : fmt::format("did you mean '{}'?", near));
  return std::nullopt;
}

void Fields::finish() {
  if (broken_) return;
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const Node& key : spot_.node->keys) {
    if (!key.scalar() && key.kind != Node::Kind::null) continue;  // told by the reader
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    const std::string_view near = problems_.worth_a_hint() ? nearest(key.text, known) : "";
    tell(spot_.part(key), fmt::format("unknown key '{}' in {}", shortened(key.text), what_),
         near.empty() ? fmt::format("known here: {}", listed(known))
                      : fmt::format("did you mean '{}'?", near));
  }
}

}  // namespace casus::casefile
