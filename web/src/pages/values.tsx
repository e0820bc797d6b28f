// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { gain, number, percent, signed, spoken, unitText, worth } from '../format';
import { Table, Term, sided, useHere, useKept } from '../parts';
import type { Case, Comparison, Futures } from '../types';

const actorName = (given: Case, id: string) => given.actors.find((a) => a.id === id)?.name ?? spoken(id);

function Worths({ maker, meta }: { maker: string; meta?: Futures }) {
  const { given } = useHere();
  const [of, setOf] = useKept('actor', maker);
  const v = given.values.find((x) => x.actor === of) ?? given.values.find((x) => x.actor === maker);
  if (!v) return <p className="faint">The case states no values.</p>;
  const measure = (id: string) => meta?.measures.find((m) => m.name === id);
  const unit = (id: string) => measure(id)?.unit ?? '';
  return (
    <>
      <div className="toolbar"><label>Values of <select value={v.actor} onChange={(e) => setOf(e.target.value)}>{given.values.map((x) => <option key={x.actor} value={x.actor}>{actorName(given, x.actor)}{x.actor === maker ? ' (decides)' : ''}</option>)}</select></label>
        <span className="faint"><Term of="tag">Tag</Term> {v.tag}{v.source && <>, {v.source}</>}</span></div>
      <Table caption="A future is worth the sum of these: worth, for so much of the measure; below nought it is to be avoided" head={['Measure', '>Worth', '>for', <span key="n" className="right"><Term of="spread of a worth">Nine in ten</Term></span>]}>
        {[...v.worth].sort((a, b) => Math.abs(b.worth) - Math.abs(a.worth)).map((w) => (
          <tr key={w.measure}><th scope="row">{sided(given, measure(w.measure)?.meaning ?? spoken(w.measure))}</th><td className="n">{signed(w.worth)}</td><td className="n">{unit(w.measure) === '0/1' ? <span className="faint">if so</span> : unit(w.measure) === 'share' ? `${number(100 * w.per)} points` : <>{number(w.per)} <span className="faint">{unitText(unit(w.measure))}</span></>}</td>
            <td className="n faint">{w.sd > 0 ? [Math.exp(-1.645 * w.sd), Math.exp(1.645 * w.sd)].map((f) => signed(w.worth * f)).join(' … ') : 'exact'}</td></tr>))}
      </Table>
    </>
  );
}

function Ranks({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const { given } = useHere();
  const most = c.ranking.length - 1;
  const first = (w: Comparison['weightings'][number]) => w.options.find((o) => o.rank === 1)!.option;
  const alike = c.weightings.filter((w) => first(w) === c.ranking[0]).length;
  const own = (w: Comparison['weightings'][number]) => w.id === w.actor;
  return (
    <>
      <p className="verdict"><strong>{name(c.ranking[0])}</strong> leads under {alike} of {c.weightings.length} weightings.</p>
      <Table matrix caption={'Rank of every option, and what it is worth over “' + name(c.options[0].id) + '”, with two errors; the bluer the higher it ranks, the redder the lower'} head={['Option', ...c.weightings.map((w) => <span key={w.id}>{own(w) ? actorName(given, w.actor) : w.name}<br /><span className="faint">{own(w) ? (w.actor === c.decision_maker ? 'decides' : 'own values') : `for ${actorName(given, w.actor)}`}</span></span>)]}>
        {c.ranking.map((id) => (
          <tr key={id}><th scope="row">{name(id)}</th>{c.weightings.map((w) => { const o = w.options.find((x) => x.option === id)!; const at = most > 0 ? 1 - (2 * (o.rank - 1)) / most : 0; return (
            <td key={w.id} className={'heat ' + (at >= 0 ? 'for' : 'against')} style={{ '--heat': `${Math.round(34 * Math.abs(at))}%` } as React.CSSProperties}><strong>{o.rank}</strong><span>{id === c.options[0].id ? 'yardstick' : <>{gain(o.difference)} ± {worth(2 * o.difference_error)}</>}</span></td>); })}</tr>))}
      </Table>
    </>
  );
}

/** Whose values: what is weighed, and how the options stand for others and under other weightings. */
export default function ValuesView({ c, name, meta }: { c: Comparison; name: (id: string) => string; meta?: Futures }) {
  return (
    <>
      {c.weightings.length > 0 && <Ranks c={c} name={name} />}
      <p className="faint">Other <Term of="weighting">weightings</Term> decide nothing: they show how far the order is one of taste. Values of different actors are on scales of their own. The leader is best in {percent(c.options.find((o) => o.id === c.ranking[0])?.stability.p_best)} of the draws in which the deciding worths and the unsourced numbers vary.</p>
      <h2>What is weighed</h2>
      <Worths maker={c.decision_maker} meta={meta} />
    </>
  );
}
