// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/bif.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "casus/intel/bif_labels.h"
#include "casus/intel/infer_draft.h"

namespace casus::intel {
namespace {

using casefile::shortened;

struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : in_(file, text), draft_(in_) {}

  Network read() {
    blocks();
    for (const std::size_t offset : tables_) {
      in_.go(offset);
      table_block();
    }
    if (draft_.size() == 0) in_.fail(0, 1, "no network: not one 'variable' is declared");
    return draft_.finish();
  }

 private:
  // Over blanks and comments.
  void skip() {
    while (true) {
      in_.skip_blanks();
      if (in_.peek() == '/' && in_.peek(1) == '/') {
        in_.go(std::min(in_.text().find('\n', in_.at()), in_.text().size()));
      } else if (in_.peek() == '/' && in_.peek(1) == '*') {
        const std::size_t end = in_.text().find("*/", in_.at() + 2);
        if (end == std::string_view::npos) in_.fail(in_.at(), 2, "this comment has no end");
        in_.go(end + 2);
      } else {
        return;
      }
    }
  }

  void expect(char c, std::string_view where) {
    skip();
    if (!in_.take(c)) unexpected(fmt::format("'{}' {}", c, where));
  }

  [[noreturn]] void unexpected(const std::string& wanted) {
    if (in_.end())
      in_.fail(in_.text().size(), 1, fmt::format("the file ends where {} belongs", wanted));
    const std::size_t width = in_.word_width(in_.at());
    in_.fail(in_.at(), width,
             fmt::format("found '{}' where {} belongs",
                         shortened(in_.text().substr(in_.at(), width)), wanted));
  }

  std::string_view word() {
    skip();
    const std::size_t begin = in_.at();
    if (in_.peek() == '"') return quoted().text;
    if (in_.end()) unexpected("a word");
    std::string_view found = in_.text().substr(begin, in_.word_width(begin));
    found = found.substr(0, std::min(found.find("//"), found.find("/*")));  // a comment ends it
    in_.go(begin + found.size());
    return found;
  }

  Piece quoted() {
    const std::size_t begin = in_.at() + 1;
    const std::size_t end = in_.text().find('"', begin);
    if (end == std::string_view::npos) in_.fail(begin - 1, 1, "this quotation mark has no partner");
    in_.go(end + 1);
    return {in_.text().substr(begin, end - begin), begin};
  }

  // Past the ';' that ends a statement; quotation marks hide one.
  void skip_statement() {
    const std::size_t begin = in_.at();
    while (true) {
      const std::size_t stop = in_.text().find_first_of(";\"", in_.at());
      if (stop == std::string_view::npos)
        in_.fail(begin, in_.word_width(begin), "this has no ';' at its end");
      in_.go(stop);
      if (in_.take(';')) return;
      (void)quoted();
    }
  }

  void blocks() {
    while (true) {
      skip();
      if (in_.end()) return;
      const std::size_t begin = in_.at();
      const std::string_view kind = word();
      if (kind == "network") {
        const std::size_t brace = in_.text().find('{', in_.at());
        if (brace == std::string_view::npos) in_.fail(begin, kind.size(), "a network without '{'");
        in_.go(brace + 1);
        skip_properties();
      } else if (kind == "variable") {
        variable_block();
      } else if (kind == "probability") {
        tables_.push_back(in_.at());
        skip_table(begin);
      } else {
        in_.fail(begin, kind.size(), fmt::format("unknown block '{}'", shortened(kind)),
                 near_hint(kind, {"network", "variable", "probability"}));
      }
    }
  }

  void skip_properties() {
    while (true) {
      skip();
      if (in_.take('}')) return;
      if (in_.end()) unexpected("'}'");
      skip_statement();
    }
  }

  void skip_table(std::size_t begin) {
    const std::size_t brace = in_.text().find('{', in_.at());
    if (brace == std::string_view::npos) in_.fail(begin, 11, "a probability block without '{'");
    in_.go(brace + 1);
    skip_properties();
  }

