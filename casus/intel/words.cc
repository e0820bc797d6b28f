// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "casus/base/numeric.h"
#include "casus/intel/belief.h"

namespace casus::intel {

std::string icd_word(double p) {
  if (p < 0.05) return "almost no chance";
  if (p < 0.20) return "very unlikely";
  if (p < 0.45) return "unlikely";
  if (p < 0.55) return "roughly even chance";
  if (p < 0.80) return "likely";
  if (p < 0.95) return "very likely";
  return "almost certain";
}

std::string icd_percent(double p) {
  if (p < 0.01) return "< 1 %";
  if (p > 0.99) return "> 99 %";
  return fmt::format("{} %", static_cast<int>(std::floor(100.0 * p + 0.5)));
}

std::vector<std::string> tracking_doubts(const casefile::Case& given, const Belief& belief) {
  constexpr double agree_within = 0.25;  // model-basis B
  std::vector<std::string> out;
  for (const TrackingCheck& c : belief.tracking_check) {
    const double most = std::max(c.ensemble, c.density);
    const double apart = std::fabs(c.ensemble - c.density);
    if (apart <= agree_within * most) continue;
    const auto digits = [](double men) {  // two of them, as the order of battle is shown
      const double unit = men < 100.0 ? 1.0 : std::pow(10.0, std::floor(std::log10(men)) - 1.0);
      return fmt::format("{:.0f}", unit * std::round(men / unit));
    };
    out.push_back(fmt::format(
        "Two ways of counting disagree on {}: {} men by the filter, {} by the aggregate check "
        "({:.0f} % apart); more than a quarter, so do not lean on its strength.",
        given.contingents[c.contingent].name, digits(c.ensemble), digits(c.density),
        100.0 * apart / most));
  }
  return out;
}

double odds_in_decibans(double p) {
  constexpr double most = 200.0;  // where a state is certain or impossible
  const double q = 1.0 - p;
  if (p <= 0.0) return -most;
  if (q <= 0.0) return most;
  return std::clamp(decibans(p / q), -most, most);
}

double voices_of(const casefile::Case& given, const HypothesisBelief& h) {
  // weights of one source are one voice; voices count by the evenness of what they say
  std::map<std::uint32_t, double> voice;
  for (const Weight& w : h.weights) {
    if (w.state == h.leading) voice[given.reports[w.report].source.index] += w.decibans;
  }
  double sum = 0.0;
  double squares = 0.0;
  for (const auto& [source, db] : voice) {
    sum += std::fabs(db);
    squares += db * db;
  }
  return squares > 0.0 ? sum * sum / squares : 0.0;
}

namespace {

constexpr double enough_voices = 4.0;    // for high confidence
constexpr double few_voices = 2.0;       // fewer: low
constexpr double narrow = 0.15;          // width of the range, for high confidence
constexpr double wide = 0.40;            // wider: low
constexpr double nearly_all = 0.80;      // of the origins: they share what may be wrong with it
constexpr double to_reckon_with = 0.05;  // chance from which a hidden matter counts

// What one thing alone would do, from the linchpins: they and the confidence speak of the same.
struct Pins {
  std::vector<std::string> state;    // reports and sources without which another state leads
  std::vector<std::string> assumed;  // assumptions whose failing lets another state lead
  std::vector<std::string> word;     // reports and sources without which another word is due
};

Pins pins_of(const HypothesisBelief& h) {
  Pins out;
  for (const Linchpin& l : h.linchpins) {
    const bool struck = l.change == "struck";
    if (struck) {
      (l.turns_state ? out.state : out.word).push_back(l.kind + " " + l.id);
    } else if (l.turns_state && l.chance.value_or(1.0) >= to_reckon_with) {
      out.assumed.push_back(l.kind + " " + l.id + " " + l.change);
    }
  }
  return out;
}

std::string pins_clause(const Pins& pins) {
  const auto each = [](const std::vector<std::string>& of, const char* one, const char* many) {
    return of.size() == 1 ? fmt::format("without {} alone {}", of.front(), one)
                          : fmt::format("each of {} reports and sources alone {}", of.size(), many);
  };
  if (!pins.state.empty()) return each(pins.state, "another answer would lead", "turns it");
  std::string out = pins.word.empty()
                        ? "no single report or source turns it"
                        : each(pins.word, "another word would be due", "changes its word");
  if (!pins.assumed.empty()) {
    out += fmt::format(
        ", and it hangs on an assumption ({}{})", pins.assumed.front(),
        pins.assumed.size() > 1 ? fmt::format(", and {} more", pins.assumed.size() - 1) : "");
  }
  return out;
}

// The kind or channel that nearly all origins share.
std::optional<std::string> shared(const std::map<std::string, double>& by, double all) {
  for (const auto& [name, n] : by) {
    if (all > 0.0 && n >= nearly_all * all) return name;
  }
  return std::nullopt;
}

std::string shared_clause(const std::optional<std::string>& kind,
                          const std::optional<std::string>& channel) {
  std::string out;
  if (kind) {
    std::string name = *kind;
    std::replace(name.begin(), name.end(), '_', ' ');
    out += "; what speaks for it is nearly all of one kind, " + name;
  }
  if (channel) out += "; what speaks for it came nearly all through " + *channel;
  return out;
}

}  // namespace

void set_confidence(const casefile::Case& given, const Origins& origins, HypothesisBelief& h) {
  // where so many agree that none is needed their weights vanish, and their number tells
  const double weighed = voices_of(given, h);
  const double voices = weighed > 0.0 || !origins.weighed ? weighed : origins.all;
  const Pins pins = pins_of(h);
  const auto kind = shared(origins.of_kind, origins.all);
  const auto channel = shared(origins.through, origins.all);
  const StateBelief& lead = h.states[h.leading];
  const double width = lead.high - lead.low;
  const bool hangs = !pins.state.empty() || !pins.assumed.empty() || !pins.word.empty();
  h.confidence = "moderate";
  if (voices >= enough_voices && width <= narrow && !hangs && !kind && !channel) {
    h.confidence = "high";
  }
  if (voices < few_voices || width > wide || !pins.state.empty()) h.confidence = "low";
  const std::string carried =
      voices > 0.0      ? fmt::format("it rests on about {:.1f} independent sources", voices)
      : origins.weighed ? "no report speaks to it"
                        : "its reports were not weighed one by one";
  h.confidence_reason =
      fmt::format("{}, other gradings and staging priors move it over {} points, and {}{}", carried,
                  static_cast<int>(std::floor(100.0 * width + 0.5)),
                  origins.weighed ? pins_clause(pins) : "what would turn it was not asked",
                  shared_clause(kind, channel));
}

}  // namespace casus::intel
