// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>

#include "casus/base/error.h"
#include "casus/base/lanes.h"
#include "casus/ensemble/gather.h"
#include "casus/ensemble/player.h"
#include "casus/ensemble/precision.h"

namespace casus::ensemble {
namespace {

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

}  // namespace

std::string digest_of(const intel::Belief& belief) {
  std::string text = belief.case_digest;
  for (const intel::JointFactor& f : belief.joint) {
    text += '\n' + f.node + ' ' + std::to_string(f.states);
    for (const std::uint32_t g : f.given) text += ' ' + std::to_string(g);
    for (const double p : f.p) text += ' ' + std::to_string(std::bit_cast<std::uint64_t>(p));
  }
  for (const std::string& id : belief.fitted.ids) text += '\n' + id;
  for (const double x : belief.fitted.value)
    text += ' ' + std::to_string(std::bit_cast<std::uint64_t>(x));
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

void check_play(const PlayOptions& how) {
  if (how.futures == 0) throw ModelError("no futures to play: ask for at least one");
  if (how.weeks && *how.weeks < 1) throw ModelError("no weeks to play: ask for at least one");
  if (how.until_error && !(*how.until_error > 0.0))
    throw ModelError("an error to reach is a number above 0");
  if (how.every < 1) throw ModelError("every week is the most that can be kept");
  if (const auto why = trouble_with(how.sampling, how.futures); !why.empty()) throw ModelError(why);
  if (how.shard % block_futures != 0) throw ModelError("a shard holds a multiple of 16 futures");
}

Futures play(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& options) {
  check_play(options);
  MemoryStore store;
  Alone team;
  PlayOptions how = options;
  if (how.until_error)
    how = first_of(how, play_until_precise(given, belief, how, store, team).futures);
  const Futures about = described(given, belief, how);
  Player player(given, belief, how, about, store, team);
  player.play();
  Futures out = gathered(about, Parts(store, sizes_of(about, given)),
                         {about.futures, fitting_shard(how)}, about.trajectories);
  out.threads_used = player.threads_used();
  return out;
}

}  // namespace casus::ensemble
