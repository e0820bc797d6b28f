// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/design_effects.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <set>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace design_effects_test {

using ensemble::DesignKind;
using ensemble::FactorDesign;
using Function = std::function<double(const std::vector<double>&)>;

struct Looked {
  std::vector<std::string> inputs;
  std::vector<double> y;
  std::vector<std::size_t> changed_at;
  std::vector<std::uint8_t> upward;
};

std::vector<std::uint64_t> keys_of(const std::vector<std::string>& names) {
  std::vector<std::uint64_t> out;
  for (const auto& n : names) out.push_back(key_of(n));
  return out;
}

/// A function looked at by a design; `noise` is luck, the same along a row but for Saltelli's B.
Looked look(DesignKind kind, std::size_t inputs, std::size_t rows, const Function& f,
            double noise = 0.0) {
  Looked out;
  std::vector<std::size_t> varied;
  for (std::size_t i = 0; i < inputs; ++i) {
    out.inputs.push_back("x" + std::to_string(i));
    varied.push_back(i);
  }
  const FactorDesign d(kind, 3, keys_of(out.inputs), varied);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t v = 0; v < d.variations(); ++v) {
      std::vector<double> x;
      for (std::size_t i = 0; i < inputs; ++i) x.push_back(d.coordinate(r, v, i));
      const auto luck = static_cast<std::uint32_t>(16 * d.luck_of(r / 16, v) + r % 16);
      out.y.push_back(f(x) + noise * Draws(5).normal(Stream("luck"), luck, 0, 0));
    }
    for (std::size_t i = 0; i < inputs && kind == DesignKind::morris; ++i) {
      out.changed_at.push_back(d.changed_at(r, i));
      out.upward.push_back(d.upward(r, i) ? 1 : 0);
    }
  }
  return out;
}

double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2.0 * u[i] - 1.0); };
  const double s = std::sin(x(1));
  return std::sin(x(0)) + 7.0 * s * s + 0.1 * std::pow(x(2), 4.0) * std::sin(x(0));
}

const double g_a[] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0};

double g_function(const std::vector<double>& u) {
  double y = 1.0;
  for (std::size_t i = 0; i < u.size(); ++i)
    y *= (std::abs(4.0 * u[i] - 2.0) + g_a[i]) / (1.0 + g_a[i]);
  return y;
}

TEST(Designs, AStepOfMorrisChangesOneInputByTwoThirdsAndAllInTheEnd) {
  const FactorDesign d(DesignKind::morris, 7, keys_of({"a", "b", "c", "d", "e"}), {0, 1, 3, 4});
  std::set<double> levels;
  for (std::size_t r = 0; r < 64; ++r) {
    std::set<std::size_t> changed;
    for (std::size_t v = 1; v < d.variations(); ++v) {
      for (std::size_t i = 0; i < 5; ++i) {
        const double before = d.coordinate(r, v - 1, i), after = d.coordinate(r, v, i);
        if (i != 2) levels.insert(std::round(1000.0 * after));
        if (before == after) continue;
        EXPECT_NEAR(std::abs(after - before), 0.9 * 2.0 / 3.0, 1e-12);
        EXPECT_TRUE(changed.insert(i).second);
        const std::size_t place = i > 2 ? i - 1 : i;
        EXPECT_EQ(d.changed_at(r, place), v);
        EXPECT_EQ(d.upward(r, place), after > before);
      }
      EXPECT_EQ(changed.size(), v);  // exactly one a step
    }
    EXPECT_FALSE(changed.contains(2));  // what is not varied stays
  }
  EXPECT_EQ(levels.size(), 4U);
}

TEST(Designs, SaltellisPointsAreTwoAndTheirMixtures) {
  const FactorDesign d(DesignKind::saltelli, 7, keys_of({"a", "b", "c"}), {0, 2});
  double sum = 0.0;
  for (std::size_t r = 0; r < 256; ++r) {
    for (std::size_t i = 0; i < 3; ++i) {
      const double a = d.coordinate(r, 0, i), b = d.coordinate(r, 1, i);
      EXPECT_NE(a, b);
      EXPECT_EQ(d.coordinate(r, 2, i), i == 0 ? b : a);
      EXPECT_EQ(d.coordinate(r, 3, i), i == 2 ? b : a);
      if (i == 0) sum += a;
    }
    EXPECT_EQ(d.luck_of(r / 16, 0), d.luck_of(r / 16, 3));
    EXPECT_NE(d.luck_of(r / 16, 0), d.luck_of(r / 16, 1));
  }
  EXPECT_NEAR(sum / 256.0, 0.5, 0.005);  // far below chance's 0.018
}

