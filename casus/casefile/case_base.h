// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "casus/base/id.h"
#include "casus/casefile/vocabulary.h"
#include "casus/random/prior.h"
#include "casus/time/date.h"

/// Ids, names and quantities: what every part of a case is made of.
namespace casus::casefile {

struct Actor;
struct Place;
struct Region;
struct Sector;
struct Route;
struct Contingent;
struct Source;
struct Report;
struct Hypothesis;
struct Option;
struct Reference;
using ActorId = Id<Actor>;
using PlaceId = Id<Place>;
using RegionId = Id<Region>;
using SectorId = Id<Sector>;
using RouteId = Id<Route>;
using ContingentId = Id<Contingent>;
using SourceId = Id<Source>;
using ReportId = Id<Report>;
using HypothesisId = Id<Hypothesis>;
using OptionId = Id<Option>;
using ReferenceId = Id<Reference>;

/// What every declared thing has: its text id and the key that draws and ordering use.
struct Named {
  std::string id;
  std::uint64_t key = 0;  ///< key_of(id)
  std::string name;
};

/// Where a number comes from.
struct Provenance {
  std::optional<ReferenceId> reference;
  Tag tag = Tag::judgement;
  Date known;
};

/// A number with its spread, unit and origin.
struct Quantity {
  Prior prior;
  std::string unit;
  Provenance from;
};

struct Reference : Named {
  std::string text;
  std::string url;
  Date published;
};

struct CalendarEvent : Named {
  Date date;
  CalendarKind kind = CalendarKind::other;
  std::optional<ActorId> actor;
  std::string text;
  std::optional<double> p;  ///< elections: chance that the governing line loses
  CalendarEffect effect = CalendarEffect::none;
  std::optional<std::uint32_t> follows;  ///< index into `calendar`
  Provenance from;
};

}  // namespace casus::casefile
