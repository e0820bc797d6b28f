// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace casus::ensemble {

/// A NetCDF-4 file being written or read; closes itself. Every failure is an `IoError`.
/// netCDF is not made for several threads: while one has a file open, others wait for it.
class NetcdfFile {
 public:
  static NetcdfFile create(const std::filesystem::path& path);
  static NetcdfFile open(const std::filesystem::path& path);
  ~NetcdfFile();
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  /// Level of deflate for what is defined from now on, 0 to 9; 0 packs nothing.
  void deflate(int level) { deflate_ = level; }
  int dimension(const std::string& name, std::size_t size);
  /// Defines a coordinate of text labels along a new dimension of its own name.
  int labels(const std::string& name, const std::vector<std::string>& labels);
  /// Defines a table of floats or bytes, stored in chunks, to be filled slab by slab in order.
  int table(const std::string& name, std::span<const int> dimensions,
            std::span<const std::size_t> chunk, bool bytes);
  void slab(int variable, std::span<const std::size_t> start, std::span<const std::size_t> count,
            std::span<const float> values);
  void slab(int variable, std::span<const std::size_t> start, std::span<const std::size_t> count,
            std::span<const std::uint8_t> values);
  /// An attribute of a variable; nothing where the value is empty.
  void attribute(int variable, const std::string& name, const std::string& value);
  void put(const std::string& name, std::span<const int> dimensions, std::span<const double> values,
           const std::string& unit, const std::string& meaning);
  int put(const std::string& name, std::span<const int> dimensions, std::span<const int> values,
          const std::string& unit, const std::string& meaning);
  void text(const std::string& name, std::span<const int> dimensions,
            const std::vector<std::string>& values, const std::string& meaning);
  void attribute(const std::string& name, const std::string& value);
  void attribute(const std::string& name, std::uint64_t value);
  void close();

  [[nodiscard]] std::size_t size(const std::string& dimension) const;
  [[nodiscard]] std::vector<std::string> labels(const std::string& name) const;
  [[nodiscard]] std::vector<float> floats(const std::string& name) const;
  /// The first `count` of a table's dimension `along`, all of the others.
  [[nodiscard]] std::vector<float> floats(const std::string& name, std::size_t along,
                                          std::size_t count) const;
  [[nodiscard]] bool has(const std::string& variable) const;
  [[nodiscard]] std::vector<double> doubles(const std::string& name) const;
  [[nodiscard]] std::vector<std::uint8_t> bytes(const std::string& name) const;
  [[nodiscard]] std::string attribute(const std::string& name) const;
  [[nodiscard]] std::uint64_t number(const std::string& name) const;
  [[nodiscard]] std::string unit(const std::string& variable) const;
  /// Names of a variable's dimensions.
  [[nodiscard]] std::vector<std::string> dimensions(const std::string& variable) const;

 private:
  NetcdfFile(int id, std::filesystem::path path, bool writing);
  void check(int status, const std::string& what) const;
  int define(const std::string& name, int type, std::span<const int> dimensions);
  void describe(int variable, const std::string& unit, const std::string& meaning);
  [[nodiscard]] int variable(const std::string& name) const;
  [[nodiscard]] std::vector<std::size_t> shape(int variable) const;
  [[nodiscard]] std::size_t length(int variable) const;

  static std::recursive_mutex& library();

  std::unique_lock<std::recursive_mutex> alone_{library()};
  int id_;
  int deflate_ = 0;
  std::filesystem::path path_;
  bool writing_;
  bool open_ = true;
  mutable bool broken_ = false;  ///< a write has failed
};

}  // namespace casus::ensemble
