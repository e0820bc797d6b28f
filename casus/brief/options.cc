// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t most_measures = 6;

const analysis::PairedDifference* difference(const analysis::OptionResult& option,
                                             std::size_t other) {
  for (const auto& d : option.difference_to) {
    if (d.other == other) return &d;
  }
  return nullptr;
}

/// Ends of all differences to the first option, two errors wide, zero among them.
std::pair<double, double> difference_range(const analysis::Comparison& c) {
  double low = 0.0, high = 0.0;
  for (std::size_t o = 1; o < c.options.size(); ++o) {
    if (const auto* d = difference(c.options[o], 0)) {
      low = std::min(low, d->mean - 2.0 * d->error);
      high = std::max(high, d->mean + 2.0 * d->error);
    }
  }
  if (high - low < 1e-12) high = low + 1.0;
  return {low, high};
}

Node difference_plot(const analysis::PairedDifference* d, const Scale& x) {
  std::vector<Node> parts = {line({x(0.0), 0}, {x(0.0), 18}, "axis")};
  std::string label = "the option compared with";
  if (d != nullptr) {
    parts.push_back(
        line({x(d->mean - 2 * d->error), 9}, {x(d->mean + 2 * d->error), 9}, "interval"));
    parts.push_back(circle({x(d->mean), 9}, 4, d->mean >= 0.0 ? "better" : "worse"));
    label = signed_number(d->mean) + " \u00b1 " + rounded(2 * d->error);
  } else {
    parts.push_back(circle({x(0.0), 9}, 4, "same"));
  }
  return inline_svg(170, 18, label, std::move(parts));
}

/// A number of futures as one says it.
std::string about(double n) { return n < 100.0 ? count_of(n) : rounded(n); }

/// What may be said of an option's place in the order.
std::string standing(const Told& told, std::size_t option) {
  const auto& c = told.comparison;
  std::size_t level = 0;
  bool above = false;
  for (const auto& u : c.undecided_pairs) {
    if (u.better == option || u.worse == option) ++level;
    above = above || (u.worse == option && u.better == c.ranking[0]);
  }
  if (c.options[option].rank == 1) {
    return level == 0 ? "ahead of all" : fmt::format("leads; undecided against {}", level);
  }
  if (above) return "undecided against the leader";
  return level == 0 ? "place decided"
                    : fmt::format("behind the leader; undecided against {}", level);
}

Node ranking_table(const Told& told) {
  const auto& c = told.comparison;
  const auto range = difference_range(c);
  const Scale x = {range.first, range.second, 8, 162};
  std::vector<Node> rows;
  for (const std::size_t o : c.ranking) {
    const auto& option = c.options[o];
    const auto* d = o == 0 ? nullptr : difference(option, 0);
    const auto& s = option.stability;
    const std::string ranks = count_of(s.rank_low) == count_of(s.rank_high)
                                  ? count_of(s.rank_low)
                                  : count_of(s.rank_low) + "\u2013" + count_of(s.rank_high);
    rows.push_back(
        row({cell({std::to_string(option.rank)}, "number"),
             cell({option_name(told, option.id)}, "name"), cell({difference_plot(d, x)}),
             cell({d == nullptr ? std::string("\u2014") : signed_number(d->mean)}, "number"),
             cell({d == nullptr ? std::string("") : "\u00b1\u00a0" + rounded(2.0 * d->error)},
                  "number faint"),
             cell({rounded(option.regret.expected)}, "number"),
             cell({rounded(option.regret.worst)}, "number"), cell({percent(s.p_best)}, "number"),
             cell({ranks}, "number"), cell({standing(told, o)})},
            anchor("o", option.id)));
  }
  const std::string first = option_name(told, c.options[0].id);
  return table({"Rank", "Option", "Value against: " + first, "", "2 errors", "Regret, mean",
                "Regret, 95 %", ">Best in", ">Ranks, 90 %", "Standing"},
               std::move(rows), "options", "");
}

/// The measures that move the decision maker's value most, by worth times spread.
std::vector<std::size_t> weighty_measures(const Told& told) {
  const auto& c = told.comparison;
  std::vector<std::pair<double, std::size_t>> weight;
  for (const auto& values : told.given.values) {
    if (values.actor != told.given.decision_maker) continue;
    for (const auto& w : values.worth) {
      double least = 1e300, most = -1e300, spread = 0.0;
      for (const auto& o : c.options) {
        least = std::min(least, o.outcomes[w.measure].mean);
        most = std::max(most, o.outcomes[w.measure].mean);
        spread = std::max(spread, o.outcomes[w.measure].q95 - o.outcomes[w.measure].q05);
      }
      weight.emplace_back(-std::abs(w.worth / w.per) * (most - least + 0.1 * spread), w.measure);
    }
  }
  std::sort(weight.begin(), weight.end());
  if (weight.size() > most_measures) weight.resize(most_measures);
  std::vector<std::size_t> measures;
  for (const auto& w : weight) measures.push_back(w.second);
  return measures;
}

