// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_ensemble.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"

namespace casus::intel {
namespace {

constexpr std::uint32_t chunk = 64;  // members a task takes; results do not hang on it
constexpr Stream start_stream("tracking.start");
constexpr Stream move_stream("tracking.move");
constexpr Stream pick_stream("tracking.pick");
constexpr double front_sd = 0.5;  // ln of the share at the front where nothing is known of it

// Kinds of moves, in turn: everything a little; one ground; its pace and strength; one ground anew.
struct Kind {
  double keep;
  enum class Part : std::uint8_t { all, ground, own } part;
};
constexpr std::array<Kind, 4> kinds{{{0.95, Kind::Part::all},
                                     {0.6, Kind::Part::ground},
                                     {0.8, Kind::Part::own},
                                     {0.0, Kind::Part::ground}}};

double unit(std::uint32_t word) { return (static_cast<double>(word) + 0.5) / 4294967296.0; }

}  // namespace

Ensemble::Ensemble(const casefile::Case& given, const Way& way, std::vector<Look> looks,
                   std::optional<FreeStrength> free, const TrackingOptions& options)
    : way_(way), looks_(std::move(looks)), free_(free), options_(options) {
  CASUS_CHECK(options.members > 0);
  who_.push_back(fold(options.key));
  for (std::size_t g = 0; g < way.grounds(); ++g) {
    const auto& place = given.places[way.cells[way.ground + g].place];
    who_.push_back(fold(options.key * 31 + place.key));
  }
  for (std::uint32_t m = 0; m < options.members; m += chunk)
    movers_.push_back(std::make_unique<Mover>(way));
  normals_ = movers_.front()->normals();
  rates_each_ = movers_.front()->rates();
  size_ = tracked_days * way.cells.size();
  x_.resize(options.members * normals_);
  rates_.resize(options.members * rates_each_);
  stale_.assign(options.members, 1);
  men_.resize(options.members * size_);
  anchors_.resize(options.members);
  log_likelihood_.assign(options.members, 0.0);
  log_weight_.assign(options.members, 0.0);
  weights_.assign(looks_.size(), 0.0);
  strata_ = {0};
  for (std::uint32_t m = 0; m < options.members; ++m) {
    draw(m, 0, std::span<double>(&x_[m * normals_], normals_), 0, normals_);
  }
}

// Fresh normals, named by member, occasion and place.
void Ensemble::draw(std::uint32_t member, std::uint32_t occasion, std::span<double> normals,
                    std::size_t from, std::size_t to) const {
  const Draws draws(options_.seed);
  const Stream stream = occasion == 0 ? start_stream : move_stream;
  for (std::size_t first = 0; first < own_normals && from < own_normals; first += 4) {
    const auto words =
        draws.words(stream, member, occasion, who_[0], static_cast<std::uint32_t>(first / 4));
    for (std::size_t i = 0; i < 4 && first + i < own_normals; ++i)
      normals[first + i] = normal_quantile(unit(words[i]));
  }
  for (std::size_t g = 0; g < way_.grounds(); ++g) {
    const std::size_t at = own_normals + normals_per_ground * g;
    if (at < from || at >= to) continue;
    const auto words = draws.words(stream, member, occasion, who_[g + 1], 0);
    for (std::size_t i = 0; i < normals_per_ground; ++i)
      normals[at + i] = normal_quantile(unit(words[i]));
  }
}

Anchor Ensemble::free_anchor(std::span<const double> x) const {
  const auto way_built = [&](double normal) {
    if (free_->standing) return 0U;
    double left = normal_cdf(normal);
    std::uint32_t b = 0;
    while (b + 1 < observe::build_ups && left >= observe::build_up_shapes[b].prior)
      left -= observe::build_up_shapes[b++].prior;
    return b;
  };
  const auto at = [](const Prior& prior, double normal) {
    return std::max(0.0, prior.quantile(std::clamp(normal_cdf(normal), 1e-9, 1.0 - 1e-9)));
  };
  Anchor a;
  a.men = at(free_->men, x[2]);
  a.built = way_built(x[3]);
  a.front = a.men * std::min(1.0, free_->front_share * exp(front_sd * x[4]));
  a.front_built = way_built(x[5]);
  if (free_->planned) a.planned = at(*free_->planned, x[6]);
  return a;
}

double Ensemble::log_likelihood(std::span<const double> men) const {
  double sum = 0.0;
  for (const std::size_t i : told_) {
    const auto day = static_cast<std::size_t>(looks_[i].sighting().day);
    sum += looks_[i].log_likelihood(&men[day * way_.cells.size()], weights_[i]);
  }
  return sum;
}

void Ensemble::by_chunks(
    const std::function<void(std::uint32_t, Mover&, std::span<double>)>& work) {
  parallel_for(movers_.size(), options_.threads, [&](std::size_t c) {
    std::vector<double> scratch(normals_ + rates_each_ + size_);
    const auto first = static_cast<std::uint32_t>(c) * chunk;
    const std::uint32_t end = std::min(options_.members, first + chunk);
    for (std::uint32_t m = first; m < end; ++m) work(m, *movers_[c], scratch);
  });
}

// Trajectories and likelihoods of all members as the day has them; weights gain what is new.
void Ensemble::evaluate(const TrackingTarget& target, const std::vector<bool>* only) {
  by_chunks([&](std::uint32_t m, Mover& mover, std::span<double>) {
    if (only != nullptr && !(*only)[m]) return;
    const std::span<const double> x(&x_[m * normals_], normals_);
    const std::span<double> rates(&rates_[m * rates_each_], rates_each_);
    const std::span<double> men(&men_[m * size_], size_);
    const bool stale = stale_[m] != 0;
    if (stale) mover.rates_of_all(x, rates);
    if (stale || (!free_ && anchors_[m] != target.anchors[m])) {
      anchors_[m] = free_ ? free_anchor(x) : target.anchors[m];
      mover.run_at(anchors_[m], rates, men);
    }
    stale_[m] = 0;
    const double now = log_likelihood(men);
    log_weight_[m] += now - log_likelihood_[m];
    log_likelihood_[m] = now;
  });
}

// Systematic choice within [first, end) by weight, as many as there are.
std::vector<std::uint32_t> Ensemble::pick(std::uint32_t first, std::uint32_t end) const {
  const double top = *std::max_element(log_weight_.begin() + first, log_weight_.begin() + end);
  std::vector<double> upto;
  double sum = 0.0;
  for (std::uint32_t m = first; m < end; ++m) upto.push_back(sum += exp(log_weight_[m] - top));
  const Draws draws(options_.seed);
  const double u = draws.uniform(pick_stream, first, occasion_, who_[0]);
  std::vector<std::uint32_t> out;
  std::uint32_t at = 0;
  for (std::uint32_t k = 0; k < end - first; ++k) {
    const double want = (k + u) / (end - first) * sum;
    while (at + 1 < end - first && upto[at] <= want) ++at;
    out.push_back(first + at);
  }
  return out;
}

// Says which members were.
std::vector<bool> Ensemble::resample(std::span<const std::uint32_t> strata) {
  const std::vector<double> before = x_;
  std::vector<bool> touched(options_.members, false);
  for (std::size_t s = 0; s < strata.size(); ++s) {
    const std::uint32_t first = strata[s];
    const std::uint32_t end = s + 1 < strata.size() ? strata[s + 1] : options_.members;
    const double top = *std::max_element(log_weight_.begin() + first, log_weight_.begin() + end);
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t m = first; m < end; ++m) {
      const double w = exp(log_weight_[m] - top);
      sum += w;
      squares += w * w;
    }
    if (sum * sum >= 0.5 * (end - first) * squares) continue;  // effective number still half
    const auto from = pick(first, end);
    for (std::uint32_t m = first; m < end; ++m) {
      std::copy_n(&before[from[m - first] * normals_], normals_, &x_[m * normals_]);
      log_weight_[m] = 0.0;
      stale_[m] = 1;
      touched[m] = true;
    }
  }
  return touched;
}

