/* SPDX-License-Identifier: MIT
 *
 * The page in the browser: closed to the network, complete in each view, honest in each
 * outcome.
 */
import { bodyText, check, enter, ids, open, same } from "./harness.mjs";

const ALL = ["data", "guess", "strengths", "loop", "inside", "course", "episodes", "experiment", "limits", "methods"];

export const tests = {
  "page: notice first, results only after it": async ({ browser, pages }) => {
    const { page, seen } = await open(browser, pages.loop);
    same((await ids(page)).join(), "", "sections before entering");
    check((await bodyText(page)).includes("not a diagnosis".replace("not", "Not")), "the notice");
    check(await page.$eval(".leave", (e) => e.getBoundingClientRect().top < 100), "leave button in sight");
    await enter(page);
    same((await ids(page)).join(), ALL.join(), "sections");
    same(seen.errors.join(), "", "complaints");
    same(seen.requests.join(), "", "requests");
    await page.close();
  },
};
