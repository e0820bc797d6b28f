// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "casus/world/front.h"
#include "casus/world/movement.h"
#include "casus/world/test_world.h"

// Movement and the front once more, by tests/numpy_oracle.py: written from docs/models alone, in
// another language, in double precision. It gets the states before and says what it makes of them.
namespace casus::world {
namespace {

using nlohmann::json;
using testing::model_of_2024;
using testing::now_of;
using testing::state_of;

constexpr std::size_t packs = 4;
constexpr int first_week = 6, last_week = 60, weeks_apart = 9;

json variables_of(const Model& model) {
  json out;
  std::size_t at = 0;
  for (const VariableInfo& v : variable_table()) {
    const std::size_t size = model.shape().size_of(v.extent);
    out[std::string(v.name)] = {at, size};
    at += size;
  }
  return out;
}

/// [variable and entity][future]
void write(const std::vector<State>& states, const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  for (std::size_t v = 0; v < variable_table().size(); ++v) {
    for (std::size_t i = 0; i < states[0][static_cast<Var>(v)].size(); ++i) {
      for (const State& s : states) {
        const F& x = s.at(static_cast<Var>(v), i);
        for (std::size_t lane = 0; lane < lanes::width; ++lane) {
          const float value = x[lane];
          file.write(reinterpret_cast<const char*>(&value), sizeof value);
        }
      }
    }
  }
}

json contingents_of(const Model& model) {
  json out = json::array();
  for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
    const auto& k = model.given().contingents[c];
    const Model::Path& path = model.path(c);
    json stages = json::array();
    for (std::size_t i = 0; i < path.routes.size(); ++i) {
      const auto mode = model.given().routes[path.routes[i]].mode;
      stages.push_back({{"route", path.routes[i]},
                        {"km", path.km[i]},
                        {"mode", std::string(casefile::name_of(mode))},
                        {"enters", path.enters[i] ? 1 : 0}});
    }
    out.push_back({{"foreign", k.foreign},
                   {"owner", k.owner.index},
                   {"side", k.side ? static_cast<int>(*k.side) : -1},
                   {"sector", k.sector ? static_cast<int>(k.sector->index) : -1},
                   {"stages", stages}});
  }
  return out;
}

json sectors_of(const Model& model) {
  json out = json::array();
  for (std::size_t s = 0; s < model.shape().sectors; ++s) {
    out.push_back({{"key", model.sector_key(s)}, {"chip", model.given().sectors[s].chip}});
  }
  return out;
}

json manifest_of(const Model& model) {
  json fortify = json::array({json::array(), json::array()});
  for (const std::uint32_t e : model.entries_of(Action::fortify)) {
    const int side = model.side_of(model.entries()[e].actor);
    if (side >= 0) fortify[static_cast<std::size_t>(side)].push_back(e);
  }
  json knob_ids = json::array();
  for (const Knob& k : knobs()) knob_ids.push_back(std::string(k.id));
  json capacity = json::array();
  for (const auto& r : model.given().routes) capacity.push_back(r.capacity.prior.median());
  return {{"futures", packs * lanes::width},
          {"path_nodes", model.shape().path_nodes},
          {"leads", {model.lead(0), model.lead(1)}},
          {"variables", variables_of(model)},
          {"knobs", knob_ids},
          {"contingents", contingents_of(model)},
          {"sectors", sectors_of(model)},
          {"fortify", fortify},
          {"capacity_men_a_day", capacity},
          {"stock_places", {casefile::StockKind::shells, casefile::StockKind::attack_drones}},
          {"seed", 7},
          {"week_0", to_string(model.given().clock().monday_of(0))},
          {"loss", key_of("front.loss")},
          {"gain", key_of("front.gain")}};
}

/// Seconds of one step of all packs, on this core and the baseline's registers, with what lasts a
/// run worked out before.
double seconds_of(const Process& process, const std::vector<State>& states, int week) {
  constexpr int rounds = 20;
  std::vector<State> moving = states;
  std::vector<std::vector<F>> lasting;
  std::vector<Now> now;
  for (std::size_t p = 0; p < packs; ++p) {
    now.push_back(now_of(model_of_2024(), week, static_cast<std::uint32_t>(p * lanes::width)));
    lasting.emplace_back(process.lasting());
    process.work_out(states[p], now[p], lasting[p]);
    now[p].lasting = lasting[p];
  }
  const auto before = std::chrono::steady_clock::now();
  for (int r = 0; r < rounds; ++r) {
    for (std::size_t p = 0; p < packs; ++p) process.step(moving[p], now[p]);
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - before;
  return taken.count() / rounds;
}

/// Nobody decides to send anybody: what is left of movement is the way over the network.
void still(State& state) {
  for (const Var v : {Var::to_send, Var::started, Var::contingent_casualties}) {
    for (F& x : state[v]) x = F(0.0F);
  }
}

/// Debian's packages are seen by Debian's own Python.
std::string python_with_numpy() {
  for (const std::string python : {"python3", "/usr/bin/python3"}) {
    if (std::system((python + " -c 'import numpy' 2>/dev/null").c_str()) == 0) return python;
  }
  return "";
}

TEST(SlowOracle, MovementAndTheFrontAreAsNumPyHasThem) {
  const std::string python = python_with_numpy();
  if (python.empty()) GTEST_SKIP() << "there is no NumPy: apt-get install python3-numpy";
  const auto folder =
      std::filesystem::temp_directory_path() / ("casus-oracle-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const Model& model = model_of_2024();
  const World world(model);
  std::vector<State> states;
  for (std::size_t p = 0; p < packs; ++p)
    states.push_back(state_of(model, static_cast<std::uint32_t>(p * lanes::width)));
  const std::unique_ptr<Process> processes[] = {make_movement(model), make_front(model)};
  json manifest = manifest_of(model);
  for (int week = 0; week <= last_week; ++week) {
    if (week >= first_week && (week - first_week) % weeks_apart == 0) {
      std::vector<State> before = states;
      for (State& s : before) still(s);
      for (const auto& process : processes) {
        const std::string name = std::string(process->name()) + "_" + std::to_string(week);
        write(before, folder / (name + ".before"));
        std::vector<State> after = before;
        for (std::size_t p = 0; p < packs; ++p) {
          const auto first = static_cast<std::uint32_t>(p * lanes::width);
          process->step(after[p], now_of(model, week, first));
        }
        write(after, folder / (name + ".after"));
        manifest["steps"].push_back({{"process", process->name()},
                                     {"week", week},
                                     {"file", name},
                                     {"seconds", seconds_of(*process, before, week)}});
      }
    }
    for (std::size_t p = 0; p < packs; ++p) {
      const auto first = static_cast<std::uint32_t>(p * lanes::width);
      world.week(states[p], {}, now_of(model, week, first));
    }
  }
  std::ofstream(folder / "manifest.json") << manifest.dump();
  const std::string run = python + " " CASUS_SOURCE_DIR "/tests/numpy_oracle.py " + folder.string();
  EXPECT_EQ(std::system(run.c_str()), 0) << run;
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace casus::world
