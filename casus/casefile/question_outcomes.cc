// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/question_outcomes.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/base/file.h"
#include "casus/casefile/beside.h"

namespace casus::casefile {
namespace {

// `id: value`, or `{id, value, source}` in a list.
struct Pair {
  Spot id, value;
};

std::vector<Pair> pairs_of(Problems& problems, Fields& top) {
  std::vector<Pair> all;
  const Spot at = top.optional("questions");
  if (!at) return all;
  if (at.node->kind == Node::Kind::map) {
    for (const auto& [id, value] : top.entries("questions")) all.push_back({id, value});
    return all;
  }
  for (const Spot& item : top.list("questions")) {
    Fields fields(problems, item, "a question of the outcome");
    all.push_back({fields.required("id"), fields.stated("value")});
    fields.optional("source");
    fields.finish();
  }
  return all;
}

std::optional<bool> truth_of(const Node& node) {
  if (node.kind != Node::Kind::plain) return std::nullopt;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  return std::nullopt;
}

std::optional<Resolved> resolved(Problems& problems, Spot at, const AskedQuestion& q) {
  const std::string called = fmt::format("the outcome of question '{}'", q.id);
  Resolved out;
  const auto refuse = [&](std::string_view must) {
    problems.tell(*at.document, *at.node, fmt::format("{} must be {}", called, must),
                  "or null where it is still not known");
  };
  switch (q.type) {
    case QuestionType::yes_no:
      out.came = truth_of(*at.node);
      if (!out.came) refuse("true or false");
      break;
    case QuestionType::number:
      out.number = read_number(problems, at, called, {});
      break;
    case QuestionType::date:
      out.came = at.node->text != "never" && truth_of(*at.node) != false;
      if (*out.came) out.date = parse_date(at.node->text);
      if (*out.came && !out.date) refuse("a day like 2025-03-01, or never");
      break;
    case QuestionType::category: {
      const auto found = std::ranges::find(q.categories, at.node->text);
      if (found != q.categories.end()) {
        out.category = static_cast<std::size_t>(found - q.categories.begin());
      } else {
        const std::vector<std::string_view> names(q.categories.begin(), q.categories.end());
        refuse("one of " + listed(names));
      }
    }
  }
  return out;
}

std::vector<std::optional<Resolved>> read(const Document* document, Problems& problems,
                                          std::span<const AskedQuestion> asked) {
  std::vector<std::optional<Resolved>> out(asked.size());
  if (document != nullptr) {
    Fields top(problems, Spot{document, &document->root}, "outcome.yaml");
    for (const Pair& pair : pairs_of(problems, top)) {
      if (!pair.id || !pair.value || pair.value.node->kind == Node::Kind::null) continue;
      const auto found = std::ranges::find(asked, pair.id.node->text, &AskedQuestion::id);
      if (found == asked.end()) continue;
      auto& place = out[static_cast<std::size_t>(found - asked.begin())];
      if (place) {
        problems.tell(*pair.id.document, *pair.id.node,
                      fmt::format("the question '{}' is judged twice", found->id), "keep one");
      }
      place = resolved(problems, pair.value, *found);
    }
  }
  if (!problems.none()) throw CaseError(problems.take());
  return out;
}

}  // namespace

std::vector<std::optional<Resolved>> load_question_outcomes(const std::filesystem::path& file,
                                                            std::span<const AskedQuestion> asked) {
  Problems problems;
  const auto document = read_beside(file.generic_string(), read_file(file), problems);
  return read(document.get(), problems, asked);
}

std::vector<std::optional<Resolved>> question_outcomes_from(std::string named, std::string content,
                                                            std::span<const AskedQuestion> asked) {
  Problems problems;
  const auto document = read_beside(std::move(named), std::move(content), problems);
  return read(document.get(), problems, asked);
}

}  // namespace casus::casefile
