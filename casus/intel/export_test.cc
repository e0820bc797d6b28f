// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/export.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/intel/bif.h"
#include "casus/intel/infer.h"
#include "casus/intel/infer_read.h"
#include "casus/intel/test_crowd.h"
#include "casus/intel/xdsl.h"

namespace casus::intel {
namespace export_test {

const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};

// Reads a network and its evidence back as `casus infer` would, and holds it to `assess`.
void expect_same(const casefile::Case& given, const std::string& text, const std::string& file,
                 const std::string& evidence) {
  const GraphicalModel model = read_model(text, file);
  const ToldEvidence told = read_evidence(evidence, "reports.json", model.network);
  const Answer answer = query(model, told.items);
  ASSERT_TRUE(answer.exact);
  const Belief belief = assess(given, bare);
  for (std::size_t h = 0; h < given.hypotheses.size(); ++h) {
    const auto& nodes = model.network.nodes;
    const auto at = std::find_if(nodes.begin(), nodes.end(), [&](const NetworkNode& n) {
      return n.name == given.hypotheses[h].id;
    });
    ASSERT_NE(at, nodes.end());
    const auto& p = answer.posteriors[static_cast<std::size_t>(at - nodes.begin())];
    for (std::size_t s = 0; s < p.size(); ++s) {
      EXPECT_NEAR(p[s], belief.hypotheses[h].states[s].p, 1e-9) << given.hypotheses[h].id;
    }
  }
}

TEST(Export, AMadeUpCaseReadBackFromBifAndXdslGivesTheSameBelief) {
  const test::Crowd crowd({.themes = 2, .hypotheses = 3, .sources = 9, .reports = 120});
  const BeliefNetwork net = network_of(crowd.given());
  expect_same(crowd.given(), write_bif(net.network, "made_up"), "made_up.bif", evidence_json(net));
  const BeliefNetwork plain = with_plain_names(net);
  expect_same(crowd.given(), write_bif(plain.network, "made_up"), "plain.bif",
              evidence_json(plain));
  expect_same(crowd.given(), write_xdsl(net.network, "made_up"), "made_up.xdsl",
              evidence_json(net, xdsl_names(net.network)));
}

TEST(Export, TheCaseOf2024ReadBackFromBifGivesTheSameBelief) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const BeliefNetwork net = with_plain_names(network_of(given));
  // one word of letters, digits and underscores, as the grammars of other readers want it
  const auto plain = [](const std::string& name) {
    const auto in = [](char c, char a, char b) { return c >= a && c <= b; };
    const auto letter = [&](char c) { return in(c, 'a', 'z') || in(c, 'A', 'Z'); };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return letter(c) || in(c, '0', '9') || c == '_'; });
  };
  for (const NetworkNode& n : net.network.nodes) {
    EXPECT_TRUE(plain(n.name)) << n.name;
    for (const auto& s : n.states) EXPECT_TRUE(plain(s)) << n.name << ' ' << s;
  }
  expect_same(given, write_bif(net.network, given.id), "dprk.bif", evidence_json(net));
}

TEST(Export, AReportTakenBackIsThereButNotObserved) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  b.report(b.source("a", 'B'), casefile::ReportKind::imagery, h, {1});
  b.report(b.source("b", 'B'), casefile::ReportKind::imagery, h, {1}).retracted =
      Date(2024, 10, 25);
  const BeliefNetwork net = network_of(b.given);
  EXPECT_EQ(evidence_json(net), "{\n \"report:r-0\": \"said\"\n}\n");
  expect_same(b.given, write_bif(net.network, "x"), "x.bif", evidence_json(net));
}

TEST(Export, ATableThatWouldBeTooLargeIsRefusedWithItsSize) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  b.report(b.source("a", 'B'), casefile::ReportKind::imagery, h, {1});
  try {
    (void)network_of(b.given, {.most_numbers = 20});
    FAIL();
  } catch (const ModelError& e) {
    EXPECT_STREQ(e.what(),
                 "the table of 'report:r-0' would hold 28 numbers, more than 20; leave out reports "
                 "that speak to many hypotheses at once, or look from an earlier day");
  }
}

}  // namespace export_test
}  // namespace casus::intel
