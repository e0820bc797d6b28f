// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_phd.h"

#include <algorithm>
#include <numeric>

#include "casus/base/numeric.h"
#include "casus/intel/tracking_trajectory.h"

namespace casus::intel {
namespace {

constexpr int substeps = 2;            // a day
constexpr double stays_days = 28.0;    // training before men go on
constexpr double named_as_such = 0.9;  // half of the class confusion B(2, 8)
constexpr std::size_t strengths = 16;  // equally likely ones
constexpr double unseen_way = 0.01;    // of births: come by a way nobody knows, to any cell

}  // namespace

Phd::Phd(const Way& way)
    : way_(way),
      chance_(way.legs()),
      inbound_(std::max<std::size_t>(1, way.legs())),
      onward_(way.legs()),
      training_(way.grounds()) {
  leaving(way, 1.0, 1.0, chance_);
  for (const std::size_t n : way.node_of) last_node_ = std::max(last_node_, n);
}

void Phd::arrive(std::size_t node, double groups) {
  double here = 0.0;
  double beyond = 0.0;
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    if (way_.node_of[g] == node) here += way_.prior[g];
    if (way_.node_of[g] >= node) beyond += way_.prior[g];
  }
  const double stop = here / beyond;
  if (node < last_node_) inbound_[node] += groups * (1.0 - stop);
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    if (way_.node_of[g] == node) training_[g] += groups * stop * way_.prior[g] / here;
  }
}

void Phd::predict(double births) {
  const double leave = 1.0 - exp(-1.0 / (substeps * stays_days));
  arrive(0, births * (1.0 - unseen_way));
  const auto cells = static_cast<double>(way_.cells.size() - way_.transit);
  for (std::size_t k = way_.transit; k < way_.cells.size(); ++k)
    place(k, births * unseen_way / cells);
  for (int s = 0; s < substeps; ++s) {
    for (std::size_t i = way_.legs(); i-- > 0;) {
      const double on = onward_[i] * chance_[i];
      onward_[i] -= on;
      (i + 1 < way_.legs() ? onward_[i + 1] : front_) += on;
      if (i >= last_node_) continue;
      const double in = inbound_[i] * chance_[i];
      inbound_[i] -= in;
      arrive(i + 1, in);
    }
    for (std::size_t g = 0; g < way_.grounds(); ++g) {
      const double out = training_[g] * leave;
      training_[g] -= out;
      (way_.legs() > 0 ? onward_[way_.node_of[g]] : front_) += out;
    }
  }
}

double Phd::in(std::size_t cell) const {
  if (cell == way_.front) return front_;
  if (cell >= way_.ground) return training_[cell - way_.ground];
  if (cell < way_.transit) return 0.0;
  return inbound_[cell - way_.transit] + onward_[cell - way_.transit];
}

void Phd::scale(std::size_t cell, double factor) {
  if (cell == way_.front) {
    front_ *= factor;
  } else if (cell >= way_.ground) {
    training_[cell - way_.ground] *= factor;
  } else if (cell >= way_.transit) {
    inbound_[cell - way_.transit] *= factor;
    onward_[cell - way_.transit] *= factor;
  }
}

void Phd::update(const Sighting& s, double weight) {
  double expected = s.alarm;
  for (const auto& w : s.watched) expected += s.detect * w.weight * named_as_such * in(w.cell);
  double seen = s.nothing ? 0.0 : 1.0;
  if (s.number) seen = s.detect / s.share * *s.number * exp(-s.law.bias) / men_per_group;
  const double share = weight * s.part;
  for (const auto& w : s.watched) {
    const double p = s.detect * w.weight;
    const double found = expected > 0.0 ? seen * p * named_as_such / expected : 0.0;
    scale(w.cell, 1.0 - share * p + share * found);
  }
}

