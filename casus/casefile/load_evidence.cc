// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

char read_grade(Fields& fields, Spot at, std::string_view key) {
  if (at.node->scalar() && at.node->text.size() == 1 && at.node->text[0] >= 'A' &&
      at.node->text[0] <= 'F') {
    return at.node->text[0];
  }
  fields.tell(at, fmt::format("{} must be a letter from A to F", fields.called(key)),
              "A is completely reliable, F cannot be judged");
  return 'F';
}

constexpr Date no_day;  // of a day that is missing or cannot be read

void read_observed(Loading& loading, Fields& fields, Report& report) {
  const Spot at = fields.stated("observed");
  if (!at) return;
  Fields span(loading.problems, at, fields.called("observed"));
  const Date from = span.date("from");
  const Date to = span.date("to");
  span.finish();
  const Spot last = span.optional("to");
  if (!last || !span.optional("from")) return;
  if (from == no_day || to == no_day) return;  // told already
  report.observed = std::make_pair(from, to);
  const bool foretold = report.aspect == Aspect::forecast || report.aspect == Aspect::planned;
  if (to < from) {
    fields.tell(last,
                fmt::format("{} was observed to {}, before it began on {}", fields.what(),
                            to_string(to), to_string(from)),
                "swap the two days");
  } else if (!foretold && to > loading.own_as_of) {
    loading.not_after_as_of(last, to, fields.what(), "was observed to");
  } else if (!foretold && to > report.published && report.published != no_day) {
    fields.tell(last,
                fmt::format("{} was observed to {}, after it was published on {}", fields.what(),
                            to_string(to), to_string(report.published)),
                "only a forecast or a plan looks ahead");
  }
}

void read_report_quantity(Loading& loading, Fields& fields, Report& report) {
  const Spot at = fields.stated("quantity");
  if (!at) return;
  Fields amounts(loading.problems, at, fields.called("quantity"));
  ReportQuantity quantity;
  quantity.value = amounts.maybe_number("value");
  quantity.low = amounts.maybe_number("low");
  quantity.high = amounts.maybe_number("high");
  quantity.unit = amounts.text("unit");
  if (quantity.low && quantity.high && *quantity.low > *quantity.high) {
    amounts.tell(amounts.optional("low"),
                 fmt::format("{} has its low end above its high end", amounts.what()),
                 "swap the two");
  }
  amounts.finish();
  report.quantity = quantity;
}

std::optional<std::uint32_t> read_state(Loading& loading, Fields& fields, HypothesisId hypothesis,
                                        Spot at) {
  const Hypothesis& asked = loading.given.hypotheses[hypothesis];
  if (at.node->scalar()) {
    for (std::uint32_t i = 0; i < asked.states.size(); ++i) {
      if (asked.states[i].id == at.node->text) return i;
    }
  }
  std::vector<std::string_view> names;
  for (const HypothesisState& s : asked.states) names.push_back(s.id);
  const std::string_view near = nearest(at.node->text, names);
  fields.tell(at,
              fmt::format("hypothesis '{}' has no state '{}'", asked.id, shortened(at.node->text)),
              near.empty() ? fmt::format("its states: {}", listed(names))
                           : fmt::format("did you mean '{}'?", near));
  return std::nullopt;
}

void read_saying(Loading& loading, const std::string& what, Spot at, Report& report) {
  Fields fields(loading.problems, at, fmt::format("what {} says", what));
  const Spot strength = fields.optional("strength_of");
  if (strength) {
    StrengthSaying saying;
    loading.need(fields, "strength_of", Thing::contingent, saying.contingent);
    loading.need(fields, "at", Thing::place, saying.at);
    saying.count = fields.number("count", positive_or_zero);
    fields.finish();
    report.strengths.push_back(saying);
    return;
  }
  Saying saying;
  const std::size_t before = loading.problems.count();
  loading.need(fields, "hypothesis", Thing::hypothesis, saying.hypothesis);
  const bool known = loading.problems.count() == before && !loading.partial;
  for (const Spot& state : fields.required_list("states")) {
    if (!known) break;
    const auto number = read_state(loading, fields, saying.hypothesis, state);
    if (!number) continue;
    if (std::find(saying.states.begin(), saying.states.end(), *number) != saying.states.end()) {
      loading.tell_twice(state, what);
    }
    saying.states.push_back(*number);
  }
  if (const Spot states = fields.optional("states");
      states && states.node->kind == Node::Kind::sequence && states.node->items.empty()) {
    fields.tell(states, fmt::format("what {} says leaves no state possible", what),
                "name at least one");
  }
  fields.finish();
  report.says.push_back(std::move(saying));
}

// Labels of other schemes, through the case's grading; what is written out goes before them.
void read_labels(Loading& loading, Fields& grade, Report& report) {
  const Grading& scheme = loading.given.grading;
  if (const auto confidence = grade.maybe_number("stix", {0.0, 100.0})) {
    report.item_grade = scheme.item_of(*confidence);
  }
  for (const Spot& at : grade.list("tags")) {
    const Grading::Label* label = scheme.find(at.node->text);
    if (label == nullptr) {
      std::vector<std::string_view> names;
      for (const Grading::Label& l : scheme.tags) names.push_back(l.tag);
      const std::string_view near = nearest(at.node->text, names);
      grade.tell(at, fmt::format("no grade is known for the tag '{}'", shortened(at.node->text)),
                 near.empty() ? "give it one under 'grading', 'tags' of case.yaml"
                              : fmt::format("did you mean '{}'?", near));
      continue;
    }
    if (label->source) report.source_grade = *label->source;
    if (label->item) report.item_grade = *label->item;
  }
}

