// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/ranks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/base/error.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t few = 64;  ///< below, sorting is faster than counting
constexpr std::size_t piece = 256;

}  // namespace

void Ranks::at(std::span<const float> values, Range range, std::span<const std::size_t> ranks,
               std::span<float> out) {
  CASUS_CHECK(!values.empty() && ranks.size() == out.size());
  CASUS_CHECK(ranks.empty() || ranks.back() < values.size());
  if (values.size() >= few) {
    // Only so many bins are told apart at a time.
    for (std::size_t i = 0; i < ranks.size(); i += most_slots - 1) {
      const std::size_t n = std::min(most_slots - 1, ranks.size() - i);
      pick(0, values, range, ranks.subspan(i, n), out.subspan(i, n));
    }
    return;
  }
  sorted_.assign(values.begin(), values.end());
  std::ranges::sort(sorted_);
  for (std::size_t i = 0; i < ranks.size(); ++i) out[i] = sorted_[ranks[i]] + 0.0F;
}

/// Ranks among values that may be moved about.
void Ranks::look(std::size_t depth, std::span<float> values, std::span<const std::size_t> ranks,
                 std::span<float> out) {
  if (values.size() >= few && depth < deepest) {
    const auto [least, most] = std::ranges::minmax(values);
    return pick(depth, values, {least, most}, ranks, out);
  }
  std::ranges::sort(values);
  for (std::size_t i = 0; i < ranks.size(); ++i) out[i] = values[ranks[i]] + 0.0F;
}

void Ranks::pick(std::size_t depth, std::span<const float> values, Range range,
                 std::span<const std::size_t> ranks, std::span<float> out) {
  const std::size_t n = values.size();
  const float width = range.most - range.least;
  if (width == 0.0F) {
    std::ranges::fill(out, range.least + 0.0F);
    return;
  }
  Room& room = rooms_[depth];
  room.picked.resize(std::max(room.picked.size(), n));
  if (!std::isfinite(width) || width < bins * std::numeric_limits<float>::min()) {
    std::ranges::copy(values, room.picked.begin());
    return look(deepest, std::span(room.picked).first(n), ranks, out);
  }
  // Subtracting, multiplying and cutting off keep the order, rounded or not.
  const float scale = (bins - 1) / width;
  room.bin.resize(std::max(room.bin.size(), n));
  for (auto& way : count_) way.fill(0);
  for (std::size_t from = 0; from < n; from += piece) {
    const std::size_t to = std::min(from + piece, n);
    std::uint16_t* bin = room.bin.data();
    for (std::size_t i = from; i < to; ++i)
      bin[i] = static_cast<std::uint16_t>(static_cast<int>((values[i] - range.least) * scale));
    std::size_t i = from;
    for (; i + ways <= to; i += ways) {  // several counts, as equal values follow each other
      for (std::size_t w = 0; w < ways; ++w) ++count_[w][bin[i + w]];
    }
    for (; i < to; ++i) ++count_[0][bin[i]];
  }
  struct Wanted {
    std::size_t before, size, first_rank, ranks;
  };
  std::array<Wanted, most_slots> wanted{};
  std::array<std::uint8_t, bins> slot_of{};
  std::size_t slots = 1, before = 0, r = 0;  // slot 0 is where nobody looks
  for (std::size_t b = 0; b < bins && r < ranks.size(); ++b) {
    std::size_t size = 0;
    for (const auto& way : count_) size += way[b];
    const std::size_t first = r;
    while (r < ranks.size() && ranks[r] < before + size) ++r;
    if (r > first) {
      slot_of[b] = static_cast<std::uint8_t>(slots);
      wanted[slots++] = {before, size, first, r - first};
    }
    before += size;
  }
  room.slot.resize(std::max(room.slot.size(), n));
  std::size_t picked = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint8_t slot = slot_of[room.bin[i]];
    room.picked[picked] = values[i];
    room.slot[picked] = slot;
    picked += slot != 0 ? 1 : 0;
  }
  room.ordered.resize(std::max(room.ordered.size(), picked));
  std::array<std::size_t, most_slots> place{};
  for (std::size_t s = 1; s + 1 < slots; ++s) place[s + 1] = place[s] + wanted[s].size;
  const auto start = place;
  for (std::size_t i = 0; i < picked; ++i) room.ordered[place[room.slot[i]]++] = room.picked[i];
  std::array<std::size_t, most_slots> inside{};
  for (std::size_t s = 1; s < slots; ++s) {
    const Wanted& w = wanted[s];
    for (std::size_t i = 0; i < w.ranks; ++i) inside[i] = ranks[w.first_rank + i] - w.before;
    look(depth + 1, std::span(room.ordered).subspan(start[s], w.size),
         std::span(inside).first(w.ranks), out.subspan(w.first_rank, w.ranks));
  }
}

}  // namespace casus::ensemble
