// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReactNode } from 'react';
import { amount, chance, number, tick, unitText } from './format';
import { Bar, useNarrow } from './parts';

// A unit of the drawing is about a pixel on a wide screen and on a phone, so that letters keep their size.
const T = 10, B = 26, L = 58, R = 12;
const useSize = () => (useNarrow() ? { W: 350, H: 220, ticks: 3 } : { W: 640, H: 240, ticks: 5 });

/** The ends of lines, moved apart so that their names do not lie over each other. */
function apart<E extends { y: number }>(ends: E[], gap: number, lowest: number): E[] {
  const out = ends.map((e) => ({ ...e })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < out.length; i++) out[i].y = Math.max(out[i].y, out[i - 1].y + gap);
  for (let i = out.length - 1, most = lowest; i >= 0; i--, most -= gap) out[i].y = Math.min(out[i].y, most);
  return out;
}

interface Frame { x: (v: number) => number; y: (v: number) => number; W: number; H: number }
function Axes({ xs, ys, x, y, xText, yText, W, H }: { xs: number[]; ys: number[]; xText: (v: number) => string; yText: (v: number) => string } & Frame) {
  return (
    <g className="axes" aria-hidden="true">
      {ys.map((v) => <g key={v}><line x1={L} x2={W - R} y1={y(v)} y2={y(v)} /><text x={L - 6} y={y(v) + 4} textAnchor="end">{yText(v)}</text></g>)}
      {xs.map((v) => <text key={v} x={x(v)} y={H - 8} textAnchor={x(v) > W - R - 30 ? 'end' : x(v) < L + 20 ? 'start' : 'middle'}>{xText(v)}</text>)}
    </g>
  );
}

export interface Fan { label: string; mean: (number | null)[]; quantiles: (number | null)[][]; futures?: (number | null)[][]; courses?: { label: string; values: (number | null)[] }[] }
/** Quantiles of many futures week by week: median, middle half, nine in ten, and some futures whole. */
export function FanChart({ fan, xText, unit, mark, title }: { fan: Fan; xText: (week: number) => string; unit: string; mark?: number; title: string }) {
  const { W, H, ticks } = useSize();
  const q = fan.quantiles;
  const all = [...q[0], ...q[4], ...(fan.futures ?? []).flat(), ...(fan.courses ?? []).flatMap((c) => c.values)].filter((v): v is number => v !== null);
  const [low, high] = extent(all) as [number, number];
  const text = (v: number | null) => amount(v, unit), named = unitText(unit);
  const right = fan.courses ? 60 : R;
  const x = scaleLinear([0, q[0].length - 1], [L, W - right]);
  const y = scaleLinear([low, high], [H - B, T]).nice();
  const band = (a: (number | null)[], b: (number | null)[]) =>
    area<number>().defined((i) => a[i] !== null && b[i] !== null).x((i) => x(i)).y0((i) => y(a[i]!)).y1((i) => y(b[i]!))(a.map((_, i) => i)) ?? '';
  const way = (a: (number | null)[]) => line<number>().defined((i) => a[i] !== null).x((i) => x(i)).y((i) => y(a[i]!))(a.map((_, i) => i)) ?? '';
  const end = q[2].length - 1;
  const says = `${title}: at the end median ${text(q[2][end])} ${named}, nine in ten between ${text(q[0][end])} and ${text(q[4][end])}`;
  const ends = apart((fan.courses ?? []).flatMap((c, i) => (c.values.length > 0 ? [{ i, label: c.label, y: y(c.values.at(-1) ?? low) + 4 }] : [])), 13, H - B);
  return (
    <figure className="chart">
      <figcaption>{fan.label} <span className="faint">{named && `(${named})`}{q[2][end] !== null && <>; at the end median {text(q[2][end])}, nine in ten {text(q[0][end])} to {text(q[4][end])}</>}</span></figcaption>
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={says}>
        <Axes xs={x.ticks(ticks)} ys={y.ticks(5)} {...{ x, y, W: W - right + R, H }} xText={xText} yText={(v) => tick(v, unit)} />
        <path className="band light" d={band(q[0], q[4])} /><path className="band dark" d={band(q[1], q[3])} />
        {fan.futures?.map((f, i) => <path key={i} className="single" d={way(f)} />)}
        {!fan.courses && <path className="median" d={way(q[2])} />}
        {fan.courses?.map((c, i) => <path key={c.label} className={'line line-' + (i % 6)} d={way(c.values)}><title>{c.label}</title></path>)}
        {ends.map((e) => <text key={e.label} className={'line-name line-' + (e.i % 6)} x={W - right + 4} y={e.y}>{e.label}</text>)}
        {mark !== undefined && <line className="mark" x1={x(mark)} x2={x(mark)} y1={T} y2={H - B} />}
      </svg>
    </figure>
  );
}

