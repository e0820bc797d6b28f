// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/factor_design.h"

#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t randomisations = 16;  ///< of the Sobol' points
constexpr double tail = 0.05;               ///< of an input, left out by Morris at either end

}  // namespace

std::string_view name_of(DesignKind kind) {
  return kind == DesignKind::morris ? "morris" : "saltelli";
}

FactorDesign::FactorDesign(DesignKind kind, std::uint64_t seed, std::vector<std::uint64_t> names,
                           std::vector<std::size_t> varied)
    : kind_(kind),
      seed_(seed),
      names_(std::move(names)),
      varied_(std::move(varied)),
      place_(names_.size(), varied_.size()) {
  CASUS_CHECK(!varied_.empty());
  for (std::size_t i = 0; i < varied_.size(); ++i) place_.at(varied_[i]) = i;
  if (kind_ == DesignKind::saltelli) sobol_.emplace(2 * names_.size());
}

std::size_t FactorDesign::variations() const {
  return varied_.size() + (kind_ == DesignKind::morris ? 1 : 2);
}

std::size_t FactorDesign::changed_at(std::size_t row, std::size_t i) const {
  const auto words =
      Draws(seed_).words(Stream("design.order"), static_cast<std::uint32_t>(row), 0, 0, 0);
  const std::uint64_t key = (std::uint64_t{words[0]} << 32U) | words[1];
  return 1 +
         shuffled(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(varied_.size()), key);
}

bool FactorDesign::upward(std::size_t row, std::size_t i) const {
  const auto words = Draws(seed_).words(Stream("design.morris"), static_cast<std::uint32_t>(row), 0,
                                        fold(names_[varied_[i]]), 0);
  return (words[1] & 1U) != 0;
}

/// Coordinate of point A (side 0) or B (side 1) of a row.
double FactorDesign::uniform(std::size_t row, std::size_t input, std::size_t side) const {
  const std::size_t randomisation = row % randomisations;
  const auto words =
      Draws(seed_).words(Stream("design.saltelli"), static_cast<std::uint32_t>(randomisation), 0,
                         fold(names_[input]), static_cast<std::uint32_t>(side));
  if (!sobol_) return (static_cast<double>(mixed(words[2], row) >> 32U) + 0.5) * 0x1p-32;
  const std::uint64_t key = (std::uint64_t{words[0]} << 32U) | words[1];
  const auto index = static_cast<std::uint32_t>(row / randomisations);
  return (owen_scrambled(sobol_->at(index, side * names_.size() + input), key) + 0.5) * 0x1p-32;
}

double FactorDesign::coordinate(std::size_t row, std::size_t variation, std::size_t input) const {
  CASUS_CHECK(variation < variations());
  const std::size_t i = place_[input];
  const bool fixed = i == varied_.size();
  if (kind_ == DesignKind::saltelli) {
    const bool of_b = variation == 1 || (!fixed && variation == 2 + i);
    return uniform(row, input, of_b ? 1 : 0);
  }
  if (fixed) return uniform(row, input, 0);
  const auto words = Draws(seed_).words(Stream("design.morris"), static_cast<std::uint32_t>(row), 0,
                                        fold(names_[input]), 0);
  const double level = (words[0] & 1U) != 0 ? 1.0 / 3.0 : 0.0;
  const bool changed = variation >= changed_at(row, i);
  const double x = level + (changed == upward(row, i) ? morris_step : 0.0);
  return tail + (1.0 - 2.0 * tail) * x;
}

std::size_t FactorDesign::luck_of(std::size_t row_group, std::size_t variation) const {
  const bool own = kind_ == DesignKind::saltelli && variation == 1;
  return 2 * row_group + (own ? 1 : 0);
}

}  // namespace casus::ensemble
