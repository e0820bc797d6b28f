// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

// The ends of what a number of a unit can be.
Range range_of(std::string_view unit) {
  if (unit == "share") return share_range;
  if (unit == "points") return {-10.0, 10.0};
  if (unit == "km2" || unit == "logit" || unit == "percent_per_year" || unit.empty()) return {};
  return positive_or_zero;
}

struct Ends {
  double low;
  double high;
};

// What of a prior must lie in range: its ends where it has some, else its middle.
Ends ends_of(const Prior& prior) {
  switch (prior.kind()) {
    case Prior::Kind::uniform:
      return {prior.a(), prior.b()};
    case Prior::Kind::triangular:
      return {prior.a(), prior.c()};
    case Prior::Kind::beta:
      return {0.0, 1.0};
    case Prior::Kind::gamma:
      return {0.0, prior.mean()};
    default:
      return {prior.a(), prior.a()};
  }
}

}  // namespace

const std::vector<std::string_view>& unit_names() {
  static const std::vector<std::string_view> names = {"persons",
                                                      "usd",
                                                      "usd_per_week",
                                                      "km",
                                                      "km2",
                                                      "share",
                                                      "count",
                                                      "count_per_week",
                                                      "persons_per_week",
                                                      "persons_per_day",
                                                      "ratio",
                                                      "weeks",
                                                      "logit",
                                                      "points",
                                                      "percent_per_year"};
  return names;
}

Provenance Loading::provenance(Fields& fields, const Provenance* otherwise) {
  Provenance from;
  from.known = own_as_of;
  const Spot ref = fields.optional("ref");
  const Spot tag = fields.optional("tag");
  const Spot day = fields.optional("known");
  if (otherwise != nullptr && !ref && !tag) from = *otherwise;
  if (ref) {
    from.tag = Tag::verified;
    if (const auto index = refer(Thing::reference, ref, fields.what())) {
      from.reference = ReferenceId{*index};
      from.known = std::min(given.references[*index].published, own_as_of);
    }
  }
  if (tag) {
    from.tag = fields.read_word<Tag>(tag, "tag");
    const bool sourced = from.tag == Tag::verified || from.tag == Tag::derived;
    if (sourced && !ref && parse<Tag>(tag.node->text)) {
      fields.tell(tag, fmt::format("tag {} of {} needs a 'ref'", name_of(from.tag), fields.what()),
                  "name the reference it stems from, or tag it J");
    }
  }
  if (day) {
    if (const auto known_day = read_date(problems, day, fields.called("known"))) {
      not_after_as_of(day, *known_day, fields.what(), "became known on");
      from.known = *known_day;
    }
  }
  return from;
}

void Loading::check_prior(Spot at, const Prior& prior, std::string_view unit,
                          const std::string& called) {
  const Range range = range_of(unit);
  const Ends ends = ends_of(prior);
  if (ends.low >= range.low && ends.high <= range.high) return;
  const double wrong = ends.low < range.low ? ends.low : ends.high;
  problems.tell(*at.document, *at.node,
                range.high < 1e9
                    ? fmt::format("{} must lie from {:g} to {:g}; here is {:g}", called, range.low,
                                  range.high, wrong)
                    : fmt::format("{} must not be negative; here is {:g}", called, wrong),
                unit == "share" ? "a share is a fraction: 5 % is 0.05" : "");
}

Quantity Loading::read_quantity(Spot at, const std::string& called, Demand demand,
                                const Provenance* otherwise) {
  Quantity quantity;
  quantity.unit = demand.unit;
  if (at.node->kind != Node::Kind::map) {
    problems.tell(*at.document, *at.node, fmt::format("{} must be a quantity", called),
                  fmt::format("write {{prior: {}, unit: {}}}",
                              at.node->scalar() ? shortened(at.node->text) : "…",
                              demand.unit.empty() ? "…" : demand.unit));
    return quantity;
  }
  Fields fields(problems, at, called);
  if (const Spot prior = fields.required("prior")) {
    std::string why;
    const auto parsed = prior.node->scalar() ? parse_prior(prior.node->text, &why) : std::nullopt;
    if (parsed) {
      quantity.prior = *parsed;
      check_prior(prior, *parsed, demand.unit, called);
    } else {
      problems.tell(*at.document, *prior.node,
                    fmt::format("the prior of {} cannot be read", called),
                    why.empty() ? "write a number or a distribution in quotes" : why);
    }
  }
  if (const Spot unit = fields.required("unit")) {
    const auto text = read_string(problems, unit, fields.called("unit"));
    if (text && demand.unit.empty()) {
      quantity.unit = *text;
    } else if (text && *text != demand.unit) {
      problems.tell(
          *at.document, *unit.node,
          fmt::format("{} is counted in {}, not in '{}'", called, demand.unit, shortened(*text)),
          fmt::format("write 'unit: {}' and a number in it", demand.unit));
    }
  }
  quantity.from = provenance(fields, otherwise);
  fields.finish();
  return quantity;
}

Quantity Loading::quantity(Fields& fields, std::string_view key, Demand demand,
                           const Provenance* otherwise) {
  if (const Spot at = fields.required(key)) {
    return read_quantity(at, fields.called(key), demand, otherwise);
  }
  return default_quantity(Prior(0.0), demand.unit);
}

std::optional<Quantity> Loading::maybe_quantity(Fields& fields, std::string_view key, Demand demand,
                                                const Provenance* otherwise) {
  if (const Spot at = fields.optional(key)) {
    return read_quantity(at, fields.called(key), demand, otherwise);
  }
  return std::nullopt;
}

Quantity Loading::default_quantity(Prior prior, std::string_view unit) const {
  Quantity quantity;
  quantity.prior = prior;
  quantity.unit = unit;
  quantity.from.known = own_as_of;
  return quantity;
}

}  // namespace casus::casefile
