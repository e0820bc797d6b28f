// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

using analysis::Course;
using analysis::Courses;

constexpr std::size_t most_rows = 3;
constexpr double left = 46, top = 22, gap = 10, cell_height = 92, foot = 20, whole_width = 1060;

std::string letter(std::size_t group) {
  return std::string(1, static_cast<char>('A' + static_cast<int>(group)));
}

/// The kept trajectories of one option, by their groups.
struct Grouped {
  const ensemble::Futures& futures;
  const Courses& courses;
  std::size_t option;

  [[nodiscard]] std::size_t weeks() const { return futures.kept_weeks(); }
  [[nodiscard]] double at(std::size_t series, std::size_t future, std::size_t week) const {
    const std::size_t row =
        (option * futures.trajectories + future) * futures.series.size() + series;
    return static_cast<double>(futures.trajectory[row * weeks() + week]);
  }
  [[nodiscard]] std::vector<double> week_of(std::size_t series, std::size_t group,
                                            std::size_t week) const {
    std::vector<double> x;
    for (std::size_t f = 0; f < courses.of.size(); ++f) {
      if (courses.of[f] == group) x.push_back(at(series, f, week));
    }
    std::ranges::sort(x);
    return x;
  }
};

bool drawable(const Grouped& g) {
  const auto& f = g.futures;
  return g.courses.of_trajectories && g.courses.of.size() <= f.trajectories && g.weeks() > 1 &&
         f.trajectory.size() == f.options.size() * f.trajectories * f.series.size() * g.weeks();
}

/// Share of a series' variance within weeks that lies between the groups.
double parted(const Grouped& g, std::size_t series) {
  const std::size_t k = g.courses.groups.size();
  double between = 0.0, all = 0.0;
  for (std::size_t w = 0; w < g.weeks(); ++w) {
    std::vector<double> sum(k, 0.0), count(k, 0.0);
    double total = 0.0, squares = 0.0;
    for (std::size_t f = 0; f < g.courses.of.size(); ++f) {
      const double x = g.at(series, f, w);
      sum[g.courses.of[f]] += x;
      count[g.courses.of[f]] += 1.0;
      total += x;
      squares += x * x;
    }
    const double n = static_cast<double>(g.courses.of.size());
    all += squares - total * total / n;
    between -= total * total / n;
    for (std::size_t i = 0; i < k; ++i)
      between += count[i] > 0.0 ? sum[i] * sum[i] / count[i] : 0.0;
  }
  return all > 0.0 ? between / all : 0.0;
}

/// How far the medoid of the bad end lies from the middle of all, in deviations within weeks.
double off(const Grouped& g, std::size_t series) {
  double sum = 0.0, all = 0.0;
  const double n = static_cast<double>(g.courses.of.size());
  for (std::size_t w = 0; w < g.weeks(); ++w) {
    double total = 0.0, squares = 0.0;
    for (std::size_t f = 0; f < g.courses.of.size(); ++f) {
      const double x = g.at(series, f, w);
      total += x;
      squares += x * x;
    }
    all += squares / n - total * total / n / n;
    sum += std::abs(g.at(series, g.courses.danger.medoid, w) - total / n);
  }
  const double weeks = static_cast<double>(g.weeks());
  return all > 0.0 ? sum / weeks / std::sqrt(all / weeks) : 0.0;
}

/// The series of a variable that scores highest.
template <class Score>
std::pair<double, std::size_t> best_series(const Grouped& g, const std::string& variable,
                                           const Score& score) {
  std::pair<double, std::size_t> best{-1.0, 0};
  for (std::size_t s = 0; s < g.futures.series.size(); ++s) {
    if (g.futures.series[s].variable != variable) continue;
    if (const double x = score(g, s); x > best.first) best = {x, s};
  }
  return best;
}

