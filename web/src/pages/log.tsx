// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useView } from '../api';
import { moment, spoken } from '../format';
import { keepInAddress, Shown, Table, useHere, useKept, useKeptFlag } from '../parts';
import type { Entry } from '../types';

const shown = 50;

/** The detail of a change or a job is its JSON; target and value, or the stage, say enough. */
function detail(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const c = JSON.parse(text) as { target?: string; value?: unknown; stage?: string };
    return c.stage ?? ([c.target, typeof c.value === 'string' ? c.value : ''].filter(Boolean).join(' to ') || text);
  } catch { return text; }
}

/** Who did what, a page at a time; for admins alone. */
export default function LogView() {
  const { given } = useHere();
  const [all, setAll] = useKeptFlag('all');
  const [before] = useKept('before');
  const query = new URLSearchParams({ most: String(shown), ...(all ? {} : { case: given.name }), ...(before ? { before } : {}) });
  const view = useView<{ log: Entry[]; more: boolean }>(`log?${query}`, '');
  return (
    <>
      <div className="toolbar"><label><input type="checkbox" checked={all} onChange={() => { keepInAddress({ before: null }); setAll(!all); }} /> also other cases, branches, and who came and left</label></div>
      <Shown view={view}>{(v) => (
        <>
          {v.log.length === 0 && <p className="faint">{before ? 'Nothing is older.' : 'Nothing yet.'}</p>}
          {v.log.length > 0 && (
            <Table caption="The log, latest first" head={['When', 'Who', 'Role', ...(all ? ['Case'] : []), 'What', 'Detail']}>
              {v.log.map((e) => <tr key={e.id}><td className="day">{moment(e.at)}</td><td>{e.who}</td><td className="faint">{e.role}</td>{all && <td>{e.case}</td>}<td>{spoken(e.what)}</td><td className="wrap">{detail(e.detail)}</td></tr>)}
            </Table>)}
          <div className="toolbar">
            {before && <button type="button" onClick={() => keepInAddress({ before: null }, true)}>The latest</button>}
            {v.more && <button type="button" onClick={() => keepInAddress({ before: String(v.log.at(-1)!.id) }, true)}>Older</button>}
          </div>
        </>)}</Shown>
    </>
  );
}
