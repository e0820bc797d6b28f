// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <tuple>

#include "casus/world/model.h"

/// The menus: what each actor may choose freely, and what the case's options order besides.
namespace casus::world {
namespace {

using casefile::Case;
using casefile::Role;

constexpr std::size_t menu_size = 24;
constexpr std::size_t grave_size = 15;  ///< places that grave acts may take before all others

/// Rare acts that matter much when they come: force and nuclear signs, permissions, and whatever
/// pulls back. A menu too short for all wishes drops words before it drops these.
bool grave(Action action) {
  const float rung = info(action).rung;
  return rung >= 6.0F || rung <= -2.0F || action == Action::lift_range;
}

/// What is known of one actor's place in the war while its menu is chosen.
struct Seat {
  std::size_t actor = 0;
  bool belligerent = false, great = false, patron = false, neutral = false, organisation = false;
  std::optional<std::uint32_t> enemy;        ///< lead of the side it is against
  std::optional<std::uint32_t> protege;      ///< lead of the side it is for, not itself
  std::vector<std::uint32_t> rivals;         ///< closest rivals first declared
  std::vector<std::uint32_t> own_abroad;     ///< its contingents that serve with others
  std::vector<std::uint32_t> enemy_foreign;  ///< third parties' contingents on the other side
};

Seat seat_of(const Model& model, std::size_t actor) {
  const Case& given = model.given();
  const casefile::Actor& a = given.actors[actor];
  Seat seat;
  seat.actor = actor;
  seat.great = a.has(Role::great_power);
  seat.patron = a.has(Role::patron);
  seat.neutral = a.has(Role::neutral);
  seat.organisation = a.has(Role::organisation);
  seat.belligerent = model.side_of(actor) >= 0 && a.has(Role::belligerent);
  if (model.has_war()) {
    const float lean = model.leaning(actor);
    const int side = model.side_of(actor) >= 0 ? model.side_of(actor)
                                               : (lean > 0.05F    ? 1
                                                  : lean < -0.05F ? 0
                                                                  : -1);
    if (side >= 0) {
      const std::size_t lead = model.lead(static_cast<std::size_t>(side));
      seat.enemy = static_cast<std::uint32_t>(model.lead(static_cast<std::size_t>(1 - side)));
      if (lead != actor) seat.protege = static_cast<std::uint32_t>(lead);
    }
    for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
      const casefile::Contingent& k = given.contingents[c];
      const bool against = side >= 0 && k.side && static_cast<int>(*k.side) == 1 - side;
      if (k.foreign && against && k.owner.index != actor) seat.enemy_foreign.push_back(c);
    }
  }
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const casefile::Contingent& k = given.contingents[c];
    if (k.foreign && k.owner.index == actor && k.host.index != actor) seat.own_abroad.push_back(c);
  }
  for (std::uint32_t j = 0; j < given.actors.size(); ++j) {
    if (model.rivals(actor, j)) seat.rivals.push_back(j);
  }
  std::ranges::sort(seat.rivals, {}, [&](std::uint32_t j) { return given.actors[j].id; });
  return seat;
}

/// Entries an actor may want, each with its rank; the first `menu_size` make the menu.
class Wishes {
 public:
  Wishes(const Model& model, const Seat& seat) : model_(model), seat_(seat) {}

  void add(int rank, Action action, std::optional<std::uint32_t> target = std::nullopt) {
    Entry entry;
    entry.target = target;
    add(rank, action, entry);
  }
  void add(int rank, Action action, Entry entry) {
    const casefile::Actor& a = model_.given().actors[seat_.actor];
    entry.actor = static_cast<std::uint32_t>(seat_.actor);
    entry.action = action;
    const bool barred = info(action).gated || std::ranges::count(a.never, action) > 0 ||
                        (info(action).needs_target && !entry.target) || entry.target == entry.actor;
    if (barred) return;
    if (a.favour[static_cast<std::size_t>(action)] > 0.0) rank -= 1;
    wishes_.emplace_back(rank, entry);
  }
  [[nodiscard]] std::vector<std::pair<int, Entry>>& all() { return wishes_; }

