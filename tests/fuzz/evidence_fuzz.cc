// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/network.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casus;
  static const intel::Network network{
      {{"rain", {"yes", "no"}, {}, {.2, .8}}, {"Asy/Patch", {"1", "2", "true"}, {}, {.2, .3, .5}}}};
  try {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto told = intel::read_evidence(text, "evidence.json", network);
    CASUS_CHECK(told.items.size() == told.places.size());
    for (const auto& item : told.items) {
      CASUS_CHECK(item.node < network.nodes.size());
      CASUS_CHECK(item.likelihood.size() == network.nodes[item.node].states.size());
      for (const double p : item.likelihood) CASUS_CHECK(std::isfinite(p) && p >= 0.0);
    }
  } catch (const CaseError& error) {
    fuzz::must_be_located(error);
  }
  return 0;
}
