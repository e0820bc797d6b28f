// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/settlement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::analysis {
namespace {

using casefile::Package;
using ensemble::Bargains;

Share share_of(double count, double n) {
  if (n <= 0.0) return {};
  const double p = (count + 2.0) / (n + 4.0);
  return {count / n, std::sqrt(p * (1.0 - p) / (n + 4.0))};
}

std::size_t fighting_on(const Bargains& b, std::size_t day) {
  std::size_t n = 0;
  for (std::size_t f = 0; f < b.futures; ++f) n += b.fighting_at(day, f) ? 1 : 0;
  return n;
}

/// Whether everybody of `parties` gains, future by future; a future without war gains nothing.
std::vector<bool> agreed(const Bargains& b, std::size_t day, std::size_t package,
                         const std::vector<std::size_t>& parties) {
  std::vector<bool> out(b.futures);
  for (std::size_t f = 0; f < b.futures; ++f) {
    out[f] = b.fighting_at(day, f) && std::ranges::all_of(parties, [&](std::size_t p) {
               return b.surplus_at(day, p, package, f) > 0.0F;
             });
  }
  return out;
}

/// Whether some package of those wanted is agreed, future by future.
template <class Want>
std::vector<bool> some_agreed(const Bargains& b, std::size_t day,
                              const std::vector<std::size_t>& parties, const Want& want) {
  std::vector<bool> out(b.futures, false);
  for (std::size_t p = 0; p < b.packages.size(); ++p) {
    if (!want(b.packages[p])) continue;
    const std::vector<bool> here = agreed(b, day, p, parties);
    for (std::size_t f = 0; f < b.futures; ++f) out[f] = out[f] || here[f];
  }
  return out;
}

std::vector<std::size_t> all_parties(const Bargains& b) {
  std::vector<std::size_t> out(b.parties.size());
  for (std::size_t p = 0; p < out.size(); ++p) out[p] = p;
  return out;
}

double count(const std::vector<bool>& x) {
  return static_cast<double>(std::ranges::count(x, true));
}

const auto any_package = [](const Package&) { return true; };
const std::vector<std::size_t> leads = {0, 1};

SettlementDay day_of(const Bargains& b, std::size_t day) {
  SettlementDay d;
  d.week = b.weeks[day];
  const auto n = static_cast<double>(fighting_on(b, day));
  d.fighting = share_of(n, static_cast<double>(b.futures));
  d.leads = share_of(count(some_agreed(b, day, leads, any_package)), n);
  const auto everybody = all_parties(b);
  d.all = share_of(count(some_agreed(b, day, everybody, any_package)), n);
  for (const std::size_t party : everybody) {
    std::vector<std::size_t> others;
    for (const std::size_t p : everybody) {
      if (p != party) others.push_back(p);
    }
    d.without.push_back(share_of(count(some_agreed(b, day, others, any_package)), n));
  }
  for (std::size_t side = 0; side < 2; ++side) {
    double sum = 0.0;
    for (std::size_t f = 0; f < b.futures; ++f) {
      if (b.fighting_at(day, f)) sum += b.war[(day * 2 + side) * b.futures + f];
    }
    d.war.push_back(n > 0.0 ? sum / n : 0.0);
  }
  return d;
}

PackageView view_of(const Bargains& b, std::size_t day, std::size_t package) {
  PackageView v;
  const auto n = static_cast<double>(fighting_on(b, day));
  v.leads = share_of(count(agreed(b, day, package, leads)), n);
  v.all = share_of(count(agreed(b, day, package, all_parties(b))), n);
  for (std::size_t party = 0; party < b.parties.size(); ++party) {
    v.accepts.push_back(share_of(count(agreed(b, day, package, {party})), n));
    double sum = 0.0;
    for (std::size_t f = 0; f < b.futures; ++f) {
      if (b.fighting_at(day, f)) sum += b.surplus_at(day, party, package, f);
    }
    v.surplus.push_back(n > 0.0 ? sum / n : 0.0);
  }
  std::vector<double> again;
  for (std::size_t f = 0; f < b.futures; ++f) {
    if (b.fighting_at(day, f))
      again.push_back(b.renewed[(day * b.packages.size() + package) * b.futures + f]);
  }
  if (again.size() > 1) {
    const MeanError e = mean_error(again);
    v.renewed = {e.mean, e.error};
  } else if (!again.empty()) {
    v.renewed.value = again[0];
  }
  return v;
}

PackageResult result_of(const Bargains& b, std::size_t p) {
  const Package& package = b.packages[p];
  PackageResult r;
  r.id = fmt::format("p{}", p);
  r.line = casefile::name_of(package.line);
  r.status = casefile::name_of(package.status);
  r.guarantee = casefile::name_of(package.guarantee);
  r.force_limits = casefile::name_of(package.force_limits);
  r.sanctions = casefile::name_of(package.sanctions);
  r.monitors = package.monitors;
  r.foreign_out = package.foreign_out;
  r.prisoners = package.prisoners;
  r.terms = fmt::format("line {}, status {}, guarantee {}, force limits {}, sanctions {}{}{}{}",
                        r.line, r.status, r.guarantee, r.force_limits, r.sanctions,
                        r.monitors ? ", monitors" : "", r.foreign_out ? ", foreign troops out" : "",
                        r.prisoners ? ", prisoners home" : "");
  for (std::size_t day = 0; day < b.weeks.size(); ++day) r.when.push_back(view_of(b, day, p));
  double sum = 0.0, n = 0.0;
  for (std::size_t f = 0; f < b.futures; ++f) {
    if (!b.fighting_at(0, f)) continue;
    sum += b.renewed[p * b.futures + f];
    n += 1.0;
  }
  r.renewed = n > 0.0 ? sum / n : 0.0;
  return r;
}

void mark_frontier(std::vector<PackageResult>& packages) {
  for (PackageResult& a : packages) {
    const auto& own = a.when[0].surplus;
    a.frontier = std::ranges::none_of(packages, [&](const PackageResult& other) {
      const auto& o = other.when[0].surplus;
      return o[0] >= own[0] && o[1] >= own[1] && (o[0] > own[0] || o[1] > own[1]);
    });
  }
}

/// How many packages give the leads, and everybody, more than going on, in the mean.
void count_gains(SettlementStudy& s) {
  for (std::size_t day = 0; day < s.days.size(); ++day) {
    for (const PackageResult& p : s.packages) {
      const auto& gain = p.when[day].surplus;
      if (gain[0] <= 0.0 || gain[1] <= 0.0) continue;
      ++s.days[day].lead_gains;
      s.days[day].all_gains += std::ranges::all_of(gain, [](double x) { return x > 0.0; }) ? 1 : 0;
    }
  }
}

/// Nash, Kalai-Smorodinsky and the most accepted, on mean surpluses of the leads; the first two
/// only where some package gives both more than going on.
void add_points(SettlementStudy& s, std::size_t day) {
  const auto at = [&](std::size_t p, std::size_t side) {
    return s.packages[p].when[day].surplus[side];
  };
  double ideal[2] = {0.0, 0.0};
  for (std::size_t p = 0; p < s.packages.size(); ++p) {
    if (at(p, 0) <= 0.0 || at(p, 1) <= 0.0) continue;
    for (std::size_t side = 0; side < 2; ++side) ideal[side] = std::max(ideal[side], at(p, side));
  }
  std::size_t accepted = 0;
  for (std::size_t p = 0; p < s.packages.size(); ++p) {
    if (s.packages[p].when[day].all.value > s.packages[accepted].when[day].all.value) accepted = p;
  }
  if (ideal[0] > 0.0 && ideal[1] > 0.0) {
    std::size_t nash = 0, even = 0;
    double product = -1.0, least = -1.0;
    for (std::size_t p = 0; p < s.packages.size(); ++p) {
      if (at(p, 0) <= 0.0 || at(p, 1) <= 0.0) continue;
      if (at(p, 0) * at(p, 1) > product) {
        product = at(p, 0) * at(p, 1);
        nash = p;
      }
      const double worse = std::min(at(p, 0) / ideal[0], at(p, 1) / ideal[1]);
      if (worse > least) {
        least = worse;
        even = p;
      }
    }
    s.points.push_back({"nash", day, nash});
    s.points.push_back({"kalai_smorodinsky", day, even});
  }
  if (s.packages[accepted].when[day].all.value > 0.0)
    s.points.push_back({"most_accepted", day, accepted});
}

int differing(const Package& a, const Package& b) {
  return (a.line != b.line) + (a.status != b.status) + (a.guarantee != b.guarantee) +
         (a.force_limits != b.force_limits) + (a.sanctions != b.sanctions) +
         (a.monitors != b.monitors) + (a.foreign_out != b.foreign_out) +
         (a.prisoners != b.prisoners);
}

void add_plans(SettlementStudy& s, const casefile::Case& given, const Bargains& b) {
  for (const casefile::Option& o : given.options) {
    for (const casefile::Order& order : o.orders) {
      if (!order.package) continue;
      std::size_t best = 0;
      for (std::size_t p = 1; p < b.packages.size(); ++p) {
        if (differing(b.packages[p], *order.package) < differing(b.packages[best], *order.package))
          best = p;
      }
      s.plans.push_back({o.id, o.name, best});
    }
  }
}

Moved moved(const Bargains& before, const Bargains& after, std::size_t day,
            const std::vector<bool>& a, const std::vector<bool>& b) {
  Moved m;
  m.day = day;
  std::vector<double> d;
  double n = 0.0, first = 0.0, second = 0.0;
  for (std::size_t f = 0; f < before.futures; ++f) {
    if (!before.fighting_at(day, f) || !after.fighting_at(day, f)) continue;
    n += 1.0;
    first += a[f] ? 1.0 : 0.0;
    second += b[f] ? 1.0 : 0.0;
    d.push_back((b[f] ? 1.0 : 0.0) - (a[f] ? 1.0 : 0.0));
  }
  m.before = share_of(first, n);
  m.after = share_of(second, n);
  if (d.size() < 2) return m;
  const MeanError e = mean_error(d);
  m.difference = e.mean;
  m.error = e.error;
  return m;
}

/// What some packages being off the table takes away.
template <class Want>
void add_without(SettlementStudy& s, const Bargains& b, const char* kind, const std::string& id,
                 const std::string& name, const Want& left) {
  const auto everybody = all_parties(b);
  for (std::size_t day = 0; day < b.weeks.size(); ++day) {
    const auto with = some_agreed(b, day, everybody, any_package);
    Moved m = moved(b, b, day, some_agreed(b, day, everybody, left), with);
    m.kind = kind;
    m.id = id;
    m.name = name;
    s.moved.push_back(std::move(m));
  }
}

void add_terms(SettlementStudy& s, const Bargains& b) {
  using casefile::Guarantee;
  using casefile::LegalStatus;
  using casefile::Line;
  add_without(s, b, "guarantee", "deployed_or_treaty", "a deployed force or a treaty on offer",
              [](const Package& p) { return p.guarantee != Guarantee::deployed_or_treaty; });
  add_without(s, b, "guarantee", "any", "any guarantee on offer",
              [](const Package& p) { return p.guarantee == Guarantee::none; });
  add_without(s, b, "chip", "chip_swap", "held ground swapped for held ground",
              [](const Package& p) { return p.line != Line::chip_swap; });
  add_without(s, b, "term", "member", "membership of the alliance on offer",
              [](const Package& p) { return p.status != LegalStatus::member; });
  add_without(s, b, "term", "open", "a ceasefire that leaves the status open",
              [](const Package& p) { return p.status != LegalStatus::open; });
  add_without(s, b, "term", "foreign_stay", "foreign troops may stay",
              [](const Package& p) { return p.foreign_out; });
}

}  // namespace

