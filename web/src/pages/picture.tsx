// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from 'react';
import { useView } from '../api';
import { day as dayText, men, number, percent, spoken, weekDay } from '../format';
import { sightOf, WorldMap, type Sight, type Spots } from '../map';
import { answer, Old, Page, Run, Shown, Table, Term, To, useHere } from '../parts';
import { useSymbols } from '../symbols';
import type { Case, Contingent, Futures, Picture, Place, Report, Series, SeriesRow, Story, Strength } from '../types';

const layerNames = { forces: 'Forces', routes: 'Routes', sectors: 'Front', reports: 'Reports', names: 'Names' };
type Layers = Record<keyof typeof layerNames, boolean>;
interface Chosen { contingent?: string; place?: string }

/** Where men are at one moment: of the past by place, of the futures by front and way. */
interface Standing { contingent: Contingent; place: Place; stage: string; mean: number; low: number; high: number }

function standingOn(given: Case, picture: Picture, date: string): Standing[] {
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const forces = new Map(given.map.contingents.map((c) => [c.id, c]));
  return picture.order_of_battle.filter((r: Strength) => r.day === date && r.mean >= 20).map((r) => ({
    contingent: forces.get(r.contingent)!, place: places.get(r.place)!, stage: r.stage, mean: r.mean, low: r.q05, high: r.q95,
  })).filter((s) => s.contingent && s.place);
}

const leader = (given: Case, side: number) => given.actors.find((a) => a.id === given.sides[side]?.lead)?.name ?? given.sides[side]?.lead;
const sideName = (given: Case, side: number) => (given.sides[side] ? 'the side of ' + leader(given, side) : side === 1 ? 'ours' : 'theirs');

type ByEntity = Map<string, SeriesRow>;
const byEntity = (s?: Series): ByEntity => new Map((s?.series ?? []).map((r) => [r.entities.join('/'), r]));
const half = (p: string[]) => p[Math.floor(p.length / 2)];

function standingIn(given: Case, week: number, strength: ByEntity, fight: ByEntity, way: ByEntity, one: Story | undefined): Standing[] {
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const out: Standing[] = [];
  for (const c of given.map.contingents) {
    const put = (name: string, rows: ByEntity, place: string | undefined, stage: string, less = 0) => {
      const at = place === undefined ? undefined : places.get(place);
      const told = one?.weekly.find((w) => w.variable === name && w.entities[0] === c.id)?.values[week];
      const row = rows.get(c.id);
      if (!at || (!row && told === undefined)) return 0;
      const mean = told ?? row?.mean[week] ?? 0;
      if (mean - less < 20) return mean;
      const [low, high] = one ? [mean, mean] : [row?.quantiles[0][week] ?? 0, row?.quantiles[4][week] ?? 0];
      out.push({ contingent: c, place: at, stage, mean: mean - less, low: Math.max(0, low - less), high: Math.max(0, high - less) });
      return mean;
    };
    const front = put('in_combat', fight, c.destination, 'front');
    const moving = put('in_transit', way, half(c.path), 'transit');
    put('strength', strength, c.path.at(-2) ?? c.destination, 'training', front + moving);
  }
  return out;
}

// Areas are as numbers of men, up to those of whole armies: these get an empty ring.
const radius = (spots: Spots, n: number) => Math.min(22 * Math.min(2.5, Math.sqrt(spots.k)), 1.2 + Math.sqrt(Math.max(0, n)) * 0.16 * Math.min(2.5, Math.sqrt(spots.k)));

/** Whose numbers are written: those that no other's covers, foreign forces first. */
function written(list: Standing[], spots: Spots): Set<Standing> {
  const out = new Set<Standing>(), taken: [number, number][] = [];
  for (const s of [...list].sort((a, b) => Number(b.contingent.foreign) - Number(a.contingent.foreign) || b.mean - a.mean)) {
    const [x, y] = spots.at(s.place.lon, s.place.lat);
    const low = y + radius(spots, s.mean);
    if (taken.some(([a, b]) => Math.abs(a - x) < 46 && Math.abs(b - low) < 13)) continue;
    taken.push([x, low]);
    out.add(s);
  }
  return out;
}