/// Two series that part the groups and one that the bad end shows in, each of another variable.
std::vector<std::size_t> telling_series(const Grouped& g) {
  std::vector<std::size_t> out;
  std::vector<std::string> others = g.courses.variables;
  for (std::size_t r = 0; r < most_rows && !others.empty(); ++r) {
    std::pair<double, std::size_t> best{-1.0, 0};
    for (const std::string& variable : others) {
      best = std::max(best, best_series(g, variable, r + 1 < most_rows ? parted : off),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
    }
    if (best.first < 0.0) break;
    out.push_back(best.second);
    std::erase(others, g.futures.series[best.second].variable);
  }
  return out;
}

double quantile_of(const std::vector<double>& sorted, double p) {
  const auto i = static_cast<std::size_t>(std::lround(p * static_cast<double>(sorted.size() - 1)));
  return sorted[i];
}

std::string tick_text(double t, bool share, double largest) {
  if (share) return fmt::format("{:.0f} %", 100.0 * t);
  if (largest >= 1e9) return fmt::format("{:g} bn", t / 1e9);
  if (largest >= 1e6) return fmt::format("{:g} m", t / 1e6);
  return largest >= 1e4 ? fmt::format("{:g} k", t / 1e3) : fmt::format("{:g}", t);
}

/// Rows are series, columns groups: the group's middle half, the medoid, and the middle of all.
class Trellis {
 public:
  Trellis(const Told& told, const Grouped& grouped)
      : told_(told), g_(grouped), rows_(telling_series(grouped)) {}

  [[nodiscard]] Node draw() const {
    const std::size_t k = g_.courses.groups.size();
    const double step = (whole_width - left) / static_cast<double>(k);
    const double height = top + static_cast<double>(rows_.size()) * (cell_height + foot + gap);
    std::string alt;
    for (std::size_t i = 0; i < k; ++i) {
      alt += fmt::format("{}Group {}, {} of the futures: {}", alt.empty() ? "" : ". ", letter(i),
                         percent(g_.courses.groups[i].share),
                         course_words(told_, g_.courses.groups[i], 2));
    }
    Node picture = svg(whole_width, height, "How the groups of futures go", alt, {});
    for (std::size_t i = 0; i < k; ++i) {
      const double x = left + step * static_cast<double>(i);
      picture.add(words({x + 0.5 * (step - gap), 13},
                        fmt::format("{}, {}", letter(i), percent(g_.courses.groups[i].share)),
                        "label strong", "middle"));
    }
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const double y = top + static_cast<double>(r) * (cell_height + foot + gap);
      picture.add(words({left, y + 11}, series_title(told_, rows_[r]), "tick"));
      row(picture, rows_[r], y + foot, step);
    }
    return picture;
  }

 private:
  void row(Node& picture, std::size_t series, double y, double step) const {
    const bool share = told_.futures.series[series].unit == "0/1";
    double low = share ? 0.0 : 1e300, high = share ? 1.0 : -1e300;
    for (std::size_t w = 0; w < g_.weeks() && !share; ++w) {
      for (std::size_t i = 0; i < g_.courses.groups.size(); ++i) {
        const std::vector<double> x = g_.week_of(series, i, w);
        const double told = g_.at(series, g_.courses.groups[i].medoid, w);
        low = std::min({low, quantile_of(x, 0.25), told});
        high = std::max({high, quantile_of(x, 0.75), told});
      }
      const double danger = g_.at(series, g_.courses.danger.medoid, w);
      low = std::min(low, danger);
      high = std::max(high, danger);
    }
    if (high - low < 1e-9) high = low + 1.0;
    for (std::size_t i = 0; i < g_.courses.groups.size(); ++i) {
      const double from = left + step * static_cast<double>(i);
      const Scale x = {0.0, static_cast<double>(g_.weeks() - 1), from, from + step - gap};
      const Scale across = {low, high, y + cell_height - 14, y};
      axes(picture, x, across, i == 0, share);
      group(picture, series, i, x, across);
    }
  }

  void axes(Node& picture, const Scale& x, const Scale& y, bool first, bool share) const {
    const double largest = std::max(std::abs(y.low), std::abs(y.high));
    for (const double t : nice_ticks(y.low, y.high, 3)) {
      picture.add(line({x.from, y(t)}, {x.to, y(t)}, "grid"));
      if (first)
        picture.add(words({x.from - 4, y(t) + 3.5}, tick_text(t, share, largest), "tick", "end"));
    }
    picture.add(line({x.from, y.from}, {x.to, y.from}, "axis"));
    const WeekClock clock = told_.given.clock();
    const int last = (static_cast<int>(g_.weeks()) - 1) * told_.futures.every;
    picture.add(words({x.from, y.from + 12}, month_of(clock.monday_of(0)), "tick"));
    picture.add(words({x.to, y.from + 12}, month_of(clock.monday_of(last)), "tick", "end"));
  }

  void group(Node& picture, std::size_t series, std::size_t group, const Scale& x,
             const Scale& y) const {
    const bool share = told_.futures.series[series].unit == "0/1";
    std::vector<Spot> above, below, medoid;
    for (std::size_t w = 0; w < g_.weeks(); ++w) {
      const std::vector<double> all = g_.week_of(series, group, w);
      double high = quantile_of(all, 0.75), low = quantile_of(all, 0.25);
      if (share) {
        low = 0.0;
        high = 0.0;
        for (const double v : all) high += v / static_cast<double>(all.size());
      }
      const double at = x(static_cast<double>(w));
      above.push_back({at, y(high)});
      below.push_back({at, y(low)});
      medoid.push_back({at, y(g_.at(series, g_.courses.groups[group].medoid, w))});
    }
    above.insert(above.end(), below.rbegin(), below.rend());
    picture.add(path(path_data(above, true), "fan50"));
    picture.add(path(path_data(medoid), "lead"));
    if (group != g_.courses.of[g_.courses.danger.medoid]) return;
    for (std::size_t w = 0; w < g_.weeks(); ++w) {
      medoid[w].y = y(g_.at(series, g_.courses.danger.medoid, w));
    }
    picture.add(path(path_data(medoid), "rival"));
  }

  const Told& told_;
  const Grouped& g_;
  std::vector<std::size_t> rows_;
};

