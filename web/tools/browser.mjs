/* SPDX-License-Identifier: MIT
 *
 * A browser for tests and pictures, with a profile of its own that is removed afterwards.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/* Packages are in the build folder when the build runs this, else beside the sources. */
const OWN = resolve(dirname(fileURLToPath(import.meta.url)), "..", "node_modules");
const MODULES = process.env.EBB_WEB_MODULES ?? OWN;
const puppeteer = createRequire(join(MODULES, "from.js"))("puppeteer-core");

const CHROMIUM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Where a browser of this kind is, or null. */
export function findBrowser(kind) {
  return (
    (kind === "firefox" ? FIREFOX : CHROMIUM).find((path) => existsSync(path)) ?? null
  );
}

/** Starts a browser; `stop` ends it and removes its profile. */
export async function startBrowser(kind = "chrome") {
  const executablePath = findBrowser(kind);
  if (executablePath === null) {
    throw new Error(`no ${kind} found`);
  }
  const profile = mkdtempSync(join(tmpdir(), "ebb-browser-"));
  const browser = await puppeteer.launch({
    browser: kind,
    executablePath,
    headless: true,
    userDataDir: profile,
    args: kind === "firefox" ? [] : FLAGS,
    ...(kind === "firefox" ? { protocol: "webDriverBiDi" } : {}),
  });
  const stop = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { browser, stop };
}
