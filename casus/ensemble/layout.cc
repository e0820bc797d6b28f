// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/layout.h"

#include <algorithm>

#include "casus/base/error.h"

namespace casus::ensemble {
namespace {

std::string dimension_name(const std::string& variable, std::size_t d) {
  const auto table = casefile::variables();
  const auto found = std::ranges::find(table, variable, &casefile::Variable::name);
  if (found == table.end() || !found->dimensions[d])
    throw InternalError("no dimension of " + variable);
  return std::string(casefile::name_of(*found->dimensions[d]));
}

/// The distinct labels in order of appearance.
std::vector<std::string> labels_of(const std::vector<Series>& series, const Group& group,
                                   std::size_t d) {
  std::vector<std::string> out;
  for (std::size_t s = group.first; s < group.first + group.count; ++s) {
    const std::string& label = series[s].entities[d];
    if (std::ranges::find(out, label) == out.end()) out.push_back(label);
  }
  return out;
}

bool is_product(const std::vector<Series>& series, const Group& group,
                const std::vector<std::string>& rows, const std::vector<std::string>& columns) {
  if (rows.size() * columns.size() != group.count) return false;
  for (std::size_t i = 0; i < group.count; ++i) {
    const auto& e = series[group.first + i].entities;
    if (e[0] != rows[i / columns.size()] || e[1] != columns[i % columns.size()]) return false;
  }
  return true;
}

std::size_t axis(Layout& layout, const std::string& variable, const std::string& dimension,
                 std::vector<std::string> labels) {
  for (const std::string& name : {dimension, variable + "_" + dimension}) {
    // Labels are a variable of the file too: no name may stand for both (stock by kind of stock).
    if (std::ranges::find(layout.groups, name, &Group::variable) != layout.groups.end()) continue;
    const auto found = std::ranges::find(layout.axes, name, &Axis::name);
    if (found == layout.axes.end()) {
      layout.axes.push_back({name, std::move(labels)});
      return layout.axes.size() - 1;
    }
    if (found->labels == labels) return static_cast<std::size_t>(found - layout.axes.begin());
  }
  throw InternalError("two series of " + variable);
}

void add_axes(Layout& layout, const std::vector<Series>& series, Group& group) {
  const std::size_t depth = series[group.first].entities.size();
  if (depth == 0) return;
  if (depth == 1) {
    group.axes.push_back(axis(layout, group.variable, dimension_name(group.variable, 0),
                              labels_of(series, group, 0)));
    return;
  }
  const auto rows = labels_of(series, group, 0);
  const auto columns = labels_of(series, group, 1);
  const std::string first = dimension_name(group.variable, 0);
  const std::string second = dimension_name(group.variable, 1);
  if (first != second && is_product(series, group, rows, columns)) {
    group.axes.push_back(axis(layout, group.variable, first, rows));
    group.axes.push_back(axis(layout, group.variable, second, columns));
    return;
  }
  std::vector<std::string> pairs;
  for (std::size_t s = group.first; s < group.first + group.count; ++s) {
    pairs.push_back(series[s].entities[0] + "," + series[s].entities[1]);
  }
  layout.axes.push_back({group.variable + "_pair", std::move(pairs)});
  group.axes.push_back(layout.axes.size() - 1);
}

}  // namespace

Layout layout_of(const std::vector<Series>& series) {
  Layout layout;
  for (std::size_t s = 0; s < series.size(); ++s) {
    if (layout.groups.empty() || layout.groups.back().variable != series[s].variable) {
      layout.groups.push_back({series[s].variable, series[s].unit, s, 0, {}});
    }
    ++layout.groups.back().count;
  }
  for (Group& group : layout.groups) add_axes(layout, series, group);
  return layout;
}

}  // namespace casus::ensemble
