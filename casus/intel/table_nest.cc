// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/table_nest.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"

namespace casus::intel {
namespace {

using Scope = std::vector<std::uint32_t>;

constexpr double worth_joining = 0.25;  // cells of a table that joins others, over the whole's
constexpr std::size_t few = 2;          // tables that touch the whole: no need to join them
constexpr std::size_t most_feeds = 8;   // factors of at most 1 that a cell takes without underflow

double cells_of(const Scope& scope, std::span<const std::uint32_t> states) {
  double out = 1.0;
  for (const auto v : scope) out *= states[v];
  return out;
}

// The variables of a whole, each with its place in it.
class Places {
 public:
  explicit Places(std::span<const std::uint32_t> whole) : whole_(whole.begin(), whole.end()) {}
  [[nodiscard]] bool contains(const Scope& large, const Scope& small) const {
    std::size_t k = 0;
    for (const auto v : large) {
      if (k < small.size() && small[k] == v) ++k;
    }
    return k == small.size();
  }
  [[nodiscard]] Scope joined(const Scope& a, const Scope& b) const {
    Scope out;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto v : whole_) {
      const bool in_a = i < a.size() && a[i] == v;
      const bool in_b = j < b.size() && b[j] == v;
      i += in_a ? 1 : 0;
      j += in_b ? 1 : 0;
      if (in_a || in_b) out.push_back(v);
    }
    return out;
  }

 private:
  Scope whole_;
};

// Scopes that lie in no other.
std::vector<Scope> outermost(const std::vector<Scope>& scopes, const Places& places) {
  std::vector<Scope> out;
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    bool inside = false;
    for (std::size_t j = 0; j < scopes.size() && !inside; ++j) {
      inside =
          j != i && scopes[j].size() > scopes[i].size() && places.contains(scopes[j], scopes[i]);
    }
    if (!inside) out.push_back(scopes[i]);
  }
  return out;
}

// Adds tables that join others, the smallest joins first, until few touch the whole.
void join(std::span<const std::uint32_t> whole, std::vector<Scope>& scopes,
          std::span<const std::uint32_t> states) {
  const Places places(whole);
  const double cells = cells_of(Scope(whole.begin(), whole.end()), states);
  std::vector<Scope> top = outermost(scopes, places);
  std::vector<std::vector<double>> size(top.size(), std::vector<double>(top.size(), 0.0));
  const auto measure = [&](std::size_t i, std::size_t j) {
    size[i][j] = size[j][i] = cells_of(places.joined(top[i], top[j]), states);
  };
  for (std::size_t i = 0; i < top.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) measure(i, j);
  }
  while (top.size() > few) {
    std::size_t a = 1;
    std::size_t b = 0;
    for (std::size_t i = 0; i < top.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (size[i][j] < size[a][b]) a = i, b = j;
      }
    }
    if (size[a][b] > worth_joining * cells && (top.size() <= most_feeds || size[a][b] >= cells)) {
      return;
    }
    const Scope both = places.joined(top[a], top[b]);
    scopes.push_back(both);
    top[b] = both;
    for (std::size_t i = top.size(); i-- > 0;) {
      if (i == b || !places.contains(both, top[i])) continue;
      top.erase(top.begin() + static_cast<std::ptrdiff_t>(i));
      size.erase(size.begin() + static_cast<std::ptrdiff_t>(i));
      for (auto& row : size) row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
      if (i < b) --b;
    }
    for (std::size_t i = 0; i < top.size(); ++i) {
      if (i != b) measure(i, b);
    }
  }
}

}  // namespace

namespace {

constexpr std::size_t worth_slicing = 1 << 18;   // cells
constexpr std::size_t most_set_apart = 1 << 22;  // cells of tables that slices fill for themselves

void stream_slice(const Blocks& whole, std::size_t slice, std::vector<Feed> feeds,
                  std::vector<Drain> drains) {
  std::vector<Lane*> moving;
  for (Feed& f : feeds) moving.push_back(&f.lane);
  for (Drain& d : drains) moving.push_back(&d.lane);
  Table block(whole.block());
  Table scratch(2 * whole.block());
  double* const cells = block.data();
  whole.run_slice(slice, moving, [&](std::size_t) {
    double constant = 1.0;
    for (const Feed& f : feeds) {
      if (f.lane.still) constant *= f.table[f.lane.offset];
    }
    if (constant == 0.0) return;
    bool fresh = true;
    for (const Feed& f : feeds) {
      if (f.lane.still) continue;
      const double* const table = f.table + f.lane.offset;
      if (fresh) {
        f.lane.slabs.assign(cells, table, scratch.data());
      } else {
        f.lane.slabs.multiply(cells, table, scratch.data());
      }
      fresh = false;
    }
    if (fresh) {
      std::fill(block.begin(), block.end(), constant);
    } else if (constant != 1.0) {
      multiply(block, constant);
    }
    for (const Drain& d : drains) {
      d.lane.slabs.sum(cells, d.table + d.lane.offset, scratch.data());
    }
  });
}

}  // namespace

