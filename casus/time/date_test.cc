// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/time/date.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

TEST(Date, OnlyRealDaysAreRead) {
  EXPECT_EQ(to_string(*parse_date("2024-02-29")), "2024-02-29");
  for (const char* wrong : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01", "",
                            "2024-10-31 ", "2024/10/31", "0999-01-01", "20x4-10-31"}) {
    EXPECT_FALSE(parse_date(wrong)) << wrong;
  }
}

TEST(Date, WeekZeroHoldsTheDayAfterTheAsOfDay) {
  const WeekClock thursday(*parse_date("2024-10-31"));
  EXPECT_EQ(to_string(thursday.monday_of(0)), "2024-10-28");
  const WeekClock sunday(*parse_date("2024-11-03"));
  EXPECT_EQ(to_string(sunday.monday_of(0)), "2024-11-04");
  EXPECT_EQ(thursday.week_of(*parse_date("2024-11-03")), 0);
  EXPECT_EQ(thursday.week_of(*parse_date("2024-11-04")), 1);
  EXPECT_EQ(thursday.week_of(*parse_date("2024-10-27")), -1);
  EXPECT_EQ(thursday.week_of(*parse_date("2024-10-21")), -1);
  EXPECT_EQ(thursday.week_of(*parse_date("2024-10-20")), -2);
}

TEST(Date, EveryDayComesBackFromItsText) {
  for (Date d(1900, 1, 1); d < Date(2100, 1, 1); d = d.plus(17))
    EXPECT_EQ(parse_date(to_string(d)), d);
  EXPECT_EQ(long_form(Date(2024, 10, 31)), "31 October 2024");
}

}  // namespace
}  // namespace casus
