// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/uai.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/intel/infer_draft.h"

namespace casus::intel {
namespace {

using casefile::shortened;

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : in_(file, text), draft_(in_) {}

  GraphicalModel read() {
    in_.skip_blanks();
    const std::size_t begin = in_.at();
    const std::size_t width = in_.word_width(begin);
    const std::string kind(in_.text().substr(begin, width));
    if (kind != "BAYES" && kind != "MARKOV") {
      in_.fail(begin, width,
               fmt::format("found '{}' where 'BAYES' or 'MARKOV' belongs", shortened(kind)));
    }
    in_.go(begin + width);
    directed_ = kind == "BAYES";
    nodes();
    scopes();
    for (std::size_t f = 0; f < scopes_.size(); ++f) table(f);
    in_.skip_blanks();
    if (!in_.end()) in_.fail(in_.at(), in_.word_width(in_.at()), "text after the last table");
    if (directed_) return {draft_.finish(), {}};
    in_.finish();
    GraphicalModel out;
    for (std::uint32_t v = 0; v < draft_.size(); ++v) out.network.nodes.push_back(draft_.node(v));
    out.potentials = std::move(potentials_);
    if (out.potentials.empty()) out.potentials.push_back({{}, {1.0}});
    return out;
  }

 private:
  // A whole number from `low`, called `what`.
  std::size_t whole(double low, double high, const std::string& what) {
    in_.skip_blanks();
    const std::size_t at = in_.at();
    if (in_.end())
      in_.fail(in_.text().size(), 1, fmt::format("the file ends where {} belongs", what));
    const auto value = in_.number();
    if (!value || !(*value >= low) || !(*value <= high) || *value != std::floor(*value)) {
      in_.fail(at, in_.word_width(at),
               fmt::format("{} must be a whole number from {} to {}", what, low, high));
    }
    return static_cast<std::size_t>(*value);
  }

  void nodes() {
    // no count can pass the length of the text that must hold what is counted
    const auto most = static_cast<double>(in_.text().size());
    const std::size_t count = whole(1, most, "the number of nodes");
    for (std::size_t v = 0; v < count; ++v) {
      const std::size_t n = whole(1, most, fmt::format("the number of states of node {}", v));
      std::vector<std::string> states;
      for (std::size_t s = 0; s < n; ++s) states.push_back(std::to_string(s));
      total_ += n;
      if (total_ > casefile::largest_file) in_.fail(in_.at() - 1, 1, "more states than are read");
      draft_.declare(std::to_string(v), std::move(states), in_.at() - 1);
    }
  }

  void scopes() {
    const auto most = static_cast<double>(in_.text().size());
    const std::size_t count = whole(0, most, "the number of tables");
    for (std::size_t f = 0; f < count; ++f) {
      in_.skip_blanks();
      const std::size_t at = in_.at();
      const std::size_t n = whole(directed_ ? 1 : 0, static_cast<double>(draft_.size()),
                                  fmt::format("the number of nodes of table {}", f));
      auto& scope = scopes_.emplace_back();
      for (std::size_t k = 0; k < n; ++k) {
        scope.push_back(static_cast<std::uint32_t>(whole(0, static_cast<double>(draft_.size()) - 1,
                                                         fmt::format("a node of table {}", f))));
      }
      auto sorted = scope;
      std::sort(sorted.begin(), sorted.end());
      if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
        in_.fail(at, 1, fmt::format("table {} names a node twice", f));
      }
    }
  }

  void table(std::size_t f) {
    auto scope = scopes_[f];
    in_.skip_blanks();
    const std::size_t begin = in_.at();
    double cells = 1.0;
    for (const auto v : scope) cells *= static_cast<double>(draft_.node(v).states.size());
    if (cells > largest_table) {
      in_.fail(begin, in_.word_width(begin),
               fmt::format("table {} would have {:.3g} cells", f, cells),
               fmt::format("at most {:.0f} are read", largest_table));
    }
    const auto told = static_cast<double>(
        whole(0, largest_table, fmt::format("the number of entries of table {}", f)));
    if (told != cells) {
      in_.fail(begin, in_.word_width(begin),
               fmt::format("{} entries where table {} needs {}", told, f, cells));
    }
    const bool sound = !directed_ || depend(scope, begin);
    std::vector<double> numbers;
    double top = 0.0;
    for (double k = 0; k < cells; ++k) {
      in_.skip_blanks();
      const std::size_t at = in_.at();
      if (in_.end()) {
        in_.fail(in_.text().size(), 1,
                 fmt::format("the file ends after {} of the {} numbers of table {}", k, cells, f));
      }
      const auto value = in_.number();
      if (!value) in_.fail(at, in_.word_width(at), "a number belongs here");
      (void)sound_probability(in_, *value, at);
      numbers.push_back(*value);
      top = std::max(top, *value);
    }
    if (!directed_) {
      if (!(top > 0.0)) in_.tell(begin, 1, fmt::format("all numbers of table {} are 0", f));
      potentials_.push_back({std::move(scope), std::move(numbers)});
    } else if (sound) {
      draft_.node(scope.back()).table = std::move(numbers);
      draft_.normalise(scope.back(), begin);
    }
  }

  // The last node of a table's scope is the one it is the table of.
  bool depend(std::vector<std::uint32_t> scope, std::size_t offset) {
    const std::uint32_t node = scope.back();
    scope.pop_back();
    return draft_.depend(node, std::move(scope), offset);
  }

  Scanner in_;
  NetworkDraft draft_;
  bool directed_ = true;
  std::size_t total_ = 0;
  std::vector<std::vector<std::uint32_t>> scopes_;
  std::vector<Factor> potentials_;
};

}  // namespace

GraphicalModel read_uai(const std::string& text, const std::string& file) {
  return Reader(text, file).read();
}

}  // namespace casus::intel
