// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What lies on the map as marks: forces, reports, names.
import { men } from '../format';
import type { Spots } from '../map';
import { address } from '../parts';
import type { Case, Place, Report } from '../types';
import { kilometres, mark, says, type Group, type Standing, type Words } from './standing';

// Areas are as numbers of men, up to those of whole armies: these get an empty ring.
export const radius = (spots: Spots, n: number) => Math.min(22 * Math.min(2.5, Math.sqrt(spots.k)), 1.2 + Math.sqrt(Math.max(0, n)) * 0.16 * Math.min(2.5, Math.sqrt(spots.k)));

/** One number of men as it is known: the outer ring holds nine in ten, the inner what is nearly sure, the dot the mean. */
function Rings({ s, spots, chosen }: { s: Standing; spots: Spots; chosen: boolean }) {
  const [x, y] = spots.at(s.place.lon, s.place.lat);
  const r = (n: number) => radius(spots, n);
  return (
    <g className={`rings side-${s.contingent.side ?? 'none'} ${chosen ? 'chosen' : ''} ${r(s.mean) >= r(Infinity) ? 'army' : ''}`}>
      <title>{says(s)}</title>
      <circle className="reach" cx={x} cy={y} r={r(s.high)} />
      <circle className="sure" cx={x} cy={y} r={r(s.low)} />
      <circle className="dot" cx={x} cy={y} r={Math.max(3, r(s.mean) * 0.28)} />
      {s.stage === 'transit' && <circle className="pulse" cx={x} cy={y} r={5} />}
    </g>
  );
}

const below = (g: Group, spots: Spots) => g.y + Math.min(radius(spots, g.all[0].mean), 18) + 13;
/** Marks under which there is room for a number of men. */
export function numbered(groups: Group[], spots: Spots, words: Words): Set<Group> {
  return new Set(groups.filter((g) => { const wide = 8 * men(g.all[0].mean).length; return words.take(g.x - wide / 2, below(g, spots) - 10, wide, 12); }));
}

/** Forces that lie on one spot of the map, under the symbol of the first of them that has one. */
export function Force({ g, spots, chosen, choose, symbol, name }: {
  g: Group; spots: Spots; chosen: (s: Standing) => boolean; choose: (g: Group) => void;
  symbol: (s: Standing) => string | null; name: boolean;
}) {
  const [w, h] = mark(spots);
  const head = g.all[0], shown = g.all.find((s) => symbol(s) !== null);
  const picture = shown && symbol(shown);
  const others = new Set(g.all.map((s) => s.contingent.id)).size - 1;
  const label = says(head) + (g.all.length > 1 ? `; with it ${g.all.slice(1).map((s) => `${s.contingent.name} at ${s.place.name}`).join(', ')}` : '');
  const corner = picture ? [g.x + w / 2 - 1, g.y - h + 1] : [g.x + 9, g.y - 9];
  return (
    <g data-mark="" className="force" tabIndex={0} role="button" aria-label={label} aria-pressed={g.all.some(chosen)}
      onClick={() => choose(g)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(g); } }}>
      {[...g.all].sort((a, b) => Number(a.contingent.foreign) - Number(b.contingent.foreign) || b.high - a.high).map((s) => <Rings key={s.contingent.id + s.place.id + s.stage} s={s} spots={spots} chosen={chosen(s)} />)}
      <rect className="hit" x={g.x - w / 2} y={g.y - h / 2 - (picture ? 8 : 0)} width={w} height={h + (picture ? 8 : 0)} rx={6} />
      {picture && <image href={picture} x={g.x - w / 2 + 1} y={g.y - h - 4} width={w - 2} height={h - 2} />}
      {others > 0 && <g className="more"><circle cx={corner[0]} cy={corner[1]} r={7.5} /><text x={corner[0]} y={corner[1] + 3.5} textAnchor="middle">+{others}</text></g>}
      {name && <text className="force-name" x={g.x} y={below(g, spots)} textAnchor="middle">{men(head.mean)}</text>}
    </g>
  );
}