std::vector<int> days_within(const casefile::Case& given, const std::vector<int>& weeks) {
  std::vector<int> out;
  for (const int week : weeks) {
    const int day = std::min(week, given.horizon_weeks - 1);
    if (out.empty() || day > out.back()) out.push_back(day);
  }
  return out;
}

SettlementStudy settle(const casefile::Case& given, const Bargains& b, const std::string& option) {
  CASUS_CHECK(!b.weeks.empty() && b.parties.size() >= 2);
  SettlementStudy s;
  s.option = option;
  s.futures = b.futures;
  s.parties = b.parties;
  s.days.resize(b.weeks.size());
  s.packages.resize(b.packages.size());
  parallel_for(b.weeks.size(), 0, [&](std::size_t day) { s.days[day] = day_of(b, day); });
  parallel_for(b.packages.size(), 0, [&](std::size_t p) { s.packages[p] = result_of(b, p); });
  mark_frontier(s.packages);
  count_gains(s);
  for (std::size_t day = 0; day < b.weeks.size(); ++day) add_points(s, day);
  add_plans(s, given, b);
  add_terms(s, b);
  return s;
}

SettlementStudy study_settlement(const casefile::Games& games, const intel::Belief& belief,
                                 const SettlementOptions& options) {
  const casefile::Case& given = games.given;
  if (given.options.empty()) throw ModelError("the case has no options, so there are no futures");
  ensemble::PlayOptions how;
  how.futures = options.futures;
  how.seed = options.seed;
  how.threads = options.threads;
  how.cancelled = options.cancelled;
  casefile::Case tried = given;
  tried.questions.clear();
  for (const casefile::Trial& t : games.trials) {
    casefile::Option o = given.options.front();
    o.id = "trial_" + t.id;
    o.key = key_of(o.id);
    o.orders.insert(o.orders.end(), t.orders.begin(), t.orders.end());
    tried.options.push_back(std::move(o));
  }
  const std::vector<int> days = days_within(given, options.weeks);
  const std::string first = given.options.front().id;
  const Bargains base = ensemble::bargains(tried, belief, how, first, days);
  SettlementStudy s = settle(given, base, first);
  const auto everybody = all_parties(base);
  for (const casefile::Trial& t : games.trials) {
    const Bargains with = ensemble::bargains(tried, belief, how, "trial_" + t.id, days);
    for (std::size_t day = 0; day < days.size(); ++day) {
      Moved m = moved(base, with, day, some_agreed(base, day, everybody, any_package),
                      some_agreed(with, day, everybody, any_package));
      m.kind = "trial";
      m.id = t.id;
      m.name = t.name;
      s.moved.push_back(std::move(m));
    }
  }
  return s;
}

}  // namespace casus::analysis
