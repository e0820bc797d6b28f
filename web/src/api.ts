// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Job, Problem } from './types';

/** An answer that says why not. */
export class Refused extends Error {
  constructor(readonly status: number, why: string, readonly problems: Problem[]) { super(why); }
}

export async function ask<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch('/api/' + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  } catch {
    throw new Refused(0, 'The server does not answer. It may be starting again.', []);
  }
  const data = await answer.json().catch(() => ({ error: answer.statusText, problems: [] }));
  if (!answer.ok) throw new Refused(answer.status, data.error ?? answer.statusText, data.problems ?? []);
  return data as T;
}

// What the room tells: a counter for every case that grows when something of it changed, and its jobs.
type Told = { moments: Record<string, number>; jobs: Record<number, Job>; live: boolean };
let told: Told = { moments: {}, jobs: {}, live: false };
const listeners = new Set<() => void>();
function tell(next: Partial<Told>) {
  told = { ...told, ...next };
  listeners.forEach((l) => l());
}
const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };
export const useTold = () => useSyncExternalStore(subscribe, () => told);

let source: EventSource | null = null;
let last = '';
function bump(name: string) { tell({ moments: { ...told.moments, [name]: (told.moments[name] ?? 0) + 1 } }); }
function everything() {
  const moments: Record<string, number> = { '': (told.moments[''] ?? 0) + 1 };
  for (const k of Object.keys(told.moments)) moments[k] = told.moments[k] + 1;
  tell({ moments });
  void ask<{ jobs: Job[] }>('jobs').then((j) => tell({ jobs: Object.fromEntries(j.jobs.map((x) => [x.id, x])) })).catch(() => {});
}

/** Listens to the room while the page is in sight; a hidden page leaves the connection to others. */
export function listen() {
  const open = () => {
    if (source) return;
    source = new EventSource('/api/events');
    source.onopen = () => { tell({ live: true }); everything(); };
    source.onerror = () => tell({ live: false });
    source.addEventListener('reset', everything);
    for (const kind of ['case', 'belief', 'futures', 'comparison', 'studies', 'brief']) {
      source.addEventListener(kind, (e) => { last = e.lastEventId; bump(JSON.parse(e.data).case); bump(''); });
    }
    source.addEventListener('job', (e) => {
      const job = JSON.parse(e.data) as Job;
      last = e.lastEventId;
      tell({ jobs: { ...told.jobs, [job.id]: job } });
    });
  };
  const close = () => { source?.close(); source = null; };
  const look = () => (document.hidden ? close() : open());
  document.addEventListener('visibilitychange', look);
  look();
  return () => { document.removeEventListener('visibilitychange', look); close(); void last; };
}

export type View<T> = { data?: T; error?: Refused; loading: boolean };

// The last answers, shown at once while the server is asked whether they still stand.
const kept = new Map<string, unknown>();
const mostKept = 60;
function keep(path: string, data: unknown) {
  kept.delete(path);
  kept.set(path, data);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
}
const first = <T>(path: string | null): View<T> => ({ data: path === null ? undefined : (kept.get(path) as T | undefined), loading: true });

/** A view of the API that follows the case it is of; shows the last one while the next comes. */
export function useView<T>(path: string | null, of = ''): View<T> {
  const moment = useTold().moments[of] ?? 0;
  const [state, setState] = useState<View<T> & { path: string | null }>({ ...first<T>(path), path });
  useEffect(() => {
    if (path === null) return undefined;
    let gone = false;
    setState((s) => (s.path === path ? s : { ...first<T>(path), path }));
    ask<T>(path).then(
      (data) => { keep(path, data); if (!gone) setState({ data, loading: false, path }); },
      (error: Refused) => { if (error.status !== 0) kept.delete(path); if (!gone) setState((s) => ({ data: error.status === 0 && s.path === path ? s.data : undefined, error, loading: false, path })); },
    );
    return () => { gone = true; };
  }, [path, moment]);
  return state.path === path ? state : first<T>(path);
}

/** Several views of one kind, those that are there by path. */
export function useViews<T>(paths: string[], of = ''): Map<string, T> {
  const moment = useTold().moments[of] ?? 0;
  const all = paths.join('\n');
  const [, turn] = useState(0);
  useEffect(() => {
    let gone = false;
    for (const path of all.split('\n').filter(Boolean)) {
      ask<T>(path).then((data) => { keep(path, data); if (!gone) turn((n) => n + 1); }, () => kept.delete(path));
    }
    return () => { gone = true; };
  }, [all, moment]);
  return new Map(paths.flatMap((p) => (kept.has(p) ? [[p, kept.get(p) as T] as [string, T]] : [])));
}

/** Runs something the user asked for, with its failure to show. */
export function useAct<A extends unknown[], R>(act: (...a: A) => Promise<R>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused>();
  const run = useCallback(async (...a: A): Promise<R | undefined> => {
    setBusy(true);
    setError(undefined);
    try { return await act(...a); } catch (e) { setError(e as Refused); return undefined; } finally { setBusy(false); }
  }, [act]);
  return { run, busy, error, clear: () => setError(undefined) };
}
