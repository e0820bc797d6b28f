// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/belief.h"
#include "casus/intel/claims.h"
#include "casus/intel/collection.h"
#include "casus/intel/engine.h"
#include "casus/intel/joint.h"
#include "casus/intel/order_of_battle.h"
#include "casus/intel/weights.h"
#include "casus/intel/words.h"

namespace casus::intel {
namespace {

using casefile::Case;

constexpr int path_days = 30;

double largest_difference(const Posteriors& a, const Posteriors& b) {
  double d = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t s = 0; s < a[i].size(); ++s) d = std::max(d, std::fabs(a[i][s] - b[i][s]));
  }
  return d;
}

std::string method_of(const Engine& base, const Posteriors& posterior) {
  const ModelOptions& options = base.options();
  const std::string size = fmt::format("{:.0f} cells", base.tree().cells());
  if (options.split >= 99) return "junction tree, exact (" + size + ")";
  ModelOptions coarser = options;
  coarser.split = std::max<std::size_t>(1, options.split / 2);
  std::string error = "not known";
  if (coarser.split < options.split) {
    const Engine other(coarser, base);
    error = fmt::format("{:.4f}", largest_difference(posterior, other.hypotheses()));
  }
  return fmt::format(
      "junction tree ({}) after splitting the modes of sources that speak to more than {} "
      "hypotheses; error of a probability about {}",
      size, options.split, error);
}

// The same judgement under other readings of the grades and of the staging priors.
void add_ranges(const Engine& base, std::size_t threads, Belief& belief) {
  constexpr std::array<int, 5> shift{0, 1, -1, 0, 0};
  constexpr std::array<double, 5> staging{0, 0, 0, .1, .9};
  std::array<Posteriors, 5> got;
  parallel_for(got.size(), threads, [&](std::size_t i) {
    if (i == 0) return;
    ModelOptions other = base.options();
    other.grade_shift = shift[i];
    other.staging_quantile = staging[i];
    got[i] = Engine(other, base).hypotheses();
  });
  for (std::size_t h = 0; h < belief.hypotheses.size(); ++h) {
    for (std::size_t s = 0; s < belief.hypotheses[h].states.size(); ++s) {
      StateBelief& b = belief.hypotheses[h].states[s];
      b.low = b.high = b.p;
      for (std::size_t i = 1; i < got.size(); ++i) {
        b.low = std::min(b.low, got[i][h][s]);
        b.high = std::max(b.high, got[i][h][s]);
      }
    }
  }
}

// The walk forward: each day believes what had been published by then.
void add_path(const Engine& base, std::size_t threads, Belief& belief) {
  const Case& given = base.given();
  constexpr std::size_t strides = 2;  // a fixed number, so that the result does not hang on threads
  std::vector<Posteriors> on(path_days + 1);
  parallel_for(strides, threads, [&](std::size_t part) {
    const std::size_t from = part * on.size() / strides;
    const std::size_t to = (part + 1) * on.size() / strides;
    const Date first = given.as_of.plus(static_cast<int>(from) - path_days);
    Calibration walk(base.tree(), base.model.factors, base.active(base.used_on(first)),
                     base.wanted);
    for (std::size_t d = from; d < to; ++d) {
      base.set(walk, base.used_on(given.as_of.plus(static_cast<int>(d) - path_days)));
      on[d] = walk.marginals(base.wanted);
    }
  });
  for (std::size_t d = 0; d < on.size(); ++d) {
    const Date day = given.as_of.plus(static_cast<int>(d) - path_days);
    for (std::uint32_t h = 0; h < on[d].size(); ++h) {
      for (std::uint32_t s = 0; s < on[d][h].size(); ++s) {
        belief.path.push_back({day, casefile::HypothesisId{h}, s, on[d][h][s]});
      }
    }
  }
}

