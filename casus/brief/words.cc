// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "casus/casefile/handling.h"

namespace casus::brief {
namespace {

constexpr const char* minus = "\u2212";
constexpr const char* hard_space = "\u00a0";
constexpr const char* dash = "\u2013";

std::string with_commas(const std::string& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string unit_words(std::string_view unit) { return unit == "km2" ? "km\u00b2" : spoken(unit); }

std::string percent(double p) {
  if (p < 0.01) return std::string("<") + hard_space + "1" + hard_space + "%";
  if (p > 0.99) return std::string(">") + hard_space + "99" + hard_space + "%";
  return fmt::format("{:.0f}{}%", 100.0 * p, hard_space);
}

std::string percent_range(double low, double high) {
  const auto plain = [](double p) {
    if (p < 0.01) return std::string("0");
    return p > 0.99 ? std::string("100") : fmt::format("{:.0f}", 100.0 * p);
  };
  if (plain(low) == plain(high)) return plain(low) + hard_space + "%";
  return plain(low) + dash + plain(high) + hard_space + "%";
}

std::string rounded(double x, int digits) {
  if (!std::isfinite(x)) return "?";
  if (x == 0.0) return "0";
  const double size = std::abs(x);
  const int exponent = static_cast<int>(std::floor(std::log10(size)));
  const double unit = std::pow(10.0, exponent - digits + 1);
  const double value = std::round(size / unit) * unit;
  std::string text;
  if (value >= 10.0 * std::pow(10.0, digits - 2)) {
    text = with_commas(fmt::format("{:.0f}", value));
  } else {
    text = fmt::format("{:.{}f}", value, std::max(0, std::min(6, digits - 1 - exponent)));
  }
  return (x < 0.0 ? minus : "") + text;
}

std::string count_of(double n) { return with_commas(fmt::format("{:.0f}", std::max(0.0, n))); }

std::string rounded_range(double low, double high) { return rounded(low) + dash + rounded(high); }

std::string signed_number(double x) {
  if (std::abs(x) < 5e-3) return "0";
  return (x > 0.0 ? "+" : "") + rounded(x);
}

std::string in_unit(double x, std::string_view unit) {
  if (unit == "0/1" || unit == "share") return percent(x);
  if (unit == "USD") return rounded(x / 1e9) + hard_space + "bn" + hard_space + "USD";
  if (unit == "USD/week") return rounded(x / 1e6) + hard_space + "m" + hard_space + "USD a week";
  const bool fine = unit == "rung" || unit == "milestones" || unit == "points" || unit == "logit" ||
                    unit == "level" || unit == "ratio";
  const double value =
      !fine && std::abs(x) < 1.0 && std::abs(x) > 0.0 ? std::round(x * 10.0) / 10.0 : x;
  if (unit == "rung" || unit == "ratio" || unit == "logit" || unit == "level")
    return rounded(value);
  if (unit == "persons") return rounded(value);
  return rounded(value) + hard_space + unit_words(unit);
}

std::string band(double p) {
  if (p < 0.01) return percent(0.0);
  if (p < 0.05) return percent_range(0.01, 0.05);
  if (p < 0.20) return percent_range(0.05, 0.20);
  return "over" + std::string(hard_space) + percent(0.20);
}

std::string spoken(std::string_view id) {
  std::string out(id);
  for (char& c : out) c = c == '_' ? ' ' : c;
  return out;
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string named_sides(std::string_view meaning, const casefile::Case& given) {
  std::string text(meaning);
  if (given.war) {
    for (std::size_t s = 0; s < 2; ++s) {
      replace_all(text, fmt::format("side {}", s), given.actors[given.war->sides[s].lead].name);
    }
  }
  const std::string& who = given.actors[given.decision_maker].name;
  replace_all(text, "the decision maker's", who + (!who.empty() && who.back() == 's' ? "'" : "'s"));
  replace_all(text, "the decision maker", who);
  return text;
}

std::string short_date(Date date) {
  const std::chrono::year_month_day day(date.sys());
  return fmt::format("{} {}", static_cast<unsigned>(day.day()),
                     months[static_cast<unsigned>(day.month()) - 1]);
}

std::string month_of(Date date) {
  const std::chrono::year_month_day day(date.sys());
  return fmt::format("{} {}", months[static_cast<unsigned>(day.month()) - 1],
                     static_cast<int>(day.year()));
}

std::string cut(const std::string& text, std::size_t characters) {
  std::size_t seen = 0;
  std::size_t last_space = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (text[i] == ' ') last_space = i;
    if (++seen > characters) return text.substr(0, last_space > 0 ? last_space : i) + "\u2026";
  }
  return text;
}

std::string handling_of(const casefile::Case& given) {
  const std::string mark = casefile::handling_of_all(given);
  return mark.empty() ? "no handling mark" : mark;
}

}  // namespace casus::brief
