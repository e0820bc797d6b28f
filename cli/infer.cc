// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/infer.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/load.h"
#include "casus/intel/infer_read.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct InferArguments {
  fs::path network;
  std::optional<fs::path> evidence, out;
  intel::QueryOptions query;
  bool quiet = false;
};

// Where no file is asked for: a line a node, the most probable state last said first.
void print_posteriors(const intel::Answer& answer, const intel::Network& network) {
  for (std::size_t v = 0; v < network.nodes.size(); ++v) {
    const auto& node = network.nodes[v];
    std::string line;
    for (std::size_t s = 0; s < node.states.size() && s < 8; ++s) {
      line += fmt::format("  {} {:.4f}", node.states[s], answer.posteriors[v][s]);
    }
    fmt::print("{:<24}{}{}\n", node.name, line,
               node.states.size() > 8 ? fmt::format("  and {} more", node.states.size() - 8) : "");
  }
  fmt::print("log evidence {:.12g}; {}\n", answer.log_evidence, answer.method);
  if (!answer.most_probable) return;
  fmt::print("\n{} (ln P {:.12g}):\n",
             answer.exact ? "most probable explanation" : intel::best_of_draws,
             answer.most_probable->log_p);
  for (std::size_t v = 0; v < network.nodes.size(); ++v) {
    const auto& node = network.nodes[v];
    fmt::print("{:<24}  {}\n", node.name, node.states[answer.most_probable->states[v]]);
  }
}

int run_infer(const InferArguments& arguments, bool json) {
  const auto model = intel::read_model(arguments.network);
  intel::ToldEvidence evidence;
  if (arguments.evidence) {
    evidence = intel::read_evidence(read_file(*arguments.evidence, 64'000'000),
                                    arguments.evidence->string(), model.network);
  }
  intel::Answer answer;
  try {
    answer = intel::query(model, evidence.items, arguments.query);
  } catch (const intel::ImpossibleEvidence& error) {
    Problem problem = evidence.places[error.item()];
    problem.message = error.what();
    problem.hint = "take it back, or one of those before it";
    print_error(format(problem));
    throw;
  }
  if (!answer.exact && !arguments.quiet) {
    print_error(
        fmt::format("casus: the junction tree would need {:.3g} cells, more than {:.3g}; "
                    "approximated by {}: standard error of a probability up to {:.2g}, of the "
                    "log evidence {:.2g} (raise the limit with --cells)",
                    answer.cells, arguments.query.cells, answer.method, answer.error,
                    answer.log_evidence_error));
    if (answer.most_probable) {
      print_error(fmt::format("casus: --mpe gives {}", intel::best_of_draws));
    }
  }
  if (arguments.out) write_file(*arguments.out, intel::to_json(answer, model.network));
  if (json) {
    fmt::print("{}", intel::to_json(answer, model.network));
  } else if (!arguments.out && !arguments.quiet) {
    print_posteriors(answer, model.network);
  }
  return ok;
}

}  // namespace

void add_infer(CLI::App& app, bool& json, int& code) {
  const auto arguments = std::make_shared<InferArguments>();
  CLI::App* sub =
      app.add_subcommand("infer", "posteriors in a discrete network (BIF, XMLBIF, XDSL, UAI)");
  sub->footer(
      "Evidence is a JSON object {\"node\": \"state\"}.\nExample:\n"
      "  casus infer asia.bif --evidence e.json -o out.json");
  sub->add_option("NET", arguments->network, "network file")->required();
  sub->add_option("-e,--evidence", arguments->evidence, "JSON file with what is observed");
  sub->add_option("-o,--out", arguments->out,
                  "JSON file for the answer (default: a table on the screen)");
  sub->add_flag("--json", json, "print the answer as JSON to standard output");
  sub->add_option("--cells", arguments->query.cells, "largest junction tree solved exactly")
      ->check(CLI::Range(1.0, 1e12))
      ->capture_default_str();
  sub->add_flag("--mpe", arguments->query.most_probable,
                "also the most probable explanation; of an approximation the best of its draws");
  sub->add_option("--samples", arguments->query.samples,
                  "also so many joint draws given the evidence")
      ->check(CLI::Range(0, 100000000));
  sub->add_option("--seed", arguments->query.seed, "seed of all draws")->capture_default_str();
  sub->add_flag("-q,--quiet", arguments->quiet, "say nothing but errors");
  sub->callback([arguments, &json, &code] { code = run_infer(*arguments, json); });
}

}  // namespace casus::cli
