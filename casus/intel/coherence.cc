// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/coherence.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <set>

#include "casus/base/error.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Hypothesis;
using casefile::HypothesisId;
using Indices = std::vector<std::uint32_t>;

constexpr std::size_t most_joint_states = 65536;
constexpr std::size_t most_corners = 4096;
constexpr int most_rounds = 5000;  // of alternating projections
constexpr double still = 1e-14;    // a round that moves nothing further than this is the last
constexpr std::size_t most_steps = 10000;

bool rules_out(const Hypothesis& h) {
  return std::any_of(h.table.begin(), h.table.end(), [](double p) { return p <= 0.0; });
}

// Whether the tables of `among` allow the joint state.
bool allowed(const Case& given, const Indices& among, const Indices& state) {
  const auto state_of = [&](std::uint32_t h) -> std::optional<std::uint32_t> {
    const auto at = std::find(among.begin(), among.end(), h);
    if (at == among.end()) return std::nullopt;
    return state[static_cast<std::size_t>(at - among.begin())];
  };
  for (std::size_t i = 0; i < among.size(); ++i) {
    const Hypothesis& h = given.hypotheses[HypothesisId{among[i]}];
    std::size_t row = 0;
    bool whole = true;
    for (const HypothesisId parent : h.parents) {
      const auto s = state_of(parent.index);
      whole = whole && s.has_value();
      row = row * given.hypotheses[parent].states.size() + s.value_or(0);
    }
    if (whole && h.table[row * h.states.size() + state[i]] <= 0.0) return false;
  }
  return true;
}

std::size_t joint_states(const Case& given, const Indices& hypotheses) {
  std::size_t n = 1;
  for (const auto h : hypotheses) {
    n *= given.hypotheses[HypothesisId{h}].states.size();
    if (n > most_joint_states) return most_joint_states + 1;
  }
  return n;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Solves a small symmetric positive definite system by elimination with pivots; empty where it is
// singular.
std::vector<double> solve(std::vector<std::vector<double>> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t top = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::fabs(a[i][k]) > std::fabs(a[top][k])) top = i;
    }
    if (std::fabs(a[top][k]) < 1e-13) return {};
    std::swap(a[k], a[top]);
    std::swap(b[k], b[top]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double f = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= f * a[k][j];
      b[i] -= f * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

// A corral of Wolfe's method: corners and their weights, and the point they make.
class Corral {
 public:
  explicit Corral(const std::vector<std::vector<double>>& corners) : corners_(corners) {
    std::size_t first = 0;
    for (std::size_t i = 1; i < corners.size(); ++i) {
      if (dot(corners[i], corners[i]) < dot(corners[first], corners[first])) first = i;
    }
    members_ = {first};
    weight_ = {1.0};
    point_ = corners[first];
    for (const auto& c : corners) longest_ = std::max(longest_, std::sqrt(dot(c, c)));
  }

  [[nodiscard]] const std::vector<double>& point() const { return point_; }

  // Takes in the corner that lies furthest towards the origin; false if none lies nearer.
  bool step() {
    std::size_t best = 0;
    double low = dot(point_, corners_[0]);
    for (std::size_t i = 1; i < corners_.size(); ++i) {
      const double x = dot(point_, corners_[i]);
      if (x < low) {
        low = x;
        best = i;
      }
    }
    const double own = dot(point_, point_);
    // below this the gain is rounding, and the corner may lie in the members' own plane
    if (own <= 1e-26 || own - low <= 1e-15 * std::sqrt(own) * longest_) return false;
    if (std::find(members_.begin(), members_.end(), best) != members_.end()) return false;
    const Corral before = *this;
    members_.push_back(best);
    weight_.push_back(0.0);
    if (settle() && dot(point_, point_) < own) return true;
    members_ = before.members_;
    weight_ = before.weight_;
    point_ = before.point_;
    return false;
  }

 private:
  // The point of the members' affine hull nearest to the origin, as weights.
  [[nodiscard]] std::vector<double> affine() const {
    const std::size_t n = members_.size();
    std::vector<std::vector<double>> gram(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        gram[i][j] = 1.0 + dot(corners_[members_[i]], corners_[members_[j]]);
      }
    }
    auto u = solve(std::move(gram), std::vector<double>(n, 1.0));
    if (u.empty()) return u;
    const double sum = std::accumulate(u.begin(), u.end(), 0.0);
    for (double& x : u) x /= sum;
    return u;
  }

  // Moves to the nearest point of the members' hull; false if they do not span a plane.
  bool settle() {
    for (;;) {
      const auto target = affine();
      if (target.empty()) return false;
      double stride = 1.0;
      for (std::size_t i = 0; i < target.size(); ++i) {
        if (target[i] > least_) continue;
        const double way = weight_[i] - target[i];
        if (way > 0.0) stride = std::min(stride, weight_[i] / way);
      }
      for (std::size_t i = 0; i < target.size(); ++i) {
        weight_[i] += stride * (target[i] - weight_[i]);
      }
      if (stride >= 1.0) break;
      drop_empty();
    }
    drop_empty();
    std::fill(point_.begin(), point_.end(), 0.0);
    for (std::size_t i = 0; i < members_.size(); ++i) {
      for (std::size_t k = 0; k < point_.size(); ++k) {
        point_[k] += weight_[i] * corners_[members_[i]][k];
      }
    }
    return true;
  }

  void drop_empty() {
    for (std::size_t i = members_.size(); i-- > 0;) {
      if (weight_[i] > least_ || members_.size() == 1) continue;
      members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(i));
      weight_.erase(weight_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const double sum = std::accumulate(weight_.begin(), weight_.end(), 0.0);
    for (double& w : weight_) w /= sum;
  }

  static constexpr double least_ = 1e-14;
  const std::vector<std::vector<double>>& corners_;
  std::vector<std::size_t> members_;
  std::vector<double> weight_;
  std::vector<double> point_;
  double longest_ = 0.0;
};

}  // namespace

