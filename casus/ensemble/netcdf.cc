// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <system_error>

#include "casus/base/error.h"
#include "casus/ensemble/layout.h"
#include "casus/ensemble/netcdf_file.h"

namespace casus::ensemble {
namespace {

/// A table [outer][series][week] with the group's series as [outer][week][series].
std::vector<float> turned(const std::vector<float>& from, std::size_t outer, std::size_t series,
                          std::size_t weeks, const Group& group) {
  std::vector<float> out(outer * weeks * group.count);
  for (std::size_t o = 0; o < outer; ++o) {
    for (std::size_t s = 0; s < group.count; ++s) {
      for (std::size_t w = 0; w < weeks; ++w) {
        out[(o * weeks + w) * group.count + s] = from[(o * series + group.first + s) * weeks + w];
      }
    }
  }
  return out;
}

void turn_back(const std::vector<float>& from, std::vector<float>& to, std::size_t outer,
               std::size_t series, std::size_t weeks, const Group& group) {
  if (from.size() != outer * weeks * group.count) throw InternalError("a table of another size");
  for (std::size_t o = 0; o < outer; ++o) {
    for (std::size_t s = 0; s < group.count; ++s) {
      for (std::size_t w = 0; w < weeks; ++w) {
        to[(o * series + group.first + s) * weeks + w] = from[(o * weeks + w) * group.count + s];
      }
    }
  }
}

/// Quantiles [option][series][week][level] as [option][level][week][series], and back.
template <class Move>
void each_quantile(const Futures& f, const Group& group, const Move& move) {
  const auto weeks = static_cast<std::size_t>(f.weeks);
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    for (std::size_t s = 0; s < group.count; ++s) {
      for (std::size_t w = 0; w < weeks; ++w) {
        for (std::size_t l = 0; l < f.levels.size(); ++l) {
          const std::size_t here =
              ((o * f.series.size() + group.first + s) * weeks + w) * f.levels.size() + l;
          const std::size_t there = ((o * f.levels.size() + l) * weeks + w) * group.count + s;
          move(here, there);
        }
      }
    }
  }
}

std::string meaning_of(const std::string& variable) {
  for (const auto& v : casefile::variables()) {
    if (v.name == variable) return std::string(v.meaning);
  }
  return {};
}

class Writer {
 public:
  Writer(const Futures& futures, const casefile::Case& given, NetcdfFile& file)
      : f_(futures), given_(given), file_(file), layout_(layout_of(futures.series)) {}

  void write() {
    describe();
    coordinates();
    tables();
    for (const Group& group : layout_.groups) series(group);
  }

 private:
  void describe() {
    file_.attribute("Conventions", "CF-1.10");
    file_.attribute("title", given_.title + ": futures by option");
    file_.attribute("source", "Casus " + f_.version);
    file_.attribute("version", f_.version);
    file_.attribute("handling", given_.handling);
    file_.attribute("case_id", f_.case_id);
    file_.attribute("case_digest", f_.case_digest);
    file_.attribute("belief_digest", f_.belief_digest);
    file_.attribute("seed", f_.seed);
    file_.attribute("clamps", f_.clamps);
    file_.attribute("updates", f_.updates);
    std::string order;
    for (const Group& g : layout_.groups) order += (order.empty() ? "" : " ") + g.variable;
    file_.attribute("series", order);
  }

  void coordinates() {
    option_ = file_.labels("option", f_.options);
    future_ = file_.dimension("future", f_.futures);
    week_ = file_.dimension("week", static_cast<std::size_t>(f_.weeks));
    trajectory_ = file_.dimension("trajectory", f_.trajectories);
    level_ = file_.dimension("level", f_.levels.size());
    measure_ = file_.labels("measure", f_.measures);
    question_ = file_.labels("question", f_.questions);
    std::vector<std::string> hypotheses;
    for (const auto& h : given_.hypotheses) hypotheses.push_back(h.id);
    hypothesis_ = file_.labels("hypothesis", hypotheses);
    knob_ = file_.labels("knob", f_.knobs);
    std::vector<int> weeks, days;
    for (int w = 0; w < f_.weeks; ++w) {
      weeks.push_back(w);
      days.push_back(given_.clock().monday_of(w).days());
    }
    file_.put("week", {&week_, 1}, weeks, "1", "week of the futures; 0 holds the day after as-of");
    file_.put("monday", {&week_, 1}, days, "days since 1970-01-01", "first day of the week");
    file_.put("level", {&level_, 1}, f_.levels, "1", "quantile level");
    for (const Axis& a : layout_.axes) axes_.push_back(file_.labels(a.name, a.labels));
    std::vector<std::string> units, texts;
    for (const auto& m : casefile::measures()) units.emplace_back(m.unit);
    for (const auto& q : given_.questions) texts.push_back(q.name);
    file_.text("measure_unit", {&measure_, 1}, units, "unit of the measure");
    file_.text("question_text", {&question_, 1}, texts, "the question");
  }

  void tables() {
    const int outcome[] = {option_, future_, measure_};
    file_.put("outcome", outcome, f_.outcome, "",
              "outcome measure at the horizon; units: measure_unit");
    const int answer[] = {option_, future_, question_};
    file_.put("answer", answer, f_.answer, "",
              "answer: 0 or 1, a number, a week or the index of a category; NaN: does not apply");
    const int knob[] = {future_, knob_};
    file_.put("knob_value", knob, f_.knob, "",
              "parameter drawn for the future, the same under every option");
    const int truth[] = {future_, hypothesis_};
    file_.put("truth", truth, f_.truth,
              "state of the hypothesis in the future, in the order of the case");
  }

