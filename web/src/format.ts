// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
export const percent = (p: number | null | undefined) =>
  p === null || p === undefined ? '–' : p < 0.01 && p > 0 ? '< 1 %' : p > 0.99 && p < 1 ? '> 99 %' : `${Math.round(100 * p)} %`;
export const points = (d: number) => `${d >= 0 ? '+' : '−'}${Math.abs(100 * d).toFixed(1)} pts`;
export const decibans = (d: number) => `${d >= 0 ? '+' : '−'}${Math.abs(d).toFixed(1)} dB`;
export const number = (x: number | null | undefined) => {
  if (x === null || x === undefined) return '–';
  const a = Math.abs(x);
  if (a >= 1e9) return `${(x / 1e9).toPrecision(3)} bn`;
  if (a >= 100) return Math.round(x).toLocaleString('en');
  return a === 0 ? '0' : Number(x.toPrecision(2)).toString();
};
export const men = (x: number) => (x >= 1000 ? Math.round(x / 100) * 100 : Math.round(x / 10) * 10).toLocaleString('en');
export const day = (iso: string) => new Date(iso + 'T00:00:00Z').toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
export const spoken = (id: string) => id.replaceAll('_', ' ');
export function weekDay(first: string, week: number) {
  const d = new Date(first + 'T00:00:00Z');
  d.setUTCDate(d.getUTCDate() + 7 * week);
  return d.toISOString().slice(0, 10);
}
