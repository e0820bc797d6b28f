// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "casus/intel/infer_read.h"

namespace casus::intel {
namespace {

class Writer {
 public:
  std::string out;

  void text(const std::string& value) {
    out += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        constexpr char digits[] = "0123456789abcdef";
        out += "\\u00";
        out += digits[c >> 4 & 15];
        out += digits[c & 15];
      } else {
        out += c;
      }
    }
    out += '"';
  }
  void number(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out.append(buffer, end);
  }
  void key(const char* name, const char* before) {
    out += before;
    text(name);
    out += ": ";
  }
};

// One state for every node.
void write_states(Writer& w, const std::vector<std::uint32_t>& states, const Network& network) {
  w.out += '{';
  for (std::size_t v = 0; v < states.size(); ++v) {
    if (v > 0) w.out += ", ";
    w.text(network.nodes[v].name);
    w.out += ": ";
    w.text(network.nodes[v].states[states[v]]);
  }
  w.out += '}';
}

}  // namespace

std::string to_json(const Answer& answer, const Network& network) {
  Writer w;
  w.key("log_evidence", "{\n  ");
  w.number(answer.log_evidence);
  w.key("method", ",\n  ");
  w.text(answer.method);
  w.key("exact", ",\n  ");
  w.out += answer.exact ? "true" : "false";
  w.key("error", ",\n  ");
  w.number(answer.error);
  if (!answer.exact) {
    w.key("log_evidence_error", ",\n  ");
    w.number(answer.log_evidence_error);
  }
  w.key("cells", ",\n  ");
  w.number(answer.cells);
  w.key("posteriors", ",\n  ");
  w.out += '{';
  for (std::size_t v = 0; v < network.nodes.size(); ++v) {
    const auto& node = network.nodes[v];
    w.out += v == 0 ? "\n    " : ",\n    ";
    w.text(node.name);
    w.out += ": {";
    for (std::size_t s = 0; s < node.states.size(); ++s) {
      if (s > 0) w.out += ", ";
      w.text(node.states[s]);
      w.out += ": ";
      w.number(answer.posteriors[v][s]);
    }
    w.out += '}';
  }
  w.out += "\n  }";
  if (answer.most_probable) {
    w.key("most_probable", ",\n  ");
    w.key("log_probability", "{");
    w.number(answer.most_probable->log_p);
    w.key("exact", ", ");
    w.out += answer.exact ? "true" : "false";
    if (!answer.exact) {
      w.key("method", ", ");
      w.text(best_of_draws);
    }
    w.key("states", ", ");
    write_states(w, answer.most_probable->states, network);
    w.out += '}';
  }
  if (!answer.samples.empty()) {
    w.key("samples", ",\n  ");
    for (std::size_t i = 0; i < answer.samples.size(); ++i) {
      w.out += i == 0 ? "[\n    " : ",\n    ";
      write_states(w, answer.samples[i], network);
    }
    w.out += "\n  ]";
  }
  w.out += "\n}\n";
  return w.out;
}

}  // namespace casus::intel
