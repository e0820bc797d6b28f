// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "casus/analysis/forecast.h"
#include "casus/base/error.h"

namespace casus::analysis {
namespace {

using Json = nlohmann::ordered_json;
using enum casefile::QuestionType;

Json by_level(const std::vector<std::pair<double, double>>& pairs, bool days) {
  Json out = Json::object();
  for (const auto& [level, value] : pairs) {
    Json& place = out[Json(level).dump()];
    if (days) {
      place = to_string(Date().plus(static_cast<int>(std::lround(value))));
    } else {
      place = value;
    }
  }
  return out;
}

Json of(const StatedAnswer& a) {
  Json j = {{"id", a.id}, {"type", casefile::name_of(a.type)}};
  if (a.resolve_by) j["resolve_by"] = to_string(*a.resolve_by);
  if (a.p) j["p"] = *a.p;
  if (a.type == number || a.type == date) j["quantiles"] = by_level(a.quantiles, a.type == date);
  if (a.type == category) {
    Json& shares = j["categories"] = Json::object();
    for (const auto& [name, p] : a.categories) shares[name] = p;
  }
  if (a.error) j["error"] = *a.error;
  if (!a.quantile_errors.empty()) j["quantile_errors"] = by_level(a.quantile_errors, false);
  for (const auto& [name, rival] : a.benchmarks) {
    Json b = of(rival);
    for (const char* known : {"id", "type", "resolve_by", "error", "quantile_errors"})
      b.erase(known);
    j["benchmarks"][name] = b;
  }
  return j;
}

/// One answer of a file; throws a sentence where it is none.
class Reading {
 public:
  explicit Reading(const Json& j) : j_(j) {}

  [[nodiscard]] StatedAnswer read() const {
    StatedAnswer a;
    a.id = j_.at("id").get<std::string>();
    a.type = type();
    fill(a);
    if (j_.contains("resolve_by")) a.resolve_by = day(j_.at("resolve_by"));
    if (j_.contains("error")) a.error = j_.at("error").get<double>();
    if (j_.contains("quantile_errors")) a.quantile_errors = levels("quantile_errors", false);
    if (!j_.contains("benchmarks")) return a;
    for (const auto& [name, rival] : j_.at("benchmarks").items()) {
      StatedAnswer b;
      b.id = a.id;
      b.type = a.type;
      b.resolve_by = a.resolve_by;
      Reading(rival).fill(b);
      a.benchmarks[name] = b;
    }
    return a;
  }

 private:
  void fill(StatedAnswer& a) const {
    if (j_.contains("p")) a.p = share(j_.at("p"));
    if (j_.contains("quantiles")) {
      a.quantiles = levels("quantiles", a.type == date);
      for (std::size_t i = 1; i < a.quantiles.size(); ++i) {
        if (a.quantiles[i].first == a.quantiles[i - 1].first ||
            a.quantiles[i].second < a.quantiles[i - 1].second)
          throw ModelError("its quantiles do not rise with their levels");
      }
    }
    if (j_.contains("categories")) a.categories = categories();
    const bool whole = a.type == yes_no     ? a.p.has_value()
                       : a.type == number   ? !a.quantiles.empty()
                       : a.type == category ? !a.categories.empty()
                                            : a.p.has_value() || !a.quantiles.empty();
    if (!whole) throw ModelError("it holds nothing that answers a question of its type");
  }

  [[nodiscard]] casefile::QuestionType type() const {
    if (j_.contains("type")) {
      const auto said = casefile::parse<casefile::QuestionType>(j_.at("type").get<std::string>());
      if (!said) throw ModelError("its type is none of yes_no, number, date, category");
      return *said;
    }
    if (j_.contains("categories")) return category;
    if (!j_.contains("quantiles")) return yes_no;
    if (j_.contains("p")) return date;
    const Json& q = j_.at("quantiles");
    return !q.empty() && q.begin()->is_string() ? date : number;
  }

  static double share(const Json& j) {
    const double p = j.get<double>();
    if (!(p >= 0.0 && p <= 1.0)) throw ModelError(fmt::format("{} is no probability", p));
    return p;
  }

  static Date day(const Json& j) {
    const auto said = parse_date(j.get<std::string>());
    if (!said) throw ModelError(j.dump() + " is no day like 2025-03-01");
    return *said;
  }

  [[nodiscard]] std::vector<std::pair<double, double>> levels(const char* name, bool days) const {
    std::vector<std::pair<double, double>> out;
    for (const auto& [key, value] : j_.at(name).items()) {
      char* end = nullptr;
      const double level = std::strtod(key.c_str(), &end);
      if (end == key.c_str() || *end != '\0' || !(level > 0.0 && level < 1.0))
        throw ModelError(fmt::format("'{}' is no level between 0 and 1", key));
      out.emplace_back(level, days ? day(value).days() : value.get<double>());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  [[nodiscard]] std::vector<std::pair<std::string, double>> categories() const {
    std::vector<std::pair<std::string, double>> out;
    double sum = 0.0;
    for (const auto& [name, p] : j_.at("categories").items()) {
      out.emplace_back(name, share(p));
      sum += out.back().second;
    }
    if (std::abs(sum - 1.0) > 1e-3)
      throw ModelError(fmt::format("its categories add up to {:.4g}, not to 1", sum));
    return out;
  }

  const Json& j_;
};

}  // namespace

std::string answers_to_json(const std::vector<StatedAnswer>& answers) {
  Json all = Json::array();
  for (const StatedAnswer& a : answers) all.push_back(of(a));
  return all.dump(1) + "\n";
}

std::vector<StatedAnswer> answers_from_json(const std::string& text, const std::string& file_name) {
  std::vector<StatedAnswer> out;
  std::string where = "the file";
  const auto refuse = [&](const std::string& why) {
    Problem problem;
    problem.file = file_name;
    problem.message = fmt::format("{} is no answer to a question: {}", where, why);
    problem.hint =
        "schema/answers.schema.json shows the form: a list of {id, p}, {id, quantiles} "
        "or {id, categories}";
    return CaseError({problem});
  };
  try {
    const Json all = Json::parse(text);
    if (!all.is_array()) throw ModelError("it is no list");
    for (std::size_t i = 0; i < all.size(); ++i) {
      where = fmt::format("entry {}", i + 1);
      if (all[i].contains("id") && all[i]["id"].is_string())
        where = fmt::format("entry '{}'", all[i]["id"].get<std::string>());
      out.push_back(Reading(all[i]).read());
      for (std::size_t k = 0; k < i; ++k) {
        if (out[k].id == out[i].id) throw ModelError("its question was answered before");
      }
    }
  } catch (const nlohmann::json::exception& e) {
    throw refuse(e.what());
  } catch (const ModelError& e) {
    throw refuse(e.what());
  }
  return out;
}

}  // namespace casus::analysis
