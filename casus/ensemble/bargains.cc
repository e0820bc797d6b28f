// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/bargains.h"

#include <algorithm>

#include "casus/base/error.h"
#include "casus/base/lanes.h"
#include "casus/base/parallel.h"
#include "casus/ensemble/engine.h"
#include "casus/world/package.h"

namespace casus::ensemble {
namespace {

// Rows of sixteen lanes of one block to rows over all futures.
void spread(const std::vector<float>& rows, std::size_t first_row, std::size_t block,
            std::size_t futures, std::vector<float>& to) {
  const std::size_t first = block * block_futures;
  const std::size_t count = std::min(block_futures, futures - first);
  for (std::size_t r = 0; r * block_futures < rows.size(); ++r) {
    std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(r * block_futures), count,
                to.begin() + static_cast<std::ptrdiff_t>((first_row + r) * futures + first));
  }
}

}  // namespace

Bargains bargains(const casefile::Case& given, const intel::Belief& belief,
                  const PlayOptions& options, const std::string& option,
                  std::span<const int> weeks) {
  if (!given.war) throw ModelError("there is no war in this case, so nothing to settle");
  if (weeks.empty()) throw ModelError("no week was asked for");
  const auto engine = make_engine(options.target, given, belief,
                                  {.seed = options.seed,
                                   .weeks = weeks.back() + 1,
                                   .every = weeks.back() + 1,
                                   .sampling = options.sampling});
  const casefile::OptionId id = playable_option(given, option);
  Bargains out;
  out.weeks.assign(weeks.begin(), weeks.end());
  for (const std::uint32_t a : engine->parties()) out.parties.push_back(given.actors[a].id);
  out.packages = world::package_set();
  out.futures = options.futures;
  const std::size_t n = out.futures, packages = out.packages.size(), parties = out.parties.size();
  out.surplus.resize(weeks.size() * parties * packages * n);
  out.renewed.resize(weeks.size() * packages * n);
  out.war.resize(weeks.size() * 2 * n);
  out.fighting.resize(weeks.size() * n);
  parallel_for((n + block_futures - 1) / block_futures, options.threads, [&](std::size_t block) {
    if (options.cancelled && options.cancelled()) throw Cancelled();
    const auto start = engine->start(block);
    const auto seen = engine->bargains(*start, id, block, weeks);
    CASUS_CHECK(seen.size() == weeks.size());
    for (std::size_t w = 0; w < weeks.size(); ++w) {
      spread(seen[w].surplus, w * parties * packages, block, n, out.surplus);
      spread(seen[w].renewed, w * packages, block, n, out.renewed);
      spread(seen[w].war, w * 2, block, n, out.war);
      spread(seen[w].fighting, w, block, n, out.fighting);
    }
  });
  return out;
}

}  // namespace casus::ensemble
