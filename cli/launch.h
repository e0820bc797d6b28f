// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "casus/ensemble/team.h"

namespace casus::cli {

/// Whether mpirun or srun started this program as one of several.
[[nodiscard]] bool launched_together();

/// The programs started together with this one; none where it was started alone. MPI is loaded and
/// started here and nowhere else, so that an ordinary start does not pay for it.
/// @throws ModelError it was, but this build has no MPI, or srun was not told to speak it.
[[nodiscard]] std::unique_ptr<ensemble::Team> launched_team();

/// Ends all programs of the team with `code`, where there is one: the others would wait for ever.
void end_team(int code);

}  // namespace casus::cli
