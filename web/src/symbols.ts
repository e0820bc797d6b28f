// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { Case, Contingent } from './types';

type Make = (k: Contingent, given: Case, size: number) => string;
let made: Make | null = null;

// APP-6(D) / MIL-STD-2525D: version 10, reality, standard identity, land unit, present, echelon, entity.
// Sides are told apart by the shape of the frame, not by colour alone.
const entity: Record<string, string> = { assault: '121100', hold: '121100', rear: '140700', technical: '130700', labour: '160000' };
function code(k: Contingent, given: Case) {
  const mine = given.sides.length === 2 ? 1 : 0;
  const identity = k.side === null ? '4' : k.side === mine ? '3' : '6';
  return `100${identity}100000${entity[k.role] ?? '000000'}0000`;
}

/** Draws unit symbols once their library is there: it is large, and only the map needs it. */
export function useSymbols() {
  const [, ready] = useState(made !== null);
  useEffect(() => {
    if (made) return;
    void import('milsymbol').then(({ default: ms }) => {
      made = (k, given, size) => {
        const s = new ms.Symbol(code(k, given), { size });
        return 'data:image/svg+xml;utf8,' + encodeURIComponent(s.asSVG());
      };
      ready(true);
    });
  }, []);
  return made;
}
