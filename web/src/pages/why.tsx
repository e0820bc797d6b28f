// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What lies behind a mark on the map: who is there, what it hangs on, and the reports with their weights.
import { useView, useViews } from '../api';
import { cut, day as dayText, decibans, men, number, percent, spoken } from '../format';
import { answer, Term, Tlp, To, useHere, useStage } from '../parts';
import type { Belief, Case, Reasons, Report } from '../types';
import { gained, type Gain } from './front';
import type { Flow } from './routes';
import { doing, kilometres, type Standing } from './standing';

/** What of the map was picked: a force at a place, a place, a stretch of front, a route, or all within some kilometres. */
export interface Chosen { force?: string; place?: string; sector?: string; route?: string; near?: { lat: number; lon: number; km: number } }
export const anything = (c: Chosen) => c.force ?? c.place ?? c.sector ?? c.route ?? c.near;

const asked = 5;  // questions whose weights are asked for
const shown = 4;  // rows of men before the rest is folded

function titleOf(given: Case, c: Chosen): string {
  const named = given.map.contingents.find((x) => x.id === c.force) ?? given.map.sectors.find((x) => x.id === c.sector)
    ?? given.map.places.find((x) => x.id === c.place);
  if (named) return named.name;
  const route = given.map.routes.find((x) => x.id === c.route);
  const place = (id: string) => given.map.places.find((p) => p.id === id)?.name ?? id;
  if (route) return `${place(route.from)} – ${place(route.to)}`;
  return c.near ? `Within ${number(c.near.km)} km` : 'Nothing of that name';
}

/** The reports that speak of what was picked, and beside them those that were made there. */
function reportsOf(given: Case, c: Chosen, all: Report[]): Report[] {
  const standing = all.filter((r) => !r.struck);
  const places = new Set(c.sector ? given.map.sectors.find((s) => s.id === c.sector)?.places : c.route ? given.map.routes.filter((r) => r.id === c.route).flatMap((r) => [r.from, r.to]) : c.place ? [c.place] : []);
  const there = standing.filter((r) => (r.place !== null && places.has(r.place)) || r.says.some((s) => s.at !== undefined && places.has(s.at))
    || (!c.force && c.near && r.lon !== null && kilometres({ lon: r.lon, lat: r.lat! }, c.near) <= c.near.km));
  const mine = c.force ? standing.filter((r) => r.says.some((s) => s.strength_of === c.force)) : [];
  return [...new Set([...mine, ...there])].sort((a, b) => b.published.localeCompare(a.published));
}

