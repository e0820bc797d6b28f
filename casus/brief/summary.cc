// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t columns = 80, most_lines = 40, most_options = 14;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Cut to the width of the screen, control characters and line ends taken out.
std::string fitted(std::string text, std::size_t width = columns) {
  for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return characters(text) <= width ? text : cut(text, width - 1);
}

std::string padded(std::string text, std::size_t width) {
  text = fitted(std::move(text), width);
  const std::size_t n = characters(text);
  return n < width ? text + std::string(width - n, ' ') : text;
}

/// The most likely and the most dangerous course of the first option.
std::vector<std::string> courses_told(const Told& told) {
  const auto& option = told.comparison.options.front();
  if (option.courses.groups.empty()) return {};
  const auto& courses = option.courses;
  const std::string how =
      courses.groups.size() == 1
          ? "no groups"
          : fmt::format("{} groups, {} structure, silhouette {}", courses.groups.size(),
                        analysis::structure_word(courses.silhouette), rounded(courses.silhouette));
  std::vector<std::string> lines = {
      "", fitted("Courses under '" + option_name(told, option.id) + "': " + how)};
  const auto tell = [&](const char* what, const analysis::Course& c) {
    const std::string text = fmt::format("{}, {} of futures (such as future {}): {}", what,
                                         percent(c.share), c.medoid, course_words(told, c, 2));
    for (std::string& l : wrapped(text, "  ")) lines.push_back(std::move(l));
  };
  tell("Most likely", option.courses.groups.front());
  tell("Most dangerous", option.courses.danger);
  return lines;
}

/// Where adaptive plans turned: a line a plan.
std::vector<std::string> turns_told(const Told& told) {
  std::vector<std::string> lines;
  for (const auto& o : told.comparison.options) {
    if (o.turns.empty()) continue;
    std::string text = "'" + option_name(told, o.id) + "' turned in";
    for (std::size_t s = 0; s < o.turns.size(); ++s) {
      const auto& t = o.turns[s];
      text += (s == 0 ? " " : ", ") + percent(t.share);
      if (t.share <= 0.0) continue;
      const int week = static_cast<int>(std::lround(t.q50));
      text += " (half by " + month_of(told.given.clock().monday_of(week)) + ")";
    }
    for (std::string& l : wrapped(text + " of futures", "  ")) lines.push_back(std::move(l));
  }
  return lines;
}

}  // namespace

std::vector<std::string> wrapped(const std::string& text, const std::string& indent) {
  std::vector<std::string> lines;
  std::string line = indent;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (characters(line) + 1 + characters(word) > columns && line != indent) {
      lines.push_back(line);
      line = indent;
    }
    line += (line == indent ? "" : " ") + word;
    at = end + 1;
  }
  if (line != indent) lines.push_back(line);
  for (std::string& l : lines) l = fitted(l);
  return lines;
}

std::string summary(const casefile::Case& given, const intel::Belief& belief,
                    const ensemble::Futures& futures, const analysis::Comparison& comparison) {
  const std::vector<Story> none;
  const Told told{given, belief, futures, comparison, none};
  std::vector<std::string> lines = {fitted(handling_of(given)),
                                    fitted(given.title + ", as of " + long_form(given.as_of)), ""};
  for (std::string& l : wrapped(verdict(told), "")) lines.push_back(std::move(l));
  lines.emplace_back("");
  lines.emplace_back("Facts in dispute, the likeliest answer");
  for (const std::size_t h : key_hypotheses(told)) {
    const auto& b = belief.hypotheses[h];
    const std::string tail =
        fmt::format("{} {}", padded(given.hypotheses[h].states[b.leading].name, 36),
                    percent(b.states[b.leading].p));
    lines.push_back(fitted("  " + padded(spoken(given.hypotheses[h].id), 34) + " " + tail));
  }
  lines.emplace_back("");
  lines.push_back(fitted(
      fmt::format("Options by value, {} futures each; best in draws; regret", comparison.futures)));
  for (std::size_t i = 0; i < comparison.ranking.size() && i < most_options; ++i) {
    const auto& o = comparison.options[comparison.ranking[i]];
    lines.push_back(
        fitted(fmt::format("  {:>2} {} {} {} {}", o.rank, padded(option_name(told, o.id), 40),
                           padded(signed_number(o.value), 7),
                           padded(percent(o.stability.p_best), 7), rounded(o.regret.expected))));
  }
  for (std::string& l : turns_told(told)) lines.push_back(std::move(l));
  for (std::string& l : courses_told(told)) lines.push_back(std::move(l));
  if (lines.size() > most_lines) lines.resize(most_lines);
  std::string text;
  for (const std::string& l : lines) text += l + "\n";
  return text;
}

}  // namespace casus::brief
