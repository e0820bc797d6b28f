// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/case_base.h"

/// Where it happens, with what forces, and how the actors stand to each other.
namespace casus::casefile {

struct Region : Named {
  std::string country;
};

struct Place : Named {
  double lon = 0.0;
  double lat = 0.0;
  double precision_km = 0.0;
  std::optional<RegionId> region;
  std::string country;
  std::optional<ActorId> controller;
  PlaceKind kind = PlaceKind::site;
  Provenance from;
};

/// Index 0 is side 0, index 1 is side 1 of the war.
struct Sector : Named {
  double lon = 0.0;
  double lat = 0.0;
  std::optional<RegionId> region;
  Quantity frontage;
  std::vector<PlaceId> places;
  std::array<Quantity, 2> intensity, troops, fortification;
  Quantity weekly_gain;
  bool chip = false;
  std::optional<Quantity> chip_area;
  std::optional<std::array<double, 2>> room;  ///< km2 each side can gain before a border or a coast
};

struct Route : Named {
  PlaceId from{0};
  PlaceId to{0};
  Mode mode = Mode::rail;
  double km = 0.0;
  Quantity capacity;
  Provenance provenance;
};

struct Contingent : Named {
  ActorId owner{0};
  ActorId host{0};
  std::optional<std::uint32_t> side;
  ContingentRole role = ContingentRole::assault;
  bool foreign = false;
  Quantity strength;
  std::optional<HypothesisId> strength_hypothesis, at_front_hypothesis;
  std::optional<Quantity> plan, wave;
  PlaceId origin{0};
  PlaceId destination{0};
  std::optional<SectorId> sector;
  std::vector<PlaceId> path;  ///< filled by the loader with the cheapest route if absent
  std::vector<std::pair<PlaceId, double>> at;  ///< prior split, sums to 1
  Quantity quality, morale;
};

struct Stock {
  ActorId actor{0};
  StockKind kind = StockKind::shells;
  Quantity amount;
  std::optional<Quantity> production;
};

struct Flow {
  ActorId from{0};
  ActorId to{0};
  StockKind kind = StockKind::shells;
  Quantity amount;
};

struct Treaty : Named {
  std::vector<ActorId> parties;
  TreatyClass treaty_class = TreatyClass::consult;
  Date signed_on;
  bool in_force = true;
  Quantity honour;
  std::string text;
};

struct Aid {
  ActorId from{0};
  ActorId to{0};
  Quantity usd;
};

struct Deal : Named {
  ActorId from{0};
  ActorId to{0};
  std::vector<std::string> gives, gets;
  std::string text;
  Provenance provenance;
};

struct Tension {
  ActorId from{0};
  ActorId to{0};
  Quantity value;
};

struct Alignment {
  ActorId a{0};
  ActorId b{0};
  double weight = 0.0;
};

/// How close two rulers are as persons.
struct RulerTie {
  ActorId a{0};
  ActorId b{0};
  Quantity bond;
  std::string text;
};

struct TalksStart {
  ActorId a{0};
  ActorId b{0};
  Talks state = Talks::none;
};

struct Rivalry {
  ActorId a{0};
  ActorId b{0};
  std::optional<PlaceId> flashpoint;
  std::string name;
};

}  // namespace casus::casefile
