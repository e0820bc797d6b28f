// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/settling.h"

#include <cstring>
#include <optional>

#include "casus/world/law.h"

namespace casus::ensemble {
namespace {

using world::F;
using world::Var;

constexpr float later_years = 4.0F;  ///< of the five, those after the first

void put(F value, std::vector<float>& to) {
  const std::size_t at = to.size();
  to.resize(at + lanes::width);
  std::memcpy(to.data() + at, &value.v, sizeof(value.v));
}

}  // namespace

Settling::Settling(const world::Model& model) : model_(&model), bargain_(model) {
  if (!model.has_war()) return;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t lead = model.lead(side);
    std::optional<std::size_t> best;
    const auto rank = [&](std::size_t a) {
      const bool great = model.given().actors[a].has(casefile::Role::great_power);
      return model.alignment(a, lead) + (great ? 0.5F : 0.0F);
    };
    for (std::size_t a = 0; a < model.shape().actors; ++a) {
      if (model.side_of(a) >= 0 || model.alignment(a, lead) < 0.3F) continue;
      if (!best || rank(a) > rank(*best)) best = a;
    }
    if (best)
      outside_.push_back({*best, side, std::min(model.alignment(*best, lead), 0.8F), side == 1});
  }
}

std::vector<std::uint32_t> Settling::parties() const {
  std::vector<std::uint32_t> out;
  if (!model_->has_war()) return out;
  for (std::size_t side = 0; side < 2; ++side)
    out.push_back(static_cast<std::uint32_t>(model_->lead(side)));
  for (const Outside& o : outside_) out.push_back(static_cast<std::uint32_t>(o.actor));
  return out;
}

F Settling::surplus_of(const Outside& outside, const world::State& state,
                       const world::Stakes& stakes, const casefile::Package& package) const {
  const F w(outside.weight);
  const std::array<F, 2> u{stakes.value(0, package), stakes.value(1, package)};
  const F even = F(0.5F) * (F(1.0F) - w);
  F sum = w * (u[outside.side] - stakes.war[outside.side]) +
          even * (u[0] + u[1] - stakes.war[0] - stakes.war[1]);
  if (outside.guarantor) {
    const F tired = F(1.0F) - lanes::min(state.at(Var::aid_leader, outside.actor), F(1.0F));
    const F burden = bargain_.protection(state, package.guarantee);
    sum += F(0.1F) * tired - F(0.1F) * (F(1.0F) + tired) * burden;
  }
  return sum;
}

F Settling::renewed(const world::State& state, const world::Model& model,
                    const casefile::Package& package) const {
  const world::RecurrenceLaw law{guarantee_(state), shift_(state), imposed_(state)};
  const bool harsh =
      package.line == casefile::Line::demand || package.line == casefile::Line::maximal;
  const F guard = bargain_.protection(state, package.guarantee) * bargain_.credence(state, model);
  const F shift = world::rearming(state, model).shift;
  const F dictated(harsh ? 1.0F : 0.0F);
  const F years =
      world::recurrence_rate(law, first_(state), guard, shift, dictated) +
      F(later_years) * world::recurrence_rate(law, later_(state), guard, shift, dictated);
  const F calm = package.status == casefile::LegalStatus::open ? F(1.0F) : calm_(state);
  return F(1.0F) - lanes::exp(F(0.0F) - years * calm);
}

BargainWeek Settling::look(const world::State& state, const world::Now& now) const {
  BargainWeek out;
  const auto packages = model_->packages();
  const world::Stakes stakes = bargain_.stakes(state, now);
  for (std::size_t side = 0; side < 2; ++side) {
    for (const auto& p : packages) put(stakes.value(side, p) - stakes.war[side], out.surplus);
    put(stakes.war[side], out.war);
  }
  for (const Outside& o : outside_) {
    for (const auto& p : packages) put(surplus_of(o, state, stakes, p), out.surplus);
  }
  for (const auto& p : packages) put(renewed(state, *model_, p), out.renewed);
  put(lanes::one_if(world::fighting(state)), out.fighting);
  return out;
}

}  // namespace casus::ensemble
