// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from 'react';
import { useView } from '../api';
import { day as dayText, men, percent, weekDay } from '../format';
import { WorldMap, written, type Spots } from '../map';
import { keepInAddress, Old, Page, Run, Shown, Table, Term, To, useHere, useKept, useStage } from '../parts';
import { useSymbols } from '../symbols';
import type { Case, Futures, Picture, Report, Series, Story } from '../types';
import { Front, type Gain } from './front';
import { Held } from './held';
import { Legend } from './legend';
import { Force, Names, numbered, Numbers, radius, ReportMarks, spotted } from './marks';
import { flowsOf, Routes } from './routes';
import { byEntity, grouped, kilometres, largestOf, mark, standingIn, standingOn, Words, type Group, type Standing } from './standing';
import { anything, Why, type Chosen } from './why';

const layerNames = { forces: 'Forces', routes: 'Routes', sectors: 'Front', reports: 'Reports', names: 'Names' };
type Layer = keyof typeof layerNames;
const usualLayers = 'forces routes sectors names';

export default function PicturePage() {
  const { given } = useHere();
  const picture = useStage<Picture>('belief', `cases/${given.name}/picture`);
  return (
    <Page title="The picture" wide>
      <Shown view={picture} stage="assess">{(data) => (
        data.order_of_battle.length === 0
          ? <p className="loading" role="status">{data.whole ? 'No force of this case can be placed.' : 'The places are being worked out…'}</p>
          : <Maps picture={data} />)}
      </Shown>
    </Page>
  );
}

/** Where the reader is in time: a day of the past, or a week of the futures of one option, all of them or one. */
function useMoment(picture: Picture) {
  const { given, query } = useHere();
  const days = useMemo(() => [...new Set(picture.order_of_battle.map((r) => r.day))].sort(), [picture]);
  const futures = useStage<Futures>('futures', `cases/${given.name}/futures`);
  const weeks = futures.data?.weeks ?? 0;
  const option = query.get('option') ?? futures.data?.options[0] ?? '';
  const single = query.get('future');
  const asked = query.get('t');
  const t = asked?.startsWith('w') ? days.length + Math.max(0, Math.min(weeks - 1, Number(asked.slice(1)) || 0)) : asked && days.includes(asked) ? days.indexOf(asked) : days.length - 1;
  const future = t >= days.length && weeks > 0;
  const week = Math.max(0, t - days.length);
  const date = future ? weekDay(given.first_week, week) : days[Math.min(t, days.length - 1)];
  const last = days.length + weeks - 1;
  const step = (to: number) => keepInAddress({ t: to < days.length ? days[Math.max(0, to)] : 'w' + Math.min(weeks - 1, to - days.length) });
  return { futures, option, single, t, future, week, date, last, step, days: days.length, weeks };
}
type Moment = ReturnType<typeof useMoment>;

/** Everything that the map shows of one moment. */
function useScene(picture: Picture, at: Moment) {
  const { given } = useHere();
  const { future, option, single, week } = at;
  const read = (v: string) => (future && option ? `cases/${given.name}/futures/${option}/series/${v}` : null);
  const strength = useStage<Series>('futures', read('strength')), fight = useStage<Series>('futures', read('in_combat'));
  const way = useStage<Series>('futures', read('in_transit')), land = useStage<Series>('futures', read('area_km2'));
  // One future is told anew, which takes the case that it was played from.
  const told = useStage<Story>('futures', future && single !== null && option && given.stages.futures === 'made' ? `cases/${given.name}/futures/${option}/stories/${single}` : null);
  const one = single !== null ? told.data : undefined;
  const rows = useMemo(() => ({ strength: byEntity(strength.data), fight: byEntity(fight.data), way: byEntity(way.data), land: byEntity(land.data) }),
    [strength.data, fight.data, way.data, land.data]);
  const standing = useMemo(() => (future ? standingIn(given, week, rows.strength, rows.fight, rows.way, one) : standingOn(given, picture, at.date)), [given, picture, future, week, at.date, rows, one]);
  const gains = useMemo(() => new Map(!future ? [] : given.map.sectors.flatMap((s): [string, Gain][] => {
    const of = one?.weekly.find((w) => w.variable === 'area_km2' && w.entities[0] === s.id)?.values[week], row = rows.land.get(s.id);
    if (of !== undefined && of !== null) return [[s.id, { median: of, low: of, high: of }]];
    const [low, median, high] = [0, 2, 4].map((q) => row?.quantiles[q][week] ?? null);
    return low === null || median === null || high === null ? [] : [[s.id, { low, median, high }]];
  })), [given, future, week, rows, one]);
  return { standing, gains, flows: useMemo(() => flowsOf(given, standing, future), [given, standing, future]), one };
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)');
function useStill() {
  const [is, set] = useState(() => still().matches);
  useEffect(() => {
    const media = still(), turn = () => set(media.matches);
    media.addEventListener('change', turn);
    return () => media.removeEventListener('change', turn);
  }, []);
  return is;
}

