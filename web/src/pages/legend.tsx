// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import type { Case } from '../types';
import { leader } from './standing';

const sideName = (given: Case, side: number) => (given.sides[side] ? 'side of ' + leader(given, side) : side === 1 ? 'ours' : 'theirs');
const Item = ({ children, text, wide = 34 }: { children: ReactNode; text: string; wide?: number }) => (
  <li><svg width={wide} height={22} viewBox={`0 0 ${wide} 22`} aria-hidden="true">{children}</svg> {text}</li>);

/** What the marks of the map mean, by the marks themselves; `future`: it shows the futures. */
export function Legend({ given, future }: { given: Case; future: boolean }) {
  const way = (name: string, y: number) => <g className={'route route-' + name}><g className="flow"><line x1={1} x2={33} y1={y} y2={y} strokeWidth={name === 'road' ? 1.4 : 2.6} /></g></g>;
  return (
    <>
      <ul className="legend" aria-label="Legend">
        <Item text="men: dot the mean, inner ring nearly sure, outer nine in ten"><g className="rings"><circle className="reach" cx={17} cy={11} r={10} /><circle className="sure" cx={17} cy={11} r={5} /><circle className="dot" cx={17} cy={11} r={2.5} /></g></Item>
        <Item text="an army too large to draw"><g className="rings army"><circle className="reach" cx={17} cy={11} r={10} /><circle className="dot" cx={17} cy={11} r={3} /></g></Item>
        <Item text={sideName(given, 1)}><rect className="frame friend" x={5} y={4} width={24} height={15} /></Item>
        <Item text={sideName(given, 0)}><path className="frame hostile" d="M17 1L27 11L17 21L7 11Z" /></Item>
        <Item text="neither"><rect className="frame neutral" x={8} y={2} width={18} height={18} /></Item>
        <Item text="two more under the mark"><g className="more"><circle cx={17} cy={11} r={8} /><text x={17} y={14.5} textAnchor="middle">+2</text></g></Item>
        <Item text="on the move"><g className="rings"><circle className="dot" cx={17} cy={11} r={3.5} /><circle className="pulse still" cx={17} cy={11} r={8} /></g></Item>
        <Item text="men by rail">{way('rail', 11)}</Item><Item text="sea">{way('sea', 11)}</Item><Item text="road">{way('road', 11)}</Item><Item text="air">{way('air', 11)}</Item>
        {given.map.sectors.length > 0 && <Item text="front"><g className="sector"><path className="now" d="M2 11H32" /></g></Item>}
        {given.map.sectors.length > 0 && future && <Item text="front in the middle future; band: nine in ten"><g className="sector"><path className="spread" d="M2 3H32V19H2Z" /><path className="then" d="M2 11H32" /></g></Item>}
      </ul>
      <details className="legend-more faint"><summary>How to read it</summary>
        <p>Areas are as numbers of men. Frames are those of APP-6; arrows are in the colour of the side. {given.map.sectors.length > 0 && 'The front runs through the middles of its sectors, each as long as the case says. '}{future && 'A future knows whether men fight, travel or wait, not where on the way: they are drawn at their front, halfway along their route, or at the last station before it. '}Keys: arrows move, + and − zoom, 0 shows all, Tab goes from mark to mark, Enter opens. Two fingers zoom.</p></details>
    </>
  );
}
