// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import { ask, listen, useAct, useTold, useView } from './api';
import { day } from './format';
import { address, goTo, HereContext, Page, Problems, Tlp, useInSight, type Here } from './parts';
import PicturePage from './pages/picture';
import type { Case, CaseRow, Job, Session } from './types';

// A page that was read ahead is shown at once; one that was not, when it is there. (React holds back what `lazy` brings
// for a third of a second once it has shown that something comes.)
const ahead: (() => Promise<unknown>)[] = [];
function later(read: () => Promise<{ default: ComponentType }>): ComponentType {
  let made: ComponentType | undefined;
  const Waits = lazy(read);
  ahead.push(() => read().then((m) => { made = m.default; }));
  return function Later() {
    const [Shown] = useState<ComponentType>(() => made ?? Waits);
    return <Shown />;
  };
}
const Reports = later(() => import('./pages/reports'));
const Hypotheses = later(() => import('./pages/hypotheses'));
const Futures = later(() => import('./pages/futures'));
const Options = later(() => import('./pages/options'));
const rest = () => import('./pages/rest');
const Collection = later(() => rest().then((m) => ({ default: m.CollectionPage })));
const Brief = later(() => rest().then((m) => ({ default: m.BriefPage })));
const Model = later(() => import('./pages/model'));
const Branches = later(() => import('./pages/branches'));
const Help = later(() => import('./pages/help'));
const Changes = later(() => rest().then((m) => ({ default: m.ChangesPage })));

const pages: [string, string, ReactNode][] = [
  ['picture', 'Picture', <PicturePage key="p" />], ['reports', 'Reports', <Reports key="r" />], ['hypotheses', 'Hypotheses', <Hypotheses key="h" />],
  ['futures', 'Futures', <Futures key="f" />], ['options', 'Options', <Options key="o" />], ['collection', 'Collection', <Collection key="c" />],
  ['brief', 'Brief', <Brief key="b" />], ['model', 'Model', <Model key="m" />], ['branches', 'Branches', <Branches key="y" />], ['changes', 'Changes', <Changes key="x" />],
];
const all: typeof pages = [...pages, ['help', 'Words', <Help key="w" />]];

function useHash() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const set = () => setHash(location.hash);
    addEventListener('hashchange', set);
    return () => removeEventListener('hashchange', set);
  }, []);
  return hash;
}

type Theme = 'auto' | 'light' | 'dark';
function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => { try { return (localStorage.getItem('theme') as Theme) || 'auto'; } catch { return 'auto'; } });
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem('theme', theme); } catch { /* a browser that keeps nothing */ }
  }, [theme]);
  return [theme, () => setTheme(theme === 'auto' ? 'dark' : theme === 'dark' ? 'light' : 'auto')];
}

function Enter({ entered }: { entered: () => void }) {
  const [token, setToken] = useState('');
  const { run, busy, error } = useAct(() => ask<Session>('session', { token }));
  return (
    <Page title="The briefing room">
      <form className="form enter" onSubmit={(e) => { e.preventDefault(); void run().then((s) => { if (s) entered(); }); }}>
        <label className="whole">Your token <input type="password" autoComplete="current-password" required value={token} onChange={(e) => setToken(e.target.value)} /></label>
        <button type="submit" disabled={busy}>Come in</button>
        {error && <Problems error={error} />}
      </form>
    </Page>
  );
}

/** The work that goes on, at the foot of every page. */
function Work({ session, cases }: { session: Session; cases: CaseRow[] }) {
  const { jobs, live } = useTold();
  const [gone, setGone] = useState<number[]>([]);
  const name = (of: string) => { const row = cases.find((c) => c.name === of); return row?.branch ? `branch “${row.branch.name}”` : of; };
  const list = Object.values(jobs).filter((j) => (j.state === 'waiting' || j.state === 'running' || (j.state === 'failed' && !gone.includes(j.id)))).sort((a, b) => a.id - b.id).slice(-4);
  return (
    <footer aria-live="polite">
      {!live && <p className="work">The room is not heard; what is shown may be old. Trying again…</p>}
      {list.map((j) => (
        <p key={j.id} className={'work ' + j.state}>
          <span>{name(j.case)}: {j.state === 'waiting' ? j.stage + ' waits' : j.state === 'failed' ? j.stage + ' failed: ' + j.message : j.step || j.stage}</span>
          {j.total > 0 && <progress max={j.total} value={j.done} aria-label={j.step} />}
          {j.total > 0 && <span className="faint">{j.done.toLocaleString('en')} of {j.total.toLocaleString('en')}</span>}
          {j.state === 'failed' ? <button type="button" className="quiet" onClick={() => setGone([...gone, j.id])}>close</button>
            : session.role !== 'reader' && <button type="button" className="quiet" onClick={() => void ask<Job>(`jobs/${j.id}`, undefined, 'DELETE')}>cancel</button>}
        </p>))}
    </footer>
  );
}

