// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "casus/game/solve.h"

namespace casus::game {
namespace {

using Json = nlohmann::ordered_json;

Json strategies(const Solution& solution, const std::vector<double>& profile) {
  Json out = Json::object();
  for (const auto& player : solution.players) out[player] = Json::object();
  std::size_t at = 0;
  for (const Decision& decision : solution.decisions) {
    Json choice = Json::object();
    for (const auto& action : decision.actions) choice[action] = profile[at++];
    out[solution.players[decision.player]][decision.name] = std::move(choice);
  }
  return out;
}

Json told(const Solution& solution, const Equilibrium& equilibrium) {
  Json out{{"strategies", strategies(solution, equilibrium.profile)},
           {"payoffs", equilibrium.payoffs},
           {"regret", equilibrium.regret}};
  if (equilibrium.lambda) out["lambda"] = *equilibrium.lambda;
  for (const auto& [profile, p] : equilibrium.draws) {
    Json named = Json::object();
    for (std::size_t i = 0; i < profile.size(); ++i) named[solution.players[i]] = profile[i];
    out["draws"].push_back({{"profile", std::move(named)}, {"p", p}});
  }
  return out;
}

}  // namespace

std::string to_json(const Solution& solution) {
  Json out{{"game", solution.title},        {"players", solution.players},
           {"method", solution.method},     {"equilibria", Json::array()},
           {"complete", solution.complete}, {"note", solution.note}};
  for (const Equilibrium& equilibrium : solution.equilibria) {
    out["equilibria"].push_back(told(solution, equilibrium));
  }
  if (!solution.components.empty()) out["components"] = solution.components;
  for (const Equilibrium& point : solution.branch) out["branch"].push_back(told(solution, point));
  return out.dump(1) + "\n";
}

}  // namespace casus::game
