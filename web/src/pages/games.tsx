// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { number, percent, spoken, worth } from '../format';
import { Bar, Table, Term, useHere, useKeptFlag, useNarrow } from '../parts';
import type { Band, Decision, Game } from '../types';

/** What is known at a decision: earlier choices by move, and the hidden type where the player knows it. */
function knownAt(d: Decision): { seen: Map<string, string>; type?: string } {
  const seen = new Map<string, string>();
  let type: string | undefined;
  const [first, second] = d.knows.split('; ');
  for (const part of (first ?? '').split(', ').filter(Boolean)) {
    const at = part.indexOf(': ');
    if (at < 0) type = part; else seen.set(part.slice(0, at), part.slice(at + 2));
  }
  return { seen, type: second ?? type };
}

interface Branch { label: string; p: number; band?: Band; reach: number; player?: number; move?: string; next: Branch[]; row: number }

/** The tree of a game from its information sets: chance first, then the moves in their order. */
function treeOf(g: Game, least: number): { root: Branch; rows: number; depth: number; hidden: number } {
  const sets = g.decisions.map((d) => ({ d, ...knownAt(d) }));
  const moves = [...new Set(g.decisions.map((d) => d.move))];
  const types = [...new Set(sets.map((s) => s.type).filter((t): t is string => t !== undefined))];
  let rows = 0, hidden = 0;
  const grow = (branch: Branch, m: number, made: Map<string, string>, type?: string): Branch => {
    if (m === moves.length) { branch.row = rows++; return branch; }
    const fits = sets.find((s) => s.d.move === moves[m] && (s.type === undefined || s.type === type) && [...s.seen].every(([k, v]) => made.get(k) === v));
    if (!fits) { branch.row = rows++; return branch; }
    branch.player = fits.d.player;
    branch.move = fits.d.move;
    for (const c of fits.d.choices) {
      const reach = branch.reach * c.p.value;
      if (reach < least) { hidden++; continue; }
      branch.next.push(grow({ label: spoken(c.id), p: c.p.value, band: c.p, reach, next: [], row: 0 }, m + 1, new Map([...made, [moves[m], c.id]]), type));
    }
    branch.row = branch.next.length === 0 ? rows++ : (branch.next[0].row + branch.next.at(-1)!.row) / 2;
    return branch;
  };
  const root: Branch = { label: '', p: 1, reach: 1, next: [], row: 0 };
  if (types.length === 2) {
    root.move = 'chance';
    root.next = types.map((t, i) => { const p = i === 0 ? g.p_first_type : 1 - g.p_first_type; return grow({ label: t, p, reach: p, next: [], row: 0 }, 0, new Map(), t); });
    root.row = (root.next[0].row + root.next[1].row) / 2;
  } else {
    grow(root, 0, new Map());
  }
  return { root, rows, depth: moves.length + (types.length === 2 ? 1 : 0), hidden };
}

function Tree({ g, names }: { g: Game; names: string[] }) {
  const [whole, setWhole] = useKeptFlag('whole');
  const { root, rows, depth, hidden } = treeOf(g, whole ? 0 : 0.01);
  const narrow = useNarrow();
  const column = 240, line = 44, top = 26;
  const x = (d: number) => 14 + column * d, y = (row: number) => top + line * (row + 0.5);
  const heads: string[] = [];
  const drawn: React.ReactNode[] = [];
  const draw = (b: Branch, d: number) => {
    if (b.move) heads[d] ??= b.move === 'chance' ? 'hidden' : `${names[b.player!]}: ${spoken(b.move)}`;
    for (const n of b.next) {
      const [x1, y1, x2, y2] = [x(d), y(b.row), x(d + 1), y(n.row)];
      drawn.push(<path key={`e${d} ${n.row} ${n.label}`} className={'edge player-' + (b.player === undefined ? 'none' : b.player % 4)} style={{ strokeWidth: 0.8 + 9 * Math.sqrt(n.reach) * Math.min(1, n.p) }} d={`M${x1} ${y1} C ${x1 + 26} ${y1} ${x1 + 14} ${y2} ${x1 + 44} ${y2} H ${x2}`}><title>{`${n.label}: ${percent(n.p)}${n.band ? `, band ${percent(n.band.low)} to ${percent(n.band.high)}` : ''}; reached in ${percent(n.reach)}`}</title></path>,
        <text key={`t${d} ${n.row} ${n.label}`} x={x1 + 48} y={y2 - 5}>{n.label.length > 24 ? n.label.slice(0, 23) + '…' : n.label} <tspan className="p">{percent(n.p)}</tspan></text>,
        ...(n.band && n.band.high - n.band.low > 0.005 ? [<text key={`b${d} ${n.row} ${n.label}`} className="band-text" x={x1 + 48} y={y2 + 12}>{percent(n.band.low)} to {percent(n.band.high)}</text>] : []));
      draw(n, d + 1);
    }
    drawn.push(<circle key={`n${d} ${b.row}`} className={'node player-' + (b.player === undefined ? 'none' : b.player % 4)} cx={x(d)} cy={y(b.row)} r={b.next.length ? 5 : 2.5} />);
    if (b.next.length === 0) drawn.push(<text key={`r${d} ${b.row}`} className="reach" x={x(d) + 8} y={y(b.row) + 4}>{percent(b.reach)}</text>);
  };
  draw(root, 0);
  const width = x(depth) + 70, height = top + line * rows + 8;
  return (
    <>
      <div className="tree" tabIndex={0} role="region" aria-label={'The tree of the game ' + g.name}>
        <svg viewBox={`0 0 ${width} ${height}`} style={{ minWidth: narrow ? width : Math.min(width, 900) }} role="img" aria-label={`Likeliest courses: ${g.lines.slice(0, 3).map((l) => `${l.choices.map(spoken).join(', ')}: ${percent(l.drawn)}`).join('; ')}`}>
          {heads.map((h, d) => <text key={h} className="head" x={x(d)} y={14}>{h.length > 32 ? h.slice(0, 31) + '…' : h}</text>)}
          {drawn}
        </svg>
      </div>
      <p className="faint">Every choice with its probability in the <Term of="equilibrium" /> and below it the <Term of="band" />; at the ends, how often play comes there. {(hidden > 0 || whole) && <button type="button" className="quiet" onClick={() => setWhole(!whole)}>{whole ? 'only what is played' : `also the ${hidden} branches played in less than one of a hundred`}</button>}</p>
    </>
  );
}

