// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/network.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace network_test {

Network any_network(const Draws& draws, std::uint32_t example, std::uint32_t nodes) {
  Network out;
  std::uint32_t k = 0;
  const auto uniform = [&] { return draws.uniform(Stream("network"), example, 0, 0, k++); };
  for (std::uint32_t i = 0; i < nodes; ++i) {
    NetworkNode n;
    n.name = "n" + std::to_string(i);
    const auto states = 2 + static_cast<std::uint32_t>(uniform() * 2.0);
    for (std::uint32_t s = 0; s < states; ++s) n.states.push_back(std::to_string(s));
    std::size_t rows = 1;
    for (std::uint32_t p = 0; p < i; ++p) {
      if (uniform() < 0.3 && n.parents.size() < 3) {
        n.parents.insert(uniform() < .5 ? n.parents.begin() : n.parents.end(), p);
        rows *= out.nodes[p].states.size();
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<double> row;
      double sum = 0.0;
      for (std::uint32_t s = 0; s < states; ++s) {
        row.push_back(uniform() < .1 && s + 1 < states ? 0.0 : uniform());
        sum += row.back();
      }
      for (const double x : row) n.table.push_back(x / sum);
    }
    out.nodes.push_back(std::move(n));
  }
  return out;
}

std::vector<NodeEvidence> any_evidence(const Network& net, const Draws& draws,
                                       std::uint32_t example) {
  std::vector<NodeEvidence> out;
  for (std::uint32_t i = 0; i < net.nodes.size(); ++i) {
    if (draws.uniform(Stream("seen"), example, 0, i) > .4) continue;
    NodeEvidence e{i, {}};
    for (std::uint32_t s = 0; s < net.nodes[i].states.size(); ++s) {
      e.likelihood.push_back(draws.uniform(Stream("seen"), example, 1, i, s));
    }
    out.push_back(e);
  }
  return out;
}

TEST(Network, TheJunctionTreeAgreesWithEnumeration) {
  const Draws draws(7);
  for (std::uint32_t example = 0; example < 200; ++example) {
    const Network net = any_network(draws, example, 3 + example % 8);
    const auto evidence = any_evidence(net, draws, example);
    const Inference want = enumerate(net, evidence);
    const Inference got = infer(net, evidence);
    EXPECT_NEAR(got.log_evidence, want.log_evidence,
                1e-12 * std::fmax(1, std::fabs(want.log_evidence)));
    for (std::size_t i = 0; i < net.nodes.size(); ++i) {
      for (std::size_t s = 0; s < net.nodes[i].states.size(); ++s) {
        EXPECT_NEAR(got.posteriors[i][s], want.posteriors[i][s], 1e-12) << example;
      }
    }
  }
}

TEST(Network, LeavingBarrenNodesOutChangesNothing) {
  const Draws draws(8);
  for (std::uint32_t example = 0; example < 50; ++example) {
    const Network net = any_network(draws, example, 9);
    const auto evidence = any_evidence(net, draws, example);
    const Inference want = enumerate(net, evidence);
    InferOptions few;
    few.targets = {4, 1};
    const Inference got = infer(net, evidence, few);
    ASSERT_EQ(got.nodes, (std::vector<std::uint32_t>{1, 4}));
    EXPECT_NEAR(got.log_evidence, want.log_evidence, 1e-11);
    EXPECT_NEAR(got.posteriors[0][0], want.posteriors[1][0], 1e-12);
    EXPECT_NEAR(got.posteriors[1][0], want.posteriors[4][0], 1e-12);
  }
}

TEST(Network, ImpossibleEvidenceAndTooLargeTreesAreSaid) {
  Network net;
  net.nodes.push_back({"a", {"no", "yes"}, {}, {1.0, 0.0}});
  EXPECT_THROW((void)infer(net, {{0, {0.0, 1.0}}}), ModelError);
  InferOptions small;
  small.cells = 1;
  EXPECT_THROW((void)infer(net, {}, small), ModelError);
}

TEST(Network, AHundredThousandSmallLikelihoodsDoNotUnderflow) {
  Network net;
  net.nodes.push_back({"a", {"no", "yes"}, {}, {0.5, 0.5}});
  std::vector<NodeEvidence> evidence(20000, NodeEvidence{0, {1e-3, 1.0001e-3}});
  const Inference got = infer(net, evidence);
  EXPECT_NEAR(got.log_evidence,
              20000 * std::log(1e-3) + std::log(.5 * (1 + std::exp(20000 * std::log(1.0001)))),
              1e-6);
  EXPECT_NEAR(got.posteriors[0][1], 1 / (1 + std::exp(-20000 * std::log(1.0001))), 1e-9);
}

}  // namespace network_test
}  // namespace casus::intel
