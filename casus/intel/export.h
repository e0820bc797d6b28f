// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"
#include "casus/intel/network.h"

/// The model behind a belief as a network that other programs read.
namespace casus::intel {

struct BeliefNetwork {
  Network network;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> observed;  ///< node, state; the evidence
};

struct ExportOptions {
  bool grades = true;                  ///< false: every grade read as F6
  double cells = 67108864;             ///< as `AssessOptions`
  std::size_t most_numbers = 1 << 20;  ///< in one node's table
};

/// Hypotheses, modes of sources, regimes, shared pictures and lines as nodes with the priors of the
/// model; every report as a node `report:ID` below what it hangs on, observed as `said`.
///
/// The numbers told of a hypothesis are one node `numbers:ID`, observed; a prior that is no
/// conditional probability of a variable is one `prior:N`. Given the evidence the posteriors are
/// those of `assess`; only the probability of the evidence has another scale. Reports that are not
/// in use (taken back) are nodes nobody observes.
/// @throws ModelError a table would hold more than `most_numbers`; says whose and how many.
/// @oracle export_test.cc: `assess` on a made-up case and on part of a real one, to 1e-9.
[[nodiscard]] BeliefNetwork network_of(const casefile::Case& given,
                                       const ExportOptions& options = {});

/// The same with names of nodes and states that every reader of BIF takes: letters, digits and
/// underscores, a letter first, those of XDSL (`report:r-12` becomes `report_r_12`).
[[nodiscard]] BeliefNetwork with_plain_names(BeliefNetwork network);

/// The evidence as `casus infer` reads it. @param names of the nodes in the file, if not their own.
[[nodiscard]] std::string evidence_json(const BeliefNetwork& network,
                                        const std::vector<std::string>& names = {});

}  // namespace casus::intel