void read_report_grade(Loading& loading, Fields& fields, Report& report) {
  const Spot at = fields.stated("grade");
  report.source_grade =
      loading.given.sources.empty() ? 'F' : loading.given.sources[report.source].grade;
  if (!at) return;
  Fields grade(loading.problems, at, fields.called("grade"));
  read_labels(loading, grade, report);
  const bool labelled = grade.optional("stix") || grade.optional("tags");
  const Spot source = labelled ? grade.optional("source") : grade.required("source");
  if (source) report.source_grade = read_grade(grade, source, "source");
  const Spot item = labelled ? grade.optional("item") : grade.required("item");
  if (item) {
    const double digit = grade.number("item", {1.0, 6.0});
    report.item_grade = digit >= 1.0 ? static_cast<int>(digit) : 6;
    if (digit != report.item_grade && digit >= 1.0) {
      grade.tell(item, fmt::format("{} must be whole", grade.called("item")));
    }
  }
  grade.finish();
}

void read_optional_fields(Loading& loading, Fields& fields, Report& report) {
  report.probes = fields.maybe_number("probes", positive_or_zero);
  report.retracted = fields.maybe_date("retracted");
  if (report.retracted) {
    loading.not_after_as_of(fields.optional("retracted"), *report.retracted, fields.what(),
                            "was retracted on");
    if (*report.retracted > loading.as_of) report.retracted.reset();
  }
  report.counts = fields.word_or("counts", CountSense::exact);
  report.looked = fields.flag_or("looked", false);
  report.coverage = fields.maybe_number("coverage", share_range);
  if (report.coverage && !report.looked) {
    fields.tell(fields.optional("coverage"),
                fmt::format("{} covers but did not look", fields.what()),
                "add 'looked: true', or leave 'coverage' out");
  }
  report.evasive = fields.flag_or("evasive", false);
  report.against_interest = fields.flag_or("against_interest", false);
  report.detail = fields.maybe_number("detail", share_range).value_or(0.9);
}

Report read_report(Loading& loading, const Entry& entry) {
  Fields fields = loading.fields(entry);
  Report report;
  fields.optional("id");
  Loading::name(report, entry);
  report.published = fields.date("published");
  if (const Spot at = fields.optional("published")) {
    loading.not_after_as_of(at, report.published, fields.what(), "was published on");
  }
  report.aspect = fields.word<Aspect>("aspect");
  read_observed(loading, fields, report);
  loading.need(fields, "source", Thing::source, report.source);
  fields.stated("via");
  report.via = fields.text_or("via");
  const auto& sources = loading.given.sources;
  fields.stated("kind");
  report.kind =
      fields.word_or("kind", sources.empty() ? ReportKind::press : sources[report.source].kind);
  fields.stated("place");
  loading.maybe(fields, "place", Thing::place, report.place);
  fields.stated("lon");
  report.lon = fields.maybe_number("lon", {-180.0, 180.0});
  fields.stated("lat");
  report.lat = fields.maybe_number("lat", {-90.0, 90.0});
  report.claim = fields.text("claim");
  read_report_quantity(loading, fields, report);
  for (const Spot& at : fields.required_list("says")) {
    read_saying(loading, fields.what(), at, report);
  }
  loading.many(fields.required_list("lineage"), fields, Thing::report, report.lineage);
  loading.many(fields.required_list("answers"), fields, Thing::report, report.answers);
  fields.stated("fidelity");
  report.fidelity = fields.maybe_number("fidelity", share_range).value_or(1.0);
  read_report_grade(loading, fields, report);
  fields.stated("handling");
  report.handling = handling_mark(fields, loading.given.handling);
  read_optional_fields(loading, fields, report);
  fields.finish();
  return report;
}

}  // namespace

void load_sources(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::source)) {
    Fields fields = loading.fields(entry);
    Source source;
    fields.optional("id");
    Loading::name(source, entry, fields.text("name"));
    source.kind = fields.word<ReportKind>("kind");
    source.stance = fields.word_or("stance", Stance::neutral);
    loading.maybe(fields, "actor", Thing::actor, source.actor);
    if (const Spot at = fields.required("grade")) source.grade = read_grade(fields, at, "grade");
    if (const Spot at = fields.optional("track")) {
      Fields track(loading.problems, at, fields.called("track"));
      source.right = track.number("right", positive_or_zero);
      source.wrong = track.number("wrong", positive_or_zero);
      track.finish();
    }
    source.many = fields.flag_or("many", false);
    source.interests = fields.text_or("interests");
    loading.many(fields.list("relays"), fields, Thing::source, source.relays);
    loading.many(fields.list("controllable_by"), fields, Thing::actor, source.controllable_by);
    source.from = loading.provenance(fields);
    fields.finish();
    loading.given.sources.push_back(std::move(source));
  }
}

void load_reports(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::report)) {
    loading.given.reports.push_back(read_report(loading, entry));
  }
}

}  // namespace casus::casefile