 private:
  const Model& model_;
  const Seat& seat_;
  std::vector<std::pair<int, Entry>> wishes_;
};

/// Sectors where the belligerent attacks most, at most three.
std::vector<std::uint32_t> pressed_sectors(const Case& given, std::size_t side) {
  std::vector<std::uint32_t> order(given.sectors.size());
  for (std::uint32_t s = 0; s < order.size(); ++s) order[s] = s;
  std::ranges::sort(order, [&](std::uint32_t x, std::uint32_t y) {
    const auto ix = given.sectors[x].intensity[side].prior.mean();
    const auto iy = given.sectors[y].intensity[side].prior.mean();
    return std::tie(iy, given.sectors[x].id) < std::tie(ix, given.sectors[y].id);
  });
  if (order.size() > 3) order.resize(3);
  return order;
}

void wish_war(Wishes& wishes, const Model& model, const Seat& seat) {
  const Case& given = model.given();
  const auto side = static_cast<std::size_t>(model.side_of(seat.actor));
  const bool leads = model.lead(side) == seat.actor;
  for (const std::uint32_t s : pressed_sectors(given, side)) {
    Entry entry;
    entry.sector = s;
    wishes.add(1, Action::offensive, entry);
  }
  wishes.add(1, Action::fortify);
  wishes.add(1, Action::deep_strike, seat.enemy);
  wishes.add(2, Action::city_campaign, seat.enemy);
  wishes.add(2, Action::mobilise);
  wishes.add(3, Action::interdict, seat.enemy);
  wishes.add(3, Action::local_truce, seat.enemy);
  for (std::uint32_t s = 0; s < given.sectors.size(); ++s) {
    Entry entry;
    entry.sector = s;
    if (given.sectors[s].chip && side == 1) wishes.add(3, Action::seize_ground, entry);
  }
  if (!leads) return;
  wishes.add(1, Action::break_ceasefire);
  Package compromise;
  compromise.guarantee = casefile::Guarantee::monitored;
  compromise.monitors = true;
  compromise.prisoners = true;
  Package demand;
  demand.line = side == 0 ? casefile::Line::demand : casefile::Line::pre_invasion;
  demand.status = side == 0 ? casefile::LegalStatus::neutral : casefile::LegalStatus::member;
  demand.guarantee =
      side == 0 ? casefile::Guarantee::none : casefile::Guarantee::deployed_or_treaty;
  demand.force_limits = side == 0 ? casefile::ForceLimits::hard : casefile::ForceLimits::none;
  demand.sanctions = side == 0 ? casefile::SanctionsTerm::lift : casefile::SanctionsTerm::keep;
  demand.foreign_out = true;
  wishes.add(4, Action::sign_settlement, seat.enemy);
  for (const Package& p : {compromise, demand}) {
    Entry entry;
    entry.target = seat.enemy;
    entry.package = nearest_package({model.packages().begin(), model.packages().end()}, p);
    wishes.add(2, Action::table_package, entry);
  }
}

void wish_aid(Wishes& wishes, const Model& model, const Seat& seat) {
  const Case& given = model.given();
  std::vector<casefile::StockKind> kinds;
  for (const casefile::Flow& f : given.flows) {
    if (f.from.index == seat.actor && f.to.index == *seat.protege) kinds.push_back(f.kind);
  }
  if (kinds.empty()) kinds.push_back(casefile::StockKind::shells);
  std::ranges::sort(kinds);
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  if (kinds.size() > 2) kinds.resize(2);
  for (const casefile::StockKind kind : kinds) {
    Entry entry;
    entry.target = seat.protege;
    entry.kind = kind;
    wishes.add(1, Action::send_arms, entry);
  }
  wishes.add(2, Action::send_air_defence, seat.protege);
  wishes.add(3, Action::share_intelligence, seat.protege);
  wishes.add(2, Action::cut_aid, seat.protege);
  wishes.add(3, Action::economic_aid, seat.protege);
  // A permission is asked of those whose missiles a protege without nuclear arms fires.
  const bool asks = !given.actors[*seat.protege].nuclear;
  if (asks) wishes.add(4, Action::lift_range, seat.protege);
  wishes.add(4, Action::send_technicians, seat.protege);
}

