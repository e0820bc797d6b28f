// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Tables and plots of docs/validation, made by the tests that check what they show. They are
/// written into the folder CASUS_WRITE_REPORT names, if it names one.
namespace casus::evidence {

/// What is wanted of a figure and what was found.
struct Gate {
  std::string id, what;
  double low = 0.0, high = 0.0, found = 0.0;
  [[nodiscard]] bool met() const { return found >= low && found <= high; }
};

/// Remembers the gate and fails the running test where it is missed.
void check(std::vector<Gate>& gates, Gate gate);

/// A Markdown table of the gates.
[[nodiscard]] std::string table_of(const std::vector<Gate>& gates);

/// The quantile of a sample. @throws InternalError of nothing.
[[nodiscard]] double quantile(std::vector<double> x, double p);
[[nodiscard]] double mean(const std::vector<double>& x);

/// How many futures to play: what CASUS_FUTURES says, else `usual`. Pages say how many they rest
/// on.
[[nodiscard]] std::size_t futures_asked(std::size_t usual);

/// Writes docs/validation/<name> where CASUS_WRITE_REPORT asks for it.
void write_report(const std::string& name, const std::string& text);

/// Prints a part of a page of docs/validation; `tools/validation` puts it where the page has a part
/// of that name, `<page>.<part>`.
void tell_part(const std::string& name, const std::string& text);

/// A curve or a band of a plot, over whole numbers from 0.
struct Curve {
  std::vector<double> low, middle, high;  ///< low and high may be empty: a line alone
  std::string name;
};

/// One panel: curves over weeks, and the range that is wanted as a dashed frame.
struct Panel {
  std::string title, unit;
  double bottom = 0.0, top = 1.0;
  std::vector<Curve> curves;
  struct Range {
    std::size_t from = 0, to = 0;  ///< weeks
    double low = 0.0, high = 0.0;
    std::string name;
  };
  std::vector<Range> wanted;
};

/// Panels one under the other, as an SVG in the house style.
[[nodiscard]] std::string plot(const std::string& title, const std::vector<Panel>& panels);

/// Each gate as a bar of what is wanted and a dot at what was found, as an SVG.
[[nodiscard]] std::string plot_gates(const std::string& title, const std::vector<Gate>& gates);

}  // namespace casus::evidence
