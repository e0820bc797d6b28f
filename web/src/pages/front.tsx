// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The front by sectors. A case gives the middle and the length of each; the course follows from the neighbours.
import { number } from '../format';
import type { Spots } from '../map';
import type { Case, Sector } from '../types';
import { kilometres, leader, near, Words } from './standing';

type Point = [number, number];
/** Neighbours farther apart than this many times their half lengths are no one front. */
const farthest = 3;

/** Each sector's neighbours along the front: shortest joins first, two to a sector, no rings. */
export function neighbours(sectors: Sector[]): Map<string, Sector[]> {
  const out = new Map<string, Sector[]>(sectors.map((s) => [s.id, []]));
  const part = new Map(sectors.map((s, i) => [s.id, i]));
  const joins = sectors.flatMap((a, i) => sectors.slice(i + 1).map((b) => ({ a, b, km: kilometres(a, b) })))
    .filter((j) => j.km <= (farthest * (j.a.frontage_km + j.b.frontage_km)) / 2).sort((p, q) => p.km - q.km);
  for (const { a, b } of joins) {
    const [x, y] = [part.get(a.id)!, part.get(b.id)!];
    if (x === y || out.get(a.id)!.length > 1 || out.get(b.id)!.length > 1) continue;
    out.get(a.id)!.push(b);
    out.get(b.id)!.push(a);
    for (const [id, p] of part) if (p === y) part.set(id, x);
  }
  return out;
}

/** Towards the ground of side 1 and away from that of side 0, by the places near a sector that either holds. */
function pull(given: Case, s: Sector, spots: Spots): Point {
  const c = spots.at(s.lon, s.lat);
  const sum: Point = [0, 0];
  for (const p of given.map.places) {
    const side = given.sides.findIndex((x) => x.lead === p.controller), km = kilometres(p, s);
    if (side < 0 || km > 400) continue;
    const [x, y] = spots.at(p.lon, p.lat), weight = (side === 1 ? 1 : -1) / (1 + km * km);
    sum[0] += weight * (x - c[0]);
    sum[1] += weight * (y - c[1]);
  }
  return sum;
}

/** The unit vector across a sector from the ground of side 0 to that of side 1. */
function across(given: Case, s: Sector, [a, , b]: [Point, Point, Point], spots: Spots): Point {
  const long = Math.max(1e-9, Math.hypot(b[0] - a[0], b[1] - a[1]));
  const n: Point = [(b[1] - a[1]) / long, (a[0] - b[0]) / long], [x, y] = pull(given, s, spots);
  return x * n[0] + y * n[1] >= 0 ? n : [-n[0], -n[1]];
}

/** The ends of a sector on the map, as far along the way to its neighbours as it is long, and its middle. */
function course(given: Case, s: Sector, next: Sector[], spots: Spots): [Point, Point, Point] {
  const c = spots.at(s.lon, s.lat), long = spots.km(s.frontage_km / 2);
  const to = (n: Sector): Point => {
    const p = spots.at(n.lon, n.lat), gap = Math.hypot(p[0] - c[0], p[1] - c[1]);
    const part = Math.min(long, (gap * s.frontage_km) / (s.frontage_km + n.frontage_km)) / Math.max(1e-9, gap);
    return [c[0] + (p[0] - c[0]) * part, c[1] + (p[1] - c[1]) * part];
  };
  const on = (from: Point): Point => {
    const gap = Math.max(1e-9, Math.hypot(c[0] - from[0], c[1] - from[1]));
    return [c[0] + ((c[0] - from[0]) * long) / gap, c[1] + ((c[1] - from[1]) * long) / gap];
  };
  if (next.length === 0) {
    // Alone, it lies across the way from the ground of one side to that of the other.
    const [x, y] = pull(given, s, spots), gap = Math.hypot(x, y);
    const [dx, dy] = gap > 0 ? [-y / gap, x / gap] : [1, 0];
    return [[c[0] - dx * long, c[1] - dy * long], c, [c[0] + dx * long, c[1] + dy * long]];
  }
  const a = to(next[0]);
  return [a, c, next.length > 1 ? to(next[1]) : on(spots.at(next[0].lon, next[0].lat))];
}

const bent = ([a, c, b]: Point[]) => `M${a[0].toFixed(1)} ${a[1].toFixed(1)}Q${c[0].toFixed(1)} ${c[1].toFixed(1)} ${b[0].toFixed(1)} ${b[1].toFixed(1)}`;

export interface Gain { median: number; low: number; high: number }
export const gained = (given: Case, g: Gain, single: boolean) =>
  `${number(Math.abs(g.median))} km² ${g.median >= 0 ? 'gained' : 'lost'} by ${leader(given, 0)}${single ? '' : `, nine in ten between ${number(g.low)} and ${number(g.high)}`}`;

/** The front: as it runs, and in the futures where it may come to lie (band: nine in ten; broken line: the middle). */
export function Front({ given, spots, gains, single, chosen, choose, words }: {
  given: Case; spots: Spots; gains: Map<string, Gain>; single: boolean; chosen?: string; choose: (id: string) => void; words: Words;
}) {
  const next = neighbours(given.map.sectors);
  return (
    <>{given.map.sectors.map((s) => {
      const line = course(given, s, next.get(s.id)!, spots), gain = gains.get(s.id);
      const n = gain && across(given, s, line, spots);
      const moved = (km2: number): Point[] => { const by = spots.km(km2 / Math.max(1, s.frontage_km)); return line.map((p) => [p[0] + n![0] * by, p[1] + n![1] * by]); };
      const [low, high] = gain ? [moved(gain.low), moved(gain.high)] : [[], []];
      const text = gain ? `${gain.median >= 0 ? '+' : '−'}${number(Math.abs(gain.median))} km²` : '';
      const [x, y] = line[1];
      const label = `Front: ${s.name}, ${number(s.frontage_km)} km${gain ? ': ' + gained(given, gain, single) : ''}`;
      return (
        <g key={s.id} data-mark="" className={`sector ${chosen === s.id ? 'chosen' : ''} ${!gain || Math.abs(gain.median) < 1 ? '' : gain.median > 0 ? 'side-0' : 'side-1'}`} role="button" tabIndex={0} aria-label={label} aria-pressed={chosen === s.id}
          onClick={() => choose(s.id)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(s.id); } }}>
          <title>{label}</title>
          <path className="hit" d={bent(line)} />
          {gain && !single && <path className="spread" d={`${bent(low)}L${high[2][0].toFixed(1)} ${high[2][1].toFixed(1)}Q${high[1][0].toFixed(1)} ${high[1][1].toFixed(1)} ${high[0][0].toFixed(1)} ${high[0][1].toFixed(1)}Z`} />}
          {gain && <path className="then" d={bent(moved(gain.median))} />}
          <path className="now" d={bent(line)} />
          {gain && near(spots) && words.take(x + 8, y - 4, 8 * text.length, 14) && <text x={x + 8} y={y + 8}>{text}</text>}
        </g>);
    })}</>
  );
}
