// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/room_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "casus/base/file.h"
#include "casus/calibrate/record.h"
#include "casus/intel/analysts.h"
#include "casus/server/access.h"

namespace casus::server {
namespace {

namespace fs = std::filesystem;
using casefile::Case;
using Json = nlohmann::ordered_json;

fs::path folder_of(fs::path given) {
  std::error_code error;
  if (!fs::exists(given, error)) {
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such case", given.generic_string()));
  }
  given = fs::weakly_canonical(given);
  return given.extension() == ".yaml" ? given.parent_path() : given;
}

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

std::string judged_json(const Snapshot& s) {
  Json hypotheses = Json::array();
  for (std::size_t h = 0; h < s.belief->hypotheses.size(); ++h) {
    const auto& b = s.belief->hypotheses[h];
    const auto& named = s.given->hypotheses[h];
    Json states = Json::object();
    for (std::size_t k = 0; k < b.states.size(); ++k) states[named.states[k].id] = b.states[k].p;
    hypotheses.push_back({{"id", named.id},
                          {"leading", named.states[b.leading].id},
                          {"word", b.word},
                          {"states", std::move(states)}});
  }
  Json reports = Json::array();
  for (const auto& r : s.given->reports) {
    if (r.retracted && *r.retracted == r.published) continue;
    reports.push_back({{"id", r.id}, {"grade", fmt::format("{}{}", r.source_grade, r.item_grade)}});
  }
  Json options = Json::array();
  if (s.comparison && !s.comparison_old) {
    for (const auto& o : s.comparison->options) {
      options.push_back({{"id", o.id}, {"rank", o.rank}, {"value", o.value}, {"error", o.error}});
    }
  }
  return Json{{"as_of", to_string(s.given->as_of)},
              {"digest", s.given->digest},
              {"hypotheses", std::move(hypotheses)},
              {"reports", std::move(reports)},
              {"options", std::move(options)}}
      .dump();
}

}  // namespace

RoomCase::RoomCase(fs::path given, const RoomOptions& options, Store& store, Hub& hub,
                   std::optional<Branch> branch)
    : given_(folder_of(std::move(given))),
      options_(options),
      store_(store),
      hub_(hub),
      base_(given_.filename().string()),
      name_(branch ? address_of(*branch) : base_),
      folder_(options.state / name_) {
  auto first = std::make_shared<Snapshot>();
  first->name = name_;
  first->branch = std::move(branch);
  now_ = first;
  look_at_files();
}

// With all that was made of the case until now: it is as good for the branch.
RoomCase::RoomCase(RoomCase& base, const Branch& branch)
    : given_(base.given_),
      options_(base.options_),
      store_(base.store_),
      hub_(base.hub_),
      base_(base.base_),
      name_(address_of(branch)),
      folder_(options_.state / name_),
      files_(base.files_),
      good_(base.good_),
      games_(base.games_) {
  auto first = base.now()->next();
  first->name = name_;
  first->branch = branch;
  first->moment = 1;
  now_ = first;
}

std::shared_ptr<RoomCase> RoomCase::make_branch(const User& who, const std::string& name) {
  const std::lock_guard lock(changing_);
  const auto before = now();
  if (!before->given) throw Refusal(409, "the case cannot be read; mend its files first");
  if (before->branch)
    throw Refusal(409, "a branch of a branch would be hard to follow; make it of the case");
  return std::shared_ptr<RoomCase>(new RoomCase(*this, store_.branch(base_, who, name)));
}

void RoomCase::rename(const User& who, const std::string& name) {
  const std::lock_guard lock(changing_);
  auto next = now()->next();
  store_.rename(*next->branch, who, name);
  next->branch->name = name;
  show(std::move(next), "case");
}

std::shared_ptr<const Snapshot> RoomCase::now() const {
  const std::lock_guard lock(showing_);
  return now_;
}

void RoomCase::show(std::shared_ptr<Snapshot> next, const char* kind) {
  const std::string data =
      Json{{"case", name_}, {"moment", next->moment}, {"problems", next->problems.size()}}.dump();
  {
    const std::lock_guard lock(showing_);
    now_ = std::move(next);
  }
  hub_.tell(kind, data);
}

std::vector<Change> RoomCase::standing() const {
  std::vector<Change> out;
  for (const Kept& k : store_.changes(name_)) {
    if (k.undone_at.empty()) out.push_back(k.change);
  }
  return out;
}

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

bool RoomCase::look_at_files() {
  const std::lock_guard lock(changing_);
  std::string files = files_now();
  if (files == files_) return false;
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
  show(std::move(next), "case");
  return true;
}

// The picture is replaced by one that is whole, or not at all.
std::shared_ptr<Snapshot> RoomCase::read_anew() {
  auto next = now()->next();
  auto given = std::make_shared<const Case>(changed(given_, standing(), folder_));
  next->problems = read_games();
  if (!next->given || next->given->digest != given->digest) {
    next->given = std::move(given);
    next->belief = next->last_whole = nullptr;
    next->whole = false;
    assessor_ = nullptr;
    read_stages(*next);
    if (!next->belief && now()->given) next->belief = posteriors(*next->given);
  }
  if (next->studies) next->studies_old = !made_of(*next->studies, *next->given);
  good_.clear();
  for (const auto& file : this->files()) good_[file] = text_of(file);
  return next;
}

std::vector<Problem> RoomCase::read_games() {
  games_ = nullptr;
  try {
    casefile::Games games = casefile::load_games(given_);
    calibrate::start_from_record(games.given, given_);
    games_ = std::make_shared<const casefile::Games>(std::move(games));
  } catch (const CaseError& error) {
    return without_folders(error, given_).problems();
  }
  return {};
}

casefile::Games RoomCase::games_of(const Case& given) {
  const std::lock_guard lock(changing_);
  if (!games_) throw Refusal(409, "games.yaml is wrong; its problems stand in /api/cases");
  casefile::Games out = *games_;
  auto expressions =
      std::move(out.given.expressions);  // those of the case, and of the games' orders
  out.given = given;
  out.given.expressions = std::move(expressions);
  return out;
}

bool RoomCase::made_of(const analysis::Studies& studies, const Case& given) const {
  const std::string opens = fmt::format("{} {} ", given.digest, games_ ? games_->digest : "");
  const std::string ends = fmt::format(" {}", version());
  return games_ && studies.key.starts_with(opens) && studies.key.ends_with(ends);
}

analysis::StudyOptions RoomCase::study_options() const {
  analysis::StudyOptions out;
  out.futures = options_.game_futures;
  out.seed = options_.seed;
  out.threads = options_.threads;
  return out;
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

void RoomCase::read_stages(Snapshot& into) const {
  const Case& given = *into.given;
  into.futures = nullptr;
  into.comparison = nullptr;
  into.studies = nullptr;
  into.brief = nullptr;
  const auto tried = [](const auto& read) {
    try {
      read();
    } catch (const CaseError&) {
      // of another case or an older form: made anew when asked for
    } catch (const IoError&) {
    }
  };
  std::error_code error;
  for (const fs::path& folder : {folder_, options_.state / base_, options_.made / base_}) {
    const auto has = [&](const char* file) { return fs::exists(folder / file, error); };
    if (!into.belief && has("belief.json"))
      tried([&] {
        auto belief =
            intel::belief_from_json(read_file(folder / "belief.json"), given, "belief.json");
        const bool same = belief.case_digest == given.digest && belief.as_of == given.as_of &&
                          belief.seed == options_.seed && belief.grades &&
                          belief.version == version();
        if (!same) return;
        into.belief = std::make_shared<const intel::Belief>(std::move(belief));
        into.whole = true;
      });
    if (has("studies.json") && (!into.studies || !made_of(*into.studies, given)))
      tried([&] {
        auto studies =
            analysis::studies_from_json(read_file(folder / "studies.json"), "studies.json");
        if (into.studies && !made_of(studies, given)) return;
        into.studies = std::make_shared<const analysis::Studies>(std::move(studies));
      });
    const bool fresh = !into.futures_old && into.comparison;
    if (fresh || !has("futures.nc") || !has("comparison.json")) continue;
    tried([&] {
      auto futures = ensemble::read_netcdf(folder / "futures.nc", given);
      auto comparison = analysis::comparison_from_json(read_file(folder / "comparison.json"), given,
                                                       "comparison.json");
      const bool old = !into.belief || futures.case_digest != given.digest ||
                       futures.belief_digest != ensemble::digest_of(*into.belief);
      if (old && into.futures) return;
      if (comparison.futures != futures.futures) return;
      into.futures = std::make_shared<const ensemble::Futures>(std::move(futures));
      into.futures_old = old;
      into.comparison_old = into.brief_old = old || comparison.case_digest != given.digest;
      into.comparison = std::make_shared<const analysis::Comparison>(std::move(comparison));
      into.brief = nullptr;
      if (!has("brief.html")) return;
      into.brief = std::make_shared<const std::string>(read_file(folder / "brief.html"));
    });
  }
}

std::shared_ptr<const intel::Belief> RoomCase::posteriors(const Case& given) {
  try {
    if (assessor_) {
      assessor_->become(given);
    } else {
      intel::AssessOptions how;
      how.threads = options_.threads;
      how.seed = options_.seed;
      how.path = how.ranges = how.leave_one_out = how.collection = how.places = false;
      assessor_ = std::make_unique<intel::Assessor>(given, how);
    }
    return std::make_shared<const intel::Belief>(assessor_->belief());
  } catch (...) {
    assessor_ = nullptr;  // it may be half changed
    throw;
  }
}

void RoomCase::install(const Case& given, std::shared_ptr<const intel::Belief> belief) {
  auto next = now()->next();
  next->given = std::make_shared<const Case>(given);
  if (next->whole) next->last_whole = next->belief;
  next->belief = std::move(belief);
  next->whole = false;
  // A change that is taken back leaves what stemmed from the case before it as good as new.
  next->futures_old = next->futures && next->futures->case_digest != given.digest;
  next->comparison_old = next->comparison && next->comparison->case_digest != given.digest;
  next->studies_old = next->studies && !made_of(*next->studies, given);
  next->brief_old = next->brief && next->comparison_old;
  show(std::move(next), "belief");
}

Changed RoomCase::change(const User& who, const Change& change) {
  const std::lock_guard lock(changing_);
  const auto before = now();
  if (!before->given) throw Refusal(409, "the case cannot be read; mend its files first");
  auto changes = standing();
  changes.push_back(change);
  const Case given = changed(given_, changes, folder_);
  const auto old = before->belief ? before->belief : posteriors(*before->given);
  const auto belief = posteriors(given);
  Changed out;
  out.id = store_.keep(name_, who, change);
  out.shift = intel::to_json(intel::shift_between(*before->given, *old, given, *belief));
  install(given, belief);
  return out;
}

Changed RoomCase::what_if(const std::vector<Change>& changes) {
  const std::lock_guard lock(changing_);
  const auto before = now();
  if (!before->given) throw Refusal(409, "the case cannot be read; mend its files first");
  auto all = standing();
  all.insert(all.end(), changes.begin(), changes.end());
  const Case given = changed(given_, all, folder_);
  const auto old = before->belief ? before->belief : posteriors(*before->given);
  const auto belief = posteriors(given);
  return {0, intel::to_json(intel::shift_between(*before->given, *old, given, *belief))};
}

Changed RoomCase::undo(const User& who, std::optional<long long> id) {
  const std::lock_guard lock(changing_);
  const auto before = now();
  if (!before->given) throw Refusal(409, "the case cannot be read; mend its files first");
  std::vector<Change> rest;
  std::optional<Kept> last;
  const auto all = store_.changes(name_);
  for (const Kept& k : all) {
    if (k.undone_at.empty() && (!id || k.id == *id)) last = k;
  }
  if (!last) throw Refusal(404, "no such change stands");
  if (last->who != who.name && who.role != Role::admin) {
    throw Refusal(403, fmt::format("{} made that change; only an admin may undo it", last->who));
  }
  for (const Kept& k : all) {
    if (k.undone_at.empty() && k.id != last->id) rest.push_back(k.change);
  }
  const Case given = changed(given_, rest, folder_);
  const auto old = before->belief ? before->belief : posteriors(*before->given);
  const auto belief = posteriors(given);
  if (!store_.undo(name_, who, last->id)) throw Refusal(404, "no such change stands");
  Changed out;
  out.id = last->id;
  out.shift = intel::to_json(intel::shift_between(*before->given, *old, given, *belief));
  install(given, belief);
  return out;
}

void RoomCase::judge(const std::string& why) {
  const auto s = now();
  if (!s->given || !s->belief) return;
  const std::string body = judged_json(*s);
  const auto earlier = store_.judged(name_);
  if (!earlier.empty()) {
    const auto last = store_.judged(name_, earlier.front().id);
    if (last && last->body == body) return;
  }
  store_.keep_judged(name_, why, body);
}

}  // namespace casus::server