Node histogram(const analysis::OutcomeSummary& s, const std::string& label) {
  std::vector<Node> parts;
  const double most = std::max(1e-9, *std::max_element(s.bins.begin(), s.bins.end()));
  const double step = 96.0 / static_cast<double>(s.bins.size());
  for (std::size_t b = 0; b < s.bins.size(); ++b) {
    const double h = 20.0 * s.bins[b] / most;
    if (s.bins[b] > 0.0)
      parts.push_back(box(static_cast<double>(b) * step, 22 - h, step - 0.7, h, "bin"));
  }
  const Scale x = {s.low, s.high, 0, 96};
  parts.push_back(line({0, 22.5}, {96, 22.5}, "axis"));
  const double mean = std::clamp(x(s.mean), 0.0, 96.0);
  parts.push_back(line({mean, 0}, {mean, 24}, "mean"));
  return inline_svg(96, 25, label, std::move(parts));
}

std::string short_range(std::string_view unit, double low, double high) {
  if (unit == "USD") return rounded_range(low / 1e9, high / 1e9) + " bn";
  if (unit == "share") return percent_range(low, high);
  return rounded_range(low, high);
}

Node outcome_cell(const analysis::OutcomeSummary& s) {
  const auto& m = casefile::measures()[s.measure];
  if (m.name == "nuclear_use") return cell({number("run", band(s.mean))}, "number");
  if (m.unit == "0/1") {
    const Scale x = {0.0, 1.0, 0.0, 60.0};
    return cell({inline_svg(62, 10, percent(s.mean),
                            {box(0, 2, 60, 6, "track"), box(0, 2, x(s.mean), 6, "bar")}),
                 " ", number("run", percent(s.mean))},
                "share");
  }
  return cell(
      {histogram(s, in_unit(s.mean, m.unit)), el("br"), number("run", in_unit(s.mean, m.unit)),
       el("span", {{"class", "faint"}}, {" (" + short_range(m.unit, s.q05, s.q95) + ")"})},
      "spread");
}

/// The meaning of a measure without what is true of all of them.
std::string short_meaning(std::string_view meaning, const casefile::Case& given) {
  std::string text = named_sides(meaning, given);
  for (const std::string rest :
       {" at the horizon", " up to the horizon", " (report as a band only)"}) {
    const auto at = text.find(rest);
    if (at != std::string::npos) text.erase(at, rest.size());
  }
  return capital(text);
}

Node outcome_table(const Told& told) {
  const std::vector<std::size_t> measures = weighty_measures(told);
  std::vector<std::string> head = {"Option"};
  for (const std::size_t m : measures) {
    head.push_back(short_meaning(casefile::measures()[m].meaning, told.given));
  }
  std::vector<Node> rows;
  for (const std::size_t o : told.comparison.ranking) {
    const auto& option = told.comparison.options[o];
    std::vector<Node> cells = {
        cell({link(anchor("o", option.id), {option_name(told, option.id)})}, "name")};
    for (const std::size_t m : measures) cells.push_back(outcome_cell(option.outcomes[m]));
    rows.push_back(row(std::move(cells)));
  }
  return table(head, std::move(rows), "outcomes",
               "What comes of each option by the horizon: mean, 90 % range and distribution");
}

Node for_whom(const Told& told) {
  const auto& c = told.comparison;
  std::vector<Node> rows;
  for (const auto& w : c.weightings) {
    std::vector<std::size_t> order = c.ranking;
    std::ranges::stable_sort(order, {}, [&](std::size_t o) { return w.options[o].rank; });
    const auto told_as = [&](std::size_t o) {
      const auto& x = w.options[o];
      const std::string apart = o == 0 ? ""
                                       : " " + signed_number(x.difference) + " \u00b1\u00a0" +
                                             rounded(2.0 * x.difference_error);
      return cell({option_name(told, c.options[o].id), el("span", {{"class", "faint"}}, {apart})});
    };
    std::vector<Node> cells = {cell({w.name}, "name")};
    for (std::size_t i = 0; i < 2 && i < order.size(); ++i) cells.push_back(told_as(order[i]));
    cells.push_back(told_as(order.back()));
    rows.push_back(row(std::move(cells)));
  }
  return table(
      {"Judged by the values of", "Best", "Second", "Worst"}, std::move(rows), "whom",
      "Who would choose what: expected value by each one\u2019s own worths, against \u2018" +
          option_name(told, c.options[0].id) + "\u2019 with two errors");
}

