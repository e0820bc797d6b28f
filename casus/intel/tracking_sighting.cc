// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_sighting.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"
#include "casus/geo/geo.h"
#include "casus/intel/tracking_trajectory.h"

namespace casus::intel {
namespace {

using casefile::Aspect;
using casefile::Case;
using casefile::CountSense;
using casefile::Hypothesis;
using casefile::PlaceId;
using casefile::PlaceKind;
using casefile::Report;

constexpr double highest_ln_men = 14.0;
constexpr double uninformed = 0.5;      // g of A2: says so whatever is so
constexpr double least_in_view = 0.05;  // further off is not in view
constexpr int window = tracked_days - 1;

// Statements are made in capitals and seats; a region is no place to look at.
bool can_be_looked_at(PlaceKind kind) {
  return kind != PlaceKind::capital && kind != PlaceKind::seat && kind != PlaceKind::region;
}

/// What a report says of a contingent's whereabouts.
struct Told {
  PlaceId place{0};
  bool nothing = false;
  std::optional<double> number;
  bool of_the_whole = false;
  bool everywhere = false;  // the whole is all there are, not those at the front
  observe::Range share;     // of the whole that the number speaks of, where it does
};

bool claims_presence(const Case& given, const Model& model, std::size_t report,
                     std::uint32_t contingent) {
  if (!model.evidence_of[report]) return false;
  const Evidence& e = model.evidence[*model.evidence_of[report]];
  if (!e.affirmative || e.denial) return false;
  return std::any_of(e.claims.begin(), e.claims.end(), [&](const Claim& c) {
    const Hypothesis& h = given.hypotheses[c.hypothesis];
    const auto null = null_state(h);
    return h.counts && h.counts->index == contingent && null && !c.holds(*null);
  });
}

std::optional<Told> told_by(const Case& given, const Model& model, std::size_t report,
                            std::uint32_t contingent) {
  const Report& r = given.reports[report];
  if (r.aspect != Aspect::present || repeats_only(r)) return std::nullopt;
  const auto& c = given.contingents[contingent];
  for (const auto& s : r.strengths) {
    if (s.contingent.index != contingent) continue;
    Told out{s.at, r.looked, std::nullopt, false, false, {}};
    if (!r.looked) {
      if (s.count <= 0.0) return std::nullopt;
      out.number = s.count;
    }
    if (model.evidence_of[report]) {
      const auto& told = model.evidence[*model.evidence_of[report]].told;
      out.of_the_whole = told && told->whole;
      const Hypothesis* h = told ? &given.hypotheses[told->hypothesis] : nullptr;
      if (out.of_the_whole) out.share = told->law.share;
      out.everywhere = out.of_the_whole && h->at_places.empty() && h->at_regions.empty();
    }
    out.of_the_whole =
        out.of_the_whole || (s.at == c.destination && c.at_front_hypothesis.has_value());
    return out;
  }
  if (r.looked || !r.place || *r.place == c.destination || *r.place == c.origin ||
      !can_be_looked_at(given.places[*r.place].kind) ||
      !claims_presence(given, model, report, contingent)) {
    return std::nullopt;
  }
  return Told{*r.place, false, std::nullopt, false, false, {}};
}

std::vector<Sighting::Watch> in_view(const Case& given, const Way& way, PlaceId place,
                                     double sigma_km, bool everywhere) {
  std::vector<Sighting::Watch> out;
  const auto& p = given.places[place];
  const double sigma =
      std::max(1.0, std::sqrt(sigma_km * sigma_km + p.precision_km * p.precision_km));
  for (std::size_t k = way.transit; k < way.cells.size(); ++k) {
    const auto& q = given.places[way.cells[k].place];
    double weight = way.cells[k].share;
    if (p.kind == PlaceKind::region) {
      const bool within = p.region ? p.region == q.region : false;
      weight = within ? 1.0 : 0.0;
    } else if (way.cells[k].place != place) {
      const double z = great_circle_km({p.lon, p.lat}, {q.lon, q.lat}) / sigma;
      weight *= z < 4.0 ? exp(-0.5 * z * z) : 0.0;
    }
    if (everywhere) weight = 1.0;
    if (weight >= least_in_view) out.push_back({k, weight});
  }
  return out;
}

double prior_weight(const Case& given, const Model& model, std::size_t report) {
  const Report& r = given.reports[report];
  const double copied = r.lineage.empty() ? 0.0 : r.fidelity;
  return model.reliability[r.source].mean * (1.0 - copied);
}

// How much less a look sees where the men are hidden (as in docs/models/reports.md).
double concealed(const Case& given, std::uint32_t contingent) {
  for (const auto& h : given.hypotheses) {
    if (h.counts && h.counts->index == contingent && h.conceals)
      return 0.5 * h.conceals->prior.mean();
  }
  return 0.0;
}

// Of one kind, one place, overlapping days: the same pass, told more than once.
void share_passes(const Case& given, std::vector<Sighting>& all) {
  std::vector<int> same(all.size(), 0);
  const auto first = [&](const Sighting& s) {
    const auto& o = given.reports[s.report].observed;
    return o ? s.day - (o->second - o->first) : s.day;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      const bool alike = given.reports[all[i].report].kind == given.reports[all[j].report].kind &&
                         all[i].nothing == all[j].nothing && !all[i].of_the_whole &&
                         !all[j].of_the_whole &&
                         all[i].watched.front().cell == all[j].watched.front().cell &&
                         first(all[i]) <= all[j].day && first(all[j]) <= all[i].day;
      if (alike || i == j) ++same[i];
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i].part = 1.0 / same[i];
}

}  // namespace

std::vector<PlaceId> places_told(const Case& given, const Model& model, std::uint32_t contingent) {
  std::vector<PlaceId> out;
  for (std::size_t i = 0; i < given.reports.size(); ++i) {
    const auto told = told_by(given, model, i, contingent);
    if (!told || told->of_the_whole || told->nothing ||
        !can_be_looked_at(given.places[told->place].kind)) {
      continue;
    }
    if (std::find(out.begin(), out.end(), told->place) == out.end()) out.push_back(told->place);
  }
  return out;
}

std::vector<Sighting> sightings_of(const Case& given, const Model& model, const Way& way) {
  std::vector<Sighting> out;
  const double hidden = concealed(given, way.contingent);
  for (std::size_t i = 0; i < given.reports.size(); ++i) {
    const auto told = told_by(given, model, i, way.contingent);
    if (!told) continue;
    const Report& r = given.reports[i];
    const auto stance = given.sources[r.source].stance;
    const auto& kind = observe::law_of(r.kind, stance);
    Sighting s;
    s.report = static_cast<std::uint32_t>(i);
    s.published = r.published;
    s.retracted = r.retracted;
    s.day = window - (given.as_of - day_of(r, stance));
    if (s.day < 0 || s.day > window) continue;
    s.watched = in_view(given, way, told->place, kind.place_sigma_km, told->everywhere);
    if (s.watched.empty()) continue;
    s.nothing = told->nothing;
    s.number = told->number;
    s.of_the_whole = told->of_the_whole;
    s.law.bias = kind.count_bias;
    s.law.sigma = kind.count_sigma;
    if (r.counts == CountSense::at_least) s.law.said.low = 0.3;
    if (r.counts == CountSense::up_to) s.law.said.high = 3.0;
    s.detect = kind.detect_per_week * (s.nothing ? 1.0 - hidden : 1.0);
    s.alarm = kind.alarms_per_week;
    s.share = std::sqrt(s.law.said.low * s.law.said.high);
    if (told->of_the_whole && told->share.high > 0.0) {
      s.law.share = told->share;
      s.share = std::sqrt(told->share.low * told->share.high);
      s.detect = std::min(1.0, s.share);  // a number of the whole covers what it speaks of
    }
    s.weight = prior_weight(given, model, i);
    out.push_back(std::move(s));
  }
  share_passes(given, out);
  return out;
}

double seen_at_all(double detect, double men) {
  if (men < 1.0) return 0.0;
  return 1.0 - exp(men / men_per_group * log1p(-std::min(detect, 1.0 - 1e-9)));
}

Look::Look(const Sighting& sighting) : sighting_(sighting) {
  for (std::size_t i = 0; i < points; ++i) {
    const double men = exp(highest_ln_men * static_cast<double>(i) / (points - 1));
    const double any = seen_at_all(sighting.detect, men);
    if (sighting.nothing) {
      table_[i] = 1.0 - any;
    } else if (sighting.number) {
      const double ratio = observe::told_density(sighting.law, *sighting.number, men) /
                           observe::idle_density(*sighting.number);
      table_[i] = sighting.alarm + any * ratio;
    } else {
      table_[i] = (sighting.alarm + any) / uninformed;
    }
  }
}

double Look::measured(double men) const {
  if (men < 1.0) {
    if (sighting_.nothing) return 1.0;
    return sighting_.number ? sighting_.alarm : sighting_.alarm / uninformed;
  }
  const double at =
      std::min(log(men) / highest_ln_men, 1.0 - 1e-12) * static_cast<double>(points - 1);
  const auto i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  return table_[i] + part * (table_[i + 1] - table_[i]);
}

double Look::log_likelihood(const double* men, double weight) const {
  double seen = 0.0;
  for (const auto& w : sighting_.watched) seen += w.weight * men[w.cell];
  return sighting_.part * log(1.0 - weight + weight * measured(seen));
}

}  // namespace casus::intel
