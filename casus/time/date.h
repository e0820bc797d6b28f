// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

/// A day of the proleptic Gregorian calendar; belief moves by day.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::chrono::sys_days day) : day_(day) {}
  constexpr Date(int year, unsigned month, unsigned day)
      : day_(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) {}

  /// Days since 1970-01-01.
  [[nodiscard]] constexpr int days() const {
    return static_cast<int>(day_.time_since_epoch().count());
  }
  [[nodiscard]] constexpr std::chrono::sys_days sys() const { return day_; }
  [[nodiscard]] constexpr Date plus(int n) const { return Date(day_ + std::chrono::days(n)); }
  /// The Monday of the ISO week this day is in.
  [[nodiscard]] constexpr Date monday() const {
    const auto weekday = std::chrono::weekday(day_).iso_encoding();
    return plus(1 - static_cast<int>(weekday));
  }
  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr int operator-(Date a, Date b) { return a.days() - b.days(); }

 private:
  std::chrono::sys_days day_{};
};

/// Reads `YYYY-MM-DD` (years 1000 to 9999, a real day); anything else is nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// `2024-10-31`
[[nodiscard]] std::string to_string(Date date);

/// `31 October 2024`
[[nodiscard]] std::string long_form(Date date);

/// The clock of the futures of a case: week 0 is the ISO week that contains as-of + 1 day.
class WeekClock {
 public:
  constexpr explicit WeekClock(Date as_of) : first_(as_of.plus(1).monday()) {}
  [[nodiscard]] constexpr Date monday_of(int week) const { return first_.plus(7 * week); }
  [[nodiscard]] constexpr Date sunday_of(int week) const { return first_.plus(7 * week + 6); }
  /// The week a day is in; negative before week 0.
  [[nodiscard]] constexpr int week_of(Date day) const {
    const int d = day - first_;
    return d >= 0 ? d / 7 : -((6 - d) / 7);
  }

 private:
  Date first_;
};

}  // namespace casus
