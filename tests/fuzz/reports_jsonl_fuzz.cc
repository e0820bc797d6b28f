// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/small_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casus::fuzz::load_with("reports.jsonl", {reinterpret_cast<const char*>(data), size});
  return 0;
}
