// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/intel/table_nest.h"

/// Exact inference on discrete variables: a junction tree over factors, our own.
///
/// Variables are eliminated in an order chosen by least weighted fill; variable v's bucket holds v
/// and its neighbours at that moment (the separator). Gathering runs from the first bucket to the
/// roots and leaves P(v | separator); spreading runs back and leaves the joint of every bucket.
namespace casus::intel {

using Variable = std::uint32_t;

/// A table over variables in ascending order, the last one fastest.
struct Factor {
  std::vector<Variable> scope;
  std::vector<double> table;
};

/// One change of a what-if question.
struct WhatIf {
  std::size_t factor = 0;                      ///< index into the factors
  bool active = false;                         ///< leave the factor out, or put it in
  const std::vector<double>* table = nullptr;  ///< or give an active factor this positive table
};

class JunctionTree {
 public:
  /// @param states number of states of every variable, each > 0.
  /// @param scopes the scopes that factors may have.
  JunctionTree(std::vector<std::uint32_t> states, std::span<const std::vector<Variable>> scopes);

  [[nodiscard]] double cells() const { return cells_; }  ///< over all buckets
  [[nodiscard]] std::size_t width() const {
    return width_;
  }  ///< variables in the largest bucket, less 1

  /// Cells of the tree these scopes would need, without building its tables.
  [[nodiscard]] static double cells_needed(std::span<const std::uint32_t> states,
                                           std::span<const std::vector<Variable>> scopes);

  struct Bucket {
    Variable variable = 0;
    std::vector<Variable> scope;  ///< separator ascending, then `variable` (fastest)
    std::size_t size = 0;
    std::optional<std::size_t> parent;
    std::vector<std::size_t> children;
  };
  [[nodiscard]] const std::vector<Bucket>& buckets() const {
    return buckets_;
  }  ///< in order of elimination
  [[nodiscard]] std::size_t bucket_of(Variable v) const { return position_[v]; }
  /// The bucket that a factor with this scope belongs to: that of its first eliminated variable.
  [[nodiscard]] std::size_t home_of(std::span<const Variable> scope) const;
  [[nodiscard]] std::uint32_t states(Variable v) const { return states_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> states() const { return states_; }
  /// Is the whole of `scope` within one bucket?
  [[nodiscard]] bool holds(std::span<const Variable> scope) const;
  [[nodiscard]] std::size_t variables() const { return states_.size(); }

 private:
  std::vector<std::uint32_t> states_;
  std::vector<Bucket> buckets_;
  std::vector<std::size_t> position_;
  double cells_ = 0.0;
  std::size_t width_ = 0;
};

/// The beliefs of a tree under a set of active factors.
///
/// Factors of one scope are multiplied together first, and what a bucket is made of (these products
/// and the messages of its children) goes onto it through the smallest table that holds it, so the
/// bucket itself is touched few times. Messages are scaled to a largest entry of 1 and their
/// logarithms kept, so no product underflows. Const members may be called from several threads at
/// once.
class Calibration {
 public:
  /// All factors inactive at first except those listed as always active.
  /// @param only if not empty, the variables whose marginals will be asked for: tables that they do
  ///             not need are not kept, and `joint`, `spread` and `conditional` are not for use.
  Calibration(const JunctionTree& tree, std::span<const Factor> factors, std::vector<bool> active,
              std::span<const Variable> only = {});

  /// Puts a factor in or takes it out; the next `gather` redoes only what hangs on it.
  void set_active(std::size_t factor, bool active);
  /// Gives an always active factor another table of the same scope.
  void replace(std::size_t factor, std::vector<double> table);
  /// Takes other factors, none of whose scopes needs another tree; what comes out the same stays,
  /// so the next `gather` redoes only what hangs on a difference.
  void renew(std::span<const Factor> factors, std::vector<bool> active);
  /// Runs the messages up. @throws ModelError the factors leave no possible state.
  void gather();
  [[nodiscard]] double log_evidence() const { return log_evidence_; }  ///< after `gather`, nats

  /// Marginals of the variables asked for, after `gather`.
  [[nodiscard]] std::vector<std::vector<double>> marginals(std::span<const Variable> wanted) const;
  /// The same as if some factors were in or out; empty if that leaves no possible state.
  [[nodiscard]] std::vector<std::vector<double>> marginals_if(
      std::span<const Variable> wanted, std::span<const WhatIf> changes) const;
  /// Joint table over `scope` (ascending), which must lie within one bucket.
  [[nodiscard]] std::vector<double> joint(std::span<const Variable> scope);
  /// P(variable | separator) of a bucket, after `gather`.
  [[nodiscard]] const std::vector<double>& conditional(std::size_t bucket) const {
    return conditional_[bucket];
  }
  /// Joint tables of all buckets, computed once.
  void spread();
  [[nodiscard]] const JunctionTree& tree() const { return tree_; }
  [[nodiscard]] const Factor& factor(std::size_t i) const { return factors_[i]; }
  [[nodiscard]] bool active(std::size_t factor) const { return active_[factor]; }
  /// The table a factor has now, whether active or not.
  [[nodiscard]] const std::vector<double>& table_of(std::size_t factor) const;

 private:
  struct Message {
    std::vector<double> table;
    double log_scale = 0.0;
  };
  /// What has one scope among the things a bucket is made of.
  struct Part {
    Nest nest;
    std::vector<std::size_t> factors, children;
    Message product;  ///< of the active factors
    bool stale = true;
  };
  struct Work;
  void place_factors();
  void make_parts(std::size_t bucket, const std::vector<std::size_t>& factors);
  [[nodiscard]] Message product_of(const Part& part, const Work* work) const;
  void gather_bucket(std::size_t bucket, const Work* work, std::vector<double>& psi,
                     Message& out) const;
  void finish_bucket(std::size_t bucket, std::vector<double>& psi, Message& out) const;
  [[nodiscard]] std::vector<double> joint_of(std::size_t bucket,
                                             const std::vector<double>& conditional,
                                             const std::vector<double>& above) const;
  void send_down(std::size_t bucket, const std::vector<double>& joint,
                 const std::vector<bool>* needed, std::vector<std::vector<double>>& above) const;

  const JunctionTree& tree_;
  std::span<const Factor> factors_;
  std::vector<bool> active_;
  std::map<std::size_t, std::vector<double>> replaced_;
  std::vector<std::size_t> home_, part_;  ///< by factor: its bucket, and which part of it
  std::vector<std::vector<Part>> parts_;  ///< by bucket, by falling size
  std::vector<bool> keep_;                ///< by bucket: its conditional
  std::vector<std::vector<double>> conditional_;
  std::vector<Message> up_;
  std::vector<std::vector<double>> joint_;
  std::vector<bool> dirty_;  ///< messages to redo
  double log_evidence_ = 0.0;
};

/// Sums a table over `from` (any order, last fastest) down to `onto`, a subset of it.
[[nodiscard]] std::vector<double> sum_onto(std::span<const double> table,
                                           std::span<const Variable> from,
                                           std::span<const Variable> onto,
                                           std::span<const std::uint32_t> states);

}  // namespace casus::intel
