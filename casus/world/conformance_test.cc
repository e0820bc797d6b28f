// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "casus/world/acts.h"
#include "casus/world/manpower.h"
#include "casus/world/test_world.h"

/// What every process of the week is held to.
namespace casus::world {
namespace {

using testing::model_of_2024;
using testing::now_of;
using testing::state_of;

/// A state some weeks into a future in which much has been ordered.
State busy_state(const Model& model, const World& world, int weeks) {
  State state = state_of(model);
  std::vector<F> orders(model.entries().size(), F(0.0F));
  for (int w = 0; w < weeks; ++w) {
    for (std::size_t e = 0; e < orders.size(); ++e) {
      const auto word =
          model.entries()[e].key ^ (static_cast<std::uint64_t>(w) * 0x9E3779B97F4A7C15ULL);
      orders[e] = F((word >> 40) % 8 == 0 ? 0.7F : 0.0F);
    }
    world.week(state, orders, now_of(model, w));
  }
  return state;
}

bool equal_bytes(std::span<const F> a, std::span<const F> b) {
  return a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

TEST(Conformance, AProcessChangesOnlyWhatItDeclaresToWrite) {
  const Model& model = model_of_2024();
  const World world(model);
  State state = busy_state(model, world, 12);
  const auto table = variable_table();
  for (int w = 12; w < 18; ++w) {
    for (const auto& process : world.processes()) {
      const State before = state;
      process->step(state, now_of(model, w));
      for (std::size_t v = 0; v < table.size(); ++v) {
        const Var var = static_cast<Var>(v);
        const bool declared = std::ranges::count(process->writes(), var) > 0;
        if (!declared) {
          EXPECT_TRUE(equal_bytes(before[var], state[var]))
              << process->name() << " changes " << table[v].name;
        }
      }
    }
  }
}

TEST(Conformance, AProcessLeavesNoNumberThatIsNone) {
  const Model& model = model_of_2024();
  const World world(model);
  State state = busy_state(model, world, 8);
  for (int w = 8; w < 40; ++w) {
    for (const auto& process : world.processes()) {
      process->step(state, now_of(model, w));
      for (const Var var : process->writes()) {
        for (const F& x : state[var]) {
          for (std::size_t lane = 0; lane < lanes::width; ++lane) {
            ASSERT_TRUE(std::isfinite(x[lane])) << process->name() << " " << info(var).name;
          }
        }
      }
    }
  }
}

TEST(Conformance, AStepIsTheSameTwice) {
  const Model& model = model_of_2024();
  const World world(model);
  const State state = busy_state(model, world, 10);
  for (const auto& process : world.processes()) {
    State a = state;
    State b = state;
    process->step(a, now_of(model, 10));
    process->step(b, now_of(model, 10));
    EXPECT_TRUE(a == b) << process->name();
  }
}

TEST(Conformance, LanesDoNotTouchEachOther) {
  const Model& model = model_of_2024();
  const World world(model);
  State whole = state_of(model, 0);
  State shifted = state_of(model, 8);
  for (int w = 0; w < 8; ++w) {
    world.week(whole, {}, now_of(model, w, 0));
    world.week(shifted, {}, now_of(model, w, 8));
  }
  const auto table = variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    const auto a = whole[static_cast<Var>(v)];
    const auto b = shifted[static_cast<Var>(v)];
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t lane = 0; lane < 8; ++lane) {
        ASSERT_EQ(a[i][lane + 8], b[i][lane]) << table[v].name << " " << i;
      }
    }
  }
}

