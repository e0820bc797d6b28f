// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/room_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "casus/base/file.h"
#include "casus/casefile/folder.h"
#include "casus/intel/analysts.h"
#include "casus/server/access.h"

namespace casus::server {
namespace {

namespace fs = std::filesystem;
using casefile::Case;
using Json = nlohmann::ordered_json;

fs::path folder_of(const fs::path& given) {
  std::error_code error;
  if (!fs::exists(given, error)) {
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such case", given.generic_string()));
  }
  return casefile::case_folder(fs::weakly_canonical(given));
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

RoomCase::RoomCase(const fs::path& given, const RoomOptions& options, Store& store, Hub& hub,
                   std::optional<Branch> branch)
    : given_(folder_of(given)),
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
      open_files_(base.open_files_),
      open_(base.open_),
      files_(base.files_),
      good_(base.good_),
      games_(base.games_),
      panel_(base.panel_),
      weightings_(base.weightings_) {
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

bool RoomCase::weighed_of(const analysis::Comparison& comparison, const Case& given) const {
  return comparison.case_digest == given.digest && comparison.weightings_digest == weightings_;
}

std::shared_ptr<const intel::Belief> RoomCase::with_analysts(const Case& given,
                                                             intel::Belief belief) const {
  belief.analysts.reset();
  if (panel_) {
    std::vector<std::vector<double>> engine;
    for (const auto& h : belief.hypotheses) {
      auto& states = engine.emplace_back();
      for (const auto& s : h.states) states.push_back(s.p);
    }
    belief.analysts = intel::view_analysts(given, *panel_, engine);
  }
  return std::make_shared<const intel::Belief>(std::move(belief));
}

analysis::StudyOptions RoomCase::study_options() const {
  analysis::StudyOptions out;
  out.futures = options_.game_futures;
  out.seed = options_.seed;
  out.threads = options_.threads;
  return out;
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
    return with_analysts(given, assessor_->belief());
  } catch (...) {
    assessor_ = nullptr;  // it may be half changed
    throw;
  }
}

void RoomCase::remember(std::shared_ptr<const intel::Belief> whole) {
  constexpr std::size_t most = 4;
  for (const auto& known : wholes_) {
    if (known->case_digest == whole->case_digest) return;
  }
  wholes_.push_back(std::move(whole));
  if (wholes_.size() > most) wholes_.pop_front();
}

void RoomCase::install(const Case& given, std::shared_ptr<const intel::Belief> belief) {
  auto next = now()->next();
  next->given = std::make_shared<const Case>(given);
  if (next->whole) {
    next->last_whole = next->belief;
    remember(next->belief);
  }
  next->belief = std::move(belief);
  next->whole = next->reasons = false;
  for (const auto& known : wholes_) {  // it was assessed before: a change taken back, say
    if (known->case_digest != given.digest) continue;
    next->belief = with_analysts(given, *known);  // theirs may be others than then
    next->whole = next->reasons = true;
    next->last_whole = nullptr;
  }
  // A change that is taken back leaves what stemmed from the case before it as good as new.
  next->futures_old = next->futures && next->futures->case_digest != given.digest;
  next->comparison_old = next->comparison && !weighed_of(*next->comparison, given);
  next->studies_old = next->studies && !made_of(*next->studies, given);
  next->brief_old = next->brief && next->comparison_old;
  const bool whole = next->whole;
  show(std::move(next), "belief");
  if (whole) judge("assess");
}

Changed RoomCase::change(const User& who, const Change& change) {
  const std::lock_guard lock(changing_);
  const auto before = now();
  if (!before->given) throw Refusal(409, "the case cannot be read; mend its files first");
  auto changes = standing();
  changes.push_back(change);
  const Case given = read(changes);
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
  const Case given = read(all);
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
  const Case given = read(rest);
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
