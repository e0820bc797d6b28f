// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/evidence.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using casefile::Aspect;
using casefile::Case;
using casefile::CountSense;
using casefile::Hypothesis;
using casefile::PlaceKind;
using casefile::Report;
using casefile::ReportKind;
using casefile::Source;
using casefile::Stance;

constexpr std::size_t most_claims = 4;

std::uint32_t all_states(const Hypothesis& h) {
  return h.states.size() >= 32 ? ~0U : (1U << h.states.size()) - 1U;
}

bool covers(const Case& given, const Hypothesis& h, casefile::PlaceId place) {
  if (h.at_places.empty() && h.at_regions.empty()) return true;
  if (std::find(h.at_places.begin(), h.at_places.end(), place) != h.at_places.end()) return true;
  const auto region = given.places[place].region;
  return region &&
         std::find(h.at_regions.begin(), h.at_regions.end(), *region) != h.at_regions.end();
}

// Does a number told of the place speak of everything the hypothesis counts?
bool speaks_of_all(const Case& given, const Hypothesis& h, casefile::PlaceId place) {
  const auto kind = given.places[place].kind;
  const bool anywhere = h.at_places.empty() && h.at_regions.empty();
  if (anywhere) {
    return kind == PlaceKind::region || kind == PlaceKind::capital || kind == PlaceKind::seat ||
           kind == PlaceKind::port;  // what has been landed is the whole
  }
  if (kind == PlaceKind::region || kind == PlaceKind::city || kind == PlaceKind::front_town)
    return true;
  return h.at_regions.empty() && h.at_places.size() == 1;
}

bool tells_number(const Report& r) { return r.aspect == Aspect::present && !r.looked; }

std::vector<Claim> claims_of(const Case& given, const Report& r) {
  std::vector<Claim> out;
  const auto add = [&](std::uint32_t hypothesis, std::uint32_t mask) {
    const std::uint32_t all = all_states(given.hypotheses[hypothesis]);
    if ((mask & all) == all || mask == 0) return;  // says nothing, or the impossible
    for (Claim& c : out) {
      if (c.hypothesis == hypothesis) {
        if ((c.states & mask) != 0) c.states &= mask;
        return;
      }
    }
    if (out.size() < most_claims) out.push_back({hypothesis, mask});
  };
  for (const auto& s : r.says) {
    std::uint32_t mask = 0;
    for (const auto k : s.states) mask |= 1U << k;
    add(s.hypothesis.index, mask);
  }
  for (const auto& s : r.strengths) {
    const auto h = counting_hypothesis(given, s.contingent, s.at);
    if (!h) continue;
    const bool said =
        std::any_of(out.begin(), out.end(), [&](const Claim& c) { return c.hypothesis == *h; });
    const auto null = null_state(given.hypotheses[*h]);
    if (!null) continue;
    const std::uint32_t nothing = 1U << *null;
    const std::uint32_t something = all_states(given.hypotheses[*h]) & ~nothing;
    if (r.looked) {
      if (!said) add(*h, nothing);
      continue;
    }
    if (!said) add(*h, something);
    // how many is the number's to say: a likelihood is used once
    for (Claim& c : out) {
      if (c.hypothesis == *h && !c.holds(*null) && tells_number(r)) c.states = something;
    }
  }
  return out;
}

bool goes_against_null(const Case& given, const Claim& c) {
  const Hypothesis& h = given.hypotheses[c.hypothesis];
  const auto null = null_state(h);
  return null ? !c.holds(*null) : c.holds(0);
}

std::vector<Claim> opposite(const Case& given, std::vector<Claim> claims) {
  for (Claim& c : claims) c.states = all_states(given.hypotheses[c.hypothesis]) & ~c.states;
  return claims;
}

// Statements of the accused (A8): what they speak for is fixed by how they are made, not by grades.
bool read_statement(const Case& given, const Report& r, Evidence& e) {
  const Source& source = given.sources[r.source];
  if (r.kind != ReportKind::official_statement) return false;
  if (source.stance != Stance::party && !r.evasive && !r.against_interest) return false;
  const bool against = goes_against_null(given, e.claims.front());
  observe::StatementRates rates = observe::denial_rates;
  if (r.against_interest) {
    rates = observe::admission_rates;
  } else if (r.evasive) {
    rates = observe::evasion_rates;
    if (!against) e.claims = opposite(given, e.claims);
  } else if (!against) {
    e.claims = opposite(given, e.claims);
  } else {
    return false;
  }
  e.denial = !r.against_interest;
  e.evasive = e.denial && r.evasive;
  e.affirmative = !e.denial;
  e.channel = {rates.if_so, rates.if_not_so, rates.if_not_so, 1.0, {}, true};
  return true;
}

