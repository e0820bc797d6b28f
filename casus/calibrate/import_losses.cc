// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "casus/calibrate/import.h"
#include "casus/casefile/fields.h"
#include "casus/casefile/file_text.h"
#include "casus/casefile/yaml_reader.h"

namespace casus::calibrate {
namespace {

using casefile::Document;
using casefile::Node;
using casefile::Problems;

constexpr int longest_gap = 3;  ///< days between reports that are read across

struct Key {
  const char* published;
  const char* column;
};

// Lorries and fuel trucks stood apart until 30 April 2022: their sum is `vehicles`.
constexpr std::array<Key, 12> keys = {{{"personnel", "personnel"},
                                       {"tank", "tank"},
                                       {"APC", "apc"},
                                       {"field artillery", "artillery"},
                                       {"MRL", "mrl"},
                                       {"anti-aircraft warfare", "aa"},
                                       {"aircraft", "aircraft"},
                                       {"helicopter", "helicopter"},
                                       {"drone", "drones"},
                                       {"vehicles and fuel tanks", "vehicles"},
                                       {"military auto", "vehicles"},
                                       {"fuel tank", "vehicles"}}};

/// One file of records: every known key of every day, places told where something is wrong.
class Records {
 public:
  Records(const std::filesystem::path& path, Problems& problems) : problems_(problems) {
    document_.file = path.string();
    document_.json = true;
    // JSON is read as the YAML it also is: that reader keeps the place of every value.
    const bool read = casefile::read_text(path, document_.file, problems, document_.text) &&
                      casefile::sound_text(document_, problems);
    if (!read) return;
    document_.split_lines();
    if (!casefile::read_yaml(document_, problems)) return;
    if (document_.root.kind != Node::Kind::sequence) {
      problems.tell(document_, document_.root, "a list of records is wanted",
                    "[{\"date\": \"2022-02-25\", \"tank\": 80}, ...]");
      return;
    }
    for (const Node& record : document_.root.items) add(record);
  }

  std::map<Date, std::map<std::string, double>> days;
  std::set<Date> floors;        ///< days whose persons are "more" than the figure
  std::map<Date, int> war_day;  ///< of the record's own counting, 1 the first of the war

 private:
  void add(const Node& record) {
    if (record.kind != Node::Kind::map) {
      problems_.tell(document_, record, "a record is an object with a date", "");
      return;
    }
    std::optional<Date> day;
    for (std::size_t i = 0; i < record.keys.size(); ++i) {
      if (record.keys[i].text == "date") day = parse_date(record.items[i].text);
    }
    if (!day) {
      problems_.tell(document_, record, "the record has no date", "\"date\": \"YYYY-MM-DD\"");
      return;
    }
    if (days.contains(*day)) {
      problems_.tell(document_, record, fmt::format("the day {} comes twice", to_string(*day)),
                     "leave one out");
      return;
    }
    auto& values = days[*day];
    for (std::size_t i = 0; i < record.keys.size(); ++i) {
      const std::string& name = record.keys[i].text;
      const std::string& text = record.items[i].text;
      for (const Key& key : keys) {
        if (name == key.published) values[key.column] += losses(record.items[i]);
      }
      if (name == "personnel*" && text == "more") floors.insert(*day);
      if (name == "day") std::from_chars(text.data(), text.data() + text.size(), war_day[*day]);
    }
  }

  double losses(const Node& node) {
    return casefile::read_number(problems_, {&document_, &node}, "a count of losses", {})
        .value_or(0.0);
  }

  Problems& problems_;
  Document document_;
};

double step_at(const std::map<Date, double>& totals, Date day) {
  const auto now = totals.find(day);
  if (now == totals.end() || now == totals.begin()) return 0.0;
  return now->second - std::prev(now)->second;
}

/// The day in whose step a correction stands: its own, or the next if only that one holds it.
Date day_of(const Totals& totals, Date day, const std::map<std::string, double>& correction) {
  std::string largest;
  for (const auto& [column, n] : correction) {
    if (largest.empty() || std::fabs(n) > std::fabs(correction.at(largest))) largest = column;
  }
  if (largest.empty() || !totals.contains(largest)) return day;
  const double n = correction.at(largest);
  const auto holds = [&](Date d) {
    const double step = step_at(totals.at(largest), d);
    return n > 0 ? step >= n : step <= n;
  };
  return !holds(day) && holds(day.plus(1)) ? day.plus(1) : day;
}

void add_flag(std::string& flag, const std::string& token) {
  flag += (flag.empty() ? "" : ";") + token;
}

/// Puts the week the war began in before a table whose totals count from its first days: what they
/// stood at by the first Monday.
void add_first_week(WeeklyTable& table, const Totals& totals) {
  for (auto& [name, values] : table.column) {
    const auto& days = totals.at(name);
    const bool from_start =
        !days.empty() && days.begin()->first < table.first && table.first - days.begin()->first < 7;
    values.insert(values.begin(), from_start ? total_on(days, table.first, longest_gap) : missing);
  }
  table.flag.insert(table.flag.begin(), "partial_week");
  table.first = table.first.plus(-7);
  ++table.weeks;
}

/// A week that ends on a figure the source itself calls a floor says too little, the week after the
/// last of them too much.
void flag_floors(WeeklyTable& table, const std::set<Date>& floors) {
  for (std::size_t w = 0; w < table.weeks; ++w) {
    if (floors.contains(table.monday(w).plus(7))) {
      add_flag(table.flag[w], "coarse:personnel");
    } else if (floors.contains(table.monday(w))) {
      add_flag(table.flag[w], "catch_up:personnel");
    }
  }
}

}  // namespace

WeeklyTable import_losses(std::span<const std::filesystem::path> files,
                          std::span<const std::filesystem::path> corrections) {
  Problems problems;
  Totals totals;
  std::set<Date> floors;
  bool from_start = false;
  for (const auto& file : files) {
    const Records records(file, problems);
    for (const auto& [day, values] : records.days) {
      for (const auto& [column, x] : values) totals[column][day] = x;
    }
    floors.insert(records.floors.begin(), records.floors.end());
    const auto first = records.war_day.begin();
    from_start |= first != records.war_day.end() && first->first == records.days.begin()->first &&
                  first->second >= 1 && first->second <= 7;
  }
  std::map<Date, std::string> restated;
  for (const auto& file : corrections) {
    const Records records(file, problems);
    for (const auto& [told, values] : records.days) {
      const Date day = day_of(totals, told, values);
      for (const auto& [column, n] : values) {
        if (n == 0.0 || !totals.contains(column)) continue;
        for (auto& [when, x] : totals[column]) x -= when >= day ? n : 0.0;
        auto& flag = restated[day];
        flag += fmt::format("{}{}{:+g}", flag.empty() ? "restated:" : " ", column, n);
      }
    }
  }
  if (!problems.none()) throw CaseError(problems.take());
  WeeklyTable out = weekly_changes(totals, longest_gap);
  if (from_start && out.weeks > 0) add_first_week(out, totals);
  flag_floors(out, floors);
  for (const auto& [day, text] : restated) {
    // A report of a morning tells of the day before.
    const int week = (day.plus(-1).monday() - out.first) / 7;
    if (week < 0 || week >= static_cast<int>(out.weeks)) continue;
    add_flag(out.flag[static_cast<std::size_t>(week)], text);
  }
  return out;
}

}  // namespace casus::calibrate
