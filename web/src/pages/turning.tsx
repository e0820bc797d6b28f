// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { chance, gain, number, percent, spoken, worth } from '../format';
import { Old, Run, Table, Term, To, sided, useHere, useKept, useStage } from '../parts';
import type { Comparison, Futures, Hinge, Studies, Threshold } from '../types';
import { Input, useKnobs } from './inputs';

const W = 220, H = 34, PAD = 6;

/** Chances from 0 to 1: who is ahead on either side of the threshold, and where the futures put the event now. */
function Gauge({ t, better, worse }: { t: Threshold; better: string; worse: string }) {
  const hatch = useId();
  const x = (p: number) => PAD + Math.max(0, Math.min(1, p)) * (W - 2 * PAD);
  const at = x(t.at), now = x(t.p), unless = t.with < 0;
  const [left, right] = unless ? ['ahead', 'behind'] : ['behind', 'ahead'];
  return (
    <svg className="gauge" viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`${unless ? better : worse} is ahead below ${percent(t.at)}, ${unless ? worse : better} above; now ${percent(t.p)}`}>
      <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" className="behind" /><line x1="0" x2="0" y1="0" y2="5" className="hatch" /></pattern>
      {([[left, x(0), at], [right, at, x(1)]] as const).map(([who, from, to]) => <rect key={who} className={who === 'ahead' ? 'ahead' : undefined} fill={who === 'ahead' ? undefined : `url(#${hatch})`} x={from} y={8} width={Math.max(0, to - from)} height={12} />)}
      <rect className="doubt" x={x(t.at - 2 * t.at_error)} y={5} width={x(t.at + 2 * t.at_error) - x(t.at - 2 * t.at_error)} height={18} />
      <line className="turn" x1={at} x2={at} y1={3} y2={25} />
      <line className="now" x1={x(t.p - 2 * t.p_error)} x2={x(t.p + 2 * t.p_error)} y1={14} y2={14} /><circle className="now" cx={now} cy={14} r={4.5} />
      <text x={x(0)} y={H - 1}>0</text><text x={x(1)} y={H - 1} textAnchor="end">100 %</text>
    </svg>
  );
}

function Events({ c, name, meta }: { c: Comparison; name: (id: string) => string; meta?: Futures }) {
  const { given } = useHere();
  const [of, setOf] = useKept('of');
  const list = c.thresholds.filter((t) => of === '' || t.better === of || t.worse === of);
  const inAny = c.ranking.filter((id) => c.thresholds.some((t) => t.better === id || t.worse === id));
  const event = (t: Threshold) => t.question ? given.questions.find((q) => q.id === t.event)?.text ?? spoken(t.event) : sided(given, meta?.measures.find((m) => m.name === t.event)?.meaning ?? spoken(t.event));
  if (c.thresholds.length === 0) return <p className="faint">No event turns the order of the best two, or of a pair that is undecided, beyond chance.</p>;
  return (
    <>
      {inAny.length > 2 && <div className="toolbar"><label>Pairs with <select value={of} onChange={(e) => setOf(e.target.value)}><option value="">any option</option>{inAny.map((id) => <option key={id} value={id}>{name(id)}</option>)}</select></label></div>}
      <Table caption="Blue: the first is ahead; vermilion, hatched: the second. Upright: where the order turns; dot: the chance now; both with two errors." head={['Pair', 'Turns with', 'Chance', '>Turns at', '>Now', '>Lead with it', '>Lead without']}>
        {list.map((t, i) => (
          <tr key={i}><th scope="row"><To page="options" query={{ a: t.better, b: t.worse }}>{name(t.better)} over {name(t.worse)}</To></th>
            <td>{t.with < 0 ? 'unless ' : 'only if '}<strong>{event(t)}</strong> <span className="faint small">counted under {name(t.under)}</span></td>
            <td><Gauge t={t} better={name(t.better)} worse={name(t.worse)} /></td>
            <td className="n">{chance(t.at)} <span className="faint">± {number(200 * t.at_error)}</span></td><td className="n">{chance(t.p)} <span className="faint">± {number(200 * t.p_error)}</span></td>
            <td className="n">{gain(t.with)} <span className="faint">± {worth(2 * t.with_error)}</span></td><td className="n">{gain(t.without)} <span className="faint">± {worth(2 * t.without_error)}</span></td></tr>))}
      </Table>
      <p className="faint">How likely would it have to be, all else of the futures left as it is? It does not say that the event causes the rest.</p>
    </>
  );
}

