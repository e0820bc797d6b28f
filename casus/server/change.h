// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/casefile/load_more.h"

namespace casus::server {

/// One thing somebody changed about a case. The case's own files stay as they are.
struct Change {
  enum class Kind { add, strike, regrade, regrade_source, parameter };
  Kind kind = Kind::strike;
  std::string target;  ///< id of the report, source or knob
  std::string value;   ///< add: the report as a line of JSON; regrade: B2 or B; parameter: a prior
};

[[nodiscard]] std::string_view name_of(Change::Kind kind);

/// Reads a change from the JSON that the API takes and the store keeps:
/// `{kind, target, value}`; the value of `add` is the report as an object.
/// @throws Refusal 400 it is none.
[[nodiscard]] Change change_from_json(const std::string& text);
[[nodiscard]] std::vector<Change> changes_from_json(const std::string& text);
[[nodiscard]] std::string to_json(const Change& change);

/// The lines of reports that changes add: with them the files are read.
[[nodiscard]] std::string added_by(const std::vector<Change>& changes);
/// The case of files that lie in the folder `given`, with the lines added.
/// @throws CaseError  the files or the lines are wrong. @throws IoError
[[nodiscard]] casefile::Case read_with(const casefile::OpenCase& files,
                                       const std::filesystem::path& given,
                                       const std::string& added);
/// What was read with `added_by(changes)`, with the other changes made, in order. Its digest
/// follows from that of the files and from the changes.
/// @throws CaseError  a change is wrong.
[[nodiscard]] casefile::Case with_changes(casefile::Case given, const std::vector<Change>& changes);

/// The same problems with files named from the case's folder: whoever reads the room learns nothing
/// of where on the disk they lie.
[[nodiscard]] CaseError without_folders(const CaseError& error, const std::filesystem::path& given);

}  // namespace casus::server
