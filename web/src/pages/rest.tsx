// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from 'react';
import { ask, useAct, useView } from '../api';
import { cut, day, moment, number, percent, points, worth } from '../format';
import { answer, Mark, Old, Page, Problems, Run, Shown, Table, Term, To, useHere, useStage, Views } from '../parts';
import type { Belief, Change, Comparison, Kept, Report, Shift, Snapshot } from '../types';
import LogView from './log';
import { Moved } from './reports';

type JudgedRow = { id: number; at: string; why: string };

type Valued = Comparison['collection'][number];
const changesTheChoice = (w: Valued) => w.decision_value >= Math.max(1e-6, w.error);

/** Tasks whose answer is worth something to the decision first, by what an hour of them is worth; then by bits. */
function ranked(tasks: Belief['collection'], values: Valued[] = []) {
  const first = values.filter(changesTheChoice).flatMap((w) => tasks.filter((t) => t.task === w.task));
  return [...first, ...tasks.filter((t) => !first.includes(t))];
}

export function CollectionPage() {
  const { given } = useHere();
  const view = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const valued = useStage<Comparison>('comparison', `cases/${given.name}/comparison`);
  const matters = valued.data?.collection.some(changesTheChoice) ?? false;
  return (
    <Page title="What to find out next" lead={<>First what would change the choice, by what an hour of it is worth to the decision; then by what an hour adds to the judgement, in <Term of="bits" />.</>}>
      <Shown view={view} stage="assess">{(b) => (
        <>
        {valued.data && b.collection.length > 0 && !matters && <p>Nothing of this would change the choice: <strong>{given.options.find((o) => o.id === valued.data!.ranking[0])?.name}</strong> leads whatever is found. So the order is by bits alone.</p>}
        {b.collection.length === 0 ? <p className="faint">{b.whole ? 'No task was valued.' : 'The tasks are being valued…'}</p> : (
          <Table caption="Tasks, the best first" head={['', 'Task', '>Bits alone', '>Bits added', '>Hours', <span key="h" className="right"><Term of="millibits">Millibits an hour</Term></span>, ...(matters ? ['Worth to the decision'] : [])]}>
            {ranked(b.collection, valued.data?.collection).map((t, i) => { const w = valued.data?.collection.find((x) => x.task === t.task); const of = given.hypotheses.find((h) => h.id === t.hypothesis); return (
              <tr key={t.task}><td>{i + 1}</td><th scope="row">{t.hypothesis ? t.task.replace(new RegExp(` on ${t.hypothesis}$`), '') : t.task}{of && <><br /><To page={'hypotheses/' + of.id} className="small">{of.text}</To></>}</th><td className="n">{number(t.information_bits)}</td><td className="n">{number(t.added_bits)}</td><td className="n">{number(t.cost)}</td><td className="n">{number((1000 * t.added_bits) / t.cost)}</td>
                {matters && <td>{w === undefined ? '–' : !changesTheChoice(w) ? <span className="faint">none, whatever the {w.perfect <= 1e-6 ? 'answer' : 'sign'}</span> : <span className="tight">{number(w.decision_value)} ± {number(w.error)}</span>}</td>}</tr>); })}
          </Table>)}
        </>)}</Shown>
    </Page>
  );
}

export function BriefPage() {
  const { given } = useHere();
  const made = given.stages.brief;
  const src = `/api/cases/${given.name}/brief`;
  const save = async () => {
    const data = await ask(`cases/${given.name}/brief/data`);
    const file = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], { type: 'application/json' }));
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

type Judgement = Snapshot['judged'];
/** The judgement of now, in the form in which earlier ones are kept. */
function useNow(): Judgement | undefined {
  const { given } = useHere();
  const belief = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const comparison = useStage<Comparison>('comparison', `cases/${given.name}/comparison`);
  return useMemo(() => (belief.data && reports.data ? {
    as_of: belief.data.as_of,
    hypotheses: belief.data.hypotheses.map((h) => ({ id: h.id, leading: h.leading, word: h.word, states: Object.fromEntries(h.states.map((s) => [s.id, s.p])) })),
    reports: reports.data.reports.filter((r) => !r.struck).map((r) => ({ id: r.id, grade: r.grade })),
    options: comparison.data && !comparison.data.old ? comparison.data.options.map((o) => ({ id: o.id, rank: o.rank, value: o.value, error: o.error })) : [],
  } : undefined), [belief.data, reports.data, comparison.data]);
}

