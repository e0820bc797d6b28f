// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/sampling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "casus/random/draws.h"

namespace casus::ensemble {
namespace {

constexpr std::array<std::string_view, 3> names = {"random", "sobol", "lhs"};

}  // namespace

std::size_t Sampling::group(std::size_t future) const {
  switch (kind) {
    case Kind::random:
      break;
    case Kind::sobol:
      return point(future) % replicates;
    case Kind::lhs:
      return point(future) / cube;
  }
  return point(future);
}

std::size_t Sampling::groups(std::size_t futures) const {
  return kind == Kind::sobol ? replicates : group(futures - 1) + 1;
}

Design::Design(const Sampling& sampling, std::uint64_t seed, std::size_t dimensions)
    : sampling_(sampling), seed_(seed) {
  if (sampling.kind == Sampling::Kind::sobol) sobol_.emplace(dimensions);
}

double Design::coordinate(std::size_t point, std::size_t dimension, std::uint64_t name) const {
  const bool sobol = sampling_.kind == Sampling::Kind::sobol;
  const std::size_t randomisation = sobol ? point % replicates : point / sampling_.cube;
  const auto index =
      static_cast<std::uint32_t>(sobol ? point / replicates : point % sampling_.cube);
  const auto words = Draws(seed_).words(Stream("design"), static_cast<std::uint32_t>(randomisation),
                                        0, fold(name), 0);
  const std::uint64_t key = (std::uint64_t{words[0]} << 32U) | words[1];
  if (sobol) return (owen_scrambled(sobol_->at(index, dimension), key) + 0.5) * 0x1p-32;
  const auto cube = static_cast<std::uint32_t>(sampling_.cube);
  const double within = (static_cast<double>(mixed(~key, index) >> 32U) + 0.5) * 0x1p-32;
  return (shuffled(index, cube, key) + within) / cube;
}

std::string trouble_with(const Sampling& sampling, std::size_t futures) {
  if (sampling.noises == 0 || futures % sampling.noises != 0)
    return fmt::format("{} futures are no whole number of points of {}", futures, sampling.noises);
  const std::size_t points = futures / sampling.noises;
  if (sampling.kind == Sampling::Kind::sobol &&
      (!std::has_single_bit(points) || points < 2 * replicates)) {
    return fmt::format("sobol needs a power of two of points, at least {}; {} is none (next: {})",
                       2 * replicates, points, std::max(std::bit_ceil(points), 2 * replicates));
  }
  if (sampling.kind == Sampling::Kind::lhs &&
      (sampling.cube < 2 || points % sampling.cube != 0 || points / sampling.cube < 2)) {
    return fmt::format("lhs needs two hypercubes or more of one size; {} points are none of {}",
                       points, sampling.cube);
  }
  if (sampling.kind == Sampling::Kind::random && points < 2 && sampling.noises > 1)
    return "the error of the means needs two points or more";
  return {};
}

std::string_view name_of(Sampling::Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<Sampling::Kind> sampling_named(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Sampling::Kind>(found - names.begin());
}

}  // namespace casus::ensemble
