// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "casus/base/error.h"
#include "casus/ensemble/futures_file.h"

namespace casus::ensemble {
namespace {

/// A table [outer][week][series of the group] into its places of [outer][series][week].
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

/// Places of quantiles in [option][series][week][level] and in [option][level][week][series].
template <class Move>
void each_quantile(const Futures& f, const Group& group, const Move& move) {
  const std::size_t weeks = f.kept_weeks();
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

[[noreturn]] void wrong_file(const std::filesystem::path& path, const std::string& why) {
  throw CaseError({{path.string(), 0, 0, why, "", 1, "play the case again"}});
}

/// The series of one published variable, from the labels of its axes.
void read_series(const NetcdfFile& file, const std::string& variable, std::vector<Series>& out) {
  const auto dims = file.dimensions(variable + "_mean");
  const std::string unit = file.unit(variable + "_mean");
  if (dims.size() == 2) {
    out.push_back({variable, {}, unit});
    return;
  }
  const bool pair = dims[2] == variable + "_pair";
  for (const std::string& first : file.labels(dims[2])) {
    if (dims.size() > 3) {
      for (const std::string& second : file.labels(dims[3]))
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

Sampling sampling_of(const NetcdfFile& file) {
  const std::string name = file.attribute("sampling");
  const auto kind = sampling_named(name);
  if (!kind) throw IoError(IoError::Kind::unreadable, "no sampling is called '" + name + "'");
  return {*kind, file.number("noises"), file.number("cube")};
}

void read_names(const NetcdfFile& file, Futures& f) {
  f.case_id = file.attribute("case_id");
  f.case_digest = file.attribute("case_digest");
  f.belief_digest = file.attribute("belief_digest");
  f.version = file.attribute("version");
  f.seed = file.number("seed");
  f.sampling = sampling_of(file);
  f.clamps = file.number("clamps");
  f.updates = file.number("updates");
  f.futures = file.number("futures");
  f.weeks = static_cast<int>(file.number("weeks"));
  f.every = static_cast<int>(file.number("every"));
  f.options = file.labels("option");
  f.levels = file.doubles("level");
  f.measures = file.labels("measure");
  if (file.has("question")) f.questions = file.labels("question");
  if (file.has("turn")) f.signposts = file.size("signpost");
  if (file.has("knob")) f.knobs = file.labels("knob");
}

void read_tables(const NetcdfFile& file, Futures& f) {
  const auto floats = [&](const char* name) {
    return file.has(name) ? file.floats(name) : std::vector<float>{};
  };
  f.outcome = floats("outcome");
  f.answer = floats("answer");
  f.turn = floats("turn");
  f.knob = floats("knob_value");
  if (file.has("truth")) f.truth = file.bytes("truth");
}

void read_values(const NetcdfFile& file, Futures& f) {
  const std::size_t weeks = f.kept_weeks();
  const std::size_t options = f.options.size();
  const std::size_t all = options * f.series.size() * weeks;
  f.mean.resize(all);
  f.mean_error.resize(all);
  f.quantile.resize(all * f.levels.size());
  f.quantile_error.resize(f.quantile.size());
  f.trajectory.resize(all * f.trajectories);
  for (const Group& group : layout_of(f.series).groups) {
    const auto mean = [&](const char* ending, std::vector<float>& to) {
      turn_back(file.floats(group.variable + ending), to, options, f.series.size(), weeks, group);
    };
    const auto quantile = [&](const char* ending, std::vector<float>& to) {
      const auto values = file.floats(group.variable + ending);
      each_quantile(f, group,
                    [&](std::size_t here, std::size_t there) { to[here] = values[there]; });
    };
    mean("_mean", f.mean);
    mean("_mean_error", f.mean_error);
    quantile("_quantile", f.quantile);
    quantile("_quantile_error", f.quantile_error);
    if (f.trajectories > 0) {
      turn_back(file.floats(group.variable, 1, f.trajectories), f.trajectory,
                options * f.trajectories, f.series.size(), weeks, group);
    }
  }
}

std::size_t trajectories_in(const NetcdfFile& file, const Futures& f) {
  if (f.series.empty() || !file.has(f.series[0].variable)) return 0;
  return file.size(file.dimensions(f.series[0].variable)[1]);
}

/// [row of future][column] of one option as [column][future].
template <class T>
std::vector<T> columns(const std::vector<T>& from, std::size_t first, std::size_t futures,
                       std::size_t count) {
  std::vector<T> out(futures * count);
  for (std::size_t i = 0; i < futures; ++i) {
    for (std::size_t c = 0; c < count; ++c)
      out[c * futures + i] = from[(first * futures + i) * count + c];
  }
  return out;
}

Shard shard_of(const Futures& f, std::size_t option, std::size_t hypotheses) {
  Shard s;
  s.outcome = columns(f.outcome, option, f.futures, f.measures.size());
  s.answer = columns(f.answer, option, f.futures, f.questions.size());
  s.turn = columns(f.turn, option, f.futures, f.signposts);
  if (option == 0) {
    s.knob = columns(f.knob, 0, f.futures, f.knobs.size());
    s.truth = columns(f.truth, 0, f.futures, hypotheses);
    s.clamps = f.clamps;
    s.updates = f.updates;
  }
  const std::size_t length = f.series.size() * f.kept_weeks();
  const auto weekly = columns(f.trajectory, option, f.trajectories, length);
  s.weekly.assign(weekly.begin(), weekly.end());
  return s;
}

std::vector<Figures> figures_of(const Futures& f, std::size_t option, const Shard& shard) {
  const std::size_t levels = f.levels.size();
  const std::size_t cells = f.series.size() * f.kept_weeks();
  std::vector<Figures> out;
  for (std::size_t i = option * cells; i < (option + 1) * cells; ++i) {
    Figures& g = out.emplace_back();
    g.mean = f.mean[i];
    g.mean_error = f.mean_error[i];
    std::copy_n(f.quantile.data() + i * levels, levels, g.quantile.data());
    std::copy_n(f.quantile_error.data() + i * levels, levels, g.quantile_error.data());
  }
  Summing summing(f.sampling, f.futures);
  for (std::size_t m = 0; m < f.measures.size(); ++m) {
    out.push_back(summing.figures({shard.outcome.data() + m * f.futures, f.futures}));
  }
  return out;
}

}  // namespace

void write_netcdf(const Futures& futures, const casefile::Case& given,
                  const std::filesystem::path& path, const FileOptions& how) {
  FuturesFile file(path, futures, given, how);
  for (std::size_t o = 0; o < futures.options.size(); ++o) {
    const Shard shard = shard_of(futures, o, given.hypotheses.size());
    file.results(o, 0, shard);
    if (futures.trajectories > 0)
      file.trajectories(o, 0, futures.trajectories, shard.weekly, futures.trajectories);
    file.figures(o, figures_of(futures, o, shard));
  }
  file.close();
}

Futures read_netcdf(const std::filesystem::path& path, const casefile::Case& given) {
  const NetcdfFile file = NetcdfFile::open(path);
  Futures f;
  try {
    read_names(file, f);
    for (const std::string& variable : words_of(file.attribute("series"))) {
      read_series(file, variable, f.series);
    }
    f.trajectories = std::min(trajectories_in(file, f), PlayOptions{}.trajectories);
    read_tables(file, f);
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
