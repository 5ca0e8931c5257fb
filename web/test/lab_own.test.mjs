/* SPDX-License-Identifier: MIT
 *
 * Draw our own loop: cards and own words, the address, hostile addresses, one sheet of
 * paper, and the questions that close it.
 */
import { checkTree, checkWidths, openAll } from "./couple_checks.mjs";
import { bodyText, check, same, settle } from "./harness.mjs";
import { enterLab } from "./lab.test.mjs";
import { load } from "./lab_source.mjs";

const FULL =
  "#own/a.name=Kim&a.see=1&a.fear=1&a.do=2&a.long=1&b.name=Robin&b.see=5&b.fear=4&b.do=6&b.long=6";
const LONG = "W".repeat(60);

function hash(page) {
  return page.evaluate(() => window.location.hash);
}

function label(page) {
  return page.$eval(".own-drawing svg", (e) => e.getAttribute("aria-label"));
}

function sheets(pdf) {
  return (
    Buffer.from(pdf)
      .toString("latin1")
      .match(/\/Type\s*\/Page\b(?!s)/g) ?? []
  ).length;
}

/* Cards of seat a (0) or b (1). */
const slot = (seat, k) => `.own-part.card-${seat} .slot:nth-of-type(${k})`;

export const tests = {
  "own: cards make the loop, the address holds it": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, "#own");
    same(await hash(page), "#own", "nothing yet");
    check(/empty|leer/.test(await label(page)), await label(page));
    await page.focus(`${slot(0, 1)} input`);
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    same(await hash(page), "#own/a.see=2", "by keyboard");
    await page.click(`${slot(1, 3)} label:nth-of-type(6)`);
    await page.type(".card-0 .own-name", "Kim");
    const left = `${slot(1, 2)} .own-left`;
    const told = () => page.$eval(left, (e) => e.textContent);
    await page.type(`${slot(1, 2)} .own-words`, "x".repeat(58));
    check((await told()).includes("2"), `letters left: ${await told()}`);
    await page.type(`${slot(1, 2)} .own-words`, "xxx");
    check((await told()).includes("60"), `no more room: ${await told()}`);
    await page.$eval(`${slot(1, 2)} .own-words`, (e) => (e.value = ""));
    await page.type(`${slot(1, 2)} .own-words`, "too much & <b>");
    same(await told(), "", "letters left of many");
    await settle(page);
    const fragment =
      "#own/a.name=Kim&a.see=2&b.fear=~too%20much%20%26%20%3Cb%3E&b.do=6";
    same(await hash(page), fragment, "address");
    check((await label(page)).includes("too much & <b>"), await label(page));
    await page.reload();
    await page.click(".enter button");
    await page.waitForSelector(".own-part");
    same(
      await page.$eval(".card-0 .own-name", (e) => e.value),
      "Kim",
      "name after reloading",
    );
    check((await label(page)).includes("too much & <b>"), "own words after reloading");
    same((await page.$$(".own-drawing b, .own-said b")).length, 0, "words are words");
    await page.click(".own-body .buttons .plain");
    same(await hash(page), "#own", "cleared");
    same(await page.$eval(".card-0 .own-name", (e) => e.value), "", "name cleared");
    same((await page.$$(".chip input:checked")).length, 0, "cards cleared");
    same(seen.errors.join(), "", "complaints");
    same(seen.requests.join(), "", "requests");
    await page.close();
  },

  "own: the way round in words, both languages": async ({ browser, path }) => {
    const { page } = await enterLab(browser, path, FULL);
    for (const language of ["en", "de"]) {
      if ((await page.$eval("html", (e) => e.lang)) !== language) {
        await page.click(".tongue");
        await settle(page);
      }
      const lines = await page.$$eval(".own-said li", (all) =>
        all.map((e) => e.textContent),
      );
      same(lines.length, 8, "lines");
      check(
        lines[0] ===
          (language === "en"
            ? "Kim: I write or call again."
            : "Kim: Ich schreibe oder rufe noch einmal an."),
        lines[0],
      );
      const text = await bodyText(page, ".place-own");
      check(!/\{[a-z]+\}|undefined|score of|\[object/.test(text), text);
      await openAll(page);
      await checkTree(page, `own ${language}`);
    }
    await checkWidths(page, "own");
    await page.close();
  },

  "own: seats are alike": async () => {
    const { readLoop, addressOf } = await load(["own/state.js"]);
    const swap = (fragment) =>
      fragment.replace(/\b[ab]\./g, (seat) => (seat === "a." ? "b." : "a."));
    const [a, b] = readLoop(FULL.slice(5));
    const [c, d] = readLoop(swap(FULL.slice(5)));
    same(JSON.stringify([d, c]), JSON.stringify([a, b]), "the two changed");
    same(addressOf([a, b]), FULL, "there and back");
  },

  "own: whatever an address holds is words, short, or nothing": async ({
    browser,
    path,
  }) => {
    const { readLoop, addressOf } = await load(["own/state.js"]);
    for (const odd of [
      "",
      "&&&===",
      "a.see=0",
      "a.see=10",
      "a.fear=9",
      "a.see=1e3",
      "c.see=1",
      "a.love=1",
      "__proto__.x=1&a.__proto__=1&a.constructor=~x",
      "a.see=~",
      "a.see=~%E0%A4%A",
      "a.see=~%20%E2%80%AE%00",
    ]) {
      same(addressOf(readLoop(odd)), "#own", odd);
    }
    same(
      addressOf(readLoop(`a.see=~${"x".repeat(500)}`)),
      `#own/a.see=~${"x".repeat(60)}`,
      "cut",
    );
    check(addressOf(readLoop("a.see=~x&".repeat(4000))).length < 40, "a flood");
    check(
      !addressOf(readLoop("a.see=~a%E2%80%AEb")).includes("AE"),
      "marks that turn text",
    );
    check(addressOf(readLoop("a.see=~%ED%A0%80")) === "#own", "half a letter");
    for (const bad of [
      "a.name=%3Cimg%20src=x%20onerror=alert(1)%3E&a.see=~%3C/script%3E%3Csvg/onload=alert(1)%3E",
      "b.do=~javascript:alert(1)&b.name=%22%3E%3Ciframe%3E",
      `a.do=~${LONG}&${"z".repeat(5000)}`,
    ]) {
      const { page, seen } = await enterLab(browser, path, `#own/${bad}`);
      same(
        (await page.$$("#main img, #main iframe, #main script, svg svg")).length,
        0,
        bad,
      );
      await checkWidths(page, "hostile");
      same(seen.errors.join(), "", "complaints");
      same(seen.requests.join(), "", "requests");
      await page.close();
    }
  },

  "own: one sheet of paper, however long the words": async ({ browser, path }) => {
    const most = ["a", "b"]
      .flatMap((seat) => [
        `${seat}.name=${"M".repeat(20)}`,
        ...["see", "fear", "do", "long"].map((name) => `${seat}.${name}=~${LONG}`),
      ])
      .join("&");
    for (const fragment of [FULL, `#own/${most}`, "#own"]) {
      const { page } = await enterLab(browser, path, fragment);
      for (const format of ["A4", "Letter"]) {
        same(
          sheets(await page.pdf({ format })),
          1,
          `${format} of ${fragment.slice(0, 30)}`,
        );
      }
      await page.emulateMediaType("print");
      await page.setViewport({ width: 690, height: 1000 });
      const cut = await page.$eval(
        ".own-paper",
        (e) => e.scrollHeight - e.clientHeight,
      );
      check(cut <= 1, `${cut} px are cut off the sheet`);
      check((await bodyText(page, ".own-paper")).length > 100, "the sheet has words");
      await page.close();
    }
  },

  "own: a yes closes it, and only clearing opens it": async ({ browser, path }) => {
    const { page, seen } = await enterLab(browser, path, FULL);
    check((await bodyText(page, ".own-heed")).length > 80, "the notice");
    await page.click(".own-heed details:nth-of-type(1) summary");
    await page.waitForSelector("#alone input[value=yes]");
    await page.click("#alone input[value=yes]");
    await settle(page);
    check((await page.$(".shelter")) !== null, "where help is");
    same(
      (await page.$$(".own-drawing, .own-parts, .own-paper svg")).length,
      0,
      "a loop",
    );
    await page.click(".own-heed details:nth-of-type(1) > summary");
    await settle(page);
    same((await page.$$("#alone input:checked")).length, 0, "marks left behind");
    same(
      (await page.$$(".own-drawing")).length,
      0,
      "a loop after closing the questions",
    );
    check(/^#?own\b(?!.*(yes|Robin))/.test(await hash(page)), `address: ${await hash(page)}`);
    await page.click(".own-heed details:nth-of-type(1) > summary");
    await page.waitForSelector("#alone .plain");
    await page.click("#alone .plain");
    await settle(page);
    same((await page.$$(".own-drawing svg")).length, 1, "room for a loop again");
    check(!(await label(page)).includes("Robin"), "what had been chosen is gone");
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "own: back and forth": async ({ browser, path }) => {
    const { page } = await enterLab(browser, path, FULL);
    await page.click('.places a[href="#story"]');
    await page.waitForSelector(".place-story");
    await page.goBack();
    await page.waitForSelector(".place-own");
    check((await label(page)).includes("Robin"), "the loop is still in the address");
    await page.click('.places a[href="#sandbox"]');
    await page.waitForSelector(".place-sandbox");
    await page.click('.places a[href^="#own"]');
    await page.waitForSelector(".place-own");
    check((await label(page)).includes("Robin"), "the link leads to where one was");
    await page.close();
  },
};