/** What a number is, and where its size comes from. */
function useOrigin(meta?: Futures) {
  const { given } = useHere();
  const knobs = useKnobs();
  return (h: Hinge, maker: string): { what: React.ReactNode; tag?: string; source?: string } => {
    if (h.kind === 'worth') {
      const v = given.values.find((x) => x.actor === maker);
      return { what: <To page="options/values">worth of: {sided(given, meta?.measures.find((m) => m.name === h.name)?.meaning ?? spoken(h.name))}</To>, tag: v?.tag, source: v?.source || 'values of the case' };
    }
    if (h.kind === 'hypothesis') return { what: <Input of={h.name} />, source: 'the reports' };
    const k = knobs.get(h.name);
    return { what: <Input of={h.name} />, tag: k?.tag, source: k?.source };
  };
}

const kinds: Record<string, string> = { worth: 'value', hypothesis: 'fact in dispute', theory: 'theory', knob: 'number', rationality: 'rationality', 'action effect': 'effect of an act' };

function Numbers({ list, c, name, meta, caption }: { list: Hinge[]; c: Comparison; name: (id: string) => string; meta?: Futures; caption: string }) {
  const origin = useOrigin(meta);
  const named = (text: string) => text.replace(/'([a-z0-9_]+)'/g, (whole, id: string) => (c.options.some((o) => o.id === id) ? `“${name(id)}”` : whole));
  return (
    <Table caption={caption} head={['Kind', 'Number or fact', 'When it turns', <span key="c" className="right"><Term of="moves the lead">Moves the lead</Term></span>, <Term key="t" of="tag">Tag</Term>, 'Where its size comes from']}>
      {list.map((h, i) => { const o = origin(h, c.decision_maker); return (
        <tr key={i}><td>{kinds[h.kind] ?? h.kind}</td><th scope="row">{o.what}</th><td>{named(h.detail)}</td><td className="n">{h.correlation >= 0 ? '+' : '−'}{Math.abs(h.correlation).toFixed(2)}</td><td>{o.tag ?? '–'}</td><td className="faint small">{o.source ?? ''}</td></tr>); })}
    </Table>
  );
}

function Theories({ name }: { name: (id: string) => string }) {
  const { given } = useHere();
  const view = useStage<Studies>('studies', `cases/${given.name}/studies`);
  if (!view.data) return view.error ? <p className="faint">The other sides of the disputes were not played yet. <Run stage="study" /></p> : <p className="loading" role="status">Reading…</p>;
  const list = view.data.theories;
  if (list.length === 0) return <p className="faint">The case holds no dispute to one side: all of them are part of the futures, and stand above.</p>;
  const disputes = [...new Set(list.map((t) => t.knob))];
  return (
    <>
      <Old old={view.data.old} stage="study" />
      {disputes.map((knob) => { const sides = list.filter((t) => t.knob === knob); return (
        <Table key={knob} caption={`${sides[0].meaning}; ${sides[0].futures.toLocaleString('en')} futures a side on the same luck, errors are two`} head={[<To key="k" page="model" query={{ find: knob }}>{knob}</To>, 'Leads', 'Next, behind by', 'The lead']}>
          {sides.map((t) => (
            <tr key={t.at}><th scope="row">= {number(t.at)}</th><td>{name(t.options[0].id)}</td>
              <td>{t.options.slice(1, 4).map((o) => <span key={o.id}>{name(o.id)} {gain(-o.behind)} <span className="faint">± {worth(2 * o.behind_error)}</span><br /></span>)}</td>
              <td>{t.held ? <span className="faint">what the case holds to</span> : t.turns ? <strong>turned</strong> : 'not turned beyond two errors'}</td></tr>))}
        </Table>); })}
    </>
  );
}

/** What would turn the order of the options: events, numbers and facts, theories. */
export default function TurningView({ c, name, meta }: { c: Comparison; name: (id: string) => string; meta?: Futures }) {
  const flips = c.hinges.filter((h) => h.flips), firm = c.hinges.filter((h) => !h.flips);
  const [best, second] = c.ranking;
  const d = c.options.find((o) => o.id === best)?.difference_to.find((x) => x.option === second);
  return (
    <>
      <p className="verdict"><strong>{name(best)}</strong> {d ? <>leads {name(second)} by {worth(d.mean)} <span className="faint">± {worth(2 * d.error)}</span>. {c.undecided ? 'The lead is undecided.' : 'The lead stands over the spread of numbers nobody has sourced.'}</> : 'leads.'}</p>
      <h2>Events: <Term of="threshold">how likely would they have to be</Term>?</h2>
      <Events c={c} name={name} meta={meta} />
      <h2>Numbers and facts: <Term of="hinge">hinges</Term> of the order</h2>
      {flips.length > 0 ? <Numbers list={flips} c={c} name={name} meta={meta} caption="They turn the order within their own spread, strongest first" />
        : <p className="faint">No single number turns the order within its own spread.</p>}
      {firm.length > 0 && <details open={flips.length === 0}><summary>{firm.length} that move the lead without turning it</summary><Numbers list={firm} c={c} name={name} meta={meta} caption="They do not turn the order alone" /></details>}
      <h2>Rival <Term of="theory">theories</Term></h2>
      <Theories name={name} />
    </>
  );
}
