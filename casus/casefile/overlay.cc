// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "casus/casefile/node.h"

namespace casus::casefile {
namespace {

std::optional<std::size_t> place_of(const Node& map, const std::string& key) {
  const auto found =
      std::find_if(map.keys.begin(), map.keys.end(), [&](const Node& k) { return k.text == key; });
  if (found == map.keys.end()) return std::nullopt;
  return static_cast<std::size_t>(found - map.keys.begin());
}

// A number's source, tag and day belong to the number, a share to those it adds up to one with:
// half of one in another would be a lie.
bool merges(const std::string& key, const Node& own, const Node& beneath) {
  const bool maps = own.kind == Node::Kind::map && beneath.kind == Node::Kind::map;
  const bool whole = key == "at" || key == "quantity";
  return maps && !whole && !place_of(own, "prior") && !place_of(beneath, "prior");
}

const Document& file_of(const Node& part, const Document& whole) {
  return part.from != nullptr ? *part.from : whole;
}

void add(Node& map, Node key, const Document& key_file, Node value, const Document& value_file) {
  key.from = &file_of(key, key_file);
  value.from = &file_of(value, value_file);
  map.keys.push_back(std::move(key));
  map.items.push_back(std::move(value));
}

}  // namespace

Node laid_over(const Node& own, const Document& own_file, const Node& beneath,
               const Document& beneath_file) {
  Node merged = own;
  merged.keys.clear();
  merged.items.clear();
  for (std::size_t i = 0; i < beneath.keys.size(); ++i) {
    const Node& key = beneath.keys[i];
    const Node& value = beneath.items[i];
    const auto at = place_of(own, key.text);
    if (!at) {
      add(merged, key, beneath_file, value, beneath_file);
      continue;
    }
    const Node& mine = own.items[*at];
    add(merged, own.keys[*at], own_file,
        merges(key.text, mine, value)
            ? laid_over(mine, file_of(mine, own_file), value, file_of(value, beneath_file))
            : mine,
        own_file);
  }
  for (std::size_t i = 0; i < own.keys.size(); ++i) {
    if (place_of(beneath, own.keys[i].text)) continue;
    add(merged, own.keys[i], own_file, own.items[i], own_file);
  }
  return merged;
}

}  // namespace casus::casefile
