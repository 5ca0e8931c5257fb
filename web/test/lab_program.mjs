/* SPDX-License-Identifier: MIT
 *
 * The lab as the program itself writes it, in a browser.
 *
 *   node lab_program.mjs EBB [WORD]     only tests whose name holds WORD
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import * as lab from "./lab.test.mjs";
import * as own from "./lab_own.test.mjs";
import * as story from "./lab_story.test.mjs";
import { runSuites } from "./suites.mjs";

const SUITES = [lab, story, own];
const SKIP = 77;

function writeLab(ebb, dir) {
  const path = join(dir, "lab.html");
  const { status, stderr } = spawnSync(ebb, ["lab", "-o", path], { encoding: "utf8" });
  if (status !== 0) {
    console.log(stderr.trim());
    process.exit(/built without the engine/.test(stderr) ? SKIP : 1);
  }
  return path;
}

async function main(ebb, word) {
  if (findBrowser("chrome") === null) {
    console.log("no Chromium here: the lab cannot be tested");
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-lab-"));
  const path = writeLab(ebb, dir);
  const { browser, stop } = await startBrowser();
  let code = 1;
  try {
    code = await runSuites(SUITES, word, { ebb, path, dir, browser });
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
  process.exit(code);
}

await main(resolve(process.argv[2]), process.argv[3]);
