// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/weightings.h"
#include "tests/fuzz/small_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casus::fuzz::read_beside_case(
      data, size, [](std::string text, const casus::casefile::Case& whole) {
        for (const auto& w : casus::casefile::weightings_from("weightings.yaml", text, whole).all) {
          CASUS_CHECK(w.values.actor.index < whole.actors.size());
          for (const auto& worth : w.values.worth) {
            CASUS_CHECK(worth.measure < casus::casefile::measures().size());
            CASUS_CHECK(worth.per > 0.0 && worth.sd >= 0.0);
          }
        }
      });
  return 0;
}
