// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/handling.h"

#include <algorithm>
#include <array>

namespace casus::casefile {
namespace {

constexpr std::array<std::string_view, 6> by_strictness = {
    "", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"};

}  // namespace

std::string_view stricter(std::string_view a, std::string_view b) {
  const auto rank = [](std::string_view mark) {
    return std::find(by_strictness.begin(), by_strictness.end(), mark) - by_strictness.begin();
  };
  return rank(b) > rank(a) ? b : a;
}

std::string handling_of_all(const Case& given) {
  std::string_view out = given.handling;
  for (const Report& r : given.reports) out = stricter(out, r.handling);
  return std::string(out);
}

std::vector<std::string> stricter_than_case(const Case& given) {
  std::vector<std::string> out;
  for (const Report& r : given.reports) {
    if (stricter(given.handling, r.handling) != given.handling) out.push_back(r.id);
  }
  return out;
}

}  // namespace casus::casefile
