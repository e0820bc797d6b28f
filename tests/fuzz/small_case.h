// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/json_reader.h"
#include "casus/casefile/loading.h"
#include "casus/casefile/yaml_reader.h"

/// The least case that loads: what is fuzzed stands in for one of its files.
namespace casus::fuzz {

inline std::vector<casefile::CaseFile> small_case() {
  const auto file = [](std::string_view kind, std::string_view content) {
    return casefile::CaseFile{std::string(kind), std::string(kind), std::string(content)};
  };
  return {
      file("case.yaml",
           "casus: 1\nid: a\ntitle: t\nquestion: q\nas_of: 2024-10-31\n"
           "war: {began: 2024-01-01, sides: [{id: s, lead: x, members: [x]}, "
           "{id: u, lead: y, members: [y]}]}\n"),
      file("actors.yaml",
           "actors:\n  - {id: x, name: X, kind: state, openness: open}\n"
           "  - {id: y, name: Y, kind: state, openness: open}\n"),
      file("map.yaml", "places: [{id: p, name: P, lon: 1, lat: 2, kind: city}]\n"),
      file("sources.yaml", "sources: [{id: s, name: S, kind: press, grade: A}]\n"),
      file("hypotheses.yaml",
           "hypotheses: [{id: h, text: H, states: [{id: yes}, {id: no}], "
           "table: [{p: {yes: 0.5, no: 0.5}}]}]\n"),
      file("options.yaml",
           "decision_maker: x\nvalues: [{actor: x, worth: {war_weeks: {worth: 1}}}]\n"
           "options: [{id: a, name: A, text: t}]\n"),
      file("questions.yaml",
           "questions:\n"
           "  - {id: y, text: t, type: yes_no, resolve_by: 2024-12-31, expr: 'fighting > 0'}\n"
           "  - {id: n, text: t, type: number, resolve_by: 2024-12-31, expr: 'fighting', unit: "
           "0/1}\n"
           "  - {id: d, text: t, type: date, resolve_by: 2024-12-31, expr: 'fighting > 0'}\n"
           "  - {id: c, text: t, type: category, resolve_by: 2024-12-31, categories: {e: '1 > 0', "
           "f: '1 <= 0'}}\n"),
  };
}

/// True if the text is sound in itself; most inputs are not and end here, fast.
inline bool well_formed(std::string_view kind, std::string_view content) {
  casefile::Document document;
  document.file = std::string(kind);
  document.text = std::string(content);
  casefile::Problems problems;
  const bool read = kind == "reports.jsonl" ? casefile::read_json_lines(document, problems)
                                            : casefile::read_yaml(document, problems);
  CASUS_CHECK(read || !problems.none());
  return read && problems.none();
}

/// Loads the case with `content` as its file `kind`; a wrong case is a right answer.
inline void load_with(std::string_view kind, std::string_view content) {
  if (!well_formed(kind, content)) return;
  auto files = small_case();
  std::erase_if(files, [&](const casefile::CaseFile& file) { return file.kind == kind; });
  files.push_back({std::string(kind), std::string(kind), std::string(content)});
  try {
    static_cast<void>(casefile::load_files(std::move(files)));
  } catch (const CaseError& error) {
    CASUS_CHECK(!error.problems().empty());
    for (const Problem& problem : error.problems()) {
      CASUS_CHECK(problem.width > 0 && !problem.message.empty());
    }
  }
}

/// Reads the bytes as a file beside the least case; a refusal is a right answer.
template <class Read>
void read_beside_case(const std::uint8_t* data, std::size_t size, Read read) {
  static const casefile::Case whole = casefile::load_files(small_case());
  try {
    read(std::string(reinterpret_cast<const char*>(data), size), whole);
  } catch (const CaseError& error) {
    CASUS_CHECK(!error.problems().empty());
    for (const Problem& problem : error.problems()) CASUS_CHECK(!problem.message.empty());
  }
}

}  // namespace casus::fuzz
