// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/odd.h"

namespace casus::world {

std::span<const Submodel> submodels() {
  static constexpr Submodel all[] = {
      {"acts", "acts", "acts", "slip assent",
       "Orders wait for votes, come due, take effect, cost their price and run out; an act may "
       "land "
       "a rung off."},
      {"shocks", "leaders", "leaders", "oil shock_oil shock_home shock_massacre shock_border",
       "What nobody ordered: oil, scandals, mutinies, disasters, failed harvests, incidents."},
      {"leaders", "leaders", "leaders", "election aid_turnover challenger exit",
       "Elections on their dates, exits of leaders, new lines and what they change."},
      {"aid", "alliances", "alliances", "vote vote_day",
       "Aid follows need, support, leaders and votes; it passes a pipeline of three stages."},
      {"entry", "alliances", "alliances", "entry pact pact_in_force",
       "An ally enters the war or a neutral begins to help, by a weekly hazard; pacts are tested."},
      {"manpower", "manpower", "manpower", "",
       "Recruits, training, returned wounded, desertion: people move between pools, none is made "
       "or "
       "lost."},
      {"materiel", "materiel", "materiel", "",
       "Stocks, production, deliveries through pipelines, duds, learning of new kit."},
      {"movement", "movement", "movement", "invited",
       "Contingents embark, travel their path within the room of its routes, settle in."},
      {"operations", "operations", "operations",
       "sabotage sabotage_where capture officer raid reply clash open_war nuclear first_blood "
       "answer_act leak",
       "Strikes, raids, sabotage, collection, approaches to officers, tests; clashes, answers in "
       "kind and the gated nuclear branch."},
      {"programmes", "programmes", "programmes", "programme programme_found",
       "States that nobody shields against a nuclear rival may begin a hidden programme, work at "
       "it and be found out."},
      {"front", "front", "front theory", "front.loss front.gain front.intensity front.zeta",
       "Fires, casualties, pressure, advance, works and the drift of each sector."},
      {"contingents", "manpower", "contingents", "",
       "Whose losses they were, and what the men learned."},
      {"economy", "economy", "economy", "growth deal deal_default milestone",
       "Growth, budgets, sanctions and their evasion, deals of arms, men and labour for money and "
       "technology."},
      {"reports", "beliefs", "reports beliefs",
       "display_exposed sighting_imagery sighting_signals sighting_human sighting_detainee "
       "sighting_social_media",
       "What is reported of contingents, with misses, false alarms, concealment and displays."},
      {"beliefs", "beliefs", "beliefs", "bias estimate own_view optimism",
       "What each actor makes of the reports and of the front."},
      {"public_will", "will", "will", "support",
       "Support follows losses, time, hope and pressure; rallies fade; elites follow success."},
      {"morale", "will", "will", "rumour",
       "Morale of troops follows losses, believed news and pay."},
      {"tension", "escalation", "escalation", "tension threat in_private",
       "How each actor sees each other, promises kept and broken, threats and what they bring."},
      {"talks", "talks", "talks", "ladder answer truce signature salience",
       "A ladder from back channel to summit, packages, signatures, consent of patrons."},
      {"ends", "talks", "talks", "recurrence collapse",
       "Ceasefires age, freeze or break; a side whose line or will is gone collapses."},
      {"choice", "decisions", "choice", "choice",
       "Outside the week: who does what, from beliefs alone."},
      {"start", "world", "start",
       "start.knob start.zeta_front start.frontage start.chip start.troops start.fort "
       "start.intensity start.weekly_gain start.intake start.evasion "
       "start.air_defence start.infrastructure start.learning start.credibility start.latency "
       "start.deception start.actor start.type start.theta start.rationality start.level "
       "start.stock start.production start.flow start.tension start.aid start.honour "
       "start.believed_force start.believed_strength start.strength start.within start.at_front "
       "start.quality start.morale start.pay_trust start.plan start.vote start.ruler_tie design "
       "design.order design.morris design.saltelli",
       "Before week 0: the first state of a future."},
      {"truth", "inference", "", "truth", "Before the start: one draw of the joint belief."},
  };
  return all;
}

}  // namespace casus::world