std::string names_of(const Told& told, const std::vector<casefile::OptionId>& parts) {
  std::string text;
  for (const casefile::OptionId part : parts)
    text += (text.empty() ? "\u2018" : ", \u2018") + told.given.options[part].name + "\u2019";
  return text;
}

std::string turn_of(const Told& told, const casefile::Doing& doing) {
  const std::string parts = names_of(told, doing.of);
  std::size_t own = doing.orders.size() + doing.rules.size();
  for (const casefile::OptionId part : doing.of)
    own -= told.given.options[part].orders.size() + told.given.options[part].rules.size();
  if (own == 0) return parts.empty() ? "nothing more" : parts;
  return (parts.empty() ? "" : parts + " and ") + fmt::format("{} orders of its own", own);
}

/// How often a signpost turned, and when.
std::string turned(const Told& told, const analysis::SignpostTurn& t) {
  if (t.share <= 0.0) return " It was seen in no future.";
  const auto month = [&](double week) {
    return month_of(told.given.clock().monday_of(static_cast<int>(std::lround(week))));
  };
  std::string text = fmt::format(
      " Seen in {} \u00b1\u00a0{} of futures, half of these by {} (90 %: {} to {})",
      percent(t.share), percent(2.0 * t.error), month(t.q50), month(t.q05), month(t.q95));
  if (t.share >= 1.0) return text + ".";
  return text + fmt::format("; worth {} where it was seen, {} where not.", signed_number(t.value),
                            signed_number(t.otherwise));
}

/// What a portfolio is made of and where an adaptive plan turns.
std::string makeup_of(const Told& told, const casefile::Option& o) {
  std::string text = o.of.empty() ? "" : " Made of " + names_of(told, o.of) + ".";
  const auto& results = told.comparison.options;
  const auto result = std::ranges::find(results, o.id, &analysis::OptionResult::id);
  for (std::size_t s = 0; s < o.signposts.size(); ++s) {
    const casefile::Signpost& post = o.signposts[s];
    text += fmt::format(" If {} is seen by {}: {}{}", post.when, long_form(post.by),
                        turn_of(told, post.then), post.instead ? " in its place" : "");
    const bool turns = !post.otherwise.orders.empty() || !post.otherwise.rules.empty();
    text += turns ? "; if not: " + turn_of(told, post.otherwise) + "." : ".";
    if (result != results.end() && s < result->turns.size()) text += turned(told, result->turns[s]);
  }
  return text;
}

Node option_list(const Told& told) {
  Node list = el("dl", {{"class", "texts"}});
  for (const auto& o : told.given.options) {
    list.add(el("dt", {}, {o.name}));
    list.add(el("dd", {}, {o.text + makeup_of(told, o)}));
  }
  return list;
}

}  // namespace

Node options_section(const Told& told) {
  const auto& c = told.comparison;
  const std::string enough =
      c.futures_enough <= c.futures
          ? fmt::format(
                "The best two part at two standard errors after about {} futures; {} were played.",
                about(static_cast<double>(c.futures_enough)),
                count_of(static_cast<double>(c.futures)))
          : fmt::format(
                "The best two would part at two standard errors only after about {} futures; {} "
                "were "
                "played, so chance alone may have set their order.",
                about(static_cast<double>(c.futures_enough)),
                count_of(static_cast<double>(c.futures)));
  return section("options", "The options against each other",
                 {paragraph({verdict(told)}, c.undecided ? "verdict open" : "verdict"),
                  paragraph({"Value is the sum of outcomes, each weighed by what it is worth to "
                             "the decision maker (",
                             told.given.actors[told.given.decision_maker].name,
                             "). The same future has the same luck under every option, so "
                             "differences are taken pair by pair. "
                             "Regret is what an option falls short of the best one of the same "
                             "future. \u2018Best in\u2019 is the share "
                             "of draws of the unsourced numbers (worths and numbers behind the "
                             "futures) in which it leads. ",
                             enough}),
                  ranking_table(told), outcome_table(told), for_whom(told),
                  el("h3", {}, {"The options in a sentence each"}), option_list(told)});
}

}  // namespace casus::brief
