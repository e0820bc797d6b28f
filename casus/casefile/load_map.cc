// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

constexpr Range longitudes{-180.0, 180.0};
constexpr Range latitudes{-90.0, 90.0};

void read_regions(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::region)) {
    Fields fields = loading.fields(entry);
    Region region;
    fields.optional("id");
    Loading::name(region, entry, fields.text("name"));
    region.country = country_code(fields);
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.regions.push_back(std::move(region));
  }
}

void read_places(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::place)) {
    Fields fields = loading.fields(entry);
    Place place;
    fields.optional("id");
    Loading::name(place, entry, fields.text("name"));
    place.lon = fields.number("lon", longitudes);
    place.lat = fields.number("lat", latitudes);
    place.precision_km = fields.maybe_number("precision_km", positive_or_zero).value_or(0.0);
    loading.maybe(fields, "region", Thing::region, place.region);
    place.country = country_code(fields);
    loading.maybe(fields, "controller", Thing::actor, place.controller);
    place.kind = fields.word<PlaceKind>("kind");
    place.from = loading.provenance(fields);
    fields.finish();
    loading.given.places.push_back(std::move(place));
  }
}

/// One quantity for each side of the war, under the sides' names.
std::array<Quantity, 2> by_side(Loading& loading, Fields& fields, std::string_view key,
                                Demand demand) {
  std::array<Quantity, 2> both;
  const Spot at = fields.required(key);
  if (!at || !loading.given.war || !loading.sides_known) return both;
  Fields sides(loading.problems, at, fields.called(key));
  for (std::size_t i = 0; i < both.size(); ++i) {
    both[i] = loading.quantity(sides, loading.given.war->sides[i].id, demand);
  }
  sides.finish();
  return both;
}

void read_room(Loading& loading, Fields& fields, Sector& sector) {
  const Spot at = fields.optional("room");
  if (!at || !loading.given.war || !loading.sides_known) return;
  Fields sides(loading.problems, at, fields.called("room"));
  sector.room.emplace();
  for (std::size_t i = 0; i < 2; ++i) {
    (*sector.room)[i] = sides.number(loading.given.war->sides[i].id, positive_or_zero);
  }
  sides.finish();
}

void read_sectors(Loading& loading) {
  const auto& entries = loading.entries(Thing::sector);
  if (!entries.empty() && !loading.given.war && !loading.partial) {
    loading.problems.tell(*entries.front().spot.document, *entries.front().spot.node,
                          "front sectors need a war", "declare 'war' in case.yaml");
  }
  for (const Entry& entry : entries) {
    Fields fields = loading.fields(entry);
    Sector sector;
    fields.optional("id");
    Loading::name(sector, entry, fields.text("name"));
    sector.lon = fields.number("lon", longitudes);
    sector.lat = fields.number("lat", latitudes);
    loading.maybe(fields, "region", Thing::region, sector.region);
    sector.frontage = loading.quantity(fields, "frontage", Demand{"km"});
    loading.many(fields.list("places"), fields, Thing::place, sector.places);
    sector.intensity = by_side(loading, fields, "intensity", Demand{"share"});
    sector.troops = by_side(loading, fields, "troops", Demand{"persons"});
    sector.fortification = by_side(loading, fields, "fortification", Demand{"share"});
    sector.weekly_gain = loading.quantity(fields, "weekly_gain", Demand{"km2"});
    sector.chip = fields.flag_or("chip", false);
    sector.chip_area = loading.maybe_quantity(fields, "chip_area", Demand{"km2"});
    read_room(loading, fields, sector);
    if (sector.chip && !sector.chip_area) {
      fields.tell(entry.spot, fmt::format("{} is a chip and lacks 'chip_area'", entry.what),
                  "say how many km2 side 1 holds");
    }
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.sectors.push_back(std::move(sector));
  }
}

void read_routes(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::route)) {
    Fields fields = loading.fields(entry);
    Route route;
    fields.optional("id");
    Loading::name(route, entry, fields.text_or("name"));
    loading.need(fields, "from", Thing::place, route.from);
    loading.need(fields, "to", Thing::place, route.to);
    const Spot from = fields.optional("from");
    const Spot to = fields.optional("to");
    if (from && to && from.node->text == to.node->text) {
      fields.tell(
          to, fmt::format("{} leads from '{}' to itself", entry.what, shortened(to.node->text)));
    }
    route.mode = fields.word<Mode>("mode");
    route.km = fields.number("km", {0.001, 40'000.0});
    route.provenance = loading.provenance(fields);
    route.capacity =
        loading.quantity(fields, "capacity", Demand{"persons_per_day"}, &route.provenance);
    fields.finish();
    loading.given.routes.push_back(std::move(route));
  }
}

}  // namespace

void load_map(Loading& loading) {
  read_regions(loading);
  read_places(loading);
  read_sectors(loading);
  read_routes(loading);
}

}  // namespace casus::casefile
