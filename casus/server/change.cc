// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/change.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "casus/base/file.h"
#include "casus/calibrate/record.h"
#include "casus/casefile/problems.h"
#include "casus/casefile/refusals.h"
#include "casus/intel/assessor.h"
#include "casus/server/message.h"
#include "casus/world/knob.h"

namespace casus::server {
namespace {

using Json = nlohmann::ordered_json;
using casefile::Case;
using casefile::Refusals;

constexpr std::array<std::string_view, 5> kind_names = {"add", "strike", "regrade",
                                                        "regrade_source", "parameter"};
constexpr const char* added_reports = "added.jsonl";
constexpr std::size_t longest_id = 200, longest_value = 65536;

std::string place_of(const Change& change) {
  return fmt::format("change '{}'", name_of(change.kind));
}

bool is_letter(char c) { return c >= 'A' && c <= 'F'; }

void regrade(const Change& change, Case& given, Refusals& wrong) {
  const std::string& g = change.value;
  if (change.kind == Change::Kind::regrade_source) {
    const auto source = wrong.find(place_of(change), given.sources, "source", change.target);
    if (g.size() != 1 || !is_letter(g[0])) {
      wrong.add(place_of(change),
                fmt::format("'{}' is no grade of a source", casefile::shortened(g)),
                "a letter A to F");
    } else if (source) {
      intel::regrade_source(given, *source, g[0]);
    }
    return;
  }
  const auto report = wrong.find(place_of(change), given.reports, "report", change.target);
  if (g.size() != 2 || !is_letter(g[0]) || g[1] < '1' || g[1] > '6') {
    wrong.add(place_of(change), fmt::format("'{}' is no grade of a report", casefile::shortened(g)),
              "a letter A to F and a digit 1 to 6, like B2");
  } else if (report) {
    intel::regrade_report(given, *report, g[0], g[1] - '0');
  }
}

void set_parameter(const Change& change, Case& given, Refusals& wrong) {
  const auto knobs = world::knobs();
  const auto* const knob = std::find_if(knobs.data(), knobs.data() + knobs.size(),
                                        [&](const auto& k) { return k.id == change.target; });
  if (knob == knobs.data() + knobs.size()) {
    wrong.add(place_of(change),
              fmt::format("there is no parameter '{}'", casefile::shortened(change.target)),
              "`casus model --knobs` lists them");
    return;
  }
  const auto prior = parse_prior(change.value);
  if (!prior) {
    wrong.add(place_of(change), fmt::format("'{}' is no prior", casefile::shortened(change.value)),
              fmt::format("write it like {}", knob->prior));
    return;
  }
  if (prior->median() < knob->low || prior->median() > knob->high) {
    wrong.add(place_of(change),
              fmt::format("its median {:g} leaves the range of {}", prior->median(), change.target),
              fmt::format("{:g} to {:g} {}", knob->low, knob->high, knob->unit));
    return;
  }
  casefile::Parameter set;
  set.knob = change.target;
  set.value.prior = *prior;
  set.value.unit = knob->unit;
  set.value.from.known = given.as_of;
  auto& list = given.parameters;
  list.erase(std::remove_if(list.begin(), list.end(),
                            [&](const auto& p) { return p.knob == change.target; }),
             list.end());
  list.push_back(std::move(set));
}

void apply(const Change& change, Case& given, Refusals& wrong) {
  switch (change.kind) {
    case Change::Kind::add:
      return;  // read with the files
    case Change::Kind::strike:
      if (const auto report =
              wrong.find(place_of(change), given.reports, "report", change.target)) {
        intel::strike_report(given, *report);
      }
      return;
    case Change::Kind::regrade:
    case Change::Kind::regrade_source:
      regrade(change, given, wrong);
      return;
    case Change::Kind::parameter:
      set_parameter(change, given, wrong);
      return;
  }
}

Change change_of(const Json& in) {
  const auto text = [&](const char* key) {
    if (!in.contains(key) || !in.at(key).is_string()) {
      throw Refusal(400, fmt::format("a change needs '{}', a string", key));
    }
    return in.at(key).get<std::string>();
  };
  if (!in.is_object()) throw Refusal(400, "a change is an object of kind, target and value");
  const std::string kind = text("kind");
  const auto* const at = std::find(kind_names.begin(), kind_names.end(), kind);
  if (at == kind_names.end()) {
    throw Refusal(400, fmt::format("no kind of change '{}'; there are {}",
                                   casefile::shortened(kind), fmt::join(kind_names, ", ")));
  }
  Change out;
  out.kind = static_cast<Change::Kind>(at - kind_names.begin());
  if (out.kind == Change::Kind::add) {
    if (!in.contains("value") || !in.at("value").is_object()) {
      throw Refusal(400, "the value of 'add' is a report, an object");
    }
    const Json& report = in.at("value");
    if (report.contains("id") && report.at("id").is_string()) out.target = report.at("id");
    out.value = report.dump();
  } else {
    out.target = text("target");
    if (out.kind != Change::Kind::strike) out.value = text("value");
  }
  if (out.target.empty() || out.target.size() > longest_id) {
    throw Refusal(400, fmt::format("an id of 1 to {} characters is needed", longest_id));
  }
  if (out.value.size() > longest_value) throw Refusal(413, "the value is too long");
  return out;
}

Json parsed(const std::string& text) {
  // Deep nesting would exhaust the stack of whoever walks the value.
  constexpr int deepest = 16;
  const auto shallow = [](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest) throw Refusal(400, "the JSON is nested too deeply");
    return true;
  };
  Json out = Json::parse(text, shallow, false);
  if (out.is_discarded()) throw Refusal(400, "the body is not JSON");
  return out;
}

}  // namespace

