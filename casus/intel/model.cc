// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/model.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "casus/base/error.h"
#include "casus/intel/deception.h"
#include "casus/intel/evidence.h"
#include "casus/intel/lineage.h"
#include "casus/intel/pictures.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::Hypothesis;

constexpr double off_the_line = 1e-3;  // P(an evasive word | the line is not to evade)

Variable add_variable(Model& m, std::string name, std::uint32_t states) {
  m.names.push_back(std::move(name));
  m.states.push_back(states);
  return static_cast<Variable>(m.states.size() - 1);
}

void add_hypotheses(const Case& given, Model& m) {
  for (const Hypothesis& h : given.hypotheses) {
    add_variable(m, h.id, static_cast<std::uint32_t>(h.states.size()));
  }
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    std::vector<Variable> written;
    for (const auto p : given.hypotheses[i].parents) written.push_back(p.index);
    written.push_back(i);
    Factor f{written, {}};
    std::sort(f.scope.begin(), f.scope.end());
    const auto& table = given.hypotheses[i].table;
    f.table.resize(table.size());
    walk(f.scope, written, m.states, [&](std::size_t a, std::size_t b) { f.table[a] = table[b]; });
    m.own.push_back(m.factors.size());
    m.factors.push_back(std::move(f));
  }
}

std::map<std::uint32_t, Variable> add_controls(const Case& given, Model& m) {
  std::set<std::uint32_t> actors;
  for (const auto& s : given.sources) {
    for (const auto a : s.controllable_by) actors.insert(a.index);
  }
  std::map<std::uint32_t, Variable> out;
  for (const auto a : actors) {
    out[a] = add_variable(m, "control:" + given.actors[a].id, observe::control_share.size());
    m.factors.push_back(
        {{out[a]}, {observe::control_weight.begin(), observe::control_weight.end()}});
  }
  return out;
}

Factor mode_factor(const std::vector<Variable>& controls, Variable mode,
                   const observe::Reliability& r, const Model& m) {
  Factor f{controls, {}};
  f.scope.push_back(mode);
  std::vector<std::size_t> digit(controls.size(), 0);
  while (true) {
    double free = 1.0;
    for (const std::size_t d : digit) free *= 1.0 - observe::control_share[d];
    const auto p = observe::mode_prior(r, controls.empty() ? 0.0 : 1.0 - free);
    for (std::size_t s = 0; s < observe::source_states; ++s) {
      // an uncontrollable source still has a table of all states; the last has no weight
      f.table.push_back(p[s]);
    }
    std::size_t k = digit.size();
    while (k > 0 && ++digit[k - 1] == m.states[controls[k - 1]]) digit[--k] = 0;
    if (k == 0) break;
  }
  return f;
}

// The hypotheses a source speaks to, in groups no larger than `split`.
void add_sources(const Case& given, const ModelOptions& options, const Model* like, Model& m) {
  const auto controls = add_controls(given, m);
  m.modes_of.resize(given.sources.size());
  std::vector<std::set<std::uint32_t>> speaks(given.sources.size());
  for (const Evidence& e : m.evidence) {
    for (const Claim& c : e.claims) speaks[given.reports[e.report].source].insert(c.hypothesis);
  }
  if (like != nullptr) m.graded = like->graded;
  for (std::size_t i = 0; i < given.sources.size(); ++i) {
    const auto& s = given.sources[i];
    const char grade = read_grade(s.grade, options);
    const Prior prior = observe::grade_prior(grade, s.right, s.wrong, given.grading);
    const auto graded = m.graded.try_emplace({prior.a(), prior.b()});
    if (graded.second) graded.first->second = observe::reliability(prior);
    m.reliability.push_back(graded.first->second);
    std::vector<Variable> above;
    for (const auto a : s.controllable_by) {
      if (above.size() < 2) above.push_back(controls.at(a.index));
    }
    std::sort(above.begin(), above.end());
    above.erase(std::unique(above.begin(), above.end()), above.end());
    std::vector<std::size_t> each;  // a class of people: each report is another one's
    for (std::size_t e = 0; s.many && e < m.evidence.size(); ++e) {
      if (given.reports[m.evidence[e].report].source.index == i) each.push_back(e);
    }
    const std::size_t groups =
        s.many ? each.size() : (speaks[i].size() + options.split - 1) / options.split;
    const std::size_t copies = std::max<std::size_t>(1, groups);
    for (std::size_t k = 0; k < copies; ++k) {
      std::string name = "mode:" + s.id;
      if (k > 0) name += "#" + std::to_string(k + 1);
      const Variable v = add_variable(m, name, observe::source_states);
      m.modes_of[i].push_back(v);
      m.factors.push_back(mode_factor(above, v, m.reliability[i], m));
    }
    for (std::size_t k = 0; k < each.size(); ++k) m.evidence[each[k]].mode = m.modes_of[i][k];
    if (copies == 1 || s.many) continue;
    const std::vector<std::uint32_t> order(speaks[i].begin(), speaks[i].end());
    for (Evidence& e : m.evidence) {
      if (given.reports[e.report].source.index != i) continue;
      const auto at = std::find(order.begin(), order.end(), e.claims.front().hypothesis);
      e.mode = m.modes_of[i][static_cast<std::size_t>(at - order.begin()) / options.split];
    }
  }
  for (Evidence& e : m.evidence) {
    if (!e.mode && !e.channel.mode_free)
      e.mode = m.modes_of[given.reports[e.report].source].front();
    if (e.channel.mode_free) e.mode.reset();
  }
}

