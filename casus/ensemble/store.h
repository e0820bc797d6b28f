// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace casus::ensemble {

/// Gives memory as it comes: it is written before it is read.
template <class T>
struct Unfilled : std::allocator<T> {
  template <class U>
  struct rebind {  // NOLINT(readability-identifier-naming): as allocators have it
    using other = Unfilled<U>;
  };
  template <class U>
  void construct(U* at) noexcept {
    ::new (static_cast<void*>(at)) U;
  }
};
using Numbers = std::vector<float, Unfilled<float>>;

/// Where the finished parts of a run lie until its file is written: in memory, or in a folder that
/// outlives the program (docs/decisions/0010-shards.md). Safe to use from several threads.
class Store {
 public:
  virtual ~Store() = default;
  /// Keeps a part under its name, whole or not at all. @throws IoError it cannot be written.
  virtual void put(const std::string& name, std::span<const std::byte> bytes) = 0;
  /// The same of numbers, whose memory the store may keep.
  virtual void give(const std::string& name, Numbers numbers);
  /// Fills `to` from `offset` of a part. @throws IoError there is none, or it is shorter.
  virtual void read(const std::string& name, std::size_t offset, std::span<std::byte> to) const = 0;
  /// Whether the part is there, of this many bytes and undamaged; a damaged one is removed.
  [[nodiscard]] virtual bool sound(const std::string& name, std::size_t bytes) = 0;
  virtual void remove(const std::string& name) = 0;

  /// Memory for a part to be given. Fresh memory costs as much as filling it: that of parts which
  /// are gone is used again, with what it held.
  [[nodiscard]] Numbers room(std::size_t numbers);

 protected:
  /// Takes the memory of a part that is gone.
  void spare(Numbers numbers);

 private:
  std::mutex spare_mutex_;
  std::vector<Numbers> spare_;
};

/// A part in memory: bytes that were put, or numbers that were given.
struct Part {
  std::vector<std::byte> bytes;
  Numbers numbers;
  [[nodiscard]] std::span<const std::byte> all() const {
    return numbers.empty() ? std::span(bytes) : std::as_bytes(std::span(numbers));
  }
};

class MemoryStore final : public Store {
 public:
  void put(const std::string& name, std::span<const std::byte> bytes) override;
  void give(const std::string& name, Numbers numbers) override;
  void read(const std::string& name, std::size_t offset, std::span<std::byte> to) const override;
  [[nodiscard]] bool sound(const std::string& name, std::size_t bytes) override;
  void remove(const std::string& name) override;

 private:
  void keep(const std::string& name, Part part);

  mutable std::mutex mutex_;
  std::map<std::string, Part> parts_;
};

/// Parts as files `<name>.part`: a mark, the run's key, the length, the content, a checksum.
class FolderStore final : public Store {
 public:
  /// Makes the folder. @throws IoError it cannot be made.
  FolderStore(std::filesystem::path folder, std::uint64_t run);
  void put(const std::string& name, std::span<const std::byte> bytes) override;
  void read(const std::string& name, std::size_t offset, std::span<std::byte> to) const override;
  [[nodiscard]] bool sound(const std::string& name, std::size_t bytes) override;
  void remove(const std::string& name) override;
  /// Removes what a program that was killed left half written.
  void sweep() const;

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& name) const;

  std::filesystem::path folder_;
  std::uint64_t run_;
};

/// A 64-bit checksum that tells damage, not intent; several gigabytes a second.
[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes);

}  // namespace casus::ensemble
