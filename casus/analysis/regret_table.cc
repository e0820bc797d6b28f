// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/regret_table.h"

#include "casus/base/error.h"

namespace casus::analysis {

RegretTable regret_table(const ValueTable& table) {
  CASUS_CHECK(table.options > 0 && table.futures > 0);
  const std::size_t n = table.options;
  RegretTable out{n, std::vector<double>(n, 0.0), std::vector<double>(n * n, 0.0)};
  for (std::size_t f = 0; f < table.futures; ++f) {
    std::size_t best = 0;
    for (std::size_t o = 1; o < n; ++o) {
      if (table.of(o)[f] > table.of(best)[f]) best = o;
    }
    out.share[best] += 1.0;
    for (std::size_t o = 0; o < n; ++o) {
      out.regret[o * n + best] += table.of(best)[f] - table.of(o)[f];
    }
  }
  for (std::size_t b = 0; b < n; ++b) {
    if (out.share[b] == 0.0) continue;
    for (std::size_t o = 0; o < n; ++o) out.regret[o * n + b] /= out.share[b];
    out.share[b] /= static_cast<double>(table.futures);
  }
  return out;
}

}  // namespace casus::analysis
