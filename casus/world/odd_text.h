// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// The prose between the tables of `odd`, element by element of the protocol. Doubled braces are
/// braces, single ones are counts filled in.
namespace casus::world::odd_text {

inline constexpr std::string_view opening =
    R"(# The model of Casus by the ODD protocol

Made by `casus model --odd` from what the program declares: {processes} processes, {variables} state variables, {acts} acts and {knobs} knobs. The order of the parts follows Grimm et al. (2020).

## 1. Purpose and patterns

The model says what may become of an international crisis over one to three years, and what difference an option makes, given doubt about what is true today. It is for comparing options under the same luck and for finding what an answer hangs on. It is not for forecasting single events, for choosing targets, or for anything below brigades and weeks.

A version is held against these patterns (docs/validation/prior-predictive.md and docs/validation/peaceful-baseline.md): the pace of the front and its spread; claimed losses, and their weak tie to ground gained; how often wars end and talk; how seldom shots become a war, and a war nuclear; aid after an election; exits of leaders; and, where no war is fought, disputes no more often than history has them.

)";

inline constexpr std::string_view entities = R"(## 2. Entities, state variables and scales

**Entities.** Actors (states, alliances and other collectives), the two sides of a war with its sectors of front, contingents of troops with their path, routes between places, ordered pairs of actors, and the entries of a menu of acts (who, what, to whom). A case file declares which there are; nothing in the engine knows a country.

**Scales.** A step is a week from Monday; a run lasts a case's horizon, two years as a rule. Space is a network of places and routes with lengths in km, and a front cut into sectors with a frontage in km. Men count in thousands, money in billions of dollars.

**Layers.** `truth` is what is so, `open` what all know, `own` what only its actor knows, `belief` what an actor thinks is so. Physics reads truth; a policy reads what is open, its own, and its beliefs.

)";

inline constexpr std::string_view scheduling = R"(
## 3. Process overview and scheduling

At the end of a week every actor chooses for the next, all at once; the orders of the option under study are added. Then the processes run in this order, each on what the earlier ones left:

)";

inline constexpr std::string_view after_schedule = R"(
At the end of the week every variable is brought back into its range; how often that was needed is counted and reported with every run. An act ordered in one week takes effect in the next at the earliest.

**The acts**, in the order of the catalogue:

)";

inline constexpr std::string_view concepts = R"(
## 4. Design concepts

**Basic principles.** Truth, report and belief are three layers: things happen, are reported with delay, error and deceit, and are believed in part. Actors choose by quantal response (McKelvey and Palfrey 1995) within nested families of acts, at levels of thinking 0 to 2 (Camerer, Ho and Chong 2004). War ends by bargains that both prefer to fighting on, hindered by fear of the other's later strength (Fearon 1995; Powell 2006).

**Emergence.** The course of the front, of will, of tension, the moment and terms of an end, entry of others and the spread of all these come from the laws. Imposed are the dates of elections, the routes, the menu, and the rates of what nobody orders.

**Adaptation.** Actors weigh each feasible act by what it is expected to do to eighteen features, scaled by how the world looks to them.

**Objectives.** A weighted sum of the eighteen features; the weights are drawn about what a case says the actor wants.

**Learning.** Contingents learn in combat, recipients learn their kit, beliefs follow reports. Actors do not learn each other's type.

**Prediction.** Acts are valued by fixed expectations over half a year; deep thinkers add the reply they expect of a rival. Nobody simulates the model within the model.

**Sensing.** Actors see what is open, their own state, and reports of the rest, by kind of source, with false reports where somebody stages a display.

**Interaction.** Acts between actors, fights in sectors, aid, deals, talks, shared routes.

**Stochasticity.** A draw is a function of seed, future, stream, week and the name of the entity. The same future meets the same luck under every option.

**Collectives.** An alliance chooses by a probabilistic Condorcet election among its members. A side is led by one actor.

**Observation.** Published variables every week, outcome measures at the horizon, answers to questions, and for any single future a dated story with causes (`casus play --trace`).

)";

inline constexpr std::string_view initialization = R"(## 5. Initialization

A future starts from one draw of the joint belief that `casus assess` made of the reports, and from draws of every quantity and knob about the priors that case and engine give. Where a case is silent, priors by kind of rule stand in. The start is the same for all options.

)";

inline constexpr std::string_view input = R"(## 6. Input data

A case folder (docs/case-format.md) and nothing else: no series is read while the model runs. Every figure carries its source and the day it became public; a case uses none that is later than its as-of day.

)";

inline constexpr std::string_view submodels = R"(## 7. Submodels

Each with what it reads, writes and draws, and its parameters. Tags: V read in a source, D derived from data, M from memory of a cited work, P back-solved with a prototype, J judgement.

)";

}  // namespace casus::world::odd_text
