// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/studies.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/base/file.h"
#include "casus/casefile/handling.h"
#include "casus/ensemble/futures.h"

namespace casus::analysis {

std::string studies_key(const casefile::Games& games, const intel::Belief& belief,
                        const StudyOptions& options) {
  return fmt::format("{} {} {} {} {} {}", games.given.digest, games.digest,
                     ensemble::digest_of(belief), options.seed, options.futures, version());
}

Studied study(const casefile::Games& games, const intel::Belief& belief,
              const StudyOptions& options) {
  Studied out;
  out.studies.key = studies_key(games, belief, options);
  out.studies.handling = casefile::handling_of_all(games.given);
  const auto told = [&](const std::string& what, std::size_t done, std::size_t total) {
    if (options.progress) options.progress(what, done, total);
  };
  for (const casefile::GamePlan& plan : games.games) {
    GameStudyOptions how;
    how.futures = options.futures;
    how.seed = options.seed;
    how.threads = options.threads;
    how.cancelled = options.cancelled;
    how.progress = [&](std::size_t done, std::size_t total) { told(plan.id, done, total); };
    auto played = play_game(games.given, plan, belief, how);
    out.studies.games.push_back(std::move(played.study));
    out.trees.push_back(std::move(played.tree));
  }
  if (games.given.war && !games.given.options.empty()) {
    told("settlement", 0, 0);
    SettlementOptions how;
    how.futures = 2 * options.futures;
    how.seed = options.seed;
    how.threads = options.threads;
    how.cancelled = options.cancelled;
    out.studies.settlement.push_back(study_settlement(games, belief, how));
  }
  const bool weighed = std::ranges::any_of(games.given.values, [&](const casefile::Values& v) {
    return v.actor == games.given.decision_maker;
  });
  if (weighed && games.given.options.size() > 1) {
    told("theories", 0, 0);
    out.studies.theories = theory_runs(games.given, belief,
                                       {.futures = std::max<std::size_t>(2, options.futures / 2),
                                        .seed = options.seed,
                                        .threads = options.threads,
                                        .cancelled = options.cancelled});
  }
  return out;
}

}  // namespace casus::analysis
