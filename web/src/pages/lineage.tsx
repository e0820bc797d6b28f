// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { scaleLinear } from 'd3-scale';
import { day, percent } from '../format';
import { address, Term, Tlp, To, useHere } from '../parts';
import type { Report } from '../types';

const L = 14, line = 22;
const short = (text: string, most: number) => (text.length > most ? text.slice(0, most - 1).trimEnd() + '…' : text);
const date = (r: Report) => Date.parse(r.published) / 864e5;

/** Reports that hang together by what they repeat or answer; the largest such family first, each by day. */
export function families(reports: Report[]): Report[][] {
  const root = new Map(reports.map((r) => [r.id, r.id]));
  const top = (id: string): string => { let at = id; while (root.get(at) !== at) at = root.get(at)!; return at; };
  for (const r of reports) for (const other of [...r.lineage, ...r.answers]) if (root.has(other)) root.set(top(r.id), top(other));
  const out = new Map<string, Report[]>();
  for (const r of reports) out.set(top(r.id), [...(out.get(top(r.id)) ?? []), r]);
  return [...out.values()].map((f) => f.sort((a, b) => date(a) - date(b) || a.id.localeCompare(b.id))).sort((a, b) => b.length - a.length || date(a[0]) - date(b[0]));
}

/** Every report that repeats or answers another, with what it hangs on. */
export default function LineageView({ reports }: { reports: Report[] }) {
  const { given } = useHere();
  const standing = reports.filter((r) => !r.struck);
  const all = families(standing), shown = all.filter((f) => f.length > 1);
  // Days take less room on a phone, so that the first words of each report are seen.
  const small = innerWidth < 720, [W, named, least] = small ? [720, 150, 700] : [1100, 520, 860];
  const source = (r: Report) => given.sources.find((s) => s.id === r.source)?.name ?? r.source;
  if (shown.length === 0) return <p className="faint">None of the {standing.length} reports repeats or answers another.</p>;
  const rows = shown.flatMap((f, i) => f.map((r, k) => ({ r, y: 0, first: k === 0 && i > 0 })));
  let y = 8;
  for (const row of rows) { if (row.first) y += 12; row.y = y + line / 2; y += line; }
  const at = new Map(rows.map((row) => [row.r.id, row]));
  // Days without such a report take no room.
  const days = [...new Set(rows.map((row) => date(row.r)))].sort((a, b) => a - b);
  const along = scaleLinear([0, Math.max(1, days.length - 1)], [L, named - 24]), x = (v: number) => along(days.indexOf(v));
  const links = rows.flatMap(({ r }) => [...r.lineage.map((to) => ({ from: r.id, to, kind: 'repeats' })), ...r.answers.map((to) => ({ from: r.id, to, kind: 'answers' }))]).filter((l) => at.has(l.to));
  return (
    <>
      <p>{shown.length} families of reports, by the day they came out. A whole line: it repeats the other, and counts with it once (<Term of="lineage" />); a broken one: it answers the other. Filled as far as the report is probably true. {all.length - shown.length} reports stand alone.</p>
      <div className="tree families" tabIndex={0} role="region" aria-label="The lineage of all reports">
        <svg viewBox={`0 0 ${W} ${y + 24}`} style={{ minWidth: least }} role="group" aria-label={`${links.filter((l) => l.kind === 'repeats').length} repeats and ${links.filter((l) => l.kind === 'answers').length} answers`}>
          {days.filter((_, i) => i % Math.ceil(days.length / (small ? 2 : 7)) === 0).map((v) => <g key={v} aria-hidden="true"><line className="tick" x1={x(v)} x2={x(v)} y1={4} y2={y} /><text className="reach" x={Math.max(x(v), 24)} y={y + 16} textAnchor="middle">{day(new Date(v * 864e5).toISOString().slice(0, 10)).replace(/, \d+$/, '')}</text></g>)}
          {links.map((l) => {
            const a = at.get(l.from)!, b = at.get(l.to)!, [x1, x2] = [x(date(a.r)), x(date(b.r))], bend = Math.max(24, Math.abs(x1 - x2) / 3);
            return <path key={l.from + l.kind + l.to} className={'link ' + l.kind} d={`M${x1} ${a.y}C${Math.max(2, x1 - bend)} ${a.y} ${x2 + bend} ${b.y} ${x2} ${b.y}`}><title>{`${l.from} ${l.kind} ${l.to}`}</title></path>;
          })}
          {rows.map(({ r, y: at_ }) => (
            <a key={r.id} href={address(given.name, 'reports/' + r.id)} aria-label={`${r.published}, ${source(r)}, ${percent(r.p_true)} true: ${r.claim}`}>
              <title>{r.claim}</title>
              <rect className="hit" x={0} y={at_ - line / 2} width={W} height={line} />
              <line className="tick" x1={x(date(r)) + 8} x2={named - 10} y1={at_} y2={at_} />
              <circle className="paper" cx={x(date(r))} cy={at_} r={6} /><circle className="node" cx={x(date(r))} cy={at_} r={6} style={{ fillOpacity: r.p_true ?? 0 }} />
              <text x={named} y={at_ + 4}>{short(source(r), 24)}: {short(r.claim, 58)}</text>
            </a>))}
        </svg>
      </div>
      <details><summary>The same in words</summary>
        <ul className="plain">{links.map((l) => <li key={l.from + l.kind + l.to}><To page={'reports/' + l.from}>{l.from}</To> <Tlp mark={at.get(l.from)!.r.handling} /> {l.kind} <To page={'reports/' + l.to}>{l.to}</To></li>)}</ul>
      </details>
    </>
  );
}
