// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace casus::casefile {

/// Writes a small, complete, commented case to start from: three invented states and a league, a
/// war with two sectors, ten reports, five hypotheses, three options. It checks clean and plays.
/// @throws IoError  uncreatable: the folder holds files already or cannot be made; write: a file
/// cannot
///                  be written.
void write_template(const std::filesystem::path& folder);

}  // namespace casus::casefile
