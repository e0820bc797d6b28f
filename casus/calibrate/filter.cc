// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/filter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"

namespace casus::calibrate {
namespace {

constexpr double days = 7.0;
constexpr double fewest_days = 1.0;

/// Days of a week on which the map was kept, by its flag `stale_days:n`.
double kept_days(const std::string& flag) {
  constexpr std::string_view token = "stale_days:";
  const auto at = flag.find(token);
  if (at == std::string::npos) return days;
  int stale = 0;
  const char* begin = flag.data() + at + token.size();
  std::from_chars(begin, flag.data() + flag.size(), stale);
  return std::max(days - stale, fewest_days);
}

/// Stratified choice of n by weights: one uniform, equal steps.
std::vector<std::uint32_t> chosen(std::span<const double> weight, std::size_t n, double u) {
  std::vector<std::uint32_t> out(n);
  double sum = 0.0;
  for (const double w : weight) sum += w;
  double reached = weight[0];
  std::uint32_t i = 0;
  for (std::size_t j = 0; j < n; ++j) {
    const double want = (static_cast<double>(j) + u) / static_cast<double>(n) * sum;
    while (reached < want && i + 1 < weight.size()) reached += weight[++i];
    out[j] = i;
  }
  return out;
}

class Filter {
 public:
  Filter(const Theatre& theatre, const Weekly& known, const FilterOptions& how)
      : theatre_(theatre), known_(known), how_(how), draws_(how.seed) {
    for (const auto& sector : theatre.model().given().sectors) {
      sectors_.push_back(known.territory.at("km2_" + sector.id));
    }
    for (const char* name : claim_names) claims_.push_back(known.losses.at(name));
  }

  Filtered run() {
    start();
    const int weeks = last_week();
    for (int week = 0; week < weeks; ++week) {
      pass(week);
      if (how_.progress)
        how_.progress(static_cast<std::size_t>(week) + 1, static_cast<std::size_t>(weeks));
    }
    out_.week = weeks;
    out_.next = known_.territory.first.plus(7 * weeks);
    normalise();
    return std::move(out_);
  }

 private:
  /// Weeks to filter: as far as either table goes.
  [[nodiscard]] int last_week() const {
    const int ground = static_cast<int>(known_.territory.weeks);
    const int claims =
        (known_.losses.first - known_.territory.first) / 7 + static_cast<int>(known_.losses.weeks);
    return std::max(ground, claims);
  }

  [[nodiscard]] double claim(std::size_t c, Date monday) const {
    const int row = (monday - known_.losses.first) / 7;
    if (monday < known_.losses.first || row >= static_cast<int>(claims_[c].size())) return missing;
    return claims_[c][static_cast<std::size_t>(row)];
  }

  void start() {
    static constexpr Stream stream("calibrate.scores");
    std::vector<ClaimBank> banks = history();
    out_.groups.resize(how_.groups);
    parallel_for(how_.groups, how_.threads, [&](std::size_t g) {
      const auto index = static_cast<std::uint32_t>(g);
      Scores z(theatre_.fitted().size());
      for (std::uint32_t i = 0; i < z.size(); ++i) z[i] = draws_.normal(stream, index, 0, i);
      Group group = start_group(theatre_, how_.seed, index, how_.blocks, std::move(z));
      group.claims = banks;
      const double c = log_casualties(expect(theatre_, group, 0));
      for (ClaimBank& bank : group.claims) bank.casualties_were(c);
      out_.groups[g] = std::move(group);
    });
  }

  /// The claims before the first week of ground, as if casualties had been level.
  [[nodiscard]] std::vector<ClaimBank> history() const {
    std::vector<ClaimBank> banks;
    for (std::size_t c = 0; c < claim_names.size(); ++c) {
      banks.emplace_back(draw_claim_laws(c == 0, how_.members, draws_));
      for (Date d = std::max(known_.losses.first, first_claims); d < known_.territory.first;
           d = d.plus(7)) {
        banks.back().week(claim(c, d), 0.0);
      }
    }
    return banks;
  }

  static double log_casualties(const Expected& e) {
    const double sum = std::accumulate(e.casualties.begin(), e.casualties.end(), 0.0);
    return casus::log(sum / static_cast<double>(e.casualties.size()) + 1e-6);
  }