function Force({ s, spots, chosen, choose, symbol, largest, name }: {
  s: Standing; spots: Spots; chosen: boolean; choose: () => void; symbol: string | null; largest: boolean; name: boolean;
}) {
  const [x, y] = spots.at(s.place.lon, s.place.lat);
  const r = (n: number) => radius(spots, n);
  const army = r(s.mean) >= r(Infinity);
  const side = s.contingent.side === null ? 'none' : s.contingent.side;
  const says = `${s.contingent.name} at ${s.place.name}, ${s.stage}: about ${men(s.mean)} men, nine in ten between ${men(s.low)} and ${men(s.high)}`;
  return (
    <g data-mark="" className={`force side-${side} ${chosen ? 'chosen' : ''} stage-${s.stage} ${army ? 'army' : ''}`} tabIndex={0} role="button" aria-label={says} aria-pressed={chosen}
      onClick={choose} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(); } }}>
      <title>{says}</title>
      <circle className="reach" cx={x} cy={y} r={r(s.high)} />
      <circle className="sure" cx={x} cy={y} r={r(s.low)} />
      <circle className="dot" cx={x} cy={y} r={Math.max(3, r(s.mean) * 0.28)} />
      {s.stage === 'transit' && <circle className="pulse" cx={x} cy={y} r={5} />}
      {largest && symbol && <image href={symbol} x={x - 17} y={y - 36} width={34} height={26} />}
      {largest && name && (spots.k > 2 || spots.wide) && <text className="force-name" x={x} y={y + r(s.mean) + 13} textAnchor="middle">{men(s.mean)}</text>}
    </g>
  );
}

