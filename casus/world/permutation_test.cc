// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "casus/world/test_world.h"

/// The order in which a case declares its things is nobody's concern.
namespace casus::world {
namespace permutation_test {

using testing::model_of_2024;
using testing::now_of;
using testing::state_of;

enum class Turn : std::uint8_t { actors, sectors, contingents };

/// The file of a theatre with the entries of one section in the opposite order.
void turn_round(const std::filesystem::path& file, const std::string& section) {
  std::ifstream in(file);
  std::vector<std::string> before, entries, after;
  bool inside = false;
  bool past = false;
  for (std::string line; std::getline(in, line);) {
    line += '\n';
    if (inside && !line.starts_with(" ") && !line.starts_with("#") && line != "\n") {
      inside = false;
      past = true;
    }
    if (inside && line.starts_with("  - ")) entries.emplace_back();
    if (past) {
      after.push_back(line);
    } else if (inside && !entries.empty()) {
      entries.back() += line;
    } else {
      before.push_back(line);
    }
    if (line == section + ":\n") inside = true;
  }
  in.close();
  ASSERT_GT(entries.size(), 1U) << section;
  std::reverse(entries.begin(), entries.end());
  std::ofstream out(file);
  for (const auto* part : {&before, &entries, &after}) {
    for (const std::string& text : *part) out << text;
  }
}

casefile::Case turned_case(Turn turn) {
  namespace fs = std::filesystem;
  const fs::path to =
      fs::temp_directory_path() / ("casus_turned_" + std::to_string(static_cast<int>(turn)));
  fs::remove_all(to);
  fs::create_directories(to);
  for (const char* folder : {"dprk-2024", "theatres"}) {
    fs::copy(fs::path(CASUS_SOURCE_DIR "/cases") / folder, to / folder,
             fs::copy_options::recursive);
  }
  const fs::path theatre = to / "theatres/ukraine-2024";
  if (turn == Turn::actors) turn_round(theatre / "actors.yaml", "actors");
  if (turn == Turn::sectors) turn_round(theatre / "front/map.yaml", "sectors");
  if (turn == Turn::contingents) turn_round(theatre / "front/forces.yaml", "contingents");
  casefile::Case given = casefile::load(to / "dprk-2024");
  fs::remove_all(to);
  return given;
}

/// Where entity `i` of a variable lies in the turned case.
std::size_t turned(const Shape& shape, Turn turn, Extent extent, std::size_t i) {
  const auto actor = [&](std::size_t a) { return turn == Turn::actors ? shape.actors - 1 - a : a; };
  const auto sector = [&](std::size_t s) {
    return turn == Turn::sectors ? shape.sectors - 1 - s : s;
  };
  const auto contingent = [&](std::size_t c) {
    return turn == Turn::contingents ? shape.contingents - 1 - c : c;
  };
  const std::size_t n = shape.actors;
  switch (extent) {
    case Extent::sector:
      return sector(i);
    case Extent::sector_side:
      return sector(i / 2) * 2 + i % 2;
    case Extent::contingent:
      return contingent(i);
    case Extent::contingent_node:
      return contingent(i / shape.path_nodes) * shape.path_nodes + i % shape.path_nodes;
    case Extent::actor:
      return actor(i);
    case Extent::actor_feature:
      return actor(i / 18) * 18 + i % 18;
    case Extent::actor_type:
      return actor(i / 3) * 3 + i % 3;
    case Extent::actor_stock:
      return actor(i / 9) * 9 + i % 9;
    case Extent::pair:
      return actor(i / n) * n + actor(i % n);
    case Extent::pair_type:
      return (actor(i / 3 / n) * n + actor(i / 3 % n)) * 3 + i % 3;
    case Extent::actor_contingent:
      return actor(i / shape.contingents) * shape.contingents + contingent(i % shape.contingents);
    default:
      return i;
  }
}

void expect_the_same_future(Turn turn) {
  const Model& model = model_of_2024();
  const casefile::Case given = turned_case(turn);
  const Model mirror(given);
  ASSERT_EQ(mirror.entries().size(), model.entries().size());
  State a = state_of(model);
  State b = state_of(mirror);
  const World world(model);
  const World mirror_world(mirror);
  const auto table = variable_table();
  for (int w = 0; w < 3; ++w) {
    for (std::size_t v = 0; v < table.size(); ++v) {
      if (table[v].extent == Extent::entry) continue;  // sorted anew
      const auto x = a[static_cast<Var>(v)];
      const auto y = b[static_cast<Var>(v)];
      for (std::size_t i = 0; i < x.size(); ++i) {
        const F& twin = y[turned(model.shape(), turn, table[v].extent, i)];
        for (std::size_t lane = 0; lane < lanes::width; ++lane) {
          ASSERT_NEAR(x[i][lane], twin[lane],
                      1e-5F + 1e-5F * static_cast<float>(w + 1) * std::abs(x[i][lane]))
              << table[v].name << " " << i << " in week " << w;
        }
      }
    }
    world.week(a, {}, now_of(model, w));
    mirror_world.week(b, {}, now_of(mirror, w));
  }
}

TEST(Permutation, TheOrderInWhichActorsAreDeclaredChangesNothing) {
  expect_the_same_future(Turn::actors);
}

TEST(Permutation, TheOrderInWhichSectorsAreDeclaredChangesNothing) {
  expect_the_same_future(Turn::sectors);
}

TEST(Permutation, TheOrderInWhichContingentsAreDeclaredChangesNothing) {
  expect_the_same_future(Turn::contingents);
}

}  // namespace permutation_test
}  // namespace casus::world
