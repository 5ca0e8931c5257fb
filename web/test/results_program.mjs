/* SPDX-License-Identifier: MIT
 *
 * Pages of populations as the program itself writes them: the one that ships, and one
 * whose texts would be markup.
 *
 *   node results_program.mjs EBB POPULATION.ebb
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { checkTree, checkWidths, openAll } from "./couple_checks.mjs";
import { bodyText, check, open, same, settle } from "./harness.mjs";

const SKIP = 77;
const BUDGET = 600_000;
const HOSTILE = "</script><b>two</b>";

function run(ebb, args, name) {
  const { status, stdout, stderr } = spawnSync(ebb, ["population", ...args], {
    encoding: "utf8",
  });
  same(status, 0, `${name}: exit code (${stderr})`);
  return { stdout, stderr };
}

/* Every count of the document is in the tables, and the risk under the axis. */
async function checkNumbers(page, result, name) {
  await openAll(page);
  const rows = await page.$$eval("#numbers table", (tables) =>
    tables.map((t) => [...t.querySelectorAll("tbody tr")].map((r) => r.children[1].textContent)),
  );
  same(
    JSON.stringify(rows),
    JSON.stringify(result.groups.map((g) => g.curve.map((r) => String(r.at_risk)))),
    `${name}: at risk`,
  );
  const under = await page.$$eval("#survival .under", (all) =>
    all.map((g) => [...g.querySelectorAll(".tick:not(.under-title)")].map((t) => t.textContent)),
  );
  same(under.length, result.groups.length, `${name}: rows under the axis`);
  result.groups.forEach((group, i) =>
    same(under[i][0], String(group.couples), `${name}: all are at risk at first`),
  );
}

/* A box that is unticked by keyboard hides its group, and shows it again. */
async function checkKey(page, name) {
  const shown = () =>
    page.$eval("#survival .trace.line-1:not(.key-svg *)", (e) => getComputedStyle(e).display);
  await page.focus("#survival .keys label:nth-of-type(2) input");
  await page.keyboard.press("Space");
  same(await shown(), "none", `${name}: an unticked group`);
  await page.keyboard.press("Space");
  check((await shown()) !== "none", `${name}: a ticked group`);
}

async function checkPage(browser, path, result, name) {
  const { page, seen } = await open(browser, path);
  await settle(page);
  await checkKey(page, name);
  await checkNumbers(page, result, name);
  const words = await bodyText(page, "main");
  check(!/undefined|NaN|\[object|Infinity|\{[a-z_]+\}/.test(words), `${name}: ${words}`);
  check(words.includes("no forecast for a couple"), `${name}: what it is not`);
  same(await page.$$eval("#page b", (all) => all.length), 0, `${name}: markup of a text`);
  await checkTree(page, name);
  await checkWidths(page, name);
  same(seen.errors.join(), "", `${name}: complaints`);
  same(seen.requests.join(), "", `${name}: requests`);
  await page.close();
  return words;
}

async function main(ebb, file) {
  if (findBrowser("chrome") === null) {
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-results-"));
  const hostile = join(dir, "hostile.ebb");
  writeFileSync(
    hostile,
    readFileSync(file, "utf8").replace('"anxiety of both', `"${HOSTILE} anxiety of both`),
  );
  const { browser, stop } = await startBrowser();
  let passed = 0;
  try {
    for (const [name, spec] of Object.entries({ shipped: file, hostile })) {
      const page = join(dir, `${name}.html`);
      const json = join(dir, `${name}.json`);
      const { stderr } = run(
        ebb,
        [spec, "-n", "60", "--html", page, "--format", "json", "-o", json],
        name,
      );
      check(stderr.includes(`the page is in ${page}`), `${name}: ${stderr}`);
      check(statSync(page).size < BUDGET, `${name} has ${statSync(page).size} bytes`);
      const result = JSON.parse(readFileSync(json, "utf8"));
      const words = await checkPage(browser, page, result, name);
      same(words.includes(HOSTILE), name === "hostile", `${name}: the text as text`);
      const alone = run(ebb, [spec, "-n", "60", "--html", "-"], name).stdout;
      same(alone, readFileSync(page, "utf8"), `${name}: the page alone`);
      passed += 1;
    }
    console.log(`${passed} passed, 0 failed`);
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main(resolve(process.argv[2]), resolve(process.argv[3]));
