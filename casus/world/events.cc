// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/world/event_templates.h"
#include "casus/world/published.h"
#include "casus/world/week.h"

namespace casus::world {
namespace {

/// Acts that change a crisis; the others governments do every week.
constexpr Action telling[] = {Action::arms_for_technology,
                              Action::send_arms,
                              Action::send_air_defence,
                              Action::lift_range,
                              Action::cut_aid,
                              Action::deploy_contingent,
                              Action::mobilise,
                              Action::withdraw_contingent,
                              Action::table_package,
                              Action::summit,
                              Action::missile_test,
                              Action::nuclear_step,
                              Action::city_campaign,
                              Action::seize_ground,
                              Action::interdict,
                              Action::limited_strike,
                              Action::sign_settlement,
                              Action::local_truce,
                              Action::break_ceasefire,
                              Action::nuclear_signal,
                              Action::nuclear_use,
                              Action::offensive};

/// What makes a stretch of history but no turn of it.
constexpr std::string_view common[] = {
    "advance",        "talks_up",      "talks_down",     "sabotage",       "sabotage_fails",
    "threat_private", "threat_works",  "threat_empty",   "threat_kept",    "elite_splits",
    "elite_closes",   "support_falls", "support_rises",  "public_rallies", "contingent_losses",
    "morale_sinks",   "works_lost",    "main_effort",    "called_up",      "fuel_short",
    "fear_blocks",    "vetoed",        "relations_sink", "relations_mend", "slip_up",
    "truce_broken",   "embarks",       "acclimatised",   "money_gone",     "host_declines",
    "deal_refused"};

/// What goes on all the time.
constexpr std::string_view everyday[] = {
    "aid_flows",      "deal_paid",      "delivery",           "drone_fires",     "mud",
    "duds",           "recruits",       "desertions",         "wounded_return",  "collected",
    "sighted",        "denied",         "disclosed",          "networks_hit",    "queue",
    "line_repaired",  "stock_low",      "production_up",      "truce_holds",     "kit_learned",
    "evasion_grows",  "intensity_up",   "intensity_down",     "morale_recovers", "rumour_dismissed",
    "hidden",         "false_sighting", "provisions",         "censored",        "talks_go_on",
    "answer",         "dug_in",         "slip_down",          "room_shrinks",    "pressure_grows",
    "act_authorised", "vote_passed",    "contingent_learned", "kit_mastered",    "rumour_believed",
    "news_believed",  "depot_hit"};

bool is_one_of(std::span<const std::string_view> kinds, std::string_view kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
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
  text = fill(text, "target", name_of_thing(given, Of::actor, event.object));
  if (event.sector) text += ", sector " + name_of_thing(given, Of::sector, *event.sector);
  if (event.stock) text += ": " + stock_name(*event.stock);
  if (event.contingent) {
    text += " (" + name_of_thing(given, Of::contingent, *event.contingent) + ")";
  }
  return text;
}

/// The value of a reason as a reader writes it.
std::string written(Form form, double x) {
  switch (form) {
    case Form::plain:
      return fmt::format("{:.3g}", x);
    case Form::share:
      return fmt::format("{:.0f} %", 100.0 * x);
    case Form::logit:
      return fmt::format("{:.0f} %", 100.0 / (1.0 + casus::exp(-x)));
    case Form::percent:
      return fmt::format("{:.1f} %", x);
    case Form::thousand:
      return round_number(1000.0 * x);
    case Form::billion:
      return fmt::format("{:.2g} billion dollars", x);
    case Form::yearly:
      return x < 1.0 ? fmt::format("{:.2g} %", 100.0 * x) : fmt::format("{:.2g}", x);
    case Form::none:
      break;
  }
  return {};
}

}  // namespace

int weight_of(const Event& event) {
  if (event.kind == "act") {
    const auto action = casefile::parse<Action>(event.cause);
    const bool tells = action && std::ranges::find(telling, *action) != std::end(telling);
    return tells ? 1 : 3;
  }
  if (is_one_of(everyday, event.kind)) return 3;
  const bool often = is_one_of(common, event.kind) || event.kind.substr(0, 6) == "shock_";
  return often ? 2 : 0;
}

std::string reason_text(const Reason& reason, const Event& event, const casefile::Case& given) {
  const Template* found = find_template(event.kind);
  const Of subject = found == nullptr ? Of::actor : found->subject;
  const bool sided = subject == Of::sector;
  std::string text =
      fill(reason.text, "subject",
           sided ? side_name(given, event.object) : name_of_thing(given, subject, event.subject));
  text = fill(text, "object",
              name_of_thing(given, found == nullptr ? Of::actor : found->object, event.object));
  const std::string value = written(reason.form, reason.value);
  std::string start = reason.start ? written(reason.form, *reason.start) : value;
  return fill(text, "value", start == value ? value : value + " (" + start + " at the start)");
}

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
