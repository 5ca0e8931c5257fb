/* SPDX-License-Identifier: MIT
 *
 * How long a report page takes in Chromium: from opening the file to its first screen,
 * and from the reader's choice of a view to the whole record drawn. Prints JSON in
 * milliseconds; best of five.
 *
 *   node draw_page.mjs PAGE.html
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "../web/tools/browser.mjs";

/* Two frames later everything that was asked for has been laid out and painted. */
const PAINTED = `new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))`;

async function draw(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(url);
  const opened = await page.evaluate(PAINTED);
  const drawn = await page.evaluate(`(async () => {
    const begin = performance.now();
    document.querySelector(".enter button").click();
    document.querySelector(".skip button").click();
    return (await ${PAINTED}) - begin;
  })()`);
  await page.close();
  return { opened, drawn };
}

const url = pathToFileURL(resolve(process.argv[2])).href;
const { browser, stop } = await startBrowser();
try {
  const runs = [];
  for (let i = 0; i < 5; i++) {
    runs.push(await draw(browser, url));
  }
  const best = (name) => Math.round(Math.min(...runs.map((run) => run[name])));
  console.log(JSON.stringify({ opened_ms: best("opened"), drawn_ms: best("drawn") }));
} finally {
  await stop();
}
