// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/claims.h"

#include <algorithm>
#include <array>
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
constexpr double least = 0.01;         // no verdict on a claim is surer than this
constexpr double well_retold = 0.98;   // P(a relay tells what it repeats rightly)
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

// Where the truth must lie for a number to be right: in the interval told, or within x/: 1.5 of it.
observe::Bounds bounds_of(const Report& r, double number) {
  constexpr double open = std::numeric_limits<double>::infinity();
  if (r.counts == CountSense::at_least) return {number, open};
  if (r.counts == CountSense::up_to) return {0.0, number};
  observe::Bounds out{number / within, number * within};
  if (r.quantity) {
    out.low = std::min(out.low, r.quantity->low.value_or(out.low));
    out.high = std::max(out.high, r.quantity->high.value_or(out.high));
  }
  return out;
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
    bool pictured = false;
    for (std::size_t d = 0; d < scope.size(); ++d) {
      for (const Claim& c : e.claims) {
        if (c.hypothesis == scope[d]) hold = hold && c.holds(digit[d]);
      }
      if (e.mode && *e.mode == scope[d])
        honest = observe::mode_of(digit[d]) == observe::Mode::honest;
      if (e.picture && *e.picture == scope[d]) pictured = digit[d] == 1;
    }
    if (hold) out.claims_hold += joint[i];
    const Likelihood l = likelihood(model, e, source, digit);
    if (honest && !pictured) {
      const double measuring =
          joint[i] * e.channel.informed * (1.0 - e.copied) * (1.0 - l.echo / l.p);
      out.measuring += measuring;
      if (hold) out.measuring_if_so += measuring;
    }
    out.staged += joint[i] * l.staged / l.p;
    out.echo += joint[i] * l.echo / l.p;
  }
  if (out.claims_hold > 0.0) out.measuring_if_so /= out.claims_hold;
  return out;
}

