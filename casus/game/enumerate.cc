// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "casus/base/error.h"
#include "casus/game/bimatrix.h"
#include "casus/game/bimatrix_parts.h"

namespace casus::game {
namespace {

// A set of strategies of both players: bit i for one of the first, bit m + j for one of the second.
struct Labels {
  std::array<std::uint64_t, 4> words{};
  void set(std::size_t i) { words[i / 64] |= std::uint64_t{1} << i % 64; }
  void clear(std::size_t i) { words[i / 64] &= ~(std::uint64_t{1} << i % 64); }
  [[nodiscard]] bool has(std::size_t i) const { return (words[i / 64] >> i % 64 & 1U) != 0; }
  [[nodiscard]] bool covers(const Labels& other) const {
    for (std::size_t w = 0; w < words.size(); ++w) {
      if ((other.words[w] & ~words[w]) != 0) return false;
    }
    return true;
  }
  bool operator==(const Labels&) const = default;
};

struct LabelsHash {
  std::size_t operator()(const Labels& labels) const {
    std::uint64_t h = 0x9E3779B97F4A7C15;
    for (const std::uint64_t word : labels.words) {
      h = (h ^ word) * 0xFF51AFD7ED558CCD;
      h ^= h >> 32;
    }
    return h;
  }
};

struct Vertex {
  Labels labels;  // strategies unplayed here, or best replies to what is played
  std::vector<double> point;
  bool degenerate = false;  // more labels than dimensions
};

// Variable of a polytope <-> label. The first player's columns are labels as they stand; the
// second's columns come after the first's rows.
struct Numbering {
  std::size_t columns, rows;
  bool second;
  [[nodiscard]] std::size_t label(std::size_t variable) const {
    if (!second) return variable;
    return variable < columns ? rows + variable : variable - columns;
  }
};

class Walk {
 public:
  Walk(Dictionary dictionary, bool second, const EnumerateOptions& options)
      : at_(std::move(dictionary)),
        numbering_{at_.columns(), at_.rows(), second},
        options_(options) {}

  // Every vertex but the one where nobody plays.
  std::vector<Vertex> vertices() {
    std::vector<bool> basic(at_.variables(), false);
    std::fill(basic.begin() + static_cast<std::ptrdiff_t>(at_.columns()), basic.end(), true);
    push(basic);
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      if (options_.progress && next % 4096 == 0) options_.progress(next, queue_.size());
      basic = basis(queue_[next]);
      if (!at_.go(basic)) {
        lost_ = true;
        continue;
      }
      visit();
      neighbours(basic);
    }
    return std::move(found_);
  }

  [[nodiscard]] bool whole() const { return !full_ && !lost_ && !at_.doubtful(); }
  [[nodiscard]] bool full() const { return full_; }

 private:
  [[nodiscard]] std::vector<bool> basis(const Labels& packed) const {
    std::vector<bool> basic(at_.variables());
    for (std::size_t v = 0; v < basic.size(); ++v) basic[v] = packed.has(v);
    return basic;
  }

  void push(const std::vector<bool>& basic) {
    Labels packed;
    for (std::size_t v = 0; v < basic.size(); ++v) {
      if (basic[v]) packed.set(v);
    }
    push(packed);
  }

  void push(const Labels& packed) {
    if (known_.size() >= options_.most_bases) {
      full_ = full_ || !known_.contains(packed);
      return;
    }
    if (known_.insert(packed).second) queue_.push_back(packed);
  }

  void visit() {
    Vertex vertex;
    for (std::size_t c = 0; c < at_.columns(); ++c) {
      vertex.labels.set(numbering_.label(at_.nonbasic(c)));
    }
    for (std::size_t r = 0; r < at_.rows(); ++r) {
      if (!at_.zero(r)) continue;
      vertex.labels.set(numbering_.label(at_.basic(r)));
      vertex.degenerate = true;
    }
    if (vertex.degenerate && !met_.insert(vertex.labels).second) return;
    vertex.point = at_.point();
    if (std::all_of(vertex.point.begin(), vertex.point.end(), [](double x) { return x <= 0.0; })) {
      return;
    }
    for (std::size_t i = 0; i < vertex.point.size(); ++i) {
      const std::size_t label = numbering_.label(i);
      if (vertex.labels.has(label)) vertex.point[i] = 0.0;
    }
    found_.push_back(std::move(vertex));
  }