std::string_view name_of(Change::Kind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

Change change_from_json(const std::string& text) { return change_of(parsed(text)); }

std::vector<Change> changes_from_json(const std::string& text) {
  const Json in = parsed(text);
  constexpr std::size_t most = 100;
  if (!in.is_object() || !in.contains("changes") || !in.at("changes").is_array() ||
      in.at("changes").size() > most) {
    throw Refusal(400, fmt::format("'changes' is a list of at most {}", most));
  }
  std::vector<Change> out;
  for (const Json& c : in.at("changes")) out.push_back(change_of(c));
  return out;
}

std::string to_json(const Change& change) {
  Json out = {{"kind", name_of(change.kind)}, {"target", change.target}};
  if (change.kind == Change::Kind::add) {
    out["value"] = Json::parse(change.value);
  } else {
    out["value"] = change.value;
  }
  return out.dump();
}

CaseError without_folders(const CaseError& error, const std::filesystem::path& given) {
  auto problems = error.problems();
  for (Problem& p : problems) {
    const std::filesystem::path file(p.file);
    if (file.filename() == added_reports) {
      p.file = "added reports";
    } else if (file.is_absolute()) {
      p.file = file.lexically_relative(given).generic_string();
    }
  }
  return CaseError(problems);
}

std::string added_by(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& c : changes) {
    if (c.kind == Change::Kind::add) out += c.value + "\n";
  }
  return out;
}

Case read_with(const casefile::OpenCase& files, const std::filesystem::path& given,
               const std::string& added) {
  try {
    Case out = files.with_reports(added_reports, added);
    calibrate::start_from_record(out, given);
    return out;
  } catch (const CaseError& error) {
    throw without_folders(error, given);
  }
}

Case with_changes(Case given, const std::vector<Change>& changes) {
  std::string all;
  for (const Change& c : changes) all += to_json(c) + "\n";
  Refusals wrong;
  for (const Change& c : changes) apply(c, given, wrong);
  wrong.throw_if_any();
  if (!all.empty()) given.digest = digest(given.digest + all);
  return given;
}

}  // namespace casus::server
