// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/score.h"

#include <algorithm>
#include <map>

#include "casus/base/error.h"
#include "casus/intel/rivals.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Outcome;

Probabilities posterior_of(const Belief& belief) {
  Probabilities out;
  for (const HypothesisBelief& h : belief.hypotheses) {
    auto& states = out.emplace_back();
    for (const StateBelief& s : h.states) states.push_back(s.p);
  }
  return out;
}

std::map<Date, Probabilities> walk_of(const Case& given, const Belief& belief,
                                      std::optional<Date> from) {
  std::map<Date, Probabilities> out;
  if (!from) return out;
  for (const PathPoint& p : belief.path) {
    if (p.day < *from) continue;
    auto& day = out[p.day];
    if (day.empty()) {
      for (const auto& h : given.hypotheses) day.emplace_back(h.states.size(), 0.0);
    }
    day[p.hypothesis][p.state] = p.p;
  }
  return out;
}

std::vector<HypothesisScore> score_hypotheses(const Probabilities& p, const Outcome& outcome) {
  std::vector<HypothesisScore> out;
  for (const auto& o : outcome.hypotheses) {
    const auto& states = p[o.hypothesis];
    HypothesisScore s;
    s.hypothesis = o.hypothesis;
    s.truth = o.state;
    s.p = states[o.state];
    s.brier = brier_score(states, o.state);
    s.log = log_score(s.p);
    s.leading =
        static_cast<std::uint32_t>(std::max_element(states.begin(), states.end()) - states.begin());
    out.push_back(s);
  }
  return out;
}

// 1 where the state leads alone, its share of the lead where several do, else 0.
double share_of_lead(const std::vector<double>& states, std::uint32_t state) {
  const double top = *std::max_element(states.begin(), states.end());
  const auto leads = [&](double p) { return p >= top - 1e-12; };
  if (!leads(states[state])) return 0.0;
  return 1.0 / static_cast<double>(std::count_if(states.begin(), states.end(), leads));
}

DayScore mean_of(Date day, const std::vector<HypothesisScore>& scores) {
  DayScore out{day, 0.0, 0.0};
  const double share = 1.0 / static_cast<double>(scores.size());
  for (const HypothesisScore& s : scores) {
    out.brier += share * s.brier;
    out.log += share * s.log;
  }
  return out;
}

// One method: `last` on the as-of day, `on` for every day of the walk.
template <class On>
MethodScore score_method(const char* id, const Probabilities& last, const On& on,
                         const std::vector<Date>& days, const Outcome& outcome) {
  MethodScore out;
  out.id = id;
  out.hypotheses = score_hypotheses(last, outcome);
  const DayScore mean = mean_of(Date(), out.hypotheses);
  out.brier = mean.brier;
  out.log = mean.log;
  for (const HypothesisScore& s : out.hypotheses) {
    out.right +=
        share_of_lead(last[s.hypothesis], s.truth) / static_cast<double>(out.hypotheses.size());
  }
  std::vector<Scored> statements;
  const double share = days.empty() ? 0.0 : 1.0 / static_cast<double>(days.size());
  for (const Date day : days) {
    const Probabilities& p = on(day);
    out.days.push_back(mean_of(day, score_hypotheses(p, outcome)));
    out.walk_brier += share * out.days.back().brier;
    out.walk_log += share * out.days.back().log;
    for (const auto& o : outcome.hypotheses) {
      const auto& states = p[o.hypothesis];
      for (std::uint32_t s = 0; s < states.size(); ++s) {
        statements.push_back({states[s], s == o.state});
      }
    }
  }
  out.calibration = calibration_curve(statements);
  return out;
}

void score_methods(const Case& given, const Belief& belief, const Outcome& outcome, Score& out) {
  const auto walk = walk_of(given, belief, out.from);
  std::vector<Date> days;
  for (const auto& entry : walk) days.push_back(entry.first);
  out.from = days.empty() ? std::nullopt : std::optional(days.front());
  const Rivals rivals(given, belief.grades);
  const Probabilities even = rivals.even();
  const auto always = [](const Probabilities& p) {
    return [&p](Date) -> const Probabilities& { return p; };
  };
  const auto ours = [&](Date day) -> const Probabilities& { return walk.at(day); };
  const auto matrix = [&](Date day) { return rivals.matrix(day); };
  const auto product = [&](Date day) { return rivals.product(day); };
  out.methods.push_back(score_method("casus", posterior_of(belief), ours, days, outcome));
  out.methods.push_back(
      score_method("prior", rivals.prior(), always(rivals.prior()), days, outcome));
  out.methods.push_back(score_method("even", even, always(even), days, outcome));
  out.methods.push_back(score_method("matrix", rivals.matrix(belief.as_of), matrix, days, outcome));
  out.methods.push_back(
      score_method("product", rivals.product(belief.as_of), product, days, outcome));
}

template <class P>
ReportMethodScore score_report_method(const char* id, const std::vector<ReportScore>& reports,
                                      const P& p_of) {
  ReportMethodScore out;
  out.id = id;
  std::vector<Scored> statements;
  for (const ReportScore& r : reports) {
    const double p = p_of(r);
    statements.push_back({p, r.verdict});
    out.brier += brier_score(p, r.verdict) / static_cast<double>(reports.size());
    out.log += log_score(r.verdict ? p : 1.0 - p) / static_cast<double>(reports.size());
  }
  out.calibration = calibration_curve(statements);
  return out;
}

void score_reports(const Case& given, const Belief& belief, const Outcome& outcome, Score& out) {
  double base = 0.0;
  for (const auto& o : outcome.reports) {
    if (!o.verdict) continue;
    const auto& r = given.reports[o.report];
    out.reports.push_back({o.report, *o.verdict, belief.reports[o.report].p_true,
                           grade_alone(r.source_grade, r.item_grade)});
    base += *o.verdict ? 1.0 : 0.0;
  }
  if (out.reports.empty()) return;
  base /= static_cast<double>(out.reports.size());
  const auto& all = out.reports;
  out.report_methods.push_back(
      score_report_method("casus", all, [](const ReportScore& r) { return r.p_true; }));
  out.report_methods.push_back(
      score_report_method("grades", all, [](const ReportScore& r) { return r.grade; }));
  out.report_methods.push_back(
      score_report_method("half", all, [](const ReportScore&) { return 0.5; }));
  out.report_methods.push_back(
      score_report_method("base_rate", all, [&](const ReportScore&) { return base; }));
}

}  // namespace

Score score(const Case& given, const Belief& belief, const Outcome& outcome) {
  CASUS_CHECK(belief.hypotheses.size() == given.hypotheses.size());
  CASUS_CHECK(belief.reports.size() == given.reports.size());
  const bool verdicts = std::any_of(outcome.reports.begin(), outcome.reports.end(),
                                    [](const auto& r) { return r.verdict.has_value(); });
  if (outcome.hypotheses.empty() && !verdicts) {
    throw ModelError("the outcome judges no hypothesis and no report of case '" + given.id + "'");
  }
  Score out;
  out.case_id = given.id;
  out.as_of = belief.as_of;
  out.grades = belief.grades;
  for (const auto& r : given.reports) {
    if (!out.from || r.published < *out.from) out.from = r.published;
  }
  if (!outcome.hypotheses.empty()) score_methods(given, belief, outcome, out);
  score_reports(given, belief, outcome, out);
  return out;
}

}  // namespace casus::intel
