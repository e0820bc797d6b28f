// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/template.h"

#include <fmt/format.h>

#include <fstream>

#include "casus/base/error.h"
#include "casus/casefile/template_files.h"

namespace casus::casefile {

namespace fs = std::filesystem;

std::vector<TemplateFile> template_files() {
  return {
      {"case.yaml", template_case_yaml},
      {"actors.yaml", template_actors_yaml},
      {"map.yaml", template_map_yaml},
      {"forces.yaml", template_forces_yaml},
      {"relations.yaml", template_relations_yaml},
      {"sources.yaml", template_sources_yaml},
      {"reports.jsonl", template_reports_jsonl},
      {"hypotheses.yaml", template_hypotheses_yaml},
      {"options.yaml", template_options_yaml},
      {"questions.yaml", template_questions_yaml},
      {"parameters.yaml", template_parameters_yaml},
      {"README.md", template_readme_md},
  };
}

void write_template(const fs::path& folder) {
  const auto refuse = [&](const char* why) {
    throw IoError(IoError::Kind::uncreatable, fmt::format("{}: {}", folder.generic_string(), why));
  };
  std::error_code error;
  if (fs::exists(folder, error)) {
    if (!fs::is_directory(folder, error)) refuse("a file of this name is in the way");
    if (!fs::is_empty(folder, error) || error) refuse("the folder is not empty; name a new one");
  } else {
    fs::create_directories(folder, error);
    if (error) refuse("the folder cannot be made");
  }
  for (const TemplateFile& file : template_files()) {
    const fs::path path = folder / file.name;
    std::ofstream out(path, std::ios::binary);
    out << file.content;
    out.close();
    if (!out) {
      throw IoError(IoError::Kind::write,
                    fmt::format("{}: cannot be written", path.generic_string()));
    }
  }
}

}  // namespace casus::casefile
