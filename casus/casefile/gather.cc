// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/gather.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/base/id.h"
#include "casus/casefile/file_text.h"

namespace casus::casefile {
namespace {

namespace fs = std::filesystem;

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

bool inside(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

struct Folder {
  fs::path real;   ///< symbolic links followed
  fs::path named;  ///< as messages call it
};

class Gathering {
 public:
  Gathering(Loading& loading, Digest& digest, const fs::path& own)
      : loading_(loading), digest_(digest), root_(own.parent_path()), open_{own} {}

  /// The folders a head includes, each with what it includes before it.
  void follow(Fields& head, const Folder& from) {
    std::set<std::string> met;
    for (const Spot& at : head.list("include")) {
      const auto text = read_string(loading_.problems, at, "an entry of 'include'");
      if (!text) continue;
      if (!met.insert(*text).second) loading_.tell_twice(at, head.called("include"));
      if (const auto there = find(at, *text, from)) add_shared(*there);
    }
  }

  void add_files(const Folder& folder) {
    tell_misnamed(folder.real, folder.named.generic_string(), loading_.problems);
    for (const std::string_view name : case_file_names()) {
      if (name == "case.yaml" || name == "theatre.yaml") continue;
      if (auto file = read(folder, name)) loading_.add(std::move(*file));
    }
  }

 private:
  void refuse(Spot at, std::string message, std::string hint) {
    loading_.problems.tell(*at.document, *at.node, std::move(message), std::move(hint));
    loading_.partial = true;
  }

  std::optional<Folder> find(Spot at, const std::string& text, const Folder& from) {
    std::error_code error;
    const Folder there{fs::weakly_canonical(from.real / text, error),
                       (from.named / text).lexically_normal()};
    if (fs::path(text).is_absolute() || !inside(there.real, root_)) {
      refuse(at,
             fmt::format("the included folder '{}' lies outside of the folder that holds this case",
                         shortened(text)),
             "name a folder beside the case, such as ../theatres/x");
    } else if (error || !fs::is_directory(there.real, error)) {
      refuse(at, fmt::format("the included folder '{}' does not exist", shortened(text)),
             fmt::format("it is looked for at {}", there.named.generic_string()));
    } else if (std::find(open_.begin(), open_.end(), there.real) != open_.end()) {
      refuse(at,
             fmt::format("the included folder '{}' includes itself: {}", shortened(text),
                         chain_to(there.real)),
             "remove one of these includes");
    } else if (fs::exists(there.real / "case.yaml", error)) {
      refuse(at, fmt::format("the included folder '{}' is a case of its own", shortened(text)),
             "move what both share into a folder without a case.yaml");
    } else {
      return there;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string chain_to(const fs::path& again) const {
    std::string chain;
    for (auto at = std::find(open_.begin(), open_.end(), again); at != open_.end(); ++at) {
      chain += at->lexically_relative(root_).generic_string() + " -> ";
    }
    return chain + again.lexically_relative(root_).generic_string();
  }

  void add_shared(const Folder& folder) {
    if (!done_.insert(folder.real).second) return;
    open_.push_back(folder.real);
    std::optional<Fields> head;
    if (auto file = read(folder, "theatre.yaml")) loading_.open(std::move(*file), head);
    if (head) follow(*head, folder);
    loading_.next_layer();
    if (head) {
      head->text_or("name");
      loading_.collect(*head, "theatre.yaml");
      head->finish();
    }
    add_files(folder);
    open_.pop_back();
  }

  std::optional<CaseFile> read(const Folder& folder, std::string_view name) {
    const fs::path path = folder.real / name;
    std::error_code error;
    if (!fs::exists(path, error)) return std::nullopt;
    CaseFile file;
    file.named = (folder.named / name).generic_string();
    file.kind = name;
    const bool own = folder.real == open_.front();
    if (!own && !inside(fs::weakly_canonical(path, error), root_)) {
      loading_.problems.tell_file(file.named, "this link leaves the folder that holds the case",
                                  "put the file itself here");
      loading_.partial = true;
      return std::nullopt;
    }
    if (!read_text(path, file.named, loading_.problems, file.content)) {
      loading_.partial = true;
      return std::nullopt;
    }
    const fs::path place = own ? fs::path() : folder.real.lexically_relative(root_);
    digest_.add((place / name).generic_string(), file.content);
    return file;
  }

  Loading& loading_;
  Digest& digest_;
  fs::path root_;               ///< nothing outside of it is read for a case
  std::vector<fs::path> open_;  ///< the folders being read, the case's own first
  std::set<fs::path> done_;
};

}  // namespace

void Digest::add(std::string_view name, std::string_view content) {
  parts_.push_back(fmt::format("{}:{:016x}", name, key_of(content)));
}

std::string Digest::text() {
  std::sort(parts_.begin(), parts_.end());
  std::string all;
  for (const std::string& part : parts_) all += part + "\n";
  return fmt::format("{:016x}", key_of(all));
}

void gather(const fs::path& path, Loading& loading, Digest& digest) {
  std::error_code error;
  const bool is_folder = fs::is_directory(path, error);
  const fs::path named = is_folder ? path : path.parent_path();
  CaseFile file;
  file.named = (is_folder ? path / "case.yaml" : path).generic_string();
  file.kind = "case.yaml";
  if (!read_text(file.named, file.named, loading.problems, file.content)) {
    throw CaseError(loading.problems.take());
  }
  digest.add("case.yaml", file.content);
  const Folder own{fs::weakly_canonical(named.empty() ? "." : named, error), named};
  Gathering gathering(loading, digest, own.real);
  loading.open(std::move(file), loading.case_fields);
  if (loading.case_fields) gathering.follow(*loading.case_fields, own);
  loading.next_layer();
  if (loading.case_fields) loading.collect(*loading.case_fields, "case.yaml");
  if (fs::exists(own.real / "theatre.yaml", error)) {
    loading.problems.tell_file((named / "theatre.yaml").generic_string(),
                               "'theatre.yaml' heads a folder that cases include, not a case",
                               "move what it holds into case.yaml");
  }
  gathering.add_files(own);
}

}  // namespace casus::casefile
