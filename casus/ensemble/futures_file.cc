// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/futures_file.h"

#include <algorithm>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/handling.h"
#include "casus/world/knob.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t chunk_futures = 1024;
constexpr std::size_t chunk_values = std::size_t{1} << 18U;  ///< of trajectories, about

std::string meaning_of(const std::string& variable) {
  for (const auto& v : casefile::variables()) {
    if (v.name == variable) return std::string(v.meaning);
  }
  return {};
}

Futures without_tables(const Futures& f) {
  Futures out;
  out.case_id = f.case_id;
  out.case_digest = f.case_digest;
  out.version = f.version;
  out.belief_digest = f.belief_digest;
  out.seed = f.seed;
  out.sampling = f.sampling;
  out.weeks = f.weeks;
  out.every = f.every;
  out.futures = f.futures;
  out.options = f.options;
  out.measures = f.measures;
  out.questions = f.questions;
  out.signposts = f.signposts;
  out.series = f.series;
  out.levels = f.levels;
  out.trajectories = f.trajectories;
  out.knobs = f.knobs;
  return out;
}

/// A name of each, by comma.
template <class T, class Name>
std::string joined(const std::vector<T>& all, Name name) {
  std::string out;
  for (const T& x : all) out += (out.empty() ? "" : ",") + std::string(x.*name);
  return out;
}

std::vector<int> counted(std::size_t n, int step = 1) {
  std::vector<int> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(static_cast<int>(i) * step);
  return out;
}

}  // namespace

FuturesFile::FuturesFile(const std::filesystem::path& path, const Futures& about,
                         const casefile::Case& given, const FileOptions& how)
    : path_(path),
      part_{path.string() + ".part"},
      about_(without_tables(about)),
      how_(how),
      file_(NetcdfFile::create(part_.path)),
      layout_(layout_of(about.series)) {
  describe(given);
  coordinates(given);
  file_.deflate(how.deflate);
  if (!how_.summary) tables();
  figures_tables();
  for (const Group& group : layout_.groups) weekly_.push_back(weekly_tables(group));
}

void FuturesFile::close() {
  file_.attribute("clamps", clamps_);
  file_.attribute("updates", updates_);
  file_.close();
  put_in_place(part_.path, path_);
}

void FuturesFile::describe(const casefile::Case& given) {
  file_.attribute("Conventions", "CF-1.10");
  file_.attribute("title", given.title + ": futures by option");
  file_.attribute("source", "Casus " + about_.version);
  file_.attribute("version", about_.version);
  file_.attribute("handling", casefile::handling_of_all(given));
  file_.attribute("case_id", about_.case_id);
  file_.attribute("case_digest", about_.case_digest);
  file_.attribute("belief_digest", about_.belief_digest);
  file_.attribute("seed", about_.seed);
  file_.attribute("futures", about_.futures);
  file_.attribute("weeks", static_cast<std::uint64_t>(about_.weeks));
  file_.attribute("every", static_cast<std::uint64_t>(about_.every));
  file_.attribute("sampling", std::string(name_of(about_.sampling.kind)));
  file_.attribute("noises", about_.sampling.noises);
  file_.attribute("cube", about_.sampling.cube);
  file_.attribute("content", how_.summary ? "summary" : "futures");
  std::string order;
  for (const Group& g : layout_.groups) order += (order.empty() ? "" : " ") + g.variable;
  file_.attribute("series", order);
}

