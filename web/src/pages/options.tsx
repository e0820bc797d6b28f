// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { Histogram } from '../charts';
import { amount, gain, percent, spoken, unitText, worth } from '../format';
import { Old, Page, Run, Shown, Table, Term, To, sided, useHere, useStage, Views } from '../parts';
import type { Case, Comparison, Futures, OptionResult, Studies } from '../types';
import GamesView from './games';
import PlansView from './plans';
import RobustnessView from './robustness';
import SettlementView from './settlement';
import TurningView from './turning';
import ValuesView from './values';

/** Where each option is regretted: by which option would have been best. The parts, by share, add up to its regret. */
function Regrets({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const r = c.regrets;
  if (!r) return <p className="faint">The futures at hand are not those that were weighed. <Run stage="weigh" again /></p>;
  const at = (id: string) => r.options.indexOf(id);
  const best = c.ranking.filter((id) => r.share[at(id)] > 0);
  const most = Math.max(1e-9, ...r.regret.flat());
  return (
    <Table matrix caption="Mean regret of the option of the row in those futures in which the option of the column would have been best" head={['', ...best.map((id) => <span key={id}>{name(id)}<br /><span className="faint">best in {percent(r.share[at(id)])}</span></span>), '>In all']}>
      {c.ranking.map((a) => (
        <tr key={a}><th scope="row">{name(a)}</th>{best.map((b) => { const v = r.regret[at(a)][at(b)]; return <td key={b} className={'heat ' + (a === b ? 'faint' : 'against')} style={{ '--heat': `${Math.round((48 * v) / most)}%` } as React.CSSProperties}>{a === b ? '–' : worth(v)}</td>; })}
          <td className="n"><strong>{worth(c.options.find((o) => o.id === a)!.regret.expected)}</strong></td></tr>))}
    </Table>
  );
}

function Heat({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const most = Math.max(1e-9, ...c.options.flatMap((o) => o.difference_to.map((d) => Math.abs(d.mean))));
  const order = c.ranking;
  return (
    <Table matrix caption="Row against column: difference of value, and share of futures in which the row does better" head={['', ...order.map(name)]}>
      {order.map((a) => { const o = c.options.find((x) => x.id === a)!; return (
        <tr key={a}><th scope="row">{name(a)}</th>{order.map((b) => { const d = o.difference_to.find((x) => x.option === b); if (!d) return <td key={b} className="faint">–</td>;
          const share = Math.min(1, Math.abs(d.mean) / most);
          return <td key={b} className={'heat ' + (d.mean >= 0 ? 'for' : 'against')} style={{ '--heat': `${Math.round(32 * share)}%` } as React.CSSProperties}>{gain(d.mean)} <span>{percent(d.share_better)}</span></td>; })}</tr>); })}
    </Table>
  );
}

interface Part { measure: string; unit: string; of: [OptionResult['outcomes'][number], OptionResult['outcomes'][number]]; part: number | null }
/** What each measure adds to the lead: worth is linear in the outcomes, so the parts add up. */
function partsOf(a: OptionResult, b: OptionResult, worths: Case['values'][number]['worth']): Part[] {
  return a.outcomes.map((m): Part => {
    const n = b.outcomes.find((x) => x.measure === m.measure) ?? m, w = worths.find((x) => x.measure === m.measure);
    return { measure: m.measure, unit: m.unit, of: [m, n], part: w ? (w.worth / w.per) * (m.mean - n.mean) : null };
  }).sort((x, y) => Math.abs(y.part ?? 0) - Math.abs(x.part ?? 0) || Number(x.part === null) - Number(y.part === null));
}

const telling = 0.005;  // parts that are not nothing with two digits
function Two({ a, b, c, name, meta }: { a: OptionResult; b: OptionResult; c: Comparison; name: (id: string) => string; meta?: Futures }) {
  const { given } = useHere();
  const d = a.difference_to.find((x) => x.option === b.id);
  const pair = c.undecided_pairs.find((p) => (p.better === a.id && p.worse === b.id) || (p.better === b.id && p.worse === a.id));
  const parts = partsOf(a, b, given.values.find((v) => v.actor === c.decision_maker)?.worth ?? []);
  const most = Math.max(1e-9, ...parts.map((p) => Math.abs(p.part ?? 0)));
  const meaning = (id: string) => sided(given, meta?.measures.find((m) => m.name === id)?.meaning ?? spoken(id));
  const small = parts.filter((p) => p.part === null || Math.abs(p.part) < telling);
  const table = (list: Part[], caption: string) => (
    <Table caption={caption} head={['Measure', '>' + name(a.id), '>' + name(b.id), <Term key="p" of="part of the lead">Part of the lead</Term>]}>
      {list.map((p) => (
        <tr key={p.measure}><th scope="row">{meaning(p.measure)} <span className="faint">{unitText(p.unit)}</span></th>
          {p.of.map((x, k) => <td key={k} className="n">{amount(x.mean, p.unit)} {p.unit === '0/1' ? '' : <span className="faint">{amount(x.q05, p.unit)} … {amount(x.q95, p.unit)}</span>}</td>)}
          <td className="tight">{p.part === null ? <span className="faint">not weighed</span> : <><Swing v={p.part} most={most} /> {gain(p.part)}</>}</td></tr>))}
    </Table>);
  return (
    <section className="detail" aria-label="Two options">
      <h2>{name(a.id)} against {name(b.id)}</h2>
      {d && <p>{name(a.id)} is worth <strong>{worth(Math.abs(d.mean))} ± {worth(2 * d.error)} {d.mean >= 0 ? 'more' : 'less'}</strong>, and does better in {percent(d.share_better)} of the futures, each with the same luck under both.</p>}
      <p>{pair ? <><Term of="flip">The order flips</Term> in {percent(pair.p_flip)} of the draws of unsourced numbers: by the value weights alone in {percent(pair.p_flip_worths)}, by the numbers behind the futures in {percent(pair.p_flip_numbers)}.</> : <>Within the spread of unsourced numbers the order of these two holds.</>} <To page="options/turning" query={{ of: a.id }}>What would turn it</To></p>
      {a.id === b.id ? <p className="faint">Choose two that differ.</p> : <>
        {table(parts.filter((p) => !small.includes(p)), 'What makes the difference, the largest first: means, chances, and what nine in ten lie between')}
        <details><summary>{small.length} measures that make none</summary>{table(small, 'Measures that make no difference, or are not weighed')}</details></>}
    </section>
  );
}

/** A bar to the right of the middle for what speaks for the first, to the left for the second. */
function Swing({ v, most }: { v: number; most: number }) {
  const part = (48 * Math.abs(v)) / most;
  return <span className="swing" aria-hidden="true"><span className={v >= 0 ? 'for' : 'against'} style={{ width: `${part}%`, left: v >= 0 ? '50%' : `${50 - part}%` }} /></span>;
}

function Ranking({ c, meta, name }: Weighed) {
  const { given, query, go } = useHere();
  const best = c.options.find((o) => o.id === c.ranking[0])!;
  const second = c.options.find((o) => o.id === c.ranking[1]);
  const measure = query.get('measure') ?? best.outcomes[0].measure;
  const a = c.options.find((o) => o.id === query.get('a')) ?? best;
  const b = c.options.find((o) => o.id === query.get('b')) ?? second ?? best;
  const scale = best.outcomes.find((m) => m.measure === measure) ?? best.outcomes[0];
  const measured = (id: string) => sided(given, meta?.measures.find((m) => m.name === id)?.meaning ?? spoken(id));
  const keep = (more: Record<string, string>) => go('options', { measure, a: a.id, b: b.id, ...more });
  return (
    <>
      <p className="verdict">{c.undecided ? <><strong>Undecided.</strong> The lead of {name(best.id)} flips within the spread of numbers nobody has sourced.</> : <><strong>{name(best.id)}</strong> leads, and keeps the lead over the spread of numbers nobody has sourced.</>}
        <span className="faint"> For {given.actors.find((x) => x.id === c.decision_maker)?.name}; {c.futures.toLocaleString('en')} futures of each option.</span></p>
      <Table caption="The options, best first" head={['', 'Option', <span key="v" className="right"><Term of="value">Value</Term></span>, <span key="r" className="right"><Term of="regret">Regret</Term></span>, <span key="w" className="right"><Term of="worst regret">Regret, one in twenty</Term></span>, <span key="d" className="right"><Term of="best in draws">Best in draws</Term></span>]}>
        {c.ranking.map((id) => c.options.find((o) => o.id === id)!).map((o) => { const here = given.options.find((x) => x.id === o.id); return (
          <tr key={o.id}><td>{o.rank}</td><th scope="row">{name(o.id)}<br /><span className="faint small">{here?.text}{(here?.signposts.length ?? 0) + (here?.of.length ?? 0) > 0 && <><br /><To page="options/plans">{here!.signposts.length > 0 ? 'an adaptive plan: what it turns by' : 'a portfolio: what it is made of'}</To></>}</span></th>
            <td className="n">{worth(o.value)} <span className="faint">± {worth(2 * o.error)}</span></td><td className="n">{worth(o.regret.expected)}</td><td className="n">{worth(o.regret.worst)}</td><td className="n">{percent(o.stability.p_best)}</td></tr>); })}
      </Table>
      <div className="toolbar">
        <label>Compare <select value={a.id} onChange={(e) => keep({ a: e.target.value })}>{c.options.map((o) => <option key={o.id} value={o.id}>{name(o.id)}</option>)}</select></label>
        <label>with <select value={b.id} onChange={(e) => keep({ b: e.target.value })}>{c.options.map((o) => <option key={o.id} value={o.id}>{name(o.id)}</option>)}</select></label>
      </div>
      <Two a={a} b={b} c={c} name={name} meta={meta} />
      <h2>Distributions</h2>
      <div className="toolbar"><label>Measure <select value={measure} onChange={(e) => keep({ measure: e.target.value })}>{best.outcomes.map((m) => <option key={m.measure} value={m.measure}>{measured(m.measure)}</option>)}</select></label></div>
      <Histogram title={'Distribution of ' + measured(measure)} low={scale.low} high={scale.high} unit={scale.unit}
        rows={c.ranking.map((id) => { const m = c.options.find((o) => o.id === id)!.outcomes.find((x) => x.measure === measure)!; return { label: name(id), name: name(id), bins: m.bins, mean: m.mean, error: m.error }; })} />
      <h2>Where each is <Term of="regret">regretted</Term></h2>
      <Regrets c={c} name={name} />
      <h2>Each against each</h2>
      <Heat c={c} name={name} />
    </>
  );
}

const views: [string, string][] = [['', 'Ranking'], ['turning', 'What would turn it'], ['values', 'Whose values'], ['plans', 'Plans'], ['robustness', 'Robustness'], ['games', 'Games'], ['settlement', 'Settlement']];

type Weighed = { c: Comparison; name: (id: string) => string; meta?: Futures };
function weighedView(view: string | undefined, of: Weighed) {
  switch (view) {
    case 'turning': return <TurningView {...of} />;
    case 'values': return <ValuesView {...of} />;
    case 'plans': return <PlansView {...of} />;
    case 'robustness': return <RobustnessView {...of} />;
    default: return <Ranking {...of} />;
  }
}

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
      {!views.some(([id]) => id === (path[1] ?? '')) ? <p className="problems" role="alert">There is no such view.</p> : studied ? (
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
            {weighedView(path[1], { c, name, meta: meta.data })}
          </>)}</Shown>)}
    </Page>
  );
}