function OptionsBetween({ from, to }: { from: Judgement; to: Judgement }) {
  const { given } = useHere();
  const ranks = new Map(from.options.map((o) => [o.id, o]));
  const options = to.options.filter((o) => ranks.has(o.id) && (ranks.get(o.id)!.rank !== o.rank || Math.abs(ranks.get(o.id)!.value - o.value) > 2 * o.error));
  if (from.options.length === 0 || to.options.length === 0) return <p className="faint">{from.options.length === 0 ? 'They were not weighed in the earlier one.' : 'They were not weighed in the later one.'}</p>;
  if (options.length === 0) return <p className="faint">None moved beyond chance.</p>;
  return <ul className="plain">{options.map((o) => <li key={o.id}>{given.options.find((x) => x.id === o.id)?.name ?? o.id}: rank {ranks.get(o.id)!.rank} → {o.rank}, value {worth(ranks.get(o.id)!.value)} → {worth(o.value)}</li>)}</ul>;
}

function Differences({ from, to, later }: { from: Judgement; to: Judgement; later: string }) {
  const { given } = useHere();
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const told = new Map((reports.data?.reports ?? []).map((r) => [r.id, r]));
  const claim = (id: string) => <><Mark of={told.get(id)?.handling} /><To page={'reports/' + id}>{cut(told.get(id)?.claim ?? id, 100)}</To></>;
  const then = new Map(from.hypotheses.map((h) => [h.id, h]));
  const moved = to.hypotheses.flatMap((h) => { const old = then.get(h.id); return old ? Object.entries(h.states).map(([s, p]) => ({ h: h.id, s, before: old.states[s] ?? 0, after: p, turned: old.leading !== h.leading })) : []; })
    .filter((x) => Math.abs(x.after - x.before) > 0.005).sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const had = new Map(from.reports.map((r) => [r.id, r.grade]));
  const has = to.reports;
  const now = new Set(has.map((r) => r.id));
  return (
    <>
      <h3>Judgements</h3>
      {moved.length === 0 ? <p className="faint">None moved by half a point.</p> : (
        <Table caption="Judgements that moved" head={['Question', 'Answer', '>Earlier', '>' + later, '>Change']}>
          {moved.slice(0, 20).map((m) => <tr key={m.h + m.s}><th scope="row"><To page={'hypotheses/' + m.h}>{given.hypotheses.find((x) => x.id === m.h)?.text}</To>{m.turned && <span className="badge">turned</span>}</th><td>{answer(given, m.h, m.s)}</td><td className="n">{percent(m.before)}</td><td className="n">{percent(m.after)}</td><td className="n">{points(m.after - m.before)}</td></tr>)}
        </Table>)}
      <h3>Reports</h3>
      <ul className="plain">
        {has.filter((r) => !had.has(r.id)).map((r) => <li key={r.id}>new: {claim(r.id)}</li>)}
        {[...had.keys()].filter((id) => !now.has(id)).map((id) => <li key={id}>gone: {claim(id)}</li>)}
        {has.filter((r) => had.has(r.id) && had.get(r.id) !== r.grade).map((r) => <li key={r.id}>regraded {had.get(r.id)} → {r.grade}: {claim(r.id)}</li>)}
        {has.every((r) => had.get(r.id) === r.grade) && has.length === had.size && <li className="faint">The same reports, the same grades.</li>}
      </ul>
      <h3>Options</h3>
      <OptionsBetween from={from} to={to} />
    </>
  );
}

function SinceDay({ since, judged }: { since: string; judged: JudgedRow[] }) {
  const { given } = useHere();
  const belief = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const kept = judged.find((j) => j.at.slice(0, 10) <= since);
  const then_ = useView<Snapshot>(kept ? `cases/${given.name}/judged/${kept.id}` : null, given.name);
  const now = useNow();
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  if (!belief.data || !reports.data) return <p className="loading">Reading…</p>;
  const then = belief.data.path.filter((p) => p.day === since);
  const moved = then.map((p) => ({ ...p, now: belief.data!.hypotheses.find((h) => h.id === p.hypothesis)?.states.find((s) => s.id === p.state)?.p ?? 0 }))
    .filter((x) => Math.abs(x.now - x.p) > 0.02).sort((a, b) => Math.abs(b.now - b.p) - Math.abs(a.now - a.p));
  const fresh = reports.data.reports.filter((r) => r.published > since && !r.struck).sort((a, b) => b.published.localeCompare(a.published));
  return (
    <>
      {then.length === 0 && <p className="faint">The path does not reach back to that day.</p>}
      {moved.length > 0 && (
        <Table caption={'Judgements moved since ' + day(since)} head={['Question', 'Answer', '>Then', '>Now', '>Change']}>
          {moved.slice(0, 20).map((m) => <tr key={m.hypothesis + m.state}><th scope="row"><To page={'hypotheses/' + m.hypothesis}>{given.hypotheses.find((x) => x.id === m.hypothesis)?.text}</To></th><td>{answer(given, m.hypothesis, m.state)}</td><td className="n">{percent(m.p)}</td><td className="n">{percent(m.now)}</td><td className="n">{points(m.now - m.p)}</td></tr>)}
        </Table>)}
      <h3>Reports</h3>
      <p>{fresh.length === 0 ? 'None came in since.' : `${fresh.length} came in since, the latest first.`}</p>
      <ul className="plain">{fresh.slice(0, 15).map((r) => <li key={r.id}><Mark of={r.handling} /><To page={'reports/' + r.id}>{cut(r.claim, 110)}</To> <span className="faint">{day(r.published)}</span></li>)}
        {fresh.length > 15 && <li className="faint">and {fresh.length - 15} more: <To page="reports">all reports</To></li>}</ul>
      <h3>Options</h3>
      {then_.data && now ? <OptionsBetween from={then_.data.judged} to={now} /> : <p className="faint">{kept ? 'Reading…' : 'The room has kept no judgement of that day or before, so nothing can be said of the options.'}</p>}
    </>
  );
}

