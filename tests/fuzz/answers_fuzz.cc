// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/forecast.h"
#include "casus/base/error.h"

// What is read once is written and read again to the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casus;
  try {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto answers = analysis::answers_from_json(text, "answers.json");
    const std::string written = analysis::answers_to_json(answers);
    CASUS_CHECK(analysis::answers_to_json(analysis::answers_from_json(written, "w")) == written);
  } catch (const CaseError& error) {
    CASUS_CHECK(!error.problems().empty());
    for (const Problem& problem : error.problems()) CASUS_CHECK(!problem.message.empty());
  }
  return 0;
}
