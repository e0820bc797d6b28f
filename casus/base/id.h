// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casus {

/// A dense number for one declared thing, in order of declaration; absence is `std::optional`.
template <class Kind>
struct Id {
  std::uint32_t index;

  [[nodiscard]] constexpr operator std::size_t() const { return index; }  // NOLINT: used to index
  friend constexpr auto operator<=>(Id a, Id b) { return a.index <=> b.index; }
  friend constexpr bool operator==(Id a, Id b) { return a.index == b.index; }
};

/// The 64-bit hash of a text id (FNV-1a, then a finaliser); draws and ordering are keyed by it.
/// @source Fowler, Noll & Vo (draft-eastlake-fnv); finaliser of MurmurHash3 (Appleby, public
/// domain).
[[nodiscard]] constexpr std::uint64_t key_of(std::string_view text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) {
    h ^= static_cast<unsigned char>(c);
    h *= 1099511628211ULL;
  }
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  h ^= h >> 33;
  return h;
}

/// The 32 bits of a key that a draw's counter has room for.
[[nodiscard]] constexpr std::uint32_t fold(std::uint64_t key) {
  return static_cast<std::uint32_t>(key ^ (key >> 32));
}

}  // namespace casus
