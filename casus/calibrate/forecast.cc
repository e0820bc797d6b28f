// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/casefile/load.h"
#include "casus/casefile/problems.h"

namespace casus::calibrate {
namespace {

[[noreturn]] void refuse(std::string file, std::string message, std::string hint) {
  casefile::Problems problems;
  problems.tell_file(std::move(file), std::move(message), std::move(hint));
  throw CaseError(problems.take());
}

/// The tables as they stood at the origin; a table that ends earlier is filled with unknown weeks.
Weekly known_at(const Weekly& tables, Date origin) {
  Weekly known{tables.losses.until(origin), tables.territory.until(origin)};
  if (known.territory.weeks == 0)
    refuse("territory_weekly.csv", fmt::format("no week at or before {}", to_string(origin)),
           fmt::format("the first week is {}", to_string(tables.territory.first)));
  const auto rows = static_cast<std::size_t>((origin - known.territory.first) / 7) + 1;
  known.territory.flag.resize(rows);
  for (auto& [name, values] : known.territory.column) values.resize(rows, missing);
  known.territory.weeks = rows;
  return known;
}

class Forecaster {
 public:
  Forecaster(const Theatre& theatre, const Filtered& filtered, const ForecastOptions& how)
      : theatre_(theatre), filtered_(filtered), how_(how), draws_(how.filter.seed) {
    out_.origin = how.origin;
    out_.weeks = how.weeks;
    out_.samples = how.samples;
    for (const char* name : claim_names) out_.series.emplace_back(name);
    out_.series.emplace_back("personnel_cum");
    out_.series.emplace_back("delta_km2_cum");
    for (const auto& sector : theatre.model().given().sectors)
      out_.series.push_back("km2_" + sector.id + "_cum");
    out_.value.resize(out_.series.size() * static_cast<std::size_t>(how.weeks) * how.samples);
  }

  Forecast run() {
    std::vector<std::size_t> first(filtered_.groups.size() + 1);
    double reached = 0.0;
    const double u = draws_.uniform(Stream("forecast.group"), 0, 0, 0);
    for (std::size_t g = 0; g < filtered_.groups.size(); ++g) {
      reached += casus::exp(filtered_.groups[g].log_weight);
      const double end = std::ceil(reached * static_cast<double>(how_.samples) - u);
      first[g + 1] =
          std::clamp(static_cast<std::size_t>(std::max(end, 0.0)), first[g], how_.samples);
    }
    first.back() = how_.samples;
    parallel_for(filtered_.groups.size(), how_.filter.threads, [&](std::size_t g) {
      if (first[g] < first[g + 1]) follow(filtered_.groups[g], first[g], first[g + 1]);
    });
    return std::move(out_);
  }

 private:
  [[nodiscard]] double& value(std::size_t s, int week, std::size_t sample) {
    return out_.value[(s * static_cast<std::size_t>(out_.weeks) + static_cast<std::size_t>(week)) *
                          out_.samples +
                      sample];
  }

  /// Samples [begin, end) from one group.
  void follow(const Group& from, std::size_t begin, std::size_t end) {
    static constexpr Stream pick("forecast.pick");
    static constexpr std::array<Stream, 2> streams = {Stream("forecast.ground"),
                                                      Stream("forecast.lost")};
    const std::size_t sectors = theatre_.sectors();
    const std::size_t count = end - begin;
    Group to = from;
    to.blocks.assign((count + Group::world_lanes - 1) / Group::world_lanes, from.blocks.front());
    const std::size_t n = to.lanes();
    to.misfit.assign(sectors * n, 0.0);
    to.base.assign(sectors * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      const auto future = future_of(begin, std::min(i, count - 1));
      std::vector<std::uint32_t> lane(sectors);
      for (std::uint32_t s = 0; s < sectors; ++s) {
        const double u = draws_.uniform(pick, future, 0, s);
        lane[s] = static_cast<std::uint32_t>(u * static_cast<double>(from.lanes()));
      }
      assemble(from, lane, to, i);
    }
    std::vector<std::vector<double>> casualties(count);
    std::vector<double> km2(sectors * n);
    for (int week = 0; week < out_.weeks; ++week) {
      const Expected e = expect(theatre_, to, filtered_.week + week);
      for (std::size_t i = 0; i < count; ++i) {
        const auto future = future_of(begin, i);
        casualties[i].push_back(casus::log(e.casualties[i] + 1e-6));
        for (std::uint32_t s = 0; s < sectors; ++s) {
          const auto w = static_cast<std::uint32_t>(week);
          const std::size_t at = s * n + i;
          km2[at] = to.map.draw_net(e.gain[at], e.loss[at], draws_, streams, future, w, s);
        }
      }
      keep_ground(km2, n, begin, count, week);
      move_parameters(theatre_, to, Draws(how_.filter.seed ^ forecast_seed), future_of(begin, 0),
                      static_cast<std::uint32_t>(filtered_.week + week));
      pass_week(theatre_, to, filtered_.week + week, how_.filter.seed ^ forecast_seed,
                future_of(begin, 0), km2);
    }
    for (std::size_t i = 0; i < count; ++i) keep_claims(from, casualties[i], begin + i);
  }