const beat = 700;  // milliseconds a day or week is shown when the slider plays
function Slider({ at }: { at: Moment }) {
  const [playing, setPlaying] = useState(false);
  const quiet = useStill();
  const { t, last, step } = at;
  const plays = playing && !quiet && t < last;
  useEffect(() => {
    if (!plays) return undefined;
    const next = setTimeout(() => step(t + 1), beat);
    return () => clearTimeout(next);
  }, [plays, t]);
  const by = (to: number) => { setPlaying(false); step(to); };
  return (
    <div className="slider">
      <button type="button" aria-label={plays ? 'Pause' : 'Play'} aria-pressed={plays} disabled={quiet} title={quiet ? 'Your system asks for less motion: step with the buttons or the slider' : plays ? 'Pause' : 'Play day by day, then week by week'}
        onClick={() => { if (!plays && t >= last) step(0); setPlaying(!plays); }}>{plays ? '❚❚' : '▶'}</button>
      <button type="button" aria-label="Step back" onClick={() => by(t - 1)} disabled={t <= 0}>‹</button>
      <span className="track"><input type="range" min={0} max={last} value={t} aria-label="Day or week" aria-valuetext={`${dayText(at.date)}${at.future ? ', in the futures' : ', as known that day'}`} onChange={(e) => by(Number(e.target.value))} />
        {at.weeks > 0 && <span className="eras small" aria-hidden="true"><span style={{ flex: at.days }}>past</span><span style={{ flex: at.weeks }}>futures</span></span>}</span>
      <button type="button" aria-label="Step on" onClick={() => by(t + 1)} disabled={t >= last}>›</button>
      <output><strong>{dayText(at.date)}</strong> {at.future
        ? <>week {at.week} of the <Term of="future">futures</Term></>
        : <><Term of="filtered belief">as known that day</Term></>}</output>
    </div>
  );
}

function useChosen(): [Chosen, (c: Chosen) => void] {
  const { query } = useHere();
  const [lat, lon, km] = (query.get('near') ?? '').split(' ').map(Number);
  const get = (k: string) => query.get(k) ?? undefined;
  const near = km > 0 && Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon, km } : undefined;
  return [{ force: get('force'), place: get('place'), sector: get('sector'), route: get('route'), near },
    (c) => keepInAddress({ force: c.force ?? null, place: c.place ?? null, sector: c.sector ?? null, route: c.route ?? null, near: c.near ? `${c.near.lat.toFixed(2)} ${c.near.lon.toFixed(2)} ${Math.ceil(c.near.km)}` : null }, true)];
}

/** The map is fitted to where forces are or go and to the front, not to every capital that talks. */
function fittedOf(given: Case): { id: string; lon: number; lat: number }[] {
  const names = new Set(given.map.contingents.filter((c) => c.side !== null || c.foreign).flatMap((c) => [...c.path, c.destination]));
  const list = [...given.map.places.filter((p) => names.has(p.id)), ...endsOf(given)];
  return list.length > 1 ? list : given.map.places;
}

/** Half the length of a sector any way from its middle: a degree of latitude is 111 km. */
function endsOf(given: Case): { id: string; lon: number; lat: number }[] {
  return given.map.sectors.flatMap((s) => { const up = s.frontage_km / 2 / 111, on = up / Math.cos((s.lat * Math.PI) / 180); return [[on, 0], [-on, 0], [0, up], [0, -up]].map(([x, y], i) => ({ id: s.id + i, lon: s.lon + x, lat: s.lat + y })); });
}

