// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/base/id.h"
#include "casus/casefile/file_text.h"
#include "casus/casefile/load_more.h"
#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

namespace fs = std::filesystem;

/// The contents of the files in a fixed order, as one number.
class Digest {
 public:
  void add(std::string_view name, std::string_view content) {
    parts_.push_back(fmt::format("{}:{:016x}", name, key_of(content)));
  }
  [[nodiscard]] std::string text() {
    std::sort(parts_.begin(), parts_.end());
    std::string all;
    for (const std::string& part : parts_) all += part + "\n";
    return fmt::format("{:016x}", key_of(all));
  }

 private:
  std::vector<std::string> parts_;
};

void load_parts(Loading& loading) {
  if (!loading.case_fields) return;
  load_case_file(loading);
  load_war(loading);
  load_calendar(loading);
  load_actors(loading);
  load_map(loading);
  load_forces(loading);
  load_relations(loading);
  load_sources(loading);
  load_hypotheses(loading);
  load_reports(loading);
  load_options(loading);
  load_questions(loading);
  load_parameters(loading);
  validate(loading);
}

Case finish(Loading& loading, Digest& digest) {
  load_parts(loading);
  if (!loading.problems.none()) throw CaseError(loading.problems.take());
  loading.given.digest = digest.text();
  return std::move(loading.given);
}

// A file that is nearly called like one of a case would be passed over in silence.
void tell_misnamed(const fs::path& folder, const std::string& named, Problems& problems) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    found.push_back(entry->path().filename().string());
  }
  std::sort(found.begin(), found.end());
  const auto& names = case_file_names();
  for (const std::string& name : found) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    for (const std::string_view known : names) {
      if (edit_distance(name, known) > 2 || fs::exists(folder / known)) continue;
      problems.tell_file((fs::path(named) / name).generic_string(),
                         fmt::format("'{}' is no file of a case", name),
                         fmt::format("did you mean '{}'?", known));
    }
  }
}

void add_folder(Loading& loading, Digest& digest, const fs::path& folder, const std::string& named,
                const std::string& relative) {
  tell_misnamed(folder, named, loading.problems);
  for (const std::string_view name : case_file_names()) {
    if (name == "case.yaml") continue;
    const fs::path path = folder / name;
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    CaseFile file;
    file.named = (fs::path(named) / name).generic_string();
    file.kind = name;
    if (!read_text(path, file.named, loading.problems, file.content)) {
      loading.partial = true;
      continue;
    }
    digest.add(relative + std::string(name), file.content);
    loading.add(std::move(file));
  }
}

}  // namespace

Case load(const fs::path& path, const LoadOptions& options) {
  return load_with_reports(path, {}, options);
}

Case load_with_reports(const fs::path& path, const std::vector<fs::path>& more,
                       const LoadOptions& options) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such case", path.generic_string()));
  }
  const bool is_folder = fs::is_directory(path, error);
  const fs::path folder = is_folder ? path : path.parent_path();
  Loading loading(options);
  Digest digest;
  CaseFile file;
  file.named = (is_folder ? path / "case.yaml" : path).generic_string();
  file.kind = "case.yaml";
  if (!read_text(file.named, file.named, loading.problems, file.content)) {
    throw CaseError(loading.problems.take());
  }
  digest.add("case.yaml", file.content);
  const std::vector<std::string> includes = loading.add_case(std::move(file));
  for (const std::string& include : includes) {
    const fs::path there = (folder / include).lexically_normal();
    if (!fs::is_directory(there, error)) {
      const Spot at = loading.case_fields->optional("include");
      loading.case_fields->tell(
          at, fmt::format("the included folder '{}' does not exist", shortened(include)),
          fmt::format("it is looked for at {}", there.generic_string()));
      loading.partial = true;
      continue;
    }
    add_folder(loading, digest, there, there.generic_string(), include + "/");
  }
  add_folder(loading, digest, folder.empty() ? "." : folder, folder.generic_string(), "");
  for (const fs::path& reports : more) {
    CaseFile added;
    added.named = reports.generic_string();
    added.kind = "reports.jsonl";
    if (!fs::exists(reports, error)) {
      throw IoError(IoError::Kind::missing, fmt::format("{}: no such file", added.named));
    }
    if (!read_text(reports, added.named, loading.problems, added.content)) {
      loading.partial = true;
      continue;
    }
    digest.add("more/" + added.named, added.content);
    loading.add(std::move(added));
  }
  return finish(loading, digest);
}

Case load_files(std::vector<CaseFile> files, const LoadOptions& options) {
  Loading loading(options);
  Digest digest;
  std::stable_partition(files.begin(), files.end(),
                        [](const CaseFile& file) { return file.kind == "case.yaml"; });
  for (CaseFile& file : files) {
    digest.add(file.kind, file.content);
    if (file.kind == "case.yaml" && !loading.case_fields) {
      loading.add_case(std::move(file));
    } else {
      loading.add(std::move(file));
    }
  }
  if (!loading.case_fields && loading.problems.none()) {
    throw IoError(IoError::Kind::missing, "case.yaml: no such file");
  }
  return finish(loading, digest);
}

}  // namespace casus::casefile
