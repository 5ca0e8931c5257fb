/* SPDX-License-Identifier: MIT
 *
 * How fluent the lab is in Chromium: from opening the file to the notice, and to the
 * sandbox; a run of two years while a slider is dragged; a fan of 300 couples; a model
 * that was edited beside the one that ships. Prints JSON in milliseconds.
 *
 *   node lab.mjs LAB.html
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "../web/tools/browser.mjs";

const DRAGS = 120;
const PAINTED = `new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))`;

/* Every frame a step of the slider: what the page needs for it, layout taken in, and how
 * long the frame took from one to the next, painting taken in. */
function drag(count) {
  return new Promise((done) => {
    const range = document.querySelector(".who-0 .slider input[type=range]");
    const place = document.querySelector(".place");
    const work = [];
    const frames = [];
    let last = performance.now();
    const step = (k) => {
      if (k > 0) {
        const begin = performance.now();
        document.querySelector(".strips").getBoundingClientRect();
        work.push(Number(place.dataset.ms) + performance.now() - begin);
        frames.push(performance.now() - last);
      }
      if (k === count) {
        done({ work, frames });
        return;
      }
      last = performance.now();
      range.value = String(-2 + (4 * k) / count);
      range.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(() => step(k + 1));
    };
    step(0);
  });
}

const quantile = (list, p) =>
  [...list].sort((a, b) => a - b)[Math.floor(p * (list.length - 1))];

async function enter(browser, url, fragment) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(url + fragment);
  await page.waitForSelector(".enter button");
  const opened = await page.evaluate(PAINTED);
  const entered = await page.evaluate(`(async () => {
    const begin = performance.now();
    document.querySelector(".enter button").click();
    return (await ${PAINTED}) - begin;
  })()`);
  return { page, opened, entered };
}

async function fan(page) {
  await page.click(".many");
  await page.waitForFunction(() => document.querySelector(".place").dataset.all, {
    timeout: 120_000,
  });
  return page.$eval(".place", ({ dataset }) => ({
    first: Number(dataset.first),
    all: Number(dataset.all),
  }));
}

/* The time of one run of five years on the page, best of some. */
async function runOf(page, source) {
  let best = Infinity;
  for (let k = 0; k < 4; k++) {
    const told = await page.evaluate(async (words) => {
      const place = document.querySelector(".place");
      delete place.dataset.ms;
      const area = document.querySelector(".source");
      area.value = words;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      while (place.dataset.ms === undefined) {
        await new Promise((done) => setTimeout(done, 20));
      }
      return document.querySelector(".model-report.wrong")
        ? NaN
        : Number(place.dataset.ms);
    }, `${source}\n# ${k}\n`);
    best = Math.min(best, told);
  }
  return best;
}

async function edited(browser, url) {
  const { page } = await enter(browser, url, "#model/pursue_withdraw");
  await page.select(".model-scenario", "pursuer");
  const source = await page.$eval(".source", (area) => area.value);
  const changed = source.replace(
    "let hope        = 1 - discouragement",
    "let hope        = 1 - discouragement^2",
  );
  const figures = {
    ships: await runOf(page, source),
    edited: await runOf(page, changed),
  };
  if (changed === source) {
    throw new Error("the model is written otherwise: nothing was edited");
  }
  await page.close();
  return figures;
}

const url = pathToFileURL(resolve(process.argv[2])).href;
const { browser, stop } = await startBrowser();
try {
  const { page, opened, entered } = await enter(browser, url, "#sandbox");
  await page.evaluate(drag, 20);
  const { work, frames } = await page.evaluate(drag, DRAGS);
  const crowd = await fan(page);
  await page.close();
  const models = await edited(browser, url);
  const found = {
    opened,
    entered,
    slider_p50: quantile(work, 0.5),
    slider_p95: quantile(work, 0.95),
    frame_p95: quantile(frames, 0.95),
    fan_first: crowd.first,
    fan_all: crowd.all,
    ships: models.ships,
    edited: models.edited,
  };
  console.log(
    JSON.stringify(
      Object.fromEntries(
        Object.entries(found).map(([k, v]) => [k, Math.round(10 * v) / 10]),
      ),
    ),
  );
} finally {
  await stop();
}
