// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/solve.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/game_file.h"
#include "casus/casefile/node.h"
#include "casus/game/examples.h"
#include "casus/game/solve.h"
#include "casus/game/strategic_form.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct SolveArguments {
  std::optional<fs::path> file, out;
  std::string example, method = "auto", aim = "welfare";
  game::SolveOptions options;
  bool quiet = false;
};

game::Game read(const SolveArguments& arguments) {
  if (arguments.file.has_value() == !arguments.example.empty()) {
    throw CLI::ValidationError("GAME", "give either a file or --example NAME");
  }
  if (!arguments.file) return game::example(arguments.example);
  return casefile::read_game(read_file(*arguments.file, casefile::largest_file),
                             arguments.file->string());
}

// The game itself, where the file asked for is a game's.
bool write_game(const game::Game& game, const fs::path& out) {
  const auto kind = out.extension();
  if (kind == ".efg") {
    const auto* tree = std::get_if<game::TreeGame>(&game);
    if (tree == nullptr) throw ModelError("this game is no tree; write it as .nfg");
    write_file(out, casefile::write_efg(*tree));
  } else if (kind == ".nfg") {
    const auto* tree = std::get_if<game::TreeGame>(&game);
    write_file(out, casefile::write_nfg(tree != nullptr ? game::strategic_form(*tree).matrix
                                                        : std::get<game::MatrixGame>(game)));
  } else {
    return false;
  }
  return true;
}

void print_equilibrium(const game::Solution& solution, const game::Equilibrium& equilibrium) {
  std::size_t at = 0, told = 0;
  for (const game::Decision& decision : solution.decisions) {
    const auto& player = solution.players[decision.player];
    std::string line = decision.name == player ? player : player + ", " + decision.name;
    line = fmt::format("  {:<24}", line);
    for (const auto& action : decision.actions) {
      const double p = equilibrium.profile[at++];
      if (p > 0.0) line += fmt::format("  {} {:.6g}", action, p);
    }
    if (++told <= 60) fmt::print("{}\n", line);
  }
  if (told > 60) fmt::print("  and {} more information sets (-o keeps all)\n", told - 60);
  for (const auto& [profile, p] : equilibrium.draws) {
    fmt::print("  drawn {:<10.6g} {}\n", p, fmt::join(profile, ", "));
  }
  fmt::print("  payoffs {:.9g}; regret {:.3g}\n", fmt::join(equilibrium.payoffs, " "),
             equilibrium.regret);
}

void print(const game::Solution& solution) {
  fmt::print("{}{}by {}: {} equilibri{}{}\n", solution.title, solution.title.empty() ? "" : ", ",
             solution.method, solution.equilibria.size(),
             solution.equilibria.size() == 1 ? "um" : "a",
             solution.complete ? ", and no other" : "");
  for (std::size_t k = 0; k < solution.equilibria.size(); ++k) {
    const auto& equilibrium = solution.equilibria[k];
    fmt::print("{}{}\n", k + 1,
               equilibrium.lambda ? fmt::format(" (lambda {:.6g})", *equilibrium.lambda) : "");
    print_equilibrium(solution, equilibrium);
  }
  if (!solution.note.empty()) fmt::print("{}\n", solution.note);
}

game::Method method_of(const std::string& name) {
  for (const auto& known : game::methods()) {
    if (known.name == name) return known.method;
  }
  throw CLI::ValidationError("--method", "unknown method");  // the option's check came first
}

void set_aim(SolveArguments& arguments) {
  if (arguments.aim == "welfare") return;
  if (arguments.aim == "least") {
    arguments.options.aim = game::Aim::least;
  } else {
    arguments.options.aim = game::Aim::player;
    arguments.options.aim_player = arguments.aim;
  }
}

int run_solve(SolveArguments& arguments, bool json) {
  const auto game = read(arguments);
  if (arguments.out && write_game(game, *arguments.out)) return ok;
  set_aim(arguments);
  auto& options = arguments.options;
  options.method = method_of(arguments.method);
  ProgressLine progress("solving", "steps",
                        arguments.quiet || json ? Telling::none : Telling::automatic);
  options.progress = [&progress](std::size_t done, std::size_t total) {
    if (stop_requested()) throw Interrupted();
    progress.show(done, total);
  };
  const auto solution = game::solve(game, options);
  if (arguments.out) write_file(*arguments.out, game::to_json(solution));
  if (json) {
    fmt::print("{}", game::to_json(solution));
  } else if (!arguments.quiet && !arguments.out) {
    print(solution);
  }
  return ok;
}

std::string footer() {
  std::string out = "Methods:\n";
  for (const auto& method : game::methods()) {
    out += fmt::format("  {:<14} {}\n", method.name, method.text);
  }
  out += "Examples that --example makes:\n";
  for (const auto& example : game::examples()) {
    out += fmt::format("  {:<20} {}\n", example.name, example.text);
  }
  return out +
         "An answer says of every equilibrium its payoffs and its regret (the most one player "
         "gains by\nchanging alone), and whether there are others. docs/models/games.md\n\n"
         "Example:\n"
         "  casus solve --example kuhn -o kuhn.efg     write the game\n"
         "  casus solve kuhn.efg -o answer.json        solve it\n"
         "  casus solve --example von-stengel --method enum\n"
         "  casus solve --example centipede --method qre --lambda 3\n"
         "  casus solve kuhn.efg -o kuhn.nfg           its reduced strategic form";
}

std::vector<std::string> method_names() {
  std::vector<std::string> out;
  for (const auto& method : game::methods()) out.emplace_back(method.name);
  return out;
}

}  // namespace

void add_solve(CLI::App& app, bool& json, int& code) {
  const auto arguments = std::make_shared<SolveArguments>();
  auto& options = arguments->options;
  CLI::App* sub = app.add_subcommand("solve", "equilibria of a game (Gambit's .nfg and .efg)");
  sub->footer(footer());
  sub->add_option("GAME", arguments->file, "game file");
  sub->add_option("--example", arguments->example, "a published game instead of a file");
  sub->add_option("-m,--method", arguments->method, "how to solve it")
      ->check(CLI::IsMember(method_names()))
      ->capture_default_str();
  sub->add_option("-o,--out", arguments->out,
                  "JSON file for the answer; a name in .nfg or .efg writes the game instead");
  sub->add_flag("--json", json, "print the answer as JSON to standard output");
  sub->add_option("--lambda", options.lambda, "qre: the precision of choice (default: the limit)")
      ->check(CLI::Range(0.0, 1e15));
  sub->add_flag("--branch", options.branch, "qre: also every point of the branch");
  sub->add_option("--tolerance", options.tolerance,
                  "qre, sequential, cfr: regret to reach, a share of the range of payoffs")
      ->check(CLI::Range(0.0, 1.0));
  sub->add_option("--iterations", options.iterations, "cfr: at most so many")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}))
      ->capture_default_str();
  sub->add_option("--bases", options.most_bases,
                  "enum: at most so many bases of a polytope (default 2000000, 50000 where the "
                  "game is zero-sum)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}));
  sub->add_option("--aim", arguments->aim,
                  "correlated: welfare (the sum), least (who gets least), or a player's name")
      ->capture_default_str();
  sub->add_flag("-q,--quiet", arguments->quiet, "say nothing but errors");
  sub->callback([arguments, &json, &code] { code = run_solve(*arguments, json); });
}

}  // namespace casus::cli
