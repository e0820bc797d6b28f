// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/start.h"

#include <algorithm>

#include "casus/random/lane_prior.h"
#include "casus/world/front.h"
#include "casus/world/start_parts.h"

namespace casus::world {

F Starting::each(const Prior& prior, Stream name, std::uint32_t entity) const {
  return drawn(prior, draws, name, first, entity);
}

F Starting::normal(Stream name, std::uint32_t entity) const {
  return each(Prior(Prior::Kind::normal, 0, 1), name, entity);
}

F Starting::own_share(F typical, Stream name, std::uint32_t entity) const {
  const F middle = lanes::logit(lanes::clamp(typical, F(0.001F), F(0.999F)));
  return lanes::logistic(middle + knob("start.scatter_share") * normal(name, entity));
}

F Starting::own_size(F typical, Stream name, std::uint32_t entity) const {
  return typical * lanes::exp(knob("start.scatter_size") * normal(name, entity));
}

F Starting::knob(std::string_view id) const { return state.at(Var::knob, knob_index(id)); }

std::optional<std::uint32_t> Starting::truth(std::size_t hypothesis, std::size_t lane) const {
  if (lane >= truths.size() || hypothesis >= truths[lane].size()) return std::nullopt;
  return truths[lane][hypothesis];
}

void start_knobs(Starting& s) {
  const auto table = knobs();
  for (std::size_t k = 0; k < table.size(); ++k) {
    F drawn(0.0F);
    if (s.chosen.empty()) {
      drawn = s.each(s.model.knob_prior(k), Stream("start.knob"), fold(key_of(table[k].id)));
    } else {
      for (std::size_t i = 0; i < lanes::width; ++i) drawn.set(i, s.chosen[k * lanes::width + i]);
    }
    s.state.at(Var::knob, k) = lanes::clamp(drawn, F(table[k].low), F(table[k].high));
  }
}

void start_sectors(Starting& s) {
  const auto& sectors = s.model.given().sectors;
  State& state = s.state;
  const F spread = s.knob("front.sd_front");
  const F rho = s.knob("front.rho_front");
  const F z = s.each(Prior(Prior::Kind::normal, 0, 1), Stream("start.zeta_front"), 0);
  state.at(Var::zeta_front, 0) = z * spread / lanes::sqrt(F(1.0F) - rho * rho) * F(0.25F);
  state.at(Var::slow_intensity, 0) = F(0.0F);
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    const casefile::Sector& sector = sectors[i];
    const std::uint32_t key = s.model.sector_key(i);
    state.at(Var::frontage, i) = s.each(sector.frontage.prior, Stream("start.frontage"), key);
    if (sector.chip && sector.chip_area) {
      state.at(Var::chip, i) =
          lanes::max(s.each(sector.chip_area->prior, Stream("start.chip"), key), F(0.0F));
    }
    for (std::size_t side = 0; side < 2; ++side) {
      const std::size_t j = i * 2 + side;
      const auto entity = key + static_cast<std::uint32_t>(side);
      state.at(Var::troops, j) =
          s.each(sector.troops[side].prior, Stream("start.troops"), entity) * F(1e-3F);
      state.at(Var::fort, j) = lanes::clamp(
          s.each(sector.fortification[side].prior, Stream("start.fort"), entity), F(0.0F), F(0.8F));
      const F intensity =
          lanes::clamp(s.each(sector.intensity[side].prior, Stream("start.intensity"), entity),
                       F(0.01F), F(1.0F));
      state.at(Var::intensity, j) = intensity;
      state.at(Var::base_intensity, j) = intensity;
    }
  }
}

State start(const Model& model, const Draws& draws, std::uint32_t first_future,
            std::span<const std::vector<std::uint32_t>> truths, std::span<const float> chosen) {
  State state(model.shape());
  Starting s{model, draws, first_future, truths, state, chosen};
  state.at(Var::collapsed_side, 0) = F(-1.0F);
  state.at(Var::settled_package, 0) = F(-1.0F);
  state.at(Var::table_package, 0) = F(-1.0F);
  start_knobs(s);
  state.at(Var::oil_price, 0) = s.knob("start.oil_price");
  start_sectors(s);
  start_actors(s);
  start_minds(s);
  start_stocks(s);
  start_relations(s);
  start_contingents(s);
  std::vector<F> gains;
  for (std::size_t i = 0; i < model.given().sectors.size(); ++i) {
    gains.push_back(s.each(model.given().sectors[i].weekly_gain.prior, Stream("start.weekly_gain"),
                           model.sector_key(i)));
  }
  fit_front(state, model, gains);
  start_beliefs(s);
  std::size_t updates = 0;
  state.clamp(updates);
  return state;
}

}  // namespace casus::world
