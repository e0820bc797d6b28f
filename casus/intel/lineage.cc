// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/lineage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Report;
using casefile::ReportKind;

// Means of the beta priors of A5: news-news B(6,3), partner-partner B(4,5), optical-radar B(2,8),
// cross-discipline B(1.5,12); the rest judgement.
constexpr double news_of_news = 6.0 / 9.0;
constexpr double partner_of_partner = 4.0 / 9.0;
constexpr double look_of_look = 2.0 / 10.0;
constexpr double across = 1.5 / 13.5;
constexpr double same_days = 0.95;          // P(one look | a source says the same of the same days)
constexpr double days_unclear = 2.0 / 3.0;  // the same | days that overlap, or are not told
constexpr double known_to_relay = 0.5;      // P(repeats | the case says it relays that source)
constexpr double same_number = 0.25;        // P(an own count comes out at the same round number)
constexpr double near_enough = 0.02;        // numbers this near each other are the same
constexpr double same_day = 0.5;            // who was first is not known
constexpr double number_out_of_air = 0.3;   // P(a repeater adds a number of its own)

bool is_news(ReportKind kind) {
  return kind == ReportKind::press || kind == ReportKind::social_media;
}

// What of a report others may repeat, or it may repeat of others.
struct Said {
  std::uint32_t report = 0;
  std::uint32_t source = 0;
  std::size_t kind = 0;
  bool affirmative = false;
  Date day;  ///< it was published
  std::uint64_t key = 0;
  const std::vector<Claim>* claims = nullptr;
  std::optional<std::uint32_t> counts;  ///< the hypothesis its number speaks of
  double log_number = 0.0;
};

Said said_of(const Case& given, const Evidence& e) {
  const Report& r = given.reports[e.report];
  Said out{e.report,
           r.source.index,
           static_cast<std::size_t>(r.kind),
           e.affirmative,
           r.published,
           r.key,
           &e.claims,
           {},
           0.0};
  if (e.told && !r.strengths.empty()) {
    out.counts = e.told->hypothesis;
    out.log_number = log(e.told->number);
  }
  return out;
}

bool same_claims(const Said& a, const Said& b) {
  return std::all_of(a.claims->begin(), a.claims->end(), [&](const Claim& c) {
    return std::find(b.claims->begin(), b.claims->end(), c) != b.claims->end();
  });
}

// P(one repeats another that it heard), by their kinds and whether it is known to relay the source.
class MayRepeat {
 public:
  MayRepeat() {
    for (std::size_t a = 0; a < kinds; ++a) {
      for (std::size_t b = 0; b < kinds; ++b) {
        k_[a][b] = repeats(static_cast<ReportKind>(a), static_cast<ReportKind>(b));
      }
    }
  }
  [[nodiscard]] double of(const Said& a, const Said& b, bool relays) const {
    const double k = relays ? std::max(k_[a.kind][b.kind], known_to_relay) : k_[a.kind][b.kind];
    return b.day == a.day ? same_day * k : k;
  }

 private:
  static constexpr std::size_t kinds = static_cast<std::size_t>(ReportKind::social_media) + 1;
  std::array<std::array<double, kinds>, kinds> k_{};
};

// What a report may have heard, put together.
struct Heard {
  double no_self = 1.0;  // P(it does not repeat its own source)
  double none = 1.0;     // P(it repeats nothing of others)
  double sum = 0.0;
  double same = 0.0;
  double own = 1.0;  // what an own look would have to hit upon, besides the claim
};

// How far another may have been the one that was repeated: by what both say.
double alike(const Said& mine, const Said& other, Heard& heard) {
  if (mine.affirmative != other.affirmative || !same_claims(mine, other)) return 0.0;
  if (!mine.counts) return 1.0;
  if (mine.counts != other.counts) return number_out_of_air;
  if (std::fabs(mine.log_number - other.log_number) > near_enough) return 0.0;
  heard.own = same_number;
  return 1.0;
}

void hear(const Said& mine, const Said& other, double k, Heard& heard) {
  heard.none *= 1.0 - k;
  heard.sum += k;
  heard.same += k * alike(mine, other, heard);
}

