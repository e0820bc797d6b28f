// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/types.h"

#include <cmath>

#include "casus/base/numeric.h"

namespace casus::world {
namespace {

constexpr double usual_rationality = 2.0;  ///< median of an actor's, as it is drawn at the start
constexpr float least_belief = 0.01F;      ///< nobody is taken for a type beyond doubt

constexpr float bend[3][casefile::feature_count] = {
    // T    L    B    P    S    R    E    F    G    X    A    H    N    K    U    C    Z    D
    {1.4F, 0.7F, 1.3F, 1.3F, 1.0F, 1.0F, 1.0F, 0.8F, 0.8F, 1.1F, 1.0F, 1.4F, 0.7F, 0.8F, 1.0F, 0.8F,
     1.2F, 0.7F},
    {0.8F, 1.1F, 0.9F, 0.9F, 1.0F, 0.9F, 0.9F, 1.4F, 1.4F, 1.4F, 1.0F, 0.8F, 1.1F, 1.0F, 1.0F, 1.4F,
     0.9F, 1.3F},
    {0.9F, 1.0F, 1.0F, 1.0F, 1.3F, 1.5F, 1.4F, 1.0F, 0.9F, 0.8F, 1.0F, 0.9F, 1.1F, 1.3F, 1.2F, 1.0F,
     0.9F, 1.0F},
};

/// Acts that are not seen as what they are: covert ones, and what is done at home unseen.
bool hidden(Action action) {
  switch (action) {
    case Action::conceal:
    case Action::staged_display:
    case Action::psy_op:
    case Action::approach_officer:
    case Action::back_channel:
    case Action::covert_collection:
    case Action::cyber:
    case Action::task_collection:
    case Action::interdict:
      return true;
    default:
      return false;
  }
}

/// ln of the quantal response over utilities, as policies standardise them.
std::vector<double> log_response(const std::vector<double>& utility) {
  double mean = 0.0;
  for (const double u : utility) mean += u / static_cast<double>(utility.size());
  double squares = 0.0;
  for (const double u : utility) squares += (u - mean) * (u - mean);
  const double spread = std::sqrt(squares / static_cast<double>(utility.size())) + 1e-4;
  double all = 0.0;
  for (const double u : utility) all += casus::exp(usual_rationality * (u - mean) / spread);
  std::vector<double> out;
  for (const double u : utility) {
    out.push_back(usual_rationality * (u - mean) / spread - casus::log(all));
  }
  return out;
}

}  // namespace

float type_bend(std::size_t type, std::size_t feature) { return bend[type][feature]; }

TypeRecord::TypeRecord(const Model& model) {
  lessons_.resize(model.shape().actors);
  for (std::size_t a = 0; a < model.shape().actors; ++a) weigh(model, a);
}

void TypeRecord::weigh(const Model& model, std::size_t actor) {
  std::vector<Lesson>& own = lessons_[actor];
  for (const std::uint32_t e : model.menu_of(actor)) {
    const Entry& entry = model.entries()[e];
    if (entry.chosen_freely && !hidden(entry.action)) own.push_back({e, {}});
  }
  const auto& wants = model.given().actors[actor].wants;
  for (std::size_t t = 0; t < type_count; ++t) {
    std::vector<double> utility;
    for (const Lesson& lesson : own) {
      const auto& effect = info(model.entries()[lesson.entry].action).effect;
      double u = 0.0;
      for (std::size_t k = 0; k < feature_count; ++k) {
        u += wants[k] * static_cast<double>(bend[t][k]) * static_cast<double>(effect[k]);
      }
      utility.push_back(u);
    }
    const std::vector<double> log_p = log_response(utility);
    for (std::size_t i = 0; i < own.size(); ++i) own[i].log_p[t] = static_cast<float>(log_p[i]);
  }
}

void TypeRecord::learn(State& state, F eta, F lean) const {
  const std::size_t n = lessons_.size();
  for (std::size_t a = 0; a < n; ++a) {
    std::array<F, type_count> weight{F(0.0F), F(0.0F), F(0.0F)};
    M any = F(0.0F) > F(0.0F);
    for (const Lesson& lesson : lessons_[a]) {
      const F begun = state.at(Var::started, lesson.entry);
      const M seen = begun > F(0.0F);
      if (!lanes::any(seen)) continue;
      any = any | seen;
      for (std::size_t t = 0; t < type_count; ++t) {
        weight[t] += select(seen, F(lesson.log_p[t]), F(0.0F));
      }
    }
    if (!lanes::any(any)) continue;
    std::array<F, type_count> factor{F(1.0F), F(1.0F), F(1.0F)};
    for (std::size_t t = 1; t < type_count; ++t) {
      factor[t] = lanes::exp(lanes::clamp(eta * (weight[t] - weight[0]), F(-20.0F), F(20.0F)));
    }
    for (std::size_t o = 0; o < n; ++o) {
      if (o != a) revise(state, o * n + a, {any, factor, eta * lean});
    }
  }
}

void TypeRecord::revise(State& state, std::size_t pair, const Evidence& week) {
  const F worse =
      lanes::max(state.at(Var::last_act, pair) - state.at(Var::perceived_act, pair), F(0.0F));
  F all(0.0F);
  std::array<F, type_count> posterior;
  for (std::size_t t = 0; t < type_count; ++t) {
    posterior[t] =
        lanes::max(state.at(Var::believed_type, pair * type_count + t), F(least_belief)) *
        week.factor[t];
    if (t == 0 && lanes::any(worse > F(0.0F))) posterior[t] *= lanes::exp(week.lean * worse);
    all += posterior[t];
  }
  for (std::size_t t = 0; t < type_count; ++t) {
    F& belief = state.at(Var::believed_type, pair * type_count + t);
    belief = select(week.any, posterior[t] / all, belief);
  }
}

float TypeRecord::log_likelihood(std::uint32_t entry, std::size_t type) const {
  for (const auto& own : lessons_) {
    for (const Lesson& lesson : own) {
      if (lesson.entry == entry) return lesson.log_p[type];
    }
  }
  return 0.0F;
}

}  // namespace casus::world
