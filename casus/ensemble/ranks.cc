// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/ranks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "casus/base/error.h"
#include "casus/base/wide.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t few = 96;  ///< up to these, comparing all with all is fastest
constexpr std::size_t most_spans = 6;
constexpr std::size_t step = 32;                ///< values looked at in one go
constexpr std::uint16_t past_the_end = 0xFFFF;  ///< the bin of no value

/// Bins that lie side by side.
struct Spans {
  std::array<std::uint16_t, most_spans> first{}, beyond{};  ///< bins after the first
  Spans() { first.fill(past_the_end - 1); }
};

/// So few spans that hold all the bins; of the gaps between them the widest are left out.
Spans spans_over(std::span<const std::uint16_t> bins) {
  std::array<std::size_t, most_spans> at{};  // where the spans begin, after the first's
  std::size_t n = 1;
  const auto gap = [&](std::size_t i) { return bins[i] - bins[i - 1]; };
  for (std::size_t i = 1; i < bins.size(); ++i) {
    if (n < most_spans) {
      at[n++] = i;
      continue;
    }
    const auto least = std::ranges::min_element(at.begin() + 1, at.end(), {}, gap);
    if (gap(*least) >= gap(i)) continue;
    std::copy(least + 1, at.end(), least);
    at.back() = i;
  }
  Spans out;
  for (std::size_t s = 0; s < n; ++s) {
    const std::size_t end = s + 1 < n ? at[s + 1] : bins.size();
    out.first[s] = bins[at[s]];
    out.beyond[s] = static_cast<std::uint16_t>(bins[end - 1] - bins[at[s]]);
  }
  return out;
}

/// The least and the most, which many may equal, have a bin of their own at either end.
/// Subtracting, multiplying and cutting off keep the order, rounded or not.
CASUS_WIDE void into_bins(const float* values, std::size_t n, float least, float most, float scale,
                          std::uint16_t* bin) {
  for (std::size_t i = 0; i < n; ++i) {
    const float x = values[i];
    const int inner = static_cast<int>((x - least) * scale);
    bin[i] = static_cast<std::uint16_t>(inner + (x > least ? 1 : 0) + (x >= most ? 1 : 0));
  }
}

/// Which of `step` bins lie in a span, a bit each.
CASUS_INSIDE std::uint32_t inside(const std::uint16_t* bin, const Spans& in) {
  std::array<std::uint16_t, step> yes{};
  for (std::size_t s = 0; s < most_spans; ++s) {
    for (std::size_t k = 0; k < step; ++k) {
      const auto on = static_cast<std::uint16_t>(bin[k] - in.first[s]);
      yes[k] = static_cast<std::uint16_t>(yes[k] | (on <= in.beyond[s] ? 1 : 0));
    }
  }
  std::array<std::uint8_t, step> bytes{};
  for (std::size_t k = 0; k < step; ++k) bytes[k] = static_cast<std::uint8_t>(yes[k]);
  std::uint32_t out = 0;
  for (std::size_t w = 0; w < step / 8; ++w) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + 8 * w, 8);
    out |= static_cast<std::uint32_t>((eight * 0x0102040810204080ULL) >> 56U) << (8 * w);
  }
  return out;
}

/// Puts so few values in order: each goes behind as many as are less. Places that equal values
/// leave open stay marked.
CASUS_WIDE void compare_all(const float* values, std::size_t n, float* sorted) {
  std::array<float, few + 8> padded{};
  std::copy_n(values, n, padded.begin());
  const std::size_t end = (n + 7) / 8 * 8;
  std::fill(padded.begin() + static_cast<std::ptrdiff_t>(n),
            padded.begin() + static_cast<std::ptrdiff_t>(end),
            std::numeric_limits<float>::infinity());
  std::fill_n(sorted, n, std::numeric_limits<float>::infinity());
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t less = 0;
    for (std::size_t j = 0; j < end; ++j) less += padded[j] < padded[i] ? 1 : 0;
    sorted[less] = padded[i];
  }
}

/// Takes the values whose bin has a slot out, with their slots. @param bin  a multiple of `step`.
/// @returns how many.
CASUS_WIDE std::size_t take_out(const float* values, const std::uint16_t* bin, std::size_t n,
                                const Spans& spans, const std::uint8_t* slot_of, float* picked,
                                std::uint8_t* slots) {
  std::size_t out = 0;
  for (std::size_t from = 0; from < n; from += step) {
    for (std::uint32_t left = inside(bin + from, spans); left != 0; left &= left - 1) {
      const std::size_t i = from + static_cast<std::size_t>(std::countr_zero(left));
      picked[out] = values[i];
      slots[out] = slot_of[bin[i]];
      out += slots[out] != 0 ? 1 : 0;
    }
  }
  return out;
}

}  // namespace

