// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_propagate.h"

#include <algorithm>
#include <limits>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::intel {
namespace {

bool within(const std::vector<std::uint32_t>& small, const std::vector<std::uint32_t>& large) {
  std::size_t k = 0;
  for (const auto v : large) {
    if (k < small.size() && small[k] == v) ++k;
  }
  return k == small.size();
}

}  // namespace

std::vector<std::vector<double>> marginals_of(std::span<const double> table,
                                              std::span<const std::size_t> sizes) {
  if (sizes.size() == 1) return {std::vector<double>(table.begin(), table.end())};
  // halve the variables: what is left of each half is small beside the whole
  std::size_t half = 1;
  std::size_t left = sizes[0];
  while (half + 1 < sizes.size() && left * left < table.size()) left *= sizes[half++];
  const std::size_t right = table.size() / left;
  std::vector<double> first(left, 0.0), second(right, 0.0);
  kernel::gather_runs<kernel::Sum>(table.data(), first.data(), left, right);
  for (std::size_t i = 0; i < left; ++i) {
    kernel::gather_along<kernel::Sum>(table.data() + i * right, second.data(), right);
  }
  auto out = marginals_of(first, sizes.first(half));
  for (auto& m : marginals_of(second, sizes.subspan(half))) out.push_back(std::move(m));
  return out;
}

Propagation::Propagation(const CliqueTree& tree, std::span<const std::uint32_t> states,
                         std::vector<ReducedTable> tables)
    : tree_(tree),
      states_(states.begin(), states.end()),
      tables_(tree.cliques.size()),
      psi_(tree.cliques.size()),
      up_(tree.cliques.size()),
      scale_(tree.cliques.size(), 1.0),
      down_(tree.cliques.size()) {
  place(std::move(tables));
}

// Every table to its clique; one whose variables another holds is multiplied into that.
void Propagation::place(std::vector<ReducedTable> tables) {
  std::stable_sort(tables.begin(), tables.end(),
                   [](const auto& a, const auto& b) { return a.scope.size() > b.scope.size(); });
  for (auto& t : tables) {
    auto& here = tables_[tree_.home_of(t.scope)];
    const auto holder = std::find_if(
        here.begin(), here.end(), [&](const ReducedTable& h) { return within(t.scope, h.scope); });
    if (holder == here.end()) {
      here.push_back(std::move(t));
      continue;
    }
    std::vector<std::size_t> sizes;
    std::vector<bool> inside;
    std::size_t k = 0;
    for (const auto v : holder->scope) {
      sizes.push_back(states_[v]);
      inside.push_back(k < t.scope.size() && t.scope[k] == v);
      if (inside.back()) ++k;
    }
    const auto levels = make_levels(sizes, inside);
    kernel::onto_cells<kernel::Multiply>(levels.data(), levels.size(), holder->table.data(),
                                         t.table.data());
  }
}

template <class Op>
void Propagation::gather_clique(std::size_t clique) {
  const Clique& c = tree_.cliques[clique];
  const Blocks blocks(c.scope, states_);
  std::vector<Lane> lanes;
  std::vector<const double*> source;
  for (const auto& t : tables_[clique]) {
    lanes.push_back(blocks.lane(t.scope));
    source.push_back(t.table.data());
  }
  for (const std::size_t child : c.children) {
    const Clique& below = tree_.cliques[child];
    lanes.push_back(blocks.lane(std::span(below.scope).first(below.shared)));
    source.push_back(up_[child].data());
  }
  lanes.push_back(blocks.lane(std::span(c.scope).first(c.shared)));
  up_[clique].assign(c.shared_size, Op::start);
  psi_[clique].resize(c.size);
  std::vector<Lane*> moving;
  for (Lane& lane : lanes) moving.push_back(&lane);
  const Lane& up = lanes.back();
  double* const message = up_[clique].data();
  blocks.run(moving, [&](std::size_t cell) {
    double* const cells = psi_[clique].data() + cell;
    double constant = 1.0;
    for (std::size_t k = 0; k < source.size(); ++k) {
      if (lanes[k].still) constant *= source[k][lanes[k].offset];
    }
    if (constant == 0.0) {
      std::fill_n(cells, blocks.block(), 0.0);
      return;
    }
    bool fresh = true;
    for (std::size_t k = 0; k < source.size(); ++k) {
      if (lanes[k].still) continue;
      const double* const table = source[k] + lanes[k].offset;
      const auto& levels = lanes[k].levels;
      if (fresh) {
        kernel::onto_cells<kernel::Assign>(levels.data(), levels.size(), cells, table);
      } else {
        kernel::onto_cells<kernel::Multiply>(levels.data(), levels.size(), cells, table);
      }
      fresh = false;
    }
    if (fresh) {
      std::fill_n(cells, blocks.block(), constant);
    } else if (constant != 1.0) {
      for (std::size_t i = 0; i < blocks.block(); ++i) cells[i] *= constant;
    }
    kernel::into_table<Op>(up.levels.data(), up.levels.size(), cells, message + up.offset);
  });
}

double Propagation::gather(Mode mode) {
  double log_scale = 0.0;
  for (std::size_t k = 0; k < tree_.cliques.size(); ++k) {
    if (mode == Mode::sum) {
      gather_clique<kernel::Sum>(k);
    } else {
      gather_clique<kernel::Max>(k);
    }
    const double top = *std::max_element(up_[k].begin(), up_[k].end());
    if (!(top > 0.0)) return -std::numeric_limits<double>::infinity();
    for (double& x : up_[k]) x /= top;
    scale_[k] = top;
    log_scale += log(top);
  }
  return log_scale;
}