  void variable_block() {
    skip();
    const std::size_t begin = in_.at();
    Piece name;
    if (in_.peek() == '"') {
      name = quoted();
    } else {
      std::size_t end = begin;
      while (end < in_.text().size() && in_.text()[end] != '{' && in_.text()[end] != '\n') ++end;
      name = {trimmed(in_.text().substr(begin, end - begin)), begin};
      in_.go(end);
    }
    if (name.text.empty()) unexpected("the name of a variable");
    expect('{', "after the name of a variable");
    std::optional<std::vector<std::string>> states;
    while (true) {
      skip();
      if (in_.take('}')) break;
      if (in_.end()) unexpected("'}'");
      const std::size_t statement = in_.at();
      if (word() == "type") {
        states = type();
      } else {
        in_.go(statement);
        skip_statement();
      }
    }
    if (!states) {
      in_.fail(name.offset, name.text.size(),
               fmt::format("variable '{}' has no type", shortened(name.text)));
    }
    draft_.declare(name.text, std::move(*states), name.offset);
  }

  // `discrete [ n ] { labels };`
  std::vector<std::string> type() {
    skip();
    const std::size_t begin = in_.at();
    const std::string_view kind = word();
    if (kind != "discrete") {
      in_.fail(begin, kind.size(), fmt::format("type '{}' is not read", shortened(kind)),
               "only discrete variables have tables");
    }
    expect('[', "before the number of states");
    skip();
    const std::size_t at_count = in_.at();
    const auto count = in_.number();
    if (!count || !(*count >= 1.0) || *count != std::floor(*count)) {
      in_.fail(at_count, in_.word_width(at_count),
               "the number of states must be a whole number from 1");
    }
    expect(']', "after the number of states");
    expect('{', "before the states");
    const std::size_t first = in_.at();
    for (const bool comments : {true, false}) {
      in_.go(first);
      if (auto states = labels(*count, comments)) {
        skip();
        (void)in_.take(';');
        return std::move(*states);
      }
    }
    in_.fail(at_count, in_.word_width(at_count),
             fmt::format("the states listed are not the {} announced", *count),
             "separate labels with commas; quote one that holds a comma");
  }

  // The labels up to the '}' that ends them; nothing if their number is not `count`.
  std::optional<std::vector<std::string>> labels(double count, bool comments) {
    const std::size_t begin = in_.at();
    std::string body;
    while (true) {
      const char c = in_.peek();
      if (in_.end()) unexpected("'}' after the states");
      if (c == '"') {
        const Piece piece = quoted();
        body += '"' + std::string(piece.text) + '"';
      } else if (comments && c == '/' && (in_.peek(1) == '/' || in_.peek(1) == '*')) {
        skip();
        body += ' ';
      } else if (in_.take('}')) {
        const std::size_t after = in_.at();
        in_.skip_blanks();
        if (in_.end() || in_.peek() == ';' || in_.peek() == '}' || in_.peek() == '/') break;
        in_.go(after);
        body += '}';
      } else {
        body += c;
        in_.go(in_.at() + 1);
      }
      if (in_.at() - begin > casefile::largest_file / 2) break;
    }
    for (const LabelStyle style :
         {LabelStyle::commas, LabelStyle::commas_and_a_blank, LabelStyle::commas_and_blanks}) {
      auto found = split_labels(body, style);
      if (static_cast<double>(found.size()) == count) return found;
    }
    return std::nullopt;
  }

  // The names between '(' and ')', those of parents after the '|'.
  std::vector<Piece> header() {
    expect('(', "before the node of a probability block");
    std::vector<Piece> names;
    while (true) {
      skip();
      while (in_.take(',') || in_.take('|')) skip();
      if (in_.take(')')) return names;
      if (in_.end()) unexpected("')'");
      if (in_.peek() == '"') {
        names.push_back(quoted());
        continue;
      }
      const std::size_t begin = in_.at();
      const std::size_t stop = in_.text().find_first_of(",|){}\n", begin);
      if (stop == std::string_view::npos || in_.text()[stop] == '{' || in_.text()[stop] == '}') {
        unexpected("')'");
      }
      add_names(trimmed(in_.text().substr(begin, stop - begin)), begin, names);
      in_.go(stop);
    }
  }

