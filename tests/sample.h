// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/parallel.h"
#include "casus/ensemble/engine.h"
#include "casus/intel/belief.h"

/// Ten thousand futures of one option, of which only a few series are kept: what the slow evidence
/// is made of.
namespace casus::evidence {

struct Wanted {
  std::string variable;
  std::vector<std::string> entities;
};

class Sample {
 public:
  Sample(const casefile::Case& given, const std::string& option, int weeks, std::size_t futures,
         std::vector<Wanted> wanted, std::uint64_t seed = 1)
      : given_(&given),
        futures_(futures),
        weeks_(static_cast<std::size_t>(weeks)),
        wanted_(std::move(wanted)) {
    const auto belief =
        intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
    const auto engine = ensemble::make_engine({}, given, belief, {.seed = seed, .weeks = weeks});
    const auto which = ensemble::playable_option(given, option);
    const auto rows = rows_of(*engine);
    weekly_.resize(wanted_.size() * weeks_ * futures_);
    outcome_.resize(casefile::measures().size() * futures_);
    answer_.resize(given.questions.size() * futures_);
    clamps_.resize(blocks());
    knob_.resize(world::knobs().size() * futures_);
    parallel_for(blocks(), 0, [&](std::size_t b) {
      const auto start = engine->start(b);
      ensemble::Run run;
      engine->run(*start, which, b, run);
      clamps_[b] = run.clamps;
      keep(b, rows, run, *start);
    });
  }

  [[nodiscard]] std::size_t futures() const { return futures_; }
  [[nodiscard]] std::size_t weeks() const { return weeks_; }
  /// The value of the k-th wanted series.
  [[nodiscard]] double at(std::size_t k, std::size_t future, std::size_t week) const {
    return static_cast<double>(weekly_[(k * weeks_ + week) * futures_ + future]);
  }
  [[nodiscard]] double outcome(const std::string& measure, std::size_t future) const {
    const auto all = casefile::measures();
    const auto found = std::ranges::find(all, measure, &casefile::Measure::name);
    if (found == all.end()) throw InternalError("no measure " + measure);
    const auto m = static_cast<std::size_t>(found - all.begin());
    return static_cast<double>(outcome_[m * futures_ + future]);
  }
  [[nodiscard]] double answer(const std::string& question, std::size_t future) const {
    const std::size_t q = casefile::find(given_->questions, question).value();
    return static_cast<double>(answer_[q * futures_ + future]);
  }
  [[nodiscard]] double knob(std::string_view id, std::size_t future) const {
    return static_cast<double>(knob_[world::knob_index(id) * futures_ + future]);
  }
  /// Share of all updates in which a value had to be brought back into its range.
  [[nodiscard]] double clamped() const {
    double clamped = 0.0, updates = 0.0;
    for (const auto& c : clamps_) {
      clamped += static_cast<double>(c.clamped);
      updates += static_cast<double>(c.updates);
    }
    return clamped / updates;
  }

 private:
  [[nodiscard]] std::size_t blocks() const { return (futures_ + lanes::width - 1) / lanes::width; }

  [[nodiscard]] std::vector<std::size_t> rows_of(const ensemble::Engine& engine) const {
    std::vector<std::size_t> rows;
    for (const Wanted& w : wanted_) {
      const auto& all = engine.series();
      const auto found = std::ranges::find_if(all, [&](const ensemble::SeriesUse& s) {
        return s.series.variable == w.variable &&
               std::ranges::is_permutation(s.series.entities, w.entities);
      });
      if (found == all.end()) throw InternalError("no series " + w.variable);
      rows.push_back(static_cast<std::size_t>(found - all.begin()));
    }
    return rows;
  }

  void keep(std::size_t block, const std::vector<std::size_t>& rows, const ensemble::Run& run,
            const ensemble::FirstState& start) {
    const std::size_t first = block * lanes::width;
    const std::size_t count = std::min(lanes::width, futures_ - first);
    const auto copy = [&](const float* from, std::vector<float>& to, std::size_t row) {
      std::copy_n(from, count, to.data() + row * futures_ + first);
    };
    for (std::size_t k = 0; k < rows.size(); ++k) {
      for (std::size_t w = 0; w < weeks_; ++w) {
        copy(run.weekly.data() + (rows[k] * weeks_ + w) * lanes::width, weekly_, k * weeks_ + w);
      }
    }
    for (std::size_t m = 0; m < casefile::measures().size(); ++m) {
      copy(run.outcome.data() + m * lanes::width, outcome_, m);
    }
    for (std::size_t q = 0; q < given_->questions.size(); ++q) {
      copy(run.answer.data() + q * lanes::width, answer_, q);
    }
    for (std::size_t k = 0; k < world::knobs().size(); ++k) {
      for (std::size_t lane = 0; lane < count; ++lane) {
        knob_[k * futures_ + first + lane] = start.knob(k, lane);
      }
    }
  }

  const casefile::Case* given_;
  std::size_t futures_, weeks_;
  std::vector<Wanted> wanted_;
  std::vector<float> weekly_;   ///< [wanted][week][future]
  std::vector<float> outcome_;  ///< [measure][future]
  std::vector<float> answer_;   ///< [question][future]
  std::vector<float> knob_;     ///< [knob][future]
  std::vector<world::Clamps> clamps_;
};

}  // namespace casus::evidence
