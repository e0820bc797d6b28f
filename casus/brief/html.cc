// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/html.h"

#include <algorithm>
#include <array>

#include "casus/base/error.h"

namespace casus::brief {
namespace {

constexpr std::array<std::string_view, 4> void_tags = {"meta", "br", "hr", "col"};
constexpr std::array<std::string_view, 14> block_tags = {
    "html", "head", "body", "section", "table", "thead",  "tbody",
    "tr",   "ul",   "ol",   "nav",     "main",  "figure", "header"};

bool one_of(std::string_view tag, const auto& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        // control characters have no place in a page
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

Node::Node(const char* tag, Attributes attributes, std::vector<Node> children)
    : tag_(tag), attributes_(std::move(attributes)), children_(std::move(children)) {
  CASUS_CHECK(!tag_.empty() && tag_ != "script");
  for (const auto& a : attributes_) CASUS_CHECK(a.first.rfind("on", 0) != 0);
}

void Node::write_tag(std::string& out) const {
  out += '<' + tag_;
  for (const auto& a : attributes_) out += ' ' + a.first + "=\"" + escaped(a.second) + '"';
  out += '>';
}

void Node::write(std::string& out) const {
  if (tag_.empty()) {
    out += escaped(text_);
    return;
  }
  write_tag(out);
  if (one_of(tag_, void_tags)) return;
  const bool block = one_of(tag_, block_tags);
  if (block) out += '\n';
  if (tag_ == "style") {
    // a style sheet is the program's own text; it is not escaped and may not leave its element
    for (const Node& child : children_) {
      CASUS_CHECK(child.text_.find('<') == std::string::npos);
      out += child.text_;
    }
  } else {
    for (const Node& child : children_) child.write(out);
  }
  out += "</" + tag_ + '>';
  if (block || tag_ == "p" || tag_ == "li" || tag_ == "h2" || tag_ == "svg") out += '\n';
}

Node el(const char* tag, Attributes attributes, std::vector<Node> children) {
  return {tag, std::move(attributes), std::move(children)};
}

Node link(const std::string& to, std::vector<Node> children, const char* cls) {
  Attributes a = {{"href", "#" + to}};
  if (cls != nullptr) a.emplace_back("class", cls);
  return el("a", std::move(a), std::move(children));
}

Node number(const std::string& to, const std::string& text) { return link(to, {text}, "n"); }

Node outside(const std::string& url, const std::string& text) {
  if (url.rfind("https://", 0) != 0 && url.rfind("http://", 0) != 0) return text;
  return el("a", {{"href", url}, {"rel", "noreferrer noopener"}}, {text});
}

std::string anchor(std::string_view prefix, std::string_view id) {
  std::string out = std::string(prefix) + '-';
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-' || c == '.';
    out += plain ? c : '_';
  }
  return out;
}

Node table(const std::vector<std::string>& head, std::vector<Node> rows, const char* cls,
           const std::string& caption) {
  Node head_row = el("tr");
  for (const std::string& h : head) {
    const bool right = !h.empty() && h[0] == '>';
    Attributes a = {{"scope", "col"}};
    if (right) a.emplace_back("class", "number");
    head_row.add(el("th", std::move(a), {right ? h.substr(1) : h}));
  }
  Node all = el("table", {{"class", cls}});
  if (!caption.empty()) all.add(el("caption", {}, {caption}));
  all.add(el("thead", {}, {std::move(head_row)}));
  all.add(el("tbody", {}, std::move(rows)));
  return el("div", {{"class", "wide"}}, {std::move(all)});
}

Node row(std::vector<Node> cells, const std::string& id) {
  Attributes a;
  if (!id.empty()) a.emplace_back("id", id);
  return el("tr", std::move(a), std::move(cells));
}

Node cell(std::vector<Node> children, const char* cls) {
  Attributes a;
  if (cls != nullptr) a.emplace_back("class", cls);
  return el("td", std::move(a), std::move(children));
}

Node section(const char* id, const char* title, std::vector<Node> children) {
  Node s = el("section", {{"id", id}}, {el("h2", {}, {title})});
  for (Node& child : children) s.add(std::move(child));
  return s;
}

Node figure(Node picture, std::vector<Node> caption, const char* cls) {
  Attributes a;
  if (cls != nullptr) a.emplace_back("class", cls);
  return el("figure", std::move(a), {std::move(picture), el("figcaption", {}, std::move(caption))});
}

Node paragraph(std::vector<Node> children, const char* cls) {
  Attributes a;
  if (cls != nullptr) a.emplace_back("class", cls);
  return el("p", std::move(a), std::move(children));
}

}  // namespace casus::brief
