/* SPDX-License-Identifier: MIT
 *
 * The lab: the file, its places and the address, both languages; the numbers of the page
 * against those of the program; every control of the sandbox; broken models.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { check, open, same, settle } from "./harness.mjs";

const TEXTS = resolve(dirname(fileURLToPath(import.meta.url)), "../text");
const MOST_BYTES = 1_500_000;
const PLACES = ["story", "own", "sandbox", "model"];
const WIDTHS = [360, 800, 1280];

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

export function quiet(seen) {
  same(seen.requests.length, 0, `requests: ${seen.requests}`);
  same(seen.errors.length, 0, `complaints: ${seen.errors}`);
}

/* The next download of the page as text, in place of a dialogue. */
async function download(page, selector) {
  await page.evaluate(() => {
    window.caught = undefined;
    URL.createObjectURL = (blob) => {
      window.caught = blob;
      return "data:,";
    };
    HTMLAnchorElement.prototype.click = () => {};
  });
  await page.$eval(selector, (button) => button.click());
  await page.waitForFunction(() => window.caught !== undefined);
  return page.evaluate(() => window.caught.text());
}

function simulated(ebb, args) {
  const { stdout, stderr } = spawnSync(ebb, ["simulate", ...args, "--format", "csv"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  check(stdout !== "", stderr);
  return stdout;
}

function sameTable(found, wanted, what) {
  if (found !== wanted) {
    const [a, b] = [found.split("\n"), wanted.split("\n")];
    const at = b.findIndex((row, i) => row !== a[i]);
    check(
      false,
      `${what}, row ${at}: found ${a[at]?.slice(0, 300)}, wanted ${b[at]?.slice(0, 300)}`,
    );
  }
}

function tables(language) {
  const read = (path) => JSON.parse(readFileSync(join(TEXTS, path), "utf8"));
  return {
    shared: language === "en" ? read("en.json") : read("de/shared.json"),
    ...Object.fromEntries(
      ["lab", "lab_story", "lab_own", "quantities"].map((name) => [
        name,
        read(`${language}/${name}.json`),
      ]),
    ),
  };
}

const holes = (words) => (words.match(/\{\w+\}/g) ?? []).sort().join();

/* Sets a control as a person does. */
async function set(page, selector, value, event = "input") {
  await page.$eval(
    selector,
    (element, to, kind) => {
      element.value = to;
      element.dispatchEvent(new Event(kind, { bubbles: true }));
    },
    String(value),
    event,
  );
  await settle(page);
}

const address = (page) => page.evaluate(() => decodeURIComponent(window.location.hash));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function kept(page, words) {
  await page
    .waitForFunction(
      (w) => decodeURIComponent(window.location.hash).includes(w),
      { timeout: 10_000 },
      words,
    )
    .catch(async () =>
      check(false, `the address lacks ${words}: ${await address(page)}`),
    );
}

/* What the two arms show, as the paths of their lines. */
const drawn = (page) =>
  page.$$eval(".lane .trace", (paths) => paths.map((p) => p.getAttribute("d")).join());

/* --- the numbers ------------------------------------------------------------------- */

async function checkModelScenarios(page, ebb, model, counts) {
  await set(page, ".models", model, "change");
  const names = await page.$$eval(".model-scenario option", (list) =>
    list.map((o) => o.value),
  );
  for (const name of names.filter((n) => n !== "")) {
    counts.all += 1;
    const seed = 7 * counts.all;
    await page.$eval(".model-seed", (e, s) => (e.value = s), String(seed));
    await set(page, ".model-scenario", name, "change");
    const gated = await page.$eval(".model-report", (e) =>
      e.innerText.includes("fear, threats"),
    );
    if (gated) {
      counts.gated += 1;
      continue;
    }
    const where = counts.own.has(name)
      ? [model, "--scenario", name]
      : ["--scenario", name];
    const wanted = simulated(ebb, [...where, "--seed", String(seed)]);
    sameTable(await download(page, ".export-csv"), wanted, `${model} ${name}`);
  }
}

/* --- tests ------------------------------------------------------------------------- */

async function inFirefox({ path }) {
  const { browser, stop } = await startBrowser("firefox");
  try {
    const { page, seen } = await open(browser, path);
    await page.waitForSelector(".enter button");
    await page.click(".enter button");
    await page.evaluate(() => {
      window.location.hash = "#sandbox";
    });
    await page.waitForSelector(".rest.stable", { timeout: 60_000 });
    check((await drawn(page)).length > 1000, "lines");
    await page.click(".many");
    await page.waitForSelector('.place[data-first]:not([data-first=""])', {
      timeout: 60_000,
    });
    for (const place of ["story/1", "story/10", "own", "model"]) {
      await page.evaluate((to) => {
        window.location.hash = `#${to}`;
      }, place);
      await page.waitForSelector(".place h1");
      await settle(page);
    }
    same(seen.errors.join("; "), "", "complaints");
    await page.close();
  } finally {
    await stop();
  }
}

export const tests = {
  "lab: one file, small, ASCII": async ({ path }) => {
    check(
      statSync(path).size < MOST_BYTES,
      `the page has ${statSync(path).size} bytes`,
    );
    check(
      !/[^\x00-\x7f]/.test(
        readFileSync(path, "latin1").replace(/<script type[^]*?<\/script>/, ""),
      ),
      "ASCII",
    );
  },

  "lab: every key in both languages, with the same holes": async () => {
    const [en, de] = [tables("en"), tables("de")];
    for (const name of ["lab", "lab_story", "lab_own", "quantities"]) {
      same(
        Object.keys(de[name]).sort().join(),
        Object.keys(en[name]).sort().join(),
        name,
      );
    }
    for (const name of Object.keys(en)) {
      for (const [key, words] of Object.entries(de[name])) {
        check(en[name][key] !== undefined, `${key} is in no English table`);
        check(words.trim() !== "", `${key} is empty`);
        same(holes(words), holes(en[name][key]), `holes of ${key}`);
      }
    }
  },

  "lab: notice first, then the places by address and back": async ({
    browser,
    path,
  }) => {
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
    check(
      first !== second && [first, second].sort().join() === "de,en",
      "two languages",
    );
    check((await page.$(".place-sandbox")) !== null, "where one was");
    quiet(seen);
    await page.close();
  },

  "lab: what the couple model's file says, in German": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    const table = JSON.parse(readFileSync(join(TEXTS, "de/lab_model.json"), "utf8"));
    const first = await page.$eval("html", (e) => e.lang);
    if (first === "en") {
      await page.click(".tongue");
      await settle(page);
    }
    await page.$$eval(".controls details", (all) =>
      all.forEach((d) => (d.open = true)),
    );
    const params = await page.$$eval(".param", (all) =>
      all.map((e) => [e.querySelector("code").textContent, e.lastChild.textContent]),
    );
    const scenarios = await page.$$eval(".scenarios option[value]", (all) =>
      all.map((e) => e.textContent).filter((words) => words.includes(":")),
    );
    const [said, told] = ["param.", "scenario."].map((kind) =>
      Object.entries(table).filter(([key]) => key.startsWith(kind)),
    );
    same(
      params.map(([name, words]) => `param.${name} ${words}`).join("\n"),
      params.map(([name]) => `param.${name} ${table[`param.${name}`]}`).join("\n"),
      "numbers",
    );
    same(params.length, said.length, "numbers that are told");
    same(
      scenarios.sort().join("\n"),
      told
        .map(([key, words]) => `${key.slice(9).replace(/_/g, " ")}: ${words}`)
        .sort()
        .join("\n"),
      "scenarios",
    );
    quiet(seen);
    await page.close();
  },

  "lab: pictures to take along": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    const svg = await download(page, ".export-svg");
    const paths = (words) =>
      [...words.matchAll(/<path[^>]* d="([^"]+)"/g)].map((m) => m[1]);
    const shown = await page.$eval(".strips", (e) => ({
      wide: e.clientWidth,
      paths: [...e.querySelectorAll(".lane-arm svg path")]
        .map((path) => path.getAttribute("d"))
        .filter((d) => d !== null),
    }));
    same(paths(svg).join(), shown.paths.join(), "lines of the picture");
    check(shown.paths.length > 8, `${shown.paths.length} lines`);
    same(
      Number(/width="(\d+)"/.exec(svg)[1]),
      shown.wide + 16,
      "as wide as on the page",
    );
    same(svg.match(/<text [^>]*font-size="14px"/g).length, 6, "titles");
    check(!/ style="/.test(svg), "its looks do not hang on a style");
    check(!/url\(|href|@import|<script/.test(svg), "nothing from elsewhere");
    await page.evaluate(() => (window.caught = undefined));
    await page.$eval(".export-png", (button) => button.click());
    await page.waitForFunction(() => window.caught !== undefined);
    const png = await page.evaluate(async () => {
      const image = await createImageBitmap(window.caught);
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const ink = canvas.getContext("2d");
      ink.drawImage(image, 0, 0);
      const { data } = ink.getImageData(0, 0, image.width, image.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) {
        seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      }
      return {
        type: window.caught.type,
        wide: image.width,
        colours: seen.size > 20,
      };
    });
    same(
      JSON.stringify(png),
      JSON.stringify({ type: "image/png", wide: 2 * shown.wide + 32, colours: true }),
      "the same as points",
    );
    quiet(seen);
    await page.close();
  },

  "lab: still where the system asks for it": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path);
    await page.emulateMediaFeatures([
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    for (const place of PLACES) {
      await page.evaluate((to) => (window.location.hash = `#${to}`), place);
      await page.waitForSelector(`.place-${place}`);
      await pause(1500);
      const moving = await page.evaluate(async () => {
        const shot = () =>
          [...document.querySelectorAll("svg, .fill")]
            .map((e) => `${e.outerHTML}${getComputedStyle(e).width}`)
            .join();
        const before = shot();
        await new Promise((done) => setTimeout(done, 700));
        return [
          document.getAnimations().length,
          before === shot() ? "" : "pictures change by themselves",
        ].join(" ");
      });
      same(moving, "0 ", place);
    }
    quiet(seen);
    await page.close();
  },

  "lab: numbers of every scenario that ships are those of ebb simulate": async (
    context,
  ) => {
    const { browser, path, ebb } = context;
    const { page, seen } = await enterLab(browser, path, "#model");
    const models = await page.$$eval(".models option", (list) =>
      list.map((o) => o.value),
    );
    const list = spawnSync(ebb, ["scenarios", "--format", "json"], {
      encoding: "utf8",
    });
    const shipped = new Set(JSON.parse(list.stdout).scenarios.map(({ name }) => name));
    const counts = { all: 0, gated: 0, own: { has: (name) => !shipped.has(name) } };
    for (const model of models.filter((name) => name !== "")) {
      await checkModelScenarios(page, ebb, model, counts);
    }
    check(counts.all >= shipped.size, `${counts.all} scenarios, ${shipped.size} ship`);
    same(counts.gated, 1, "scenarios that declare facts");
    quiet(seen);
    await page.close();
  },

  "lab: a situation in the sandbox is the scenario it came from": async (context) => {
    const { browser, path, ebb } = context;
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    const names = await page.$$eval(".scenarios optgroup option", (list) =>
      list.map((o) => [o.value, o.textContent.replace(/:.*/, "").replace(/ /g, "_")]),
    );
    for (const [value, name] of names) {
      await set(page, ".scenarios", value, "change");
      if ((await page.$(".sandbox-notice .shelter")) !== null) {
        same(name, "gone_girl", "what is not run");
        continue;
      }
      const where = name === "pursuer" ? ["pursue_withdraw", "-s", name] : ["-s", name];
      sameTable(await download(page, ".export-csv"), simulated(ebb, where), name);
    }
    quiet(seen);
    await page.close();
  },

  "lab: the settings file is what ebb simulate runs": async ({
    browser,
    path,
    ebb,
    dir,
  }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    await set(page, ".who-0 .slider:nth-of-type(1) input[type=range]", 2.1);
    await page.click(".happen-row button");
    await page.click(".chance");
    await settle(page);
    const file = await download(page, ".export-file");
    const saved = join(dir, "mine.ebb");
    writeFileSync(saved, file);
    check(/# seed 1\n/.test(file) && /anxiety = 2.1/.test(file), file);
    const args = ["pursue_withdraw", "--scenario", saved, "--seed", "1"];
    sameTable(await download(page, ".export-csv"), simulated(ebb, args), "settings");
    quiet(seen);
    await page.close();
  },

  "lab: every control of the sandbox moves something": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    await page.$$eval(".controls details", (all) =>
      all.forEach((d) => (d.open = true)),
    );
    await settle(page);
    const count = await page.$$eval(".controls .slider", (all) => all.length);
    check(count > 100, `${count} sliders`);
    const names = new Set();
    for (let k = 0; k < count; k++) {
      await page.evaluate((i) => {
        const range = document.querySelectorAll(".controls .slider input[type=range]")[
          i
        ];
        const [low, high] = [Number(range.min), Number(range.max)];
        range.value = String(Number(range.value) > (low + high) / 2 ? low : high);
        range.dispatchEvent(new Event("input", { bubbles: true }));
      }, k);
      if (k % 25 === 0) {
        await settle(page);
      }
    }
    await settle(page);
    await page.waitForFunction(() => window.location.hash.length > 2000);
    const words = await address(page);
    for (const match of words.matchAll(/([\w.]+) = /g)) {
      names.add(match[1]);
    }
    check(names.size > 90, `${names.size} numbers in the address`);
    quiet(seen);
    await page.close();
  },

  "lab: what helps most is what ebb simulate says": async ({
    browser,
    path,
    ebb,
    dir,
  }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    await set(page, ".length", 60, "change");
    await set(page, ".controls > .slider input[type=number]", 10, "change");
    await page.click(".place-sandbox > .buttons button");
    await page.waitForFunction(
      () => document.querySelector(".rank-go").getBoundingClientRect().top < window.innerHeight,
    );
    check(
      await page.evaluate(() => document.activeElement.matches(".rank-go")),
      "the way to it",
    );
    await page.waitForFunction(
      () => /^All 25/.test(document.querySelector(".rank .told").textContent),
      { timeout: 60_000 },
    );
    const rows = await page.$$eval(".ranking tbody tr", (all) =>
      all.map((e) => [e.querySelector("th").innerText, e.querySelector(".small").innerText]),
    );
    const numbers = rows.map(([, said]) => Number(said.split(" ")[0].replace("−", "-")));
    same(rows.length, 25, "levers");
    same(
      numbers.join(),
      [...numbers].sort((x, y) => y - x).join(),
      "the best one first",
    );
    const saved = join(dir, "rank.ebb");
    const plain = await download(page, ".export-file");
    const means = ["", "at 10: b.staying_present = 1\n"].map((order) => {
      writeFileSync(saved, plain + order);
      const csv = simulated(ebb, [
        ...["pursue_withdraw", "--scenario", saved, "-n", "60", "--every", "0.6"],
        ...["--only", "a.satisfaction,b.satisfaction,together"],
      ]);
      const [head, ...lines] = csv.trim().split("\n");
      const names = head.split(",");
      const at = (row, name) => Number(row.split(",")[names.indexOf(name)]);
      const sums = new Map();
      for (const row of lines.filter((r) => at(r, "time") >= 44.99)) {
        const couple = at(row, "couple");
        const [sum, n] = sums.get(couple) ?? [0, 0];
        const here = (at(row, "a.satisfaction") + at(row, "b.satisfaction")) / 2;
        sums.set(couple, [sum + (at(row, "together") > 0.5 ? here : NaN), n + 1]);
      }
      return [...sums.values()].map(([sum, n]) => sum / n);
    });
    const apart = means[1].map((x, i) => x - means[0][i]).filter((x) => !Number.isNaN(x));
    const mean = apart.reduce((sum, x) => sum + x, 0) / apart.length;
    const row = rows.findIndex(([name]) => name.includes("B stays while it is much"));
    check(row >= 0, rows.map(([name]) => name).join());
    same(numbers[row].toFixed(2), mean.toFixed(2), "the same difference");
    quiet(seen);
    await page.close();
  },

  "lab: a lever makes a second run, an event a line, chance another couple": async (
    context,
  ) => {
    const { page, seen } = await enterLab(context.browser, context.path, "#sandbox");
    const before = await drawn(page);
    await set(page, ".controls > .explained input[type=range]", 1);
    check(
      await page.$eval(".strips", (e) => e.classList.contains("two")),
      "two columns",
    );
    await kept(page, "# with at 180:");
    await set(page, ".happen-row select", "apart");
    await page.click(".lane-pursuit .live");
    await settle(page);
    await kept(page, "apart = 0.8");
    same(await page.$$eval(".happenings li", (all) => all.length), 1, "happenings");
    await page.click(".happenings button");
    await page.click(".reset");
    await settle(page);
    same(
      await drawn(page).then((d) => d.startsWith(before.slice(0, 200))),
      true,
      "as at first",
    );
    await page.click(".chance");
    await settle(page);
    check((await drawn(page)) !== before, "other chance, other lines");
    quiet(seen);
    await page.close();
  },

  "lab: many couples come in parts, and the next change ends them": async (context) => {
    const { page, seen } = await enterLab(context.browser, context.path, "#sandbox");
    await set(page, ".length", 180, "change");
    await page.click(".many");
    await page.waitForFunction(() => document.querySelector(".place").dataset.first);
    await set(page, ".who-1 .slider:nth-of-type(1) input[type=range]", 0.5);
    await page.waitForFunction(
      () => /^300 /.test(document.querySelector(".told").textContent),
      { timeout: 60_000 },
    );
    check((await page.$$(".lane .ribbon")).length > 8, "bands");
    quiet(seen);
    await page.close();
  },

  "lab: the loop and the states of rest": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    await page.waitForSelector(".rest.stable", { timeout: 30_000 });
    const gain = await page.$eval(".ring-gain", (e) => e.textContent);
    check(/^−?\d/.test(gain), `the gain is ${gain}`);
    const course = await page.$eval(".look .live .trace:nth-of-type(2)", (e) =>
      e.getAttribute("d"),
    );
    const heights = new Set(course.match(/(?<= )[\d.]+/g));
    check(heights.size > 20, `the gain moves: ${heights.size} heights`);
    await set(page, ".moment-range", 400);
    await page.waitForSelector(".rest.stable", { timeout: 30_000 });
    quiet(seen);
    await page.close();
  },

  "lab: a hostile address is as if nothing stood there": async ({ browser, path }) => {
    const bad = [
      "#sandbox/%",
      "#sandbox/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
      `#sandbox/${"a".repeat(20_000)}`,
      `#sandbox/${encodeURIComponent('scenario m "x" uses pursue_withdraw\nrun 1e9\n')}`,
      `#sandbox/${encodeURIComponent('scenario m "x" uses pursue_withdraw\nrun 30\na: anxiety = 99\nfacts fear\n<b>at 3: zz = 1')}`,
      "#model/<script>",
      "#__proto__/x",
      "#constructor",
    ];
    for (const fragment of bad) {
      const { page, seen } = await enterLab(browser, path, fragment);
      await settle(page);
      check(
        (await page.$(".place img, .place b")) === null,
        `no markup from ${fragment}`,
      );
      check((await page.$(".place h1")) !== null, `a place at ${fragment}`);
      quiet(seen);
      await page.close();
    }
  },

  "lab: what declares fear is not run, wherever it comes from": async ({
    browser,
    path,
  }) => {
    const words = 'scenario m "x" uses pursue_withdraw\nrun 30\nfacts fear\n';
    const { page, seen } = await enterLab(
      browser,
      path,
      `#sandbox/${encodeURIComponent(words)}`,
    );
    check(
      (await page.$(".sandbox-notice .shelter")) !== null,
      "the notice from an address",
    );
    await page.click(".reset");
    await settle(page);
    check(
      (await page.$(".sandbox-notice .shelter")) === null,
      "gone once one begins again",
    );
    quiet(seen);
    await page.close();
  },

  "lab: errors of a model at their lines, and it runs once mended": async (context) => {
    const { page, seen } = await enterLab(context.browser, context.path, "#model");
    const good = await page.$eval(".source", (e) => e.value);
    const places = await page.evaluate(() =>
      [".line-numbers div", ".source", ".line-numbers"].map((which) => {
        const { top, right, left, height } = document
          .querySelector(which)
          .getBoundingClientRect();
        return { top, right, left, height };
      }),
    );
    const [first, text, numbers] = places;
    check(
      Math.abs(first.top - text.top) < 24 && numbers.right <= text.left + 1,
      `numbers beside the text: ${JSON.stringify(places)}`,
    );
    same(numbers.height, text.height, "as high as the text");
    await set(page, ".source", good.replace("-threat +", "-thraet +"));
    await page.waitForSelector(".model-report.wrong");
    const line = good.split("\n").findIndex((row) => row.includes("-threat +")) + 1;
    same(
      await page.$eval(".line-numbers .wrong", (e) => e.textContent),
      String(line),
      "line",
    );
    const words = await page.$eval(".model-report", (e) => e.innerText);
    check(/thraet/.test(words) && /did you mean/.test(words), words);
    await page.click(".model-report button");
    same(
      await page.evaluate(() => document.activeElement.className),
      "source",
      "at the line",
    );
    await set(page, ".source", good.replace("impact    = 2", "impact    = 3"));
    await page.waitForFunction(
      () => document.querySelector(".model-report.wrong") === null,
    );
    await page.waitForFunction(() => document.querySelectorAll(".lane").length === 4);
    for (const broken of ["", "model", "\u0000", 'model x "y"\n'.repeat(500)]) {
      await set(page, ".source", broken);
      await pause(400);
      check((await page.$(".place h1")) !== null, "the page stands");
    }
    quiet(seen);
    await page.close();
  },

  "lab: no place is wider than the screen, in light and dark": async ({
    browser,
    path,
  }) => {
    for (const width of WIDTHS) {
      for (const name of PLACES) {
        const { page, seen } = await enterLab(browser, path, `#${name}`, {
          width,
          dark: width === 800,
        });
        await page.$$eval("details", (all) => all.forEach((d) => (d.open = true)));
        await settle(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= width, `${name} is ${wide} wide at ${width}`);
        const short = await page.$$eval("input[type=range]", (all) =>
          all
            .map((e) => e.getBoundingClientRect().width)
            .filter((w) => w > 0 && w < 44),
        );
        same(short.length, 0, `${name} at ${width}: sliders too short to move`);
        quiet(seen);
        await page.close();
      }
    }
  },

  "lab: controls have names, and the keyboard gets everywhere": async ({
    browser,
    path,
  }) => {
    const { page, seen } = await enterLab(browser, path, "#sandbox");
    const nameless = await page.$$eval(
      "main input, main select, main button, main textarea",
      (all) =>
        all
          .filter((e) => !e.classList.contains("heard"))
          .filter(
            (e) =>
              !e.getAttribute("aria-label") &&
              !e.labels?.length &&
              e.textContent.trim() === "",
          )
          .map((e) => e.outerHTML.slice(0, 120)),
    );
    same(nameless.join(), "", "controls without a name");
    await page.focus(".who-0 .slider input[type=range]");
    const before = await drawn(page);
    await page.keyboard.press("ArrowRight");
    await settle(page);
    check((await drawn(page)) !== before, "an arrow key moves a slider and the lines");
    await page.waitForSelector(".rest.stable", { timeout: 30_000 }); /* all is drawn */
    await settle(page);
    const bare = await page.$$eval(
      "main svg[role=img]",
      (all) =>
        all.filter((e) => !e.closest("[hidden]") && !e.getAttribute("aria-label"))
          .length,
    );
    same(bare, 0, "pictures without words");
    quiet(seen);
    await page.close();
  },

  "lab: leaves at once": async ({ browser, path }) => {
    const { page } = await enterLab(browser, path, "#sandbox");
    await page.click(".leave");
    await page.waitForFunction(() => window.location.href === "about:blank");
    await page.close();
  },
};

/* Without Firefox there is no such test, rather than one that cannot fail. */
if (findBrowser("firefox") !== null) {
  tests["lab: in Firefox, from disk"] = inFirefox;
}
