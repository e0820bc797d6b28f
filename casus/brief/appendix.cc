// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

std::string quantity_of(const casefile::Report& r) {
  if (!r.quantity) return "";
  const auto& q = *r.quantity;
  std::string text;
  if (q.value)
    text = rounded(*q.value, 5);
  else if (q.low && q.high)
    text = rounded(*q.low, 5) + "\u2013" + rounded(*q.high, 5);
  else if (q.low)
    text = "at least " + rounded(*q.low, 5);
  else if (q.high)
    text = "up to " + rounded(*q.high, 5);
  return text.empty() ? text : " [" + text + " " + q.unit + "]";
}

Node links_to(const Told& told, const char* word, const std::vector<casefile::ReportId>& reports) {
  Node all = el("span", {{"class", "faint"}});
  if (reports.empty()) return all;
  all.add(fmt::format(" {} ", word));
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto& r = told.given.reports[reports[i]];
    if (i > 0) all.add(", ");
    all.add(link(anchor("r", r.id), {r.id}));
  }
  all.add(".");
  return all;
}

Node report_row(const Told& told, std::size_t r) {
  const auto& report = told.given.reports[r];
  const auto& source = told.given.sources[report.source];
  const Strongest most = strongest_weight(told, r);
  Node claim = cell({report.claim, el("span", {{"class", "faint"}}, {quantity_of(report)})});
  claim.add(links_to(told, "Repeats", report.lineage));
  claim.add(links_to(told, "Answers", report.answers));
  Node weight = cell({}, "number");
  if (std::abs(most.decibans) >= 0.5) {
    weight.add(
        fmt::format("{}{:.0f} dB ", most.decibans > 0 ? "+" : "\u2212", std::abs(most.decibans)));
    weight.add(link(anchor("h", told.given.hypotheses[most.hypothesis].id),
                    {fmt::format("H{}", most.hypothesis + 1)}));
  }
  const auto& b = told.belief.reports[r];
  return row(
      {cell({to_string(report.published), el("br"),
             el("span", {{"class", "id faint"}}, {report.id})},
            "date"),
       std::move(claim),
       cell({link(anchor("s", source.id), {source.name}),
             el("span", {{"class", "faint"}}, {report.via.empty() ? "" : " via " + report.via})}),
       cell({fmt::format("{}{}", report.source_grade, report.item_grade)}, "grade"),
       cell({percent(b.p_true)}, "number"), cell({percent(b.p_staged)}, "number"),
       std::move(weight), cell({report.handling}, "faint")},
      anchor("r", report.id));
}

}  // namespace

Node appendix_section(const Told& told) {
  std::vector<Node> rows;
  for (std::size_t r = 0; r < told.given.reports.size(); ++r) rows.push_back(report_row(told, r));
  std::vector<Node> references;
  for (const auto& ref : told.given.references) {
    references.push_back(el("li", {},
                            {outside(ref.url, ref.text),
                             el("span", {{"class", "faint"}}, {" " + to_string(ref.published)})}));
  }
  return section(
      "reports", "Appendix: all reports",
      {paragraph({fmt::format("All {} reports by day of publication. \u2018True\u2019 is the "
                              "probability that the core of the "
                              "claim is so; \u2018staged\u2019 that it stems from an adversary's "
                              "staging; the weight is the "
                              "largest on any leading answer.",
                              told.given.reports.size())}),
       table({"Published", "Claim", "Source", "Grade", ">True", ">Staged", ">Weight", "Handling"},
             std::move(rows), "reports", ""),
       el("h3", {}, {"References of the case"}),
       el("ul", {{"class", "references"}}, std::move(references))});
}

}  // namespace casus::brief