void Ranks::at(std::span<const float> values, Range range, std::span<const std::size_t> ranks,
               std::span<float> out) {
  CASUS_CHECK(!values.empty() && ranks.size() == out.size());
  CASUS_CHECK(ranks.empty() || ranks.back() < values.size());
  if (values.size() > few) {
    // Only so many bins are told apart at a time.
    for (std::size_t i = 0; i < ranks.size(); i += most_slots - 1) {
      const std::size_t n = std::min(most_slots - 1, ranks.size() - i);
      pick(0, values, range, ranks.subspan(i, n), out.subspan(i, n));
    }
    return;
  }
  few_.assign(values.begin(), values.end());
  look(deepest, few_, ranks, out);
}

/// Ranks among values that may be moved about; of few, or at the deepest, by their order.
void Ranks::look(std::size_t depth, std::span<float> values, std::span<const std::size_t> ranks,
                 std::span<float> out) {
  if (values.size() > few && depth < deepest) {
    const auto [least, most] = std::ranges::minmax(values);
    return pick(depth, values, {least, most}, ranks, out);
  }
  if (values.size() > few) {
    std::ranges::sort(values);
    for (std::size_t i = 0; i < ranks.size(); ++i) out[i] = values[ranks[i]] + 0.0F;
    return;
  }
  std::array<float, few> sorted;
  compare_all(values.data(), values.size(), sorted.data());
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    std::size_t r = ranks[i];
    while (!std::isfinite(sorted[r])) --r;  // equal to the one before
    out[i] = sorted[r] + 0.0F;
  }
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
  room.picked.resize(std::max(room.picked.size(), n + 1));
  if (!std::isfinite(width) || width < bins * std::numeric_limits<float>::min()) {
    std::ranges::copy(values, room.picked.begin());
    return look(deepest, std::span(room.picked).first(n), ranks, out);
  }
  const std::size_t padded = (n + step - 1) / step * step;
  room.bin.resize(std::max(room.bin.size(), padded));
  std::uint16_t* bin = room.bin.data();
  into_bins(values.data(), n, range.least, range.most, (bins - 3) / width, bin);
  std::fill(bin + n, bin + padded, past_the_end);
  for (auto& way : count_) way.fill(0);
  std::size_t at = 0;
  for (; at + ways <= n; at += ways) {  // several counts, as equal values follow each other
    for (std::size_t w = 0; w < ways; ++w) ++count_[w][bin[at + w]];
  }
  for (; at < n; ++at) ++count_[0][bin[at]];
  struct Wanted {
    std::size_t before, size, first_rank, ranks;
  };
  std::array<Wanted, most_slots> wanted{};
  std::array<std::uint8_t, bins> slot_of{};
  std::array<std::uint16_t, most_slots> wanted_bins{};
  std::size_t slots = 1, before = 0, r = 0;  // slot 0 is where nobody looks
  for (std::size_t w = 1; w < ways; ++w) {
    for (std::size_t b = 0; b < bins; ++b) count_[0][b] += count_[w][b];
  }
  for (std::size_t b = 0; b < bins && r < ranks.size(); ++b) {
    const std::size_t size = count_[0][b];
    const std::size_t first = r;
    while (r < ranks.size() && ranks[r] < before + size) ++r;
    if (b == 0 || b == bins - 1) {
      std::fill(out.begin() + first, out.begin() + r, (b == 0 ? range.least : range.most) + 0.0F);
    } else if (r > first) {
      slot_of[b] = static_cast<std::uint8_t>(slots);
      wanted_bins[slots - 1] = static_cast<std::uint16_t>(b);
      wanted[slots++] = {before, size, first, r - first};
    }
    before += size;
  }
  if (slots == 1) return;
  room.slot.resize(std::max(room.slot.size(), n + 1));
  const Spans spans = spans_over(std::span(wanted_bins).first(slots - 1));
  const std::size_t picked = take_out(values.data(), bin, padded, spans, slot_of.data(),
                                      room.picked.data(), room.slot.data());
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
