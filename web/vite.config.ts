// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows the pages as they are edited, with the data of a `casus serve` beside it.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { fs: { allow: ['..'] }, proxy: { '/api': 'http://127.0.0.1:8030' } },
});
