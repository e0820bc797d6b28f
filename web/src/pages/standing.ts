// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// Where men are at one moment, and how that is laid out on the map.
import { men } from '../format';
import type { Spots } from '../map';
import type { Case, Contingent, Picture, Place, Series, SeriesRow, Story } from '../types';

/** Men of one force at one place: of the past by place, of the futures by front and way. */
export interface Standing { contingent: Contingent; place: Place; stage: string; mean: number; low: number; high: number }
/** Forces that one mark stands for, since theirs would lie over each other; the first is named. */
export interface Group { x: number; y: number; all: Standing[] }

const fewest = 20;  // men that are drawn

export function standingOn(given: Case, picture: Picture, date: string): Standing[] {
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const forces = new Map(given.map.contingents.map((c) => [c.id, c]));
  return picture.order_of_battle.filter((r) => r.day === date && r.mean >= fewest).map((r) => ({
    contingent: forces.get(r.contingent)!, place: places.get(r.place)!, stage: r.stage, mean: r.mean, low: r.q05, high: r.q95,
  })).filter((s) => s.contingent && s.place);
}

export type ByEntity = Map<string, SeriesRow>;
export const byEntity = (s?: Series): ByEntity => new Map((s?.series ?? []).map((r) => [r.entities.join('/'), r]));
const half = (p: string[]) => p[Math.floor(p.length / 2)];

export function standingIn(given: Case, week: number, strength: ByEntity, fight: ByEntity, way: ByEntity, one: Story | undefined): Standing[] {
  const places = new Map(given.map.places.map((p) => [p.id, p]));
  const out: Standing[] = [];
  for (const c of given.map.contingents) {
    const put = (name: string, rows: ByEntity, place: string | undefined, stage: string, less = 0) => {
      const at = place === undefined ? undefined : places.get(place);
      const told = one?.weekly.find((w) => w.variable === name && w.entities[0] === c.id)?.values[week];
      const row = rows.get(c.id);
      if (!at || (!row && told === undefined)) return 0;
      const mean = told ?? row?.mean[week] ?? 0;
      if (mean - less < fewest) return mean;
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

export const leader = (given: Case, side: number) => given.actors.find((a) => a.id === given.sides[side]?.lead)?.name ?? given.sides[side]?.lead;

/** Where most of each force is. */
export function largestOf(list: Standing[]): Map<string, Standing> {
  const out = new Map<string, Standing>();
  for (const s of list) if ((out.get(s.contingent.id)?.mean ?? 0) < s.mean) out.set(s.contingent.id, s);
  return out;
}

const stages: Record<string, string> = { plan: 'not sent yet', transit: 'on the way', training: 'waiting or in training', front: 'at the front' };
/** What men do there. */
export const doing = (s: Standing) => (s.stage === 'training' && !s.contingent.foreign ? 'behind the front' : stages[s.stage] ?? s.stage);
export const says = (s: Standing) => `${s.contingent.name} at ${s.place.name}, ${doing(s)}: about ${men(s.mean)} men, nine in ten between ${men(s.low)} and ${men(s.high)}`;

/** As large as a fingertip: no two marks lie nearer to each other. */
export const finger = (spots: Spots): [number, number] => (spots.wide ? [36, 28] : [44, 44]);
/** As large as a symbol. */
export const mark = (spots: Spots): [number, number] => (spots.wide ? [36, 28] : [30, 26]);

/** The map is near enough to name every place: a hundred kilometres are half a word wide. */
export const near = (spots: Spots) => spots.km(100) > 30;

/** Forces gathered under marks that do not overlap: foreign forces and those with a symbol name theirs. */
export function grouped(list: Standing[], largest: Map<string, Standing>, spots: Spots): Group[] {
  const [dx, dy] = finger(spots), foe = spots.wide ? [26, 24] : [36, 34];
  const weight = (s: Standing) => (s.contingent.foreign ? 2 : 0) + (largest.get(s.contingent.id) === s ? 1 : 0);
  const out: Group[] = [];
  for (const s of [...list].sort((a, b) => weight(b) - weight(a) || b.mean - a.mean)) {
    const [x, y] = spots.at(s.place.lon, s.place.lat);
    // Enemies keep marks of their own for as long as a fingertip parts them.
    const apart = (g: Group) => (g.all[0].contingent.side === s.contingent.side ? [dx, dy] : foe);
    const near = out.filter((g) => Math.abs(g.x - x) < apart(g)[0] && Math.abs(g.y - y) < apart(g)[1]).sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
    if (near) near.all.push(s); else out.push({ x, y, all: [s] });
  }
  return out;
}

/** Words that do not lie over each other: the first to ask for a place has it. */
export class Words {
  private taken: [number, number, number, number][] = [];
  take(x: number, y: number, width: number, height: number, force = false): boolean {
    if (!force && this.taken.some(([a, b, w, h]) => x < a + w && a < x + width && y < b + h && b < y + height)) return false;
    this.taken.push([x, y, width, height]);
    return true;
  }
}

/** Kilometres between two points, on the sphere. */
export function kilometres(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const r = Math.PI / 180;
  const h = Math.sin(((b.lat - a.lat) * r) / 2) ** 2 + Math.cos(a.lat * r) * Math.cos(b.lat * r) * Math.sin(((b.lon - a.lon) * r) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}
