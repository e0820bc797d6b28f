// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/player.h"

#include <algorithm>
#include <cstring>

#include "casus/base/error.h"
#include "casus/base/parallel.h"
#include "casus/ensemble/figures.h"
#include "casus/ensemble/precision.h"
#include "casus/world/knob.h"
#include "casus/world/published.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t most_kept_bytes = std::size_t{384} << 20U;  ///< of first states
constexpr std::size_t most_in_shard = 256;                        ///< futures
constexpr std::size_t wanted_shards = 64;

std::vector<casefile::OptionId> ids_of(const casefile::Case& given, const Futures& about) {
  std::vector<casefile::OptionId> out;
  for (const std::string& id : about.options) out.push_back(playable_option(given, id));
  return out;
}

}  // namespace

/// A shard some of whose blocks are still to come.
struct Player::Filling {
  Shard shard;
  std::size_t blocks_left;
};

std::size_t fitting_shard(const PlayOptions& how) {
  if (how.shard > 0) return how.shard;
  if (how.until_error) {  // so that the looks of `play_until_precise` end with whole shards
    const std::size_t look = first_look(how.sampling.noises);
    return std::min(most_in_shard, look & (~look + 1));
  }
  const std::size_t blocks = (how.futures + block_futures - 1) / block_futures;
  const std::size_t each = (blocks + wanted_shards - 1) / wanted_shards;
  return std::min(each * block_futures, most_in_shard);
}

Futures described(const casefile::Case& given, const intel::Belief& belief,
                  const PlayOptions& how) {
  Futures f;
  f.case_id = given.id;
  f.case_digest = given.digest;
  f.version = belief.version;
  f.belief_digest = digest_of(belief);
  f.seed = how.seed;
  f.sampling = how.sampling;
  f.weeks = how.weeks.value_or(given.horizon_weeks);
  f.every = how.every;
  f.futures = how.futures;
  f.options = options_to_play(given, how);
  for (const auto& m : casefile::measures()) f.measures.emplace_back(m.name);
  for (const auto& q : given.questions) f.questions.push_back(q.id);
  f.signposts = signposts_of(given);
  for (const SeriesUse& s : series_of(given, how.variables)) f.series.push_back(s.series);
  for (const world::Knob& k : world::knobs()) f.knobs.emplace_back(k.id);
  f.levels.assign(quantile_levels.begin(), quantile_levels.end());
  f.trajectories = how.summary ? 0 : std::min(how.trajectories, how.futures);
  return f;
}

Player::Player(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& how,
               const Futures& about, Store& store, Team& team)
    : how_(how),
      about_(about),
      cut_{about.futures, fitting_shard(how)},
      engine_(make_engine(how.target, given, belief,
                          {how.seed, about.weeks, how.variables, how.every, how.sampling})),
      options_(ids_of(given, about)),
      parts_(store, sizes_of(about, given)),
      team_(team),
      starts_((about.futures + block_futures - 1) / block_futures) {}

Player::~Player() = default;

void Player::play() {
  look();
  for (std::size_t o = 0; o < options_.size(); ++o) {
    play_option(o);
    team_.meet();
    if (have_figures_[o] == '0') take_figures(o);
  }
}

void Player::play_futures() {
  look();
  for (std::size_t o = 0; o < options_.size(); ++o) play_option(o);
  team_.meet();
}

/// What an earlier run left: rank 0 looks, so that all agree.
void Player::look() {
  if (team_.rank() == 0) {
    const std::size_t shards = cut_.shards();
    have_.assign(options_.size() * shards, '0');
    have_figures_.assign(options_.size(), '0');
    std::string weeks = have_;
    Steps steps(how_, "taking up", "shards", have_.size());
    parallel_for(have_.size(), how_.threads, [&](std::size_t i) {
      steps.done_one();
      const std::size_t s = i % shards;
      if (!parts_.has_results(i / shards, s, cut_.count(s))) return;
      have_[i] = '1';
      if (parts_.has_weeks(i / shards, s, cut_.count(s))) weeks[i] = '1';
    });
    for (std::size_t o = 0; o < options_.size(); ++o) {
      const bool whole = have_.substr(o * shards, shards).find('0') == std::string::npos;
      if (whole && parts_.has_figures(o)) have_figures_[o] = '1';
      for (std::size_t s = 0; s < shards; ++s) {  // weeks are spared where nobody asks again
        const bool spare = have_figures_[o] == '1' && cut_.first(s) >= about_.trajectories;
        if (weeks[o * shards + s] == '0' && !spare) have_[o * shards + s] = '0';
      }
    }
  }
  have_ = team_.tell(have_);
  have_figures_ = team_.tell(have_figures_);
  for (std::size_t i = 0; i < have_.size(); ++i) {
    if (have_[i] == '1') kept_ += cut_.count(i % cut_.shards());
  }
}

