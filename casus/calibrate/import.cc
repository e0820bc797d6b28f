// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "casus/calibrate/csv.h"

namespace casus::calibrate {
namespace {

constexpr int week_days = 7;
constexpr int stale_page = 45;  ///< days between pages of a list beyond which nothing is read in

struct Reading {
  double value = missing;
  bool exact = false;
};

/// A total at a day, read between its neighbours if need be.
Reading total_at(const std::map<Date, double>& days, Date day, int longest_gap) {
  const auto after = days.lower_bound(day);
  if (after == days.end()) return {};
  if (after->first == day) return {after->second, true};
  if (after == days.begin()) return {};
  const auto before = std::prev(after);
  const int gap = after->first - before->first;
  if (gap > longest_gap) return {};
  const double part = static_cast<double>(day - before->first) / gap;
  return {before->second + part * (after->second - before->second), false};
}

WeeklyTable empty_table(Date first, Date end) {
  WeeklyTable out;
  out.first = first;
  out.weeks = end > first ? static_cast<std::size_t>((end - first) / week_days) : 0;
  out.flag.resize(out.weeks);
  return out;
}

void add_flag(std::string& flag, const std::string& token) {
  if (flag.find(token) != std::string::npos) return;
  flag += (flag.empty() ? "" : ";") + token;
}

std::string column_name(std::string text) {
  for (char& c : text) {
    const auto u = static_cast<unsigned char>(c);
    c = std::isalnum(u) != 0 ? static_cast<char>(std::tolower(u)) : '_';
  }
  return text;
}

/// Type names carry stray line breaks.
std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space || (!out.empty() && out.back() != ' ')) out += space ? ' ' : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Takes out single days on which a total stands more than a twentieth below, or above, both its
/// neighbours: slips of the pen in the list.
void drop_slips(std::map<Date, double>& days, std::set<Date>& dropped) {
  constexpr double slip = 0.05;
  for (auto at = days.begin(); at != days.end();) {
    const auto next = std::next(at);
    if (at == days.begin() || next == days.end()) {
      at = next;
      continue;
    }
    const double low = std::min(std::prev(at)->second, next->second);
    const double high = std::max(std::prev(at)->second, next->second);
    if (at->second < (1.0 - slip) * low || at->second > (1.0 + slip) * high) {
      dropped.insert(at->first);
      days.erase(at);
    }
    at = next;
  }
}

/// Adds up what the types of one side have grown by, each since its own first row: what it stood at
/// then was not lost on that day. A figure holds until the next day on which it changed.
void add_up(const std::map<std::string, Totals>& types, Totals& sum) {
  std::set<Date> days;
  for (const auto& [what, totals] : types) {
    for (const auto& [name, at] : totals) {
      for (const auto& [when, x] : at) days.insert(when);
    }
  }
  for (const auto& [what, totals] : types) {
    for (const auto& [name, at] : totals) {
      for (const Date when : days) {
        const auto next = at.upper_bound(when);
        sum[name][when] += next == at.begin() ? 0.0 : std::prev(next)->second - at.begin()->second;
      }
    }
  }
}

}  // namespace

double total_on(const std::map<Date, double>& days, Date day, int longest_gap) {
  return total_at(days, day, longest_gap).value;
}

WeeklyTable weekly_changes(const Totals& totals, int longest_gap) {
  std::optional<Date> first, last;
  for (const auto& [name, days] : totals) {
    if (days.empty()) continue;
    first = first ? std::min(*first, days.begin()->first) : days.begin()->first;
    last = last ? std::max(*last, days.rbegin()->first) : days.rbegin()->first;
  }
  if (!first) return {};
  const Date monday = first->plus(week_days - 1).monday();
  WeeklyTable out = empty_table(monday, last->monday());
  for (const auto& [name, days] : totals) {
    auto& values = out.column[name];
    for (std::size_t w = 0; w < out.weeks; ++w) {
      const Reading start = total_at(days, out.monday(w), longest_gap);
      const Reading end = total_at(days, out.monday(w).plus(week_days), longest_gap);
      values.push_back(end.value - start.value);
      if (!std::isfinite(values.back())) continue;
      if (!start.exact) add_flag(out.flag[w], "start_edge_interpolated");
      if (!end.exact) add_flag(out.flag[w], "end_edge_interpolated");
    }
  }
  return out;
}

