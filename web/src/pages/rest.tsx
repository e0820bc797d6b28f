// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { ask, useAct, useView } from '../api';
import { day, number, percent, points, spoken } from '../format';
import { answer, Old, Page, Problems, Run, Shown, Table, Term, To, useHere, useStage } from '../parts';
import type { Belief, Change, Comparison, Kept, Report, Shift, Snapshot } from '../types';
import { Moved } from './reports';


export function CollectionPage() {
  const { given } = useHere();
  const view = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const worth = useStage<Comparison>('comparison', `cases/${given.name}/comparison`);
  return (
    <Page title="What to find out next" lead={<>Tasks ranked by what an hour adds, in <Term of="bits" />; and by what the answer would be worth to the decision.</>}>
      <Shown view={view} stage="assess">{(b) => (
        b.collection.length === 0 ? <p className="faint">{b.whole ? 'No task was valued.' : 'The tasks are being valued…'}</p> : (
          <Table caption="Tasks" head={['', 'Task', '>Bits alone', '>Bits added', '>Hours', 'Worth to the decision']}>
            {b.collection.map((t, i) => { const w = worth.data?.collection.find((x) => x.task === t.task); return (
              <tr key={t.task}><td>{i + 1}</td><th scope="row">{t.task}{t.hypothesis && <> <To page={'hypotheses/' + t.hypothesis} className="faint">{spoken(t.hypothesis)}</To></>}</th><td className="n">{number(t.information_bits)}</td><td className="n">{number(t.added_bits)}</td><td className="n">{number(t.cost)}</td>
                <td className="tight">{w === undefined ? '–' : w.decision_value < Math.max(1e-6, w.error) ? <span className="faint">no sign would change the choice</span> : `${number(w.decision_value)} ± ${number(w.error)}`}</td></tr>); })}
          </Table>))}</Shown>
    </Page>
  );
}

export function BriefPage() {
  const { given } = useHere();
  const made = given.stages.brief;
  const src = `/api/cases/${given.name}/brief`;
  const save = async () => {
    const [belief, comparison] = await Promise.all([ask(`cases/${given.name}/belief`), ask(`cases/${given.name}/comparison`)]);
    const file = URL.createObjectURL(new Blob([JSON.stringify({ handling: given.handling, belief, comparison }, null, 1)], { type: 'application/json' }));
    const a = document.createElement('a');
    a.href = file;
    a.download = given.name + '-brief.json';
    a.click();
    URL.revokeObjectURL(file);
  };
  const json = useAct(save);
  if (made === 'missing') return <Page title="The brief"><div className="empty"><p>No brief was made yet.</p><Run stage="brief" /></div></Page>;
  return (
    <Page title="The brief" wide>
      <Old old={made === 'old'} stage="brief" />
      <div className="toolbar">
        <a className="button" href={src + '?download'} download>Save as HTML</a>
        <button type="button" onClick={() => (document.getElementById('brief') as HTMLIFrameElement).contentWindow?.print()}>Print or save as PDF</button>
        <button type="button" onClick={() => void json.run()}>Save the data as JSON</button>
        <a href={src} target="_blank" rel="noopener">on its own</a>
      </div>
      {json.error && <Problems error={json.error} />}
      <iframe id="brief" key={given.moment} title="The brief" src={src} />
    </Page>
  );
}

export const said = (c: Change) => ({ add: 'added report', strike: 'struck report', regrade: 'regraded report', regrade_source: 'regraded source', parameter: 'set parameter' }[c.kind] ?? c.kind);

function Differences({ from }: { from: Snapshot }) {
  const { given } = useHere();
  const belief = useView<Belief>(`cases/${given.name}/belief`, given.name);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const comparison = useView<Comparison>(`cases/${given.name}/comparison`, given.name);
  if (!belief.data || !reports.data) return <p className="loading">Reading…</p>;
  const then = new Map(from.judged.hypotheses.map((h) => [h.id, h]));
  const moved = belief.data.hypotheses.flatMap((h) => { const old = then.get(h.id); return old ? h.states.map((s) => ({ h: h.id, s: s.id, before: old.states[s.id] ?? 0, after: s.p, turned: old.leading !== h.leading })) : []; })
    .filter((x) => Math.abs(x.after - x.before) > 0.005).sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const had = new Map(from.judged.reports.map((r) => [r.id, r.grade]));
  const has = reports.data.reports.filter((r) => !r.struck);
  const now = new Set(has.map((r) => r.id));
  const ranks = new Map(from.judged.options.map((o) => [o.id, o]));
  const options = (comparison.data?.options ?? []).filter((o) => ranks.has(o.id) && (ranks.get(o.id)!.rank !== o.rank || Math.abs(ranks.get(o.id)!.value - o.value) > 2 * o.error));
  return (
    <>
      <h3>Judgements</h3>
      {moved.length === 0 ? <p className="faint">None moved by half a point.</p> : (
        <Table caption="Judgements that moved" head={['Question', 'Answer', '>Then', '>Now', '>Change']}>
          {moved.slice(0, 20).map((m) => <tr key={m.h + m.s}><th scope="row"><To page={'hypotheses/' + m.h}>{given.hypotheses.find((x) => x.id === m.h)?.text}</To>{m.turned && <span className="badge">turned</span>}</th><td>{answer(given, m.h, m.s)}</td><td className="n">{percent(m.before)}</td><td className="n">{percent(m.after)}</td><td className="n">{points(m.after - m.before)}</td></tr>)}
        </Table>)}
      <h3>Reports</h3>
      <ul className="plain">
        {has.filter((r) => !had.has(r.id)).map((r) => <li key={r.id}>new: <To page={'reports/' + r.id}>{r.claim.slice(0, 100)}</To></li>)}
        {[...had.keys()].filter((id) => !now.has(id)).map((id) => <li key={id}>gone: <To page={'reports/' + id}>{id}</To></li>)}
        {has.filter((r) => had.has(r.id) && had.get(r.id) !== r.grade).map((r) => <li key={r.id}>regraded {had.get(r.id)} → {r.grade}: <To page={'reports/' + r.id}>{r.id}</To></li>)}
        {has.every((r) => had.get(r.id) === r.grade) && has.length === had.size && <li className="faint">The same reports, the same grades.</li>}
      </ul>
      <h3>Options</h3>
      {options.length === 0 ? <p className="faint">{from.judged.options.length === 0 ? 'They were not weighed then.' : 'None moved beyond chance.'}</p>
        : <ul className="plain">{options.map((o) => <li key={o.id}>{given.options.find((x) => x.id === o.id)?.name}: rank {ranks.get(o.id)!.rank} → {o.rank}, value {number(ranks.get(o.id)!.value)} → {number(o.value)}</li>)}</ul>}
    </>
  );
}

