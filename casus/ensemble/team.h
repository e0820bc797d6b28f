// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace casus::ensemble {

/// The programs that play one run together, over a folder they all see (docs/running.md).
///
/// Who does what is a function of rank and size; what comes out is not.
class Team {
 public:
  virtual ~Team() = default;
  [[nodiscard]] virtual std::size_t rank() const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// Waits for all. @throws Cancelled a stop was asked for meanwhile.
  virtual void meet() = 0;
  /// What rank 0 says, to all.
  [[nodiscard]] virtual std::string tell(const std::string& by_first) = 0;
  /// What all say, by rank, to rank 0; empty elsewhere.
  [[nodiscard]] virtual std::vector<std::string> collect(const std::string& own) = 0;
};

/// One program alone.
class Alone final : public Team {
 public:
  [[nodiscard]] std::size_t rank() const override { return 0; }
  [[nodiscard]] std::size_t size() const override { return 1; }
  void meet() override {}
  [[nodiscard]] std::string tell(const std::string& by_first) override { return by_first; }
  [[nodiscard]] std::vector<std::string> collect(const std::string& own) override { return {own}; }
};

}  // namespace casus::ensemble