function Maps({ picture }: { picture: Picture }) {
  const { given, query } = useHere();
  const symbols = useSymbols();
  const at = useMoment(picture);
  const { future, date, option, single, week, futures } = at;
  const { standing, gains, flows, one } = useScene(picture, at);
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const [layerText, keepLayers] = useKept('layers', usualLayers);
  const layers = new Set(layerText.split(' ') as Layer[]);
  const turn = (l: Layer) => keepLayers((Object.keys(layerNames) as Layer[]).filter((x) => (x === l) !== layers.has(x)).join(' ') || 'none');
  const [see, setSee] = useKept('see');
  const [find, setFind] = useKept('find');
  const [chosen, choose] = useChosen();
  const largest = largestOf(standing);
  const fitted = useMemo(() => fittedOf(given), [given]), front = useMemo(() => endsOf(given), [given]);
  const pick = (g: Group, spots: Spots) => {
    const head = g.all.find((s) => s.contingent.id === chosen.force && s.place.id === chosen.place) ?? g.all[0];
    const far = Math.max(...g.all.map((s) => kilometres(head.place, s.place)));
    choose({ force: head.contingent.id, place: head.place.id, near: g.all.length > 1 ? { lat: head.place.lat, lon: head.place.lon, km: Math.max(5, far, mark(spots)[1] / spots.km(1) / 4) } : undefined });
  };
  const hits = find.length < 2 ? [] : [
    ...given.map.places.filter((p) => p.name.toLowerCase().includes(find.toLowerCase())).map((p) => ({ key: 'p' + p.id, text: p.name, p, q: { place: p.id } as Chosen })),
    ...given.map.sectors.filter((s) => s.name.toLowerCase().includes(find.toLowerCase())).map((s) => ({ key: 's' + s.id, text: 'Front: ' + s.name, p: s, q: { sector: s.id } as Chosen })),
    ...given.map.contingents.filter((c) => c.name.toLowerCase().includes(find.toLowerCase())).map((c) => {
      const p = largest.get(c.id)?.place ?? given.map.places.find((x) => x.id === c.destination);
      return { key: 'c' + c.id, text: c.name, p, q: { force: c.id, place: p?.id } as Chosen };
    }),
  ].slice(0, 8);
  const events = given.calendar.filter((e) => e.date >= date).slice(0, 3);
  return (
    <>
      {picture.before && !future && <p className="old" role="status">The places are those before the last change; new ones are being worked out…</p>}
      <div className="toolbar">
        <label className="search">Find <input type="search" value={find} onChange={(e) => setFind(e.target.value)} placeholder="a place, a force, the front" /></label>
        <fieldset className="layers"><legend className="hidden">Layers</legend>
          {(Object.keys(layerNames) as Layer[]).map((l) => (
            <label key={l}><input type="checkbox" checked={layers.has(l)} onChange={() => turn(l)} /> {layerNames[l]}</label>))}
        </fieldset>
      </div>
      {hits.length > 0 && <ul className="hits">{hits.map((h) => (
        <li key={h.key}><button type="button" onClick={() => { setFind(''); if (h.p) setSee(written(h.p.lat, h.p.lon, 6)); choose(h.q); }}>{h.text}</button></li>))}</ul>}
      <div className={'stage ' + (anything(chosen) ? 'split' : '')}>
        <WorldMap points={fitted} focus={front} see={see} setSee={setSee} label="Map of the forces. Arrow keys move it, plus and minus zoom, Tab goes from mark to mark.">
          {(spots) => {
            const words = new Words(), groups = layers.has('forces') ? grouped(standing, largest, spots) : [];
            const [w, h] = mark(spots);
            const spoken = layers.has('reports') ? spotted((reports.data?.reports ?? []).filter((r) => r.lon !== null && r.published <= date && !r.struck), spots) : [];
            for (const s of spoken) words.take(s.x - 8, s.y - 8, 16, 16, true);
            for (const g of groups) words.take(g.x - w / 2, g.y - h - 4, w, h + 4 + Math.min(radius(spots, g.all[0].mean), 16), true);
            for (const g of groups) for (const s of g.all) { const [x, y] = spots.at(s.place.lon, s.place.lat); words.take(x - 5, y - 5, 10, 10, true); }
            const told = layers.has('names') ? numbered(groups.filter((g) => g.all.some((s) => largest.get(s.contingent.id) === s)), spots, words) : new Set<Group>();
            return (
              <>
                {layers.has('routes') && <Routes given={given} spots={spots} flows={flows} chosen={chosen.route} choose={(route) => choose({ route })} />}
                {layers.has('sectors') && <Front given={given} spots={spots} gains={gains} single={one !== undefined} chosen={chosen.sector} choose={(sector) => choose({ sector })} words={words} />}
                {layers.has('names') && <Names places={given.map.places} spots={spots} words={words} chosen={chosen.place} choose={(place) => choose({ place })} />}
                {groups.map((g) => (
                  <Force key={g.all[0].contingent.id + g.all[0].place.id + g.all[0].stage} g={g} spots={spots}
                    symbol={(s: Standing) => (symbols && largest.get(s.contingent.id) === s ? symbols(s.contingent, given, 22) : null)}
                    chosen={(s) => chosen.force === s.contingent.id && (!chosen.place || chosen.place === s.place.id)} choose={(x) => pick(x, spots)} />))}
                <Numbers groups={told} spots={spots} />
                {spoken.length > 0 && <ReportMarks given={given} spots={spots} list={spoken}
                  open={(r, km) => choose({ near: { lat: r.lat!, lon: r.lon!, km } })} />}
              </>
            );
          }}
        </WorldMap>
        {anything(chosen) && <Why chosen={chosen} standing={standing} gains={gains} flows={flows} single={one !== undefined} close={() => choose({})} />}
      </div>
      <Slider at={at} />
      {future && (
        <div className="toolbar">
          <label>Option <select value={option} onChange={(e) => keepInAddress({ option: e.target.value }, true)}>{futures.data?.options.map((o) => <option key={o} value={o}>{given.options.find((x) => x.id === o)?.name ?? o}</option>)}</select></label>
          <label>Show <select value={single ?? ''} onChange={(e) => keepInAddress({ future: e.target.value === '' ? null : e.target.value }, true)}>
            <option value="">all futures: mean and spread</option>
            {[...new Set([...(single !== null ? [Number(single)] : []), 0, 1, 2, 3, 4, 5, 6, 7])].map((n) => <option key={n} value={n}>future {n} alone</option>)}
          </select></label>
          {futures.data && <Old old={futures.data.old} stage="play" />}
          {single !== null && <To page={`futures/${option}/${single}`}>this future as a story</To>}
        </div>
      )}
      {!future && given.stages.futures === 'missing' && <p className="faint">The slider ends at {dayText(date)}: nothing was played yet. <Run stage="play" /></p>}
      {one && <ul className="plain">{one.events.filter((e) => e.week === week && e.weight < 3).map((e, i) => <li key={i}>{e.sentence}</li>)}</ul>}
      <Legend given={given} future={future} />
      <div className="columns">
        <Table caption={'Order of battle, ' + dayText(date)} head={['Force', '>Men in all', 'Most of them at', '>Men there, nine in ten']}>
          {[...largest.values()].sort((a, b) => b.mean - a.mean).map((s) => {
            const all = standing.filter((x) => x.contingent.id === s.contingent.id);
            const sum = all.reduce((n, x) => n + x.mean, 0);
            return <tr key={s.contingent.id}><th scope="row"><To page="picture" query={{ ...Object.fromEntries(query.entries()), force: s.contingent.id }}>{s.contingent.name}</To></th><td className="n">{men(sum)}</td><td>{s.place.name}</td><td className="n">{men(s.low)}{men(s.low) !== men(s.high) && <>–{men(s.high)}</>}</td></tr>;
          })}
        </Table>
        <section><Held /><h2>Next on the calendar</h2>
          <ul className="plain">{events.map((e, i) => <li key={i}><strong>{dayText(e.date)}</strong> {e.text}{e.p !== null && <span className="faint"> ({percent(e.p)})</span>}</li>)}
            {events.length === 0 && <li className="faint">Nothing is dated.</li>}</ul>
        </section>
      </div>
    </>
  );
}
