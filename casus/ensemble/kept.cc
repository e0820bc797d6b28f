// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/kept.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <system_error>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/ensemble/csv_file.h"
#include "casus/ensemble/futures_file.h"
#include "casus/ensemble/gather.h"
#include "casus/ensemble/player.h"

namespace casus::ensemble {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Tells one build of the program from another, whose shards might differ.
const std::string& program_digest() {
  static const std::string digest = [] {
    const std::string program = read_file("/proc/self/exe");
    const std::uint64_t sum = checksum(std::as_bytes(std::span(program)));
    return casus::digest(std::to_string(sum));
  }();
  return digest;
}

/// What a run is, as its folder says it; the hash of the text is the run's key.
Json described_run(const casefile::Case& given, const intel::Belief& belief,
                   const RunRequest& request) {
  const PlayOptions& p = request.play;
  return {{"version", belief.version},
          {"program", program_digest()},
          {"case", given.id},
          {"case_digest", given.digest},
          {"belief_digest", digest_of(belief)},
          {"seed", p.seed},
          {"weeks", p.weeks.value_or(given.horizon_weeks)},
          {"futures", p.futures},
          {"options", options_to_play(given, p)},
          {"trajectories", p.trajectories},
          {"variables", p.variables},
          {"every", p.every},
          {"summary", p.summary},
          {"sampling", name_of(p.sampling.kind)},
          {"noises", p.sampling.noises},
          {"cube", p.sampling.cube},
          {"until_error", p.until_error.value_or(0.0)},
          {"error_of", p.error_of},
          {"shard", fitting_shard(p)},
          {"deflate", request.file.deflate}};
}

RunRequest request_of(const Json& run) {
  RunRequest r;
  r.play.seed = run.at("seed");
  r.play.weeks = run.at("weeks").get<int>();
  r.play.futures = run.at("futures");
  r.play.options = run.at("options").get<std::vector<std::string>>();
  r.play.trajectories = run.at("trajectories");
  r.play.variables = run.at("variables").get<std::vector<std::string>>();
  r.play.every = run.at("every");
  r.play.summary = run.at("summary");
  r.play.sampling.kind = sampling_named(run.at("sampling").get<std::string>()).value();
  r.play.sampling.noises = run.at("noises");
  r.play.sampling.cube = run.at("cube");
  if (const double error = run.at("until_error"); error > 0.0) r.play.until_error = error;
  r.play.error_of = run.at("error_of");
  r.play.shard = run.at("shard");
  r.file.deflate = run.at("deflate");
  r.file.summary = r.play.summary;
  return r;
}

fs::path folder_named(const fs::path& file, const std::string& key) {
  return file.parent_path() / (file.stem().string() + "." + key + ".parts");
}

/// The folder of a run, made by rank 0 and seen by all.
class Place {
 public:
  Place(const Json& run, const fs::path& file, Team& team)
      : key_(digest(run.dump())), folder_(folder_named(file, key_)) {
    if (team.rank() == 0) {
      const FolderStore store = this->store();
      lock();
      store.sweep();
      write_file(folder_ / "run.json", run.dump(2) + "\n");
    }
    team.meet();
    if (!fs::exists(folder_ / "run.json")) {
      throw IoError(IoError::Kind::uncreatable,
                    folder_.string() + ": not seen by all ranks; write to a folder they share");
    }
  }
  ~Place() {
    if (lock_ >= 0) ::close(lock_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] FolderStore store() const { return {folder_, number()}; }
  void remove() const {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

 private:
  [[nodiscard]] std::uint64_t number() const { return key_of(key_); }

  /// Held as long as the program lives, however it ends.
  void lock() {
    lock_ = ::open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
    throw IoError(IoError::Kind::uncreatable,
                  folder_.string() + ": another program is playing this run");
  }

  std::string key_;
  fs::path folder_;
  int lock_ = -1;
};

/// Writes the finished options of a run; `about` names these alone. Returns how often values of
/// them were brought back into their range.
world::Clamps write_parts(const casefile::Case& given, const Futures& about, const Parts& parts,
                          const Cut& cut, std::span<const std::size_t> options,
                          const RunRequest& request, const Keeping& keeping) {
  FuturesFile file(keeping.file, about, given, request.file);
  std::optional<CsvFile> csv;
  if (keeping.csv) csv.emplace(*keeping.csv, about);
  Receivers to;
  world::Clamps clamps;
  to.results = [&](std::size_t o, std::size_t first, const Shard& s) {
    file.results(o, first, s);
    clamps.clamped += s.clamps;
    clamps.updates += s.updates;
  };
  to.figures = [&](std::size_t o, const std::vector<Figures>& f) { file.figures(o, f); };
  to.trajectories = [&](std::size_t o, std::size_t first, std::size_t count,
                        std::span<const float> weekly, std::size_t futures) {
    file.trajectories(o, first, count, weekly, futures);
    if (csv) csv->trajectories(o, first, count, weekly, futures);
  };
  hand_over(parts, cut, options, about.trajectories, to);
  if (csv) csv->close();
  file.close();
  return clamps;
}

std::vector<std::size_t> counted(std::size_t n) {
  std::vector<std::size_t> out(n);
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

}  // namespace

fs::path folder_of(const casefile::Case& given, const intel::Belief& belief,
                   const RunRequest& request, const fs::path& file) {
  return folder_named(file, digest(described_run(given, belief, request).dump()));
}

Played play_to_file(const casefile::Case& given, const intel::Belief& belief,
                    const RunRequest& request, const Keeping& keeping) {
  check_play(request.play);
  Alone alone;
  Team& team = keeping.team != nullptr ? *keeping.team : alone;
  static_cast<void>(described(given, belief, request.play));  // refused before a folder is made
  if (request.play.until_error) check_precision(given, request.play);
  const Place place(described_run(given, belief, request), keeping.file, team);
  FolderStore store = place.store();
  Played out;
  PlayOptions how = request.play;
  if (how.until_error) {
    out.precision = play_until_precise(given, belief, how, store, team);
    how = first_of(how, out.precision->futures);
  }
  const Futures about = described(given, belief, how);
  Player player(given, belief, how, about, store, team);
  player.play();
  out.futures = about;
  // What was found lying there, but for what this program put there on the way.
  const std::size_t own = out.precision ? out.precision->played : 0;
  out.kept = player.kept() - std::min(player.kept(), own);
  if (team.rank() == 0) {
    const Parts parts(store, sizes_of(about, given));
    const Cut cut{about.futures, fitting_shard(how)};
    const world::Clamps clamps =
        write_parts(given, about, parts, cut, counted(about.options.size()), request, keeping);
    for (std::size_t o = 0; o < about.options.size(); ++o) {
      const auto all = parts.figures(o);
      out.outcomes.emplace_back(all.end() - static_cast<std::ptrdiff_t>(about.measures.size()),
                                all.end());
    }
    if (keeping.gather) out.futures = gathered(about, parts, cut, PlayOptions{}.trajectories);
    out.futures.clamps = clamps.clamped;
    out.futures.updates = clamps.updates;
    place.remove();
  }
  team.meet();
  return out;
}

std::vector<Unfinished> unfinished_runs(const casefile::Case& given, const intel::Belief& belief,
                                        const fs::path& file) {
  std::vector<fs::path> folders;
  std::error_code none;
  const fs::path where = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (const auto& entry : fs::directory_iterator(where, none)) {
    if (entry.path().extension() == ".parts") folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  std::vector<Unfinished> out;
  for (const fs::path& folder : folders) {
    try {
      const Json run = Json::parse(read_file(folder / "run.json"));
      const RunRequest request = request_of(run);
      const bool same = described_run(given, belief, request) == run &&
                        folder.filename() == folder_of(given, belief, request, file).filename();
      if (same) out.push_back({folder, request});
    } catch (const std::exception&) {
      // another program's, or killed before it said what it is
    }
  }
  return out;
}

std::vector<std::string> write_partial(const casefile::Case& given, const intel::Belief& belief,
                                       const Unfinished& run, const fs::path& file) {
  if (run.request.play.until_error) return {};  // nobody knows yet how many futures it takes
  Futures about = described(given, belief, run.request.play);
  FolderStore store(run.folder, key_of(digest(described_run(given, belief, run.request).dump())));
  Parts parts(store, sizes_of(about, given));
  const Cut cut{about.futures, fitting_shard(run.request.play)};
  std::vector<std::size_t> whole;
  for (std::size_t o = 0; o < about.options.size(); ++o) {
    if (parts.has_figures(o)) whole.push_back(o);
  }
  std::vector<std::string> ids;
  for (const std::size_t o : whole) ids.push_back(about.options[o]);
  if (ids.empty()) return ids;
  about.options = ids;
  static_cast<void>(write_parts(given, about, parts, cut, whole, run.request, {file}));
  return ids;
}

}  // namespace casus::ensemble
