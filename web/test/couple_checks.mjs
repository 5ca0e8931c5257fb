/* SPDX-License-Identifier: MIT
 *
 * What holds of every page of a couple, whatever its document: closed to the network,
 * every control with a name, no wider than the screen, moved by keyboard and by clicks.
 */
import { bodyText, check, open, same, settle } from "./harness.mjs";

/* What such a page must never say. */
const BANNED =
  /\b(needy|clingy|toxic|manipulat\w*|diagnosed|dysfunction\w*|guilty|at fault|undefined|NaN|\[object|Infinity)\b/i;

export async function openAll(page) {
  await page.evaluate(() =>
    document.querySelectorAll("details").forEach((d) => (d.open = true)),
  );
  await settle(page);
}

/** Its words: nothing unfilled, nothing that judges. */
export async function checkWords(page, name) {
  await openAll(page);
  const text = await bodyText(page, "main");
  const found = BANNED.exec(text);
  check(found === null, `${name} says "${found?.[0]}"`);
  check(!/\{[a-z_]+\}/.test(text), `${name}: an unfilled hole`);
  check(text.includes("not a forecast for you"), `${name}: what is assumed`);
}

/** Names of controls and pictures, order of headings, landmarks. */
export async function checkTree(page, name) {
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, summary, svg[role=img], a")]
      .filter(
        (e) =>
          !(
            e.getAttribute("aria-label") ||
            e.textContent.trim() ||
            e.labels?.[0]?.textContent.trim()
          ) &&
          e.offsetParent !== null,
      )
      .map((e) => e.outerHTML.slice(0, 90)),
  );
  same(nameless.join("; "), "", `${name}: without a name`);
  const order = await page.evaluate(() =>
    [...document.querySelectorAll("#page :is(h1,h2,h3,h4)")]
      .filter((e) => e.offsetParent !== null)
      .map((e) => Number(e.tagName[1])),
  );
  order.forEach((level, i) =>
    check(
      i === 0 || level <= order[i - 1] + 1,
      `${name}: heading ${level} after ${order[i - 1]}`,
    ),
  );
  same(order.filter((level) => level === 1).length, 1, `${name}: first headings`);
  same(
    await page.evaluate(() =>
      ["header", "main", "footer"]
        .map((tag) => document.querySelectorAll(`#page > ${tag}`).length)
        .join(),
    ),
    "1,1,1",
    `${name}: landmarks`,
  );
}

export async function checkWidths(page, name) {
  for (const width of [360, 768, 1280]) {
    await page.setViewport({ width, height: 740 });
    await openAll(page);
    const wide = await page.evaluate(() => {
      const inside = (e) => e.closest(".table-frame, .heard, svg") !== null;
      const found = [...document.querySelectorAll("#page *")].find(
        (e) => e.getBoundingClientRect().right > innerWidth + 1 && !inside(e),
      );
      return `${document.documentElement.scrollWidth - innerWidth}${
        found ? ` ${found.tagName}.${found.className}` : ""
      }`;
    });
    same(wide, "0", `${name} at ${width}`);
  }
}

/** The moment: by the arrow keys of the slider, and by a click on a chart. */
export async function checkMoment(page, name) {
  const said = () => page.$eval(".moment-said", (e) => e.textContent);
  const marked = () =>
    page.$eval("#course .moment", (e) => Number(e.getAttribute("x1")));
  await page.focus("#moment-slider");
  await page.keyboard.press("Home");
  const [first, left] = [await said(), await marked()];
  await page.keyboard.press("ArrowRight");
  check((await said()) !== first, `${name}: the arrow key chooses no moment`);
  check((await marked()) > left, `${name}: the charts do not mark it`);
  same(
    await page.$eval("#moment-slider", (e) => e.getAttribute("aria-valuetext")),
    await said(),
    `${name}: what the slider says`,
  );
  const chart = await page.$("#course .plot-frame");
  const box = await chart.boundingBox();
  await chart.click({ offset: { x: box.width * 0.98, y: box.height / 2 } });
  const last = await page.$eval("#moment-slider", (e) => Number(e.value) / Number(e.max));
  check(last > 0.9, `${name}: a click near the end chooses ${last}`);
}

/** All of it, of one page. */
export async function checkCouple(browser, path, name) {
  const { page, seen } = await open(browser, path);
  await checkMoment(page, name);
  await checkWords(page, name);
  await checkTree(page, name);
  await checkWidths(page, name);
  same(seen.errors.join(), "", `${name}: complaints`);
  same(seen.requests.join(), "", `${name}: requests`);
  await page.close();
}
