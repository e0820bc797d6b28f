// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/belief.h"
#include "tests/fuzz/small_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casus::fuzz::read_beside_case(
      data, size, [](const std::string& text, const casus::casefile::Case& whole) {
        static_cast<void>(casus::intel::belief_from_json(text, whole, "belief.json"));
      });
  return 0;
}
