// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { FanChart, isLevel, type Fan } from '../charts';
import { amount, day, percent, spoken, unitText, weekDay, worth } from '../format';
import { address, keepInAddress, Old, Page, Shown, Table, Term, To, sided, useHere, useKeptFlag, useStage, Views } from '../parts';
import type { Case, Comparison, Futures, Series, Story } from '../types';

function StoryPage({ option, future, meta }: { option: string; future: number; meta: Futures }) {
  const { given, go } = useHere();
  // A story is played anew, which takes the case as it was.
  const view = useStage<Story>('futures', meta.old ? null : `cases/${given.name}/futures/${option}/stories/${future}`);
  const [all, setAll] = useKeptFlag('all');
  const [why, setWhy] = useState<number>();
  return (
    <article className="detail">
      <h2>Future {future} under “{given.options.find((o) => o.id === option)?.name ?? option}”</h2>
      <div className="toolbar">
        <button type="button" disabled={future === 0} onClick={() => go(`futures/${option}/${future - 1}`)}>‹ the one before</button>
        <button type="button" disabled={future >= meta.futures - 1} onClick={() => go(`futures/${option}/${future + 1}`)}>the next ›</button>
        <a href={address(given.name, 'picture', { t: 'w0', option, future: String(future) })}>on the map</a>
        <label><input type="checkbox" checked={all} onChange={() => setAll(!all)} /> also what goes on every week</label>
      </div>
      {meta.old ? <p className="faint">A future is told from the case it was played from, and the case changed since.</p> : <Shown view={view} stage="play">{(s) => {
        const events = s.events.map((e, i) => ({ e, i })).filter(({ e }) => all || e.weight < 2);
        return (
          <>
            {events.length === 0 && <p className="faint">Nothing of note happens.</p>}
            <ol className="story">{events.map(({ e, i }) => (
              <li key={i}><time dateTime={e.monday}>{day(e.monday)}</time> <span>{e.sentence}
                {(e.because.length > 0 || e.reasons.length > 0) && <button type="button" className="quiet" aria-expanded={why === i} onClick={() => setWhy(why === i ? undefined : i)}>why?</button>}
                {why === i && <span className="reasons">{e.chance !== null && <>It had a chance of {percent(e.chance)} that week. </>}{e.reasons.length > 0 && <>Weighed: {e.reasons.join('; ')}. </>}
                  {e.because.length > 0 && <>After: {e.because.slice(0, 4).map((b) => s.events[b]?.sentence).filter(Boolean).join(' · ')}</>}</span>}</span></li>))}</ol>
            <Table caption="How it ends" head={['Measure', '>Value']}>
              {meta.measures.map((m) => <tr key={m.name}><th scope="row">{sided(given, m.meaning)}</th><td className="n">{m.unit === '0/1' ? (s.outcome[m.name] === 1 ? 'yes' : 'no') : amount(s.outcome[m.name], m.unit)} <span className="faint">{unitText(m.unit)}</span></td></tr>)}
            </Table>
          </>);
      }}</Shown>}
    </article>
  );
}

const monthOf = (given: Case, every: number) => (w: number) => day(weekDay(given.first_week, w * every)).replace(/^(\w+) \d+, /, '$1 ');
const entityName = (given: Case, id: string) => given.actors.find((a) => a.id === id)?.name ?? given.map.sectors.find((s) => s.id === id)?.name ?? given.map.contingents.find((c) => c.id === id)?.name ?? spoken(id);

