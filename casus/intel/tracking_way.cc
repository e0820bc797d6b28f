// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_way.h"

#include <algorithm>

#include "casus/geo/geo.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Contingent;
using casefile::Mode;
using casefile::PlaceId;
using casefile::PlaceKind;

constexpr double dwell_usual = 0.3;         // days at a node of a running movement
constexpr double theatre_km_per_day = 250;  // rail, into a front sector
constexpr double substep = 0.5;             // days

// Far from the theatre.
double km_per_day(Mode mode) {
  switch (mode) {
    case Mode::sea:
      return 450.0;
    case Mode::rail:
      return 1100.0;
    case Mode::road:
      return 350.0;
    case Mode::air:
      return 4000.0;
  }
  return 350.0;
}

double days_between(const Case& given, PlaceId a, PlaceId b, bool theatre) {
  const auto& from = given.places[a];
  const auto& to = given.places[b];
  double best = great_circle_km({from.lon, from.lat}, {to.lon, to.lat}) / km_per_day(Mode::road);
  bool known = false;
  for (const auto& r : given.routes) {
    const bool joins = (r.from == a && r.to == b) || (r.to == a && r.from == b);
    if (!joins) continue;
    const double speed = theatre && r.mode == Mode::rail ? theatre_km_per_day : km_per_day(r.mode);
    best = known ? std::min(best, r.km / speed) : r.km / speed;
    known = true;
  }
  return best;
}

struct Grounds {
  std::vector<PlaceId> place;
  std::vector<double> weight;
  void add(PlaceId p, double w) {
    const auto at = std::find(place.begin(), place.end(), p);
    if (at != place.end()) {
      weight[static_cast<std::size_t>(at - place.begin())] += w;
      return;
    }
    place.push_back(p);
    weight.push_back(w);
  }
};

// Places where men stay on the way: the author's split, grounds on the path, and where any were
// reported.
Grounds grounds_of(const Case& given, const Contingent& c, std::span<const PlaceId> also) {
  Grounds out;
  const auto apart = [&](PlaceId p) { return p != c.destination && p != c.origin; };
  for (const auto& [place, share] : c.at) {
    if (apart(place) && share > 0.0) out.add(place, 8.0 * share);
  }
  for (const PlaceId p : c.path) {
    const auto kind = given.places[p].kind;
    if (apart(p) && (kind == PlaceKind::training_ground || kind == PlaceKind::garrison)) {
      out.add(p, 0.5);
    }
  }
  for (const PlaceId p : also) {
    if (apart(p) && std::find(out.place.begin(), out.place.end(), p) == out.place.end()) {
      out.add(p, 0.5);
    }
  }
  if (out.place.empty()) out.add(c.path.size() > 2 ? c.path[1] : c.destination, 1.0);
  return out;
}

std::size_t nearest_node(const Case& given, std::span<const PlaceId> nodes, PlaceId place) {
  std::size_t best = 0;
  double least = 1e300;
  const auto& p = given.places[place];
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& n = given.places[nodes[i]];
    const double km = nodes[i] == place ? -1.0 : great_circle_km({n.lon, n.lat}, {p.lon, p.lat});
    if (km < least) {
      least = km;
      best = i;
    }
  }
  return best;
}

}  // namespace

const char* name_of(Stage stage) {
  constexpr const char* names[] = {"plan", "transit", "training", "front"};
  return names[static_cast<std::size_t>(stage)];
}

Way way_of(const Case& given, std::uint32_t contingent, std::span<const PlaceId> also) {
  const Contingent& c = given.contingents[contingent];
  Way out;
  out.contingent = contingent;
  if (c.plan) out.cells.push_back({c.origin, Stage::plan, 1.0});
  out.transit = out.cells.size();
  std::vector<PlaceId> nodes;
  for (std::size_t i = 1; i + 1 < c.path.size(); ++i) {
    const bool last = i + 2 == c.path.size();
    const double days = days_between(given, c.path[i], c.path[i + 1], last && c.sector.has_value());
    nodes.push_back(c.path[i]);
    out.travel_days.push_back(days);
    out.dwell_days.push_back(dwell_usual);
    const double stands = std::max(0.1, dwell_usual / (dwell_usual + days));
    out.cells.push_back({c.path[i], Stage::transit, stands});
  }
  out.ground = out.cells.size();
  const Grounds grounds = grounds_of(given, c, also);
  for (std::size_t node = 0; node < std::max<std::size_t>(1, nodes.size()); ++node) {
    for (std::size_t k = 0; k < grounds.place.size(); ++k) {
      if (!nodes.empty() && nearest_node(given, nodes, grounds.place[k]) != node) continue;
      out.cells.push_back({grounds.place[k], Stage::training, 1.0});
      out.node_of.push_back(node);
      out.prior.push_back(grounds.weight[k]);
    }
  }
  out.front = out.cells.size();
  out.cells.push_back({c.destination, Stage::front, 1.0});
  return out;
}

double Way::days() const {
  double sum = 0.0;
  for (std::size_t i = 0; i < legs(); ++i) sum += travel_days[i] + dwell_days[i];
  return sum;
}

void leaving(const Way& way, double speed, double dwell, std::span<double> chance) {
  double carry = 0.0;
  for (std::size_t i = 0; i < way.legs(); ++i) {
    const double tau = way.travel_days[i] / speed + way.dwell_days[i] * dwell + carry;
    const double held = std::max(substep, tau);
    carry = tau - held;
    chance[i] = substep / held;
  }
}

}  // namespace casus::intel
