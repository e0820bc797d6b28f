// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/package.h"

#include <array>
#include <cstdint>
#include <limits>

namespace casus::world {
namespace {

using casefile::ForceLimits;
using casefile::Guarantee;
using casefile::LegalStatus;
using casefile::Line;
using casefile::SanctionsTerm;

constexpr std::array lines{Line::current, Line::pre_invasion, Line::maximal, Line::chip_swap,
                           Line::demand};
constexpr std::array statuses{LegalStatus::open, LegalStatus::neutral, LegalStatus::member};
constexpr std::array guarantees{Guarantee::none, Guarantee::paper, Guarantee::monitored,
                                Guarantee::deployed_or_treaty};
constexpr std::array limits{ForceLimits::none, ForceLimits::mild, ForceLimits::hard};
constexpr std::array sanctions{SanctionsTerm::keep, SanctionsTerm::ease, SanctionsTerm::lift};

/// Does the package contradict itself, or is it a bargain nobody proposes?
bool sensible(const Package& p) {
  const bool watched = p.guarantee >= Guarantee::monitored;
  if (watched && !p.monitors) return false;
  if (p.status == LegalStatus::open) {  // a ceasefire: the line stays about where it is
    return (p.line == Line::current || p.line == Line::chip_swap) &&
           p.force_limits != ForceLimits::hard && p.sanctions != SanctionsTerm::lift;
  }
  if (!p.prisoners || p.monitors != watched) return false;
  if (p.status == LegalStatus::neutral) return p.sanctions != SanctionsTerm::keep;
  return p.guarantee == Guarantee::deployed_or_treaty && p.force_limits != ForceLimits::hard;
}

int differing_terms(const Package& a, const Package& b) {
  return (a.line != b.line) + (a.status != b.status) + (a.guarantee != b.guarantee) +
         (a.force_limits != b.force_limits) + (a.sanctions != b.sanctions) +
         (a.monitors != b.monitors) + (a.foreign_out != b.foreign_out) +
         (a.prisoners != b.prisoners);
}

}  // namespace

std::vector<Package> package_set() {
  std::vector<Package> set;
  for (const Line line : lines) {
    for (const LegalStatus status : statuses) {
      for (const Guarantee guarantee : guarantees) {
        for (const ForceLimits limit : limits) {
          for (const SanctionsTerm sanction : sanctions) {
            for (int bits = 0; bits < 8; ++bits) {
              const Package p{line,     status,          guarantee,       limit,
                              sanction, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
              if (sensible(p)) set.push_back(p);
            }
          }
        }
      }
    }
  }
  return set;
}

std::uint32_t nearest_package(const std::vector<Package>& set, const Package& wanted) {
  std::uint32_t best = 0;
  int fewest = std::numeric_limits<int>::max();
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    const int terms = differing_terms(set[i], wanted);
    if (terms < fewest) {
      fewest = terms;
      best = i;
    }
  }
  return best;
}

}  // namespace casus::world