  // One name, or several that only blanks separate.
  void add_names(std::string_view piece, std::size_t offset, std::vector<Piece>& names) {
    if (draft_.has(piece) || piece.find_first_of(" \t") == std::string_view::npos) {
      names.push_back({piece, offset});
      return;
    }
    std::size_t i = 0;
    while (i < piece.size()) {
      const std::size_t end = std::min(piece.find_first_of(" \t", i), piece.size());
      if (end > i) names.push_back({piece.substr(i, end - i), offset + i});
      i = end + 1;
    }
  }

  void table_block() {
    const std::size_t begin = in_.at();
    const auto names = header();
    if (names.empty()) in_.fail(begin, 1, "a probability block that names no node");
    std::optional<std::uint32_t> node;
    std::vector<std::uint32_t> parents;
    bool known = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = draft_.find(names[i].text, names[i].offset);
      known = known && found;
      if (!found) continue;
      if (i == 0) {
        node = *found;
      } else {
        parents.push_back(*found);
      }
    }
    if (!known || !draft_.depend(*node, std::move(parents), names.front().offset)) return;
    expect('{', "before the numbers");
    rows(*node, names.front().offset);
  }

  void rows(std::uint32_t node, std::size_t offset) {
    NetworkNode& n = draft_.node(node);
    const std::size_t cells = draft_.cells(node, offset);
    const std::size_t width = n.states.size();
    n.table.assign(cells, 0.0);
    std::vector<bool> told(cells / width, false);
    std::optional<std::vector<double>> otherwise;
    std::vector<BifLabels> labels;
    for (const auto p : n.parents) labels.emplace_back(draft_.node(p).states);
    bool sound = true;
    while (true) {
      skip();
      if (in_.take('}')) break;
      if (in_.end()) unexpected("'}'");
      const std::size_t at = in_.at();
      if (in_.take('(')) {
        const auto row = row_index(n, labels);
        if (row && told[*row]) {
          in_.tell(at, 1, fmt::format("this row of node '{}' was told before", shortened(n.name)));
          sound = false;
        }
        skip();
        (void)in_.take(':');
        sound = numbers(n, width, row ? n.table.data() + *row * width : nullptr) && row && sound;
        if (row) told[*row] = true;
        continue;
      }
      const std::string_view kind = word();
      if (kind == "table") {
        sound = whole_table(n, cells) && sound;
        std::fill(told.begin(), told.end(), true);
      } else if (kind == "default") {
        otherwise.emplace(width);
        sound = numbers(n, width, otherwise->data()) && sound;
      } else if (kind == "property") {
        skip_statement();
      } else {
        in_.fail(at, std::max<std::size_t>(1, kind.size()),
                 fmt::format("found '{}' where a row belongs", shortened(kind)),
                 near_hint(kind, {"table", "default", "property"}));
      }
    }
    if (!sound) return;
    const auto missing = std::find(told.begin(), told.end(), false);
    if (missing != told.end() && !otherwise) {
      in_.tell(offset, n.name.size(),
               fmt::format("the table of node '{}' lacks the row ({})", shortened(n.name),
                           row_name(n, static_cast<std::size_t>(missing - told.begin()))),
               "give it, or a 'default'");
      return;
    }
    for (std::size_t r = 0; r < told.size(); ++r) {
      if (!told[r])
        std::copy(otherwise->begin(), otherwise->end(),
                  n.table.begin() + static_cast<std::ptrdiff_t>(r * width));
    }
    draft_.normalise(node, offset);
  }

  std::string row_name(const NetworkNode& n, std::size_t row) {
    std::string name;
    for (std::size_t k = n.parents.size(); k-- > 0;) {
      const auto& states = draft_.node(n.parents[k]).states;
      name = states[row % states.size()] + (name.empty() ? "" : ", ") + name;
      row /= states.size();
    }
    return name;
  }

  // The row that the labels up to ')' name; nothing if one is unknown (told).
  std::optional<std::size_t> row_index(const NetworkNode& n, const std::vector<BifLabels>& labels) {
    std::size_t row = 0;
    bool known = true;
    for (std::size_t k = 0; k < labels.size(); ++k) {
      const auto state = row_label(n, k, labels[k], k + 1 == labels.size());
      known = known && state;
      row = row * labels[k].sorted.size() + state.value_or(0);
    }
    in_.skip_blanks();
    if (!in_.take(')')) unexpected(fmt::format("')' after the {} states of a row", labels.size()));
    if (!known) return std::nullopt;
    return row;
  }

