// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/late_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

#include "casus/base/error.h"

namespace casus::ensemble::late_tests {
namespace {

constexpr double never = 1e6;  // seconds

Numbers numbers(std::size_t n, float value) { return Numbers(n, value); }

float first_of(const Store& store, const std::string& name) {
  float out = 0.0F;
  store.read(name, 0, std::as_writable_bytes(std::span(&out, 1)));
  return out;
}

TEST(LateStore, WhatIsYoungStaysInMemory) {
  MemoryStore behind;
  {
    LateStore late(behind, {.seconds = never});
    late.give("a", numbers(10, 1.0F));
    late.give("b", numbers(10, 2.0F));
    EXPECT_TRUE(late.sound("a", 40));
    EXPECT_FALSE(late.sound("a", 44));
    EXPECT_FLOAT_EQ(first_of(late, "b"), 2.0F);
    EXPECT_FALSE(behind.sound("a", 40));
    late.remove("a");
    EXPECT_FALSE(late.sound("a", 40));
    EXPECT_THROW((void)first_of(late, "a"), IoError);
  }
  EXPECT_FALSE(behind.sound("a", 40)) << "a part that was gone was written";
  EXPECT_TRUE(behind.sound("b", 40)) << "the last ones were not written";
}

TEST(LateStore, WhatIsForgottenIsNotWritten) {
  MemoryStore behind;
  {
    LateStore late(behind, {.seconds = never});
    late.give("a", numbers(10, 1.0F));
    late.forget();
  }
  EXPECT_FALSE(behind.sound("a", 40));
}

TEST(LateStore, WithNoDelayAllIsWrittenAtOnce) {
  MemoryStore behind;
  LateStore late(behind, {.seconds = 0.0});
  late.give("a", numbers(10, 1.0F));
  EXPECT_TRUE(behind.sound("a", 40));
  late.remove("a");
  EXPECT_FALSE(behind.sound("a", 40));
}

TEST(LateStore, TheOldestLeaveWhenThereAreTooMany) {
  MemoryStore behind;
  LateStore late(behind, {.seconds = never, .bytes = 100});
  for (int i = 0; i < 5; ++i) late.give(std::to_string(i), numbers(10, static_cast<float>(i)));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(behind.sound(std::to_string(i), 40), i < 3) << i;
    EXPECT_FLOAT_EQ(first_of(late, std::to_string(i)), static_cast<float>(i));
  }
}

TEST(LateStore, MemoryOfWhatIsGoneIsUsedAgain) {
  MemoryStore behind;
  LateStore late(behind, {.seconds = never});
  Numbers given = late.room(1000);
  const float* where = given.data();
  late.give("a", std::move(given));
  late.remove("a");
  EXPECT_EQ(late.room(1000).data(), where);
}

/// Refuses everything, as a full disk does.
class Full final : public Store {
 public:
  void put(const std::string& name, std::span<const std::byte> /*bytes*/) override {
    throw IoError(IoError::Kind::write, name + ": no space left");
  }
  void read(const std::string& name, std::size_t, std::span<std::byte>) const override {
    throw IoError(IoError::Kind::unreadable, name);
  }
  [[nodiscard]] bool sound(const std::string&, std::size_t) override { return false; }
  void remove(const std::string&) override {}
};

TEST(LateStore, ADiskThatIsFullIsTold) {
  Full behind;
  LateStore late(behind, {.seconds = never, .bytes = 50});
  late.give("a", numbers(10, 1.0F));
  EXPECT_THROW(late.give("b", numbers(10, 2.0F)), IoError);
}

TEST(LateStore, ThreadsFindWhatTheyPut) {
  MemoryStore behind;
  for (const double seconds : {0.0, never}) {
    LateStore late(behind, {.seconds = seconds, .bytes = 2000});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&late, t] {
        for (int i = 0; i < 200; ++i) {
          const auto name = [&](int k) { return std::to_string(t) + "." + std::to_string(k); };
          Numbers made = late.room(50);
          std::ranges::fill(made, static_cast<float>(1000 * t + i));
          late.give(name(i), std::move(made));
          EXPECT_FLOAT_EQ(first_of(late, name(i / 2)), static_cast<float>(1000 * t + i / 2));
          if (i >= 150) late.remove(name(i - 150));
        }
      });
    }
    for (std::thread& t : threads) t.join();
    for (int t = 0; t < 4; ++t) {
      EXPECT_FALSE(late.sound(std::to_string(t) + ".10", 200));
      EXPECT_TRUE(late.sound(std::to_string(t) + ".60", 200));
    }
  }
}

TEST(Store, TheChecksumTellsEveryChangedByte) {
  std::vector<std::byte> bytes(203);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 37);
  const std::uint64_t sum = checksum(bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] ^= std::byte{1};
    EXPECT_NE(checksum(bytes), sum) << i;
    bytes[i] ^= std::byte{1};
  }
  EXPECT_EQ(checksum(bytes), sum);
  bytes.push_back(std::byte{0});
  EXPECT_NE(checksum(bytes), sum);
}

}  // namespace
}  // namespace casus::ensemble::late_tests
