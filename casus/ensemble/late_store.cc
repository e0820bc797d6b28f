// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/late_store.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "casus/base/error.h"

namespace casus::ensemble {

LateStore::~LateStore() {
  std::vector<std::pair<const std::string*, const Young*>> left;
  for (const auto& [name, young] : young_) {
    if (!young.written) left.emplace_back(&name, &young);
  }
  std::ranges::sort(left, {}, [](const auto& one) { return one.second->turn; });
  try {
    for (const auto& [name, young] : left) behind_.put(*name, young->part->all());
  } catch (const std::exception&) {
    // What the program ends with is told already; what could not be written is played again.
  }
}

void LateStore::put(const std::string& name, std::span<const std::byte> bytes) {
  keep(name, {{bytes.begin(), bytes.end()}, {}});
}

void LateStore::give(const std::string& name, Numbers numbers) {
  keep(name, {{}, std::move(numbers)});
}

void LateStore::keep(const std::string& name, Part part) {
  {
    const std::scoped_lock lock(mutex_);
    Young& young = young_[name];
    if (young.part && !young.leaving) bytes_ -= young.part->all().size();
    bytes_ += part.all().size();
    young = {std::make_shared<Part>(std::move(part)), turns_++, Clock::now()};
  }
  write_due();
}

/// The oldest part that is to be written, or to leave while there are too many.
std::map<std::string, LateStore::Young>::iterator LateStore::due() {
  const auto late = Clock::now() - std::chrono::duration<double>(how_.seconds);
  const bool full = bytes_ > how_.bytes;
  auto oldest = young_.end();
  for (auto it = young_.begin(); it != young_.end(); ++it) {
    const Young& y = it->second;
    if (y.busy || !(full || (!y.written && y.since <= late))) continue;
    if (oldest == young_.end() || y.turn < oldest->second.turn) oldest = it;
  }
  return oldest;
}

void LateStore::write_due() {
  for (;;) {
    std::string name;
    Young taken;
    {
      const std::scoped_lock lock(mutex_);
      const auto found = due();
      if (found == young_.end()) return;
      Young& young = found->second;
      young.busy = true;
      young.leaving = bytes_ > how_.bytes;
      if (young.leaving) bytes_ -= young.part->all().size();
      name = found->first;
      taken = young;
    }
    // Others read it and put theirs meanwhile.
    if (!taken.written) behind_.put(name, taken.part->all());
    const std::scoped_lock lock(mutex_);
    const auto found = young_.find(name);
    const bool same = found != young_.end() && found->second.part == taken.part;
    if (!same) {
      behind_.remove(name);
    } else if (taken.leaving) {
      young_.erase(found);
    } else {
      found->second.busy = false;
      found->second.written = true;
    }
    if ((!same || taken.leaving) && taken.part.use_count() == 1)
      spare(std::move(taken.part->numbers));
  }
}

void LateStore::read(const std::string& name, std::size_t offset, std::span<std::byte> to) const {
  std::shared_ptr<const Part> part;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = young_.find(name); found != young_.end()) part = found->second.part;
  }
  if (!part) return behind_.read(name, offset, to);
  CASUS_CHECK(offset + to.size() <= part->all().size());
  if (!to.empty()) std::memcpy(to.data(), part->all().data() + offset, to.size());
}

bool LateStore::sound(const std::string& name, std::size_t bytes) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = young_.find(name);
    if (found != young_.end()) return found->second.part->all().size() == bytes;
  }
  return behind_.sound(name, bytes);
}

void LateStore::remove(const std::string& name) {
  Young gone;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = young_.find(name); found != young_.end()) {
      gone = std::move(found->second);
      young_.erase(found);
      if (!gone.leaving) bytes_ -= gone.part->all().size();
    }
  }
  if (!gone.part || gone.written || gone.busy) behind_.remove(name);
  if (gone.part && gone.part.use_count() == 1) spare(std::move(gone.part->numbers));
}

void LateStore::forget() {
  const std::scoped_lock lock(mutex_);
  young_.clear();
  bytes_ = 0;
}

}  // namespace casus::ensemble
