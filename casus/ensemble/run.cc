// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/run.h"

#include <algorithm>
#include <cstring>

#include "casus/base/error.h"
#include "casus/world/start.h"

namespace casus::ensemble {
namespace {

std::uint32_t first_of(std::size_t block) {
  return static_cast<std::uint32_t>(block * lanes::width);
}

/// Writes the lanes of a value side by side.
void put(F value, std::size_t row, std::vector<float>& to) {
  std::memcpy(to.data() + row * lanes::width, &value.v, sizeof(value.v));
}

}  // namespace

Stage::Stage(const casefile::Case& given, const intel::Belief& belief, std::uint64_t seed,
             int weeks)
    : given_(&given),
      belief_(&belief),
      model_(given),
      world_(model_),
      policy_(model_),
      series_(series_of(given)),
      uses_(uses_of_questions(given)),
      seed_(seed),
      weeks_(weeks) {}

std::vector<std::uint32_t> Stage::truth(std::uint32_t future) const {
  const Draws draws(seed_);
  std::vector<double> uniforms;
  for (const intel::JointFactor& factor : belief_->joint) {
    uniforms.push_back(draws.uniform(Stream("truth"), future, 0, fold(key_of(factor.node))));
  }
  return belief_->draw(uniforms);
}

world::State Stage::start(std::size_t block) const {
  std::vector<std::vector<std::uint32_t>> truths;
  for (std::uint32_t lane = 0; lane < lanes::width; ++lane)
    truths.push_back(truth(first_of(block) + lane));
  return world::start(model_, Draws(seed_), first_of(block), truths);
}

Run run_block(const Stage& stage, world::State state, std::optional<casefile::OptionId> option,
              std::size_t block, world::EventLog* log, const std::optional<Without>& without) {
  const world::Model& model = stage.model();
  const auto weeks = static_cast<std::size_t>(stage.weeks());
  policy::Script script(model, option);
  world::Outcome outcome(model);
  Run run;
  run.weekly.resize(stage.series().size() * weeks * lanes::width);
  std::vector<F> stored(stage.uses().size() * weeks);
  std::vector<F> orders(model.entries().size());
  for (std::size_t week = 0; week < weeks; ++week) {
    const world::Now now{model, static_cast<int>(week), LaneDraws(stage.seed(), first_of(block)),
                         log};
    std::ranges::fill(orders, F(0.0F));
    stage.policy().choose(state, now, orders, script.muted(now.week));
    script.order(state, now, orders);
    if (without && without->holds(now.week)) orders[without->entry] = F(0.0F);
    const world::Clamps clamps = stage.world().week(state, orders, now);
    run.clamps.clamped += clamps.clamped;
    run.clamps.updates += clamps.updates;
    outcome.observe(state, now.week);
    for (std::size_t s = 0; s < stage.series().size(); ++s) {
      put(world::published(state, model, stage.series()[s].use), s * weeks + week, run.weekly);
    }
    for (std::size_t u = 0; u < stage.uses().size(); ++u) {
      stored[u * weeks + week] = world::published(state, model, stage.uses()[u]);
    }
  }
  const std::size_t measures = casefile::measures().size();
  run.outcome.resize(measures * lanes::width);
  for (std::size_t m = 0; m < measures; ++m) put(outcome.measure(m, state), m, run.outcome);
  const std::vector<F> answers = answers_of(stage, stored);
  run.answer.resize(answers.size() * lanes::width);
  for (std::size_t q = 0; q < answers.size(); ++q) put(answers[q], q, run.answer);
  return run;
}

Replay replay(const Stage& stage, casefile::OptionId option, std::size_t future,
              const std::optional<Without>& without) {
  const std::size_t block = future / lanes::width;
  const std::size_t lane = future % lanes::width;
  world::EventLog log(lane);
  log.ask_why();
  const Run run = run_block(stage, stage.start(block), option, block, &log, without);
  const auto lane_of = [lane](const std::vector<float>& all) {
    std::vector<float> one;
    for (std::size_t at = lane; at < all.size(); at += lanes::width) one.push_back(all[at]);
    return one;
  };
  return {log.events(), lane_of(run.outcome), lane_of(run.weekly)};
}

}  // namespace casus::ensemble
