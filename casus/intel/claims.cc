// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/claims.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using casefile::Aspect;
using casefile::Case;
using casefile::CountSense;
using casefile::Report;
using casefile::ReportKind;
using casefile::Source;
using casefile::Stance;

constexpr double within = 1.5;         // a bare number is right within this factor
constexpr double trust_in_all = 0.5;   // of a number's judgement, against its own error (judgement)
constexpr double least = 0.01;         // no verdict on a claim is surer than this
constexpr double usual_quality = 0.7;  // the report that `detail` is said of

double letter_score(char grade) {
  switch (grade) {
    case 'A':
      return 2.0;
    case 'B':
      return 1.2;
    case 'C':
      return 0.4;
    case 'D':
      return -0.5;
    case 'E':
      return -1.4;
    default:
      return 0.2;
  }
}

double digit_score(int item) {
  constexpr double score[] = {0.2, 1.4, 0.7, 0.0, -0.8, -1.7, -0.1};
  return score[item >= 1 && item <= 6 ? item : 0];
}

double kind_score(const Report& r, const Source& source) {
  switch (r.kind) {
    case ReportKind::imagery:
      return 0.5;
    case ReportKind::documents:
      return 0.6;
    case ReportKind::signals:
      return 0.2;
    case ReportKind::biometric:
      return -0.4;
    case ReportKind::human:
      return -0.6;
    case ReportKind::detainee:
      return -0.1;
    case ReportKind::press:
      return -0.2;
    case ReportKind::social_media:
      return -0.7;
    case ReportKind::official_statement:
      break;
  }
  if (source.stance == Stance::party) return -0.8;
  return source.stance == Stance::enemy_of_subject ? 0.1 : 0.4;
}

struct Bounds {
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
};

Bounds bounds_of(const Report& r, double number) {
  if (r.quantity && (r.quantity->low || r.quantity->high)) {
    const double low = r.quantity->low.value_or(0.0);
    const double high = r.quantity->high.value_or(std::numeric_limits<double>::infinity());
    if (low <= number && number <= high) {
      if (low == high) return {number / within, number * within};
      return {low, high};
    }
  }
  if (r.counts == CountSense::at_least) return {number, std::numeric_limits<double>::infinity()};
  if (r.counts == CountSense::up_to) return {0.0, number};
  return {number / within, number * within};
}

// A number told of one place of many: what its own error leaves of it.
double local_count(const Told& told, const Bounds& bounds, double measuring) {
  const auto z = [&](double there) {
    if (there <= 0.0) return -40.0;
    return (log(there / told.number) + told.law.bias) / told.law.sigma;
  };
  // a tight interval in words is no tighter than what such a look can tell
  const double low = std::min(bounds.low, told.number / within);
  const double high = std::max(bounds.high, told.number * within);
  const double right = (high > 1e12 ? 1.0 : normal_cdf(z(high))) - normal_cdf(z(low));
  return measuring * right + (1.0 - measuring) * 0.25;
}

double particulars(const Report& r, double q) {
  const double detail = std::clamp(r.detail, 1e-3, 1.0 - 1e-6);
  return logistic(logit(detail) + std::min(0.0, logit(q) - logit(usual_quality)));
}

bool is_denial(const Report& r) { return !r.answers.empty() && r.aspect != Aspect::position; }

}  // namespace

ReportPosterior report_posterior(const Model& model, const Evidence& e, std::uint32_t source,
                                 const std::vector<double>& joint) {
  const auto& scope = model.factors[e.factor].scope;
  ReportPosterior out;
  std::vector<std::uint32_t> digit(scope.size(), 0);
  for (std::size_t i = 0; i < joint.size(); ++i) {
    std::size_t rest = i;
    for (std::size_t d = digit.size(); d-- > 0;) {
      digit[d] = static_cast<std::uint32_t>(rest % model.states[scope[d]]);
      rest /= model.states[scope[d]];
    }
    if (joint[i] <= 0.0) continue;
    bool hold = true;
    bool honest = e.channel.mode_free;
    bool herd = false;
    for (std::size_t d = 0; d < scope.size(); ++d) {
      for (const Claim& c : e.claims) {
        if (c.hypothesis == scope[d]) hold = hold && c.holds(digit[d]);
      }
      if (e.mode && *e.mode == scope[d])
        honest = observe::mode_of(digit[d]) == observe::Mode::honest;
      if (e.herd && *e.herd == scope[d]) herd = digit[d] == 1;
    }
    if (hold) out.claims_hold += joint[i];
    if (honest && !herd) out.measuring += joint[i] * e.channel.informed * (1.0 - e.copied);
    const Likelihood l = likelihood(model, e, source, digit);
    out.staged += joint[i] * l.staged / l.p;
  }
  return out;
}

