// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/record.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casus::calibrate {
namespace {

casefile::Case looked_at(Date day) {
  return casefile::load(CASUS_SOURCE_DIR "/cases/ukraine-front", {day});
}

WeeklyTable table() {
  WeeklyTable t;
  t.first = Date(2024, 7, 8);
  t.weeks = 12;
  t.flag.resize(12);
  for (int w = 0; w < 12; ++w) {
    t.column["km2_pokrovsk_kurakhove"].push_back(w == 6 ? missing : 10.0 + w);
    t.column["km2_kherson_dnipro"].push_back(w < 9 ? missing : 1.0);
  }
  return t;
}

const casefile::Sector& sector(const casefile::Case& given, const char* id) {
  return given.sectors[casefile::find(given.sectors, id)->index];
}

TEST(Record, ASectorStartsAtThePaceOfItsLastWeeksKnown) {
  // Sunday of the tenth week: weeks 2 to 9 of the table, one of them unknown.
  casefile::Case given = looked_at(Date(2024, 9, 15));
  const std::string digest = given.digest;
  const Prior kherson = sector(given, "kherson_dnipro").weekly_gain.prior;
  EXPECT_EQ(start_from(given, table()), 1U);
  const auto& gain = sector(given, "pokrovsk_kurakhove").weekly_gain;
  const double known[] = {12, 13, 14, 15, 17, 18, 19};
  double mean = 0.0, squares = 0.0;
  for (const double x : known) mean += x / 7.0;
  for (const double x : known) squares += (x - mean) * (x - mean);
  EXPECT_NEAR(gain.prior.mean(), mean, 1e-12);
  EXPECT_NEAR(gain.prior.standard_deviation(), std::sqrt(squares / 6.0 / 7.0), 1e-12);
  EXPECT_EQ(gain.from.known, Date(2024, 9, 15));
  EXPECT_EQ(sector(given, "kherson_dnipro").weekly_gain.prior, kherson);  // one week known
  EXPECT_NE(given.digest, digest);
}

TEST(Record, WeeksThatWereNotOverChangeNothing) {
  WeeklyTable later = table();
  later.column["km2_pokrovsk_kurakhove"][10] = 500.0;
  // The Saturday before week 10 ends.
  casefile::Case a = looked_at(Date(2024, 9, 21));
  casefile::Case b = a;
  EXPECT_EQ(start_from(a, table()), start_from(b, later));
  EXPECT_EQ(a.digest, b.digest);
  casefile::Case first = looked_at(Date(2024, 7, 8));
  const std::string digest = first.digest;
  EXPECT_EQ(start_from(first, table()), 0U);
  EXPECT_EQ(first.digest, digest);
}

TEST(Record, ACaseWithoutOneIsLeftAlone) {
  casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  EXPECT_EQ(start_from_record(given, CASUS_SOURCE_DIR "/cases/dprk-2024"), 0U);
  casefile::Case front = looked_at(Date(2025, 6, 29));
  EXPECT_EQ(start_from_record(front, CASUS_SOURCE_DIR "/cases/ukraine-front/case.yaml"), 9U);
}

}  // namespace
}  // namespace casus::calibrate