std::vector<double> project_on_simplex(std::span<const double> p) {
  CASUS_CHECK(!p.empty());
  std::vector<double> sorted(p.begin(), p.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0.0;
  double shift = 0.0;
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    const double t = (sum - 1.0) / static_cast<double>(k + 1);
    if (sorted[k] - t > 0.0) shift = t;
  }
  std::vector<double> out;
  for (const double x : p) out.push_back(std::max(0.0, x - shift));
  return out;
}

std::vector<double> nearest_to_origin(const std::vector<std::vector<double>>& corners) {
  CASUS_CHECK(!corners.empty());
  Corral corral(corners);
  for (std::size_t i = 0; i < most_steps && corral.step(); ++i) continue;
  return corral.point();
}

CoherentSet::CoherentSet(const Case& given, std::vector<HypothesisId> about)
    : about_(std::move(about)) {
  const std::size_t n = given.hypotheses.size();
  Indices root(n);
  std::iota(root.begin(), root.end(), 0U);
  const std::function<std::uint32_t(std::uint32_t)> find_root = [&](std::uint32_t h) {
    return root[h] == h ? h : root[h] = find_root(root[h]);
  };
  std::vector<bool> bound(n, false);
  for (std::uint32_t h = 0; h < n; ++h) {
    const Hypothesis& it = given.hypotheses[HypothesisId{h}];
    if (!rules_out(it)) continue;
    bound[h] = true;
    for (const HypothesisId parent : it.parents) {
      bound[parent.index] = true;
      root[find_root(parent.index)] = find_root(h);
    }
  }
  std::set<std::uint32_t> done;
  for (std::size_t i = 0; i < about_.size(); ++i) {
    const std::uint32_t h = about_[i].index;
    if (!bound[h]) {
      ties_.push_back({{i}, {}});
    } else if (done.insert(find_root(h)).second) {
      Indices component;
      for (std::uint32_t k = 0; k < n; ++k) {
        if (bound[k] && find_root(k) == find_root(h)) component.push_back(k);
      }
      add_component(given, component);
    }
  }
}

void CoherentSet::add_component(const Case& given, const Indices& hypotheses) {
  const std::size_t before = ties_.size();
  add_tie(given, hypotheses);
  if (ties_.size() > before) return;
  for (const auto h : hypotheses) {
    const Hypothesis& it = given.hypotheses[HypothesisId{h}];
    const auto at = std::find(about_.begin(), about_.end(), HypothesisId{h});
    if (at != about_.end()) ties_.push_back({{static_cast<std::size_t>(at - about_.begin())}, {}});
    if (!rules_out(it)) continue;
    Indices family{h};
    for (const HypothesisId parent : it.parents) family.push_back(parent.index);
    add_tie(given, family);
  }
}

