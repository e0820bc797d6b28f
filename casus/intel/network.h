// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Discrete belief networks on their own: nodes, parents, tables in; posteriors out.
namespace casus::intel {

struct NetworkNode {
  std::string name;
  std::vector<std::string> states;
  std::vector<std::uint32_t> parents;  ///< indices of nodes, in any order; acyclic
  /// P(state | parents): rows in mixed radix of the parents as listed (last fastest), states
  /// inside.
  std::vector<double> table;
};

struct Network {
  std::vector<NetworkNode> nodes;
};

/// Likelihood of one node's states; a certain state is a vector of one 1 and zeros.
struct NodeEvidence {
  std::uint32_t node = 0;
  std::vector<double> likelihood;
};

struct InferOptions {
  double cells = 67108864;             ///< largest junction tree taken on
  std::vector<std::uint32_t> targets;  ///< nodes asked for; empty = all
};

struct Inference {
  std::vector<std::uint32_t> nodes;             ///< those answered for, ascending
  std::vector<std::vector<double>> posteriors;  ///< one for each of them
  double log_evidence = 0.0;                    ///< nats
  double cells = 0.0;                           ///< of the tree used
};

/// Exact posteriors by junction tree; nodes that are neither asked for nor above what is asked for
/// or observed are left out (barren).
/// @throws ModelError the evidence is impossible, or the tree is larger than `options.cells`.
/// @throws InternalError tables of wrong length, evidence on unknown nodes, or a cycle.
/// @oracle network_test.cc: enumeration of the joint to 1e-12.
[[nodiscard]] Inference infer(const Network& network, const std::vector<NodeEvidence>& evidence,
                              const InferOptions& options = {});

/// The same by summing the whole joint; for tests and tiny networks (at most 2^24 joint states).
[[nodiscard]] Inference enumerate(const Network& network,
                                  const std::vector<NodeEvidence>& evidence);

}  // namespace casus::intel
