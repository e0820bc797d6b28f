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

constexpr std::size_t most_rows = 36, most_columns = 16;

Node probability_bar(double p, double low, double high) {
  const Scale x = {0.0, 1.0, 0.0, 120.0};
  return inline_svg(
      122, 12, percent(p),
      {box(0, 4, 120, 4, "track"), box(0, 4, x(p), 4, "bar"),
       line({x(low), 1}, {x(low), 11}, "whisker"), line({x(high), 1}, {x(high), 11}, "whisker"),
       line({x(low), 6}, {x(high), 6}, "whisker")});
}

Node states_of(const casefile::Hypothesis& h, const intel::HypothesisBelief& b) {
  Node inner = el("table", {{"class", "states"}});
  Node body = el("tbody");
  for (std::size_t s = 0; s < h.states.size(); ++s) {
    const auto& state = b.states[s];
    body.add(row({cell({h.states[s].name}, s == b.leading ? "leads" : nullptr),
                  cell({probability_bar(state.p, state.low, state.high)}),
                  cell({percent(state.p)}, "number"),
                  cell({percent_range(state.low, state.high)}, "number faint")}));
  }
  inner.add(std::move(body));
  return inner;
}

/// Reports that weigh most for or against any leading state, heaviest first.
std::vector<std::size_t> heavy_reports(const Told& told) {
  std::vector<std::pair<double, std::size_t>> weight;
  for (std::size_t r = 0; r < told.given.reports.size(); ++r) {
    const double most = std::abs(strongest_weight(told, r).decibans);
    if (most >= 0.5) weight.emplace_back(-most, r);
  }
  std::sort(weight.begin(), weight.end());
  if (weight.size() > most_rows) weight.resize(most_rows);
  std::vector<std::size_t> rows;
  for (const auto& w : weight) rows.push_back(w.second);
  return rows;
}

const char* shade(double db) {
  const double size = std::abs(db);
  if (size < 0.5) return "w";
  const int step = size < 3.0 ? 0 : size < 6.0 ? 1 : size < 10.0 ? 2 : 3;
  static constexpr const char* forth[] = {"w f1", "w f2", "w f3", "w f4"};
  static constexpr const char* back[] = {"w b1", "w b2", "w b3", "w b4"};
  return db > 0.0 ? forth[step] : back[step];
}

/// Questions the reports of these rows speak of most, in the order of the case.
std::vector<std::size_t> heavy_questions(const Told& told, const std::vector<std::size_t>& rows) {
  std::vector<std::pair<double, std::size_t>> weight;
  for (std::size_t h = 0; h < told.given.hypotheses.size(); ++h) {
    double sum = 0.0;
    for (const std::size_t r : rows) sum += std::abs(weight_for_leading(told, h, r).value_or(0.0));
    if (sum >= 0.5) weight.emplace_back(-sum, h);
  }
  std::sort(weight.begin(), weight.end());
  if (weight.size() > most_columns) weight.resize(most_columns);
  std::vector<std::size_t> columns;
  for (const auto& w : weight) columns.push_back(w.second);
  std::sort(columns.begin(), columns.end());
  return columns;
}

Node matrix_row(const Told& told, std::size_t r, const std::vector<std::size_t>& columns) {
  const auto& report = told.given.reports[r];
  Node cells = el("tr");
  cells.add(el("th", {{"scope", "row"}},
               {link(anchor("r", report.id), {cut(report.claim, 62)}),
                el("span", {{"class", "faint"}},
                   {fmt::format(" {}{}", report.source_grade, report.item_grade)})}));
  for (const std::size_t h : columns) {
    const double shown = std::round(weight_for_leading(told, h, r).value_or(0.0));
    const std::string text =
        shown == 0.0 ? "\u00b7"
                     : fmt::format("{}{:.0f}", shown > 0 ? "+" : "\u2212", std::abs(shown));
    cells.add(cell({text}, shade(shown)));
  }
  return cells;
}

}  // namespace

std::optional<double> weight_for_leading(const Told& told, std::size_t hypothesis,
                                         std::size_t report) {
  const auto& b = told.belief.hypotheses[hypothesis];
  for (const intel::Weight& w : b.weights) {
    if (w.report == report && w.state == b.leading && std::abs(w.decibans) >= 0.05)
      return w.decibans;
  }
  return std::nullopt;
}

Strongest strongest_weight(const Told& told, std::size_t report) {
  Strongest most;
  for (std::size_t h = 0; h < told.belief.hypotheses.size(); ++h) {
    const auto db = weight_for_leading(told, h, report);
    if (db && std::abs(*db) > std::abs(most.decibans)) most = {*db, h};
  }
  return most;
}

Node facts_section(const Told& told) {
  std::vector<Node> rows;
  for (std::size_t h = 0; h < told.given.hypotheses.size(); ++h) {
    const auto& hypothesis = told.given.hypotheses[h];
    const auto& b = told.belief.hypotheses[h];
    rows.push_back(row({cell({fmt::format("H{}", h + 1)}, "faint"), cell({hypothesis.name}),
                        cell({states_of(hypothesis, b)}), cell({b.word}), cell({b.confidence})},
                       anchor("h", hypothesis.id)));
  }
  return section("facts", "Facts in dispute",
                 {paragraph({"What is asked, the answers, and how likely each is after all "
                             "reports. The mark on the bar "
                             "spans the probabilities that the gradings of the sources and the "
                             "prior of staging allow."}),
                  table({"", "Question", "Answers, probability and range",
                         "Likelihood of the leading answer", "Confidence"},
                        std::move(rows), "facts", "")});
}

Node evidence_section(const Told& told) {
  const std::vector<std::size_t> reports = heavy_reports(told);
  const std::vector<std::size_t> columns = heavy_questions(told, reports);
  std::vector<std::string> head = {"Report, grade"};
  for (const std::size_t h : columns) head.push_back(fmt::format("H{}", h + 1));
  std::vector<Node> rows;
  for (const std::size_t r : reports) rows.push_back(matrix_row(told, r, columns));
  const std::size_t shown = rows.size();
  Node key = el("p", {{"class", "key"}});
  for (const char* text : {"f4 10 dB and more for", "f3 6", "f2 3", "f1 1", "b1 \u22121",
                           "b2 \u22123", "b3 \u22126", "b4 10 dB and more against"}) {
    const std::string both(text);
    key.add(el("span", {{"class", "w " + both.substr(0, 2)}}, {both.substr(3)}));
  }
  return section(
      "evidence", "Evidence against hypotheses",
      {paragraph(
           {"How much each report moves the leading answer of each question, in decibans: ten "
            "times the "
            "logarithm of the factor by which its odds fall if the report is taken away. 10 dB "
            "make odds "
            "ten times as good; copies of one observation weigh nothing of their own. Columns are "
            "numbered as in ",
            link("facts", {"Facts in dispute"}), "."}),
       std::move(key), table(head, std::move(rows), "matrix", ""),
       paragraph({fmt::format("The {} heaviest of {} reports, and the {} questions they move most; "
                              "the others stand in the ",
                              shown, told.given.reports.size(), columns.size()),
                  link("reports", {"appendix"}), "."},
                 "note")});
}

}  // namespace casus::brief
