// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/grading.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

constexpr std::array<std::string_view, 6> letters = {"A", "B", "C", "D", "E", "F"};
constexpr std::array<std::string_view, 6> digits = {"1", "2", "3", "4", "5", "6"};

Grading standard() {
  const auto beta = [](double a, double b) { return Prior(Prior::Kind::beta, a, b); };
  Grading g{{beta(19.0, 1.5), beta(12.0, 3.0), beta(9.0, 6.0), beta(6.0, 9.0), beta(3.0, 12.0),
             beta(2.0, 2.0)},
            {3.0, 1.5, 0.0, -2.0, -5.0, 0.0},
            {{80.0, 1}, {60.0, 2}, {40.0, 3}, {20.0, 4}, {0.0, 5}},
            {}};
  for (char c = 'a'; c <= 'g'; ++c) {  // g: deliberately deceptive, as bad as letters go here
    const char letter = c == 'g' ? 'E' : static_cast<char>(c - 'a' + 'A');
    g.tags.push_back({fmt::format("admiralty-scale:source-reliability=\"{}\"", c), letter, {}});
  }
  for (int d = 1; d <= 6; ++d) {
    g.tags.push_back({fmt::format("admiralty-scale:information-credibility=\"{}\"", d), {}, d});
  }
  constexpr std::array words = {std::pair{"high", 2}, std::pair{"moderate", 3},
                                std::pair{"low", 4}};
  for (const auto& [word, item] : words) {
    g.tags.push_back(
        {fmt::format("estimative-language:confidence-in-analytic-judgment=\"{}\"", word),
         {},
         item});
  }
  return g;
}

// The number of a key among names; told where it is none of them.
std::optional<std::size_t> place_of(Fields& fields, Spot key,
                                    const std::array<std::string_view, 6>& names) {
  const auto at = std::find(names.begin(), names.end(), key.node->text);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  fields.tell(key, fmt::format("{} has no grade '{}'", fields.what(), shortened(key.node->text)),
              fmt::format("grades: {}", listed({names.begin(), names.end()})));
  return std::nullopt;
}

void read_letters(Fields& fields, Grading& grading) {
  for (const auto& [key, value] : fields.entries("source")) {
    const auto at = place_of(fields, key, letters);
    if (!at) continue;
    std::string why;
    const auto prior = value.node->scalar() ? parse_prior(value.node->text, &why) : std::nullopt;
    if (prior && prior->kind() == Prior::Kind::beta) {
      grading.source[*at] = *prior;
    } else {
      fields.tell(value,
                  fmt::format("grade {} of {} must be a beta prior", letters[*at], fields.what()),
                  why.empty() ? "write it in quotes, such as \"B(12, 3)\"" : why);
    }
  }
}

void read_digits(Fields& fields, Grading& grading) {
  for (const auto& [key, value] : fields.entries("item")) {
    const auto at = place_of(fields, key, digits);
    if (!at) continue;
    const auto decibans =
        read_number(fields.problems(), value,
                    fmt::format("item {} of {}", digits[*at], fields.what()), {-20.0, 20.0});
    if (decibans) grading.item[*at] = *decibans;
  }
}

void read_levels(Fields& fields, Grading& grading) {
  const std::vector<Spot> list = fields.list("stix");
  if (list.empty()) return;
  grading.stix.clear();
  for (const Spot& at : list) {
    Fields level(fields.problems(), at, "a level of 'stix' of the grading");
    const double from = level.number("from", {0.0, 100.0});
    const double item = level.number("item", {1.0, 6.0});
    level.finish();
    if (!grading.stix.empty() && from >= grading.stix.back().from) {
      fields.tell(at, "levels of 'stix' go from the highest down", "sort them by 'from'");
    }
    grading.stix.push_back({from, static_cast<int>(item)});
  }
}

void read_tags(Fields& fields, Grading& grading) {
  for (const auto& [key, value] : fields.entries("tags")) {
    const std::string_view grade = value.node->scalar() ? std::string_view(value.node->text) : "";
    Grading::Label label{key.node->text, {}, {}};
    if (std::find(letters.begin(), letters.end(), grade) != letters.end()) label.source = grade[0];
    if (std::find(digits.begin(), digits.end(), grade) != digits.end()) label.item = grade[0] - '0';
    if (!label.source && !label.item) {
      fields.tell(value, fmt::format("tag '{}' must become a grade", shortened(label.tag)),
                  "write a letter from A to F or a digit from 1 to 6");
      continue;
    }
    std::erase_if(grading.tags, [&](const Grading::Label& l) { return l.tag == label.tag; });
    grading.tags.push_back(std::move(label));
  }
}

}  // namespace

int Grading::item_of(double confidence) const {
  for (const Level& level : stix) {
    if (confidence >= level.from) return level.item;
  }
  return 6;
}

const Grading::Label* Grading::find(std::string_view tag) const {
  const auto at =
      std::find_if(tags.begin(), tags.end(), [&](const Label& l) { return l.tag == tag; });
  return at == tags.end() ? nullptr : &*at;
}

const Grading& default_grading() {
  static const Grading grading = standard();
  return grading;
}

void load_grading(Loading& loading, Fields& case_fields) {
  loading.given.grading = default_grading();
  const Spot at = case_fields.optional("grading");
  if (!at) return;
  Fields fields(loading.problems, at, "the grading");
  read_letters(fields, loading.given.grading);
  read_digits(fields, loading.given.grading);
  read_levels(fields, loading.given.grading);
  read_tags(fields, loading.given.grading);
  fields.finish();
}

}  // namespace casus::casefile
