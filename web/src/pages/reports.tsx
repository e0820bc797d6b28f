// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from 'react';
import { ask, useAct, useView, useViews } from '../api';
import { cut, day, decibans, percent, points, spoken } from '../format';
import { answer, Bar, Mark, Page, Problems, Shown, Table, Term, Tlp, To, useHere, useKept, Views } from '../parts';
import type { Case, Change, Reasons, Report, Shift } from '../types';
import LineageView from './lineage';
import SourcesView from './sources';

const grades = ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((l) => [1, 2, 3, 4, 5, 6].map((d) => l + d));

/** What a change moved, largest first. */
export function Moved({ shift, title }: { shift: Shift; title: string }) {
  const { given } = useHere();
  const at = useRef<HTMLElement>(null);
  useEffect(() => { void at.current?.scrollIntoView({ block: 'nearest' }); }, [shift]);
  const list = shift.hypotheses.flatMap((h) => h.states.map((s) => ({ h, s, by: Math.abs(s.after - s.before) })))
    .filter((x) => x.by >= 0.0005).sort((a, b) => b.by - a.by);
  return (
    <section className="moved" aria-label={title} role="status" ref={at}>
      <h2><Mark of={shift.handling} />{title}</h2>
      {list.length === 0 && <p>Nothing moves.</p>}
      {list.length > 0 && (
        <Table caption="What moved" head={['Question', 'Answer', '>Before', '>After', '>Change']}>
          {list.slice(0, 8).map(({ h, s }) => (
            <tr key={h.id + s.id}><td><To page={'hypotheses/' + h.id}>{given.hypotheses.find((x) => x.id === h.id)?.text ?? h.id}</To></td>
              <td>{answer(given, h.id, s.id)}</td><td className="n">{percent(s.before)}</td><td className="n">{percent(s.after)}</td>
              <td className="n">{points(s.after - s.before)} <span className="faint">{decibans(s.db)}</span></td></tr>))}
        </Table>)}
      <Believed shift={shift} />
      {shift.hypotheses.filter((h) => h.led !== h.leads).map((h) => <p key={h.id}><strong>Turned:</strong> {given.hypotheses.find((x) => x.id === h.id)?.text ?? h.id} {answer(given, h.id, h.led)} → {answer(given, h.id, h.leads)}</p>)}
    </section>
  );
}

/** Who and what is believed otherwise for it: a report that stands against the others costs its source, and moves what that one said. */
function Believed({ shift }: { shift: Shift }) {
  const { given } = useHere();
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const most = <T extends { before: number; after: number }>(list: T[]) => list.filter((x) => Math.abs(x.after - x.before) >= 0.01).sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)).slice(0, 4);
  const sources = most(shift.sources), told = most(shift.reports);
  if (sources.length + told.length === 0) return null;
  return (
    <details><summary>Who and what is believed otherwise for it</summary>
      <ul className="plain">
        {sources.map((x) => <li key={x.id}><To page="reports" query={{ find: x.id }}>{given.sources.find((s) => s.id === x.id)?.name ?? x.id}</To> honest: {percent(x.before)} → <strong>{percent(x.after)}</strong></li>)}
        {told.map((x) => { const r = reports.data?.reports.find((y) => y.id === x.id); return <li key={x.id}><Mark of={r?.handling} /><To page={'reports/' + x.id}>{cut(r?.claim ?? x.id, 90)}</To> true: {percent(x.before)} → <strong>{percent(x.after)}</strong></li>; })}
      </ul></details>
  );
}

