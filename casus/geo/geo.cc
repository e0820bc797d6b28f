// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/geo/geo.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

#include "casus/base/error.h"

namespace casus {

double great_circle_km(GeoPoint a, GeoPoint b) {
  constexpr double radius_km = 6371.0088;
  constexpr double degree = 3.14159265358979323846 / 180.0;
  const double s = std::sin((b.lat - a.lat) * degree / 2.0);
  const double t = std::sin((b.lon - a.lon) * degree / 2.0);
  const double h = s * s + std::cos(a.lat * degree) * std::cos(b.lat * degree) * t * t;
  return 2.0 * radius_km * std::asin(std::min(1.0, std::sqrt(h)));
}

std::vector<std::uint32_t> PathTree::path_to(std::uint32_t node) const {
  std::vector<std::uint32_t> path;
  if (node >= cost.size() || std::isinf(cost[node])) return path;
  for (std::uint32_t at = node; at != none; at = previous[at]) path.push_back(at);
  std::reverse(path.begin(), path.end());
  return path;
}

PathTree cheapest_paths(std::size_t nodes, std::span<const RouteEdge> edges, std::uint32_t root) {
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                            boost::property<boost::edge_weight_t, double>>;
  CASUS_CHECK(root < nodes);
  Graph graph(nodes);
  for (const RouteEdge& e : edges) {
    CASUS_CHECK(e.from < nodes && e.to < nodes && e.cost > 0.0);
    boost::add_edge(e.from, e.to, e.cost, graph);
  }
  PathTree tree;
  tree.cost.assign(nodes, std::numeric_limits<double>::infinity());
  tree.previous.assign(nodes, PathTree::none);
  tree.edge.assign(nodes, PathTree::none);
  boost::dijkstra_shortest_paths(
      graph, root,
      boost::distance_map(tree.cost.data()).distance_inf(std::numeric_limits<double>::infinity()));
  // Boost leaves ties to its heap; predecessors are chosen here, so that ties go to the lower node.
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    for (const auto& [from, to] :
         {std::pair{edges[i].from, edges[i].to}, {edges[i].to, edges[i].from}}) {
      if (to == root || std::isinf(tree.cost[from])) continue;
      if (tree.cost[from] + edges[i].cost != tree.cost[to]) continue;
      if (tree.previous[to] == PathTree::none || from < tree.previous[to]) {
        tree.previous[to] = from;
        tree.edge[to] = i;
      }
    }
  }
  return tree;
}

std::vector<double> matrix_exponential(std::span<const double> a, std::size_t n) {
  CASUS_CHECK(a.size() == n * n);
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto size = static_cast<Eigen::Index>(n);
  const Matrix result = Matrix(Eigen::Map<const Matrix>(a.data(), size, size)).exp();
  return {result.data(), result.data() + result.size()};
}

}  // namespace casus
