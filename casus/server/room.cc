// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/room.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/server/room_case.h"

namespace casus::server {

Room::Room(RoomOptions options)
    : options_(std::move(options)), store_(options_.state / "room.sqlite") {
  for (const auto& given : options_.cases) {
    auto made = std::make_unique<RoomCase>(given, options_, store_, hub_);
    for (const auto& other : cases_) {
      if (other->name() != made->name()) continue;
      Problem p;
      p.file = given.generic_string();
      p.message = fmt::format("the room holds a case '{}' already", made->name());
      p.hint = "rename one of the folders";
      throw CaseError({p});
    }
    cases_.push_back(std::move(made));
  }
  jobs_ = std::make_unique<Jobs>(
      hub_, [this](const Job& job, Progress& progress) { find(job.where).work(job, progress); });
  if (!options_.assess) return;
  for (const auto& c : cases_) {
    if (c->now()->given && !c->now()->whole) {
      Job job;
      job.where = c->name();
      job.who = "room";
      jobs_->ask(job);
    }
  }
}

Room::~Room() { jobs_ = nullptr; }

RoomCase& Room::find(const std::string& name) const {
  for (const auto& c : cases_) {
    if (c->name() == name) return *c;
  }
  throw Refusal(404, "no such case");
}

std::vector<std::shared_ptr<const Snapshot>> Room::all() const {
  std::vector<std::shared_ptr<const Snapshot>> out;
  for (const auto& c : cases_) out.push_back(c->now());
  return out;
}

std::shared_ptr<const Snapshot> Room::at(const std::string& name) const { return find(name).now(); }

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
  auto out = find(name).change(who, change);
  ask_for_the_whole(*jobs_, name, who);
  return out;
}

Changed Room::what_if(const std::string& name, const std::vector<Change>& changes) {
  return find(name).what_if(changes);
}

Changed Room::undo(const std::string& name, const User& who, std::optional<long long> id) {
  auto out = find(name).undo(who, id);
  ask_for_the_whole(*jobs_, name, who);
  return out;
}

void Room::look_at_files() {
  for (const auto& c : cases_) {
    if (!c->look_at_files() || !c->now()->given || c->now()->whole) continue;
    if (options_.assess) ask_for_the_whole(*jobs_, c->name(), {"room", Role::admin});
  }
}

}  // namespace casus::server