/** A fan for every entity; those that are the same in every future stand in one line. */
function FanList({ s, title, fanOf }: { s: Series; title: string; fanOf: (r: Series['series'][number]) => Partial<Fan> }) {
  const { given } = useHere();
  const fans = s.series.map((r): Fan => ({ label: r.entities.map((id) => entityName(given, id)).join(' to ') || spoken(s.variable), mean: r.mean, quantiles: r.quantiles, ...fanOf(r) }));
  const level = fans.filter(isLevel);
  return (
    <>
      <div className="fans">{fans.filter((f) => !isLevel(f)).map((f) => <FanChart key={f.label} unit={s.unit} title={`${title}, ${f.label}`} xText={monthOf(given, s.every)} fan={f} />)}</div>
      {level.length > 0 && <p className="faint">The same in every future: {level.map((f, i) => <span key={f.label}>{i > 0 && '; '}{f.label} <strong>{amount(f.quantiles[2][0], s.unit)}</strong> {unitText(s.unit)}</span>)}.</p>}
    </>
  );
}

function Fans({ meta, option, variable }: { meta: Futures; option: string; variable: string }) {
  const { given } = useHere();
  const view = useStage<Series>('futures', `cases/${given.name}/futures/${option}/series/${variable}`);
  const [single, setSingle] = useKeptFlag('alone', true);
  const told = meta.variables.find((v) => v.variable === variable);
  const meaning = sided(given, told?.meaning ?? '');
  return (
    <>
      <p>{meaning.slice(0, 1).toUpperCase() + meaning.slice(1)}. <Term of="fan">How to read a fan</Term> <label className="check"><input type="checkbox" checked={single} onChange={() => setSingle(!single)} /> with some futures alone</label></p>
      <Shown view={view} stage="play">{(s) => <FanList s={s} title={meaning || spoken(variable)} fanOf={(r) => ({ futures: single ? r.futures : undefined })} />}</Shown>
    </>
  );
}

function Stories({ meta, option }: { meta: Futures; option: string }) {
  const { given } = useHere();
  const view = useStage<Comparison>('comparison', `cases/${given.name}/comparison`);
  const one = view.data?.options.find((o) => o.id === option);
  return (
    <p>{one && <><To page={`futures/${option}/${one.most_likely}`}>the most likely future as a story</To> · <To page={`futures/${option}/${one.most_dangerous}`}>the most dangerous</To> · </>}
      {[0, 1, 2, 3].filter((n) => n < meta.futures).map((n) => <span key={n}><To page={`futures/${option}/${n}`}>future {n}</To> </span>)}</p>
  );
}

/** The groups of like futures of one option, each told by one of them. */
function CoursesView({ meta, option }: { meta: Futures; option: string }) {
  const { given, query } = useHere();
  const view = useStage<Comparison>('comparison', `cases/${given.name}/comparison`);
  const c = view.data?.options.find((o) => o.id === option)?.courses;
  const variable = query.get('variable') ?? c?.variables.find((v) => v === 'in_combat') ?? c?.variables[0] ?? meta.variables[0].variable;
  const series = useStage<Series>('futures', c ? `cases/${given.name}/futures/${option}/series/${variable}` : null);
  const told = (id: string) => meta.measures.find((m) => m.name === id);
  const letter = (i: number) => String.fromCharCode(65 + i);
  return (
    <Shown view={view} stage="weigh">{(all) => !c ? <p className="faint">This option was not weighed.</p> : (
      <>
        <Old old={all.old} stage="weigh" />
        <p>{c.groups.length} groups of futures that go much the same way, by {c.of === 'trajectories' ? 'what the decision maker weighs, week by week' : 'their outcomes'}. <Term of="silhouette">Silhouette</Term> {c.silhouette.toFixed(2)}, against {c.reference.toFixed(2)} where futures of the same spread have no groups{c.groups.length === 1 ? ': they do not fall into groups' : c.silhouette <= 0.5 && ': weak, most futures lie between the groups as much as in them'}.</p>
        <Table caption="Courses, the likeliest first" head={['', 'Share', 'What sets it apart', '>Worth', '>In the worst tenth', <span key="o" className="right"><Term of="overlap">Overlap when drawn again</Term></span>, 'Told by']}>
          {[...c.groups.map((g, i) => ({ g, id: letter(i) })), { g: c.danger, id: 'bad end' }].map(({ g, id }) => (
            <tr key={id}><td><strong>{id}</strong></td><td className="tight">{percent(g.share)} <span className="faint">± {Math.round(200 * g.error)}</span></td>
              <td>{g.marks.length === 0 ? <span className="faint">nothing by itself</span> : g.marks.map((m) => <span key={m.measure}>{sided(given, told(m.measure)?.meaning ?? spoken(m.measure))}: <strong>{amount(m.mean, told(m.measure)?.unit ?? '')}</strong>, elsewhere {amount(m.elsewhere, told(m.measure)?.unit ?? '')} <span className="faint">{unitText(told(m.measure)?.unit ?? '')}</span><br /></span>)}</td>
              <td className="n">{worth(g.value)}</td><td className="n">{percent(g.worst_tenth)}</td><td className="n">{id === 'bad end' ? '–' : g.stability.toFixed(2)}</td>
              <td><To page={`futures/${option}/${g.medoid}`}>future {g.medoid}</To></td></tr>))}
        </Table>
        <label>Week by week <select value={variable} onChange={(e) => keepInAddress({ option, variable: e.target.value }, true)}>{meta.variables.map((v) => <option key={v.variable} value={v.variable}>{spoken(v.variable)}{c.variables.includes(v.variable) ? '' : ' (not grouped by)'}</option>)}</select></label>
        <Shown view={series} stage="play">{(s) => <FanList s={s} title={spoken(variable)} fanOf={(r) => ({ courses: r.courses.map((values, i) => ({ label: i < c.groups.length ? letter(i) : 'bad end', values })) })} />}</Shown>
      </>)}</Shown>
  );
}

