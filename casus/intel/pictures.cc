// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/pictures.h"

#include <map>
#include <set>
#include <utility>

#include "casus/intel/deception.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::ReportKind;

constexpr std::size_t least_community = 4;  // fewer who say the same share no picture

// The claim of a report that says most: the one whose states are fewest against those possible.
std::uint32_t sharpest(const Case& given, const Evidence& e) {
  std::uint32_t best = e.claims.front().hypothesis;
  double least = 2.0;
  for (const Claim& c : e.claims) {
    const std::size_t n = given.hypotheses[c.hypothesis].states.size();
    std::size_t k = 0;
    for (std::uint32_t s = 0; s < n; ++s) k += c.holds(s) ? 1 : 0;
    const double share = static_cast<double>(k) / static_cast<double>(n);
    if (share < least && null_state(given.hypotheses[c.hypothesis])) {
      least = share;
      best = c.hypothesis;
    }
  }
  return best;
}

// The question a community has one picture of: all counts of one contingent are one question.
std::uint32_t question_of(const Case& given, const Evidence& e) {
  const std::uint32_t h = sharpest(given, e);
  const auto& counted = given.hypotheses[h].counts;
  for (std::uint32_t i = 0; counted && i < h; ++i) {
    if (given.hypotheses[i].counts == counted) return i;
  }
  return h;
}

bool looks_itself(ReportKind kind) {
  return kind == ReportKind::imagery || kind == ReportKind::signals ||
         kind == ReportKind::detainee || kind == ReportKind::documents ||
         kind == ReportKind::biometric;
}

// What a report says of a question: that there is something or nothing; where no state is nothing,
// which states.
std::uint32_t said_of(const Case& given, const Evidence& e, std::uint32_t question) {
  if (null_state(given.hypotheses[question])) return e.affirmative ? 1U : 2U;
  for (const Claim& c : e.claims) {
    if (c.hypothesis == question) return c.states;
  }
  return 0;
}

// Who says each of the things that may be said of a question.
struct Community {
  std::map<std::uint32_t, std::set<std::uint32_t>> saying;   // sources, by bit of `said_of`
  std::map<std::uint32_t, std::set<std::uint32_t>> looking;  // those of them that look themselves

  // P(there is a picture that rests on nothing); none among too few. Where those who look
  // themselves tell it they must all have erred, which they do half as often (grade B: .13 against
  // .25): of unlike channels the best placed sets the rate.
  [[nodiscard]] double prior() const {
    if (sharing() < least_community) return 0.0;
    const auto who = looking.find(picture());
    const bool seen = who != looking.end() && who->second.size() >= 2;
    return seen ? 0.5 * observe::picture_prior : observe::picture_prior;
  }

  // What most of them say; a picture of anything else is refuted by what they say.
  [[nodiscard]] std::uint32_t picture() const { return most().first; }

 private:
  [[nodiscard]] std::size_t sharing() const { return most().second; }
  [[nodiscard]] std::pair<std::uint32_t, std::size_t> most() const {
    std::pair<std::uint32_t, std::size_t> out{0, 0};
    for (const auto& [bit, who] : saying) {
      if (who.size() > out.second) out = {bit, who.size()};
    }
    return out;
  }
};

// By question, of what had been published by the end of a day.
std::map<std::uint32_t, Community> communities_on(const Case& given, const Model& m, Date day) {
  std::map<std::uint32_t, Community> out;
  for (const Evidence& e : m.evidence) {
    const auto& report = given.reports[e.report];
    if (!e.question || report.published > day) continue;
    Community& community = out[*e.question];
    const bool looks = looks_itself(report.kind);
    for (std::uint32_t bit = 1; bit != 0 && bit <= e.said; bit <<= 1) {
      if ((e.said & bit) == 0) continue;
      community.saying[bit].insert(report.source.index);
      if (looks) community.looking[bit].insert(report.source.index);
    }
  }
  return out;
}

std::vector<double> prior_table(const Community& community) {
  const double p = community.prior();
  return {1.0 - p, p};
}

}  // namespace

void add_pictures(const Case& given, Model& m) {
  for (Evidence& e : m.evidence) {
    if (e.channel.mode_free) continue;
    e.question = question_of(given, e);
    e.said = said_of(given, e, *e.question);
  }
  auto communities = communities_on(given, m, given.as_of);
  std::map<std::uint32_t, Variable> pictures;
  for (const auto& [question, community] : communities) {
    if (community.prior() <= 0.0) continue;
    const auto v = static_cast<Variable>(m.states.size());
    m.names.push_back("picture:" + given.hypotheses[question].id);
    m.states.push_back(2);
    m.pictures.push_back({question, v, m.factors.size()});
    m.factors.push_back({{v}, prior_table(community)});
    pictures[question] = v;
  }
  for (Evidence& e : m.evidence) {
    const auto found = e.question ? pictures.find(*e.question) : pictures.end();
    if (found == pictures.end()) continue;
    e.picture = found->second;
    e.goes_along = (e.said & communities[*e.question].picture()) != 0;
  }
}

DayModel::DayModel(const Case& given, const ModelOptions& options, const Model& model)
    : given_(given), options_(options), model_(model) {
  for (const Evidence& e : model.evidence) goes_along_.push_back(e.goes_along);
}

bool DayModel::to(Date day, Calibration& c) {
  bool changed = false;
  const auto give = [&](std::size_t factor, std::vector<double> table) {
    if (table == c.table_of(factor)) return;
    c.replace(factor, std::move(table));
    changed = true;
  };
  auto communities = communities_on(given_, model_, day);
  for (const Picture& p : model_.pictures) give(p.factor, prior_table(communities[p.question]));
  for (std::size_t i = 0; i < model_.evidence.size(); ++i) {
    const Evidence& e = model_.evidence[i];
    const auto& report = given_.reports[e.report];
    if (!e.picture || report.published > day) continue;
    const bool along = (e.said & communities[*e.question].picture()) != 0;
    if (along == goes_along_[i]) continue;
    goes_along_[i] = along;
    Evidence then = e;
    then.goes_along = along;
    give(e.factor, along == e.goes_along ? model_.factors[e.factor].table
                                         : likelihood_table(model_, then, report.source.index));
  }
  for (auto& [factor, table] : plans_on(given_, options_, model_, day)) {
    give(factor, std::move(table));
  }
  return changed;
}

}  // namespace casus::intel
