// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"
#include "casus/intel/calibration.h"
#include "casus/intel/leave_out.h"
#include "casus/intel/model.h"
#include "casus/intel/parts.h"
#include "casus/intel/strength.h"

/// What `assess` and `Assessor` compute with. Private to the module.
namespace casus::intel {

/// Posteriors by hypothesis and state.
using Posteriors = std::vector<std::vector<double>>;

/// A case's model with its tree and its calibrated beliefs; they point at each other, so it stays
/// put.
class Engine {
 public:
  /// @param threads for what is worked out (0 = all).
  /// @param known   numbers of another reading of the same hypotheses: what stays is taken over.
  Engine(const casefile::Case& given, const ModelOptions& options, std::size_t threads,
         std::vector<Numbers> known = {});
  /// The same case read otherwise, for its hypotheses alone; uses what `like` worked out.
  Engine(const ModelOptions& options, const Engine& like, std::size_t threads = 1);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// After the case's reports or grades were changed: does again what hangs on the change. Where
  /// that takes a tree of more than `cells`, only the tree is made.
  /// @returns whether the tree could stay.
  bool renew(double cells);

  /// Which pieces of evidence stand on a day.
  [[nodiscard]] std::vector<bool> used_on(Date day) const;
  [[nodiscard]] std::vector<bool> active(const std::vector<bool>& use) const;
  /// Makes a calibration believe just this evidence.
  void set(Calibration& c, const std::vector<bool>& use) const;

  /// What changes if some evidence had not come in; `tables` must live as long as it.
  struct Removal {
    Change change;
    std::vector<std::vector<double>> tables;
  };
  [[nodiscard]] Removal without(const std::vector<std::size_t>& evidence) const;
  /// Before any report.
  [[nodiscard]] const Posteriors& prior() const { return prior_; }
  [[nodiscard]] Posteriors hypotheses() const { return calibration->marginals(wanted); }
  [[nodiscard]] const casefile::Case& given() const { return given_; }
  [[nodiscard]] const JunctionTree& tree() const { return *shared_; }
  [[nodiscard]] const ModelOptions& options() const { return options_; }

  Model model;
  std::unique_ptr<Calibration> calibration;
  std::vector<Numbers> numbers;
  std::vector<bool> used;        ///< by evidence, on the as-of day
  std::vector<Variable> wanted;  ///< the hypotheses

 private:
  void find_prior();
  [[nodiscard]] bool fits(const Model& next) const;

  const casefile::Case& given_;
  ModelOptions options_;
  std::size_t threads_;
  std::unique_ptr<JunctionTree> tree_;    // none where another's is used
  const JunctionTree* shared_ = nullptr;  // the one that is used
  Posteriors prior_;                      // before any report
};

/// Everything `assess` says, from an engine that has believed the case's reports.
[[nodiscard]] Belief belief_of(Engine& engine, const AssessOptions& options,
                               const PartsTold& told = {});

/// The finest splitting of source modes whose tree has at most `cells` cells; 99 is none at all.
/// @throws ModelError none has.
[[nodiscard]] std::size_t split_that_fits(const casefile::Case& given, ModelOptions options,
                                          double cells);

}  // namespace casus::intel
