// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/launch.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "casus/base/error.h"
#include "cli/mpi_team.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

EndTeam* end_together = nullptr;

bool more_than_one(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && std::atoi(value) > 1;  // NOLINT: what is no number is no team
}

// Beside the program, or where an installation has it.
void* load_mpi() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const std::string name = "casus_mpi.so";
  for (const auto& path : {program / name, program.parent_path() / "lib" / "casus" / name}) {
    if (void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) return library;
  }
  const char* why = ::dlerror();
  throw ModelError("started by mpirun, but MPI cannot be loaded (" +
                   std::string(why != nullptr ? why : "no reason given") +
                   "); install Open MPI (libopenmpi-dev) and build again");
}

template <class Function>
Function* entry(void* library, const char* name) {
  return reinterpret_cast<Function*>(::dlsym(library, name));  // what dlsym is for
}

}  // namespace

bool launched_together() {
  return more_than_one("OMPI_COMM_WORLD_SIZE") ||
         (std::getenv("SLURM_PROCID") != nullptr && more_than_one("SLURM_STEP_NUM_TASKS"));
}

std::unique_ptr<ensemble::Team> launched_team() {
  if (!launched_together()) return nullptr;
  if (std::getenv("OMPI_COMM_WORLD_SIZE") == nullptr && std::getenv("PMIX_RANK") == nullptr) {
    throw ModelError("started by srun without MPI: say 'srun --mpi=pmix', or use mpirun");
  }
  void* library = load_mpi();
  end_together = entry<EndTeam>(library, "casus_end_team");
  return std::unique_ptr<ensemble::Team>(
      entry<MakeTeam>(library, "casus_make_team")(&stop_requested));
}

void end_team(int code) {
  if (end_together != nullptr) end_together(code);
}

}  // namespace casus::cli
