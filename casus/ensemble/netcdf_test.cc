// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "casus/base/error.h"
#include "casus/ensemble/layout.h"
#include "casus/ensemble/series.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for one test, gone after it.
struct NetcdfFolder {
  fs::path path = fs::temp_directory_path() / ("casus_netcdf_" + std::to_string(::getpid()));
  NetcdfFolder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~NetcdfFolder() { fs::remove_all(path); }
};

/// Futures with a different number in every place, without playing any.
Futures invented_futures() {
  const casefile::Case& given = policy::test::small_case();
  Futures f;
  f.case_id = given.id;
  f.case_digest = given.digest;
  f.belief_digest = "0123456789abcdef";
  f.version = "test";
  f.seed = 0xFFFFFFFFFFFFFFF1ULL;
  f.weeks = 7;
  f.futures = 5;
  f.trajectories = 3;
  f.options = {"go_on", "offer_line"};
  f.levels = {0.05, 0.25, 0.5, 0.75, 0.95};
  f.knobs = {"front.v0", "acts.slip"};
  f.clamps = 12;
  f.updates = 5'000'000'000ULL;
  for (const auto& m : casefile::measures()) f.measures.emplace_back(m.name);
  for (const auto& q : given.questions) f.questions.push_back(q.id);
  for (const SeriesUse& s : series_of(given)) f.series.push_back(s.series);
  float next = 0.1F;
  const auto fill = [&next](std::vector<float>& v, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) v.push_back(next += 0.37F);
  };
  const std::size_t cells = f.series.size() * 7;
  fill(f.outcome, 2 * 5 * f.measures.size());
  fill(f.answer, 2 * 5 * f.questions.size());
  f.answer[3] = std::numeric_limits<float>::quiet_NaN();
  fill(f.mean, 2 * cells);
  fill(f.quantile, 2 * cells * 5);
  fill(f.mean_error, 2 * cells);
  fill(f.quantile_error, 2 * cells * 5);
  fill(f.trajectory, 2 * 3 * cells);
  fill(f.knob, 5 * 2);
  f.signposts = 2;
  fill(f.turn, 2 * 5 * 2);
  for (std::size_t i = 0; i < 5 * given.hypotheses.size(); ++i)
    f.truth.push_back(static_cast<std::uint8_t>(i % 3));
  return f;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Netcdf, WhatIsWrittenIsReadAgainToTheLastBit) {
  const NetcdfFolder folder;
  const Futures written = invented_futures();
  write_netcdf(written, policy::test::small_case(), folder.path / "futures.nc");
  EXPECT_TRUE(written == read_netcdf(folder.path / "futures.nc", policy::test::small_case()));
  EXPECT_FALSE(fs::exists(folder.path / "futures.nc.part"));
}

TEST(Netcdf, FuturesWithoutTrajectoriesAreReadAgainToo) {
  const NetcdfFolder folder;
  Futures written = invented_futures();
  written.trajectories = 0;
  written.trajectory.clear();
  write_netcdf(written, policy::test::small_case(), folder.path / "futures.nc");
  EXPECT_TRUE(written == read_netcdf(folder.path / "futures.nc", policy::test::small_case()));
}

TEST(Netcdf, ThinnedAndPlainFilesAreReadAgainToo) {
  const NetcdfFolder folder;
  Futures written = invented_futures();
  written.weeks = 20;
  written.every = 3;  // seven weeks are kept
  written.sampling = {Sampling::Kind::lhs, 1, 5};
  write_netcdf(written, policy::test::small_case(), folder.path / "futures.nc", {.deflate = 0});
  EXPECT_TRUE(written == read_netcdf(folder.path / "futures.nc", policy::test::small_case()));
}

TEST(Netcdf, TheSameFuturesAreTheSameBytesAndNameNoPlace) {
  const NetcdfFolder folder;
  const Futures futures = invented_futures();
  write_netcdf(futures, policy::test::small_case(), folder.path / "a.nc");
  write_netcdf(futures, policy::test::small_case(), folder.path / "b.nc");
  const std::string bytes = bytes_of(folder.path / "a.nc");
  EXPECT_FALSE(bytes.empty());
  EXPECT_TRUE(bytes == bytes_of(folder.path / "b.nc"));
  EXPECT_EQ(bytes.find(folder.path.string()), std::string::npos);
}

TEST(Netcdf, AFileThatCannotBeCreatedLeavesNothing) {
  const NetcdfFolder folder;
  const fs::path nowhere = folder.path / "missing" / "futures.nc";
  try {
    write_netcdf(invented_futures(), policy::test::small_case(), nowhere);
    FAIL();
  } catch (const IoError& error) {
    EXPECT_EQ(error.kind(), IoError::Kind::uncreatable);
  }
  EXPECT_FALSE(fs::exists(nowhere));
}

TEST(Netcdf, MissingForeignAndStrangeFilesAreTold) {
  const NetcdfFolder folder;
  const casefile::Case& given = policy::test::small_case();
  try {
    (void)read_netcdf(folder.path / "none.nc", given);
    FAIL();
  } catch (const IoError& error) {
    EXPECT_EQ(error.kind(), IoError::Kind::missing);
  }
  std::ofstream(folder.path / "text.nc") << "no futures";
  EXPECT_THROW((void)read_netcdf(folder.path / "text.nc", given), IoError);
  Futures other = invented_futures();
  other.case_digest = "ffffffffffffffff";
  write_netcdf(other, given, folder.path / "other.nc");
  try {
    (void)read_netcdf(folder.path / "other.nc", given);
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_EQ(error.problems()[0].message,
              "these are futures of case 'amber_sound' (ffffffffffffffff), not of 'amber_sound' (" +
                  given.digest + ")");
    EXPECT_EQ(error.problems()[0].hint, "play the case again");
  }
}

