/* SPDX-License-Identifier: MIT
 *
 * Runs all tests of the pages in a real browser and ends with a count.
 *
 *   node run.mjs REPORT.html [WORD]     only tests whose name holds WORD
 *
 * couple.html stands beside it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { writePages } from "./harness.mjs";
import * as access from "./access.test.mjs";
import * as couple from "./couple.test.mjs";
import { writeCouples } from "./couple_fixtures.mjs";
import * as file from "./file.test.mjs";
import * as firefox from "./firefox.test.mjs";
import * as page from "./page.test.mjs";
import * as safety from "./safety.test.mjs";
import { runSuites } from "./suites.mjs";

const SUITES = [file, page, safety, access, firefox, couple];
const SKIP = 77;

async function main(template, word) {
  if (findBrowser("chrome") === null) {
    console.log("no Chromium here: the page cannot be tested");
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-web-"));
  const { browser, stop } = await startBrowser();
  const coupleTemplate = join(dirname(template), "couple.html");
  const context = {
    template,
    coupleTemplate,
    browser,
    dir,
    pages: writePages(template, dir),
    couples: writeCouples(coupleTemplate, dir),
  };
  let code = 1;
  try {
    code = await runSuites(SUITES, word, context);
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
  process.exit(code);
}

await main(resolve(process.argv[2]), process.argv[3]);
