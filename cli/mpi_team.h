// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/ensemble/team.h"

/// The seam to casus_mpi.so, which alone is linked with MPI.
extern "C" {
using MakeTeam = casus::ensemble::Team*(bool (*stop)());
using EndTeam = void(int code);
MakeTeam casus_make_team;
EndTeam casus_end_team;
}
