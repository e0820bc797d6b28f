// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/calibrate/import.h"

// Any bytes as a weekly table and as each published form: read or refused, never more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace calibrate = casus::calibrate;
  static const auto path =
      std::filesystem::temp_directory_path() /
      ("weekly_csv_fuzz_" + casus::digest(std::to_string(reinterpret_cast<std::uintptr_t>(data))));
  casus::write_file(path, {reinterpret_cast<const char*>(data), size});
  const auto attempt = [](const auto& read) {
    try {
      (void)read();
    } catch (const casus::CaseError&) {
      // a wrong file is a fine answer
    }
  };
  attempt([&] { return calibrate::read_weekly(path); });
  attempt([&] { return calibrate::import_series(path, size % 2 == 0); });
  attempt([&] { return calibrate::import_oryx(path); });
  attempt([&] { return calibrate::import_events(std::vector{path, path}, ""); });
  attempt([&] { return calibrate::import_losses(std::vector{path}, std::vector{path}); });
  return 0;
}
