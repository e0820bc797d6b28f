// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/small_case.h"

// The first byte chooses the file, the rest is its text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::vector<std::string_view> kinds;
  for (const std::string_view kind : casus::casefile::case_file_names()) {
    if (kind != "reports.jsonl") kinds.push_back(kind);
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  casus::fuzz::load_with(kinds[data[0] % kinds.size()], text);
  return 0;
}
