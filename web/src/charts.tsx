// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReactNode } from 'react';
import { number } from './format';

const W = 640, H = 240, L = 64, R = 10, T = 10, B = 26;

interface Frame { x: (v: number) => number; y: (v: number) => number }
function Axes({ xs, ys, x, y, xText, yText }: { xs: number[]; ys: number[]; xText: (v: number) => string; yText: (v: number) => string } & Frame) {
  return (
    <g className="axes" aria-hidden="true">
      {ys.map((v) => <g key={v}><line x1={L} x2={W - R} y1={y(v)} y2={y(v)} /><text x={L - 6} y={y(v) + 4} textAnchor="end">{yText(v)}</text></g>)}
      {xs.map((v) => <text key={v} x={x(v)} y={H - 8} textAnchor={x(v) > W - R - 40 ? 'end' : 'middle'}>{xText(v)}</text>)}
    </g>
  );
}

export interface Fan { label: string; mean: (number | null)[]; quantiles: (number | null)[][]; futures?: (number | null)[][]; courses?: { label: string; values: (number | null)[] }[] }
/** Quantiles of many futures week by week: median, middle half, nine in ten, and some futures whole. */
export function FanChart({ fan, xText, unit, mark, title }: { fan: Fan; xText: (week: number) => string; unit: string; mark?: number; title: string }) {
  const q = fan.quantiles;
  const all = [...q[0], ...q[4], ...(fan.futures ?? []).flat(), ...(fan.courses ?? []).flatMap((c) => c.values)].filter((v): v is number => v !== null);
  const [low, high] = extent(all) as [number, number];
  if (low === high) return <figure className="chart level"><figcaption>{fan.label}: <strong>{number(low)}</strong> <span className="faint">{unit}, in every future</span></figcaption></figure>;
  const x = scaleLinear([0, q[0].length - 1], [L, W - R]);
  const y = scaleLinear([low, high], [H - B, T]).nice();
  const band = (a: (number | null)[], b: (number | null)[]) =>
    area<number>().defined((i) => a[i] !== null && b[i] !== null).x((i) => x(i)).y0((i) => y(a[i]!)).y1((i) => y(b[i]!))(a.map((_, i) => i)) ?? '';
  const way = (a: (number | null)[]) => line<number>().defined((i) => a[i] !== null).x((i) => x(i)).y((i) => y(a[i]!))(a.map((_, i) => i)) ?? '';
  const end = q[2].length - 1;
  const says = `${title}: at the end median ${number(q[2][end])} ${unit}, nine in ten between ${number(q[0][end])} and ${number(q[4][end])}`;
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={says}>
        <Axes xs={x.ticks(5)} ys={y.ticks(5)} x={x} y={y} xText={xText} yText={number} />
        <path className="band light" d={band(q[0], q[4])} /><path className="band dark" d={band(q[1], q[3])} />
        {fan.futures?.map((f, i) => <path key={i} className="single" d={way(f)} />)}
        {!fan.courses && <path className="median" d={way(q[2])} />}
        {fan.courses?.map((c, i) => <g key={c.label}><path className={'line line-' + (i % 6)} d={way(c.values)}><title>{c.label}</title></path>{c.values.length > 0 && <text className={'line-name line-' + (i % 6)} x={W - R - 4} y={y(c.values.at(-1) ?? low) - 4} textAnchor="end">{c.label}</text>}</g>)}
        {mark !== undefined && <line className="mark" x1={x(mark)} x2={x(mark)} y1={T} y2={H - B} />}
      </svg>
      <figcaption>{fan.label} <span className="faint">({unit})</span></figcaption>
    </figure>
  );
}

export interface Path { label: string; points: { x: number; y: number }[] }
/** Probabilities over days, one line a state; each line ends with its name, so colour is not needed. */
export function PathChart({ paths, xText, title }: { paths: Path[]; xText: (v: number) => string; title: string }) {
  const xs = paths.flatMap((p) => p.points.map((q) => q.x));
  // Letters are larger in the drawing where it is shown smaller (style.css).
  const narrow = innerWidth <= 720;
  const [room, apart] = narrow ? [176, 17] : [130, 13];
  const x = scaleLinear(extent(xs) as [number, number], [L, W - room]);
  const y = scaleLinear([0, 1], [H - B, T]);
  const ends = paths.map((p, i) => ({ i, label: p.label, y: y(p.points.at(-1)?.y ?? 0) })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < ends.length; i++) ends[i].y = Math.max(ends[i].y, ends[i - 1].y + apart);
  const over = Math.max(0, (ends.at(-1)?.y ?? 0) - (H - B));
  for (let i = ends.length - 1; i >= 0; i--) ends[i].y = Math.min(ends[i].y - (i === ends.length - 1 ? over : 0), i === ends.length - 1 ? H : ends[i + 1].y - apart);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={title + ': ' + paths.map((p) => `${p.label} ${Math.round(100 * (p.points.at(-1)?.y ?? 0))} percent`).join(', ')}>
        <Axes xs={x.ticks(4)} ys={[0, 0.25, 0.5, 0.75, 1]} x={x} y={y} xText={xText} yText={(v) => `${100 * v} %`} />
        {paths.map((p, i) => <path key={i} className={'line line-' + (i % 6)} d={line<{ x: number; y: number }>().x((q) => x(q.x)).y((q) => y(q.y))(p.points) ?? ''} />)}
        {ends.map((e) => <text key={e.i} className={'line-name line-' + (e.i % 6)} x={W - room + 6} y={e.y + 4}>{e.label.slice(0, 18)}</text>)}
      </svg>
    </figure>
  );
}

/** Shares by equal bins, several rows above each other on one scale. */
export function Histogram({ rows, low, high, unit, title }: { rows: { label: ReactNode; name: string; bins: number[]; mean: number }[]; low: number; high: number; unit: string; title: string }) {
  const most = Math.max(1e-9, ...rows.flatMap((r) => r.bins));
  const h = 46;
  return (
    <div className="histograms" role="group" aria-label={title}>
      {rows.map((r) => (
        <div className="histogram" key={r.name}>
          <span>{r.label}</span>
          <svg viewBox={`0 0 400 ${h}`} preserveAspectRatio="none" role="img" aria-label={`${r.name}: mean ${number(r.mean)} ${unit}`}>
            {r.bins.map((b, i) => <rect key={i} x={(400 * i) / r.bins.length} width={400 / r.bins.length - 0.5} y={h - (h * b) / most} height={(h * b) / most} />)}
            {high > low && <line x1={(400 * (r.mean - low)) / (high - low)} x2={(400 * (r.mean - low)) / (high - low)} y1={0} y2={h} />}
          </svg>
        </div>
      ))}
      <p className="scale faint"><span>{number(low)}</span><span>{unit}; the line is the mean</span><span>{number(high)}</span></p>
    </div>
  );
}
