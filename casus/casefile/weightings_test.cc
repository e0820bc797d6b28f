// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/weightings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/casefile/template.h"
#include "casus/casefile/test_folder.h"

namespace casus::casefile {
namespace weightings_test {

Case small_case() {
  const Folder folder("weightings");
  write_template(folder.path() / "case");
  return load(folder.path() / "case");
}

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(weightings_from("weightings.yaml", text, small_case()));
  } catch (const CaseError& e) {
    return e.problems().front().message;
  }
  return "";
}

TEST(Weightings, TakeTheActorsOwnWorthsWhereTheyNameNone) {
  const Case given = small_case();
  const auto own = std::ranges::find(given.values, given.decision_maker, &Values::actor);
  ASSERT_NE(own, given.values.end());
  const Weightings w = weightings_from("weightings.yaml",
                                       "weightings:\n"
                                       "  - id: calm\n"
                                       "    name: No wider war\n"
                                       "    worth: {new_war: {worth: -99, per: 2, sd: 0.1}}\n",
                                       given);
  ASSERT_EQ(w.all.size(), 1U);
  EXPECT_EQ(w.all[0].id, "calm");
  EXPECT_EQ(w.all[0].values.actor, given.decision_maker);
  EXPECT_FALSE(w.digest.empty());
  for (const Worth& x : w.all[0].values.worth) {
    if (measures()[x.measure].name == "new_war") {
      EXPECT_EQ(x.worth, -99.0);
      EXPECT_EQ(x.per, 2.0);
      continue;
    }
    const auto before = std::ranges::find(own->worth, x.measure, &Worth::measure);
    ASSERT_NE(before, own->worth.end());
    EXPECT_EQ(x.worth, before->worth);
  }
}

TEST(Weightings, WhatIsWrongIsTold) {
  const auto entry = [](const std::string& id) {
    return "  - {id: " + id + ", name: x, worth: {new_war: {worth: -1}}}\n";
  };
  EXPECT_EQ(refusal("weightings:\n" + entry("a") + entry("a")),
            "the weighting 'a' is declared twice");
  EXPECT_EQ(refusal("weightings:\n" + entry("kareth")),
            "the weighting 'kareth' is called like an actor");
  EXPECT_EQ(refusal("weightings:\n" + entry("A b")), "'A b' is no id of a weighting");
  EXPECT_EQ(refusal("weightings:\n  - {id: a, name: x, worth: {new_wars: {worth: -1}}}\n"),
            "weighting 1 weighs 'new_wars', which is no measure");
  EXPECT_EQ(refusal("weightings:\n  - {id: a, name: x, of: nobody, worth: {}}\n"),
            "weighting 1 names actor 'nobody', which this case does not declare");
}

}  // namespace weightings_test
}  // namespace casus::casefile
