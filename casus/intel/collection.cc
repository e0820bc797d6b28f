// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/collection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "casus/base/numeric.h"
#include "casus/intel/model.h"
#include "casus/observe/law.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::ReportKind;
using casefile::Stance;

constexpr std::size_t signs = 3;  // speaks for, says nothing, speaks against; or many, some, none
constexpr std::size_t most_tasks = 24;
constexpr std::size_t most_looks = 4;  // at one hypothesis, worked out together: 3^4 signs

struct Sensor {
  ReportKind kind;
  const char* what;     ///< `{}` is the hypothesis' id
  double answers;       ///< P(it comes to a clear sign at all)
  double sensor_hours;  ///< judgement
};

// Ways to put a question; places are looked at by `passes` below.
constexpr std::array sensors = {
    Sensor{ReportKind::signals, "intercepts on {}", .35, 40},
    Sensor{ReportKind::human, "a human source on {}", .15, 120},
    Sensor{ReportKind::detainee, "an interview of prisoners or deserters on {}", .30, 24},
    Sensor{ReportKind::documents, "forensics of documents and recordings on {}", .30, 60},
    Sensor{ReportKind::biometric, "a face match run with its probes counted on {}", .5, 8},
};

struct Pass {
  const char* what;
  double detect;  ///< P(a battalion-sized group is seen in one pass)
  double sensor_hours;
};
constexpr std::array passes = {
    Pass{"an optical satellite pass over {}", .60 * (1.0 - 6.0 / 9.0), 4},
    Pass{"a radar satellite pass over {}", .35, 3},
};

CollectionTask question(const HypothesisBelief& h, casefile::HypothesisId id,
                        const std::string& name, const Sensor& sensor) {
  const auto& law = observe::law_of(sensor.kind, Stance::neutral);
  CollectionTask t;
  t.task = fmt::format(fmt::runtime(sensor.what), name);
  t.cost = sensor.sensor_hours;
  t.hypothesis = id;
  const std::size_t n = h.states.size();
  t.likelihood.resize(signs * n);
  for (std::size_t s = 0; s < n; ++s) {
    const double yes = sensor.answers * (s == h.leading ? law.hit : law.alarm);
    t.likelihood[s] = yes;
    t.likelihood[n + s] = 1.0 - sensor.answers;
    t.likelihood[2 * n + s] = sensor.answers - yes;
  }
  return t;
}

// One look at a place: none, some, or many men seen, given what the place holds in each state.
CollectionTask look(const std::string& place, const Pass& pass, casefile::HypothesisId id,
                    const std::vector<double>& mean_men) {
  CollectionTask t;
  t.task = fmt::format(fmt::runtime(pass.what), place);
  t.cost = pass.sensor_hours;
  t.hypothesis = id;
  const std::size_t n = mean_men.size();
  t.likelihood.resize(signs * n);
  for (std::size_t s = 0; s < n; ++s) {
    const double groups = mean_men[s] / 500.0;  // battalion-sized
    const double seen = 1.0 - (1.0 - .01) * exp(groups * log1p(-pass.detect));
    const double many = mean_men[s] > 1.0 ? normal_cdf(log(mean_men[s] / 2000.0) / .8) : 0.0;
    t.likelihood[s] = seen * many;
    t.likelihood[n + s] = seen * (1.0 - many);
    t.likelihood[2 * n + s] = 1.0 - seen;
  }
  return t;
}

// Kinds of report that spoke of a hypothesis or of one it is given: what can be collected on it.
std::set<ReportKind> kinds_heard(const Case& given, std::uint32_t hypothesis) {
  std::set<ReportKind> kinds;
  const auto& parents = given.hypotheses[hypothesis].parents;
  for (const auto& r : given.reports) {
    for (const auto& s : r.says) {
      const auto of = s.hypothesis.index;
      const bool parent =
          std::any_of(parents.begin(), parents.end(), [&](const auto p) { return p.index == of; });
      if (of == hypothesis || (parent && r.kind != ReportKind::biometric)) kinds.insert(r.kind);
    }
  }
  return kinds;
}

// P(both signs | state) of two looks that are independent given the state.
std::vector<double> combined(const std::vector<double>& first, const std::vector<double>& second,
                             std::size_t states) {
  std::vector<double> out;
  out.reserve(first.size() / states * second.size());
  for (std::size_t a = 0; a < first.size(); a += states) {
    for (std::size_t b = 0; b < second.size(); b += states) {
      for (std::size_t s = 0; s < states; ++s) out.push_back(first[a + s] * second[b + s]);
    }
  }
  return out;
}

}  // namespace

