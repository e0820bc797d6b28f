// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { Histogram } from '../charts';
import { number, percent, spoken } from '../format';
import { Old, Page, Run, Shown, Table, Term, sided, useHere, useStage, Views } from '../parts';
import type { Comparison, Futures, OptionResult, Studies } from '../types';
import GamesView from './games';
import RobustnessView from './robustness';
import SettlementView from './settlement';

/** Where each option is regretted: by which option would have been best. The parts, by share, add up to its regret. */
function Regrets({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const r = c.regrets;
  if (!r) return <p className="faint">The futures at hand are not those that were weighed. <Run stage="weigh" again /></p>;
  const at = (id: string) => r.options.indexOf(id);
  const best = c.ranking.filter((id) => r.share[at(id)] > 0);
  const most = Math.max(1e-9, ...r.regret.flat());
  return (
    <Table caption="Mean regret of the option of the row in those futures in which the option of the column would have been best" head={['', ...best.map((id) => <span key={id}>{name(id)}<br /><span className="faint">best in {percent(r.share[at(id)])}</span></span>), '>In all']}>
      {c.ranking.map((a) => (
        <tr key={a}><th scope="row">{name(a)}</th>{best.map((b) => { const v = r.regret[at(a)][at(b)]; return <td key={b} className={'heat ' + (a === b ? 'faint' : 'against')} style={{ '--heat': `${Math.round((48 * v) / most)}%` } as React.CSSProperties}>{a === b ? '–' : number(v)}</td>; })}
          <td className="n"><strong>{number(c.options.find((o) => o.id === a)!.regret.expected)}</strong></td></tr>))}
    </Table>
  );
}

function Heat({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const most = Math.max(1e-9, ...c.options.flatMap((o) => o.difference_to.map((d) => Math.abs(d.mean))));
  const order = c.ranking;
  return (
    <Table caption="Row against column: difference of value, and share of futures in which the row does better" head={['', ...order.map(name)]}>
      {order.map((a) => { const o = c.options.find((x) => x.id === a)!; return (
        <tr key={a}><th scope="row">{name(a)}</th>{order.map((b) => { const d = o.difference_to.find((x) => x.option === b); if (!d) return <td key={b} className="faint">–</td>;
          const share = Math.min(1, Math.abs(d.mean) / most);
          return <td key={b} className={'heat ' + (d.mean >= 0 ? 'for' : 'against')} style={{ '--heat': `${Math.round(32 * share)}%` } as React.CSSProperties}>{d.mean >= 0 ? '+' : '−'}{number(Math.abs(d.mean))} <span>{percent(d.share_better)}</span></td>; })}</tr>); })}
    </Table>
  );
}

function Two({ a, b, c, name }: { a: OptionResult; b: OptionResult; c: Comparison; name: (id: string) => string }) {
  const d = a.difference_to.find((x) => x.option === b.id);
  const pair = c.undecided_pairs.find((p) => (p.better === a.id && p.worse === b.id) || (p.better === b.id && p.worse === a.id));
  return (
    <section className="detail" aria-label="Two options">
      <h2>{name(a.id)} against {name(b.id)}</h2>
      {d && <p>{name(a.id)} is worth {number(Math.abs(d.mean))} ± {number(2 * d.error)} {d.mean >= 0 ? 'more' : 'less'}, and does better in {percent(d.share_better)} of the futures, each with the same luck under both.</p>}
      <p>{pair ? <><Term of="flip">The order flips</Term> in {percent(pair.p_flip)} of the draws of unsourced numbers: by the value weights alone in {percent(pair.p_flip_worths)}, by the numbers behind the futures in {percent(pair.p_flip_numbers)}.</> : <>Within the spread of unsourced numbers the order of these two holds.</>}</p>
      <Table caption="Outcomes side by side" head={['Measure', '>' + name(a.id), '>' + name(b.id)]}>
        {a.outcomes.map((m, i) => { const n = b.outcomes[i]; return (
          <tr key={m.measure}><th scope="row">{spoken(m.measure)} <span className="faint">{m.unit}</span></th>
            {[m, n].map((x, k) => <td key={k} className="n">{number(x.mean)} <span className="faint">{number(x.q05)} … {number(x.q95)}</span></td>)}</tr>); })}
      </Table>
    </section>
  );
}

function Ranking({ c, meta, name }: { c: Comparison; meta?: Futures; name: (id: string) => string }) {
  const { given, query, go } = useHere();
  const best = c.options.find((o) => o.id === c.ranking[0])!;
  const second = c.options.find((o) => o.id === c.ranking[1]);
  const measure = query.get('measure') ?? best.outcomes[0].measure;
  const a = c.options.find((o) => o.id === query.get('a')) ?? best;
  const b = c.options.find((o) => o.id === query.get('b')) ?? second ?? best;
  const scale = best.outcomes.find((m) => m.measure === measure) ?? best.outcomes[0];
  const keep = (more: Record<string, string>) => go('options', { measure, a: a.id, b: b.id, ...more });
  return (
    <>
      <p className="verdict">{c.undecided ? <><strong>Undecided.</strong> The lead of {name(best.id)} flips within the spread of numbers nobody has sourced.</> : <><strong>{name(best.id)}</strong> leads, and keeps the lead over the spread of numbers nobody has sourced.</>}
        <span className="faint"> For {given.actors.find((x) => x.id === c.decision_maker)?.name}; {c.futures.toLocaleString('en')} futures of each option.</span></p>
      <Table caption="The options, best first" head={['', 'Option', <span key="v" className="right"><Term of="value">Value</Term></span>, <span key="r" className="right"><Term of="regret">Regret</Term></span>, '>One in twenty is worse than', '>Best in draws']}>
        {c.ranking.map((id) => c.options.find((o) => o.id === id)!).map((o) => (
          <tr key={o.id}><td>{o.rank}</td><th scope="row">{name(o.id)}<br /><span className="faint small">{given.options.find((x) => x.id === o.id)?.text}{o.turns.map((t) => <span key={t.when}><br />Seen by {t.by} in {percent(t.share)} ± {Math.round(200 * t.error)} of futures{t.share > 0 && `, half of these by week ${Math.round(t.week.q50)}`}: <span className="id">{t.when}</span></span>)}</span></th>
            <td className="n">{number(o.value)} <span className="faint">± {number(2 * o.error)}</span></td><td className="n">{number(o.regret.expected)}</td><td className="n">{number(o.regret.worst)}</td><td className="n">{percent(o.stability.p_best)}</td></tr>))}
      </Table>
      <div className="toolbar">
        <label>Compare <select value={a.id} onChange={(e) => keep({ a: e.target.value })}>{c.options.map((o) => <option key={o.id} value={o.id}>{name(o.id)}</option>)}</select></label>
        <label>with <select value={b.id} onChange={(e) => keep({ b: e.target.value })}>{c.options.map((o) => <option key={o.id} value={o.id}>{name(o.id)}</option>)}</select></label>
      </div>
      <Two a={a} b={b} c={c} name={name} />
      <h2>Distributions</h2>
      <label>Measure <select value={measure} onChange={(e) => keep({ measure: e.target.value })}>{best.outcomes.map((m) => <option key={m.measure} value={m.measure}>{spoken(m.measure)}</option>)}</select></label>
      <p className="faint">{sided(given, meta?.measures.find((m) => m.name === measure)?.meaning ?? '')}</p>
      <Histogram title={'Distribution of ' + spoken(measure)} low={scale.low} high={scale.high} unit={scale.unit}
        rows={c.ranking.map((id) => { const m = c.options.find((o) => o.id === id)!.outcomes.find((x) => x.measure === measure)!; return { label: name(id), name: name(id), bins: m.bins, mean: m.mean }; })} />
      <h2>Where each is <Term of="regret">regretted</Term></h2>
      <Regrets c={c} name={name} />
      <h2>Each against each</h2>
      <Heat c={c} name={name} />
    </>
  );
}

const views: [string, string][] = [['', 'Ranking'], ['robustness', 'Robustness'], ['games', 'Games'], ['settlement', 'Settlement']];

export default function OptionsPage() {
  const { given, path } = useHere();
  const studied = path[1] === 'games' || path[1] === 'settlement';
  const view = useStage<Comparison>('comparison', studied ? null : `cases/${given.name}/comparison`);
  const meta = useStage<Futures>('futures', studied ? null : `cases/${given.name}/futures`);
  const studies = useStage<Studies>('studies', studied ? `cases/${given.name}/studies` : null);
  const name = (id: string) => given.options.find((o) => o.id === id)?.name ?? spoken(id);
  return (
    <Page title="What to do" lead={<>Every option over the same futures, weighed by the decision maker’s own <Term of="value">values</Term>; what others answer, and how it could end.</>}>
      <Views of="options" list={views} now={path[1] ?? ''} />
      {!views.some(([id]) => id === (path[1] ?? '')) && <p className="problems" role="alert">There is no such view.</p>}
      {studied ? (
        <Shown view={studies} stage="study">{(s) => (
          <>
            <Old old={s.old} stage="study" />
            {path[1] === 'games' ? (s.games.length > 0 ? <GamesView games={s.games} /> : <p className="faint">The case has no games.yaml: no game is played.</p>)
              : s.settlement.length > 0 ? <SettlementView s={s.settlement[0]} /> : <p className="faint">There is no war to settle.</p>}
          </>)}</Shown>
      ) : (
        <Shown view={view} stage="weigh">{(c) => (
          <>
            <Old old={c.old} stage="weigh" />
            {path[1] === 'robustness' ? <RobustnessView c={c} name={name} meta={meta.data} /> : <Ranking c={c} meta={meta.data} name={name} />}
          </>)}</Shown>)}
    </Page>
  );
}
