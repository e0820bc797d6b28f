// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "casus/casefile/problems.h"
#include "casus/geo/outline.h"

namespace casus::calibrate {

/// A feature of a GeoJSON file: its ground and the properties that are scalars.
struct Feature {
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<Outline::Polygon> polygons;
  std::size_t line = 0, column = 0;  ///< 0-based, where it begins

  /// Empty where there is none of that name.
  [[nodiscard]] std::string property(std::string_view name) const;
};

/// Reads the polygons of a GeoJSON file (RFC 7946): a collection of features, one feature or a bare
/// geometry. Points and lines hold no ground and are passed over, so is a geometry of `null`; a
/// third coordinate is not looked at; rings may be left open.
///
/// What is wrong is told to `problems` with its place: the answer then holds what could be read.
[[nodiscard]] std::vector<Feature> read_geojson(const std::filesystem::path& file,
                                                casefile::Document& document,
                                                casefile::Problems& problems);

}  // namespace casus::calibrate