void Propagation::spread_clique(std::size_t clique, std::vector<std::vector<double>>& marginals) {
  const Clique& c = tree_.cliques[clique];
  const Blocks blocks(c.scope, states_);
  const std::span<const std::uint32_t> all(c.scope);
  // P(shared) over the message it answers: what turns the clique's cells into probabilities
  std::vector<double> ratio(c.shared_size, 0.0);
  for (std::size_t i = 0; i < ratio.size(); ++i) {
    const double below = up_[clique][i] * scale_[clique];
    if (below > 0.0) ratio[i] = (c.parent ? down_[clique][i] : 1.0) / below;
  }
  std::vector<Lane> lanes{blocks.lane(all.first(c.shared))};
  std::vector<double*> target;
  for (const std::size_t child : c.children) {
    const Clique& below = tree_.cliques[child];
    lanes.push_back(blocks.lane(std::span(below.scope).first(below.shared)));
    down_[child].assign(below.shared_size, 0.0);
    target.push_back(down_[child].data());
  }
  std::vector<double> rest;
  if (c.shared > 0) {
    lanes.push_back(blocks.lane(all.subspan(c.shared)));
    rest.assign(c.size / c.shared_size, 0.0);
    target.push_back(rest.data());
  }
  std::vector<Lane*> moving;
  for (Lane& lane : lanes) moving.push_back(&lane);
  blocks.run(moving, [&](std::size_t cell) {
    double* const cells = psi_[clique].data() + cell;
    const Lane& onto = lanes.front();
    if (onto.still && ratio[onto.offset] == 0.0) {
      std::fill_n(cells, blocks.block(), 0.0);
      return;
    }
    kernel::onto_cells<kernel::Multiply>(onto.levels.data(), onto.levels.size(), cells,
                                         ratio.data() + onto.offset);
    for (std::size_t k = 0; k < target.size(); ++k) {
      const Lane& lane = lanes[k + 1];
      kernel::into_table<kernel::Sum>(lane.levels.data(), lane.levels.size(), cells,
                                      target[k] + lane.offset);
    }
  });
  std::vector<std::size_t> sizes;
  for (std::size_t d = c.shared; d < c.scope.size(); ++d) sizes.push_back(states_[c.scope[d]]);
  auto sums = marginals_of(c.shared > 0 ? rest : psi_[clique], sizes);
  for (std::size_t d = c.shared; d < c.scope.size(); ++d) {
    marginals[c.scope[d]] = std::move(sums[d - c.shared]);
  }
}

std::vector<std::vector<double>> Propagation::spread() {
  std::vector<std::vector<double>> out(states_.size());
  for (std::size_t k = tree_.cliques.size(); k-- > 0;) spread_clique(k, out);
  for (auto& p : out) {
    double sum = 0.0;
    for (const double x : p) sum += x;
    CASUS_CHECK(sum > 0.0);
    for (double& x : p) x /= sum;
  }
  return out;
}

std::span<const double> Propagation::row(std::size_t clique,
                                         std::span<const std::uint32_t> chosen) const {
  const Clique& c = tree_.cliques[clique];
  std::size_t at = 0;
  for (std::size_t d = 0; d < c.shared; ++d) at = at * states_[c.scope[d]] + chosen[c.scope[d]];
  const std::size_t length = c.size / c.shared_size;
  return std::span(psi_[clique]).subspan(at * length, length);
}

std::vector<std::uint32_t> Propagation::most_probable() const {
  std::vector<std::uint32_t> chosen(states_.size(), 0);
  for (std::size_t k = tree_.cliques.size(); k-- > 0;) {
    const Clique& c = tree_.cliques[k];
    const auto cells = row(k, chosen);
    auto best =
        static_cast<std::size_t>(std::max_element(cells.begin(), cells.end()) - cells.begin());
    for (std::size_t d = c.scope.size(); d-- > c.shared;) {
      chosen[c.scope[d]] = static_cast<std::uint32_t>(best % states_[c.scope[d]]);
      best /= states_[c.scope[d]];
    }
  }
  return chosen;
}

std::vector<std::uint32_t> Propagation::draw(
    const std::function<double(std::uint32_t)>& uniform) const {
  std::vector<std::uint32_t> chosen(states_.size(), 0);
  for (std::size_t k = tree_.cliques.size(); k-- > 0;) {
    const Clique& c = tree_.cliques[k];
    auto cells = row(k, chosen);
    // a variable at a time, each given those before it
    for (std::size_t d = c.shared; d < c.scope.size(); ++d) {
      const std::uint32_t v = c.scope[d];
      const std::size_t length = cells.size() / states_[v];
      std::vector<double> weight(states_[v], 0.0);
      kernel::gather_runs<kernel::Sum>(cells.data(), weight.data(), weight.size(), length);
      double total = 0.0;
      for (const double w : weight) total += w;
      double left = uniform(v) * total;
      std::uint32_t state = 0;
      std::uint32_t last = 0;
      for (; state < weight.size(); ++state) {
        if (weight[state] <= 0.0) continue;
        last = state;
        if (left < weight[state]) break;
        left -= weight[state];
      }
      chosen[v] = state < weight.size() ? state : last;  // rounding may run past the end
      cells = cells.subspan(chosen[v] * length, length);
    }
  }
  return chosen;
}

}  // namespace casus::intel
