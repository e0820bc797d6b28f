// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What a case of the room reads from the disk: the author's files and what its stages left.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "casus/base/file.h"
#include "casus/calibrate/record.h"
#include "casus/casefile/base_rates.h"
#include "casus/casefile/weightings.h"
#include "casus/server/room_case.h"

namespace casus::server {
namespace {

namespace fs = std::filesystem;
using casefile::Case;

// The folders that the files of `folder` name as `../this/one`, and so on.
void add_folders(const fs::path& folder, std::set<fs::path>& out) {
  constexpr std::size_t most = 64;
  std::error_code error;
  if (!fs::is_directory(folder, error) || out.size() >= most || !out.insert(folder).second) return;
  for (const char* const name : {"case.yaml", "theatre.yaml"}) {
    if (!fs::exists(folder / name, error)) continue;
    const std::string text = read_file(folder / name, 1 << 24);
    for (auto at = text.find("../"); at != std::string::npos; at = text.find("../", at + 3)) {
      const auto end = text.find_first_of(" ,]\"'\n#", at);
      add_folders(fs::weakly_canonical(folder / text.substr(at, end - at), error), out);
    }
  }
}

// What an author writes; nothing for other files.
std::string text_of(const fs::path& file) {
  if (file.extension() != ".yaml" && file.extension() != ".jsonl") return "";
  constexpr std::uint64_t largest = 1U << 24U;
  try {
    return read_file(file, largest);
  } catch (const IoError&) {
    return "";  // gone meanwhile, or no text
  }
}

}  // namespace

std::set<fs::path> RoomCase::files() const {
  std::set<fs::path> folders, out;
  add_folders(given_, folders);
  std::error_code error;
  for (const auto& folder : folders) {
    for (const auto& file : fs::directory_iterator(folder, error)) {
      if (file.is_regular_file(error)) out.insert(file.path());
    }
  }
  return out;
}

std::string RoomCase::files_now() const {
  std::string all;
  std::error_code error;
  for (const auto& file : files()) {
    const auto when = fs::last_write_time(file, error).time_since_epoch().count();
    all += fmt::format("{} {} {}\n", file.string(), when, fs::file_size(file, error));
  }
  return all;
}

Case RoomCase::read(const std::vector<Change>& changes) {
  std::string files = files_now();
  if (!open_ || open_files_ != files) {
    read_ = nullptr;
    try {
      open_ = std::make_shared<const casefile::OpenCase>(given_);
    } catch (const CaseError& error) {
      throw without_folders(error, given_);
    }
    open_files_ = std::move(files);
  }
  std::string added = added_by(changes);  // most changes add no report
  if (!read_ || read_added_ != added) {
    read_ = std::make_shared<const Case>(read_with(*open_, given_, added));
    read_added_ = std::move(added);
  }
  return with_changes(*read_, changes);
}

// The case as it was before its last changes, the latest first.
std::vector<Case> RoomCase::earlier() {
  constexpr std::size_t most = 20;
  std::vector<Case> out;
  auto changes = standing();
  while (!changes.empty() && out.size() < most) {
    changes.pop_back();
    out.push_back(read(changes));
  }
  return out;
}

bool RoomCase::look_at_files() {
  const std::lock_guard lock(changing_);
  std::string files = files_now();
  if (files == files_) return false;
  const bool edited = !files_.empty();
  files_ = std::move(files);
  std::shared_ptr<Snapshot> next;
  try {
    next = read_anew();
  } catch (const CaseError& error) {
    next = now()->next();
    next->problems = error.problems();
  } catch (const ModelError& error) {
    next = now()->next();
    next->problems = {where_it_broke(error.what())};
  } catch (const std::exception& error) {
    fmt::print(stderr, "casus: {}: {}\n", name_, error.what());  // it may name folders
    next = now()->next();
    next->problems = {where_it_broke("the files cannot be read; the room's terminal says why")};
  }
  if (edited && !next->branch) {
    store_.note(name_, {"author", Role::admin}, "files",
                next->problems.empty() ? next->given->digest : next->problems.front().message);
  }
  show(std::move(next), "case");
  return true;
}

// The picture is replaced by one that is whole, or not at all.
std::shared_ptr<Snapshot> RoomCase::read_anew() {
  auto next = now()->next();
  auto given = std::make_shared<const Case>(read(standing()));
  next->problems = read_beside(*given);
  if (!next->given || next->given->digest != given->digest) {
    next->given = std::move(given);
    next->belief = next->last_whole = nullptr;
    next->whole = next->reasons = false;
    assessor_ = nullptr;
    memory_ = {};
    wholes_.clear();
    read_stages(*next);
    if (!next->belief && now()->given) next->belief = posteriors(*next->given);
  }
  if (next->studies) next->studies_old = !made_of(*next->studies, *next->given);
  if (next->comparison && !weighed_of(*next->comparison, *next->given)) {
    next->comparison_old = true;
    next->brief_old = next->brief != nullptr;
  }
  hear_analysts(*next);
  good_.clear();
  for (const auto& file : this->files()) good_[file] = text_of(file);
  return next;
}

std::vector<Problem> RoomCase::read_beside(const Case& given) {
  std::vector<Problem> out;
  const auto told = [&](const auto& read) {
    try {
      read();
    } catch (const CaseError& error) {
      const auto more = without_folders(error, given_).problems();
      out.insert(out.end(), more.begin(), more.end());
    }
  };
  games_ = nullptr;
  if (!now()->given || now()->given->digest != given.digest)
    panel_ = nullptr;  // of other questions
  told([&] {
    casefile::Games games = casefile::load_games(given_);
    calibrate::start_from_record(games.given, given_);
    games_ = std::make_shared<const casefile::Games>(std::move(games));
  });
  told([&] {
    auto panel = casefile::load_analysts(given_, given);
    panel_ = panel ? std::make_shared<const casefile::Panel>(std::move(*panel)) : nullptr;
  });
  told([&] { weightings_ = casefile::load_weightings(given_, given).digest; });
  told([&] { (void)casefile::load_base_rates(given_, given); });
  return out;
}

void RoomCase::hear_analysts(Snapshot& next) const {
  if (!next.belief || (!next.belief->analysts && !panel_)) return;
  next.belief = with_analysts(*next.given, *next.belief);
  const auto before = good_.find(given_ / "analysts.yaml");
  const bool other = !good_.empty() && text_of(given_ / "analysts.yaml") !=
                                           (before == good_.end() ? "" : before->second);
  if (!other) return;
  next.brief_old = next.brief != nullptr;
  if (next.whole) write_file(folder_ / "belief.json", intel::to_json(*next.belief, *next.given));
}

// A case that reads well but has no answer: what broke it is in what was edited since the last good
// picture.
Problem RoomCase::where_it_broke(const std::string& why) const {
  Problem out;
  out.file = "case.yaml";
  out.message = why;
  for (const auto& file : files()) {
    const std::string text = text_of(file);
    const auto before = good_.find(file);
    if (good_.empty() || (before != good_.end() && before->second == text)) continue;
    const std::string old = before == good_.end() ? "" : before->second;
    const auto same = static_cast<std::size_t>(
        std::mismatch(text.begin(), text.end(), old.begin(), old.end()).first - text.begin());
    const std::size_t from = same == 0 ? 0 : text.rfind('\n', same - 1) + 1;  // npos + 1 is 0
    out.file = file.lexically_relative(given_).generic_string();
    out.line = 1 + static_cast<int>(std::count(text.data(), text.data() + from, '\n'));
    out.column = 1;
    out.excerpt = text.substr(from, text.find('\n', from) - from);
    out.hint = "this is the first line that differs from the last good picture, which stays";
    return out;
  }
  return out;
}

namespace {

template <class Read>
bool tried(const Read& read) {
  try {
    return read();
  } catch (const CaseError&) {
    return false;  // of another case or an older form: made anew when asked for
  } catch (const IoError&) {
    return false;
  }
}

// Futures, options and brief of one folder, where they are better than those that are there.
bool read_played(const fs::path& folder, const Case& of, Snapshot& into) {
  std::error_code error;
  auto futures = ensemble::read_netcdf(folder / "futures.nc", of);
  auto comparison =
      analysis::comparison_from_json(read_file(folder / "comparison.json"), of, "comparison.json");
  const std::string& digest = into.given->digest;
  const bool old = !into.belief || futures.case_digest != digest ||
                   (into.whole && futures.belief_digest != ensemble::digest_of(*into.belief));
  if (old && into.futures) return true;
  if (comparison.futures != futures.futures) return false;
  into.futures = std::make_shared<const ensemble::Futures>(std::move(futures));
  into.futures_old = old;
  into.comparison_old = into.brief_old = old || comparison.case_digest != digest;
  into.comparison = std::make_shared<const analysis::Comparison>(std::move(comparison));
  into.brief = into.brief_data = nullptr;
  const auto text = [&](const char* file) -> std::shared_ptr<const std::string> {
    if (!fs::exists(folder / file, error)) return nullptr;
    return std::make_shared<const std::string>(read_file(folder / file));
  };
  into.brief = text("brief.html");
  if (into.brief) into.brief_data = text("brief.json");
  return true;
}

}  // namespace

void RoomCase::read_stages(Snapshot& into) {
  const Case& given = *into.given;
  into.futures = nullptr;
  into.comparison = nullptr;
  into.studies = nullptr;
  into.brief = into.brief_data = nullptr;
  std::error_code error;
  std::optional<std::vector<Case>> before;
  for (const fs::path& folder : {folder_, options_.state / base_, options_.made / base_}) {
    const auto has = [&](const char* file) { return fs::exists(folder / file, error); };
    if (!into.belief && has("belief.json"))
      tried([&] {
        auto belief =
            intel::belief_from_json(read_file(folder / "belief.json"), given, "belief.json");
        const bool same = belief.case_digest == given.digest && belief.as_of == given.as_of &&
                          belief.seed == options_.seed && belief.grades &&
                          belief.version == version();
        if (!same) return false;
        into.belief = std::make_shared<const intel::Belief>(std::move(belief));
        return into.whole = into.reasons = true;
      });
    if (has("studies.json") && (!into.studies || !made_of(*into.studies, given)))
      tried([&] {
        auto studies =
            analysis::studies_from_json(read_file(folder / "studies.json"), "studies.json");
        if (into.studies && !made_of(studies, given)) return false;
        into.studies = std::make_shared<const analysis::Studies>(std::move(studies));
        return true;
      });
    const bool fresh = !into.futures_old && into.comparison;
    if (fresh || !has("futures.nc") || !has("comparison.json")) continue;
    if (tried([&] { return read_played(folder, given, into); }) || into.futures) continue;
    // Made before changes that stand: shown as such.
    if (!before) before = earlier();
    for (const Case& then : *before) {
      if (tried([&] { return read_played(folder, then, into); })) break;
    }
  }
}

}  // namespace casus::server
