// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

#include "casus/casefile/file_text.h"

namespace casus::casefile {
namespace {

struct TooDeep {};

constexpr const char* no_alias = "an alias (*) is not allowed in a case";
constexpr const char* alias_hint = "write the value out";

/// Builds the tree from the parser's events and tells what YAML allows and a case does not.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Document& document, Problems& problems)
      : document_(document), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    add(at(mark, Node::Kind::null));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse(mark, no_alias, alias_hint);
    add(at(mark, Node::Kind::null));
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
    refuse(mark, "an anchor (&) is not allowed in a case", "write the value out where it is used");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    refuse_tag(mark, tag);
    const bool bare = tag != "!";  // a quoted scalar
    const bool null = bare && (value.empty() || value == "~" || value == "null");
    Node node = at(mark, null ? Node::Kind::null : bare ? Node::Kind::plain : Node::Kind::text);
    node.text = value;
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    refuse_tag(mark, tag);
    open(at(mark, Node::Kind::sequence));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    refuse_tag(mark, tag);
    open(at(mark, Node::Kind::map));
  }
  void OnMapEnd() override {
    tell_duplicates(open_.back());
    close();
  }

  [[nodiscard]] Node take() { return std::move(root_); }

 private:
  static Node at(const YAML::Mark& mark, Node::Kind kind) {
    Node node;
    node.kind = kind;
    node.line = mark.line < 0 ? 0 : static_cast<std::size_t>(mark.line);
    node.column = mark.column < 0 ? 0 : static_cast<std::size_t>(mark.column);
    return node;
  }

  void refuse(const YAML::Mark& mark, const char* message, const char* hint) {
    problems_.tell(document_, at(mark, Node::Kind::null), message, hint);
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    refuse(mark, "a tag (!) is not allowed in a case", "remove it");
  }

  void open(Node node) {
    if (open_.size() >= static_cast<std::size_t>(deepest_nesting)) {
      tell_too_deep(document_, node.line, node.column, problems_);
      throw TooDeep{};
    }
    open_.push_back(std::move(node));
  }
  void close() {
    Node done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done));
  }
  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Node& parent = open_.back();
    const bool key = parent.kind == Node::Kind::map && parent.keys.size() == parent.items.size();
    (key ? parent.keys : parent.items).push_back(std::move(node));
  }

  void tell_duplicates(const Node& map) {
    std::map<std::string_view, const Node*> first;
    for (const Node& key : map.keys) {
      if (!key.scalar()) {
        problems_.tell(document_, key, "a key must be a word");
        continue;
      }
      const auto [known, fresh] = first.emplace(key.text, &key);
      if (fresh) continue;
      problems_.tell(
          document_, key, fmt::format("the key '{}' stands twice", shortened(key.text)),
          fmt::format("it stands at line {} already; keep one", known->second->line + 1));
    }
  }

  const Document& document_;
  Problems& problems_;
  std::vector<Node> open_;
  Node root_;
};

void tell_syntax(const Document& document, const YAML::Exception& error, Problems& problems) {
  const bool placed = !error.mark.is_null() && error.mark.line >= 0;
  const auto line = placed ? static_cast<std::size_t>(error.mark.line) : 0;
  const auto column = placed ? static_cast<std::size_t>(error.mark.column) : 0;
  if (error.msg.rfind(YAML::ErrorMsg::UNKNOWN_ANCHOR, 0) == 0) {
    problems.tell_at(document, line, column, 1, no_alias, alias_hint);
    return;
  }
  problems.tell_at(document, line, column, 1, fmt::format("this is not YAML: {}", error.msg),
                   "look at the quotes, brackets and indents before it");
}

}  // namespace

bool read_yaml(Document& document, Problems& problems) {
  if (!sound_text(document, problems) || !shallow_yaml(document, problems)) return false;
  TreeBuilder builder(document, problems);
  try {
    std::istringstream stream(document.text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      problems.tell_file(document.file, "the file says nothing", "remove it or fill it");
      return false;
    }
    document.root = builder.take();
    TreeBuilder rest(document, problems);
    if (parser.HandleNextDocument(rest)) {
      problems.tell(document, rest.take(), "a second YAML document begins here",
                    "a file holds one mapping; remove the '---'");
      return false;
    }
  } catch (const YAML::Exception& error) {
    tell_syntax(document, error, problems);
    return false;
  } catch (const TooDeep&) {
    return false;
  }
  return true;
}

}  // namespace casus::casefile
