// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/case.h"

namespace casus::world {

using casefile::Package;

/// The settlements that can be signed: the terms of docs/models/talks.md without combinations that
/// contradict themselves, at most 512, in a fixed order.
[[nodiscard]] std::vector<Package> package_set();

/// The index of the package nearest to `wanted` (fewest differing terms, ties to the lower index).
[[nodiscard]] std::uint32_t nearest_package(const std::vector<Package>& set, const Package& wanted);

}  // namespace casus::world
