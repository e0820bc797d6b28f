// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What is willed, owed, believed and ordered: rows of the state vector, read by variables.h.
// A table, a row a variable.
// name, extent, unit, low, high, layer, meaning.   k = thousand persons; stocks in thousands where
// said.
// clang-format off
#define CASUS_VARIABLES_OF_MINDS(X)                                                                \
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
  X(programme, actor, "code", 0, 2, own, "road to a nuclear weapon: 0 none, 1 hidden, 2 known")    \
  X(guarantee_level, actor, "share", 0, 1, open, "guarantee held")                                 \
  X(guarantee_credibility, actor, "share", 0, 1, open, "its credibility")                          \
  X(range_permission, actor, "share", 0, 1, open, "permission held for long-range strikes")        \
  X(intelligence, actor, "share", 0, 1, own, "intelligence shared with the actor")                 \
  X(honour, actor, "points", -3, 3, open, "kept minus broken promises and threats")                \
  X(credibility, actor, "log", -2, 2, open, "credibility of public statements")                    \
  X(deception, actor_type, "share", 0, 1, own, "plan: conceal, display, double")                   \
  X(type, actor_type, "0/1", 0, 1, own, "type drawn: hawk, trader, survivor")                      \
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
  X(aid_start, pair, "USD bn/week", 0, 10, open, "aid decided on at the start")                     \
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
  X(believed_type, pair_type, "share", 0, 1, belief,                                               \
    "what from takes to for: hawk, trader, survivor")                                              \
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
