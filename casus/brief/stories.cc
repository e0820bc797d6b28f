// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t most_events = 22;
constexpr std::size_t most_reasons = 2;

/// An event of a story and how often the like of it comes again.
struct Chapter {
  const ensemble::ToldEvent* event = nullptr;
  std::size_t again = 0;
  Date last;
};

/// One chapter for each sentence; what makes a future is kept first, and of that the rarest kinds.
std::vector<Chapter> chapters_of(const Story& story) {
  std::map<std::string, std::size_t> first;
  std::vector<Chapter> all;
  std::map<std::string, std::size_t> kinds;
  for (const auto& e : story.events) {
    const auto found = first.find(e.sentence);
    if (found != first.end()) {
      Chapter& c = all[found->second];
      ++c.again;
      c.last = e.monday;
      continue;
    }
    first.emplace(e.sentence, all.size());
    all.push_back({&e, 0, e.monday});
  }
  for (const Chapter& c : all) kinds[c.event->kind] += 1;
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int wa = all[a].event->weight, wb = all[b].event->weight;
    if (wa != wb) return wa < wb;
    const std::size_t ka = kinds[all[a].event->kind], kb = kinds[all[b].event->kind];
    return ka != kb ? ka < kb : all[a].again < all[b].again;
  });
  if (order.size() > most_events) order.resize(most_events);
  std::sort(order.begin(), order.end());
  std::vector<Chapter> kept;
  for (const std::size_t i : order) kept.push_back(all[i]);
  return kept;
}

std::string with_stop(std::string sentence) {
  if (!sentence.empty() && sentence.back() != '.') sentence += '.';
  return capital(std::move(sentence));
}

/// What weighed most, and after what it came.
std::string reasons_of(const ensemble::ToldEvent& e, const std::vector<ensemble::ToldEvent>& all) {
  std::string text;
  for (std::size_t i = 0; i < e.reasons.size() && i < most_reasons; ++i) {
    text += (i == 0 ? "" : "; ") + e.reasons[i].text;
  }
  if (!text.empty()) text = " " + with_stop(text);
  if (e.because.empty()) return text;
  const ensemble::ToldEvent& before = all.at(e.because.front());
  return text + fmt::format(" After, in the week of {}: {}", long_form(before.monday),
                            with_stop(before.sentence));
}

Node told_chapter(const Chapter& c, const std::vector<ensemble::ToldEvent>& all) {
  Node item = el("li");
  item.add(el("time", {{"datetime", to_string(c.event->monday)}}, {long_form(c.event->monday)}));
  Node text = el("p", {}, {with_stop(c.event->sentence)});
  if (const std::string why = reasons_of(*c.event, all); !why.empty()) {
    text.add(el("span", {{"class", "faint"}}, {why}));
  }
  if (c.again > 0) {
    text.add(el("span", {{"class", "faint"}},
                {c.again == 1 ? fmt::format(" Once more in the week of {}.", long_form(c.last))
                              : fmt::format(" {} times more, the last in the week of {}.", c.again,
                                            long_form(c.last))}));
  }
  item.add(std::move(text));
  return item;
}

std::string chance_of(const Told& told, const Story& story) {
  for (const auto& o : told.comparison.options) {
    if (o.id != story.option) continue;
    const auto& groups = o.courses.groups;
    if (story.future == o.most_likely && !groups.empty())
      return fmt::format("the medoid of the largest group, which holds {} of the futures",
                         percent(groups.front().share));
    if (story.future == o.most_dangerous && !groups.empty())
      return fmt::format("the medoid of the bad end of the group that is worth least, {} of all",
                         percent(o.courses.danger.share));
  }
  return "one of the futures";
}

}  // namespace

Node stories_section(const Told& told) {
  std::vector<Node> parts = {paragraph(
      {"Two futures told as chains of events. Neither is a forecast: each is one of thousands, "
       "picked "
       "because it stands for many, or for the worst. Dates are the Mondays of their weeks."})};
  for (Node& part : courses_of(told, 0)) parts.push_back(std::move(part));
  Node columns = el("div", {{"class", "grid2"}});
  for (const Story& story : told.stories) {
    Node one = el("article", {{"class", "story"}});
    one.add(el("h3", {}, {capital(story.title)}));
    one.add(paragraph({fmt::format("Under \u2018{}\u2019; {} (", option_name(told, story.option),
                                   chance_of(told, story)),
                       number("run", fmt::format("future {}", story.future)), ")."},
                      "note"));
    Node list = el("ol", {{"class", "chain"}});
    const std::vector<Chapter> chapters = chapters_of(story);
    for (const Chapter& c : chapters) list.add(told_chapter(c, story.events));
    if (chapters.empty()) {
      one.add(paragraph({"Nothing out of the ordinary is recorded in this future."}));
    } else {
      one.add(std::move(list));
    }
    if (story.events.size() > chapters.size()) {
      one.add(paragraph({fmt::format("{} of {} recorded events are told; what recurs is told once.",
                                     chapters.size(), story.events.size())},
                        "note"));
    }
    columns.add(std::move(one));
  }
  if (told.stories.empty()) parts.push_back(paragraph({"No future was told for this brief."}));
  parts.push_back(std::move(columns));
  return section("stories", "The most likely and the most dangerous future", std::move(parts));
}

}  // namespace casus::brief