void Ensemble::move(std::uint32_t member, std::uint32_t occasion, int kind, Mover& mover,
                    std::span<double> scratch) {
  const std::span<double> fresh = scratch.first(normals_);
  const std::span<double> rates = scratch.subspan(normals_, rates_each_);
  const std::span<double> men = scratch.subspan(normals_ + rates_each_);
  double* x = &x_[member * normals_];
  const Draws draws(options_.seed);
  const auto words = draws.words(pick_stream, member, occasion, who_[0], 1);
  const Kind& how = kinds[static_cast<std::size_t>(kind) % kinds.size()];
  std::size_t from = 0;
  std::size_t to = normals_;
  std::size_t ground = 0;
  if (how.part == Kind::Part::own) to = own_normals;
  if (how.part == Kind::Part::ground) {
    ground = static_cast<std::size_t>(unit(words[0]) * static_cast<double>(way_.grounds()));
    from = own_normals + normals_per_ground * ground;
    to = from + normals_per_ground;
  }
  draw(member, occasion, fresh, from, to);
  const double part = std::sqrt(1.0 - how.keep * how.keep);
  for (std::size_t i = 0; i < normals_; ++i) {
    fresh[i] = i >= from && i < to ? how.keep * x[i] + part * fresh[i] : x[i];
  }
  const Anchor anchor = free_ ? free_anchor(fresh) : anchors_[member];
  if (!free_ && anchor.men <= 0.0) {  // nobody moves: every move is as good
    std::copy(fresh.begin(), fresh.end(), x);
    stale_[member] = 1;
    return;
  }
  std::copy_n(&rates_[member * rates_each_], rates_each_, rates.begin());
  if (how.part == Kind::Part::all) mover.rates_of_all(fresh, rates);
  if (how.part == Kind::Part::own) mover.rates_of_legs(fresh, rates);
  if (how.part == Kind::Part::ground && way_.grounds() > 0) {
    mover.rates_of_ground(fresh, ground, rates);
  }
  mover.run_at(anchor, rates, men);
  const double then = log_likelihood(men);
  if (log(unit(words[1])) >= then - log_likelihood_[member]) return;
  std::copy(fresh.begin(), fresh.end(), x);
  std::copy(rates.begin(), rates.end(), &rates_[member * rates_each_]);
  std::copy(men.begin(), men.end(), &men_[member * size_]);
  anchors_[member] = anchor;
  log_likelihood_[member] = then;
}

