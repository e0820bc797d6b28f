// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { number, percent } from '../format';
import { answer, Bar, Run, Table, Term, To, useHere } from '../parts';
import type { Analysts } from '../types';

/** What several analysts think, beside what the engine makes of the reports: opinions move no posterior. */
export default function AnalystsView({ of }: { of?: Analysts }) {
  const { given } = useHere();
  if (!of) return <p className="faint">No analyst has written down a view. A file <code>analysts.yaml</code> in the case’s folder holds their probabilities by question; it is read whenever the case is assessed. <Run stage="assess" again /></p>;
  const name = (id: string) => of.views.find((v) => v.id === id)?.name ?? id;
  return (
    <>
      <p>{of.views.length} analysts, each made <Term of="coherent" /> first, then pooled ({of.pool === 'linear' ? 'mean of probabilities' : 'mean of log odds'}). Opinions are no evidence: they stand beside the posterior and do not move it. Who is farther than {percent(of.band)} from the pool <Term of="dissent">dissents</Term>.</p>
      <Table caption="Analysts" head={['Analyst', '>Weight', '>Questions', '>Moved to be coherent', '>Dissents on']}>
        {of.views.map((v) => <tr key={v.id}><th scope="row">{v.name}</th><td className="n">{number(v.weight)}</td><td className="n">{v.hypotheses.length}</td><td className="n">{v.incoherence.toFixed(3)}</td><td className="n">{v.hypotheses.filter((h) => h.dissents).length}</td></tr>)}
      </Table>
      {of.hypotheses.map((h) => {
        const speakers = of.views.filter((v) => v.hypotheses.some((x) => x.id === h.id));
        return (
          <section key={h.id}>
            <h3><To page={'hypotheses/' + h.id}>{given.hypotheses.find((x) => x.id === h.id)?.text ?? h.id}</To></h3>
            <Table caption={`Mean distance of any two ${percent(h.disagreement)}; farthest from the engine: ${name(h.farthest_from_engine.analyst)}, ${percent(h.farthest_from_engine.distance)}`} head={['Answer', 'Engine', 'Pool', ...speakers.map((v) => '>' + v.name)]}>
              {h.states.map((s) => (
                <tr key={s.id}><th scope="row">{answer(given, h.id, s.id)}</th><td className="tight"><Bar p={s.engine} /> {percent(s.engine)}</td><td className="tight"><Bar p={s.p} low={s.low} high={s.high} /> {percent(s.p)}</td>
                  {speakers.map((v) => { const x = v.hypotheses.find((y) => y.id === h.id)!, one = x.states.find((y) => y.id === s.id)!; return (
                    <td key={v.id} className="n">{x.dissents ? <strong>{percent(one.p)}</strong> : percent(one.p)}{one.stated !== null && Math.abs(one.stated - one.p) >= 0.005 && <span className="faint"> said {percent(one.stated)}</span>}</td>); })}</tr>))}
            </Table>
            {h.dissent.length > 0 && <p>Dissents: {h.dissent.map(name).join(', ')}.</p>}
          </section>);
      })}
    </>
  );
}
