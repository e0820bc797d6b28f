// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace casus::casefile {
namespace {

constexpr std::size_t most_kept = 10'000;
constexpr std::size_t longest_word_compared = 100;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// How many bytes of the line a value takes, as far as one can see from its text.
std::size_t width_of(const Document& document, const Node& node) {
  const Node* shown = &node;
  if (node.kind == Node::Kind::map && !node.keys.empty() && !document.json) {
    if (node.keys.front().line == node.line && node.keys.front().column == node.column) {
      shown = &node.keys.front();
    }
  }
  if (!shown->scalar()) return 1;
  const std::string_view line = document.line(shown->line);
  if (shown->column >= line.size()) return 1;
  const std::string_view rest = line.substr(shown->column);
  if (shown->kind == Node::Kind::plain) {
    const auto same =
        std::mismatch(rest.begin(), rest.end(), shown->text.begin(), shown->text.end());
    return std::max<std::size_t>(1, static_cast<std::size_t>(same.first - rest.begin()));
  }
  const char quote = rest.front();
  if (quote != '"' && quote != '\'') return 1;
  std::size_t end = 1;
  while (end < rest.size() && rest[end] != quote) end += quote == '"' && rest[end] == '\\' ? 2 : 1;
  return std::min(end + 1, rest.size());
}

}  // namespace

void Document::split_lines() {
  line_starts.assign(1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts.push_back(i + 1);
  }
}

std::string_view Document::line(std::size_t number) const {
  if (number >= line_starts.size()) return {};
  const std::size_t begin = line_starts[number];
  std::size_t end = number + 1 < line_starts.size() ? line_starts[number + 1] - 1 : text.size();
  if (end > begin && text[end - 1] == '\r') --end;
  return std::string_view(text).substr(begin, end - begin);
}

void Problems::tell(const Document& document, const Node& at, std::string message,
                    std::string hint) {
  tell_at(document, at.line, at.column, width_of(document, at), std::move(message),
          std::move(hint));
}

void Problems::tell_at(const Document& document, std::size_t line, std::size_t column,
                       std::size_t width, std::string message, std::string hint) {
  const std::string_view shown = document.line(line);
  const std::size_t begin = std::min(column, shown.size());
  const std::string_view marked = shown.substr(begin, width);
  Problem problem;
  problem.file = document.file;
  problem.line = static_cast<int>(line) + 1;
  problem.column = static_cast<int>(characters(shown.substr(0, begin))) + 1;
  problem.width = std::max(1, static_cast<int>(characters(marked)));
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  problem.excerpt = shown;
  keep(std::move(problem));
}

void Problems::tell_file(std::string file, std::string message, std::string hint) {
  Problem problem;
  problem.file = std::move(file);
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  keep(std::move(problem));
}

void Problems::keep(Problem problem) {
  ++count_;
  if (kept_.size() < most_kept) kept_.push_back(std::move(problem));
}

std::vector<Problem> Problems::take() {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  if (count_ > most_told) {
    Problem more;
    more.file = kept_.front().file;
    more.message = fmt::format("and {} more problems", count_ - most_told);
    more.hint = fmt::format("only the first {} are told; mend these and check again", most_told);
    kept_.resize(most_told);
    kept_.push_back(std::move(more));
  }
  count_ = 0;
  return std::move(kept_);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, longest_word_compared);
  b = b.substr(0, longest_word_compared);
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words) {
  std::string_view best;
  if (word.size() < 2) return best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : words) {
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (std::max(word.size(), candidate.size()) - shorter >= least) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  std::string line(text.substr(0, text.find_first_of("\r\n")));
  if (line.size() <= bytes && line.size() == text.size()) return line;
  std::size_t end = std::min(bytes, line.size());
  while (end > 0 && end < line.size() && continues(line[end])) --end;
  return line.substr(0, end) + "…";
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

}  // namespace casus::casefile
