// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "casus/base/error.h"
#include "casus/base/file.h"

namespace casus::ensemble {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mark = 0x3154524150535543ULL;  // "CUSPART1"

struct Head {
  std::uint64_t mark, run, bytes;
};

/// Closes itself.
class File {
 public:
  explicit File(const fs::path& path) : id_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (id_ >= 0) ::close(id_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool open() const { return id_ >= 0; }
  /// Whether all bytes could be read.
  [[nodiscard]] bool read(std::size_t offset, std::span<std::byte> to) const {
    while (!to.empty()) {
      const ssize_t n = ::pread(id_, to.data(), to.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      offset += static_cast<std::size_t>(n);
      to = to.subspan(static_cast<std::size_t>(n));
    }
    return true;
  }

 private:
  int id_;
};

template <class T>
std::span<std::byte> bytes_of(T& value) {
  return std::as_writable_bytes(std::span<T, 1>(&value, 1));
}

[[noreturn]] void unreadable(const std::string& name) {
  throw IoError(IoError::Kind::unreadable, name + ": cannot be read");
}

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
  std::array<std::uint64_t, 4> h = {odd, odd << 1U, odd << 2U, odd << 3U};
  const auto turn = [](std::uint64_t sum, const std::byte* from, std::size_t n) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, n);
    return (std::rotl(sum, 29) ^ word) * odd;
  };
  std::size_t i = 0;
  for (; i + 32 <= bytes.size(); i += 32) {
    for (std::size_t k = 0; k < 4; ++k) h[k] = turn(h[k], bytes.data() + i + 8 * k, 8);
  }
  for (; i < bytes.size(); i += 8) {
    h[0] = turn(h[0], bytes.data() + i, std::min<std::size_t>(8, bytes.size() - i));
  }
  std::uint64_t out = bytes.size();
  for (const std::uint64_t x : h) {
    out = (std::rotl(out, 31) ^ x) * odd;
    out ^= out >> 32U;
  }
  return out;
}

void Store::give(const std::string& name, Numbers numbers) {
  put(name, std::as_bytes(std::span(numbers)));
  spare(std::move(numbers));
}

Numbers Store::room(std::size_t numbers) {
  Numbers out;
  {
    const std::scoped_lock lock(spare_mutex_);
    if (!spare_.empty()) {
      out = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  out.resize(numbers);
  return out;
}

void Store::spare(Numbers numbers) {
  if (numbers.empty()) return;
  const std::scoped_lock lock(spare_mutex_);
  spare_.push_back(std::move(numbers));
}

void MemoryStore::keep(const std::string& name, Part part) {
  const std::scoped_lock lock(mutex_);
  parts_[name] = std::move(part);
}

void MemoryStore::put(const std::string& name, std::span<const std::byte> bytes) {
  keep(name, {{bytes.begin(), bytes.end()}, {}});
}

void MemoryStore::give(const std::string& name, Numbers numbers) {
  keep(name, {{}, std::move(numbers)});
}

void MemoryStore::read(const std::string& name, std::size_t offset, std::span<std::byte> to) const {
  std::span<const std::byte> part;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = parts_.find(name);
    if (found == parts_.end()) unreadable(name);
    part = found->second.all();
  }
  if (offset + to.size() > part.size()) unreadable(name);
  if (!to.empty()) std::memcpy(to.data(), part.data() + offset, to.size());
}

bool MemoryStore::sound(const std::string& name, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  const auto found = parts_.find(name);
  return found != parts_.end() && found->second.all().size() == bytes;
}

void MemoryStore::remove(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto found = parts_.find(name);
  if (found == parts_.end()) return;
  spare(std::move(found->second.numbers));
  parts_.erase(found);
}

FolderStore::FolderStore(fs::path folder, std::uint64_t run)
    : folder_(std::move(folder)), run_(run) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error || ::access(folder_.c_str(), W_OK) != 0) {
    const std::string why = error ? error.message() : std::strerror(errno);
    throw IoError(IoError::Kind::uncreatable, folder_.string() + ": cannot be created: " + why);
  }
}

fs::path FolderStore::file(const std::string& name) const { return folder_ / (name + ".part"); }

void FolderStore::put(const std::string& name, std::span<const std::byte> bytes) {
  const Head head{mark, run_, bytes.size()};
  const std::uint64_t sum = checksum(bytes);
  write_pieces(file(name),
               {std::as_bytes(std::span(&head, 1)), bytes, std::as_bytes(std::span(&sum, 1))},
               Durable::no);
}

void FolderStore::read(const std::string& name, std::size_t offset, std::span<std::byte> to) const {
  const fs::path path = file(name);
  const File in(path);
  if (!in.open() || !in.read(sizeof(Head) + offset, to)) unreadable(path.string());
}

bool FolderStore::sound(const std::string& name, std::size_t bytes) {
  const fs::path path = file(name);
  const File in(path);
  if (!in.open()) return false;
  Head head{};
  std::vector<std::byte> content(bytes);
  std::uint64_t sum = 0;
  const bool whole = in.read(0, bytes_of(head)) && head.mark == mark && head.run == run_ &&
                     head.bytes == bytes && in.read(sizeof(Head), content) &&
                     in.read(sizeof(Head) + bytes, bytes_of(sum)) && sum == checksum(content);
  if (!whole) remove(name);
  return whole;
}

void FolderStore::remove(const std::string& name) {
  std::error_code ignored;
  fs::remove(file(name), ignored);
}

void FolderStore::sweep() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    if (entry.path().extension() == ".tmp") fs::remove(entry.path(), ignored);
  }
}

}  // namespace casus::ensemble
