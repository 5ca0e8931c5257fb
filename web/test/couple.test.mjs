/* SPDX-License-Identifier: MIT
 *
 * The page of a simulated couple.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCouple, openAll } from "./couple_checks.mjs";
import { bodyText, check, open, same, settle } from "./harness.mjs";

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const TEMPLATE_BUDGET = 80_000;

function words() {
  return JSON.parse(readFileSync(join(WEB, "text", "en", "couple.json"), "utf8"));
}

async function choose(page, moment) {
  await page.evaluate((value) => {
    const slider = document.querySelector("#moment-slider");
    slider.value = String(value);
    slider.dispatchEvent(new Event("input"));
  }, moment);
}

function gains(page) {
  return page.$$eval("#moment .gain > p:first-child", (all) =>
    all.map((e) => e.textContent.replace(/\s+/g, " ")),
  );
}

async function paintOf(page, selector, name) {
  return page.$eval(
    selector,
    (e, property) => getComputedStyle(e).getPropertyValue(property),
    name,
  );
}

export const tests = {
  "couple: the file is closed, small and ASCII": ({ coupleTemplate }) => {
    const html = readFileSync(coupleTemplate, "utf8");
    check(statSync(coupleTemplate).size < TEMPLATE_BUDGET, "the template is too large");
    check(!/[^\x00-\x7f]/.test(html), "not ASCII");
    same(html.split("@@").length, 3, "pieces between @@");
    const addresses = html.match(/https?:\/\/[^"'`\s)]+/g) ?? [];
    same(
      addresses.filter((a) => !a.startsWith("http://www.w3.org/")).join(" "),
      "",
      "addresses",
    );
    const found = html.match(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB|\.cookie/g,
    );
    same((found ?? []).join(" "), "", "forbidden calls");
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? "";
    check(policy.startsWith("default-src 'none';"), policy);
    check(!policy.includes("unsafe"), policy);
    const script = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? "";
    check(
      policy.includes(createHash("sha256").update(script).digest("base64")),
      "hash of the script",
    );
  },

  "couple: every word is used and none judges": () => {
    const code = readdirSync(join(WEB, "couple"))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(WEB, "couple", name), "utf8"))
      .concat(
        ["parts/frame.ts", "parts/page.ts", "tools/build.mjs"].map((path) =>
          readFileSync(join(WEB, path), "utf8"),
        ),
      )
      .join("\n");
    const stems = [...code.matchAll(/`([a-z_.]*)\$\{/g)].map((m) => m[1]);
    const unused = Object.keys(words()).filter(
      (key) =>
        !code.includes(`"${key}"`) &&
        !stems.some((stem) => stem.includes(".") && key.startsWith(stem)) &&
        !/\.(note|term)$/.test(key),
    );
    same(unused.join(" "), "", "words that nothing shows");
    const banned = /\b(needy|clingy|toxic|narciss\w*|score|dysfunction\w*|abnormal|guilty|fault|blame)\b/i;
    for (const [key, text] of Object.entries(words())) {
      check(!banned.test(text), `${key}: ${text}`);
    }
  },

  "couple: every document holds what every page must": async ({ browser, couples }) => {
    for (const [name, path] of Object.entries(couples)) {
      await checkCouple(browser, path, name);
    }
  },

  "couple: scenario, roles, episodes in plain words": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.one);
    const text = (await bodyText(page, "main")).replace(/\s+/g, " ");
    for (const said of [
      "evening out",
      "A weekend is called off. One couple over 40 days",
      "a is the more anxious partner here, b the more avoidant one",
      "The equations and their 62 numbers are assumptions",
      "2 episodes, 7.5 days in all: 19 % of the time they are together",
      "a’s pursuit",
      "trust",
    ]) {
      check(text.includes(said), `missing: ${said}\n${text}`);
    }
    check(!text.includes("With and without"), "a second arm where there is none");
    same((await page.$$("#course .shade")).length, 2 * 4, "marks of episodes");
    await page.close();
  },

  "couple: the gain at a moment, in words": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.one);
    await choose(page, 1);
    let [a, b] = await gains(page);
    check(/a’s withdrawal sets nothing going/.test(a), a);
    check(/more of b’s withdrawal, 0.75 of it comes back .* grows to 4.0 times/.test(b), b);
    await choose(page, 2);
    [a, b] = await gains(page);
    check(/comes back as −0.50 of it.* leaves 0.67 of it/.test(a), a);
    check(/comes back 1.4 times as large .* feeds itself/.test(b), b);
    await choose(page, 3);
    [a, b] = await gains(page);
    check(/not defined here/.test(a), a);
    check(/comes back whole/.test(b), b);
    await page.close();
  },

  "couple: the strongest way around, in words": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.one);
    const rounds = () =>
      page.$$eval("#moment .gain > p.small", (all) => all.map((e) => e.textContent));
    await choose(page, 1);
    const [a, b] = await rounds();
    same(a, "At this moment nothing leads around and back to a’s withdrawal.", "none");
    check(b.endsWith("b’s withdrawal → a’s alarm → a’s pursuit → b’s withdrawal."), b);
    await choose(page, 4); // its arrows are 0, or not known
    check((await rounds())[1].startsWith("At this moment nothing"), "no way of nothing");
    await page.close();
  },

  "couple: after they parted there is no loop": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.parted);
    const said = () => page.$$eval("#moment .gains", (all) => all.map((e) => e.textContent));
    await choose(page, 1);
    check((await said()).every((text) => !text.includes("parted")), "before");
    await choose(page, 3);
    const [without, besides] = await said();
    check(without.startsWith("They parted at day 25."), without);
    check(!besides.includes("parted"), besides);
    await page.close();
  },

  "couple: arrows are as wide as they are strong": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.one);
    const widths = () =>
      page.$$eval("#moment .way", (all) =>
        all.map((e) => [Number(e.getAttribute("stroke-width")), e.getAttribute("class")]),
      );
    await choose(page, 0);
    const [weak] = await widths();
    await choose(page, 1);
    const [strong, , , lowering] = await widths();
    check(strong[0] > weak[0] + 1, `${weak[0]} and ${strong[0]}`);
    check(lowering[1].includes("lowers"), lowering[1]);
    await choose(page, 4);
    const faint = (await widths()).filter(([, kind]) => kind.includes("faint"));
    same(faint.length, 4, "arrows of nothing, or of what is not known");
    await openAll(page);
    same(
      await page.$eval("#moment tbody tr", (e) => e.textContent),
      "a’s pursuit on b’s withdrawal0",
      "the arrow in the table",
    );
    await page.close();
  },

  "couple: with and without, side by side and in one sentence": async ({
    browser,
    couples,
  }) => {
    const { page } = await open(browser, couples.with);
    const text = (await bodyText(page, "main")).replace(/\s+/g, " ");
    for (const said of [
      "from 20 to 40: check_ins = 1 check_ins: set times to talk",
      "On average from day 20 on, b’s withdrawal is lower with it, by 0.12 [0.08–0.16].",
      "200 couples ran both ways",
      "150 of 200 couples last to the end",
      "Of the couple whose line is drawn:",
      "Not held: it alarms (170 of 200 couples, where 90 % would do)",
    ]) {
      check(text.replace(/\u2060/g, "").includes(said), `missing: ${said}\n${text}`);
    }
    check(!text.includes("more softly"), "an input that nobody changes");
    const since = await page.$$eval("#course .since", (all) =>
      all.map((e) => e.getAttribute("x1")),
    );
    check(since.length >= 8 && since.every((x) => x === since[0]), `the change: ${since}`);
    const columns = await page.$$eval("#course .arms.two", (all) =>
      all.map((e) => [...e.children].map((c) => c.getBoundingClientRect().top).join()),
    );
    columns.forEach((tops) => same(new Set(tops.split(",")).size, 1, "arms in a row"));
    check((await page.$$("#course .ribbon")).length >= 14, "bands");
    same((await page.$$("#moment .map")).length, 2, "loops");
    await page.close();
  },

  "couple: a name is text, whatever it holds": async ({ browser, couples }) => {
    const { page, seen } = await open(browser, couples.hostile);
    same((await page.$$("img")).length, 0, "elements made of a name");
    const text = await bodyText(page, "main");
    check(text.includes("</script><img src=x onerror=alert(1)>"), "the name as text");
    check(text.includes("This couple parts at turn 2"), "the end");
    check(text.includes("no loop here that could be cut"), "no gain");
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "couple: light, dark and paper": async ({ browser, couples, dir }) => {
    for (const dark of [false, true]) {
      const { page } = await open(browser, couples.with, { dark });
      const ground = await paintOf(page, "html", "background-color");
      const body = Number(/\d+/.exec(ground)[0]);
      check(dark ? body < 60 : body > 200, `ground ${ground}`);
      await page.emulateMediaType("print");
      same(await paintOf(page, ".moment-bar", "display"), "none", "the slider on paper");
      const stroke = await paintOf(page, ".trace.person-0", "stroke");
      same(stroke, "rgb(44, 95, 158)", "ink of a line on paper");
      check((await page.pdf({ format: "A4" })).length > 5000, dir);
      await page.close();
    }
  },

  "couple: from episode to episode, and away": async ({ browser, couples }) => {
    const { page } = await open(browser, couples.one);
    await choose(page, 0);
    await page.click(".moment-bar .step:last-of-type");
    same(await page.$eval(".moment-said", (e) => e.textContent), "day 10", "first peak");
    await page.click(".moment-bar .step:last-of-type");
    same(await page.$eval(".moment-said", (e) => e.textContent), "day 30", "second");
    await page.click(".moment-bar .step");
    same(await page.$eval(".moment-said", (e) => e.textContent), "day 10", "back");
    await page.click(".leave");
    await settle(page);
    same(await page.evaluate(() => document.body?.innerText ?? ""), "", "left behind");
    await page.close();
  },
};
