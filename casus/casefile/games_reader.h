// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/games.h"
#include "casus/casefile/loading.h"

/// Private to the module.
namespace casus::casefile {

/// Reads `games.yaml` with all that the case declares at hand.
void read_games(Loading& loading, const Document& document, Games& out);

/// The games of a case from files in memory.
[[nodiscard]] Games games_from(std::vector<CaseFile> files, std::string games);

/// The dated orders of a list under `orders`; `owner` is how messages call whose they are.
std::vector<Order> read_orders(Loading& loading, Fields& fields, const std::string& owner);

}  // namespace casus::casefile
