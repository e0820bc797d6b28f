// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { day as dayText, gain, number, percent, spoken, weekDay, worth } from '../format';
import { Bar, Table, Term, To, useHere } from '../parts';
import type { Case, Comparison, Option, OptionResult } from '../types';

/** A condition in words: `in_combat[kp_assault] > 3000`. */
function condition(given: Case, when: string): string {
  const name = (id: string) => given.map.contingents.find((k) => k.id === id)?.name ?? given.map.sectors.find((s) => s.id === id)?.name ?? given.actors.find((a) => a.id === id)?.name ?? spoken(id);
  const spokenOf: Record<string, string> = { in_combat: 'men in combat', in_transit: 'men on the way', strength: 'strength' };
  return when.replace(/(\w+)\[([^\]]+)\]/g, (_, variable: string, of: string) => `${spokenOf[variable] ?? spoken(variable)} of ${of.split(',').map((x) => name(x.trim())).join(' and ')}`)
    
    .replace(/ \+ /g, ' and ').replace(/>=/g, 'at least').replace(/<=/g, 'at most').replace(/>/g, 'over').replace(/</g, 'under').replace(/\b\d{4,}\b/g, (n) => Number(n).toLocaleString('en'));
}

function Parts({ list, name }: { list: string[]; name: (id: string) => string }) {
  return <>{list.map((id, i) => <span key={id}>{i > 0 && ' and '}<To page="options" query={{ a: id }}>{name(id)}</To></span>)}</>;
}

function Against({ o, parts, name }: { o: OptionResult; parts: string[]; name: (id: string) => string }) {
  const rows = parts.flatMap((id) => o.difference_to.filter((d) => d.option === id));
  if (rows.length === 0) return null;
  return (
    <Table caption="Against what it is made of and the leader, on the same luck; errors are two" head={['Option', '>Worth more by', '>Better in']}>
      {rows.map((d) => <tr key={d.option}><th scope="row"><To page="options" query={{ a: o.id, b: d.option }}>{name(d.option)}</To></th><td className="n">{gain(d.mean)} <span className="faint">± {worth(2 * d.error)}</span></td><td className="n">{percent(d.share_better)}</td></tr>)}
    </Table>
  );
}

function Turn({ o, i, plan, name }: { o: OptionResult; i: number; plan: Option; name: (id: string) => string }) {
  const { given } = useHere();
  const s = plan.signposts[i], t = o.turns[i];
  const by = (week: number) => dayText(weekDay(given.first_week, Math.round(week)));
  return (
    <li>
      <p><strong>If {condition(given, s.when)}</strong>, as the decision maker sees it, by {dayText(s.by)}: {s.instead && 'instead '}
        {s.then.length > 0 ? <Parts list={s.then} name={name} /> : 'orders of its own'}. If not: {s.otherwise.length > 0 ? <Parts list={s.otherwise} name={name} /> : s.instead ? 'it ends' : 'as before'}.</p>
      {t && <p className="faint">Turned in <Bar p={t.share} low={Math.max(0, t.share - 2 * t.error)} high={Math.min(1, t.share + 2 * t.error)} label={`turned in ${percent(t.share)}`} /> {percent(t.share)} ± {number(200 * t.error)} of the futures
        {t.share > 0 && <>, half of these by {by(t.week.q50)}, nine in ten between {by(t.week.q05)} and {by(t.week.q95)}</>}. {t.share > 0 && t.share < 1 && <>Where it turned the plan is worth {worth(t.value)}, elsewhere {worth(t.otherwise)}; that is not what the turn did.</>}</p>}
    </li>
  );
}

/** Portfolios and adaptive plans: what they are made of, what they turn by, and what that brings. */
export default function PlansView({ c, name }: { c: Comparison; name: (id: string) => string }) {
  const { given } = useHere();
  const plans = given.options.filter((o) => o.of.length > 0 || o.signposts.length > 0);
  if (plans.length === 0) return <p className="faint">The case has none: an option may be made of others (<code>of</code>) or turn by what comes to be seen (<code>signposts</code>) in options.yaml.</p>;
  return (
    <>
      <p><Term of="portfolio">Portfolios</Term> do several things at once; <Term of="adaptive plan">adaptive plans</Term> wait for a sign. They are played and ranked like any other option.</p>
      {plans.map((p) => { const o = c.options.find((x) => x.id === p.id); return (
        <article key={p.id} className="detail">
          <h2>{p.name} {o && <span className="faint small">rank {o.rank} of {c.options.length}, worth {worth(o.value)} ± {worth(2 * o.error)}</span>}</h2>
          {p.text && <p>{p.text}</p>}
          {p.of.length > 0 && <p>{p.signposts.length > 0 ? 'Begins as' : 'Made of'} <Parts list={p.of} name={name} />.</p>}
          {p.signposts.length > 0 && <ol>{p.signposts.map((s, i) => (o ? <Turn key={s.when} o={o} i={i} plan={p} name={name} /> : <li key={s.when}>If {condition(given, s.when)} by {dayText(s.by)}</li>))}</ol>}
          {o && <Against o={o} parts={[...new Set([...p.of, c.ranking[0]])].filter((id) => id !== p.id)} name={name} />}
        </article>); })}
    </>
  );
}
