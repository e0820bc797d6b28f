// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/ensemble/futures.h"
#include "cli/backtest.h"
#include "cli/calibrate.h"
#include "cli/commands.h"
#include "cli/data.h"
#include "cli/export.h"
#include "cli/forecast.h"
#include "cli/grades.h"
#include "cli/infer.h"
#include "cli/launch.h"
#include "cli/play.h"
#include "cli/score.h"
#include "cli/serve.h"
#include "cli/solve.h"
#include "cli/terminal.h"
#include "cli/whatif.h"
#include "cli/why.h"

namespace {

using casus::cli::Options;

struct Command {
  const char* name;
  const char* text;
  const char* example;
  int (*run)(const Options&);
  bool plays;  ///< takes --futures, --weeks, --option
};

constexpr Command commands[] = {
    {"new", "write a small, complete, commented case to start from", "casus new cases/my-crisis",
     casus::cli::run_new, false},
    {"check", "read a case and tell every problem at once", "casus check cases/dprk-2024",
     casus::cli::run_check, false},
    {"assess", "what is probably true: reports in, belief out",
     "casus assess cases/dprk-2024 --as-of 2024-10-24", casus::cli::run_assess, false},
    {"score", "how well a belief, or a file of forecasts, did once the outcome is known",
     "casus score cases/korea-1950\n  casus score answers.json outcome.yaml", casus::cli::run_score,
     false},
    {"play", "what may happen: thousands of futures of every option",
     "casus play cases/dprk-2024 --futures 500 --option go_on\n"
     "  casus play cases/dprk-2024 --futures 100000 --option go_on --summary\n"
     "  casus play cases/dprk-2024 --variables support,oil_price --every 4 --csv long.csv\n"
     "  casus play cases/dprk-2024 --resume\n"
     "  casus play cases/ukraine-front --draws out/ukraine-front/posterior.csv\n"
     "  casus play cases/dprk-2024 --design morris --rows 32\n"
     "  casus play cases/dprk-2024 --design saltelli --rows 512 --over front.v0,choice.caution\n"
     "  casus play cases/dprk-2024 --trace 7 --option go_on --why week:31",
     casus::cli::run_play, true},
    {"weigh", "what to do: the options against each other", "casus weigh cases/dprk-2024 --json",
     casus::cli::run_weigh, true},
    {"games", "move and counter-move, and how it could end: games.yaml played and solved",
     "casus games cases/dprk-2024\n  casus solve out/dprk-2024/game_rok_arms.efg --method qre",
     casus::cli::run_games, false},
    {"brief", "all of it on one page: runs what is missing", "casus brief cases/dprk-2024",
     casus::cli::run_brief, true},
};

void add_command(CLI::App& app, const Command& command, Options& options, int& code) {
  CLI::App* sub = app.add_subcommand(command.name, command.text);
  sub->footer(fmt::format("Example:\n  {}", command.example));
  sub->add_option("CASE", options.given, "folder of the case, or its case.yaml")->required();
  sub->add_flag("-q,--quiet", options.quiet, "say nothing but errors");
  const bool makes = std::string_view(command.name) != "new";
  if (makes) {
    sub->add_flag("--json", options.json, "print the stage's file to standard output");
    sub->add_option("--as-of", options.as_of, "look from an earlier day, e.g. 2024-10-18");
  }
  if (makes && std::string_view(command.name) != "check") {
    sub->add_option("-o,--out", options.out, "folder for the output (default out/<case>)");
    sub->add_option("--seed", options.seed, "seed of all draws")->capture_default_str();
    sub->add_option("--threads", options.threads, "threads (default: all the machine has)")
        ->check(CLI::Range(0, 1024));
    casus::cli::add_grades(*sub, options.grades);
  }
  if (command.plays) {
    casus::cli::add_shaping_options(*sub, options);
    sub->add_option("--draws", options.draws,
                    "file of fitted parameters ('casus calibrate'): futures take its draws instead "
                    "of the priors'");
  }
  if (std::string_view(command.name) == "play") {
    CLI::Option* trace = sub->add_option("--trace", options.trace,
                                         "tell one future as dated events with their causes");
    sub->add_option("--why", options.why,
                    "the chain of causes behind an event of the trace, by its number, or behind a "
                    "week: week:31, 2025-06-02")
        ->needs(trace);
    casus::cli::add_play_options(*sub, options);
  }
  if (std::string_view(command.name) == "games") {
    sub->add_option("--futures", options.game_futures,
                    "futures of every branch (default 256); the settlement takes twice as many")
        ->check(CLI::Range(std::size_t{16}, std::size_t{1000000}));
  }
  if (std::string_view(command.name) == "score") {
    sub->add_option("OUTCOME", options.outcome,
                    "an outcome.yaml; then CASE is a file of answers (answers.json)");
  }
  if (std::string_view(command.name) == "brief") {
    sub->add_flag("--fresh", options.fresh, "run every stage again, even if nothing changed");
  }
  sub->callback([&, run = command.run] { code = run(options); });
}

void add_model(CLI::App& app, Options& options, int& code) {
  CLI::App* sub = app.add_subcommand("model", "what the engine knows: variables and parameters");
  sub->footer("Example:\n  casus model --variables\n  casus model --odd > model.md");
  sub->add_flag("--variables", options.variables,
                "names that questions and rules may use (default)");
  sub->add_flag("--knobs", options.knobs,
                "parameters with prior, range, unit, tag, source and the day they were known");
  sub->add_flag("--odd", options.odd, "the whole model described by the ODD protocol, in Markdown");
  sub->callback([&] { code = casus::cli::run_model(options); });
}

int report_case_error(const casus::CaseError& error, bool json) {
  if (json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& p : error.problems()) {
      list.push_back({{"file", p.file},
                      {"line", p.line},
                      {"column", p.column},
                      {"message", p.message},
                      {"hint", p.hint}});
    }
    fmt::print("{}\n", nlohmann::ordered_json{{"problems", list}}.dump(
                           2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  }
  for (const auto& p : error.problems()) casus::cli::print_error(casus::format(p));
  const auto n = error.problems().size();
  casus::cli::print_error(fmt::format("{} problem{}", n, n == 1 ? "" : "s"));
  return casus::cli::wrong_case;
}

int exit_code(const casus::IoError& error) {
  switch (error.kind()) {
    case casus::IoError::Kind::missing:
      return casus::cli::missing_input;
    case casus::IoError::Kind::uncreatable:
      return casus::cli::cannot_create;
    case casus::IoError::Kind::unreadable:
    case casus::IoError::Kind::write:
      return casus::cli::input_output;
  }
  return casus::cli::input_output;
}

/// Exit code of what was thrown; says why on the error stream.
int told(const Options& options) {
  try {
    throw;
  } catch (const casus::CaseError& error) {
    return report_case_error(error, options.json);
  } catch (const casus::IoError& error) {
    casus::cli::print_error(fmt::format("casus: {}", error.what()));
    return exit_code(error);
  } catch (const casus::ModelError& error) {
    casus::cli::print_error(fmt::format("casus: no answer: {}", error.what()));
    return casus::cli::no_answer;
  } catch (const casus::ensemble::Cancelled&) {
    casus::cli::print_error(
        "casus: interrupted; what was done so far is kept: the same command goes on");
    return casus::cli::stop_code(true);
  } catch (const casus::cli::Interrupted&) {
    casus::cli::print_error("casus: interrupted; finished stages are kept");
    return casus::cli::stop_code(false);
  } catch (const std::exception& error) {
    casus::cli::print_error(fmt::format("casus: our bug: {}", error.what()));
    return casus::cli::our_bug;
  }
}

/// Whether CASUS_TARGET names what this machine has; says so where it does not.
bool target_fits() {
  try {
    static_cast<void>(casus::ensemble::target_in_use());
    return true;
  } catch (const casus::ModelError& error) {
    casus::cli::print_error(fmt::format("casus: CASUS_TARGET: {}", error.what()));
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Casus: crisis assessment and wargaming. Contradictory reports in; what is probably true, "
      "what may\n"
      "happen, what to do about it and a brief to check it by, out."};
  app.set_version_flag("--version", std::string(casus::version()));
  app.footer(
      "Start with:\n  casus new my-case && casus brief my-case\n\n"
      "Exit codes: 0 done, 64 usage, 65 wrong case, 66 missing input, 69 no answer, 70 our bug,\n"
      "73 cannot create, 74 input/output, 75 stopped but resumable, 130 interrupted.");
  app.require_subcommand(1);
  Options options;
  int code = 0;
  for (const Command& command : commands) add_command(app, command, options, code);
  add_model(app, options, code);
  casus::cli::add_calibrate(app, code);
  casus::cli::add_data(app, code);
  casus::cli::add_forecast(app, code);
  casus::cli::add_backtest(app, code);
  casus::cli::add_infer(app, options.json, code);
  casus::cli::add_why(app, options.json, code);
  casus::cli::add_whatif(app, options.json, code);
  casus::cli::add_export(app, code);
  casus::cli::add_solve(app, options.json, code);
  casus::cli::add_serve(app, code);
  casus::cli::watch_signals();
  if (!target_fits()) return casus::cli::usage;
  try {
    app.parse(argc, argv);
    return code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? casus::cli::ok : casus::cli::usage;
  } catch (...) {
    code = told(options);
    casus::cli::end_team(code);
    if (code != casus::cli::input_output) return code;
    std::fflush(nullptr);
    std::_Exit(code);  // HDF5 would crash at the end over a file it could not write
  }
}
