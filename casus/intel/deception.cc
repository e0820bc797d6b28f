// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/deception.h"

#include <algorithm>
#include <map>
#include <set>

#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Hypothesis;
using casefile::ReportKind;
using casefile::Stance;

constexpr double staged_state_regime = 0.9;  // P(regime runs | a sign is known to be staged)
constexpr double display_share = 0.2;        // of Dir(6, 2, 1.5, .5): (1.5 + .5) / 10

double staging_of(const casefile::Quantity& q, const ModelOptions& options) {
  const bool spread = q.prior.kind() != Prior::Kind::point;
  const double p = options.staging_quantile > 0.0 && spread
                       ? q.prior.quantile(options.staging_quantile)
                       : q.prior.mean();
  return std::clamp(p, 1e-6, 1.0 - 1e-6);
}

bool looks_itself(ReportKind kind) {
  return kind == ReportKind::imagery || kind == ReportKind::signals || kind == ReportKind::human ||
         kind == ReportKind::documents || kind == ReportKind::biometric ||
         kind == ReportKind::social_media;
}

bool stages(const Hypothesis& h, std::uint32_t actor) {
  return std::any_of(h.staged_by.begin(), h.staged_by.end(),
                     [&](const auto a) { return a.index == actor; });
}

// By what had been published by the end of a day.
DisplayChoice choice_of(const Case& given, std::uint32_t actor, Date day) {
  DisplayChoice out;
  std::set<std::uint32_t> watchers;
  bool open = false;
  for (const auto& r : given.reports) {
    if (r.published > day) continue;
    open = open || r.kind == ReportKind::social_media;
    if (looks_itself(r.kind)) watchers.insert(r.source.index);
  }
  out.watchers = watchers.size();
  if (open) ++out.channels;
  for (const auto& s : given.sources) {
    const bool runs = std::any_of(s.controllable_by.begin(), s.controllable_by.end(),
                                  [&](const auto a) { return a.index == actor; });
    if (runs) ++out.channels;
  }
  return out;
}

// P(display) of an actor: where hypotheses that name it differ, the mean counts.
double display_prior(const Case& given, const ModelOptions& options, std::uint32_t actor,
                     Date day) {
  double sum = 0.0;
  double n = 0.0;
  for (const Hypothesis& h : given.hypotheses) {
    if (!stages(h, actor) || !h.staging) continue;
    sum += staging_of(*h.staging, options);
    n += 1.0;
  }
  return n > 0.0 ? sum / n : display_by_choice(choice_of(given, actor, day));
}

// The prior of a regime, and what ties it to states that say the sign was staged.
std::vector<Factor> regime_factors(const Case& given, const Staging& s) {
  std::vector<Factor> out{{{s.variable}, {1.0 - s.p, s.p}}};
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const Hypothesis& h = given.hypotheses[i];
    if (!stages(h, s.actor)) continue;
    Factor f{{i, s.variable}, {}};
    bool any = false;
    for (const auto& state : h.states) {
      const bool staged = state.id == "staged";
      any = any || staged;
      f.table.push_back(staged ? (1.0 - staged_state_regime) / (1.0 - s.p) : 1.0);
      f.table.push_back(staged ? staged_state_regime / s.p : 1.0);
    }
    if (any) out.push_back(std::move(f));
  }
  return out;
}

// Who hides: of the accused, the one with most voices; the first by id where they tie.
std::optional<std::uint32_t> accused(const Case& given) {
  std::map<std::string, std::pair<std::size_t, std::uint32_t>> voices;
  for (const auto& s : given.sources) {
    if (s.stance != Stance::party || !s.actor) continue;
    auto& v = voices[given.actors[*s.actor].id];
    ++v.first;
    v.second = s.actor->index;
  }
  std::optional<std::uint32_t> out;
  std::size_t most = 0;
  for (const auto& [id, v] : voices) {
    if (v.first > most) {
      most = v.first;
      out = v.second;
    }
  }
  return out;
}

double conceals(const Hypothesis& h) {
  return h.conceals ? std::clamp(h.conceals->prior.mean(), 0.0, 1.0 - 1e-6) : 0.0;
}

