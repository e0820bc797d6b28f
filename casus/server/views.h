// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/server/room.h"

/// What the API answers with, as JSON (schema/openapi.json). Numbers carry six digits.
/// Those that take a snapshot need its `given`, and the stage they speak of.
namespace casus::server {

[[nodiscard]] std::string cases_json(const std::vector<std::shared_ptr<const Snapshot>>& all);
/// Names, places, plans: all the words of the other views.
[[nodiscard]] std::string case_json(const Snapshot& now);
[[nodiscard]] std::string reports_json(const Snapshot& now);
/// Posteriors, paths, linchpins, sources, collection.
[[nodiscard]] std::string belief_json(const Snapshot& now);
/// The reasons of one hypothesis: weights of reports and sources.
[[nodiscard]] std::string hypothesis_json(const Snapshot& now, const std::string& id);
/// Where the forces are, day by day.
[[nodiscard]] std::string picture_json(const Snapshot& now);
/// What series and measures there are.
[[nodiscard]] std::string futures_json(const Snapshot& now);
/// Quantiles of one variable under one option, week by week, of every entity, and some futures
/// whole.
[[nodiscard]] std::string series_json(const Snapshot& now, const std::string& option,
                                      const std::string& variable);
/// One future told, with its weekly series of `variables` on the map.
[[nodiscard]] std::string story_json(const Snapshot& now, const std::string& option,
                                     std::size_t future, std::uint64_t seed);
/// The file of the comparison, and regret by which option would have been best.
[[nodiscard]] std::string comparison_json(const Snapshot& now);
/// What a brief is made of, whole: belief and comparison as their files, studies among them.
[[nodiscard]] std::string brief_data_json(const Snapshot& now);
/// The games of the case and how it could end.
[[nodiscard]] std::string studies_json(const Snapshot& now);
[[nodiscard]] std::string model_json(const Snapshot& now);
[[nodiscard]] std::string changes_json(const std::vector<Kept>& changes);
[[nodiscard]] std::string branch_json(const Branch& branch);
/// The branches of a case, each with its own changes that stand.
[[nodiscard]] std::string branches_json(const Store& store, const std::string& name);
[[nodiscard]] std::string log_json(const std::vector<Entry>& log, bool more);
[[nodiscard]] std::string judged_json(const std::vector<Judged>& judged);
[[nodiscard]] std::string jobs_json(const std::vector<Job>& jobs);
[[nodiscard]] std::string error_json(const std::string& why, const std::vector<Problem>& problems);

}  // namespace casus::server
