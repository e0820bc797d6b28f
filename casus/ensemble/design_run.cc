// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/design_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <span>

#include "casus/base/error.h"
#include "casus/base/parallel.h"
#include "casus/ensemble/engine.h"
#include "casus/world/knob.h"
#include "casus/world/model.h"

namespace casus::ensemble {
namespace {

/// Everything a design runs over, in the order of its dimensions (`Stage::lay_out_design`).
struct Dimensions {
  std::vector<std::string> names;
  std::vector<std::uint64_t> keys;
  std::vector<bool> spread;  ///< whether it varies at all
};

Dimensions dimensions_of(const casefile::Case& given, const intel::Belief& belief) {
  Dimensions out;
  std::vector<std::size_t> order(belief.joint.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t f) { return key_of(belief.joint[f].node); });
  for (const std::size_t f : order) {
    const intel::JointFactor& factor = belief.joint[f];
    out.names.push_back(factor.node);
    const bool sure =
        std::ranges::all_of(factor.p, [](double p) { return p < 1e-9 || p > 1 - 1e-9; });
    out.spread.push_back(factor.states > 1 && !sure);
  }
  const world::Model model(given);
  for (std::size_t k = 0; k < world::knobs().size(); ++k) {
    out.names.emplace_back(world::knobs()[k].id);
    const Prior& prior = model.knob_prior(k);
    const bool fitted = std::ranges::find(belief.fitted.ids, out.names.back()) !=
                        belief.fitted.ids.end();  // these come draw by draw, together
    out.spread.push_back(!fitted && prior.kind() != Prior::Kind::point &&
                         prior.standard_deviation() > 0.0);
  }
  for (const std::string& name : out.names) out.keys.push_back(key_of(name));
  return out;
}

std::vector<std::size_t> varied_of(const Dimensions& all, const std::vector<std::string>& over) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < all.names.size(); ++i) {
    const bool asked = over.empty() || std::ranges::find(over, all.names[i]) != over.end();
    if (asked && all.spread[i]) out.push_back(i);
  }
  for (const std::string& name : over) {
    const auto found = std::ranges::find(all.names, name);
    const bool there = found != all.names.end();
    if (there && all.spread[static_cast<std::size_t>(found - all.names.begin())]) continue;
    throw CaseError({{"--over", 0, 0,
                      there ? "'" + name + "' has no spread to vary it in"
                            : "there is no knob and no fact in dispute '" + name + "'",
                      "", 1, "'casus model --knobs' lists the knobs"}});
  }
  if (out.empty()) throw ModelError("nothing in this case has a spread, so there is no design");
  return out;
}

void check_rows(const DesignRequest& request) {
  if (request.rows == 0 || request.rows % block_futures != 0)
    throw ModelError("a design has a multiple of sixteen rows, at least sixteen");
}

/// Blocks that are kept together: about a second of playing, and no more than a thousand pieces.
struct Pieces {
  std::size_t blocks, each;
  explicit Pieces(std::size_t all) : blocks(all), each(std::max<std::size_t>(32, all / 1024)) {}
  [[nodiscard]] std::size_t count() const { return (blocks + each - 1) / each; }
  [[nodiscard]] std::size_t of(std::size_t block) const { return block / each; }
  [[nodiscard]] std::size_t first(std::size_t piece) const { return piece * each; }
  [[nodiscard]] std::size_t size(std::size_t piece) const {
    return std::min(each, blocks - first(piece));
  }
};

/// Plays the blocks of a design, or finds them played. Outcomes of a block: [option][measure]
/// [future].
class Playing {
 public:
  Playing(const Engine& engine, std::vector<casefile::OptionId> options, const PlayOptions& how,
          Store* store, std::size_t blocks)
      : engine_(engine),
        options_(std::move(options)),
        how_(how),
        store_(store),
        pieces_(blocks),
        values_(options_.size() * casefile::measures().size() * block_futures),
        left_(pieces_.count()),
        piece_(pieces_.count()) {}

  /// @param take  is given the outcomes of every block, from several threads at once.
  void play(const std::function<void(std::size_t, std::span<const float>)>& take) {
    std::vector<std::size_t> missing;
    for (std::size_t p = 0; p < pieces_.count(); ++p) {
      left_[p] = pieces_.size(p);
      if (!found(p)) {
        for (std::size_t i = 0; i < pieces_.size(p); ++i) missing.push_back(pieces_.first(p) + i);
        continue;
      }
      for (std::size_t i = 0; i < pieces_.size(p); ++i)
        take(pieces_.first(p) + i, std::span(piece_[p]).subspan(i * values_, values_));
      piece_[p] = {};
      kept_ += pieces_.size(p);
    }
    done_ = kept_;
    parallel_for(missing.size(), how_.threads, [&](std::size_t i) {
      if (how_.cancelled && how_.cancelled()) throw Cancelled();
      const std::vector<float> values = block(missing[i]);
      take(missing[i], values);
      keep(missing[i], values);
    });
  }

