// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

constexpr std::size_t most_states = 1000;
constexpr std::size_t largest_table = std::size_t{1} << 20;

void read_states(Loading& loading, Fields& fields, Hypothesis& hypothesis) {
  const Spot list = fields.required("states");
  if (list && list.node->items.size() > most_states) {
    fields.tell(list, fmt::format("{} has more than {} states, which is the limit", fields.what(),
                                  most_states));
    return;
  }
  for (const Spot& at : fields.list("states")) {
    Fields state(loading.problems, at, fmt::format("a state of {}", fields.what()));
    HypothesisState read;
    const Spot id = state.required("id");
    if (id) {
      read.id = read_string(loading.problems, id, state.called("id")).value_or("");
      if (!read.id.empty() && !good_id(read.id)) {
        state.tell(id, fmt::format("'{}' is no id of a state", shortened(read.id)),
                   "ids are lower-case letters, digits and '_', a letter first");
      } else if (find(hypothesis.states, read.id)) {
        state.tell(id, fmt::format("{} has two states '{}'", fields.what(), read.id), "rename one");
      }
    }
    read.key = key_of(read.id);
    read.name = state.text_or("text", read.id);
    const auto low = state.maybe_number("low", positive_or_zero);
    const Spot high = state.optional("high");
    if (low) {
      read.counted = true;
      read.low = *low;
      read.high = state.maybe_number("high", positive_or_zero);
      if (read.high && *read.high < read.low) {
        state.tell(high,
                   fmt::format("state '{}' of {} ends below its start", read.id, fields.what()),
                   "swap low and high");
      }
    } else if (high) {
      state.tell(high,
                 fmt::format("state '{}' of {} has 'high' without 'low'", read.id, fields.what()),
                 "add 'low'");
    }
    state.finish();
    hypothesis.states.push_back(std::move(read));
  }
  if (list && list.node->kind == Node::Kind::sequence && hypothesis.states.size() < 2) {
    fields.tell(list, fmt::format("{} needs at least two states", fields.what()));
  }
}

void read_at(Loading& loading, Fields& fields, Hypothesis& hypothesis) {
  for (const Spot& at : fields.list("at")) {
    if (at.node->scalar()) {
      if (const auto region = loading.known(Thing::region, at.node->text)) {
        if (!loading.known(Thing::place, at.node->text)) {
          hypothesis.at_regions.push_back(RegionId{*region});
          continue;
        }
      }
    }
    if (const auto place = loading.refer(Thing::place, at, fields.what())) {
      hypothesis.at_places.push_back(PlaceId{*place});
    }
  }
}

void read_counts(Loading& loading, Fields& fields, Hypothesis& hypothesis) {
  loading.maybe(fields, "counts", Thing::contingent, hypothesis.counts);
  read_at(loading, fields, hypothesis);
  const Spot counts = fields.optional("counts");
  if (!counts) return;
  for (const HypothesisState& state : hypothesis.states) {
    if (state.counted) continue;
    fields.tell(
        counts,
        fmt::format("{} counts men, but its state '{}' has no 'low'", fields.what(), state.id),
        "give every state low and high");
    return;
  }
}

/// The rows of a conditional table, spread over the combinations of the parents' states.
class Table {
 public:
  Table(Loading& loading, Fields& fields, const Hypothesis& hypothesis)
      : loading_(loading), fields_(fields), hypothesis_(hypothesis) {
    for (const HypothesisId parent : hypothesis.parents) {
      const std::size_t states = loading.given.hypotheses[parent].states.size();
      if (states == 0 || hypothesis.states.empty()) return;
      rows_ *= states;
      if (rows_ * hypothesis.states.size() > largest_table) {
        fields.tell(fields.optional("parents"),
                    fmt::format("the table of {} has more than {} entries, which is the limit",
                                fields.what(), largest_table),
                    "name fewer parents");
        return;
      }
    }
    sound_ = !hypothesis.states.empty();
  }

  std::vector<double> read() {
    const Spot list = fields_.required("table");
    const std::vector<Spot> spots = fields_.list("table");
    if (!sound_) return {};
    const double unset = std::numeric_limits<double>::quiet_NaN();
    table_.assign(rows_ * hypothesis_.states.size(), unset);
    for (const Spot& at : spots) read_row(at);
    if (list && list.node->kind == Node::Kind::sequence && !bad_row_) tell_uncovered(list);
    return table_;
  }

