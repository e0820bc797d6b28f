// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { ask, useAct, useView } from '../api';
import { PathChart } from '../charts';
import { cut, day, decibans, percent, spoken } from '../format';
import { answer, Bar, Mark, Page, Problems, Shown, Table, Term, To, useHere, useKeptFlag, useStage, Views } from '../parts';
import type { Belief, Case, Change, Hypothesis, Judged, Reasons, Report, Shift } from '../types';
import AnalystsView from './analysts';
import { Moved } from './reports';

const mark = (db: number) => (db >= 3 ? '++' : db >= 1 ? '+' : db <= -3 ? '−−' : db <= -1 ? '−' : '0');

function Ach({ named, reasons, reports }: { named: Hypothesis; reasons: Reasons; reports: Map<string, Report> }) {
  const [all, setAll] = useKeptFlag('all');
  const rows = new Map<string, Map<string, number>>();
  for (const w of reasons.weights) {
    if (!rows.has(w.report)) rows.set(w.report, new Map());
    rows.get(w.report)!.set(w.state, w.db);
  }
  const list = [...rows.entries()].map(([id, dbs]) => ({ id, dbs, most: Math.max(...[...dbs.values()].map(Math.abs)) })).sort((a, b) => b.most - a.most);
  const shown = all ? list : list.slice(0, 12);
  if (list.length === 0) return <p className="faint">{reasons.whole ? 'No report weighs anything here.' : 'The weights are being worked out…'}</p>;
  return (
    <>
      <Table quiet caption="Reports against answers" head={['Report', ...named.states.map((s) => s.text)]}>
        {shown.map((r) => (
          <tr key={r.id}><th scope="row"><Mark of={reports.get(r.id)?.handling} /><To page={'reports/' + r.id}>{cut(reports.get(r.id)?.claim ?? r.id, 90)}</To></th>
            {named.states.map((s) => { const db = r.dbs.get(s.id) ?? 0; return <td key={s.id} className={'ach ' + (db >= 1 ? 'for' : db <= -1 ? 'against' : '')}>{mark(db)} <span className="faint">{decibans(db)}</span></td>; })}</tr>))}
      </Table>
      {list.length > 12 && <button type="button" className="quiet" onClick={() => setAll(!all)}>{all ? 'fewer' : `all ${list.length}`}</button>}
    </>
  );
}

/** What a linchpin is of, and what is made otherwise, in words; docs/models/why.md. */
function pinWords(given: Case, kind: string, id: string, change: string): [string, string] {
  const actor = (x: string) => given.actors.find((a) => a.id === x)?.name ?? spoken(x);
  const question = (x: string) => given.hypotheses.find((h) => h.id === x)?.text ?? spoken(x);
  if (kind === 'source') return [`source: ${given.sources.find((s) => s.id === id)?.name ?? spoken(id)}`, change === 'struck' ? 'all its reports out' : `known to be ${spoken(change)}`];
  if (kind === 'prior') return [`prior of “${question(id)}”`, change === 'flat' ? 'no answer likelier at first' : 'not tied to other questions'];
  if (kind === 'report') return [`report ${id}`, 'had not come in'];
  const [what, of] = id.split(':');
  const named: Record<string, string> = { picture: `all who speak of “${question(of)}” share one picture`, line: `denials of “${question(of)}” follow one line`, regime: `${actor(of)} runs a plan of deception`, conceal: `${actor(of)} conceals`, control: `the hold of ${actor(of)} over its sources` };
  return [named[what] ?? spoken(id), change === 'yes' ? 'known to be so' : change === 'no' ? 'known not to be so' : `known to be ${spoken(change)}`];
}
/** The reason of a confidence with the assumption it names in words. */
const reasonWords = (given: Case, text: string) => text.replace(/\((hidden|prior|source|report) (\S+) ([^\s,)]+)/g, (_, kind: string, id: string, change: string) => { const [what, otherwise] = pinWords(given, kind, id, change); return `(${what}, ${otherwise}`; });

function Pins({ judged }: { judged: Judged }) {
  const { given, session } = useHere();
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const claims = new Map((reports.data?.reports ?? []).map((r) => [r.id, r]));
  const test = useAct((change: Change) => ask<{ shift: Shift }>(`cases/${given.name}/what-if`, { changes: [change] }));
  const [moved, setMoved] = useState<{ shift: Shift; title: string }>();
  if (judged.linchpins.length === 0) return <p className="faint">No one report, source or assumption turns the judgement.</p>;
  return (
    <>
      <Table caption="Made otherwise alone, each of these turns the answer, or the word for it" head={['What', 'Made otherwise', 'Chance of that', 'Then']}>
        {judged.linchpins.slice(0, 15).map((l, i) => { const [what, otherwise] = pinWords(given, l.kind, l.id, l.change); return (
          <tr key={i}><th scope="row">{l.kind === 'report' ? <><Mark of={claims.get(l.id)?.handling} /><To page={'reports/' + l.id}>{cut(claims.get(l.id)?.claim ?? l.id, 90)}</To></> : what}</th><td>{otherwise}</td><td>{l.chance !== null && percent(l.chance)}</td>
            <td>{l.turns === 'state' ? <strong>{answer(given, judged.id, l.leading)}</strong> : 'still ' + answer(given, judged.id, l.leading)}, {percent(l.p)} <span className="faint">{l.word}</span>
              {l.kind === 'report' && session.role !== 'reader' && <button type="button" className="quiet" disabled={test.busy} onClick={async () => { const r = await test.run({ kind: 'strike', target: l.id, value: '' }); if (r) setMoved({ shift: r.shift, title: 'If ' + l.id + ' fell' }); }}>what if it fell?</button>}</td></tr>); })}
      </Table>
      {test.error && <Problems error={test.error} close={test.clear} />}
      {moved && <Moved {...moved} />}
    </>
  );
}

