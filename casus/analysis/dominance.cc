// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "casus/analysis/parts.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

std::vector<std::size_t> order_of(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t f) { return x[f]; });
  return order;
}

/// How often each future counts in a draw of groups with replacement.
std::vector<double> drawn(const ValueTable& table, std::uint64_t seed, std::size_t draw) {
  static constexpr Stream stream("dominance.bootstrap");
  const std::size_t n = table.futures;
  const bool free = table.group.empty();
  const std::size_t groups =
      free ? n : static_cast<std::size_t>(*std::ranges::max_element(table.group)) + 1;
  const Draws draws(seed);
  std::vector<double> times(groups, 0.0), out(n);
  for (std::size_t g = 0; g < groups; ++g) {
    const double u =
        draws.uniform(stream, static_cast<std::uint32_t>(draw), 0, static_cast<std::uint32_t>(g));
    times[std::min(groups - 1, static_cast<std::size_t>(u * static_cast<double>(groups)))] += 1.0;
  }
  for (std::size_t f = 0; f < n; ++f) out[f] = times[free ? f : table.group[f]];
  return out;
}

struct Ordered {
  std::span<const double> value;
  const std::vector<std::size_t>& order;
};

/// Whether `a` dominates `b` in this order where futures count so often.
bool dominates(const Ordered& a, const Ordered& b, const std::vector<double>& times, int order) {
  const std::size_t n = a.order.size();
  std::size_t i = 0, j = 0;
  double fa = 0.0, fb = 0.0, sum = 0.0, least = 0.0, ahead = 0.0, behind = 0.0;
  double x = std::min(a.value[a.order[0]], b.value[b.order[0]]);
  while (i < n || j < n) {
    const bool from_a = j == n || (i < n && a.value[a.order[i]] <= b.value[b.order[j]]);
    const double next = from_a ? a.value[a.order[i]] : b.value[b.order[j]];
    const double part = (fb - fa) * (next - x);
    (part >= 0.0 ? ahead : behind) += std::abs(part);
    sum += part;
    least = std::min(least, sum);
    x = next;
    if (from_a) {
      fa += times[a.order[i++]];
    } else {
      fb += times[b.order[j++]];
    }
  }
  const double total = ahead + behind;
  if (total <= 0.0) return false;
  if (order == 1) return behind <= almost_dominant * total;
  return least >= -1e-9 * total && ahead > behind;
}

}  // namespace

void keep_dominances_that_hold(std::vector<Dominance>& all, const ValueTable& table,
                               std::uint64_t seed, Going& going) {
  constexpr std::size_t draws = 40;
  constexpr double sure = 0.95;
  if (all.empty()) return;
  going.part("trying dominances again", "draws", draws);
  std::vector<std::vector<std::size_t>> order;
  for (std::size_t o = 0; o < table.options; ++o) order.push_back(order_of(table.of(o)));
  for (std::size_t b = 0; b < draws; ++b) {
    const std::vector<double> times = drawn(table, seed, b);
    for (Dominance& d : all) {
      const bool holds = dominates({table.of(d.over), order[d.over]},
                                   {table.of(d.under), order[d.under]}, times, d.order);
      d.again += holds ? 1.0 : 0.0;
    }
    going.done_one();
  }
  for (Dominance& d : all) d.again /= static_cast<double>(draws);
  std::erase_if(all, [](const Dominance& d) { return d.again < sure; });
}

}  // namespace casus::analysis