  void pass(int week) {
    parallel_for(out_.groups.size(), how_.threads, [&](std::size_t g) { weigh(g, week); });
    account();
    if (effective() < 0.5 * static_cast<double>(out_.groups.size())) renew(week);
    parallel_for(out_.groups.size(), how_.threads, [&](std::size_t g) {
      Group& group = out_.groups[g];
      move_parameters(theatre_, group, draws_, static_cast<std::uint32_t>(g),
                      static_cast<std::uint32_t>(week));
      pass_week(theatre_, group, week, how_.seed, first_future(g), booked(week));
      share_common(group);
    });
  }

  [[nodiscard]] std::uint32_t first_future(std::size_t g) const {
    return static_cast<std::uint32_t>(g * how_.blocks * Group::world_lanes);
  }

  [[nodiscard]] double ground(std::size_t s, int week) const {
    const auto w = static_cast<std::size_t>(week);
    return w < sectors_[s].size() ? sectors_[s][w] : missing;
  }

  [[nodiscard]] std::vector<double> booked(int week) const {
    std::vector<double> km2;
    for (std::size_t s = 0; s < sectors_.size(); ++s) km2.push_back(ground(s, week));
    return km2;
  }

  void weigh(std::size_t g, int week) {
    static constexpr Stream stream("calibrate.choose");
    Group& group = out_.groups[g];
    const Expected e = expect(theatre_, group, week);
    const std::size_t n = group.lanes();
    const auto w = static_cast<std::size_t>(week);
    const double kept =
        w < known_.territory.flag.size() ? kept_days(known_.territory.flag[w]) / days : 1.0;
    double sum = 0.0;
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
      const double km2 = ground(s, week);
      if (!std::isfinite(km2)) continue;
      std::vector<double> p(n);
      for (std::size_t i = 0; i < n; ++i)
        p[i] = group.map.log_density_net(km2, e.gain[s * n + i] * kept, e.loss[s * n + i] * kept);
      const double top = *std::ranges::max_element(p);
      double all = 0.0;
      for (double& x : p) all += x = casus::exp(x - top);
      sum += top + casus::log(all / static_cast<double>(n));
      const double u =
          draws_.uniform(stream, static_cast<std::uint32_t>(g), static_cast<std::uint32_t>(week),
                         static_cast<std::uint32_t>(s));
      choose(group, s, chosen(p, n, u));
    }
    const double c = log_casualties(e);
    for (std::size_t k = 0; k < group.claims.size(); ++k)
      sum += group.claims[k].week(claim(k, known_.territory.first.plus(7 * week)), c);
    group.log_weight += sum;
  }

  void normalise() {
    double all = -1e300;
    for (const Group& g : out_.groups) all = log_add(all, g.log_weight);
    for (Group& g : out_.groups) g.log_weight -= all;
  }

  void account() {
    double after = -1e300;
    for (const Group& g : out_.groups) after = log_add(after, g.log_weight);
    out_.log_evidence += after;
    normalise();
  }

  [[nodiscard]] double effective() const {
    double squares = 0.0;
    for (const Group& g : out_.groups) squares += casus::exp(2.0 * g.log_weight);
    return 1.0 / squares;
  }

  /// Groups are chosen anew by weight.
  void renew(int week) {
    static constexpr Stream stream("calibrate.renew");
    std::vector<double> weight;
    for (const Group& g : out_.groups) weight.push_back(casus::exp(g.log_weight));
    const auto from = chosen(weight, weight.size(),
                             draws_.uniform(stream, 0, static_cast<std::uint32_t>(week), 0));
    std::vector<Group> next(from.size());
    parallel_for(from.size(), how_.threads, [&](std::size_t g) {
      next[g] = out_.groups[from[g]];
      next[g].log_weight = -casus::log(static_cast<double>(from.size()));
    });
    out_.groups = std::move(next);
  }

  const Theatre& theatre_;
  const Weekly& known_;
  const FilterOptions& how_;
  Draws draws_;
  std::vector<std::span<const double>> sectors_, claims_;
  Filtered out_;
};

}  // namespace

Filtered filter(const Theatre& theatre, const Weekly& known, const FilterOptions& how) {
  return Filter(theatre, known, how).run();
}

}  // namespace casus::calibrate
