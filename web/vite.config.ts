// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** The pages carry the licences of what was built into them. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const id of Object.keys(file.modules)) {
          const inside = id.replace(/^\0/, '').match(/^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//);
          if (inside) folders.add(inside[1]);
        }
      }
      const texts = [...folders].sort().map((folder) => {
        const told = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
        return `${told.name} ${told.version} (${told.license})\n\n${file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : 'No licence file.'}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: 'What is built into these pages, beside Casus itself (Apache-2.0).\n\n' + texts.join('\n----\n\n') });
    },
  };
}

// `npm run dev` shows the pages as they are edited, with the data of a `casus serve` beside it.
export default defineConfig({
  plugins: [react(), licenses()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { fs: { allow: ['..'] }, proxy: { '/api': 'http://127.0.0.1:8030' } },
});
