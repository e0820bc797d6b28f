// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/analysts.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/coherence.h"

namespace casus::intel {
namespace {

using casefile::Case;
using casefile::HypothesisId;
using casefile::Panel;
using casefile::Pool;

// One analyst's zero must not silence all others in a pool of log-odds.
constexpr double least_pooled = 0.005;

// What was stated, with the states not named sharing what is left.
std::vector<double> filled(const std::vector<std::optional<double>>& stated) {
  double sum = 0.0;
  double open = 0.0;
  for (const auto& p : stated) {
    sum += p.value_or(0.0);
    open += p ? 0.0 : 1.0;
  }
  const double rest = open > 0.0 ? std::max(0.0, 1.0 - sum) / open : 0.0;
  std::vector<double> out;
  for (const auto& p : stated) out.push_back(p.value_or(rest));
  return out;
}

AnalystView view_of(const Case& given, const casefile::Analyst& analyst) {
  AnalystView view;
  view.id = analyst.id;
  view.name = analyst.name;
  view.weight = analyst.weight;
  std::vector<HypothesisId> about;
  CoherentSet::Marginals stated;
  for (const auto& s : analyst.says) {
    about.push_back(s.hypothesis);
    stated.push_back(filled(s.p));
  }
  if (about.empty()) return view;
  const auto coherent = CoherentSet(given, about).project(stated);
  double squares = 0.0;
  for (std::size_t i = 0; i < about.size(); ++i) {
    AnalystJudgement j;
    j.hypothesis = about[i];
    j.date = analyst.says[i].date;
    j.stated = analyst.says[i].p;
    j.p = coherent[i];
    for (std::size_t s = 0; s < j.p.size(); ++s) {
      squares += (j.p[s] - stated[i][s]) * (j.p[s] - stated[i][s]);
    }
    view.judgements.push_back(std::move(j));
  }
  view.incoherence = std::sqrt(squares);
  return view;
}

struct Opinion {
  std::uint32_t analyst = 0;
  double weight = 0.0;
  const std::vector<double>* p = nullptr;
};

std::vector<Opinion> opinions_on(const std::vector<AnalystView>& views, HypothesisId h) {
  std::vector<Opinion> out;
  for (std::uint32_t a = 0; a < views.size(); ++a) {
    for (const AnalystJudgement& j : views[a].judgements) {
      if (j.hypothesis == h) out.push_back({a, views[a].weight, &j.p});
    }
  }
  return out;
}

std::vector<double> linear_pool(const std::vector<Opinion>& opinions) {
  std::vector<double> out(opinions.front().p->size(), 0.0);
  double total = 0.0;
  for (const Opinion& o : opinions) total += o.weight;
  for (const Opinion& o : opinions) {
    for (std::size_t s = 0; s < out.size(); ++s) out[s] += o.weight / total * (*o.p)[s];
  }
  return out;
}

// Weighted geometric means, scaled to one: with two states, the mean of the log-odds.
std::vector<double> log_odds_pool(const std::vector<Opinion>& opinions) {
  const std::size_t states = opinions.front().p->size();
  std::vector<double> out(states, 0.0);
  double total = 0.0;
  for (const Opinion& o : opinions) total += o.weight;
  double sum = 0.0;
  for (std::size_t s = 0; s < states; ++s) {
    const bool nobody = std::all_of(opinions.begin(), opinions.end(), [&](const Opinion& o) {
      return o.weight <= 0.0 || (*o.p)[s] <= 0.0;
    });
    if (nobody) continue;
    double mean = 0.0;
    for (const Opinion& o : opinions) {
      if (o.weight > 0.0) mean += o.weight / total * log(std::max((*o.p)[s], least_pooled));
    }
    out[s] = exp(mean);
    sum += out[s];
  }
  for (double& p : out) p /= sum;
  return out;
}

PooledJudgement pooled(const std::vector<Opinion>& opinions, HypothesisId h, Pool how,
                       const std::vector<double>& engine) {
  PooledJudgement out;
  out.hypothesis = h;
  out.engine = engine;
  out.p = how == Pool::linear ? linear_pool(opinions) : log_odds_pool(opinions);
  out.low = out.high = *opinions.front().p;
  for (std::size_t i = 0; i < opinions.size(); ++i) {
    const auto& p = *opinions[i].p;
    for (std::size_t s = 0; s < p.size(); ++s) {
      out.low[s] = std::min(out.low[s], p[s]);
      out.high[s] = std::max(out.high[s], p[s]);
    }
    const double away = total_variation(p, engine);
    if (i == 0 || away > out.farthest_distance) {
      out.farthest = opinions[i].analyst;
      out.farthest_distance = away;
    }
    for (std::size_t k = i + 1; k < opinions.size(); ++k) {
      out.pairs.push_back(
          {opinions[i].analyst, opinions[k].analyst, total_variation(p, *opinions[k].p)});
    }
  }
  for (const AnalystPair& pair : out.pairs) {
    out.disagreement += pair.distance / static_cast<double>(out.pairs.size());
  }
  return out;
}

// Who counts in the pool on a hypothesis.
std::vector<std::uint32_t> circle_of(const std::vector<AnalystView>& views, HypothesisId h) {
  std::vector<std::uint32_t> out;
  for (const Opinion& o : opinions_on(views, h)) {
    if (o.weight > 0.0) out.push_back(o.analyst);
  }
  return out;
}

// What one circle of analysts says of several hypotheses must fit together. A linear pool does
// already; one of log-odds need not. Pools of different circles are left as they are: nobody's
// silence on one question moves what others say of it.
void make_pools_coherent(const Case& given, AnalystViews& all) {
  std::map<std::vector<std::uint32_t>, std::vector<std::size_t>> circles;
  for (std::size_t i = 0; i < all.hypotheses.size(); ++i) {
    circles[circle_of(all.views, all.hypotheses[i].hypothesis)].push_back(i);
  }
  for (const auto& circle : circles) {
    std::vector<HypothesisId> about;
    CoherentSet::Marginals p;
    for (const std::size_t i : circle.second) {
      about.push_back(all.hypotheses[i].hypothesis);
      p.push_back(all.hypotheses[i].p);
    }
    auto coherent = CoherentSet(given, about).project(p);
    for (std::size_t k = 0; k < about.size(); ++k) {
      all.hypotheses[circle.second[k]].p = std::move(coherent[k]);
    }
  }
}

void compare(AnalystViews& all, const std::vector<std::vector<double>>& engine) {
  for (std::uint32_t a = 0; a < all.views.size(); ++a) {
    for (AnalystJudgement& j : all.views[a].judgements) {
      j.from_engine = total_variation(j.p, engine[j.hypothesis]);
      for (PooledJudgement& h : all.hypotheses) {
        if (h.hypothesis != j.hypothesis) continue;
        j.from_pool = total_variation(j.p, h.p);
        j.dissents = j.from_pool > all.band;
        if (j.dissents) h.dissent.push_back(a);
      }
    }
  }
}

}  // namespace

double total_variation(const std::vector<double>& a, const std::vector<double>& b) {
  CASUS_CHECK(a.size() == b.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::fabs(a[i] - b[i]);
  return 0.5 * sum;
}

AnalystViews view_analysts(const Case& given, const Panel& panel,
                           const std::vector<std::vector<double>>& engine) {
  CASUS_CHECK(engine.size() == given.hypotheses.size());
  AnalystViews out;
  out.pool = panel.pool;
  out.band = panel.band;
  for (const auto& analyst : panel.analysts) out.views.push_back(view_of(given, analyst));
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const HypothesisId h{i};
    const auto opinions = opinions_on(out.views, h);
    const bool weighed = std::any_of(opinions.begin(), opinions.end(),
                                     [](const Opinion& o) { return o.weight > 0.0; });
    if (weighed) out.hypotheses.push_back(pooled(opinions, h, panel.pool, engine[i]));
  }
  make_pools_coherent(given, out);
  compare(out, engine);
  return out;
}

}  // namespace casus::intel