function One({ named, judged, belief }: { named: Hypothesis; judged: Judged; belief: Belief }) {
  const { given } = useHere();
  const reasons = useStage<Reasons>('belief', `cases/${given.name}/hypotheses/${named.id}`);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const path = belief.path.filter((p) => p.hypothesis === named.id);
  const paths = named.states.map((s) => ({ label: answer(given, named.id, s.id, 18), points: path.filter((p) => p.state === s.id).map((p) => ({ x: Date.parse(p.day) / 864e5, y: p.p })) })).filter((p) => p.points.length > 0);
  return (
    <article className="detail">
      <h2>{named.text}</h2>
      <ul className="states">{judged.states.map((s) => (
        <li key={s.id} className={s.id === judged.leading ? 'leading' : ''}><span>{named.states.find((x) => x.id === s.id)?.text ?? s.id}</span><Bar p={s.p} low={s.low} high={s.high} /><span className="n">{percent(s.p)} <span className="faint">{percent(s.low) !== percent(s.high) && `${percent(s.low)}–${percent(s.high)}`}</span></span></li>))}</ul>
      <p><strong>{judged.word.slice(0, 1).toUpperCase() + judged.word.slice(1)}</strong>. Confidence {judged.confidence}: {reasonWords(given, judged.confidence_reason)}.</p>
      <h3>How we came to it</h3>
      {paths.length > 0 ? <PathChart paths={paths} title={'Probability by day, ' + named.text} xText={(v) => day(new Date(v * 864e5).toISOString().slice(0, 10)).replace(/, \d+$/, '')} /> : <p className="faint">{belief.reasons ? 'It has no path.' : 'The path is being worked out…'}</p>}
      <h3><Term of="linchpin">Linchpins</Term></h3>
      <Pins judged={judged} />
      <h3>Reports against answers, in <Term of="deciban">decibans</Term></h3>
      <Shown view={reasons} stage="assess">{(r) => <Ach named={named} reasons={r} reports={new Map((reports.data?.reports ?? []).map((x) => [x.id, x]))} />}</Shown>
      {reasons.data && reasons.data.source_weights.length > 0 && <><h3>By source</h3>
        <Table caption="All it says, by source" head={['Source', '>For ' + answer(given, judged.id, judged.leading), '>P(honest)']}>
          {reasons.data.source_weights.filter((w) => w.state === judged.leading).sort((a, b) => Math.abs(b.db) - Math.abs(a.db)).slice(0, 10).map((w) => (
            <tr key={w.source}><th scope="row">{given.sources.find((s) => s.id === w.source)?.name ?? w.source}</th><td className="n">{decibans(w.db)}</td><td className="n">{percent(belief.sources.find((s) => s.id === w.source)?.p_honest)}</td></tr>))}
        </Table></>}
    </article>
  );
}

export default function HypothesesPage() {
  const { given, path } = useHere();
  const view = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const id = path[1];
  return (
    <Page title="What is probably true" lead={<>The <Term of="posterior">posterior</Term> of every question of the case, all reports weighed jointly.</>}>
      <Views of="hypotheses" list={[['', 'Questions'], ['analysts', 'Analysts']]} now={id === 'analysts' ? 'analysts' : ''} />
      <Shown view={view} stage="assess">{(belief) => {
        if (id === 'analysts') return <AnalystsView of={belief.analysts} />;
        const one = given.hypotheses.find((h) => h.id === id);
        const judged = belief.hypotheses.find((h) => h.id === id);
        const order = [...given.hypotheses].sort((a, b) => Number(b.key_judgement) - Number(a.key_judgement));
        return (
          <>
            {!belief.reasons && <p className="old" role="status">Paths, ranges and reasons are being worked out; the probabilities are of now…</p>}
            {id && !one && <p className="problems" role="alert">This case has no question {id}.</p>}
            {one && judged && <One named={one} judged={judged} belief={belief} />}
            <Table quiet caption="Every question" head={['Question', 'Answer', 'Probability', 'Confidence']}>
              {order.map((h) => { const j = belief.hypotheses.find((x) => x.id === h.id)!; const lead = j.states.find((s) => s.id === j.leading)!; return (
                <tr key={h.id} className={h.id === id ? 'chosen' : ''}><th scope="row"><To page={'hypotheses/' + h.id}>{h.text}</To>{h.key_judgement && <span className="badge">key</span>}</th>
                  <td>{h.states.find((s) => s.id === j.leading)?.text}</td><td className="tight"><Bar p={lead.p} low={lead.low} high={lead.high} /> {percent(lead.p)} <span className="faint block">{j.word}</span></td><td>{j.confidence}</td></tr>); })}
            </Table>
          </>);
      }}</Shown>
    </Page>
  );
}
