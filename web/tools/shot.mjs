/* SPDX-License-Identifier: MIT
 *
 * A picture of a report page.
 *
 *   node shot.mjs PAGE.html OUT.png [--width 1280] [--dark] [--view both|A|B|notice]
 *                 [--part ID [--until SELECTOR]] [--guess] [--height 900]
 *
 * --view notice stops at the first screen, --guess before the answers are shown, --part
 * takes one section only (data, strengths, loop, ...), --until its upper part, down to
 * the first such element.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./browser.mjs";

function options(argv) {
  const [page, out, ...rest] = argv;
  const found = {
    page,
    out,
    width: "1280",
    height: "900",
    view: "both",
    dark: false,
    guess: false,
    part: null,
    until: null,
  };
  for (let i = 0; i < rest.length; i++) {
    const name = rest[i].replace(/^--/, "");
    if (typeof found[name] === "boolean") {
      found[name] = true;
    } else {
      i += 1;
      found[name] = rest[i];
    }
  }
  return found;
}

async function walkTo(page, view, guess) {
  if (view === "notice") {
    return;
  }
  const at = { both: 1, A: 2, B: 3 }[view];
  await page.click(`.enter button:nth-child(${at})`);
  if (!guess && (await page.$(".skip button")) !== null) {
    await page.click(".skip button");
  }
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/* Leaves of the page what stands in a section before the end of an element. */
function cutOut(page, part, until) {
  return page.evaluate(
    (id, selector) => {
      const section = document.getElementById(id);
      let at = section.querySelector(selector);
      for (; at !== document.body; at = at.parentElement) {
        while (at.nextElementSibling !== null) {
          at.nextElementSibling.remove();
        }
        while (at.contains(section) && at.previousElementSibling !== null) {
          at.previousElementSibling.remove();
        }
      }
      section.style.cssText = "border: 0; padding: 24px";
    },
    part,
    until,
  );
}

const wanted = options(process.argv.slice(2));
const { browser, stop } = await startBrowser();
try {
  const page = await browser.newPage();
  await page.setViewport({
    width: Number(wanted.width),
    height: Number(wanted.height),
  });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: wanted.dark ? "dark" : "light" },
  ]);
  await page.goto(pathToFileURL(resolve(wanted.page)).href);
  await walkTo(page, wanted.view, wanted.guess);
  await page.evaluate(() => (document.querySelector(".bar").style.position = "static"));
  if (wanted.part === null) {
    await page.screenshot({ path: wanted.out, fullPage: true });
  } else {
    if (wanted.until !== null) {
      await cutOut(page, wanted.part, wanted.until);
    }
    await (await page.$(`#${wanted.part}`)).screenshot({ path: wanted.out });
  }
} finally {
  await stop();
}
