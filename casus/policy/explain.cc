// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/explain.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "casus/world/causes.h"

namespace casus::policy {
namespace {

using world::Form;
using world::Reason;
using world::Var;
using world::Who;

constexpr std::size_t reasons_for = 2;
constexpr float little = 0.02F;  ///< of the largest contribution: not worth a word

/// What an actor hopes for and what it fears for, a feature.
struct Words {
  std::string_view name, hope, cost;
};
constexpr Words words[feature_count] = {
    {"territory", "it hopes to gain ground", "though it may cost ground"},
    {"lives", "it hopes to spare lives", "though it costs lives"},
    {"balance", "it hopes for a better balance of forces",
     "though it worsens the balance of forces"},
    {"win", "it hopes to come nearer to victory", "though it takes victory further away"},
    {"support", "it hopes for support at home", "though it costs support at home"},
    {"regime", "it hopes to make its rule safer", "though it endangers its rule"},
    {"elites", "it hopes to hold its ruling circle together",
     "though it strains its ruling circle"},
    {"fiscal", "it hopes for money", "though it costs money"},
    {"growth", "it hopes for growth", "though it costs growth"},
    {"technology", "it hopes for technology", "though it gives technology away"},
    {"alliance", "it hopes to stand better with its allies", "though it strains its alliances"},
    {"honour", "it hopes to keep its word and its face", "though it costs honour"},
    {"calm", "it hopes for calm", "though it strains relations with its rivals"},
    {"nuclear_safety", "it hopes to lower the nuclear danger",
     "though it raises the nuclear danger"},
    {"guarantee", "it hopes for a guarantee", "though it weakens its guarantee"},
    {"sanction_freedom", "it hopes to be freed of sanctions", "though it risks sanctions"},
    {"chips", "it hopes for ground to bargain with", "though it gives up ground to bargain with"},
    {"talks", "it hopes for progress in talks", "though it sets talks back"},
};

/// The harshest act of the target of late: what a hostile act may answer.
void answer_to(world::Decision& out, const Alternative& act, const View& view,
               const world::Now& now) {
  if (!act.target) return;
  world::Event event{now.week,
                     "act",
                     static_cast<std::uint32_t>(view.actor()),
                     *act.target,
                     static_cast<float>(act.entry),
                     {}};
  const auto found = world::find_earlier({"act", Who::back, 2}, event, *now.log, view.model());
  if (found) out.because.push_back(*found);
}

/// What in the outlook scales the promise of the act (prospect.cc), as words.
class Situation {
 public:
  Situation(const Alternative& act, const Outlook& o, std::size_t lane)
      : act_(act), o_(o), lane_(lane) {}

  [[nodiscard]] std::vector<Reason> reasons() const {
    switch (act_.stake) {
      case Stake::home:
        return {say("accused", "it was accused: {value}", o_.accused),
                say("pressure", "want pressed on its people: {value}", o_.pressure),
                say("support", "its support stood at {value}", o_.support)};
      case Stake::hostile:
        return hostile();
      case Stake::helpful:
        return helpful();
      case Stake::company:
        return {say("hottest", "it felt threatened by its worst rival: {value}", o_.hottest),
                say("provoked", "it was provoked: {value}", o_.provoked)};
      case Stake::talking:
        return talking();
      case Stake::attacking:
        return {trend(), say("support", "its support stood at {value}", o_.support)};
      case Stake::holding:
        return {trend(), win()};
      case Stake::showing:
        return {say("hottest", "it felt threatened by its worst rival: {value}", o_.hottest),
                say("provoked", "it was provoked: {value}", o_.provoked)};
      case Stake::leaving:
        return {win(), say("support", "its support stood at {value}", o_.support)};
    }
    return {};
  }

