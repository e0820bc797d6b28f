// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/engine.h"

#include "casus/base/error.h"
#include "casus/ensemble/run.h"
#include "casus/ensemble/settling.h"

// Compiled once for every lane target, each time with another name of the one way in.
#if !defined(CASUS_ENGINE)
#define CASUS_ENGINE casus_engine_sse2
#endif

namespace casus::ensemble {
namespace {

class StagedState final : public FirstState {
 public:
  explicit StagedState(world::State state) : state_(std::move(state)) {}
  [[nodiscard]] const world::State& state() const { return state_; }
  [[nodiscard]] float knob(std::size_t knob, std::size_t lane) const override {
    return state_.at(world::Var::knob, knob)[lane];
  }
  [[nodiscard]] std::size_t bytes() const override {
    std::size_t sum = 0;
    for (std::size_t v = 0; v < world::variable_table().size(); ++v) {
      sum += state_[static_cast<world::Var>(v)].size_bytes();
    }
    return sum;
  }

 private:
  world::State state_;
};

class StagedEngine final : public Engine {
 public:
  StagedEngine(const casefile::Case& given, const intel::Belief& belief, const Staging& how)
      : stage_(given, belief, how) {}

  [[nodiscard]] const std::vector<SeriesUse>& series() const override { return stage_.series(); }
  [[nodiscard]] std::vector<std::uint32_t> truth(std::uint32_t future) const override {
    return stage_.truth(future);
  }
  [[nodiscard]] std::unique_ptr<const FirstState> start(std::size_t block) const override {
    return std::make_unique<const StagedState>(stage_.start(block));
  }
  [[nodiscard]] Run run(const FirstState& start, casefile::OptionId option,
                        std::size_t block) const override {
    return run_block(stage_, static_cast<const StagedState&>(start).state(), option, block,
                     nullptr);
  }
  [[nodiscard]] std::vector<std::uint32_t> parties() const override {
    return Settling(stage_.model()).parties();
  }
  [[nodiscard]] std::vector<BargainWeek> bargains(const FirstState& start,
                                                  casefile::OptionId option, std::size_t block,
                                                  std::span<const int> weeks) const override {
    const Settling settling(stage_.model());
    std::vector<BargainWeek> out;
    run_block(stage_, static_cast<const StagedState&>(start).state(), option, block, nullptr, {},
              [&](const world::State& state, const world::Now& now) {
                if (out.size() < weeks.size() && now.week == weeks[out.size()])
                  out.push_back(settling.look(state, now));
              });
    return out;
  }
  [[nodiscard]] Replay replay(casefile::OptionId option, std::size_t future,
                              const std::optional<Without>& without) const override {
    return ensemble::replay(stage_, option, future, without);
  }

 private:
  Stage stage_;
};

}  // namespace
}  // namespace casus::ensemble

extern "C" casus::ensemble::Engine* CASUS_ENGINE(const casus::casefile::Case& given,
                                                 const casus::intel::Belief& belief,
                                                 const casus::ensemble::Staging& how);

extern "C" casus::ensemble::Engine* CASUS_ENGINE(const casus::casefile::Case& given,
                                                 const casus::intel::Belief& belief,
                                                 const casus::ensemble::Staging& how) {
  return std::make_unique<casus::ensemble::StagedEngine>(given, belief, how).release();
}
