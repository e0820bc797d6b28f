// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/forecast_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/curve_json.h"

namespace casus::analysis {
namespace {

using casefile::Resolved;
using enum casefile::QuestionType;

std::optional<double> at_level(const StatedAnswer& a, double level) {
  for (const auto& [l, value] : a.quantiles) {
    if (std::abs(l - level) < 1e-9) return value;
  }
  return std::nullopt;
}

/// A date that came; one that never did, or came after its day, counts as the day after it.
std::optional<double> day_of(const StatedAnswer& a, const Resolved& came) {
  std::optional<double> last;
  if (a.resolve_by) last = a.resolve_by->plus(1).days();
  if (!came.date) return last;
  const double day = came.date->days();
  return last ? std::min(day, *last) : day;
}

/// The quantiles of a date, those after its day or never stated as the day after it.
std::vector<QuantilePoint> points_of(const StatedAnswer& a) {
  std::vector<QuantilePoint> out;
  const double last = a.type == date && a.resolve_by ? a.resolve_by->plus(1).days() : HUGE_VAL;
  for (const auto& [level, value] : a.quantiles) out.push_back({level, std::min(value, last)});
  if (a.type == date && a.resolve_by) {
    for (const double level : forecast_levels()) {
      if (out.empty() || level > out.back().level + 1e-9) out.push_back({level, last});
    }
  }
  return out;
}

std::optional<bool> came_by(const StatedAnswer& a, const Resolved& came) {
  if (a.type == date && came.date && a.resolve_by) return *came.date <= *a.resolve_by;
  return came.came;
}

void score_size(const StatedAnswer& a, double y, AnswerScore& s) {
  const std::vector<QuantilePoint> points = points_of(a);
  if (points.empty()) return;
  s.crps = ranked_score(points, y);
  const auto in = [&](double low, double high) -> std::optional<bool> {
    const auto l = at_level(a, low);
    const auto h = at_level(a, high);
    if (a.type == date || !l || !h) return std::nullopt;
    return y >= *l && y <= *h;
  };
  s.inside_90 = in(0.05, 0.95);
  s.inside_50 = in(0.25, 0.75);
  if (s.inside_90) s.interval = interval_score(*at_level(a, 0.05), *at_level(a, 0.95), 0.1, y);
}

AnswerScore score_of(const StatedAnswer& a, const Resolved& came) {
  AnswerScore s;
  if (a.type == category) {
    CASUS_CHECK(came.category.has_value());
    std::vector<double> p;
    for (const auto& c : a.categories) p.push_back(c.second);
    s.brier = 0.5 * brier_score(p, *came.category);
    s.log = log_score(p[*came.category]);
  } else if (const auto yes = came_by(a, came); a.p && yes) {
    s.brier = brier_score(*a.p, *yes);
    s.log = log_score(*yes ? *a.p : 1.0 - *a.p);
  }
  if (a.type == number) score_size(a, *came.number, s);
  if (a.type == date) {
    if (const auto day = day_of(a, came)) score_size(a, *day, s);
  }
  return s;
}

/// Every state alike, for questions of states.
std::optional<StatedAnswer> even(const StatedAnswer& a) {
  StatedAnswer e = a;
  e.benchmarks.clear();
  e.quantiles.clear();
  if (a.type == number) return std::nullopt;
  if (a.type != category) e.p = 0.5;
  for (auto& c : e.categories) c.second = 1.0 / static_cast<double>(a.categories.size());
  return e;
}

/// A rival's answer to the same question; categories in the order of the forecast's.
std::optional<StatedAnswer> rival(const StatedAnswer& a, const std::string& method) {
  if (method == "forecast") return a;
  if (method == "even") return even(a);
  const auto found = a.benchmarks.find(method);
  if (found == a.benchmarks.end()) return std::nullopt;
  StatedAnswer r = found->second;
  if (a.type != category) return r;
  std::vector<std::pair<std::string, double>> same;
  for (const auto& stated : a.categories) {
    const auto there =
        std::ranges::find_if(r.categories, [&](const auto& c) { return c.first == stated.first; });
    same.emplace_back(stated.first, there == r.categories.end() ? 0.0 : there->second);
  }
  r.categories = std::move(same);
  return r;
}

std::string text_of(const StatedAnswer& a, const Resolved& came) {
  if (came.category) return a.categories[*came.category].first;
  if (came.number) return fmt::format("{}", *came.number);
  if (came.date) return to_string(*came.date);
  return came.came.value_or(false) ? "yes" : (a.type == date ? "never" : "no");
}

void add_statements(const StatedAnswer& a, const Resolved& came, std::vector<Scored>& out) {
  if (a.type == category) {
    for (std::size_t c = 0; c < a.categories.size(); ++c)
      out.push_back({a.categories[c].second, c == *came.category});
  } else if (const auto yes = came_by(a, came); a.p && yes) {
    out.push_back({*a.p, *yes});
  }
}

/// Adds one question both answer.
void add(ForecastMethod& m, const AnswerScore& own, const AnswerScore& s, double& log_ratio,
         std::size_t& ratios) {
  if (s.brier && own.brier) {
    ++m.shares;
    m.brier += *s.brier;
    m.log += *s.log;
    m.brier_of_forecast += *own.brier;
    m.log_of_forecast += *own.log;
  }
  if (s.crps && own.crps) {
    ++m.sizes;
    m.forecast_nearer += *own.crps < *s.crps ? 1 : 0;
    if (*own.crps > 0.0 && *s.crps > 0.0) {
      log_ratio += std::log(*own.crps / *s.crps);
      ++ratios;
    }
  }
  m.of_90 += s.inside_90 ? 1 : 0;
  m.inside_90 += s.inside_90.value_or(false) ? 1 : 0;
  m.of_50 += s.inside_50 ? 1 : 0;
  m.inside_50 += s.inside_50.value_or(false) ? 1 : 0;
}

ForecastMethod method_of(const std::string& id, const std::vector<StatedAnswer>& answers,
                         std::span<const std::optional<Resolved>> outcomes) {
  ForecastMethod m;
  m.id = id;
  std::vector<Scored> statements;
  double log_ratio = 0.0;
  std::size_t ratios = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto theirs = rival(answers[i], id);
    if (!outcomes[i] || !theirs) continue;
    const Resolved& came = *outcomes[i];
    const AnswerScore s = score_of(*theirs, came);
    add(m, score_of(answers[i], came), s, log_ratio, ratios);
    add_statements(*theirs, came, statements);
    m.questions.push_back({answers[i].id, answers[i].type, text_of(answers[i], came), s});
  }
  if (m.shares > 0) {
    const double n = static_cast<double>(m.shares);
    for (double* x : {&m.brier, &m.log, &m.brier_of_forecast, &m.log_of_forecast}) *x /= n;
  }
  if (ratios > 0) m.crps_ratio = std::exp(log_ratio / static_cast<double>(ratios));
  m.calibration = calibration_curve(statements);
  return m;
}

using Json = nlohmann::ordered_json;

Json of(const QuestionScore& q) {
  Json j = {{"id", q.id}, {"type", casefile::name_of(q.type)}, {"came", q.came}};
  const auto put = [&](const char* key, const auto& value) {
    if (value) j[key] = *value;
  };
  put("brier", q.score.brier);
  put("log", q.score.log);
  put("crps", q.score.crps);
  put("interval", q.score.interval);
  put("inside_90", q.score.inside_90);
  put("inside_50", q.score.inside_50);
  return j;
}

Json of(const ForecastMethod& m) {
  Json j = {{"id", m.id}, {"shares", m.shares}, {"sizes", m.sizes}};
  if (m.shares > 0) {
    j["brier"] = m.brier;
    j["log"] = m.log;
    j["brier_of_forecast"] = m.brier_of_forecast;
    j["log_of_forecast"] = m.log_of_forecast;
  }
  if (m.crps_ratio) j["crps_ratio"] = *m.crps_ratio;
  j["forecast_nearer"] = m.forecast_nearer;
  j["inside_90"] = {{"inside", m.inside_90}, {"of", m.of_90}};
  j["inside_50"] = {{"inside", m.inside_50}, {"of", m.of_50}};
  j["calibration"] = intel::curve_json(m.calibration);
  Json questions = Json::array();
  for (const QuestionScore& q : m.questions) questions.push_back(of(q));
  j["questions"] = questions;
  return j;
}

}  // namespace

