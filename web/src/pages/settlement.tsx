// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { day as dayText, gain, number, percent, spoken, weekDay, worth } from '../format';
import { Bar, ShareText, Table, Term, useHere, useKept, useNarrow } from '../parts';
import type { Package, Settlement } from '../types';

// The terms of a package in a reader's words; others are told as they are.
const words: Record<string, string> = {
  'line current': 'the present line', 'line chip swap': 'held ground swapped', 'line pre invasion': 'the line before the invasion', 'line maximal': 'the most that is claimed', 'line demand': 'the line demanded',
  'status open': 'status left open', 'status neutral': 'neutral', 'status member': 'in the alliance',
  'guarantee none': 'no guarantee', 'guarantee paper': 'guarantee on paper', 'guarantee monitored': 'monitored guarantee', 'guarantee deployed or treaty': 'force deployed or treaty',
  'force limits none': 'no limits on forces', 'force limits mild': 'mild limits on forces', 'force limits hard': 'hard limits on forces',
  'sanctions keep': 'sanctions stay', 'sanctions ease': 'sanctions eased', 'sanctions lift': 'sanctions lifted',
};
const term = (t: string) => words[spoken(t)] ?? spoken(t);
const termsOf = (p: Package) => p.terms.split(', ').map(term).join(', ');
const capital = (t: string) => t.slice(0, 1).toUpperCase() + t.slice(1);

const L = 46, R = 12, T = 24, B = 44;
type Named = { letter: string; name: string; package: number };

function namedOn(s: Settlement, day: number): Named[] {
  const kinds: Record<string, string> = { nash: 'Nash point', kalai_smorodinsky: 'Kalai–Smorodinsky point', most_accepted: 'accepted most often' };
  const out: Named[] = [];
  const add = (name: string, at: number) => {
    const had = out.find((n) => n.package === at);
    if (had) had.name += '; ' + name; else out.push({ letter: String.fromCharCode(65 + out.length), name, package: at });
  };
  for (const p of s.points) if (p.day === day) add(kinds[p.kind] ?? spoken(p.kind), p.package);
  for (const p of s.plans) add(p.name, p.package);
  return out;
}

/** Packages that none other beats for both leads on that day, in the mean. */
function frontierOn(s: Settlement, day: number): number[] {
  const order = s.packages.map((p, i) => ({ i, x: p.when[day].surplus[0], y: p.when[day].surplus[1] })).sort((a, b) => b.x - a.x || b.y - a.y);
  const out: number[] = [];
  let best = -Infinity;
  for (const p of order) if (p.y > best) { out.push(p.i); best = p.y; }
  return out.reverse();
}

function Space({ s, day, names, named, chosen, choose }: { s: Settlement; day: number; names: string[]; named: Named[]; chosen?: string; choose: (id: string) => void }) {
  const [W, H] = useNarrow() ? [350, 330] : [640, 420];
  const at = s.packages.map((p) => p.when[day].surplus);
  const span = (k: number) => extent([0, ...at.map((v) => v[k])]) as [number, number];
  const x = scaleLinear(span(0), [L, W - R]).nice(), y = scaleLinear(span(1), [H - B, T]).nice();
  const edge = frontierOn(s, day);
  const one = s.packages.findIndex((p) => p.id === chosen);
  return (
    <figure className="chart">
      <svg className="space" viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`Every settlement by what it gives ${names[0]} and ${names[1]} over fighting on; the table below says the same.`}>
        <rect className="both" x={x(0)} y={T} width={Math.max(0, W - R - x(0))} height={Math.max(0, y(0) - T)} />
        <g className="axes">
          {x.ticks(W / 90).map((v) => <g key={v}><line x1={x(v)} x2={x(v)} y1={T} y2={H - B} /><text x={x(v)} y={H - B + 15} textAnchor="middle">{number(v)}</text></g>)}
          {y.ticks(6).map((v) => <g key={v}><line x1={L} x2={W - R} y1={y(v)} y2={y(v)} /><text x={L - 6} y={y(v) + 4} textAnchor="end">{number(v)}</text></g>)}
          <text x={(L + W - R) / 2} y={H - 8} textAnchor="middle">{names[0]}: better than going on by</text><text x={L - 40} y={14}>{names[1]}: better than going on by</text>
        </g>
        <line className="zero" x1={x(0)} x2={x(0)} y1={T} y2={H - B} /><line className="zero" x1={L} x2={W - R} y1={y(0)} y2={y(0)} />
        <polyline className="frontier" points={edge.map((i) => `${x(at[i][0])},${y(at[i][1])}`).join(' ')} />
        {s.packages.map((p, i) => <circle key={p.id} className={'package' + (edge.includes(i) ? ' edge' : '')} cx={x(at[i][0])} cy={y(at[i][1])} r={2.5 + 7 * Math.sqrt(p.when[day].all.value)} onClick={() => choose(p.id)}><title>{`${termsOf(p)}: all prefer it in ${percent(p.when[day].all.value)}`}</title></circle>)}
        {named.map((n) => <g key={n.letter} className="named" onClick={() => choose(s.packages[n.package].id)}><circle cx={x(at[n.package][0])} cy={y(at[n.package][1])} r={9} /><text x={x(at[n.package][0])} y={y(at[n.package][1]) + 4} textAnchor="middle">{n.letter}</text><title>{n.name}</title></g>)}
        {one >= 0 && <circle className="picked" cx={x(at[one][0])} cy={y(at[one][1])} r={12} />}
      </svg>
      <figcaption>Each dot a package, as large as the share of futures in which all prefer it; in the shaded corner both leads would rather have it than fight on. The line is the <Term of="frontier" />.</figcaption>
    </figure>
  );
}

