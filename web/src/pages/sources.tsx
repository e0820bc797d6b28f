// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { ask, useAct } from '../api';
import { number, percent, spoken } from '../format';
import { Bar, Problems, Shown, Table, Term, To, useHere, useStage } from '../parts';
import type { Belief, Change, Report, Shift } from '../types';

/** Every source with its grade and what the reports make of it; grades may be tried together and changed. */
export default function SourcesView({ reports, told }: { reports: Report[]; told: (s: Shift, title: string) => void }) {
  const { given, session } = useHere();
  const may = session.role === 'analyst' || session.role === 'admin';
  const belief = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const [grades, setGrades] = useState<Record<string, string>>({});
  const changes: Change[] = given.sources.filter((s) => (grades[s.id] ?? s.grade) !== s.grade).map((s) => ({ kind: 'regrade_source', target: s.id, value: grades[s.id] }));
  const test = useAct(() => ask<{ shift: Shift }>(`cases/${given.name}/what-if`, { changes }));
  const act = useAct(async () => {
    let last: { shift: Shift } | undefined;
    for (const change of changes) last = await ask<{ shift: Shift }>(`cases/${given.name}/changes`, change);
    return last;
  });
  const names = changes.map((c) => `${given.sources.find((s) => s.id === c.target)?.name} ${String(c.value)}`).join(', ');
  const count = (id: string) => reports.filter((r) => r.source === id && !r.struck).length;
  return (
    <Shown view={belief} stage="assess">{(b) => (
      <>
        <p>The letter says how reliable a source has been; what it turns out to be follows from all reports together. {may && 'Choose other letters, try them together, or have them changed.'}</p>
        {may && (
          <div className="toolbar">
            <button type="button" disabled={test.busy || changes.length === 0} onClick={async () => { const r = await test.run(); if (r) told(r.shift, 'If so graded: ' + names); }}>What if {changes.length > 1 ? `these ${changes.length} were` : 'it were'} graded so?</button>
            <button type="button" disabled={act.busy || changes.length === 0} onClick={async () => { const r = await act.run(); if (r) { told(r.shift, `Now ${names}: what ${changes.length > 1 ? 'the last of them ' : ''}moved`); setGrades({}); } }}>Regrade</button>
            {changes.length > 0 && <button type="button" className="quiet" onClick={() => setGrades({})}>as they were</button>}
          </div>)}
        {(act.busy || test.busy) && <p className="old" role="status">Assessing anew…</p>}
        {(act.error ?? test.error) && <Problems error={(act.error ?? test.error)!} close={() => { act.clear(); test.clear(); }} />}
        <Table caption={`${given.sources.length} sources`} head={['Source', 'Kind', <Term key="g" of="grade">Grade</Term>, '>Reports', 'Honest', '>Careless', '>Controlled']}>
          {[...given.sources].sort((x, y) => count(y.id) - count(x.id)).map((s) => { const p = b.sources.find((x) => x.id === s.id); return (
            <tr key={s.id}><th scope="row">{s.name}<br /><span className="faint small">{s.interests}</span></th><td>{spoken(s.kind)}</td>
              <td>{may ? <select aria-label={'Grade of ' + s.name} value={grades[s.id] ?? s.grade} onChange={(e) => setGrades({ ...grades, [s.id]: e.target.value })}>{['A', 'B', 'C', 'D', 'E', 'F'].map((g) => <option key={g}>{g}</option>)}</select> : s.grade}</td>
              <td className="n">{count(s.id) > 0 ? <To page="reports" query={{ find: s.id }}>{number(count(s.id))}</To> : 0}</td>
              <td className="tight">{p && <><Bar p={p.p_honest} /> {percent(p.p_honest)}</>}</td><td className="n">{percent(p?.p_careless)}</td><td className="n">{percent(p?.p_controlled)}</td></tr>); })}
        </Table>
      </>)}</Shown>
  );
}
