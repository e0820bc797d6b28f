// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "casus/base/id.h"
#include "casus/intel/test_case.h"

/// Made-up cases of any size, for benchmarks and tests.
namespace casus::intel::test {

struct CrowdSize {
  std::size_t themes = 5;       ///< questions that share sources
  std::size_t hypotheses = 8;   ///< in each theme
  std::size_t sources = 60;     ///< in each theme, each speaking to at most 4 hypotheses
  std::size_t reports = 10000;  ///< of the whole case
  std::uint32_t days = 60;      ///< over which they come in
  bool ring = false;            ///< the last hypothesis of a theme stands beside its first
  double yes_or_no = 0.0;       ///< share of the hypotheses but the first with two states
  std::size_t steps = 1;        ///< in a ring, a source speaks to every n-th, n up to this
};

/// A crowd of sources of every kind, grade and stance that report on a drawn truth: some are
/// controlled, some relay, some deny, some count men.
///
/// In a theme every hypothesis hangs on the one before it; a source speaks to a window of four at
/// most. The first hypothesis of a theme counts a contingent, the second may be staged.
class Crowd {
 public:
  explicit Crowd(const CrowdSize& size) : size_(size) {
    for (std::size_t t = 0; t < size_.themes; ++t) add_theme(t);
    for (std::size_t i = 0; i < size_.reports; ++i) builder_.given.reports.push_back(report(i));
    sort();
  }
  [[nodiscard]] const casefile::Case& given() const { return builder_.given; }
  /// One more report, published on the last day, not part of the case.
  [[nodiscard]] casefile::Report one_more(std::size_t i) const {
    casefile::Report r = report(size_.reports + i);
    r.published = builder_.given.as_of;
    r.observed.reset();
    r.lineage.clear();
    r.answers.clear();
    return r;
  }

 private:
  // A number in [0, 1) that is a function of its name alone.
  [[nodiscard]] static double luck(const std::string& name) {
    std::uint64_t x = key_of(name) + 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1.0p-53;
  }
  [[nodiscard]] static std::size_t pick(const std::string& name, std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(luck(name) * static_cast<double>(n)));
  }

  void add_theme(std::size_t t) {
    const std::string name = "t" + std::to_string(t);
    if (t > 0) {
      casefile::Contingent c = builder_.given.contingents.front();
      c.id = "guests_" + name;
      c.key = key_of(c.id);
      builder_.given.contingents.push_back(c);
    }
    for (std::size_t k = 0; k < size_.hypotheses; ++k) add_hypothesis(t, k);
    for (std::size_t s = 0; s < size_.sources; ++s) add_source(t, s);
  }

  void add_hypothesis(std::size_t t, std::size_t k) {
    const std::string id = "h" + std::to_string(t) + "_" + std::to_string(k);
    std::vector<casefile::HypothesisId> parents;
    std::size_t rows = 1;
    if (k > 0) {
      parents.push_back(casefile::HypothesisId{static_cast<std::uint32_t>(truth_.size() - 1)});
      rows = builder_.given.hypotheses.back().states.size();
    }
    const bool plain = luck(id + "/plain") < size_.yes_or_no;
    const std::size_t n = k == 0 ? 5 : plain ? 2 : 2 + pick(id + "/states", 3);
    std::vector<double> table;
    for (std::size_t r = 0; r < rows; ++r) {
      double sum = 0.0;
      for (std::size_t s = 0; s < n; ++s) {
        table.push_back(0.1 + luck(id + "/p" + std::to_string(r) + "." + std::to_string(s)));
        sum += table.back();
      }
      for (std::size_t s = 0; s < n; ++s) table[r * n + s] /= sum;
    }
    if (k == 0) {
      const auto h = builder_.counted(id, std::move(table));
      builder_.given.hypotheses[h].counts = casefile::ContingentId{static_cast<std::uint32_t>(t)};
    } else {
      std::vector<std::string> states{"no"};
      for (std::size_t s = 1; s < n; ++s) states.push_back("kind_" + std::to_string(s));
      const auto h = builder_.hypothesis(id, states, std::move(table), std::move(parents));
      if (k == 1)
        builder_.staging(h, static_cast<std::uint32_t>(t % 2), Prior(Prior::Kind::beta, 2, 8));
    }
    truth_.push_back(pick(id + "/truth", n));
  }

