// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/beside.h"
#include "casus/casefile/file_text.h"
#include "casus/casefile/games_reader.h"
#include "casus/casefile/gather.h"
#include "casus/casefile/load_more.h"
#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

namespace fs = std::filesystem;

// All but the reports, on which no other part hangs.
void load_stage(Loading& loading) {
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
  load_options(loading);
  load_questions(loading);
  load_parameters(loading);
}

void load_evidence(Loading& loading) {
  if (!loading.case_fields) return;
  load_reports(loading);
  validate(loading);
}

void load_parts(Loading& loading) {
  load_stage(loading);
  load_evidence(loading);
}

Case finished(Loading& loading, Digest& digest) {
  if (!loading.problems.none()) throw CaseError(loading.problems.take());
  loading.given.digest = digest.text();
  return std::move(loading.given);
}

void must_exist(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path, error)) return;
  throw IoError(IoError::Kind::missing, fmt::format("{}: no such case", path.generic_string()));
}

// Adds a file that is not of the case's folder, as if it were; its text, nothing if told.
std::optional<std::string> add_further(Loading& loading, const fs::path& path,
                                       std::string_view kind) {
  CaseFile added;
  added.named = path.generic_string();
  added.kind = kind;
  std::error_code error;
  if (!fs::exists(path, error))
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such file", added.named));
  if (!read_text(path, added.named, loading.problems, added.content)) {
    loading.partial = true;
    return std::nullopt;
  }
  std::string text = added.content;
  loading.add(std::move(added));
  return text;
}

// Files in memory; includes are not followed.
void take(Loading& loading, std::vector<CaseFile> files, Digest& digest) {
  std::stable_partition(files.begin(), files.end(),
                        [](const CaseFile& file) { return file.kind == "case.yaml"; });
  for (CaseFile& file : files) {
    digest.add(file.kind, file.content);
    if (file.kind == "case.yaml" && !loading.case_fields) {
      loading.open(std::move(file), loading.case_fields);
      if (!loading.case_fields) continue;
      loading.case_fields->list("include");
      loading.collect(*loading.case_fields, "case.yaml");
    } else {
      loading.add(std::move(file));
    }
  }
}

// The games of a case whose files were read, from their document, if there is one.
Games games_of(Loading& loading, Digest& digest, const Document* document) {
  Games out;
  if (document != nullptr) {
    read_games(loading, *document, out);
    out.digest = fmt::format("{:016x}", key_of(document->text));
  }
  if (!loading.problems.none()) throw CaseError(loading.problems.take());
  loading.given.digest = digest.text();
  out.given = std::move(loading.given);
  return out;
}

}  // namespace

Case load(const fs::path& path, const LoadOptions& options) {
  return load_with_reports(path, {}, options);
}

Case load_with_reports(const fs::path& path, const std::vector<fs::path>& more,
                       const LoadOptions& options) {
  must_exist(path);
  Loading loading(options);
  Digest digest;
  gather(path, loading, digest);
  for (const fs::path& reports : more) {
    if (const auto added = add_further(loading, reports, "reports.jsonl"))
      digest.add("more/" + reports.filename().generic_string(), *added);
  }
  load_parts(loading);
  return finished(loading, digest);
}

struct OpenCase::Parts {
  Loading loading;
  Digest digest;
  explicit Parts(const LoadOptions& options) : loading(options) {}
};

OpenCase::OpenCase(const fs::path& path, const LoadOptions& options) {
  must_exist(path);
  auto parts = std::make_unique<Parts>(options);
  gather(path, parts->loading, parts->digest);
  load_stage(parts->loading);
  parts_ = std::move(parts);
}

OpenCase::~OpenCase() = default;

Case OpenCase::with_reports(const std::string& named, const std::string& lines) const {
  Loading loading(parts_->loading);
  Digest digest = parts_->digest;
  if (!lines.empty()) {
    loading.add({named, "reports.jsonl", lines});
    digest.add("more/" + fs::path(named).filename().generic_string(), lines);
  }
  load_evidence(loading);
  return finished(loading, digest);
}

Case load_with_questions(const fs::path& path, const fs::path& file, const LoadOptions& options) {
  must_exist(path);
  Loading loading(options);
  Digest digest;
  gather(path, loading, digest);
  loading.replace(Thing::question);
  static_cast<void>(add_further(loading, file, "questions.yaml"));
  load_parts(loading);
  return finished(loading, digest);
}

Games load_games(const fs::path& path, const LoadOptions& options) {
  must_exist(path);
  Loading loading(options);
  Digest digest;
  gather(path, loading, digest);
  load_parts(loading);
  const fs::path file = beside(path, "games.yaml");
  std::unique_ptr<Document> document;
  std::error_code error;
  if (fs::exists(file, error) && loading.case_fields)
    document = open_beside(file, loading.problems);
  return games_of(loading, digest, document.get());
}

Games games_from(std::vector<CaseFile> files, std::string games) {
  Loading loading({});
  Digest digest;
  take(loading, std::move(files), digest);
  load_parts(loading);
  const auto document = read_beside("games.yaml", std::move(games), loading.problems);
  return games_of(loading, digest, loading.case_fields ? document.get() : nullptr);
}

Case load_files(std::vector<CaseFile> files, const LoadOptions& options) {
  Loading loading(options);
  Digest digest;
  take(loading, std::move(files), digest);
  if (!loading.case_fields && loading.problems.none()) {
    throw IoError(IoError::Kind::missing, "case.yaml: no such file");
  }
  load_parts(loading);
  return finished(loading, digest);
}

}  // namespace casus::casefile
