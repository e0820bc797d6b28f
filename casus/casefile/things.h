// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "casus/casefile/fields.h"

/// The lists a case is made of. Private to the module.
namespace casus::casefile {

/// One list of a case: what it is called, in which file it stands, whether its entries have ids.
enum class Thing : std::uint8_t {
  reference,
  event,
  actor,
  region,
  place,
  sector,
  route,
  contingent,
  stock,
  flow,
  treaty,
  aid,
  deal,
  tension,
  alignment,
  talk,
  rivalry,
  tie,
  source,
  report,
  hypothesis,
  values,
  option,
  question,
  parameter
};
inline constexpr std::size_t thing_count = 25;

struct ThingForm {
  std::string_view file;                 ///< in the case folder
  std::string_view key;                  ///< of the list in the file
  std::string_view word;                 ///< in messages
  std::array<std::string_view, 3> keys;  ///< by which an entry is known; the first is `id` or
                                         ///< names it only together with the others

  [[nodiscard]] bool has_id() const { return keys.front() == "id"; }
};
[[nodiscard]] const ThingForm& form_of(Thing thing);

struct Entry {
  Spot spot;
  std::string id;    ///< empty where none or wrong
  std::string what;  ///< `actor 'ru'`
  int layer = 0;     ///< of the folder it stands in: a later one may override it
};

/// How an entry is known among its kind, whatever the order of a mutual pair; empty where a key is
/// missing, which its reader will tell.
[[nodiscard]] std::string known_by(const ThingForm& form, const Node& map);

}  // namespace casus::casefile
