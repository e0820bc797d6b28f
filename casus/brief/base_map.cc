// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/base_map.h"

#include <nlohmann/json.hpp>

#include "casus/base/error.h"

namespace casus::embedded {
extern const unsigned char base_topology[];
extern const std::size_t base_topology_size;
}  // namespace casus::embedded

namespace casus::brief {
namespace {

using Json = nlohmann::json;

std::vector<std::vector<GeoPoint>> arcs_of(const Json& topology) {
  const Json& scale = topology.at("transform").at("scale");
  const Json& translate = topology.at("transform").at("translate");
  std::vector<std::vector<GeoPoint>> arcs;
  for (const Json& coded : topology.at("arcs")) {
    std::vector<GeoPoint> arc;
    double x = 0.0, y = 0.0;
    for (const Json& step : coded) {
      x += step[0].get<double>();
      y += step[1].get<double>();
      arc.push_back({x * scale[0].get<double>() + translate[0].get<double>(),
                     y * scale[1].get<double>() + translate[1].get<double>()});
    }
    arcs.push_back(std::move(arc));
  }
  return arcs;
}

void add_polygon(const Json& polygon, Outline& outline) {
  for (const Json& ring : polygon) outline.rings.push_back(ring.get<std::vector<int>>());
}

std::vector<Outline> outlines_of(const Json& object) {
  std::vector<Outline> all;
  for (const Json& geometry : object.at("geometries")) {
    Outline outline;
    const Json& properties = geometry.at("properties");
    const auto text = [&](const char* key) {
      return properties.contains(key) && properties.at(key).is_string()
                 ? properties.at(key).get<std::string>()
                 : std::string();
    };
    outline.country = text("adm0_a3");
    outline.name = text("name").empty() ? text("admin") : text("name");
    const std::string type = geometry.value("type", "");
    if (type == "Polygon") add_polygon(geometry.at("arcs"), outline);
    if (type == "MultiPolygon") {
      for (const Json& polygon : geometry.at("arcs")) add_polygon(polygon, outline);
    }
    all.push_back(std::move(outline));
  }
  return all;
}

}  // namespace

BaseMap base_map() {
  const unsigned char* bytes = embedded::base_topology;
  const Json topology = Json::parse(bytes, bytes + embedded::base_topology_size);
  BaseMap map;
  map.arcs = arcs_of(topology);
  map.countries = outlines_of(topology.at("objects").at("countries"));
  map.provinces = outlines_of(topology.at("objects").at("admin1"));
  return map;
}

}  // namespace casus::brief
