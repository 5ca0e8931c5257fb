/* SPDX-License-Identifier: MIT
 *
 * The page as the program itself writes it, from an export with planted names and words:
 * it opens, draws, and holds nothing of them unless names are asked for.
 *
 *   node program.mjs EBB EXAMPLE.txt
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { bodyText, check, enter, ids, open, same } from "./harness.mjs";

const NAMES = ["Zanthippe Quorn", "Obadiah Vexley"];
const WORD = "xylozone";
const SKIP = 77;

/* The example export under other names, each message with a word that is nobody's. */
function plant(example) {
  const lines = readFileSync(example, "utf8").split("\n");
  const found = [
    ...new Set(lines.map((l) => / - ([^:]+): /.exec(l)?.[1]).filter(Boolean)),
  ];
  same(found.length, 2, "persons in the example");
  return lines
    .map((line) =>
      line.replace(
        / - ([^:]+): (.*)$/,
        (_, who, body) => ` - ${NAMES[found.indexOf(who)]}: ${body} ${WORD}`,
      ),
    )
    .join("\n");
}

function write(ebb, dir, args) {
  const page = join(dir, `page${args.length}.html`);
  const chat = join(dir, `WhatsApp Chat with ${NAMES[1]}.txt`);
  const { status, stderr } = spawnSync(ebb, ["report", chat, "--html", page, ...args], {
    encoding: "utf8",
  });
  same(status, 0, `exit code (${stderr})`);
  return page;
}

async function look(browser, path, named) {
  const { page, seen } = await open(browser, path);
  await enter(page);
  same(seen.errors.join(), "", "complaints");
  same(seen.requests.join(), "", "requests");
  check((await ids(page)).includes("loop"), "the loop section");
  const text = await bodyText(page);
  check(
    text.includes("Zanthippe") === named,
    named ? "the name is not shown" : "the name is shown",
  );
  await page.close();
}

async function main(ebb, example) {
  if (findBrowser("chrome") === null) {
    process.exit(SKIP);
  }
  const dir = mkdtempSync(join(tmpdir(), "ebb-program-"));
  const { browser, stop } = await startBrowser();
  try {
    writeFileSync(join(dir, `WhatsApp Chat with ${NAMES[1]}.txt`), plant(example));
    const plain = write(ebb, dir, []);
    const html = readFileSync(plain, "utf8");
    for (const planted of ["Zanthippe", "Quorn", "Obadiah", "Vexley", WORD]) {
      check(!html.includes(planted), `the page holds "${planted}"`);
    }
    check(html.length <= 1_500_000, `the page has ${html.length} bytes`);
    await look(browser, plain, false);
    await look(browser, write(ebb, dir, ["--names"]), true);
    console.log("1 passed, 0 failed");
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main(resolve(process.argv[2]), resolve(process.argv[3]));
