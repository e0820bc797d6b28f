// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/casefile/loading.h"
#include "casus/geo/geo.h"

namespace casus::casefile {
namespace {

using Graph = std::vector<std::vector<std::uint32_t>>;

/// The nodes of one cycle in a directed graph, in order; empty if there is none. No recursion.
std::vector<std::uint32_t> find_cycle(const Graph& graph) {
  enum class Colour : std::uint8_t { fresh, open, done };
  std::vector<Colour> colour(graph.size(), Colour::fresh);
  for (std::uint32_t root = 0; root < graph.size(); ++root) {
    if (colour[root] != Colour::fresh) continue;
    std::vector<std::pair<std::uint32_t, std::size_t>> path = {{root, 0}};
    colour[root] = Colour::open;
    while (!path.empty()) {
      auto& [node, next] = path.back();
      if (next == graph[node].size()) {
        colour[node] = Colour::done;
        path.pop_back();
        continue;
      }
      const std::uint32_t to = graph[node][next++];
      if (colour[to] == Colour::fresh) {
        colour[to] = Colour::open;
        path.emplace_back(to, 0);
      } else if (colour[to] == Colour::open) {
        std::vector<std::uint32_t> cycle;
        const auto begin = std::find_if(path.begin(), path.end(),
                                        [to](const auto& step) { return step.first == to; });
        for (auto step = begin; step != path.end(); ++step) cycle.push_back(step->first);
        return cycle;
      }
    }
  }
  return {};
}

void tell_cycle(Loading& loading, Thing thing, const Graph& graph, std::string_view key,
                std::string_view word) {
  const std::vector<std::uint32_t> cycle = find_cycle(graph);
  if (cycle.empty()) return;
  const auto& entries = loading.entries(thing);
  std::string chain;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (i == 5 && cycle.size() > 6) {
      chain += "… -> ";
      break;
    }
    chain += entries[cycle[i]].id + " -> ";
  }
  chain += entries[cycle.front()].id;
  Fields fields(loading.problems, entries[cycle.front()].spot, entries[cycle.front()].what);
  const Spot at = fields.optional(key);
  fields.tell(at ? at : entries[cycle.front()].spot,
              fmt::format("{} runs in a circle: {}", word, chain), "break it at one of them");
}

template <class Things, class Member>
Graph graph_of(const Things& things, Member member) {
  Graph graph(things.size());
  for (std::size_t i = 0; i < things.size(); ++i) {
    for (const auto& id : things[i].*member) graph[i].push_back(id.index);
  }
  return graph;
}

void check_circles(Loading& loading) {
  const Case& given = loading.given;
  tell_cycle(loading, Thing::report, graph_of(given.reports, &Report::lineage), "lineage",
             "lineage");
  tell_cycle(loading, Thing::hypothesis, graph_of(given.hypotheses, &Hypothesis::parents),
             "parents", "parentage");
  Graph members(given.actors.size());
  for (std::size_t i = 0; i < given.actors.size(); ++i) {
    for (const Voice& voice : given.actors[i].members) {
      if (voice.actor) members[i].push_back(voice.actor->index);
    }
  }
  tell_cycle(loading, Thing::actor, members, "members", "membership");
}

void check_lineage(Loading& loading) {
  const auto& reports = loading.given.reports;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const Entry& entry = loading.entries(Thing::report)[i];
    for (const ReportId earlier : reports[i].lineage) {
      if (reports[earlier].published <= reports[i].published) continue;
      if (reports[i].published == Date()) continue;  // no day that can be read; told already
      Fields fields = loading.fields(entry);
      for (const Spot& at : fields.list("lineage")) {
        if (at.node->text != reports[earlier].id) continue;
        fields.tell(at,
                    fmt::format("{} of {} repeats '{}', which was published later, on {}",
                                entry.what, to_string(reports[i].published), reports[earlier].id,
                                to_string(reports[earlier].published)),
                    "lineage names earlier reports");
      }
    }
  }
}

