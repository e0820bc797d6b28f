// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/trace.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/casefile/handling.h"
#include "casus/ensemble/trace.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

using ensemble::ToldEvent;
using Json = nlohmann::ordered_json;

constexpr int story = 1;               ///< weight up to which an event is told unasked
constexpr int stretch = 2;             ///< and of a week that is asked about
constexpr std::size_t most_tried = 8;  ///< acts that are left out one by one
constexpr std::size_t most_reasons = 6;

/// What `--why` asks about.
std::vector<std::size_t> asked_events(const std::string& why, const std::vector<ToldEvent>& events,
                                      const casefile::Case& given) {
  const auto wrong = [&](const std::string& what, const std::string& hint) -> CaseError {
    return CaseError({{"--why", 0, 0, what, "", 1, hint}});
  };
  constexpr std::string_view week_prefix = "week:";
  std::optional<int> week;
  if (const auto day = parse_date(why)) week = given.clock().week_of(*day);
  std::string_view digits = why;
  const bool by_week = digits.substr(0, week_prefix.size()) == week_prefix;
  if (by_week) digits.remove_prefix(week_prefix.size());
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole =
      !digits.empty() && read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (by_week && whole) week = static_cast<int>(number);
  if (!week) {
    if (!whole || by_week) {
      throw wrong("'" + why + "' names no event and no week",
                  "write the number of an event of the trace, week:31, or a day like 2025-06-02");
    }
    if (number >= events.size()) {
      throw wrong(
          fmt::format("the future has {} events, none has the number {}", events.size(), number),
          "leave --why out to see their numbers");
    }
    return {number};
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].week == *week && events[i].weight <= stretch) out.push_back(i);
  }
  return out;
}

std::string turn_text(const ensemble::Counterfactual& c) {
  switch (c.turn) {
    case ensemble::Turn::same:
      return "comes all the same";
    case ensemble::Turn::other_week:
      return fmt::format("comes {} week{} {}", std::abs(c.weeks), std::abs(c.weeks) == 1 ? "" : "s",
                         c.weeks > 0 ? "later" : "earlier");
    case ensemble::Turn::never:
      break;
  }
  return "does not come";
}

/// The acts of a chain that somebody ordered, the nearest first, each left out in turn.
std::vector<ensemble::Counterfactual> tried_without(const ensemble::Tracer& tracer,
                                                    std::size_t future,
                                                    const std::vector<ToldEvent>& events,
                                                    std::size_t event) {
  std::vector<ensemble::Counterfactual> out;
  const auto chain = ensemble::chain_of(events, event);
  for (auto i = chain.rbegin(); i != chain.rend() && out.size() < most_tried; ++i) {
    if (*i != event && !events[*i].by.empty()) out.push_back(tracer.without(future, *i, event));
  }
  return out;
}

Json event_json(const ToldEvent& e, std::size_t id) {
  Json reasons = Json::array();
  for (const auto& r : e.reasons) {
    Json one = {{"name", r.name}, {"text", r.text}, {"value", r.value}};
    if (r.start) one["start"] = *r.start;
    reasons.push_back(std::move(one));
  }
  Json out = {{"id", id},
              {"week", e.week},
              {"date", to_string(e.monday)},
              {"kind", e.kind},
              {"text", e.sentence},
              {"weight", e.weight},
              {"law", e.law},
              {"cause", e.cause},
              {"amount", e.amount},
              {"because", e.because},
              {"reasons", reasons}};
  if (!e.by.empty()) {
    out["by"] = e.by;
    out["decided_week"] = *e.decided;
    out["chance"] = *e.chance;
  }
  return out;
}

std::string line_of(const ToldEvent& e, std::size_t id) {
  return fmt::format("{:>5}  {}  {}", fmt::format("#{}", id), to_string(e.monday), e.sentence);
}

/// "because ...", or "though ..." where nothing speaks for it; empty where there is no reason.
std::string reasons_of(const ToldEvent& e) {
  std::string text;
  for (std::size_t i = 0; i < e.reasons.size() && i < most_reasons; ++i) {
    text += (i == 0 ? "" : "; ") + e.reasons[i].text;
  }
  if (e.chance && *e.chance < 1.0F) {
    text += fmt::format("{}the odds of it that week were {:.2g} %", text.empty() ? "" : "; ",
                        100.0 * static_cast<double>(*e.chance));
  }
  if (text.empty() || text.starts_with("though ")) return text;
  return "because " + text;
}

