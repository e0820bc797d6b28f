// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { ask, useAct, useView, type View } from '../api';
import { amount, moment, percent, points, spoken, unitText, worth } from '../format';
import { address, answer, Page, Problems, Run, Shown, Table, Term, To, sided, useHere, useKept, useStage } from '../parts';
import type { Belief, Branch, Branched, Case, Comparison, Futures } from '../types';
import { said } from './rest';

type Side = { name: string; belief: View<Belief>; comparison: View<Comparison> };
const useSide = (at: string, name: string): Side => {
  const of = useView<Case>(`cases/${at}`, at);
  return { name, belief: useStage<Belief>('belief', of.data ? `cases/${at}/belief` : null, of.data), comparison: useStage<Comparison>('comparison', of.data ? `cases/${at}/comparison` : null, of.data) };
};

function Judgements({ a, b }: { a: Side; b: Side }) {
  const { given } = useHere();
  if (!a.belief.data || !b.belief.data) return <p className="faint">{(a.belief.error ?? b.belief.error)?.message ?? 'Reading…'}</p>;
  const rows = b.belief.data.hypotheses.flatMap((h) => {
    const old = a.belief.data!.hypotheses.find((x) => x.id === h.id);
    return h.states.map((s) => ({ h: h.id, s: s.id, before: old?.states.find((x) => x.id === s.id)?.p ?? 0, after: s.p, turned: old?.leading !== h.leading }));
  }).filter((x) => Math.abs(x.after - x.before) >= 0.005).sort((x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before));
  if (rows.length === 0) return <p className="faint">None differs by half a point.</p>;
  return (
    <Table caption="Judgements that differ" head={['Question', 'Answer', '>' + a.name, '>' + b.name, '>Difference']}>
      {rows.slice(0, 20).map((m) => <tr key={m.h + m.s}><th scope="row"><To page={'hypotheses/' + m.h}>{given.hypotheses.find((x) => x.id === m.h)?.text ?? m.h}</To>{m.turned && <span className="badge">turned</span>}</th><td>{answer(given, m.h, m.s)}</td><td className="n">{percent(m.before)}</td><td className="n">{percent(m.after)}</td><td className="n">{points(m.after - m.before)}</td></tr>)}
    </Table>
  );
}

/** A difference of two means of the same luck; two errors at most, since the luck is shared. */
function By({ d, error, unit }: { d: number; error: number; unit?: string }) {
  const sure = Math.abs(d) > 2 * error;
  const tell = (x: number) => (unit === undefined ? worth(x) : amount(x, unit));
  const text = (d >= 0 ? '+' : '−') + tell(Math.abs(d));
  return <>{sure ? <strong>{text}</strong> : <span className="faint">{text}</span>} <span className="faint">± {tell(2 * error)}</span></>;
}

function Options({ a, b, at }: { a: Side; b: Side; at: string }) {
  const { given } = useHere();
  const meta = useStage<Futures>('futures', `cases/${given.name}/futures`);
  const [option, setOption] = useKept('of');
  const name = (id: string) => given.options.find((o) => o.id === id)?.name ?? spoken(id);
  if (a.comparison.loading || b.comparison.loading) return <p className="faint">Reading…</p>;
  if (!a.comparison.data) return <p className="faint">The shared case was not weighed yet. <Run stage="weigh" /></p>;
  if (!b.comparison.data) return <p className="faint">The branch was not weighed yet. <Run stage="weigh" of={at} /></p>;
  const [ca, cb] = [a.comparison.data, b.comparison.data];
  const shown = option || cb.ranking[0];
  const [oa, ob] = [ca, cb].map((c) => c.options.find((o) => o.id === shown)!);
  return (
    <>
      {cb.old && <p className="old">The branch changed since it was weighed. <Run stage="weigh" again of={at} /></p>}
      {ca.old && <p className="old">The shared case changed since it was weighed. <Run stage="weigh" again /></p>}
      {ca.futures !== cb.futures && <p className="faint">They rest on different numbers of futures: {ca.futures.toLocaleString('en')} and {cb.futures.toLocaleString('en')}.</p>}
      <Table caption="Options, in the order of the branch" head={['Option', `>Rank: ${a.name}`, '>' + b.name, `>Value: ${a.name}`, '>' + b.name, '>Difference', <span key="r" className="right"><Term of="regret">{`Regret: ${a.name}`}</Term></span>, '>' + b.name]}>
        {cb.ranking.map((id) => { const [x, y] = [ca, cb].map((c) => c.options.find((o) => o.id === id)!); return x && y && (
          <tr key={id}><th scope="row">{name(id)}</th><td className="n">{x.rank}</td><td className="n">{y.rank !== x.rank ? <strong>{y.rank}</strong> : y.rank}</td><td className="n">{worth(x.value)}</td><td className="n">{worth(y.value)}</td><td className="n"><By d={y.value - x.value} error={Math.hypot(x.error, y.error)} /></td><td className="n">{worth(x.regret.expected)}</td><td className="n">{worth(y.regret.expected)}</td></tr>); })}
      </Table>
      <label>Outcomes of <select value={shown} onChange={(e) => setOption(e.target.value)}>{cb.ranking.map((id) => <option key={id} value={id}>{name(id)}</option>)}</select></label>
      <Table caption="Mean outcomes over the futures, and what nine in ten lie between" head={['Measure', '>' + a.name, '>' + b.name, '>Difference']}>
        {ob.outcomes.map((y) => { const x = oa.outcomes.find((m) => m.measure === y.measure)!; return (
          <tr key={y.measure}><th scope="row">{sided(given, meta.data?.measures.find((m) => m.name === y.measure)?.meaning ?? spoken(y.measure))} <span className="faint">{unitText(y.unit)}</span></th>
            {[x, y].map((m, k) => <td key={k} className="n">{amount(m.mean, y.unit)} {y.unit !== '0/1' && <span className="faint">{amount(m.q05, y.unit)} … {amount(m.q95, y.unit)}</span>}</td>)}<td className="n"><By d={y.mean - x.mean} error={Math.hypot(x.error, y.error)} unit={y.unit} /></td></tr>); })}
      </Table>
    </>
  );
}

