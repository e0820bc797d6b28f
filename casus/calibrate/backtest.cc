// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/base/numeric.h"
#include "casus/base/score.h"
#include "casus/casefile/load.h"

namespace casus::calibrate {
namespace {

constexpr double quiet_km2 = 0.5;
constexpr double smallest = 1e-9;
constexpr std::size_t pooled_draws = 400;

/// Weekly increments of a series up to an origin, unknown weeks left out, and what they count.
struct Record {
  SeriesKind kind;
  const WeeklyTable* table = nullptr;
  std::vector<double> week;  ///< of the whole table

  [[nodiscard]] std::vector<double> until(Date origin) const {
    std::vector<double> out;
    const Date first = kind.count ? first_claims : table->first;
    for (std::size_t w = 0; w < week.size(); ++w) {
      const Date monday = table->monday(w);
      if (monday >= first && monday <= origin && std::isfinite(week[w])) out.push_back(week[w]);
    }
    return out;
  }

  /// What came `ahead` weeks after the origin; nothing if a week of it is unknown.
  [[nodiscard]] std::optional<double> came(Date origin, int ahead) const {
    double sum = 0.0;
    for (int h = kind.sum ? 1 : ahead; h <= ahead; ++h) {
      const int row = (origin - table->first) / 7 + h;
      if (row < 0 || row >= static_cast<int>(week.size())) return std::nullopt;
      sum += week[static_cast<std::size_t>(row)];
    }
    if (!std::isfinite(sum)) return std::nullopt;
    return sum;
  }
};

Record record_of(const Weekly& tables, const std::string& series) {
  Record out;
  constexpr std::string_view tail = "_cum";
  const bool sum = series.ends_with(tail);
  const std::string column = sum ? series.substr(0, series.size() - tail.size()) : series;
  const bool ground = column.find("km2") != std::string::npos;
  out.kind = {.sum = sum, .count = !ground};
  out.table = ground ? &tables.territory : &tables.losses;
  const auto values = out.table->at(column);
  out.week.assign(values.begin(), values.end());
  return out;
}

double quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  return i + 1 < sorted.size() ? sorted[i] + part * (sorted[i + 1] - sorted[i]) : sorted[i];
}

Trial trial_of(Date origin, double came, std::span<const double> draws) {
  std::vector<double> sorted(draws.begin(), draws.end());
  std::ranges::sort(sorted);
  Trial t;
  t.origin = origin;
  t.came = came;
  t.median = quantile(sorted, 0.5);
  for (std::size_t k = 0; k < scored_intervals.size(); ++k) {
    const Interval held = interval_of(sorted, scored_intervals[k]);
    t.low[k] = held.low;
    t.high[k] = held.high;
    t.inside[k] = held.mass;
  }
  t.score = ranked_score(sorted, came);
  t.transform = probability_transform(sorted, came);
  return t;
}

double score_of(std::vector<double> draws, double came) {
  std::ranges::sort(draws);
  return ranked_score(draws, came);
}

class Tester {
 public:
  Tester(const std::filesystem::path& given, const Weekly& tables, const BacktestOptions& how)
      : given_(given), tables_(tables), how_(how) {}

  Backtest run() {
    std::vector<Date> origins;
    for (Date o = how_.first_origin; o < how_.last_target; o = o.plus(7 * how_.step)) {
      if (o.plus(7) <= how_.last_target && o.plus(7) <= last_known()) origins.push_back(o);
    }
    if (origins.empty())
      throw CaseError({{"--first-origin", 0, 0, "no origin has a week to be held against", "", 1,
                        "the tables end with the week of " + to_string(last_known())}});
    for (std::size_t i = 0; i < origins.size(); ++i) {
      add(origins[i]);
      if (how_.progress) how_.progress(i + 1, origins.size());
    }
    out_.version = version();
    out_.seed = how_.forecast.filter.seed;
    out_.first_origin = how_.first_origin;
    out_.last_target = how_.last_target;
    out_.step = how_.step;
    out_.case_id = casefile::load(given_).id;
    return std::move(out_);
  }

 private:
  [[nodiscard]] Date last_known() const {
    return std::max(tables_.territory.monday(tables_.territory.weeks - 1),
                    tables_.losses.monday(tables_.losses.weeks - 1));
  }

  void add(Date origin) {
    ForecastOptions how = how_.forecast;
    how.origin = origin;
    const Forecast f = forecast(given_, tables_, how);
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      const Record record = record_of(tables_, f.series[s]);
      const auto rivals = rivals_of(record, f.series[s], origin, f.weeks);
      for (const int h : scored_horizons) {
        if (h > f.weeks || origin.plus(7 * h) > how_.last_target) continue;
        const auto came = record.came(origin, h);
        if (!came) continue;
        Trial t = trial_of(origin, *came, f.at(s, h));
        std::vector<double> pool;
        for (const auto& [name, paths] : rivals) {
          const auto& draws = paths[static_cast<std::size_t>(h - 1)];
          t.rivals[name] = score_of(draws, *came);
          pool.insert(
              pool.end(), draws.begin(),
              draws.begin() + static_cast<std::ptrdiff_t>(std::min(pooled_draws, draws.size())));
        }
        if (!pool.empty()) t.rivals["pool"] = score_of(std::move(pool), *came);
        cell(f.series[s], h, !record.kind.count).trials.push_back(std::move(t));
      }
    }
  }

