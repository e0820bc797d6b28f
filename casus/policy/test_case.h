// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/casefile/template.h"
#include "casus/world/start.h"

/// The small invented case that tests of choosing and playing run on; only tests include this.
namespace casus::policy::test {

/// The case `casus new` writes, loaded once.
inline const casefile::Case& small_case() {
  static const casefile::Case given = [] {
    const auto folder =
        std::filesystem::temp_directory_path() / ("casus_small_case_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    casefile::write_template(folder);
    casefile::Case loaded = casefile::load(folder);
    std::filesystem::remove_all(folder);
    return loaded;
  }();
  return given;
}

/// The first state of sixteen futures in which every hypothesis has its first state.
inline world::State first_state(const world::Model& model, std::uint32_t first = 0) {
  const std::vector<std::uint32_t> truth(model.given().hypotheses.size(), 0);
  const std::vector<std::vector<std::uint32_t>> truths(lanes::width, truth);
  return world::start(model, Draws(3), first, truths);
}

inline std::size_t actor_of(const casefile::Case& given, const std::string& id) {
  return casefile::find(given.actors, id).value();
}

}  // namespace casus::policy::test
