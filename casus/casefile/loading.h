// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/fields.h"
#include "casus/casefile/load.h"
#include "casus/casefile/things.h"

/// The state of one load, shared by the readers of the files. Private to the module.
namespace casus::casefile {

/// A file of a case in memory.
struct CaseFile {
  std::string named;  ///< as the user named it
  std::string kind;   ///< `actors.yaml`
  std::string content;
};

/// What a quantity must be.
struct Demand {
  std::string_view unit;  ///< empty: any
};

class Loading {
 public:
  explicit Loading(const LoadOptions& options) : options_(options) {}
  /// Goes on from where another stands, which must outlive it: spots lie in its documents.
  explicit Loading(const Loading& before);
  Loading& operator=(const Loading&) = delete;

  Case given;
  Problems problems;
  Date own_as_of;           ///< the case's own day
  Date as_of;               ///< the day looked from
  bool partial = false;     ///< a file could not be read: dangling references are its fault
  bool dated = true;        ///< the as-of day could be read
  bool sides_known = true;  ///< the sides of the war could be read
  Spot decision_maker, gates, requirements;
  std::optional<Fields> case_fields;

  [[nodiscard]] const LoadOptions& options() const { return options_; }
  /// Reads the text into a document and declares what it holds.
  void add(CaseFile file);
  /// Parses `case.yaml` or the `theatre.yaml` of a shared folder, without declaring what it holds;
  /// `head` stays empty if it cannot be read.
  void open(CaseFile file, std::optional<Fields>& head);
  void collect(Fields& top, std::string_view kind);
  /// What is declared from here on may override what was declared before.
  void next_layer() { ++layer_; }
  /// Drops what is declared of a list, unread; what comes after takes its place.
  void replace(Thing thing);

  [[nodiscard]] const std::vector<Entry>& entries(Thing thing) const {
    return entries_[static_cast<std::size_t>(thing)];
  }
  Fields fields(const Entry& entry);
  /// Sets id, key and name.
  static void name(Named& named, const Entry& entry, std::string text = "");

  /// The index of the declared thing; dangling ones are told with the nearest name.
  std::optional<std::uint32_t> refer(Thing thing, Spot at, const std::string& what);
  [[nodiscard]] std::optional<std::uint32_t> known(Thing thing, std::string_view id) const;

  template <class I>
  void need(Fields& fields, std::string_view key, Thing thing, I& out) {
    if (const Spot at = fields.required(key)) {
      if (const auto index = refer(thing, at, fields.what())) out = I{*index};
    }
  }
  template <class I>
  void maybe(Fields& fields, std::string_view key, Thing thing, std::optional<I>& out) {
    if (const Spot at = fields.optional(key)) {
      if (const auto index = refer(thing, at, fields.what())) out = I{*index};
    }
  }
  template <class I>
  void many(const std::vector<Spot>& spots, const Fields& fields, Thing thing,
            std::vector<I>& out) {
    std::set<std::uint32_t> met;
    for (const Spot& at : spots) {
      const auto index = refer(thing, at, fields.what());
      if (!index) continue;
      if (!met.insert(*index).second) tell_twice(at, fields.what());
      out.push_back(I{*index});
    }
  }

  /// Reads `ref`, `tag` and `known`; what is not said comes from `otherwise`.
  Provenance provenance(Fields& fields, const Provenance* otherwise = nullptr);
  Quantity quantity(Fields& fields, std::string_view key, Demand demand,
                    const Provenance* otherwise = nullptr);
  std::optional<Quantity> maybe_quantity(Fields& fields, std::string_view key, Demand demand,
                                         const Provenance* otherwise = nullptr);
  Quantity read_quantity(Spot at, const std::string& called, Demand demand,
                         const Provenance* otherwise);
  /// A quantity of the engine's own, where a case says nothing.
  [[nodiscard]] Quantity default_quantity(Prior prior, std::string_view unit) const;

  /// Compiles an expression of the case and keeps it; nothing if told.
  std::optional<std::size_t> expression(Spot at, const std::string& what,
                                        std::optional<int> default_week);

  /// Refuses a day after the case's own as-of day.
  void not_after_as_of(Spot at, Date day, const std::string& what, std::string_view verb);
  void tell_twice(Spot at, const std::string& what);
  /// Holds shares to a sum of one.
  void sums_to_one(Spot at, double sum, const std::string& what);

 private:
  Document& keep(CaseFile file);
  void declare(Thing thing, Spot at);
  void read_id(Thing thing, Entry& entry);
  bool overrides(Thing thing, const Entry& entry);
  void check_prior(Spot at, const Prior& prior, std::string_view unit, const std::string& called);

  LoadOptions options_;
  std::vector<std::unique_ptr<Document>> documents_;
  std::array<std::vector<Entry>, thing_count> entries_;
  std::array<std::map<std::string, std::uint32_t, std::less<>>, thing_count> index_;
  std::deque<Node> merged_;  ///< entries laid over those of included folders
  int layer_ = 0;
};

/// The readers, in the order they run; each fills its part of `given`.
void load_case_file(Loading& loading);
void load_grading(Loading& loading, Fields& case_fields);
void load_war(Loading& loading);
void load_calendar(Loading& loading);
void load_actors(Loading& loading);
void load_map(Loading& loading);
void load_forces(Loading& loading);
void load_relations(Loading& loading);
void load_sources(Loading& loading);
void load_reports(Loading& loading);
void load_hypotheses(Loading& loading);
void load_options(Loading& loading);
void load_questions(Loading& loading);
void load_parameters(Loading& loading);
/// What spans files: cycles, routes that lead nowhere, reports in order.
void validate(Loading& loading);
void fill_paths(Loading& loading);

/// A case from files in memory (`case.yaml` among them; includes are not followed).
[[nodiscard]] Case load_files(std::vector<CaseFile> files, const LoadOptions& options = {});

/// The names of the files a case folder may hold, `case.yaml` first.
[[nodiscard]] const std::vector<std::string_view>& case_file_names();

/// A mark of the Traffic Light Protocol under `handling`, else `otherwise`.
std::string handling_mark(Fields& fields, std::string otherwise);

/// The ISO 3166 code under `country`, empty if absent.
std::string country_code(Fields& fields);

/// Units a quantity may have.
[[nodiscard]] const std::vector<std::string_view>& unit_names();

Order read_order(Loading& loading, Fields& fields);

}  // namespace casus::casefile
