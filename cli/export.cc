// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/export.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/intel/bif.h"
#include "casus/intel/export.h"
#include "casus/intel/xdsl.h"
#include "cli/grades.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path given, out;
  std::optional<fs::path> evidence;
  std::string format = "bif";
  std::optional<std::string> as_of;
  intel::ExportOptions options;
  bool quiet = false;
};

int run_export(const Arguments& arguments) {
  casefile::LoadOptions how;
  if (arguments.as_of) {
    how.as_of = parse_date(*arguments.as_of);
    if (!how.as_of) {
      throw CaseError({{"--as-of", 0, 0, "'" + *arguments.as_of + "' is no date", "", 1,
                        "write it like 2024-10-31"}});
    }
  }
  const auto given = casefile::load(arguments.given, how);
  const bool xdsl = arguments.format == "xdsl";
  auto net = intel::network_of(given, arguments.options);
  if (!xdsl) net = intel::with_plain_names(std::move(net));  // XDSL shows the full ones beside
  write_file(arguments.out, xdsl ? intel::write_xdsl(net.network, given.id)
                                 : intel::write_bif(net.network, given.id));
  if (arguments.evidence) {
    const auto names = xdsl ? intel::xdsl_names(net.network) : std::vector<std::string>{};
    write_file(*arguments.evidence, intel::evidence_json(net, names));
  }
  if (!arguments.quiet) {
    fmt::print("{} nodes, {} of them observed: {}\n", net.network.nodes.size(), net.observed.size(),
               arguments.out.string());
  }
  return ok;
}

}  // namespace

void add_export(CLI::App& app, int& code) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* sub = app.add_subcommand("export", "the belief network of a case for other programs");
  sub->footer(
      "Given the evidence, posteriors in the network are those of `casus assess`.\nExample:\n"
      "  casus export cases/dprk-2024 --format bif -o dprk.bif -e reports.json\n"
      "  casus infer dprk.bif --evidence reports.json");
  sub->add_option("CASE", arguments->given, "folder of the case, or its case.yaml")->required();
  sub->add_option("--format", arguments->format, "bif or xdsl (GeNIe, SMILE)")
      ->check(CLI::IsMember({"bif", "xdsl"}))
      ->capture_default_str();
  sub->add_option("-o,--out", arguments->out, "file of the network")->required();
  sub->add_option("-e,--evidence", arguments->evidence, "file of what is observed, as JSON");
  sub->add_option("--as-of", arguments->as_of, "look from an earlier day, e.g. 2024-10-18");
  sub->add_option("--most-numbers", arguments->options.most_numbers,
                  "largest table of one node that is written")
      ->capture_default_str();
  add_grades(*sub, arguments->options.grades);
  sub->add_flag("-q,--quiet", arguments->quiet, "say nothing but errors");
  sub->callback([arguments, &code] { code = run_export(*arguments); });
}

}  // namespace casus::cli
