// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/particles.h"

#include <gtest/gtest.h>

#include "casus/calibrate/forecast.h"
#include "casus/world/manpower.h"

namespace casus::calibrate {
namespace particles_test {

const casefile::Case& front() {
  static const casefile::Case given =
      case_at(CASUS_SOURCE_DIR "/cases/ukraine-front", Date(2024, 7, 8), Date(2025, 6, 16));
  return given;
}

double in_contact(const world::State& state, std::size_t side) {
  double sum = 0.0;
  for (std::size_t s = 0; s < state.shape().sectors; ++s)
    sum += static_cast<double>(state.at(world::Var::troops, s * 2 + side)[0]);
  return sum;
}

/// The filter's weeks are the world's: nobody is made or lost, the wounded come back, and ranks are
/// filled.
TEST(Theatre, KeepsItsPeopleThroughAYear) {
  const Theatre theatre(front());
  Group group = start_group(theatre, 1, 0, 1, Scores(theatre.fitted().size(), 0.0));
  world::State& state = group.blocks.front();
  const auto before = static_cast<double>(world::people(state, theatre.model())[0]);
  const double men[] = {in_contact(state, 0), in_contact(state, 1)};
  for (int week = 0; week < 52; ++week) pass_week(theatre, group, week, 1, 0, {});
  EXPECT_NEAR(static_cast<double>(world::people(state, theatre.model())[0]), before, 2e-4 * before);
  for (const std::size_t side : {0U, 1U}) {
    EXPECT_GT(in_contact(state, side), 0.75 * men[side]) << side;
    EXPECT_LT(in_contact(state, side), 1.6 * men[side]) << side;
  }
}

TEST(Theatre, StandsStillWhereItIsTold) {
  const Theatre theatre(front(), World::stands);
  Group group = start_group(theatre, 1, 0, 1, Scores(theatre.fitted().size(), 0.0));
  const Expected first = expect(theatre, group, 0);
  const std::vector<double> off = group.misfit;
  pass_week(theatre, group, 0, 1, 0, std::vector<double>(theatre.sectors(), 30.0));
  EXPECT_NE(group.misfit, off);  // the laws of error go on
  group.misfit = off;
  const Expected later = expect(theatre, group, 30);
  EXPECT_EQ(later.gain, first.gain);
  EXPECT_EQ(later.loss, first.loss);
  EXPECT_EQ(later.casualties, first.casualties);
}

}  // namespace particles_test
}  // namespace casus::calibrate
