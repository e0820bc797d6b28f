// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/worths.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace casus::casefile {

std::optional<std::size_t> measure_at(Fields& fields, Spot at, std::string_view does) {
  std::vector<std::string_view> names;
  for (const Measure& measure : measures()) names.push_back(measure.name);
  const auto found = std::find(names.begin(), names.end(), at.node->text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string_view near = nearest(at.node->text, names);
  fields.tell(
      at,
      fmt::format("{} {} '{}', which is no measure", fields.what(), does, shortened(at.node->text)),
      near.empty() ? fmt::format("use one of {}", listed(names))
                   : fmt::format("did you mean '{}'?", near));
  return std::nullopt;
}

std::vector<Worth> read_worths(Fields& fields) {
  std::vector<Worth> out;
  for (const auto& [key, value] : fields.entries("worth")) {
    const auto measure = measure_at(fields, key, "weighs");
    if (!measure) continue;
    Fields terms(fields.problems(), value,
                 fmt::format("the worth of {} to {}", measures()[*measure].name, fields.what()));
    Worth worth;
    worth.measure = *measure;
    worth.worth = terms.number("worth");
    worth.per = terms.maybe_number("per", {1e-12, 1e15}).value_or(1.0);
    worth.sd = terms.maybe_number("sd", positive_or_zero).value_or(0.0);
    terms.finish();
    out.push_back(worth);
  }
  return out;
}

}  // namespace casus::casefile