export function Why({ chosen, standing, gains, flows, single, close }: {
  chosen: Chosen; standing: Standing[]; gains: Map<string, Gain>; flows: Flow[]; single: boolean; close: () => void;
}) {
  const { given, query } = useHere();
  const reports = useView<{ reports: Report[] }>(`cases/${given.name}/reports`, given.name);
  const belief = useStage<Belief>('belief', `cases/${given.name}/belief`);
  const list = reportsOf(given, chosen, reports.data?.reports ?? []);
  const questions = [...new Set(list.flatMap((r) => r.says.map((s) => s.hypothesis)).filter((h): h is string => h !== undefined))];
  const path = (h: string) => `cases/${given.name}/hypotheses/${h}`;
  const reasons = useViews<Reasons>(belief.data ? questions.slice(0, asked).map(path) : [], given.name);
  const leading = (h: string) => belief.data?.hypotheses.find((x) => x.id === h);
  // The weight that counts most: for the leading answer of a question it speaks of.
  const weight = (r: Report) => questions.slice(0, asked).flatMap((h) => {
    const lead = leading(h)?.leading, db = reasons.get(path(h))?.weights.find((w) => w.report === r.id && w.state === lead)?.db;
    return lead === undefined || db === undefined ? [] : [{ h, lead, db }];
  }).sort((a, b) => Math.abs(b.db) - Math.abs(a.db))[0];
  const sector = given.map.sectors.find((s) => s.id === chosen.sector), route = given.map.routes.find((r) => r.id === chosen.route);
  const place = given.map.places.find((p) => p.id === chosen.place);
  const here = standing.filter((s) => chosen.force ? s.contingent.id === chosen.force : sector ? s.contingent.sector === sector.id : place ? s.place.id === place.id : false).sort((a, b) => b.mean - a.mean);
  const centre = chosen.near;
  const beside = centre ? standing.filter((s) => s.contingent.id !== chosen.force && kilometres(s.place, centre) <= centre.km).sort((a, b) => b.mean - a.mean) : [];
  const kept = Object.fromEntries([...query.entries()].filter(([k]) => !['force', 'place', 'sector', 'route', 'near'].includes(k)));
  const row = (s: Standing, i: number, name: string, link: boolean) => (
    <p key={i} className="row"><span>{link ? <To page="picture" query={{ ...kept, force: s.contingent.id, place: s.place.id, ...(centre ? { near: query.get('near')! } : {}) }}>{name}</To> : name} <span className="faint">{doing(s)}</span></span>
      <span className="n"><strong>{men(s.mean)}</strong> men <span className="faint">{men(s.low) === men(s.high) ? '' : `${men(s.low)}–${men(s.high)}`}</span></span></p>);
  const one = (s: Standing, i: number) => row(s, i, chosen.force ? s.place.name : sector ? `${s.contingent.name}, ${s.place.name.split(' (')[0]}` : s.contingent.name, !chosen.force);
  return (
    <aside className="why" aria-label="Why we think so" onKeyDown={(e) => { if (e.key === 'Escape') close(); }}>
      <button type="button" className="quiet right" onClick={close} aria-label="Close">×</button>
      <h2>{titleOf(given, chosen)}</h2>
      {sector && <p>{number(sector.frontage_km)} km of front, by the median of its prior. {gains.has(sector.id) ? gained(given, gains.get(sector.id)!, single) + '.' : 'What is gained shows in the futures of the slider.'} <To page="futures" query={{ variable: 'area_km2' }}>Ground gained, week by week</To></p>}
      {route && <p>{spoken(route.mode)}, {number(route.km)} km.</p>}
      {flows.filter((f) => f.route.id === route?.id).map((f, i) => <p key={i} className="row"><span>{f.contingent.name} <span className="faint">{f.somewhere ? 'somewhere along their way' : `to ${given.map.places.find((p) => p.id === f.to)?.name}`}</span></span><span className="n"><strong>{men(f.men)}</strong> men</span></p>)}
      {here.slice(0, shown).map(one)}
      {here.length > shown && <details><summary>{here.length - shown} more</summary>{here.slice(shown).map(one)}</details>}
      {beside.length > 0 && <details open={!chosen.force}><summary>{beside.length} {chosen.force ? 'others ' : ''}near it on the map</summary>{beside.map((s, i) => row(s, i, `${s.contingent.name}, ${s.place.name}`, true))}</details>}
      {questions.length > 0 && <h3>What it hangs on</h3>}
      <ul className="plain">{questions.slice(0, asked).map((h) => {
        const b = leading(h);
        return <li key={h}><To page={'hypotheses/' + h}>{given.hypotheses.find((x) => x.id === h)?.text ?? h}</To>{b && <span className="faint"> {b.word}: {answer(given, h, b.leading)}, {percent(b.states.find((s) => s.id === b.leading)?.p)}</span>}</li>;
      })}</ul>
      <h3>Reports, latest first, with <Term of="P(true)" /> and weight in <Term of="deciban">decibans</Term></h3>
      <ul className="plain">{list.slice(0, 14).map((r) => { const w = weight(r); const count = r.says.find((s) => s.strength_of !== undefined); return (
        <li key={r.id}><To page={'reports/' + r.id}>{cut(r.claim, 110)}</To> <Tlp mark={r.handling} />
          <span className="faint"> {dayText(r.published)}, {given.sources.find((x) => x.id === r.source)?.name ?? spoken(r.source)}, {r.grade}, {percent(r.p_true)}</span>
          {w && <span className="weight"> <strong className={w.db >= 1 ? 'for' : w.db <= -1 ? 'against' : ''}>{decibans(w.db)}</strong> <span className="faint">for “{answer(given, w.h, w.lead, 60)}”</span></span>}
          {!w && count && <span className="weight faint"> counts {count.count?.toLocaleString('en')} men; it moves the number, not a question</span>}</li>); })}
        {list.length > 14 && <li className="faint">and {list.length - 14} more</li>}
        {list.length === 0 && <li className="faint">No report speaks of it; {chosen.force ? 'the number is the case’s prior.' : 'what is shown follows from the case.'}</li>}
      </ul>
    </aside>
  );
}