function Head({ cases, name, page, session, leave }: { cases: CaseRow[]; name: string; page: string; session: Session; leave: () => void }) {
  const [theme, turn] = useTheme();
  const row = cases.find((c) => c.name === name);
  return (
    <header>
      <a className="skip" href="#page" onClick={(e) => { e.preventDefault(); document.getElementById('page')?.focus(); }}>To the page</a>
      <div className="head">
        <strong className="brand">Casus</strong>
        <label className="case"><span className="hidden">Case</span><select value={name} onChange={(e) => { location.hash = address(e.target.value, page); }}>{cases.map((c) => <option key={c.name} value={c.name}>{c.branch ? `branch “${c.branch.name}”` : c.title}</option>)}</select></label>
        {row && <span className="asof">as of {row.as_of ? day(row.as_of) : '–'}</span>}
        {row && <Tlp mark={row.handling} />}
        <span className="spring" />
        <span className={'faint who' + (session.open ? ' open' : '')}>{session.open ? 'on this machine' : `${session.name}, ${session.role}`}</span>
        {!session.open && <button type="button" className="quiet" onClick={leave}>leave</button>}
        <a className="help" href={address(name, 'help')} aria-label="Help: every term">?</a>
        <button type="button" className="quiet" onClick={turn} aria-label={`Colours: ${theme}`}>{theme === 'auto' ? '◐' : theme === 'dark' ? '☾' : '☀'}</button>
      </div>
      <nav aria-label="Pages" ref={useInSight(page)}>{pages.map(([id, title]) => <a key={id} href={address(name, id)} aria-current={id === page ? 'page' : undefined}>{title}</a>)}</nav>
    </header>
  );
}

function InCase({ row, path, query, session }: { row: CaseRow; path: string[]; query: URLSearchParams; session: Session }) {
  // A case whose files were wrong from the start has no day.
  const read = row.as_of !== '';
  const view = useView<Case>(read ? `cases/${row.name}` : null, row.name);
  const go = useCallback((p: string, q?: Record<string, string>) => goTo(address(row.name, p, q)), [row.name]);
  const here = useMemo<Here | null>(() => (view.data ? { given: view.data, session, path, query, go } : null), [view.data, session, path, query, go]);
  const page = all.find(([id]) => id === path[0]);
  return (
    <>
      {row.problems.length > 0 && <Problems error={{ name: '', message: read ? 'The files of this case are wrong; the last good picture stays.' : 'The files of this case are wrong. It is shown once they are mended.', status: 422, problems: row.problems }} />}
      {row.branch && (
        <p className="branch" role="note"><strong>Branch “{row.branch.name}”</strong> by {row.branch.who}: what is changed here leaves the shared case alone. <a href={address(row.branch.of, 'branches', { with: String(row.branch.id) })}>Compare</a> · <a href={address(row.branch.of, path[0])}>back to the shared case</a></p>)}
      {view.error && !view.data && row.problems.length === 0 && <Problems error={view.error} />}
      {read && !view.data && !view.error && <p className="loading" role="status">Reading…</p>}
      {here && (page
        ? <HereContext.Provider value={here}><Suspense fallback={<p className="loading" role="status">Reading…</p>}>{page[2]}</Suspense></HereContext.Provider>
        : <Page title="There is no such page"><p><a href={address(row.name, 'picture')}>To the picture</a></p></Page>)}
    </>
  );
}

export function App() {
  const [turn, setTurn] = useState(0);
  const session = useView<Session>('session?' + turn);
  if (!session.data) return session.error ? <Problems error={session.error} /> : <p className="loading" role="status">Reading…</p>;
  if (session.data.role === 'none') return <Enter entered={() => setTurn(turn + 1)} />;
  return <Inside session={session.data} leave={() => void ask('session', undefined, 'DELETE').then(() => setTurn(turn + 1))} />;
}

function Inside({ session, leave }: { session: Session; leave: () => void }) {
  const hash = useHash();
  useEffect(listen, []);
  useEffect(() => { const quiet = setTimeout(() => ahead.forEach((read) => void read()), 1200); return () => clearTimeout(quiet); }, []);
  const cases = useView<{ cases: CaseRow[] }>('cases', '');
  const [address_, asked] = hash.replace(/^#\/?/, '').split('?');
  const steps = useMemo(() => address_.split('/').map(decodeURIComponent), [address_]);
  const query = useMemo(() => new URLSearchParams(asked ?? ''), [asked]);
  const path = useMemo(() => (steps.length > 1 && steps[1] ? steps.slice(1) : ['picture']), [steps]);
  const name = steps[0] || cases.data?.cases[0]?.name || '';
  const row = cases.data?.cases.find((c) => c.name === name);
  // Without a case in it an address would mean another case elsewhere.
  useEffect(() => { if (!steps[0] && name) { history.replaceState(null, '', address(name, path.join('/'))); dispatchEvent(new HashChangeEvent('hashchange')); } }, [steps, name, path]);
  useEffect(() => { document.title = `${all.find(([id]) => id === path[0])?.[1] ?? 'Casus'} · ${row?.title ?? 'Casus'}`; }, [path, row]);
  if (!cases.data) return cases.error ? <Problems error={cases.error} /> : <p className="loading" role="status">Reading…</p>;
  return (
    <>
      <Head cases={cases.data.cases} name={name} page={path[0]} session={session} leave={leave} />
      {row ? <InCase key={row.name} row={row} path={path} query={query} session={session} />
        : <Page title="There is no such case"><p>The room holds: {cases.data.cases.map((c, i) => <span key={c.name}>{i > 0 && ' · '}<a href={address(c.name, 'picture')}>{c.title}</a></span>)}</p></Page>}
      <Work session={session} cases={cases.data.cases} />
    </>
  );
}
