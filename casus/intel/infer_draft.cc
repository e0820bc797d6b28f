// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace casus::intel {

using casefile::shortened;

void NetworkDraft::declare(std::string_view name, std::vector<std::string> states,
                           std::size_t offset) {
  const auto width = std::max<std::size_t>(1, name.size());
  if (name.empty()) scanner_.fail(offset, 1, "a node without a name");
  if (states.empty()) scanner_.fail(offset, width, fmt::format("node '{}' has no states", name));
  const auto next = static_cast<std::uint32_t>(network_.nodes.size());
  if (!index_.emplace(name, next).second) {
    scanner_.tell(offset, width, fmt::format("node '{}' is declared twice", shortened(name)),
                  "give one of them another name");
    return;
  }
  std::set<std::string_view> seen;
  for (const auto& s : states) {
    if (!seen.insert(s).second) {
      scanner_.tell(
          offset, width,
          fmt::format("node '{}' has two states called '{}'", shortened(name), shortened(s)));
      break;
    }
  }
  network_.nodes.push_back({std::string(name), std::move(states), {}, {}});
  places_.push_back({offset, offset, false});
}

std::vector<std::string_view> NetworkDraft::names() const {
  std::vector<std::string_view> all;
  for (const auto& n : network_.nodes) all.push_back(n.name);
  return all;
}

std::optional<std::uint32_t> NetworkDraft::find(std::string_view name, std::size_t offset) {
  const auto found = index_.find(name);
  if (found != index_.end()) return found->second;
  scanner_.tell(offset, std::max<std::size_t>(1, name.size()),
                fmt::format("no node is called '{}'", shortened(name)), near_hint(name, names()));
  return std::nullopt;
}

bool NetworkDraft::depend(std::uint32_t node, std::vector<std::uint32_t> parents,
                          std::size_t offset) {
  NetworkNode& n = network_.nodes[node];
  Place& place = places_[node];
  if (place.has_table) {
    scanner_.tell(offset, n.name.size(),
                  fmt::format("node '{}' has a second table", shortened(n.name)),
                  "leave one of them out");
    return false;
  }
  place = {place.declared, offset, true};
  std::set<std::uint32_t> seen;
  for (const auto p : parents) {
    if (p == node || !seen.insert(p).second) {
      scanner_.tell(offset, n.name.size(),
                    p == node ? fmt::format("node '{}' depends on itself", shortened(n.name))
                              : fmt::format("node '{}' names '{}' twice as a parent",
                                            shortened(n.name), shortened(network_.nodes[p].name)));
      return false;
    }
  }
  n.parents = std::move(parents);
  return true;
}

std::size_t NetworkDraft::cells(std::uint32_t node, std::size_t offset) {
  const NetworkNode& n = network_.nodes[node];
  auto size = static_cast<double>(n.states.size());
  for (const auto p : n.parents) size *= static_cast<double>(network_.nodes[p].states.size());
  if (size > largest_table) {
    scanner_.fail(
        offset, n.name.size(),
        fmt::format("the table of node '{}' would have {:.3g} cells", shortened(n.name), size),
        fmt::format("at most {:.0f} are read: put nodes between it and its parents",
                    largest_table));
  }
  return static_cast<std::size_t>(size);
}

void NetworkDraft::normalise(std::uint32_t node, std::size_t offset) {
  NetworkNode& n = network_.nodes[node];
  const std::size_t width = n.states.size();
  for (std::size_t row = 0; row * width < n.table.size(); ++row) {
    double* const p = n.table.data() + row * width;
    double sum = 0.0;
    for (std::size_t k = 0; k < width; ++k) sum += p[k];
    if (!(sum > 0.0) || !std::isfinite(sum)) {
      scanner_.tell(offset, n.name.size(),
                    fmt::format("row {} of the table of node '{}' sums to {}", row + 1,
                                shortened(n.name), sum),
                    "a row needs at least one number above 0, and a sum a float can hold");
      return;
    }
    if (sum != 1.0) {
      for (std::size_t k = 0; k < width; ++k) p[k] /= sum;
    }
  }
}

void NetworkDraft::tell_cycle() {
  const auto& nodes = network_.nodes;
  std::vector<std::size_t> waiting(nodes.size(), 0);
  std::vector<std::vector<std::uint32_t>> below(nodes.size());
  std::vector<std::uint32_t> free;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    waiting[i] = nodes[i].parents.size();
    if (waiting[i] == 0) free.push_back(i);
    for (const auto p : nodes[i].parents) below[p].push_back(i);
  }
  for (std::size_t k = 0; k < free.size(); ++k) {
    for (const auto c : below[free[k]]) {
      if (--waiting[c] == 0) free.push_back(c);
    }
  }
  if (free.size() == nodes.size()) return;
  // every node left has a parent left: walk upwards until one comes twice
  std::uint32_t v = 0;
  while (waiting[v] == 0) ++v;
  std::vector<std::size_t> seen(nodes.size(), 0);
  std::vector<std::uint32_t> way;
  while (seen[v] == 0) {
    way.push_back(v);
    seen[v] = way.size();
    v = *std::find_if(nodes[v].parents.begin(), nodes[v].parents.end(),
                      [&](std::uint32_t p) { return waiting[p] > 0; });
  }
  std::string told = nodes[v].name;
  std::size_t shown = 0;
  for (std::size_t k = way.size(); k-- > seen[v];) {
    if (++shown == 20) {
      told += " -> ...";
      break;
    }
    told += " -> " + nodes[way[k]].name;
  }
  scanner_.tell(places_[v].told, nodes[v].name.size(),
                fmt::format("node '{}' is its own ancestor: {} -> {}", shortened(nodes[v].name),
                            told, nodes[v].name),
                "take one of these arcs out");
}

Network NetworkDraft::finish() {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (!places_[i].has_table) {
      const auto& name = network_.nodes[i].name;
      scanner_.tell(places_[i].declared, name.size(),
                    fmt::format("node '{}' has no table", shortened(name)));
    }
  }
  tell_cycle();
  scanner_.finish();
  return std::move(network_);
}

bool sound_probability(Scanner& scanner, double value, std::size_t offset) {
  if (std::isfinite(value) && value >= 0.0) return true;
  scanner.tell(offset, scanner.word_width(offset),
               std::isfinite(value) ? fmt::format("{} is below 0", value)
                                    : fmt::format("{} is not a finite number", value),
               "probabilities are finite and at least 0");
  return false;
}

}  // namespace casus::intel
