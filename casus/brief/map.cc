// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "casus/brief/base_map.h"
#include "casus/brief/labels.h"
#include "casus/brief/page.h"
#include "casus/brief/projection.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"
#include "casus/intel/words.h"

namespace casus::brief {
namespace {

constexpr double picture_width = 1076;
constexpr double least_men = 100;  // smaller bodies of men stand in the table alone
constexpr double least_row = 500;
constexpr std::size_t named_forces = 8;  // on a map; the others are circles without a name

GeoPoint point_of(const casefile::Place& p) { return {p.lon, p.lat}; }

/// A body of men at a place on the last day the belief speaks of.
struct Force {
  std::size_t place = 0, contingent = 0;
  double mean = 0.0, low = 0.0, high = 0.0;
};

std::vector<Force> forces_of(const Told& told) {
  Date last;
  for (const auto& s : told.belief.order_of_battle) last = std::max(last, s.day);
  std::vector<Force> forces;
  for (const auto& s : told.belief.order_of_battle) {
    if (s.day != last || !told.given.contingents[s.contingent].foreign || s.mean < least_men ||
        s.stage == "plan") {
      continue;
    }
    forces.push_back({s.place, s.contingent, s.mean, s.q05, s.q95});
  }
  std::stable_sort(forces.begin(), forces.end(),
                   [](const Force& a, const Force& b) { return a.mean > b.mean; });
  return forces;
}

/// Area goes with men; the same on both maps.
double radius_of(double men) { return 0.33 * std::sqrt(std::max(0.0, men)); }

class Map {
 public:
  Map(const Told& told, const BaseMap& base, Projection projection, bool provinces)
      : told_(told),
        base_(base),
        view_(projection),
        labels_(view_.width(), view_.height()),
        provinces_(provinces) {}

  [[nodiscard]] Node draw(const std::string& title, const std::string& description,
                          const std::vector<Force>& forces, bool front);

 private:
  void add(Node n) { picture_.push_back(std::move(n)); }
  void draw_land();
  void draw_outlines(const std::vector<Outline>& outlines, const char* cls);
  void draw_routes(bool front);
  void draw_sectors(std::vector<Label>& names);
  void draw_forces(const std::vector<Force>& forces, std::vector<Label>& names);
  void name_places(std::vector<Label>& names, bool front);
  void name_countries();
  void draw_scale();
  [[nodiscard]] bool inside(Spot s, double pad = 0.0) const {
    return s.x > pad && s.y > pad && s.x < view_.width() - pad && s.y < view_.height() - pad;
  }
  [[nodiscard]] std::vector<Spot> ring_spots(const std::vector<int>& ring) const;

