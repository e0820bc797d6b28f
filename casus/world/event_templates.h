// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace casus::world {

/// What the numbers of an event stand for.
enum class Of : std::uint8_t { actor, contingent, sector, route, stock };

/// How a kind of event is said. {subject} and {object} are names, {side} the lead of the side that
/// `object` counts; {amount} is a round number, {men} it in thousands, {percent} a share, {million}
/// a thousandfold; {package}, {level} and {act} (an action's sentence) are looked up.
struct Template {
  std::string_view kind;
  std::string_view text;
  Of subject = Of::actor;
  Of object = Of::actor;
};

/// Every kind of event a future may hold.
[[nodiscard]] std::span<const Template> event_templates();
/// @returns null where no template is of that kind.
[[nodiscard]] const Template* find_template(std::string_view kind);

}  // namespace casus::world
