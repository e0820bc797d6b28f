// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext, useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { ask, Refused, useAct, useView, type View } from './api';
import { spoken } from './format';
import { terms } from './terms';
import type { Case, Job, Session, Stages } from './types';

/** What every page stands on. */
export interface Here { given: Case; session: Session; path: string[]; query: URLSearchParams; go: (path: string, query?: Record<string, string>) => void }
export const HereContext = createContext<Here | null>(null);
export const useHere = () => useContext(HereContext)!;

export const address = (given: string, path: string, query?: Record<string, string>) => {
  const q = query && Object.keys(query).length > 0 ? '?' + new URLSearchParams(query).toString() : '';
  return `#/${given}/${path}${q}`;
};
/** Goes there at once; the browser tells of a new hash only after the click is dealt with. */
export function goTo(hash: string) {
  history.pushState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
/** Changes parts of the address's query, where null takes one out. `anew`: the view before stays behind the back button. */
export function keepInAddress(more: Record<string, string | null>, anew = false) {
  const [at, asked] = location.hash.split('?');
  const query = new URLSearchParams(asked ?? '');
  for (const [k, v] of Object.entries(more)) if (v === null) query.delete(k); else query.set(k, v);
  const hash = (at || '#/') + (query.size > 0 ? '?' + query.toString() : '');
  if (hash === location.hash) return;
  if (anew) history.pushState(null, '', hash); else history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
/** A choice of the reader that is part of the address, so that whoever opens it sees the same. The usual one is not written. */
export function useKept(name: string, usual = ''): [string, (value: string) => void] {
  const { query } = useHere();
  return [query.get(name) ?? usual, (value) => keepInAddress({ [name]: value === usual ? null : value })];
}
export function useKeptFlag(name: string, usual = false): [boolean, (value: boolean) => void] {
  const [value, set] = useKept(name, usual ? 'yes' : 'no');
  return [value === 'yes', (v) => set(v ? 'yes' : 'no')];
}
export function To({ page, query, children, className }: { page: string; query?: Record<string, string>; children: ReactNode; className?: string }) {
  const { given } = useHere();
  return <a className={className} href={address(given.name, page, query)}>{children}</a>;
}

/** The words of a measure with the sides by name: "net gain of side 0" says nothing to a reader. */
export function sided(given: Case, text: string): string {
  return text.replace(/\bside ([01])\b/g, (whole, i: string) => given.actors.find((a) => a.id === given.sides[Number(i)]?.lead)?.name ?? whole);
}

/** An answer as the case words it, where it does so shortly. */
export function answer(given: Case, hypothesis: string, state: string, most = 40): string {
  const text = given.hypotheses.find((h) => h.id === hypothesis)?.states.find((s) => s.id === state)?.text;
  return text !== undefined && text.length <= most ? text : spoken(state);
}

/** A word that explains itself when asked. */
export function Term({ of, children }: { of: string; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <span className="term">
      <button type="button" aria-expanded={open} aria-describedby={open ? id : undefined} onClick={() => setOpen(!open)}
        onBlur={() => setOpen(false)} onKeyDown={(e) => { if (e.key === 'Escape') setOpen(false); }}>{children ?? of}</button>
      {open && <span role="tooltip" id={id} className="tip">{terms[of]}</span>}
    </span>
  );
}

export function Tlp({ mark }: { mark: string }) {
  if (!mark) return null;
  const kind = mark.replace('TLP:', '').split('+')[0].toLowerCase();
  return <span className={'tlp tlp-' + kind} title={terms.TLP}>{mark}</span>;
}

export function Problems({ error, close }: { error: Refused; close?: () => void }) {
  return (
    <div className="problems" role="alert">
      <strong>{error.message}</strong>
      {close && <button type="button" className="quiet" onClick={close} aria-label="Close this message">×</button>}
      <ul>{error.problems.map((p, i) => (
        <li key={i}><code>{p.file}{p.line > 0 ? `:${p.line}:${p.column}` : ''}</code> {p.message}{p.hint && <em> — {p.hint}</em>}
          {p.excerpt && <pre>{p.excerpt.slice(0, 300)}</pre>}</li>))}
      </ul>
    </div>
  );
}

const stageNames: Record<string, string> = { assess: 'Assess', play: 'Play the futures', weigh: 'Weigh the options', study: 'Look at games and settlements', brief: 'Make the brief' };
/** A button that asks for a stage. */
export function Run({ stage, again = false, of }: { stage: string; again?: boolean; of?: string }) {
  const { given, session } = useHere();
  const { run, busy, error } = useAct(() => ask<Job>(`cases/${of ?? given.name}/jobs`, { stage }));
  const may = session.role === 'analyst' || session.role === 'admin';
  return (
    <>
      <button type="button" disabled={busy || !may} title={may ? undefined : 'this takes the role analyst'} onClick={() => void run()}>
        {stageNames[stage]}{again ? ' anew' : ''}
      </button>
      {error && <Problems error={error} />}
    </>
  );
}

const unmade: Record<keyof Stages, Refused> = {
  belief: new Refused(409, 'The case was not assessed yet', []), futures: new Refused(409, 'No futures were played yet', []),
  comparison: new Refused(409, 'The options were not weighed yet', []), studies: new Refused(409, 'Games and settlements were not looked at yet', []),
  brief: new Refused(409, 'No brief was made yet', []),
};
/** A mark that forbids something: where a claim is quoted. */
export const Mark = ({ of }: { of: string | undefined }) => (of && of !== 'TLP:CLEAR' ? <><Tlp mark={of} />{' '}</> : null);

/** A view of a stage's file; what was not made yet is not asked for. */
export function useStage<T>(stage: keyof Stages, path: string | null, of?: Case): View<T> {
  const here = useHere().given;
  const given = of ?? here;
  const there = given.stages[stage] !== 'missing';
  const view = useView<T>(there ? path : null, given.name);
  return there ? view : { loading: false, error: unmade[stage] };
}

/** Shows a view, or why there is none and the way out. */
export function Shown<T>({ view, stage, children }: { view: View<T>; stage?: string; children: (data: T) => ReactNode }) {
  if (view.data !== undefined) {
    return <>{view.error && <Problems error={view.error} />}{children(view.data)}</>;
  }
  if (view.error) {
    if (view.error.status === 409 && stage) {
      return <div className="empty"><p>{view.error.message.split(';')[0]}.</p><Run stage={stage} /></div>;
    }
    return <Problems error={view.error} />;
  }
  return <p className="loading" role="status">Reading…</p>;
}

export function Old({ old, stage }: { old: boolean; stage: string }) {
  return old ? <p className="old" role="status">The case changed since this was made. <Run stage={stage} again /></p> : null;
}

export function Page({ title, lead, children, wide }: { title: string; lead?: ReactNode; children: ReactNode; wide?: boolean }) {
  return <main id="page" tabIndex={-1} className={wide ? 'wide' : ''}><h1>{title}</h1>{lead && <p className="lead">{lead}</p>}{children}</main>;
}

/** A list of links that may be wider than the screen: the one that is shown is in sight. */
export function useInSight(now: string) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('a[aria-current]');
    if (list.current && here) list.current.scrollLeft = here.offsetLeft - list.current.offsetLeft - (list.current.clientWidth - here.offsetWidth) / 2;
  }, [now]);
  return list;
}