// Lists the joint states allowed, seen on the hypotheses asked about; nothing if there are too
// many.
void CoherentSet::add_tie(const Case& given, const Indices& hypotheses) {
  const std::size_t n = joint_states(given, hypotheses);
  if (n > most_joint_states) return;
  Tie tie;
  std::vector<std::size_t> seen;
  for (std::size_t k = 0; k < hypotheses.size(); ++k) {
    const auto at = std::find(about_.begin(), about_.end(), HypothesisId{hypotheses[k]});
    if (at == about_.end()) continue;
    tie.members.push_back(static_cast<std::size_t>(at - about_.begin()));
    seen.push_back(k);
  }
  if (seen.empty()) return;
  std::set<Indices> corners;
  Indices state(hypotheses.size(), 0);
  for (std::size_t i = 0; i < n; ++i) {
    if (allowed(given, hypotheses, state)) {
      Indices corner;
      for (const std::size_t k : seen) corner.push_back(state[k]);
      corners.insert(std::move(corner));
      if (corners.size() > most_corners) return;
    }
    for (std::size_t k = hypotheses.size(); k-- > 0;) {
      if (++state[k] < given.hypotheses[HypothesisId{hypotheses[k]}].states.size()) break;
      state[k] = 0;
    }
  }
  CASUS_CHECK(!corners.empty());
  tie.corners.assign(corners.begin(), corners.end());
  ties_.push_back(std::move(tie));
}

void CoherentSet::project_on(const Tie& tie, Marginals& p) {
  if (tie.corners.empty()) {
    auto& own = p[tie.members.front()];
    own = project_on_simplex(own);
    return;
  }
  std::vector<double> asked;
  std::vector<std::size_t> start;
  for (const std::size_t m : tie.members) {
    start.push_back(asked.size());
    asked.insert(asked.end(), p[m].begin(), p[m].end());
  }
  std::vector<std::vector<double>> corners;
  for (const auto& corner : tie.corners) {
    auto& c = corners.emplace_back(asked.size(), 0.0);
    for (std::size_t k = 0; k < corner.size(); ++k) c[start[k] + corner[k]] = 1.0;
    for (std::size_t i = 0; i < c.size(); ++i) c[i] -= asked[i];
  }
  const auto moved = nearest_to_origin(corners);
  for (std::size_t k = 0; k < tie.members.size(); ++k) {
    auto& own = p[tie.members[k]];
    for (std::size_t s = 0; s < own.size(); ++s) {
      own[s] = std::clamp(own[s] + moved[start[k] + s], 0.0, 1.0);
    }
  }
}

CoherentSet::Marginals CoherentSet::project(const Marginals& p) const {
  CASUS_CHECK(p.size() == about_.size());
  std::vector<int> met(about_.size(), 0);
  for (const Tie& tie : ties_) {
    for (const std::size_t m : tie.members) ++met[m];
  }
  Marginals x = p;
  if (std::all_of(met.begin(), met.end(), [](int times) { return times == 1; })) {
    for (const Tie& tie : ties_) project_on(tie, x);
    return x;
  }
  Marginals zero = p;
  for (auto& own : zero) std::fill(own.begin(), own.end(), 0.0);
  std::vector<Marginals> kept(ties_.size(), zero);
  for (int round = 0; round < most_rounds; ++round) {
    double moved = 0.0;
    for (std::size_t t = 0; t < ties_.size(); ++t) {
      Marginals y = x;
      for (const std::size_t m : ties_[t].members) {
        for (std::size_t s = 0; s < y[m].size(); ++s) y[m][s] += kept[t][m][s];
      }
      const Marginals before = y;
      project_on(ties_[t], y);
      for (const std::size_t m : ties_[t].members) {
        for (std::size_t s = 0; s < y[m].size(); ++s) {
          kept[t][m][s] = before[m][s] - y[m][s];
          moved = std::max(moved, std::fabs(x[m][s] - y[m][s]));
          x[m][s] = y[m][s];
        }
      }
    }
    if (moved <= still) break;
  }
  return x;
}

}  // namespace casus::intel
