/* SPDX-License-Identifier: MIT
 *
 * What the browser tests share: a page over a fixture, opened from disk, with every
 * request and every complaint written down.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fill } from "../tools/fill.mjs";
import { FIXTURES } from "./fixtures.mjs";

export function fail(message) {
  throw new Error(message);
}

export function check(condition, message) {
  if (!condition) {
    fail(message);
  }
}

export function same(found, wanted, what) {
  check(
    found === wanted,
    `${what}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`,
  );
}

/** Writes each fixture into a page in `dir`; returns their paths by name. */
export function writePages(template, dir) {
  const html = readFileSync(template, "utf8");
  const paths = {};
  for (const [name, make] of Object.entries(FIXTURES)) {
    paths[name] = join(dir, `${name}.html`);
    writeFileSync(paths[name], fill(html, JSON.stringify(make())));
  }
  return paths;
}

/** Gives a page its size. Firefox 140 does so and then does not know a second order that
 * puppeteer sends along, of a screen that is turned. */
export async function resize(page, { width, height }) {
  try {
    await page.setViewport({ width, height });
  } catch (error) {
    check(/unknown command/.test(String(error)), String(error));
    await page.waitForFunction((wide) => innerWidth === wide, {}, width);
  }
}

/** Waits until a page has been left, from outside: in Firefox 140 the page's own policy
 * keeps puppeteer from waiting for a function inside of it. */
export async function gone(page) {
  for (let tries = 0; page.url() !== "about:blank"; tries++) {
    check(tries < 200, `left within ten seconds, still at ${page.url()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Opens a page from disk. `seen` gathers what a quiet, closed page must not do. */
export async function open(
  browser,
  path,
  { width = 1280, height = 900, dark = false, scripts = true } = {},
) {
  const page = await browser.newPage();
  const seen = { requests: [], errors: [] };
  page.on("request", (request) => {
    if (
      request.url().split("#")[0] !== pathToFileURL(path).href &&
      !/^(data:|blob:|about:)/.test(request.url())
    ) {
      seen.requests.push(request.url());
    }
  });
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) {
      seen.errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  await resize(page, { width, height });
  if (dark) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  }
  if (!scripts) {
    await page.setJavaScriptEnabled(false);
  }
  await page.goto(pathToFileURL(path).href);
  return { page, seen };
}

const SEAT = { both: 1, A: 2, B: 3 };

/** Goes past the notice into a view, and past the guesses. */
export async function enter(page, seat = "both", { guesses = false } = {}) {
  await page.click(`.enter button:nth-child(${SEAT[seat]})`);
  if (!guesses) {
    await page.click(".skip button");
  }
  await settle(page);
}

export async function settle(page) {
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

export function ids(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("#results section")].map((e) => e.id),
  );
}

/** What a reader sees, without the joiners that keep an interval on one line. */
export async function bodyText(page, selector = "body") {
  return (await page.$eval(selector, (e) => e.innerText)).replace(/\u2060/g, "");
}

/** Changes the view: 1 both, 2 A, 3 B. */
export async function sitOn(page, nth) {
  await page.click(`.seats label:nth-of-type(${nth})`);
  await settle(page);
}
