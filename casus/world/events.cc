// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/error.h"
#include "casus/world/event_templates.h"
#include "casus/world/published.h"
#include "casus/world/week.h"

namespace casus::world {
namespace {

const Template* find_template(std::string_view kind) {
  const auto all = event_templates();
  const auto found = std::ranges::find(all, kind, &Template::kind);
  return found == all.end() ? nullptr : &*found;
}

std::string stock_name(std::uint32_t index) {
  constexpr std::size_t kinds = 9;
  std::string text(casefile::name_of(static_cast<casefile::StockKind>(index % kinds)));
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string name_of_thing(const casefile::Case& given, Of of, std::uint32_t index) {
  const auto name = [&](const auto& things) {
    if (index >= things.size()) return std::string("somebody");
    return things[index].name.empty() ? things[index].id : things[index].name;
  };
  if (of == Of::contingent) return name(given.contingents);
  if (of == Of::sector) return name(given.sectors);
  if (of == Of::route) return name(given.routes);
  if (of == Of::stock) return stock_name(index);
  return name(given.actors);
}

std::string describe(const casefile::Package& p) {
  using casefile::name_of;
  const auto words = [](std::string_view text) {
    std::string out(text);
    std::ranges::replace(out, '_', ' ');
    return out;
  };
  std::string text = "line " + words(name_of(p.line)) + ", status " + words(name_of(p.status)) +
                     ", guarantee " + words(name_of(p.guarantee)) + ", force limits " +
                     words(name_of(p.force_limits)) + ", sanctions " + words(name_of(p.sanctions));
  if (p.monitors) text += ", monitors";
  if (p.foreign_out) text += ", foreign troops leave";
  if (p.prisoners) text += ", prisoners return";
  return text;
}

std::string side_name(const casefile::Case& given, std::uint32_t side) {
  if (!given.war || side > 1) return "A side";
  return given.actors[given.war->sides[side].lead].name;
}

std::string fill(std::string_view text, std::string_view key, const std::string& value) {
  std::string out(text);
  const std::string mark = "{" + std::string(key) + "}";
  for (std::size_t at = out.find(mark); at != std::string::npos;
       at = out.find(mark, at + value.size())) {
    out.replace(at, mark.size(), value);
  }
  return out;
}

/// Whole thousands and hundreds as a reader writes them: 12,000; 300.
std::string round_number(double x) {
  const double step = x >= 10000 ? 1000 : (x >= 1000 ? 100 : (x >= 100 ? 10 : 1));
  const auto n = static_cast<long long>(std::llround(x / step) * static_cast<long long>(step));
  std::string digits = std::to_string(n);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    if (digits[static_cast<std::size_t>(i) - 1] != '-')
      digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string package_text(float amount) {
  static const std::vector<casefile::Package> set = package_set();
  const auto i = static_cast<std::ptrdiff_t>(std::lround(amount));
  if (i < 0 || i >= static_cast<std::ptrdiff_t>(set.size())) return "terms not told";
  return describe(set[static_cast<std::size_t>(i)]);
}

std::string level_text(float amount) {
  static constexpr std::array<std::string_view, 4> names{"no contact", "a back channel",
                                                         "formal talks", "a summit"};
  return std::string(names[static_cast<std::size_t>(std::clamp(std::lround(amount), 0L, 3L))]);
}

std::string act_sentence(const Event& event, const casefile::Case& given) {
  const auto action = casefile::parse<Action>(event.cause);
  if (!action) throw InternalError("an act told without its action");
  std::string text(info(*action).sentence);
  text = fill(text, "actor", name_of_thing(given, Of::actor, event.subject));
  return fill(text, "target", name_of_thing(given, Of::actor, event.object));
}

}  // namespace

std::string_view event_template(std::string_view kind) {
  const Template* found = find_template(kind);
  return found == nullptr ? std::string_view{} : found->text;
}

std::string sentence(const Event& event, const casefile::Case& given) {
  if (event.kind == "act") return act_sentence(event, given);
  const Template* found = find_template(event.kind);
  if (found == nullptr) throw InternalError("no sentence for '" + std::string(event.kind) + "'");
  const double amount = event.amount;
  std::string text(found->text);
  text = fill(text, "subject", name_of_thing(given, found->subject, event.subject));
  text = fill(text, "object", name_of_thing(given, found->object, event.object));
  text = fill(text, "side", side_name(given, event.object));
  text = fill(text, "amount", round_number(amount));
  text = fill(text, "men", round_number(amount * 1000.0));
  text = fill(text, "million", round_number(amount * 1000.0));
  text = fill(text, "percent", fmt::format("{:.0f} %", amount * 100.0));
  if (text.find("{package}") != std::string::npos) {
    text = fill(text, "package", package_text(event.amount));
  }
  if (text.find("{act}") != std::string::npos) text = fill(text, "act", act_sentence(event, given));
  return fill(text, "level", level_text(event.amount));
}

}  // namespace casus::world
