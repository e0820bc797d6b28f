// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_trajectory.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

// Spreads of ln (docs/models/movement.md for speed and dwell; the rest judgement).
constexpr double speed_sd = 0.2;
constexpr double dwell_sd = 0.4;
constexpr double staying_sd = 1.0;
constexpr double drift_sd = 0.8;  // over half the window
constexpr double leaving_sd = 0.7;
constexpr int substeps = 2;    // a day
constexpr int most_lead = 25;  // days the flow is followed beyond the as-of day

}  // namespace

Mover::Mover(const Way& way) : way_(way) {
  const Date as_of(2000, 1, 31);  // only differences matter
  for (std::size_t b = 0; b < observe::build_ups; ++b) {
    for (int d = 0; d < tracked_days; ++d) {
      built_[b][static_cast<std::size_t>(d)] =
          observe::built_by(observe::build_up_shapes[b], as_of.plus(d - tracked_days + 1), as_of);
    }
  }
  for (const std::size_t n : way.node_of) last_node_ = std::max(last_node_, n);
  const std::size_t legs = std::max<std::size_t>(1, way.legs());
  for (std::size_t node = 0; node <= legs; ++node) {
    const auto at = std::lower_bound(way.node_of.begin(), way.node_of.end(), node);
    first_ground_.push_back(static_cast<std::size_t>(at - way.node_of.begin()));
  }
  for (auto* v : {&chance_, &stay_at_, &stays_, &leave_at_, &leaves_, &inbound_}) v->resize(legs);
  for (auto* v : {&staying_, &drift_, &leaving_, &training_}) v->resize(way.grounds());
  onward_.resize((tracked_days + most_lead) * legs);
  left_.resize(tracked_days * way.grounds());
}

void Mover::stocks(const Anchor& anchor) {
  for (std::size_t d = 0; d < tracked_days; ++d) {
    all_[d] = anchor.men * built_[anchor.built][d];
    there_[d] = std::min(all_[d], anchor.front * built_[anchor.front_built][d]);
  }
}

void Mover::rates_of_legs(std::span<const double> normals, std::span<double> rates) const {
  leaving(way_, exp(speed_sd * normals[0]), exp(dwell_sd * normals[1]), rates.first(way_.legs()));
}

void Mover::rates_of_ground(std::span<const double> normals, std::size_t ground,
                            std::span<double> rates) const {
  constexpr double half = (tracked_days - 1) / 2.0;
  const double* x = &normals[own_normals + normals_per_ground * ground];
  double* out = &rates[way_.legs() + rates_per_ground * ground];
  out[0] = way_.prior[ground] * exp(staying_sd * x[0] - drift_sd * x[1]);
  out[1] = exp(drift_sd * x[1] / half);
  out[2] = way_.prior[ground] * exp(staying_sd * x[0] + leaving_sd * x[2]);
}

void Mover::rates_of_all(std::span<const double> normals, std::span<double> rates) const {
  rates_of_legs(normals, rates);
  for (std::size_t g = 0; g < way_.grounds(); ++g) rates_of_ground(normals, g, rates);
}

void Mover::weigh(std::span<const double> rates) {
  const std::size_t legs = way_.legs();
  std::copy_n(rates.begin(), legs, chance_.begin());
  std::fill(leave_at_.begin(), leave_at_.end(), 0.0);
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    const double* rate = &rates[legs + rates_per_ground * g];
    staying_[g] = rate[0];
    drift_[g] = rate[1];
    leaving_[g] = rate[2];
    leave_at_[way_.node_of[g]] += leaving_[g];
  }
  double before = 0.0;
  for (std::size_t i = 0; i < leave_at_.size(); ++i) {
    before += leave_at_[i];
    leaves_[i] = before > 0.0 ? leave_at_[i] / before : -1.0;  // below nought: none come from here
  }
}

