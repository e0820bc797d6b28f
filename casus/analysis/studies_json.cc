// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "casus/analysis/studies.h"
#include "casus/base/error.h"

namespace casus::analysis {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Band, value, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GameDecision::Choice, id, p, best, payoffs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GameDecision, player, move, knows, reached, choices, undecided)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GameLine, choices, p, drawn)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GameStudy, id, name, players, futures, branches, bootstraps,
                                   weeks, type, p_first_type, payoffs, decisions, lines, regret,
                                   noisy_root, lambda, note)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Share, value, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PackageView, leads, all, surplus, accepts, renewed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PackageResult, id, terms, line, status, guarantee, force_limits,
                                   sanctions, monitors, foreign_out, prisoners, when, renewed,
                                   frontier)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SettlementPoint, kind, day, package)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TabledPlan, option, name, package)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SettlementDay, week, fighting, leads, all, without, war,
                                   lead_gains, all_gains)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Moved, kind, id, name, day, before, after, difference, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SettlementStudy, option, futures, parties, days, packages,
                                   points, plans, moved)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TheoryRun::Option, id, value, error, behind, behind_error, rank)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TheoryRun, knob, meaning, at, held, futures, options, turns)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Studies, key, handling, games, settlement, theories)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ElementaryEffect, input, mu, mu_star, sigma, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SobolIndex, input, first, first_error, total, total_error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DesignOutput, of, option, over, mean, deviation, effects,
                                   indices)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DesignStudy, key, design, rows, inputs, futures, weeks, outputs)

std::string to_json(const Studies& studies) { return nlohmann::json(studies).dump(1) + "\n"; }

Studies studies_from_json(const std::string& text, const std::string& file_name) {
  try {
    return nlohmann::json::parse(text).get<Studies>();
  } catch (const nlohmann::json::exception& e) {
    Problem problem;
    problem.file = file_name;
    problem.message = std::string("this holds no games and settlements: ") + e.what();
    problem.hint = "remove it; the next run makes it anew";
    throw CaseError({problem});
  }
}

std::string to_json(const DesignStudy& study) { return nlohmann::json(study).dump(1) + "\n"; }

DesignStudy design_from_json(const std::string& text, const std::string& file_name) {
  try {
    return nlohmann::json::parse(text).get<DesignStudy>();
  } catch (const nlohmann::json::exception& e) {
    Problem problem;
    problem.file = file_name;
    problem.message = std::string("this holds no designed run: ") + e.what();
    problem.hint = "remove it, and run `casus play --design` again";
    throw CaseError({problem});
  }
}

std::string with_studies(const std::string& comparison, const Studies& studies) {
  auto j = nlohmann::ordered_json::parse(comparison);
  const nlohmann::json all(studies);
  for (const char* key : {"games", "settlement", "theories"})
    j[key] = nlohmann::ordered_json::parse(all.at(key).dump());
  j["designs"] = nlohmann::ordered_json::parse(nlohmann::json(studies.designs).dump());
  return j.dump(1) + "\n";
}

}  // namespace casus::analysis
