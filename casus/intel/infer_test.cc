// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/intel/infer_networks_test.h"

namespace casus::intel::infer_test {
namespace exact {

double p(const GraphicalModel& m, const Answer& a, const std::string& node, std::size_t state = 0) {
  std::uint32_t v = 0;
  while (m.network.nodes[v].name != node) ++v;
  return a.posteriors[v][state];
}

TEST(Infer, TheChestClinicGivesThePublishedNumbers) {
  // Lauritzen & Spiegelhalter (1988), section 9: before and after 'visit to Asia' and 'dyspnoea'
  const auto m = asia();
  const Answer before = query(m, {});
  EXPECT_NEAR(before.log_evidence, 0.0, 1e-14);
  EXPECT_NEAR(p(m, before, "tub"), 0.0104, 1e-12);
  EXPECT_NEAR(p(m, before, "lung"), 0.055, 1e-12);
  EXPECT_NEAR(p(m, before, "bronc"), 0.45, 1e-12);
  EXPECT_NEAR(p(m, before, "either"), 0.064828, 1e-12);
  EXPECT_NEAR(p(m, before, "xray"), 0.1103, 5e-5);
  EXPECT_NEAR(p(m, before, "dysp"), 0.4360, 5e-5);
  const std::vector<NodeEvidence> e = {seen(m.network, "asia", "yes"),
                                       seen(m.network, "dysp", "yes")};
  const Answer after = query(m, e);
  EXPECT_NEAR(p(m, after, "tub"), 0.0877, 1e-4);
  EXPECT_NEAR(p(m, after, "lung"), 0.0995, 5e-5);
  EXPECT_NEAR(p(m, after, "bronc"), 0.8114, 5e-5);
  EXPECT_EQ(p(m, after, "dysp"), 1.0);
  EXPECT_EQ(p(m, after, "asia", 1), 0.0);
  EXPECT_EQ(after.method, "junction tree");
  EXPECT_TRUE(after.exact);
}

TEST(Infer, TheBurglarAlarmRingsAsInTheTextbook) {
  // Russell & Norvig, Artificial Intelligence: P(burglary | both call) = 0.284
  const GraphicalModel m{read_bif(R"(network a {}
    variable B { type discrete [2] { t, f }; } variable E { type discrete [2] { t, f }; }
    variable A { type discrete [2] { t, f }; } variable J { type discrete [2] { t, f }; }
    variable M { type discrete [2] { t, f }; }
    probability (B) { table 0.001 0.999; } probability (E) { table 0.002 0.998; }
    probability (A | B, E) { (t,t) 0.95 0.05; (t,f) 0.94 0.06; (f,t) 0.29 0.71; (f,f) 0.001 0.999; }
    probability (J | A) { (t) 0.9 0.1; (f) 0.05 0.95; }
    probability (M | A) { (t) 0.7 0.3; (f) 0.01 0.99; })",
                                  "a.bif"),
                         {}};
  const std::vector<NodeEvidence> e = {seen(m.network, "J", "t"), seen(m.network, "M", "t")};
  const Answer a = query(m, e);
  EXPECT_NEAR(p(m, a, "B"), 0.284, 5e-4);
  EXPECT_NEAR(std::exp(a.log_evidence), 0.00059224259 + 0.0014918576, 1e-9);
}

TEST(Infer, AgreesWithEnumerationWithObservedAndLikelyStates) {
  for (std::uint32_t example = 1; example <= 150; ++example) {
    const Network net = any_network(example, 9, 3);
    auto evidence = any_evidence(net, example, 4);
    evidence.push_back(
        {example % 9, std::vector<double>(net.nodes[example % 9].states.size(), 0.5)});
    evidence.back().likelihood[0] = 2.0;
    const Inference truth = enumerate(net, evidence);
    const Answer a = query({net, {}}, evidence);
    EXPECT_NEAR(a.log_evidence, truth.log_evidence, 1e-12) << example;
    for (std::size_t v = 0; v < net.nodes.size(); ++v) {
      EXPECT_THAT(a.posteriors[v],
                  testing::Pointwise(testing::DoubleNear(1e-12), truth.posteriors[v]))
          << example;
    }
  }
}

// A second method: sums variables out one by one, tables kept as maps from states to numbers.
class Sparse {
 public:
  using Cell =
      std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // (variable, state), ascending
  Sparse(const Network& net, const std::vector<NodeEvidence>& evidence) {
    for (std::uint32_t i = 0; i < net.nodes.size(); ++i) {
      auto& table = tables_.emplace_back();
      const auto& n = net.nodes[i];
      for (std::size_t cell = 0; cell < n.table.size(); ++cell) {
        Cell at{{i, static_cast<std::uint32_t>(cell % n.states.size())}};
        std::size_t row = cell / n.states.size();
        for (std::size_t k = n.parents.size(); k-- > 0;) {
          const std::size_t size = net.nodes[n.parents[k]].states.size();
          at.emplace_back(n.parents[k], static_cast<std::uint32_t>(row % size));
          row /= size;
        }
        std::sort(at.begin(), at.end());
        double weight = n.table[cell];
        for (const auto& e : evidence) {
          for (const auto& [v, s] : at) weight *= v == e.node && e.likelihood[s] == 0.0 ? 0.0 : 1.0;
        }
        if (weight > 0.0) table[at] = weight;
      }
    }
  }
  // P(variable = each state, evidence)
  std::map<std::uint32_t, double> joint(std::uint32_t wanted, std::uint32_t variables) {
    for (std::uint32_t v = variables; v-- > 0;) {
      if (v != wanted) sum_out(v);
    }
    std::map<Cell, double> all{{{}, 1.0}};
    for (const auto& t : tables_) all = product(all, t);
    std::map<std::uint32_t, double> out;
    for (const auto& [at, x] : all) out[at.front().second] += x;
    return out;
  }

