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
#include "casus/ensemble/figures.h"
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

/// What every run has: of which case, belief and program it is.
Json origin_of(const casefile::Case& given, const intel::Belief& belief) {
  return {{"version", belief.version},
          {"program", program_digest()},
          {"case", given.id},
          {"case_digest", given.digest},
          {"belief_digest", digest_of(belief)}};
}

/// What a run is, as its folder says it; the hash of the text is the run's key.
Json described_run(const casefile::Case& given, const intel::Belief& belief,
                   const RunRequest& request) {
  const PlayOptions& p = request.play;
  Json run = origin_of(given, belief);
  run.update(Json{{"seed", p.seed},
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
                  {"deflate", request.file.deflate}});
  return run;
}

/// What a design is, likewise.
Json described_design(const casefile::Case& given, const intel::Belief& belief,
                      const PlayOptions& options, const DesignRequest& request) {
  Json run = origin_of(given, belief);
  run.update(Json{{"seed", options.seed},
                  {"weeks", options.weeks.value_or(given.horizon_weeks)},
                  {"options", options_to_play(given, options)},
                  {"design", request.kind == DesignKind::morris ? "morris" : "saltelli"},
                  {"rows", request.rows},
                  {"over", request.over}});
  return run;
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
  /// @param run  what shapes the run; its hash is the key. @param beside  what does not.
  Place(const Json& run, const fs::path& file, Team& team, const Json& beside = Json::object())
      : key_(digest(run.dump())), folder_(folder_named(file, key_)) {
    if (team.rank() == 0) {
      const FolderStore store = this->store();
      lock();
      store.sweep();
      Json all = run;
      all.update(beside);
      write_file(folder_ / "run.json", all.dump(2) + "\n");
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

/// Writes what is there of a run; `about` names these options alone. Returns how often values of
/// them were brought back into their range.
world::Clamps write_parts(const casefile::Case& given, const Futures& about, const Kept& kept,
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
  Steps steps(request.play, "writing", "shards", kept.options.size() * kept.cut.shards());
  to.shard = [&] { steps.done_one(); };
  hand_over(kept, to);
  if (csv) csv->close();
  file.close();
  return clamps;
}

/// Shows what every folder of parts says it is, by name of folder.
template <class Show>
void each_run(const fs::path& where, const Show& show) {
  std::vector<fs::path> folders;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(where.empty() ? fs::path(".") : where, none)) {
    if (entry.path().extension() == ".parts") folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  for (const fs::path& folder : folders) {
    try {
      show(folder, Json::parse(read_file(folder / "run.json")));
    } catch (const std::exception&) {
      // of another kind or another program, or killed before it said what it is
    }
  }
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
  if (keeping.csv && team.rank() == 0) check_csv(*keeping.csv);
  Json beside = Json::object();
  if (keeping.csv) beside["csv"] = fs::absolute(*keeping.csv).string();
  const Place place(described_run(given, belief, request), keeping.file, team, beside);
  FolderStore folder = place.store();
  LateStore late(folder, keeping.late);
  Store& store = team.size() > 1 ? static_cast<Store&>(folder) : late;
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
    const Kept whole{parts, cut, counted(about.options.size()), about.trajectories};
    const world::Clamps clamps = write_parts(given, about, whole, request, keeping);
    for (std::size_t o = 0; o < about.options.size(); ++o) {
      const auto all = parts.figures(o);
      out.outcomes.emplace_back(all.end() - static_cast<std::ptrdiff_t>(about.measures.size()),
                                all.end());
    }
    if (keeping.gather) {
      Steps steps(request.play, "reading", "shards", about.options.size() * cut.shards());
      out.futures =
          gathered(about, parts, cut, PlayOptions{}.trajectories, [&] { steps.done_one(); });
    }
    out.futures.clamps = clamps.clamped;
    out.futures.updates = clamps.updates;
    late.forget();
    place.remove();
  }
  team.meet();
  return out;
}

std::uintmax_t disk_taken(const casefile::Case& given, const intel::Belief& belief,
                          const RunRequest& request, const Lateness& late) {
  const Futures about = described(given, belief, request.play);
  const Sizes sizes = sizes_of(about, given);
  const std::uintmax_t options = about.options.size(), futures = about.futures;
  const std::uintmax_t weeks = sizeof(float) * sizes.series * sizes.weeks;  // of a future
  const std::uintmax_t results =
      sizeof(float) * (options * (sizes.measures + sizes.questions + sizes.signposts) +
                       sizes.knobs + sizes.hypotheses);
  const std::uintmax_t whole = weeks * about.trajectories * options;  // of options done
  const std::uintmax_t held = weeks * futures * (request.play.until_error ? options : 1);
  const std::uintmax_t parts = std::max(whole, held) + results * futures;
  const std::uintmax_t file = whole + (request.file.summary ? 0 : results * futures);
  return parts - std::min<std::uintmax_t>(parts, late.bytes) + file;
}

std::vector<Unfinished> unfinished_runs(const casefile::Case& given, const intel::Belief& belief,
                                        const fs::path& file) {
  std::vector<Unfinished> out;
  each_run(file.parent_path(), [&](const fs::path& folder, Json run) {
    std::optional<fs::path> csv;
    if (run.contains("csv")) csv = run.at("csv").get<std::string>();
    run.erase("csv");
    const RunRequest request = request_of(run);
    const bool same = described_run(given, belief, request) == run &&
                      folder.filename() == folder_of(given, belief, request, file).filename();
    if (same) out.push_back({folder, request, csv});
  });
  return out;
}

std::vector<UnfinishedDesign> unfinished_designs(const casefile::Case& given,
                                                 const intel::Belief& belief,
                                                 const fs::path& where) {
  std::vector<UnfinishedDesign> out;
  each_run(where, [&](const fs::path& folder, const Json& run) {
    UnfinishedDesign d{folder, {}, {}};
    d.play.seed = run.at("seed");
    d.play.weeks = run.at("weeks").get<int>();
    d.play.options = run.at("options").get<std::vector<std::string>>();
    d.request.kind = run.at("design") == "morris" ? DesignKind::morris : DesignKind::saltelli;
    d.request.rows = run.at("rows");
    d.request.over = run.at("over").get<std::vector<std::string>>();
    if (described_design(given, belief, d.play, d.request) == run) out.push_back(std::move(d));
  });
  return out;
}

namespace {

/// What is there of an unfinished run: options by index, and so many futures of each.
struct There {
  std::vector<std::size_t> options;
  std::size_t futures = 0;
};

There there_is(Parts& parts, const Cut& cut, const Futures& about, const RunRequest& request) {
  const PlayOptions& how = request.play;
  There whole, begun;
  begun.futures = cut.futures;
  for (std::size_t o = 0; o < about.options.size(); ++o) {
    const bool have = parts.has_figures(o);
    if (have && !how.until_error) whole.options.push_back(o);
    std::size_t shards = 0;
    const auto lies = [&](std::size_t s) {
      return parts.has_results(o, s, cut.count(s)) && (have || parts.has_weeks(o, s, cut.count(s)));
    };
    while (shards < cut.shards() && lies(shards)) ++shards;
    if (shards == 0) continue;
    begun.options.push_back(o);
    begun.futures = std::min(begun.futures, std::min(shards * cut.shard, cut.futures));
  }
  whole.futures = cut.futures;
  if (!whole.options.empty()) return whole;
  if (how.until_error && begun.options.size() == about.options.size()) {
    std::size_t look = first_look(how.sampling.noises);
    while (2 * look <= begun.futures) look *= 2;
    if (look < begun.futures && begun.futures < cut.futures) begun.futures = look;
  }
  while (begun.futures > 0 && !trouble_with(how.sampling, begun.futures).empty())
    begun.futures -= std::min(begun.futures, cut.shard);
  if (begun.futures == 0) begun.options.clear();
  return begun;
}

}  // namespace

Partial write_partial(const casefile::Case& given, const intel::Belief& belief,
                      const Unfinished& run, const fs::path& file) {
  const Futures all = described(given, belief, run.request.play);
  FolderStore store(run.folder, key_of(digest(described_run(given, belief, run.request).dump())));
  Parts parts(store, sizes_of(all, given));
  const std::size_t shard = fitting_shard(run.request.play);
  const There there = there_is(parts, {all.futures, shard}, all, run.request);
  if (there.options.empty()) return {};
  PlayOptions how = run.request.play;
  how.options.clear();
  for (const std::size_t o : there.options) how.options.push_back(all.options[o]);
  how.futures = there.futures;
  const Futures about = described(given, belief, how);
  Kept kept{parts, {there.futures, shard}, there.options, about.trajectories};
  kept.figures = [&](std::size_t o) {
    return parts.has_figures(o) ? parts.figures(o)
                                : figures_of({parts, kept.cut, about, o}, run.request.play);
  };
  static_cast<void>(write_parts(given, about, kept, run.request, {file}));
  return {about.options, there.futures};
}

void play_design_kept(const casefile::Case& given, const intel::Belief& belief,
                      const PlayOptions& options, const DesignRequest& request,
                      const fs::path& file, const std::function<void(const DesignRun&)>& write) {
  Alone alone;
  check_design(given, belief, request);  // refused before a folder is made
  const Place place(described_design(given, belief, options, request), file, alone);
  FolderStore store = place.store();
  write(play_design(given, belief, options, request, &store));
  place.remove();
}

}  // namespace casus::ensemble
