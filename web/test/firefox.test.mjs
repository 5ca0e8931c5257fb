/* SPDX-License-Identifier: MIT
 *
 * The same file in a second engine, where one is installed: it opens from disk, draws
 * every section in every view and complains about nothing.
 */
import { pathToFileURL } from "node:url";
import { findBrowser, startBrowser } from "../tools/browser.mjs";
import { check, enter, gone, ids, resize, same } from "./harness.mjs";

async function visit(browser, path, seat) {
  const page = await browser.newPage();
  const errors = [];
  page.on(
    "console",
    (message) =>
      ["error", "warn"].includes(message.type()) && errors.push(message.text()),
  );
  page.on("pageerror", (error) => errors.push(String(error)));
  await resize(page, { width: 900, height: 800 });
  await page.goto(pathToFileURL(path).href);
  await enter(page, seat);
  const shown = await ids(page);
  const charts = await page.$$eval("#course canvas", (all) => all.length);
  await page.click(".leave");
  await gone(page);
  await page.close();
  return { shown, charts, errors };
}

export const tests =
  findBrowser("firefox") === null
    ? {}
    : {
        "firefox: opens from disk and draws every view": async ({ pages }) => {
          const { browser, stop } = await startBrowser("firefox");
          try {
            for (const [name, seat] of [
              ["loop", "both"],
              ["cannot_tell", "A"],
              ["hostile", "B"],
            ]) {
              const { shown, charts, errors } = await visit(browser, pages[name], seat);
              same(errors.join("; "), "", `${name}: complaints`);
              check(
                shown.includes("loop") && shown.includes("methods"),
                `${name}: ${shown.join()}`,
              );
              same(charts, 3, `${name}: charts`);
            }
          } finally {
            await stop();
          }
        },
      };
