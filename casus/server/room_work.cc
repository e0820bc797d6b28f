// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The stages of a case as jobs of the room.
#include <fmt/format.h>

#include <utility>

#include "casus/analysis/forecast.h"
#include "casus/base/file.h"
#include "casus/brief/brief.h"
#include "casus/ensemble/kept.h"
#include "casus/ensemble/trace.h"
#include "casus/server/room_case.h"
#include "casus/server/views.h"

namespace casus::server {
namespace {

void leave_if(const Progress& progress) {
  if (progress.cancelled()) throw ensemble::Cancelled();
}

// Passes the steps of a stage on, a name at a time.
class Passing {
 public:
  explicit Passing(Progress& to) : to_(&to) {}
  void operator()(std::string_view name, std::size_t done, std::size_t total) {
    const std::lock_guard lock(mutex_);
    if (name != name_) to_->step(name_ = name);
    if (total > 0) to_->show(done, total);
  }

 private:
  Progress* to_;
  std::mutex mutex_;
  std::string name_;
};

}  // namespace

void RoomCase::work(const Job& job, Progress& progress) {
  if (!now()->given) throw Refusal(409, "the case cannot be read; mend its files first");
  switch (job.stage) {
    case Job::Stage::assess:
      assess(progress);
      break;
    case Job::Stage::play:
      play(job, progress);
      break;
    case Job::Stage::weigh:
      if (!now()->futures || now()->futures_old) play(job, progress);
      weigh(progress);
      if (!now()->studies || now()->studies_old) study(progress);
      break;
    case Job::Stage::study:
      study(progress);
      break;
    case Job::Stage::brief:
      if (!now()->futures || now()->futures_old) play(job, progress);
      if (!now()->comparison || now()->comparison_old) weigh(progress);
      if (!now()->studies || now()->studies_old) study(progress);
      brief(progress);
      break;
  }
}

void RoomCase::assess(Progress& progress) {
  progress.step("assessing");
  std::shared_ptr<const casefile::Case> given;
  std::string files;
  intel::NumbersMemory memory;
  {
    const std::lock_guard lock(changing_);
    if (now()->whole && now()->belief->case_digest == now()->given->digest) return;
    given = now()->given;
    files = files_;
    memory = std::exchange(memory_, {});
  }
  intel::AssessOptions how;
  how.threads = options_.threads;
  how.seed = options_.seed;
  struct Overtaken {};  // the case changed meanwhile: another job waits
  intel::PartsTold told;
  told.between = [&] {
    leave_if(progress);
    if (now()->given->digest != given->digest) throw Overtaken();
  };
  told.reasons = [&](const intel::Belief& so_far) {
    const std::lock_guard lock(changing_);
    if (now()->given->digest != given->digest) throw Overtaken();
    auto next = now()->next();
    next->belief = with_analysts(*given, so_far);
    next->reasons = true;
    show(std::move(next), "belief");
    progress.step("placing the forces");
  };
  intel::Belief belief;
  try {
    belief = intel::assess_in_parts(*given, how, told, memory);
  } catch (const Overtaken&) {
    return;
  }
  leave_if(progress);
  {
    const std::lock_guard lock(changing_);  // whoever edits analysts.yaml waits
    belief.analysts = with_analysts(*given, belief)->analysts;
  }
  write_file(folder_ / "belief.json", intel::to_json(belief, *given));
  std::shared_ptr<Snapshot> next;
  {
    const std::lock_guard lock(changing_);
    if (files_ == files) memory_ = std::move(memory);
    if (now()->given->digest != given->digest) return;
    next = now()->next();
    next->belief = with_analysts(*given, std::move(belief));
    next->whole = next->reasons = true;
    next->last_whole = nullptr;
    remember(next->belief);
    take_what_fits(*next);
    show(next, "belief");
    judge("assess");
    if (!assessor_) (void)posteriors(*given);  // the next change goes on from it
  }
  // What everybody asks for next.
  (void)next->view("belief", [&] { return belief_json(*next); });
  (void)next->view("picture", [&] { return picture_json(*next); });
  (void)next->view("reports", [&] { return reports_json(*next); });
}

// A change that was taken back after a new start: what was made before it lies on the disk.
void RoomCase::take_what_fits(Snapshot& into) {
  if (into.futures && !into.futures_old) return;
  const auto found = into.next();
  read_stages(*found);
  if (!found->futures || found->futures_old) return;
  into.futures = found->futures;
  into.comparison = found->comparison;
  into.brief = found->brief;
  into.brief_data = found->brief_data;
  into.futures_old = false;
  into.comparison_old = !weighed_of(*into.comparison, *into.given);
  into.brief_old = found->brief_old || into.comparison_old;
}

void RoomCase::play(const Job& job, Progress& progress) {
  if (!now()->whole) assess(progress);
  leave_if(progress);
  progress.step("playing");
  const auto from = now();
  if (!from->belief) throw Refusal(409, "the case changed while it was assessed; ask again");
  ensemble::PlayOptions how;
  // A branch is held against the case it stems from: as many futures, hence the same luck.
  const auto usual = from->branch && from->futures ? from->futures->futures : options_.futures;
  how.futures = job.futures > 0 ? job.futures : usual;
  how.seed = options_.seed;
  how.threads = options_.threads;
  how.cancelled = [&] { return progress.cancelled(); };
  Passing passing(progress);
  how.progress = [&](const ensemble::Progress& p) { passing("playing", p.done, p.total); };
  how.other = [&](const ensemble::Step& s) { passing(s.name, s.done, s.total); };
  auto played = ensemble::play_to_file(*from->given, *from->belief, {how, {}},
                                       {.file = folder_ / "futures.nc", .gather = true});
  const std::lock_guard lock(changing_);
  auto next = now()->next();
  next->futures = std::make_shared<const ensemble::Futures>(std::move(played.futures));
  next->futures_old = next->given->digest != from->given->digest;
  next->comparison_old = next->comparison != nullptr;
  next->brief_old = next->brief != nullptr;
  show(std::move(next), "futures");
}

void RoomCase::weigh(Progress& progress) {
  leave_if(progress);
  progress.step("weighing");
  const auto from = now();
  if (from->futures_old) throw Refusal(409, "the case changed while it was played; ask again");
  analysis::WeighOptions how;
  how.seed = options_.seed;
  how.threads = options_.threads;
  how.weightings = casefile::load_weightings(given_, *from->given);
  how.cancelled = [&] { return progress.cancelled(); };
  Passing passing(progress);
  how.progress = [&](const ensemble::Step& s) { passing(s.name, s.done, s.total); };
  auto comparison = analysis::weigh(*from->given, *from->belief, *from->futures, how);
  leave_if(progress);
  write_file(folder_ / "answers.json",
             analysis::answers_to_json(analysis::forecast_answers(*from->given, *from->futures)));
  const std::lock_guard lock(changing_);
  weightings_ = how.weightings.digest;
  auto next = now()->next();
  next->comparison = std::make_shared<const analysis::Comparison>(std::move(comparison));
  next->comparison_old = !weighed_of(*next->comparison, *next->given);
  next->brief_old = next->brief != nullptr;
  keep_comparison(*next);
  show(std::move(next), "comparison");
  judge("weigh");
}

// As `casus weigh` leaves it: with the studies in it where they are of the same case.
void RoomCase::keep_comparison(const Snapshot& s) const {
  std::string text = analysis::to_json(*s.comparison, *s.given);
  if (s.studies && !s.studies_old) text = analysis::with_studies(text, *s.studies);
  write_file(folder_ / "comparison.json", text);
}

void RoomCase::study(Progress& progress) {
  if (!now()->whole) assess(progress);
  leave_if(progress);
  progress.step("looking at games and settlements");
  const auto from = now();
  if (!from->whole) throw Refusal(409, "the case changed while it was assessed; ask again");
  analysis::StudyOptions how = study_options();
  how.cancelled = [&] { return progress.cancelled(); };
  Passing passing(progress);
  how.progress = [&](const std::string& what, std::size_t done, std::size_t total) {
    const bool is_game = what != "settlement" && what != "theories";
    passing(is_game                ? "playing game " + what
            : what == "settlement" ? "settling"
                                   : "rival theories",
            done, total);
  };
  auto made = analysis::study(games_of(*from->given), *from->belief, how);
  write_file(folder_ / "studies.json", analysis::to_json(made.studies));
  const std::lock_guard lock(changing_);
  auto next = now()->next();
  next->studies = std::make_shared<const analysis::Studies>(std::move(made.studies));
  next->studies_old = next->given->digest != from->given->digest;
  next->brief_old = next->brief != nullptr;
  if (next->comparison && !next->comparison_old) keep_comparison(*next);
  show(std::move(next), "studies");
}

void RoomCase::brief(Progress& progress) {
  leave_if(progress);
  progress.step("composing");
  const auto from = now();
  if (from->comparison_old || from->futures_old || from->studies_old) {
    throw Refusal(409, "the case changed while it was weighed; ask again");
  }
  ensemble::PlayOptions how;
  how.seed = options_.seed;
  how.futures = from->futures->futures;
  std::vector<brief::Story> stories;
  const auto& base = from->comparison->options.front();
  for (const auto& [title, future] : {std::pair{"most likely", base.most_likely},
                                      std::pair{"most dangerous", base.most_dangerous}}) {
    stories.push_back({title, base.id, future,
                       ensemble::trace(*from->given, *from->belief, how, base.id, future)});
  }
  std::string page = brief::compose(*from->given, *from->belief, *from->futures, *from->comparison,
                                    stories, from->studies.get());
  write_file(folder_ / "brief.html", page);
  std::string data = brief_data_json(*from);
  write_file(folder_ / "brief.json", data);
  const std::lock_guard lock(changing_);
  auto next = now()->next();
  next->brief = std::make_shared<const std::string>(std::move(page));
  next->brief_data = std::make_shared<const std::string>(std::move(data));
  next->brief_old = next->given->digest != from->given->digest;
  show(std::move(next), "brief");
}

}  // namespace casus::server
