// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/base/error.h"
#include "casus/intel/infer_read.h"

/// Networks from foreign text: read whole and sound, or refused with a place.
namespace casus::fuzz {

inline void must_be_located(const CaseError& error) {
  CASUS_CHECK(!error.problems().empty());
  for (const Problem& problem : error.problems()) {
    CASUS_CHECK(problem.line > 0 && problem.column > 0 && problem.width > 0);
    CASUS_CHECK(!problem.message.empty());
  }
}

/// Every table has the cells its node and parents ask for, all of them probabilities.
inline void must_be_sound(const intel::GraphicalModel& model) {
  for (const intel::NetworkNode& node : model.network.nodes) {
    CASUS_CHECK(!node.states.empty());
    std::size_t cells = node.states.size();
    for (const std::uint32_t parent : node.parents) {
      CASUS_CHECK(parent < model.network.nodes.size());
      cells *= model.network.nodes[parent].states.size();
    }
    CASUS_CHECK(!model.potentials.empty() || node.table.size() == cells);
    for (const double p : node.table) CASUS_CHECK(std::isfinite(p) && p >= 0.0);
  }
}

/// Reads the bytes as the content of a file of that name; a refusal is a right answer.
inline int read_as(const char* name, const std::uint8_t* data, std::size_t size) {
  try {
    must_be_sound(intel::read_model(std::string(reinterpret_cast<const char*>(data), size), name));
  } catch (const CaseError& error) {
    must_be_located(error);
  }
  return 0;
}

}  // namespace casus::fuzz
