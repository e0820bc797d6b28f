// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "casus/analysis/comparison.h"
#include "casus/analysis/studies.h"
#include "casus/base/error.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/futures.h"
#include "casus/intel/belief.h"
#include "casus/server/message.h"
#include "casus/server/store.h"

namespace casus::server {

/// A view as it is sent: worked out once, kept with its tag.
struct View {
  Body body, packed;
  std::string etag;
};
[[nodiscard]] View view_of(std::string text);

/// A case as the pages show it at one moment. Its values never change once it is shown; only the
/// views worked out from them are added. Safe to read from several threads.
///
/// Values are shared between one moment and the next, and with whoever is being answered, hence
/// `shared_ptr` (docs/decisions/0018-room.md).
struct Snapshot {
  std::string name;              ///< of the case's folder, or of the branch; stands in addresses
  std::optional<Branch> branch;  ///< nothing: it is the case that all share
  long long moment = 0;  ///< counts what was shown of this case since the start of the program
  std::vector<Problem> problems;                ///< of the files as they are now
  std::shared_ptr<const casefile::Case> given;  ///< null: it could not be read yet
  std::shared_ptr<const intel::Belief> belief;  ///< null: not assessed yet
  bool whole = false;                           ///< the belief has all that `assess` says
  bool reasons = false;  ///< it has ranges, weights and path; else only posteriors and P(true)
  std::shared_ptr<const intel::Belief> last_whole;  ///< of the same places and forces; may be null
  std::shared_ptr<const ensemble::Futures> futures;
  std::shared_ptr<const analysis::Comparison> comparison;
  std::shared_ptr<const analysis::Studies> studies;
  std::shared_ptr<const std::string> brief;
  std::shared_ptr<const std::string> brief_data;  ///< what the brief was made of; may be null
  /// The case and belief that these stem from are no longer those above.
  bool futures_old = false, comparison_old = false, studies_old = false, brief_old = false;

  /// The view called `key`, made at the first call. Who asks for the same one meanwhile waits for
  /// it; who asks for another does not.
  [[nodiscard]] View view(const std::string& key, const std::function<std::string()>& make) const;
  /// As this one, but for its views, to be changed and shown next.
  [[nodiscard]] std::shared_ptr<Snapshot> next() const;

 private:
  struct Slot {
    std::once_flag once;
    View view;
  };
  struct Views {
    std::mutex mutex;  ///< of the map alone; held by nobody who makes a view
    std::map<std::string, std::shared_ptr<Slot>> by_key;
  };
  std::shared_ptr<Views> views_ = std::make_shared<Views>();
};

}  // namespace casus::server
