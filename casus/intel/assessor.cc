// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/assessor.h"

#include <algorithm>
#include <tuple>

#include "casus/base/error.h"
#include "casus/intel/engine.h"

namespace casus::intel {

using casefile::Case;
using casefile::Report;

casefile::ReportId add_report(Case& given, Report report) {
  const auto before = [](const Report& a, const Report& b) {
    return std::tie(a.published, a.id) < std::tie(b.published, b.id);
  };
  const auto at = std::upper_bound(given.reports.begin(), given.reports.end(), report, before);
  const auto place = static_cast<std::uint32_t>(at - given.reports.begin());
  given.reports.insert(at, std::move(report));
  for (Report& r : given.reports) {
    for (auto* const list : {&r.lineage, &r.answers}) {
      for (auto& id : *list) {
        if (id.index >= place) id = casefile::ReportId{id.index + 1};
      }
    }
  }
  return casefile::ReportId{place};
}

void strike_report(Case& given, casefile::ReportId report) {
  given.reports[report].retracted = given.reports[report].published;
}

void regrade_report(Case& given, casefile::ReportId report, char letter, int digit) {
  CASUS_CHECK(letter >= 'A' && letter <= 'F' && digit >= 1 && digit <= 6);
  given.reports[report].source_grade = letter;
  given.reports[report].item_grade = digit;
}

void regrade_source(Case& given, casefile::SourceId source, char letter) {
  CASUS_CHECK(letter >= 'A' && letter <= 'F');
  const char old = given.sources[source].grade;
  given.sources[source].grade = letter;
  for (Report& r : given.reports) {
    if (r.source == source && r.source_grade == old) r.source_grade = letter;
  }
}

Assessor::Assessor(Case given, const AssessOptions& options)
    : given_(std::move(given)), options_(options) {
  ModelOptions how;
  how.grades = options.grades;
  how.split = split_that_fits(given_, how, options.cells);
  engine_ = std::make_unique<Engine>(given_, how, options.threads);
}

Assessor::~Assessor() = default;

std::vector<std::vector<double>> Assessor::posteriors() const { return engine_->hypotheses(); }

Belief Assessor::belief() { return belief_of(*engine_, options_); }

void Assessor::renew() {
  const bool finest = engine_->options().split >= 99;
  if (finest && engine_->renew(options_.cells)) return;
  ++trees_;
  if (finest && engine_->tree().cells() <= options_.cells) return;
  // another splitting of the modes may now be the finest that fits
  ModelOptions how = engine_->options();
  how.split = split_that_fits(given_, how, options_.cells);
  engine_.reset();
  engine_ = std::make_unique<Engine>(given_, how, options_.threads);
}

casefile::ReportId Assessor::add(Report report) {
  CASUS_CHECK(!casefile::find(given_.reports, report.id));
  const auto id = add_report(given_, std::move(report));
  renew();
  return id;
}

void Assessor::strike(casefile::ReportId report) {
  strike_report(given_, report);
  renew();
}

void Assessor::regrade(casefile::ReportId report, char letter, int digit) {
  regrade_report(given_, report, letter, digit);
  renew();
}

void Assessor::regrade(casefile::SourceId source, char letter) {
  regrade_source(given_, source, letter);
  renew();
}

void Assessor::become(Case given) {
  given_ = std::move(given);
  renew();
}

}  // namespace casus::intel