  [[nodiscard]] std::map<std::string, std::vector<std::vector<double>>> rivals_of(
      const Record& record, const std::string& series, Date origin, int weeks) const {
    constexpr std::size_t fewest = 20;
    std::map<std::string, std::vector<std::vector<double>>> out;
    const auto known = record.until(origin);
    if (known.size() < fewest) return out;
    const Draws draws(key_of(series) ^ static_cast<std::uint64_t>(origin.days()));
    for (const std::string_view name : baseline_names)
      out.emplace(name, baseline(name, known, record.kind, weeks, how_.baseline_draws, draws));
    return out;
  }

  Cell& cell(const std::string& series, int horizon, bool ground) {
    for (Cell& c : out_.cells) {
      if (c.series == series && c.horizon == horizon) return c;
    }
    out_.cells.push_back({series, horizon, ground, {}});
    return out_.cells.back();
  }

  const std::filesystem::path& given_;
  const Weekly& tables_;
  const BacktestOptions& how_;
  Backtest out_;
};

}  // namespace

Interval interval_of(std::span<const double> sorted, double share) {
  Interval out{quantile(sorted, 0.5 - share / 2.0), quantile(sorted, 0.5 + share / 2.0)};
  const auto in =
      std::ranges::upper_bound(sorted, out.high) - std::ranges::lower_bound(sorted, out.low);
  out.mass = static_cast<double>(in) / static_cast<double>(sorted.size());
  return out;
}

double Cell::mean_score() const {
  double sum = 0.0;
  for (const Trial& t : trials) sum += t.score;
  return sum / static_cast<double>(trials.size());
}

double Cell::mean_of(const std::string& rival) const {
  double sum = 0.0;
  for (const Trial& t : trials) {
    const auto found = t.rivals.find(rival);
    if (found == t.rivals.end()) return missing;
    sum += found->second;
  }
  return sum / static_cast<double>(trials.size());
}

std::string Cell::best_rival() const {
  std::string best;
  for (const std::string_view name : baseline_names) {
    const std::string rival(name);
    if (std::isfinite(mean_of(rival)) && (best.empty() || mean_of(rival) < mean_of(best)))
      best = rival;
  }
  return best;
}

std::optional<double> Cell::skill(const std::string& rival) const {
  const double other = mean_of(rival == "best" ? best_rival() : rival);
  if (!std::isfinite(other) || other < (ground ? quiet_km2 : smallest)) return std::nullopt;
  return 1.0 - mean_score() / other;
}

double Cell::coverage(std::size_t interval) const {
  double inside = 0.0;
  for (const Trial& t : trials)
    inside += t.low[interval] <= t.came && t.came <= t.high[interval] ? 1.0 : 0.0;
  return inside / static_cast<double>(trials.size());
}

double Cell::expected_coverage(std::size_t interval) const {
  double inside = 0.0;
  for (const Trial& t : trials) inside += t.inside[interval];
  return inside / static_cast<double>(trials.size());
}

std::optional<double> Backtest::skill(int horizon, bool ground, const std::string& rival) const {
  double sum = 0.0;
  int count = 0;
  for (const Cell& c : cells) {
    if (c.horizon != horizon || c.ground != ground) continue;
    if (const auto s = c.skill(rival)) {
      sum += casus::log(std::max(1.0 - *s, smallest));
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return 1.0 - casus::exp(sum / count);
}

namespace {

/// Mean over the trials of a horizon of what `of` says of a cell.
template <class Of>
double mean_over(const std::vector<Cell>& cells, int horizon, bool ground, const Of& of) {
  double sum = 0.0;
  double all = 0.0;
  for (const Cell& c : cells) {
    if (c.horizon != horizon || c.ground != ground) continue;
    sum += of(c) * static_cast<double>(c.trials.size());
    all += static_cast<double>(c.trials.size());
  }
  return all > 0.0 ? sum / all : missing;
}

}  // namespace

double Backtest::coverage(int horizon, bool ground, std::size_t interval) const {
  return mean_over(cells, horizon, ground, [&](const Cell& c) { return c.coverage(interval); });
}

double Backtest::expected_coverage(int horizon, bool ground, std::size_t interval) const {
  return mean_over(cells, horizon, ground,
                   [&](const Cell& c) { return c.expected_coverage(interval); });
}

Backtest backtest(const std::filesystem::path& given, const Weekly& tables,
                  const BacktestOptions& how) {
  return Tester(given, tables, how).run();
}

std::string to_json(const Backtest& b) {
  using Json = nlohmann::ordered_json;
  Json cells = Json::array();
  for (const Cell& c : b.cells) {
    Json scores = Json::object();
    for (const auto& [name, score] : c.trials.front().rivals) scores[name] = c.mean_of(name);
    Json trials = Json::array();
    for (const Trial& t : c.trials) {
      trials.push_back({{"origin", to_string(t.origin)},
                        {"came", t.came},
                        {"median", t.median},
                        {"low80", t.low[1]},
                        {"high80", t.high[1]},
                        {"score", t.score},
                        {"transform", t.transform}});
    }
    Json cell = {{"series", c.series},
                 {"horizon", c.horizon},
                 {"score", c.mean_score()},
                 {"rivals", scores},
                 {"best_rival", c.best_rival()},
                 {"coverage", {c.coverage(0), c.coverage(1), c.coverage(2)}},
                 {"expected_coverage",
                  {c.expected_coverage(0), c.expected_coverage(1), c.expected_coverage(2)}},
                 {"trials", trials}};
    if (const auto s = c.skill("best")) cell["skill"] = *s;
    cells.push_back(std::move(cell));
  }
  return Json{{"case", b.case_id},
              {"seed", b.seed},
              {"version", b.version},
              {"first_origin", to_string(b.first_origin)},
              {"last_target", to_string(b.last_target)},
              {"step_weeks", b.step},
              {"cells", cells}}
             .dump(1) +
         "\n";
}

}  // namespace casus::calibrate
