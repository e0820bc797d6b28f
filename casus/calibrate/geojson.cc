// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/geojson.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "casus/casefile/fields.h"
#include "casus/casefile/file_text.h"
#include "casus/casefile/yaml_reader.h"

namespace casus::calibrate {
namespace {

using casefile::Document;
using casefile::Node;
using casefile::Problems;

constexpr double furthest_lon = 180.0;  ///< degrees
constexpr double furthest_lat = 90.0;

const Node* child(const Node& node, std::string_view key) {
  if (node.kind != Node::Kind::map) return nullptr;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (node.keys[i].text == key) return &node.items[i];
  }
  return nullptr;
}

std::string_view text_of(const Node* node) {
  return node != nullptr && node->scalar() ? std::string_view(node->text) : std::string_view();
}

class Reader {
 public:
  Reader(const Document& document, Problems& problems) : document_(document), problems_(problems) {}

  std::vector<Feature> read() {
    const Node& root = document_.root;
    const std::string_view type = text_of(child(root, "type"));
    if (type == "FeatureCollection") {
      const Node* features = child(root, "features");
      if (features == nullptr || features->kind != Node::Kind::sequence) {
        tell(root, "a collection has a list of features", R"("features": [...])");
      } else {
        for (const Node& feature : features->items) add(feature);
      }
    } else {
      add(root);
    }
    return std::move(out_);
  }

 private:
  void tell(const Node& at, std::string message, std::string hint) {
    problems_.tell(document_, at, std::move(message), std::move(hint));
  }

  void add(const Node& node) {
    Feature feature;
    feature.line = node.line;
    feature.column = node.column;
    const bool wrapped = text_of(child(node, "type")) == "Feature";
    const Node* geometry = wrapped ? child(node, "geometry") : &node;
    if (const Node* properties = wrapped ? child(node, "properties") : nullptr) {
      for (std::size_t i = 0; i < properties->keys.size(); ++i) {
        if (properties->items[i].scalar())
          feature.properties.emplace_back(properties->keys[i].text, properties->items[i].text);
      }
    }
    if (geometry == nullptr) {
      tell(node, "a feature has a geometry", R"("geometry": {"type": "Polygon", ...} or null)");
    } else if (geometry->kind != Node::Kind::null) {
      add_geometry(*geometry, feature);
    }
    out_.push_back(std::move(feature));
  }

  void add_geometry(const Node& node, Feature& feature) {
    const std::string_view type = text_of(child(node, "type"));
    if (type == "GeometryCollection") {
      const Node* parts = child(node, "geometries");
      if (parts != nullptr && parts->kind == Node::Kind::sequence) {
        for (const Node& part : parts->items) add_geometry(part, feature);
        return;
      }
    }
    for (const std::string_view groundless :
         {"Point", "MultiPoint", "LineString", "MultiLineString"}) {
      if (type == groundless) return;
    }
    const Node* coordinates = child(node, "coordinates");
    const bool many = type == "MultiPolygon";
    if ((!many && type != "Polygon") || coordinates == nullptr ||
        coordinates->kind != Node::Kind::sequence) {
      tell(node, "this is no geometry of GeoJSON",
           R"({"type": "Polygon" or "MultiPolygon", "coordinates": [...]})");
      return;
    }
    if (!many) {
      feature.polygons.push_back(polygon(*coordinates));
      return;
    }
    for (const Node& part : coordinates->items) feature.polygons.push_back(polygon(part));
  }

  Outline::Polygon polygon(const Node& node) {
    Outline::Polygon out;
    if (!list(node, "a polygon is a list of rings")) return out;
    for (const Node& ring : node.items) {
      if (!list(ring, "a ring is a list of positions")) continue;
      Outline::Ring points;
      for (const Node& position : ring.items) {
        if (const auto point = point_of(position)) points.push_back(*point);
      }
      if (ring.items.size() < 3)
        tell(ring, "a ring needs three positions and more", "leave an empty ring out");
      out.push_back(std::move(points));
    }
    return out;
  }

  bool list(const Node& node, const char* message) {
    if (node.kind == Node::Kind::sequence) return true;
    tell(node, message, "[[[lon, lat], ...], ...]");
    return false;
  }

  std::optional<GeoPoint> point_of(const Node& node) {
    if (node.kind != Node::Kind::sequence || node.items.size() < 2) {
      tell(node, "a position is longitude and latitude", "[37.5, 48.2]");
      return std::nullopt;
    }
    const auto lon = coordinate(node.items[0]);
    const auto lat = coordinate(node.items[1]);
    if (!lon || !lat) return std::nullopt;
    if (std::fabs(*lon) > furthest_lon || std::fabs(*lat) > furthest_lat) {
      tell(node, fmt::format("{}, {} lies off the globe", *lon, *lat),
           "longitude first, both in degrees");
      return std::nullopt;
    }
    return GeoPoint{*lon, *lat};
  }

  std::optional<double> coordinate(const Node& node) {
    return casefile::read_number(problems_, {&document_, &node}, "a coordinate", {});
  }

  const Document& document_;
  Problems& problems_;
  std::vector<Feature> out_;
};

}  // namespace

std::string Feature::property(std::string_view name) const {
  for (const auto& [key, value] : properties) {
    if (key == name) return value;
  }
  return {};
}

std::vector<Feature> read_geojson(const std::filesystem::path& file, Document& document,
                                  Problems& problems) {
  document.file = file.string();
  document.json = true;
  // JSON is read as the YAML it also is: that reader keeps the place of every value.
  const bool read = casefile::read_text(file, document.file, problems, document.text) &&
                    casefile::sound_text(document, problems);
  if (!read) return {};
  document.split_lines();
  if (!casefile::read_yaml(document, problems)) return {};
  return Reader(document, problems).read();
}

}  // namespace casus::calibrate