void wish_contingents(Wishes& wishes, const Model& model, const Seat& seat) {
  for (const std::uint32_t c : seat.own_abroad) {
    const casefile::Contingent& k = model.given().contingents[c];
    const bool labour = k.role == casefile::ContingentRole::labour;
    Entry entry;
    entry.contingent = c;
    entry.target = k.host.index;
    wishes.add(labour ? 2 : 1, labour ? Action::send_labour : Action::deploy_contingent, entry);
    if (!labour && k.sector) wishes.add(1, Action::withdraw_contingent, entry);
    wishes.add(2, Action::arms_for_technology, k.host.index);
    wishes.add(2, Action::conceal);
  }
  for (const std::uint32_t c : seat.enemy_foreign) {
    const casefile::Contingent& k = model.given().contingents[c];
    if (!k.sector || !(seat.belligerent || seat.great)) continue;
    Entry entry;
    entry.contingent = c;
    entry.target = k.owner.index;
    wishes.add(3, Action::approach_officer, entry);
    wishes.add(2, Action::disclose, k.owner.index);
    wishes.add(3, Action::sanction, k.owner.index);
  }
}

void wish_words(Wishes& wishes, const Model& model, const Seat& seat) {
  const casefile::Actor& a = model.given().actors[seat.actor];
  const bool strong = seat.great || seat.patron || seat.belligerent;
  std::vector<std::uint32_t> others;
  if (seat.enemy) others.push_back(*seat.enemy);
  for (const std::uint32_t r : seat.rivals) {
    if (r != seat.enemy && others.size() < 2) others.push_back(r);
  }
  int rank = 2;
  for (const std::uint32_t other : others) {
    wishes.add(rank, Action::accuse, other);
    wishes.add(rank, Action::back_channel, other);
    if (strong) wishes.add(rank + 1, Action::threaten, other);
    if (strong) wishes.add(rank + 1, Action::disclose, other);
    if (seat.great || seat.patron || seat.organisation)
      wishes.add(rank + 1, Action::sanction, other);
    if (seat.great || seat.organisation) wishes.add(rank + 2, Action::ease_sanctions, other);
    if (seat.great || seat.belligerent) wishes.add(rank + 1, Action::summit, other);
    if (seat.great || seat.belligerent) wishes.add(rank + 1, Action::offer_talks, other);
    if (seat.great || seat.belligerent) wishes.add(rank + 2, Action::covert_collection, other);
    if (seat.great || seat.patron) wishes.add(rank + 1, Action::shift_posture, other);
    wishes.add(rank + 3, Action::cyber, other);
    wishes.add(rank + 4, Action::expel_envoys, other);
    // A display is made by who fights itself, or by a closed state that is no party.
    const bool party = model.side_of(seat.actor) >= 0;
    const bool closed = a.openness == casefile::Openness::closed;
    if (a.nuclear && (seat.belligerent || (closed && !party))) {
      wishes.add(rank + 1, Action::nuclear_signal, other);
    }
    rank += 1;
  }
  for (const std::uint32_t r : seat.rivals) wishes.add(3, Action::joint_exercise, r);
  if (seat.belligerent || seat.great) {
    wishes.add(3, Action::staged_display, seat.enemy);
    wishes.add(3, Action::psy_op, seat.enemy);
    wishes.add(3, Action::conceal);
  }
  wishes.add(2, Action::deny);
  wishes.add(2, Action::consult_allies);
  wishes.add(3, Action::rally_speech);
  if (!others.empty()) wishes.add(4, Action::task_collection, others.front());
  if (!seat.belligerent && (seat.neutral || seat.great || seat.organisation)) {
    wishes.add(2, Action::mediate);
  }
  if (a.openness != casefile::Openness::open) wishes.add(4, Action::repress);
  if (!seat.rivals.empty() && a.openness == casefile::Openness::closed) {
    wishes.add(1, Action::missile_test);
  }
}

