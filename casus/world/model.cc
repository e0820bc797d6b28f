// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/model.h"

#include <algorithm>
#include <string>

#include "casus/base/error.h"
#include "casus/geo/geo.h"

namespace casus::world {
namespace {

using casefile::Case;

/// Stages a whole path has at least, so that no way is a single memoryless step.
constexpr std::size_t least_stages = 8;

std::optional<std::uint32_t> route_between(const Case& given, std::uint32_t a, std::uint32_t b) {
  std::optional<std::uint32_t> best;
  for (std::uint32_t r = 0; r < given.routes.size(); ++r) {
    const casefile::Route& route = given.routes[r];
    const bool joins = (route.from.index == a && route.to.index == b) ||
                       (route.from.index == b && route.to.index == a);
    if (joins && (!best || route.km < given.routes[*best].km)) best = r;
  }
  return best;
}

/// The places from `a` to `b` over the cheapest routes, `a` left out.
std::vector<std::uint32_t> way(const Case& given, std::uint32_t a, std::uint32_t b) {
  std::vector<RouteEdge> edges;
  for (const casefile::Route& r : given.routes) edges.push_back({r.from.index, r.to.index, r.km});
  auto places = cheapest_paths(given.places.size(), edges, a).path_to(b);
  if (!places.empty()) places.erase(places.begin());
  return places;
}

/// The contingent's places one route apart; places without a route to them are left out.
std::vector<std::uint32_t> places_of(const Case& given, const casefile::Contingent& c) {
  std::vector<std::uint32_t> wanted{c.origin.index};
  for (const casefile::PlaceId p : c.path) {
    if (p.index != wanted.back()) wanted.push_back(p.index);
  }
  if (wanted.back() != c.destination.index) wanted.push_back(c.destination.index);
  std::vector<std::uint32_t> places{wanted.front()};
  for (std::size_t i = 1; i < wanted.size(); ++i) {
    if (route_between(given, places.back(), wanted[i])) {
      places.push_back(wanted[i]);
      continue;
    }
    for (const std::uint32_t p : way(given, places.back(), wanted[i])) places.push_back(p);
  }
  return places;
}

Model::Path staged(const Case& given, const std::vector<std::uint32_t>& places) {
  Model::Path path;
  const std::size_t edges = places.size() - 1;
  const std::size_t stages =
      edges == 0 ? 0 : std::max<std::size_t>(1, (least_stages + edges - 1) / edges);
  for (std::size_t e = 0; e < edges; ++e) {
    const std::uint32_t route = *route_between(given, places[e], places[e + 1]);
    const auto km = static_cast<float>(given.routes[route].km / static_cast<double>(stages));
    for (std::size_t s = 0; s < stages; ++s) {
      path.places.push_back(2 * s < stages ? places[e] : places[e + 1]);
      path.routes.push_back(route);
      path.km.push_back(km);
      path.enters.push_back(s == 0);
    }
  }
  path.places.push_back(places.back());
  return path;
}

}  // namespace

Model::Model(const Case& given) : given_(&given) {
  shape_.actors = given.actors.size();
  shape_.sectors = given.sectors.size();
  shape_.contingents = given.contingents.size();
  shape_.routes = given.routes.size();
  shape_.regions = given.regions.size();
  shape_.knobs = knobs().size();
  index_actors();
  index_alignments();
  index_paths();
  packages_ = package_set();
  build_menu();
  shape_.entries = entries_.size();
  read_parameters();
}

Model::~Model() = default;

void Model::index_actors() {
  const auto keys = [](const auto& things) {
    std::vector<std::uint32_t> out;
    for (const auto& t : things) out.push_back(fold(t.key));
    return out;
  };
  actor_keys_ = keys(given_->actors);
  sector_keys_ = keys(given_->sectors);
  contingent_keys_ = keys(given_->contingents);
  route_keys_ = keys(given_->routes);
  side_of_.assign(shape_.actors, -1);
  if (!given_->war) return;
  for (std::size_t side = 0; side < 2; ++side) {
    lead_[side] = given_->war->sides[side].lead.index;
    side_of_[lead_[side]] = static_cast<int>(side);
    for (const casefile::ActorId m : given_->war->sides[side].members) {
      side_of_[m.index] = static_cast<int>(side);
    }
  }
}

void Model::index_alignments() {
  const std::size_t n = shape_.actors;
  alignment_.assign(n * n, 0.0F);
  rivals_.assign(n * n, false);
  for (const casefile::Alignment& a : given_->alignments) {
    const auto w = static_cast<float>(a.weight);
    alignment_[a.a * n + a.b] = w;
    alignment_[a.b * n + a.a] = w;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const bool same_side = side_of_[i] >= 0 && side_of_[i] == side_of_[j];
      if (i == j || same_side) alignment_[i * n + j] = 1.0F;
    }
  }
  for (const casefile::Rivalry& r : given_->rivalries) {
    rivals_[r.a * n + r.b] = true;
    rivals_[r.b * n + r.a] = true;
  }
  leaning_.assign(n, 0.0F);
  if (!has_war()) return;
  for (std::size_t i = 0; i < n; ++i) {
    leaning_[i] = std::clamp(alignment(i, lead_[1]) - alignment(i, lead_[0]), -1.0F, 1.0F);
  }
}

void Model::index_paths() {
  for (const casefile::Contingent& c : given_->contingents) {
    paths_.push_back(staged(*given_, places_of(*given_, c)));
    shape_.path_nodes = std::max(shape_.path_nodes, paths_.back().places.size());
  }
}

std::uint32_t Model::entry_of(const casefile::Order& order) const {
  const auto same = [](const auto& id, const std::optional<std::uint32_t>& index) {
    return id.has_value() == index.has_value() && (!id || id->index == *index);
  };
  std::optional<std::uint32_t> package;
  if (order.package) package = nearest_package(packages_, *order.package);
  for (const std::uint32_t e : by_actor_[order.actor]) {
    const Entry& entry = entries_[e];
    if (entry.action == order.action && same(order.target, entry.target) &&
        entry.kind == order.kind && same(order.contingent, entry.contingent) &&
        same(order.sector, entry.sector) && entry.package == package) {
      return e;
    }
  }
  throw InternalError("the menu lacks " + given_->actors[order.actor].id + " " +
                      std::string(casefile::name_of(order.action)));
}

void Model::read_parameters() {
  std::vector<Problem> problems;
  for (const Knob& knob : knobs()) {
    std::string why;
    const auto prior = parse_prior(knob.prior, &why);
    if (!prior) throw InternalError("prior of " + std::string(knob.id) + ": " + why);
    knob_priors_.push_back(*prior);
  }
  for (const casefile::Parameter& p : given_->parameters) {
    const auto table = knobs();
    const auto found = std::ranges::find(table, p.knob, &Knob::id);
    if (found == table.end()) {
      problems.push_back({"parameters.yaml", 0, 0, "the engine has no knob '" + p.knob + "'", "", 1,
                          "`casus model --knobs` lists them"});
      continue;
    }
    knob_priors_[static_cast<std::size_t>(found - table.begin())] = p.value.prior;
  }
  if (!problems.empty()) throw CaseError(std::move(problems));
}

}  // namespace casus::world