double quality(const Report& r, const Source& source, double honesty, bool grades) {
  const char letter = grades ? r.source_grade : 'F';
  const int item = grades ? r.item_grade : 6;
  const double push = 0.5 * std::clamp(honesty, -1.5, 1.5);
  // struck (taken back the day it came, assessor.h) says nothing of its worth
  const double retraction = r.retracted && *r.retracted > r.published ? -2.0 : 0.0;
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
double judge_apart(const Report& r, double q, const std::vector<double>& core,
                   const std::vector<ReportBelief>& judged) {
  double p = q;
  if (repeats_only(r)) {  // as true as the best of what it repeats
    double origin = 0.0;
    for (const auto o : r.lineage) origin = std::max(origin, judged[o].p_true);
    if (origin > 0.0) p = well_retold * origin;
    if (r.aspect == Aspect::position) p = std::max(p, q);
  }
  if (is_denial(r)) {
    double so = 0.0;
    for (const auto a : r.answers) so = std::max(so, core[a]);
    p = 1.0 - so;
  }
  return p;
}

// A report as the model reads it.
struct Read {
  const Evidence& evidence;
  std::size_t at;
  bool used;
  const ReportPosterior& posterior;
};

// A cell of the posterior of one counted strength: men on the as-of day, how they came, what all
// who count have wrong.
struct CountCell {
  double weight = 0.0;   ///< sums to 1 over the states that are not `none`
  std::size_t cell = 0;  ///< of the numbers
};

struct CountPosterior {
  Numbers* numbers = nullptr;
  std::vector<CountCell> cells;
};

CountPosterior count_posterior(Numbers& numbers, const std::vector<bool>& used,
                               const Strength& strength) {
  constexpr double least_cell = 1e-7;
  CountPosterior out{&numbers, {}};
  double sum = 0.0;
  for (std::size_t s = 0; s < numbers.men().size(); ++s) {
    if (numbers.men()[s].front() <= 0.0) continue;
    double p = 0.0;
    for (std::size_t b = 0; b < observe::build_ups; ++b) p += strength.p[strength.cell(s, b)];
    const std::vector<double> product = numbers.log_product(s, used);
    const double top = *std::max_element(product.begin(), product.end());
    std::vector<CountCell> cells;
    double total = 0.0;
    for (std::size_t i = 0; i < product.size(); ++i) {
      const std::size_t c = i / strength_points % observe::common_errors;
      const std::size_t b = i / strength_points / observe::common_errors;
      const double w =
          observe::build_up_shapes[b].prior * numbers.common_prior()[c] * exp(product[i] - top);
      total += w;
      cells.push_back({w, s * product.size() + i});
    }
    for (CountCell& c : cells) {
      c.weight *= p / total;
      if (c.weight < least_cell) continue;
      sum += c.weight;
      out.cells.push_back(c);
    }
  }
  for (CountCell& c : out.cells) c.weight /= sum;
  return out;
}

// A number: P(the men it speaks of lie where the claim puts them | there is something to count),
// over the posterior of the strength and over what the number may speak of: a stock, a sending, the
// plan, nothing. Its own part of that posterior is put in anew with what its source turned out to
// be.
double judge_count(const Report& r, const Read& read, const CountPosterior& posterior) {
  const Told& told = *read.evidence.told;
  const observe::Bounds bounds = bounds_of(r, told.number);
  Numbers& numbers = *posterior.numbers;
  const std::size_t number = *numbers.number_of(read.at);
  const double measuring = read.posterior.measuring_if_so;
  double so = 0.0;
  double all = 0.0;
  for (const CountCell& c : posterior.cells) {  // densities are over that of an idle number
    const double density = numbers.density(number, c.cell);
    const observe::Right& right = numbers.right(number, c.cell, bounds);
    double weight = c.weight;
    if (read.used) weight /= 1.0 - told.measured + told.measured * density;
    so += weight * ((1.0 - measuring) * right.there + measuring * right.told);
    all += weight * (1.0 - measuring + measuring * density);
  }
  return all > 0.0 ? so / all : 0.5;
}

double judge_evidence(const Report& r, double q, const Read& read,
                      const std::vector<CountPosterior>& counts) {
  const Evidence& e = read.evidence;
  const double so = read.posterior.claims_hold;
  if (e.denial) return r.evasive ? q : 1.0 - so;  // `claims` is what is denied
  if (r.looked) return so + (1.0 - so) * q;       // its claim is that it found nothing
  if (r.aspect == Aspect::position) return q;
  if (r.aspect == Aspect::planned) return std::max(q, so * q);
  if (r.aspect == Aspect::forecast) return so * q;
  for (const CountPosterior& c : counts) {
    if (!e.told || c.numbers->hypothesis() != e.told->hypothesis) continue;
    // who had the number right had the rest of it right: they stand and fall together
    const double right = judge_count(r, read, c);
    return so * std::min(right, particulars(r, q));
  }
  return is_denial(r) ? so : so * particulars(r, q);
}

}  // namespace

std::vector<ReportBelief> judge_reports(const Case& given, const Model& model,
                                        const std::vector<ReportPosterior>& posterior,
                                        const std::vector<double>& honesty, const Counted& counted,
                                        bool grades) {
  const std::size_t n = given.reports.size();
  const std::vector<bool>& used = counted.used;
  std::vector<CountPosterior> counts;
  for (std::size_t i = 0; i < counted.numbers.size(); ++i) {
    counts.push_back(count_posterior(counted.numbers[i], used, counted.strengths[i]));
  }
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
    out[i].p_true = judge_evidence(r, q[i], {e, at, used[at], posterior[at]}, counts);
  }
  for (std::size_t i = 0; i < n; ++i) {  // origins of relays come earlier, or on the same day
    if (!model.evidence_of[i])
      out[i].p_true = core[i] = judge_apart(given.reports[i], q[i], core, out);
  }
  for (ReportBelief& r : out) r.p_true = std::clamp(r.p_true, least, 1.0 - least);
  return out;
}

}  // namespace casus::intel
