// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/engine.h"

#include <algorithm>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::intel {
namespace {

using casefile::Case;

std::vector<std::uint32_t> counted(const Case& given) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t h = 0; h < given.hypotheses.size(); ++h) {
    if (given.hypotheses[h].counts) out.push_back(h);
  }
  return out;
}

// Do two models of the same variables believe the same before any report? Numbers told are none.
bool same_priors(const Model& a, const Model& b) {
  if (a.priors != b.priors || a.numbers_of != b.numbers_of) return false;
  for (std::size_t f = 0; f < a.priors; ++f) {
    const bool told = std::find(a.numbers_of.begin(), a.numbers_of.end(), f) != a.numbers_of.end();
    if (a.factors[f].scope != b.factors[f].scope) return false;
    if (!told && a.factors[f].table != b.factors[f].table) return false;
  }
  return true;
}

double cells_at(const Case& given, ModelOptions options, std::size_t split) {
  options.split = split;
  const Model m = build_model(given, options);
  return JunctionTree::cells_needed(m.states, m.scopes());
}

}  // namespace

std::size_t split_that_fits(const Case& given, ModelOptions options, double cells) {
  for (const std::size_t split : {99, 6, 4, 3, 2, 1}) {
    if (cells_at(given, options, split) <= cells) return split;
  }
  throw ModelError(
      "the joint model is too large even with every source's mode split by question; "
      "raise the number of cells");
}

Engine::Engine(const Case& given, const ModelOptions& options, std::size_t threads,
               std::vector<Numbers> known)
    : model(build_model(given, options)),
      wanted(given.hypotheses.size()),
      given_(given),
      options_(options),
      threads_(threads) {
  std::iota(wanted.begin(), wanted.end(), 0U);
  tree_ = std::make_unique<JunctionTree>(model.states, model.scopes());
  shared_ = tree_.get();
  const auto count = counted(given);
  std::vector<std::unique_ptr<Numbers>> made(count.size());
  parallel_for(count.size(), threads, [&](std::size_t i) {
    for (Numbers& n : known) {
      if (n.hypothesis() != count[i]) continue;
      n.renew(given, model);
      made[i] = std::make_unique<Numbers>(std::move(n));
      return;
    }
    made[i] = std::make_unique<Numbers>(given, model, count[i]);
  });
  for (auto& n : made) numbers.push_back(std::move(*n));
  find_prior();
  used = used_on(given.as_of);
  calibration = std::make_unique<Calibration>(*tree_, model.factors, active(used), threads_);
  set(*calibration, used);
}

Engine::Engine(const ModelOptions& options, const Engine& like, std::size_t threads)
    : model(build_model(like.given_, options)),
      wanted(like.wanted),
      given_(like.given_),
      options_(options),
      threads_(threads) {
  if (!like.fits(model)) tree_ = std::make_unique<JunctionTree>(model.states, model.scopes());
  shared_ = tree_ ? tree_.get() : &like.tree();
  for (const Numbers& n : like.numbers) numbers.emplace_back(given_, model, n.hypothesis(), &n);
  find_prior();
  used = used_on(given_.as_of);
  calibration = std::make_unique<Calibration>(tree(), model.factors, active(used), threads_);
  set(*calibration, used);
}

bool Engine::fits(const Model& next) const {
  return next.names == model.names && next.states == model.states &&
         std::all_of(next.factors.begin(), next.factors.end(),
                     [&](const Factor& f) { return tree().holds(f.scope); });
}

bool Engine::renew(double cells) {
  Model next = build_model(given_, options_, &model);
  const bool stays = fits(next);
  const bool prior_stays = stays && same_priors(next, model);
  model = std::move(next);
  if (!stays) {
    calibration.reset();
    tree_ = std::make_unique<JunctionTree>(model.states, model.scopes());
    shared_ = tree_.get();
    if (tree_->cells() > cells) return false;
  }
  for (Numbers& n : numbers) n.renew(given_, model);
  if (!prior_stays) find_prior();
  used = used_on(given_.as_of);
  for (const Numbers& n : numbers) {  // as `set` would, so that what is the same is seen as such
    const auto factor = model.numbers_of[n.hypothesis()];
    if (factor) model.factors[*factor].table = n.likelihood(used, prior_[n.hypothesis()]);
  }
  if (stays) {
    calibration->renew(model.factors, active(used));
  } else {
    calibration = std::make_unique<Calibration>(*tree_, model.factors, active(used), threads_);
  }
  calibration->gather();
  return stays;
}

// The hypotheses before any report: a small model of its own, since few things hang on each other.
void Engine::find_prior() {
  const std::span<const Factor> priors(model.factors.data(), model.priors);
  std::vector<std::vector<Variable>> scopes;
  for (const Factor& f : priors) scopes.push_back(f.scope);
  const JunctionTree small(model.states, scopes);
  Calibration c(small, priors, std::vector<bool>(priors.size(), true));
  c.gather();
  prior_ = c.marginals(wanted);
}

std::vector<bool> Engine::used_on(Date day) const {
  std::vector<bool> out;
  for (const Evidence& e : model.evidence) {
    const auto& r = given_.reports[e.report];
    out.push_back(r.published <= day && (!r.retracted || *r.retracted > day));
  }
  return out;
}

std::vector<bool> Engine::active(const std::vector<bool>& use) const {
  std::vector<bool> out(model.factors.size(), true);
  for (std::size_t i = 0; i < use.size(); ++i) out[model.evidence[i].factor] = use[i];
  return out;
}

void Engine::set(Calibration& c, const std::vector<bool>& use) const {
  for (std::size_t i = 0; i < use.size(); ++i) c.set_active(model.evidence[i].factor, use[i]);
  for (const Numbers& n : numbers) {
    const auto factor = model.numbers_of[n.hypothesis()];
    if (factor) c.replace(*factor, n.likelihood(use, prior_[n.hypothesis()]));
  }
  c.gather();
}

Engine::Removal Engine::without(const std::vector<std::size_t>& evidence) const {
  Removal out;
  out.tables.reserve(numbers.size());
  std::vector<bool> rest;
  for (const std::size_t i : evidence) {
    if (used[i]) out.change.push_back({model.evidence[i].factor, false, nullptr});
  }
  for (const Numbers& n : numbers) {
    const bool speaks = std::any_of(evidence.begin(), evidence.end(), [&](std::size_t i) {
      const auto& told = model.evidence[i].told;
      return used[i] && told && told->hypothesis == n.hypothesis();
    });
    if (!speaks) continue;
    if (rest.empty()) {
      rest = used;
      for (const std::size_t i : evidence) rest[i] = false;
    }
    out.tables.push_back(n.likelihood(rest, prior_[n.hypothesis()]));
    out.change.push_back({*model.numbers_of[n.hypothesis()], true, &out.tables.back()});
  }
  return out;
}

}  // namespace casus::intel
