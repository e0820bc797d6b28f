// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/engine.h"

#include <cstring>

#include "casus/base/error.h"
#include "casus/ensemble/run.h"
#include "casus/ensemble/settling.h"

// Compiled once for every lane target, each time with another name of the one way in.
#if !defined(CASUS_ENGINE)
#define CASUS_ENGINE casus_engine_sse2
#endif

namespace casus::ensemble {
namespace {

/// A block is played in packs of as many futures as there are lanes.
constexpr std::size_t packs = block_futures / lanes::width;
static_assert(packs * lanes::width == block_futures);

/// Lays rows of one pack after another side by side.
void join(const std::vector<float>& from, std::size_t pack, std::vector<float>& to) {
  const std::size_t rows = from.size() / lanes::width;
  to.resize(rows * block_futures);
  for (std::size_t row = 0; row < rows; ++row) {
    std::memcpy(to.data() + row * block_futures + pack * lanes::width,
                from.data() + row * lanes::width, lanes::width * sizeof(float));
  }
}

class StagedState final : public FirstState {
 public:
  explicit StagedState(std::vector<world::State> states) : states_(std::move(states)) {}
  [[nodiscard]] const world::State& state(std::size_t pack) const { return states_[pack]; }
  [[nodiscard]] float knob(std::size_t knob, std::size_t future) const override {
    return states_[future / lanes::width].at(world::Var::knob, knob)[future % lanes::width];
  }
  [[nodiscard]] std::size_t bytes() const override {
    std::size_t sum = 0;
    for (std::size_t v = 0; v < world::variable_table().size(); ++v) {
      sum += states_.front()[static_cast<world::Var>(v)].size_bytes();
    }
    return sum * packs;
  }

 private:
  std::vector<world::State> states_;
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
    std::vector<world::State> states;
    for (std::size_t p = 0; p < packs; ++p) states.push_back(stage_.start(block * packs + p));
    return std::make_unique<const StagedState>(std::move(states));
  }
  void run(const FirstState& start, casefile::OptionId option, std::size_t block,
           Run& out) const override {
    out.clamps = {};
    for (std::size_t p = 0; p < packs; ++p) {
      run_pack(stage_, state_of(start, p), option, block * packs + p, {out, packs, p});
    }
  }
  [[nodiscard]] std::vector<std::uint32_t> parties() const override {
    return Settling(stage_.model()).parties();
  }
  [[nodiscard]] std::vector<BargainWeek> bargains(const FirstState& start,
                                                  casefile::OptionId option, std::size_t block,
                                                  std::span<const int> weeks) const override {
    const Settling settling(stage_.model());
    std::vector<BargainWeek> all(weeks.size());
    for (std::size_t p = 0; p < packs; ++p) {
      std::size_t w = 0;
      Run unused;
      run_pack(stage_, state_of(start, p), option, block * packs + p, {unused}, nullptr, {},
               [&](const world::State& state, const world::Now& now) {
                 if (w == weeks.size() || now.week != weeks[w]) return;
                 const BargainWeek one = settling.look(state, now);
                 join(one.surplus, p, all[w].surplus);
                 join(one.renewed, p, all[w].renewed);
                 join(one.war, p, all[w].war);
                 join(one.fighting, p, all[w].fighting);
                 ++w;
               });
      all.resize(w);  // weeks beyond the horizon are not seen
    }
    return all;
  }
  [[nodiscard]] Replay replay(casefile::OptionId option, std::size_t future,
                              const std::optional<Without>& without) const override {
    return ensemble::replay(stage_, option, future, without);
  }

 private:
  static const world::State& state_of(const FirstState& start, std::size_t pack) {
    return static_cast<const StagedState&>(start).state(pack);
  }

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