// The share of a look's days that an earlier one of the source covers: inspectors tell again and
// again all they have done since they came.
double looked_before(const Report& look, const Report& earlier) {
  if (!look.observed || !earlier.observed) return days_unclear;
  const auto [from, to] = *look.observed;
  const int both =
      std::min(to, earlier.observed->second) - std::max(from, earlier.observed->first) + 1;
  return same_days * std::max(0, both) / std::max(1, to - from + 1);
}

// Earlier reports of the same source, and those of the same day that come before it by their ids:
// which of them was the first does not matter.
void hear_itself(const Case& given, const Said& mine, const std::vector<Said>& own, Heard& heard) {
  const Report& r = given.reports[mine.report];
  double in_part = 0.0;
  for (const Said& other : own) {
    if (std::tie(other.day, other.key) >= std::tie(mine.day, mine.key)) continue;
    const Report& then = given.reports[other.report];
    const double k =
        r.looked ? looked_before(r, then) : repeats_itself(r.kind, r.observed, then.observed);
    if (r.looked && k < same_days) {
      in_part = std::max(in_part, k * alike(mine, other, heard));
      continue;
    }
    if (k < same_days && mine.day - other.day > echo_days) continue;
    heard.no_self *= 1.0 - k * alike(mine, other, heard);
  }
  heard.no_self *= 1.0 - in_part;
}

double echo_of(const Heard& heard) {
  const double others = heard.sum > 0.0 ? (1.0 - heard.none) * heard.same / heard.sum : 0.0;
  const double copies = 1.0 - heard.no_self + heard.no_self * others;
  if (copies <= 0.0) return 0.0;
  return copies / (copies + heard.no_self * heard.none * heard.own);
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

double repeats_itself(ReportKind kind, const std::optional<std::pair<Date, Date>>& days,
                      const std::optional<std::pair<Date, Date>>& earlier) {
  if (days && earlier && *days == *earlier) return same_days;
  if (!days || !earlier || (days->first <= earlier->second && earlier->first <= days->second)) {
    return days_unclear;
  }
  if (is_news(kind)) return news_of_news;
  if (kind == ReportKind::official_statement) return partner_of_partner;
  return kind == ReportKind::imagery ? look_of_look : across;
}

void add_unknown_lineage(const Case& given, Model& m) {
  std::vector<std::vector<Said>> speak_to(given.hypotheses.size());
  std::vector<std::vector<Said>> said_by(given.sources.size());
  for (const Evidence& e : m.evidence) {
    const Said said = said_of(given, e);
    if (!given.sources[said.source].many) said_by[said.source].push_back(said);
    if (e.channel.mode_free || given.reports[e.report].looked) continue;
    for (const Claim& c : e.claims) speak_to[c.hypothesis].push_back(said);
  }
  for (auto& all : speak_to) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Said& a, const Said& b) { return a.day < b.day; });
  }
  const MayRepeat may_repeat;
  std::vector<bool> relayed(given.sources.size(), false);
  for (Evidence& e : m.evidence) {
    if (e.evasive) continue;  // their line stands for all of them
    const Report& r = given.reports[e.report];
    const Said mine = said_of(given, e);
    Heard heard;
    hear_itself(given, mine, said_by[mine.source], heard);
    if (!e.channel.mode_free && r.lineage.empty() && !r.looked) {
      const auto& relays = given.sources[r.source].relays;
      for (const auto s : relays) relayed[s.index] = true;
      const auto& all = speak_to[e.claims.front().hypothesis];
      const auto from = std::partition_point(
          all.begin(), all.end(), [&](const Said& s) { return r.published - s.day > echo_days; });
      for (auto at = from; at != all.end() && at->day <= r.published; ++at) {
        if (at->source == mine.source) continue;
        const double k = may_repeat.of(mine, *at, relayed[at->source]);
        if (k > 0.0) hear(mine, *at, k, heard);
      }
      for (const auto s : relays) relayed[s.index] = false;
    }
    e.echo = echo_of(heard);
  }
}

}  // namespace casus::intel
