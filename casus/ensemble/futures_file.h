// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <system_error>
#include <vector>

#include "casus/ensemble/futures.h"
#include "casus/ensemble/layout.h"
#include "casus/ensemble/netcdf_file.h"
#include "casus/ensemble/shard.h"

namespace casus::ensemble {

/// `futures.nc` written piece by piece in the order of options and futures, so that no more than a
/// shard is held. Under its name it is there when `close` has returned, not before.
class FuturesFile {
 public:
  /// @param about  what the file holds, its tables empty.
  FuturesFile(const std::filesystem::path& path, const Futures& about, const casefile::Case& given,
              const FileOptions& how);
  FuturesFile(const FuturesFile&) = delete;
  FuturesFile& operator=(const FuturesFile&) = delete;

  void results(std::size_t option, std::size_t first, const Shard& shard);
  /// @param figures  as `Parts::figures` gives them.
  void figures(std::size_t option, const std::vector<Figures>& figures);
  /// @param weekly  [series][kept week][future]; the first `count` of its `futures` are kept whole.
  void trajectories(std::size_t option, std::size_t first, std::size_t count,
                    std::span<const float> weekly, std::size_t futures);
  void close();

 private:
  /// The three variables of a published variable, and those of the errors.
  struct Weekly {
    int whole = 0, mean = 0, mean_error = 0, quantile = 0, quantile_error = 0;
  };

  void describe(const casefile::Case& given);
  void coordinates(const casefile::Case& given);
  void tables();
  void figures_tables();
  Weekly weekly_tables(const Group& group);
  /// Fills [future][row] of one option from [row][future].
  template <class T>
  void turned(int table, std::size_t option, std::size_t first, const std::vector<T>& rows,
              std::size_t count);
  [[nodiscard]] int entity_table(const std::string& name, const Group& group,
                                 std::vector<int> dimensions, std::vector<std::size_t> chunk);

  /// Removes the half-written file, if it is still there, after it was closed.
  struct Part {
    std::filesystem::path path;
    ~Part() {
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
  };

  std::filesystem::path path_;
  Part part_;
  const Futures about_;
  FileOptions how_;
  NetcdfFile file_;
  Layout layout_;
  std::vector<int> axes_;
  std::vector<Weekly> weekly_;
  std::size_t hypotheses_ = 0;
  std::uint64_t clamps_ = 0, updates_ = 0;
  int option_ = 0, future_ = 0, week_ = 0, trajectory_ = 0, level_ = 0;
  int measure_ = 0, question_ = 0, signpost_ = 0, hypothesis_ = 0, knob_ = 0;
  int outcome_ = 0, answer_ = 0, turn_ = 0, knob_value_ = 0, truth_ = 0;
  int outcome_mean_ = 0, outcome_mean_error_ = 0, outcome_quantile_ = 0,
      outcome_quantile_error_ = 0;
};

}  // namespace casus::ensemble