void print_story(const std::vector<ToldEvent>& events) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const ToldEvent& e = events[i];
    if (e.weight > story) continue;
    fmt::print("{}\n", line_of(e, i));
    if (const std::string why = reasons_of(e); !why.empty()) fmt::print("{:19}{}\n", "", why);
    std::string after;
    for (const std::size_t c : e.because) {
      after += fmt::format("{}#{} {}", after.empty() ? "" : "; ", c, events[c].sentence);
    }
    if (!after.empty()) fmt::print("{:19}after {}\n", "", after);
  }
}

/// An event with its causes under it, each told once.
void print_tree(const std::vector<ToldEvent>& events, std::size_t event, std::size_t depth,
                std::vector<bool>& told) {
  const ToldEvent& e = events[event];
  const std::string indent(2 * depth, ' ');
  fmt::print("{}{}{}\n", indent, line_of(e, event), told[event] ? "  (above)" : "");
  if (told[event]) return;
  told[event] = true;
  if (const std::string why = reasons_of(e); !why.empty()) {
    fmt::print("{}{:19}{}\n", indent, "", why);
  }
  for (const std::size_t c : e.because) print_tree(events, c, depth + 1, told);
}

void print_why(const ensemble::Tracer& tracer, std::size_t future,
               const std::vector<ToldEvent>& events, const std::vector<std::size_t>& asked) {
  std::vector<bool> told(events.size(), false);
  for (const std::size_t event : asked) {
    print_tree(events, event, 0, told);
    const auto tried = tried_without(tracer, future, events, event);
    for (const auto& c : tried) {
      fmt::print("{:7}had #{} not been ordered, with the same luck: #{} {}\n", "", c.act, event,
                 turn_text(c));
    }
    fmt::print("\n");
  }
  if (asked.empty()) fmt::print("Nothing of note happens in that week.\n");
}

Json why_json(const ensemble::Tracer& tracer, std::size_t future,
              const std::vector<ToldEvent>& events, const std::vector<std::size_t>& asked) {
  static constexpr const char* names[] = {"same", "other_week", "never"};
  Json all = Json::array();
  for (const std::size_t event : asked) {
    Json without = Json::array();
    for (const auto& c : tried_without(tracer, future, events, event)) {
      without.push_back({{"act", c.act},
                         {"turn", names[static_cast<std::size_t>(c.turn)]},
                         {"weeks_later", c.weeks}});
    }
    all.push_back(
        {{"event", event}, {"chain", ensemble::chain_of(events, event)}, {"without", without}});
  }
  return all;
}

}  // namespace

int print_trace(const Options& options, Stages& stages, const intel::Belief& belief) {
  const auto& given = stages.given();
  const std::string option =
      options.options.empty() ? given.options.front().id : options.options.front();
  const ensemble::Tracer tracer(given, belief, stages.play_options(), option);
  const auto events = tracer.trace(*options.trace).events;
  std::vector<std::size_t> asked;
  if (options.why) asked = asked_events(*options.why, events, given);
  if (options.json) {
    Json list = Json::array();
    for (std::size_t i = 0; i < events.size(); ++i) list.push_back(event_json(events[i], i));
    Json out = {{"case", given.id},     {"handling", casefile::handling_of_all(given)},
                {"option", option},     {"future", *options.trace},
                {"seed", options.seed}, {"events", list}};
    if (options.why) out["why"] = why_json(tracer, *options.trace, events, asked);
    fmt::print("{}\n", out.dump(2));
    return ok;
  }
  const auto told =
      std::ranges::count_if(events, [](const ToldEvent& e) { return e.weight <= story; });
  fmt::print("Future {} of option '{}', seed {}; dates are Mondays.\n", *options.trace, option,
             options.seed);
  if (options.why) {
    print_why(tracer, *options.trace, events, asked);
    return ok;
  }
  print_story(events);
  fmt::print("{} of {} events are told; --json has all, --why NUMBER or --why week:N the causes.\n",
             told, events.size());
  return ok;
}

}  // namespace casus::cli
