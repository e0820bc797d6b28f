// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/belief.h"
#include "casus/intel/claims.h"
#include "casus/intel/collection.h"
#include "casus/intel/deception.h"
#include "casus/intel/engine.h"
#include "casus/intel/joint.h"
#include "casus/intel/order_of_battle.h"
#include "casus/intel/parts.h"
#include "casus/intel/pictures.h"
#include "casus/intel/weights.h"
#include "casus/intel/words.h"

namespace casus::intel {
namespace {

using casefile::Case;

constexpr int path_days = 30;

// Several trees at a time, a thread each; of large ones no more than two, to spare memory, since
// most of such a tree hangs on few cliques that are worked through one after the other.
struct Share {
  std::size_t trees, of_a_tree;
};
Share share(const Engine& base, std::size_t threads) {
  constexpr double large = 4e6;  // cells
  if (threads == 0) threads = hardware_threads();
  if (base.tree().cells() <= large) return {threads, 1};
  return {std::min<std::size_t>(2, threads), std::max<std::size_t>(1, threads / 2)};
}

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

// The same judgement under other readings of the grades and of the staging priors: the hull over
// all pairs of both.
void add_ranges(const Engine& base, std::size_t threads, Belief& belief) {
  constexpr std::array<int, 3> shifts{0, 1, -1};
  constexpr std::array<double, 3> quantiles{0, .1, .9};
  std::array<Posteriors, shifts.size() * quantiles.size()> got;  // the first is the belief itself
  const Share by = share(base, threads);
  parallel_for(got.size(), by.trees, [&](std::size_t i) {
    if (i == 0) return;
    ModelOptions other = base.options();
    other.grade_shift = shifts[i / quantiles.size()];
    other.staging_quantile = quantiles[i % quantiles.size()];
    got[i] = Engine(other, base, by.of_a_tree).hypotheses();
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
// Returns what each day says of the strengths that are tracked.
std::vector<DayBelief> add_path(const Engine& base, std::size_t threads,
                                std::span<const std::size_t> of_places, Belief& belief) {
  const Case& given = base.given();
  const Share by = share(base, threads);
  constexpr std::size_t strides = 2;  // a fixed number, so that the result does not hang on threads
  std::vector<Posteriors> on(path_days + 1);
  std::vector<DayBelief> days(on.size());
  const bool tracks = !base.numbers.empty() || !of_places.empty();
  std::vector<std::vector<Variable>> asked =
      scopes_of_day(given, base.model, base.tree(), of_places);
  for (const Variable v : base.wanted) asked.push_back({v});
  parallel_for(strides, by.trees, [&](std::size_t part) {
    const std::size_t from = part * on.size() / strides;
    const std::size_t to = (part + 1) * on.size() / strides;
    const auto day = [&](std::size_t d) {
      return given.as_of.plus(static_cast<int>(d) - path_days);
    };
    DayModel model(given, base.options(), base.model);
    Calibration walk(base.tree(), base.model.factors, base.active(base.used_on(day(from))),
                     by.of_a_tree);
    walk.focus(asked);
    for (std::size_t d = from; d < to; ++d) {
      const auto used = base.used_on(day(d));
      const bool otherwise = model.to(day(d), walk);
      if (d > from && !otherwise && used == base.used_on(day(d - 1))) {
        on[d] = on[d - 1];
        days[d] = days[d - 1];
        days[d].changed = false;
        continue;
      }
      base.set(walk, used);
      walk.spread();
      on[d] = walk.marginals(base.wanted);
      if (tracks) {
        days[d] = day_belief(given, base.model, base.tree(), walk, base.numbers,
                             {used, model.goes_along()}, of_places);
      }
    }
  });
  for (std::size_t h = 0; h < on.back().size(); ++h) {  // the last day is the belief itself
    for (std::size_t s = 0; s < on.back()[h].size(); ++s) {
      on.back()[h][s] = belief.hypotheses[h].states[s].p;
    }
  }
  for (std::size_t d = 0; d < on.size(); ++d) {
    const Date day = given.as_of.plus(static_cast<int>(d) - path_days);
    for (std::uint32_t h = 0; h < on[d].size(); ++h) {
      for (std::uint32_t s = 0; s < on[d][h].size(); ++s) {
        belief.path.push_back({day, casefile::HypothesisId{h}, s, on[d][h][s]});
      }
    }
  }
  return days;
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

void add_origin(const casefile::Report& r, double own, Origins& to) {
  to.all += own;
  to.of_kind[std::string(name_of(r.kind))] += own;
  if (!r.via.empty()) to.through[r.via] += own;
}

void add_reports(Engine& base, const AssessOptions& options, const std::vector<double>& honesty,
                 std::vector<ReportPosterior>& posterior, Belief& belief) {
  const Case& given = base.given();
  const Model& m = base.model;
  std::map<std::vector<Variable>, std::vector<double>> joints;  // by scope; many reports share one
  posterior.resize(m.evidence.size());
  std::vector<Origins> origins(belief.hypotheses.size());
  for (std::size_t i = 0; i < m.evidence.size(); ++i) {
    const Evidence& e = m.evidence[i];
    const auto& scope = m.factors[e.factor].scope;
    auto& joint = joints[scope];
    if (joint.empty()) joint = base.calibration->joint(scope);
    posterior[i] = report_posterior(m, e, given.reports[e.report].source.index, joint);
    if (!base.used[i]) continue;
    for (const Claim& c : e.claims) {
      if (e.denial || !c.holds(belief.hypotheses[c.hypothesis].leading)) continue;
      const double own = (1.0 - e.copied) * (1.0 - posterior[i].echo);
      add_origin(given.reports[e.report], own, origins[c.hypothesis]);
    }
  }
  for (std::size_t h = 0; h < origins.size(); ++h) {
    belief.hypotheses[h].origins = origins[h].all;
    origins[h].weighed = options.leave_one_out;
    set_confidence(given, origins[h], belief.hypotheses[h]);
  }
  std::vector<Strength> strengths;
  for (const Numbers& n : base.numbers) {
    std::vector<double> states;
    for (const StateBelief& s : belief.hypotheses[n.hypothesis()].states) states.push_back(s.p);
    strengths.push_back(strength_of(n, base.used, states));
  }
  belief.reports = judge_reports(given, m, posterior, honesty, {base.numbers, strengths, base.used},
                                 options.grades);
}

void add_places(Engine& base, const AssessOptions& options,
                const std::vector<ReportPosterior>& posterior, std::span<const Tracked> tracked,
                std::vector<DayBelief> days, Belief& belief) {
  const Case& given = base.given();
  const Model& m = base.model;
  if (days.empty()) {
    const DayModel last(given, base.options(), m);
    days.push_back(day_belief(given, m, base.tree(), *base.calibration, base.numbers,
                              {base.used, last.goes_along()}, evidence_of_places(m, tracked)));
  }
  auto& measures = days.back().measures;  // of the whole, for the aggregate check
  measures.resize(posterior.size(), 0.0);
  for (std::size_t i = 0; i < posterior.size(); ++i) {
    if (base.used[i] && measures[i] <= 0.0) measures[i] = measures_of(posterior[i]);
  }
  OrderOfBattle where = order_of_battle(given, belief, m, tracked, days, options.threads);
  belief.order_of_battle = std::move(where.rows);
  belief.tracking_check = std::move(where.checks);
  if (options.collection) belief.collection = collection_tasks(given, belief, where);
}

}  // namespace

Belief belief_of(Engine& base, const AssessOptions& options, const PartsTold& told) {
  const Case& given = base.given();
  const auto pause = [&] {
    if (told.between) told.between();
  };
  base.calibration->spread();
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
  pause();
  if (options.leave_one_out) add_weights(base, posterior, options.threads, belief);
  pause();
  const auto tracked = tracked_contingents(given, base.model);
  std::vector<DayBelief> days;
  if (options.path) {
    days = add_path(base, options.threads, evidence_of_places(base.model, tracked), belief);
  }
  belief.joint = joint_factors(base.model, base.tree(), *base.calibration, given.hypotheses.size(),
                               most_joint_cells);
  if (joint_cells(base.tree(), given.hypotheses.size()) > most_joint_cells) {
    belief.method += "; draws by cliques of at most four hypotheses, marginals exact";
  }
  const auto honesty = add_sources(base, belief);
  belief.deception = plans_believed(base.model, *base.calibration);
  std::vector<ReportPosterior> reports;
  add_reports(base, options, honesty, reports, belief);
  pause();
  if (told.reasons) told.reasons(belief);
  if (options.places) add_places(base, options, reports, tracked, std::move(days), belief);
  return belief;
}

struct NumbersMemory::Kept {
  std::vector<Numbers> numbers;
};
NumbersMemory::NumbersMemory() : kept_(std::make_unique<Kept>()) {}
NumbersMemory::~NumbersMemory() = default;
NumbersMemory::NumbersMemory(NumbersMemory&&) noexcept = default;
NumbersMemory& NumbersMemory::operator=(NumbersMemory&&) noexcept = default;

Belief assess_in_parts(const Case& given, const AssessOptions& options, const PartsTold& told,
                       NumbersMemory& memory) {
  ModelOptions how;
  how.grades = options.grades;
  how.split = split_that_fits(given, how, options.cells);
  Engine engine(given, how, options.threads, std::exchange(memory.kept_->numbers, {}));
  Belief out = belief_of(engine, options, told);
  memory.kept_->numbers = std::move(engine.numbers);
  return out;
}

Belief assess(const Case& given, const AssessOptions& options) {
  ModelOptions how;
  how.grades = options.grades;
  how.split = split_that_fits(given, how, options.cells);
  Engine engine(given, how, options.threads);
  return belief_of(engine, options);
}

}  // namespace casus::intel