void add_concealment(const Case& given, Model& m) {
  const auto actor = accused(given);
  double most = 0.0;
  for (const Hypothesis& h : given.hypotheses) most = std::max(most, conceals(h));
  if (!actor || most <= 0.0) return;
  const auto v = static_cast<Variable>(m.states.size());
  m.names.push_back("conceal:" + given.actors[*actor].id);
  m.states.push_back(2);
  m.concealment = Staging{*actor, v, most, 0};
  // Dir(6, 2, 1.5, .5): in the mean hiding and displaying go together as if by chance. Where one
  // actor may do both the two bits share a factor, so that their joint can be told.
  for (const Staging& s : m.stagings) {
    if (s.actor != *actor) continue;
    m.factors.push_back({{s.variable, v}, {1.0 - most, most, 1.0 - most, most}});
    return;
  }
  m.factors.push_back({{v}, {1.0 - most, most}});
}

}  // namespace

double display_by_choice(const DisplayChoice& choice) {
  const auto utility = [](double channels, double watchers) {
    return 2.0 * (1.0 - exp(-ln2 * channels)) - 0.08 * watchers;
  };
  const double gain =
      utility(static_cast<double>(choice.channels), static_cast<double>(choice.watchers)) -
      utility(2.0, 4.0);
  return logistic(logit(display_share) + gain);
}

void add_plans(const Case& given, const ModelOptions& options, Model& m) {
  std::set<std::uint32_t> actors;
  for (const Hypothesis& h : given.hypotheses) {
    for (const auto a : h.staged_by) actors.insert(a.index);
  }
  for (const std::uint32_t actor : actors) {
    const double p = display_prior(given, options, actor, given.as_of);
    const auto v = static_cast<Variable>(m.states.size());
    m.names.push_back("regime:" + given.actors[actor].id);
    m.states.push_back(2);
    m.stagings.push_back({actor, v, p, m.factors.size()});
    for (Factor& f : regime_factors(given, m.stagings.back())) m.factors.push_back(std::move(f));
  }
  add_concealment(given, m);
}

std::vector<std::pair<std::size_t, std::vector<double>>> plans_on(const Case& given,
                                                                  const ModelOptions& options,
                                                                  const Model& m, Date day) {
  std::vector<std::pair<std::size_t, std::vector<double>>> out;
  for (Staging s : m.stagings) {
    s.p = display_prior(given, options, s.actor, day);
    std::size_t at = s.factor;
    for (Factor& f : regime_factors(given, s)) out.emplace_back(at++, std::move(f.table));
  }
  return out;
}

void add_plans_to_reports(const Case& given, Model& m) {
  for (Evidence& e : m.evidence) {
    const auto& r = given.reports[e.report];
    if (e.channel.mode_free && !r.looked) continue;
    if (m.concealment && !e.affirmative && (looks_itself(r.kind) || r.looked)) {
      double hidden = 0.0;
      for (const Claim& c : e.claims) {
        hidden += conceals(given.hypotheses[c.hypothesis]) / static_cast<double>(e.claims.size());
      }
      e.hidden = hidden / m.concealment->p;
      if (e.hidden > 0.0) e.conceal = m.concealment->variable;
    }
    if (!e.affirmative || e.channel.mode_free || e.channel.staged <= e.channel.alarm) continue;
    const auto& by = given.sources[r.source].controllable_by;
    for (const Staging& s : m.stagings) {
      const bool named = std::any_of(e.claims.begin(), e.claims.end(), [&](const Claim& c) {
        return stages(given.hypotheses[c.hypothesis], s.actor);
      });
      if (!named) continue;
      e.regimes.push_back(s.variable);
      const bool runs =
          std::any_of(by.begin(), by.end(), [&](const auto a) { return a.index == s.actor; });
      if (runs) e.own_regimes.push_back(s.variable);
    }
  }
}

std::vector<DeceptionBelief> plans_believed(const Model& m, Calibration& calibration) {
  std::vector<DeceptionBelief> out;
  const auto one = [&](Variable v) {
    const std::vector<Variable> wanted{v};
    return calibration.marginals(wanted).front()[1];
  };
  bool hidden = false;
  for (const Staging& s : m.stagings) {
    DeceptionBelief b;
    b.actor = casefile::ActorId{s.actor};
    if (m.concealment && m.concealment->actor == s.actor) {
      hidden = true;
      const std::vector<Variable> both{s.variable, m.concealment->variable};
      const auto joint = calibration.joint(both);  // display slow, conceal fast
      b.plan = {joint[0], joint[1], joint[2], joint[3]};
    } else {
      const double p = one(s.variable);
      b.plan = {1.0 - p, 0.0, p, 0.0};
    }
    out.push_back(b);
  }
  if (m.concealment && !hidden) {
    const double p = one(m.concealment->variable);
    out.push_back({casefile::ActorId{m.concealment->actor}, {1.0 - p, p, 0.0, 0.0}});
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.actor.index < b.actor.index; });
  return out;
}

}  // namespace casus::intel
