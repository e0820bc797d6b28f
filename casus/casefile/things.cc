// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/things.h"

#include <algorithm>
#include <vector>

namespace casus::casefile {
namespace {

constexpr std::array<ThingForm, thing_count> forms = {{
    {"case.yaml", "references", "reference", {"id"}},
    {"case.yaml", "calendar", "event", {"id"}},
    {"actors.yaml", "actors", "actor", {"id"}},
    {"map.yaml", "regions", "region", {"id"}},
    {"map.yaml", "places", "place", {"id"}},
    {"map.yaml", "sectors", "sector", {"id"}},
    {"map.yaml", "routes", "route", {"id"}},
    {"forces.yaml", "contingents", "contingent", {"id"}},
    {"forces.yaml", "stocks", "stock", {"actor", "kind"}},
    {"forces.yaml", "flows", "flow", {"from", "to", "kind"}},
    {"relations.yaml", "treaties", "treaty", {"id"}},
    {"relations.yaml", "aid", "aid", {"from", "to"}},
    {"relations.yaml", "deals", "deal", {"id"}},
    {"relations.yaml", "tensions", "tension", {"from", "to"}},
    {"relations.yaml", "alignment", "alignment", {"a", "b"}},
    {"relations.yaml", "talks", "talks", {"a", "b"}},
    {"relations.yaml", "rivalries", "rivalry", {"a", "b"}},
    {"relations.yaml", "ties", "tie", {"a", "b"}},
    {"sources.yaml", "sources", "source", {"id"}},
    {"reports.jsonl", "", "report", {"id"}},
    {"hypotheses.yaml", "hypotheses", "hypothesis", {"id"}},
    {"options.yaml", "values", "values", {"actor"}},
    {"options.yaml", "options", "option", {"id"}},
    {"questions.yaml", "questions", "question", {"id"}},
    {"parameters.yaml", "parameters", "parameter", {"knob"}},
}};

}  // namespace

const ThingForm& form_of(Thing thing) { return forms[static_cast<std::size_t>(thing)]; }

std::string known_by(const ThingForm& form, const Node& map) {
  std::vector<std::string> parts;
  for (const std::string_view key : form.keys) {
    if (key.empty()) continue;
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      if (map.keys[i].text == key && map.items[i].scalar()) parts.push_back(map.items[i].text);
    }
  }
  const auto wanted = static_cast<std::size_t>(
      std::count_if(form.keys.begin(), form.keys.end(), [](auto key) { return !key.empty(); }));
  if (parts.size() != wanted) return "";
  if (form.keys.front() == "a") std::sort(parts.begin(), parts.end());
  std::string known;
  for (const std::string& part : parts) known += (known.empty() ? "" : ", ") + part;
  return known;
}

}  // namespace casus::casefile
