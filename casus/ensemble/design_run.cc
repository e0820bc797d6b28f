// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/design_run.h"

#include <algorithm>
#include <mutex>
#include <numeric>

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

}  // namespace

std::vector<std::string> design_inputs(const casefile::Case& given, const intel::Belief& belief) {
  const Dimensions all = dimensions_of(given, belief);
  std::vector<std::string> out;
  for (const std::size_t i : varied_of(all, {})) out.push_back(all.names[i]);
  return out;
}

DesignRun play_design(const casefile::Case& given, const intel::Belief& belief,
                      const PlayOptions& options, const DesignRequest& request) {
  if (request.rows == 0 || request.rows % block_futures != 0)
    throw ModelError("a design has a multiple of sixteen rows, at least sixteen");
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
  std::size_t done = 0;
  std::mutex mutex;
  const std::size_t blocks = out.rows / block_futures * out.variations;
  parallel_for(blocks, options.threads, [&](std::size_t block) {
    if (options.cancelled && options.cancelled()) throw Cancelled();
    const auto start = engine->start(block);
    const std::size_t row = block / out.variations * block_futures;
    for (std::size_t o = 0; o < ids.size(); ++o) {
      const Run run = engine->run(*start, ids[o], block);
      for (std::size_t lane = 0; lane < block_futures; ++lane) {
        const std::size_t to =
            ((o * out.rows + row + lane) * out.variations + block % out.variations) * out.measures;
        for (std::size_t m = 0; m < out.measures; ++m)
          out.outcome[to + m] = run.outcome[m * block_futures + lane];
      }
    }
    const std::scoped_lock lock(mutex);
    done += block_futures * ids.size();
    if (options.progress) options.progress({done, blocks * block_futures * ids.size(), 0});
  });
  return out;
}

}  // namespace casus::ensemble