  std::optional<std::uint32_t> row_label(const NetworkNode& n, std::size_t k,
                                         const BifLabels& labels, bool last) {
    in_.skip_blanks();
    const std::size_t begin = in_.at();
    Piece piece;
    if (in_.peek() == '"') {
      piece = quoted();
    } else {
      const std::size_t stop = in_.text().find_first_of(last ? ")" : ",)", begin);
      if (stop == std::string_view::npos) unexpected("')'");
      piece = {trimmed(in_.text().substr(begin, stop - begin)), begin};
      in_.go(stop);
    }
    auto found = labels.find(piece.text);
    if (!found && !labels.simple && in_.text()[begin] != '"') found = longest(labels, begin);
    in_.skip_blanks();
    if (!last && !in_.take(',') && in_.peek() == ')') {
      in_.fail(in_.at(), 1,
               fmt::format("this row names {} states, but node '{}' has {} parents", k + 1,
                           shortened(n.name), n.parents.size()));
    }
    if (!found) {
      const auto& parent = draft_.node(n.parents[k]);
      in_.tell(
          piece.offset, std::max<std::size_t>(1, piece.text.size()),
          fmt::format("node '{}' has no state '{}'", shortened(parent.name), shortened(piece.text)),
          near_hint(piece.text, labels.words()));
    }
    return found;
  }

  // The longest label that stands here and is followed by what ends a label.
  std::optional<std::uint32_t> longest(const BifLabels& labels, std::size_t begin) {
    std::optional<std::uint32_t> best;
    std::size_t length = 0;
    for (const auto& [label, state] : labels.sorted) {
      if (label.size() <= length || in_.text().substr(begin, label.size()) != label) continue;
      std::size_t after = begin + label.size();
      while (after < in_.text().size() && blank(in_.text()[after])) ++after;
      if (after >= in_.text().size() || (in_.text()[after] != ',' && in_.text()[after] != ')'))
        continue;
      best = state;
      length = label.size();
      in_.go(after);
    }
    return best;
  }

  // `count` numbers and the ';' behind them, into `out` if it is not null.
  bool numbers(const NetworkNode& n, std::size_t count, double* out) {
    bool sound = true;
    std::size_t have = 0;
    skip();
    const std::size_t begin = in_.at();
    while (true) {
      skip();
      while (in_.take(',')) skip();
      if (in_.take(';')) break;
      const std::size_t at = in_.at();
      const auto value = in_.number();
      if (!value) unexpected("a number or ';'");
      if (!sound_probability(in_, *value, at)) sound = false;
      if (have < count && out != nullptr) out[have] = *value;
      ++have;
    }
    if (have == count) return sound;
    in_.tell(begin, 1,
             fmt::format("{} numbers where the table of node '{}' needs {}", have,
                         shortened(n.name), count));
    return false;
  }

  // All numbers at once, the node's own state slowest.
  bool whole_table(NetworkNode& n, std::size_t cells) {
    std::vector<double> flat(cells);
    if (!numbers(n, cells, flat.data())) return false;
    const std::size_t width = n.states.size();
    const std::size_t count = cells / width;
    const auto sums_to_1 = [&](std::size_t across, std::size_t along) {
      for (std::size_t r = 0; r < count; ++r) {
        double sum = 0.0;
        for (std::size_t k = 0; k < width; ++k) sum += flat[r * across + k * along];
        if (std::abs(sum - 1.0) > 1e-2) return false;
      }
      return true;
    };
    const bool by_rows = !sums_to_1(1, count) && sums_to_1(width, 1);
    for (std::size_t r = 0; r < count; ++r) {
      for (std::size_t k = 0; k < width; ++k) {
        n.table[r * width + k] = by_rows ? flat[r * width + k] : flat[k * count + r];
      }
    }
    return true;
  }

  Scanner in_;
  NetworkDraft draft_;
  std::vector<std::size_t> tables_;  // where the headers of probability blocks begin
};

}  // namespace

Network read_bif(const std::string& text, const std::string& file) {
  return Reader(text, file).read();
}

}  // namespace casus::intel
