// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>

#include "casus/intel/bif.h"

namespace casus::intel {
namespace {

// A label as BIF can carry it: quoted only where a reader could not tell its end.
std::string written(const std::string& label) {
  const bool plain = !label.empty() && label.find_first_of(" \t,;(){}[]|\"/") == std::string::npos;
  return plain ? label : fmt::format("\"{}\"", label);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "" : ", ") + written(w);
  return out;
}

}  // namespace

std::string write_bif(const Network& network, const std::string& name) {
  std::string out = fmt::format("network {} {{\n}}\n", written(name));
  const auto put = std::back_inserter(out);
  for (const auto& n : network.nodes) {
    fmt::format_to(put, "variable {} {{\n  type discrete [ {} ] {{ {} }};\n}}\n", written(n.name),
                   n.states.size(), joined(n.states));
  }
  for (const auto& n : network.nodes) {
    std::vector<std::string> parents;
    std::vector<std::size_t> digit(n.parents.size(), 0);
    for (const auto p : n.parents) parents.push_back(network.nodes[p].name);
    fmt::format_to(put, "probability ( {}{}{} ) {{\n", written(n.name),
                   parents.empty() ? "" : " | ", joined(parents));
    for (std::size_t at = 0; at < n.table.size(); at += n.states.size()) {
      std::vector<std::string> row;
      for (std::size_t k = 0; k < digit.size(); ++k)
        row.push_back(network.nodes[n.parents[k]].states[digit[k]]);
      out += row.empty() ? "  table " : fmt::format("  ({}) ", joined(row));
      for (std::size_t k = 0; k < n.states.size(); ++k) {
        fmt::format_to(put, "{}{}", k == 0 ? "" : ", ", n.table[at + k]);
      }
      out += ";\n";
      for (std::size_t k = digit.size(); k-- > 0;) {
        if (++digit[k] < network.nodes[n.parents[k]].states.size()) break;
        digit[k] = 0;
      }
    }
    out += "}\n";
  }
  return out;
}

}  // namespace casus::intel