// Posterior modes of sources; returns the change of each one's log-odds of honesty.
std::vector<double> add_sources(const Engine& base, Belief& belief) {
  const Model& m = base.model;
  std::vector<double> honesty;
  for (std::size_t i = 0; i < m.modes_of.size(); ++i) {
    const auto marginals = base.calibration->marginals(m.modes_of[i]);
    SourceBelief s;
    for (const auto& p : marginals) {
      const double part = 1.0 / static_cast<double>(marginals.size());
      for (std::size_t k = 0; k < observe::levels; ++k) s.p_honest += part * p[k];
      s.p_careless += part * p[observe::levels];
      s.p_controlled += part * p[observe::levels + 1];
    }
    belief.sources.push_back(s);
    const double prior = std::clamp(m.reliability[i].mean, 1e-6, 1.0 - 1e-6);
    honesty.push_back(logit(std::clamp(s.p_honest, 1e-6, 1.0 - 1e-6)) - logit(prior));
  }
  return honesty;
}

void add_reports_and_places(Engine& base, const AssessOptions& options,
                            const std::vector<double>& honesty, Belief& belief) {
  const Case& given = base.given();
  const Model& m = base.model;
  base.calibration->spread();
  std::map<std::vector<Variable>, std::vector<double>> joints;  // by scope; many reports share one
  std::vector<ReportPosterior> posterior(m.evidence.size());
  std::vector<double> measuring(m.evidence.size(), 0.0);
  for (std::size_t i = 0; i < m.evidence.size(); ++i) {
    const Evidence& e = m.evidence[i];
    const auto& scope = m.factors[e.factor].scope;
    auto& joint = joints[scope];
    if (joint.empty()) joint = base.calibration->joint(scope);
    posterior[i] = report_posterior(m, e, given.reports[e.report].source.index, joint);
    if (base.used[i]) measuring[i] = posterior[i].measuring;
  }
  std::vector<Strength> strengths;
  for (const Numbers& n : base.numbers) {
    std::vector<double> states;
    for (const StateBelief& s : belief.hypotheses[n.hypothesis()].states) states.push_back(s.p);
    strengths.push_back(strength_of(n, base.used, states));
  }
  belief.reports = judge_reports(given, m, posterior, honesty, strengths, options.grades);
  const OrderOfBattle where = order_of_battle(given, belief, m, strengths, measuring);
  belief.order_of_battle = where.rows;
  if (options.collection) belief.collection = collection_tasks(given, belief, where);
}

}  // namespace

Belief belief_of(Engine& base, const AssessOptions& options) {
  const Case& given = base.given();
  const Posteriors posterior = base.hypotheses();
  Belief belief;
  belief.case_id = given.id;
  belief.case_digest = given.digest;
  belief.as_of = given.as_of;
  belief.seed = options.seed;
  belief.grades = options.grades;
  belief.version = std::string(version());
  belief.method = method_of(base, posterior);
  for (const auto& p : posterior) {
    HypothesisBelief h;
    for (const double x : p) h.states.push_back({x, x, x});
    h.leading = static_cast<std::uint32_t>(std::max_element(p.begin(), p.end()) - p.begin());
    h.word = icd_word(p[h.leading]);
    belief.hypotheses.push_back(std::move(h));
  }
  if (options.ranges) add_ranges(base, options.threads, belief);
  if (options.leave_one_out) add_weights(base, posterior, options.threads, belief);
  for (HypothesisBelief& h : belief.hypotheses) set_confidence(given, h);
  if (options.path) add_path(base, options.threads, belief);
  belief.joint = joint_factors(base.model, base.tree(), *base.calibration, given.hypotheses.size(),
                               most_joint_cells);
  if (joint_cells(base.tree(), given.hypotheses.size()) > most_joint_cells) {
    belief.method += "; draws by cliques of at most four hypotheses, marginals exact";
  }
  const auto honesty = add_sources(base, belief);
  add_reports_and_places(base, options, honesty, belief);
  return belief;
}

Belief assess(const Case& given, const AssessOptions& options) {
  ModelOptions how;
  how.grades = options.grades;
  how.split = split_that_fits(given, how, options.cells);
  Engine engine(given, how, options.threads);
  return belief_of(engine, options);
}

}  // namespace casus::intel