// Numbers told of one contingent are weighed together (strength.h); their factor starts as ones.
void add_numbers(const Case& given, Model& m) {
  m.numbers_of.resize(given.hypotheses.size());
  for (const Evidence& e : m.evidence) {
    if (!e.told || m.numbers_of[e.told->hypothesis]) continue;
    const std::uint32_t h = e.told->hypothesis;
    m.numbers_of[h] = m.factors.size();
    m.factors.push_back({{h}, std::vector<double>(m.states[h], 1.0)});
  }
}

// Evasions of the accused follow one line on a question: the second tells nothing new.
void add_lines(Model& m) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Variable> lines;
  for (Evidence& e : m.evidence) {
    if (!e.evasive) continue;
    const Claim& c = e.claims.front();
    const auto [at, fresh] = lines.try_emplace({c.hypothesis, c.states}, 0);
    if (fresh) {
      at->second = add_variable(m, "line:" + m.names[c.hypothesis], 2);
      Factor f{{c.hypothesis, at->second}, {}};
      for (std::uint32_t s = 0; s < m.states[c.hypothesis]; ++s) {
        const double evades =
            c.holds(s) ? observe::evasion_rates.if_so : observe::evasion_rates.if_not_so;
        f.table.push_back(1.0 - evades);
        f.table.push_back(evades);
      }
      m.factors.push_back(std::move(f));
    }
    e.line = at->second;
  }
}

std::vector<Variable> scope_of(const Evidence& e) {
  if (e.line) return {e.claims.front().hypothesis, *e.line};
  std::vector<Variable> scope(e.regimes);
  for (const Claim& c : e.claims) scope.push_back(c.hypothesis);
  if (e.mode) scope.push_back(*e.mode);
  if (e.picture) scope.push_back(*e.picture);
  if (e.conceal) scope.push_back(*e.conceal);
  std::sort(scope.begin(), scope.end());
  scope.erase(std::unique(scope.begin(), scope.end()), scope.end());
  return scope;
}

// Does the likelihood of both come from the same numbers?
bool same_law(const Evidence& a, const Evidence& b) {
  const auto law = [](const Evidence& e) {
    return std::tie(e.claims, e.affirmative, e.channel, e.copied, e.echo, e.mode, e.picture,
                    e.goes_along, e.line, e.regimes, e.own_regimes, e.conceal, e.hidden);
  };
  return law(a) == law(b);
}

// The tables of a model before a change.
class Before {
 public:
  explicit Before(const Model* model) : model_(model) {
    if (model == nullptr) return;
    for (std::size_t i = 0; i < model->evidence.size(); ++i) at_[model->evidence[i].key] = i;
    for (std::size_t s = 0; s < model->modes_of.size(); ++s) {
      for (const Variable v : model->modes_of[s]) source_of_[v] = s;
    }
  }
  // The table of the same report then, if it would come out the same now.
  [[nodiscard]] const Factor* of(const Case& given, const Model& m, const Evidence& e) const {
    const auto found = at_.find(e.key);
    if (found == at_.end() || !e.mode) return nullptr;
    const Evidence& then = model_->evidence[found->second];
    const Factor& factor = model_->factors[then.factor];
    if (!same_law(then, e) || factor.scope != m.factors[e.factor].scope) return nullptr;
    const auto source = given.reports[e.report].source;
    const bool same = model_->reliability[source_of_.at(*then.mode)] == m.reliability[source] &&
                      std::all_of(factor.scope.begin(), factor.scope.end(),
                                  [&](Variable v) { return model_->states[v] == m.states[v]; });
    return same ? &factor : nullptr;
  }

 private:
  const Model* model_;
  std::unordered_map<std::uint64_t, std::size_t> at_;    // by key of the report: its evidence
  std::unordered_map<Variable, std::size_t> source_of_;  // by mode
};

void add_report(const Case& given, Model& m, Evidence& e, const Before& before) {
  e.factor = m.factors.size();
  m.factors.push_back({scope_of(e), {}});
  const Factor* const then = before.of(given, m, e);
  m.factors[e.factor].table =
      then != nullptr ? then->table : likelihood_table(m, e, given.reports[e.report].source.index);
}

