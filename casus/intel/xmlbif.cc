// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/xmlbif.h"

#include <fmt/format.h>

#include "casus/intel/infer_draft.h"
#include "casus/intel/infer_xml.h"

namespace casus::intel {
namespace {

using casefile::shortened;

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : in_(file, text), draft_(in_) {}

  Network read() {
    const XmlElement root = read_xml(in_);
    const XmlElement* const network = root.is("NETWORK") ? &root : root.child("NETWORK");
    if (network == nullptr) {
      in_.fail(root.offset, root.name.size(), fmt::format("<{}> holds no <NETWORK>", root.name));
    }
    for (const auto& e : network->children) {
      if (e.is("VARIABLE")) variable(e);
    }
    for (const auto& e : network->children) {
      if (e.is("DEFINITION") || e.is("PROBABILITY")) definition(e);
    }
    if (draft_.size() == 0) {
      in_.fail(network->offset, network->name.size(), "the network has no <VARIABLE>");
    }
    return draft_.finish();
  }

 private:
  void variable(const XmlElement& e) {
    const std::string kind = e.attribute("TYPE");
    if (kind == "decision" || kind == "utility") {
      in_.fail(e.offset, e.name.size(), fmt::format("nodes of type '{}' are not read", kind),
               "only networks of chance nodes have posteriors");
    }
    const XmlElement* const name = e.child("NAME");
    if (name == nullptr) in_.fail(e.offset, e.name.size(), "this <VARIABLE> has no <NAME>");
    std::vector<std::string> states;
    for (const auto& c : e.children) {
      if (c.is("OUTCOME") || c.is("VALUE")) states.push_back(text_of(in_, c));
    }
    draft_.declare(text_of(in_, *name), std::move(states), name->offset + name->name.size() + 1);
  }

  void definition(const XmlElement& e) {
    std::optional<std::uint32_t> node;
    std::vector<std::uint32_t> parents;
    const XmlElement* table = nullptr;
    bool known = true;
    std::size_t offset = e.offset;
    for (const auto& c : e.children) {
      const std::size_t at = c.offset + c.name.size() + 1;
      if (c.is("FOR") || c.is("GIVEN")) {
        const auto found = draft_.find(text_of(in_, c), at);
        known = known && found;
        if (!found) continue;
        if (c.is("GIVEN")) {
          parents.push_back(*found);
        } else if (node) {
          in_.fail(c.offset, c.name.size(), "a table for two nodes at once is not read");
        } else {
          node = found;
          offset = at;
        }
      } else if (c.is("TABLE")) {
        table = &c;
      }
    }
    if (!known) return;
    if (!node) in_.fail(e.offset, e.name.size(), "this table is <FOR> no node");
    if (!draft_.depend(*node, std::move(parents), offset)) return;
    const auto& name = draft_.node(*node).name;
    if (table == nullptr) {
      in_.tell(offset, name.size(), fmt::format("node '{}' has no <TABLE>", shortened(name)));
      return;
    }
    bool sound = true;
    auto numbers = numbers_of(in_, *table, sound);
    const std::size_t cells = draft_.cells(*node, offset);
    if (numbers.size() != cells) {
      in_.tell(table->offset, table->name.size(),
               fmt::format("{} numbers where the table of node '{}' needs {}", numbers.size(),
                           shortened(name), cells));
      return;
    }
    draft_.node(*node).table = std::move(numbers);
    if (sound) draft_.normalise(*node, offset);
  }

  Scanner in_;
  NetworkDraft draft_;
};

}  // namespace

Network read_xmlbif(const std::string& text, const std::string& file) {
  return Reader(text, file).read();
}

}  // namespace casus::intel