function One({ p, s, day, names, when }: { p: Package; s: Settlement; day: number; names: string[]; when: string[] }) {
  return (
    <section className="detail" aria-label="One package">
      <h3>{capital(termsOf(p))}</h3>
      <p>All whose consent it needs prefer it in <strong><ShareText of={p.when[day].all} /></strong> of the futures still at war, both leads in <ShareText of={p.when[day].leads} />. Signed now, war again within five years: <strong>{percent(p.renewed)}</strong>.</p>
      <Table caption="Who would take it" head={['Party', `Prefers it, ${when[day]}`, <span key="s" className="right"><Term of="surplus">Mean surplus</Term></span>]}>
        {s.parties.map((id, i) => <tr key={id}><th scope="row">{names[i]}</th><td><Bar p={p.when[day].accepts[i].value} /> <ShareText of={p.when[day].accepts[i]} /></td><td className="n">{gain(p.when[day].surplus[i])}</td></tr>)}
      </Table>
    </section>
  );
}

function Packages({ s, day, when, named, chosen, choose }: { s: Settlement; day: number; when: string[]; named: Named[]; chosen?: string; choose: (id: string) => void }) {
  const [only, setOnly] = useKept('with');
  const [most, setMost] = useState(12);
  const parts = [...new Set(s.packages.flatMap((p) => p.terms.split(', ')))].sort();
  const list = s.packages.map((p, i) => ({ p, i })).filter(({ p }) => only === '' || p.terms.split(', ').includes(only)).sort((a, b) => b.p.when[day].all.value - a.p.when[day].all.value);
  return (
    <>
      <div className="toolbar"><label>Only with <select value={only} onChange={(e) => { setOnly(e.target.value); setMost(12); }}><option value="">any terms</option>{parts.map((t) => <option key={t} value={t}>{term(t)}</option>)}</select></label>
        <span className="faint">{list.length} of {s.packages.length} packages, those that all prefer most often first</span></div>
      <Table caption="Packages, and in how many futures all prefer them" head={['', 'Terms', ...when.map((w) => `>All, ${w}`), '>War again in 5 years']}>
        {list.slice(0, most).map(({ p, i }) => { const n = named.find((x) => x.package === i); return (
          <tr key={p.id} className={p.id === chosen ? 'chosen' : ''}><td>{n?.letter}</td><td><button type="button" className="quiet left" aria-pressed={p.id === chosen} onClick={() => choose(p.id)}>{termsOf(p)}</button>{n && <span className="faint"> {n.name}</span>}</td>
            {p.when.map((w, k) => <td key={k} className="n"><ShareText of={w.all} /></td>)}<td className="n">{percent(p.renewed)}</td></tr>); })}
      </Table>
      {list.length > most && <button type="button" className="quiet" onClick={() => setMost(most + 40)}>more</button>}
    </>
  );
}

