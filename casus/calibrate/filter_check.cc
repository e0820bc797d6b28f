// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/filter_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/calibrate/backtest.h"

namespace casus::calibrate {
namespace {

using world::Var;

constexpr std::array<double, 3> usual_claims = {8400.0, 100.0, 300.0};  ///< a week, where it starts
/// Laws of the truth are none of the bank's own members.
constexpr std::array<std::uint64_t, 3> law_seeds = {0x8A5CD789635D2DFFULL, 0x121FD2155C472F96ULL,
                                                    0x3F6D2B8A1C55E9D1ULL};
constexpr std::array<Stream, 3> claim_streams = {Stream("check.personnel"), Stream("check.tank"),
                                                 Stream("check.artillery")};

/// What lies behind lane `lane` of a group; sector s is taken from `by_sector[s]`.
std::vector<double> latent_of(const Theatre& theatre, const Group& group, const Expected& e,
                              const std::vector<std::size_t>& by_sector) {
  const std::size_t n = group.lanes();
  std::vector<double> out;
  double all = 0.0;
  for (std::size_t s = 0; s < theatre.sectors(); ++s) {
    const double gain = e.gain[s * n + by_sector[s]];
    out.push_back(casus::log(gain));
    all += gain;
  }
  out.push_back(casus::log(all));
  const auto& state = group.blocks.front();
  out.push_back(static_cast<double>(state.at(Var::zeta_front, 0)[0]));
  out.push_back(static_cast<double>(state.at(Var::slow_intensity, 0)[0]));
  out.push_back(casus::log(e.casualties[by_sector.front()]));
  return out;
}

struct Claimed {
  std::vector<double> claims;
  double course = 0.0;  ///< at the end of the weeks that are filtered
};

/// Claims of `before` weeks of level casualties, then those of the front.
Claimed make_up_claims(std::size_t k, const std::vector<double>& log_casualties, std::size_t before,
                       std::size_t filtered, std::uint64_t seed) {
  const Draws draws(seed);
  ClaimBank::Course course;
  course.law = draw_claim_laws(k == 0, 1, Draws(seed ^ law_seeds[k])).front();
  course.lasting = casus::log(usual_claims[k]) - course.law.follow * log_casualties.front();
  course.passing = course.law.swing / std::sqrt(1.0 - course.law.memory * course.law.memory) *
                   draws.normal(claim_streams[k], 0, 0, 0);
  std::vector<double> known(before, log_casualties.front());
  const auto at = log_casualties.begin() + static_cast<std::ptrdiff_t>(filtered);
  known.insert(known.end(), log_casualties.begin(), at);
  Claimed out;
  out.claims = continue_course(course, known, k > 0, draws, claim_streams[k], 1);
  out.course = course.lasting + course.passing;
  const std::vector<double> rest(at, log_casualties.end());
  const auto later = continue_course(course, rest, k > 0, draws, claim_streams[k], 2);
  out.claims.insert(out.claims.end(), later.begin(), later.end());
  return out;
}

std::size_t rank_of(double truth, const std::vector<double>& draws, double u) {
  const auto below =
      static_cast<std::size_t>(std::ranges::count_if(draws, [&](double x) { return x < truth; }));
  const auto same = static_cast<double>(std::ranges::count(draws, truth));
  return below + static_cast<std::size_t>(u * (same + 1.0));
}

double came(const Weekly& tables, const std::string& series, std::size_t weeks, int ahead) {
  constexpr std::string_view tail = "_cum";
  const bool sum = series.ends_with(tail);
  const std::string column = sum ? series.substr(0, series.size() - tail.size()) : series;
  const bool ground = column.find("km2") != std::string::npos;
  const WeeklyTable& table = ground ? tables.territory : tables.losses;
  const auto before =
      weeks + (ground ? 0 : static_cast<std::size_t>((tables.territory.first - table.first) / 7));
  double out = 0.0;
  for (int h = sum ? 1 : ahead; h <= ahead; ++h)
    out += table.at(column)[before + static_cast<std::size_t>(h - 1)];
  return out;
}

/// What one replicate says: ranks by quantity, and what its forecasts' intervals of 80 % held.
struct Replicate {
  std::vector<std::size_t> latent, foretold;
  std::vector<Covered> covered;  ///< a forecast each; `inside` is 0 or 1
};

Replicate replicate(const Theatre& theatre, const FilterCheckOptions& how, std::size_t r) {
  static constexpr Stream ties("check.ties");
  const auto index = static_cast<std::uint32_t>(r);
  const std::uint64_t seed = how.seed * 1'000'003 + 2 * r;
  const MadeUpFront front = make_up_front(theatre, seed, how.weeks, how.ahead);
  ForecastOptions forecast;
  forecast.filter = how.filter;
  forecast.filter.seed = seed + 1;
  forecast.filter.threads = 1;
  forecast.origin = front.tables.territory.monday(static_cast<std::size_t>(how.weeks) - 1);
  forecast.weeks = how.ahead;
  forecast.samples = how.samples;
  const Weekly known{front.tables.losses.until(forecast.origin),
                     front.tables.territory.until(forecast.origin)};
  const Filtered filtered = filter(theatre, known, forecast.filter);
  const Draws draws(how.seed);
  Replicate out;
  const auto latent = draw_latent(theatre, filtered, how.draws, forecast.filter.seed);
  for (std::uint32_t q = 0; q < latent.size(); ++q)
    out.latent.push_back(rank_of(front.truth[q], latent[q], draws.uniform(ties, index, 0, q)));
  const Forecast f = go_on(theatre, filtered, forecast);
  for (std::uint32_t s = 0; s < f.series.size(); ++s) {
    for (const int h : scored_horizons) {
      if (h > how.ahead) continue;
      const double x = came(front.tables, f.series[s], static_cast<std::size_t>(how.weeks), h);
      std::vector<double> sample(f.at(s, h).begin(), f.at(s, h).end());
      std::vector<double> sorted = sample;
      std::ranges::sort(sorted);
      const Interval held = interval_of(sorted, 0.8);
      out.covered.push_back({h, f.series[s].find("km2") != std::string::npos,
                             held.low <= x && x <= held.high ? 1.0 : 0.0, held.mass});
      // Samples stand by groups: every so manyth is taken.
      std::vector<double> few;
      for (std::size_t d = 0; d < how.draws; ++d)
        few.push_back(sample[d * sample.size() / how.draws]);
      out.foretold.push_back(
          rank_of(x, few, draws.uniform(ties, index, 1, s, static_cast<std::uint32_t>(h))));
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> latent_names(const Theatre& theatre) {
  std::vector<std::string> out;
  for (const auto& sector : theatre.model().given().sectors) out.push_back("pace of " + sector.id);
  for (const char* name :
       {"pace of the front", "drift of the front", "intensity of the war", "casualties"})
    out.emplace_back(name);
  for (const char* name : claim_names) out.push_back(fmt::format("course of claims, {}", name));
  for (std::size_t i = 0; i < theatre.fitted().size(); ++i)
    out.emplace_back(theatre.fitted().id(i));
  return out;
}

MadeUpFront make_up_front(const Theatre& theatre, std::uint64_t seed, int weeks, int ahead) {
  static constexpr Stream scores("check.scores");
  static constexpr std::array<Stream, 2> ground = {Stream("check.ground"), Stream("check.lost")};
  const Draws draws(seed);
  Scores z(theatre.fitted().size());
  for (std::uint32_t i = 0; i < z.size(); ++i) z[i] = draws.normal(scores, 0, 0, i);
  Group group = start_group(theatre, seed, 0, 1, z);
  const std::size_t n = group.lanes();
  const std::vector<std::size_t> first_lane(theatre.sectors(), 0);
  MadeUpFront out;
  WeeklyTable& territory = out.tables.territory;
  territory.first = Date(2024, 7, 8);
  territory.weeks = static_cast<std::size_t>(weeks) + static_cast<std::size_t>(ahead);
  territory.flag.resize(territory.weeks);
  std::vector<double> log_casualties;
  for (int week = 0; week <= weeks + ahead; ++week) {
    const Expected e = expect(theatre, group, week);
    if (week == weeks) {
      out.truth = latent_of(theatre, group, e, first_lane);
      z = group.z;
    }
    if (week == weeks + ahead) break;
    log_casualties.push_back(casus::log(e.casualties[0] + 1e-6));
    std::vector<double> km2(theatre.sectors() * n);
    double net = 0.0;
    for (std::uint32_t s = 0; s < theatre.sectors(); ++s) {
      for (std::uint32_t i = 0; i < n; ++i)
        km2[s * n + i] = group.map.draw_net(e.gain[s * n + i], e.loss[s * n + i], draws, ground, i,
                                            static_cast<std::uint32_t>(week), s);
      territory.column["km2_" + theatre.model().given().sectors[s].id].push_back(km2[s * n]);
      net += km2[s * n];
    }
    territory.column["delta_km2"].push_back(net);
    move_parameters(theatre, group, draws, 0, static_cast<std::uint32_t>(week));
    pass_week(theatre, group, week, seed, 0, km2);
  }
  WeeklyTable& losses = out.tables.losses;
  losses.first = first_claims;
  const auto before = static_cast<std::size_t>((territory.first - losses.first) / 7);
  losses.weeks = before + territory.weeks;
  losses.flag.resize(losses.weeks);
  for (std::size_t k = 0; k < claim_names.size(); ++k) {
    const Claimed c =
        make_up_claims(k, log_casualties, before, static_cast<std::size_t>(weeks), seed);
    losses.column[claim_names[k]] = c.claims;
    out.truth.push_back(c.course);
  }
  out.truth.insert(out.truth.end(), z.begin(), z.end());
  return out;
}

std::vector<std::vector<double>> draw_latent(const Theatre& theatre, const Filtered& filtered,
                                             std::size_t draws, std::uint64_t seed) {
  static constexpr Stream pick("check.pick");
  static constexpr Stream claims("check.claims");
  const Draws random(seed);
  std::vector<std::vector<double>> out(latent_names(theatre).size());
  for (std::uint32_t d = 0; d < draws; ++d) {
    double u = random.uniform(pick, d, 0, 0);
    const Group* group = &filtered.groups.back();
    for (const Group& g : filtered.groups) {
      u -= casus::exp(g.log_weight);
      if (u < 0.0) {
        group = &g;
        break;
      }
    }
    const Expected e = expect(theatre, *group, filtered.week);
    std::vector<std::size_t> lane;
    for (std::uint32_t s = 0; s < theatre.sectors(); ++s)
      lane.push_back(static_cast<std::size_t>(random.uniform(pick, d, 0, s + 1) *
                                              static_cast<double>(group->lanes())));
    std::vector<double> x = latent_of(theatre, *group, e, lane);
    for (const ClaimBank& bank : group->claims) {
      const auto course = bank.draw(random, claims, d);
      x.push_back(course.lasting + course.passing);
    }
    x.insert(x.end(), group->z.begin(), group->z.end());
    for (std::size_t q = 0; q < x.size(); ++q) out[q].push_back(x[q]);
  }
  return out;
}

FilterCheck check_filter_by_simulation(const casefile::Case& given, const FilterCheckOptions& how) {
  const Theatre theatre(given);
  std::vector<Replicate> all(how.replicates);
  parallel_for(how.replicates, how.filter.threads,
               [&](std::size_t r) { all[r] = replicate(theatre, how, r); });
  FilterCheck out;
  const auto add = [&](std::vector<Ranked>& to, std::string name, auto what, std::size_t q) {
    Ranked ranked{std::move(name), {}};
    for (const Replicate& r : all) ranked.rank.push_back((r.*what)[q]);
    to.push_back(std::move(ranked));
  };
  const auto names = latent_names(theatre);
  for (std::size_t q = 0; q < names.size(); ++q) add(out.latent, names[q], &Replicate::latent, q);
  std::vector<std::string> series(claim_names.begin(), claim_names.end());
  series.emplace_back("personnel_cum");
  series.emplace_back("delta_km2_cum");
  for (const auto& sector : given.sectors) series.push_back("km2_" + sector.id + "_cum");
  std::size_t q = 0;
  for (const std::string& name : series) {
    for (const int h : scored_horizons) {
      if (h <= how.ahead)
        add(out.foretold, fmt::format("{}, {} weeks", name, h), &Replicate::foretold, q++);
    }
  }
  for (const bool ground : {true, false}) {
    for (const int h : scored_horizons) {
      if (h > how.ahead) continue;
      Covered c{h, ground};
      double count = 0.0;
      for (const Replicate& r : all) {
        for (const Covered& one : r.covered) {
          if (one.horizon != h || one.ground != ground) continue;
          c.inside += one.inside;
          c.expected += one.expected;
          count += 1.0;
        }
      }
      c.inside /= count;
      c.expected /= count;
      out.covered.push_back(c);
    }
  }
  return out;
}

}  // namespace casus::calibrate