TEST(Conformance, HardlyAnythingHasToBeClamped) {
  const Model& model = model_of_2024();
  const World world(model);
  Clamps all;
  std::vector<std::size_t> by_variable(variable_table().size());
  for (std::uint32_t first = 0; first < 64; first += lanes::width) {
    State state = state_of(model, first);
    for (int w = 0; w < 104; ++w) {
      const Clamps c = world.week(state, {}, now_of(model, w, first));
      all.clamped += c.clamped;
      all.updates += c.updates;
    }
    for (std::size_t v = 0; v < by_variable.size(); ++v) {
      by_variable[v] += state.clamped(static_cast<Var>(v));
    }
  }
  std::string said;
  for (std::size_t v = 0; v < by_variable.size(); ++v) {
    if (by_variable[v] == 0) continue;
    said += std::string(variable_table()[v].name) + " " + std::to_string(by_variable[v]) + "\n";
  }
  EXPECT_LT(static_cast<double>(all.clamped), 1e-3 * static_cast<double>(all.updates)) << said;
}

TEST(Conformance, WhatALawBringsBackIntoRangeIsCounted) {
  const Model& model = model_of_2024();
  State state = state_of(model);
  const Range range = range_of(Var::tension);
  EXPECT_EQ(range.low, info(Var::tension).low);
  EXPECT_EQ(range.high, info(Var::tension).high);
  F x(range.low);  // at the edge is inside
  x.set(0, range.high + 1.0F);
  x.set(lanes::width - 1, std::numeric_limits<float>::quiet_NaN());
  const F held = state.held(Var::tension, x);
  EXPECT_EQ(held[0], range.high);
  EXPECT_GE(held[lanes::width - 1], range.low);
  EXPECT_EQ(state.clamped(Var::tension), 2U);
  std::size_t updates = 0;
  EXPECT_EQ(state.clamp(updates), 2U);
  EXPECT_EQ(state.clamp(updates), 0U);
}

TEST(Conformance, NobodyIsMadeOrLostBetweenThePools) {
  const Model& model = model_of_2024();
  const World world(model);
  State state = busy_state(model, world, 2);
  const F before = people(state, model);
  std::vector<F> orders(model.entries().size(), F(0.0F));
  for (int w = 2; w < 80; ++w) {
    for (std::size_t e = 0; e < orders.size(); ++e) {
      orders[e] = F((e + static_cast<std::size_t>(w)) % 7 == 0 ? 0.7F : 0.0F);
    }
    world.week(state, orders, now_of(model, w));
    const F now = people(state, model);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      // Floats of thousands: a hundredth of a per mille of all is rounding.
      ASSERT_NEAR(now[lane], before[lane], 1e-4F * before[lane]) << "week " << w;
    }
  }
}

TEST(Conformance, NothingCountedFallsBelowNoneAndEveryShareStaysAShare) {
  const Model& model = model_of_2024();
  const World world(model);
  State state = busy_state(model, world, 3);
  const auto table = variable_table();
  std::vector<F> orders(model.entries().size(), F(0.0F));
  std::size_t seen = 0;
  std::size_t outside = 0;
  for (int w = 3; w < 60; ++w) {
    for (std::size_t e = 0; e < orders.size(); ++e) {
      orders[e] = F((e * 3 + static_cast<std::size_t>(w)) % 8 == 0 ? 0.8F : 0.0F);
    }
    enqueue(state, now_of(model, w), orders);
    for (const auto& process : world.processes()) {
      process->step(state, now_of(model, w));
      for (const Var var : process->writes()) {
        const VariableInfo& row = info(var);
        const bool counted = row.unit == "k" || row.unit == "count" || row.unit == "USD bn";
        if (row.unit != "share" && !counted) continue;
        const float low = row.low - 1e-4F * std::max(1.0F, std::abs(row.low));
        const float high = row.high + 1e-4F * std::max(1.0F, std::abs(row.high));
        for (const F& x : state[var]) {
          for (std::size_t lane = 0; lane < lanes::width; ++lane) {
            ++seen;
            if (x[lane] < low || (row.unit == "share" && x[lane] > high)) {
              ++outside;
              ADD_FAILURE() << process->name() << " puts " << row.name << " at " << x[lane];
              if (outside > 5) return;
            }
          }
        }
      }
    }
    std::size_t updates = 0;
    (void)state.clamp(updates);
  }
  EXPECT_GT(seen, 100000U);
}

}  // namespace
}  // namespace casus::world
