// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "casus/base/error.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

class File : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("casus_file_test_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(File, WhatIsWrittenIsReadBackAndNoTemporaryStays) {
  const std::string content("a\0b\n", 4);
  write_file(folder_ / "deep" / "x.bin", content);
  EXPECT_EQ(read_file(folder_ / "deep" / "x.bin"), content);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "deep"), fs::directory_iterator()), 1);
}

TEST_F(File, AFailedWriteLeavesTheOldContent) {
  write_file(folder_ / "x", "old");
  fs::create_directory(folder_ / "taken");
  fs::create_directory(folder_ / "taken" / "inside");
  EXPECT_THROW(write_file(folder_ / "taken", "new"), IoError);  // a folder stands there
  EXPECT_THROW(write_file(folder_ / "x" / "below", "new"), IoError);
  EXPECT_EQ(read_file(folder_ / "x"), "old");
}

TEST_F(File, WhatCannotBeReadIsSaid) {
  write_file(folder_ / "x", "12345");
  EXPECT_THROW((void)read_file(folder_ / "y"), IoError);
  EXPECT_THROW((void)read_file(folder_), IoError);
  EXPECT_THROW((void)read_file(folder_ / "x", 4), IoError);
}

TEST(Digest, ChangesWithEveryByte) {
  EXPECT_EQ(digest("a").size(), 16U);
  EXPECT_NE(digest("a"), digest("b"));
  EXPECT_EQ(digest("same"), digest("same"));
}

}  // namespace
}  // namespace casus
