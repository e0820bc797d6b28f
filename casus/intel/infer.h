// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/intel/junction_tree.h"
#include "casus/intel/network.h"

/// Questions to a discrete network of any kind, exactly where that is possible: docs/models/
/// exact_inference.md.
namespace casus::intel {

/// A belief network, or nodes with states under free potentials (a Markov network).
struct GraphicalModel {
  Network network;
  /// Where not empty the nodes have no tables of their own; any scope order, the last fastest.
  std::vector<Factor> potentials;
};

struct QueryOptions {
  double cells = 67108864;        ///< largest junction tree taken on; beyond, an approximation
  std::uint64_t seed = 1;         ///< of the search for an order, of draws and of the approximation
  bool most_probable = false;     ///< also the most probable explanation
  std::size_t samples = 0;        ///< also so many joint draws given the evidence
  std::size_t particles = 20000;  ///< weighted draws of the approximation
};

/// What the most probable explanation is where the answer is not exact.
inline constexpr const char* best_of_draws =
    "the most probable of the draws; one that no draw came to may be more probable";

struct Explanation {
  std::vector<std::uint32_t> states;  ///< by node
  double log_p = 0.0;                 ///< ln P(all of it, the evidence included)
};

struct Answer {
  std::string method;  ///< "junction tree" or the named approximation
  bool exact = true;
  double error = 0.0;               ///< largest standard error of a posterior; 0 if exact
  double log_evidence = 0.0;        ///< nats; of a Markov network the log partition sum
  double log_evidence_error = 0.0;  ///< its standard error; 0 if exact
  std::vector<std::vector<double>> posteriors;      ///< by node, by state
  std::optional<Explanation> most_probable;         ///< the best found, if not exact
  std::vector<std::vector<std::uint32_t>> samples;  ///< by draw, by node
  double cells = 0.0;                               ///< of the tree, or that it would need
  std::size_t width = 0;                            ///< variables in the largest clique, less 1
  std::size_t variables = 0;                        ///< left after evidence reduction
};

/// No state of affairs agrees with the evidence.
class ImpossibleEvidence : public ModelError {
 public:
  /// @param item the first piece of evidence that those before it rule out.
  ImpossibleEvidence(std::size_t item, const std::string& what) : ModelError(what), item_(item) {}
  [[nodiscard]] std::size_t item() const { return item_; }

 private:
  std::size_t item_;
};

/// Posteriors of all nodes, the probability of the evidence, and what else is asked for.
///
/// Observed and impossible states leave the problem first; what is left is solved by a junction
/// tree of maximal cliques if it has at most `options.cells` cells, else by importance sampling
/// from mini-buckets (infer_approximate.h), with its error.
/// @throws ImpossibleEvidence its probability is 0.
/// @throws ModelError the potentials of a Markov network leave no state possible; the approximation
///         finds no state that agrees with the evidence.
/// @throws InternalError tables of wrong length, evidence on unknown nodes, or a cycle.
/// @note   Not a function of threads or time; same seed, same bytes.
/// @oracle infer_test.cc: enumeration of the joint to 1e-12, variable elimination on random
/// networks.
[[nodiscard]] Answer query(const GraphicalModel& model, std::span<const NodeEvidence> evidence,
                           const QueryOptions& options = {});

}  // namespace casus::intel