TEST(Designs, MorrisOfALinearFunctionIsItsSlopes) {
  const Looked l = look(
      DesignKind::morris, 3, 32, [](const auto& x) { return (3.0 * x[0] - 2.0 * x[1]) / 0.9; },
      10.0);  // luck is the same along a row, so it does not show
  const auto e = elementary_effects(l.inputs, l.y, l.changed_at, l.upward, 1);
  EXPECT_NEAR(e[0].mu, 3.0, 1e-9);
  EXPECT_NEAR(e[1].mu, -2.0, 1e-9);
  EXPECT_NEAR(e[1].mu_star, 2.0, 1e-9);
  EXPECT_NEAR(e[0].sigma, 0.0, 1e-9);
  EXPECT_NEAR(e[2].mu_star, 0.0, 1e-9);
  EXPECT_NEAR(e[0].error, 0.0, 1e-9);
}

TEST(Designs, MorrisPutsTheGFunctionsInputsInOrder) {
  const Looked l = look(DesignKind::morris, 6, 512, g_function);
  const auto e = elementary_effects(l.inputs, l.y, l.changed_at, l.upward, 1);
  EXPECT_GT(e[0].mu_star, e[1].mu_star);
  EXPECT_GT(e[1].mu_star, e[2].mu_star);
  EXPECT_GT(e[2].mu_star, e[3].mu_star);
  EXPECT_GT(e[3].mu_star, 4.0 * e[4].mu_star);
  EXPECT_GT(e[0].sigma, std::abs(e[0].mu));  // it bends
  EXPECT_GT(e[0].error, 0.0);
}

TEST(Designs, SobolIndicesOfIshigamisFunctionAreItsClosedForm) {
  const Looked l = look(DesignKind::saltelli, 3, 8192, ishigami);
  const auto s = sobol_indices(l.inputs, l.y, 1);
  const double first[] = {0.3139, 0.4424, 0.0}, total[] = {0.5576, 0.4424, 0.2437};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(s[i].first, first[i], 0.03) << i;
    EXPECT_NEAR(s[i].total, total[i], 0.03) << i;
    EXPECT_LT(s[i].total_error, 0.02);
  }
}

TEST(Designs, SobolIndicesOfTheGFunctionAreItsClosedForm) {
  double part[6], variance = 1.0;
  for (std::size_t i = 0; i < 6; ++i) {
    part[i] = 1.0 / (3.0 * (1.0 + g_a[i]) * (1.0 + g_a[i]));
    variance *= 1.0 + part[i];
  }
  variance -= 1.0;
  const Looked l = look(DesignKind::saltelli, 6, 8192, g_function);
  const auto s = sobol_indices(l.inputs, l.y, 1);
  for (std::size_t i = 0; i < 6; ++i) {
    const double total = part[i] * (variance + 1.0) / (1.0 + part[i]) / variance;
    EXPECT_NEAR(s[i].first, part[i] / variance, 0.03) << i;
    EXPECT_NEAR(s[i].total, total, 0.03) << i;
  }
}

TEST(Designs, LuckTakesItsShareAndTheErrorIsToldRight) {
  // y = x0 + luck of the same variance: each has half
  const double sd = std::sqrt(1.0 / 12.0);
  const Looked l = look(
      DesignKind::saltelli, 2, 1024, [](const auto& x) { return x[0]; }, sd);
  const auto s = sobol_indices(l.inputs, l.y, 1);
  EXPECT_NEAR(s[0].first, 0.5, 4.0 * s[0].first_error);
  EXPECT_NEAR(s[0].total, 0.5, 4.0 * s[0].total_error);
  EXPECT_LT(s[0].first_error, 0.06);
  EXPECT_EQ(s[1].total, 0.0);  // an inert input moves nothing at all
  EXPECT_EQ(s[1].first, 0.0);
}

TEST(Designs, AStudyReadsBackAsItWasWritten) {
  DesignStudy s;
  s.key = "k";
  s.design = "morris";
  s.rows = 16;
  s.outputs.push_back({"value", "go_on", "", 1.0, 2.0, {{"x", 1.0, 2.0, 3.0, 0.5}}, {}});
  EXPECT_EQ(to_json(design_from_json(to_json(s), "d.json")), to_json(s));
  EXPECT_THROW((void)design_from_json("{", "d.json"), CaseError);
}

}  // namespace design_effects_test
}  // namespace casus::analysis
