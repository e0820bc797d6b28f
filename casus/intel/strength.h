// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/model.h"

/// How many men a count hypothesis means, inside its states.
namespace casus::intel {

inline constexpr std::size_t strength_points = 24;

/// The numbers told of what one hypothesis counts, weighed together.
///
/// In a state: men N log-uniform in its range, a build-up, an error common to all who count; each
/// number is a measurement of N x build-up(day) with its report's probability, else it is idle.
/// Numbers say how many, not whether: the state `none` gets the mean likelihood of the others, so
/// that the chance of there being any is left to what the reports say of it.
class Numbers {
 public:
  /// @param like one of the same case and hypothesis whose work is used where nothing changed.
  Numbers(const casefile::Case& given, const Model& model, std::uint32_t hypothesis,
          const Numbers* like = nullptr);
  /// Reads the model anew; what did not change stays.
  void renew(const casefile::Case& given, const Model& model);

  [[nodiscard]] std::uint32_t hypothesis() const { return hypothesis_; }
  /// P(the error all who count share), by point.
  [[nodiscard]] const std::array<double, observe::common_errors>& common_prior() const {
    return common_prior_;
  }
  /// Likelihood of every state from the numbers in use, largest 1, all positive.
  /// @param used by evidence. @param prior P(state) before any report.
  [[nodiscard]] std::vector<double> likelihood(const std::vector<bool>& used,
                                               const std::vector<double>& prior) const;

  struct Cell {
    double log_scale = 0.0;
    /// P(point | numbers), by build-up; sums with its weight to the state's likelihood.
    std::array<std::array<double, strength_points>, observe::build_ups> weight{};
    double total = 0.0;
  };
  [[nodiscard]] Cell cell(std::size_t state, const std::vector<bool>& used) const;
  /// Log of the product of all numbers in use, by build-up, common error, point (fastest).
  [[nodiscard]] std::vector<double> log_product(std::size_t state,
                                                const std::vector<bool>& used) const;
  [[nodiscard]] const std::vector<std::array<double, strength_points>>& men() const { return men_; }

  /// Which number a piece of evidence tells here.
  [[nodiscard]] std::optional<std::size_t> number_of(std::size_t evidence) const;
  /// P(number `at` | cell), over that of an idle one, if it is a measurement; cells as in
  /// `log_product`, state slowest.
  [[nodiscard]] double density(std::size_t at, std::size_t cell) const {
    return numbers_[at].density[cell];
  }
  /// The part of it in which the men meant lie within `bounds`, over the same. Worked out once for
  /// each cell, kept while the number stays.
  [[nodiscard]] const observe::Right& right(std::size_t at, std::size_t cell,
                                            const observe::Bounds& bounds);

 private:
  struct Number {
    std::size_t evidence = 0;
    std::uint64_t report = 0;         ///< its key
    Told told;                        ///< as read
    std::vector<double> density;      ///< over the idle one, [state][build-up][common error][point]
    std::vector<double> log_measure;  ///< ln of what a measurement or an idle number makes of it
    std::array<double, observe::build_ups> built{};  ///< share there on its day
    observe::Bounds bounds;                          ///< those `right` is of
    /// [state, first build-up with that share][common error, point], of what was asked for.
    std::map<std::size_t, std::vector<std::optional<observe::Right>>> right;
  };
  [[nodiscard]] std::vector<Number> read(const casefile::Case& given, const Model& model) const;
  [[nodiscard]] std::vector<double> density_of(const Number& n) const;
  std::uint32_t hypothesis_ = 0;
  std::optional<std::uint32_t> none_;
  std::array<double, observe::common_errors> common_prior_{};
  std::vector<std::array<double, strength_points>> men_;  ///< [state], 0 for `none`
  std::vector<Number> numbers_;
};

/// The posterior of a counted strength on the as-of day, by state and build-up.
struct Strength {
  std::uint32_t hypothesis = 0;
  std::vector<double> p;  ///< P(state, build-up), build-up fastest; sums to 1
  std::vector<std::array<double, strength_points>> men;     ///< [state], 0 for `none`
  std::vector<std::array<double, strength_points>> weight;  ///< P(point | state, build-up)

  [[nodiscard]] std::size_t cell(std::size_t state, std::size_t build_up) const {
    return state * observe::build_ups + build_up;
  }
};

/// @param states the posterior of the hypothesis.
[[nodiscard]] Strength strength_of(const Numbers& numbers, const std::vector<bool>& used,
                                   const std::vector<double>& states);

/// P(low <= men on `day` <= high), men a log-uniform share of all that is counted.
[[nodiscard]] double probability_between(const Strength& s, Date day, Date as_of, double low,
                                         double high, const observe::Range& share = {1.0, 1.0});

}  // namespace casus::intel