double information_bits(std::span<const double> prior, std::span<const double> likelihood) {
  const std::size_t n = prior.size();
  double bits = 0.0;
  for (std::size_t z = 0; z < likelihood.size() / n; ++z) {
    double p = 0.0;
    for (std::size_t s = 0; s < n; ++s) p += prior[s] * likelihood[z * n + s];
    for (std::size_t s = 0; s < n; ++s) {
      const double joint = prior[s] * likelihood[z * n + s];
      if (joint > 0.0) bits += joint * log(likelihood[z * n + s] / p) / ln2;
    }
  }
  return std::max(0.0, bits);
}

std::vector<CollectionTask> in_order_of_worth(std::vector<CollectionTask> tasks,
                                              const std::vector<std::vector<double>>& prior,
                                              const std::vector<bool>& keep) {
  struct Known {                // of one hypothesis: what the tasks chosen so far may have shown
    std::vector<double> signs;  ///< P(signs | state), [signs][state]
    double bits = 0.0;
    std::size_t looks = 0;
  };
  std::vector<Known> known(prior.size());
  for (std::size_t h = 0; h < prior.size(); ++h) known[h].signs.assign(prior[h].size(), 1.0);
  std::vector<CollectionTask> out;
  std::vector<bool> taken(tasks.size(), false);
  std::vector<double> added(tasks.size(), -1.0);  // bits beyond those chosen; < 0: to be worked out
  const auto add = [&](std::size_t i) {
    if (added[i] >= 0.0) return;
    const Known& k = known[tasks[i].hypothesis->index];
    const auto& p = prior[tasks[i].hypothesis->index];
    const double both = information_bits(p, combined(k.signs, tasks[i].likelihood, p.size()));
    added[i] = std::max(0.0, both - k.bits);
  };
  const auto better = [&](std::size_t a, std::size_t b) {
    return added[a] * tasks[b].cost > added[b] * tasks[a].cost;
  };
  while (out.size() < std::min(most_tasks, tasks.size())) {
    std::size_t best = tasks.size();
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const Known& k = known[tasks[i].hypothesis->index];
      if (taken[i] || k.looks >= most_looks) continue;
      add(i);
      if (best == tasks.size() || better(i, best)) best = i;
    }
    if (best == tasks.size()) break;
    const std::uint32_t h = tasks[best].hypothesis->index;
    known[h].signs = combined(known[h].signs, tasks[best].likelihood, prior[h].size());
    known[h].bits += added[best];
    ++known[h].looks;
    taken[best] = true;
    tasks[best].added_bits = added[best];
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (tasks[i].hypothesis->index == h) added[i] = -1.0;
    }
    out.push_back(std::move(tasks[best]));
    tasks[best].hypothesis = casefile::HypothesisId{h};
  }
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (!keep[i] || taken[i]) continue;
    add(i);
    others.push_back(i);
  }
  std::stable_sort(others.begin(), others.end(), better);
  for (const std::size_t i : others) {
    tasks[i].added_bits = added[i];
    out.push_back(std::move(tasks[i]));
  }
  return out;
}

std::vector<CollectionTask> collection_tasks(const Case& given, const Belief& belief,
                                             const OrderOfBattle& where) {
  std::vector<CollectionTask> out;
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const auto heard = kinds_heard(given, i);
    for (const Sensor& s : sensors) {
      if (heard.count(s.kind) == 0) continue;
      out.push_back(
          question(belief.hypotheses[i], casefile::HypothesisId{i}, given.hypotheses[i].id, s));
    }
  }
  std::vector<bool> passed(out.size(), false);
  for (const auto& [cell, means] : where.mean_by_state) {
    const casefile::HypothesisId id{where.total_of.at(cell.first)};
    for (const Pass& p : passes) out.push_back(look(given.places[cell.second].name, p, id, means));
  }
  std::vector<std::vector<double>> prior;
  for (const HypothesisBelief& h : belief.hypotheses) {
    prior.emplace_back();
    for (const StateBelief& s : h.states) prior.back().push_back(s.p);
  }
  for (CollectionTask& t : out) {
    t.information_bits = information_bits(prior[t.hypothesis->index], t.likelihood);
  }
  passed.resize(out.size(), true);
  return in_order_of_worth(std::move(out), prior, passed);
}

}  // namespace casus::intel
