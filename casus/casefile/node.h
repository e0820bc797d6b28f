// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// The tree both readers (YAML, JSON Lines) build: every value with the place it stands at.
namespace casus::casefile {

struct Document;

struct Node {
  enum class Kind : std::uint8_t { null, plain, text, sequence, map };
  Kind kind = Kind::null;
  std::string text;                ///< of a scalar: `plain` is bare, `text` was quoted
  std::size_t line = 0;            ///< 0-based
  std::size_t column = 0;          ///< 0-based, in bytes
  std::vector<Node> keys;          ///< map: the keys
  std::vector<Node> items;         ///< map: the values; sequence: the items
  const Document* from = nullptr;  ///< the file it stands in, where that is not its parent's

  [[nodiscard]] bool scalar() const { return kind == Kind::plain || kind == Kind::text; }
};

/// One file: its text, its tree and where its lines start.
struct Document {
  std::string file;  ///< as the user named it
  std::string text;
  std::vector<std::size_t> line_starts;
  Node root;
  bool json = false;

  void split_lines();
  /// The line (0-based) without its end; empty beyond the last.
  [[nodiscard]] std::string_view line(std::size_t number) const;
};

/// `own` laid over `beneath`, both mappings: what `own` names stands in place of what was there.
/// Mappings are laid over one another likewise; a quantity, shares that add up to one (`at`) and a
/// list are replaced whole. Every part remembers the file it was read from.
[[nodiscard]] Node laid_over(const Node& own, const Document& own_file, const Node& beneath,
                             const Document& beneath_file);

/// Refused beyond these, so that a wrong file neither fills the memory nor the stack.
inline constexpr std::size_t largest_file = 64'000'000;
inline constexpr int deepest_nesting = 100;

}  // namespace casus::casefile
