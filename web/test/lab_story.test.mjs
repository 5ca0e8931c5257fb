/* SPDX-License-Identifier: MIT
 *
 * The story of the lab: what its sentences state holds of the model, what is said to be
 * known stands so in evidence/claims.tsv, and every scene and control works in both
 * languages.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkTree, checkWidths, openAll } from "./couple_checks.mjs";
import { bodyText, check, same, settle } from "./harness.mjs";
import { enterLab } from "./lab.test.mjs";
import { engineOf, load, WEB } from "./lab_source.mjs";

const SCENES = 10;
const LANGUAGES = ["en", "de"];
const BANNED =
  /(?<!\p{L})(needy|clingy|toxic|narciss\w*|dysfunction\w*|guilty|at fault|he|she|his|her|him|anhänglich|gestört)(?!\p{L})/iu;

function words(language) {
  return JSON.parse(
    readFileSync(join(WEB, "text", language, "lab_story.json"), "utf8"),
  );
}

/* Rows of a table of the evidence, by their first column. */
function evidence(file) {
  const [head, ...rows] = readFileSync(resolve(WEB, "../evidence", file), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  return new Map(
    rows.map((row) => [
      row[0],
      Object.fromEntries(head.map((name, i) => [name, row[i]])),
    ]),
  );
}

async function speak(page, language) {
  if ((await page.$eval("html", (e) => e.lang)) !== language) {
    await page.click(".tongue");
    await settle(page);
  }
}

function toScene(page, scene) {
  return page.evaluate((n) => {
    window.location.hash = `#story/${n}`;
  }, scene);
}

async function atScene(page, scene) {
  await page.waitForFunction(
    (n) => document.querySelector(".dots [aria-current]")?.textContent === String(n),
    {},
    scene,
  );
  await settle(page);
}

/* Answers every question of a scene, the k-th with its k-th option. */
async function guessAll(page) {
  for (let k = 0; (await page.$(".ask .buttons")) !== null; k++) {
    check(k < 3, "questions without end");
    const [ask] = await page.$$(".ask:has(.buttons)");
    const look = await ask.$(".action");
    check(await look.evaluate((e) => e.disabled), "nothing to look at before a guess");
    const options = await ask.$$("input");
    await options[k % options.length].click();
    await look.click();
    await settle(page);
    check(
      await page.evaluate(() => document.activeElement.matches(".told")),
      "the answer has the focus",
    );
  }
}

/* Moves every slider, takes every choice, turns every switch; the page must not complain. */
async function handleAll(page) {
  for (const slider of await page.$$(".scene input[type=range]")) {
    const before = await slider.evaluate((e) => e.getAttribute("aria-valuetext"));
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("End");
    const after = await slider.evaluate((e) => e.getAttribute("aria-valuetext"));
    check(after.length > 0 && before !== null, "a slider says where it is");
  }
  for (const choice of await page.$$(".scene .row-choice input, .switches input")) {
    await choice.click();
  }
  await settle(page);
}

function drawn(page) {
  return page.$$eval(".scene svg[role=img]", (all) =>
    all.map((e) => ({
      label: e.getAttribute("aria-label"),
      parts: e.querySelectorAll("*").length,
    })),
  );
}

export const tests = {
  "story: every word is used, none judges": async () => {
    const code = ["story", "."]
      .flatMap((dir) =>
        readdirSync(join(WEB, "lab", dir))
          .filter((name) => name.endsWith(".ts"))
          .map((name) => readFileSync(join(WEB, "lab", dir, name), "utf8")),
      )
      .join("\n");
    const said = (key) => {
      const [, rest] = /^story\.\d+\.(.+)$/.exec(key) ?? [];
      const names = [key, rest ?? key];
      const stem = [...code.matchAll(/[`"]([a-z_.]+\.)\$\{/g)].map((m) => m[1]);
      return (
        names.some((name) => code.includes(`"${name}"`)) ||
        stem.some((s) => names.some((name) => name.startsWith(s))) ||
        /^(title|model)$/.test(rest ?? "") ||
        /^\d$|^(little|some|much|most|stays|dies|usual|times|hour|hours)$/.test(
          rest ?? "",
        )
      );
    };
    for (const language of LANGUAGES) {
      const table = words(language);
      same(
        Object.keys(table)
          .filter((key) => !said(key))
          .join(" "),
        "",
        "words that nothing shows",
      );
      for (const [key, text] of Object.entries(table)) {
        const found = BANNED.exec(text.replace(/\{[a-z_0-9]+\}/g, ""));
        check(found === null, `${language} ${key}: "${found?.[0]}" in ${text}`);
      }
    }
  },

  "story: what is known is so in the evidence": async () => {
    const { KNOWN } = await load(["story/known.js"]);
    const [claims, sources, text] = [
      evidence("claims.tsv"),
      evidence("sources.tsv"),
      words("en"),
    ];
    same(Object.keys(KNOWN).length, SCENES, "scenes with claims");
    for (const claim of Object.values(KNOWN).flat()) {
      const row = claims.get(claim.id);
      check(row !== undefined, `no claim ${claim.id}`);
      same(claim.standing, row.verdict, `standing of ${claim.id}`);
      same(text[`claim.${claim.id}`], row.claim, `words of ${claim.id}`);
      check(
        claim.sources.length > 0 || claim.standing === "none-found",
        `${claim.id} without source`,
      );
      for (const source of claim.sources) {
        check(sources.has(source), `no source ${source}`);
        check(
          row.evidence.includes(`${source} (`),
          `${source} says nothing of ${claim.id}`,
        );
      }
    }
  },

  "story: what the sentences state holds of the model": async ({ path }) => {
    const { FACTS } = await load(["story/facts.js"]);
    const engine = await engineOf(path);
    const table = words("en");
    for (const fact of FACTS) {
      check(table[fact.key] !== undefined, `no sentence ${fact.key}`);
      check(
        fact.holds(engine),
        `${fact.key}: not so any more: ${fact.says} (${fact.figures?.(engine)})`,
      );
    }
    const told = new Set(FACTS.map(({ key }) => key));
    const bare = Object.keys(table).filter((key) =>
      /^story\.\d+\.(shown|dies|together)/.test(key),
    );
    same(bare.filter((key) => !told.has(key)).join(), "", "results without a fact");
  },

  "story: a scene's numbers are those of the program": async ({ path, ebb, dir }) => {
    const { runSome, secondYear } = await load([
      "story/course.js",
      "story/scene_swap.js",
    ]);
    const ask = secondYear("story");
    const file = join(dir, "scene.ebb");
    writeFileSync(file, ask.scenario);
    const { stdout, stderr } = spawnSync(
      ebb,
      [
        ...["simulate", "pursue_withdraw", "--scenario", file, "--couples", "3"],
        ...[
          "--format",
          "csv",
          "--every",
          String(ask.every),
          "--only",
          ask.outputs.join(),
        ],
      ],
      { encoding: "utf8", maxBuffer: 1e9 },
    );
    const rows = stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",").map(Number));
    const courses = runSome(await engineOf(path), ask, 3);
    same(rows.length, 3 * courses[0].times.length, `rows of the program ${stderr}`);
    const columns = courses.map((course) => ask.outputs.map((name) => course.of(name)));
    rows.forEach(([couple, , ...values], i) => {
      const at = i % courses[0].times.length;
      values.forEach((value, k) =>
        check(
          Object.is(value, columns[couple][k][at]),
          `couple ${couple}, row ${at}: ${value}`,
        ),
      );
    });
  },

  "story: every scene and control, in both languages": async ({ browser, path }) => {
    for (const language of LANGUAGES) {
      const { page, seen } = await enterLab(browser, path, "#story/1");
      await speak(page, language);
      for (let scene = 1; scene <= SCENES; scene++) {
        await toScene(page, scene);
        await atScene(page, scene);
        same(
          await page.$eval("h1", (e) => e.textContent),
          words(language)[`story.${scene}.title`],
          "title",
        );
        check(
          (await page.$(".told > *")) === null,
          `scene ${scene} tells before it asks`,
        );
        await guessAll(page);
        check(
          (await page.$$(".option.answer")).length > 0,
          `scene ${scene}: an answer`,
        );
        await openAll(page);
        await handleAll(page);
        for (const { label, parts } of await drawn(page)) {
          check(label.length > 10, `scene ${scene}: a picture without words`);
          check(parts > 3, `scene ${scene}: an empty picture: ${label}`);
        }
        await checkTree(page, `scene ${scene}`);
        const text = await bodyText(page, ".scene");
        check(!/undefined|\[object|\{[a-z_]+\}/.test(text), `scene ${scene}: ${text}`);
      }
      same(seen.errors.join(), "", `${language}: complaints`);
      same(seen.requests.join(), "", `${language}: requests`);
      await page.close();
    }
  },

  "story: a guess is found again, in the other language too": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#story/4");
    const made = () =>
      page.$$eval(".ask", (all) =>
        all.map((ask) => ({
          chosen: [...ask.querySelectorAll("input")].findIndex((e) => e.checked),
          asks: ask.querySelector(".buttons") !== null,
          told: ask.parentElement.querySelector(".told > *") !== null,
        })),
      );
    await guessAll(page);
    const before = JSON.stringify(await made());
    check(/"chosen":0,"asks":false,"told":true/.test(before), before);
    await toScene(page, 5);
    await atScene(page, 5);
    check((await made()).every(({ asks, told }) => asks && !told), "another scene asks");
    await toScene(page, 4);
    await atScene(page, 4);
    same(JSON.stringify(await made()), before, "back at the scene");
    check(
      await page.evaluate(() => !document.activeElement.matches(".told")),
      "the focus stays where it was",
    );
    await page.click(".tongue");
    await atScene(page, 4);
    same(JSON.stringify(await made()), before, "in the other language");
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "story: pictures fill as couples come": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#story/10");
    await guessAll(page);
    await page.waitForFunction(
      () => /\d/.test(document.querySelector(".scene p.result")?.textContent ?? ""),
      { timeout: 120_000 },
    );
    const share = async () =>
      Number(
        /(\d+)/.exec(await page.$eval(".scene p.result", (e) => e.textContent))[1],
      );
    const first = await share();
    check(first > 40, `the two of the story: ${first}`);
    await page.click('.row-choice input[value="kim"]');
    await page.waitForFunction(
      (was) =>
        !document.querySelector(".scene p.result").textContent.includes(String(was)),
      { timeout: 120_000 },
      first,
    );
    check((await share()) < 5, `with a secure partner: ${await share()}`);
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "story: what does most is said of the couple that is chosen": async ({
    browser,
    path,
  }) => {
    const { page, seen } = await enterLab(browser, path, "#story/9");
    await guessAll(page);
    const first = () =>
      page.$eval(".scene p.result", (e) => /“(.*?)”/.exec(e.textContent)?.[1] ?? "");
    const told = (is) =>
      page.waitForFunction(
        (there) =>
          document.querySelector(".scene p.result")?.textContent.includes("“") === there,
        { timeout: 120_000 },
        is,
      );
    await told(true);
    const story = await first();
    check(story.startsWith("Robin:"), story);
    await page.click('.row-choice input[value="anxious"]');
    await told(false);
    await told(true);
    check((await first()) !== story, `of both couples: ${story}`);
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "story: by the arrow keys, by the dots, and back": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#story/1");
    await page.keyboard.press("ArrowRight");
    await atScene(page, 2);
    check(
      await page.evaluate(() => document.activeElement.matches("h1")),
      "focus on the new title",
    );
    await page.keyboard.press("ArrowLeft");
    await atScene(page, 1);
    await page.keyboard.press("ArrowLeft");
    await atScene(page, 1);
    await page.focus(".ask input");
    await page.keyboard.press("ArrowRight");
    await settle(page);
    await atScene(page, 1);
    check(
      await page.$eval(".ask input:nth-of-type(1)", (e) => !e.checked),
      "the keys choose",
    );
    await page.click('.dots a[href="#story/7"]');
    await atScene(page, 7);
    await page.click(".way.next");
    await atScene(page, 8);
    await page.goBack();
    await atScene(page, 7);
    await page.goBack();
    await atScene(page, 1);
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "story: by keyboard alone": async ({ browser, path }) => {
    const { page } = await enterLab(browser, path, "#story/4");
    const tabTo = async (selector) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        if (
          await page.evaluate(
            (s) => document.activeElement?.matches(s) ?? false,
            selector,
          )
        ) {
          return;
        }
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    await tabTo(".ask input");
    await page.keyboard.press("Space");
    await tabTo(".ask .action");
    await page.keyboard.press("Enter");
    await settle(page);
    await tabTo(".switches input");
    const before = await page.$eval(".scene p.result", (e) => e.textContent);
    await page.keyboard.press("Space");
    await settle(page);
    check(
      (await page.$eval(".scene p.result", (e) => e.textContent)) !== before,
      "a cut arm changes what is said",
    );
    await page.keyboard.press("Space");
    let last = "";
    for (const arm of await page.$$(".switches input")) {
      await arm.click();
      await settle(page);
      last = await page.$eval(".scene p.result", (e) => e.textContent);
      await arm.click();
      await settle(page);
    }
    check(last.includes("any one is enough"), "each arm cut by itself ends it");
    await tabTo(".known summary");
    await page.keyboard.press("Enter");
    check(await page.$eval(".known details", (e) => e.open), "what is known opens");
    await page.close();
  },

  "story: an odd address": async ({ browser, path }) => {
    for (const [rest, scene] of [
      ["99", 10],
      ["0", 1],
      ["-3", 1],
      ["1e1", 1],
      ["3/../../x", 1],
      ["%3Cimg%20src=x%20onerror=alert(1)%3E", 1],
      ["%E0%A4%A", 1],
    ]) {
      const { page, seen } = await enterLab(browser, path, `#story/${rest}`);
      await atScene(page, scene);
      same((await page.$$("img")).length, 0, rest);
      same(seen.errors.join(), "", `complaints at ${rest}`);
      await page.close();
    }
  },

  "story: narrow, dark and still": async ({ browser, path }) => {
    const { page } = await enterLab(browser, path, "#story/3", {
      width: 360,
      dark: true,
    });
    await page.emulateMediaFeatures([
      { name: "prefers-reduced-motion", value: "reduce" },
      { name: "prefers-color-scheme", value: "dark" },
    ]);
    await toScene(page, 4);
    await atScene(page, 4);
    for (let scene = 1; scene <= SCENES; scene++) {
      await toScene(page, scene);
      await atScene(page, scene);
      await guessAll(page);
      check(
        (await page.$$(".play:not([hidden])")).length === 0,
        "something moves by itself",
      );
      await checkWidths(page, `scene ${scene}`);
      await page.setViewport({ width: 360, height: 740 });
      await settle(page);
      const small = await page.$$eval(".scene svg[role=img] text", (all) =>
        all
          .map((e) => [e.textContent, (e.getBoundingClientRect().height || 99) / 1.15])
          .filter(([, size]) => size < 9.5)
          .map(([words]) => words),
      );
      same(small.join("; "), "", `scene ${scene}: too small to read`);
    }
    await page.close();
  },
};
