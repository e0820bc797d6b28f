// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/room.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/server/room_case.h"

namespace casus::server {

namespace {

constexpr std::size_t most_branches = 8;  // of one case: each keeps its futures in memory
constexpr std::size_t longest_name = 80;

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::string& message) {
  Problem p;
  p.file = folder.generic_string();
  p.message = message;
  p.hint = "rename the folder";
  throw CaseError({p});
}

void must_be_a_name(const std::string& title) {
  const bool shown = std::all_of(title.begin(), title.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7f';
  });
  const bool blank = title.find_first_not_of(' ') == std::string::npos;
  if (!blank && title.size() <= longest_name && shown) return;
  throw Refusal(400, fmt::format("a branch has a name of 1 to {} characters", longest_name));
}

}  // namespace

Room::Room(RoomOptions options)
    : options_(std::move(options)), store_(options_.state / "room.sqlite") {
  for (const auto& given : options_.cases) {
    auto made = std::make_shared<RoomCase>(given, options_, store_, hub_);
    const std::string name = made->name();
    if (name.find('~') != std::string::npos) {
      refuse(given, "a case whose name holds '~' would pass for a branch");
    }
    for (const auto& other : cases_) {
      if (other->name() == name) {
        refuse(given, fmt::format("the room holds a case '{}' already", name));
      }
    }
    cases_.push_back(std::move(made));
    for (const Branch& b : store_.branches(name)) {
      cases_.push_back(std::make_shared<RoomCase>(given, options_, store_, hub_, b));
    }
  }
  jobs_ = std::make_unique<Jobs>(
      hub_, [this](const Job& job, Progress& progress) { find(job.where)->work(job, progress); });
  if (!options_.assess) return;
  for (const auto& c : list()) {
    if (c->now()->given && !c->now()->whole) {
      Job job;
      job.where = c->name();
      job.who = "room";
      jobs_->ask(job);
    }
  }
}

Room::~Room() { jobs_ = nullptr; }

Room::Cases Room::list() const {
  const std::lock_guard lock(mutex_);
  return cases_;
}

std::shared_ptr<RoomCase> Room::find(const std::string& name) const {
  for (const auto& c : list()) {
    if (c->name() == name) return c;
  }
  throw Refusal(404, name.find('~') == std::string::npos ? "no such case" : "no such branch");
}

std::vector<std::shared_ptr<const Snapshot>> Room::all() const {
  std::vector<std::shared_ptr<const Snapshot>> out;
  for (const auto& c : list()) out.push_back(c->now());
  return out;
}

std::shared_ptr<const Snapshot> Room::at(const std::string& name) const {
  return find(name)->now();
}

Branch Room::branch(const std::string& name, const User& who, const std::string& title) {
  must_be_a_name(title);
  const auto base = find(name);
  if (store_.branches(name).size() >= most_branches) {
    throw Refusal(409, fmt::format("a case has {} branches at most; drop one", most_branches));
  }
  const auto made = base->make_branch(who, title);
  {
    const std::lock_guard lock(mutex_);
    auto at = std::find(cases_.begin(), cases_.end(), base);
    do ++at;
    while (at != cases_.end() && (*at)->now()->branch);
    cases_.insert(at, made);
  }
  hub_.tell("case", fmt::format("{{\"case\":\"{}\"}}", made->name()));
  return *made->now()->branch;
}

std::shared_ptr<RoomCase> Room::own_branch(const std::string& name, long long branch,
                                           const User& who) const {
  auto found = find(fmt::format("{}~{}", name, branch));
  const auto now = found->now();
  if (now->branch->who != who.name && who.role != Role::admin) {
    throw Refusal(
        403, fmt::format("{} made that branch; only an admin may do this to it", now->branch->who));
  }
  return found;
}

Branch Room::rename(const std::string& name, long long branch, const User& who,
                    const std::string& title) {
  must_be_a_name(title);
  const auto found = own_branch(name, branch, who);
  found->rename(who, title);
  return *found->now()->branch;
}

void Room::drop(const std::string& name, long long branch, const User& who) {
  const auto found = own_branch(name, branch, who);
  store_.drop(*found->now()->branch, who);
  {
    const std::lock_guard lock(mutex_);
    cases_.erase(std::remove(cases_.begin(), cases_.end(), found), cases_.end());
  }
  for (const Job& job : jobs_->list(found->name())) {
    if (job.state < Job::State::done) jobs_->cancel(job.id);
  }
  std::error_code ignored;
  std::filesystem::remove_all(found->folder(), ignored);
  hub_.tell("case", fmt::format("{{\"case\":\"{}\"}}", found->name()));
}

namespace {

// What the reasons, the path and the places need after every change.
void ask_for_the_whole(Jobs& jobs, const std::string& name, const User& who) {
  Job job;
  job.where = name;
  job.who = who.name;
  jobs.ask(job);
}

}  // namespace

Changed Room::change(const std::string& name, const User& who, const Change& change) {
  auto out = find(name)->change(who, change);
  ask_for_the_whole(*jobs_, name, who);
  return out;
}

Changed Room::what_if(const std::string& name, const std::vector<Change>& changes) {
  return find(name)->what_if(changes);
}

Changed Room::undo(const std::string& name, const User& who, std::optional<long long> id) {
  auto out = find(name)->undo(who, id);
  ask_for_the_whole(*jobs_, name, who);
  return out;
}

void Room::look_at_files() {
  for (const auto& c : list()) {
    if (!c->look_at_files() || !c->now()->given || c->now()->whole) continue;
    if (options_.assess) ask_for_the_whole(*jobs_, c->name(), {"room", Role::admin});
  }
}

}  // namespace casus::server