double informed_share(const Case& given, const Report& r, const Source& source,
                      const ModelOptions& options) {
  double share = 1.0;
  if (options.grades) {
    const double own = given.grading.of(r.source_grade).mean();
    const double usual = given.grading.of(source.grade).mean();
    share = std::min(1.0, own / usual);
  }
  if (r.aspect == Aspect::planned) share *= 0.6;
  if (r.aspect == Aspect::position) share *= 0.5;
  // what experts foretell hardly beats chance (Tetlock 2005), and rests on reports already here
  if (r.aspect == Aspect::forecast) share *= 0.2;
  return share;
}

bool confirmed_before(const Case& given, std::uint32_t report, const std::vector<Claim>& claims) {
  for (std::uint32_t i = 0; i < given.reports.size(); ++i) {
    if (i == report || given.reports[i].published > given.reports[report].published) continue;
    if (repeats_only(given.reports[i])) continue;
    for (const auto& s : given.reports[i].says) {
      for (const Claim& c : claims) {
        if (c.hypothesis != s.hypothesis.index) continue;
        for (const auto k : s.states) {
          if (c.holds(k)) return true;
        }
      }
    }
  }
  return false;
}

bool can_be_staged(const Case& given, const std::vector<Claim>& claims) {
  return std::any_of(claims.begin(), claims.end(), [&](const Claim& c) {
    return !given.hypotheses[c.hypothesis].staged_by.empty();
  });
}

// Looked and found nothing: fixed by how much was looked at and by the grade. Whoever looks
// carelessly finds nothing either, so that nothing was found speaks of nobody's honesty.
void read_looked(const Case& given, const Report& r, const ModelOptions& options, Evidence& e) {
  const Hypothesis& h = given.hypotheses[e.claims.front().hypothesis];
  const Source& source = given.sources[r.source];
  const bool all = r.strengths.empty() || speaks_of_all(given, h, r.strengths.front().at);
  const double seen = r.coverage ? *r.coverage : all ? .9 : .25;
  const auto prior = observe::grade_prior(read_grade(source.grade, options), source.right,
                                          source.wrong, given.grading);
  const double looks = prior.mean() * e.channel.informed;  // P(it looked as it says)
  e.channel.hit = 1.0 - looks * e.channel.alarm * seen;
  e.channel.alarm = e.channel.staged = 1.0 - looks * 0.8 * seen;
  e.channel.informed = looks;
  e.channel.mode_free = true;
}

// A region of a country is not the country; a drill ground in a clip is hardly any of it. Where the
// author's split gives a place a share it may hold a tenth to ten times of that (judgement).
observe::Range share_of(const Case& given, const Hypothesis& h, casefile::PlaceId place) {
  constexpr double least = 0.003;
  constexpr double tenfold = 10.0;
  if (!speaks_of_all(given, h, place)) {
    double split = 0.0;
    for (const auto& [at, share] : given.contingents[*h.counts].at) {
      if (at == place) split += share;
    }
    if (split <= 0.0) return {least, 1.0};
    return {std::max(least, split / tenfold), std::min(1.0, split * tenfold)};
  }
  const bool anywhere = h.at_places.empty() && h.at_regions.empty();
  if (anywhere && given.places[place].kind == PlaceKind::region) return {0.3, 1.0};
  return {0.8, 1.0};
}

// A number may be of one sending, not of all that are there. Nobody stays at a port: a number told
// of it is of what was landed. Over several days one counts what came; of a day, what is there
// (judgement).
double sending_of(const Case& given, const Report& r, casefile::PlaceId place) {
  const bool over_days = r.observed && r.observed->second - r.observed->first >= 3;
  if (given.places[place].kind == PlaceKind::port) return over_days ? 0.8 : 0.5;
  return over_days ? 0.3 : 0.0;
}

