// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "casus/casefile/base_rates.h"
#include "tests/fuzz/small_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casus::fuzz::read_beside_case(
      data, size, [](std::string text, const casus::casefile::Case& whole) {
        for (const auto& rate : casus::casefile::base_rates_from("base_rates.yaml", text, whole)) {
          CASUS_CHECK(rate.question < whole.questions.size());
          if (rate.p) CASUS_CHECK(*rate.p >= 0.0 && *rate.p <= 1.0);
          for (const auto& q : rate.quantiles) CASUS_CHECK(q.first > 0.0 && q.first < 1.0);
          for (const auto& c : rate.categories) CASUS_CHECK(c.second >= 0.0 && c.second <= 1.0);
        }
      });
  return 0;
}
