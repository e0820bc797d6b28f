// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/analysis/clustering.h"
#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

constexpr std::size_t most_in_cloud = 128;  ///< enough to see how a cloud is cut

/// Products of the things' places with each other, their middle at nought.
std::vector<float> products_of(const Distances& d) {
  std::vector<double> row(d.n, 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < d.n; ++i) {
    for (std::size_t j = 0; j < d.n; ++j) row[i] += d.at(i, j) * d.at(i, j);
    row[i] /= static_cast<double>(d.n);
    all += row[i] / static_cast<double>(d.n);
  }
  std::vector<float> out(d.n * d.n);
  for (std::size_t i = 0; i < d.n; ++i) {
    for (std::size_t j = 0; j < d.n; ++j) {
      out[i * d.n + j] =
          static_cast<float>(-0.5 * (d.at(i, j) * d.at(i, j) - row[i] - row[j] + all));
    }
  }
  return out;
}

/// a b, row by row; a of m rows and n columns, b of n rows.
std::vector<float> times(const std::vector<float>& a, const std::vector<float>& b, std::size_t n) {
  const std::size_t rows = a.size() / n, columns = b.size() / n;
  std::vector<float> out(rows * columns, 0.0F);
  for (std::size_t i = 0; i < rows; ++i) {
    float* to = out.data() + i * columns;
    for (std::size_t k = 0; k < n; ++k) {
      const float x = a[i * n + k];
      const float* from = b.data() + k * columns;
      for (std::size_t j = 0; j < columns; ++j) to[j] += x * from[j];
    }
  }
  return out;
}

/// Distances of things drawn from a normal distribution with these products.
Distances cloud_of(const std::vector<float>& products, std::size_t n, const Draws& draws,
                   std::size_t cloud) {
  static constexpr Stream stream("clustering.cloud");
  const std::size_t m = std::min(n, most_in_cloud);
  std::vector<float> weight(m * n), across(n * m);
  const double scale = 1.0 / std::sqrt(static_cast<double>(n));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double z = draws.normal(stream, static_cast<std::uint32_t>(cloud), 0,
                                    static_cast<std::uint32_t>(i * n + j));
      across[j * m + i] = weight[i * n + j] = static_cast<float>(scale * z);
    }
  }
  const std::vector<float> drawn = times(times(weight, products, n), across, n);
  Distances out{m, std::vector<float>(m * m, 0.0F)};
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const float square = drawn[i * m + i] + drawn[j * m + j] - 2.0F * drawn[i * m + j];
      out.d[i * m + j] = out.d[j * m + i] = std::sqrt(std::max(square, 0.0F));
    }
  }
  return out;
}

double clearness(const Distances& d, const Grouping& g) {
  const std::vector<double> s = silhouettes(d, g);
  return std::accumulate(s.begin(), s.end(), 0.0) / static_cast<double>(s.size());
}

}  // namespace

Parting part(const Distances& d, std::size_t most, std::size_t clouds, std::uint64_t seed) {
  CASUS_CHECK(d.n >= 1 && clouds >= 1);
  std::vector<Parting> tried;
  for (std::size_t k = 2; k <= std::min(most, d.n); ++k) {
    Parting p{k_medoids(d, k)};
    bool whole = true;
    p.silhouette = clearness(d, p.grouping);
    const auto& of = p.grouping.of;  // where things lie in one place, fewer groups hold them all
    for (std::size_t g = 0; g < k; ++g) whole = whole && std::ranges::count(of, g) > 0;
    if (!whole) break;
    tried.push_back(std::move(p));
  }
  const std::vector<float> products = products_of(d);
  const Draws draws(seed);
  std::vector<std::size_t> as_clear(tried.size(), 1);  // the things themselves
  for (std::size_t c = 0; c < clouds && !tried.empty(); ++c) {
    const Distances cloud = cloud_of(products, d.n, draws, c);
    for (std::size_t i = 0; i < tried.size(); ++i) {
      const double s = clearness(cloud, k_medoids(cloud, std::min(i + 2, cloud.n)));
      tried[i].reference += s / static_cast<double>(clouds);
      if (s >= tried[i].silhouette) ++as_clear[i];
    }
  }
  Parting one{k_medoids(d, 1)};
  const Parting* best = nullptr;
  const Parting* nearest = nullptr;
  const auto further = [](const Parting& a, const Parting* b) {
    return b == nullptr || a.silhouette - a.reference > b->silhouette - b->reference;
  };
  for (std::size_t i = 0; i < tried.size(); ++i) {
    tried[i].chance = static_cast<double>(as_clear[i]) / static_cast<double>(clouds + 1);
    if (further(tried[i], nearest)) nearest = &tried[i];
    if (as_clear[i] == 1 && further(tried[i], best)) best = &tried[i];
  }
  if (best != nullptr) return *best;
  if (nearest != nullptr) {
    one.silhouette = nearest->silhouette;
    one.reference = nearest->reference;
    one.chance = nearest->chance;
  }
  return one;
}

}  // namespace casus::analysis
