// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/error.h"
#include "casus/world/published.h"
#include "casus/world/week.h"

namespace casus::world {
namespace {

/// What the numbers of an event stand for.
enum class Of : std::uint8_t { actor, contingent, sector };

struct Template {
  std::string_view kind;
  std::string_view text;  ///< {subject} {object} {amount} {men} {package}
                          ///< {level} {percent} {bn}
  Of subject = Of::actor;
  Of object = Of::actor;
};

constexpr Template templates[] = {
    {"act", ""},  // the catalogue has the sentence
    {"advance", "{side} gains {amount} km² at {subject}", Of::sector},
    {"in_combat", "{subject} goes into combat with {men} men", Of::contingent},
    {"contingent_in_combat", "{subject} goes into combat with {men} men", Of::contingent},
    {"contingent_arrived", "{subject} reaches its destination with {men} men", Of::contingent},
    {"contingent_withdrawn", "{subject} has left", Of::contingent},
    {"breakthrough", "The front breaks at {subject}", Of::sector},
    {"chip_lost", "The last of the ground held at {subject} is lost", Of::sector},
    {"shock_oil", "The price of oil jumps to {amount} dollars"},
    {"shock_scandal", "A scandal shakes the government of {subject}"},
    {"shock_mutiny", "Armed men mutiny in {subject}"},
    {"shock_massacre", "Many civilians of {subject} die in one attack"},
    {"shock_disaster", "A disaster cuts power and transport in {subject}"},
    {"shock_harvest", "Harvest or health fails in {subject}"},
    {"shock_outage", "Networks go down across {subject}"},
    {"shock_border", "Shots are exchanged on the border of {subject} and {object}"},
    {"shock_accident", "Ships or aircraft of {subject} and {object} collide"},
    {"election_lost", "The governing line of {subject} loses the election"},
    {"election_won", "The governing line of {subject} wins the election"},
    {"new_leader", "A new government takes office in {subject}"},
    {"leader_dies", "The leader of {subject} dies or falls ill in office"},
    {"leader_falls", "The leader of {subject} is overthrown"},
    {"leader_ousted", "The leader of {subject} is forced from office"},
    {"leader_leaves", "The leader of {subject} leaves office"},
    {"aid_cut_by_turnover", "The new government of {subject} cuts new aid to {percent}"},
    {"enters_war", "{subject} enters the war against {object}"},
    {"neutral_helps", "{subject} gives up its neutrality and helps {object}"},
    {"deal_struck", "{subject} and {object} strike a deal of arms for technology"},
    {"deal_refused", "{object} and {subject} do not agree on arms for technology"},
    {"deal_default", "{subject} does not pay {object} what it owes"},
    {"technology_given", "{subject} hands {object} a further step of technology"},
    {"workers_arrived", "Workers of {subject} arrive in {object}"},
    {"money_gone", "{subject} has no more room in its budget and cuts spending"},
    {"infrastructure_hit", "{subject} knocks out {percent} of power and transport of {object}"},
    {"sabotage", "Agents of {subject} cut a line of {object}"},
    {"sabotage_fails", "Sabotage by {subject} against {object} fails"},
    {"collectors_caught", "{object} catches collectors of {subject}"},
    {"officer_won",
     "{subject} wins over an officer of {object}: it stands passive for four "
     "weeks",
     Of::actor, Of::contingent},
    {"officer_approach_exposed", "An approach by {subject} to officers of {object} is exposed",
     Of::actor, Of::contingent},
    {"nuclear_latency", "{subject} can build a nuclear weapon"},
    {"host_declines", "{object} does not take a new contingent of {subject} yet"},
    {"answer", "{subject} resolves to answer {object}"},
    {"depot_hit", "Missiles of {subject} hit depots deep in {object}"},
    {"struck", "A site of {object} is struck by {subject}"},
    {"reply", "{subject} answers the strike of {object} with force"},
    {"rally", "The public of {subject} rallies after the strike"},
    {"clash", "{subject} and {object} exchange fire"},
    {"open_war", "Open war breaks out between {subject} and {object}"},
    {"nuclear_use", "{subject} uses a nuclear weapon"},
    {"display_exposed", "A deception by {subject} is exposed"},
    {"threat_works", "{object} gives way to the threat of {subject}"},
    {"threat_empty", "{subject} lets its threat against {object} drop"},
    {"talks_up", "{subject} and {object} come to {level}"},
    {"talks_down", "Between {subject} and {object} there is now {level}"},
    {"truce_holds", "A local truce between {subject} and {object} holds"},
    {"truce_broken", "A local truce between {subject} and {object} is broken"},
    {"package_tabled", "{subject} tables before {object}: {package}"},
    {"package_signed", "{subject} and {object} sign a settlement: {package}"},
    {"ceasefire", "{subject} and {object} agree on a ceasefire: {package}"},
    {"recurrence", "Fighting between {subject} and {object} breaks out again"},
    {"frozen",
     "The ceasefire of {subject} and {object} has held for half a "
     "year; the line freezes"},
    {"collapse", "The front of {subject} collapses"},
};

const Template* find_template(std::string_view kind) {
  const auto* found = std::ranges::find(templates, kind, &Template::kind);
  return found == std::end(templates) ? nullptr : found;
}

std::string name_of_thing(const casefile::Case& given, Of of, std::uint32_t index) {
  const auto name = [&](const auto& things) {
    if (index >= things.size()) return std::string("somebody");
    return things[index].name.empty() ? things[index].id : things[index].name;
  };
  if (of == Of::contingent) return name(given.contingents);
  if (of == Of::sector) return name(given.sectors);
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
  text = fill(text, "percent", fmt::format("{:.0f} %", amount * 100.0));
  if (text.find("{package}") != std::string::npos) {
    text = fill(text, "package", package_text(event.amount));
  }
  return fill(text, "level", level_text(event.amount));
}

}  // namespace casus::world