std::string sentence_of(const Told& told, const Courses& c, const std::string& option) {
  std::string compared;
  for (const std::string& v : c.variables) compared += (compared.empty() ? "" : ", ") + spoken(v);
  const std::string of = c.of_trajectories ? "weekly series" : "outcomes";
  const std::string head =
      fmt::format("Under \u2018{}\u2019 {} futures were compared by their {} ({}). ",
                  option_name(told, option), c.of.size(), of, compared);
  const std::string apart =
      fmt::format("silhouette {}, against {} where futures of the same spread have no groups",
                  rounded(c.silhouette), rounded(c.reference));
  if (c.groups.size() == 1)
    return head +
           "They do not fall into groups: the best split parts them no more clearly than a "
           "cloud without groups (" +
           apart + "). One future near their middle is told.";
  return head + fmt::format(
                    "They fall into {} groups, with {} structure ({}){}. A group is told by its "
                    "medoid, the future that the others of it lie nearest to.",
                    c.groups.size(), analysis::structure_word(c.silhouette), apart,
                    c.silhouette > 0.5 ? ""
                                       : ": most futures lie between the groups as much as in "
                                         "them, so read a group as a tendency");
}

Node course_row(const Told& told, const Course& c, const std::string& name, bool group) {
  return row({cell({name}, "name"),
              cell({percent(c.share) + " \u00b1\u00a0" + percent(2.0 * c.error)}, "number"),
              cell({capital(course_words(told, c, 4))}), cell({signed_number(c.value)}, "number"),
              cell({percent(c.worst_tenth)}, "number"),
              cell({group ? rounded(c.stability) : ""}, "number"),
              cell({number("run", fmt::format("future {}", c.medoid))}, "number")});
}

Node courses_table(const Told& told, const Courses& courses) {
  std::vector<Node> rows;
  for (std::size_t i = 0; i < courses.groups.size(); ++i) {
    const std::string name = letter(i) + (i == 0 ? ", the likeliest" : "") +
                             (i == courses.dangerous ? ", worth least" : "");
    rows.push_back(course_row(told, courses.groups[i], name, true));
  }
  rows.push_back(course_row(told, courses.danger, "The bad end, grouped by itself", false));
  return table({"Group", ">Of the futures, 2 errors", "What sets it apart", ">Worth",
                ">In the worst tenth", ">Overlap when drawn again", ">Medoid"},
               std::move(rows), "courses", "Groups of futures that go much the same way");
}

}  // namespace

std::string course_words(const Told& told, const Course& course, std::size_t marks) {
  std::string text;
  for (std::size_t i = 0; i < course.marks.size() && i < marks; ++i) {
    const auto& m = course.marks[i];
    const auto& measure = casefile::measures()[m.measure];
    const auto in = [&](double x) {
      return measure.unit == "0/1" ? percent(x) : in_unit(x, measure.unit);
    };
    text += fmt::format("{}{}: {} (elsewhere {})", text.empty() ? "" : "; ",
                        named_sides(measure.meaning, told.given), in(m.mean), in(m.elsewhere));
  }
  return text.empty() ? "nothing beyond chance" : text;
}

std::vector<Node> courses_of(const Told& told, std::size_t option) {
  const auto& result = told.comparison.options[option];
  std::vector<Node> parts;
  if (result.courses.groups.empty()) return parts;
  parts.push_back(paragraph({sentence_of(told, result.courses, result.id)}));
  const Grouped grouped{told.futures, result.courses, option};
  if (drawable(grouped)) {
    parts.push_back(
        figure(Trellis(told, grouped).draw(),
               {"Each column is a group: band, the middle half of its futures (for "
                "what either is or is not, their share); line, its medoid; dashed, the medoid of "
                "the bad end."}));
  }
  parts.push_back(courses_table(told, result.courses));
  return parts;
}

}  // namespace casus::brief
