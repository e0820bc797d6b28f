// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/beside.h"

#include <fmt/format.h>

#include "casus/casefile/file_text.h"
#include "casus/casefile/yaml_reader.h"

namespace casus::casefile {

namespace fs = std::filesystem;

fs::path beside(const fs::path& path, std::string_view name) {
  std::error_code error;
  return (fs::is_directory(path, error) ? path : path.parent_path()) / name;
}

std::unique_ptr<Document> read_beside(std::string named, std::string content, Problems& problems) {
  auto document = std::make_unique<Document>();
  document->file = std::move(named);
  document->text = std::move(content);
  if (!read_yaml(*document, problems)) return nullptr;
  return document;
}

std::unique_ptr<Document> open_beside(const fs::path& file, Problems& problems) {
  std::string content;
  const std::string named = file.generic_string();
  if (!read_text(file, named, problems, content)) return nullptr;
  return read_beside(named, std::move(content), problems);
}

void tell_undeclared(Problems& problems, Spot at, std::string_view word, const std::string& what,
                     const std::vector<std::string_view>& names) {
  const std::string_view near = problems.worth_a_hint() ? nearest(at.node->text, names) : "";
  problems.tell(*at.document, *at.node,
                fmt::format("{} names {} '{}', which this case does not declare", what, word,
                            shortened(at.node->text)),
                near.empty() ? "" : fmt::format("did you mean '{}'?", near));
}

std::optional<std::uint32_t> refer_state(Problems& problems, const Hypothesis& hypothesis,
                                         Spot at) {
  std::vector<std::string_view> names;
  for (std::uint32_t i = 0; i < hypothesis.states.size(); ++i) {
    if (at.node->scalar() && hypothesis.states[i].id == at.node->text) return i;
    names.push_back(hypothesis.states[i].id);
  }
  const std::string_view near = nearest(at.node->text, names);
  problems.tell(
      *at.document, *at.node,
      fmt::format("hypothesis '{}' has no state '{}'", hypothesis.id, shortened(at.node->text)),
      near.empty() ? fmt::format("its states: {}", listed(names))
                   : fmt::format("did you mean '{}'?", near));
  return std::nullopt;
}

}  // namespace casus::casefile
