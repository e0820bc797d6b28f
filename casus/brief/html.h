// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A tree of HTML whose text cannot be anything but text.
namespace casus::brief {

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// An element, or a run of text (with an empty tag). Text and attribute values are escaped when
/// written, so nothing a case says can become markup.
class Node {
 public:
  Node(const char* text) : text_(text) {}             // NOLINT: a string is a text node
  Node(std::string text) : text_(std::move(text)) {}  // NOLINT
  Node(std::string_view text) : text_(text) {}        // NOLINT
  Node(const char* tag, Attributes attributes, std::vector<Node> children);

  Node& add(Node child) {
    children_.push_back(std::move(child));
    return *this;
  }
  [[nodiscard]] bool empty() const { return children_.empty() && text_.empty(); }
  void write(std::string& out) const;

 private:
  void write_tag(std::string& out) const;
  std::string tag_, text_;
  Attributes attributes_;
  std::vector<Node> children_;
};

/// `<tag a="b">children</tag>`; tags and attribute names come from the program alone.
[[nodiscard]] Node el(const char* tag, Attributes attributes = {}, std::vector<Node> children = {});

/// A link to an anchor of this page.
[[nodiscard]] Node link(const std::string& anchor, std::vector<Node> children,
                        const char* cls = nullptr);

/// A number that links to what is behind it.
[[nodiscard]] Node number(const std::string& anchor, const std::string& text);

/// A link to another page if `url` is http or https, else its text alone.
[[nodiscard]] Node outside(const std::string& url, const std::string& text);

/// The `id` of an anchor: `prefix-` and the text id, every character that may not stand there as
/// `_`.
[[nodiscard]] std::string anchor(std::string_view prefix, std::string_view id);

[[nodiscard]] std::string escaped(std::string_view text);

/// A table: head cells (with a leading `>` over numbers, set to the right), rows of cells.
[[nodiscard]] Node table(const std::vector<std::string>& head, std::vector<Node> rows,
                         const char* cls, const std::string& caption);
[[nodiscard]] Node row(std::vector<Node> cells, const std::string& id = "");
[[nodiscard]] Node cell(std::vector<Node> children, const char* cls = nullptr);
[[nodiscard]] Node section(const char* id, const char* title, std::vector<Node> children);
[[nodiscard]] Node figure(Node picture, std::vector<Node> caption, const char* cls = nullptr);
[[nodiscard]] Node paragraph(std::vector<Node> children, const char* cls = nullptr);

}  // namespace casus::brief
