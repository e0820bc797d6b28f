// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "casus/base/error.h"
#include "casus/world/manpower.h"
#include "casus/world/start.h"

namespace casus::ensemble {
namespace {

std::uint32_t first_of(std::size_t pack) { return static_cast<std::uint32_t>(pack * lanes::width); }

/// Tables of a block, to which a pack writes its lanes.
class Columns {
 public:
  explicit Columns(const Beside& to)
      : width_(to.packs * lanes::width), first_(to.pack * lanes::width) {}
  void make_room(std::vector<float>& table, std::size_t rows) const { table.resize(rows * width_); }
  void put(F value, std::size_t row, std::vector<float>& to) const {
    std::memcpy(to.data() + row * width_ + first_, &value.v, sizeof(value.v));
  }

 private:
  std::size_t width_, first_;
};

// Of everybody there is, what sums of floats may lose on the way: three years of the cases lose a
// hundredth of it (play_test.cc holds them to a tenth).
constexpr float rounding = 1e-4F;

}  // namespace

Stage::Stage(const casefile::Case& given, const intel::Belief& belief, const Staging& how)
    : given_(&given),
      belief_(&belief),
      model_(given),
      world_(model_),
      policy_(model_),
      series_(series_of(given, how.variables)),
      uses_(uses_of_questions(given)),
      how_(how) {
  if (how.sampling.kind != Sampling::Kind::random || how.design != nullptr) lay_out_design();
  for (const std::string& id : belief.fitted.ids) fitted_places_.push_back(world::knob_index(id));
}

/// Factors of the belief first, in the order of their keys, then the knobs.
void Stage::lay_out_design() {
  const std::size_t factors = belief_->joint.size();
  std::vector<std::size_t> order(factors);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t f) { return key_of(belief_->joint[f].node); });
  factor_places_.resize(factors);
  for (std::size_t d = 0; d < factors; ++d) factor_places_[order[d]] = d;
  const std::size_t knobs = world::knobs().size();
  for (std::size_t k = 0; k < knobs; ++k) quantiles_.emplace_back(model_.knob_prior(k));
  if (how_.design == nullptr) design_.emplace(how_.sampling, seed(), factors + knobs);
}

/// The row of the design that a future stands in; its blocks are the variations of sixteen rows.
std::size_t Stage::design_row(std::size_t future) const {
  return future / block_futures / how_.design->variations() * block_futures +
         future % block_futures;
}

/// Coordinate of a future along a dimension of the design in force.
double Stage::coordinate(std::size_t future, std::size_t dimension, std::uint64_t name) const {
  if (how_.design == nullptr)
    return design_->coordinate(how_.sampling.point(future), dimension, name);
  const std::size_t variation = future / block_futures % how_.design->variations();
  return how_.design->coordinate(design_row(future), variation, dimension);
}

std::uint32_t Stage::luck_of(std::size_t pack) const {
  const std::uint32_t first = first_of(pack);
  if (how_.design == nullptr) return first;
  const std::size_t block = first / block_futures, variations = how_.design->variations();
  const std::size_t luck = how_.design->luck_of(block / variations, block % variations);
  return static_cast<std::uint32_t>(luck * block_futures + first % block_futures);
}

std::vector<std::uint32_t> Stage::truth(std::uint32_t future) const {
  const Draws draws(seed());
  const std::size_t point = how_.sampling.point(future);
  std::vector<double> uniforms;
  for (std::size_t f = 0; f < belief_->joint.size(); ++f) {
    const std::uint64_t key = key_of(belief_->joint[f].node);
    uniforms.push_back(designed() ? coordinate(future, factor_places_[f], key)
                                  : draws.uniform(Stream("truth"),
                                                  static_cast<std::uint32_t>(point), 0, fold(key)));
  }
  return belief_->draw(uniforms);
}

/// [knob][lane]; empty where every future draws its own. Fitted parameters come draw by draw, whole
/// rows, so that what the record ties together stays together.
std::vector<float> Stage::chosen_knobs(std::size_t pack) const {
  std::vector<float> out;
  if (how_.sampling.independent() && !designed() && fitted_places_.empty()) return out;
  const Draws draws(seed());
  const auto knobs = world::knobs();
  for (std::size_t k = 0; k < knobs.size(); ++k) {
    const Prior& prior = model_.knob_prior(k);
    const std::uint64_t key = key_of(knobs[k].id);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const std::size_t future = first_of(pack) + lane;
      const double x =
          designed()
              ? quantiles_[k](coordinate(future, factor_places_.size() + k, key))
              : prior.draw(draws, Stream("start.knob"),
                           static_cast<std::uint32_t>(how_.sampling.point(future)), fold(key));
      out.push_back(static_cast<float>(x));
    }
  }
  const intel::FittedParameters& fitted = belief_->fitted;
  for (std::size_t i = 0; i < fitted_places_.size(); ++i) {
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      // Along a row of a design they stay the same, as everything does that is not varied.
      const std::size_t point = how_.design == nullptr ? how_.sampling.point(first_of(pack) + lane)
                                                       : design_row(first_of(pack) + lane);
      const std::size_t row = point % fitted.draws();
      out[fitted_places_[i] * lanes::width + lane] =
          static_cast<float>(fitted.value[row * fitted.ids.size() + i]);
    }
  }
  return out;
}