 private:
  using Table = std::map<Cell, double>;
  static Table product(const Table& a, const Table& b) {
    Table out;
    for (const auto& [x, p] : a) {
      for (const auto& [y, q] : b) {
        Cell at = x;
        bool agree = true;
        for (const auto& [v, s] : y) {
          const auto same =
              std::find_if(x.begin(), x.end(), [v = v](auto& c) { return c.first == v; });
          if (same == x.end()) {
            at.emplace_back(v, s);
          } else {
            agree = agree && same->second == s;
          }
        }
        if (!agree) continue;
        std::sort(at.begin(), at.end());
        out[at] = p * q;
      }
    }
    return out;
  }
  void sum_out(std::uint32_t v) {
    Table all{{{}, 1.0}};
    std::vector<Table> rest;
    for (auto& t : tables_) {
      const bool has = !t.empty() && std::any_of(t.begin()->first.begin(), t.begin()->first.end(),
                                                 [&](const auto& c) { return c.first == v; });
      if (has) {
        all = product(all, t);
      } else {
        rest.push_back(std::move(t));
      }
    }
    Table left;
    for (const auto& [cell, x] : all) {
      Cell at = cell;
      at.erase(std::remove_if(at.begin(), at.end(), [&](const auto& c) { return c.first == v; }),
               at.end());
      left[at] += x;
    }
    rest.push_back(std::move(left));
    tables_ = std::move(rest);
  }
  std::vector<Table> tables_;
};

TEST(Infer, AgreesWithVariableEliminationOnNetworksOfForty) {
  for (std::uint32_t example = 1; example <= 12; ++example) {
    const Network net = any_network(example, 40, 2, 5);
    const auto evidence = any_evidence(net, example, 6);
    const Answer a = query({net, {}}, evidence);
    const std::uint32_t wanted = example * 3 % 40;
    const auto joint = Sparse(net, evidence).joint(wanted, 40);
    double sum = 0.0;
    for (const auto& entry : joint) sum += entry.second;
    EXPECT_NEAR(a.log_evidence, std::log(sum), 1e-11) << example;
    for (const auto& [state, x] : joint)
      EXPECT_NEAR(a.posteriors[wanted][state], x / sum, 1e-12) << example;
  }
}

TEST(Infer, AChainOfTwentyThousandNodesSumsLikeItsMatrix) {
  Network net;
  const double stay = 0.9;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    net.nodes.push_back({"n" + std::to_string(i), {"a", "b"}, {}, {0.5, 0.5}});
    if (i > 0) {
      net.nodes.back().parents = {i - 1};
      net.nodes.back().table = {stay, 1 - stay, 1 - stay, stay};
    }
  }
  const std::vector<NodeEvidence> evidence = {{0, {1.0, 0.0}}};
  const Answer a = query({net, {}}, evidence);
  EXPECT_NEAR(a.log_evidence, std::log(0.5), 1e-10);  // 20,000 roundings
  EXPECT_NEAR(a.posteriors[1][0], stay, 1e-12);
  EXPECT_NEAR(a.posteriors[5][0], 0.5 + 0.5 * std::pow(2 * stay - 1, 5), 1e-12);
  EXPECT_NEAR(a.posteriors[19999][0], 0.5, 1e-12);
}

