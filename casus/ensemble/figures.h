// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <vector>

#include "casus/ensemble/futures.h"
#include "casus/ensemble/shard.h"

namespace casus::ensemble {

/// The figures of the first futures of an option, from the parts of its shards.
struct Taking {
  const Parts& parts;
  Cut cut;
  const Futures& about;  ///< names and sampling
  std::size_t option = 0;

  /// Series, then measures: what figures are taken of at a time.
  [[nodiscard]] std::size_t rows() const { return parts.sizes().series + parts.sizes().measures; }
  /// The row that a cell of `Parts::figures` belongs to.
  [[nodiscard]] std::size_t row_of(std::size_t cell) const;
  /// Takes the figures of one row into their cells. @throws InternalError a value is not finite.
  void take(std::size_t row, std::vector<Figures>& cells) const;
};

/// Tells and heeds on behalf of many threads: what `how.other` and `how.cancelled` are for.
class Steps {
 public:
  /// @param name  of the step. @param unit  what is counted. @param total  how many there are.
  Steps(const PlayOptions& how, std::string_view name, std::string_view unit, std::size_t total)
      : how_(&how), name_(name), unit_(unit), total_(total) {}
  /// One more is done. @throws Cancelled a stop was asked for.
  void done_one() {
    if (how_->cancelled && how_->cancelled()) throw Cancelled();
    if (!how_->other) return;
    const std::scoped_lock lock(mutex_);
    how_->other({name_, unit_, ++done_, total_});
  }

 private:
  const PlayOptions* how_;
  std::string_view name_, unit_;
  std::size_t done_ = 0, total_;
  std::mutex mutex_;
};

/// All figures of an option. @throws Cancelled as `how` says.
[[nodiscard]] std::vector<Figures> figures_of(const Taking& taking, const PlayOptions& how);

}  // namespace casus::ensemble
