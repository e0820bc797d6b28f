// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "casus/analysis/comparison.h"
#include "casus/base/numeric.h"
#include "casus/random/draws.h"

/// A small crisis made up for tests: every part of a case, a belief and futures, in a few lines.
namespace casus::made_up {

using namespace casefile;  // NOLINT: a test's own vocabulary

struct Crisis {
  Case given;
  intel::Belief belief;
  ensemble::Futures futures;
};

template <class T>
T named(const std::string& id, const std::string& name) {
  T thing;
  thing.id = id;
  thing.key = key_of(id);
  thing.name = name;
  return thing;
}

inline std::size_t measure_index(std::string_view name) {
  for (std::size_t i = 0; i < measures().size(); ++i) {
    if (measures()[i].name == name) return i;
  }
  return measures().size();
}

inline void add_actors(Case& c) {
  const std::pair<const char*, const char*> all[] = {
      {"us", "United States"}, {"ru", "Russia"}, {"ua", "Ukraine"}, {"kp", "North Korea"}};
  for (const auto& a : all) {
    c.actors.push_back(named<Actor>(a.first, a.second));
    c.actors.back().country = std::string(a.first) == "kp" ? "PRK" : "RUS";
  }
  c.decision_maker = ActorId{0};
  Side red = named<Side>("russian_side", "");
  red.lead = ActorId{1};
  red.members = {ActorId{1}, ActorId{3}};
  Side blue = named<Side>("ukrainian_side", "");
  blue.lead = ActorId{2};
  blue.members = {ActorId{2}};
  c.war = War{Date(2022, 2, 24), {red, blue}, {}};
}

inline void add_place(Case& c, const char* id, const char* name, double lon, double lat,
                      PlaceKind kind) {
  Place p = named<Place>(id, name);
  p.lon = lon;
  p.lat = lat;
  p.precision_km = 3;
  p.kind = kind;
  c.places.push_back(p);
}

inline void add_map(Case& c) {
  add_place(c, "chongjin", "Chongjin", 129.78, 41.80, PlaceKind::port);
  add_place(c, "vladivostok", "Vladivostok", 131.89, 43.12, PlaceKind::port);
  add_place(c, "khabarovsk", "Khabarovsk", 135.08, 48.48, PlaceKind::garrison);
  add_place(c, "irkutsk", "Irkutsk", 104.28, 52.29, PlaceKind::station);
  add_place(c, "moscow", "Moscow", 37.62, 55.76, PlaceKind::capital);
  add_place(c, "kursk", "Kursk", 36.19, 51.73, PlaceKind::city);
  add_place(c, "pokrovsk", "Pokrovsk", 37.18, 48.28, PlaceKind::front_town);
  add_place(c, "sudzha", "Sudzha", 35.27, 51.19, PlaceKind::front_town);
  for (std::uint32_t i = 0; i + 1 < 6; ++i) {
    Route r = named<Route>("route_" + std::to_string(i), "");
    r.from = PlaceId{i};
    r.to = PlaceId{i + 1};
    r.mode = i == 0 ? Mode::sea : Mode::rail;
    r.km = 1000;
    c.routes.push_back(r);
  }
  const std::pair<const char*, std::pair<double, double>> sectors[] = {
      {"kursk_salient", {35.3, 51.2}}, {"pokrovsk_front", {37.3, 48.2}}};
  for (const auto& s : sectors) {
    Sector sector = named<Sector>(s.first, s.first);
    sector.lon = s.second.first;
    sector.lat = s.second.second;
    c.sectors.push_back(sector);
  }
}

inline void add_hypothesis(Case& c, const char* id, const char* text,
                           const std::vector<std::pair<const char*, const char*>>& states) {
  Hypothesis h = named<Hypothesis>(id, text);
  for (const auto& s : states) h.states.push_back(named<HypothesisState>(s.first, s.second));
  h.table.assign(states.size(), 1.0 / static_cast<double>(states.size()));
  h.from.known = Date(2024, 10, 1);
  c.hypotheses.push_back(h);
}

inline void add_report(Case& c, const std::string& id, Date published, std::uint32_t source,
                       ReportKind kind, const char* claim, std::uint32_t hypothesis,
                       std::uint32_t state) {
  Report r = named<Report>(id, "");
  r.published = published;
  r.source = SourceId{source};
  r.kind = kind;
  r.place = PlaceId{static_cast<std::uint32_t>(1 + c.reports.size() % 6)};
  r.claim = claim;
  r.says.push_back({HypothesisId{hypothesis}, {state}});
  r.source_grade = c.sources[source].grade;
  r.item_grade = 2;
  r.handling = "TLP:CLEAR";
  c.reports.push_back(r);
}

inline void add_evidence(Case& c) {
  const std::pair<const char*, char> sources[] = {
      {"service", 'B'}, {"ministry", 'C'}, {"channel", 'E'}};
  for (const auto& s : sources) {
    Source source = named<Source>(s.first, std::string("The ") + s.first);
    source.grade = s.second;
    source.interests = "wants to be believed";
    c.sources.push_back(source);
  }
  add_hypothesis(c, "troops_in_russia", "How many foreign troops are in Russia?",
                 {{"none", "none"}, {"to_3000", "1 to 3,000"}, {"above_3000", "more than 3,000"}});
  c.hypotheses[0].ordered = true;
  add_hypothesis(c, "flag", "Is the flag genuine?", {{"genuine", "genuine"}, {"staged", "staged"}});
  add_report(c, "k-20241003-first", Date(2024, 10, 3), 1, ReportKind::official_statement,
             "Officers were seen near Donetsk.", 0, 1);
  add_report(c, "k-20241018-lift", Date(2024, 10, 18), 0, ReportKind::imagery,
             "1,500 men were landed at Vladivostok.", 0, 2);
  add_report(c, "k-20241021-flag", Date(2024, 10, 21), 2, ReportKind::social_media,
             "A flag flies beside a position near Pokrovsk.", 1, 1);
  for (int i = 0; i < 9; ++i) {
    add_report(c, "k-202410" + std::to_string(22 + i) + "-more",
               Date(2024, 10, 22 + static_cast<unsigned>(i)), static_cast<std::uint32_t>(i % 3),
               static_cast<ReportKind>(i), "More of the same, by another way.",
               static_cast<std::uint32_t>(i % 2), 1);
  }
}

inline Worth worth(std::string_view measure, double value, double per, double sd) {
  return {measure_index(measure), value, per, sd};
}

inline void add_choices(Case& c) {
  const std::pair<const char*, const char*> options[] = {
      {"go_on", "Go on as now"}, {"arm", "Arm the defender"}, {"talk", "Talk to the leader"}};
  for (const auto& o : options) {
    Option option = named<Option>(o.first, o.second);
    option.text = std::string(o.second) + ", and see.";
    c.options.push_back(option);
  }
  c.values.push_back(
      {ActorId{0},
       {worth("war_weeks", -1.0, 52.0, 0.5), worth("killed_side_1", -1.0, 50000.0, 0.5)},
       {}});
  c.values.push_back({ActorId{1}, {worth("area_gained", 2.0, 5000.0, 0.4)}, {}});
  const std::pair<const char*, QuestionType> questions[] = {{"in_combat", QuestionType::yes_no},
                                                            {"how_far", QuestionType::number},
                                                            {"when_talks", QuestionType::date},
                                                            {"which_end", QuestionType::category}};
  for (const auto& q : questions) {
    Question question = named<Question>(q.first, std::string("Question of ") + q.first + "?");
    question.type = q.second;
    question.resolve_by = Date(2024, 12, 31);
    question.unit = q.second == QuestionType::number ? "km2" : "";
    if (q.second == QuestionType::category)
      question.categories = {{"settled", 0}, {"frozen", 0}, {"fighting", 0}};
    c.questions.push_back(question);
  }
}

inline Case made_up_case() {
  Case c;
  c.id = "made_up";
  c.key = key_of(c.id);
  c.title = "A made-up crisis";
  c.question = "Are they there, and what should be done?";
  c.handling = "TLP:CLEAR";
  c.as_of = Date(2024, 10, 31);
  c.horizon_weeks = 52;
  c.digest = "0123456789abcdef";
  Reference reference = named<Reference>("record", "");
  reference.text = "The public record";
  reference.published = Date(2024, 10, 1);
  c.references.push_back(reference);
  add_actors(c);
  add_map(c);
  add_evidence(c);
  CalendarEvent vote = named<CalendarEvent>("vote", "");
  vote.date = Date(2024, 11, 5);
  vote.kind = CalendarKind::election;
  vote.text = "A vote";
  c.calendar.push_back(vote);
  Contingent men = named<Contingent>("kp_assault", "Foreign assault infantry");
  men.owner = ActorId{3};
  men.host = ActorId{1};
  men.foreign = true;
  men.origin = PlaceId{0};
  men.destination = PlaceId{5};
  men.sector = SectorId{0};
  for (std::uint32_t i = 0; i < 6; ++i) men.path.push_back(PlaceId{i});
  c.contingents.push_back(men);
  c.hypotheses[0].counts = ContingentId{0};
  add_choices(c);
  return c;
}

inline void add_path(intel::Belief& b, const Case& c) {
  for (int day = 0; day < 31; ++day) {
    const double x = 0.05 + 0.9 * day / 30.0;
    for (std::uint32_t h = 0; h < c.hypotheses.size(); ++h) {
      const auto n = static_cast<std::uint32_t>(c.hypotheses[h].states.size());
      for (std::uint32_t s = 0; s < n; ++s) {
        const double p = s + 1 == n ? x : (1.0 - x) / (n - 1);
        b.path.push_back({Date(2024, 10, 1).plus(day), HypothesisId{h}, s, p});
      }
    }
  }
}

inline intel::Belief made_up_belief(const Case& c) {
  intel::Belief b;
  b.case_id = c.id;
  b.case_digest = c.digest;
  b.as_of = c.as_of;
  b.version = "0.1.0";
  b.method = "junction tree, exact";
  for (std::uint32_t h = 0; h < c.hypotheses.size(); ++h) {
    intel::HypothesisBelief x;
    const std::size_t n = c.hypotheses[h].states.size();
    for (std::size_t s = 0; s < n; ++s) {
      const double p = s + 1 == n ? 0.9 : 0.1 / static_cast<double>(n - 1);
      x.states.push_back({p, 0.8 * p, std::min(1.0, 1.08 * p)});
    }
    x.leading = static_cast<std::uint32_t>(n - 1);
    x.word = "very likely";
    x.confidence = "moderate";
    x.confidence_reason = "two independent kinds of source agree";
    for (std::uint32_t r = 0; r < c.reports.size(); ++r) {
      x.weights.push_back({ReportId{r}, x.leading, (r % 3 == 0 ? -3.0 : 5.0) + r});
    }
    b.hypotheses.push_back(x);
  }
  for (std::size_t s = 0; s < c.sources.size(); ++s) b.sources.push_back({0.7, 0.2, 0.1});
  for (std::size_t r = 0; r < c.reports.size(); ++r) b.reports.push_back({0.8, 0.05});
  b.order_of_battle.push_back(
      {c.as_of, ContingentId{0}, PlaceId{5}, "front", 6200, 3100, 4800, 6100, 7600, 9800, {}});
  b.order_of_battle.push_back(
      {c.as_of, ContingentId{0}, PlaceId{1}, "training", 2400, 900, 1700, 2300, 3000, 4400, {}});
  add_path(b, c);
  intel::CollectionTask task{"Look at Kursk from above", 0.4, 0.4, 12.0, HypothesisId{1},
                             {0.8, 0.3, 0.2, 0.7}};
  b.collection.push_back(task);
  return b;
}

inline void add_series(ensemble::Futures& f) {
  f.series = {{"in_combat", {"kp_assault"}, "persons"},
              {"area_total_km2", {}, "km2"},
              {"fighting", {}, "0/1"}};
  f.levels = {0.05, 0.25, 0.5, 0.75, 0.95};
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      for (int w = 0; w < f.weeks; ++w) {
        const double middle =
            (s == 2 ? 0.9 : 100.0 * (w + 5)) * (1.0 - 0.1 * static_cast<double>(o));
        for (const double level : f.levels) {
          f.quantile.push_back(static_cast<float>(middle * (0.5 + level)));
        }
        f.mean.push_back(static_cast<float>(middle));
      }
    }
  }
}

