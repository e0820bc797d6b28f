// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/numeric.h"

namespace casus::analysis {
namespace {

constexpr std::size_t fewest = 30;  ///< futures with and without the event
constexpr std::size_t most_told = 24;

/// Something that comes about in a future or does not.
struct Event {
  std::string name;
  bool question = false;
  std::size_t index = 0;  ///< of the measure or the question
};

std::vector<Event> events_of(const casefile::Case& given, const ensemble::Futures& futures) {
  std::vector<Event> out;
  for (std::size_t m = 0; m < futures.measures.size(); ++m) {
    // How it stands at the end is no event that comes between.
    if (casefile::measures()[m].unit == "0/1" && !futures.measures[m].starts_with("end_"))
      out.push_back({futures.measures[m], false, m});
  }
  for (std::size_t q = 0; q < futures.questions.size(); ++q) {
    const auto id = casefile::find(given.questions, futures.questions[q]);
    if (id && given.questions[*id].type == casefile::QuestionType::yes_no)
      out.push_back({futures.questions[q], true, q});
  }
  return out;
}

/// 1, 0, or NaN where a question does not apply.
float comes(const ensemble::Futures& f, const Event& e, std::size_t option, std::size_t future) {
  if (!e.question) return f.outcome_at(option, future, e.index) > 0.5F ? 1.0F : 0.0F;
  return f.answer[(option * f.futures + future) * f.questions.size() + e.index];
}

struct Pair {
  std::size_t better = 0, worse = 0;
};

std::vector<Pair> pairs_of(const Comparison& c) {
  std::vector<Pair> out = {{c.ranking[0], c.ranking[1]}};
  for (const Undecided& u : c.undecided_pairs) {
    if (u.better != out[0].better || u.worse != out[0].worse) out.push_back({u.better, u.worse});
  }
  return out;
}

/// The threshold of one event, where it turns the order; with how surely it moves the lead.
struct Found {
  Threshold threshold;
  double z = 0.0;
};

std::optional<Found> look_at(const ensemble::Futures& futures, const ValueTable& table,
                             const Pair& pair, const Event& event, std::size_t under) {
  const auto a = table.of(pair.better), b = table.of(pair.worse);
  TwoParts parts;
  std::vector<double> came;
  std::vector<std::uint32_t> all;
  for (std::size_t f = 0; f < table.futures; ++f) {
    const float here = comes(futures, event, under, f);
    if (std::isnan(here)) continue;
    const bool is = here > 0.5F;
    parts.add(is, a[f] - b[f], f, table.group);
    came.push_back(is ? 1.0 : 0.0);
    if (!table.group.empty()) all.push_back(table.group[f]);
  }
  if (parts.count(true) < fewest || parts.count(false) < fewest) return std::nullopt;
  const MeanError one = parts.of(true), none = parts.of(false);
  const double apart = none.mean - one.mean;
  const double error = std::hypot(one.error, none.error);
  if (one.mean * none.mean >= 0.0 || error <= 0.0) return std::nullopt;
  const MeanError share = mean_error(came, all);
  Threshold t;
  t.better = pair.better;
  t.worse = pair.worse;
  t.event = event.name;
  t.question = event.question;
  t.under = under;
  t.p = share.mean;
  t.p_error = share.error;
  t.with = one.mean;
  t.with_error = one.error;
  t.without = none.mean;
  t.without_error = none.error;
  t.at = none.mean / apart;
  t.at_error = std::hypot(one.mean * none.error, none.mean * one.error) / (apart * apart);
  return Found{std::move(t), std::abs(apart) / error};
}

}  // namespace

std::vector<Threshold> thresholds(const Comparison& comparison, const casefile::Case& given,
                                  const ensemble::Futures& futures, const ValueTable& table,
                                  Going& going) {
  const std::vector<Event> events = events_of(given, futures);
  const std::vector<Pair> pairs = pairs_of(comparison);
  const double tests =
      static_cast<double>(std::max<std::size_t>(1, 2 * events.size() * pairs.size()));
  const double limit = normal_quantile(1.0 - 0.025 / tests);
  std::vector<Threshold> out;
  going.part("finding thresholds", "pairs", pairs.size());
  for (const Pair& pair : pairs) {
    std::optional<Found> best;
    for (const Event& event : events) {
      for (const std::size_t under : {pair.better, pair.worse}) {
        auto found = look_at(futures, table, pair, event, under);
        if (!found || found->z <= limit || (best && found->z <= best->z)) continue;
        best = std::move(found);
      }
    }
    if (best) out.push_back(std::move(best->threshold));
    going.done_one();
  }
  std::ranges::stable_sort(out, {}, [](const Threshold& t) { return std::abs(t.at - t.p); });
  if (out.size() > most_told) out.resize(most_told);
  return out;
}

}  // namespace casus::analysis