 private:
  void read_row(Spot at) {
    Fields row(loading_.problems, at, fmt::format("a row of the table of {}", fields_.what()));
    const std::size_t before = loading_.problems.count();
    const std::vector<double> p = read_p(row);
    std::vector<std::optional<std::size_t>> when(hypothesis_.parents.size());
    for (const auto& [key, value] : row.entries("when")) read_condition(row, key, value, when);
    row.finish();
    bad_row_ = bad_row_ || loading_.problems.count() > before;
    if (p.empty()) return;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (!matches(r, when)) continue;
      std::copy(p.begin(), p.end(), table_.begin() + static_cast<std::ptrdiff_t>(r * p.size()));
    }
  }

  std::vector<double> read_p(Fields& row) {
    const Spot at = row.required("p");
    if (!at) return {};
    Fields shares(loading_.problems, at, fmt::format("'p' in the table of {}", fields_.what()));
    std::vector<double> p;
    const std::size_t before = loading_.problems.count();
    double sum = 0.0;
    for (const HypothesisState& state : hypothesis_.states) {
      p.push_back(shares.maybe_number(state.id, share_range).value_or(0.0));
      sum += p.back();
    }
    shares.finish();
    if (loading_.problems.count() == before) loading_.sums_to_one(at, sum, shares.what());
    for (double& x : p) x /= sum > 0.0 ? sum : 1.0;
    return p;
  }

  void read_condition(Fields& row, Spot key, Spot value,
                      std::vector<std::optional<std::size_t>>& when) {
    const auto& all = loading_.given.hypotheses;
    std::vector<std::string_view> names;
    for (const HypothesisId parent : hypothesis_.parents) names.push_back(all[parent].id);
    const auto parent = std::find(names.begin(), names.end(), key.node->text);
    if (parent == names.end()) {
      if (loading_.partial) return;
      const std::string_view near = nearest(key.node->text, names);
      row.tell(key,
               fmt::format("'{}' is no parent of {}", shortened(key.node->text), fields_.what()),
               near.empty() ? "name it under 'parents'" : fmt::format("did you mean '{}'?", near));
      return;
    }
    const auto position = static_cast<std::size_t>(parent - names.begin());
    const auto& states = all[hypothesis_.parents[position]].states;
    const auto state = find(states, value.node->text);
    if (state && value.node->scalar()) {
      when[position] = state->index;
      return;
    }
    std::vector<std::string_view> ids;
    for (const HypothesisState& s : states) ids.push_back(s.id);
    const std::string_view near = nearest(value.node->text, ids);
    row.tell(value,
             fmt::format("hypothesis '{}' has no state '{}'", *parent, shortened(value.node->text)),
             near.empty() ? fmt::format("its states: {}", listed(ids))
                          : fmt::format("did you mean '{}'?", near));
  }

  // The states of the parents in a row, the last parent fastest.
  [[nodiscard]] std::vector<std::size_t> digits(std::size_t row) const {
    std::vector<std::size_t> states(hypothesis_.parents.size());
    for (std::size_t i = states.size(); i-- > 0;) {
      const std::size_t radix = loading_.given.hypotheses[hypothesis_.parents[i]].states.size();
      states[i] = row % radix;
      row /= radix;
    }
    return states;
  }

  [[nodiscard]] bool matches(std::size_t row,
                             const std::vector<std::optional<std::size_t>>& when) const {
    const std::vector<std::size_t> states = digits(row);
    for (std::size_t i = 0; i < when.size(); ++i) {
      if (when[i] && *when[i] != states[i]) return false;
    }
    return true;
  }

  void tell_uncovered(Spot list) {
    std::size_t missing = 0;
    std::string first;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (!std::isnan(table_[r * hypothesis_.states.size()])) continue;
      if (missing++ > 0) continue;
      const std::vector<std::size_t> states = digits(r);
      for (std::size_t i = 0; i < states.size(); ++i) {
        const Hypothesis& parent = loading_.given.hypotheses[hypothesis_.parents[i]];
        if (i > 0) first += ", ";
        first += fmt::format("{}: {}", parent.id, parent.states[states[i]].id);
      }
    }
    if (missing == 0) return;
    fields_.tell(list,
                 fmt::format("the table of {} leaves out {} of {} combinations of its parents' "
                             "states",
                             fields_.what(), missing, rows_),
                 fmt::format("add a row such as {{when: {{{}}}, p: {{…}}}}", first));
  }

  Loading& loading_;
  Fields& fields_;
  const Hypothesis& hypothesis_;
  std::vector<double> table_;
  std::size_t rows_ = 1;
  bool sound_ = false;
  bool bad_row_ = false;
};

Hypothesis read_hypothesis(Loading& loading, Fields& fields, const Entry& entry) {
  Hypothesis hypothesis;
  fields.optional("id");
  Loading::name(hypothesis, entry, fields.text("text"));
  read_states(loading, fields, hypothesis);
  read_counts(loading, fields, hypothesis);
  hypothesis.ordered = fields.flag_or("ordered", false);
  hypothesis.key_judgement = fields.flag_or("key_judgement", false);
  loading.many(fields.list("parents"), fields, Thing::hypothesis, hypothesis.parents);
  loading.many(fields.list("staged_by"), fields, Thing::actor, hypothesis.staged_by);
  hypothesis.staging = loading.maybe_quantity(fields, "staging", Demand{"share"});
  if (hypothesis.staging && hypothesis.staged_by.empty() && !loading.partial) {
    fields.tell(fields.optional("staging"),
                fmt::format("{} has 'staging' without 'staged_by'", fields.what()),
                "say who might stage it");
  }
  hypothesis.conceals = loading.maybe_quantity(fields, "conceals", Demand{"share"});
  hypothesis.from = loading.provenance(fields);
  return hypothesis;
}

}  // namespace

void load_hypotheses(Loading& loading) {
  std::vector<Fields> all;
  for (const Entry& entry : loading.entries(Thing::hypothesis)) {
    all.push_back(loading.fields(entry));
    loading.given.hypotheses.push_back(read_hypothesis(loading, all.back(), entry));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {  // tables need the states of every parent
    Hypothesis& hypothesis = loading.given.hypotheses[i];
    hypothesis.table = Table(loading, all[i], hypothesis).read();
    all[i].finish();
  }
}

}  // namespace casus::casefile