void FuturesFile::coordinates(const casefile::Case& given) {
  option_ = file_.labels("option", about_.options);
  week_ = file_.dimension("week", about_.kept_weeks());
  level_ = file_.dimension("level", about_.levels.size());
  measure_ = file_.labels("measure", about_.measures);
  const std::vector<int> weeks = counted(about_.kept_weeks(), about_.every);
  std::vector<int> days;
  for (const int w : weeks) days.push_back(given.clock().monday_of(w).days());
  file_.put("week", {&week_, 1}, weeks, "1", "week of the futures; 0 holds the day after as-of");
  const int monday =
      file_.put("monday", {&week_, 1}, days, "days since 1970-01-01", "first day of the week");
  file_.attribute(monday, "standard_name", "time");
  file_.attribute(monday, "calendar", "proleptic_gregorian");
  file_.put("level", {&level_, 1}, about_.levels, "1", "quantile level");
  for (const Axis& a : layout_.axes) axes_.push_back(file_.labels(a.name, a.labels));
  std::vector<std::string> units;
  for (const auto& m : casefile::measures()) units.emplace_back(m.unit);
  file_.text("measure_unit", {&measure_, 1}, units, "unit of the measure");
  if (how_.summary) return;
  future_ = file_.dimension("future", about_.futures);
  file_.put("future", {&future_, 1}, counted(about_.futures), "1",
            "number of the future: the same start and luck under every option");
  trajectory_ = future_;
  if (about_.trajectories > 0 && about_.trajectories < about_.futures) {
    trajectory_ = file_.dimension("trajectory", about_.trajectories);
    file_.put("trajectory", {&trajectory_, 1}, counted(about_.trajectories), "1",
              "number of a future that is kept whole");
  }
  std::vector<std::string> texts;
  for (const auto& q : given.questions) texts.push_back(q.name);
  if (!texts.empty()) {
    question_ = file_.labels("question", about_.questions);
    file_.text("question_text", {&question_, 1}, texts, "the question");
    std::vector<std::string> categories;
    for (const auto& q : given.questions)
      categories.push_back(joined(q.categories, &casefile::Category::name));
    file_.text("question_categories", {&question_, 1}, categories,
               "names of the categories of the answer, in their order, by comma");
  }
  std::vector<std::string> hypotheses, states;
  for (const auto& h : given.hypotheses) {
    hypotheses.push_back(h.id);
    states.push_back(joined(h.states, &casefile::HypothesisState::id));
  }
  if (about_.signposts > 0) {
    signpost_ = file_.dimension("signpost", about_.signposts);
    file_.put("signpost", {&signpost_, 1}, counted(about_.signposts), "1",
              "number of the signpost in its plan");
  }
  hypotheses_ = hypotheses.size();
  if (hypotheses_ > 0) {
    hypothesis_ = file_.labels("hypothesis", hypotheses);
    file_.text("hypothesis_states", {&hypothesis_, 1}, states,
               "ids of the states of the hypothesis, in their order, by comma");
  }
  knob_ = file_.labels("knob", about_.knobs);
  std::vector<std::string> knob_units;
  for (const std::string& id : about_.knobs) {
    const auto known = std::ranges::find(world::knobs(), id, &world::Knob::id);
    knob_units.emplace_back(known == world::knobs().end() ? std::string_view{} : known->unit);
  }
  file_.text("knob_unit", {&knob_, 1}, knob_units, "unit of the parameter");
}

void FuturesFile::tables() {
  const std::size_t futures = std::min(about_.futures, chunk_futures);
  const auto table = [&](const char* name, std::vector<int> dimensions, std::size_t last,
                         const char* meaning, bool bytes = false) {
    if (last == 0) return 0;
    std::vector<std::size_t> chunk = {futures, last};
    if (dimensions.size() > 2) chunk.insert(chunk.begin(), 1);
    const int id = file_.table(name, dimensions, chunk, bytes);
    file_.attribute(id, "long_name", meaning);
    return id;
  };
  outcome_ = table("outcome", {option_, future_, measure_}, about_.measures.size(),
                   "outcome measure at the horizon; units: measure_unit");
  file_.attribute(outcome_, "coordinates", "measure_unit");
  answer_ =
      table("answer", {option_, future_, question_}, about_.questions.size(),
            "answer: 0 or 1, a number, a week or the index of a category; NaN: does not apply");
  if (!about_.questions.empty())
    file_.attribute(answer_, "coordinates", "question_text question_categories");
  turn_ = table("turn", {option_, future_, signpost_}, about_.signposts,
                "first week that the signpost's turn was in force in; NaN: it did not turn");
  knob_value_ = table("knob_value", {future_, knob_}, about_.knobs.size(),
                      "parameter drawn for the future, the same under every option; units: "
                      "knob_unit");
  file_.attribute(knob_value_, "coordinates", "knob_unit");
  truth_ = table("truth", {future_, hypothesis_}, hypotheses_,
                 "state of the hypothesis in the future: an index into hypothesis_states", true);
  if (hypotheses_ > 0) file_.attribute(truth_, "coordinates", "hypothesis_states");
}

