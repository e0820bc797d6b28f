// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/case_actors.h"
#include "casus/casefile/case_base.h"
#include "casus/casefile/case_evidence.h"
#include "casus/casefile/case_plans.h"
#include "casus/casefile/case_stage.h"
#include "casus/casefile/grading.h"

/// The value a case folder loads into: everything given, nothing concluded.
///
/// Plain data in order of declaration. Text ids are kept beside their 64-bit keys; every reference
/// is a dense id. docs/case-format.md is the manual of each field; casefile/load.h has `Case`.
