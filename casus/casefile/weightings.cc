// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/weightings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/base/file.h"
#include "casus/casefile/beside.h"
#include "casus/casefile/worths.h"

namespace casus::casefile {
namespace {

class Reader {
 public:
  Reader(Problems& problems, const Case& given) : problems_(problems), given_(given) {}

  std::vector<Weighting> read(const Document& document) {
    Fields top(problems_, Spot{&document, &document.root}, "weightings.yaml");
    for (const Spot& at : top.required_list("weightings")) add(at);
    top.finish();
    return std::move(out_);
  }

 private:
  void add(Spot at) {
    Fields fields(problems_, at, fmt::format("weighting {}", out_.size() + 1));
    Weighting w;
    if (const Spot id = fields.required("id")) read_id(fields, id, w);
    w.name = fields.text("name");
    w.values.actor = given_.decision_maker;
    if (const Spot of = fields.optional("of")) {
      const auto actor = refer_in(problems_, given_.actors, of, "actor", fields.what());
      if (actor) w.values.actor = ActorId{*actor};
    }
    const auto own = std::ranges::find(given_.values, w.values.actor, &Values::actor);
    if (own != given_.values.end()) w.values = *own;
    w.values.from.tag = fields.word_or("tag", Tag::judgement);
    static_cast<void>(fields.required("worth"));
    for (const Worth& worth : read_worths(fields)) {
      const auto known = std::ranges::find(w.values.worth, worth.measure, &Worth::measure);
      if (known != w.values.worth.end()) {
        *known = worth;
      } else {
        w.values.worth.push_back(worth);
      }
    }
    fields.finish();
    out_.push_back(std::move(w));
  }

  void read_id(Fields& fields, Spot at, Weighting& w) {
    w.id = fields.text("id");
    if (!good_id(w.id)) {
      fields.tell(at, fmt::format("'{}' is no id of a weighting", shortened(w.id)),
                  "ids are lower-case letters, digits and '_', a letter first");
    } else if (find(given_.actors, w.id)) {
      fields.tell(at, fmt::format("the weighting '{}' is called like an actor", w.id),
                  "an actor's own values go by its id; take another");
    } else if (!ids_.insert(w.id).second) {
      fields.tell(at, fmt::format("the weighting '{}' is declared twice", w.id), "rename one");
    }
  }

  Problems& problems_;
  const Case& given_;
  std::vector<Weighting> out_;
  std::set<std::string> ids_;
};

}  // namespace

Weightings weightings_from(std::string named, std::string content, const Case& given) {
  Problems problems;
  Weightings out;
  out.digest = fmt::format("{:016x}", key_of(content));
  const auto document = read_beside(std::move(named), std::move(content), problems);
  if (document) out.all = Reader(problems, given).read(*document);
  if (!problems.none()) throw CaseError(problems.take());
  return out;
}

Weightings load_weightings(const std::filesystem::path& path, const Case& given) {
  const std::filesystem::path file = beside(path, "weightings.yaml");
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  return weightings_from(file.generic_string(), read_file(file), given);
}

}  // namespace casus::casefile
