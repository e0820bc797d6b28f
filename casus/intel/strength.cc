// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/strength.h"

#include <algorithm>
#include <map>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using observe::build_ups;
using observe::common_errors;

constexpr std::size_t per_build_up = common_errors * strength_points;
constexpr std::size_t per_state = build_ups * per_build_up;

std::array<double, strength_points> grid_of(const casefile::HypothesisState& state) {
  const observe::Range range =
      observe::state_range(state.low, state.high.value_or(0.0), !state.high);
  std::array<double, strength_points> men{};
  if (range.high <= 0.0) return men;
  const double low = log(range.low);
  const double step = (log(range.high) - low) / static_cast<double>(strength_points);
  for (std::size_t g = 0; g < strength_points; ++g) {
    men[g] = exp(low + (static_cast<double>(g) + 0.5) * step);
  }
  return men;
}

bool same_number(const Told& a, const Told& b) {
  return a.number == b.number && a.day == b.day && a.law == b.law;
}

std::size_t first_alike(const std::array<double, build_ups>& built, std::size_t b) {
  return static_cast<std::size_t>(std::find(built.begin(), built.end(), built[b]) - built.begin());
}

// ln of what a number makes of a strength, being a measurement with some chance, else idle.
std::vector<double> logs_of(const std::vector<double>& density, double measured) {
  std::vector<double> out(density.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = log(1.0 - measured + measured * density[i]);
  }
  return out;
}

}  // namespace

Numbers::Numbers(const casefile::Case& given, const Model& model, std::uint32_t hypothesis,
                 const Numbers* like)
    : hypothesis_(hypothesis), none_(null_state(given.hypotheses[hypothesis])) {
  const auto& conceals = given.hypotheses[hypothesis].conceals;
  common_prior_ = observe::common_error_prior(conceals ? conceals->prior.mean() : 0.0);
  for (const auto& state : given.hypotheses[hypothesis].states) men_.push_back(grid_of(state));
  std::map<std::uint64_t, const Number*> known;
  for (std::size_t i = 0; like != nullptr && i < like->numbers_.size(); ++i) {
    known[like->numbers_[i].report] = &like->numbers_[i];
  }
  numbers_ = read(given, model);
  for (Number& n : numbers_) {
    const auto found = known.find(n.report);
    if (found != known.end() && same_number(found->second->told, n.told)) {
      n.log_measure = logs_of(found->second->density, n.told.measured);
    } else {
      n.density = density_of(n);
      n.log_measure = logs_of(n.density, n.told.measured);
    }
  }
}

void Numbers::renew(const casefile::Case& given, const Model& model) {
  std::map<std::uint64_t, Number*> known;
  for (Number& n : numbers_) known[n.report] = &n;
  std::vector<Number> fresh = read(given, model);
  for (Number& n : fresh) {
    const auto found = known.find(n.report);
    if (found != known.end() && same_number(found->second->told, n.told)) {
      n.density = std::move(found->second->density);
      n.right = std::move(found->second->right);
      n.bounds = found->second->bounds;
      if (found->second->told.measured == n.told.measured) {
        n.log_measure = std::move(found->second->log_measure);
      }
    }
    if (n.density.empty()) n.density = density_of(n);
    if (n.log_measure.empty()) n.log_measure = logs_of(n.density, n.told.measured);
  }
  numbers_ = std::move(fresh);
}

std::vector<Numbers::Number> Numbers::read(const casefile::Case& given, const Model& model) const {
  std::vector<Number> out;
  for (std::size_t i = 0; i < model.evidence.size(); ++i) {
    const auto& told = model.evidence[i].told;
    if (!told || told->hypothesis != hypothesis_) continue;
    Number& n = out.emplace_back();
    n.evidence = i;
    n.report = given.reports[model.evidence[i].report].key;
    n.told = *told;
    for (std::size_t b = 0; b < build_ups; ++b) {
      n.built[b] = observe::built_by(observe::build_up_shapes[b], told->day, given.as_of);
    }
  }
  return out;
}

// [state][build-up][common error][point], over the density of an idle number.
std::vector<double> Numbers::density_of(const Number& n) const {
  std::vector<double> out(men_.size() * per_state, 1.0);
  const double idle = observe::idle_density(n.told.number);
  for (std::size_t s = 0; s < men_.size(); ++s) {
    for (std::size_t b = 0; b < build_ups; ++b) {
      double* row = out.data() + s * per_state + b * per_build_up;
      const std::size_t like = first_alike(n.built, b);
      if (like < b) {
        std::copy_n(out.data() + s * per_state + like * per_build_up, per_build_up, row);
        continue;
      }
      for (const double common : observe::common_error_ln) {
        for (std::size_t g = 0; g < strength_points; ++g, ++row) {
          const double men = men_[s][g];
          if (men <= 0.0) continue;
          *row = observe::told_density(n.told.law, n.told.number, men * n.built[b], common) / idle;
        }
      }
    }
  }
  return out;
}