  void series(const Group& group) {
    const auto weeks = static_cast<std::size_t>(f_.weeks);
    const std::string meaning = meaning_of(group.variable);
    const auto dims = [&](std::initializer_list<int> outer) {
      std::vector<int> out(outer);
      for (const std::size_t a : group.axes) out.push_back(axes_[a]);
      return out;
    };
    const std::size_t options = f_.options.size();
    file_.put(group.variable, dims({option_, trajectory_, week_}),
              turned(f_.trajectory, options * f_.trajectories, f_.series.size(), weeks, group),
              group.unit, meaning);
    file_.put(group.variable + "_mean", dims({option_, week_}),
              turned(f_.mean, options, f_.series.size(), weeks, group), group.unit,
              "mean over futures of " + meaning);
    std::vector<float> quantiles(options * f_.levels.size() * weeks * group.count);
    each_quantile(f_, group, [&](std::size_t here, std::size_t there) {
      quantiles[there] = f_.quantile[here];
    });
    file_.put(group.variable + "_quantile", dims({option_, level_, week_}), quantiles, group.unit,
              "quantile over futures of " + meaning);
  }

  const Futures& f_;
  const casefile::Case& given_;
  NetcdfFile& file_;
  Layout layout_;
  std::vector<int> axes_;
  int option_ = 0, future_ = 0, week_ = 0, trajectory_ = 0, level_ = 0;
  int measure_ = 0, question_ = 0, hypothesis_ = 0, knob_ = 0;
};

[[noreturn]] void wrong_file(const std::filesystem::path& path, const std::string& why) {
  throw CaseError({{path.string(), 0, 0, why, "", 1, "play the case again"}});
}

/// The series of one published variable, from the labels of its axes.
void read_series(const NetcdfFile& file, const std::string& variable, std::vector<Series>& out) {
  const auto dims = file.dimensions(variable);
  const std::string unit = file.unit(variable);
  if (dims.size() == 3) {
    out.push_back({variable, {}, unit});
    return;
  }
  const bool pair = dims[3] == variable + "_pair";
  for (const std::string& first : file.labels(dims[3])) {
    if (dims.size() > 4) {
      for (const std::string& second : file.labels(dims[4]))
        out.push_back({variable, {first, second}, unit});
    } else if (pair) {
      const auto comma = first.find(',');
      out.push_back({variable, {first.substr(0, comma), first.substr(comma + 1)}, unit});
    } else {
      out.push_back({variable, {first}, unit});
    }
  }
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    out.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

void read_tables(const NetcdfFile& file, Futures& f) {
  f.options = file.labels("option");
  f.futures = file.size("future");
  f.weeks = static_cast<int>(file.size("week"));
  f.trajectories = file.size("trajectory");
  f.levels = file.doubles("level");
  f.measures = file.labels("measure");
  f.questions = file.labels("question");
  f.knobs = file.labels("knob");
  f.outcome = file.floats("outcome");
  f.answer = file.floats("answer");
  f.knob = file.floats("knob_value");
  f.truth = file.bytes("truth");
}

void read_values(const NetcdfFile& file, Futures& f) {
  const auto weeks = static_cast<std::size_t>(f.weeks);
  const std::size_t options = f.options.size();
  const std::size_t all = options * f.series.size() * weeks;
  f.trajectory.resize(all * f.trajectories);
  f.mean.resize(all);
  f.quantile.resize(all * f.levels.size());
  for (const Group& group : layout_of(f.series).groups) {
    turn_back(file.floats(group.variable), f.trajectory, options * f.trajectories, f.series.size(),
              weeks, group);
    turn_back(file.floats(group.variable + "_mean"), f.mean, options, f.series.size(), weeks,
              group);
    const auto quantiles = file.floats(group.variable + "_quantile");
    each_quantile(f, group, [&](std::size_t here, std::size_t there) {
      f.quantile[here] = quantiles[there];
    });
  }
}

}  // namespace

void write_netcdf(const Futures& futures, const casefile::Case& given,
                  const std::filesystem::path& path) {
  const std::filesystem::path part = path.string() + ".part";
  try {
    NetcdfFile file = NetcdfFile::create(part);
    Writer(futures, given, file).write();
    file.close();
    std::filesystem::rename(part, path);
  } catch (const std::filesystem::filesystem_error& error) {
    throw IoError(IoError::Kind::uncreatable, path.string() + ": " + error.code().message());
  } catch (const IoError&) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
}

Futures read_netcdf(const std::filesystem::path& path, const casefile::Case& given) {
  const NetcdfFile file = NetcdfFile::open(path);
  Futures f;
  try {
    f.case_id = file.attribute("case_id");
    f.case_digest = file.attribute("case_digest");
    f.belief_digest = file.attribute("belief_digest");
    f.version = file.attribute("version");
    f.seed = file.number("seed");
    f.clamps = file.number("clamps");
    f.updates = file.number("updates");
    read_tables(file, f);
    for (const std::string& variable : words_of(file.attribute("series"))) {
      read_series(file, variable, f.series);
    }
    read_values(file, f);
  } catch (const IoError& error) {
    wrong_file(path, std::string("these are no futures: ") + error.what());
  }
  if (f.case_id != given.id || f.case_digest != given.digest) {
    wrong_file(path, "these are futures of case '" + f.case_id + "' (" + f.case_digest +
                         "), not of '" + given.id + "' (" + given.digest + ")");
  }
  return f;
}

}  // namespace casus::ensemble