double quality(const Report& r, const Source& source, double honesty, bool grades) {
  const char letter = grades ? r.source_grade : 'F';
  const int item = grades ? r.item_grade : 6;
  const double push = 0.5 * std::clamp(honesty, -1.5, 1.5);
  const double retraction = r.retracted ? -2.0 : 0.0;
  if (r.aspect == Aspect::position) {
    // that it was stated: near certain where it is told by a named official or in a text
    const bool named = r.kind == ReportKind::official_statement || r.kind == ReportKind::documents;
    return logistic((named ? 3.2 : 1.2) + 0.35 * letter_score(letter) + 0.25 * digit_score(item));
  }
  double score =
      letter_score(letter) + digit_score(item) + kind_score(r, source) + push + retraction;
  if (r.aspect == Aspect::planned) score = 0.7 * score + 0.3;
  if (r.aspect == Aspect::forecast)
    score = 0.5 * score - 0.5;  // what is forecast mostly comes later
  return logistic(score);
}

namespace {

// A report that moves no hypothesis: a relay, a denial, or a claim of something not in dispute.
double judge_apart(const Report& r, double q, const std::vector<double>& core) {
  double p = q;
  if (repeats_only(r)) {  // as true as the best of what it repeats, with its own particulars
    double origin = 0.0;
    for (const auto o : r.lineage) origin = std::max(origin, core[o]);
    if (origin > 0.0) p = origin * std::max(0.5, particulars(r, q));
    if (r.aspect == Aspect::position) p = std::max(p, q);
  }
  if (is_denial(r)) {
    double so = 0.0;
    for (const auto a : r.answers) so = std::max(so, core[a]);
    p = 1.0 - so;
  }
  return p;
}

// A number: P(the truth lies where the claim puts it | there is something to count). What its own
// error leaves of it, and where all numbers together put the strength: a report may speak of a
// sending where the strength is a stock, so neither alone is trusted.
double judge_count(const Case& given, const Report& r, const Told& told, double measuring,
                   const std::vector<Strength>& strengths) {
  const Bounds bounds = bounds_of(r, told.number);
  const double local = local_count(told, bounds, measuring);
  if (!told.whole) return local;
  for (const Strength& s : strengths) {
    if (s.hypothesis != told.hypothesis) continue;
    const double any = probability_between(s, told.day, given.as_of, 1.0, 1e12);
    if (any <= 0.0) return local;
    const double low = std::max(1.0, bounds.low);
    const double part = probability_between(s, told.day, given.as_of, low, bounds.high, told.share);
    const double all = probability_between(s, told.day, given.as_of, low, bounds.high);
    return (1.0 - trust_in_all) * local + trust_in_all * 0.5 * (part + all) / any;
  }
  return local;
}

double judge_evidence(const Case& given, const Report& r, double q, const Evidence& e,
                      const ReportPosterior& post, const std::vector<Strength>& strengths) {
  const double so = post.claims_hold;
  if (e.denial) return r.evasive ? q : 1.0 - so;  // `claims` is what is denied
  if (r.aspect == Aspect::position) return q;
  if (r.aspect == Aspect::planned) return std::max(q, so * q);
  if (r.aspect == Aspect::forecast) return so * q;
  if (e.told) {
    return so * judge_count(given, r, *e.told, post.measuring, strengths) *
           std::max(0.7, particulars(r, q));
  }
  return is_denial(r) ? so : so * particulars(r, q);
}

}  // namespace

std::vector<ReportBelief> judge_reports(const Case& given, const Model& model,
                                        const std::vector<ReportPosterior>& posterior,
                                        const std::vector<double>& honesty,
                                        const std::vector<Strength>& strengths, bool grades) {
  const std::size_t n = given.reports.size();
  std::vector<ReportBelief> out(n);
  std::vector<double> core(n, 0.0);  // what a denial would deny, a relay repeat
  std::vector<double> q(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const Report& r = given.reports[i];
    q[i] = quality(r, given.sources[r.source], honesty[r.source], grades);
    core[i] = q[i];
    if (!model.evidence_of[i]) continue;
    const std::size_t at = *model.evidence_of[i];
    const Evidence& e = model.evidence[at];
    core[i] = e.denial ? 1.0 - posterior[at].claims_hold : posterior[at].claims_hold;
    out[i].p_staged = std::clamp(posterior[at].staged, 0.0, 1.0);
    out[i].p_true = judge_evidence(given, r, q[i], e, posterior[at], strengths);
  }
  for (std::size_t i = 0; i < n; ++i) {  // origins of relays come earlier, or on the same day
    if (!model.evidence_of[i]) out[i].p_true = core[i] = judge_apart(given.reports[i], q[i], core);
  }
  for (ReportBelief& r : out) r.p_true = std::clamp(r.p_true, least, 1.0 - least);
  return out;
}

}  // namespace casus::intel
