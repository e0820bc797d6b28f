// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "casus/ensemble/engine.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/shard.h"
#include "casus/ensemble/team.h"

namespace casus::ensemble {

/// Names and sizes of what `play` will give, its tables empty.
[[nodiscard]] Futures described(const casefile::Case& given, const intel::Belief& belief,
                                const PlayOptions& how);

/// @throws ModelError nothing is asked for, or what cannot be.
void check_play(const PlayOptions& how);

/// Futures of a shard: few enough that many threads have work, many enough that files are few.
[[nodiscard]] std::size_t fitting_shard(const PlayOptions& how);

/// Plays what a store lacks of a run: option by option, shard by shard, block by block.
class Player {
 public:
  /// @param about  what is to be played.
  Player(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& how,
         const Futures& about, Store& store, Team& team);
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// Plays all that is missing and takes the figures of every option.
  void play();
  /// Plays all that is missing; the figures wait.
  void play_futures();
  [[nodiscard]] std::size_t threads_used() const { return threads_used_; }
  /// Futures, times options, that lay in the store already.
  [[nodiscard]] std::size_t kept() const { return kept_; }

 private:
  struct Filling;
  struct Task {
    std::size_t shard, block;
  };

  void look();
  void play_option(std::size_t option);
  void block(std::size_t option, Task task);
  template <class Use>
  void with_first_state(std::size_t block, const Use& use);
  void keep_start(Shard& shard, const FirstState& state, std::size_t block, std::size_t at,
                  std::size_t count);
  [[nodiscard]] Run room_for_run();
  void take_figures(std::size_t option);
  [[nodiscard]] bool mine(std::size_t row) const { return row % team_.size() == team_.rank(); }
  void tell_progress(std::size_t futures);

  const PlayOptions& how_;
  const Futures& about_;
  Cut cut_;
  std::unique_ptr<const Engine> engine_;
  std::vector<casefile::OptionId> options_;
  Parts parts_;
  Team& team_;
  std::string have_;          ///< [option][shard]: '1' where it need not be played
  std::string have_figures_;  ///< [option]
  std::vector<std::unique_ptr<const FirstState>> starts_;
  std::mutex mutex_;
  std::map<std::size_t, std::unique_ptr<Filling>> filling_;  ///< by shard
  std::vector<Run> spare_;
  std::size_t played_ = 0, kept_ = 0, threads_used_ = 0;
};

}  // namespace casus::ensemble
