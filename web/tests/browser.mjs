// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What the tests of the pages share: Debian's Chromium, driven by playwright-core.
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const haveBrowser = existsSync(executablePath);

export const launch = () => chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export const views = (name) => ({
  picture: `#/${name}/picture`,
  picture_past: `#/${name}/picture?t=2024-10-18`,
  picture_future: `#/${name}/picture?t=w20`,
  picture_why: `#/${name}/picture?force=kp_assault&place=kursk`,
  picture_front: `#/${name}/picture?t=w30&see=48.5+37+9&sector=pokrovsk_kurakhove`,
  picture_reports: `#/${name}/picture?layers=routes+reports+names&near=51.7+36.2+150`,
  reports: `#/${name}/reports`,
  report: `#/${name}/reports/k-20241031-blinken-8000`,
  lineage: `#/${name}/reports/lineage`,
  sources: `#/${name}/reports/sources`,
  hypotheses: `#/${name}/hypotheses`,
  hypothesis: `#/${name}/hypotheses/dprk_troops_in_russia`,
  analysts: `#/${name}/hypotheses/analysts`,
  futures: `#/${name}/futures`,
  story: `#/${name}/futures/go_on/3`,
  courses: `#/${name}/futures/courses`,
  options: `#/${name}/options`,
  turning: `#/${name}/options/turning`,
  values: `#/${name}/options/values`,
  plans: `#/${name}/options/plans`,
  robustness: `#/${name}/options/robustness`,
  games: `#/${name}/options/games`,
  settlement: `#/${name}/options/settlement?day=1&package=p17`,
  collection: `#/${name}/collection`,
  brief: `#/${name}/brief`,
  model: `#/${name}/model?find=front`,
  branches: `#/${name}/branches`,
  changes: `#/${name}/changes?since=2024-10-18`,
  log: `#/${name}/changes/log?all=yes`,
  help: `#/${name}/help`,
});

export const settled = async (page) => {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('.loading'), undefined, { timeout: 60000 });
  await page.waitForTimeout(250);
};

/** Pictures of every view in both widths and both colours, to be looked at. */
export async function shoot(browser, address, folder, only = () => true) {
  mkdirSync(folder, { recursive: true });
  for (const [width, height, colorScheme] of [[1440, 900, 'light'], [1440, 900, 'dark'], [390, 844, 'light'], [390, 844, 'dark']]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    for (const [id, hash] of Object.entries(views('dprk-2024'))) {
      if (!only(id)) continue;
      await page.goto(address + hash);
      await settled(page);
      await page.setViewportSize({ width, height: width === 390 ? 1700 : 1500 });
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${folder}/${id}-${width}-${colorScheme}.png` });
      await page.setViewportSize({ width, height });
    }
    await page.close();
  }
}