export default function SettlementView({ s }: { s: Settlement }) {
  const { given, query, go } = useHere();
  const name = (id: string) => given.actors.find((a) => a.id === id)?.name ?? spoken(id);
  const names = s.parties.map(name);
  const day = Math.max(0, Math.min(s.days.length - 1, Number(query.get('day') ?? 0) || 0));
  const chosen = query.get('package') ?? undefined;
  const when = s.days.map((d) => (d.week === 0 ? 'now' : dayText(weekDay(given.first_week, d.week)).replace(/^(\w+) \d+, /, '$1 ')));
  const keep = (more: Record<string, string>) => go('options/settlement', { ...Object.fromEntries(query.entries()), ...more });
  const named = namedOn(s, day);
  const picked = s.packages.find((p) => p.id === chosen);
  const alone = (d: Settlement['days'][number], i: number) => Math.max(0, d.without[i].value - d.all.value);
  const moves = [...new Map(s.moved.map((m) => [m.kind + m.id, m])).values()];
  return (
    <>
      <p>{s.packages.length} settlements, seen with each party’s eyes in {s.futures.toLocaleString('en')} futures under “{given.options.find((o) => o.id === s.option)?.name ?? s.option}”. A party prefers a package if its terms, less its fear of what the other does with the time, are worth more to it than fighting on as it believes the war will go. Errors are two.</p>
      <Table caption="When there is something to agree on" head={['When', '>Still fighting', '>A package both leads prefer', '>One that all prefer', ...names.slice(0, 2).map((n) => `>Going on, to ${n}`)]}>
        {s.days.map((d, k) => <tr key={d.week} className={k === day ? 'chosen' : ''}><th scope="row">{when[k]}</th><td className="n"><ShareText of={d.fighting} /></td><td className="n"><ShareText of={d.leads} /></td><td className="n"><ShareText of={d.all} /></td><td className="n">{worth(d.war[0])}</td><td className="n">{worth(d.war[1])}</td></tr>)}
      </Table>
      <fieldset className="layers"><legend className="faint">The space on</legend>{when.map((w, k) => <label key={w}><input type="radio" name="day" checked={k === day} onChange={() => keep({ day: String(k) })} /> {w}</label>)}</fieldset>
      <div className="pair">
        <Space s={s} day={day} names={names} named={named} chosen={chosen} choose={(id) => keep({ package: id })} />
        <div>
          <h3>By name</h3>
          <ul className="plain">{named.map((n) => <li key={n.letter}><button type="button" className="quiet left" onClick={() => keep({ package: s.packages[n.package].id })}><strong>{n.letter}</strong> {n.name}</button><br /><span className="faint small">{termsOf(s.packages[n.package])}</span></li>)}</ul>
          {!named.some((n) => n.name.includes('Nash')) && <p className="faint">No package gives both leads more than fighting on, in the mean, so there is no <Term of="Nash point" /> and no <Term of="Kalai–Smorodinsky point" /> on that day.</p>}
        </div>
      </div>
      {picked && <One p={picked} s={s} day={day} names={names} when={when} />}
      <Packages s={s} day={day} when={when} named={named} chosen={chosen} choose={(id) => keep({ package: id })} />
      <h2>Who stands in the way</h2>
      <Table caption="Share of futures in which some package would be better for all but this party" head={['Party', ...when]}>
        {s.parties.map((id, i) => <tr key={id}><th scope="row">{names[i]}</th>{s.days.map((d) => <td key={d.week}><Bar p={Math.min(1, alone(d, i))} /> {percent(alone(d, i))}</td>)}</tr>)}
      </Table>
      <h2>What would move it</h2>
      <Table caption="What moves the share of futures with a package that all prefer, in points" head={['What', ...when.map((w) => '>' + w)]}>
        {moves.map((m) => <tr key={m.kind + m.id}><th scope="row">{m.name} <span className="faint small">{m.kind}</span></th>{when.map((w, k) => { const x = s.moved.find((y) => y.kind === m.kind && y.id === m.id && y.day === k); return <td key={w} className="n">{x && (x.difference !== 0 || x.error !== 0) ? <>{x.difference >= 0 ? '+' : '−'}{Math.abs(100 * x.difference).toFixed(1)} <span className="faint">± {(200 * x.error).toFixed(1)}</span></> : <span className="faint">{x ? '0' : '–'}</span>}</td>; })}</tr>)}
      </Table>
    </>
  );
}
