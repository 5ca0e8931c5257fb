/* SPDX-License-Identifier: MIT
 *
 * The ground of the lab: the file, its places and the address, both languages.
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { check, open, same, settle } from "./harness.mjs";

const TEXTS = resolve(dirname(fileURLToPath(import.meta.url)), "../text");
const MOST_BYTES = 1_500_000;
const PLACES = ["story", "own", "sandbox", "model"];

/** Opens the lab at a fragment and goes past the notice. */
export async function enterLab(browser, path, fragment = "", options = {}) {
  const { page, seen } = await open(browser, path, options);
  if (fragment !== "") {
    await page.goto(pathToFileURL(path).href + fragment);
    await page.reload();
  }
  await page.waitForSelector(".enter button");
  await page.click(".enter button");
  await page.waitForSelector(".place");
  await settle(page);
  return { page, seen };
}

function quiet(seen) {
  same(seen.requests.length, 0, `requests: ${seen.requests}`);
  same(seen.errors.length, 0, `complaints: ${seen.errors}`);
}

function tables(language) {
  const read = (path) => JSON.parse(readFileSync(join(TEXTS, path), "utf8"));
  return {
    shared: language === "en" ? read("en.json") : read("de/shared.json"),
    ...Object.fromEntries(
      ["lab", "lab_story", "lab_own"].map((name) => [
        name,
        read(`${language}/${name}.json`),
      ]),
    ),
  };
}

const holes = (words) => (words.match(/\{\w+\}/g) ?? []).sort().join();

export const tests = {
  "lab: one file, small, ASCII": async ({ path }) => {
    const bytes = readFileSync(path);
    check(statSync(path).size < MOST_BYTES, `the page has ${bytes.length} bytes`);
  },

  "lab: every key in both languages, with the same holes": async () => {
    const [en, de] = [tables("en"), tables("de")];
    for (const name of ["lab", "lab_story", "lab_own"]) {
      same(Object.keys(de[name]).sort().join(), Object.keys(en[name]).sort().join(), name);
    }
    for (const name of Object.keys(en)) {
      for (const [key, words] of Object.entries(de[name])) {
        check(en[name][key] !== undefined, `${key} is in no English table`);
        check(words.trim() !== "", `${key} is empty`);
        same(holes(words), holes(en[name][key]), `holes of ${key}`);
      }
    }
  },

  "lab: notice first, then the places by address and back": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path);
    check((await page.$(".place-story")) !== null, "the story comes first");
    for (const name of PLACES) {
      await page.click(`.places a[href="#${name}"]`);
      await page.waitForSelector(`.place-${name}`);
    }
    await page.goBack();
    await page.waitForSelector(".place-sandbox");
    await page.goBack();
    await page.waitForSelector(".place-own");
    quiet(seen);
    await page.close();
  },

  "lab: the languages": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    const first = await page.$eval("html", (e) => e.lang);
    await page.click(".tongue");
    await settle(page);
    const second = await page.$eval("html", (e) => e.lang);
    check(first !== second && [first, second].sort().join() === "de,en", "two languages");
    check((await page.$(".place-sandbox")) !== null, "where one was");
    quiet(seen);
    await page.close();
  },
};
