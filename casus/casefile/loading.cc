// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/loading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/casefile/json_reader.h"
#include "casus/casefile/yaml_reader.h"

namespace casus::casefile {
namespace {

std::string file_name(const std::string& path) {
  const auto cut = path.find_last_of('/');
  return cut == std::string::npos ? path : path.substr(cut + 1);
}

// Where a thing is declared, as a hint says it to someone who reads `from`.
std::string declared_at(Spot there, const Document& from) {
  const std::size_t line = there.node->line + 1;
  if (there.document == &from) return fmt::format("declared at line {}", line);
  return fmt::format("declared at line {} of {}", line, file_name(there.document->file));
}

}  // namespace

const std::vector<std::string_view>& case_file_names() {
  static const std::vector<std::string_view> names = {
      "case.yaml",       "theatre.yaml",   "actors.yaml",    "map.yaml",
      "forces.yaml",     "relations.yaml", "sources.yaml",   "reports.jsonl",
      "hypotheses.yaml", "options.yaml",   "questions.yaml", "parameters.yaml"};
  return names;
}

std::string country_code(Fields& fields) {
  std::string country = fields.text_or("country");
  const bool good = country.size() == 3 && std::all_of(country.begin(), country.end(),
                                                       [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!country.empty() && !good) {
    fields.tell(fields.optional("country"),
                fmt::format("'{}' is no country code", shortened(country)),
                "use the three capital letters of ISO 3166, such as KOR");
  }
  return country;
}

Loading::Loading(const Loading& before)
    : given(before.given),
      problems(before.problems),
      own_as_of(before.own_as_of),
      as_of(before.as_of),
      partial(before.partial),
      dated(before.dated),
      sides_known(before.sides_known),
      decision_maker(before.decision_maker),
      gates(before.gates),
      requirements(before.requirements),
      options_(before.options_),
      entries_(before.entries_),
      index_(before.index_),
      layer_(before.layer_) {
  if (before.case_fields) {
    case_fields.emplace(problems, before.case_fields->spot(), before.case_fields->what());
  }
}

Document& Loading::keep(CaseFile file) {
  auto document = std::make_unique<Document>();
  document->file = std::move(file.named);
  document->text = std::move(file.content);
  documents_.push_back(std::move(document));
  return *documents_.back();
}

void Loading::add(CaseFile file) {
  const std::string kind = file.kind;
  Document& document = keep(std::move(file));
  if (kind == "reports.jsonl") {
    const std::size_t before = problems.count();
    if (!read_json_lines(document, problems) || problems.count() > before) partial = true;
    for (const Node& item : document.root.items) declare(Thing::report, Spot{&document, &item});
    return;
  }
  if (!read_yaml(document, problems)) {
    partial = true;
    return;
  }
  Fields top(problems, Spot{&document, &document.root}, kind);
  if (kind == "options.yaml") {
    if (const Spot at = top.optional("decision_maker")) {
      if (decision_maker) {
        top.tell(at, "the decision maker is named twice", "keep one");
      }
      decision_maker = at;
    }
    if (const Spot at = top.optional("gates")) gates = at;
    if (const Spot at = top.optional("requirements")) requirements = at;
  }
  collect(top, kind);
  top.finish();
}

void Loading::open(CaseFile file, std::optional<Fields>& head) {
  const std::string kind = file.kind;
  Document& document = keep(std::move(file));
  if (read_yaml(document, problems)) {
    head.emplace(problems, Spot{&document, &document.root}, kind);
  } else {
    partial = true;
  }
}

void Loading::collect(Fields& top, std::string_view kind) {
  const std::string_view file = kind == "theatre.yaml" ? "case.yaml" : kind;
  for (std::size_t i = 0; i < thing_count; ++i) {
    const auto thing = static_cast<Thing>(i);
    if (form_of(thing).file != file) continue;
    for (const Spot& at : top.list(form_of(thing).key)) declare(thing, at);
  }
}

void Loading::replace(Thing thing) {
  entries_[static_cast<std::size_t>(thing)].clear();
  index_[static_cast<std::size_t>(thing)].clear();
  next_layer();
}

Fields Loading::fields(const Entry& entry) {
  Fields fields(problems, entry.spot, entry.what);
  fields.optional("overrides");
  return fields;
}

void Loading::declare(Thing thing, Spot at) {
  const ThingForm& form = form_of(thing);
  auto& all = entries_[static_cast<std::size_t>(thing)];
  Entry entry{at, "", fmt::format("{} {}", form.word, all.size() + 1), layer_};
  if (at.node->kind == Node::Kind::map) {
    if (form.has_id()) read_id(thing, entry);
    if (overrides(thing, entry)) return;
    const std::string known = known_by(form, *at.node);
    const auto number = static_cast<std::uint32_t>(all.size());
    const auto [first, fresh] = index_[static_cast<std::size_t>(thing)].emplace(known, number);
    if (!fresh && form.has_id() && !known.empty()) {
      const Entry& there = all[first->second];
      const Spot place = Fields(problems, at, entry.what).optional("id");
      problems.tell(*place.document, *place.node,
                    fmt::format("the {} '{}' is declared twice", form.word, known),
                    fmt::format("first {}; {}", declared_at(there.spot, *at.document),
                                there.layer < layer_ ? "write 'overrides: true' to change it"
                                                     : "rename one"));
    }
  }
  all.push_back(std::move(entry));
}

void Loading::read_id(Thing thing, Entry& entry) {
  const ThingForm& form = form_of(thing);
  Fields fields(problems, entry.spot, entry.what);
  entry.id = fields.text("id");
  if (entry.id.empty()) return;
  const Spot place = fields.optional("id");
  const bool dashes = thing == Thing::report;
  if (place && !good_id(entry.id, dashes)) {
    fields.tell(place, fmt::format("'{}' is no id of a {}", shortened(entry.id), form.word),
                dashes ? "ids are lower-case letters, digits, '_' and '-', a letter first"
                       : "ids are lower-case letters, digits and '_', a letter first");
  }
  entry.what = fmt::format("{} '{}'", form.word, entry.id);
}

// Lays an entry that says so over the one of an included folder, in whose place it then stands.
bool Loading::overrides(Thing thing, const Entry& entry) {
  Fields fields(problems, entry.spot, entry.what);
  if (!fields.flag_or("overrides", false)) return false;
  const ThingForm& form = form_of(thing);
  const auto& index = index_[static_cast<std::size_t>(thing)];
  const std::string known = known_by(form, *entry.spot.node);
  const auto found = index.find(known);
  auto& all = entries_[static_cast<std::size_t>(thing)];
  if (found == index.end() || known.empty()) {
    std::vector<std::string_view> names;
    for (const auto& [name, number] : index) names.push_back(name);
    const std::string_view near = problems.worth_a_hint() ? nearest(known, names) : "";
    fields.tell(fields.optional("overrides"),
                fmt::format("{} overrides nothing: no included folder declares it", entry.what),
                near.empty() ? "remove 'overrides'" : fmt::format("did you mean '{}'?", near));
    partial = true;
    return true;
  }
  Entry& there = all[found->second];
  if (there.layer == layer_) return false;  // twice in one folder: told as such
  merged_.push_back(
      laid_over(*entry.spot.node, *entry.spot.document, *there.spot.node, *there.spot.document));
  there.spot = Spot{entry.spot.document, &merged_.back()};
  there.layer = layer_;
  return true;
}

void Loading::name(Named& named, const Entry& entry, std::string text) {
  named.id = entry.id;
  named.key = key_of(entry.id);
  named.name = std::move(text);
}

std::optional<std::uint32_t> Loading::known(Thing thing, std::string_view id) const {
  const auto& index = index_[static_cast<std::size_t>(thing)];
  const auto found = index.find(id);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> Loading::refer(Thing thing, Spot at, const std::string& what) {
  const ThingForm& form = form_of(thing);
  const auto id = read_string(problems, at, fmt::format("the {} of {}", form.word, what));
  if (!id) return std::nullopt;
  if (const auto found = known(thing, *id)) return found;
  if (partial) return std::nullopt;
  std::vector<std::string_view> names;
  if (problems.worth_a_hint()) {
    for (const auto& [name, number] : index_[static_cast<std::size_t>(thing)])
      names.push_back(name);
  }
  const std::string_view near = nearest(*id, names);
  std::string hint = fmt::format("declare it in {}", form.file);
  if (!near.empty()) {
    const Spot there = entries(thing)[*known(thing, near)].spot;
    hint = fmt::format("did you mean '{}' ({})?", near, declared_at(there, *at.document));
  }
  problems.tell(*at.document, *at.node,
                fmt::format("{} names {} '{}', which this case does not declare", what, form.word,
                            shortened(*id)),
                hint);
  return std::nullopt;
}

void Loading::not_after_as_of(Spot at, Date day, const std::string& what, std::string_view verb) {
  if (day <= own_as_of || !dated) return;
  problems.tell(*at.document, *at.node,
                fmt::format("{} {} {}, after the case's as_of {}", what, verb, to_string(day),
                            to_string(own_as_of)),
                "leave it out: nobody could know it yet");
}

void Loading::tell_twice(Spot at, const std::string& what) {
  problems.tell(*at.document, *at.node, fmt::format("{} names '{}' twice", what, at.node->text),
                "keep one");
}

void Loading::sums_to_one(Spot at, double sum, const std::string& what) {
  if (std::fabs(sum - 1.0) <= 1e-6) return;
  problems.tell(*at.document, *at.node, fmt::format("{} sums to {:.6g}, not 1", what, sum),
                "make the shares add up to 1");
}

}  // namespace casus::casefile
