// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "casus/casefile/load.h"

/// Numbers rounded to what a reader should believe, and names a reader knows.
namespace casus::brief {

/// `< 1 %`, `37 %`, `> 99 %`
[[nodiscard]] std::string percent(double p);
/// `20–45 %`
[[nodiscard]] std::string percent_range(double low, double high);
/// Two significant digits, thousands set apart: `6,200`, `0.31`, `−1.5`.
[[nodiscard]] std::string rounded(double x, int digits = 2);
/// A whole number, thousands set apart.
[[nodiscard]] std::string count_of(double n);
/// `3,100–9,800`
[[nodiscard]] std::string rounded_range(double low, double high);
/// With its sign: `+0.31`, `−1.5`, `0`
[[nodiscard]] std::string signed_number(double x);
/// A number in a published unit: shares as percent, money in billions, `unit` said.
[[nodiscard]] std::string in_unit(double x, std::string_view unit);
/// A unit as a reader writes it.
[[nodiscard]] std::string unit_words(std::string_view unit);
/// A probability as a band, for what is reported as a band only.
[[nodiscard]] std::string band(double p);

/// An id as words: `dprk_troops` becomes `dprk troops`.
[[nodiscard]] std::string spoken(std::string_view id);
/// First letter large.
[[nodiscard]] std::string capital(std::string text);
/// The meaning of a measure or variable with the sides called by their leads' names.
[[nodiscard]] std::string named_sides(std::string_view meaning, const casefile::Case& given);
/// `31 Oct`
[[nodiscard]] std::string short_date(Date date);
/// `Oct 2024`
[[nodiscard]] std::string month_of(Date date);
/// At most `characters` characters, cut between words with an ellipsis.
[[nodiscard]] std::string cut(const std::string& text, std::size_t characters);
/// The handling mark as shown, the strictest of the case and of its reports.
[[nodiscard]] std::string handling_of(const casefile::Case& given);

}  // namespace casus::brief
