// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/outlook.h"

namespace casus::policy {
namespace {

using world::Var;

constexpr float trend_scale_km2 = 100.0F;  ///< a weekly gain that counts as a clear trend
constexpr float mild_act = 1.0F;           ///< Goldstein points that nobody resents
constexpr float grave_act = 9.0F;  ///< Goldstein points beyond it of an act that demands a reply

F share(F x) { return lanes::clamp(x, F(0.0F), F(1.0F)); }

void look_at_others(const View& view, Outlook& out) {
  const world::Model& model = view.model();
  const std::size_t n = model.shape().actors;
  const std::size_t i = view.actor();
  out.hostility.assign(n, F(0.0F));
  out.provocation.assign(n, F(0.0F));
  out.kinship.assign(n, F(0.0F));
  out.at_war.assign(n, 0);
  out.type = view.row(Var::believed_type, i * n * world::type_count, n * world::type_count);
  out.hottest = F(0.0F);
  out.provoked = F(0.0F);
  out.accused = F(0.0F);
  for (std::size_t j = 0; j < n; ++j) {
    if (j == i) continue;
    const F feeling = view.at(Var::tension, i * n + j) / F(10.0F);
    const F resented = -view.at(Var::perceived_act, i * n + j) - F(mild_act);
    out.at_war[j] =
        model.side_of(i) >= 0 && model.side_of(j) >= 0 && model.side_of(i) != model.side_of(j);
    out.hostility[j] = out.at_war[j] ? F(1.0F) : share(-feeling);
    out.provocation[j] = share(resented / F(grave_act));
    out.kinship[j] = F(model.alignment(i, j)) * share(F(0.6F) + F(0.4F) * feeling);
    out.accused = max(out.accused, share(resented / F(2.0F)));
    if (model.alignment(i, j) > 0.5F) continue;
    out.hottest = max(out.hottest, out.hostility[j]);
    if (!out.at_war[j]) out.provoked = max(out.provoked, out.provocation[j]);
  }
}

}  // namespace

Outlook look(const View& view) {
  Outlook out;
  look(view, out);
  return out;
}

void look(const View& view, Outlook& out) {
  const world::Model& model = view.model();
  const std::size_t i = view.actor();
  const F end = view.at(Var::end_state, 0);
  out.fighting = model.has_war() ? one_if(end < F(0.5F)) : F(0.0F);
  out.ceasefire = one_if((end > F(0.5F)) & (end < F(1.5F)));
  const float side = model.side_of(i) == 0   ? 1.0F
                     : model.side_of(i) == 1 ? -1.0F
                                             : -model.leaning(i);
  const F trend = F(side / trend_scale_km2) * view.at(Var::believed_trend, i);
  out.trend = F(2.0F) * lanes::logistic(F(2.0F) * trend) - F(1.0F);
  out.win = view.at(Var::believed_win, i);
  out.pressure = view.at(Var::pressure, i);
  out.support = lanes::logistic(view.at(Var::support, i));
  out.honour = view.at(Var::honour, i);
  out.rung = view.at(Var::rung_state, i);
  out.purse = view.at(Var::fiscal_room, i) * view.at(Var::gdp, i) / F(100.0F);
  const F stalemate = F(1.0F) - lanes::abs(F(2.0F) * out.win - F(1.0F));
  const F pain = F(0.5F) * out.pressure + F(0.5F) * (F(1.0F) - out.support);
  out.ripe = out.fighting * (F(0.8F) * stalemate + F(0.6F) * pain);
  look_at_others(view, out);
}

}  // namespace casus::policy
