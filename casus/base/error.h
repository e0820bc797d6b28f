// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace casus {

/// One thing wrong with a file, with the place and a way out.
struct Problem {
  std::string file;     ///< as the user named it
  int line = 0;         ///< 1-based; 0 where the whole file is meant
  int column = 0;       ///< 1-based, in characters
  std::string message;  ///< what is wrong
  std::string excerpt;  ///< the offending line, without its line end; may be empty
  int width = 1;        ///< characters to underline
  std::string hint;     ///< the way out; may be empty
};

/// The input is wrong: every problem found, in order of file, line and column.
class CaseError : public std::runtime_error {
 public:
  explicit CaseError(std::vector<Problem> problems);
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Valid input that has no answer (for example evidence of probability zero).
class ModelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Something could not be read or written.
class IoError : public std::runtime_error {
 public:
  enum class Kind { missing, unreadable, uncreatable, write };
  IoError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Our own mistake.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A problem as the terminal shows it: `file:line:column: error: message`, the line, the mark.
[[nodiscard]] std::string format(const Problem& problem);

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace casus

/// States what must hold; a failure is our bug and stays on in release.
#define CASUS_CHECK(condition) \
  (static_cast<bool>(condition) ? void() : ::casus::check_failed(#condition, __FILE__, __LINE__))
