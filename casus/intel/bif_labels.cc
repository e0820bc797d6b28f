// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/bif_labels.h"

#include <algorithm>

#include "casus/intel/infer_text.h"

namespace casus::intel {

BifLabels::BifLabels(const std::vector<std::string>& states) {
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    sorted.emplace_back(states[i], i);
    if (states[i].find_first_of(",()|; \t/\"") != std::string::npos) simple = false;
  }
  std::sort(sorted.begin(), sorted.end());
}

std::optional<std::uint32_t> BifLabels::find(std::string_view label) const {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), std::pair{label, 0U});
  if (at == sorted.end() || at->first != label) return std::nullopt;
  return at->second;
}

std::vector<std::string_view> BifLabels::words() const {
  std::vector<std::string_view> all;
  for (const auto& entry : sorted) all.push_back(entry.first);
  return all;
}

std::vector<std::string> split_labels(std::string_view body, LabelStyle style) {
  std::vector<std::string> out;
  std::string current;
  bool is_quoted = false;
  const auto close = [&] {
    const auto label = is_quoted ? std::string_view(current) : trimmed(current);
    if (is_quoted || !label.empty()) out.emplace_back(label);
    current.clear();
    is_quoted = false;
  };
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '"') {
      const std::size_t end = body.find('"', i + 1);
      current = body.substr(i + 1, end - i - 1);
      is_quoted = true;
      i = end;
    } else if (c == ',' && (style != LabelStyle::commas_and_a_blank || i + 1 == body.size() ||
                            blank(body[i + 1]))) {
      close();
    } else if (blank(c) && style == LabelStyle::commas_and_blanks) {
      close();
    } else if (!(is_quoted && blank(c))) {
      if (is_quoted) close();
      current += c;
    }
  }
  close();
  return out;
}

}  // namespace casus::intel
