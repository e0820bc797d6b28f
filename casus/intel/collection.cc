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
constexpr std::size_t most_tasks = 40;

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
};
constexpr Sensor face_run{ReportKind::biometric, "a face match run with its probes counted on {}",
                          .5, 8};

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

std::vector<CollectionTask> collection_tasks(const Case& given, const Belief& belief,
                                             const OrderOfBattle& where) {
  std::vector<CollectionTask> out;
  std::set<std::uint32_t> matched;  // hypotheses a face match has spoken of
  for (const auto& r : given.reports) {
    if (r.kind != ReportKind::biometric) continue;
    for (const auto& s : r.says) matched.insert(s.hypothesis.index);
  }
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const casefile::HypothesisId id{i};
    const auto& name = given.hypotheses[i].id;
    for (const Sensor& s : sensors) out.push_back(question(belief.hypotheses[i], id, name, s));
    if (matched.count(i) != 0) out.push_back(question(belief.hypotheses[i], id, name, face_run));
  }
  for (const auto& [cell, means] : where.mean_by_state) {
    const casefile::HypothesisId id{where.total_of.at(cell.first)};
    for (const Pass& p : passes) out.push_back(look(given.places[cell.second].name, p, id, means));
  }
  for (CollectionTask& t : out) {
    std::vector<double> prior;
    for (const StateBelief& s : belief.hypotheses[*t.hypothesis].states) prior.push_back(s.p);
    t.information_bits = information_bits(prior, t.likelihood);
  }
  std::stable_sort(out.begin(), out.end(), [](const CollectionTask& a, const CollectionTask& b) {
    return a.information_bits > b.information_bits;
  });
  if (out.size() > most_tasks) out.resize(most_tasks);
  return out;
}

}  // namespace casus::intel
