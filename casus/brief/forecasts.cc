// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

double at_level(const analysis::QuestionAnswer& a, double level, double otherwise) {
  for (const auto& q : a.quantiles) {
    if (std::abs(q.first - level) < 1e-9) return q.second;
  }
  return otherwise;
}

std::vector<Node> number_answer(const casefile::Question& q, const analysis::QuestionAnswer& a) {
  const double middle = at_level(a, 0.5, 0.0);
  return {number("run", rounded(middle)),
          fmt::format(" {} (90 %: {})", q.unit,
                      rounded_range(at_level(a, 0.05, middle), at_level(a, 0.95, middle)))};
}

std::vector<Node> date_answer(const Told& told, const analysis::QuestionAnswer& a) {
  std::vector<Node> parts = {number("run", percent(a.p)), " by then"};
  if (!a.quantiles.empty()) {
    std::string text = "; ";
    const char* names[] = {"5 % by ", "25 % by ", "50 % by ", "75 % by ", "95 % by "};
    const double levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    bool first = true;
    for (std::size_t i = 0; i < 5; ++i) {
      const double week = at_level(a, levels[i], -1e9);
      if (week < -1e8 || i == 1 || i == 3) continue;
      text += (first ? "" : ", ") + std::string(names[i]) +
              short_date(told.given.clock().sunday_of(static_cast<int>(std::lround(week)))) + " " +
              month_of(told.given.clock().sunday_of(static_cast<int>(std::lround(week)))).substr(4);
      first = false;
    }
    if (!first) parts.emplace_back(text);
  }
  return parts;
}

std::vector<Node> category_answer(const analysis::QuestionAnswer& a) {
  std::vector<Node> parts;
  for (const auto& c : a.categories) {
    if (!parts.empty()) parts.emplace_back(", ");
    parts.emplace_back(spoken(c.first) + " ");
    parts.push_back(number("run", percent(c.second)));
  }
  return parts;
}

Node share_bar(double p) {
  const Scale x = {0.0, 1.0, 0.0, 80.0};
  return inline_svg(82, 10, percent(p), {box(0, 2, 80, 6, "track"), box(0, 2, x(p), 6, "bar")});
}

Node answer_row(const Told& told, const analysis::QuestionAnswer& a) {
  const auto id = casefile::find(told.given.questions, a.id);
  if (!id) return row({cell({a.id})}, anchor("q", a.id));
  const auto& q = told.given.questions[*id];
  std::vector<Node> answer = {"no future meets its condition"};
  Node bar = cell({});
  std::string word;
  using Type = casefile::QuestionType;
  if (a.futures > 0) {
    if (q.type == Type::yes_no || q.type == Type::date) {
      bar = cell({share_bar(a.p)});
      word = intel::icd_word(a.p);
    }
    if (q.type == Type::yes_no) answer = {number("run", percent(a.p))};
    if (q.type == Type::number) answer = number_answer(q, a);
    if (q.type == Type::date) answer = date_answer(told, a);
    if (q.type == Type::category) answer = category_answer(a);
  }
  return row({cell({q.name}), cell({long_form(q.resolve_by)}, "date"), std::move(bar),
              cell(std::move(answer)), cell({word})},
             anchor("q", a.id));
}

}  // namespace

Node forecasts_section(const Told& told) {
  std::vector<Node> rows;
  for (const auto& a : told.comparison.answers) rows.push_back(answer_row(told, a));
  double widest = 0.0;
  for (const auto& a : told.comparison.answers) {
    if (a.p > 0.0) widest = std::max(widest, a.error);
  }
  const std::string first = option_name(told, told.comparison.options[0].id);
  return section(
      "forecasts", "Answers to the questions of the case",
      {paragraph({fmt::format(
           "Under \u2018{}\u2019, from {} futures; the Monte-Carlo error of a probability is at "
           "most {} points. What the model leaves out is not in that error.",
           first, count_of(static_cast<double>(told.comparison.futures)),
           rounded(100.0 * widest))}),
       table({"Question", "By", "", "Answer", "In words"}, std::move(rows), "forecasts", "")});
}

}  // namespace casus::brief
