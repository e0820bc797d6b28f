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
constexpr double days_per_week = 7.0;
constexpr double unseen_way = 0.01;  // of births: come by a way nobody knows, to any cell

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

double aggregate_check(const Way& way, std::span<const Sighting> sightings,
                       std::span<const double> weights, std::span<const double> start,
                       double births) {
  Phd phd(way);
  for (std::size_t k = 0; k < start.size(); ++k) phd.place(k, start[k]);
  for (int d = 0; d < tracked_days; ++d) {
    phd.predict(births / days_per_week);
    for (std::size_t i = 0; i < sightings.size(); ++i) {
      if (sightings[i].day == d) phd.update(sightings[i], weights[i]);
    }
  }
  return men_per_group * phd.total();
}

}  // namespace casus::intel
