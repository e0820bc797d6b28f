// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What the futures are drawn from, by name: parameters of the model, and facts in dispute.
import { useView } from '../api';
import { spoken } from '../format';
import { To, useHere } from '../parts';
import type { Hypothesis, Knob } from '../types';

export function useKnobs(): Map<string, Knob> {
  const { given } = useHere();
  const model = useView<{ knobs: Knob[] }>(`cases/${given.name}/model`, given.name);
  return new Map((model.data?.knobs ?? []).map((k) => [k.id, k]));
}

/** The fact that an input is of, `question` or `question = state`. */
export const factOf = (hypotheses: Hypothesis[], input: string) => hypotheses.find((h) => h.id === input.split(' = ')[0]);

/** An input in words, and the way to it. */
export function Input({ of }: { of: string }) {
  const { given } = useHere();
  const knob = useKnobs().get(of), fact = factOf(given.hypotheses, of), state = of.split(' = ')[1];
  if (fact) return <To page={'hypotheses/' + fact.id}>{fact.text}{state !== undefined && `: ${fact.states.find((s) => s.id === state)?.text ?? spoken(state)}`}</To>;
  return <><To page="model" query={{ find: of }}>{knob?.meaning ?? of}</To>{knob && <> <code className="faint small">{of}</code></>}</>;
}
