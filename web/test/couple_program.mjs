/* SPDX-License-Identifier: MIT
 *
 * Pages of couples as the program itself writes them: of the large model with and without
 * a lever, of named persons, in steps, with delays, and of many couples.
 *
 *   node couple_program.mjs EBB
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { checkCouple } from "./couple_checks.mjs";
import { check, same } from "./harness.mjs";

const SKIP = 77;
const BUDGET = 500_000;

const PAGES = {
  pursuer: ["pursue_withdraw", "-s", "pursuer"],
  lever: [
    ["pursue_withdraw", "-s", "pursuer", "--with", "from 365 to 1825: check_ins = 1"],
    ["--with", "a: anxiety = 0.5"],
  ].flat(),
  many: ["pursue_withdraw_small", "-n", "30", "--for", "200", "--with", "set stress_gain = 0"],
  named: ["jules_and_jim", "-s", "film"],
  steps: ["gottman_murray_bilinear"],
  delays: ["liebovitch_delay"],
  talk: ["conversation", "--only", "withdrawal,arousal,closeness"],
};

/* What the numbers of some charts mean, as the page says it. */
const SCALES = {
  pursuer: { pursuit: "0 none, 1 as much as can be", contact: "0 none, 1 all the time" },
  talk: { withdrawal: "", arousal: "", closeness: "from 0 to 1" },
};

async function checkScales(browser, path, name) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("#course h4");
  const said = await page.$$eval("#course h4", (all) =>
    all.map((e) => [
      e.firstChild.textContent.trim(),
      e.querySelector(".scale-note").textContent,
    ]),
  );
  await page.close();
  for (const [what, scale] of Object.entries(SCALES[name] ?? {})) {
    same(Object.fromEntries(said)[what], scale, `${name}: scale of ${what}`);
  }
}

/* How many arrows run behind a box at which they do not end. */
async function hiddenArrows(browser, path) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("#moment .map");
  const hidden = await page.$$eval("#moment .map", (maps) =>
    maps.map((map) => {
      const boxes = [...map.querySelectorAll(".box")].map((box) => box.getBBox());
      const covered = ({ x, y }) =>
        boxes.some((b) => x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height);
      return [...map.querySelectorAll(".way")].filter((way) =>
        Array.from({ length: 40 }, (_, i) =>
          way.getPointAtLength(((i + 0.5) / 40) * way.getTotalLength()),
        ).some(covered),
      ).length;
    }),
  );
  await page.close();
  return hidden.join();
}

async function main(ebb) {
  if (findBrowser("chrome") === null) {
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-couples-"));
  const { browser, stop } = await startBrowser();
  let passed = 0;
  try {
    for (const [name, args] of Object.entries(PAGES)) {
      const page = join(dir, `${name}.html`);
      const { status, stderr } = spawnSync(
        ebb,
        ["simulate", ...args, "--html", page, "-o", join(dir, "text")],
        { encoding: "utf8" },
      );
      same(status, 0, `${name}: exit code (${stderr})`);
      check(stderr.includes(`the page is in ${page}`), `${name}: ${stderr}`);
      check(statSync(page).size < BUDGET, `${name} has ${statSync(page).size} bytes`);
      await checkCouple(browser, page, name);
      await checkScales(browser, page, name);
      if (args[0] === "pursue_withdraw") {
        same(await hiddenArrows(browser, page), name === "lever" ? "0,0" : "0", `${name}: arrows behind boxes`);
      }
      passed += 1;
    }
    console.log(`${passed} passed, 0 failed`);
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main(resolve(process.argv[2]));
