// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/synthetic_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "casus/base/numeric.h"
#include "casus/intel/belief.h"
#include "casus/intel/lineage.h"

namespace casus::intel {
namespace test {
namespace {

using casefile::HypothesisId;
using casefile::PlaceId;
using casefile::PlaceKind;
using casefile::ReportId;
using casefile::ReportKind;
using casefile::SourceId;
using casefile::Stance;

constexpr std::uint32_t stager = 1;
constexpr double staged_sign = 0.9;  // P(the regime runs | the sign is staged)
constexpr double display_prior = 0.25;
constexpr double conceal_prior = 0.6;
constexpr int first_day = -45;

struct Voice {
  char grade = 'F';
  std::size_t mode = 0;
  observe::Reliability reliability;
  double alarms = 1.0;  ///< its false-alarm rate, as a factor
  bool run = false;     ///< the stager may run it
};

// One occasion on which a source speaks to a question.
struct Occasion {
  std::uint32_t source = 0;
  ReportKind kind = ReportKind::press;
  std::uint32_t question = 0;
  Date day;
  int picture = 0;  ///< what all who speak to the question hold: nothing shared, that so, that not
};

// What was said on it.
struct Said {
  bool yes = false;
  double number = 0.0;  ///< 0: none
  double meant = 0.0;   ///< men it speaks of
  PlaceId at{0};
  bool over_days = false;
};

class Maker {
 public:
  Maker(std::uint32_t number, const WorldLaw& law)
      : luck_{Draws(2024)}, number_(number), law_(law) {}
  SyntheticWorld make();

 private:
  double uniform() { return luck_.uniform(Stream("worlds"), number_, 0, 0, next_++); }
  double normal() { return normal_quantile(uniform()); }
  std::uint32_t below(std::size_t n) {
    return static_cast<std::uint32_t>(uniform() * static_cast<double>(n));
  }
  std::size_t pick(const std::vector<double>& p);
  void questions();
  void count_question();
  void yes_no_question(std::uint32_t h);
  void plans();
  void sources();
  void occasions();
  void pictures();
  void speak(const Occasion& o);
  bool yes_of(const Occasion& o, const observe::Channel& channel, bool& honest);
  void number_of(const Occasion& o, bool honest, Said& said);
  std::optional<std::size_t> heard(const Occasion& o);
  std::optional<std::size_t> said_before(const Occasion& o);
  void write(const Occasion& o, const Said& said, int digit, std::optional<std::size_t> lineage);
  [[nodiscard]] bool staged_by(std::uint32_t h) const {
    return !w_.builder.given.hypotheses[h].staged_by.empty();
  }