void FuturesFile::figures_tables() {
  const std::size_t measures = about_.measures.size();
  const std::size_t levels = about_.levels.size();
  const auto table = [&](const char* name, bool quantile, const char* meaning) {
    std::vector<int> dimensions = {option_, measure_};
    std::vector<std::size_t> chunk = {1, measures};
    if (quantile) {
      dimensions.insert(dimensions.begin() + 1, level_);
      chunk.insert(chunk.begin() + 1, levels);
    }
    const int id = file_.table(name, dimensions, chunk, false);
    file_.attribute(id, "long_name", meaning);
    file_.attribute(id, "coordinates", "measure_unit");
    return id;
  };
  outcome_mean_ = table("outcome_mean", false, "mean of the outcome measure over futures");
  outcome_mean_error_ =
      table("outcome_mean_error", false, "Monte-Carlo standard error of outcome_mean");
  outcome_quantile_ = table("outcome_quantile", true, "quantile of the outcome measure");
  outcome_quantile_error_ =
      table("outcome_quantile_error", true, "Monte-Carlo standard error of outcome_quantile");
}

int FuturesFile::entity_table(const std::string& name, const Group& group,
                              std::vector<int> dimensions, std::vector<std::size_t> chunk) {
  for (const std::size_t a : group.axes) {
    dimensions.push_back(axes_[a]);
    chunk.push_back(layout_.axes[a].labels.size());
  }
  const int id = file_.table(name, dimensions, chunk, false);
  file_.attribute(id, "units", group.unit);
  file_.attribute(id, "coordinates", "monday");
  return id;
}

FuturesFile::Weekly FuturesFile::weekly_tables(const Group& group) {
  const std::size_t weeks = about_.kept_weeks();
  const std::size_t levels = about_.levels.size();
  const std::string meaning = meaning_of(group.variable);
  Weekly w;
  if (about_.trajectories > 0) {
    const std::size_t whole =
        std::clamp<std::size_t>(chunk_values / (weeks * group.count), 1, about_.trajectories);
    w.whole = entity_table(group.variable, group, {option_, trajectory_, week_}, {1, whole, weeks});
    file_.attribute(w.whole, "long_name", meaning);
  }
  const auto named = [&](const char* ending, bool quantile, const std::string& what) {
    const int id = quantile
                       ? entity_table(group.variable + ending, group, {option_, level_, week_},
                                      {1, levels, weeks})
                       : entity_table(group.variable + ending, group, {option_, week_}, {1, weeks});
    file_.attribute(id, "long_name", what + meaning);
    return id;
  };
  w.mean = named("_mean", false, "mean over futures of ");
  file_.attribute(w.mean, "cell_methods", "future: mean");
  w.mean_error = named("_mean_error", false, "Monte-Carlo standard error of the mean of ");
  w.quantile = named("_quantile", true, "quantile over futures of ");
  w.quantile_error = named("_quantile_error", true, "Monte-Carlo standard error of a quantile of ");
  return w;
}

template <class T>
void FuturesFile::turned(int table, std::size_t option, std::size_t first,
                         const std::vector<T>& rows, std::size_t count) {
  const std::size_t columns = rows.size() / count;
  if (columns == 0) return;
  std::vector<T> out(rows.size());
  for (std::size_t r = 0; r < columns; ++r) {
    for (std::size_t i = 0; i < count; ++i) out[i * columns + r] = rows[r * count + i];
  }
  if (table == knob_value_ || table == truth_) {
    file_.slab(table, std::vector{first, std::size_t{0}}, std::vector{count, columns}, out);
  } else {
    file_.slab(table, std::vector{option, first, std::size_t{0}},
               std::vector{std::size_t{1}, count, columns}, out);
  }
}

