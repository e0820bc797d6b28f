// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "casus/casefile/file_text.h"

namespace casus::calibrate {

CsvReader::CsvReader(const std::filesystem::path& file) {
  document_.file = file.string();
  const bool sound = casefile::read_text(file, document_.file, problems, document_.text) &&
                     casefile::sound_text(document_, problems);
  if (!sound) throw CaseError(problems.take());
  document_.split_lines();
  if (auto first = row()) {
    header = std::move(*first);
    header_line = row_line_;
  } else {
    problems.tell_file(document_.file, "the file is empty", "the first line names the columns");
    throw CaseError(problems.take());
  }
}

Cell CsvReader::field() {
  const std::string& text = document_.text;
  Cell cell;
  cell.column = at_ - line_start_;
  const std::size_t begin = at_;
  const bool quoted = at_ < text.size() && text[at_] == '"';
  const std::size_t opened = line_;
  if (quoted) {
    ++at_;
    for (;; ++at_) {
      if (at_ >= text.size()) {
        problems.tell_at(document_, opened, cell.column, 1, "this quote is never closed",
                         "end the field with a quote");
        break;
      }
      if (text[at_] == '"') {
        if (at_ + 1 < text.size() && text[at_ + 1] == '"') {
          ++at_;
        } else {
          ++at_;
          break;
        }
      }
      if (text[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
      cell.text += text[at_];
    }
  }
  while (at_ < text.size() && text[at_] != ',' && text[at_] != '\n' && text[at_] != '\r') {
    cell.text += text[at_++];
  }
  cell.width = std::max<std::size_t>(1, at_ - begin);
  if (!quoted) {
    const auto first = cell.text.find_first_not_of(" \t");
    const auto last = cell.text.find_last_not_of(" \t");
    cell.text = first == std::string::npos ? "" : cell.text.substr(first, last - first + 1);
  }
  return cell;
}

std::optional<std::vector<Cell>> CsvReader::row() {
  const std::string& text = document_.text;
  const auto end_line = [&] {
    if (at_ < text.size() && text[at_] == '\r') ++at_;
    if (at_ < text.size() && text[at_] == '\n') ++at_;
    ++line_;
    line_start_ = at_;
  };
  while (at_ < text.size() && (text[at_] == '\n' || text[at_] == '\r' || text[at_] == '#')) {
    if (text[at_] == '#') at_ = std::min(text.find('\n', at_), text.size());
    end_line();
  }
  if (at_ >= text.size()) return std::nullopt;
  row_line_ = line_;
  std::vector<Cell> cells;
  for (;;) {
    cells.push_back(field());
    if (at_ < text.size() && text[at_] == ',') {
      ++at_;
      continue;
    }
    end_line();
    return cells;
  }
}

std::optional<std::vector<Cell>> CsvReader::next() {
  while (auto cells = row()) {
    if (cells->size() == header.size()) return cells;
    problems.tell_at(document_, row_line_, 0, 1,
                     fmt::format("{} fields where the header has {}", cells->size(), header.size()),
                     "quote a field that holds a comma");
  }
  return std::nullopt;
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].text == name) return i;
  }
  return std::nullopt;
}

double CsvReader::number(const Cell& cell, std::string hint) {
  double x = 0.0;
  const char* end = cell.text.data() + cell.text.size();
  const auto got = std::from_chars(cell.text.data(), end, x);
  if (got.ec == std::errc() && got.ptr == end && std::isfinite(x)) return x;
  tell(row_line_, cell, "a number is wanted", std::move(hint));
  return 0.0;
}

void CsvReader::tell(std::size_t line, const Cell& at, std::string message, std::string hint) {
  problems.tell_at(document_, line, at.column, at.width, std::move(message), std::move(hint));
}

void CsvReader::refuse_if_wrong() {
  if (!problems.none()) throw CaseError(problems.take());
}

}  // namespace casus::calibrate
