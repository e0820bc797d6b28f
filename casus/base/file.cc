// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "casus/base/error.h"
#include "casus/base/id.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

void move_over(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return;
  throw IoError(IoError::Kind::write,
                fmt::format("{}: cannot be put in place: {}", to.string(), reason()));
}

// Flushes a file or folder; a file system that cannot flush a folder is left at that.
bool flush(const fs::path& path) {
  const int file = ::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return done;
}

// Closes on leaving; removes the temporary unless it was renamed into place.
class Temporary {
 public:
  explicit Temporary(fs::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (file_ < 0) {
      throw IoError(IoError::Kind::uncreatable,
                    fmt::format("{}: cannot be created: {}", path_.string(), reason()));
    }
  }
  ~Temporary() {
    if (file_ >= 0) ::close(file_);
    if (!renamed_) ::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void write(std::span<const std::byte> content) {
    while (!content.empty()) {
      const ssize_t n = ::write(file_, content.data(), content.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) fail();
      content = content.subspan(static_cast<std::size_t>(n));
    }
  }
  void flush() {
    if (::fsync(file_) != 0) fail();
  }
  void rename_to(const fs::path& target) {
    move_over(path_, target);
    renamed_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    throw IoError(IoError::Kind::write,
                  fmt::format("{}: writing failed: {}", path_.string(), reason()));
  }

  fs::path path_;
  int file_;
  bool renamed_ = false;
};

}  // namespace

std::string read_file(const fs::path& path, std::uint64_t limit) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw IoError(IoError::Kind::missing, fmt::format("{}: no such file", path.string()));
  }
  if (!fs::is_regular_file(path, error)) {
    throw IoError(IoError::Kind::unreadable, fmt::format("{}: not a file", path.string()));
  }
  const auto size = fs::file_size(path, error);
  if (!error && size > limit) {
    throw IoError(IoError::Kind::unreadable,
                  fmt::format("{}: {} bytes, the limit is {}", path.string(), size, limit));
  }
  std::ifstream in(path, std::ios::binary);
  std::string content(error ? 0 : size, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!in || static_cast<std::uint64_t>(in.gcount()) != content.size()) {
    throw IoError(IoError::Kind::unreadable,
                  fmt::format("{}: cannot be read: {}", path.string(), reason()));
  }
  return content;
}

void write_pieces(const fs::path& path, std::initializer_list<std::span<const std::byte>> pieces,
                  Durable durable) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) {
    throw IoError(
        IoError::Kind::uncreatable,
        fmt::format("{}: cannot be created: {}", path.parent_path().string(), error.message()));
  }
  Temporary file(fs::path(path.string() + fmt::format(".{}.tmp", ::getpid())));
  for (const auto& piece : pieces) file.write(piece);
  if (durable == Durable::yes) file.flush();
  file.rename_to(path);
  if (durable == Durable::yes) flush(path.parent_path());
}

void write_file(const fs::path& path, std::string_view content) {
  write_pieces(path, {std::as_bytes(std::span(content))}, Durable::yes);
}

void put_in_place(const fs::path& temporary, const fs::path& path) {
  try {
    if (!flush(temporary)) {
      throw IoError(IoError::Kind::write,
                    fmt::format("{}: writing failed: {}", temporary.string(), reason()));
    }
    move_over(temporary, path);
  } catch (const IoError&) {
    ::unlink(temporary.c_str());
    throw;
  }
  flush(path.parent_path());
}

std::string digest(std::string_view content) { return fmt::format("{:016x}", key_of(content)); }

std::string_view version() { return CASUS_VERSION; }

}  // namespace casus
