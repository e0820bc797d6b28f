// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/problems.h"
#include "casus/casefile/vocabulary.h"
#include "casus/time/date.h"

namespace casus::casefile {

/// A value and the file it stands in.
struct Spot {
  const Document* document = nullptr;
  const Node* node = nullptr;
  explicit operator bool() const { return node != nullptr; }
  /// A part of this value, in the file it was written in.
  [[nodiscard]] Spot part(const Node& inner) const {
    return {inner.from != nullptr ? inner.from : document, &inner};
  }
};

/// Where a number must lie, ends included.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};
inline constexpr Range share_range{0.0, 1.0};
inline constexpr Range positive_or_zero{0.0, std::numeric_limits<double>::infinity()};

/// One mapping read key by key. Whoever asks for a key makes it known; the rest is told by
/// `finish`.
///
/// A reader never throws: what is wrong is told and a harmless value stands in, because a case with
/// any problem is refused as a whole.
class Fields {
 public:
  /// @param what  how messages call the mapping: `actor 'ru'`
  Fields(Problems& problems, Spot spot, std::string what);

  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] Problems& problems() const { return problems_; }
  [[nodiscard]] Spot spot() const { return spot_; }

  /// The value, or nothing if the key is absent or null.
  Spot optional(std::string_view key);
  /// As `optional`, but absence is told.
  Spot required(std::string_view key);
  /// The key must stand there; its value may be null.
  Spot stated(std::string_view key);

  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string otherwise = "");
  double number(std::string_view key, Range range = {});
  std::optional<double> maybe_number(std::string_view key, Range range = {});
  bool flag_or(std::string_view key, bool otherwise);
  Date date(std::string_view key);
  std::optional<Date> maybe_date(std::string_view key);
  /// The items of a list; nothing if absent. A value that is no list is told.
  std::vector<Spot> list(std::string_view key);
  std::vector<Spot> required_list(std::string_view key);

  template <class E>
  E word(std::string_view key) {
    const Spot at = required(key);
    return at ? read_word<E>(at, key) : E{};
  }
  template <class E>
  E word_or(std::string_view key, E otherwise) {
    const Spot at = optional(key);
    return at ? read_word<E>(at, key) : otherwise;
  }
  template <class E>
  std::vector<E> words(std::string_view key) {
    std::vector<E> all;
    for (const Spot& at : list(key)) all.push_back(read_word<E>(at, key));
    return all;
  }
  template <class E>
  E read_word(Spot at, std::string_view key) {
    return static_cast<E>(word_index(at, key, names_of<E>()).value_or(0));
  }

  /// Keys and values of a mapping with free keys.
  std::vector<std::pair<Spot, Spot>> entries(std::string_view key);

  void tell(Spot at, std::string message, std::string hint = "");
  /// `'key' of what`
  [[nodiscard]] std::string called(std::string_view key) const;
  /// Tells the keys nobody asked for.
  void finish();

 private:
  std::optional<std::size_t> word_index(Spot at, std::string_view key,
                                        std::span<const std::string_view> names);

  Problems& problems_;
  Spot spot_;
  std::string what_;
  std::vector<std::string> asked_;
  bool broken_ = false;
};

/// Readers of one value; `called` is how messages name it. Nothing where told.
std::optional<std::string> read_string(Problems& problems, Spot at, const std::string& called);
std::optional<double> read_number(Problems& problems, Spot at, const std::string& called,
                                  Range range);
std::optional<Date> read_date(Problems& problems, Spot at, const std::string& called);
std::vector<Spot> read_list(Problems& problems, Spot at, const std::string& called);

/// `[a-z][a-z0-9_]*`, and `-` where `dashes`.
[[nodiscard]] bool good_id(std::string_view id, bool dashes = false);

}  // namespace casus::casefile