void Ensemble::step(const TrackingTarget& target) {
  CASUS_CHECK(free_.has_value() || target.anchors.size() == options_.members);
  CASUS_CHECK(target.weights.size() == looks_.size());
  told_.clear();
  bool news = false;
  for (std::size_t i = 0; i < looks_.size(); ++i) {
    news = news || (target.weights[i] > 0.0) != (weights_[i] > 0.0);
    weights_[i] = target.weights[i];
    if (weights_[i] > 0.0) told_.push_back(i);
  }
  strata_ = target.strata.empty() ? std::vector<std::uint32_t>{0} : target.strata;
  ++occasion_;
  evaluate(target, nullptr);
  if (told_.empty()) return;
  const auto touched = resample(strata_);
  const std::vector<double> kept = log_weight_;
  evaluate(target, &touched);
  log_weight_ = kept;
  const int sweeps = news ? options_.sweeps : 1;
  for (int s = 0; s < sweeps; ++s) {
    const std::uint32_t occasion = 1000 * occasion_ + static_cast<std::uint32_t>(s) + 1;
    by_chunks([&](std::uint32_t m, Mover& mover, std::span<double> scratch) {
      move(m, occasion, s + static_cast<int>(occasion_), mover, scratch);
    });
  }
}

std::vector<std::uint32_t> Ensemble::alike() const {
  std::vector<std::uint32_t> out;
  for (std::size_t s = 0; s < strata_.size(); ++s) {
    const std::uint32_t end = s + 1 < strata_.size() ? strata_[s + 1] : options_.members;
    const auto some = pick(strata_[s], end);
    out.insert(out.end(), some.begin(), some.end());
  }
  return out;
}

}  // namespace casus::intel
