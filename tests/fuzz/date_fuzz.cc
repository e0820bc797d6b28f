// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "casus/base/error.h"
#include "casus/time/date.h"

// What is read as a day is written back as it stood.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto date = casus::parse_date(text);
  if (!date) return 0;
  CASUS_CHECK(casus::to_string(*date) == text);
  CASUS_CHECK(date->monday() <= *date && *date - date->monday() < 7);
  const casus::WeekClock clock(*date);
  CASUS_CHECK(clock.week_of(date->plus(1)) == 0);
  return 0;
}
