// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What is fought over and with: rows of the state vector, read by variables.h.
// A table, a row a variable.
// name, extent, unit, low, high, layer, meaning.   k = thousand persons; stocks in thousands where
// said.
// clang-format off
#define CASUS_VARIABLES_OF_WAR(X)                                                                  \
  /* theatre */                                                                                    \
  X(end_state, one, "code", 0, 4, open,                                                            \
    "0 fighting, 1 ceasefire, 2 settlement, 3 frozen, 4 collapse")                                 \
  X(ceasefire_age, one, "weeks", 0, 600, open, "weeks since the ceasefire")                        \
  X(recurred, one, "0/1", 0, 1, open, "fighting broke out again after a ceasefire")                \
  X(collapsed_side, one, "code", -1, 1, open, "-1 none, else the side that collapsed")             \
  X(settled_package, one, "index", -1, 5000, open, "package in force, -1 none")                    \
  X(breach, one, "share", 0, 1, open, "how far the package in force is broken")                    \
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
  X(handed_over, sector, "km2", -200000, 200000, open, "part of area_shift that a package moved")  \
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
  X(disabled, actor, "k", 0, 5000, own, "invalided out since week 0")                              \
  X(captured, actor, "k", 0, 5000, own, "own men in the hands of the enemy")                       \
  X(force_limit, actor, "k", 0, 6000, open, "men that a package in force allows, 0 no limit")      \
  X(awol, actor, "k", 0, 3000, own, "absent without leave or fled since week 0")                   \
  X(stock, actor_stock, "count", 0, 1e8, own, "stock in hand")                                     \
  X(stock_limit, actor_stock, "count", 0, 1e8, open, "what a package in force allows, 0 no limit") \
  X(production, actor_stock, "count/week", 0, 1e7, own, "own production")                          \
  X(inflow, actor_stock, "count/week", 0, 1e7, own, "promised by others, usable, as it runs now")  \
  X(pipe_1, actor_stock, "count", 0, 1e8, own, "on the way to the actor, first stage")             \
  X(pipe_2, actor_stock, "count", 0, 1e8, own, "on the way, second stage")                         \
  X(pipe_3, actor_stock, "count", 0, 1e8, own, "on the way, last stage")                           \
  X(delivered, actor_stock, "count/week", 0, 1e8, own, "received this week")                       \
  X(learning, actor, "share", 0, 1, own, "mastery of received kit")                                \
  X(technicians, actor, "share", 0, 1, own, "foreign technicians at work")                         \
  X(readiness, actor, "share", 0, 1, own, "what drills of late have left in the ranks")            \
  X(tasking, actor, "weeks", 0, 8, own, "weeks of full collection that are in reserve")            \
  X(air_defence, actor, "share", 0, 1, own, "air defence of places that matter")                   \
  X(infrastructure, actor, "share", 0, 1, open, "energy and transport working")
// clang-format on
