// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/analysts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "casus/casefile/beside.h"

namespace casus::casefile {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> pool_names = {"linear", "log_odds"};

// Statements of one analyst by hypothesis and day; the value is the statement.
using Said = std::map<std::pair<std::uint32_t, Date>, Statement>;

class AnalystsReader {
 public:
  AnalystsReader(Problems& problems, const Document& document, const Case& whole, Date as_of)
      : problems_(problems),
        whole_(whole),
        as_of_(as_of),
        top_(problems, Spot{&document, &document.root}, "analysts.yaml") {}

  Panel read() {
    Panel panel;
    panel.pool = top_.word_or("pool", Pool::linear);
    panel.band = top_.maybe_number("band", share_range).value_or(panel.band);
    double weight = 0.0;
    const auto list = top_.required_list("analysts");
    for (const Spot& at : list) {
      panel.analysts.push_back(read_analyst(at, panel.analysts.size() + 1));
      weight += panel.analysts.back().weight;
    }
    if (!list.empty() && weight <= 0.0 && problems_.none()) {
      top_.tell(top_.optional("analysts"), "no analyst has a weight above 0",
                "leave 'weight' out for equal weights");
    }
    top_.finish();
    return panel;
  }

 private:
  Analyst read_analyst(Spot at, std::size_t number) {
    Fields fields(problems_, at, fmt::format("analyst {}", number));
    Analyst a;
    const Spot id = fields.required("id");
    if (id) a.id = fields.text("id");
    if (id && !good_id(a.id)) {
      fields.tell(id, fmt::format("'{}' is no id of an analyst", shortened(a.id)),
                  "ids are lower-case letters, digits and '_', a letter first");
    } else if (id && !ids_.insert(a.id).second) {
      fields.tell(id, fmt::format("the analyst '{}' is declared twice", a.id), "rename one");
    }
    a.key = key_of(a.id);
    a.name = fields.text_or("name", a.id);
    a.weight = fields.maybe_number("weight", positive_or_zero).value_or(1.0);
    const auto date = read_day(fields);
    Said said;
    for (const Spot& item : fields.required_list("says")) read_statement(item, a.id, date, said);
    fields.finish();
    // of several statements on one hypothesis the latest holds
    for (auto& [key, statement] : said) {
      if (statement.date > as_of_) continue;
      if (!a.says.empty() && a.says.back().hypothesis == statement.hypothesis) a.says.pop_back();
      a.says.push_back(std::move(statement));
    }
    return a;
  }

  std::optional<Date> read_day(Fields& fields) {
    const auto date = fields.maybe_date("date");
    if (date && *date > whole_.as_of) {
      fields.tell(fields.optional("date"),
                  fmt::format("{} judged on {}, after the case's as_of {}", fields.what(),
                              to_string(*date), to_string(whole_.as_of)),
                  "leave it out: the case looks from that day");
      return std::nullopt;
    }
    return date;
  }

  void read_statement(Spot at, const std::string& who, std::optional<Date> usual, Said& said) {
    Fields fields(problems_, at, fmt::format("what analyst '{}' says", who));
    const Spot hypothesis = fields.required("hypothesis");
    const bool dated = static_cast<bool>(fields.optional("date"));
    const auto own = read_day(fields);
    const Spot table = fields.required("p");
    std::optional<std::uint32_t> index;
    if (hypothesis) {
      index = refer_in(problems_, whole_.hypotheses, hypothesis, "hypothesis", fields.what());
    }
    if (!dated && !usual) {
      fields.tell(at, fmt::format("{} has no date", fields.what()),
                  "give the analyst or the statement a 'date'");
    }
    if (index && table) {
      Statement s;
      s.hypothesis = HypothesisId{*index};
      s.date = own ? *own : usual.value_or(whole_.as_of);
      s.p.resize(whole_.hypotheses[s.hypothesis].states.size());
      read_table(fields, s);
      const auto [place, fresh] = said.emplace(std::pair{*index, s.date}, s);
      if (!fresh) {
        fields.tell(hypothesis,
                    fmt::format("analyst '{}' speaks of '{}' twice on {}", who,
                                hypothesis.node->text, to_string(place->second.date)),
                    "keep one");
      }
    }
    fields.finish();
  }

  void read_table(Fields& fields, Statement& s) {
    const Hypothesis& h = whole_.hypotheses[s.hypothesis];
    const auto entries = fields.entries("p");
    for (const auto& [state, p] : entries) {
      const auto index = refer_state(problems_, h, state);
      const auto share = read_number(
          problems_, p, fmt::format("the probability of '{}'", shortened(state.node->text)),
          share_range);
      if (index && share) s.p[*index] = *share;
    }
    if (entries.empty() && fields.optional("p").node->kind == Node::Kind::map) {
      fields.tell(fields.optional("p"), fmt::format("{} states no probability", fields.what()),
                  "state at least one, such as {yes: 0.7}");
    }
  }

  Problems& problems_;
  const Case& whole_;
  Date as_of_;
  Fields top_;
  std::set<std::string> ids_;
};

Panel read_panel(const Document* document, Problems& problems, const Case& whole, Date as_of) {
  Panel panel;
  if (document != nullptr) panel = AnalystsReader(problems, *document, whole, as_of).read();
  if (!problems.none()) throw CaseError(problems.take());
  return panel;
}

}  // namespace

template <>
std::span<const std::string_view> names_of<Pool>() {
  return pool_names;
}

Panel analysts_from(std::string named, std::string content, const Case& whole, Date as_of) {
  Problems problems;
  const auto document = read_beside(std::move(named), std::move(content), problems);
  return read_panel(document.get(), problems, whole, as_of);
}

std::optional<Panel> load_analysts(const fs::path& path, const Case& given) {
  const fs::path file = beside(path, "analysts.yaml");
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  const Case whole = load(path);
  Problems problems;
  const auto document = open_beside(file, problems);
  return read_panel(document.get(), problems, whole, given.as_of);
}

}  // namespace casus::casefile