void Player::play_option(std::size_t option) {
  std::vector<Task> tasks;
  std::size_t missing = 0;
  for (std::size_t s = 0; s < cut_.shards(); ++s) {
    if (have_[option * cut_.shards() + s] == '1' || !mine(missing++)) continue;
    for (std::size_t at = 0; at < cut_.count(s); at += block_futures) {
      tasks.push_back({s, (cut_.first(s) + at) / block_futures});
    }
  }
  const auto used =
      parallel_for(tasks.size(), how_.threads, [&](std::size_t t) { block(option, tasks[t]); });
  if (!tasks.empty()) threads_used_ = std::max(threads_used_, used);
}

template <class Use>
void Player::with_first_state(std::size_t b, const Use& use) {
  if (starts_[b]) return use(*starts_[b]);
  std::unique_ptr<const FirstState> state = engine_->start(b);
  use(*state);
  if (options_.size() > 1 && state->bytes() * starts_.size() <= most_kept_bytes)
    starts_[b] = std::move(state);
}

void Player::block(std::size_t option, Task task) {
  if (how_.cancelled && how_.cancelled()) throw Cancelled();
  const std::size_t count = cut_.count(task.shard);
  Filling* filling = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    auto& place = filling_[task.shard];
    if (!place) {
      const std::size_t blocks = (count + block_futures - 1) / block_futures;
      place = std::make_unique<Filling>(Filling{parts_.room(option == 0, count), blocks});
    }
    filling = place.get();
  }
  const std::size_t at = task.block * block_futures - cut_.first(task.shard);
  const std::size_t futures = std::min(block_futures, count - at);
  Run run = room_for_run();
  with_first_state(task.block, [&](const FirstState& state) {
    if (option == 0) keep_start(filling->shard, state, task.block, at, futures);
    engine_->run(state, options_[option], task.block, run);
    keep_run(filling->shard, run, at, futures);
  });
  std::unique_ptr<Filling> full;
  {
    const std::scoped_lock lock(mutex_);
    filling->shard.clamps += run.clamps.clamped;
    filling->shard.updates += run.clamps.updates;
    spare_.push_back(std::move(run));
    if (--filling->blocks_left == 0) {
      full = std::move(filling_[task.shard]);
      filling_.erase(task.shard);
    }
  }
  if (full) parts_.put(option, task.shard, std::move(full->shard));
  tell_progress(futures);
}

/// One that another block has left, its memory still warm.
Run Player::room_for_run() {
  const std::scoped_lock lock(mutex_);
  if (spare_.empty()) return {};
  Run out = std::move(spare_.back());
  spare_.pop_back();
  return out;
}

void Player::keep_start(Shard& shard, const FirstState& state, std::size_t block, std::size_t at,
                        std::size_t count) {
  const std::size_t futures = shard.knob.size() / parts_.sizes().knobs;
  for (std::size_t lane = 0; lane < count; ++lane) {
    for (std::size_t k = 0; k < parts_.sizes().knobs; ++k) {
      shard.knob[k * futures + at + lane] = state.knob(k, lane);
    }
    const auto truth = engine_->truth(static_cast<std::uint32_t>(block * block_futures + lane));
    for (std::size_t h = 0; h < truth.size(); ++h) {
      shard.truth[h * futures + at + lane] = static_cast<std::uint8_t>(truth[h]);
    }
  }
}

void Player::take_figures(std::size_t option) {
  const Taking taking{parts_, cut_, about_, option};
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < taking.rows(); ++r) {
    if (mine(r)) rows.push_back(r);
  }
  std::vector<Figures> cells(parts_.rows());
  Steps steps(how_, "summing up", "series", rows.size());
  parallel_for(rows.size(), how_.threads, [&](std::size_t i) {
    taking.take(rows[i], cells);
    steps.done_one();
  });
  std::string own;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (!mine(taking.row_of(c))) continue;
    own.append(reinterpret_cast<const char*>(&cells[c]), sizeof(Figures));  // plain floats
  }
  const std::vector<std::string> all = team_.collect(own);
  if (team_.rank() != 0) return;
  std::vector<std::size_t> at(team_.size(), 0);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::size_t rank = taking.row_of(c) % team_.size();
    std::memcpy(&cells[c], all[rank].data() + at[rank], sizeof(Figures));
    at[rank] += sizeof(Figures);
  }
  parts_.put_figures(option, cells);
  for (std::size_t s = 0; s < cut_.shards(); ++s) {
    if (cut_.first(s) >= about_.trajectories) parts_.drop_weeks(option, s);
  }
}

void Player::tell_progress(std::size_t futures) {
  const std::scoped_lock lock(mutex_);
  played_ += futures;
  if (!how_.progress) return;
  const std::size_t total = cut_.futures * options_.size();
  how_.progress({std::min(total, kept_ + played_ * team_.size()), total, kept_});
}

}  // namespace casus::ensemble
