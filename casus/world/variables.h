// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The state vector: every variable of a future, declared once.
namespace casus::world {

/// What a variable has one value for.
enum class Extent : std::uint8_t {
  one,   ///< the whole future
  side,  ///< the two sides of the war
  sector,
  sector_side,  ///< sector * 2 + side
  contingent,
  contingent_node,  ///< contingent * path_nodes + node of its path (0 = origin)
  actor,
  actor_feature,     ///< actor * 18 + feature
  actor_type,        ///< actor * 3 + type (hawk, trader, survivor)
  actor_stock,       ///< actor * 9 + stock kind
  pair,              ///< from * actors + to (symmetric ones keep both entries equal)
  actor_contingent,  ///< observer * contingents + contingent
  route,
  entry,  ///< entry of the menu of acts
  knob    ///< a parameter drawn once a future
};

/// Who may know a variable: a policy reads `open`, its own `own` and its own `belief` values, no
/// `truth`.
enum class Layer : std::uint8_t { truth, open, own, belief };

struct VariableInfo {
  std::string_view name;
  Extent extent;
  std::string_view unit;
  float low;  ///< clamps below this are counted
  float high;
  Layer layer;
  std::string_view meaning;
};

// clang-format off: a table, a row a variable.
// name, extent, unit, low, high, layer, meaning.   k = thousand persons; stocks in thousands where
// said.
#define CASUS_WORLD_VARIABLES(X)                                                                   \
  /* theatre */                                                                                    \
  X(end_state, one, "code", 0, 4, open,                                                            \
    "0 fighting, 1 ceasefire, 2 settlement, 3 frozen, 4 collapse")                                 \
  X(ceasefire_age, one, "weeks", 0, 600, open, "weeks since the ceasefire")                        \
  X(recurred, one, "0/1", 0, 1, open, "fighting broke out again after a ceasefire")                \
  X(collapsed_side, one, "code", -1, 1, open, "-1 none, else the side that collapsed")             \
  X(settled_package, one, "index", -1, 5000, open, "package in force, -1 none")                    \
  X(table_package, one, "index", -1, 5000, open, "package on the table, -1 none")                  \
  X(zeta_front, one, "log", -1.5, 1.5, truth, "slow advantage of side 0 along the whole front")    \
  X(slow_intensity, one, "log", -2, 2, truth, "slow latent intensity of the war")                  \
  X(oil_price, one, "USD/barrel", 20, 200, open, "price of oil")                                   \
  X(war_weeks, one, "weeks", 0, 600, open, "weeks of fighting since week 0")                       \
  X(talks_weeks, one, "weeks", 0, 600, open, "weeks in formal talks or summit between the leads")  \
  /* sides */                                                                                      \
  X(killed, side, "k", 0, 5000, truth, "killed since week 0")                                      \
  X(casualties, side, "k/week", 0, 200, truth, "killed, wounded and captured this week")           \
  X(floor_weeks, side, "weeks", 0, 600, truth, "weeks below the floor of force or will")           \
  X(win_chance, side, "share", 0, 1, truth, "chance of prevailing by the balance of forces")       \
  /* sectors */                                                                                    \
  X(area_shift, sector, "km2", -200000, 200000, open, "side 0's net gain since week 0")            \
  X(area_week, sector, "km2/week", -6000, 6000, open, "side 0's net gain this week")               \
  X(frontage, sector, "km", 5, 1500, open, "length of the line")                                   \
  X(zeta_sector, sector, "log", -1.5, 1.5, truth, "slow advantage of side 0 in the sector")        \
  X(zeta_base, sector, "log", -1.5, 1.5, truth,                                                    \
    "advantage that gains of late speak of; zeta_sector returns to it")                            \
  X(chip, sector, "km2", 0, 20000, open, "land of side 0's core held by side 1")                   \
  X(troops, sector_side, "k", 0, 800, truth, "troops in contact")                                  \
  X(fort, sector_side, "share", 0, 0.8, truth, "fortification")                                    \
  X(intensity, sector_side, "share", 0, 1, open, "attack intensity")                               \
  X(sector_casualties, sector_side, "k/week", 0, 100, truth, "casualties this week")               \
  X(base_intensity, sector_side, "share", 0, 1, truth, "intensity the sector returns to")          \
  X(post, sector_side, "log", -6, 6, truth,                                                        \
    "troops of the start beyond what the bustle of the sector alone would bring")                  \
  X(force_plan, actor, "k", 0, 6000, own,                                                          \
    "force that recruiting means to keep: that of the start")                                      \
  X(fires_start, sector_side, "k/week", 0, 1000, truth,                                            \
    "harm the side's fires would have done at full exposure in week 0")                            \
  X(men_start, sector_side, "k", 0, 1000, truth, "men of the side in contact in week 0")           \
  /* contingents */                                                                                \
  X(men, contingent_node, "k", 0, 3000, truth,                                                     \
    "men by node of the path; at the last, the front, those acclimatising and in combat too")      \
  X(acclimatising, contingent, "k", 0, 3000, truth, "men at the last node not yet fit to fight")   \
  X(trained, contingent, "share", 0, 1, truth,                                                     \
    "training at the front, 1 = the contingent may fight")                                         \
  X(in_combat, contingent, "k", 0, 3000, truth, "men at the last node and fit to fight")           \
  X(to_send, contingent, "k", 0, 500, own, "men decided upon and not yet sent")                    \
  X(departed, contingent, "k", 0, 5000, truth, "men sent since the start")                         \
  X(quality, contingent, "ratio", 0.2, 1.5, truth, "quality, 1 = reference")                       \
  X(experience, contingent, "weeks", 0, 300, truth, "weeks in combat")                             \
  X(morale, contingent, "logit", -5, 5, truth, "morale")                                           \
  X(contingent_killed, contingent, "k", 0, 2000, truth, "killed since week 0")                     \
  X(contingent_wounded, contingent, "k", 0, 2000, truth, "wounded since week 0")                   \
  X(contingent_captured, contingent, "k", 0, 2000, truth, "captured or deserted since week 0")     \
  X(contingent_casualties, contingent, "k/week", 0, 300, truth, "casualties this week")            \
  X(loss_seen, contingent, "log", -12, 3, truth, "log of the loss rate of last week, for morale")  \
  X(news_felt, contingent, "logit", 0, 10, truth, "bad news believed, of the last weeks")          \
  X(passive, contingent, "weeks", 0, 52, truth, "weeks of local passivity left")                   \
  X(pay_trust, contingent, "share", 0, 1, truth, "trust that what was promised is paid")           \
  X(withdrawing, contingent, "share", 0, 1, own, "share under order to leave")                     \
  X(committed, contingent, "share", 0, 1, own, "share its owner allows to fight")                  \
  /* routes */                                                                                     \
  X(route_damage, route, "share", 0, 1, truth, "capacity lost")                                    \
  X(route_use, route, "k/week", 0, 500, truth, "men moved this week")                              \
  /* actors: people and things */                                                                  \
  X(force, actor, "k", 0, 6000, own, "force in theatre, or available abroad")                      \
  X(manpower_pool, actor, "k", 0, 60000, own, "men that could still be drawn in")                  \
  X(intake, actor, "k/week", 0, 200, own, "recruits a week")                                       \
  X(mobilising, actor, "k/week", 0, 200, own, "extra intake of a mobilisation wave")               \
  X(training_1, actor, "k", 0, 2000, own, "in training, first half")                               \
  X(training_2, actor, "k", 0, 2000, own, "in training, second half")                              \
  X(wounded_1, actor, "k", 0, 2000, own, "recovering, first half")                                 \
  X(wounded_2, actor, "k", 0, 2000, own, "recovering, second half")                                \
  X(dead, actor, "k", 0, 5000, own, "own dead since week 0")                                       \
  X(disabled, actor, "k", 0, 5000, own, "invalided out or captured since week 0")                  \
  X(awol, actor, "k", 0, 3000, own, "absent without leave or fled since week 0")                   \
  X(stock, actor_stock, "count", 0, 1e8, own, "stock in hand")                                     \
  X(production, actor_stock, "count/week", 0, 1e7, own, "own production")                          \
  X(inflow, actor_stock, "count/week", 0, 1e7, own, "promised by others, usable, as it runs now")  \
  X(pipe_1, actor_stock, "count", 0, 1e8, own, "on the way to the actor, first stage")             \
  X(pipe_2, actor_stock, "count", 0, 1e8, own, "on the way, second stage")                         \
  X(pipe_3, actor_stock, "count", 0, 1e8, own, "on the way, last stage")                           \
  X(delivered, actor_stock, "count/week", 0, 1e8, own, "received this week")                       \
  X(learning, actor, "share", 0, 1, own, "mastery of received kit")                                \
  X(technicians, actor, "share", 0, 1, own, "foreign technicians at work")                         \
  X(air_defence, actor, "share", 0, 1, own, "air defence of places that matter")                   \
  X(infrastructure, actor, "share", 0, 1, open, "energy and transport working")                    \
  /* actors: will and rule */                                                                      \
  X(support, actor, "logit", -5, 5, own, "support for the war or the policy")                      \
  X(rally, actor, "logit", -2, 2, own, "rally on top of support")                                  \
  X(expected_success, actor, "share", 0, 1, own, "what the public expects")                        \
  X(success_base, actor, "share", -1, 1, own,                                                      \
    "what the public expects beyond its rulers' own belief")                                       \
  X(pressure_seen, actor, "share", 0, 1, own, "pressure of last week")                             \
  X(elite_cohesion, actor, "share", 0, 1, own, "cohesion of the ruling elite")                     \
  X(regime_security, actor, "share", 0, 1, own, "1 - risk of irregular exit in a year, rescaled")  \
  X(openness, actor, "share", 0, 1, open, "how far costs reach support")                           \
  X(line_lost, actor, "0/1", 0, 1, open, "the governing line lost its last election since week 0") \
  X(lame_duck, actor, "weeks", 0, 60, open, "weeks of lame duck left")                             \
  X(new_leader, actor, "0/1", 0, 1, open, "a new leader since week 0")                             \
  /* actors: economy */                                                                            \
  X(gdp, actor, "USD bn", 0, 100000, open, "output")                                               \
  X(growth, actor, "% / year", -20, 15, open, "growth")                                            \
  X(fiscal_room, actor, "% of GDP", 0, 40, own, "spending still possible in a year")               \
  X(sanction, actor, "share", 0, 1, open, "sanctions in force against the actor")                  \
  X(evasion, actor, "share", 0, 1, own, "share of sanctions evaded")                               \
  X(pressure, actor, "share", 0, 1, own, "food, fuel and price pressure")                          \
  X(pressure_base, actor, "logit", -20, 20, own, "pressure apart from growth, money and ration")   \
  X(growth_base, actor, "% / year", -40, 60, own, "growth apart from sanctions, oil and war")      \
  X(war_budget, actor, "% of GDP", -100, 300, own, "regular revenue set aside for the war")        \
  X(provisions, actor, "share", 0, 1, own, "food and oil got in deals, share of need")             \
  X(technology, actor, "milestones", 0, 5, own, "technology milestones received")                  \
  X(tech_progress, actor, "share", 0, 1, own, "progress to the next milestone")                    \
  X(spent, actor, "USD bn", 0, 1e6, own, "spent on acts and aid since week 0")                     \
  X(aid_received, actor, "USD bn/week", 0, 50, open, "aid delivered this week")                    \
  X(aid_total, actor, "USD bn", 0, 1e5, open, "aid delivered since week 0")                        \
  X(vote_share, actor, "share", 0, 1, open, "seats that back aid and force")                       \
  X(mandate, actor, "weeks", 0, 600, open, "weeks for which aid is voted")                         \
  X(aid_leader, actor, "ratio", 0, 4, open, "leader's factor on new aid")                          \
  /* actors: danger and standing */                                                                \
  X(rung, actor, "rung", -5, 10, open, "highest rung acted on this week")                          \
  X(rung_state, actor, "rung", -5, 10, open, "smoothed rung")                                      \
  X(nuclear_alert, actor, "level", 0, 4, open, "nuclear alert")                                    \
  X(latency, actor, "share", 0, 1, own, "progress to nuclear latency")                             \
  X(guarantee_level, actor, "share", 0, 1, open, "guarantee held")                                 \
  X(guarantee_credibility, actor, "share", 0, 1, open, "its credibility")                          \
  X(range_permission, actor, "share", 0, 1, open, "permission held for long-range strikes")        \
  X(intelligence, actor, "share", 0, 1, own, "intelligence shared with the actor")                 \
  X(honour, actor, "points", -3, 3, open, "kept minus broken promises and threats")                \
  X(credibility, actor, "log", -2, 2, open, "credibility of public statements")                    \
  X(deception, actor_type, "share", 0, 1, own, "plan: conceal, display, double")                   \
  X(type, actor_type, "0/1", 0, 1, own, "type drawn: hawk, trader, survivor")                      \
  X(believed_type, actor_type, "share", 0, 1, open,                                                \
    "what the others take the actor for by its acts: hawk, trader, survivor")                      \
  X(theta, actor_feature, "weight", 0, 9, own, "weights of the 18 features")                       \
  X(rationality, actor, "ratio", 0.05, 20, own, "rationality of choice")                           \
  X(level, actor, "level", 0, 2, own, "level of thinking: 0, 1 or 2")                              \
  /* pairs */                                                                                      \
  X(tension, pair, "points", -10, 10, open, "how from sees to: -10 hostile, 10 friendly")          \
  X(tension_base, pair, "points", -10, 10, open, "tension that quiet weeks return to")             \
  X(reply_due, pair, "weeks", 0, 8, own, "weeks until from replies to a strike of to, 0 none")     \
  X(last_act, pair, "points", -30, 30, open, "sum of perceived Goldstein weights last week")       \
  X(trust_kept, pair, "count", 0, 200, open, "promises kept")                                      \
  X(trust_broken, pair, "count", 0, 200, open, "promises broken")                                  \
  X(ruler_tie, pair, "share", 0, 1, open, "personal bond of the two rulers")                       \
  X(pact_test, pair, "weeks", 0, 30, open,                                                         \
    "weeks left in which from must show that it honours its pact with to, 0 none")                 \
  X(talks, pair, "level", 0, 3, open, "0 none, 1 back channel, 2 formal, 3 summit")                \
  X(clash, pair, "0/1", 0, 1, open, "a clash at rung 6 or above, not at war at first")             \
  X(aid_rate, pair, "USD bn/week", 0, 10, open, "aid decided on, a week")                          \
  X(aid_base, pair, "log", -30, 10, own, "willingness to give apart from need, support and lead")  \
  X(aid_pipe_1, pair, "USD bn", 0, 300, own, "aid on the way, first stage")                        \
  X(aid_pipe_2, pair, "USD bn", 0, 300, own, "second stage")                                       \
  X(aid_pipe_3, pair, "USD bn", 0, 300, own, "last stage")                                         \
  X(optimism, pair, "share", -0.5, 0.8, own, "excess of own believed win share")                   \
  X(deal_owed, pair, "USD bn", -500, 500, own, "owed by from to to")                               \
  X(entered, actor, "0/1", 0, 1, open, "entered the war as a belligerent since week 0")            \
  /* beliefs */                                                                                    \
  X(believed_presence, actor_contingent, "logit", -9, 9, belief,                                   \
    "odds that the contingent is at the front")                                                    \
  X(believed_strength, actor_contingent, "ln k", -8, 8, belief,                                    \
    "believed strength of the contingent")                                                         \
  X(believed_variance, actor_contingent, "-", 0.001, 4, belief, "variance of the former")          \
  X(news_presence, actor_contingent, "nats", -60, 60, belief,                                      \
    "weight of reports on presence on their way to the actor")                                     \
  X(news_strength, actor_contingent, "ln k", -400, 400, belief,                                    \
    "precision-weighted reported strength on its way")                                             \
  X(news_precision, actor_contingent, "-", 0, 400, belief, "precision of the former")              \
  X(believed_force, pair, "k", 0, 6000, belief, "from's belief of to's force")                     \
  X(believed_trend, actor, "km2/week", -3000, 3000, belief, "believed trend of side 0's gains")    \
  X(believed_killed, pair, "k", 0, 5000, belief, "from's belief of to's dead")                     \
  X(believed_win, actor, "share", 0, 1, belief, "believed chance that its side prevails")          \
  X(perceived_act, pair, "points", -30, 30, belief,                                                \
    "perceived Goldstein weight of to's acts toward from")                                         \
  /* acts: one per entry of the menu */                                                            \
  X(due, entry, "weeks", 0, 60, own, "weeks until the act takes effect")                           \
  X(left, entry, "weeks", 0, 600, own, "weeks of effect left")                                     \
  X(ordered, entry, "intensity", 0, 1, own, "intensity ordered, waiting or in effect")             \
  X(active, entry, "intensity", 0, 1, open, "intensity in effect this week")                       \
  X(started, entry, "intensity", 0, 1, open, "intensity of an act that took effect this week")     \
  X(cooldown, entry, "weeks", 0, 12, own, "weeks before it may be chosen again")                   \
  X(knob, knob, "as declared", -1e9, 1e9, truth, "parameters of the laws")

// clang-format on

enum class Var : std::uint16_t {
#define CASUS_ENUMERATOR(name, ...) name,
  CASUS_WORLD_VARIABLES(CASUS_ENUMERATOR)
#undef CASUS_ENUMERATOR
};

[[nodiscard]] std::span<const VariableInfo> variable_table();
[[nodiscard]] inline const VariableInfo& info(Var v) {
  return variable_table()[static_cast<std::size_t>(v)];
}

}  // namespace casus::world
