// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/xdsl.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "casus/base/error.h"
#include "casus/intel/infer_draft.h"
#include "casus/intel/infer_xml.h"

namespace casus::intel {
namespace {

using casefile::shortened;

std::vector<std::string> words_of(Scanner& in, const XmlElement& e) {
  std::vector<std::string> out;
  const std::string text = text_of(in, e);
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i;
    while (end < text.size() && !blank(text[end])) ++end;
    if (end > i) out.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : in_(file, text), draft_(in_) {}

  Network read() {
    const XmlElement root = read_xml(in_);
    const XmlElement* const nodes = root.child("nodes");
    if (!root.is("smile") || nodes == nullptr) {
      in_.fail(root.offset, root.name.size(), "no XDSL network: <smile> with <nodes> belongs here");
    }
    for (const auto& e : nodes->children) declare(e);
    for (const auto& e : nodes->children) define(e);
    if (draft_.size() == 0) in_.fail(nodes->offset, nodes->name.size(), "the network has no nodes");
    return draft_.finish();
  }

 private:
  void declare(const XmlElement& e) {
    if (!e.is("cpt") && !e.is("deterministic")) {
      in_.fail(e.offset, e.name.size(),
               fmt::format("nodes of kind '{}' are not read", shortened(e.name)),
               "turn it into a node with a table (cpt)");
    }
    std::vector<std::string> states;
    for (const auto& c : e.children) {
      if (c.is("state")) states.push_back(c.attribute("id"));
    }
    draft_.declare(e.attribute("id"), std::move(states), e.offset);
  }

  void define(const XmlElement& e) {
    const auto node = draft_.find(e.attribute("id"), e.offset);
    std::vector<std::uint32_t> parents;
    if (const XmlElement* const list = e.child("parents"); list != nullptr) {
      for (const auto& word : words_of(in_, *list)) {
        const auto found = draft_.find(word, list->offset);
        if (!found) return;
        parents.push_back(*found);
      }
    }
    if (!node || !draft_.depend(*node, std::move(parents), e.offset)) return;
    const std::size_t cells = draft_.cells(*node, e.offset);
    NetworkNode& n = draft_.node(*node);
    bool sound = true;
    if (e.is("deterministic")) {
      sound = results(e, n, cells);
    } else if (const XmlElement* const table = e.child("probabilities"); table != nullptr) {
      n.table = numbers_of(in_, *table, sound);
    }
    if (n.table.size() != cells) {
      in_.tell(e.offset, e.name.size(),
               fmt::format("{} numbers where the table of node '{}' needs {}", n.table.size(),
                           shortened(n.name), cells));
    } else if (sound) {
      draft_.normalise(*node, e.offset);
    }
  }

  // The one state that follows from each row.
  bool results(const XmlElement& e, NetworkNode& n, std::size_t cells) {
    const XmlElement* const list = e.child("resultingstates");
    if (list == nullptr) return true;
    const auto words = words_of(in_, *list);
    if (words.size() * n.states.size() != cells) return true;  // told by their number
    n.table.assign(cells, 0.0);
    for (std::size_t row = 0; row < words.size(); ++row) {
      const auto at = std::find(n.states.begin(), n.states.end(), words[row]);
      if (at == n.states.end()) {
        const std::vector<std::string_view> all(n.states.begin(), n.states.end());
        in_.tell(
            list->offset, list->name.size(),
            fmt::format("node '{}' has no state '{}'", shortened(n.name), shortened(words[row])),
            near_hint(words[row], all));
        return false;
      }
      n.table[row * n.states.size() + static_cast<std::size_t>(at - n.states.begin())] = 1.0;
    }
    return true;
  }

  Scanner in_;
  NetworkDraft draft_;
};

// An identifier of the format that none of `taken` has: letters, digits, underscores.
std::string identifier(const std::string& name, std::set<std::string>& taken) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string id;
  for (const char c : name) id += letter(c) || (c >= '0' && c <= '9') ? c : '_';
  if (id.empty() || !letter(id.front())) id.insert(0, "s_");
  std::string unique = id;
  for (int k = 2; !taken.insert(unique).second; ++k) unique = fmt::format("{}_{}", id, k);
  return unique;
}

// Parents before children, as SMILE wants them, and how far each is from the roots.
std::vector<std::uint32_t> in_order(const Network& network, std::vector<std::size_t>& depth) {
  std::vector<std::size_t> waiting;
  std::vector<std::uint32_t> order;
  std::vector<std::vector<std::uint32_t>> below(network.nodes.size());
  depth.assign(network.nodes.size(), 0);
  for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
    waiting.push_back(network.nodes[i].parents.size());
    if (waiting.back() == 0) order.push_back(i);
    for (const auto p : network.nodes[i].parents) below[p].push_back(i);
  }
  for (std::size_t k = 0; k < order.size(); ++k) {
    for (const auto c : below[order[k]]) {
      depth[c] = std::max(depth[c], depth[order[k]] + 1);
      if (--waiting[c] == 0) order.push_back(c);
    }
  }
  CASUS_CHECK(order.size() == network.nodes.size());
  return order;
}

}  // namespace

