// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <fstream>
#include <system_error>

#include "casus/base/error.h"
#include "casus/ensemble/futures.h"

namespace casus::ensemble {
namespace {

void append(std::string& text, float value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  text.append(buffer.data(), end);
}

std::string label_of(const Series& series) {
  std::string out;
  for (const std::string& e : series.entities) out += (out.empty() ? "" : "/") + e;
  return out;
}

std::string rows_of(const Futures& f, std::size_t option, std::size_t future) {
  const auto weeks = static_cast<std::size_t>(f.weeks);
  const float* values =
      f.trajectory.data() + (option * f.trajectories + future) * f.series.size() * weeks;
  const std::string head = f.options[option] + "," + std::to_string(future) + ",";
  std::string text;
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    const std::string middle = "," + f.series[s].variable + "," + label_of(f.series[s]) + ",";
    for (std::size_t w = 0; w < weeks; ++w) {
      text += head + std::to_string(w) + middle;
      append(text, values[s * weeks + w]);
      text += '\n';
    }
  }
  return text;
}

}  // namespace

void write_csv(const Futures& futures, const std::filesystem::path& path) {
  const std::filesystem::path part = path.string() + ".part";
  {
    std::ofstream out(part, std::ios::binary);
    if (!out) throw IoError(IoError::Kind::uncreatable, path.string() + ": cannot create");
    out << "option,future,week,variable,entity,value\n";
    for (std::size_t o = 0; o < futures.options.size(); ++o) {
      for (std::size_t i = 0; i < futures.trajectories; ++i) out << rows_of(futures, o, i);
    }
    out.flush();
    if (!out) throw IoError(IoError::Kind::write, path.string() + ": cannot write");
  }
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) throw IoError(IoError::Kind::uncreatable, path.string() + ": " + error.message());
}

}  // namespace casus::ensemble
