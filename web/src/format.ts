// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
export const percent = (p: number | null | undefined) =>
  p === null || p === undefined ? '–' : p < 0.01 && p > 0 ? '< 1 %' : p > 0.99 && p < 1 ? '> 99 %' : `${Math.round(100 * p)} %`;
export const points = (d: number) => `${d >= 0 ? '+' : '−'}${Math.abs(100 * d).toFixed(1)} pts`;
export const decibans = (d: number) => `${d >= 0 ? '+' : '−'}${Math.abs(d).toFixed(1)} dB`;
const minus = (text: string) => text.replace('-', '−');
export const number = (x: number | null | undefined) => {
  if (x === null || x === undefined) return '–';
  const a = Math.abs(x);
  if (a >= 1e9) return minus(`${(x / 1e9).toPrecision(3)} bn`);
  if (a >= 100) return minus(Math.round(x).toLocaleString('en'));
  return a === 0 ? '0' : minus(Number(x.toPrecision(2)).toString());
};
/** Values and regrets stand under each other: two digits after the point. */
export const worth = (x: number) => (Math.abs(x) >= 100 ? number(x) : minus((Math.abs(x) < 0.005 ? 0 : x).toFixed(2)));
/** A value with its sign; what rounds to nothing has none. */
export const gain = (x: number) => (x >= 0.005 ? '+' : '') + worth(x);
/** Tenths where whole per cents would say little. */
export const chance = (p: number | null | undefined) => (p !== null && p !== undefined && p > 0.0005 && p < 0.0995 ? `${(100 * p).toFixed(1)} %` : percent(p));
const shares = new Set(['0/1', 'share']);
/** An outcome in its unit: yes or no, and shares, as per cents. */
export const amount = (x: number | null | undefined, unit: string) => (shares.has(unit) ? chance(x) : number(x));
/** The same at a tick of an axis. */
export const tick = (x: number, unit: string) => (shares.has(unit) ? `${minus(Number((100 * x).toPrecision(2)).toString())} %` : number(x));
export const unitText = (unit: string) => (shares.has(unit) ? '' : unit === 'km2' ? 'km²' : unit);
/** The first words of a text. */
export const cut = (text: string, most: number) => (text.length <= most ? text : text.slice(0, most).replace(/\s+\S*$/, '') + '…');
/** A number with its sign. */
export const signed = (x: number) => (x >= 0 ? '+' : '−') + number(Math.abs(x));
export const men = (x: number) => (x >= 1000 ? Math.round(x / 100) * 100 : Math.round(x / 10) * 10).toLocaleString('en');
export const day = (iso: string) => new Date(iso + 'T00:00:00Z').toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
export const spoken = (id: string) => id.replaceAll('_', ' ');
export function weekDay(first: string, week: number) {
  const d = new Date(first + 'T00:00:00Z');
  d.setUTCDate(d.getUTCDate() + 7 * week);
  return d.toISOString().slice(0, 10);
}
/** A moment of the room, to the minute; the room keeps time in UTC. */
export const moment = (iso: string) => iso.slice(0, 16).replace('T', ' ') + ' UTC';
