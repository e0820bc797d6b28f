// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { day as dayText, number, percent, spoken, weekDay, worth } from '../format';
import { Table, Term, To, sided, useHere } from '../parts';
import type { Comparison, Futures, OptionResult } from '../types';
import { factOf, Input } from './inputs';

type Robust = OptionResult['robustness'];
const beyond = 9; // the farthest horizon of the engine: no number moves it so far
const measures: { id: keyof Robust & ('regret_1' | 'regret_2' | 'satisficing_1' | 'satisficing_2'); term: string; head: string; less: boolean; text: (v: number) => string }[] = [
  { id: 'regret_1', term: 'short of itself', head: 'Short of itself, nine in ten', less: true, text: worth },
  { id: 'regret_2', term: 'short of the best', head: 'Short of the best, nine in ten', less: true, text: worth },
  { id: 'satisficing_1', term: 'good enough', head: 'Good enough', less: false, text: percent },
  { id: 'satisficing_2', term: 'off by', head: 'Numbers may be off by', less: false, text: (v) => (v >= beyond ? 'beyond all' : v <= 0 ? 'nothing' : number(v) + ' sd') },
];

/** Where the value stands between the worst and the best of its column, 0 to 1. */
function place(list: OptionResult[], m: (typeof measures)[number], o: OptionResult): number {
  const all = list.map((x) => x.robustness[m.id]);
  const low = Math.min(...all), high = Math.max(...all);
  if (high === low) return 0.5;
  const share = (o.robustness[m.id] - low) / (high - low);
  return m.less ? 1 - share : share;
}

function Beaten({ by, name }: { by: Comparison['dominances']; name: (id: string) => string }) {
  if (by.length === 0) return <span className="faint">nobody</span>;
  const list = by.map((d) => <span key={d.over + d.order}>{name(d.over)} <span className="faint">{d.order === 2 ? 'shunning risk' : d.violation > 0 ? 'for nearly any taste' : 'for any taste'}</span><br /></span>);
  return by.length < 3 ? <>{list}</> : <details><summary>{by.length} others</summary>{list}</details>;
}