void FuturesFile::results(std::size_t option, std::size_t first, const Shard& shard) {
  clamps_ += shard.clamps;
  updates_ += shard.updates;
  if (how_.summary) return;
  const std::size_t count = shard.outcome.size() / about_.measures.size();
  turned(outcome_, option, first, shard.outcome, count);
  turned(answer_, option, first, shard.answer, count);
  turned(turn_, option, first, shard.turn, count);
  turned(knob_value_, option, first, shard.knob, count);
  turned(truth_, option, first, shard.truth, count);
}

void FuturesFile::figures(std::size_t option, const std::vector<Figures>& figures) {
  const std::size_t levels = about_.levels.size();
  // One figure of rows [entity][week] (or [measure]) as [week][entity], or [level] of these.
  const auto slab = [&](int table, std::span<const Figures> rows, const Group* group,
                        std::size_t depth, const auto& figure) {
    const std::size_t entities = group != nullptr ? group->count : rows.size();
    const std::size_t weeks = rows.size() / entities;
    std::vector<float> out;
    for (std::size_t l = 0; l < depth; ++l) {
      for (std::size_t w = 0; w < weeks; ++w) {
        for (std::size_t e = 0; e < entities; ++e) out.push_back(figure(rows[e * weeks + w], l));
      }
    }
    std::vector<std::size_t> count = {1};
    if (depth > 1) count.push_back(depth);
    if (group != nullptr) {
      count.push_back(weeks);
      for (const std::size_t a : group->axes) count.push_back(layout_.axes[a].labels.size());
    } else {
      count.push_back(entities);
    }
    std::vector<std::size_t> start(count.size(), 0);
    start[0] = option;
    file_.slab(table, start, count, out);
  };
  const auto all = [&](const Weekly& to, std::span<const Figures> rows, const Group* group) {
    slab(to.mean, rows, group, 1, [](const Figures& f, std::size_t) { return f.mean; });
    slab(to.mean_error, rows, group, 1, [](const Figures& f, std::size_t) { return f.mean_error; });
    slab(to.quantile, rows, group, levels,
         [](const Figures& f, std::size_t l) { return f.quantile[l]; });
    slab(to.quantile_error, rows, group, levels,
         [](const Figures& f, std::size_t l) { return f.quantile_error[l]; });
  };
  const std::size_t weeks = about_.kept_weeks();
  for (std::size_t g = 0; g < layout_.groups.size(); ++g) {
    const Group& group = layout_.groups[g];
    all(weekly_[g], {figures.data() + group.first * weeks, group.count * weeks}, &group);
  }
  all({0, outcome_mean_, outcome_mean_error_, outcome_quantile_, outcome_quantile_error_},
      {figures.data() + about_.series.size() * weeks, about_.measures.size()}, nullptr);
}

void FuturesFile::trajectories(std::size_t option, std::size_t first, std::size_t count,
                               std::span<const float> weekly, std::size_t futures) {
  const std::size_t weeks = about_.kept_weeks();
  for (std::size_t g = 0; g < layout_.groups.size(); ++g) {
    const Group& group = layout_.groups[g];
    std::vector<float> out(count * weeks * group.count);
    for (std::size_t e = 0; e < group.count; ++e) {
      for (std::size_t w = 0; w < weeks; ++w) {
        const float* from = weekly.data() + ((group.first + e) * weeks + w) * futures;
        for (std::size_t i = 0; i < count; ++i) out[(i * weeks + w) * group.count + e] = from[i];
      }
    }
    std::vector<std::size_t> start = {option, first, 0};
    std::vector<std::size_t> counts = {1, count, weeks};
    for (const std::size_t a : group.axes) {
      start.push_back(0);
      counts.push_back(layout_.axes[a].labels.size());
    }
    file_.slab(weekly_[g].whole, start, counts, out);
  }
}

}  // namespace casus::ensemble
