// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace casus {

/// The whole content of a file.
/// @throws IoError missing, a folder, unreadable, or larger than `limit` bytes.
[[nodiscard]] std::string read_file(const std::filesystem::path& path,
                                    std::uint64_t limit = std::uint64_t{1} << 32);

/// Writes a file so that it is complete or absent under its name: a temporary beside it, then a
/// rename.
///
/// Folders on the way are made. A failure leaves whatever stood there before untouched.
/// @throws IoError the folder or the file cannot be created, or writing fails (full disk).
void write_file(const std::filesystem::path& path, std::string_view content);

/// Whether a file must outlive a loss of power, or only the end of the program.
enum class Durable { no, yes };

/// `write_file` from several pieces, one after the other. @throws IoError as `write_file`.
void write_pieces(const std::filesystem::path& path,
                  std::initializer_list<std::span<const std::byte>> pieces, Durable durable);

/// Puts a finished temporary file in place under its name, for good.
/// @throws IoError it cannot be flushed or renamed (the temporary is then removed).
void put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& path);

/// 16 hex digits of the 64-bit hash of a content; for telling whether something changed.
[[nodiscard]] std::string digest(std::string_view content);

/// The version of the program, `0.1.0`.
[[nodiscard]] std::string_view version();

}  // namespace casus