void stream(const Blocks& whole, std::span<const Feed> in, std::span<const Drain> out,
            std::size_t threads) {
  const std::vector<Feed> feeds(in.begin(), in.end());
  if (whole.cells() < worth_slicing || whole.slices() == 1) {
    for (std::size_t s = 0; s < whole.slices(); ++s) {
      stream_slice(whole, s, feeds, {out.begin(), out.end()});
    }
    return;
  }
  // what does not move with the slice is summed for each by itself, then added in their order
  std::size_t set_apart = 0;
  for (const Drain& d : out) set_apart += d.lane.step.front() == 0 ? d.size : 0;
  if (set_apart * whole.slices() > most_set_apart) threads = 1;
  std::vector<std::vector<Table>> own(whole.slices());
  const auto add = [&](std::size_t s) {
    std::size_t next = 0;
    for (const Drain& d : out) {
      if (d.lane.step.front() != 0) continue;
      const Table& from = own[s][next++];
      for (std::size_t i = 0; i < d.size; ++i) d.table[i] += from[i];
    }
    own[s].clear();
  };
  parallel_for(whole.slices(), threads, [&](std::size_t s) {
    std::vector<Drain> drains(out.begin(), out.end());
    for (Drain& d : drains) {
      if (d.lane.step.front() == 0) d.table = own[s].emplace_back(d.size, 0.0).data();
    }
    stream_slice(whole, s, feeds, std::move(drains));
    if (threads == 1) add(s);
  });
  if (threads == 1) return;
  for (std::size_t s = 0; s < own.size(); ++s) add(s);
}

Nests::Nests(std::span<const std::uint32_t> whole, std::vector<Scope> scopes,
             std::span<const std::uint32_t> states) {
  const std::size_t asked = scopes.size();
  join(whole, scopes, states);
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    Scope& scope = scopes[i];
    Nest n;
    n.joined = i >= asked;
    n.size = static_cast<std::size_t>(cells_of(scope, states));
    n.scope = std::move(scope);
    nests_.push_back(std::move(n));
  }
  std::stable_sort(nests_.begin(), nests_.end(), [](const Nest& a, const Nest& b) {
    if (a.size != b.size) return a.size > b.size;
    return a.scope.size() != b.scope.size() ? a.scope.size() > b.scope.size() : a.scope < b.scope;
  });
  blocks_.emplace_back(whole, states);
  const Places places(whole);
  for (std::size_t i = 0; i < nests_.size(); ++i) {
    nests_[i].last = i;
    blocks_.emplace_back(nests_[i].scope, states);
    for (std::size_t j = i; j-- > 0;) {
      if (!places.contains(nests_[j].scope, nests_[i].scope)) continue;
      nests_[i].within = j;
      nests_[j].last = i;
      break;
    }
    const auto& from = blocks_[nests_[i].within ? *nests_[i].within + 1 : 0];
    nests_[i].lane = from.lane(nests_[i].scope);
  }
}

std::size_t Nests::find(std::span<const std::uint32_t> scope) const {
  const auto at = std::find_if(nests_.begin(), nests_.end(), [&](const Nest& n) {
    return std::equal(n.scope.begin(), n.scope.end(), scope.begin(), scope.end());
  });
  CASUS_CHECK(at != nests_.end());
  return static_cast<std::size_t>(at - nests_.begin());
}

std::vector<Feed> Nests::feeds(std::span<const double* const> tables) const {
  std::vector<Feed> out;
  for (std::size_t i = 0; i < nests_.size(); ++i) {
    if (!nests_[i].within) out.push_back({nests_[i].lane, tables[i]});
  }
  return out;
}

std::vector<Drain> Nests::drains(std::vector<Table>& tables) const {
  std::vector<Drain> out;
  tables.resize(nests_.size());
  for (std::size_t i = 0; i < nests_.size(); ++i) {
    if (nests_[i].within) continue;
    tables[i].assign(nests_[i].size, 0.0);
    out.push_back({nests_[i].lane, tables[i].data(), nests_[i].size});
  }
  return out;
}

void Nests::multiply_within(std::size_t i, const double* table, double* onto, bool anew) const {
  const Blocks& blocks = blocks_[*nests_[i].within + 1];
  Lane lane = nests_[i].lane;
  Lane* const one = &lane;
  Table scratch(2 * blocks.block());
  blocks.run(std::span(&one, 1), [&](std::size_t cell) {
    if (anew) {
      lane.slabs.assign(onto + cell, table + lane.offset, scratch.data());
    } else {
      lane.slabs.multiply(onto + cell, table + lane.offset, scratch.data());
    }
  });
}

void Nests::sum_within(std::vector<Table>& tables) const {
  for (std::size_t i = 0; i < nests_.size(); ++i) {
    if (!nests_[i].within) continue;
    tables[i].assign(nests_[i].size, 0.0);
    double* const into = tables[i].data();
    const double* const cells = tables[*nests_[i].within].data();
    Lane lane = nests_[i].lane;
    Lane* const one = &lane;
    const Blocks& blocks = blocks_[*nests_[i].within + 1];
    Table scratch(2 * blocks.block());
    blocks.run(std::span(&one, 1), [&](std::size_t cell) {
      lane.slabs.sum(cells + cell, into + lane.offset, scratch.data());
    });
    const std::size_t within = *nests_[i].within;
    if (nests_[within].joined && nests_[within].last == i) tables[within] = {};
  }
}

double scale_by_top(Table& table) {
  const double top = largest(table);
  if (!(top > 0.0)) return 0.0;
  int exponent = 0;
  const double rest = std::frexp(top, &exponent);  // top = rest 2^exponent, rest in [1/2, 1)
  if (rest == 0.5) --exponent;
  if (exponent != 0) multiply(table, std::ldexp(1.0, -exponent));
  return std::ldexp(1.0, exponent);
}

double scale_down(Table& table) { return log(scale_by_top(table)); }

}  // namespace casus::intel