function Lineage({ one, all }: { one: Report; all: Report[] }) {
  const told = all.filter((r) => r.lineage.includes(one.id));
  const denied = all.filter((r) => r.answers.includes(one.id));
  const columns: [string, Report[]][] = [
    ['repeats', all.filter((r) => one.lineage.includes(r.id))], ['answers', all.filter((r) => one.answers.includes(r.id))],
    ['is repeated by', told], ['is answered by', denied]];
  const left = [...columns[0][1], ...columns[1][1]], right = [...told, ...denied];
  const h = Math.max(60, 34 * Math.max(left.length, right.length));
  if (left.length + right.length === 0) return <p className="faint">It repeats and answers no other report.</p>;
  return (
    <>
      <svg className="lineage" viewBox={`0 0 600 ${h}`} role="img" aria-label={columns.filter(([, l]) => l.length).map(([w, l]) => `it ${w} ${l.map((r) => r.id).join(', ')}`).join('; ')}>
        {left.map((r, i) => <g key={r.id}><path d={`M190 ${34 * i + 17} C 230 ${34 * i + 17} 230 ${h / 2} 260 ${h / 2}`} className={one.answers.includes(r.id) ? 'answers' : ''} /><text x={0} y={34 * i + 21}>{r.id.slice(0, 30)}</text></g>)}
        {right.map((r, i) => <g key={r.id}><path d={`M340 ${h / 2} C 370 ${h / 2} 370 ${34 * i + 17} 400 ${34 * i + 17}`} className={r.answers.includes(one.id) ? 'answers' : ''} /><text x={404} y={34 * i + 21}>{r.id.slice(0, 30)}</text></g>)}
        <rect x={260} y={h / 2 - 13} width={80} height={26} rx={4} /><text x={300} y={h / 2 + 4} textAnchor="middle">this</text>
      </svg>
      <ul className="plain">{columns.flatMap(([w, l]) => l.map((r) => <li key={w + r.id}>{w} <Mark of={r.handling} /><To page={'reports/' + r.id}>{r.id}</To> <span className="faint">{spoken(r.source)}, {day(r.published)}</span></li>))}</ul>
    </>
  );
}

const marks = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'];

/** Reports chosen one by one. */
function Picked({ legend, hint, list, all, set }: { legend: string; hint: string; list: string[]; all: Report[]; set: (l: string[]) => void }) {
  const left = [...all].filter((r) => !list.includes(r.id)).sort((a, b) => b.published.localeCompare(a.published));
  return (
    <fieldset className="whole"><legend>{legend}</legend>
      {list.map((id) => <span key={id} className="chip">{id} <button type="button" className="quiet" aria-label={`Not ${id}`} onClick={() => set(list.filter((x) => x !== id))}>×</button></span>)}
      <select aria-label={legend} value="" onChange={(e) => set([...list, e.target.value])}><option value="">{list.length === 0 ? 'none' : 'one more…'}</option>{left.map((r) => <option key={r.id} value={r.id}>{r.published} {cut(r.claim, 80)}</option>)}</select>
      <span className="faint small"> {hint}</span>
    </fieldset>
  );
}

