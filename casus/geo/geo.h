// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace casus {

/// A point on the globe, degrees.
struct GeoPoint {
  double lon = 0.0;
  double lat = 0.0;
};

/// Great-circle distance in km on the sphere of 6,371.0088 km (mean Earth radius, IUGG).
[[nodiscard]] double great_circle_km(GeoPoint a, GeoPoint b);

/// One edge of a route network, used in both directions.
struct RouteEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double cost = 0.0;  ///< what shortest paths add up: km, or days
};

/// Cheapest paths from one node to all others.
struct PathTree {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<double> cost;             ///< infinity where no path leads
  std::vector<std::uint32_t> previous;  ///< node before on the path; `none` at the root
  std::vector<std::uint32_t> edge;      ///< index of the edge into the node

  /// The nodes from the root to `node`; empty where no path leads.
  [[nodiscard]] std::vector<std::uint32_t> path_to(std::uint32_t node) const;
};

/// Dijkstra's tree over an undirected network; ties go to the lower node number.
/// @throws InternalError an edge names a node >= nodes or has a cost that is not positive.
[[nodiscard]] PathTree cheapest_paths(std::size_t nodes, std::span<const RouteEdge> edges,
                                      std::uint32_t root);

/// e^A for a small dense matrix (row-major, n by n), by Eigen's scaling and squaring (Higham 2005).
/// Entries agree to 1e-12 with the closed form of Erlang chains (geo_test.cc).
[[nodiscard]] std::vector<double> matrix_exponential(std::span<const double> a, std::size_t n);

}  // namespace casus