export default function FuturesPage() {
  const { given, path, query, go } = useHere();
  const view = useStage<Futures>('futures', `cases/${given.name}/futures`);
  return (
    <Page title="What may happen" lead={<>Many <Term of="future">futures</Term> of the whole crisis, each from a draw of what is believed, played week by week.</>}>
      <Shown view={view} stage="play">{(meta) => {
        const grouped = path[1] === 'courses';
        const option = query.get('option') ?? (grouped ? undefined : path[1]) ?? meta.options[0];
        const variable = query.get('variable') ?? meta.variables.find((v) => v.variable === 'in_combat')?.variable ?? meta.variables[0].variable;
        const future = path[2] === undefined ? NaN : Number(path[2]);
        if (!meta.options.includes(option)) return <p className="problems" role="alert">No futures of {option} were played.</p>;
        return (
          <>
            <Views of="futures" list={[['', 'Fans and stories'], ['courses', 'Courses']]} now={grouped ? 'courses' : ''} />
            <Old old={meta.old} stage="play" />
            <p className="faint">{meta.futures.toLocaleString('en')} futures of each of {meta.options.length} options over {meta.weeks} weeks.</p>
            <div className="toolbar">
              <label>Option <select value={option} onChange={(e) => Number.isNaN(future) ? keepInAddress({ option: e.target.value }, true) : go(`futures/${e.target.value}/${future}`)}>{meta.options.map((o) => <option key={o} value={o}>{given.options.find((x) => x.id === o)?.name ?? o}</option>)}</select></label>
              {!grouped && <label>Quantity <select value={variable} onChange={(e) => keepInAddress({ option, variable: e.target.value }, true)}>{meta.variables.map((v) => <option key={v.variable} value={v.variable}>{spoken(v.variable)}</option>)}</select></label>}
            </div>
            {grouped ? <CoursesView meta={meta} option={option} /> : <>
            <Stories meta={meta} option={option} />
            {Number.isInteger(future) && meta.old ? <p className="faint">The case changed since these futures were played; no story can be told of them.</p> : Number.isInteger(future) ? <StoryPage key={option + future} option={option} future={future} meta={meta} /> : <Fans meta={meta} option={option} variable={variable} />}</>}
          </>);
      }}</Shown>
    </Page>
  );
}
