// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/casefile/beside.h"

namespace casus::casefile {
namespace {

namespace fs = std::filesystem;

// One entry of a list, in either of its forms: `id: value`, or `{id, value, source}`.
struct Judged {
  Spot id;
  Spot value;
  std::string source;
  std::string what;
};

class OutcomeReader {
 public:
  OutcomeReader(Problems& problems, const Document& document, const Case& whole)
      : problems_(problems),
        whole_(whole),
        top_(problems, Spot{&document, &document.root}, "outcome.yaml") {}

  Outcome read() {
    read_day();
    for (const Judged& j : entries("hypotheses", "hypothesis", "state")) add_hypothesis(j);
    for (const Judged& j : entries("reports", "report", "verdict")) add_report(j);
    for (const Judged& j : entries("questions", "question", "value")) add_question(j);
    top_.finish();
    return std::move(out_);
  }

 private:
  void read_day() {
    const Spot at = top_.optional("known_since");
    if (!at) return;
    out_.known_since = top_.maybe_date("known_since");
    if (out_.known_since && *out_.known_since <= whole_.as_of) {
      top_.tell(at,
                fmt::format("the outcome was known on {}, not after the case's as_of {}",
                            to_string(*out_.known_since), to_string(whole_.as_of)),
                "what was known then belongs into the case, not among what is to be scored");
    }
  }

  std::vector<Judged> entries(const char* key, const std::string& word, const char* value) {
    std::vector<Judged> all;
    const Spot at = top_.optional(key);
    if (!at) return all;
    if (at.node->kind == Node::Kind::map) {
      for (const auto& [id, said] : top_.entries(key)) {
        const bool none = said.node->kind == Node::Kind::null;
        all.push_back({id, none ? Spot{} : said, "", fmt::format("outcome.yaml")});
      }
      return all;
    }
    std::size_t number = 0;
    for (const Spot& item : top_.list(key)) {
      Fields fields(problems_, item, fmt::format("{} {} of outcome.yaml", word, ++number));
      Judged j;
      j.what = fields.what();
      j.id = fields.required("id");
      j.value = fields.stated(value);
      j.source = fields.text_or("source");
      fields.finish();
      all.push_back(std::move(j));
    }
    return all;
  }

  // The index of what is judged, if it is declared and judged once.
  template <class T>
  std::optional<std::uint32_t> index_of(const std::vector<T>& things, const Judged& j,
                                        const char* word, std::set<std::uint32_t>& met) {
    if (!j.id) return std::nullopt;
    const auto found = refer_in(problems_, things, j.id, word, j.what);
    if (found && !met.insert(*found).second) {
      problems_.tell(*j.id.document, *j.id.node,
                     fmt::format("the {} '{}' is judged twice", word, j.id.node->text), "keep one");
      return std::nullopt;
    }
    return found;
  }

  void add_hypothesis(const Judged& j) {
    const auto index = index_of(whole_.hypotheses, j, "hypothesis", hypotheses_met_);
    if (!index || !j.value) return;
    const HypothesisId id{*index};
    const auto state = refer_state(problems_, whole_.hypotheses[id], j.value);
    if (state) out_.hypotheses.push_back({id, *state, j.source});
  }

  void add_report(const Judged& j) {
    const auto index = index_of(whole_.reports, j, "report", reports_met_);
    if (!index) return;
    ReportOutcome r{ReportId{*index}, std::nullopt, j.source};
    if (j.value) {
      const Node& n = *j.value.node;
      const bool plain = n.kind == Node::Kind::plain;
      if (!plain || (n.text != "true" && n.text != "false")) {
        problems_.tell(
            *j.value.document, n,
            fmt::format("the verdict on report '{}' must be true or false", j.id.node->text),
            "or null where it is still not known");
        return;
      }
      r.verdict = n.text == "true";
    }
    out_.reports.push_back(std::move(r));
  }

  void add_question(const Judged& j) {
    const auto index = index_of(whole_.questions, j, "question", questions_met_);
    if (!index) return;
    QuestionOutcome q{*index, std::nullopt, j.source};
    if (j.value) q.value = read_string(problems_, j.value, "the outcome of a question");
    out_.questions.push_back(std::move(q));
  }

  Problems& problems_;
  const Case& whole_;
  Fields top_;
  Outcome out_;
  std::set<std::uint32_t> hypotheses_met_, reports_met_, questions_met_;
};

Outcome read_outcome(const Document* document, Problems& problems, const Case& whole) {
  Outcome out;
  if (document != nullptr) out = OutcomeReader(problems, *document, whole).read();
  if (!problems.none()) throw CaseError(problems.take());
  const auto in_order = [](auto& list, auto index) {
    std::sort(list.begin(), list.end(),
              [&](const auto& a, const auto& b) { return index(a) < index(b); });
  };
  in_order(out.hypotheses, [](const HypothesisOutcome& x) { return x.hypothesis.index; });
  in_order(out.reports, [](const ReportOutcome& x) { return x.report.index; });
  in_order(out.questions, [](const QuestionOutcome& x) { return x.question; });
  return out;
}

// Reports of the whole case as `given` numbers them; those it left out go.
void keep_reports_of(const Case& given, const Case& whole, Outcome& outcome) {
  std::vector<ReportOutcome> kept;
  for (ReportOutcome& r : outcome.reports) {
    const auto here = find(given.reports, whole.reports[r.report].id);
    if (!here) continue;
    r.report = *here;
    kept.push_back(std::move(r));
  }
  outcome.reports = std::move(kept);
}

}  // namespace

Outcome outcome_from(std::string named, std::string content, const Case& whole) {
  Problems problems;
  const auto document = read_beside(std::move(named), std::move(content), problems);
  return read_outcome(document.get(), problems, whole);
}

bool has_outcome(const fs::path& path) {
  std::error_code error;
  return fs::exists(beside(path, "outcome.yaml"), error);
}

Outcome load_outcome(const fs::path& path, const Case& given) {
  const fs::path file = beside(path, "outcome.yaml");
  if (!has_outcome(path)) {
    throw IoError(IoError::Kind::missing,
                  fmt::format("{}: no such file; a case can be scored only where its outcome is "
                              "written down (docs/case-format.md, outcome.yaml)",
                              file.generic_string()));
  }
  const Case whole = load(path);
  Problems problems;
  const auto document = open_beside(file, problems);
  Outcome out = read_outcome(document.get(), problems, whole);
  keep_reports_of(given, whole, out);
  return out;
}

}  // namespace casus::casefile