  const Told& told_;
  const BaseMap& base_;
  Projection view_;
  Labels labels_;
  bool provinces_;
  std::vector<Node> picture_;
  std::set<std::size_t> named_;
};

std::vector<Spot> Map::ring_spots(const std::vector<int>& ring) const {
  double west = 1e9, south = 1e9, east = -1e9, north = -1e9;
  for (const int code : ring) {
    for (const GeoPoint& p : base_.arcs[static_cast<std::size_t>(code >= 0 ? code : -1 - code)]) {
      west = std::min(west, p.lon);
      east = std::max(east, p.lon);
      south = std::min(south, p.lat);
      north = std::max(north, p.lat);
    }
  }
  std::vector<Spot> spots;
  if (!view_.may_show(west, south, east, north)) return spots;
  for (const int code : ring) {
    std::vector<Spot> arc;
    for (const GeoPoint& p : base_.arcs[static_cast<std::size_t>(code >= 0 ? code : -1 - code)]) {
      arc.push_back(view_(p));
    }
    arc = simplified(arc, 0.5);  // by arc, so that neighbours keep the same border
    if (code < 0) std::reverse(arc.begin(), arc.end());
    spots.insert(spots.end(), arc.begin() + (spots.empty() ? 0 : 1), arc.end());
  }
  return clipped(spots, view_.width(), view_.height(), 4);
}

void Map::draw_outlines(const std::vector<Outline>& outlines, const char* cls) {
  std::string d;
  for (const Outline& outline : outlines) {
    for (const auto& ring : outline.rings) {
      const std::vector<Spot> spots = ring_spots(ring);
      if (spots.size() >= 3) d += path_data(spots, true);
    }
  }
  if (!d.empty()) add(path(d, cls));
}

void Map::draw_land() {
  add(box(0, 0, view_.width(), view_.height(), "sea"));
  draw_outlines(base_.countries, "land");
  if (provinces_) draw_outlines(base_.provinces, "province");
}

void Map::draw_routes(bool front) {
  const auto& given = told_.given;
  std::set<std::pair<std::size_t, std::size_t>> walked;
  for (const auto& c : given.contingents) {
    if (!c.foreign || c.role != casefile::ContingentRole::assault) continue;
    for (std::size_t i = 0; i + 1 < c.path.size(); ++i) {
      walked.insert({std::min<std::size_t>(c.path[i], c.path[i + 1]),
                     std::max<std::size_t>(c.path[i], c.path[i + 1])});
    }
  }
  for (const auto& r : given.routes) {
    const bool main = walked.count({std::min<std::size_t>(r.from, r.to),
                                    std::max<std::size_t>(r.from, r.to)}) > 0;
    const Spot a = view_(point_of(given.places[r.from]));
    const Spot b = view_(point_of(given.places[r.to]));
    if (!main && (!front || r.mode != casefile::Mode::rail)) continue;
    if (!inside(a, -40) || !inside(b, -40)) continue;
    add(line(a, b, main ? "route main" : "route"));
  }
}

void Map::draw_sectors(std::vector<Label>& names) {
  for (const auto& s : told_.given.sectors) {
    const Spot at = view_({s.lon, s.lat});
    if (!inside(at, 4)) continue;
    add(path(
        path_data({{at.x, at.y - 6}, {at.x + 6, at.y}, {at.x, at.y + 6}, {at.x - 6, at.y}}, true),
        "sector"));
    labels_.keep_clear({at.x - 7, at.y - 7, 14, 14});
    const double gain = s.weekly_gain.prior.mean();
    std::string second;
    if (std::abs(gain) >= 0.5 && !s.chip) {
      second = fmt::format("{} km\u00b2 a week", signed_number(gain));
    } else if (s.chip && s.chip_area) {
      second = fmt::format("{} km\u00b2 held", rounded(s.chip_area->prior.mean()));
    }
    names.push_back({at, 7, s.name, second, "", 11.5, false, 0.0});
  }
}

void Map::draw_forces(const std::vector<Force>& forces, std::vector<Label>& names) {
  for (const Force& f : forces) {
    const auto& place = told_.given.places[f.place];
    const Spot at = view_(point_of(place));
    if (!inside(at)) continue;
    add(circle(at, radius_of(f.high), "ring"));
    add(circle(at, std::max(2.5, radius_of(f.mean)), "force"));
    if (f.low > 0.0) add(circle(at, radius_of(f.low), "core"));
    const bool again = !named_.insert(f.place).second;
    if (again) continue;
    const double r = radius_of(f.high) * 0.72;
    labels_.keep_clear({at.x - r, at.y - r, 2 * r, 2 * r});
    if (names.size() >= named_forces) continue;
    names.push_back({at, radius_of(f.high), place.name.substr(0, place.name.find(" (")),
                     fmt::format("{} ({})", rounded(f.mean), rounded_range(f.low, f.high)),
                     anchor("c", told_.given.contingents[f.contingent].id), 12, true, 0.0});
  }
}

void Map::name_places(std::vector<Label>& names, bool front) {
  using enum casefile::PlaceKind;
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t p = 0; p < told_.given.places.size(); ++p) {
    const auto kind = told_.given.places[p].kind;
    const int rank = kind == capital                ? 0
                     : front && kind == front_town  ? 1
                     : kind == city || kind == port ? 2
                     : kind == region               ? 9
                                                    : 4;
    if (rank <= (front ? 4 : 0)) order.emplace_back(rank, p);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& entry : order) {
    const auto& place = told_.given.places[entry.second];
    const Spot at = view_(point_of(place));
    if (!inside(at, 6) || !named_.insert(entry.second).second) continue;
    names.push_back({at, 3, place.name.substr(0, place.name.find(" (")), "", "", 11, false,
                     entry.first == 0 ? 3.0 : 2.0});
  }
}

void Map::name_countries() {
  std::set<std::string> wanted;
  for (const auto& actor : told_.given.actors) wanted.insert(actor.country);
  for (const Outline& c : base_.countries) {
    if (c.country.empty() || wanted.count(c.country) == 0) continue;
    double largest = 4000.0;  // square pixels a name needs
    Spot centre;
    bool found = false;
    for (const auto& ring : c.rings) {
      const std::vector<Spot> spots = ring_spots(ring);
      double area = 0.0, x = 0.0, y = 0.0;
      for (std::size_t i = 0; i < spots.size(); ++i) {
        const Spot p = spots[i], q = spots[(i + 1) % spots.size()];
        const double cross = p.x * q.y - q.x * p.y;
        area += cross / 2.0;
        x += (p.x + q.x) * cross / 6.0;
        y += (p.y + q.y) * cross / 6.0;
      }
      if (std::abs(area) > largest) {
        largest = std::abs(area);
        centre = {x / area, y / area};
        found = true;
      }
    }
    if (found && inside(centre, 20)) {
      std::string name;
      for (const char ch : c.name) name += ch >= 'a' && ch <= 'z' ? static_cast<char>(ch - 32) : ch;
      add(words(centre, name, "country", "middle"));
    }
  }
}

void Map::draw_scale() {
  const double target = 140 * view_.km_per_px();
  double km = 50;
  for (const double k : {20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0})
    km = k <= target ? k : km;
  const double x = view_.width() - 20 - km / view_.km_per_px(), y = view_.height() - 16;
  add(line({x, y}, {view_.width() - 20, y}, "axis"));
  add(line({x, y - 4}, {x, y + 1}, "axis"));
  add(line({view_.width() - 20, y - 4}, {view_.width() - 20, y + 1}, "axis"));
  add(words({view_.width() - 20, y - 7}, fmt::format("{:.0f} km", km), "tick", "end"));
  labels_.keep_clear({x - 10, y - 24, view_.width() - x + 10, 40});
}

Node Map::draw(const std::string& title, const std::string& description,
               const std::vector<Force>& forces, bool front) {
  draw_land();
  name_countries();
  draw_scale();
  draw_routes(front);
  std::vector<Label> force_names, names;
  if (front) draw_sectors(names);
  draw_forces(forces, force_names);
  force_names.insert(force_names.end(), names.begin(), names.end());
  name_places(force_names, front);
  for (Node& n : labels_.place(force_names)) add(std::move(n));
  add(box(0.5, 0.5, view_.width() - 1, view_.height() - 1, "border"));
  return svg(view_.width(), view_.height(), title, description, std::move(picture_), "map");
}

/// Where the men came from, are and may go: what the large map must show.
std::vector<GeoPoint> theatre_points(const Told& told, const std::vector<Force>& forces) {
  std::vector<GeoPoint> points;
  for (const auto& c : told.given.contingents) {
    if (!c.foreign) continue;
    for (const auto p : c.path) points.push_back(point_of(told.given.places[p]));
    points.push_back(point_of(told.given.places[c.origin]));
    points.push_back(point_of(told.given.places[c.destination]));
  }
  for (const Force& f : forces) points.push_back(point_of(told.given.places[f.place]));
  for (const auto& s : told.given.sectors) points.push_back({s.lon, s.lat});
  return points;
}

std::vector<GeoPoint> front_points(const Told& told) {
  std::vector<GeoPoint> points;
  for (const auto& s : told.given.sectors) points.push_back({s.lon, s.lat});
  return points;
}

std::string described(const Told& told, const std::vector<Force>& forces) {
  std::string text = "Estimated foreign forces: ";
  for (std::size_t i = 0; i < forces.size() && i < 8; ++i) {
    text += fmt::format("{}{} {} ({})", i > 0 ? "; " : "", told.given.places[forces[i].place].name,
                        rounded(forces[i].mean), rounded_range(forces[i].low, forces[i].high));
  }
  return forces.empty() ? "No foreign forces are estimated on this map." : text;
}

Node legend() {
  std::vector<Node> parts;
  double x = 26;
  for (const double men : {1000.0, 5000.0, 10000.0}) {
    const double r = radius_of(men);
    parts.push_back(circle({x + r, 36}, r, "force"));
    parts.push_back(words({x + 2 * r + 6, 40}, rounded(men) + " men", "tick"));
    x += 2 * r + 90;
  }
  parts.push_back(circle({x + 30, 36}, 30, "ring"));
  parts.push_back(circle({x + 30, 36}, 20, "force"));
  parts.push_back(circle({x + 30, 36}, 10, "core"));
  parts.push_back(words({x + 70, 32}, "estimate (filled), 5 % (inner)", "tick"));
  parts.push_back(words({x + 70, 48}, "and 95 % (outer ring)", "tick"));
  parts.push_back(path(
      path_data({{x + 286, 30}, {x + 292, 36}, {x + 286, 42}, {x + 280, 36}}, true), "sector"));
  parts.push_back(words({x + 300, 40}, "front sector", "tick"));
  parts.push_back(line({x + 390, 36}, {x + 430, 36}, "route main"));
  parts.push_back(words({x + 438, 40}, "way of the men", "tick"));
  return svg(x + 540, 72, "Key of the maps", "Sizes of circles by number of men, and signs",
             std::move(parts), "legend");
}

Node battle_row(const Told& told, const intel::StrengthBelief& s, const std::string& id) {
  return row(
      {cell({told.given.contingents[s.contingent].name}), cell({told.given.places[s.place].name}),
       cell({s.stage}), cell({rounded(s.mean)}, "number"), cell({rounded(s.q50)}, "number"),
       cell({rounded_range(s.q05, s.q95)}, "number")},
      id);
}

/// Rows of one contingent; small bodies on the way stand in one row together.
void add_contingent(const Told& told, std::size_t c, Date last, std::vector<Node>& rows) {
  const auto& contingent = told.given.contingents[c];
  std::string id = anchor("c", contingent.id);
  std::size_t small = 0;
  double together = 0.0;
  for (const auto& s : told.belief.order_of_battle) {
    if (s.day != last || s.contingent != c || s.q95 < 1.0) continue;
    if (s.stage == "transit" && s.mean < least_row) {
      ++small;
      together += s.mean;
      continue;
    }
    rows.push_back(battle_row(told, s, id));
    id.clear();
  }
  if (small > 0) {
    rows.push_back(
        row({cell({contingent.name}), cell({fmt::format("{} places on the way, together", small)}),
             cell({"transit"}), cell({rounded(together)}, "number"), cell({}), cell({})},
            id));
    id.clear();
  }
  if (!id.empty() && contingent.foreign) {
    rows.push_back(row({cell({contingent.name}),
                        el("td", {{"colspan", "5"}, {"class", "faint"}}, {"no estimate by place"})},
                       id));
  }
}

Node order_of_battle(const Told& told) {
  Date last;
  for (const auto& s : told.belief.order_of_battle) last = std::max(last, s.day);
  std::vector<Node> rows;
  for (std::size_t c = 0; c < told.given.contingents.size(); ++c)
    add_contingent(told, c, last, rows);
  return table({"Contingent", "Place", "Stage", ">Mean", ">Median", ">90 % range"}, std::move(rows),
               "battle", "Order of battle at the end of " + long_form(last));
}

}  // namespace