export function ChangesPage() {
  const { session, path } = useHere();
  const log = path[1] === 'log';
  return (
    <Page title="Changes" lead={log ? 'Everything that was done in the room: changes, work, edits of the files, who came and left.' : 'What people changed about the case, and what is judged otherwise than before.'}>
      {session.role === 'admin' && <Views of="changes" list={[['', 'Changes and differences'], ['log', 'Log']]} now={log ? 'log' : ''} />}
      {log ? session.role === 'admin' ? <LogView /> : <p className="problems" role="alert">The log is for the role admin.</p> : <ChangesView />}
    </Page>
  );
}

function ChangesView() {
  const { given, session, query, go } = useHere();
  const view = useView<{ changes: Kept[] }>(`cases/${given.name}/changes`, given.name);
  const judged = useView<{ judged: JudgedRow[] }>(`cases/${given.name}/judged`, given.name);
  const from = query.get('from');
  const since = query.get('since') ?? '';
  const to = query.get('to');
  const then = useView<Snapshot>(from ? `cases/${given.name}/judged/${from}` : null, given.name);
  const until = useView<Snapshot>(to ? `cases/${given.name}/judged/${to}` : null, given.name);
  const now = useNow();
  const later = to ? until.data?.judged : now;
  const between = (f: string | null, t: string | null) => go('changes', { ...(f ? { from: f } : {}), ...(t ? { to: t } : {}) });
  const named = (x: JudgedRow) => `${moment(x.at)}, after ${x.why === 'weigh' ? 'weighing' : 'assessing'}`;
  const undo = useAct((id?: number) => ask<{ shift: Shift }>(`cases/${given.name}/undo`, id === undefined ? {} : { id }));
  const [moved, setMoved] = useState<Shift>();
  useEffect(() => setMoved(undefined), [given.name]);
  return (
    <>
      {undo.error && <Problems error={undo.error} close={undo.clear} />}
      {moved && <Moved shift={moved} title="Taken back: what moved" />}
      <h2>Made in the room</h2>
      <Shown view={view}>{(v) => v.changes.length === 0 ? <p className="faint">None. The case stands as its files say.</p> : (
        <Table caption="Changes, latest first" head={['When', 'Who', 'What', '']}>
          {[...v.changes].reverse().map((k) => (
            <tr key={k.id} className={k.undone_at ? 'struck' : ''}><td>{moment(k.at)}</td><td>{k.who}</td><td>{said(k.change)} <code>{k.change.target}</code>{typeof k.change.value === 'string' && k.change.value && <> to {k.change.value}</>}</td>
              <td>{k.undone_at ? `undone by ${k.undone_by}` : session.role !== 'reader' && <button type="button" disabled={undo.busy} onClick={async () => { const r = await undo.run(k.id); if (r) setMoved(r.shift); }}>Undo</button>}</td></tr>))}
        </Table>)}</Shown>
      <h2>Since a day</h2>
      <div className="toolbar"><label>Day <input type="date" value={since} max={given.as_of} onChange={(e) => go('changes', e.target.value ? { since: e.target.value } : {})} /></label></div>
      {since && judged.data && <SinceDay since={since} judged={judged.data.judged} />}
      <h2>Between two judgements</h2>
      <Shown view={judged}>{(j) => j.judged.length === 0 ? <p className="faint">None is kept yet.</p> : (
        <div className="toolbar">
          <label>Earlier <select value={from ?? ''} onChange={(e) => between(e.target.value || null, to)}><option value="">choose…</option>{j.judged.map((x) => <option key={x.id} value={x.id}>{named(x)}</option>)}</select></label>
          <label>Later <select value={to ?? ''} onChange={(e) => between(from, e.target.value || null)}><option value="">now</option>{j.judged.map((x) => <option key={x.id} value={x.id}>{named(x)}</option>)}</select></label>
        </div>)}</Shown>
      {then.data && later && <Differences from={then.data.judged} to={later} later={to ? 'Later' : 'Now'} />}
    </>
  );
}