/** One value in every future. */
export const isLevel = (fan: Pick<Fan, 'quantiles' | 'futures'>) => {
  const [low, high] = extent([...fan.quantiles[0], ...fan.quantiles[4], ...(fan.futures ?? []).flat()].filter((v): v is number => v !== null));
  return low === high;
};

export interface Path { label: string; points: { x: number; y: number }[] }
/** Probabilities over days, one line a state; each line ends with its name, so colour is not needed. */
export function PathChart({ paths, xText, title }: { paths: Path[]; xText: (v: number) => string; title: string }) {
  const { W, H, ticks } = useSize();
  const xs = paths.flatMap((p) => p.points.map((q) => q.x));
  const room = 132;
  const x = scaleLinear(extent(xs) as [number, number], [L, W - room]);
  const y = scaleLinear([0, 1], [H - B, T]);
  const ends = apart(paths.map((p, i) => ({ i, label: p.label, y: y(p.points.at(-1)?.y ?? 0) + 4 })), 14, H - 4);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={title + ': ' + paths.map((p) => `${p.label} ${Math.round(100 * (p.points.at(-1)?.y ?? 0))} percent`).join(', ')}>
        <Axes xs={x.ticks(ticks === 3 ? 2 : 4)} ys={[0, 0.25, 0.5, 0.75, 1]} {...{ x, y, W: W - room + R, H }} xText={xText} yText={(v) => `${100 * v} %`} />
        {paths.map((p, i) => <path key={i} className={'line line-' + (i % 6)} d={line<{ x: number; y: number }>().x((q) => x(q.x)).y((q) => y(q.y))(p.points) ?? ''} />)}
        {ends.map((e) => <text key={e.i} className={'line-name line-' + (e.i % 6)} x={W - room + 6} y={e.y}>{e.label.slice(0, 18)}</text>)}
      </svg>
    </figure>
  );
}

interface Row { label: ReactNode; name: string; bins: number[]; mean: number; error: number }
/** Shares by equal bins, several rows above each other on one scale; what is yes or no needs no bins. */
export function Histogram({ rows, low, high, unit, title }: { rows: Row[]; low: number; high: number; unit: string; title: string }) {
  const most = Math.max(1e-9, ...rows.flatMap((r) => r.bins));
  const h = 46, yesNo = unit === '0/1';
  return (
    <div className="histograms" role="group" aria-label={title}>
      {rows.map((r) => (
        <div className="histogram" key={r.name}>
          <span>{r.label}</span>
          {yesNo ? <span><Bar p={r.mean} low={Math.max(0, r.mean - 2 * r.error)} high={Math.min(1, r.mean + 2 * r.error)} label={`${r.name}: ${chance(r.mean)}`} /> {chance(r.mean)} <span className="faint">± {number(200 * r.error)}</span></span> : (
            <svg viewBox={`0 0 400 ${h}`} preserveAspectRatio="none" role="img" aria-label={`${r.name}: mean ${amount(r.mean, unit)} ${unitText(unit)}`}>
              {r.bins.map((b, i) => <rect key={i} x={(400 * i) / r.bins.length} width={400 / r.bins.length - 0.5} y={h - (h * b) / most} height={(h * b) / most} />)}
              {high > low && <line x1={(400 * (r.mean - low)) / (high - low)} x2={(400 * (r.mean - low)) / (high - low)} y1={0} y2={h} />}
            </svg>)}
        </div>
      ))}
      {!yesNo && <p className="histogram faint"><span /><span className="scale"><span>{amount(low, unit)}</span><span>{unitText(unit)}; bars: share of futures, line: mean</span><span>{amount(high, unit)}</span></span></p>}
    </div>
  );
}