std::optional<std::size_t> Numbers::number_of(std::size_t evidence) const {
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (numbers_[i].evidence == evidence) return i;
  }
  return std::nullopt;
}

const observe::Right& Numbers::right(std::size_t at, std::size_t cell,
                                     const observe::Bounds& bounds) {
  Number& n = numbers_[at];
  if (n.bounds != bounds) n.right.clear();
  n.bounds = bounds;
  const std::size_t state = cell / per_state;
  const std::size_t b = first_alike(n.built, cell % per_state / per_build_up);
  auto& known = n.right[state * build_ups + b];
  known.resize(per_build_up);
  auto& out = known[cell % per_build_up];
  if (!out) {
    const double men = men_[state][cell % strength_points] * n.built[b];
    const double common = observe::common_error_ln[cell % per_build_up / strength_points];
    out = observe::right_within(n.told.law, n.told.number, men, common, bounds);
    out->told /= observe::idle_density(n.told.number);
  }
  return *out;
}

std::vector<double> Numbers::log_product(std::size_t state, const std::vector<bool>& used) const {
  std::vector<double> out(per_state, 0.0);
  for (const Number& n : numbers_) {
    if (!used[n.evidence]) continue;
    const double* const row = n.log_measure.data() + state * per_state;
    for (std::size_t i = 0; i < per_state; ++i) out[i] += row[i];
  }
  return out;
}

Numbers::Cell Numbers::cell(std::size_t state, const std::vector<bool>& used) const {
  const std::vector<double> product = log_product(state, used);
  Cell out;
  out.log_scale = *std::max_element(product.begin(), product.end());
  for (std::size_t b = 0; b < build_ups; ++b) {
    for (std::size_t c = 0; c < common_errors; ++c) {
      const double prior = observe::build_up_shapes[b].prior * common_prior_[c] /
                           static_cast<double>(strength_points);
      for (std::size_t g = 0; g < strength_points; ++g) {
        const double x =
            prior * exp(product[b * per_build_up + c * strength_points + g] - out.log_scale);
        out.weight[b][g] += x;
        out.total += x;
      }
    }
  }
  return out;
}

std::vector<double> Numbers::likelihood(const std::vector<bool>& used,
                                        const std::vector<double>& prior) const {
  std::vector<double> logs(men_.size(), 0.0);
  double top = -1e300;
  for (std::size_t s = 0; s < men_.size(); ++s) {
    if (none_ && *none_ == s) continue;
    const Cell c = cell(s, used);
    logs[s] = c.log_scale + log(c.total);
    top = std::max(top, logs[s]);
  }
  std::vector<double> out(men_.size(), 0.0);
  double mean = 0.0;
  double some = 0.0;
  for (std::size_t s = 0; s < men_.size(); ++s) {
    if (none_ && *none_ == s) continue;
    out[s] = std::max(1e-30, exp(logs[s] - top));
    mean += prior[s] * out[s];
    some += prior[s];
  }
  if (none_) out[*none_] = some > 0.0 ? std::max(1e-30, mean / some) : 1.0;
  return out;
}

Strength strength_of(const Numbers& numbers, const std::vector<bool>& used,
                     const std::vector<double>& states) {
  Strength out;
  out.hypothesis = numbers.hypothesis();
  out.men = numbers.men();
  for (std::size_t s = 0; s < out.men.size(); ++s) {
    const Numbers::Cell c = numbers.cell(s, used);
    for (std::size_t b = 0; b < build_ups; ++b) {
      double sum = 0.0;
      for (const double x : c.weight[b]) sum += x;
      out.p.push_back(states[s] * sum / c.total);
      std::array<double, strength_points> w = c.weight[b];
      for (double& x : w) x = sum > 0.0 ? x / sum : 1.0 / static_cast<double>(strength_points);
      out.weight.push_back(w);
    }
  }
  return out;
}

double probability_between(const Strength& s, Date day, Date as_of, double low, double high,
                           const observe::Range& share) {
  // P(low <= men x share <= high) over the log-uniform share
  const double wide = log(share.high / share.low);
  const auto between = [&](double men) {
    if (men <= 0.0) return 0.0;
    if (wide < 1e-9) return men * share.low >= low && men * share.low <= high ? 1.0 : 0.0;
    const double from = std::clamp(log(std::max(low, 1e-9) / (men * share.low)), 0.0, wide);
    const double to = std::clamp(log(std::min(high, 1e12) / (men * share.low)), 0.0, wide);
    return std::max(0.0, to - from) / wide;
  };
  double p = 0.0;
  for (std::size_t state = 0; state < s.men.size(); ++state) {
    for (std::size_t b = 0; b < build_ups; ++b) {
      const double built = observe::built_by(observe::build_up_shapes[b], day, as_of);
      const std::size_t cell = s.cell(state, b);
      for (std::size_t g = 0; g < strength_points; ++g) {
        p += s.p[cell] * s.weight[cell][g] * between(s.men[state][g] * built);
      }
    }
  }
  return p;
}

}  // namespace casus::intel
