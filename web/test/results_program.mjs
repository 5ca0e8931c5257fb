/* SPDX-License-Identifier: MIT
 *
 * Pages of results as the program itself writes them, one of each kind, and one whose
 * texts would be markup.
 *
 *   node results_program.mjs EBB EXAMPLES [WORD]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { checkTree, checkWidths } from "./couple_checks.mjs";
import { bodyText, check, open, same, settle } from "./harness.mjs";
import {
  checkFigures,
  checkLedger,
  checkPair,
  checkPaper,
  checkPopulation,
  checkSampled,
  checkTrial,
} from "./results_checks.mjs";

const SKIP = 77;
const BUDGET = 600_000;
const TEMPLATE_BUDGET = 80_000;
const HOSTILE = "</script><b>two</b>";

function kinds(examples, dir) {
  const population = join(examples, "population.ebb");
  const hostile = join(dir, "hostile.ebb");
  writeFileSync(
    hostile,
    readFileSync(population, "utf8").replace('"anxiety of both', `"${HOSTILE} anxiety of both`),
  );
  const sample = join(dir, "sample.tsv");
  writeFileSync(sample, "hazard_scale\tlever\n0.002\t0.2\n0.004\t0.6\n0.006\t0.9\n");
  const over = ["--sample", sample, "--draws", "3", "-n", "60"];
  const figures = "pair_alike,pair_stable,cycling_ever,therapy_dip";
  return {
    population: { args: ["population", population, "-n", "60"], checks: checkPopulation },
    hostile: { args: ["population", hostile, "-n", "60"], checks: checkPopulation },
    trial: { args: ["trial", join(examples, "trial.ebb"), "-n", "60"], checks: checkTrial },
    pair: { args: ["pair", "-n", "640", "--compare"], checks: checkPair },
    ledger: { args: ["validate", "--ablate", "-n", "8", "--claims", "A1-A9"], checks: checkLedger },
    sampled: { args: ["population", population, ...over], checks: checkSampled },
    effects: { args: ["trial", join(examples, "trial.ebb"), ...over], checks: checkSampled },
    figures: { args: ["validate", "--figures", figures, "-n", "60"], checks: checkFigures },
  };
}

function run(ebb, args, name) {
  const { status, stdout, stderr } = spawnSync(ebb, args, { encoding: "utf8" });
  same(status, 0, `${name}: exit code (${stderr})`);
  return { stdout, stderr };
}

async function checkPage(browser, path, name, checks) {
  const { page, seen } = await open(browser, path);
  await settle(page);
  await checkPaper(page, name);
  await checks(page, name);
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

async function checkKind(ebb, browser, dir, name, { args, checks }) {
  const page = join(dir, `${name}.html`);
  const json = join(dir, `${name}.json`);
  const { stderr } = run(ebb, [...args, "--html", page, "--format", "json", "-o", json], name);
  check(stderr.includes(`the page is in ${page}`), `${name}: ${stderr}`);
  const document = readFileSync(json, "utf8");
  const size = statSync(page).size;
  check(size < BUDGET, `${name} has ${size} bytes`);
  check(size - statSync(json).size < TEMPLATE_BUDGET, `${name}: its template is too large`);
  check(readFileSync(page, "utf8").includes(document.trim()), `${name}: the document itself`);
  const result = JSON.parse(document);
  const words = await checkPage(browser, page, name, (at) => checks(at, result));
  same(words.includes(HOSTILE), name === "hostile", `${name}: the text as text`);
  if (name === "population") {
    const alone = run(ebb, [...args, "--html", "-"], name).stdout;
    same(alone, readFileSync(page, "utf8"), `${name}: the page alone`);
  }
}

async function main(ebb, examples, word) {
  if (findBrowser("chrome") === null) {
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-results-"));
  const { browser, stop } = await startBrowser();
  let passed = 0;
  try {
    for (const [name, kind] of Object.entries(kinds(examples, dir))) {
      if (word === undefined || name === word) {
        await checkKind(ebb, browser, dir, name, kind);
        passed += 1;
      }
    }
    console.log(`${passed} passed, 0 failed`);
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main(resolve(process.argv[2]), resolve(process.argv[3]), process.argv[4]);