/** An id that no report has yet; whoever adds one may name it otherwise. */
function freeId(all: Report[], stem: string): string {
  let n = 1;
  while (all.some((r) => r.id === `${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

function AddForm({ all, done }: { all: Report[]; done: (s: Shift, id: string) => void }) {
  const { given } = useHere();
  const act = useAct((change: Change) => ask<{ shift: Shift }>(`cases/${given.name}/changes`, change));
  const [f, setF] = useState({ id: freeId(all, 'r-' + given.as_of.replaceAll('-', '')), published: given.as_of, source: given.sources[0]?.id ?? '', via: '', claim: '', hypothesis: '', states: [] as string[], place: '', force: '', men: '', repeats: [] as string[], answers: [] as string[], mark: given.handling || 'TLP:CLEAR', grade: 'C3', kind: 'press' });
  const set = (more: Partial<typeof f>) => setF({ ...f, ...more });
  const states = given.hypotheses.find((h) => h.id === f.hypothesis)?.states ?? [];
  const says: object[] = f.hypothesis ? [{ hypothesis: f.hypothesis, states: f.states }] : [];
  const men = Number(f.men);
  if (f.force && f.place && men > 0) says.push({ strength_of: f.force, at: f.place, count: men });
  const submit = async () => {
    const at = given.map.places.find((p) => p.id === f.place);
    const out = await act.run({ kind: 'add', target: f.id, value: {
      id: f.id, published: f.published, observed: null, source: f.source, via: f.via || null, kind: f.kind, place: at?.id ?? null,
      lon: at?.lon ?? null, lat: at?.lat ?? null, claim: f.claim, aspect: 'present', quantity: men > 0 ? { value: men, low: null, high: null, unit: 'persons' } : null,
      says, lineage: f.repeats, answers: f.answers, fidelity: 1,
      grade: { source: f.grade[0], item: Number(f.grade[1]) }, handling: f.mark } });
    if (out) done(out.shift, f.id);
  };
  return (
    <form className="form" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <label>Id <input required value={f.id} onChange={(e) => set({ id: e.target.value })} pattern="[a-z][a-z0-9_\-]*" /></label>
      <label>Published <input type="date" required max={given.as_of} value={f.published} onChange={(e) => set({ published: e.target.value })} /></label>
      <label className="wide">Source <select value={f.source} onChange={(e) => set({ source: e.target.value })}>{given.sources.map((s) => <option key={s.id} value={s.id}>{s.name} ({s.grade})</option>)}</select></label>
      <label>Kind <select value={f.kind} onChange={(e) => set({ kind: e.target.value })}>{['imagery', 'signals', 'human', 'detainee', 'biometric', 'documents', 'official_statement', 'press', 'social_media'].map((k) => <option key={k} value={k}>{spoken(k)}</option>)}</select></label>
      <label>Grade <select value={f.grade} onChange={(e) => set({ grade: e.target.value })}>{grades.map((g) => <option key={g}>{g}</option>)}</select></label>
      <label>Through whom <input value={f.via} placeholder="a channel, if any" onChange={(e) => set({ via: e.target.value })} /></label>
      <label>Mark <select value={f.mark} onChange={(e) => set({ mark: e.target.value })}>{marks.map((m) => <option key={m}>{m}</option>)}</select></label>
      <label>Place <select value={f.place} onChange={(e) => set({ place: e.target.value })}><option value="">none</option>{given.map.places.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}</select></label>
      <label className="whole">Claim <textarea required rows={2} value={f.claim} onChange={(e) => set({ claim: e.target.value })} /></label>
      <label className="whole">Speaks of <select value={f.hypothesis} onChange={(e) => set({ hypothesis: e.target.value, states: [] })}><option value="">nothing the case asks</option>{given.hypotheses.map((h) => <option key={h.id} value={h.id}>{h.text}</option>)}</select></label>
      {states.length > 0 && <fieldset className="whole"><legend>and says that the truth is among</legend>{states.map((s) => (
        <label key={s.id}><input type="checkbox" checked={f.states.includes(s.id)} onChange={(e) => set({ states: e.target.checked ? [...f.states, s.id] : f.states.filter((x) => x !== s.id) })} /> {s.text}</label>))}</fieldset>}
      <label>Counts men of <select value={f.force} onChange={(e) => set({ force: e.target.value })}><option value="">nobody</option>{given.map.contingents.map((c) => <option key={c.id} value={c.id}>{c.name}</option>)}</select></label>
      {f.force && <label>How many, at the place above <input type="number" min={1} required value={f.men} onChange={(e) => set({ men: e.target.value })} /></label>}
      <Picked legend="Only repeats" hint="What repeats another report counts once with it." list={f.repeats} all={all} set={(repeats) => set({ repeats })} />
      <Picked legend="Answers" hint="A denial or a comment on another report." list={f.answers} all={all} set={(answers) => set({ answers })} />
      <button type="submit" disabled={act.busy || (f.force !== '' && f.place === '') || (f.hypothesis !== '' && f.states.length === 0)}>{act.busy ? 'Assessing…' : 'Add and assess'}</button>
      {act.error && <Problems error={act.error} close={act.clear} />}
    </form>
  );
}

/** What the report weighs, all others counted: for each answer of the questions it speaks of, or that hang on them. */
function Weighs({ one }: { one: Report }) {
  const { given } = useHere();
  const questions = [...new Set(one.says.flatMap((s) => (s.hypothesis ? [s.hypothesis] : [])))];
  const path = (h: string) => `cases/${given.name}/hypotheses/${h}`;
  const reasons = useViews<Reasons>(given.stages.belief === 'missing' ? [] : questions.map(path), given.name);
  if (questions.length === 0 || one.struck) return null;
  const rows = questions.flatMap((h) => (reasons.get(path(h))?.weights ?? []).filter((w) => w.report === one.id).map((w) => ({ h, ...w })));
  const whole = questions.every((h) => reasons.get(path(h))?.whole);
  return (
    <>
      <h3>What it weighs, in <Term of="deciban">decibans</Term></h3>
      {rows.length === 0 ? <p className="faint">{whole ? 'Nothing: others have said it already, or it is not believed.' : 'The weights are being worked out…'}</p> : (
        <Table quiet caption="What it weighs" head={['Question', 'Answer', '>Weight']}>
          {rows.sort((a, b) => Math.abs(b.db) - Math.abs(a.db)).slice(0, 8).map((w) => <tr key={w.h + w.state}><th scope="row"><To page={'hypotheses/' + w.h}>{given.hypotheses.find((x) => x.id === w.h)?.text}</To></th><td>{answer(given, w.h, w.state)}</td><td className={'n ach ' + (w.db >= 1 ? 'for' : w.db <= -1 ? 'against' : '')}>{decibans(w.db)}</td></tr>)}
        </Table>)}
    </>
  );
}

function One({ one, all, told }: { one: Report; all: Report[]; told: (s: Shift, title: string) => void }) {
  const { given, session } = useHere();
  const may = session.role === 'analyst' || session.role === 'admin';
  const act = useAct((change: Change) => ask<{ shift: Shift }>(`cases/${given.name}/changes`, change));
  const test = useAct((change: Change) => ask<{ shift: Shift }>(`cases/${given.name}/what-if`, { changes: [change] }));
  const [grade, setGrade] = useState(one.grade);
  const strike: Change = { kind: 'strike', target: one.id, value: '' };
  return (
    <article className="detail">
      <h2>{one.claim}</h2>
      <p><Tlp mark={one.handling} /> {day(one.published)} · {given.sources.find((s) => s.id === one.source)?.name ?? one.source}{one.via && <> via {one.via}</>} · {spoken(one.kind)} · <Term of="grade">grade {one.grade}</Term>{one.struck && <strong> · struck</strong>}</p>
      <p><Term of="P(true)" /> <Bar p={one.p_true ?? 0} /> {percent(one.p_true)} · <Term of="staged">staged</Term> {percent(one.p_staged)}</p>
      <ul className="plain">{one.says.map((s, i) => <li key={i}>{s.hypothesis
        ? <>says of <To page={'hypotheses/' + s.hypothesis}>{given.hypotheses.find((h) => h.id === s.hypothesis)?.text}</To>: {s.states?.map((x) => answer(given, s.hypothesis!, x)).join(' or ')}</>
        : <>counts {s.count?.toLocaleString('en')} men of {given.map.contingents.find((x) => x.id === s.strength_of)?.name ?? s.strength_of} at {given.map.places.find((x) => x.id === s.at)?.name ?? s.at}</>}</li>)}</ul>
      <Weighs one={one} />
      <h3><Term of="lineage">Lineage</Term></h3>
      <Lineage one={one} all={all} />
      {may && !one.struck && (
        <div className="toolbar">
          <button type="button" disabled={act.busy} onClick={async () => { const r = await act.run(strike); if (r) told(r.shift, 'Struck: what moved'); }}>Strike it</button>
          <button type="button" disabled={test.busy} onClick={async () => { const r = await test.run(strike); if (r) told(r.shift, 'If it fell'); }}>What if it fell?</button>
          <label>Grade <select value={grade} onChange={(e) => setGrade(e.target.value)}>{grades.map((g) => <option key={g}>{g}</option>)}</select></label>
          <button type="button" disabled={act.busy || grade === one.grade} onClick={async () => { const r = await act.run({ kind: 'regrade', target: one.id, value: grade }); if (r) told(r.shift, `Now ${grade}: what moved`); }}>Regrade</button>
        </div>)}
      {(act.busy || test.busy) && <p className="old" role="status">Assessing anew…</p>}
      {(act.error ?? test.error) && <Problems error={(act.error ?? test.error)!} close={() => { act.clear(); test.clear(); }} />}
    </article>
  );
}

export default function ReportsPage() {
  const { given, path } = useHere();
  const [moved, setMoved] = useState<{ shift: Shift; title: string }>();
  const told = (shift: Shift, title: string) => setMoved({ shift, title });
  const of = path[1] === 'lineage' || path[1] === 'sources' ? path[1] : '';
  const view = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  return (
    <Page title="The reports" lead={<>Each with its <Term of="grade">Admiralty grade</Term> and, all weighed jointly, <Term of="P(true)" />.</>}>
      <Views of="reports" list={[['', 'Reports'], ['lineage', 'Lineage'], ['sources', 'Sources']]} now={of} />
      {moved && <Moved {...moved} />}
      <Shown view={view}>{(d) => (of === 'lineage' ? <LineageView reports={d.reports} /> : of === 'sources' ? <SourcesView reports={d.reports} told={told} /> : <List reports={d.reports} given={given} id={path[1]} told={told} />)}</Shown>
    </Page>
  );
}

function List({ reports, given, id, told }: { reports: Report[]; given: Case; id?: string; told: (s: Shift, title: string) => void }) {
  const { session, go } = useHere();
  const [text, setText] = useKept('find');
  const [order, setOrder] = useKept('by', 'published');
  const [about, setAbout] = useKept('about');
  const [adding, setAdding] = useState(false);
  const names = useMemo(() => new Map(given.sources.map((s) => [s.id, s.name])), [given]);
  const list = reports.filter((r) => about === '' || r.says.some((s) => s.hypothesis === about)).filter((r) => (r.claim + r.source + r.id + (names.get(r.source) ?? '')).toLowerCase().includes(text.toLowerCase()))
    .sort((a, b) => order === 'published' ? b.published.localeCompare(a.published) : order === 'grade' ? a.grade.localeCompare(b.grade) : (b.p_true ?? 0) - (a.p_true ?? 0));
  const one = reports.find((r) => r.id === id);
  return (
    <>
      {id && !one && <p className="problems" role="alert">This case has no report {id}.</p>}
      {one && <One key={one.id + one.grade} one={one} all={reports} told={told} />}
      <div className="toolbar">
        <label className="search">Find <input type="search" value={text} onChange={(e) => setText(e.target.value)} /></label>
        <label>About <select value={about} onChange={(e) => setAbout(e.target.value)}><option value="">anything</option>{given.hypotheses.map((h) => <option key={h.id} value={h.id}>{h.text}</option>)}</select></label>
        <label>By <select value={order} onChange={(e) => setOrder(e.target.value)}><option value="published">day</option><option value="p_true">P(true)</option><option value="grade">grade</option></select></label>
        {session.role !== 'reader' && <button type="button" aria-expanded={adding} onClick={() => setAdding(!adding)}>Add a report</button>}
        <span className="faint">{list.length} of {reports.length}</span>
      </div>
      {adding && <AddForm all={reports} done={(s, made) => { told(s, 'Added: what moved'); setAdding(false); go('reports/' + made); }} />}
      {list.length === 0 && <p className="faint">No report fits.</p>}
      {list.length > 0 && (
        <Table quiet caption="Reports" head={['Day', 'Claim', 'Source', 'Grade', 'P(true)', 'Mark']}>
          {list.map((r) => (
            <tr key={r.id} className={(r.struck ? 'struck ' : '') + (r.id === id ? 'chosen' : '')}>
              <td className="day">{day(r.published)}</td><td><To page={'reports/' + r.id}>{r.claim}</To></td><td>{names.get(r.source) ?? r.source}</td>
              <td>{r.grade}</td><td className="tight"><Bar p={r.p_true ?? 0} /> {percent(r.p_true)}</td><td><Tlp mark={r.handling} /></td></tr>))}
        </Table>)}
    </>
  );
}
