// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The map in a real browser: marks that say why, addresses, play, keys and touch.
import { settled } from './browser.mjs';

const land = (page) => page.evaluate(() => document.querySelector('.map svg > g[aria-hidden]').getAttribute('transform'));
const moved = (page, from) => page.waitForFunction((f) => document.querySelector('.map svg > g[aria-hidden]')?.getAttribute('transform') !== f, from);

async function marks({ page, go, check, step }) {
  step('every mark of the map says why');
  await go(page, '#/dprk-2024/picture');
  await page.locator('.force[aria-label*="North Korean assault infantry at Kursk"]').press('Enter');
  await page.locator('.why .weight', { hasText: /[+−]\d+\.\d\sdB/ }).first().waitFor();
  check((await page.locator('.why').innerText()).includes('North Korean assault infantry'), 'the panel names the force');
  await page.locator('.sector').first().press('Enter');
  await page.locator('.why', { hasText: 'km of front' }).waitFor();
  check(page.url().includes('sector='), 'the stretch of front is in the address');
  await page.locator('.route[tabindex="0"]').first().press('Enter');
  await page.locator('.why', { hasText: 'rail,' }).waitFor();
  await page.locator('fieldset.layers label:nth-of-type(4) input').check();
  const spots = page.locator('.report-spot');
  await spots.first().waitFor();
  await page.locator('g.report-spot').first().press('Enter');
  await page.locator('.why', { hasText: /Within \d+ km/ }).waitFor();
  check(await page.locator('.why li a[href*="reports/"]').count() > 1, 'a spot of many reports lists them');
  await page.locator('a.report-spot').first().press('Enter');
  await page.locator('article.detail h2').waitFor();
  check(page.url().includes('/reports/'), 'a report’s mark leads to the report');
}

async function lines({ page, go, check, step, api }) {
  step('the front lies on the map as it runs, flows keep mode, side and direction');
  await go(page, '#/dprk-2024/picture?t=2024-10-25');
  await page.locator('.sector .now').first().waitFor({ state: 'attached' });
  const given = (await api('cases/dprk-2024')).data;
  const drawn = await page.evaluate(() => {
    const box = document.querySelector('.map svg').viewBox.baseVal;
    return [...document.querySelectorAll('.map .sector .now')].map((e) => { const b = e.getBBox(); return b.x > 0 && b.y > 0 && b.x + b.width < box.width && b.y + b.height < box.height; });
  });
  check(drawn.length === given.map.sectors.length && drawn.every(Boolean), `${drawn.filter(Boolean).length} of ${given.map.sectors.length} sectors lie on the map`);
  const rail = page.locator('.route-rail:has(.flow.side-0)').first();
  check((await rail.getAttribute('aria-label')).match(/^Railway .*men going to /), 'a flow says who goes where');
  await go(page, '#/dprk-2024/picture?t=w30&see=48.5+37+9');
  await page.locator('.sector .spread').first().waitFor({ state: 'attached' });
  check(/nine in ten between/.test(await page.locator('.sector[aria-label*="Pokrovsk"]').getAttribute('aria-label')), 'a sector of the futures tells its spread');
}

async function addresses({ page, open, go, check, step, address }) {
  step('the part of the map, its layers and what is sought are in the address');
  await go(page, '#/dprk-2024/picture');
  const before = await land(page);
  await page.locator('.map svg').focus();
  await page.keyboard.press('+');
  await moved(page, before);
  const near = await land(page);
  await page.keyboard.press('ArrowLeft');
  await moved(page, near);
  await page.locator('fieldset.layers label:nth-of-type(2) input').uncheck();
  await page.waitForFunction(() => location.hash.includes('see=') && location.hash.includes('layers='));
  const [hash, seen] = [new URL(page.url()).hash, await land(page)];
  const other = await open();
  await other.goto(address + hash);
  await settled(other);
  const [x, y] = [seen, await land(other)].map((t) => t.match(/-?[\d.]+/g).map(Number));
  check(x.every((v, i) => Math.abs(v - y[i]) < 1.5), `who opens the address sees the same: ${x} and ${y}`);
  check(!(await other.locator('fieldset.layers label:nth-of-type(2) input').isChecked()), 'with the same layers');
  await other.context().close();
  await page.locator('.map svg').focus();
  await page.keyboard.press('0');
  await page.waitForFunction((f) => document.querySelector('.map svg > g[aria-hidden]').getAttribute('transform') === f, before);
  await go(page, '#/dprk-2024/reports?find=kursk&by=grade');
  check(await page.locator('.search input').inputValue() === 'kursk' && await page.locator('.toolbar label', { hasText: /^By/ }).locator('select').inputValue() === 'grade', 'reports: what is sought and the order are in the address');
}