TEST(Netcdf, XarrayOpensItWithoutCode) {
  if (std::system("/usr/bin/python3 -c 'import xarray, netCDF4' >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "python3-xarray or python3-netcdf4 is not installed";
  }
  const NetcdfFolder folder;
  const Futures f = invented_futures();
  write_netcdf(f, policy::test::small_case(), folder.path / "futures.nc");
  const std::string script = R"py(
import sys, numpy, xarray
d = xarray.open_dataset(sys.argv[1])
assert d.sizes['option'] == 2 and d.sizes['future'] == 5 and d.sizes['week'] == 7
assert list(d['option'].values) == ['go_on', 'offer_line']
assert d['outcome'].dims == ('option', 'future', 'measure')
assert d['intensity'].dims == ('option', 'trajectory', 'week', 'sector', 'side'), d['intensity'].dims
assert d['intensity'].attrs['units'] == 'share'
assert 'long_name' in d['intensity'].attrs
assert str(d['monday'].values[0])[:10] == '2031-03-31', d['monday'].values[0]
assert 'monday' in d['killed_mean'].coords and d['monday'].dims == ('week',)
assert d['outcome_mean'].dims == ('option', 'measure')
gap = d['outcome_mean'] - d['outcome'].mean('future')
assert float(abs(gap).max()) < 1e-4, gap
error = d['outcome'].std('future', ddof=1) / d.sizes['future'] ** 0.5
assert float(abs(d['outcome_mean_error'] - error).max()) < 1e-4
for name, v in d.variables.items():
    assert name in d.coords or 'long_name' in v.attrs, name
    assert v.dtype.kind != 'f' or 'long_name' in v.attrs, name
assert all(d[c].sizes == {'hypothesis': d.sizes['hypothesis']} for c in ['hypothesis_states'])
states = str(d['hypothesis_states'].values[0]).split(',')
assert len(states) > int(d['truth'].isel(hypothesis=0).max()) and 'hypothesis_states' in d['truth'].coords
assert 'knob_unit' in d['knob_value'].coords and 'question_categories' in d['answer'].coords
assert list(d['trajectory'].values) == [0, 1, 2] and list(d['week'].values) == list(range(7))
x = d['killed_quantile'].sel(option='offer_line', side='kareth_side', level=0.5).isel(week=6)
print(float(d['outcome'].sel(option='offer_line', measure='war_weeks').isel(future=4)), float(x))
)py";
  std::ofstream(folder.path / "open.py") << script;
  const std::string run = "/usr/bin/python3 " + (folder.path / "open.py").string() + " " +
                          (folder.path / "futures.nc").string() + " > " +
                          (folder.path / "out.txt").string();
  ASSERT_EQ(std::system(run.c_str()), 0);
  std::ifstream out(folder.path / "out.txt");
  double weeks = 0.0;
  double killed = 0.0;
  out >> weeks >> killed;
  std::size_t series = 0;
  while (f.series[series].variable != "killed" || f.series[series].entities[0] != "kareth_side")
    ++series;
  const std::size_t cell = (f.series.size() + series) * 7 + 6;
  EXPECT_NEAR(weeks, f.outcome_at(1, 4, 4), 1e-3);
  EXPECT_NEAR(killed, f.quantile[cell * 5 + 2], 1e-2);
}

TEST(Layout, EverySeriesHasItsPlaceOnce) {
  const auto uses = series_of(policy::test::small_case());
  std::vector<Series> series;
  for (const SeriesUse& s : uses) series.push_back(s.series);
  const Layout layout = layout_of(series);
  std::size_t next = 0;
  for (const Group& g : layout.groups) {
    EXPECT_EQ(g.first, next);
    std::size_t cells = 1;
    for (const std::size_t a : g.axes) cells *= layout.axes[a].labels.size();
    EXPECT_EQ(cells, g.count) << g.variable;
    next += g.count;
  }
  EXPECT_EQ(next, series.size());
}

TEST(Layout, NoAxisHasTheNameOfAVariable) {
  // Two actors by two kinds of stock are a product: the second axis would be called "stock" too.
  std::vector<Series> series;
  for (const char* actor : {"ru", "ua"}) {
    for (const char* kind : {"shells", "tanks"})
      series.push_back({"stock", {actor, kind}, "count"});
  }
  const Layout layout = layout_of(series);
  ASSERT_EQ(layout.axes.size(), 2U);
  EXPECT_EQ(layout.axes[0].name, "actor");
  EXPECT_EQ(layout.axes[1].name, "stock_stock");
}

TEST(Csv, EveryValueOfATrajectoryHasItsRow) {
  const NetcdfFolder folder;
  const Futures f = invented_futures();
  write_csv(f, folder.path / "futures.csv");
  std::ifstream in(folder.path / "futures.csv");
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "option,future,week,variable,entity,value");
  std::getline(in, line);
  EXPECT_EQ(line.substr(0, 20), "go_on,0,0,fighting,,");
  EXPECT_EQ(std::stof(line.substr(20)), f.trajectory.front());
  std::size_t rows = 1;
  std::string last = line;
  while (std::getline(in, line)) {
    ++rows;
    last = line;
  }
  EXPECT_EQ(rows, f.trajectory.size());
  EXPECT_EQ(last.substr(0, 14), "offer_line,2,6") << last;
  EXPECT_EQ(std::stof(last.substr(last.rfind(',') + 1)), f.trajectory.back());
}

}  // namespace
}  // namespace casus::ensemble