function One({ g }: { g: Game }) {
  const { given } = useHere();
  const names = g.players.map((id) => given.actors.find((a) => a.id === id)?.name ?? spoken(id));
  const [rare, setRare] = useKeptFlag('rare');
  const shown = g.decisions.filter((d) => rare || d.reached >= 0.05);
  const root = g.decisions.filter((d) => d.choices[0].payoffs.length > 0);
  return (
    <article>
      <h2>{g.name}</h2>
      <p>Payoffs are means over {g.futures.toLocaleString('en')} futures of {g.weeks} weeks down each of {g.branches} branches, on the same luck. {g.type && <>Hidden: {g.type}; the first kind has {percent(g.p_first_type)}. </>}The equilibrium leaves nobody {g.regret < 1e-4 ? 'anything' : `more than ${number(g.regret)}`} to gain alone. {g.note && <span className="faint">Found: {g.note}.</span>}</p>
      <Tree g={g} names={names} />
      <div className="columns even">
        <div>
          <h3>Likeliest courses</h3>
          <ol>{g.lines.slice(0, 6).map((l, i) => <li key={i}>{l.choices.map(spoken).join(' → ')}: <strong>{percent(l.drawn)}</strong></li>)}</ol>
        </div>
        <div>
          <h3>Worth of it to each</h3>
          <Table caption="Payoffs in the equilibrium" head={['Player', '>Worth', '>Band']}>
            {names.map((n, i) => <tr key={n}><th scope="row">{n}</th><td className="n">{worth(g.payoffs[i].value)}</td><td className="n faint">{worth(g.payoffs[i].low)} … {worth(g.payoffs[i].high)}</td></tr>)}
          </Table>
        </div>
      </div>
      {root.length > 0 && (
        <Table caption="What each first choice is worth to all, if play goes on as in the equilibrium" head={['First choice', '>Equilibrium', '>With the noise of governments', ...names.map((n) => '>' + n)]}>
          {root.flatMap((d) => d.choices.map((c, k) => (
            <tr key={d.knows + c.id}><th scope="row">{spoken(c.id)} {d.knows && <span className="faint">knowing {spoken(d.knows)}</span>}</th><td className="n">{percent(c.p.value)}</td><td className="n">{percent(g.noisy_root[k])}</td>
              {c.payoffs.map((b, i) => <td key={i} className="n">{worth(b.value)} <span className="faint">{worth(b.low)} … {worth(b.high)}</span></td>)}</tr>)))}
        </Table>)}
      <Table matrix caption="Decisions" head={['Who', 'Knowing', '>Comes to this', 'Chooses', 'Equilibrium', '>Band', '>First choice in draws']}>
        {shown.flatMap((d) => d.choices.map((c, k) => (
          <tr key={d.move + d.knows + c.id}>{k === 0 && <><th scope="row" rowSpan={d.choices.length}>{names[d.player]}<br /><span className="faint small">{spoken(d.move)}{d.undecided && ': undecided'}</span></th><td rowSpan={d.choices.length}>{d.knows ? spoken(d.knows) : 'nothing'}</td><td rowSpan={d.choices.length} className="n">{percent(d.reached)}</td></>}
            <td>{spoken(c.id)}</td><td className="tight"><Bar p={c.p.value} low={c.p.low} high={c.p.high} /> {percent(c.p.value)}</td><td className="n faint">{percent(c.p.low)} to {percent(c.p.high)}</td><td className="n">{percent(c.best)}</td></tr>)))}
      </Table>
      <button type="button" className="quiet" onClick={() => setRare(!rare)}>{rare ? 'only what is come to' : 'also decisions that are hardly come to'}</button>
    </article>
  );
}

export default function GamesView({ games }: { games: Game[] }) {
  const { query, go } = useHere();
  const one = games.find((g) => g.id === query.get('game')) ?? games[0];
  return (
    <>
      {games.length > 1 && <label>Game <select value={one.id} onChange={(e) => go('options/games', { game: e.target.value })}>{games.map((g) => <option key={g.id} value={g.id}>{g.name}</option>)}</select></label>}
      <One key={one.id} g={one} />
    </>
  );
}