/// Futures whose outcomes are `common` luck shared by all options plus `own` luck of each; killed
/// of side 1 fall by 2,000 with every option, war weeks do not change.
inline ensemble::Futures made_up_futures(const Case& c, std::size_t n, std::uint64_t seed = 1) {
  ensemble::Futures f;
  f.case_id = c.id;
  f.case_digest = c.digest;
  f.version = "0.1.0";
  f.seed = seed;
  f.weeks = c.horizon_weeks;
  f.futures = n;
  for (const auto& o : c.options) f.options.push_back(o.id);
  for (const auto& m : measures()) f.measures.emplace_back(m.name);
  for (const auto& q : c.questions) f.questions.push_back(q.id);
  f.knobs = {"front.pace", "policy.rationality"};
  const Draws draws(seed);
  const auto luck = [&](std::size_t i, std::uint32_t entity) {
    return static_cast<float>(
        draws.normal(Stream("made_up"), static_cast<std::uint32_t>(i), 0, entity));
  };
  for (std::size_t i = 0; i < n; ++i) {
    f.knob.push_back(luck(i, 1));
    f.knob.push_back(std::exp(0.4F * luck(i, 2)));
    f.truth.push_back(i % 10 == 0 ? 0 : 2);
    f.truth.push_back(i % 10 < 9 ? 1 : 0);
  }
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<float> row(f.measures.size(), 0.0F);
      const float common = luck(i, 3);
      const float own = luck(i, 10 + static_cast<std::uint32_t>(o));
      row[measure_index("war_weeks")] = 52.0F + 10.0F * common;
      row[measure_index("killed_side_1")] =
          50000.0F + 10000.0F * common + 1000.0F * own - 2000.0F * static_cast<float>(o);
      row[measure_index("area_gained")] = 1000.0F + 300.0F * own;
      row[measure_index("end_settlement")] = common > 1.0F ? 1.0F : 0.0F;
      row[measure_index("end_protracted")] = common > 1.0F ? 0.0F : 1.0F;
      f.outcome.insert(f.outcome.end(), row.begin(), row.end());
      const float answers[] = {common > 0.0F ? 1.0F : 0.0F, 100.0F * own,
                               common > 0.5F ? 5.0F : std::nanf(""), common > 1.0F ? 0.0F : 2.0F};
      f.answer.insert(f.answer.end(), answers, answers + 4);
    }
  }
  add_series(f);
  return f;
}

inline Crisis crisis(std::size_t futures = 400) {
  Crisis all;
  all.given = made_up_case();
  all.belief = made_up_belief(all.given);
  all.futures = made_up_futures(all.given, futures);
  return all;
}

/// Sets a measure of an option in every future by a function of the future's number.
template <class Function>
void set_outcome(ensemble::Futures& f, std::size_t option, std::string_view measure,
                 Function value) {
  const std::size_t m = measure_index(measure);
  for (std::size_t i = 0; i < f.futures; ++i) {
    f.outcome[(option * f.futures + i) * f.measures.size() + m] = static_cast<float>(value(i));
  }
}

}  // namespace casus::made_up