  void add_source(std::size_t t, std::size_t s) {
    using casefile::Stance;
    const std::string id = "s" + std::to_string(t) + "_" + std::to_string(s);
    constexpr std::array stances{Stance::neutral, Stance::neutral, Stance::neutral, Stance::party,
                                 Stance::enemy_of_subject};
    const auto added = builder_.source(id, static_cast<char>('A' + pick(id + "/grade", 6)),
                                       stances[pick(id + "/stance", stances.size())]);
    auto& source = builder_.given.sources[added];
    source.right = static_cast<double>(pick(id + "/right", 4));
    if (luck(id + "/control") < .3) {
      source.controllable_by = {casefile::ActorId{static_cast<std::uint32_t>(t % 2)}};
    }
    const std::size_t breadth =
        1 + pick(id + "/breadth", std::min<std::size_t>(4, size_.hypotheses));
    const std::size_t last = size_.ring ? size_.hypotheses : size_.hypotheses - breadth + 1;
    speaks_.push_back({t, pick(id + "/from", last), breadth, 1 + pick(id + "/step", size_.steps)});
  }

  [[nodiscard]] casefile::Report report(std::size_t i) const {
    using casefile::ReportKind;
    constexpr std::array kinds{
        ReportKind::imagery,      ReportKind::signals,   ReportKind::human,
        ReportKind::press,        ReportKind::press,     ReportKind::official_statement,
        ReportKind::social_media, ReportKind::documents, ReportKind::detainee};
    const std::string id = "x-" + std::to_string(i);
    const auto source = static_cast<std::uint32_t>(pick(id + "/source", speaks_.size()));
    const Speaks& who = speaks_[source];
    casefile::Report r;
    r.id = id;
    r.key = key_of(id);
    r.source = casefile::SourceId{source};
    r.kind = kinds[pick(id + "/kind", kinds.size())];
    r.published = builder_.given.as_of.plus(-static_cast<int>(pick(id + "/day", size_.days)));
    r.source_grade = builder_.given.sources[source].grade;
    r.item_grade = 1 + static_cast<int>(pick(id + "/item", 6));
    r.evasive = r.kind == ReportKind::official_statement && luck(id + "/evasive") < .1;
    const std::size_t k =
        (who.from + who.step * pick(id + "/which", who.breadth)) % size_.hypotheses;
    const std::size_t h = who.theme * size_.hypotheses + k;
    const std::size_t n = builder_.given.hypotheses[h].states.size();
    const std::size_t state = luck(id + "/right") < .6 ? truth_[h] : pick(id + "/wrong", n);
    if (k == 0 && state > 0 && luck(id + "/counts") < .5) {
      const auto guests = casefile::ContingentId{static_cast<std::uint32_t>(who.theme)};
      r.strengths.push_back({guests, casefile::PlaceId{0}, 500.0 + 12000.0 * luck(id + "/count")});
    } else {
      r.says.push_back({casefile::HypothesisId{static_cast<std::uint32_t>(h)},
                        {static_cast<std::uint32_t>(state)}});
    }
    if (i > 10 && i < size_.reports && luck(id + "/relays") < .05) {
      relays(r, i);
    }
    return r;
  }

  // Repeats, in part, an earlier one; `lineage` holds numbers of reports until `sort`.
  void relays(casefile::Report& r, std::size_t i) const {
    const std::size_t of = pick(r.id + "/of", i);
    const casefile::Report& origin = builder_.given.reports[of];
    r.lineage = {casefile::ReportId{static_cast<std::uint32_t>(of)}};
    r.published = std::max(r.published, origin.published);
    r.fidelity = luck(r.id + "/fidelity") < .5 ? 1.0 : 0.6;
  }

  void sort() {
    auto& all = builder_.given.reports;
    std::vector<std::uint32_t> order(all.size()), at(all.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return all[a].published != all[b].published ? all[a].published < all[b].published
                                                  : all[a].id < all[b].id;
    });
    std::vector<casefile::Report> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      at[order[i]] = i;
      sorted.push_back(all[order[i]]);
    }
    for (auto& r : sorted) {
      for (auto& l : r.lineage) l = casefile::ReportId{at[l.index]};
    }
    all = std::move(sorted);
  }

  struct Speaks {
    std::size_t theme, from, breadth, step;
  };
  CrowdSize size_;
  CaseBuilder builder_;
  std::vector<std::size_t> truth_;
  std::vector<Speaks> speaks_;
};

}  // namespace casus::intel::test
