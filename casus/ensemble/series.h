// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/expression.h"
#include "casus/ensemble/futures.h"

namespace casus::ensemble {

/// A series and what it reads.
struct SeriesUse {
  Series series;
  casefile::VariableUse use;
};

/// The weekly series kept of a case: the theatre whole, every sector and contingent, and the
/// leading actors in full. Of each published variable's series all stand together, in order of
/// entities.
/// @param variables  published names to keep instead: the usual entities of each, or all of one
///                   that is not usually kept.
/// @throws CaseError there is no variable of such a name.
[[nodiscard]] std::vector<SeriesUse> series_of(const casefile::Case& given,
                                               const std::vector<std::string>& variables = {});

/// The text id of an entity of a published variable's dimension.
[[nodiscard]] std::string entity_id(const casefile::Case& given, casefile::Dimension dimension,
                                    std::uint32_t entity);

/// Every published value that expressions of the questions read, each once.
[[nodiscard]] std::vector<casefile::VariableUse> uses_of_questions(const casefile::Case& given);

[[nodiscard]] inline bool same_use(const casefile::VariableUse& a, const casefile::VariableUse& b) {
  return a.variable == b.variable && a.entity[0] == b.entity[0] && a.entity[1] == b.entity[1];
}

}  // namespace casus::ensemble
