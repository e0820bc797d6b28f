// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "cli/launch.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_printed = 12, most_in_passing = 5;
constexpr const char* files[] = {"design_morris.json", "design_saltelli.json"};

void print_output(const analysis::DesignOutput& o, std::size_t most) {
  fmt::print("\n{} of '{}'{}: {:.3g} on average, deviation {:.3g} over the design\n", o.of,
             o.option, o.over.empty() ? "" : " over '" + o.over + "'", o.mean, o.deviation);
  if (!o.effects.empty())
    fmt::print("  {:<36} {:>8} {:>8} {:>8} {:>8}\n", "over its middle 90 %, it moves it by", "mu*",
               "+-", "mu", "sigma");
  for (std::size_t i = 0; i < std::min(most, o.effects.size()); ++i) {
    const auto& e = o.effects[i];
    fmt::print("  {:<36} {:>8.3g} {:>8.2g} {:>8.3g} {:>8.3g}\n", e.input, e.mu_star, e.error, e.mu,
               e.sigma);
  }
  if (!o.indices.empty())
    fmt::print("  {:<36} {:>8} {:>8} {:>8} {:>8}\n", "share of the variance", "total", "+-",
               "alone", "+-");
  for (std::size_t i = 0; i < std::min(most, o.indices.size()); ++i) {
    const auto& x = o.indices[i];
    fmt::print("  {:<36} {:>8.3f} {:>8.3f} {:>8.3f} {:>8.3f}\n", x.input, x.total, x.total_error,
               x.first, x.first_error);
  }
  if (o.effects.empty() && o.indices.empty()) fmt::print("  nothing stands out by two errors\n");
}

void print_head(const analysis::DesignStudy& study) {
  fmt::print("{}: {} inputs, {} rows, {} futures an option over {} weeks\n", study.design,
             study.inputs, study.rows, study.futures, study.weeks);
}

}  // namespace

std::string Stages::design_key(const intel::Belief& belief, std::uint64_t seed) const {
  return fmt::format("{} {} {} {}", given_.digest, ensemble::digest_of(belief), seed, version());
}

std::vector<std::string> Stages::options_of_design() const {
  if (!options_.options.empty() || given_.options.empty()) return options_.options;
  std::vector<std::string> out = {given_.options.front().id};
  try {  // the leader, where the options were weighed
    const auto weighed = nlohmann::json::parse(read_file(file("comparison.json")));
    const std::string leader = weighed.at("ranking").at(0);
    if (leader != out.front() && casefile::find(given_.options, leader)) out.push_back(leader);
  } catch (const std::exception&) {
    // not weighed yet: the first alone
  }
  return out;
}

std::optional<ensemble::UnfinishedDesign> Stages::interrupted_design(
    const intel::Belief& belief) const {
  auto all = ensemble::unfinished_designs(given_, belief, folder_);
  if (all.empty()) return std::nullopt;
  if (all.size() == 1) return std::move(all.front());
  std::string names = "several designs were interrupted here; say which is meant by its options:";
  for (const auto& one : all)
    names += fmt::format("\n  {}: {} rows, seed {}", one.folder.string(), one.request.rows,
                         one.play.seed);
  throw ModelError(names);
}

analysis::DesignStudy Stages::design(const intel::Belief& belief,
                                     const ensemble::UnfinishedDesign* again) {
  ensemble::PlayOptions how = play_options();
  ensemble::DesignRequest request;
  if (again != nullptr) {
    how.seed = again->play.seed;
    how.weeks = again->play.weeks;
    how.options = again->play.options;
    request = again->request;
  } else {
    how.options = options_of_design();
    const bool morris = options_.play.design == "morris";
    request.kind = morris ? ensemble::DesignKind::morris : ensemble::DesignKind::saltelli;
    request.rows = options_.play.rows;
    request.over = options_.play.over;
  }
  ProgressLine line("design", "futures", telling_of(options_));
  how.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.total, p.kept); };
  analysis::DesignStudy study;
  const fs::path path = file(files[request.kind == ensemble::DesignKind::morris ? 0 : 1]);
  const auto write = [&](const ensemble::DesignRun& run) {
    study = analysis::study_design(given_, run, how.seed);
    study.weeks = how.weeks.value_or(given_.horizon_weeks);
    study.key = design_key(belief, how.seed);
    write_file(path, analysis::to_json(study));
  };
  ensemble::play_design_kept(given_, belief, how, request, path, write);
  return study;
}

void Stages::add_designs(analysis::Studies& studies, const intel::Belief& belief) const {
  for (const char* name : files) {
    const fs::path path = file(name);
    if (!fs::exists(path)) continue;
    try {
      auto study = analysis::design_from_json(read_file(path), path.string());
      if (study.key == design_key(belief, options_.seed))
        studies.designs.push_back(std::move(study));
    } catch (const CaseError&) {
      // of another form: as if it had not been run
    }
  }
}

int run_design(const Options& options, Stages& stages, const intel::Belief& belief,
               const ensemble::UnfinishedDesign* again) {
  if (launched_together()) throw ModelError("a design is played by one program, not under mpirun");
  const analysis::DesignStudy study = stages.design(belief, again);
  if (options.json) {
    fmt::print("{}", analysis::to_json(study));
    return ok;
  }
  if (options.quiet) return ok;
  print_head(study);
  for (const auto& o : study.outputs) print_output(o, most_printed);
  fmt::print("design written: {}\n",
             stages.file(("design_" + study.design + ".json").c_str()).string());
  return ok;
}

void print_designs(const std::vector<analysis::DesignStudy>& designs) {
  for (const analysis::DesignStudy& study : designs) {
    fmt::print("\nDesigned run, ");
    print_head(study);
    for (const auto& o : study.outputs) print_output(o, most_in_passing);
  }
}

}  // namespace casus::cli