Network read_xdsl(const std::string& text, const std::string& file) {
  return Reader(text, file).read();
}

std::vector<std::string> xdsl_names(const Network& network) {
  std::set<std::string> taken;
  std::vector<std::string> ids;
  for (const auto& n : network.nodes) ids.push_back(identifier(n.name, taken));
  return ids;
}

std::vector<std::string> xdsl_states(const NetworkNode& node) {
  std::set<std::string> taken;
  std::vector<std::string> ids;
  for (const auto& s : node.states) ids.push_back(identifier(s, taken));
  return ids;
}

std::string write_xdsl(const Network& network, const std::string& name) {
  const std::vector<std::string> ids = xdsl_names(network);
  std::set<std::string> none;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smile version=\"1.0\" id=\"{}\" "
      "numsamples=\"10000\" discsamples=\"10000\">\n\t<nodes>\n",
      identifier(name, none));
  const auto put = std::back_inserter(out);
  std::vector<std::size_t> depth;
  const auto order = in_order(network, depth);
  for (const auto i : order) {
    const auto& n = network.nodes[i];
    fmt::format_to(put, "\t\t<cpt id=\"{}\">\n", ids[i]);
    for (const auto& s : xdsl_states(n)) {
      fmt::format_to(put, "\t\t\t<state id=\"{}\" />\n", s);
    }
    if (!n.parents.empty()) {
      out += "\t\t\t<parents>";
      for (std::size_t k = 0; k < n.parents.size(); ++k) {
        out += (k == 0 ? "" : " ") + ids[n.parents[k]];
      }
      out += "</parents>\n";
    }
    out += "\t\t\t<probabilities>";
    for (std::size_t k = 0; k < n.table.size(); ++k) {
      fmt::format_to(put, "{}{}", k == 0 ? "" : " ", n.table[k]);
    }
    out += "</probabilities>\n\t\t</cpt>\n";
  }
  fmt::format_to(put, "\t</nodes>\n\t<extensions>\n\t\t<genie version=\"1.0\" name=\"{}\">\n",
                 xml_escaped(name));
  std::vector<std::size_t> in_row(network.nodes.size() + 1, 0);
  for (const auto i : order) {
    const std::size_t left = 20 + 150 * in_row[depth[i]]++;
    const std::size_t top = 20 + 100 * depth[i];
    fmt::format_to(put,
                   "\t\t\t<node id=\"{}\">\n\t\t\t\t<name>{}</name>\n\t\t\t\t<interior "
                   "color=\"e5f6f7\" />\n\t\t\t\t<outline color=\"000080\" />\n\t\t\t\t<font "
                   "color=\"000000\" name=\"Arial\" size=\"8\" />\n\t\t\t\t<position>{} {} {} "
                   "{}</position>\n\t\t\t</node>\n",
                   ids[i], xml_escaped(network.nodes[i].name), left, top, left + 120, top + 60);
  }
  out += "\t\t</genie>\n\t</extensions>\n</smile>\n";
  return out;
}

}  // namespace casus::intel
