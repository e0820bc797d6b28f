// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_blocks.h"

#include "casus/base/error.h"

namespace casus::intel {
namespace {

constexpr std::size_t largest_block = 2048;  // cells; 16 KiB

}  // namespace

std::vector<Level> make_levels(std::span<const std::size_t> sizes,
                               const std::vector<bool>& inside) {
  std::vector<Level> levels;
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] == 1) continue;
    if (!levels.empty() && levels.back().inside == inside[d]) {
      levels.back().extent *= sizes[d];
    } else {
      levels.push_back({sizes[d], inside[d], 1, 0});
    }
  }
  if (levels.empty()) levels.push_back({1, false, 1, 0});
  std::size_t cells = 1;
  std::size_t table = 1;
  for (std::size_t k = levels.size(); k-- > 0;) {
    levels[k].cell_step = cells;
    levels[k].table_step = levels[k].inside ? table : 0;
    cells *= levels[k].extent;
    if (levels[k].inside) table *= levels[k].extent;
  }
  return levels;
}

Blocks::Blocks(std::span<const std::uint32_t> scope, std::span<const std::uint32_t> states)
    : scope_(scope.begin(), scope.end()) {
  for (const auto v : scope) sizes_.push_back(states[v]);
  outer_ = sizes_.size();
  while (outer_ > 0 && (outer_ == sizes_.size() || block_ * sizes_[outer_ - 1] <= largest_block)) {
    block_ *= sizes_[--outer_];
  }
  slice_ = block_;
  for (std::size_t d = 1; d < outer_; ++d) slice_ *= sizes_[d];
}

Lane Blocks::lane(std::span<const std::uint32_t> table_scope) const {
  Lane out;
  out.step.assign(outer_, 0);
  std::size_t stride = 1;
  std::size_t k = table_scope.size();
  std::vector<bool> inside(scope_.size(), false);
  for (std::size_t d = scope_.size(); d-- > 0;) {
    if (k == 0 || table_scope[k - 1] != scope_[d]) continue;
    inside[d] = true;
    if (d < outer_) out.step[d] = stride;
    stride *= sizes_[d];
    --k;
  }
  CASUS_CHECK(k == 0);
  const std::span<const std::size_t> inner(sizes_.data() + outer_, sizes_.size() - outer_);
  out.levels = make_levels(
      inner, std::vector<bool>(inside.begin() + static_cast<std::ptrdiff_t>(outer_), inside.end()));
  out.slabs = Slabs(out.levels);
  out.still = out.levels.size() == 1 && !out.levels.front().inside;
  return out;
}

}  // namespace casus::intel