WeeklyTable import_oryx(const std::filesystem::path& file) {
  CsvReader csv(file);
  const auto need = [&](const char* name) {
    const auto found = csv.column(name);
    if (!found)
      csv.tell(csv.header_line, {}, fmt::format("no column '{}'", name),
               "the list by days has country, equipment_type, date_recorded, destroyed, captured, "
               "damaged and abandoned");
    return found.value_or(0);
  };
  const std::size_t country = need("country");
  const std::size_t type = need("equipment_type");
  const std::size_t day = need("date_recorded");
  constexpr std::array<const char*, 4> fates = {"destroyed", "captured", "damaged", "abandoned"};
  std::array<std::size_t, 4> fate{};
  for (std::size_t f = 0; f < fates.size(); ++f) fate[f] = need(fates[f]);
  csv.refuse_if_wrong();
  std::map<std::string, std::map<std::string, Totals>> by_side;  // by country, then type
  while (const auto row = csv.next()) {
    const std::string what = one_line((*row)[type].text);
    if (what.starts_with("Losses ")) continue;  // a heading: part of the total once more
    const auto when = parse_date((*row)[day].text);
    if (!when) {
      csv.tell(csv.line(), (*row)[day], "a date is wanted", "write it as YYYY-MM-DD");
      continue;
    }
    const std::string side = column_name((*row)[country].text);
    for (std::size_t f = 0; f < fates.size(); ++f)
      by_side[side][what][side + "_" + fates[f]][*when] = csv.number((*row)[fate[f]]);
  }
  csv.refuse_if_wrong();
  Totals sum;
  std::set<Date> dropped;
  for (auto& [side, types] : by_side) {
    const auto whole = types.find("All Types");
    if (whole == types.end()) {
      add_up(types, sum);
      continue;
    }
    for (auto& [name, days] : whole->second) {
      drop_slips(days, dropped);
      sum[name] = std::move(days);
    }
  }
  WeeklyTable out = weekly_changes(sum, stale_page);
  for (const Date when : dropped) {
    const auto w = (when - out.first) / week_days;
    if (when >= out.first && w < static_cast<int>(out.weeks))
      add_flag(out.flag[static_cast<std::size_t>(w)], "slip_dropped:" + to_string(when));
  }
  return out;
}

namespace {

struct Event {
  Date day;
  std::array<double, 3> deaths{};
};

struct Events {
  std::vector<Event> known;
  std::vector<Date> drawn_out;    ///< first days of events longer than a week
  std::set<std::string> counted;  ///< ids
};

void add_events(const std::filesystem::path& file, const std::string& country, Events& events) {
  CsvReader csv(file);
  constexpr std::array<const char*, 7> wanted = {"date_start", "date_end", "best", "low",
                                                 "high",       "country",  "id"};
  std::array<std::size_t, 7> at{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = csv.column(wanted[i]);
    if (!found)
      csv.tell(csv.header_line, {}, fmt::format("no column '{}'", wanted[i]),
               "a UCDP file of events has it");
    at[i] = found.value_or(0);
  }
  csv.refuse_if_wrong();
  while (const auto row = csv.next()) {
    if (!country.empty() && (*row)[at[5]].text != country) continue;
    if (!events.counted.insert((*row)[at[6]].text).second) continue;
    // UCDP writes a time after the day.
    const auto from = parse_date((*row)[at[0]].text.substr(0, 10));
    const auto to = parse_date((*row)[at[1]].text.substr(0, 10));
    if (!from || !to) {
      csv.tell(csv.line(), (*row)[from ? at[1] : at[0]], "a date is wanted",
               "write it as YYYY-MM-DD");
      continue;
    }
    const Event e{
        *from, {csv.number((*row)[at[2]]), csv.number((*row)[at[3]]), csv.number((*row)[at[4]])}};
    if (*to - *from <= week_days) {
      events.known.push_back(e);
    } else {
      events.drawn_out.push_back(*from);
    }
  }
  csv.refuse_if_wrong();
}

}  // namespace

