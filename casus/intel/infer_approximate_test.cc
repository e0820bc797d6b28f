// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_approximate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "casus/intel/infer_networks_test.h"
#include "casus/intel/infer_read.h"

namespace casus::intel::infer_test {
namespace approximation {

TEST(InferApproximate, ExactPosteriorsLieWithinFiveStandardErrors) {
  int approximated = 0;
  for (std::uint32_t example = 1; example <= 12; ++example) {
    const Network net = any_network(example, 40, 3, 12);
    const auto evidence = any_evidence(net, example, 8);
    QueryOptions options;
    options.most_probable = true;
    const Answer exact = query({net, {}}, evidence, options);
    options.cells = std::max(60.0, exact.cells / 100.0);
    options.samples = 20;
    const Answer near = query({net, {}}, evidence, options);
    if (near.exact) continue;
    ++approximated;
    EXPECT_EQ(near.method, "importance sampling from mini-buckets");
    EXPECT_GT(near.error, 0.0);
    EXPECT_LT(near.error, 0.2);
    EXPECT_NEAR(near.log_evidence, exact.log_evidence, 5.0 * near.log_evidence_error + 1e-9);
    EXPECT_LE(near.most_probable->log_p, exact.most_probable->log_p + 1e-9);
    EXPECT_NE(
        to_json(near, net).find("\"exact\": false, \"method\": \"the most probable of the draws"),
        std::string::npos);
    EXPECT_EQ(to_json(exact, net).find("of the draws"), std::string::npos);
    EXPECT_NEAR(near.most_probable->log_p,
                std::log(probability_of(net, near.most_probable->states)), 1e-9);
    for (std::size_t v = 0; v < net.nodes.size(); ++v) {
      for (std::size_t s = 0; s < net.nodes[v].states.size(); ++s) {
        EXPECT_NEAR(near.posteriors[v][s], exact.posteriors[v][s], 5.0 * near.error) << example;
      }
    }
    for (const auto& draw : near.samples) {
      EXPECT_GT(probability_of(net, draw), 0.0);
      for (const auto& e : evidence) EXPECT_EQ(e.likelihood[draw[e.node]], 1.0);
    }
  }
  EXPECT_GE(approximated, 6);
}

TEST(InferApproximate, WithoutASplitEveryDrawWeighsTheSame) {
  const Network net = any_network(4, 20, 2, 6);
  const auto evidence = any_evidence(net, 4, 6);
  const GraphicalModel model{net, {}};
  const Question question(model, evidence);
  const auto order = find_order(question.reduction().states, question.reduction().scopes);
  Answer answer;
  ASSERT_TRUE(approximate(question, order, {}, answer));
  EXPECT_LT(answer.log_evidence_error, 1e-6);
  EXPECT_NEAR(answer.log_evidence, query(model, evidence).log_evidence, 1e-9);
}

TEST(InferApproximate, CertainTablesDoNotLeaveTheDrawsWithoutAnAnswer) {
  // a chain of parity nodes: against the arcs nearly every draw would meet a zero
  Network net;
  for (std::uint32_t i = 0; i < 60; ++i) {
    net.nodes.push_back({"n" + std::to_string(i), {"0", "1"}, {}, {0.4, 0.6}});
    if (i < 12) continue;
    net.nodes.back().parents = {i - 12, i - 7, i - 3, i - 1};
    net.nodes.back().table.clear();
    for (unsigned row = 0; row < 16; ++row) {
      const bool odd = ((row ^ row >> 1 ^ row >> 2 ^ row >> 3) & 1U) != 0;
      net.nodes.back().table.push_back(odd ? 0.0 : 1.0);
      net.nodes.back().table.push_back(odd ? 1.0 : 0.0);
    }
  }
  QueryOptions options;
  options.cells = 200;
  const Answer near = query({net, {}}, {}, options);
  EXPECT_FALSE(near.exact);
  EXPECT_NEAR(near.log_evidence, 0.0, 5.0 * near.log_evidence_error + 1e-9);
  EXPECT_NEAR(near.posteriors[3][1], 0.6, 5.0 * near.error);
}

}  // namespace approximation
}  // namespace casus::intel::infer_test
