/* SPDX-License-Identifier: MIT
 *
 * A picture of the lab, past its notice.
 *
 *   node lab_shot.mjs LAB.html OUT.png [FRAGMENT [WIDTH [HEIGHT [dark]]]]
 *
 * FRAGMENT is a place as in the address, "#sandbox". HEIGHT 0 takes the whole page.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./browser.mjs";

const SETTLED_MS = 4000; /* what is looked at in a worker is there by then */

const [lab, out, fragment = "", width = "1280", height = "900", dark] =
  process.argv.slice(2);
const { browser, stop } = await startBrowser();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: Number(width), height: Number(height) || 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark === "dark" ? "dark" : "light" },
  ]);
  await page.goto(pathToFileURL(resolve(lab)).href + fragment);
  await page.waitForSelector(".enter button");
  await page.click(".enter button");
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  await page.screenshot({ path: out, fullPage: height === "0" });
} finally {
  await stop();
}
