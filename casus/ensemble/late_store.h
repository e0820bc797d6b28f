// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "casus/ensemble/store.h"

namespace casus::ensemble {

/// How late parts may be written.
struct Lateness {
  double seconds = 10.0;                        ///< what a program that is killed loses at most
  std::size_t bytes = std::size_t{512} << 20U;  ///< that stay in memory, written or not
};

/// Keeps parts in memory and writes them to a store that outlives the program when they are old or
/// many: most are removed before that, and neither written nor read
/// (docs/decisions/0010-shards.md).
///
/// For one program alone: another sees what is written.
class LateStore final : public Store {
 public:
  LateStore(Store& behind, const Lateness& how) : behind_(behind), how_(how) {}
  /// Writes what is not yet written, as far as that can be done.
  ~LateStore() override;
  LateStore(const LateStore&) = delete;
  LateStore& operator=(const LateStore&) = delete;

  void put(const std::string& name, std::span<const std::byte> bytes) override;
  void give(const std::string& name, Numbers numbers) override;
  void read(const std::string& name, std::size_t offset, std::span<std::byte> to) const override;
  [[nodiscard]] bool sound(const std::string& name, std::size_t bytes) override;
  void remove(const std::string& name) override;
  /// All that is in memory is gone, written or not: nobody asks for it again.
  void forget();

 private:
  using Clock = std::chrono::steady_clock;
  struct Young {
    std::shared_ptr<Part> part;
    std::size_t turn = 0;
    Clock::time_point since;
    bool written = false;
    bool busy = false;     ///< somebody writes it
    bool leaving = false;  ///< and it goes then; no longer counted in `bytes_`
  };

  void keep(const std::string& name, Part part);
  [[nodiscard]] std::map<std::string, Young>::iterator due();
  void write_due();

  Store& behind_;
  Lateness how_;
  mutable std::mutex mutex_;
  std::map<std::string, Young> young_;
  std::size_t bytes_ = 0, turns_ = 0;
};

}  // namespace casus::ensemble