  void neighbours(const std::vector<bool>& basic) {
    Labels packed;
    for (std::size_t v = 0; v < basic.size(); ++v) {
      if (basic[v]) packed.set(v);
    }
    for (std::size_t c = 0; c < at_.columns(); ++c) {
      const std::size_t row = at_.leaving(c);
      if (row == at_.rows()) continue;  // cannot be: the polytope is bounded
      Labels next = packed;
      next.set(at_.nonbasic(c));
      next.clear(at_.basic(row));
      push(next);
    }
  }

  Dictionary at_;
  Numbering numbering_;
  const EnumerateOptions& options_;
  std::unordered_set<Labels, LabelsHash> known_, met_;
  std::vector<Labels> queue_;
  std::vector<Vertex> found_;
  bool full_ = false, lost_ = false;
};

// Pairs (x, y) whose labels are all labels.
std::vector<std::array<std::size_t, 2>> matches(const std::vector<Vertex>& xs,
                                                const std::vector<Vertex>& ys, std::size_t labels) {
  std::unordered_multimap<Labels, std::size_t, LabelsHash> plain;
  std::vector<std::size_t> degenerate;
  for (std::size_t y = 0; y < ys.size(); ++y) {
    if (ys[y].degenerate) degenerate.push_back(y);
    plain.emplace(ys[y].labels, y);
  }
  std::vector<std::array<std::size_t, 2>> out;
  for (std::size_t x = 0; x < xs.size(); ++x) {
    Labels wanted;
    for (std::size_t l = 0; l < labels; ++l) {
      if (!xs[x].labels.has(l)) wanted.set(l);
    }
    if (xs[x].degenerate) {
      for (std::size_t y = 0; y < ys.size(); ++y) {
        if (ys[y].labels.covers(wanted)) out.push_back({x, y});
      }
      continue;
    }
    const auto [begin, end] = plain.equal_range(wanted);
    for (auto it = begin; it != end; ++it) {
      if (!ys[it->second].degenerate) out.push_back({x, it->second});
    }
    for (const std::size_t y : degenerate) {
      if (ys[y].labels.covers(wanted)) out.push_back({x, y});
    }
  }
  return out;
}

// Equilibria that share the strategy of either player hang together.
std::vector<std::vector<std::size_t>> components(
    const std::vector<std::array<std::size_t, 2>>& pairs) {
  std::vector<std::size_t> root(pairs.size());
  std::iota(root.begin(), root.end(), 0);
  const auto find = [&](std::size_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (std::size_t side = 0; side < 2; ++side) {
    std::unordered_map<std::size_t, std::size_t> first;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto [found, fresh] = first.emplace(pairs[i][side], i);
      if (fresh) continue;
      const std::size_t a = find(found->second), b = find(i);
      root[std::max(a, b)] = std::min(a, b);
    }
  }
  std::vector<std::vector<std::size_t>> out;
  std::unordered_map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto [found, fresh] = place.emplace(find(i), out.size());
    if (fresh) out.emplace_back();
    out[found->second].push_back(i);
  }
  return out;
}

}  // namespace

Equilibria enumerate(const MatrixGame& game, const EnumerateOptions& options) {
  auto polytopes = best_reply_polytopes(game);
  const std::size_t labels = polytopes[0].variables();
  if (labels > 256) {
    throw ModelError(fmt::format(
        "enum takes up to 256 strategies in all, this game has {}; try lemke-howson", labels));
  }
  Walk first(std::move(polytopes[0]), false, options),
      second(std::move(polytopes[1]), true, options);
  const auto xs = first.vertices();
  const auto ys = second.vertices();
  auto pairs = matches(xs, ys, labels);
  const auto rank = [&](const std::array<std::size_t, 2>& pair) {
    return std::make_pair(normalised(xs[pair[0]].point), normalised(ys[pair[1]].point));
  };
  std::sort(pairs.begin(), pairs.end(),
            [&](const auto& a, const auto& b) { return rank(a) > rank(b); });
  Equilibria out;
  for (const auto& pair : pairs) {
    const auto [x, y] = rank(pair);
    auto& profile = out.profiles.emplace_back(x);
    profile.insert(profile.end(), y.begin(), y.end());
  }
  out.components = components(pairs);
  out.complete = first.whole() && second.whole();
  if (first.full() || second.full()) {
    out.why = fmt::format("a polytope has more than {} bases; those seen are searched",
                          options.most_bases);
  } else if (!out.complete) {
    out.why = "some numbers lie too near to a tie to be told from one";
  }
  return out;
}

}  // namespace casus::game
