// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useView } from '../api';
import { cut, day, percent } from '../format';
import { Mark, To, useHere, useStage } from '../parts';
import type { Belief, Report } from '../types';

const before = (iso: string, days: number) => new Date(Date.parse(iso + 'T00:00:00Z') - 864e5 * days).toISOString().slice(0, 10);

/** The key judgements and the latest reports: what a reader of the map asks next. */
export function Held() {
  const { given } = useHere();
  const belief = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const judged = new Map((belief.data?.hypotheses ?? []).map((h) => [h.id, h]));
  const key = given.hypotheses.filter((h) => h.key_judgement && judged.has(h.id));
  const latest = (reports.data?.reports ?? []).filter((r) => !r.struck).sort((a, b) => b.published.localeCompare(a.published)).slice(0, 4);
  return (
    <>
      {key.length > 0 && <><h2>What is held</h2>
        <ul className="plain">{key.map((h) => { const j = judged.get(h.id)!; return (
          <li key={h.id}><To page={'hypotheses/' + h.id}>{h.text}</To> <strong>{h.states.find((s) => s.id === j.leading)?.text}</strong>, {percent(j.states.find((s) => s.id === j.leading)?.p)} <span className="faint">{j.word}, confidence {j.confidence}</span></li>); })}</ul></>}
      {key.length > 0 && <p>What moved in the <To page="changes" query={{ since: before(given.as_of, 1) }}>last day</To>, the <To page="changes" query={{ since: before(given.as_of, 7) }}>last week</To></p>}
      {latest.length > 0 && <><h2>Latest reports</h2>
        <ul className="plain">{latest.map((r) => <li key={r.id}><Mark of={r.handling} /><To page={'reports/' + r.id}>{cut(r.claim, 90)}</To> <span className="faint">{day(r.published)}, {r.grade}, {percent(r.p_true)} true</span></li>)}</ul></>}
    </>
  );
}
