// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <array>
#include <charconv>
#include <system_error>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/ensemble/csv_file.h"

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

}  // namespace

void check_csv(const std::filesystem::path& path) {
  const std::string part = path.string() + ".part";
  const bool folder = std::filesystem::is_directory(path);
  if (!folder && std::ofstream(part, std::ios::binary)) {
    ::unlink(part.c_str());
    return;
  }
  throw IoError(IoError::Kind::uncreatable,
                path.string() + ": cannot create" + (folder ? ": it is a folder" : ""));
}

CsvFile::CsvFile(const std::filesystem::path& path, const Futures& about)
    : path_(path),
      part_(path.string() + ".part"),
      options_(about.options),
      weeks_(about.kept_weeks()),
      every_(static_cast<std::size_t>(about.every)),
      out_(part_, std::ios::binary) {
  if (!out_) throw IoError(IoError::Kind::uncreatable, path.string() + ": cannot create");
  for (const Series& s : about.series) {
    middles_.push_back("," + s.variable + "," + label_of(s) + ",");
  }
  out_ << "option,future,week,variable,entity,value\n";
}

CsvFile::~CsvFile() {
  if (!closed_) ::unlink(part_.c_str());
}

void CsvFile::trajectories(std::size_t option, std::size_t first, std::size_t count,
                           std::span<const float> weekly, std::size_t futures) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string head = options_[option] + "," + std::to_string(first + i) + ",";
    std::string text;
    for (std::size_t s = 0; s < middles_.size(); ++s) {
      for (std::size_t w = 0; w < weeks_; ++w) {
        text += head + std::to_string(w * every_) + middles_[s];
        append(text, weekly[(s * weeks_ + w) * futures + i]);
        text += '\n';
      }
    }
    out_ << text;
  }
  if (!out_) throw IoError(IoError::Kind::write, path_.string() + ": cannot write");
}

void CsvFile::close() {
  out_.close();
  if (!out_) throw IoError(IoError::Kind::write, path_.string() + ": cannot write");
  put_in_place(part_, path_);
  closed_ = true;
}

void write_csv(const Futures& futures, const std::filesystem::path& path) {
  CsvFile file(path, futures);
  const std::size_t length = futures.series.size() * futures.kept_weeks();
  for (std::size_t o = 0; o < futures.options.size(); ++o) {
    for (std::size_t i = 0; i < futures.trajectories; ++i) {
      const float* from = futures.trajectory.data() + (o * futures.trajectories + i) * length;
      file.trajectories(o, i, 1, {from, length}, 1);
    }
  }
  file.close();
}

}  // namespace casus::ensemble
