// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { ask, useAct, useView } from '../api';
import { number } from '../format';
import { address, keepInAddress, Page, Problems, Run, Shown, Table, Term, useHere } from '../parts';
import type { Branch, Branched, Change, Knob, Shift } from '../types';

/** The prior of one parameter, and where the change is made: apart, or in the case that all share. */
function Edit({ knob, branches, leave, done }: { knob: Knob; branches: Branched[]; leave: () => void; done: (at: string) => void }) {
  const { given } = useHere();
  const [prior, setPrior] = useState(knob.set ?? knob.prior);
  const [where, setWhere] = useState(given.branch ? 'here' : branches.length > 0 ? branches[0].address : 'new');
  const [name, setName] = useState(`${knob.id} otherwise`);
  const act = useAct(async () => {
    const at = where === 'here' ? given.name : where === 'new' ? (await ask<Branch>(`cases/${given.name}/branches`, { name })).address : where;
    try {
      await ask<{ shift: Shift }>(`cases/${at}/changes`, { kind: 'parameter', target: knob.id, value: prior } satisfies Change);
    } catch (e) {
      // A branch made for a prior that is wrong would stay behind empty.
      if (where === 'new') await ask(`cases/${given.name}/branches/${at.split('~')[1]}`, undefined, 'DELETE');
      throw e;
    }
    return at;
  });
  return (
    <form className="edit" onSubmit={(e) => { e.preventDefault(); void act.run().then((at) => { if (at) done(at); }); }}>
      <label>Prior of <code>{knob.id}</code> <input autoFocus value={prior} onChange={(e) => setPrior(e.target.value)} /></label>
      <p className="faint small whole">A number, or N(mean, sd), LN(median; log sd), U(low, high), T(low, mode, high), B(a, b), G(shape, rate)</p>
      {!given.branch && <label>in <select value={where} onChange={(e) => setWhere(e.target.value)}>
        <option value="new">a new branch</option>{branches.map((b) => <option key={b.id} value={b.address}>branch “{b.name}”</option>)}<option value="here">the shared case</option>
      </select></label>}
      {where === 'new' && <label>called <input required maxLength={80} value={name} onChange={(e) => setName(e.target.value)} /></label>}
      <button type="submit" disabled={act.busy}>{act.busy ? 'Assessing…' : 'Set'}</button><button type="button" className="quiet" onClick={leave}>leave</button>
      {act.error && <Problems error={act.error} close={act.clear} />}
    </form>
  );
}

export default function ModelPage() {
  const { given, session, query } = useHere();
  const view = useView<{ knobs: Knob[] }>(`cases/${given.name}/model`, given.name);
  const branches = useView<{ branches: Branched[] }>(given.branch ? null : `cases/${given.name}/branches`, '');
  const find = query.get('find') ?? '';
  const was = query.get('set'), tag = query.get('tag') ?? '';
  const [editing, setEditing] = useState<string>();
  const fits = (k: Knob) => (tag === '' || k.tag === tag) && (find === 'changed' ? k.set !== null : (k.id + k.meaning + k.source).toLowerCase().includes(find.toLowerCase()));
  return (
    <Page title="The model" lead={<>Every <Term of="parameter" /> of the engine, with its prior, source and <Term of="tag" />. Change one in a branch, which leaves the shared case alone, and replay it.</>}>
      {was && <p className="old" role="status"><code>{was}</code> is set{given.branch ? ' in this branch' : ''}. The futures are of before. <Run stage="play" /> or, with what follows from it, <Run stage="weigh" />{given.branch && <> Then <a href={address(given.branch.of, 'branches', { with: String(given.branch.id) })}>compare with the shared case</a>.</>}</p>}
      <div className="toolbar">
        <label className="search">Find <input type="search" value={find === 'changed' ? '' : find} onChange={(e) => keepInAddress({ find: e.target.value || null, set: null })} /></label>
        <label>Tag <select value={tag} onChange={(e) => keepInAddress({ tag: e.target.value || null })}><option value="">any</option>{[['V', 'V: read in its source'], ['M', 'M: from memory of it'], ['D', 'D: worked out'], ['J', 'J: judgement'], ['P', 'P: prototype']].map(([t, text]) => <option key={t} value={t}>{text}</option>)}</select></label>
        <label><input type="checkbox" checked={find === 'changed'} onChange={() => keepInAddress({ find: find === 'changed' ? null : 'changed' })} /> only those that are set otherwise</label>
      </div>
      <Shown view={view}>{(m) => { const list = m.knobs.filter(fits); return (
        <Table caption={`${list.length} of ${m.knobs.length} parameters`} head={['Parameter', 'Prior', 'Unit', 'Range', <Term key="t" of="tag">Tag</Term>, 'Meaning and source']}>
          {list.map((k) => (
            <tr key={k.id} className={editing === k.id ? 'chosen' : ''}><th scope="row"><code>{k.id}</code></th>
              <td>{editing === k.id
                ? <Edit knob={k} branches={branches.data?.branches ?? []} leave={() => setEditing(undefined)} done={(at) => { setEditing(undefined); location.hash = address(at, 'model', { find: k.id, set: k.id }); }} />
                : <><code className={k.set ? 'set' : ''}>{k.set ?? k.prior}</code>{k.set && <span className="faint"> was {k.prior}</span>}
                  {session.role !== 'reader' && <button type="button" className="quiet" aria-label={'Change ' + k.id} onClick={() => setEditing(k.id)}>change</button>}</>}</td>
              <td>{k.unit}</td><td className="n">{number(k.low)} … {number(k.high)}</td><td>{k.tag}</td><td>{k.meaning} <span className="faint">{k.source}</span></td></tr>))}
          {list.length === 0 && <tr><td colSpan={6} className="faint">{find === 'changed' ? 'None: every parameter has the prior of the engine.' : 'No parameter fits.'}</td></tr>}
        </Table>); }}</Shown>
    </Page>
  );
}
