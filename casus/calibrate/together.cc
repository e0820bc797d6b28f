// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/together.h"

#include <algorithm>
#include <cstring>

#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::calibrate {

std::vector<std::vector<double>> work_together(
    std::size_t count, std::size_t width,
    const std::function<std::vector<double>(std::size_t)>& work, const Together& how) {
  constexpr std::size_t batch = 32;  // pieces between two words of progress
  std::vector<std::vector<double>> out(count);
  std::vector<std::size_t> own;
  for (std::size_t i = how.rank; i < count; i += how.size) own.push_back(i);
  for (std::size_t begin = 0; begin < own.size(); begin += batch) {
    const std::size_t pieces = std::min(batch, own.size() - begin);
    parallel_for(pieces, how.threads,
                 [&](std::size_t i) { out[own[begin + i]] = work(own[begin + i]); });
    if (how.told) how.told(pieces);
  }
  for (const std::size_t i : own) CASUS_CHECK(out[i].size() == width);
  if (how.size == 1) return out;
  const std::size_t bytes = width * sizeof(double);
  std::string said;
  for (const std::size_t i : own)
    said.append(reinterpret_cast<const char*>(out[i].data()), bytes);  // all run the same build
  const auto all = how.all_say(said);
  CASUS_CHECK(all.size() == how.size);
  for (std::size_t rank = 0; rank < how.size; ++rank) {
    std::size_t at = 0;
    for (std::size_t i = rank; i < count; i += how.size, at += bytes) {
      CASUS_CHECK(at + bytes <= all[rank].size());
      out[i].resize(width);
      std::memcpy(out[i].data(), all[rank].data() + at, bytes);
    }
  }
  return out;
}

}  // namespace casus::calibrate
