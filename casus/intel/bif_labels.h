// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::intel {

/// The labels of a node, sorted, so that a row's label is found whatever characters it holds.
struct BifLabels {
  std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
  bool simple = true;  ///< none holds a character that ends a label in a row

  explicit BifLabels(const std::vector<std::string>& states);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view label) const;
  [[nodiscard]] std::vector<std::string_view> words() const;
};

/// Where a list of labels is cut.
enum class LabelStyle : std::uint8_t { commas, commas_and_a_blank, commas_and_blanks };

/// The labels of a list; quoted ones whole, the others without blanks at their ends.
[[nodiscard]] std::vector<std::string> split_labels(std::string_view body, LabelStyle style);

}  // namespace casus::intel
