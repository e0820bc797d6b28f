// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "casus/casefile/vocabulary.h"
#include "casus/random/prior.h"

namespace casus::world {

/// A parameter of a law: declared once, and thereby known to reader, manual, sensitivity and brief.
struct Knob {
  std::string_view id;     ///< `front.v0`: block and symbol
  std::string_view prior;  ///< in the notation of `Prior`
  double low;              ///< draws are clamped to [low, high]
  double high;
  std::string_view unit;
  std::string_view meaning;
  casefile::Tag tag;
  std::string_view source;  ///< citation, or the reason of a judgement
  std::string_view known;   ///< ISO day its evidence was public; empty: rests on nothing dated
};

/// Every knob of the engine: the blocks' own tables, one after the other (world/knobs.cc).
[[nodiscard]] std::span<const Knob> knobs();

/// Index into `knobs()`. @throws InternalError there is none of that id.
[[nodiscard]] std::uint32_t knob_index(std::string_view id);

}  // namespace casus::world