Node map_section(const Told& told) {
  const std::vector<Force> forces = forces_of(told);
  const BaseMap base = base_map();
  std::vector<Node> parts;
  parts.push_back(paragraph(
      {"Estimated strength of foreign contingents by place on ", long_form(told.given.as_of),
       ". The area of a circle goes with the number of men; its rings span nine tenths of the "
       "probability."}));
  const std::vector<GeoPoint> wide = theatre_points(told, forces);
  if (!wide.empty()) {
    Map large(told, base, Projection(wide, picture_width, 70, 300, 560), false);
    parts.push_back(
        figure(large.draw("The theatre", described(told, forces), forces, false),
               {"The way from the ports to the front. Albers' equal-area projection; borders as "
                "internationally recognised."}));
  }
  if (const auto near = front_points(told); !near.empty()) {
    Map zoom(told, base, Projection(near, picture_width, 130, 420, 640), true);
    parts.push_back(
        figure(zoom.draw("The front", described(told, forces), forces, true),
               {"The front by sectors, with the gain of the attacker in recent weeks."}));
  }
  parts.push_back(legend());
  parts.push_back(order_of_battle(told));
  for (const auto& doubt : intel::tracking_doubts(told.given, told.belief)) {
    parts.push_back(paragraph({doubt}));
  }
  return section("map", "Where they are", std::move(parts));
}

}  // namespace casus::brief