 private:
  static std::string name_of(std::size_t piece) { return fmt::format("piece_{:06}", piece); }

  bool found(std::size_t p) {
    const std::size_t values = pieces_.size(p) * values_;
    if (store_ == nullptr || !store_->sound(name_of(p), values * sizeof(float))) return false;
    piece_[p].resize(values);
    store_->read(name_of(p), 0, std::as_writable_bytes(std::span(piece_[p])));
    return true;
  }

  [[nodiscard]] std::vector<float> block(std::size_t b) const {
    const auto start = engine_.start(b);
    std::vector<float> out;
    Run run;
    for (const casefile::OptionId o : options_) {
      engine_.run(*start, o, b, run);
      out.insert(out.end(), run.outcome.begin(), run.outcome.end());
    }
    return out;
  }

  void keep(std::size_t b, const std::vector<float>& values) {
    const std::size_t p = pieces_.of(b);
    std::vector<float> whole;
    const std::scoped_lock lock(mutex_);
    if (store_ != nullptr) {
      piece_[p].resize(pieces_.size(p) * values_);
      std::ranges::copy(values, piece_[p].data() + (b - pieces_.first(p)) * values_);
      if (--left_[p] == 0) {
        store_->put(name_of(p), std::as_bytes(std::span(piece_[p])));
        piece_[p] = {};
      }
    }
    ++done_;
    const std::size_t each = block_futures * options_.size();
    if (how_.progress) how_.progress({done_ * each, pieces_.blocks * each, kept_ * each});
  }

  const Engine& engine_;
  std::vector<casefile::OptionId> options_;
  const PlayOptions& how_;
  Store* store_;
  Pieces pieces_;
  std::size_t values_;             ///< of a block
  std::vector<std::size_t> left_;  ///< blocks, by piece
  std::vector<std::vector<float>> piece_;
  std::mutex mutex_;
  std::size_t done_ = 0, kept_ = 0;  ///< blocks
};

}  // namespace

void check_design(const casefile::Case& given, const intel::Belief& belief,
                  const DesignRequest& request) {
  check_rows(request);
  static_cast<void>(varied_of(dimensions_of(given, belief), request.over));
}

std::vector<std::string> design_inputs(const casefile::Case& given, const intel::Belief& belief) {
  const Dimensions all = dimensions_of(given, belief);
  std::vector<std::string> out;
  for (const std::size_t i : varied_of(all, {})) out.push_back(all.names[i]);
  return out;
}

DesignRun play_design(const casefile::Case& given, const intel::Belief& belief,
                      const PlayOptions& options, const DesignRequest& request, Store* store) {
  check_rows(request);
  const Dimensions all = dimensions_of(given, belief);
  const std::vector<std::size_t> varied = varied_of(all, request.over);
  const FactorDesign design(request.kind, options.seed, all.keys, varied);
  const int weeks = options.weeks.value_or(given.horizon_weeks);
  const auto engine =
      make_engine(options.target, given, belief,
                  {.seed = options.seed, .weeks = weeks, .every = weeks, .design = &design});
  DesignRun out;
  out.kind = request.kind;
  for (const std::size_t i : varied) out.inputs.push_back(all.names[i]);
  out.options = options_to_play(given, options);
  out.rows = request.rows;
  out.variations = design.variations();
  out.measures = casefile::measures().size();
  out.outcome.resize(out.options.size() * out.rows * out.variations * out.measures);
  for (std::size_t r = 0; r < out.rows && request.kind == DesignKind::morris; ++r) {
    for (std::size_t i = 0; i < varied.size(); ++i) {
      out.changed_at.push_back(design.changed_at(r, i));
      out.upward.push_back(design.upward(r, i) ? 1 : 0);
    }
  }
  std::vector<casefile::OptionId> ids;
  for (const std::string& id : out.options) ids.push_back(playable_option(given, id));
  Playing playing(*engine, ids, options, store, out.rows / block_futures * out.variations);
  playing.play([&](std::size_t block, std::span<const float> values) {
    const std::size_t row = block / out.variations * block_futures;
    for (std::size_t o = 0; o < ids.size(); ++o) {
      for (std::size_t lane = 0; lane < block_futures; ++lane) {
        const std::size_t to =
            ((o * out.rows + row + lane) * out.variations + block % out.variations) * out.measures;
        for (std::size_t m = 0; m < out.measures; ++m)
          out.outcome[to + m] = values[(o * out.measures + m) * block_futures + lane];
      }
    }
  });
  return out;
}

}  // namespace casus::ensemble