std::vector<casefile::AskedQuestion> asked_by(const std::vector<StatedAnswer>& answers) {
  std::vector<casefile::AskedQuestion> out;
  for (const StatedAnswer& a : answers) {
    out.push_back({a.id, a.type, {}});
    for (const auto& c : a.categories) out.back().categories.push_back(c.first);
  }
  return out;
}

ForecastScore score_forecasts(const std::vector<StatedAnswer>& answers,
                              std::span<const std::optional<Resolved>> outcomes) {
  CASUS_CHECK(answers.size() == outcomes.size());
  ForecastScore out;
  out.answered = answers.size();
  std::set<std::string> rivals;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!outcomes[i]) continue;
    ++out.known;
    for (const auto& b : answers[i].benchmarks) rivals.insert(b.first);
  }
  if (out.known == 0)
    throw ModelError("the outcome says of none of these questions how it came out");
  out.methods.push_back(method_of("forecast", answers, outcomes));
  out.methods.push_back(method_of("even", answers, outcomes));
  for (const std::string& id : rivals) out.methods.push_back(method_of(id, answers, outcomes));
  return out;
}

std::string to_json(const ForecastScore& score) {
  Json methods = Json::array();
  for (const ForecastMethod& m : score.methods) methods.push_back(of(m));
  return Json{{"answered", score.answered}, {"known", score.known}, {"methods", methods}}.dump(1) +
         "\n";
}

}  // namespace casus::analysis