function Why({ chosen, here, standing, close }: { chosen: Chosen; here: Case; standing: Standing[]; close: () => void }) {
  const reports = useView<{ reports: Report[] }>(`cases/${here.name}/reports`, here.name);
  const belief = useView<{ hypotheses: { id: string; leading: string; word: string; states: { id: string; p: number }[] }[] }>(`cases/${here.name}/belief`, here.name);
  const c = here.map.contingents.find((x) => x.id === chosen.contingent);
  const p = here.map.places.find((x) => x.id === chosen.place);
  const mine = (reports.data?.reports ?? []).filter((r) =>
    (c ? r.says.some((s) => s.strength_of === c.id) : true) && (p && !c ? r.place === p.id : true) && (c || p));
  const near = c && p ? (reports.data?.reports ?? []).filter((r) => r.place === p.id && !mine.includes(r)) : [];
  const list = [...mine, ...near].filter((r) => !r.struck).sort((a, b) => b.published.localeCompare(a.published));
  const spoken_of = new Set(list.flatMap((r) => r.says.map((s) => s.hypothesis)).filter(Boolean));
  return (
    <aside className="why" aria-label="Why we think so">
      <button type="button" className="quiet right" onClick={close} aria-label="Close">×</button>
      <h2>{c?.name ?? p?.name}</h2>
      {standing.filter((s) => (!c || s.contingent.id === c.id) && (!p || c || s.place.id === p.id)).sort((a, b) => b.mean - a.mean).slice(0, 8).map((s, i) => (
        <p key={i} className="row"><span>{c ? s.place.name : s.contingent.name} <span className="faint">{s.stage}</span></span>
          <strong>{men(s.mean)}</strong> <span className="faint">{men(s.low)}–{men(s.high)}</span></p>))}
      <h3>What it hangs on</h3>
      <ul className="plain">{[...spoken_of].slice(0, 6).map((h) => {
        const named = here.hypotheses.find((x) => x.id === h);
        const b = belief.data?.hypotheses.find((x) => x.id === h);
        return <li key={h}><To page={'hypotheses/' + h}>{named?.text ?? h}</To>{b && <span className="faint"> {b.word}: {answer(here, h!, b.leading)}, {percent(b.states.find((s) => s.id === b.leading)?.p)}</span>}</li>;
      })}</ul>
      <h3>Reports, latest first, with <Term of="P(true)" /></h3>
      <ul className="plain">{list.slice(0, 12).map((r) => (
        <li key={r.id}><To page={'reports/' + r.id}>{r.claim.slice(0, 110)}{r.claim.length > 110 ? '…' : ''}</To>
          <span className="faint"> {dayText(r.published)}, {spoken(r.source)}, {r.grade}, {percent(r.p_true)}</span></li>))}
        {list.length === 0 && <li className="faint">No report speaks of it; the number is the case's prior.</li>}
      </ul>
    </aside>
  );
}

export default function PicturePage() {
  const { given, query, go, path } = useHere();
  const picture = useView<Picture>(`cases/${given.name}/picture`, given.name);
  return (
    <Page title="The picture" wide>
      <Shown view={picture} stage="assess">{(data) => (
        data.order_of_battle.length === 0
          ? <p className="loading" role="status">{data.whole ? 'No force of this case can be placed.' : 'The places are being worked out…'}</p>
          : <Maps picture={data} query={query} go={go} path={path} />)}
      </Shown>
    </Page>
  );
}

function Maps({ picture, query, go }: { picture: Picture; query: URLSearchParams; go: (p: string, q?: Record<string, string>) => void; path: string[] }) {
  const { given } = useHere();
  const symbols = useSymbols();
  const days = useMemo(() => [...new Set(picture.order_of_battle.map((r) => r.day))].sort(), [picture]);
  const futures = useView<Futures>(`cases/${given.name}/futures`, given.name);
  const weeks = futures.data?.weeks ?? 0;
  const option = query.get('option') ?? futures.data?.options[0] ?? '';
  const single = query.get('future');
  const asked = query.get('t');
  const t = asked?.startsWith('w') ? days.length + Math.min(weeks - 1, Number(asked.slice(1))) : asked && days.includes(asked) ? days.indexOf(asked) : days.length - 1;
  const future = t >= days.length && weeks > 0;
  const week = Math.max(0, t - days.length);
  const read = (v: string) => (future && option ? `cases/${given.name}/futures/${option}/series/${v}` : null);
  const strength = useView<Series>(read('strength'), given.name), fight = useView<Series>(read('in_combat'), given.name);
  const way = useView<Series>(read('in_transit'), given.name), land = useView<Series>(read('area_km2'), given.name);
  const story = useView<Story>(future && single !== null && option ? `cases/${given.name}/futures/${option}/stories/${single}` : null, given.name);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const [layers, setLayers] = useState<Layers>({ forces: true, routes: true, sectors: true, reports: false, names: true });
  const [sight, setSight] = useState<Sight>({ k: 1, x: 0, y: 0 });
  const [find, setFind] = useState('');
  const chosen: Chosen = { contingent: query.get('force') ?? undefined, place: query.get('place') ?? undefined };
  const keep = (more: Record<string, string | null>) => {
    const q = Object.fromEntries(query.entries());
    for (const [k, v] of Object.entries(more)) if (v === null) delete q[k]; else q[k] = v;
    go('picture', q);
  };
  const one = single !== null ? story.data : undefined;
  const rows = useMemo(() => ({ strength: byEntity(strength.data), fight: byEntity(fight.data), way: byEntity(way.data), land: byEntity(land.data) }),
    [strength.data, fight.data, way.data, land.data]);
  const standing = future ? standingIn(given, week, rows.strength, rows.fight, rows.way, one) : standingOn(given, picture, days[Math.min(t, days.length - 1)]);
  const date = future ? weekDay(given.first_week, week) : days[Math.min(t, days.length - 1)];
  const largest = new Map<string, Standing>();
  for (const s of standing) if ((largest.get(s.contingent.id)?.mean ?? 0) < s.mean) largest.set(s.contingent.id, s);
  // The map is fitted to where forces are or go, not to every capital that talks.
  const fitted = useMemo(() => {
    const names = new Set(given.map.contingents.filter((c) => c.side !== null || c.foreign).flatMap((c) => [...c.path, c.destination]));
    const list = given.map.places.filter((p) => names.has(p.id));
    return list.length > 1 ? list : given.map.places;
  }, [given]);
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const moving = new Map<string, number>();
  for (const s of standing) if (s.stage === 'transit') moving.set(s.contingent.id, (moving.get(s.contingent.id) ?? 0) + s.mean);
  const step = (to: number) => keep({ t: to < days.length ? days[Math.max(0, to)] : 'w' + Math.min(weeks - 1, to - days.length) });
  const hits = find.length < 2 ? [] : [
    ...given.map.places.filter((p) => p.name.toLowerCase().includes(find.toLowerCase())).map((p) => ({ key: 'p' + p.id, text: p.name, p, q: { place: p.id, force: null } })),
    ...given.map.contingents.filter((c) => c.name.toLowerCase().includes(find.toLowerCase())).map((c) => ({ key: 'c' + c.id, text: c.name, p: largest.get(c.id)?.place ?? places.get(c.destination), q: { force: c.id, place: null } })),
  ].slice(0, 8);
  const events = given.calendar.filter((e) => e.date >= date).slice(0, 3);
  const total = days.length + weeks - 1;
  return (
    <>
      {picture.before && !future && <p className="old" role="status">The places are those before the last change; new ones are being worked out…</p>}
      <div className="toolbar">
        <label className="search">Find <input type="search" value={find} onChange={(e) => setFind(e.target.value)} placeholder="a place or a force" /></label>
        <fieldset className="layers"><legend className="hidden">Layers</legend>
          {(Object.keys(layerNames) as (keyof Layers)[]).map((l) => (
            <label key={l}><input type="checkbox" checked={layers[l]} onChange={() => setLayers({ ...layers, [l]: !layers[l] })} /> {layerNames[l]}</label>))}
        </fieldset>
      </div>
      {hits.length > 0 && <ul className="hits">{hits.map((h) => (
        <li key={h.key}><button type="button" onClick={() => { if (h.p) setSight(sightOf(fitted, h.p.lon, h.p.lat, 6)); setFind(''); keep(h.q); }}>{h.text}</button></li>))}</ul>}
      <div className={'stage ' + (chosen.contingent || chosen.place ? 'split' : '')}>
        <WorldMap points={fitted} sight={sight} setSight={setSight} label="Map of the forces. Arrow keys move it, plus and minus zoom, Tab goes from force to force.">
          {(spots) => { const named = layers.names ? written([...largest.values()], spots) : new Set<Standing>(); return (
            <>
              {layers.routes && given.map.routes.map((r) => {
                const a = places.get(r.from)!, b = places.get(r.to)!;
                const [x1, y1] = spots.at(a.lon, a.lat), [x2, y2] = spots.at(b.lon, b.lat);
                let flow = 0;
                for (const c of given.map.contingents) {
                  const i = c.path.indexOf(r.from), j = c.path.indexOf(r.to);
                  if (i >= 0 && j >= 0 && Math.abs(i - j) === 1) flow += moving.get(c.id) ?? 0;
                }
                return <line key={r.id} className={`route route-${r.mode} ${flow > 0 ? 'flows' : ''}`} x1={x1} y1={y1} x2={x2} y2={y2} style={flow > 0 ? { strokeWidth: 1.5 + Math.min(5, Math.sqrt(flow) / 18) } : undefined} />;
              })}
              {layers.sectors && given.map.sectors.map((s) => {
                const [x, y] = spots.at(s.lon, s.lat);
                const told = one?.weekly.find((w) => w.variable === 'area_km2' && w.entities[0] === s.id)?.values[week];
                const gain = future ? told ?? rows.land.get(s.id)?.quantiles[2][week] ?? null : null;
                const half_ = Math.max(3, spots.km(s.frontage_km / 2));
                return (
                  <g key={s.id} className={'sector ' + (gain === null || Math.abs(gain) < 1 ? '' : gain > 0 ? 'side-0' : 'side-1')}>
                    <title>{s.name}{gain !== null ? `: ${number(gain)} km² gained by ${leader(given, 0)}` : ''}</title>
                    <line x1={x - half_ * 0.7} y1={y + half_ * 0.7} x2={x + half_ * 0.7} y2={y - half_ * 0.7} />
                    {gain !== null && spots.k > 3 && <text x={x + 6} y={y + 14}>{number(gain)} km²</text>}
                  </g>);
              })}
              {layers.names && given.map.places.filter((p) => p.kind === 'capital' || spots.k > 4).map((p) => {
                const [x, y] = spots.at(p.lon, p.lat);
                return <g key={p.id} className="place" aria-hidden="true"><circle cx={x} cy={y} r={2} /><text x={x + 4} y={y - 3}>{p.name.split(' (')[0]}</text></g>;
              })}
              {layers.reports && (reports.data?.reports ?? []).filter((r) => r.lon !== null && r.published <= date && !r.struck).map((r) => {
                const [x, y] = spots.at(r.lon!, r.lat!);
                return <rect key={r.id} className="report-mark" x={x - 3} y={y - 3} width={6} height={6} transform={`rotate(45 ${x} ${y})`} style={{ opacity: 0.25 + 0.75 * (r.p_true ?? 0) }}><title>{r.claim}</title></rect>;
              })}
              {layers.forces && [...standing].sort((a, b) => Number(a.contingent.foreign) - Number(b.contingent.foreign) || b.high - a.high).map((s, i) => (
                <Force key={s.contingent.id + s.place.id + s.stage + i} s={s} spots={spots} largest={largest.get(s.contingent.id) === s} name={named.has(s)}
                  symbol={symbols ? symbols(s.contingent, given, 22) : null}
                  chosen={chosen.contingent === s.contingent.id} choose={() => keep({ force: s.contingent.id, place: s.place.id })} />))}
            </>
          ); }}
        </WorldMap>
        {(chosen.contingent || chosen.place) && <Why chosen={chosen} here={given} standing={standing} close={() => keep({ force: null, place: null })} />}
      </div>
      <div className="slider">
        <button type="button" aria-label="Step back" onClick={() => step(t - 1)} disabled={t <= 0}>‹</button>
        <input type="range" min={0} max={total} value={t} aria-label="Day or week" aria-valuetext={`${dayText(date)}${future ? ', in the futures' : ', as known that day'}`} onChange={(e) => step(Number(e.target.value))} />
        <button type="button" aria-label="Step on" onClick={() => step(t + 1)} disabled={t >= total}>›</button>
        <output><strong>{dayText(date)}</strong> {future
          ? <>week {week} of the <Term of="future">futures</Term></>
          : <><Term of="filtered belief">as known that day</Term></>}</output>
      </div>
      {future && (
        <div className="toolbar">
          <label>Option <select value={option} onChange={(e) => keep({ option: e.target.value })}>{futures.data?.options.map((o) => <option key={o} value={o}>{given.options.find((x) => x.id === o)?.name ?? o}</option>)}</select></label>
          <label>Show <select value={single ?? ''} onChange={(e) => keep({ future: e.target.value === '' ? null : e.target.value })}>
            <option value="">all futures: mean and spread</option>
            {[...new Set([...(single !== null ? [Number(single)] : []), 0, 1, 2, 3, 4, 5, 6, 7])].map((n) => <option key={n} value={n}>future {n} alone</option>)}
          </select></label>
          {futures.data && <Old old={futures.data.old} stage="play" />}
          {single !== null && <To page={`futures/${option}/${single}`}>this future as a story</To>}
        </div>
      )}
      {!future && weeks === 0 && futures.error?.status === 409 && <p className="faint">The slider ends at {dayText(date)}: nothing was played yet. <Run stage="play" /></p>}
      {one && <ul className="plain">{one.events.filter((e) => e.week === week && e.weight < 3).map((e, i) => <li key={i}>{e.sentence}</li>)}</ul>}
      <p className="legend faint">Rings: the outer holds nine in ten, the inner what is nearly sure, the dot the mean; areas are as numbers of men, but an empty ring is an army too large to draw. Frames as in APP-6: rectangle {sideName(given, 1)}, diamond {sideName(given, 0)}, square neither. A pulse is on the move.{future && ' A future knows whether men fight, travel or wait, not where on the way: they are drawn at their front, halfway along their route, or at the last station before it.'}</p>
      <div className="columns">
        <Table caption={'Order of battle, ' + dayText(date)} head={['Force', '>Men in all', 'Most of them at', '>Nine in ten there']}>
          {[...largest.values()].sort((a, b) => b.mean - a.mean).map((s) => {
            const all = standing.filter((x) => x.contingent.id === s.contingent.id);
            const sum = all.reduce((n, x) => n + x.mean, 0);
            return <tr key={s.contingent.id}><th scope="row"><To page="picture" query={{ ...Object.fromEntries(query.entries()), force: s.contingent.id }}>{s.contingent.name}</To></th><td className="n">{men(sum)}</td><td>{s.place.name}</td><td className="n">{men(s.low)}{men(s.low) !== men(s.high) && <>–{men(s.high)}</>}</td></tr>;
          })}
        </Table>
        <section><h2>Next on the calendar</h2>
          <ul className="plain">{events.map((e, i) => <li key={i}><strong>{dayText(e.date)}</strong> {e.text}{e.p !== null && <span className="faint"> ({percent(e.p)})</span>}</li>)}
            {events.length === 0 && <li className="faint">Nothing is dated.</li>}</ul>
        </section>
      </div>
    </>
  );
}
