// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { Page } from '../parts';
import { terms } from '../terms';

/** Every term that explains itself on a page, in one list: for phones and for paper. */
export default function HelpPage() {
  return (
    <Page title="Words" lead="Every term of these pages. Where one is underlined with dots, it says the same.">
      <dl className="words">{Object.entries(terms).sort(([a], [b]) => a.localeCompare(b, 'en', { sensitivity: 'base' })).map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>
    </Page>
  );
}
