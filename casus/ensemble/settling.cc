// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/settling.h"

#include <cstring>

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
  if (model.has_war()) outside_ = world::outside_powers(model);
}

std::vector<std::uint32_t> Settling::parties() const {
  std::vector<std::uint32_t> out;
  if (!model_->has_war()) return out;
  for (std::size_t side = 0; side < 2; ++side)
    out.push_back(static_cast<std::uint32_t>(model_->lead(side)));
  for (const auto& o : outside_) out.push_back(static_cast<std::uint32_t>(o.actor));
  return out;
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
  for (const auto& o : outside_) {
    for (const auto& p : packages) {
      const std::array<F, 2> value{stakes.value(0, p), stakes.value(1, p)};
      const F protection = bargain_.protection(state, p.guarantee);
      put(world::outside_surplus(o, state, stakes, value, protection), out.surplus);
    }
  }
  for (const auto& p : packages) put(renewed(state, *model_, p), out.renewed);
  put(lanes::one_if(world::fighting(state)), out.fighting);
  return out;
}

}  // namespace casus::ensemble