std::optional<Told> read_number(const Case& given, const Report& r) {
  if (!tells_number(r)) return std::nullopt;
  for (const auto& s : r.strengths) {
    const auto h = counting_hypothesis(given, s.contingent, s.at);
    if (!h || s.count <= 0.0) continue;
    const Source& source = given.sources[r.source];
    const auto& kind = observe::law_of(r.kind, source.stance);
    Told told;
    told.hypothesis = *h;
    told.number = s.count;
    told.day = day_of(r, source.stance);
    told.whole = speaks_of_all(given, given.hypotheses[*h], s.at);
    told.law.bias = kind.count_bias;
    told.law.sigma = kind.count_sigma;
    if (r.quantity && r.quantity->low && r.quantity->high && *r.quantity->low > 0.0 &&
        *r.quantity->high > *r.quantity->low) {
      const double width = log(*r.quantity->high / *r.quantity->low) / 4.0;
      told.law.sigma = std::sqrt(told.law.sigma * told.law.sigma + width * width);
    }
    told.law.share = share_of(given, given.hypotheses[*h], s.at);
    told.law.sending = sending_of(given, r, s.at);
    if (r.counts == CountSense::at_least) told.law.said.low = 0.3;
    if (r.counts == CountSense::up_to) told.law.said.high = 3.0;
    const auto& plan = given.contingents[s.contingent].plan;
    if (plan) told.law.plan_median = plan->prior.median();
    return told;
  }
  return std::nullopt;
}

}  // namespace

char read_grade(char grade, const ModelOptions& options) {
  if (!options.grades || grade < 'A' || grade > 'E') return options.grades ? grade : 'F';
  return static_cast<char>(std::clamp(grade - options.grade_shift, int{'A'}, int{'E'}));
}

Date day_of(const Report& report, Stance stance) {
  if (report.observed) return report.observed->second;
  const double days = 7.0 * observe::law_of(report.kind, stance).delay_weeks;
  return report.published.plus(-static_cast<int>(std::lround(days)));
}

std::optional<std::uint32_t> null_state(const Hypothesis& hypothesis) {
  for (std::uint32_t i = 0; i < hypothesis.states.size(); ++i) {
    const auto& s = hypothesis.states[i];
    if (s.id == "none" || s.id == "no" || (s.counted && s.high && *s.high <= 0.0)) return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> counting_hypothesis(const Case& given,
                                                 casefile::ContingentId contingent,
                                                 casefile::PlaceId place) {
  std::optional<std::uint32_t> best;
  std::size_t size = 0;
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const Hypothesis& h = given.hypotheses[i];
    if (!h.counts || *h.counts != contingent || !covers(given, h, place)) continue;
    const bool anywhere = h.at_places.empty() && h.at_regions.empty();
    const std::size_t breadth = anywhere ? 1000 : h.at_places.size() + 10 * h.at_regions.size();
    if (!best || breadth < size) {
      best = i;
      size = breadth;
    }
  }
  return best;
}

std::optional<Evidence> read_report(const Case& given, std::uint32_t report,
                                    const ModelOptions& options) {
  const Report& r = given.reports[report];
  if (repeats_only(r)) return std::nullopt;
  Evidence e;
  e.report = report;
  e.claims = claims_of(given, r);
  if (e.claims.empty()) return std::nullopt;
  e.copied = r.lineage.empty() ? 0.0 : r.fidelity;
  if (read_statement(given, r, e)) return e;

  const Source& source = given.sources[r.source];
  const auto& law = observe::law_of(r.kind, source.stance);
  e.affirmative = goes_against_null(given, e.claims.front());
  e.channel.hit = law.hit;
  e.channel.alarm = law.alarm;
  e.channel.staged = law.staged;
  if (r.kind == ReportKind::official_statement && source.stance == Stance::party) {
    e.channel.alarm = e.channel.staged = 0.4;  // of itself, to its own advantage
  }
  if (r.kind == ReportKind::biometric) {
    const auto match = observe::face_match(r.probes.value_or(0.0));
    e.channel.hit = match.hit;
    e.channel.alarm = match.capped_alarm;
    e.channel.staged = std::max(match.capped_alarm, e.channel.staged);
  } else if (r.kind == ReportKind::social_media && e.affirmative &&
             can_be_staged(given, e.claims)) {
    constexpr double scale = 20.0;  // of a week's rates to an occasion's; ratios are what counts
    e.channel.hit = scale * observe::sign_if_so;
    e.channel.staged = scale * observe::sign_if_staged;
    e.channel.alarm = scale * observe::sign_by_chance;
  }
  const int item = options.grades ? r.item_grade : 6;
  const double digit =
      observe::item_decibans(item, confirmed_before(given, report, e.claims), given.grading);
  e.channel.alarm = std::min(0.95 * e.channel.hit, e.channel.alarm * exp(-digit * ln10 / 10.0));
  e.channel.staged = std::max(e.channel.staged, e.channel.alarm);
  e.channel.informed = informed_share(given, r, source, options);
  if (r.looked) read_looked(given, r, options, e);
  e.told = read_number(given, r);
  return e;
}

}  // namespace casus::intel
