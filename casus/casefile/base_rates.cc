// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/base_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "casus/base/file.h"
#include "casus/casefile/beside.h"

namespace casus::casefile {
namespace {

class Reader {
 public:
  Reader(Problems& problems, const Case& whole) : problems_(problems), whole_(whole) {}

  std::vector<BaseRate> read(const Document& document) {
    Fields top(problems_, Spot{&document, &document.root}, "base_rates.yaml");
    std::size_t number = 0;
    for (const Spot& at : top.required_list("base_rates")) add(at, ++number);
    top.finish();
    return std::move(out_);
  }

 private:
  void add(Spot at, std::size_t number) {
    Fields fields(problems_, at, fmt::format("base rate {}", number));
    const Spot id = fields.required("id");
    const auto question =
        id ? refer_in(problems_, whole_.questions, id, "question", fields.what()) : std::nullopt;
    BaseRate rate;
    if (question) {
      rate.question = *question;
      if (!met_.insert(*question).second)
        fields.tell(id, fmt::format("the base rate of '{}' stands twice", id.node->text),
                    "keep one");
      read_rate(fields, whole_.questions[*question], rate);
    } else {
      for (const char* key : {"p", "quantiles", "categories"}) fields.optional(key);
    }
    rate.source = fields.text("source");
    if (const Spot known = fields.required("known")) {
      const Date day = fields.date("known");
      if (day > whole_.as_of) {
        fields.tell(known,
                    fmt::format("{} became known on {}, after the case's as_of {}", fields.what(),
                                to_string(day), to_string(whole_.as_of)),
                    "use what was public by then");
      }
    }
    fields.finish();
    out_.push_back(std::move(rate));
  }

  void read_rate(Fields& fields, const Question& q, BaseRate& rate) {
    using enum QuestionType;
    if (q.type == yes_no || q.type == date) {
      if (fields.required("p")) rate.p = fields.number("p", share_range);
    } else if (q.type == number) {
      if (fields.required("quantiles")) read_quantiles(fields, rate);
    } else if (fields.required("categories")) {
      read_categories(fields, q, rate);
    }
  }

  void read_quantiles(Fields& fields, BaseRate& rate) {
    for (const auto& [key, value] : fields.entries("quantiles")) {
      const auto level = read_number(problems_, key, "a level of " + fields.what(), share_range);
      const auto x = read_number(problems_, value, "a quantile of " + fields.what(), {});
      if (!level || !x) continue;
      const bool falls = !rate.quantiles.empty() && (*level <= rate.quantiles.back().first ||
                                                     *x < rate.quantiles.back().second);
      if (falls || *level <= 0.0 || *level >= 1.0) {
        fields.tell(key, fmt::format("the quantiles of {} do not rise", fields.what()),
                    "levels between 0 and 1 in ascending order, with values that do not fall");
      }
      rate.quantiles.emplace_back(*level, *x);
    }
  }

  void read_categories(Fields& fields, const Question& q, BaseRate& rate) {
    for (const Category& c : q.categories) rate.categories.emplace_back(c.name, 0.0);
    double sum = 0.0;
    for (const auto& [key, value] : fields.entries("categories")) {
      const auto p = read_number(problems_, value, "a share of " + fields.what(), share_range);
      const auto found = std::ranges::find_if(
          rate.categories, [&text = key.node->text](const auto& c) { return c.first == text; });
      if (found == rate.categories.end()) {
        std::vector<std::string_view> names;
        for (const auto& c : rate.categories) names.push_back(c.first);
        fields.tell(
            key, fmt::format("question '{}' has no category '{}'", q.id, shortened(key.node->text)),
            "its categories: " + listed(names));
        continue;
      }
      found->second = p.value_or(0.0);
      sum += found->second;
    }
    if (std::abs(sum - 1.0) > 1e-6) {
      fields.tell(fields.optional("categories"),
                  fmt::format("the shares of {} add up to {:.4g}, not to 1", fields.what(), sum));
    }
  }

  Problems& problems_;
  const Case& whole_;
  std::vector<BaseRate> out_;
  std::set<std::uint32_t> met_;
};

}  // namespace

std::vector<BaseRate> base_rates_from(std::string named, std::string content, const Case& given) {
  Problems problems;
  const auto document = read_beside(std::move(named), std::move(content), problems);
  std::vector<BaseRate> out;
  if (document) out = Reader(problems, given).read(*document);
  if (!problems.none()) throw CaseError(problems.take());
  return out;
}

std::vector<BaseRate> load_base_rates(const std::filesystem::path& path, const Case& given) {
  const std::filesystem::path file = beside(path, "base_rates.yaml");
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  const Case whole = load(path);
  std::vector<BaseRate> kept;
  for (BaseRate& rate : base_rates_from(file.generic_string(), read_file(file), whole)) {
    const auto here = find(given.questions, whole.questions[rate.question].id);
    if (!here) continue;
    rate.question = here->index;
    kept.push_back(std::move(rate));
  }
  return kept;
}

}  // namespace casus::casefile
