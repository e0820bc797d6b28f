// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "casus/intel/infer_text.h"
#include "casus/intel/network.h"

namespace casus::intel {

/// Most cells of one node's table that a reader makes room for.
inline constexpr double largest_table = 134217728;

/// A network as a file tells it, node by node, with the places for what may be wrong with it.
class NetworkDraft {
 public:
  explicit NetworkDraft(Scanner& scanner) : scanner_(scanner) {}

  /// Declares a node; told if the name stands already.
  void declare(std::string_view name, std::vector<std::string> states, std::size_t offset);
  [[nodiscard]] bool has(std::string_view name) const { return index_.count(name) > 0; }
  /// The node of this name; told, with the nearest name, where there is none.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name, std::size_t offset);
  /// Says what `node` depends on; told if that was said before, or names a node twice.
  /// @returns false if the table that follows cannot be read.
  bool depend(std::uint32_t node, std::vector<std::uint32_t> parents, std::size_t offset);
  /// Cells of the table of `node`; fails beyond `largest_table`.
  [[nodiscard]] std::size_t cells(std::uint32_t node, std::size_t offset);
  [[nodiscard]] NetworkNode& node(std::uint32_t index) { return network_.nodes[index]; }
  [[nodiscard]] std::size_t size() const { return network_.nodes.size(); }
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// Divides every row by its sum; told where a row has no sum to divide by.
  void normalise(std::uint32_t node, std::size_t offset);
  /// The network, once every node has its table and none is its own ancestor.
  /// @throws CaseError with all problems kept.
  [[nodiscard]] Network finish();

 private:
  struct Place {
    std::size_t declared = 0;
    std::size_t told = 0;  ///< where its table stands
    bool has_table = false;
  };
  void tell_cycle();

  Scanner& scanner_;
  Network network_;
  std::vector<Place> places_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
};

/// A number of a table: finite and not negative, else told.
[[nodiscard]] bool sound_probability(Scanner& scanner, double value, std::size_t offset);

}  // namespace casus::intel
