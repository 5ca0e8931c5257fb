/* SPDX-License-Identifier: MIT
 *
 * The questions on safety, and the way out.
 */
import { bodyText, check, enter, ids, open, same, settle, sitOn } from "./harness.mjs";

const HIDDEN = ["guess", "strengths", "loop", "inside", "episodes", "experiment"];

/* What paper must not tell after a yes; the list of what cannot be told stays. */
const ROLES_ON_PAPER =
  /writes? again|loop shows|Say when|started|first move|silence|normal|calm/i;
const LIMITS_ON_PAPER = /Why someone was quiet or wrote again|A silence that was/g;

async function say(page, question, answer) {
  await page.click(`#alone .question:nth-of-type(${question}) input[value=${answer}]`);
  await settle(page);
}

export const tests = {
  "safety: the questions stand only in a partner's own view": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    check(!(await ids(page)).includes("alone"), "questions in the joint view");
    await sitOn(page, 2);
    same((await ids(page))[0], "alone", "first section of the view");
    same(await page.$$eval("#alone .question", (all) => all.length), 5, "questions");
    check(
      /read alone/i.test(await page.$eval("#alone", (e) => e.innerText)),
      "the mark",
    );
    await page.close();
  },

  "safety: each single yes hides loop, roles and experiment in every view": async ({
    browser,
    pages,
  }) => {
    for (let question = 1; question <= 5; question++) {
      const { page } = await open(browser, pages.loop);
      await enter(page, "A");
      await say(page, question, "yes");
      const hidden = async (where) => {
        const shown = await ids(page);
        const text = await bodyText(page);
        for (const id of HIDDEN) {
          check(!shown.includes(id), `question ${question}, ${where}: ${id} is shown`);
        }
        check(
          !/writes? again|loop share|loop shows|3\.6|3\.4/.test(text),
          `question ${question}, ${where}: roles in the text`,
        );
        const paper = await page.$eval("#paper", (e) => e.textContent);
        const told = ROLES_ON_PAPER.exec(paper.replace(LIMITS_ON_PAPER, ""));
        check(told === null, `question ${question}, ${where}: paper says ${told?.[0]}`);
        same(
          await page.$$eval("#paper .calm, #paper .loop", (all) => all.length),
          0,
          `question ${question}, ${where}: pictures on paper`,
        );
        check(paper.includes("page 2 of 2"), "paper has its two pages");
        same(
          await page.$$eval("#methods .buttons button", (all) => all.length),
          0,
          "downloads",
        );
      };
      await hidden("own view");
      check(
        (await page.$eval("#alone [role=status]", (e) => e.innerText)).includes(
          "emergency number",
        ),
        "help is shown",
      );
      await sitOn(page, 1);
      await hidden("joint view");
      same(
        await page.$$eval(".shelter", (all) => all.length),
        0,
        "panels in the joint view",
      );
      await sitOn(page, 3);
      await hidden("partner's view");
      same(
        await page.$$eval("#alone input:checked, .shelter", (all) => all.length),
        0,
        "answers shown to the partner",
      );
      await page.close();
    }
  },

  "safety: no hides nothing, clearing shows all again": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "B");
    for (let question = 1; question <= 5; question++) {
      await say(page, question, "no");
    }
    check((await ids(page)).includes("loop"), "five times no");
    await say(page, 2, "yes");
    check(!(await ids(page)).includes("loop"), "one yes");
    await page.click("#alone .questions button");
    await settle(page);
    check((await ids(page)).includes("loop"), "after clearing");
    same(
      await page.$$eval("#alone input:checked", (all) => all.length),
      0,
      "answers after clearing",
    );
    await page.close();
  },

  "safety: where no line is known, it is said who can tell of one": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.tiny);
    const text = await bodyText(page);
    check(text.includes("the emergency number can say who helps near you"), text);
    await enter(page, "A");
    const room = await page.evaluate(() => {
      const panel = document.getElementById("alone").getBoundingClientRect();
      return document.getElementById("data").getBoundingClientRect().top - panel.bottom;
    });
    check(room >= 16, `${room} pixels below the questions`);
    await page.close();
  },

  "safety: leave goes to an empty page, and back does not return": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    await Promise.all([page.waitForNavigation(), page.click(".leave")]);
    same(page.url(), "about:blank", "address");
    await page.goBack().catch(() => null);
    same(page.url(), "about:blank", "address after going back");
    await page.close();
  },

  "safety: escape twice leaves, once does not": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.cannot_tell);
    await page.keyboard.press("Escape");
    await new Promise((done) => setTimeout(done, 1700));
    await page.keyboard.press("Escape");
    await settle(page);
    check(page.url().startsWith("file:"), "two slow presses");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Escape")]);
    same(page.url(), "about:blank", "two quick presses");
    await page.close();
  },
};
