// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>
#include <utility>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

/// Two actors named under two keys; tells a pair that stands twice and an actor paired with itself.
class Pairs {
 public:
  Pairs(Loading& loading, bool directed) : loading_(loading), directed_(directed) {}

  void read(Fields& fields, std::string_view first, std::string_view second, ActorId& a,
            ActorId& b) {
    const std::size_t before = loading_.problems.count();
    loading_.need(fields, first, Thing::actor, a);
    loading_.need(fields, second, Thing::actor, b);
    if (loading_.problems.count() > before || loading_.partial) return;
    const Spot at = fields.optional(second);
    if (!at) return;
    if (a == b) {
      fields.tell(at, fmt::format("{} pairs '{}' with itself", fields.what(), at.node->text));
      return;
    }
    auto pair = std::make_pair(a.index, b.index);
    if (!directed_ && pair.first > pair.second) std::swap(pair.first, pair.second);
    if (known_.insert(pair).second) return;
    const auto& actors = loading_.entries(Thing::actor);
    fields.tell(
        at,
        fmt::format("{} repeats the pair '{}' and '{}'", fields.what(), actors[a].id, actors[b].id),
        "keep one");
  }

 private:
  Loading& loading_;
  bool directed_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> known_;
};

void read_treaties(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::treaty)) {
    Fields fields = loading.fields(entry);
    Treaty treaty;
    fields.optional("id");
    loading.many(fields.required_list("parties"), fields, Thing::actor, treaty.parties);
    treaty.treaty_class = fields.word<TreatyClass>("class");
    treaty.signed_on = fields.date("signed");
    if (const Spot at = fields.optional("signed")) {
      loading.not_after_as_of(at, treaty.signed_on, fields.what(), "was signed on");
    }
    treaty.in_force = fields.flag_or("in_force", true);
    static_cast<void>(loading.provenance(fields));
    treaty.honour = loading.quantity(fields, "honour", Demand{"share"});
    treaty.text = fields.text_or("text");
    Loading::name(treaty, entry, fields.text_or("name"));
    fields.finish();
    loading.given.treaties.push_back(std::move(treaty));
  }
}

void read_aid(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::aid)) {
    Fields fields = loading.fields(entry);
    Aid aid;
    loading.need(fields, "from", Thing::actor, aid.from);
    loading.need(fields, "to", Thing::actor, aid.to);
    const Provenance from = loading.provenance(fields);
    aid.usd = loading.quantity(fields, "usd", Demand{"usd_per_week"}, &from);
    fields.finish();
    loading.given.aid.push_back(std::move(aid));
  }
}

std::vector<std::string> words_of(Loading& loading, Fields& fields, std::string_view key) {
  std::vector<std::string> words;
  for (const Spot& at : fields.required_list(key)) {
    if (auto word = read_string(loading.problems, at, fields.called(key))) {
      words.push_back(std::move(*word));
    }
  }
  return words;
}

void read_deals(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::deal)) {
    Fields fields = loading.fields(entry);
    Deal deal;
    fields.optional("id");
    loading.need(fields, "from", Thing::actor, deal.from);
    loading.need(fields, "to", Thing::actor, deal.to);
    deal.gives = words_of(loading, fields, "gives");
    deal.gets = words_of(loading, fields, "gets");
    deal.text = fields.text_or("text");
    Loading::name(deal, entry, fields.text_or("name"));
    deal.provenance = loading.provenance(fields);
    fields.finish();
    loading.given.deals.push_back(std::move(deal));
  }
}

void read_attitudes(Loading& loading) {
  Pairs tensions(loading, true);
  for (const Entry& entry : loading.entries(Thing::tension)) {
    Fields fields = loading.fields(entry);
    Tension tension;
    tensions.read(fields, "from", "to", tension.from, tension.to);
    const Provenance from = loading.provenance(fields);
    tension.value = loading.quantity(fields, "value", Demand{"points"}, &from);
    fields.finish();
    loading.given.tensions.push_back(std::move(tension));
  }
  Pairs alignments(loading, false);
  for (const Entry& entry : loading.entries(Thing::alignment)) {
    Fields fields = loading.fields(entry);
    Alignment alignment;
    alignments.read(fields, "a", "b", alignment.a, alignment.b);
    alignment.weight = fields.number("weight", share_range);
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.alignments.push_back(alignment);
  }
}

void read_contacts(Loading& loading) {
  Pairs talks(loading, false);
  for (const Entry& entry : loading.entries(Thing::talk)) {
    Fields fields = loading.fields(entry);
    TalksStart start;
    talks.read(fields, "a", "b", start.a, start.b);
    start.state = fields.word<Talks>("state");
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.talks.push_back(start);
  }
  Pairs rivalries(loading, false);
  for (const Entry& entry : loading.entries(Thing::rivalry)) {
    Fields fields = loading.fields(entry);
    Rivalry rivalry;
    rivalries.read(fields, "a", "b", rivalry.a, rivalry.b);
    loading.maybe(fields, "flashpoint", Thing::place, rivalry.flashpoint);
    rivalry.name = fields.text("name");
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.rivalries.push_back(std::move(rivalry));
  }
}

void read_ties(Loading& loading) {
  Pairs ties(loading, false);
  for (const Entry& entry : loading.entries(Thing::tie)) {
    Fields fields = loading.fields(entry);
    RulerTie tie;
    ties.read(fields, "a", "b", tie.a, tie.b);
    const Provenance from = loading.provenance(fields);
    tie.bond = loading.quantity(fields, "bond", Demand{"share"}, &from);
    tie.text = fields.text_or("text");
    fields.finish();
    loading.given.ties.push_back(std::move(tie));
  }
}

}  // namespace

void load_relations(Loading& loading) {
  read_treaties(loading);
  read_aid(loading);
  read_deals(loading);
  read_attitudes(loading);
  read_contacts(loading);
  read_ties(loading);
}

}  // namespace casus::casefile
