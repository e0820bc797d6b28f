// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/random/draws.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

/// The parts of `start`, one file each; no other file includes this.
namespace casus::world {

/// What every part of the start needs.
struct Starting {
  const Model& model;
  Draws draws;
  std::uint32_t first;
  std::span<const std::vector<std::uint32_t>> truths;
  State& state;
  std::span<const float> chosen = {};  ///< [knob][lane]; empty = drawn

  /// One draw a lane from `prior`.
  [[nodiscard]] F each(const Prior& prior, Stream name, std::uint32_t entity) const;
  /// A standard normal a lane.
  [[nodiscard]] F normal(Stream name, std::uint32_t entity) const;
  [[nodiscard]] F knob(std::string_view id) const;
  /// An actor's own value about a typical one: on the logit of a share, on the logarithm of a size.
  [[nodiscard]] F own_share(F typical, Stream name, std::uint32_t entity) const;
  [[nodiscard]] F own_size(F typical, Stream name, std::uint32_t entity) const;
  /// The drawn state of a hypothesis in a lane; nothing where the caller gave no truths.
  [[nodiscard]] std::optional<std::uint32_t> truth(std::size_t hypothesis, std::size_t lane) const;
};

void start_knobs(Starting& s);
void start_sectors(Starting& s);
void start_actors(Starting& s);
void start_minds(Starting& s);  ///< types, wants, rationality
void start_stocks(Starting& s);
void start_relations(Starting& s);
void start_contingents(Starting& s);
void start_beliefs(Starting& s);

}  // namespace casus::world
