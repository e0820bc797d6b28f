// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "casus/ensemble/engine.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/store.h"
#include "casus/ensemble/summary.h"

namespace casus::ensemble {

/// How a run is cut: futures go in shards, the unit that is kept and taken up again.
struct Cut {
  std::size_t futures = 0, shard = 0;

  [[nodiscard]] std::size_t shards() const { return (futures + shard - 1) / shard; }
  [[nodiscard]] std::size_t first(std::size_t s) const { return s * shard; }
  [[nodiscard]] std::size_t count(std::size_t s) const {
    return std::min(shard, futures - first(s));
  }
};

/// Sizes of a run's tables. What is known of a run before it is played stands in a `Futures` whose
/// tables are empty.
struct Sizes {
  std::size_t measures = 0, questions = 0, series = 0, weeks = 0, knobs = 0, hypotheses = 0;
  std::size_t signposts = 0;
};
[[nodiscard]] Sizes sizes_of(const Futures& described, const casefile::Case& given);

/// What the futures of one shard came to under one option; futures of one number stand together.
struct Shard {
  std::uint64_t clamps = 0, updates = 0;
  std::vector<float> outcome;       ///< [measure][future]
  std::vector<float> answer;        ///< [question][future]
  std::vector<float> turn;          ///< [signpost][future]
  std::vector<float> knob;          ///< [knob][future]; with the first option only
  std::vector<std::uint8_t> truth;  ///< [hypothesis][future]; with the first option only
  Numbers weekly;                   ///< [series][kept week][future]
};

/// Shards and the figures of options as parts of a store.
///
/// A shard is two parts: `weekly` goes when the option's figures are taken, unless its trajectories
/// are kept whole; the rest stays until the file is written.
class Parts {
 public:
  Parts(Store& store, Sizes sizes) : store_(store), sizes_(sizes) {}

  [[nodiscard]] const Sizes& sizes() const { return sizes_; }
  /// A shard to be filled by blocks of sixteen; its weeks hold whatever was there before.
  [[nodiscard]] Shard room(bool first_option, std::size_t futures) const;
  /// Keeps a shard; whoever finds its results finds its weeks.
  void put(std::size_t option, std::size_t shard, Shard made);
  [[nodiscard]] bool has_results(std::size_t option, std::size_t shard, std::size_t futures);
  [[nodiscard]] bool has_weeks(std::size_t option, std::size_t shard, std::size_t futures);
  /// A shard without its weeks.
  [[nodiscard]] Shard results(std::size_t option, std::size_t shard, std::size_t futures) const;
  /// One measure of a shard.
  void outcome(std::size_t option, std::size_t shard, std::size_t measure,
               std::span<float> to) const;
  /// Of a shard's weekly values those from number `first` on, in the order [series][week][future].
  void weeks(std::size_t option, std::size_t shard, std::size_t first, std::span<float> to) const;
  void drop_weeks(std::size_t option, std::size_t shard);

  /// Figures of [series][kept week], then of the measures.
  [[nodiscard]] std::size_t rows() const { return sizes_.series * sizes_.weeks + sizes_.measures; }
  [[nodiscard]] bool has_figures(std::size_t option);
  [[nodiscard]] std::vector<Figures> figures(std::size_t option) const;
  void put_figures(std::size_t option, const std::vector<Figures>& all);

 private:
  [[nodiscard]] Shard tables(bool first_option, std::size_t futures) const;
  [[nodiscard]] std::size_t results_bytes(std::size_t option, std::size_t futures) const;

  Store& store_;
  Sizes sizes_;
};

/// Moves a block's results into its place in a shard, from future `at` of the shard on.
void keep_run(Shard& shard, const Run& run, std::size_t at, std::size_t count);

}  // namespace casus::ensemble