std::string text_of(const Case& given, const Entry& e) {
  std::string text = given.actors[e.actor].id;
  text += ' ';
  text += casefile::name_of(e.action);
  if (e.target) text += " " + given.actors[*e.target].id;
  if (e.kind) text += " kind " + std::string(casefile::name_of(*e.kind));
  if (e.contingent) text += " contingent " + given.contingents[*e.contingent].id;
  if (e.sector) text += " sector " + given.sectors[*e.sector].id;
  if (e.package) text += " package " + std::to_string(*e.package);
  return text;
}

bool same(const Entry& a, const Entry& b) {
  return std::tie(a.actor, a.action, a.target, a.kind, a.contingent, a.sector, a.package) ==
         std::tie(b.actor, b.action, b.target, b.kind, b.contingent, b.sector, b.package);
}

std::vector<Entry> free_menu(const Model& model, std::size_t actor) {
  const Seat seat = seat_of(model, actor);
  Wishes wishes(model, seat);
  if (seat.belligerent) wish_war(wishes, model, seat);
  if (seat.protege && (seat.patron || seat.great)) wish_aid(wishes, model, seat);
  wish_contingents(wishes, model, seat);
  wish_words(wishes, model, seat);
  auto& all = wishes.all();
  for (auto& [rank, entry] : all) entry.key = key_of(text_of(model.given(), entry));
  std::ranges::stable_sort(all, [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.action, a.second.key) <
           std::tie(b.first, b.second.action, b.second.key);
  });
  std::vector<Entry> menu;
  const auto take = [&](const Entry& entry, std::size_t size) {
    const bool have = std::ranges::any_of(menu, [&](const Entry& m) { return same(m, entry); });
    if (!have && menu.size() < size) menu.push_back(entry);
  };
  for (const auto& wish : all) {
    if (grave(wish.second.action)) take(wish.second, grave_size);
  }
  for (const auto& wish : all) take(wish.second, menu_size);
  return menu;
}

Entry entry_for(const Model& model, const casefile::Order& order) {
  Entry e;
  e.actor = order.actor.index;
  e.action = order.action;
  if (order.target) e.target = order.target->index;
  e.kind = order.kind;
  if (order.contingent) e.contingent = order.contingent->index;
  if (order.sector) e.sector = order.sector->index;
  if (order.package) {
    e.package = nearest_package({model.packages().begin(), model.packages().end()}, *order.package);
  }
  e.chosen_freely = false;
  e.key = key_of(text_of(model.given(), e));
  return e;
}

}  // namespace

void Model::build_menu() {
  for (std::size_t a = 0; a < shape_.actors; ++a) {
    const std::vector<Entry> menu = free_menu(*this, a);
    entries_.insert(entries_.end(), menu.begin(), menu.end());
  }
  const auto add = [&](const casefile::Order& order) {
    const Entry entry = entry_for(*this, order);
    const bool have = std::ranges::any_of(entries_, [&](const Entry& e) { return same(e, entry); });
    if (!have) entries_.push_back(entry);
  };
  const auto add_all = [&](const casefile::Doing& doing) {
    for (const casefile::Order& order : doing.orders) add(order);
    for (const casefile::Rule& rule : doing.rules) add(rule.then);
  };
  for (const casefile::Option& option : given_->options) {
    add_all(option);
    for (const casefile::Signpost& post : option.signposts) {
      add_all(post.then);
      add_all(post.otherwise);
    }
  }
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    return std::tie(a.actor, a.action, a.target, a.key) <
           std::tie(b.actor, b.action, b.target, b.key);
  });
  by_actor_.resize(shape_.actors);
  for (std::uint32_t e = 0; e < entries_.size(); ++e) {
    by_action_[static_cast<std::size_t>(entries_[e].action)].push_back(e);
    by_actor_[entries_[e].actor].push_back(e);
    const auto& house = given_->actors[entries_[e].actor].legislature;
    const bool asks = house && house->asked(entries_[e].action);
    asked_.push_back(asks ? &*house : nullptr);
  }
}

}  // namespace casus::world