TEST(Infer, AThousandWitnessesNeitherUnderflowNorLoseDigits) {
  Network net;
  net.nodes.push_back({"truth", {"so", "not"}, {}, {0.5, 0.5}});
  std::vector<NodeEvidence> evidence;
  for (std::uint32_t i = 1; i <= 1000; ++i) {
    net.nodes.push_back({"w" + std::to_string(i), {"yes", "no"}, {0}, {1e-3, 0.999, 1e-3, 0.999}});
    evidence.push_back({i, {1.0, 0.0}});
  }
  net.nodes.back().table = {2e-3, 0.998, 1e-3, 0.999};
  const Answer a = query({net, {}}, evidence);
  EXPECT_NEAR(a.log_evidence, 999 * std::log(1e-3) + std::log(1.5e-3), 1e-8);
  EXPECT_NEAR(a.posteriors[0][0], 2.0 / 3.0, 1e-12);
}

TEST(Infer, TheMostProbableExplanationIsTheLargestCellOfTheJoint) {
  for (std::uint32_t example = 1; example <= 60; ++example) {
    const Network net = any_network(example, 8, 3);
    const auto evidence = any_evidence(net, example, 5);
    QueryOptions options;
    options.most_probable = true;
    const Answer a = query({net, {}}, evidence, options);
    std::vector<std::uint32_t> states(8, 0);
    double best = 0.0;
    for (bool more = true; more;) {
      double x = probability_of(net, states);
      for (const auto& e : evidence) x *= e.likelihood[states[e.node]];
      best = std::max(best, x);
      more = false;
      for (std::size_t d = 0; d < 8 && !more; ++d) {
        more = ++states[d] < net.nodes[d].states.size();
        if (!more) states[d] = 0;
      }
    }
    ASSERT_TRUE(a.most_probable.has_value());
    EXPECT_NEAR(a.most_probable->log_p, std::log(best), 1e-12) << example;
    EXPECT_NEAR(std::log(probability_of(net, a.most_probable->states)), std::log(best), 1e-12);
    for (const auto& e : evidence) EXPECT_GT(e.likelihood[a.most_probable->states[e.node]], 0.0);
  }
}

TEST(Infer, JointDrawsFollowThePosterior) {
  const Network net = any_network(3, 12, 3);
  const auto evidence = any_evidence(net, 3, 5);
  QueryOptions options;
  options.samples = 20000;
  const Answer a = query({net, {}}, evidence, options);
  std::vector<std::vector<double>> share;
  for (const auto& p0 : a.posteriors) share.emplace_back(p0.size(), 0.0);
  for (const auto& draw : a.samples) {
    EXPECT_GT(probability_of(net, draw), 0.0);
    for (std::size_t v = 0; v < draw.size(); ++v) share[v][draw[v]] += 1.0 / 20000;
  }
  for (std::size_t v = 0; v < share.size(); ++v) {
    for (std::size_t s = 0; s < share[v].size(); ++s) {
      const double q = a.posteriors[v][s];
      EXPECT_NEAR(share[v][s], q, 5.0 * std::sqrt(q * (1 - q) / 20000) + 1e-12);
    }
  }
  EXPECT_EQ(query({net, {}}, evidence, options).samples, a.samples);
  options.seed = 2;
  EXPECT_NE(query({net, {}}, evidence, options).samples, a.samples);
}

