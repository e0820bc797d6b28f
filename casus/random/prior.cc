// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/prior.h"

#include <fmt/format.h>

#include <array>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <charconv>
#include <cmath>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus {
namespace {

struct Form {
  std::string_view letters;
  Prior::Kind kind;
  std::size_t numbers;
};
constexpr std::array<Form, 6> forms = {{{"N", Prior::Kind::normal, 2},
                                        {"LN", Prior::Kind::log_normal, 2},
                                        {"B", Prior::Kind::beta, 2},
                                        {"G", Prior::Kind::gamma, 2},
                                        {"U", Prior::Kind::uniform, 2},
                                        {"T", Prior::Kind::triangular, 3}}};

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<double> number(std::string_view text) {
  text = trim(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string impossible(Prior::Kind kind, double a, double b, double c) {
  switch (kind) {
    case Prior::Kind::normal:
      return b < 0 ? "the standard deviation is negative" : "";
    case Prior::Kind::log_normal:
      if (a <= 0) return "the median of a log-normal must be positive";
      return b < 0 ? "the log-sd is negative" : "";
    case Prior::Kind::beta:
    case Prior::Kind::gamma:
      return a <= 0 || b <= 0 ? "both numbers must be positive" : "";
    case Prior::Kind::uniform:
      return a >= b ? "the low end must be below the high end" : "";
    case Prior::Kind::triangular:
      return a <= b && b <= c && a < c ? "" : "low, mode and high must be in order";
    case Prior::Kind::point:
      return "";
  }
  return "";
}

std::optional<Prior> refuse(std::string* why, std::string text) {
  if (why != nullptr) *why = std::move(text);
  return std::nullopt;
}

}  // namespace

std::optional<Prior> parse_prior(std::string_view text, std::string* why) {
  text = trim(text);
  if (const auto plain = number(text)) return Prior(*plain);
  const auto open = text.find('(');
  if (text.empty() || open == std::string_view::npos || text.back() != ')') {
    return refuse(why,
                  "expected a finite number or a prior such as N(0,1), LN(100;0.3), B(2,5), "
                  "G(4,2), U(0,1), T(1,2,5)");
  }
  const std::string_view letters = trim(text.substr(0, open));
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  for (const Form& form : forms) {
    if (form.letters != letters) continue;
    std::vector<double> numbers;
    while (true) {
      const auto cut = inside.find_first_of(",;");
      const auto value = number(inside.substr(0, cut));
      if (!value)
        return refuse(why, fmt::format("'{}' is not a finite number", trim(inside.substr(0, cut))));
      numbers.push_back(*value);
      if (cut == std::string_view::npos) break;
      inside.remove_prefix(cut + 1);
    }
    if (numbers.size() != form.numbers) {
      return refuse(why, fmt::format("{} takes {} numbers, here are {}", letters, form.numbers,
                                     numbers.size()));
    }
    const double c = numbers.size() > 2 ? numbers[2] : 0.0;
    const std::string wrong = impossible(form.kind, numbers[0], numbers[1], c);
    if (!wrong.empty()) return refuse(why, wrong);
    return Prior(form.kind, numbers[0], numbers[1], c);
  }
  return refuse(why, fmt::format("'{}' is no distribution; known are N, LN, B, G, U, T", letters));
}

double Prior::mean() const {
  switch (kind_) {
    case Kind::point:
    case Kind::normal:
      return a_;
    case Kind::log_normal:
      return a_ * casus::exp(0.5 * b_ * b_);
    case Kind::beta:
      return a_ / (a_ + b_);
    case Kind::gamma:
      return a_ / b_;
    case Kind::uniform:
      return 0.5 * (a_ + b_);
    case Kind::triangular:
      return (a_ + b_ + c_) / 3.0;
  }
  return a_;
}

double Prior::standard_deviation() const {
  switch (kind_) {
    case Kind::point:
      return 0.0;
    case Kind::normal:
      return b_;
    case Kind::log_normal: {
      const double v = casus::exp(b_ * b_);
      return a_ * std::sqrt(v * (v - 1.0));
    }
    case Kind::beta:
      return std::sqrt(a_ * b_ / (a_ + b_ + 1.0)) / (a_ + b_);
    case Kind::gamma:
      return std::sqrt(a_) / b_;
    case Kind::uniform:
      return (b_ - a_) / std::sqrt(12.0);
    case Kind::triangular:
      return std::sqrt((a_ * a_ + b_ * b_ + c_ * c_ - a_ * b_ - a_ * c_ - b_ * c_) / 18.0);
  }
  return 0.0;
}

double Prior::median() const { return quantile(0.5); }

double Prior::quantile(double p) const {
  CASUS_CHECK(p > 0.0 && p < 1.0);
  switch (kind_) {
    case Kind::point:
      return a_;
    case Kind::normal:
      return a_ + b_ * normal_quantile(p);
    case Kind::log_normal:
      return a_ * casus::exp(b_ * normal_quantile(p));
    case Kind::beta:
      if (a_ == b_ && p == 0.5) return 0.5;  // the library's iteration stops on an exact root
      return boost::math::quantile(boost::math::beta_distribution<>(a_, b_), p);
    case Kind::gamma:
      return boost::math::quantile(boost::math::gamma_distribution<>(a_, 1.0 / b_), p);
    case Kind::uniform:
      return a_ + p * (b_ - a_);
    case Kind::triangular: {
      const double cut = (b_ - a_) / (c_ - a_);
      return p < cut ? a_ + std::sqrt(p * (c_ - a_) * (b_ - a_))
                     : c_ - std::sqrt((1.0 - p) * (c_ - a_) * (c_ - b_));
    }
  }
  return a_;
}

double Prior::draw(const Draws& draws, Stream name, std::uint32_t future,
                   std::uint32_t entity) const {
  // Beta and gamma are drawn by the generator's own method: quantiles of the library are for
  // tables, and its last bits follow the C library.
  if (kind_ == Kind::beta) {
    const double x = draws.gamma(a_, name, future, 0, entity, 0);
    const double y = draws.gamma(b_, name, future, 0, entity, 1);
    return x + y > 0.0 ? x / (x + y) : 0.5;
  }
  if (kind_ == Kind::gamma) return draws.gamma(a_, name, future, 0, entity, 0) / b_;
  return quantile(draws.uniform(name, future, 0, entity, 0));
}

std::string Prior::text() const {
  if (kind_ == Kind::point) return fmt::format("{}", a_);
  const Form& form = forms[static_cast<std::size_t>(kind_) - 1];
  const char* separator = kind_ == Kind::log_normal ? "; " : ", ";
  std::string text = fmt::format("{}({}{}{}", form.letters, a_, separator, b_);
  if (form.numbers == 3) text += fmt::format(", {}", c_);
  return text + ")";
}

}  // namespace casus
