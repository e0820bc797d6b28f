// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "casus/ensemble/engine.h"
#include "casus/ensemble/series.h"
#include "casus/policy/policy.h"
#include "casus/random/quantile_table.h"
#include "casus/world/published.h"
#include "casus/world/week.h"

namespace casus::ensemble {

using lanes::F;

/// All that the futures of one case share: built once, read by every thread.
class Stage {
 public:
  Stage(const casefile::Case& given, const intel::Belief& belief, const Staging& how);

  [[nodiscard]] const casefile::Case& given() const { return *given_; }
  [[nodiscard]] const world::Model& model() const { return model_; }
  [[nodiscard]] const world::World& world() const { return world_; }
  [[nodiscard]] const policy::Policy& policy() const { return policy_; }
  [[nodiscard]] const std::vector<SeriesUse>& series() const { return series_; }
  [[nodiscard]] const std::vector<casefile::VariableUse>& uses() const { return uses_; }
  [[nodiscard]] std::uint64_t seed() const { return how_.seed; }
  [[nodiscard]] int weeks() const { return how_.weeks; }
  [[nodiscard]] int every() const { return how_.every; }

  /// The state of every hypothesis in one future, drawn from the belief.
  /// @draws "truth" by future (or point of a design) and factor.
  [[nodiscard]] std::vector<std::uint32_t> truth(std::uint32_t future) const;
  /// The number that luck of a pack's first future is drawn by.
  [[nodiscard]] std::uint32_t luck_of(std::size_t pack) const;
  /// The first state of a pack: `lanes::width` futures in a row.
  [[nodiscard]] world::State start(std::size_t pack) const;

 private:
  void lay_out_design();
  [[nodiscard]] bool designed() const { return design_ || how_.design != nullptr; }
  [[nodiscard]] std::size_t design_row(std::size_t future) const;
  [[nodiscard]] double coordinate(std::size_t future, std::size_t dimension,
                                  std::uint64_t name) const;
  [[nodiscard]] std::vector<float> chosen_knobs(std::size_t pack) const;

  const casefile::Case* given_;
  const intel::Belief* belief_;
  world::Model model_;
  world::World world_;
  policy::Policy policy_;
  std::optional<Design> design_;
  std::vector<QuantileTable> quantiles_;    ///< by knob, of a design
  std::vector<std::size_t> factor_places_;  ///< dimension of the design, by factor of the belief
  std::vector<std::size_t> fitted_places_;  ///< knob, by fitted parameter of the belief
  std::vector<SeriesUse> series_;
  std::vector<casefile::VariableUse> uses_;
  Staging how_;
};

/// Everybody there is in the futures of a pack, in thousands, before the first week and after the
/// last.
struct Census {
  world::F before, after;
};
/// Every run counts its people: a law that makes or loses some is a mistake in the engine.
/// @throws InternalError in a future more than a ten-thousandth of them came or went.
void check_people(const Stage& stage, std::optional<casefile::OptionId> option, std::size_t pack,
                  const Census& census);

/// Where the results of a pack go: beside those of the other packs of a block, where there are any.
struct Beside {
  Run& run;  ///< made large enough; clamps are added
  std::size_t packs = 1, pack = 0;
};

/// Plays the futures of a pack under one option to the horizon: each week first the orders
/// (policies, then the script), then the world.
/// @param log      collects the events of one lane; may be null.
/// @param without  an order that is not given, by anybody.
/// @param look     is shown the state at the end of every week; may be empty.
void run_pack(const Stage& stage, world::State state, std::optional<casefile::OptionId> option,
              std::size_t pack, const Beside& to, world::EventLog* log = nullptr,
              const std::optional<Without>& without = {},
              const std::function<void(const world::State&, const world::Now&)>& look = {});

/// The answers of a pack to every question, from the stored values of `Stage::uses`.
[[nodiscard]] std::vector<F> answers_of(const Stage& stage, const std::vector<F>& stored);

/// Plays one future of an option again and collects its events with their causes.
[[nodiscard]] Replay replay(const Stage& stage, casefile::OptionId option, std::size_t future,
                            const std::optional<Without>& without = {});

}  // namespace casus::ensemble
