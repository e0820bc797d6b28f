// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/base/numeric.h"
#include "casus/intel/bif.h"
#include "casus/intel/infer.h"
#include "casus/random/draws.h"

/// Networks that the tests of inference share.
namespace casus::intel::infer_test {

/// The chest clinic: Lauritzen & Spiegelhalter (1988), J. R. Stat. Soc. B 50, table 1.
inline const char* const asia_text = R"(network asia {
}
variable asia { type discrete [ 2 ] { yes, no }; }
variable tub { type discrete [ 2 ] { yes, no }; }
variable smoke { type discrete [ 2 ] { yes, no }; }
variable lung { type discrete [ 2 ] { yes, no }; }
variable bronc { type discrete [ 2 ] { yes, no }; }
variable either { type discrete [ 2 ] { yes, no }; }
variable xray { type discrete [ 2 ] { yes, no }; }
variable dysp { type discrete [ 2 ] { yes, no }; }
probability ( asia ) { table 0.01, 0.99; }
probability ( tub | asia ) { (yes) 0.05, 0.95; (no) 0.01, 0.99; }
probability ( smoke ) { table 0.5, 0.5; }
probability ( lung | smoke ) { (yes) 0.1, 0.9; (no) 0.01, 0.99; }
probability ( bronc | smoke ) { (yes) 0.6, 0.4; (no) 0.3, 0.7; }
probability ( either | lung, tub ) { (no, no) 0, 1; default 1, 0; }
probability ( xray | either ) { (yes) 0.98, 0.02; (no) 0.05, 0.95; }
probability ( dysp | bronc, either ) {
  (yes, yes) 0.9, 0.1; (no, yes) 0.7, 0.3; (yes, no) 0.8, 0.2; (no, no) 0.1, 0.9;
}
)";

inline GraphicalModel asia() { return {read_bif(asia_text, "asia.bif"), {}}; }

/// A random network: up to `parents` parents, 2-4 states, some zeros, some rows certain.
inline Network any_network(std::uint32_t example, std::uint32_t nodes, std::size_t parents,
                           double near = 1e9) {
  const Draws draws(example);
  std::uint32_t k = 0;
  const auto uniform = [&] { return draws.uniform(Stream("test network"), example, 0, 0, k++); };
  Network out;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    NetworkNode n;
    n.name = "n" + std::to_string(i);
    const auto states = 2 + static_cast<std::uint32_t>(uniform() * 2.5);
    for (std::uint32_t s = 0; s < states; ++s) n.states.push_back("s" + std::to_string(s));
    std::size_t rows = 1;
    const auto first = static_cast<std::uint32_t>(near < i ? i - near : 0.0);
    for (std::uint32_t p = first; p < i && n.parents.size() < parents; ++p) {
      if (uniform() > 0.45) continue;
      n.parents.insert(uniform() < .5 ? n.parents.begin() : n.parents.end(), p);
      rows *= out.nodes[p].states.size();
    }
    for (std::size_t r = 0; r < rows; ++r) {
      const double sure = uniform();
      const auto certain = static_cast<std::uint32_t>(uniform() * states);
      std::vector<double> row;
      double sum = 0.0;
      for (std::uint32_t s = 0; s < states; ++s) {
        const double x = uniform();
        row.push_back(sure < .15 ? (s == certain ? 1.0 : 0.0) : s > 0 && uniform() < .1 ? 0.0 : x);
        sum += row.back();
      }
      for (const double x : row) n.table.push_back(x / sum);
    }
    out.nodes.push_back(std::move(n));
  }
  return out;
}

/// States drawn from the network itself, for every `every`-th node: evidence that is possible.
inline std::vector<NodeEvidence> any_evidence(const Network& net, std::uint32_t example,
                                              std::uint32_t every) {
  const Draws draws(example);
  std::vector<std::size_t> state;
  std::vector<NodeEvidence> out;
  for (std::uint32_t i = 0; i < net.nodes.size(); ++i) {
    const auto& n = net.nodes[i];
    std::size_t row = 0;
    for (const auto p : n.parents) row = row * net.nodes[p].states.size() + state[p];
    double left = draws.uniform(Stream("test evidence"), example, 0, i);
    std::size_t s = 0;
    while (s + 1 < n.states.size() && left >= n.table[row * n.states.size() + s]) {
      left -= n.table[row * n.states.size() + s++];
    }
    while (n.table[row * n.states.size() + s] == 0.0) --s;
    state.push_back(s);
    if ((i + example) % every != 0) continue;
    out.push_back({i, std::vector<double>(n.states.size(), 0.0)});
    out.back().likelihood[s] = 1.0;
  }
  return out;
}

inline NodeEvidence seen(const Network& net, const std::string& node, const std::string& state) {
  NodeEvidence out;
  while (net.nodes[out.node].name != node) ++out.node;
  for (const auto& s : net.nodes[out.node].states) out.likelihood.push_back(s == state ? 1.0 : 0.0);
  return out;
}

/// Probability of one state of affairs, from the tables alone.
inline double probability_of(const Network& net, const std::vector<std::uint32_t>& states) {
  double p = 1.0;
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    const auto& n = net.nodes[i];
    std::size_t row = 0;
    for (const auto q : n.parents) row = row * net.nodes[q].states.size() + states[q];
    p *= n.table[row * n.states.size() + states[i]];
  }
  return p;
}

}  // namespace casus::intel::infer_test