 private:
  [[nodiscard]] Reason say(std::string_view name, std::string_view text, F value) const {
    return {name, text, Form::share, value[lane_]};
  }
  [[nodiscard]] Reason win() const {
    return say("believed_win", "it believed in its side's victory at {value}", o_.win);
  }
  [[nodiscard]] Reason trend() const {
    const float way = o_.trend[lane_];
    return {"believed_trend",
            way < 0.0F ? "it believed the front to move against it: {value} of what it might"
                       : "it believed the front to move its way: {value} of what it might",
            Form::share, std::abs(way)};
  }
  [[nodiscard]] std::vector<Reason> hostile() const {
    if (!act_.target) return {say("provoked", "it was provoked: {value}", o_.provoked)};
    const std::size_t j = *act_.target;
    if (o_.at_war[j]) return {{"at_war", "the two were at war", Form::none, 1.0F}};
    return {say("hostility", "it saw an enemy in {object}: {value}", o_.hostility[j]),
            say("provocation", "{object} had provoked it: {value}", o_.provocation[j])};
  }
  [[nodiscard]] std::vector<Reason> helpful() const {
    if (!act_.target) return {win()};
    return {say("kinship", "it saw a friend in {object}: {value}", o_.kinship[*act_.target]),
            win()};
  }
  [[nodiscard]] std::vector<Reason> talking() const {
    const bool of_the_war = !act_.target || o_.at_war[*act_.target];
    if (of_the_war) {
      return {say("ripeness", "it judged the time ripe for words: {value}", o_.ripe), win()};
    }
    return {say("hostility", "it saw an enemy in {object}: {value}", o_.hostility[*act_.target]),
            say("provocation", "{object} had provoked it: {value}", o_.provocation[*act_.target])};
  }

  const Alternative& act_;
  const Outlook& o_;
  std::size_t lane_;
};

}  // namespace

std::array<float, feature_count> contributions(const Alternative& act, const Outlook& outlook,
                                               std::span<const F> theta, std::size_t lane) {
  std::array<float, feature_count> out{};
  const Scale scale = scale_of(act, outlook);
  for (const auto& e : act.gains) out[e.feature] += (scale.gain * theta[e.feature])[lane] * e.value;
  for (const auto& e : act.costs) out[e.feature] += (scale.cost * theta[e.feature])[lane] * e.value;
  return out;
}

world::Decision explain(const Alternative& act, const View& view, const world::Now& now,
                        std::size_t lane, float chance) {
  const Outlook outlook = look(view);
  std::array<F, feature_count> theta;
  for (std::size_t k = 0; k < feature_count; ++k) {
    theta[k] = view.at(Var::theta, view.actor() * feature_count + k);
  }
  const auto weight = contributions(act, outlook, theta, lane);
  std::array<std::size_t, feature_count> order{};
  for (std::size_t k = 0; k < feature_count; ++k) order[k] = k;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::abs(weight[a]) > std::abs(weight[b]);
  });
  world::Decision out{now.week, "policy", chance};
  const float floor = little * std::abs(weight[order[0]]);
  std::optional<std::size_t> cost;
  for (const std::size_t k : order) {
    if (std::abs(weight[k]) <= floor) break;
    if (weight[k] <= 0.0F && !cost) cost = k;
    if (weight[k] <= 0.0F || out.reasons.size() == reasons_for) continue;
    out.reasons.push_back({words[k].name, words[k].hope, Form::none, weight[k]});
  }
  for (const Reason& r : Situation(act, outlook, lane).reasons()) {
    if (std::abs(r.value) > 0.1F) out.reasons.push_back(r);
  }
  if (act.favour > 0.0F) {
    out.reasons.push_back({"doctrine", "its doctrine favours it", Form::none, act.favour});
  }
  // What speaks against comes last, whatever its weight: a reason is read as one for.
  if (cost)
    out.reasons.push_back({words[*cost].name, words[*cost].cost, Form::none, weight[*cost]});
  if (act.stake == Stake::hostile || act.stake == Stake::showing) answer_to(out, act, view, now);
  return out;
}

}  // namespace casus::policy