  Draws luck_;
  std::uint32_t number_;
  WorldLaw law_;
  std::uint32_t next_ = 0;
  SyntheticWorld w_;
  bool regime_ = false, conceal_ = false;
  observe::BuildUp how_;
  double common_ = 0.0;
  std::vector<std::vector<double>> priors_;  ///< P(state) before any report, by hypothesis
  std::vector<Voice> voices_;
  std::vector<Occasion> occasions_;
  std::vector<std::pair<Occasion, Said>> spoken_;  ///< own and unlabelled reports, in order
  std::vector<std::size_t> report_of_;             ///< by spoken
  PlaceId port_{0};
};

std::size_t Maker::pick(const std::vector<double>& p) {
  double u = uniform();
  std::size_t k = 0;
  while (k + 1 < p.size() && u >= p[k]) u -= p[k++];
  return k;
}

void Maker::count_question() {
  CaseBuilder& b = w_.builder;
  port_ = b.place("port", PlaceKind::port, 132, 43);
  const double some = .15 + .7 * uniform();
  std::vector<double> p{1 - some, .25 * some, .3 * some, .3 * some, .15 * some};
  const auto men = b.counted("men", p);
  w_.truth.push_back(static_cast<std::uint32_t>(pick(p)));
  priors_.push_back(p);
  const auto& state = b.given.hypotheses[men].states[w_.truth[0]];
  const auto range = observe::state_range(state.low, state.high.value_or(0), !state.high);
  if (range.high > 0) {
    w_.men = range.low * std::exp(uniform() * std::log(range.high / range.low));
  }
  std::vector<double> shapes, errors;
  for (const auto& s : observe::build_up_shapes) shapes.push_back(s.prior);
  for (const double e : observe::common_error_prior(0.0)) errors.push_back(e);
  how_ = observe::build_up_shapes[pick(shapes)];
  common_ = observe::common_error_ln[pick(errors)];
}

void Maker::yes_no_question(std::uint32_t h) {
  CaseBuilder& b = w_.builder;
  const double p = .1 + .8 * uniform();
  const bool chained = h > 1 && uniform() < .6;
  const bool sign = h > 1 && uniform() < .3;  // a sign that may have been staged
  const std::string id = "q" + std::to_string(h);
  std::vector<double> table;
  const auto row = [&](double yes) {
    if (sign) {
      const double staged = .5 * (1 - yes);
      table.insert(table.end(), {1 - yes - staged, yes, staged});
    } else {
      table.insert(table.end(), {1 - yes, yes});
    }
  };
  std::vector<HypothesisId> parents;
  if (chained) {
    parents.push_back(HypothesisId{h - 1});
    const std::size_t n = b.given.hypotheses[h - 1].states.size();
    for (std::size_t s = 0; s < n; ++s) row(s == 1 ? p : p / 3);
  } else {
    row(p);
  }
  const std::size_t states = sign ? 3 : 2;
  const std::size_t at = chained ? w_.truth[h - 1] : 0;
  const std::vector<double> given(table.begin() + static_cast<long>(at * states),
                                  table.begin() + static_cast<long>((at + 1) * states));
  const auto id_of = sign ? b.hypothesis(id, {"no", "genuine", "staged"}, table, parents)
                          : b.hypothesis(id, {"no", "yes"}, table, parents);
  w_.truth.push_back(static_cast<std::uint32_t>(pick(given)));
  std::vector<double> prior(states, 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    prior[i % states] += table[i] * (chained ? priors_[h - 1][i / states] : 1.0);
  }
  priors_.push_back(prior);
  if (sign || uniform() < .5) b.staging(id_of, stager, Prior(display_prior));
  if (uniform() < .4) {
    b.given.hypotheses[id_of].conceals = casefile::Quantity{Prior(conceal_prior), "share", {}};
  }
}

void Maker::questions() {
  count_question();
  if (uniform() < .5) w_.builder.staging(HypothesisId{0}, stager, Prior(display_prior));
  const std::uint32_t n = 2 + below(5);
  for (std::uint32_t h = 1; h < n; ++h) yes_no_question(h);
}

void Maker::plans() {
  bool hides = false;
  const auto& hypotheses = w_.builder.given.hypotheses;
  std::vector<double> odds{1 - display_prior, display_prior};
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    hides = hides || hypotheses[h].conceals.has_value();
    if (hypotheses[h].states[w_.truth[h]].id == "staged") {
      // each staged sign speaks for the regime
      odds[0] *= (1 - staged_sign) / (1 - display_prior);
      odds[1] *= staged_sign / display_prior;
    }
  }
  regime_ = uniform() < odds[1] / (odds[0] + odds[1]);
  conceal_ = hides && uniform() < conceal_prior;
}

void Maker::sources() {
  CaseBuilder& b = w_.builder;
  const double level = uniform();
  const double delta = observe::control_share[level < .6 ? 0 : level < .9 ? 1 : 2];
  const std::size_t n = 6 + below(4);
  for (std::size_t s = 0; s < n; ++s) {
    Voice v;
    v.grade = static_cast<char>('A' + static_cast<int>(uniform() * 6.0));
    const auto id = b.source("source" + std::to_string(s), v.grade,
                             s % 3 == 0 ? Stance::neutral : Stance::ally_of_affected);
    v.run = s < 2;
    if (v.run) b.given.sources[id].controllable_by = {casefile::ActorId{stager}};
    if (s > 2 && uniform() < .5) b.given.sources[id].relays = {SourceId{below(s)}};
    // now and then the true quality is a grade below the one given
    const bool wrong = uniform() < law_.wrong_grade && v.grade < 'E';
    v.reliability = observe::reliability(
        observe::grade_prior(wrong ? static_cast<char>(v.grade + 1) : v.grade));
    const auto p = observe::mode_prior(v.reliability, v.run ? delta : 0.0);
    v.mode = pick({p.begin(), p.end()});
    v.alarms = std::exp(law_.rate_spread * normal());
    voices_.push_back(v);
  }
  const auto accused = b.source("accused", 'E', Stance::party);  // somebody must do the hiding
  b.given.sources[accused].actor = casefile::ActorId{0};
}

void Maker::occasions() {
  constexpr std::array kinds{ReportKind::imagery,   ReportKind::human,
                             ReportKind::press,     ReportKind::official_statement,
                             ReportKind::documents, ReportKind::signals};
  const std::size_t n = 6 + below(15);
  for (std::size_t i = 0; i < n; ++i) {
    Occasion o;
    o.source = below(voices_.size());
    o.kind = kinds[below(kinds.size())];
    o.question = below(w_.truth.size());
    o.day = w_.builder.given.as_of.plus(first_day + static_cast<int>(i) * 2);  // no two on one day
    occasions_.push_back(o);
  }
}

// Where four and more speak to a question one picture may be behind it all, either way.
void Maker::pictures() {
  for (std::uint32_t h = 0; h < w_.truth.size(); ++h) {
    std::set<std::uint32_t> who;
    for (const Occasion& o : occasions_) {
      if (o.question == h) who.insert(o.source);
    }
    if (who.size() < 4) continue;
    const double u = uniform();
    const int picture = u < law_.picture ? 1 : u < 2 * law_.picture ? 2 : 0;
    for (Occasion& o : occasions_) {
      if (o.question == h) o.picture = picture;
    }
  }
}

// Yes or no, each as likely as the law has it.
bool Maker::yes_of(const Occasion& o, const observe::Channel& channel, bool& honest) {
  const Voice& v = voices_[o.source];
  const bool so = w_.affirmed(o.question);
  const bool display = regime_ && staged_by(o.question);
  observe::Channel no = channel;
  no.staged = no.alarm;
  const bool held = o.picture > 0;
  double p_yes =
      observe::say(channel, v.mode, v.reliability, {so ? 1.0 : 0.0, display, held, o.picture == 1});
  double p_no =
      observe::say(no, v.mode, v.reliability, {so ? 0.0 : 1.0, false, held, o.picture == 2});
  honest = observe::mode_of(v.mode) == observe::Mode::honest;
  if (observe::mode_of(v.mode) == observe::Mode::controlled && v.run && display && !so) {
    p_yes += observe::display_discipline * (1 - p_yes);
  }
  const bool looks = o.kind != ReportKind::press && o.kind != ReportKind::official_statement;
  const bool hidden =
      conceal_ && looks && w_.builder.given.hypotheses[o.question].conceals.has_value();
  if (honest && hidden && so && !held) {
    const double seen = observe::seen_if_concealed;
    p_no = seen * p_no +
           (1 - seen) * observe::say(no, v.mode, v.reliability, {1.0, false, false, false});
  }
  return uniform() < p_yes / (p_yes + p_no);
}

void Maker::number_of(const Occasion& o, bool honest, Said& said) {
  const auto& law = observe::law_of(o.kind, w_.builder.given.sources[SourceId{o.source}].stance);
  const double where = uniform();
  said.over_days = where < .3;
  said.at = where < .3 ? port_ : PlaceId{where < .65 ? 0U : 1U};
  // the day it speaks of is the day before it is told
  const double built = observe::built_by(how_, o.day.plus(-1), w_.builder.given.as_of);
  const bool sending = said.over_days && uniform() < .8;
  const double low = sending ? .1 : where < .3 ? .8 : where < .65 ? .3 : .003;
  said.meant = w_.men * built * low * std::exp(-uniform() * std::log(low));
  const double slip = uniform();
  if (honest && o.picture == 0 && w_.men > 0 && slip > .10) {
    said.number = said.meant * std::exp(law.count_bias + common_ + law.count_sigma * normal());
    const double unit = std::pow(10.0, std::floor(std::log10(said.number)) - 1.0);
    said.number = unit * std::floor(said.number / unit + .5);  // two figures are told
  } else {
    said.number = 10.0 * std::exp(uniform() * std::log(1e4));
  }
}

using Days = std::pair<Date, Date>;

Days days_of(const Occasion& o, const Said& said) {
  return {o.day.plus(said.over_days ? -6 : -1), o.day.plus(-1)};
}

double with_odds(double p, double factor) { return factor * p / (1 - p + factor * p); }

// Which report of its own it repeats, if any: the latest comes to mind first.
std::optional<std::size_t> Maker::said_before(const Occasion& o) {
  for (std::size_t i = spoken_.size(); i-- > 0;) {
    const auto& [other, said] = spoken_[i];
    const bool late = o.day - other.day <= echo_days;
    if (!late || other.question != o.question || other.source != o.source) continue;
    const double k = repeats_itself(o.kind, days_of(o, said), days_of(other, said));
    if (uniform() < with_odds(k, law_.copying)) return i;
  }
  return std::nullopt;
}

// Whom it repeats without saying so, if anyone.
std::optional<std::size_t> Maker::heard(const Occasion& o) {
  if (const auto own = said_before(o)) return own;
  std::vector<double> k;
  double none = 1.0;
  double sum = 0.0;
  const auto& relays = w_.builder.given.sources[SourceId{o.source}].relays;
  for (const auto& [other, said] : spoken_) {
    double p = 0.0;
    const bool late = o.day - other.day <= echo_days;
    if (late && other.question == o.question && other.source != o.source) {
      p = repeats(o.kind, other.kind);
      if (!relays.empty() && relays.front().index == other.source) p = std::max(p, .5);
    }
    p = with_odds(p, law_.copying);
    k.push_back(p);
    none *= 1 - p;
    sum += p;
  }
  if (sum <= 0.0 || uniform() < none) return std::nullopt;
  for (double& p : k) p /= sum;
  return pick(k);
}

void Maker::write(const Occasion& o, const Said& said, int digit,
                  std::optional<std::size_t> lineage) {
  std::vector<std::uint32_t> states;
  const std::size_t n = w_.builder.given.hypotheses[o.question].states.size();
  for (std::uint32_t s = 0; s < n; ++s) {
    if (w_.affirms(o.question, s) == said.yes) states.push_back(s);
  }
  auto& r = w_.builder.report(SourceId{o.source}, o.kind, HypothesisId{o.question}, states);
  r.published = o.day;
  r.observed = days_of(o, said);
  r.item_grade = digit;
  r.detail = 1.0;
  if (said.number > 0) r.strengths.push_back({casefile::ContingentId{0}, said.at, said.number});
  if (lineage) r.lineage = {ReportId{static_cast<std::uint32_t>(*lineage)}};
  bool so = std::find(states.begin(), states.end(), w_.truth[o.question]) != states.end();
  if (so && said.number > 0) {
    so = said.meant >= said.number / 1.5 && said.meant <= said.number * 1.5;
  }
  w_.report_true.push_back(so);
  const auto& law = observe::law_of(o.kind, w_.builder.given.sources[SourceId{o.source}].stance);
  w_.product[o.question] += (said.yes ? 1 : -1) * std::log(law.hit / law.alarm);
  ++w_.inconsistent[o.question][said.yes ? 0 : 1];
}

void Maker::speak(const Occasion& o) {
  constexpr std::array digits{2, 3, 4, 6};
  const int digit = digits[below(digits.size())];
  const auto& law = observe::law_of(o.kind, w_.builder.given.sources[SourceId{o.source}].stance);
  observe::Channel channel{law.hit, law.alarm, law.staged, 1.0, {}, false};
  channel.alarm = std::min(
      .95 * channel.hit, voices_[o.source].alarms * channel.alarm *
                             std::exp(-observe::item_decibans(digit, true) * std::log(10.0) / 10));
  channel.staged = std::max(channel.staged, channel.alarm);
  Said said;
  if (const auto from = heard(o)) {
    said = spoken_[*from].second;
  } else {
    bool honest = false;
    said.yes = yes_of(o, channel, honest);
    if (said.yes && o.question == 0 && uniform() < .6) number_of(o, honest, said);
  }
  spoken_.emplace_back(o, said);
  report_of_.push_back(w_.builder.given.reports.size());
  write(o, said, digit, std::nullopt);
  if (uniform() > .25) return;  // circular reporting: somebody repeats it and says so
  Occasion again = o;
  again.source = below(voices_.size());
  again.kind = ReportKind::press;
  again.day = o.day.plus(1);
  write(again, said, 6, report_of_.back());
}

SyntheticWorld Maker::make() {
  questions();
  plans();
  sources();
  occasions();
  pictures();
  for (std::uint32_t h = 0; h < w_.truth.size(); ++h) {
    double p = 0.0;
    for (std::uint32_t k = 0; k < priors_[h].size(); ++k) p += w_.affirms(h, k) ? priors_[h][k] : 0;
    w_.product.push_back(logit(p));
  }
  w_.inconsistent.assign(w_.truth.size(), {0, 0});
  for (const Occasion& o : occasions_) speak(o);
  return std::move(w_);
}

}  // namespace

SyntheticWorld synthetic_world(std::uint32_t number, const WorldLaw& law) {
  return Maker(number, law).make();
}

bool SyntheticWorld::affirms(std::uint32_t h, std::uint32_t state) const {
  const auto& hypothesis = builder.given.hypotheses[h];
  return hypothesis.counts ? state > 0 : state == 1;
}

TEST(SyntheticWorld, IsTheSameEachTimeAndHoldsEverySortOfTrouble) {
  std::size_t relays = 0, numbers = 0, signs = 0, hidden = 0, most = 0;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const SyntheticWorld w = synthetic_world(i);
    const SyntheticWorld again = synthetic_world(i);
    ASSERT_EQ(w.truth, again.truth);
    ASSERT_EQ(w.report_true, again.report_true);
    ASSERT_EQ(w.report_true.size(), w.builder.given.reports.size());
    most = std::max(most, w.truth.size());
    for (const auto& r : w.builder.given.reports) {
      relays += r.lineage.empty() ? 0 : 1;
      numbers += r.strengths.empty() ? 0 : 1;
    }
    for (const auto& h : w.builder.given.hypotheses) {
      signs += h.states.back().id == "staged" ? 1 : 0;
      hidden += h.conceals ? 1 : 0;
    }
  }
  EXPECT_EQ(most, 6U);
  EXPECT_GT(relays, 200U);
  EXPECT_GT(numbers, 100U);
  EXPECT_GT(signs, 50U);
  EXPECT_GT(hidden, 100U);
}

}  // namespace test
}  // namespace casus::intel