/** The views of one page, each at an address of its own. */
export function Views({ of, list, now }: { of: string; list: [string, string][]; now: string }) {
  const { given } = useHere();
  return <nav className="views" aria-label="Views" ref={useInSight(now)}>{list.map(([id, name]) => <a key={id} href={address(given.name, id ? `${of}/${id}` : of)} aria-current={id === now ? 'page' : undefined}>{name}</a>)}</nav>;
}

const phone = matchMedia('(max-width: 720px)');
/** A screen as narrow as a phone's. */
export const useNarrow = () => useSyncExternalStore((told) => { phone.addEventListener('change', told); return () => phone.removeEventListener('change', told); }, () => phone.matches);

/** A share of futures, with two errors. */
export function ShareText({ of }: { of: { value: number; error: number } }) {
  return <>{Math.round(100 * of.value)} % <span className="faint">± {Math.round(200 * of.error)}</span></>;
}

export function Bar({ p, low, high, label }: { p: number; low?: number; high?: number; label?: string }) {
  return (
    <span className="bar" role="img" aria-label={label ?? `${Math.round(100 * p)} percent`}>
      <span className="bar-fill" style={{ width: `${100 * p}%` }} />
      {low !== undefined && high !== undefined && <span className="bar-range" style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />}
    </span>
  );
}

const titled = (h: ReactNode) => (typeof h === 'string' && h.startsWith('>') ? h.slice(1) : h);
/** A head that opens with > stands over numbers. On a phone every row is a card whose cells carry their heads,
 *  but in a `matrix`, which scrolls under its first column. `quiet`: the heading above says what the caption would. */
export function Table({ caption, head, children, matrix = false, quiet = false }: { caption: string; head: ReactNode[]; children: ReactNode; matrix?: boolean; quiet?: boolean }) {
  const table = useRef<HTMLTableElement>(null);
  // Cards and their parts stay a table, rows and cells to those who cannot see them.
  useLayoutEffect(() => {
    const heads = [...table.current!.tHead!.rows[0].cells].map((c) => (c.textContent ?? '').replace(c.querySelector('.tip')?.textContent ?? '', '').trim());
    for (const row of table.current!.tBodies[0].rows) {
      if (!row.role) row.role = 'row';
      for (const [i, cell] of [...row.cells].entries()) {
        const head = matrix || cell.colSpan > 1 ? '' : heads[i] ?? '';
        if (!cell.role) cell.role = cell.tagName === 'TH' ? 'rowheader' : 'cell';
        if (cell.dataset.head !== head) cell.dataset.head = head;
      }
    }
  });
  return (
    <div className="titled">
      {!quiet && <p className="caption" aria-hidden="true">{caption}</p>}
      <div className={'table ' + (matrix ? 'matrix' : 'cards')} tabIndex={0} role="region" aria-label={caption}>
        <table ref={table} role="table"><caption className="hidden">{caption}</caption>
          <thead role="rowgroup"><tr role="row">{head.map((h, i) => <th key={i} scope="col" role="columnheader" className={typeof h === 'string' && h.startsWith('>') ? 'n' : undefined}>{titled(h)}</th>)}</tr></thead>
          <tbody role="rowgroup">{children}</tbody></table>
      </div>
    </div>
  );
}
