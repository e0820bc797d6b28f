// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The pages in a real browser, on cases/dprk-2024. Usage: node tests/room.mjs PROGRAM SOURCE
// PAGES=off leaves the round of all pages out; SHOTS=FOLDER keeps pictures of them; TIMES=only stops after the times.
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { executablePath, haveBrowser, launch, settled, shoot, views } from './browser.mjs';
import { map } from './map.mjs';

if (!haveBrowser) {
  console.log(`skipped: no ${executablePath}`);
  process.exit(77);
}
const [program, source] = process.argv.slice(2).map((p) => resolve(p));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const home = mkdtempSync(join(tmpdir(), 'casus-room-'));
cpSync(join(source, 'cases', 'dprk-2024'), join(home, 'cases', 'dprk-2024'), { recursive: true });
cpSync(join(source, 'cases', 'theatres'), join(home, 'cases', 'theatres'), { recursive: true });
const failures = [];
const check = (good, what) => { if (!good) { failures.push(what); console.log('FAILED:', what); } };
const step = (what) => console.log('·', what);

let server;
async function start(port = 0) {
  server = spawn(program, ['serve', 'cases/dprk-2024', '--port', String(port), '--futures', '32', '--game-futures', '16', '--web', join(source, 'web', 'dist')],
    { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((done) => { let text = ''; server.stdout.on('data', (d) => { text += d; if (text.includes('\n')) done(text); }); });
  return line.match(/http:\S+\//)[0];
}
const stop = (how) => new Promise((done) => { server.on('exit', done); server.kill(how); });

const address = await start();
const port = Number(new URL(address).port);
const api = async (path, body) => {
  const r = await fetch(address + 'api/' + path, body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return { status: r.status, data: await r.json() };
};
const browser = await launch();
let complaints = [];
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(String(e)));
  return page;
};
const go = async (page, hash) => { await page.goto(address + hash); await settled(page); };
// The time from what a person does until what it shows is painted; a busy machine is not held to it.
const slow = [];
async function timed(page, what, act, seen, times = 1, back = undefined) {
  const took = [];
  for (let i = 0; i < times; i++) {
    took.push(await page.evaluate(async ([a, s]) => {
      const is = () => {
        const found = [...document.querySelectorAll(s.selector)].some((e) => !s.text || e.textContent.includes(s.text));
        return s.gone ? !found : found;
      };
      const element = [...document.querySelectorAll(a.selector)].find((e) => !a.text || e.textContent.includes(a.text));
      if (!element) return NaN;
      const from = performance.now();
      if (a.value === undefined) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      else {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, a.value);
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }
      while (!is() && performance.now() - from < 20000) await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - from;
    }, [act, seen]));
    if (back) await back();
  }
  took.sort((a, b) => a - b);
  const middle = took[Math.floor(took.length / 2)];
  console.log(`  ${what}: ${Math.round(middle)} ms${times > 1 ? ` (median of ${times})` : ''}`);
  check(Number.isFinite(middle) && middle < 20000, `${what}: nothing came of it`);
  if (middle > 100) slow.push(`${what}: ${Math.round(middle)} ms`);
}
const quiet = (what) => { check(complaints.length === 0, `${what}: the console says ${complaints.slice(0, 3).join(' | ')}`); complaints = []; };

try { whole: {
  step('what is sent is as large as the documents say');
  const assets = join(source, 'web', 'dist', 'assets'), told = readFileSync(join(source, 'docs', 'room.md'), 'utf8');
  const kilobytes = (name) => readdirSync(assets).filter((f) => name.test(f)).reduce((n, f) => n + gzipSync(readFileSync(join(assets, f)), { level: 9 }).length / 1000, 0);
  for (const [name, said] of [[/^index-.*js$/, /(\d+) kB of scripts/], [/^index-.*css$/, /(\d+) kB of style/], [/^base\.topo/, /(\d+) kB of base map/], [/^milsymbol/, /(\d+) kB of unit symbols/]]) {
    check(Math.abs(kilobytes(name) - Number(told.match(said)?.[1])) <= 2, `${name} is ${kilobytes(name).toFixed(1)} kB, docs/room.md says ${told.match(said)?.[1]}`);
  }
  const page = await open();
  step('nothing is made yet: empty states, and the way out');
  for (const id of ['options', 'futures', 'brief']) {
    await go(page, `#/dprk-2024/${id}`);
    check(await page.locator('.empty button').count() === 1, `${id} offers to make what is missing`);
  }
  for (const id of ['picture', 'collection', 'options/robustness', 'options/games', 'futures/courses', 'branches', 'changes']) await go(page, `#/dprk-2024/${id}`);
  quiet('empty states');
  await go(page, '#/dprk-2024/brief');
  await page.locator('.empty button', { hasText: 'brief' }).click();
  await page.locator('footer progress').waitFor({ timeout: 120000 });
  step('live progress is shown');
  await page.locator('iframe#brief').waitFor({ timeout: 600000 });
  await page.waitForFunction(() => !document.querySelector('.work'));

  step('every page, in both widths and colours: console, first paint, axe');
  for (const [width, colorScheme] of process.env.PAGES === 'off' ? [] : [[1440, 'light'], [390, 'dark']]) {
    const p = await open({ viewport: { width, height: 844 }, colorScheme });
    const paints = [];
    for (const [id, hash] of Object.entries(views('dprk-2024'))) {
      await p.goto('about:blank');
      await go(p, hash);
      const told = await p.evaluate(() => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        over: document.documentElement.scrollWidth - innerWidth,
      }));
      check(told.over <= 0, `${id} at ${width}: ${told.over} px wider than the screen`);
      paints.push([told.paint, id]);
      // On a machine that does much else the time says nothing of the page.
      check(told.paint <= 1000 || loadavg()[0] > cpus().length, `${id} at ${width}: first paint ${told.paint} ms`);
      await p.evaluate(axe);
      const found = await p.evaluate(() => window.axe.run(document, { iframes: false, resultTypes: ['violations'] }));
      const serious = (list, colours) => {
        for (const v of list.filter((x) => x.impact === 'serious' || x.impact === 'critical')) {
          check(false, `${id} at ${width} ${colours}: ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 150)).join(' | ')}`);
        }
      };
      serious(found.violations, colorScheme);
      const other = colorScheme === 'light' ? 'dark' : 'light';
      await p.emulateMedia({ colorScheme: other });
      serious((await p.evaluate(() => window.axe.run(document, { iframes: false, resultTypes: ['violations'] }))).violations, other);
      if (width === 390) {
        const small = await p.evaluate(() => [...document.querySelectorAll('button:not(.quiet), .button, select, input:not([type=checkbox], [type=radio]), label:has(> input:is([type=checkbox], [type=radio])), nav a, summary')]
          .filter((e) => e.checkVisibility() && !e.closest('.term') && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80)));
        check(small.length === 0, `${id}: smaller than a finger: ${small.slice(0, 3).join(' | ')}`);
      }
      await p.emulateMedia({ colorScheme });
    }
    paints.sort((a, b) => b[0] - a[0]);
    console.log(`  first paint at ${width}: ${Math.round(paints[0][0])} ms at most (${paints[0][1]}), half within ${Math.round(paints[Math.floor(paints.length / 2)][0])} ms, load ${loadavg()[0].toFixed(1)}`);
    quiet(`pages at ${width}`);
    await p.context().close();
  }

  step('the slider plays the past and the futures');
  await go(page, '#/dprk-2024/picture');
  const slider = page.locator('.slider input');
  const date = () => page.locator('.slider output strong').innerText();
  const before = await date();
  const men = async () => (await page.locator('.columns table').innerText());
  const table = await men();
  await slider.focus();
  const took = await page.evaluate(async () => {
    const input = document.querySelector('.slider input');
    const from = performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, String(Number(input.value) - 10));
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - from;
  });
  console.log(`  a step of the slider: ${Math.round(took)} ms`);
  await page.waitForFunction((b) => document.querySelector('.slider output strong').textContent !== b, before);
  check(await men() !== table, 'the forces of another day are others');
  check(page.url().includes('t=2024-10-21'), 'the day is in the address');
  await slider.press('End');
  await page.waitForFunction(() => document.querySelector('.slider output').textContent.includes('futures'));
  await settled(page);

  step('what a person does is answered at once');
  await go(page, '#/dprk-2024/picture');
  const layer = 'fieldset.layers label:nth-of-type(4) input';
  await timed(page, 'switch a layer on', { selector: layer }, { selector: '.report-mark' }, 5, async () => { await page.locator(layer).click(); await page.waitForTimeout(60); });
  await timed(page, 'open why a force is where', { selector: '.force[aria-label*="North Korean assault infantry at Kursk"]' }, { selector: '.why li a[href*="reports/"]' }, 3, async () => { await page.locator('.why button.right').click(); await page.waitForTimeout(60); });
  await go(page, '#/dprk-2024/reports');
  await timed(page, 'filter the reports', { selector: '.search input', value: 'kursk' }, { selector: '.toolbar .faint', text: ' of 128' }, 3, async () => { await page.locator('.search input').fill(''); await page.waitForTimeout(60); });
  await timed(page, 'a term explains itself', { selector: '.lead .term button' }, { selector: '[role=tooltip]' });
  await page.waitForTimeout(1600);
  await timed(page, 'from page to page', { selector: 'nav a', text: 'Hypotheses' }, { selector: 'h1', text: 'probably true' });
  await timed(page, 'open a question', { selector: 'th a[href*="hypotheses/dprk_troops_in_russia"]' }, { selector: '.detail h2' });
  await go(page, '#/dprk-2024/options/settlement');
  await timed(page, 'the settlement space of another day', { selector: 'fieldset.layers label:nth-of-type(2) input' }, { selector: 'fieldset.layers label:nth-of-type(2) input:checked' });
  await timed(page, 'pick a package', { selector: '.space .package' }, { selector: '.detail h3' });
  await go(page, '#/dprk-2024/reports/k-20241031-blinken-8000');
  await page.waitForFunction(() => !document.querySelector('.work'));
  await timed(page, 'strike a report: it is being assessed', { selector: '.detail button', text: 'Strike it' }, { selector: '.old, .moved' });
  const struck = Date.now();
  await page.locator('.moved table').waitFor({ timeout: 30000 });
  console.log(`  strike a report: assessed anew, kept, what moved shown: ${Date.now() - struck} ms later`);
  await timed(page, 'the picture after it, places of before', { selector: 'nav a', text: 'Picture' }, { selector: '.force' });
  const asked = Date.now();
  await page.locator('p.old', { hasText: 'before the last change' }).waitFor({ state: 'detached', timeout: 60000 });
  console.log(`  the new places: ${Date.now() - asked} ms after it`);
  await api('cases/dprk-2024/undo', {});
  await page.waitForFunction(() => !document.querySelector('.work'), undefined, { timeout: 60000 });
  check(slow.length === 0 || loadavg()[0] > cpus().length, `over 100 ms: ${slow.join('; ')}`);
  if (slow.length > 0) console.log(`  over 100 ms at load ${loadavg()[0].toFixed(1)}: ${slow.join('; ')}`);
  if (process.env.TIMES === 'only') break whole;

  await map({ page, open, go, check, step, address, api });
  quiet('map');

  step('a future as a story, on the page and on the map');
  await go(page, '#/dprk-2024/futures');
  await page.getByText('the most likely future as a story').click();
  await page.locator('.story li').first().waitFor({ timeout: 60000 });
  check(await page.locator('.story li').count() > 5, 'the story has events');
  await page.getByText('on the map').click();
  await page.locator('.slider output', { hasText: 'week 0' }).waitFor();

  step('two options are compared');
  await go(page, '#/dprk-2024/options');
  const pair = page.locator('main .toolbar select');
  await pair.nth(0).selectOption('go_on');
  await pair.nth(1).selectOption('long_range');
  check((await page.locator('.detail h2').innerText()).includes('against'), 'two options stand side by side');
  check(page.url().includes('a=go_on') && page.url().includes('b=long_range'), 'the pair is in the address');

  const parts = await page.locator('.detail td.tight:has(.swing)').evaluateAll((all) => all.map((e) => Number(e.textContent.replace('Part of the lead', '').replace('−', '-'))));
  const compared = (await api('cases/dprk-2024/comparison')).data;
  const lead = compared.options.find((o) => o.id === 'go_on').difference_to.find((d) => d.option === 'long_range').mean;
  check(parts.length > 2 && Math.abs(parts.reduce((x, y) => x + y, 0) - lead) < 0.005 * 24, `the parts of the lead add up: ${parts.join(' ')}, ${lead}`);

  step('what would turn the order, whose values, and the plans');
  await page.getByRole('link', { name: 'What would turn it', exact: true }).first().click();
  await page.locator('h2', { hasText: 'Rival' }).waitFor();
  await settled(page);
  check(await page.locator('.gauge').count() === compared.thresholds.length, 'every threshold has its gauge');
  const sides = (await api('cases/dprk-2024/studies')).data.theories;
  check(await page.locator('tr', { hasText: /turned|what the case holds to/ }).count() === sides.length, 'every side of a dispute stands there');
  const tags = await page.evaluate(() => [...document.querySelectorAll('td[data-head="Tag"]')].map((e) => e.textContent));
  check(tags.length === compared.hinges.length && tags.filter((t) => /^[VMDJP]$/.test(t)).length >= compared.hinges.filter((h) => h.kind !== 'hypothesis').length, `every number that moves the lead says where it comes from: ${tags.join('')}`);
  await page.getByRole('link', { name: 'Whose values' }).click();
  await page.locator('td.heat').first().waitFor();
  check(await page.locator('td.heat').count() === compared.weightings.length * compared.options.length, 'every option under every weighting');
  await page.locator('main .toolbar select').selectOption('ru');
  check(page.url().includes('actor=ru'), 'whose values is in the address');
  await page.getByRole('link', { name: 'Plans' }).click();
  await page.locator('article', { hasText: 'Turned in' }).waitFor();
  check(await page.locator('article li', { hasText: 'Turned in' }).count() === compared.options.reduce((n, o) => n + o.turns.length, 0), 'every signpost says how often it turned');
  await go(page, '#/dprk-2024/options?a=go_on&b=long_range');

  step('where an option is regretted');
  const regrets = page.locator('table', { hasText: 'would have been best' });
  check(await regrets.locator('td.heat.against').count() > 10, 'regret by which option would have been best');

  step('games, settlements and robustness are looked at');
  await page.getByRole('link', { name: 'Robustness' }).click();
  await page.locator('td.heat').first().waitFor();
  await page.getByRole('link', { name: 'Games' }).click();
  await page.locator('.tree path.edge').first().waitFor();
  await page.getByRole('link', { name: 'Settlement' }).click();
  await page.locator('.space').waitFor();
  check(await page.locator('.space circle.package').count() === 492, 'every settlement is a dot');
  await page.locator('fieldset.layers input').nth(3).check();
  check(page.url().includes('day=3'), 'the day is in the address');
  await page.locator('.space circle.package').first().click({ force: true });
  await page.locator('.detail .bar').first().waitFor();
  await go(page, '#/dprk-2024/futures/courses');
  await page.locator('.chart path.line').first().waitFor();
  check((await page.locator('main').innerText()).includes('bad end'), 'the groups of futures have a bad end');
  quiet('options');

  step('lineage, sources and analysts are looked at; grades are tried together');
  await go(page, '#/dprk-2024/reports/lineage');
  check(await page.locator('.families .link').count() > 15 && await page.locator('.families .node').count() > 30, 'every repeat and answer is a line');
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page.getByLabel('Grade of President of Ukraine').selectOption('E');
  await page.getByLabel('Grade of ROK National Intelligence Service').selectOption('E');
  await page.getByRole('button', { name: 'What if these 2 were graded so?' }).click();
  await page.locator('.moved table').waitFor({ timeout: 60000 });
  check((await api('cases/dprk-2024/changes')).data.changes.every((c) => c.change.kind !== 'regrade_source'), 'a what-if changes nothing');
  await go(page, '#/dprk-2024/hypotheses/analysts');
  check((await page.locator('main').innerText()).includes('analysts.yaml'), 'who wants analysts is told how');
  quiet('lineage and sources');

  step('a parameter is changed in a branch, replayed and compared; the shared case knows nothing of it');
  const shared = JSON.stringify((await api('cases/dprk-2024/comparison')).data);
  await go(page, '#/dprk-2024/model?find=talks.pride');
  await page.getByRole('button', { name: /^Change talks\.pride/ }).first().click();
  const edit = page.locator('form.edit');
  await edit.locator('input').first().fill('LN(0.2; 0.6)');
  await edit.locator('input').last().fill('Pride away');
  await edit.getByRole('button', { name: 'Set' }).click();
  await page.locator('.branch', { hasText: 'Pride away' }).waitFor({ timeout: 60000 });
  check(page.url().includes('dprk-2024~1/model'), 'the branch has an address of its own');
  await page.locator('.old button', { hasText: 'Weigh' }).click();
  await page.locator('footer .work').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('footer .work'), undefined, { timeout: 600000 });
  await page.locator('.branch').getByText('Compare').click();
  await page.locator('.detail table', { hasText: 'Guarantee-backed' }).waitFor({ timeout: 60000 });
  check((await page.locator('.detail').innerText()).includes('talks.pride'), 'the comparison names the change');
  check(JSON.stringify((await api('cases/dprk-2024/comparison')).data) === shared, 'the shared case is as before');
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, 'compare.png'), fullPage: true });
  quiet('branches');

  step('the brief is exported');
  await go(page, '#/dprk-2024/brief');
  const [html] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as HTML').click()]);
  check(readFileSync(await html.path(), 'utf8').includes('</html>'), 'the HTML is whole');
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByText('Save the data as JSON').click()]);
  const exported = JSON.parse(readFileSync(await json.path(), 'utf8'));
  check(exported.belief.hypotheses.some((h) => h.weights.length > 0) && exported.comparison.settlement.length === 1 && exported.handling === 'TLP:CLEAR', 'the JSON is whole');
  const paper = await (await browser.newContext()).newPage();
  await paper.goto(address + 'api/cases/dprk-2024/brief');
  const pdf = await paper.pdf({ format: 'A4' });
  check(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 50000, 'the brief prints');
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'brief.pdf'), pdf);
  await paper.context().close();
  quiet('brief');

  step('a report is added, the posterior moves, another person sees it, undo brings it back');
  const other = await open();
  await go(other, '#/dprk-2024/hypotheses/dprk_combat_units_in_ukraine');
  const shown = () => other.locator('.states .leading .n').innerText();
  const was = await shown();
  await go(page, '#/dprk-2024/reports');
  await page.getByRole('button', { name: 'Add a report' }).click();
  const form = page.locator('form.form');
  const field = (label, kind) => form.locator('label', { hasText: new RegExp('^' + label) }).locator(kind);
  await field('Id', 'input').fill('r-test-1');
  await field('Source', 'select').selectOption('us_state');
  await field('Kind', 'select').selectOption('imagery');
  await field('Grade', 'select').selectOption('A1');
  await field('Claim', 'textarea').fill('A test: infantry of the North seen west of Donetsk.');
  await field('Speaks of', 'select').selectOption('dprk_combat_units_in_ukraine');
  await form.locator('fieldset input[type=checkbox]').last().check();
  await field('Mark', 'select').selectOption('TLP:GREEN');
  await form.getByLabel('Answers', { exact: true }).selectOption('k-20241031-blinken-8000');
  await form.getByRole('button', { name: 'Add and assess' }).click();
  await page.locator('.moved table').waitFor({ timeout: 60000 });
  await other.waitForFunction((w) => document.querySelector('.states .leading .n')?.textContent !== w, was, { timeout: 30000 });
  await page.locator('td', { hasText: 'A test: infantry' }).first().waitFor();
  check(page.url().includes('reports/r-test-1'), 'the page goes to the report that was added');
  await page.locator('.detail td', { hasText: ' dB' }).first().waitFor({ timeout: 60000 });
  await page.reload();
  await settled(page);
  check(await page.locator('td', { hasText: 'A test: infantry' }).count() === 1, 'it is there after a reload');
  check((await page.locator('header .tlp').innerText()) === 'TLP:GREEN', 'the case is marked as strictly as its strictest report');

  step('two people change the case at the same moment; both changes stand');
  const all = (await api('cases/dprk-2024/reports')).data.reports.filter((r) => !r.struck && r.id !== 'r-test-1');
  check((await api('cases/dprk-2024/reports')).data.reports.find((r) => r.id === 'r-test-1').answers.join() === 'k-20241031-blinken-8000', 'the added report answers another');
  await go(page, '#/dprk-2024/reports/' + all[0].id);
  await go(other, '#/dprk-2024/reports/' + all[1].id);
  await Promise.all([page, other].map((p) => p.getByRole('button', { name: 'Strike it' }).click()));
  await Promise.all([page, other].map((p) => p.locator('.moved').waitFor({ timeout: 60000 })));
  const struckNow = (await api('cases/dprk-2024/reports')).data.reports.filter((r) => r.struck).map((r) => r.id);
  check(struckNow.includes(all[0].id) && struckNow.includes(all[1].id), 'both are struck');
  await api('cases/dprk-2024/undo', {});
  await api('cases/dprk-2024/undo', {});
  await page.waitForFunction(() => !document.querySelector('footer .work'), undefined, { timeout: 60000 });
  await go(page, '#/dprk-2024/reports');
  await other.context().close();

  step('the server is killed and comes back; nothing is lost, the page recovers');
  await stop('SIGKILL');
  await page.locator('.work', { hasText: 'not heard' }).waitFor({ timeout: 20000 });
  await start(port);
  await page.waitForFunction(() => !document.querySelector('.work')?.textContent.includes('not heard'), undefined, { timeout: 30000 });
  complaints = complaints.filter((c) => !/ERR_|Failed to load|EventSource/.test(c));
  // The room opened while a change stands: what was made before it is there, marked as such.
  check((await api('cases/dprk-2024')).data.stages.futures === 'old', 'the futures of before the change are kept');
  await go(page, '#/dprk-2024/futures');
  await page.locator('.old button', { hasText: 'Play' }).waitFor();
  await go(page, '#/dprk-2024/reports/r-test-1');
  check((await page.locator('.detail h2').innerText()).includes('A test'), 'the added report outlived the kill');
  await go(page, '#/dprk-2024/branches');
  await page.locator('tr', { hasText: 'Pride away' }).waitFor();
  await page.getByRole('button', { name: 'drop' }).click();
  await page.getByRole('button', { name: /for good/ }).click();
  await page.locator('tr', { hasText: 'Pride away' }).waitFor({ state: 'detached' });
  await go(page, '#/dprk-2024/changes');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.locator('.moved').waitFor({ timeout: 60000 });
  check((await api('cases/dprk-2024/reports')).data.reports.every((r) => r.id !== 'r-test-1'), 'undo took it out');
  await page.waitForFunction(() => !document.querySelector('footer .work'), undefined, { timeout: 60000 });
  check((await api('cases/dprk-2024')).data.stages.comparison === 'made', 'what was made before it is good again');
  quiet('kill and undo');

  step('the log tells who did what, a page at a time');
  await go(page, '#/dprk-2024/changes/log');
  check(await page.locator('tbody tr', { hasText: 'r-test-1' }).count() > 0, 'the log has the report that was added');
  const [shownNow, first] = [await page.locator('tbody tr').count(), (await api('log?case=dprk-2024&most=50')).data];
  check(shownNow === first.log.length, `${shownNow} of ${first.log.length} entries`);
  await go(page, `#/dprk-2024/changes/log?before=${first.log.at(-2).id}`);
  check(await page.locator('tbody tr').count() >= 1 && await page.getByRole('button', { name: 'The latest' }).count() === 1, 'older entries have an address');
  quiet('log');

  step('an edited file shows its errors, mended it shows the case');
  const file = join(home, 'cases', 'dprk-2024', 'case.yaml');
  const good = readFileSync(file, 'utf8');
  appendFileSync(file, '\nnonsense: 1\n');
  await page.locator('.problems', { hasText: 'nonsense' }).waitFor({ timeout: 10000 });
  check(/case\.yaml:\d+:\d+/.test(await page.locator('.problems').first().innerText()), 'the error has its line');
  writeFileSync(file, good);
  await page.locator('.problems').waitFor({ state: 'detached', timeout: 10000 });

  step('wrong addresses say so');
  await go(page, '#/dprk-2024/reports/no-such');
  check((await page.locator('.problems').innerText()).includes('no-such'), 'a report that is not there');
  await go(page, '#/nowhere/picture');
  check((await page.locator('h1').innerText()).includes('no such case'), 'a case that is not there');
  await go(page, '#/dprk-2024/nowhere');
  check((await page.locator('h1').innerText()).includes('no such page'), 'a page that is not there');

  step('help on a term, by keyboard');
  await go(page, '#/dprk-2024/reports');
  await page.locator('.lead .term button').first().press('Enter');
  check((await page.getByRole('tooltip').innerText()).includes('Admiralty'), 'the term explains itself');
  if (process.env.SHOTS) await shoot(browser, address, process.env.SHOTS);
  quiet('the end');
} } catch (error) {
  check(false, String(error.stack ?? error));
} finally {
  await browser.close();
  await stop('SIGTERM');
  rmSync(home, { recursive: true });
}
console.log(failures.length === 0 ? 'all well' : `${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