void Phd::place(std::size_t cell, double groups) {
  if (cell == way_.front) {
    front_ += groups;
  } else if (cell >= way_.ground) {
    training_[cell - way_.ground] += groups;
  } else if (cell >= way_.transit) {
    onward_[cell - way_.transit] += groups;
  }
}

std::vector<double> Phd::cells() const {
  std::vector<double> out(way_.cells.size());
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = in(k);
  return out;
}

double Phd::total() const {
  const auto all = cells();
  return std::accumulate(all.begin(), all.end(), 0.0);
}

void Phd::scale_to(double groups) {
  const double have = total();
  if (have <= 0.0) return;
  for (std::size_t k = way_.transit; k < way_.cells.size(); ++k) scale(k, groups / have);
}

namespace {

// Where those are who came before the window; adds up to one.
std::vector<double> first_cells(const Way& way, const CheckPrior& prior) {
  std::vector<double> out(prior.standing);
  if (out.empty()) {
    out.resize(way.cells.size(), 0.0);
    for (std::size_t g = 0; g < way.grounds(); ++g) out[way.ground + g] = way.prior[g];
  }
  std::fill_n(out.begin(), way.transit, 0.0);
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& x : out) x = sum > 0.0 ? x / sum : 0.0;
  return out;
}

// One strength that came in one way: how likely the reports make it.
class Run {
 public:
  Run(const Way& way, std::span<const Look> looks, std::span<const double> weights)
      : way_(way), looks_(looks), weights_(weights) {}

  // @param built by day, share of the groups that is there.
  [[nodiscard]] double log_likelihood(std::span<const double> first, double groups,
                                      std::span<const double> built) const {
    Phd phd(way_);
    double sum = 0.0;
    for (int d = 0; d < tracked_days; ++d) {
      const auto day = static_cast<std::size_t>(d);
      const double here = groups * built[day];
      if (d == 0) {
        for (std::size_t k = 0; k < first.size(); ++k) phd.place(k, here * first[k]);
      } else {
        phd.predict(groups * (built[day] - built[day - 1]));
      }
      for (std::size_t i = 0; i < looks_.size(); ++i) {
        if (looks_[i].sighting().day != d) continue;
        phd.scale_to(here);
        auto men = phd.cells();
        for (double& x : men) x *= men_per_group;
        sum += looks_[i].log_likelihood(men.data(), weights_[i]);
        phd.update(looks_[i].sighting(), weights_[i]);
      }
      phd.scale_to(here);
    }
    return sum;
  }

 private:
  const Way& way_;
  std::span<const Look> looks_;
  std::span<const double> weights_;
};

std::vector<double> built_days(const observe::BuildUp& how) {
  const Date last(2000, 1, 31);  // any: only the days between count
  std::vector<double> out;
  for (int d = 0; d < tracked_days; ++d) {
    out.push_back(observe::built_by(how, last.plus(d - tracked_days + 1), last));
  }
  return out;
}

}  // namespace

double aggregate_check(const Way& way, std::span<const Sighting> sightings,
                       std::span<const double> weights, const CheckPrior& prior) {
  const std::vector<Look> looks(sightings.begin(), sightings.end());
  const Run run(way, looks, weights);
  const auto first = first_cells(way, prior);
  const std::size_t ways = prior.standing.empty() ? observe::build_ups : 1;  // the first: standing
  std::vector<double> men, logs;
  for (std::size_t b = 0; b < ways; ++b) {
    const auto built = built_days(observe::build_up_shapes[b]);
    for (std::size_t i = 0; i < strengths; ++i) {
      const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(strengths);
      men.push_back(std::max(1.0, prior.men.quantile(p)));
      logs.push_back(log(observe::build_up_shapes[b].prior) +
                     run.log_likelihood(first, men.back() / men_per_group, built));
    }
  }
  const double top = *std::max_element(logs.begin(), logs.end());
  double sum = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < men.size(); ++i) {
    const double weight = exp(logs[i] - top);
    sum += weight * men[i];
    all += weight;
  }
  return sum / all;
}

}  // namespace casus::intel