TEST(Infer, TreesThatDoNotFitAreConditionedAndStayExact) {
  int conditioned = 0;
  for (std::uint32_t example = 1; example <= 20; ++example) {
    const Network net = any_network(example, 30, 3, 8);
    const auto evidence = any_evidence(net, example, 7);
    QueryOptions options;
    options.most_probable = true;
    options.samples = 50;
    const Answer whole = query({net, {}}, evidence, options);
    options.cells = whole.cells * 0.6;
    const Answer parts = query({net, {}}, evidence, options);
    if (!parts.exact) continue;
    ++conditioned;
    EXPECT_EQ(parts.method, "junction trees, one for every state of some nodes");
    EXPECT_NEAR(parts.log_evidence, whole.log_evidence, 1e-11);
    EXPECT_NEAR(parts.most_probable->log_p, whole.most_probable->log_p, 1e-11);
    for (std::size_t v = 0; v < net.nodes.size(); ++v) {
      EXPECT_THAT(parts.posteriors[v],
                  testing::Pointwise(testing::DoubleNear(1e-12), whole.posteriors[v]));
    }
    for (const auto& draw : parts.samples) EXPECT_GT(probability_of(net, draw), 0.0);
  }
  EXPECT_GE(conditioned, 10);
}

TEST(Infer, AMarkovNetworkGetsItsPartitionSum) {
  GraphicalModel m;
  const double coupling[] = {3.0, 1.0, 0.5, 2.0};
  for (std::uint32_t v = 0; v < 9; ++v)
    m.network.nodes.push_back({std::to_string(v), {"0", "1"}, {}, {}});
  const auto join = [&](Variable a, Variable b) {
    m.potentials.push_back({{a, b}, {coupling, coupling + 4}});
  };
  for (Variable v = 0; v < 9; ++v) {
    if (v % 3 < 2) join(v + 1, v);
    if (v < 6) join(v, v + 3);
  }
  double sum = 0.0;
  double centre = 0.0;
  for (unsigned bits = 0; bits < 512; ++bits) {
    double x = 1.0;
    for (const auto& f : m.potentials) {
      x *= f.table[(bits >> f.scope[0] & 1U) * 2 + (bits >> f.scope[1] & 1U)];
    }
    sum += x;
    if ((bits >> 4 & 1U) != 0) centre += x;
  }
  const Answer a = query(m, {});
  EXPECT_NEAR(a.log_evidence, std::log(sum), 1e-12);
  EXPECT_NEAR(a.posteriors[4][1], centre / sum, 1e-12);
}

TEST(Infer, ImpossibleEvidenceNamesThePieceThatTheOnesBeforeRuleOut) {
  const auto m = asia();
  const std::vector<NodeEvidence> e = {
      seen(m.network, "smoke", "yes"), seen(m.network, "either", "no"),
      seen(m.network, "tub", "yes"), seen(m.network, "xray", "yes")};
  try {
    (void)query(m, e);
    FAIL();
  } catch (const ImpossibleEvidence& error) {
    EXPECT_EQ(error.item(), 2U);
    EXPECT_STREQ(error.what(),
                 "the evidence has probability 0: what is told of node 'tub' cannot be given the 2 "
                 "told before it");
  }
}

TEST(Infer, EvidenceThatOnlyTheWholeNetworkRulesOutIsFound) {
  // c = a xor b and d = a xor b: every pair of their states has support, yet c and d never differ
  const GraphicalModel m{read_bif(R"(network x {}
    variable a { type discrete [2] { 0, 1 }; } variable b { type discrete [2] { 0, 1 }; }
    variable c { type discrete [2] { 0, 1 }; } variable d { type discrete [2] { 0, 1 }; }
    probability (a) { table 0.5 0.5; } probability (b) { table 0.5 0.5; }
    probability (c | a, b) { (0,0) 1 0; (0,1) 0 1; (1,0) 0 1; (1,1) 1 0; }
    probability (d | a, b) { (0,0) 1 0; (0,1) 0 1; (1,0) 0 1; (1,1) 1 0; })",
                                  "x.bif"),
                         {}};
  const std::vector<NodeEvidence> e = {seen(m.network, "c", "0"), seen(m.network, "d", "1")};
  try {
    (void)query(m, e);
    FAIL();
  } catch (const ImpossibleEvidence& error) {
    EXPECT_EQ(error.item(), 1U);
  }
}

TEST(Infer, WhatZerosMakeCertainLeavesTheProblem) {
  const auto m = asia();
  const std::vector<NodeEvidence> e = {seen(m.network, "either", "no")};
  const Answer a = query(m, e);  // no tuberculosis, no cancer: five nodes are left
  EXPECT_EQ(a.variables, 5U);
  EXPECT_EQ(p(m, a, "tub"), 0.0);
  EXPECT_EQ(p(m, a, "lung", 1), 1.0);
}

}  // namespace exact
}  // namespace casus::intel::infer_test
