// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/ensemble/futures.h"

namespace casus::ensemble {

/// A dimension of the file that entities of a published variable lie along, with their labels.
struct Axis {
  std::string name;
  std::vector<std::string> labels;
};

/// The series of one published variable: the NetCDF variables `name`, `name_mean`, `name_quantile`.
struct Group {
  std::string variable, unit;
  std::size_t first = 0, count = 0;  ///< series
  std::vector<std::size_t> axes;     ///< indices into Layout::axes; none to two
};

/// How series become arrays (schema/futures.md).
struct Layout {
  std::vector<Axis> axes;
  std::vector<Group> groups;
};

/// One entity: an axis of its dimension's name, or `variable_dimension` where another variable's
/// selection, or a variable itself, has that name already. Two entities: two axes where all
/// combinations are kept, else one axis `variable_pair` of labels `first,second`.
[[nodiscard]] Layout layout_of(const std::vector<Series>& series);

}  // namespace casus::ensemble
