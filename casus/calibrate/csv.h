// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/problems.h"

namespace casus::calibrate {

/// One field of a line and the byte column it starts at.
struct Cell {
  std::string text;
  std::size_t column = 0;
  std::size_t width = 1;  ///< bytes in the file, quotes included
};

/// Comma-separated values as RFC 4180 writes them: quoted fields may hold commas, quotes and line
/// breaks; a byte order mark, blank lines and CRLF are taken.
/// @throws IoError   the file is missing or unreadable.
/// @throws CaseError (from `refuse_if_wrong`) everything told so far.
class CsvReader {
 public:
  explicit CsvReader(const std::filesystem::path& file);

  std::vector<Cell> header;
  std::size_t header_line = 0;
  casefile::Problems problems;

  /// The next row with as many fields as the header; rows of another length are told and passed
  /// over.
  [[nodiscard]] std::optional<std::vector<Cell>> next();
  /// Line (0-based) at which the last row began.
  [[nodiscard]] std::size_t line() const { return row_line_; }
  /// Column of the header by name.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  /// A finite number of the last row; anything else is told and read as 0.
  [[nodiscard]] double number(const Cell& cell, std::string hint = "");
  void tell(std::size_t line, const Cell& at, std::string message, std::string hint);
  void refuse_if_wrong();

 private:
  [[nodiscard]] std::optional<std::vector<Cell>> row();
  Cell field();

  casefile::Document document_;
  std::size_t at_ = 0;          ///< byte
  std::size_t line_ = 0;        ///< 0-based
  std::size_t line_start_ = 0;  ///< byte
  std::size_t row_line_ = 0;
};

}  // namespace casus::calibrate
