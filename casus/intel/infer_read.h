// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "casus/intel/infer.h"

/// From files to questions, and from answers to text.
namespace casus::intel {

/// Reads a network in BIF, XMLBIF, XDSL or UAI form: by what the text begins with, else by suffix.
/// @throws CaseError what is wrong with it, with line and column. @throws IoError missing,
/// unreadable.
[[nodiscard]] GraphicalModel read_model(const std::filesystem::path& path);
[[nodiscard]] GraphicalModel read_model(const std::string& text, const std::string& file);

/// Evidence with the places it was told at.
struct ToldEvidence {
  std::vector<NodeEvidence> items;
  std::vector<casus::Problem> places;  ///< by item: where it stands; for messages yet to be written
};

/// Reads `{"node": "state", ...}`. A number or true/false stands for the label that reads like it;
/// an object `{"state": weight, ...}` gives likelihoods (states left out: 0).
/// @throws CaseError malformed JSON, unknown node or state, a node told twice; with line and
/// column.
[[nodiscard]] ToldEvidence read_evidence(const std::string& text, const std::string& file,
                                         const Network& network);

/// `{"log_evidence": x, "posteriors": {node: {state: p}}, "method": ..., "error": ...}`, and where
/// asked for `most_probable` and `samples`. Numbers carry all their digits.
[[nodiscard]] std::string to_json(const Answer& answer, const Network& network);

}  // namespace casus::intel