function Map({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const list = c.ranking.map((id) => c.options.find((o) => o.id === id)!);
  return (
    <Table matrix caption="How well each option stands being wrong; the bluer the better within its column, the redder the worse" head={['Option', ...measures.map((m) => <Term key={m.id} of={m.term}>{m.head}</Term>), <Term key="p" of="Pareto">On the front</Term>, 'Beaten as a distribution by']}>
      {list.map((o) => (
        <tr key={o.id}><th scope="row">{name(o.id)}</th>
          {measures.map((m) => { const at = place(list, m, o); const off = Math.abs(at - 0.5) * 2; return (
            <td key={m.id} className={'heat ' + (at >= 0.5 ? 'for' : 'against')} style={{ '--heat': `${Math.round(34 * off)}%` } as React.CSSProperties}>{m.text(o.robustness[m.id])}<span>{at === 1 ? 'best' : at === 0 ? 'worst' : ' '}</span></td>); })}
          <td>{o.robustness.pareto && o.robustness.pareto_actors ? 'by measure and actor' : o.robustness.pareto ? 'by measure' : o.robustness.pareto_actors ? 'by actor' : 'no'}</td>
          <td><Beaten by={c.dominances.filter((d) => d.under === o.id)} name={name} /></td></tr>))}
    </Table>
  );
}

export default function RobustnessView({ c, name, meta }: { c: Comparison; name: (id: string) => string; meta?: Futures }) {
  const { given } = useHere();
  const fact = (input: string) => factOf(given.hypotheses, input);
  const wall = (b: { input: string; low: number | null; high: number | null }) => {
    const h = fact(b.input);
    if (h && b.input.includes(' = ')) return (b.low ?? 0) > 0 ? 'it is so' : 'it is not so';
    const v = (x: number) => (h ? '“' + (h.states[Math.round(x)]?.text ?? x) + '”' : number(x));
    return b.low === null ? `at most ${v(b.high!)}` : b.high === null ? `at least ${v(b.low)}` : `${v(b.low)} to ${v(b.high)}`;
  };
  const event = (id: string) => (id === 'bad_end' ? 'the worst fifth for the decision maker' : sided(given, meta?.measures.find((m) => m.name === id)?.meaning ?? spoken(id)));
  return (
    <>
      <Map c={c} name={name} />
      <p className="faint">Good enough is {worth(c.required_value)} or more, what “{name(c.options[0].id)}” is worth on average, unless the case states requirements.</p>
      <h2>Where the leader <Term of="scenario">fails</Term> or is beaten</h2>
      <Table caption="Regions, judged on futures the search did not see" head={['What', 'Mostly where', '>So there in', '>So overall in', '>Covers of all such', 'Found by']}>
        {c.scenarios.map((s, i) => <tr key={i}><td>{s.of === 'second_better' ? `${name(c.ranking[1])} does better than ${name(s.option)}` : `${name(s.option)} falls short`}</td>
          <td>{s.bounds.length === 0 && <span className="faint">no region holds on futures the search did not see</span>}<ul className="plain">{s.bounds.map((b) => <li key={b.input}><Input of={b.input} />: {wall(b)} <span className="faint">(again in {percent(b.reproduced)} of half-samples)</span></li>)}</ul></td>
          <td className="n">{s.bounds.length > 0 && percent(s.density)}</td><td className="n">{percent(s.base_rate)}</td><td className="n">{s.bounds.length > 0 && percent(s.coverage)}</td><td className="faint">{s.method === 'prim' ? 'PRIM' : 'tree'}</td></tr>)}
        {c.scenarios.length === 0 && <tr><td colSpan={6} className="faint">Too few futures fail, or do not, to seek where.</td></tr>}
      </Table>
      <h2>What the spread comes from</h2>
      <Table caption="Sobol’s first-order index: how much of the spread one number or fact accounts for alone" head={['Spread of the', 'Number or fact', '>Accounts for', '>Rank correlation']}>
        {c.sensitivities.map((s, i) => <tr key={i}><td>{s.of === 'lead' ? 'lead over the second' : 'value of the leader'}</td><th scope="row"><Input of={s.input} /></th><td className="n">{percent(s.first_order)} <span className="faint">± {Math.round(200 * s.error)}</span></td><td className="n">{s.direction >= 0 ? '+' : '−'}{Math.abs(s.direction).toFixed(2)}</td></tr>)}
        {c.sensitivities.length === 0 && <tr><td colSpan={4} className="faint">No single number stands out against luck.</td></tr>}
      </Table>
      <h2>What to watch</h2>
      <Table caption="Indicators and warnings under the leading option, judged on futures not used to choose them" head={['Warns of', 'Watch', 'Threshold', 'On', '>Still open then', '>Weeks ahead', '>Warned of such', '>False alarms', '>Worth to the decision']}>
        {c.indicators.map((w, i) => <tr key={i}><td>{event(w.event)}</td><th scope="row"><To page="futures" query={{ variable: w.variable }}>{spoken(w.variable)}</To> <span className="faint">{w.entities.map(spoken).join(', ')}{w.estimated && ' (by its own estimate)'}</span></th><td>{w.above ? 'at least' : 'at most'} {number(w.threshold)}</td><td className="day">{dayText(weekDay(given.first_week, w.week))}</td><td className="n">{percent(w.still_open)}</td><td className="n">{w.lead_weeks}</td><td className="n">{percent(w.hit_rate)}</td><td className="n">{percent(w.false_alarm_rate)}</td><td className="n">{w.decision_value < Math.max(1e-6, w.error) ? <span className="faint">no sign would change the choice</span> : `${worth(w.decision_value)} ± ${worth(w.error)}`}</td></tr>)}
        {c.indicators.length === 0 && <tr><td colSpan={9} className="faint">No weekly observable that the decision maker sees parts the futures early enough to warn.</td></tr>}
      </Table>
    </>
  );
}