// From the arrivals at the front back to the grounds: who was on which leg, who left when.
void Mover::backwards() {
  std::fill(left_.begin(), left_.end(), 0.0);
  const std::size_t legs = way_.legs();
  if (legs == 0) return;
  if (there_[tracked_days - 1] <= 0.0) {
    std::fill(onward_.begin(), onward_.end(), 0.0);
    return;
  }
  double days = 0.0;
  for (std::size_t i = 0; i < legs; ++i) days += 1.0 / (substeps * chance_[i]);
  const int lead = std::clamp(static_cast<int>(std::lround(days)), 1, tracked_days - 1);
  const double recent =
      (there_[tracked_days - 1] - there_[static_cast<std::size_t>(tracked_days - 1 - lead)]) /
      lead;  // the flow goes on
  const int end = tracked_days - 1 + std::min(most_lead, lead);
  std::fill_n(on_way(end), legs, 0.0);
  for (int d = end; d > 0; --d) {
    const auto day = static_cast<std::size_t>(d);
    double* z = on_way(d - 1);
    std::copy_n(on_way(d), legs, z);
    z[legs - 1] += d < tracked_days ? there_[day] - there_[day - 1] : recent;
    for (int s = 0; s < substeps; ++s) {
      for (std::size_t i = 0; i < legs; ++i) {
        const double stop = leaves_[i];
        if (stop < 0.0) continue;
        const double out = z[i] * chance_[i];
        z[i] -= out;
        if (i > 0) z[i - 1] += out * (1.0 - stop);
        if (d >= tracked_days || leave_at_[i] <= 0.0) continue;
        const double each = out * stop / leave_at_[i];
        for (std::size_t g = first_ground_[i]; g < first_ground_[i + 1]; ++g)
          left_[day * way_.grounds() + g] += each * leaving_[g];
      }
    }
  }
}

// Men reach a node: some stay at its grounds, the others go on.
void Mover::arrive(std::size_t node, double men) {
  const double stop = stays_[node];
  if (node < last_node_) inbound_[node] += men * (1.0 - stop);
  if (stay_at_[node] <= 0.0) return;
  const double each = men * stop / stay_at_[node];
  for (std::size_t g = first_ground_[node]; g < first_ground_[node + 1]; ++g)
    training_[g] += each * staying_[g];
}

void Mover::forwards(int day) {
  std::fill(stay_at_.begin(), stay_at_.end(), 0.0);
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    staying_[g] *= drift_[g];
    stay_at_[way_.node_of[g]] += staying_[g];
  }
  double beyond = 0.0;
  for (std::size_t i = last_node_ + 1; i-- > 0;) {
    beyond += stay_at_[i];
    stays_[i] = stay_at_[i] / beyond;
  }
  const auto d = static_cast<std::size_t>(day);
  arrive(0, all_[d] - all_[d - 1]);
  for (int s = 0; s < substeps; ++s) {
    for (std::size_t i = last_node_; i-- > 0;) {
      const double out = inbound_[i] * chance_[i];
      inbound_[i] -= out;
      arrive(i + 1, out);
    }
  }
  for (std::size_t g = 0; g < way_.grounds(); ++g) training_[g] -= left_[d * way_.grounds() + g];
}

// Holds the day to its total: no cell below zero, none made, none lost.
void Mover::settle(int day, std::span<double> row) {
  const auto d = static_cast<std::size_t>(day);
  const std::size_t legs = way_.legs();
  double coming = 0.0;
  double going = 0.0;
  for (std::size_t i = 0; i < legs; ++i) {
    coming += inbound_[i];
    going += on_way(day)[i];
  }
  const double behind = std::max(0.0, all_[d] - there_[d]);
  const double come = coming > behind ? behind / coming : 1.0;
  const double room = std::max(0.0, behind - coming * come);
  const double go = going > room ? room / going : 1.0;
  for (std::size_t i = 0; i < legs; ++i) {
    inbound_[i] *= come;
    row[way_.transit + i] = inbound_[i] + go * on_way(day)[i];
  }
  const double rest = std::max(0.0, room - going * go);
  double sum = 0.0;
  for (double& x : training_) sum += x = std::max(0.0, x);
  const bool empty = sum <= 1e-9;
  if (empty) sum = std::accumulate(staying_.begin(), staying_.end(), 0.0);
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    training_[g] = rest * (empty ? staying_[g] : training_[g]) / sum;
    row[way_.ground + g] = training_[g];
  }
  row[way_.front] = there_[d];
}

void Mover::run(const Anchor& anchor, std::span<const double> normals, std::span<double> men) {
  std::vector<double> all(rates());
  rates_of_all(normals, all);
  run_at(anchor, all, men);
}

void Mover::run_at(const Anchor& anchor, std::span<const double> rates, std::span<double> men) {
  stocks(anchor);
  weigh(rates);
  backwards();
  std::fill(inbound_.begin(), inbound_.end(), 0.0);
  std::fill(training_.begin(), training_.end(), 0.0);
  const std::size_t cells = way_.cells.size();
  for (int d = 0; d < tracked_days; ++d) {
    const auto row = men.subspan(static_cast<std::size_t>(d) * cells, cells);
    if (d > 0) forwards(d);
    settle(d, row);
    if (way_.planned()) row[0] = std::max(0.0, anchor.planned - all_[static_cast<std::size_t>(d)]);
  }
}

}  // namespace casus::intel
