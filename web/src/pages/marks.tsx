// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What lies on the map as marks: forces, reports, names.
import { men } from '../format';
import type { Spots } from '../map';
import { address } from '../parts';
import type { Case, Place, Report } from '../types';
import { finger, kilometres, mark, near, says, type Group, type Standing, type Words } from './standing';

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
  return new Set(groups.filter((g) => { const wide = 8.5 * men(g.all[0].mean).length; return words.take(g.x - wide / 2, below(g, spots) - 10, wide, 12); }));
}

/** Numbers of men, above all marks. */
export const Numbers = ({ groups, spots }: { groups: Set<Group>; spots: Spots }) => <g aria-hidden="true">{[...groups].map((g) => <text key={g.x + ' ' + g.y} className="force-name" x={g.x} y={below(g, spots)} textAnchor="middle">{men(g.all[0].mean)}</text>)}</g>;

/** Forces that lie on one spot of the map, under the symbol of the first of them that has one. */
export function Force({ g, spots, chosen, choose, symbol }: {
  g: Group; spots: Spots; chosen: (s: Standing) => boolean; choose: (g: Group) => void; symbol: (s: Standing) => string | null;
}) {
  const [w, h] = mark(spots), [fw, fh] = finger(spots);
  const head = g.all[0], shown = g.all.find((s) => symbol(s) !== null);
  const picture = shown && symbol(shown);
  const others = new Set(g.all.map((s) => s.contingent.id)).size - 1;
  const label = says(head) + (g.all.length > 1 ? `; with it ${g.all.slice(1).map((s) => `${s.contingent.name} at ${s.place.name}`).join(', ')}` : '');
  const corner = picture ? [g.x + w / 2 - 1, g.y - h + 1] : [g.x + 9, g.y - 9];
  return (
    <g data-mark="" className="force" tabIndex={0} role="button" aria-label={label} aria-pressed={g.all.some(chosen)}
      onClick={() => choose(g)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(g); } }}>
      {[...g.all].sort((a, b) => Number(a.contingent.foreign) - Number(b.contingent.foreign) || b.high - a.high).map((s) => <Rings key={s.contingent.id + s.place.id + s.stage} s={s} spots={spots} chosen={chosen(s)} />)}
      <rect className="hit" x={g.x - fw / 2} y={g.y - fh / 2 - (picture ? 8 : 0)} width={fw} height={fh + (picture ? 8 : 0)} rx={6} />
      {picture && <image href={picture} x={g.x - w / 2 + 1} y={g.y - h - 4} width={w - 2} height={h - 2} />}
      {others > 0 && <g className="more"><circle cx={corner[0]} cy={corner[1]} r={8.5} /><text x={corner[0]} y={corner[1] + 3.5} textAnchor="middle">+{others}</text></g>}
    </g>
  );
}

interface Spot { x: number; y: number; all: Report[] }
const apart = (spots: Spots) => (spots.wide ? 24 : 44);
/** Reports that point to one spot of the map, a finger apart from the next. */
export function spotted(reports: Report[], spots: Spots): Spot[] {
  const out: Spot[] = [], wide = apart(spots);
  for (const r of reports) {
    const [x, y] = spots.at(r.lon!, r.lat!);
    const had = out.find((s) => Math.abs(s.x - x) < wide && Math.abs(s.y - y) < wide);
    if (had) had.all.push(r); else out.push({ x, y, all: [r] });
  }
  return out;
}

/** Reports by where they point, those of one spot under one mark: one is a way to the report, many open a list. */
export function ReportMarks({ given, spots, list, open }: { given: Case; spots: Spots; list: Spot[]; open: (at: Report, km: number) => void }) {
  const wide = apart(spots);
  return (
    <>{list.map((s) => {
      const one = s.all[0], size = s.all.length > 1 ? 13 : 9;
      const sure = s.all.reduce((n, r) => n + (r.p_true ?? 0), 0) / s.all.length;
      const drawn = (
        <>
          <rect className="hit" x={s.x - wide / 2} y={s.y - wide / 2} width={wide} height={wide} />
          <rect className="report-mark" x={s.x - size / 2} y={s.y - size / 2} width={size} height={size} transform={`rotate(45 ${s.x} ${s.y})`} style={{ opacity: 0.35 + 0.65 * sure }} />
          {s.all.length > 1 && <text className="report-count" x={s.x} y={s.y + 3.5} textAnchor="middle">{s.all.length}</text>}
        </>);
      const label = s.all.length > 1 ? `${s.all.length} reports of here, on average ${Math.round(100 * sure)} percent true; the first: ${one.claim}` : `Report, ${Math.round(100 * sure)} percent true: ${one.claim}`;
      const all = () => open(one, Math.ceil(Math.max(5, ...s.all.map((r) => kilometres({ lon: one.lon!, lat: one.lat! }, { lon: r.lon!, lat: r.lat! })))));
      return s.all.length === 1
        ? <a key={one.id} data-mark="" className="report-spot" href={address(given.name, 'reports/' + one.id)} aria-label={label}><title>{label}</title>{drawn}</a>
        : <g key={one.id} data-mark="" className="report-spot" role="button" tabIndex={0} aria-label={label} onClick={all} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); all(); } }}><title>{label}</title>{drawn}</g>;
    })}</>
  );
}

const most = 30;  // places that a map may name at any distance
/** Names of places, the greater first, where there is room for them. */
export function Names({ places, spots, words, chosen, choose }: { places: Place[]; spots: Spots; words: Words; chosen?: string; choose: (id: string) => void }) {
  const rank = (p: Place) => (p.id === chosen ? 0 : p.kind === 'capital' ? 1 : 2);
  return (
    <>{places.filter((p) => p.kind === 'capital' || p.id === chosen || near(spots) || places.length < most).sort((a, b) => rank(a) - rank(b)).map((p) => {
      const [x, y] = spots.at(p.lon, p.lat), name = p.name.split(' (')[0], width = 7.1 * name.length;
      // Right of the dot, else left of it, below or above; else the same beside the mark of a force that lies on it.
      const at = [5, 20].flatMap((far) => [[x + far, y + 4], [x - far - width, y + 4], [x - width / 2, y + 11 + far * 0.8], [x - width / 2, y - 1 - far]]).find(([a, b]) => a + width < spots.width && words.take(a, b - 11, width, 14));
      if (!at) return null;
      return (
        <g key={p.id} data-mark="" className={'place' + (p.id === chosen ? ' chosen' : '')} role="button" tabIndex={p.id === chosen ? 0 : -1} aria-label={`Place: ${p.name}`} onClick={() => choose(p.id)}
          onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(p.id); } }}>
          <rect className="hit" x={Math.min(x - 8, at[0])} y={Math.min(y, at[1]) - 12} width={width + 16} height={24} /><circle cx={x} cy={y} r={2} /><text x={at[0]} y={at[1]}>{name}</text>
        </g>);
    })}</>
  );
}