function Compare({ branch }: { branch: Branched }) {
  const { given } = useHere();
  const a = useSide(given.name, 'shared'), b = useSide(branch.address, branch.name);
  return (
    <section className="detail" aria-label="Comparison">
      <h2>“{branch.name}” against the shared case</h2>
      <h3>What it changes</h3>
      {branch.changes.length === 0 ? <p className="faint">Nothing yet.</p> : <ul className="plain">{branch.changes.map((k) => <li key={k.id}>{said(k.change)} <code>{k.change.target}</code>{typeof k.change.value === 'string' && k.change.value && <> to <code>{k.change.value}</code></>} <span className="faint">{k.who}</span></li>)}</ul>}
      <h3>Judgements</h3><Judgements a={a} b={b} />
      <h3>Options</h3><Options a={a} b={b} at={branch.address} />
    </section>
  );
}

function Row({ b, open }: { b: Branched; open: () => void }) {
  const { session, given } = useHere();
  const [naming, setNaming] = useState<string>();
  const [sure, setSure] = useState(false);
  const mine = session.role === 'admin' || (session.role === 'analyst' && b.who === session.name);
  const act = useAct((method: string, body?: unknown) => ask(`cases/${given.name}/branches/${b.id}`, body, method));
  return (
    <tr><th scope="row">{naming === undefined ? <a href={address(b.address, 'picture')}>{b.name}</a>
      : <form className="edit" onSubmit={(e) => { e.preventDefault(); void act.run('PUT', { name: naming }).then((r) => { if (r) setNaming(undefined); }); }}><input aria-label="Name" required maxLength={80} value={naming} onChange={(e) => setNaming(e.target.value)} /><button type="submit">Name it so</button></form>}</th>
      <td>{b.who}<br /><span className="faint small">{moment(b.at)}</span></td>
      <td>{b.changes.length === 0 ? <span className="faint">nothing yet</span> : b.changes.map((k) => <span key={k.id}>{said(k.change)} <code>{k.change.target}</code><br /></span>)}</td>
      <td><button type="button" onClick={open}>Compare</button>{' '}
        {mine && naming === undefined && <button type="button" className="quiet" onClick={() => setNaming(b.name)}>name anew</button>}
        {mine && (sure ? <><button type="button" disabled={act.busy} onClick={() => void act.run('DELETE')}>Drop “{b.name}” for good</button><button type="button" className="quiet" onClick={() => setSure(false)}>keep</button></> : <button type="button" className="quiet" onClick={() => setSure(true)}>drop</button>)}
        {act.error && <Problems error={act.error} close={act.clear} />}</td></tr>
  );
}

export default function BranchesPage() {
  const { given, session, query, go } = useHere();
  const of = given.branch?.of ?? given.name;
  const view = useView<{ branches: Branched[] }>(`cases/${of}/branches`, '');
  const [name, setName] = useState('');
  const make = useAct(() => ask<Branch>(`cases/${of}/branches`, { name }));
  const chosen = query.get('with');
  if (given.branch) return <Page title="Branches"><p><a href={address(of, 'branches', { with: String(given.branch.id) })}>Compare this branch with the shared case</a></p></Page>;
  return (
    <Page title="Branches" lead="What if? A branch starts from the case as it stands and goes its own way: reports, grades, parameters, futures and options of its own. The shared case does not see it.">
      {session.role !== 'reader' && <form className="toolbar" onSubmit={(e) => { e.preventDefault(); void make.run().then((b) => { if (b) { setName(''); go('branches', { with: String(b.id) }); } }); }}>
        <label>A new branch, called <input required maxLength={80} value={name} onChange={(e) => setName(e.target.value)} /></label><button type="submit" disabled={make.busy}>Branch</button></form>}
      {make.error && <Problems error={make.error} close={make.clear} />}
      <Shown view={view}>{(v) => { const one = v.branches.find((b) => String(b.id) === chosen); return (
        <>
          {v.branches.length === 0 ? <p className="faint">There is none. Make one here, or change a parameter on the page <To page="model">Model</To>.</p> : (
            <Table caption="Branches" head={['Name', 'By', 'Changes', '']}>{v.branches.map((b) => <Row key={b.id + b.name} b={b} open={() => go('branches', { with: String(b.id) })} />)}</Table>)}
          {chosen && !one && <p className="problems" role="alert">There is no such branch; it may have been dropped.</p>}
          {one && <Compare key={one.id} branch={one} />}
        </>); }}</Shown>
    </Page>
  );
}