interface Spot { x: number; y: number; all: Report[] }
/** Reports by where they point, those of one spot under one mark: one is a way to the report, many open a list. */
export function ReportMarks({ given, spots, reports, open }: { given: Case; spots: Spots; reports: Report[]; open: (at: Report, km: number) => void }) {
  const near: Spot[] = [];
  for (const r of reports) {
    const [x, y] = spots.at(r.lon!, r.lat!);
    const had = near.find((s) => Math.abs(s.x - x) < 24 && Math.abs(s.y - y) < 24);
    if (had) had.all.push(r); else near.push({ x, y, all: [r] });
  }
  return (
    <>{near.map((s) => {
      const one = s.all[0], size = 5 + Math.min(6, 1.4 * Math.sqrt(s.all.length));
      const sure = s.all.reduce((n, r) => n + (r.p_true ?? 0), 0) / s.all.length;
      const drawn = (
        <>
          <rect className="hit" x={s.x - 12} y={s.y - 12} width={24} height={24} />
          <rect className="report-mark" x={s.x - size / 2} y={s.y - size / 2} width={size} height={size} transform={`rotate(45 ${s.x} ${s.y})`} style={{ opacity: 0.35 + 0.65 * sure }} />
          {s.all.length > 1 && <text className="report-count" x={s.x} y={s.y + 3.5} textAnchor="middle">{s.all.length}</text>}
        </>);
      const label = s.all.length > 1 ? `${s.all.length} reports of here, on average ${Math.round(100 * sure)} percent true; the first: ${one.claim}` : `Report, ${Math.round(100 * sure)} percent true: ${one.claim}`;
      const list = () => open(one, Math.ceil(Math.max(5, ...s.all.map((r) => kilometres({ lon: one.lon!, lat: one.lat! }, { lon: r.lon!, lat: r.lat! })))));
      return s.all.length === 1
        ? <a key={one.id} data-mark="" className="report-spot" href={address(given.name, 'reports/' + one.id)} aria-label={label}><title>{label}</title>{drawn}</a>
        : <g key={one.id} data-mark="" className="report-spot" role="button" tabIndex={0} aria-label={label} onClick={list} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); list(); } }}><title>{label}</title>{drawn}</g>;
    })}</>
  );
}

const most = 30;  // places that a map may name at any distance
/** Names of places, the greater first, where there is room for them. */
export function Names({ places, spots, words, chosen, choose }: { places: Place[]; spots: Spots; words: Words; chosen?: string; choose: (id: string) => void }) {
  const rank = (p: Place) => (p.id === chosen ? 0 : p.kind === 'capital' ? 1 : 2);
  return (
    <>{places.filter((p) => p.kind === 'capital' || p.id === chosen || spots.k > 3 || places.length < most).sort((a, b) => rank(a) - rank(b)).map((p) => {
      const [x, y] = spots.at(p.lon, p.lat), name = p.name.split(' (')[0], width = 6.6 * name.length;
      // Right of the dot, else left of it, below or above; else the same beside the mark of a force that lies on it.
      const at = [5, 20].flatMap((far) => [[x + far, y + 4], [x - far - width, y + 4], [x - width / 2, y + 11 + far * 0.8], [x - width / 2, y - 1 - far]]).find(([a, b]) => a + width < spots.width && words.take(a, b - 10, width, 13));
      if (!at) return null;
      return (
        <g key={p.id} data-mark="" className={'place' + (p.id === chosen ? ' chosen' : '')} role="button" tabIndex={p.id === chosen ? 0 : -1} aria-label={`Place: ${p.name}`} onClick={() => choose(p.id)}
          onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(p.id); } }}>
          <rect className="hit" x={Math.min(x - 8, at[0])} y={Math.min(y, at[1]) - 12} width={width + 16} height={24} /><circle cx={x} cy={y} r={2} /><text x={at[0]} y={at[1]}>{name}</text>
        </g>);
    })}</>
  );
}