world::State Stage::start(std::size_t pack) const {
  std::vector<std::vector<std::uint32_t>> truths;
  for (std::uint32_t lane = 0; lane < lanes::width; ++lane)
    truths.push_back(truth(first_of(pack) + lane));
  return world::start(model_, Draws(seed()), luck_of(pack), truths, chosen_knobs(pack));
}

void check_people(const Stage& stage, std::optional<casefile::OptionId> option, std::size_t pack,
                  const Census& census) {
  for (std::uint32_t lane = 0; lane < lanes::width; ++lane) {
    const float before = census.before[lane], after = census.after[lane];
    if (std::fabs(after - before) <= rounding * before) continue;
    const casefile::Case& given = stage.model().given();
    const std::string under =
        option ? fmt::format(" under option '{}'", given.options[*option].id) : std::string();
    const std::size_t future = first_of(pack) + lane;
    throw InternalError(fmt::format(
        "future {} of case '{}', seed {}{}, begins with {:.1f} thousand people and ends with "
        "{:.1f}: a law of the engine makes or loses some, and no figure of this run can be "
        "trusted; "
        "please report this line with the case folder",
        future, given.id, stage.seed(), under, before, after));
  }
}

void run_pack(const Stage& stage, world::State state, std::optional<casefile::OptionId> option,
              std::size_t pack, const Beside& to, world::EventLog* log,
              const std::optional<Without>& without,
              const std::function<void(const world::State&, const world::Now&)>& look) {
  const world::Model& model = stage.model();
  const auto weeks = static_cast<std::size_t>(stage.weeks());
  policy::Script script(model, option);
  policy::Desk desk;
  world::Kept worked_out;
  world::Outcome outcome(model);
  const F people = world::people(state, model);
  const Columns columns(to);
  Run& run = to.run;
  const auto every = static_cast<std::size_t>(stage.every());
  const std::size_t kept = (weeks + every - 1) / every;
  columns.make_room(run.weekly, stage.series().size() * kept);
  std::vector<F> stored(stage.uses().size() * weeks);
  std::vector<F> orders(model.entries().size());
  for (std::size_t week = 0; week < weeks; ++week) {
    const world::Now now{
        model, static_cast<int>(week), LaneDraws(stage.seed(), stage.luck_of(pack)), log,
        {},    script.seated()};
    std::ranges::fill(orders, F(0.0F));
    script.look(state, now.week);
    stage.policy().choose(state, now, orders, script.muted(now.week), desk);
    script.order(state, now, orders);
    if (without && without->holds(now.week)) orders[without->entry] = F(0.0F);
    const world::Clamps clamps = stage.world().week(state, orders, now, &worked_out);
    run.clamps.clamped += clamps.clamped;
    run.clamps.updates += clamps.updates;
    outcome.observe(state, now.week);
    if (look) look(state, now);
    for (std::size_t s = 0; week % every == 0 && s < stage.series().size(); ++s) {
      const F value = world::published(state, model, stage.series()[s].use);
      columns.put(value, s * kept + week / every, run.weekly);
    }
    for (std::size_t u = 0; u < stage.uses().size(); ++u) {
      stored[u * weeks + week] = world::published(state, model, stage.uses()[u]);
    }
  }
  check_people(stage, option, pack, {people, world::people(state, model)});
  const std::size_t measures = casefile::measures().size();
  columns.make_room(run.outcome, measures);
  for (std::size_t m = 0; m < measures; ++m) columns.put(outcome.measure(m, state), m, run.outcome);
  const std::vector<F> answers = answers_of(stage, stored);
  columns.make_room(run.answer, answers.size());
  for (std::size_t q = 0; q < answers.size(); ++q) columns.put(answers[q], q, run.answer);
  const std::size_t signposts = signposts_of(stage.given());
  columns.make_room(run.turn, signposts);
  const std::vector<F> turned = script.turned();
  for (std::size_t s = 0; s < signposts; ++s) {
    const F never(std::numeric_limits<float>::quiet_NaN());
    columns.put(s < turned.size() ? turned[s] : never, s, run.turn);
  }
}

Replay replay(const Stage& stage, casefile::OptionId option, std::size_t future,
              const std::optional<Without>& without) {
  const std::size_t pack = future / lanes::width;
  const std::size_t lane = future % lanes::width;
  world::EventLog log(lane);
  log.ask_why();
  Run run;
  run_pack(stage, stage.start(pack), option, pack, {run}, &log, without);
  const auto lane_of = [lane](const std::vector<float>& all) {
    std::vector<float> one;
    for (std::size_t at = lane; at < all.size(); at += lanes::width) one.push_back(all[at]);
    return one;
  };
  return {log.events(), lane_of(run.outcome), lane_of(run.weekly)};
}

}  // namespace casus::ensemble
