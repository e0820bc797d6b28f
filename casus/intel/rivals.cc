// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/rivals.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "casus/base/numeric.h"
#include "casus/intel/calibration.h"
#include "casus/intel/evidence.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Hypothesis;
using casefile::HypothesisId;

constexpr double within = 1.5;  // a bare number fits what lies within this factor

// Marginals of the case's tables before any report.
Probabilities prior_of(const Case& given) {
  Case bare = given;
  bare.reports.clear();
  const Model m = build_model(bare);
  const JunctionTree tree(m.states, m.scopes());
  Calibration c(tree, m.factors, std::vector<bool>(m.factors.size(), true));
  c.gather();
  std::vector<Variable> wanted(given.hypotheses.size());
  std::iota(wanted.begin(), wanted.end(), 0U);
  return c.marginals(wanted);
}

// Whether the number fits the state; one told of a part leaves room for more elsewhere.
bool fits(const Told& told, const casefile::HypothesisState& state) {
  const double high = state.high.value_or(std::numeric_limits<double>::infinity());
  if (told.number / within > high) return false;
  return !told.whole || told.number * within >= state.low;
}

Probabilities scaled(Probabilities p) {
  for (auto& states : p) {
    const double sum = std::accumulate(states.begin(), states.end(), 0.0);
    for (double& x : states) x /= sum;
  }
  return p;
}

}  // namespace

Rivals::Rivals(const Case& given, bool grades) : plain_(given), prior_(prior_of(given)) {
  for (auto& r : plain_.reports) r.lineage.clear();
  for (std::uint32_t r = 0; r < plain_.reports.size(); ++r) add_marks(r, grades);
}

void Rivals::add_marks(std::uint32_t report, bool grades) {
  ModelOptions how;
  how.grades = grades;
  const auto e = read_report(plain_, report, how);
  if (!e) return;
  for (const Claim& claim : e->claims) {
    const Hypothesis& h = plain_.hypotheses[HypothesisId{claim.hypothesis}];
    Mark mark{claim.hypothesis, report, {}, {}};
    for (std::uint32_t s = 0; s < h.states.size(); ++s) {
      bool so = claim.holds(s);
      if (e->told && e->told->hypothesis == claim.hypothesis && h.states[s].counted && so) {
        so = fits(*e->told, h.states[s]);
      }
      mark.consistent.push_back(e->denial ? !so : so);
      mark.likelihood.push_back(so ? e->channel.hit : e->channel.alarm);
    }
    marks_.push_back(std::move(mark));
  }
}

bool Rivals::stands(const Mark& mark, Date day) const {
  const auto& r = plain_.reports[mark.report];
  return r.published <= day && (!r.retracted || *r.retracted > day);
}

Probabilities Rivals::even() const {
  Probabilities out = prior_;
  for (auto& states : out) std::fill(states.begin(), states.end(), 1.0);
  return scaled(std::move(out));
}

Probabilities Rivals::matrix(Date day) const {
  Probabilities consistent = prior_;
  for (auto& states : consistent) std::fill(states.begin(), states.end(), 1.0);
  // (c + 1) / (n + 2): n is the same for all states of a hypothesis, so it cancels
  for (const Mark& mark : marks_) {
    if (!stands(mark, day)) continue;
    for (std::size_t s = 0; s < mark.consistent.size(); ++s) {
      consistent[mark.hypothesis][s] += mark.consistent[s] ? 1.0 : 0.0;
    }
  }
  return scaled(std::move(consistent));
}

Probabilities Rivals::product(Date day) const {
  Probabilities logs = prior_;
  for (auto& states : logs) {
    for (double& x : states) x = log(std::max(x, 1e-300));
  }
  for (const Mark& mark : marks_) {
    if (!stands(mark, day)) continue;
    for (std::size_t s = 0; s < mark.likelihood.size(); ++s) {
      logs[mark.hypothesis][s] += log(mark.likelihood[s]);
    }
  }
  for (auto& states : logs) {
    const double top = *std::max_element(states.begin(), states.end());
    for (double& x : states) x = exp(x - top);
  }
  return scaled(std::move(logs));
}

double grade_alone(char source, int item) {
  double sum = 0.0;
  double known = 0.0;
  if (source >= 'A' && source <= 'E') {
    sum += 0.9 - 0.2 * (source - 'A');
    known += 1.0;
  }
  if (item >= 1 && item <= 5) {
    sum += 0.9 - 0.2 * (item - 1);
    known += 1.0;
  }
  return known > 0.0 ? sum / known : 0.5;
}

}  // namespace casus::intel
