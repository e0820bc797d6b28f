// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/junction_tree.h"
#include "casus/intel/table_nest.h"

namespace casus::intel {

/// One change of a what-if question.
struct WhatIf {
  std::size_t factor = 0;                      ///< index into the factors
  bool active = false;                         ///< leave the factor out, or put it in
  const std::vector<double>* table = nullptr;  ///< or give an active factor this positive table
};

/// The beliefs of a tree under a set of active factors.
///
/// Works on the tree's maximal cliques. What a clique is made of (products of the factors of one
/// scope, messages of its children) goes onto it through the smallest table that holds it; its own
/// cells pass by a block at a time and are never stored, so memory goes with what cliques share.
/// Messages are scaled by powers of two to a largest entry of about 1 and the powers kept, so no
/// product underflows. Const members may be called from several threads at once. Nothing hangs on
/// `threads`.
class Calibration {
 public:
  /// @param threads for the cliques of one height (0 = all).
  Calibration(const JunctionTree& tree, std::span<const Factor> factors, std::vector<bool> active,
              std::size_t threads = 1);

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

  /// Marginals of the variables asked for, after `gather`; after `spread` they cost next to
  /// nothing. Those of parts of the forest that no change reached are kept.
  [[nodiscard]] std::vector<std::vector<double>> marginals(std::span<const Variable> wanted);
  /// The same as if some factors were in or out; empty if that leaves no possible state.
  [[nodiscard]] std::vector<std::vector<double>> marginals_if(
      std::span<const Variable> wanted, std::span<const WhatIf> changes) const;
  /// From now on `spread` sends down only what is needed for joints over these scopes, each within
  /// one clique, and marginals of single variables among them; nothing else may be asked then.
  void focus(std::vector<std::vector<Variable>> scopes);
  /// Runs the messages down, after `gather`; once.
  void spread();
  /// Joint table over `scope`, which must lie within one clique; spreads.
  [[nodiscard]] std::vector<double> joint(std::span<const Variable> scope);
  /// P(what a clique shares with its parent), after `spread`.
  [[nodiscard]] const Table& shared(std::size_t clique) const;
  /// P(clique) summed onto tables, after `spread`.
  [[nodiscard]] std::vector<Table> sums(std::size_t clique, const Nests& onto) const;
  /// The same with a table more multiplied onto it, for each of several, handed to `take` in turn.
  void sums(std::size_t clique, const Nests& onto, std::span<const Feed> more,
            const std::function<void(std::size_t, const std::vector<Table>&)>& take) const;

  [[nodiscard]] const JunctionTree& tree() const { return tree_; }
  [[nodiscard]] const Factor& factor(std::size_t i) const { return factors_[i]; }
  [[nodiscard]] bool active(std::size_t factor) const { return active_[factor]; }
  /// The table a factor has now, whether active or not.
  [[nodiscard]] const std::vector<double>& table_of(std::size_t factor) const;

 private:
  struct Message {
    Table table;
    double top = 1.0;  ///< what the table was divided by last
    double log_scale = 0.0;
  };
  /// What has one scope among the things a clique is made of.
  struct Part {
    std::vector<std::size_t> factors, children;
    std::vector<std::uint32_t> cell;  ///< of the factors' tables, by cell of this one
    Message product;                  ///< of the active factors
    bool stale = true;
  };
  struct Place {
    std::vector<std::vector<Variable>> scopes;  ///< of its parts, ascending
    Nests nests;
    std::vector<Part> parts;  ///< by nest
    Lane shared;
  };
  /// What a clique is multiplied from: tables read where they stand, or worked out.
  struct Held {
    std::vector<Table> own;
    std::vector<const double*> at;  ///< by nest
  };
  /// What P(clique) is multiplied from.
  struct Made {
    Held tables;
    Table ratio;  ///< P(what it shares with its parent) over the message to it
  };
  /// What P(clique) is summed onto on the way down.
  struct Reading {
    bool needed = true;
    std::optional<Nests> own;  ///< none: those of the clique's parts
    std::vector<bool> kept;    ///< by nest
  };
  struct Work;
  void place_factors(std::vector<Place> before = {});
  [[nodiscard]] Place make_place(std::size_t clique, const std::vector<std::size_t>& factors,
                                 Place* before);
  [[nodiscard]] Message product_of(const Part& part, std::size_t size, const Work* work) const;
  [[nodiscard]] Held tables_of(std::size_t clique, const Work* work, double& log_scale) const;
  void gather_clique(std::size_t clique, const Work* work, Message& out) const;
  [[nodiscard]] Made made_of(std::size_t clique, const Work* work, const Table& shared) const;
  [[nodiscard]] std::vector<Table> sums_of(std::size_t clique, const Made& made, const Nests& onto,
                                           const Feed* more = nullptr) const;
  void spread_clique(std::size_t clique);
  void read_all();
  void read_some();
  [[nodiscard]] const Nests& onto(std::size_t clique) const;

  const JunctionTree& tree_;
  std::span<const Factor> factors_;
  std::vector<bool> active_;
  std::size_t threads_;
  std::map<std::size_t, std::vector<double>> replaced_;
  std::vector<std::size_t> home_, part_;  ///< by factor: its clique, and which part of it
  std::vector<std::size_t> holder_;       ///< by variable: the smallest factor that speaks of it
  std::vector<Place> places_;             ///< by clique
  std::vector<Message> up_;               ///< by clique
  std::vector<bool> dirty_;               ///< by clique: its message is to be redone
  std::vector<std::vector<Variable>> focus_;
  std::vector<Reading> readings_;           ///< by clique
  std::vector<std::size_t> slot_;           ///< by clique: the nest of its parent that it hears
  std::vector<std::vector<Table>> told_;    ///< by clique and nest, after `spread`
  std::vector<std::vector<double>> known_;  ///< by variable: its marginal, if no change reached it
  double log_evidence_ = 0.0;
};

}  // namespace casus::intel