  void keep_ground(std::span<const double> km2, std::size_t n, std::size_t begin, std::size_t count,
                   int week) {
    const std::size_t whole = claim_names.size() + 1;
    for (std::size_t i = 0; i < count; ++i) {
      double sum = 0.0;
      for (std::size_t s = 0; s < theatre_.sectors(); ++s) {
        const double before = week > 0 ? value(whole + 1 + s, week - 1, begin + i) : 0.0;
        const double after = before + km2[s * n + i];
        value(whole + 1 + s, week, begin + i) = after;
        sum += after;
      }
      value(whole, week, begin + i) = sum;
    }
  }

  void keep_claims(const Group& from, std::span<const double> lane, std::size_t sample) {
    static constexpr std::array<Stream, 3> streams = {
        Stream("forecast.personnel"), Stream("forecast.tank"), Stream("forecast.artillery")};
    // Lanes differ in level for reasons the filter has seen to: only the change counts.
    std::vector<double> c(lane.begin(), lane.end());
    const double level = group_level(from);
    for (double& x : c) x += level - lane.front();
    for (std::size_t k = 0; k < claim_names.size(); ++k) {
      const auto future = future_of(sample, 0);
      auto course = from.claims[k].draw(draws_, streams[k], future);
      const auto claims = continue_course(course, c, k > 0, draws_, streams[k], future);
      double sum = 0.0;
      for (int w = 0; w < out_.weeks; ++w) {
        value(k, w, sample) = claims[static_cast<std::size_t>(w)];
        sum += claims[static_cast<std::size_t>(w)];
        if (k == 0) value(claim_names.size(), w, sample) = sum;
      }
    }
  }

  [[nodiscard]] double group_level(const Group& group) const {
    const Expected e = expect(theatre_, group, filtered_.week);
    const double sum = std::accumulate(e.casualties.begin(), e.casualties.end(), 0.0);
    return casus::log(sum / static_cast<double>(e.casualties.size()) + 1e-6);
  }

  /// One future a sample, so that no two share a lane's luck.
  static std::uint32_t future_of(std::size_t begin, std::size_t i) {
    return static_cast<std::uint32_t>(begin + i);
  }

  static constexpr std::uint64_t forecast_seed = 0x9E3779B97F4A7C15ULL;

  const Theatre& theatre_;
  const Filtered& filtered_;
  const ForecastOptions& how_;
  Draws draws_;
  Forecast out_;
};

}  // namespace

casefile::Case case_at(const std::filesystem::path& path, Date first, Date origin) {
  casefile::Case given = casefile::load(path, {.as_of = first.plus(-1)});
  const casefile::Case whole = casefile::load(path);
  const Date end = origin.plus(6);
  given.parameters =
      end < whole.as_of ? casefile::load(path, {.as_of = end}).parameters : whole.parameters;
  return given;
}

Forecast forecast(const std::filesystem::path& path, const Weekly& tables,
                  const ForecastOptions& how) {
  const Weekly known = known_at(tables, how.origin);
  return forecast(case_at(path, known.territory.first, how.origin), tables, how);
}

Forecast forecast(const casefile::Case& given, const Weekly& tables, const ForecastOptions& how) {
  const Weekly known = known_at(tables, how.origin);
  const Theatre theatre(given, how.world);
  std::size_t found = 0;
  for (const auto& sector : given.sectors)
    found += known.territory.at("km2_" + sector.id).empty() ? 0 : 1;
  if (found == 0)
    refuse("territory_weekly.csv", "no sector of the case has a column",
           "columns are km2_<sector id>");
  return go_on(theatre, filter(theatre, known, how.filter), how);
}

Forecast go_on(const Theatre& theatre, const Filtered& filtered, const ForecastOptions& how) {
  return Forecaster(theatre, filtered, how).run();
}

std::string to_csv(const Forecast& f) {
  std::string out = "origin_week,target_week,horizon_weeks,series,sample_id,value\n";
  const std::string origin = to_string(f.origin);
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    const bool ground = f.series[s].find("km2") != std::string::npos;
    for (int h = 1; h <= f.weeks; ++h) {
      const std::string head =
          fmt::format("{},{},{},{},", origin, to_string(f.origin.plus(7 * h)), h, f.series[s]);
      const auto values = f.at(s, h);
      for (std::size_t i = 0; i < values.size(); ++i)
        out += ground ? fmt::format("{}{},{:.3f}\n", head, i, values[i])
                      : fmt::format("{}{},{:.0f}\n", head, i, values[i]);
    }
  }
  return out;
}

}  // namespace casus::calibrate
