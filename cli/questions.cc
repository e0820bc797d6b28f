// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/questions.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/analysis/forecast_score.h"
#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/load_more.h"
#include "cli/stages.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;
using analysis::StatedAnswer;

// Futures of one option with little kept but the answers.
ensemble::Futures futures_of(const Options& options, const Stages& stages,
                             const casefile::Case& given, const intel::Belief& belief,
                             const std::string& option) {
  ensemble::PlayOptions how = stages.play_options();
  how.options = {option};
  how.trajectories = 0;
  how.every = how.weeks.value_or(given.horizon_weeks);
  ProgressLine line("playing", "futures", options.quiet ? Telling::none : Telling::automatic);
  how.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.total, p.kept); };
  return ensemble::play(given, belief, how);
}

// Where nothing changes: every later week is read as the first.
ensemble::Futures unchanged(const Stages& stages, const casefile::Case& given,
                            const intel::Belief& belief, const std::string& option) {
  ensemble::PlayOptions how = stages.play_options();
  how.options = {option};
  how.trajectories = 0;
  how.weeks = 1;
  return ensemble::play(given, belief, how);
}

std::string told_quantile(const StatedAnswer& a, double level) {
  for (const auto& [l, value] : a.quantiles) {
    if (std::abs(l - level) > 1e-9) continue;
    if (a.type != casefile::QuestionType::date)
      return std::abs(value) < 1000.0 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
    return to_string(Date().plus(static_cast<int>(std::lround(value))));
  }
  return "later";
}

std::string told(const StatedAnswer& a) {
  using enum casefile::QuestionType;
  const std::string error = fmt::format(" +-{:.1f}", 100.0 * a.error.value_or(0.0));
  if (a.type == yes_no) return fmt::format("{:5.1f} %{}", 100.0 * a.p.value_or(0.0), error);
  if (a.type == category) {
    std::string all;
    for (const auto& [name, p] : a.categories)
      all += fmt::format("{}{} {:.1f} %", all.empty() ? "" : ", ", name, 100.0 * p);
    return all;
  }
  std::string spread = fmt::format("{} ({} to {})", told_quantile(a, 0.5), told_quantile(a, 0.05),
                                   told_quantile(a, 0.95));
  if (a.type == number) return spread;
  return fmt::format("{:5.1f} %{} by {}; {}", 100.0 * a.p.value_or(0.0), error,
                     a.resolve_by ? to_string(*a.resolve_by) : "then", spread);
}

const char* said_of(const std::string& method) {
  if (method == "forecast") return "these answers";
  if (method == "even") return "all alike";
  if (method == "base_rate") return "base rate";
  if (method == "persistence") return "nothing changes";
  return method.c_str();
}

std::string share(std::size_t inside, std::size_t of) {
  return of == 0 ? "-" : fmt::format("{}/{}", inside, of);
}

void print_methods(const analysis::ForecastScore& score) {
  fmt::print("{} answers, {} with a known outcome\n", score.answered, score.known);
  fmt::print("{:<16} {:>5} {:>7} {:>7} {:>16} {:>16} {:>7} {:>7} {:>7}\n", "", "n", "Brier", "log",
             "(answers' Brier)", "answers' CRPS / ", "n", "in 90 %", "in 50 %");
  for (const auto& m : score.methods) {
    fmt::print("{:<16} {:>5} {:>7} {:>7} {:>16} {:>16} {:>7} {:>7} {:>7}\n", said_of(m.id),
               m.shares, m.shares > 0 ? fmt::format("{:.3f}", m.brier) : "-",
               m.shares > 0 ? fmt::format("{:.3f}", m.log) : "-",
               m.shares > 0 ? fmt::format("{:.3f}", m.brier_of_forecast) : "-",
               m.crps_ratio ? fmt::format("{:.2f}", *m.crps_ratio) : "-", m.sizes,
               share(m.inside_90, m.of_90), share(m.inside_50, m.of_50));
  }
}

void print_questions(const analysis::ForecastScore& score) {
  fmt::print("\n{:<32} {:<14} {:>7} {:>7} {:>12}\n", "question", "came", "Brier", "log", "CRPS");
  for (const auto& q : score.methods.front().questions) {
    const auto number = [](const std::optional<double>& x, const char* form) {
      return x ? fmt::format(fmt::runtime(form), *x + 0.0) : std::string();
    };
    fmt::print("{:<32} {:<14} {:>7} {:>7} {:>12}\n", q.id, q.came, number(q.score.brier, "{:.3f}"),
               number(q.score.log, "{:.3f}"), number(q.score.crps, "{:.4g}"));
  }
}

}  // namespace

void add_rivals(const Options& options, const Stages& stages, const casefile::Case& asked,
                const intel::Belief& belief, const std::string& option,
                std::vector<StatedAnswer>& answers) {
  analysis::add_benchmarks(
      answers, asked, analysis::forecast_answers(asked, unchanged(stages, asked, belief, option)),
      casefile::load_base_rates(options.given, asked));
}

int forecast_questions(const Options& options, const QuestionRequest& request) {
  Stages stages(options);
  const auto belief = stages.assess(true);
  const casefile::Case& given = stages.given();
  std::optional<casefile::Case> other;
  if (request.questions)
    other = casefile::load_with_questions(options.given, *request.questions, {given.as_of});
  const casefile::Case& asked = other ? *other : given;
  if (asked.questions.empty()) throw ModelError("there are no questions to answer");
  if (asked.options.empty()) throw ModelError("the case has no options, so there are no futures");
  const std::string option = request.option.value_or(asked.options.front().id);
  auto answers =
      analysis::forecast_answers(asked, futures_of(options, stages, asked, belief.value, option));
  if (stop_requested()) throw Interrupted{};
  add_rivals(options, stages, asked, belief.value, option, answers);
  const fs::path file = request.answers.value_or(stages.file("answers.json"));
  const std::string json = analysis::answers_to_json(answers);
  write_file(file, json);
  if (options.json) {
    fmt::print("{}", json);
  } else if (!options.quiet) {
    fmt::print("under '{}', {} futures\n", option, stages.play_options().futures);
    for (const StatedAnswer& a : answers) fmt::print("{:<32} {}\n", a.id, told(a));
    fmt::print("answers written: {}\n", file.string());
  }
  return ok;
}

int score_answers(const Options& options, const fs::path& answers, const fs::path& outcome) {
  const auto stated = analysis::answers_from_json(read_file(answers), answers.generic_string());
  const auto came = casefile::load_question_outcomes(outcome, analysis::asked_by(stated));
  const analysis::ForecastScore score = analysis::score_forecasts(stated, came);
  const std::string json = analysis::to_json(score);
  if (options.out) {
    const fs::path file =
        options.out->has_extension() ? *options.out : *options.out / "forecast_score.json";
    write_file(file, json);
  }
  if (options.json) {
    fmt::print("{}", json);
  } else if (!options.quiet) {
    print_methods(score);
    print_questions(score);
  }
  return ok;
}

}  // namespace casus::cli