// A look that finds nothing: a concealed thing is seen with half the usual chance, and unseen it is
// as if it were not there.
double with_concealment(const Model& m, const Evidence& e, std::size_t mode, std::uint32_t source,
                        const observe::Truth& truth, double p) {
  observe::Truth unseen = truth;
  unseen.share = 1.0;
  const double seen = 1.0 - e.hidden * (1.0 - observe::seen_if_concealed);
  observe::Channel informed = e.channel;
  informed.informed = 1.0;
  return seen * p + (1.0 - seen) * observe::say(informed, mode, m.reliability[source], unseen);
}

}  // namespace

Likelihood likelihood(const Model& model, const Evidence& e, std::uint32_t source,
                      std::span<const std::uint32_t> states_of_scope) {
  const auto& scope = model.factors[e.factor].scope;
  const auto state = [&](Variable v) {
    const auto at = std::lower_bound(scope.begin(), scope.end(), v);
    return states_of_scope[static_cast<std::size_t>(at - scope.begin())];
  };
  if (e.line) return {state(*e.line) == 1 ? 1.0 : off_the_line, 0.0, 0.0};
  std::size_t holding = 0;
  for (const Claim& c : e.claims) holding += c.holds(state(c.hypothesis)) ? 1 : 0;
  observe::Truth truth;
  truth.share = static_cast<double>(holding) / static_cast<double>(e.claims.size());
  for (const Variable v : e.regimes) truth.staging = truth.staging || state(v) == 1;
  truth.pictured = e.picture && state(*e.picture) == 1;
  truth.along = e.goes_along;

  const std::size_t mode = e.mode ? state(*e.mode) : 0;
  observe::Channel informed = e.channel;
  informed.informed = 1.0;
  double p = observe::say(informed, mode, model.reliability[source], truth);
  const bool honest = observe::mode_of(mode) == observe::Mode::honest;
  const bool controlled = observe::mode_of(mode) == observe::Mode::controlled;
  for (const Variable v : e.own_regimes) {  // its master displays what is not so: it goes along
    const double other = (1.0 - truth.share) * (1.0 - e.channel.uninformed.d0);
    if (controlled && state(v) == 1) p += observe::display_discipline * other;
  }
  double staged = controlled ? p : 0.0;
  if (honest && truth.staging && truth.share < 1.0 && !truth.pictured) {
    observe::Truth plain = truth;
    plain.staging = false;
    staged = p - observe::say(informed, mode, model.reliability[source], plain);
  }
  if (honest && e.conceal && state(*e.conceal) == 1 && !truth.pictured) {
    p = with_concealment(model, e, mode, source, truth, p);
  }
  if (honest && !e.channel.mode_free) {
    p = e.channel.informed * p + (1.0 - e.channel.informed) * e.channel.uninformed.careless;
    staged *= e.channel.informed;
  }
  const double copied = e.copied * e.channel.hit;
  p = copied + (1.0 - e.copied) * p;
  return {e.echo + (1.0 - e.echo) * p, (1.0 - e.echo) * (1.0 - e.copied) * staged, e.echo};
}

std::vector<double> likelihood_table(const Model& model, const Evidence& e, std::uint32_t source) {
  const auto& scope = model.factors[e.factor].scope;
  std::size_t size = 1;
  for (const Variable v : scope) size *= model.states[v];
  std::vector<std::uint32_t> digit(scope.size(), 0);
  std::vector<double> table;
  table.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::size_t rest = i;
    for (std::size_t d = digit.size(); d-- > 0;) {
      digit[d] = static_cast<std::uint32_t>(rest % model.states[scope[d]]);
      rest /= model.states[scope[d]];
    }
    table.push_back(likelihood(model, e, source, digit).p);
  }
  return table;
}

std::vector<std::vector<Variable>> Model::scopes() const {
  std::vector<std::vector<Variable>> out;
  for (const Factor& f : factors) out.push_back(f.scope);
  return out;
}

Model build_model(const Case& given, const ModelOptions& options, const Model* like) {
  Model m;
  add_hypotheses(given, m);
  m.evidence_of.resize(given.reports.size());
  for (std::uint32_t i = 0; i < given.reports.size(); ++i) {
    auto e = read_report(given, i, options);
    if (!e) continue;
    m.evidence_of[i] = m.evidence.size();
    m.evidence.push_back(std::move(*e));
    m.evidence.back().key = given.reports[i].key;
  }
  add_plans(given, options, m);
  add_sources(given, options, like, m);
  add_pictures(given, m);
  add_numbers(given, m);
  add_lines(m);
  add_plans_to_reports(given, m);
  add_unknown_lineage(given, m);
  m.priors = m.factors.size();
  const Before before(like);
  for (Evidence& e : m.evidence) {
    add_report(given, m, e, before);
    if (e.told) {
      e.told->measured = m.reliability[given.reports[e.report].source].mean * e.channel.informed *
                         (1.0 - e.copied) * (1.0 - e.echo);
    }
  }
  return m;
}

}  // namespace casus::intel
