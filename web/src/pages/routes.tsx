// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// Rail, road, sea and air, and who is on the way along them.
import { men } from '../format';
import type { Spots } from '../map';
import type { Case, Contingent, Route } from '../types';
import type { Standing } from './standing';

/** Men of one force on one leg, in the direction they go. */
export interface Flow { contingent: Contingent; route: Route; from: string; to: string; men: number; somewhere: boolean }

/** Men on the way, leg by leg. In the past one is on the leg that leaves the station; of a future only their number is
 * known, so that every leg of the path may carry them. */
export function flowsOf(given: Case, standing: Standing[], future: boolean): Flow[] {
  const leg = (a: string, b: string) => given.map.routes.find((r) => (r.from === a && r.to === b) || (r.from === b && r.to === a));
  const out: Flow[] = [];
  for (const s of standing) {
    if (s.stage !== 'transit') continue;
    const path = s.contingent.path, at = path.indexOf(s.place.id);
    path.forEach((from, i) => {
      const to = path[i + 1], route = to === undefined ? undefined : leg(from, to);
      if (route && (future || i === at)) out.push({ contingent: s.contingent, route, from, to, men: s.mean, somewhere: future });
    });
  }
  return out;
}

export function Routes({ given, spots, flows, chosen, choose }: { given: Case; spots: Spots; flows: Flow[]; chosen?: string; choose: (id: string) => void }) {
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const at = (id: string) => { const p = places.get(id)!; return spots.at(p.lon, p.lat); };
  return (
    <>{given.map.routes.map((r) => {
      const [x1, y1] = at(r.from), [x2, y2] = at(r.to);
      const mine = flows.filter((f) => f.route.id === r.id);
      const name = `${r.mode === 'rail' ? 'Railway' : r.mode === 'sea' ? 'Sea lane' : r.mode === 'air' ? 'Air route' : 'Road'} ${places.get(r.from)!.name} to ${places.get(r.to)!.name}`;
      const label = name + mine.map((f) => `; ${f.contingent.name}, about ${men(f.men)} men ${f.somewhere ? 'somewhere along their way' : 'going'} to ${places.get(f.to)!.name}`).join('');
      // Those that go one way, side by side with those that come the other: each keeps to its right.
      const ways = new Map<string, { side: number | null; from: string; to: string; men: number }>();
      for (const f of mine) {
        const key = `${f.contingent.side} ${f.from}`, had = ways.get(key);
        if (had) had.men += f.men; else ways.set(key, { side: f.contingent.side, from: f.from, to: f.to, men: f.men });
      }
      return (
        <g key={r.id} data-mark="" className={`route route-${r.mode} ${chosen === r.id ? 'chosen' : ''}`} role="button" tabIndex={mine.length > 0 || chosen === r.id ? 0 : -1} aria-label={label} aria-pressed={chosen === r.id}
          onClick={() => choose(r.id)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(r.id); } }}>
          <title>{label}</title>
          <line className="hit" x1={x1} y1={y1} x2={x2} y2={y2} /><line className="way" x1={x1} y1={y1} x2={x2} y2={y2} />
          {[...ways.values()].map((w, i, all) => {
            const [a, b] = at(w.from), [c, d] = at(w.to), long = Math.max(1e-9, Math.hypot(c - a, d - b));
            const width = 1.4 + Math.min(5, Math.sqrt(w.men) / 10);
            const aside = all.length > 1 ? 3 + 5 * all.slice(0, i).filter((o) => o.from === w.from).length : 0;
            const [nx, ny] = [(-(d - b) / long) * aside, ((c - a) / long) * aside];
            const [mx, my] = [(a + c) / 2 + nx, (b + d) / 2 + ny];
            return (
              <g key={`${w.side} ${w.from}`} className={`flow side-${w.side ?? 'none'}`}>
                <line x1={a + nx} y1={b + ny} x2={c + nx} y2={d + ny} style={{ strokeWidth: width }} />
                {long > 26 && <path transform={`translate(${mx} ${my}) rotate(${(Math.atan2(d - b, c - a) * 180) / Math.PI})`} d={`M${4 + width} 0L${-3 - width / 2} ${-3.5 - width / 2}L${-3 - width / 2} ${3.5 + width / 2}Z`} />}
              </g>);
          })}
        </g>);
    })}</>
  );
}