// Leaves out what the day looked from could not know, and puts the rest in order.
void order_reports(Loading& loading) {
  auto& reports = loading.given.reports;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < reports.size(); ++i) {
    if (reports[i].published <= loading.as_of) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (reports[a].published != reports[b].published) {
      return reports[a].published < reports[b].published;
    }
    return reports[a].id < reports[b].id;
  });
  std::vector<std::optional<std::uint32_t>> place(reports.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Report> sorted;
  for (const std::uint32_t i : order) {
    Report& report = sorted.emplace_back(std::move(reports[i]));
    for (auto* links : {&report.lineage, &report.answers}) {
      std::vector<ReportId> kept;
      for (const ReportId link : *links) {
        if (place[link]) kept.push_back(ReportId{*place[link]});
      }
      *links = std::move(kept);
    }
  }
  reports = std::move(sorted);
}

// What a kilometre costs by sea, rail, road, air: men go by rail where they can. Only the choice
// among routes hangs on it, so the ratios are kept near one.
constexpr double cost_of_km[] = {1.2, 1.0, 1.3, 1.1};

bool joined(const Case& given, PlaceId a, PlaceId b) {
  return std::any_of(given.routes.begin(), given.routes.end(), [&](const Route& route) {
    return (route.from == a && route.to == b) || (route.from == b && route.to == a);
  });
}

void check_path(Loading& loading, std::size_t number) {
  const Case& given = loading.given;
  const Contingent& contingent = given.contingents[number];
  Fields fields = loading.fields(loading.entries(Thing::contingent)[number]);
  const std::vector<Spot> stops = fields.list("path");
  if (contingent.path.front() != contingent.origin) {
    fields.tell(stops.front(), fmt::format("the path of {} does not begin at its origin '{}'",
                                           fields.what(), given.places[contingent.origin].id));
  }
  if (contingent.path.back() != contingent.destination) {
    fields.tell(stops.back(), fmt::format("the path of {} does not end at its destination '{}'",
                                          fields.what(), given.places[contingent.destination].id));
  }
  for (std::size_t i = 1; i < contingent.path.size(); ++i) {
    if (joined(given, contingent.path[i - 1], contingent.path[i])) continue;
    fields.tell(stops[i],
                fmt::format("no route joins '{}' and '{}' on the path of {}",
                            given.places[contingent.path[i - 1]].id,
                            given.places[contingent.path[i]].id, fields.what()),
                "declare the route in map.yaml");
  }
}

}  // namespace

void fill_paths(Loading& loading) {
  Case& given = loading.given;
  std::vector<RouteEdge> edges;
  for (const Route& route : given.routes) {
    edges.push_back({route.from.index, route.to.index,
                     route.km * cost_of_km[static_cast<std::size_t>(route.mode)]});
  }
  for (std::size_t i = 0; i < given.contingents.size(); ++i) {
    Contingent& contingent = given.contingents[i];
    if (!contingent.path.empty()) {
      check_path(loading, i);
      continue;
    }
    const PathTree tree = cheapest_paths(given.places.size(), edges, contingent.origin.index);
    for (const std::uint32_t place : tree.path_to(contingent.destination.index)) {
      contingent.path.push_back(PlaceId{place});
    }
    if (!contingent.path.empty()) continue;
    Fields fields = loading.fields(loading.entries(Thing::contingent)[i]);
    const Spot at = fields.optional("destination");
    fields.tell(
        at ? at : fields.spot(),
        fmt::format("no route leads from '{}' to '{}' for {}", given.places[contingent.origin].id,
                    given.places[contingent.destination].id, fields.what()),
        "declare routes in map.yaml");
  }
}

void validate(Loading& loading) {
  if (loading.entries(Thing::actor).empty() && !loading.partial) {
    loading.problems.tell(*loading.case_fields->spot().document, *loading.case_fields->spot().node,
                          "this case declares no actors", "declare them in actors.yaml");
  }
  check_circles(loading);
  check_lineage(loading);
  if (!loading.problems.none()) return;
  fill_paths(loading);
  order_reports(loading);
}

}  // namespace casus::casefile
