// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "casus/casefile/handling.h"
#include "casus/intel/curve_json.h"
#include "casus/intel/score.h"

namespace casus::intel {
namespace {

using casefile::Case;
using Json = nlohmann::ordered_json;

Json write_method(const MethodScore& m, const Case& given) {
  Json hypotheses = Json::array();
  for (const HypothesisScore& s : m.hypotheses) {
    const auto& h = given.hypotheses[s.hypothesis];
    hypotheses.push_back({{"id", h.id},
                          {"truth", h.states[s.truth].id},
                          {"p", s.p},
                          {"brier", s.brier},
                          {"log", s.log},
                          {"leading", h.states[s.leading].id}});
  }
  Json days = Json::array();
  for (const DayScore& d : m.days) {
    days.push_back({{"day", to_string(d.day)}, {"brier", d.brier}, {"log", d.log}});
  }
  return {{"id", m.id},
          {"brier", m.brier},
          {"log", m.log},
          {"right", m.right},
          {"walk_brier", m.walk_brier},
          {"walk_log", m.walk_log},
          {"hypotheses", std::move(hypotheses)},
          {"days", std::move(days)},
          {"calibration", curve_json(m.calibration)}};
}

}  // namespace

Json curve_json(const CalibrationCurve& c) {
  Json bins = Json::array();
  for (const CalibrationBin& b : c.bins) {
    bins.push_back({{"low", b.low},
                    {"high", b.high},
                    {"count", b.count},
                    {"stated", b.stated},
                    {"came", b.came},
                    {"came_low", b.came_low},
                    {"came_high", b.came_high}});
  }
  return {{"count", c.count},
          {"brier", c.brier},
          {"reliability", c.reliability},
          {"resolution", c.resolution},
          {"uncertainty", c.uncertainty},
          {"within", c.within},
          {"bins", std::move(bins)}};
}

std::string to_json(const Score& score, const Case& given) {
  Json out = {{"case", score.case_id},
              {"handling", casefile::handling_of_all(given)},
              {"as_of", to_string(score.as_of)},
              {"grades", score.grades},
              {"from", nullptr}};
  if (score.from) out["from"] = to_string(*score.from);
  out["methods"] = Json::array();
  for (const MethodScore& m : score.methods) out["methods"].push_back(write_method(m, given));
  out["report_methods"] = Json::array();
  for (const ReportMethodScore& m : score.report_methods) {
    out["report_methods"].push_back({{"id", m.id},
                                     {"brier", m.brier},
                                     {"log", m.log},
                                     {"calibration", curve_json(m.calibration)}});
  }
  out["reports"] = Json::array();
  for (const ReportScore& r : score.reports) {
    out["reports"].push_back({{"id", given.reports[r.report].id},
                              {"verdict", r.verdict},
                              {"p_true", r.p_true},
                              {"grade", r.grade}});
  }
  return out.dump(1) + "\n";
}

}  // namespace casus::intel
