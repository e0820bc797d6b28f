// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <mutex>

#include "casus/base/error.h"
#include "casus/base/parallel.h"
#include "casus/ensemble/engine.h"
#include "casus/ensemble/summary.h"
#include "casus/world/knob.h"
#include "casus/world/published.h"

namespace casus::ensemble {
namespace {

constexpr std::array<double, 5> quantile_levels = {0.05, 0.25, 0.5, 0.75, 0.95};
constexpr std::size_t most_summarised = 8192;                     ///< futures
constexpr std::size_t most_kept_bytes = std::size_t{384} << 20U;  ///< of first states

bool playable(const casefile::Case& given, const casefile::Option& option) {
  return !option.gated || std::ranges::find(given.gates, option.id) != given.gates.end();
}

std::vector<casefile::OptionId> chosen_options(const casefile::Case& given,
                                               const PlayOptions& how) {
  std::vector<casefile::OptionId> out;
  if (how.options.empty()) {
    for (std::uint32_t i = 0; i < given.options.size(); ++i) {
      if (playable(given, given.options[i])) out.push_back({i});
    }
    return out;
  }
  for (const std::string& id : how.options) out.push_back(playable_option(given, id));
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Fills a `Futures` option by option, block by block; every thread writes only its own places.
class Player {
 public:
  Player(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& how)
      : how_(how),
        given_(given),
        weeks_(how.weeks.value_or(given.horizon_weeks)),
        engine_(make_engine(how.target, given, belief, how.seed, weeks_)),
        options_(chosen_options(given, how)),
        blocks_((how.futures + lanes::width - 1) / lanes::width),
        summarised_(std::min(how.futures, most_summarised)) {
    describe(given, belief);
    reserve();
  }

  Futures play() {
    raw_.resize(out_.series.size() * weeks() * summarised_);
    for (std::size_t o = 0; o < options_.size(); ++o) {
      const auto used = parallel_for(blocks_, how_.threads, [&](std::size_t b) { block(o, b); });
      out_.threads_used = std::max(out_.threads_used, used);
      parallel_for(out_.series.size(), how_.threads, [&](std::size_t s) { summarise(o, s); });
    }
    for (const world::Clamps& c : clamps_) {
      out_.clamps += c.clamped;
      out_.updates += c.updates;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t weeks() const { return static_cast<std::size_t>(out_.weeks); }

  void describe(const casefile::Case& given, const intel::Belief& belief) {
    out_.case_id = given.id;
    out_.case_digest = given.digest;
    out_.version = belief.version;
    out_.belief_digest = digest_of(belief);
    out_.seed = how_.seed;
    out_.weeks = weeks_;
    out_.futures = how_.futures;
    for (const casefile::OptionId o : options_) out_.options.push_back(given.options[o].id);
    for (const auto& m : casefile::measures()) out_.measures.emplace_back(m.name);
    for (const auto& q : given.questions) out_.questions.push_back(q.id);
    for (const SeriesUse& s : engine_->series()) out_.series.push_back(s.series);
    for (const world::Knob& k : world::knobs()) out_.knobs.emplace_back(k.id);
    out_.levels.assign(quantile_levels.begin(), quantile_levels.end());
    out_.trajectories = std::min(how_.trajectories, how_.futures);
  }

  void reserve() {
    const std::size_t n = options_.size();
    out_.outcome.resize(n * out_.futures * out_.measures.size());
    out_.answer.resize(n * out_.futures * out_.questions.size());
    out_.quantile.resize(n * out_.series.size() * weeks() * out_.levels.size());
    out_.mean.resize(n * out_.series.size() * weeks());
    out_.trajectory.resize(n * out_.trajectories * out_.series.size() * weeks());
    out_.knob.resize(out_.futures * out_.knobs.size());
    out_.truth.resize(out_.futures * given_.hypotheses.size());
    clamps_.resize(n * blocks_);
    starts_.resize(blocks_);
  }

  /// What is done with the first state of a block: the same for every option, kept while memory
  /// allows.
  template <class Use>
  void with_first_state(std::size_t b, const Use& use) {
    if (starts_[b]) return use(*starts_[b]);
    std::unique_ptr<const FirstState> state = engine_->start(b);
    use(*state);
    if (options_.size() > 1 && state->bytes() * blocks_ <= most_kept_bytes)
      starts_[b] = std::move(state);
  }

  void block(std::size_t o, std::size_t b) {
    if (how_.cancelled && how_.cancelled()) throw Cancelled();
    with_first_state(b, [&](const FirstState& state) {
      if (o == 0) keep_start(state, b);
      keep_run(o, b, engine_->run(state, options_[o], b));
    });
    tell_progress();
  }

  void keep_run(std::size_t o, std::size_t b, const Run& run) {
    clamps_[o * blocks_ + b] = run.clamps;
    const std::size_t first = b * lanes::width;
    const std::size_t count = std::min(lanes::width, out_.futures - first);
    for (std::size_t lane = 0; lane < count; ++lane) keep(o, first + lane, lane, run);
    keep_weekly(first, run);
  }

  void keep_start(const FirstState& state, std::size_t b) {
    const std::size_t hypotheses = given_.hypotheses.size();
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const std::size_t future = b * lanes::width + lane;
      if (future >= out_.futures) return;
      for (std::size_t k = 0; k < out_.knobs.size(); ++k) {
        out_.knob[future * out_.knobs.size() + k] = state.knob(k, lane);
      }
      const auto truth = engine_->truth(static_cast<std::uint32_t>(future));
      for (std::size_t h = 0; h < hypotheses; ++h) {
        out_.truth[future * hypotheses + h] = static_cast<std::uint8_t>(truth[h]);
      }
    }
  }

  void keep(std::size_t o, std::size_t future, std::size_t lane, const Run& run) {
    const std::size_t row = o * out_.futures + future;
    const std::size_t measures = out_.measures.size();
    for (std::size_t m = 0; m < measures; ++m) {
      out_.outcome[row * measures + m] = run.outcome[m * lanes::width + lane];
    }
    const std::size_t questions = out_.questions.size();
    for (std::size_t q = 0; q < questions; ++q) {
      out_.answer[row * questions + q] = run.answer[q * lanes::width + lane];
    }
    const std::size_t length = out_.series.size() * weeks();
    if (future < out_.trajectories) {
      float* to = out_.trajectory.data() + (o * out_.trajectories + future) * length;
      for (std::size_t i = 0; i < length; ++i) to[i] = run.weekly[i * lanes::width + lane];
    }
  }

  /// The block's weekly values, the lanes of one value side by side.
  void keep_weekly(std::size_t first, const Run& run) {
    if (first >= summarised_) return;
    const std::size_t count = std::min(lanes::width, summarised_ - first);
    for (std::size_t i = 0; i < out_.series.size() * weeks(); ++i) {
      std::copy_n(run.weekly.data() + i * lanes::width, count,
                  raw_.data() + i * summarised_ + first);
    }
  }

  void summarise(std::size_t o, std::size_t s) {
    for (std::size_t w = 0; w < weeks(); ++w) {
      const std::span<float> values(raw_.data() + (s * weeks() + w) * summarised_, summarised_);
      double sum = 0.0;
      for (const float x : values) sum += static_cast<double>(x);
      if (!std::isfinite(sum)) {
        throw InternalError("the published '" + out_.series[s].variable + "' is not finite");
      }
      const std::size_t at = (o * out_.series.size() + s) * weeks() + w;
      out_.mean[at] = static_cast<float>(sum / static_cast<double>(summarised_));
      const std::size_t levels = out_.levels.size();
      quantiles_of(values, out_.levels, {out_.quantile.data() + at * levels, levels});
    }
  }

  void tell_progress() {
    const std::scoped_lock lock(mutex_);
    ++done_;
    if (how_.progress) how_.progress({done_, blocks_ * options_.size()});
  }

  const PlayOptions& how_;
  const casefile::Case& given_;
  int weeks_;
  std::unique_ptr<const Engine> engine_;
  std::vector<casefile::OptionId> options_;
  std::size_t blocks_, summarised_;
  Futures out_;
  std::vector<float> raw_;  ///< [series][week][future] of the option being played
  std::vector<world::Clamps> clamps_;
  std::vector<std::unique_ptr<const FirstState>> starts_;
  std::mutex mutex_;
  std::size_t done_ = 0;
};

}  // namespace

std::string digest_of(const intel::Belief& belief) {
  std::string text = belief.case_digest;
  for (const intel::JointFactor& f : belief.joint) {
    text += '\n' + f.node + ' ' + std::to_string(f.states);
    for (const std::uint32_t g : f.given) text += ' ' + std::to_string(g);
    for (const double p : f.p) text += ' ' + std::to_string(std::bit_cast<std::uint64_t>(p));
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::uint64_t h = key_of(text), i = 0; i < 16; ++i) out += digits[(h >> (60 - 4 * i)) & 15U];
  return out;
}

std::vector<std::string> options_to_play(const casefile::Case& given, const PlayOptions& options) {
  std::vector<std::string> ids;
  for (const casefile::OptionId o : chosen_options(given, options))
    ids.push_back(given.options[o].id);
  return ids;
}

casefile::OptionId playable_option(const casefile::Case& given, const std::string& id) {
  const auto found = casefile::find(given.options, id);
  if (!found) {
    std::string known;
    for (const casefile::Option& o : given.options) known += (known.empty() ? "" : ", ") + o.id;
    throw CaseError(
        {{"options.yaml", 0, 0, "the case has no option '" + id + "'", "", 1, "it has: " + known}});
  }
  if (!playable(given, given.options[*found])) {
    throw CaseError({{"options.yaml", 0, 0, "option '" + id + "' is gated and its gate is shut", "",
                      1, "add it to 'gates' to play it"}});
  }
  return *found;
}

Futures play(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& options) {
  if (options.futures == 0) throw ModelError("no futures to play: ask for at least one");
  if (options.weeks && *options.weeks < 1)
    throw ModelError("no weeks to play: ask for at least one");
  return Player(given, belief, options).play();
}

}  // namespace casus::ensemble
