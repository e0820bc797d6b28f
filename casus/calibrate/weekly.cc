// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/weekly.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "casus/calibrate/csv.h"

namespace casus::calibrate {
namespace {

constexpr int longest_table = 2000;  ///< weeks; a wrong date must not fill the memory

struct Row {
  Date week;
  std::size_t line = 0;
  std::vector<double> values;
  std::string flag;
};

class TableReader {
 public:
  explicit TableReader(const std::filesystem::path& file) : csv_(file) {}

  WeeklyTable read() {
    head();
    if (csv_.problems.none()) body();
    csv_.refuse_if_wrong();
    return table();
  }

 private:
  void head() {
    for (std::size_t i = 0; i < csv_.header.size(); ++i) {
      const std::string& name = csv_.header[i].text;
      if (name == "week_start") week_ = i;
      if (name == "flag") flag_ = i;
      if (name != "week_start" && name != "flag") numbers_.push_back(i);
    }
    if (!week_)
      csv_.tell(csv_.header_line, {}, "no column 'week_start'",
                "the first line names the columns; week_start holds Mondays");
  }

  void body() {
    while (const auto cells = csv_.next()) {
      Row row;
      row.line = csv_.line();
      const auto day = parse_date((*cells)[*week_].text);
      if (!day || day->monday() != *day) {
        csv_.tell(row.line, (*cells)[*week_],
                  day ? "week_start is no Monday" : "week_start is no date",
                  "write the Monday as YYYY-MM-DD");
        continue;
      }
      row.week = *day;
      for (const std::size_t i : numbers_) row.values.push_back(number((*cells)[i]));
      if (flag_) row.flag = (*cells)[*flag_].text;
      rows_.push_back(std::move(row));
    }
    if (rows_.empty() && csv_.problems.none())
      csv_.tell(csv_.header_line, {}, "the table has no weeks", "");
    std::ranges::stable_sort(rows_, {}, &Row::week);
    for (std::size_t i = 1; i < rows_.size(); ++i) {
      if (rows_[i].week == rows_[i - 1].week) {
        csv_.tell(rows_[i].line, {},
                  fmt::format("the week {} comes twice", to_string(rows_[i].week)),
                  fmt::format("it stands in line {} too", rows_[i - 1].line + 1));
      }
    }
    if (!rows_.empty() && (rows_.back().week - rows_.front().week) / 7 > longest_table) {
      csv_.tell(rows_.back().line, {}, "the weeks lie too far apart", "look for a slip in a year");
    }
  }

  double number(const Cell& cell) {
    for (const std::string_view unknown : {"", "NA", "nan", "NaN", "null"}) {
      if (cell.text == unknown) return missing;
    }
    return csv_.number(cell, "leave the cell empty if nothing is known");
  }

  WeeklyTable table() const {
    WeeklyTable out;
    out.first = rows_.front().week;
    out.weeks = static_cast<std::size_t>((rows_.back().week - out.first) / 7) + 1;
    out.flag.resize(out.weeks);
    for (std::size_t c = 0; c < numbers_.size(); ++c) {
      auto& to = out.column[csv_.header[numbers_[c]].text];
      to.assign(out.weeks, missing);
      for (const Row& row : rows_) to[at(row, out.first)] = row.values[c];
    }
    for (const Row& row : rows_) out.flag[at(row, out.first)] = row.flag;
    return out;
  }

  static std::size_t at(const Row& row, Date first) {
    return static_cast<std::size_t>((row.week - first) / 7);
  }

  CsvReader csv_;
  std::optional<std::size_t> week_, flag_;
  std::vector<std::size_t> numbers_;
  std::vector<Row> rows_;
};

void need(const WeeklyTable& table, const std::filesystem::path& file,
          std::initializer_list<const char*> columns) {
  casefile::Problems problems;
  for (const char* name : columns) {
    if (table.at(name).empty()) {
      problems.tell_file(file.string(), fmt::format("no column '{}'", name),
                         "the forecast needs it");
    }
  }
  if (!problems.none()) throw CaseError(problems.take());
}

}  // namespace

std::span<const double> WeeklyTable::at(const std::string& name) const {
  const auto found = column.find(name);
  if (found == column.end()) return {};
  return found->second;
}

WeeklyTable WeeklyTable::until(Date origin) const {
  WeeklyTable out = *this;
  const int rows = origin < first ? 0 : (origin - first) / 7 + 1;
  out.weeks = std::min(weeks, static_cast<std::size_t>(rows));
  out.flag.resize(out.weeks);
  for (auto& [name, values] : out.column) values.resize(out.weeks);
  return out;
}

WeeklyTable read_weekly(const std::filesystem::path& file) { return TableReader(file).read(); }

Weekly read_front(const std::filesystem::path& folder) {
  const auto losses = folder / "losses_weekly.csv";
  const auto territory = folder / "territory_weekly.csv";
  Weekly out{read_weekly(losses), read_weekly(territory)};
  need(out.losses, losses, {"personnel", "tank", "artillery"});
  return out;
}

}  // namespace casus::calibrate