async function play({ page, open, go, check, step, address }) {
  step('the slider plays, and stands still for those who ask for less motion');
  await go(page, '#/dprk-2024/picture?t=2024-10-20');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.locator('.slider output', { hasText: 'Oct 22, 2024' }).waitFor({ timeout: 20000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  const now = page.url();
  await page.waitForTimeout(1600);
  check(page.url() === now, 'a pause is one');
  const still = await open({ reducedMotion: 'reduce' });
  await still.goto(address + '#/dprk-2024/picture?t=2024-10-20');
  await settled(still);
  check(await still.getByRole('button', { name: 'Play' }).isDisabled(), 'nothing plays where less motion is asked for');
  await still.context().close();
}

async function touch({ open, check, step, address }) {
  step('a phone: no mark is smaller than a finger, two fingers zoom, a tap opens');
  const phone = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.goto(address + '#/dprk-2024/picture');
  await settled(phone);
  await phone.locator('.force image').first().waitFor();
  const boxes = await phone.evaluate(() => [...document.querySelectorAll('.force .hit')].map((e) => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }));
  check(boxes.every(([, , w, h]) => w > 43.5 && h > 43.5), 'every force is 44 px and more');
  const over = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => Math.max(0, Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1])) > 0.4 * a[2] * a[3]));
  check(over.length === 0, `${over.length} of ${boxes.length} marks lie over another`);
  const box = await phone.locator('.map svg').boundingBox();
  const client = await phone.context().newCDPSession(phone);
  const fingers = (type, gap) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [-1, 1].map((s, id) => ({ id, x: box.x + box.width / 2 + s * gap, y: box.y + box.height * 0.7 })) });
  const scale = async () => Number((await land(phone)).match(/scale\(([\d.]+)/)[1]);
  const before = await scale();
  await fingers('touchStart', 20);
  for (const gap of [30, 40, 50, 60]) await fingers('touchMove', gap);
  await fingers('touchEnd', 0);
  check(await scale() > 1.5 * before, 'two fingers bring the map nearer');
  const far = await land(phone);
  const one = (type, dx) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ id: 0, x: box.x + 150 + dx, y: box.y + 150 }] });
  await one('touchStart', 0);
  for (const dx of [10, 30, 60]) await one('touchMove', dx);
  await one('touchEnd', 0);
  check(await land(phone) !== far, 'one finger moves it');
  await phone.getByRole('button', { name: 'Front', exact: true }).tap();
  await phone.waitForTimeout(400);
  const near = await phone.evaluate(() => { const map = document.querySelector('.map svg').viewBox.baseVal; return [...document.querySelectorAll('.map .sector .now')].filter((e) => { const b = e.getBBox(); return b.x + b.width > 0 && b.y + b.height > 0 && b.x < map.width && b.y < map.height; }).length; });
  check(near === await phone.locator('.map .sector .now').count() && phone.url().includes('see='), 'a button brings the whole front near');
  await phone.getByRole('button', { name: 'All of it' }).tap();
  await phone.waitForTimeout(400);
  await phone.locator('.force .hit').first().tap();
  await phone.locator('.why h2').waitFor();
  check(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
  await phone.context().close();
}

/** Needs the case dprk-2024, played. */
export async function map(room) {
  await marks(room);
  await lines(room);
  await addresses(room);
  await play(room);
  await touch(room);
}
