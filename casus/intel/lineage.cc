// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/lineage.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Report;
using casefile::ReportKind;

// Means of the beta priors of A5: news-news B(6,3), partner-partner B(4,5), cross-discipline
// B(1.5,12); the rest judgement.
constexpr double news_of_news = 6.0 / 9.0;
constexpr double partner_of_partner = 4.0 / 9.0;
constexpr double across = 1.5 / 13.5;
constexpr double known_to_relay = 0.5;     // P(repeats | the case says it relays that source)
constexpr double same_number = 0.25;       // P(an own count comes out at the same round number)
constexpr double near_enough = 0.02;       // numbers this near each other are the same
constexpr double same_day = 0.5;           // who was first is not known
constexpr double number_out_of_air = 0.3;  // P(a repeater adds a number of its own)

bool is_news(ReportKind kind) {
  return kind == ReportKind::press || kind == ReportKind::social_media;
}

bool same_claims(const Evidence& e, const Evidence& other) {
  return std::all_of(e.claims.begin(), e.claims.end(), [&](const Claim& c) {
    return std::any_of(other.claims.begin(), other.claims.end(), [&](const Claim& o) {
      return o.hypothesis == c.hypothesis && o.states == c.states;
    });
  });
}

double may_repeat(const Case& given, const Report& r, const Report& other) {
  double k = repeats(r.kind, other.kind);
  const auto& relays = given.sources[r.source].relays;
  if (std::find(relays.begin(), relays.end(), other.source) != relays.end()) {
    k = std::max(k, known_to_relay);
  }
  return other.published == r.published ? same_day * k : k;
}

// What a report may have heard, put together.
struct Heard {
  double none = 1.0;  // P(it repeats nothing)
  double sum = 0.0;
  double same = 0.0;
  double own = 1.0;  // what an own look would have to hit upon, besides the claim
};

void hear(const Case& given, const Evidence& e, const Evidence& other, double k, Heard& heard) {
  heard.none *= 1.0 - k;
  heard.sum += k;
  if (!same_claims(e, other) || e.affirmative != other.affirmative) return;
  const auto& mine = given.reports[e.report].strengths;
  const auto& theirs = given.reports[other.report].strengths;
  if (!e.told || mine.empty()) {
    heard.same += k;
  } else if (!other.told || theirs.empty() || e.told->hypothesis != other.told->hypothesis) {
    heard.same += number_out_of_air * k;
  } else if (std::fabs(log(e.told->number / other.told->number)) <= near_enough) {
    heard.same += k;
    heard.own = same_number;
  }  // else another number: it did not get it from there
}

double echo_of(const Heard& heard) {
  if (heard.same <= 0.0) return 0.0;
  const double copies = (1.0 - heard.none) * heard.same / heard.sum;
  return copies / (copies + heard.none * heard.own);
}

}  // namespace

double repeats(ReportKind kind, ReportKind other) {
  if (is_news(kind)) {
    if (is_news(other)) return news_of_news;
    return other == ReportKind::official_statement ? partner_of_partner : across;
  }
  if (kind == ReportKind::official_statement) {
    return other == ReportKind::official_statement ? partner_of_partner : across;
  }
  return kind == ReportKind::human ? across : 0.0;
}

void add_unknown_lineage(const Case& given, Model& m) {
  std::vector<std::vector<std::size_t>> speak_to(given.hypotheses.size());
  for (std::size_t i = 0; i < m.evidence.size(); ++i) {
    const Evidence& e = m.evidence[i];
    if (e.channel.mode_free || given.reports[e.report].looked) continue;
    for (const Claim& c : e.claims) speak_to[c.hypothesis].push_back(i);
  }
  const auto day = [&](std::size_t i) { return given.reports[m.evidence[i].report].published; };
  for (auto& all : speak_to) {
    std::stable_sort(all.begin(), all.end(),
                     [&](std::size_t a, std::size_t b) { return day(a) < day(b); });
  }
  for (Evidence& e : m.evidence) {
    const Report& r = given.reports[e.report];
    if (e.channel.mode_free || !r.lineage.empty() || r.looked) continue;
    Heard heard;
    const auto& all = speak_to[e.claims.front().hypothesis];
    const auto from = std::partition_point(
        all.begin(), all.end(), [&](std::size_t j) { return r.published - day(j) > echo_days; });
    for (auto at = from; at != all.end() && day(*at) <= r.published; ++at) {
      const std::size_t j = *at;
      const Report& other = given.reports[m.evidence[j].report];
      if (other.source == r.source) continue;
      const double k = may_repeat(given, r, other);
      if (k > 0.0) hear(given, e, m.evidence[j], k, heard);
    }
    e.echo = echo_of(heard);
  }
}

}  // namespace casus::intel
