// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
/** Every term a newcomer must ask about, in a sentence or two. */
export const terms: Record<string, string> = {
  grade: 'Admiralty grade: a letter A–F for how reliable the source has been, a digit 1–6 for how well others confirm the item. F6 means that neither can be judged.',
  deciban: 'Weight of evidence, 10·log₁₀ of how much the odds change: 10 dB make something ten times likelier against the rest, 3 dB twice.',
  'P(true)': 'Probability that what the report claims is so, all reports weighed jointly.',
  staged: 'Probability that the report stems from something an adversary put on show.',
  posterior: 'Probability after all reports, with a range over how grades may be read.',
  linchpin: 'One report, source or assumption without which another answer would lead or another word be due.',
  regret: 'How much worse an option does than the best option of the same future, on average over the futures.',
  value: 'Expected worth of the outcomes to the decision maker, by the weights the case states; going on as now is the yardstick.',
  flip: 'Share of draws of numbers nobody has sourced in which the other option comes out ahead.',
  fan: 'The middle line is the median of all futures; the dark band holds the middle half, the light band nine in ten.',
  'filtered belief': 'What could be known at the end of that day, from the reports published by then.',
  hinge: 'A number nobody has sourced that moves, or turns, the order of the options.',
  bits: 'Expected gain in information: one bit halves the doubt between two equally likely answers.',
  knob: 'A parameter of a law, with prior, range, unit, tag and source.',
  tag: 'V read in the source named, M from memory of it, D worked out from it, J judgement, P prototype.',
  lineage: 'Which reports merely repeat another: told once or ten times, it counts once.',
  TLP: 'Traffic Light Protocol: CLEAR may be shared freely, GREEN in the community, AMBER with those who need it, RED with those named.',
  future: 'One course of the whole crisis, played week by week; every actor decides from what it believes.',
};
