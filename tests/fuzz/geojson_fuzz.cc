// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/calibrate/geojson.h"

// Any bytes as a map: read or told, and whatever is read has an area.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto path =
      std::filesystem::temp_directory_path() /
      ("geojson_fuzz_" + casus::digest(std::to_string(reinterpret_cast<std::uintptr_t>(data))));
  casus::write_file(path, {reinterpret_cast<const char*>(data), size});
  casus::casefile::Document document;
  casus::casefile::Problems problems;
  for (const auto& feature : casus::calibrate::read_geojson(path, document, problems)) {
    const casus::Outline ground(feature.polygons);
    CASUS_CHECK(std::isfinite(ground.area_km2()));
    CASUS_CHECK(std::isfinite(ground.overlap(ground).area_km2()));
  }
  return 0;
}