function SinceDay({ since }: { since: string }) {
  const { given } = useHere();
  const belief = useView<Belief>(`cases/${given.name}/belief`, given.name);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  if (!belief.data || !reports.data) return <p className="loading">Reading…</p>;
  const then = belief.data.path.filter((p) => p.day === since);
  const moved = then.map((p) => ({ ...p, now: belief.data!.hypotheses.find((h) => h.id === p.hypothesis)?.states.find((s) => s.id === p.state)?.p ?? 0 }))
    .filter((x) => Math.abs(x.now - x.p) > 0.02).sort((a, b) => Math.abs(b.now - b.p) - Math.abs(a.now - a.p));
  const fresh = reports.data.reports.filter((r) => r.published > since && !r.struck);
  return (
    <>
      {then.length === 0 && <p className="faint">The path does not reach back to that day.</p>}
      {moved.length > 0 && (
        <Table caption={'Judgements moved since ' + day(since)} head={['Question', 'Answer', '>Then', '>Now', '>Change']}>
          {moved.slice(0, 20).map((m) => <tr key={m.hypothesis + m.state}><th scope="row"><To page={'hypotheses/' + m.hypothesis}>{given.hypotheses.find((x) => x.id === m.hypothesis)?.text}</To></th><td>{answer(given, m.hypothesis, m.state)}</td><td className="n">{percent(m.p)}</td><td className="n">{percent(m.now)}</td><td className="n">{points(m.now - m.p)}</td></tr>)}
        </Table>)}
      <p>{fresh.length} reports came in since.</p>
      <ul className="plain">{fresh.slice(0, 15).map((r) => <li key={r.id}><To page={'reports/' + r.id}>{r.claim.slice(0, 110)}</To> <span className="faint">{r.published}</span></li>)}</ul>
    </>
  );
}

export function ChangesPage() {
  const { given, session, query, go } = useHere();
  const view = useView<{ changes: Kept[] }>(`cases/${given.name}/changes`, given.name);
  const judged = useView<{ judged: { id: number; at: string; why: string }[] }>(`cases/${given.name}/judged`, given.name);
  const from = query.get('from');
  const since = query.get('since') ?? '';
  const then = useView<Snapshot>(from ? `cases/${given.name}/judged/${from}` : null, given.name);
  const undo = useAct((id?: number) => ask<{ shift: Shift }>(`cases/${given.name}/undo`, id === undefined ? {} : { id }));
  const [moved, setMoved] = useState<Shift>();
  useEffect(() => setMoved(undefined), [given.name]);
  return (
    <Page title="Changes" lead="What people changed about the case, and what is judged otherwise than before.">
      {undo.error && <Problems error={undo.error} close={undo.clear} />}
      {moved && <Moved shift={moved} title="Taken back: what moved" />}
      <h2>Made in the room</h2>
      <Shown view={view}>{(v) => v.changes.length === 0 ? <p className="faint">None. The case stands as its files say.</p> : (
        <Table caption="Changes, latest first" head={['When', 'Who', 'What', '']}>
          {[...v.changes].reverse().map((k) => (
            <tr key={k.id} className={k.undone_at ? 'struck' : ''}><td>{k.at.replace('T', ' ').replace('Z', ' UTC')}</td><td>{k.who}</td><td>{said(k.change)} <code>{k.change.target}</code>{typeof k.change.value === 'string' && k.change.value && <> to {k.change.value}</>}</td>
              <td>{k.undone_at ? `undone by ${k.undone_by}` : session.role !== 'reader' && <button type="button" disabled={undo.busy} onClick={async () => { const r = await undo.run(k.id); if (r) setMoved(r.shift); }}>Undo</button>}</td></tr>))}
        </Table>)}</Shown>
      <h2>Since a day</h2>
      <label>Day <input type="date" value={since} max={given.as_of} onChange={(e) => go('changes', e.target.value ? { since: e.target.value } : {})} /></label>
      {since && <SinceDay since={since} />}
      <h2>Between now and an earlier judgement</h2>
      <Shown view={judged}>{(j) => j.judged.length === 0 ? <p className="faint">None is kept yet.</p> : (
        <label>Judgement <select value={from ?? ''} onChange={(e) => go('changes', e.target.value ? { from: e.target.value } : {})}><option value="">choose…</option>{j.judged.map((x) => <option key={x.id} value={x.id}>{x.at.replace('T', ' ').replace('Z', ' UTC')}, after {x.why === 'weigh' ? 'weighing' : 'assessing'}</option>)}</select></label>)}</Shown>
      {then.data && <Differences from={then.data} />}
    </Page>
  );
}