WeeklyTable import_events(std::span<const std::filesystem::path> files,
                          const std::string& country) {
  Events found;
  for (const auto& file : files) add_events(file, country, found);
  const std::vector<Event>& events = found.known;
  if (events.empty())
    throw CaseError({{files.empty() ? "" : files.front().string(), 0, 0, "no event is left", "", 1,
                      "look at the name of the country"}});
  const auto order = [](const Event& a, const Event& b) { return a.day < b.day; };
  const auto [low, high] = std::ranges::minmax_element(events, order);
  WeeklyTable out = empty_table(low->day.monday(), high->day.monday().plus(week_days));
  for (const char* name : {"events", "deaths_best", "deaths_low", "deaths_high"})
    out.column[name].assign(out.weeks, 0.0);
  for (const Event& e : events) {
    const auto w = static_cast<std::size_t>((e.day - out.first) / week_days);
    out.column["events"][w] += 1.0;
    out.column["deaths_best"][w] += e.deaths[0];
    out.column["deaths_low"][w] += e.deaths[1];
    out.column["deaths_high"][w] += e.deaths[2];
  }
  std::map<std::size_t, int> left_out;
  for (const Date day : found.drawn_out) {
    const int w = (day - out.first) / week_days;
    if (day >= out.first && w < static_cast<int>(out.weeks))
      ++left_out[static_cast<std::size_t>(w)];
  }
  for (const auto& [w, n] : left_out) add_flag(out.flag[w], fmt::format("left_out:{}", n));
  return out;
}

namespace {

/// Columns that hold a number somewhere; the others are text.
std::set<std::size_t> numeric_columns(const std::filesystem::path& file) {
  CsvReader csv(file);
  std::set<std::size_t> out;
  while (const auto row = csv.next()) {
    for (std::size_t i = 0; i < row->size(); ++i) {
      const std::string& text = (*row)[i].text;
      double x = 0.0;
      const auto end = text.data() + text.size();
      if (const auto got = std::from_chars(text.data(), end, x);
          got.ec == std::errc() && got.ptr == end)
        out.insert(i);
    }
  }
  return out;
}

}  // namespace

WeeklyTable import_series(const std::filesystem::path& file, bool running) {
  const std::set<std::size_t> numeric = numeric_columns(file);
  CsvReader csv(file);
  std::optional<std::size_t> day;
  Totals days;
  while (const auto row = csv.next()) {
    for (std::size_t i = 0; !day && i < row->size(); ++i) {
      if (parse_date((*row)[i].text)) day = i;
    }
    const auto when = day ? parse_date((*row)[*day].text) : std::nullopt;
    if (!when) {
      csv.tell(csv.line(), day ? (*row)[*day] : Cell{}, "a date is wanted",
               "write it as YYYY-MM-DD");
      continue;
    }
    for (std::size_t i = 0; i < row->size(); ++i) {
      if (i == *day || (*row)[i].text.empty() || !numeric.contains(i)) continue;
      const double x = csv.number((*row)[i], "leave the cell empty if nothing is known");
      auto& values = days[column_name(csv.header[i].text)];
      if (running) {
        values[*when] = x;
      } else {
        values[when->monday()] += x;
      }
    }
  }
  if (days.empty()) csv.tell(csv.header_line, {}, "no column of numbers beside a date", "");
  csv.refuse_if_wrong();
  if (running) return weekly_changes(days, week_days);
  Date first = days.begin()->second.begin()->first;
  Date last = first;
  for (const auto& [name, values] : days) {
    first = std::min(first, values.begin()->first);
    last = std::max(last, values.rbegin()->first);
  }
  WeeklyTable out = empty_table(first, last.plus(week_days));
  for (const auto& [name, values] : days) {
    auto& to = out.column[name];
    to.assign(out.weeks, missing);
    for (const auto& [monday, x] : values)
      to[static_cast<std::size_t>((monday - first) / week_days)] = x;
  }
  return out;
}

std::string to_csv(const WeeklyTable& table) {
  std::string out = "week_start";
  for (const auto& [name, values] : table.column) out += "," + name;
  out += ",flag\n";
  for (std::size_t w = 0; w < table.weeks; ++w) {
    out += to_string(table.monday(w));
    for (const auto& [name, values] : table.column) {
      out += ",";
      if (std::isfinite(values[w]))
        out += fmt::format("{:.10g}", std::round(values[w] * 1e6) / 1e6 + 0.0);
    }
    const bool nothing = std::ranges::none_of(
        table.column, [&](const auto& column) { return std::isfinite(column.second[w]); });
    const std::string& flag = table.flag[w];
    out += "," +
           (!flag.empty() ? flag
            : nothing     ? std::string("no_data")
                          : std::string("ok")) +
           "\n";
  }
  return out;
}

}  // namespace casus::calibrate
