// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/score.h"

#include <fmt/format.h>

#include "casus/base/file.h"
#include "casus/brief/calibration.h"
#include "casus/casefile/outcome.h"
#include "casus/intel/score.h"
#include "cli/questions.h"
#include "cli/stages.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

const char* said_of(const std::string& id) {
  if (id == "casus") return "Casus";
  if (id == "prior") return "priors alone";
  if (id == "even") return "all states alike";
  if (id == "matrix") return "plain matrix (ACH)";
  if (id == "product") return "plain product";
  if (id == "grades") return "grades alone";
  if (id == "half") return "always 0.5";
  return "base rate (hindsight)";
}

void print_methods(const casefile::Case& given, const intel::Score& score) {
  if (score.methods.empty()) return;
  fmt::print("{} hypotheses with a known outcome; walk from {} to {}, {} days\n",
             score.methods.front().hypotheses.size(), score.from ? to_string(*score.from) : "-",
             to_string(score.as_of), score.methods.front().days.size());
  fmt::print("{:<22} {:>7} {:>7} {:>7} {:>11} {:>9} {:>12}\n", "", "Brier", "log", "right",
             "walk Brier", "walk log", "reliability");
  for (const auto& m : score.methods) {
    fmt::print("{:<22} {:>7.3f} {:>7.3f} {:>6.0f} % {:>11.3f} {:>9.3f} {:>12.4f}\n", said_of(m.id),
               m.brier, m.log, 100.0 * m.right, m.walk_brier, m.walk_log,
               m.calibration.reliability);
  }
  fmt::print("\n{:<28} {:<18} {:>7} {:>7} {:>8} {:>8}\n", "hypothesis", "was so", "Casus", "prior",
             "matrix", "product");
  for (std::size_t i = 0; i < score.methods.front().hypotheses.size(); ++i) {
    const auto p = [&](std::size_t method) {
      return 100.0 * score.methods[method].hypotheses[i].p;
    };
    const auto& s = score.methods.front().hypotheses[i];
    const auto& h = given.hypotheses[s.hypothesis];
    fmt::print("{:<28} {:<18} {:>5.1f} % {:>5.1f} % {:>6.1f} % {:>6.1f} %\n", h.id,
               h.states[s.truth].id, p(0), p(1), p(3), p(4));
  }
}

void print_reports(const intel::Score& score) {
  if (score.reports.empty()) return;
  fmt::print("\n{} reports with a verdict\n{:<22} {:>7} {:>7} {:>12}\n", score.reports.size(), "",
             "Brier", "log", "reliability");
  for (const auto& m : score.report_methods) {
    fmt::print("{:<22} {:>7.3f} {:>7.3f} {:>12.4f}\n", said_of(m.id), m.brier, m.log,
               m.calibration.reliability);
  }
}

}  // namespace

int run_score(const Options& options) {
  if (options.outcome) return score_answers(options, options.given, *options.outcome);
  Stages stages(options);
  const auto outcome = casefile::load_outcome(options.given, stages.given());
  const auto belief = stages.assess(true);
  const intel::Score score = intel::score(stages.given(), belief.value, outcome);
  const std::string json = intel::to_json(score, stages.given());
  write_file(stages.file("score.json"), json);
  write_file(stages.file("calibration.svg"), brief::calibration_svg(stages.given(), score));
  if (options.json) {
    fmt::print("{}", json);
    return ok;
  }
  if (options.quiet) return ok;
  print_methods(stages.given(), score);
  print_reports(score);
  fmt::print("\nscore   written:   {}\n        written:   {}\n", stages.file("score.json").string(),
             stages.file("calibration.svg").string());
  return ok;
}

}  // namespace casus::cli
