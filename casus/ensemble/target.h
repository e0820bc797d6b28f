// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace casus::ensemble {

/// The vector registers that futures are played on. The name `sse2` stands for whatever every
/// machine of the architecture has.
enum class Target : std::uint8_t { sse2, avx2, avx512 };

[[nodiscard]] std::string_view name_of(Target target);

/// Targets built into the program that this machine has, narrowest first; never empty.
[[nodiscard]] std::vector<Target> targets_here();

/// The widest of `targets_here`, or the one the environment variable CASUS_TARGET names.
/// @throws ModelError the variable names no target, or one this machine or program lacks.
[[nodiscard]] Target target_in_use();

}  // namespace casus::ensemble
