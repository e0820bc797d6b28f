// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

/// The invented case that `casus new` writes, built into the program. Private to the module.
namespace casus::casefile {

extern const std::string_view template_case_yaml;
extern const std::string_view template_actors_yaml;
extern const std::string_view template_map_yaml;
extern const std::string_view template_forces_yaml;
extern const std::string_view template_relations_yaml;
extern const std::string_view template_sources_yaml;
extern const std::string_view template_reports_jsonl;
extern const std::string_view template_hypotheses_yaml;
extern const std::string_view template_options_yaml;
extern const std::string_view template_questions_yaml;
extern const std::string_view template_parameters_yaml;
extern const std::string_view template_readme_md;

struct TemplateFile {
  std::string_view name;
  std::string_view content;
};
[[nodiscard]] std::vector<TemplateFile> template_files();

}  // namespace casus::casefile
