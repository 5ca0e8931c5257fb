/* SPDX-License-Identifier: MIT
 *
 * The page in the browser: closed to the network, complete in each view, honest in each
 * outcome.
 */
import { HOSTILE_NAMES } from "./fixtures.mjs";
import { bodyText, check, enter, ids, open, same, settle, sitOn } from "./harness.mjs";

const ALL = [
  "data",
  "strengths",
  "loop",
  "inside",
  "course",
  "episodes",
  "experiment",
  "limits",
  "methods",
];

/* What a page must never say about the two people it is about. */
const BANNED =
  /\b(anxious|avoidant|needy|clingy|toxic|manipulat\w*|score|diagnosed|will break up|sex\w*|undefined|NaN|\[object|Infinity|null)\b/i;

async function wholeText(page) {
  await page.evaluate(() =>
    document.querySelectorAll("details").forEach((d) => (d.open = true)),
  );
  await settle(page);
  return page.evaluate(() => document.querySelector("main").innerText);
}

export const tests = {
  "page: notice first, results only after it": async ({ browser, pages }) => {
    const { page, seen } = await open(browser, pages.loop);
    same((await ids(page)).join(), "", "sections before entering");
    const text = await bodyText(page);
    for (const words of [
      "afraid",
      "Not a diagnosis",
      "Not a prediction",
      "not for court",
      "emergency number",
      "Made by both partners",
    ]) {
      check(text.includes(words), `the notice lacks "${words}"`);
    }
    check(!text.includes("3.6"), "a result on the first screen");
    check(
      await page.$eval(".leave", (e) => e.getBoundingClientRect().top < 100),
      "leave button in sight",
    );
    await enter(page);
    same((await ids(page)).join(), ALL.join(), "sections");
    check(
      await page.$eval(".leave", (e) => e.getBoundingClientRect().top < 100),
      "leave button in sight",
    );
    same(seen.errors.join(), "", "complaints");
    same(seen.requests.join(), "", "requests");
    await page.close();
  },

  "page: every document in every view, no request, no complaint": async ({
    browser,
    pages,
  }) => {
    for (const [name, path] of Object.entries(pages)) {
      const { page, seen } = await open(browser, path);
      await enter(page);
      for (const [i, seat] of ["both", "A", "B"].entries()) {
        await sitOn(page, i + 1);
        const text = await wholeText(page);
        same(seen.requests.join(), "", `${name} ${seat}: requests`);
        same(seen.errors.join(), "", `${name} ${seat}: complaints`);
        const found = name === "hostile" ? null : BANNED.exec(text);
        check(found === null, `${name} ${seat} says "${found?.[0]}"`);
        check(!/\{[a-z_]+\}/.test(text), `${name} ${seat}: an unfilled hole`);
        check(
          !/ [,.]| {2}\S/.test(text.replace(/\n/g, "")) || name === "hostile",
          `${name} ${seat}: a hole filled with nothing: ${/.{30}( [,.]| {2}\S).{10}/.exec(text)?.[0]}`,
        );
      }
      await page.close();
    }
  },

  "page: a loop is told with numbers, intervals and both arms": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    const text = (await bodyText(page, "#loop")).replace(/\s+/g, " ");
    for (const words of [
      "A loop shows",
      "The more unusual B’s silence, the sooner A writes again: up to 3.6 times as fast as right after writing [2.1–6.2]",
      "When A has written again, B’s answer does not come sooner but later: 0.55 times as fast",
      "about 38 come by way of the loop",
      "The other way round",
      "A circle has no first step",
    ]) {
      check(text.includes(words), `missing: ${words}\n${text}`);
    }
    same(
      await page.$$eval("#loop .arms .arm", (all) => all.length),
      2,
      "arms side by side",
    );
    same(
      await page.$$eval("#loop svg.wide .range", (all) =>
        all.map((e) => e.textContent).join("; "),
      ),
      "2.1 to 6.2 times; 0.42 to 0.71 times; 21\u202f% to 52\u202f%",
      "ranges in the picture",
    );
    await page.close();
  },

  "page: cannot tell is a full page": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.cannot_tell);
    await enter(page);
    const text = await page.$eval("#loop", (e) => e.innerText.replace(/\s+/g, " "));
    for (const words of [
      "cannot tell",
      "What is known",
      "What is missing",
      "62 more weeks",
      "If there is a loop",
      "If there is none",
      "Both readings fit",
    ]) {
      check(text.includes(words), `missing: ${words}`);
    }
    check(!/loop share/i.test(text), "a loop share where none is claimed");
    check((await ids(page)).includes("experiment"), "the experiment all the same");
    await page.close();
  },

  "page: sooner answers both ways speak against a loop": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.against);
    await enter(page);
    const paper = await page.$eval("#paper", (e) => e.textContent);
    for (const [where, text] of [
      ["page", (await bodyText(page, "#loop")).replace(/\s+/g, " ")],
      ["paper", paper],
    ]) {
      for (const words of [
        "No loop shows in these messages",
        "Against it",
        "answers came sooner in both directions",
        "at least 1.1 times as fast",
        "A loop this way does not show",
      ]) {
        check(text.includes(words), `${where} lacks: ${words}`);
      }
      check(
        !/If there is a loop|as slowly as|Both readings fit|without one|leave room|more weeks|more years/.test(
          text,
        ),
        `${where} leaves room for a loop`,
      );
    }
    await page.close();
  },

  "page: room is left for a loop only below the usual pace": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.cannot_tell);
    await enter(page);
    check(
      (await bodyText(page, "#loop")).includes("as slowly as 0.83 times"),
      "the smallest low, of the direction that has one below 1",
    );
    await page.close();
  },

  "page: an arm that lies the other way is known, not unknown": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.other_away);
    await enter(page);
    const paper = await page.$eval("#paper", (e) => e.textContent);
    for (const [where, text] of [
      ["page", (await bodyText(page, "#loop")).replace(/\s+/g, " ")],
      ["paper", paper],
    ]) {
      check(
        text.includes(
          "A loop this way does not show: when B has written again, A’s answer comes sooner.",
        ),
        `${where}: what is known`,
      );
      check(
        !/How much later the answer comes is known|more years|also writes? again/.test(
          text,
        ),
        `${where}: told as unknown`,
      );
    }
    await page.close();
  },

  "page: one arm is called one arm": async ({ browser, pages }) => {
    for (const name of ["withdrawal_only", "pursuit_only"]) {
      const { page } = await open(browser, pages[name]);
      await enter(page);
      const text = await page.$eval("#loop", (e) => e.innerText.replace(/\s+/g, " "));
      check(text.includes("One arm shows, and no loop"), `${name}: headline`);
      check(text.includes("One arm alone is not a loop"), `${name}: lede`);
      check(!text.includes("by way of the loop"), `${name}: a share`);
      const whole = await page.$eval("#page", (e) => e.textContent);
      check(!/first step|side of such a loop/.test(whole), `${name}: told as a loop`);
      const [reach, retreat] = await page.$$eval("#inside .inside", (all) =>
        all.map((e) => /this is more often (.)/.exec(e.textContent)?.[1] ?? ""),
      );
      same(reach, name === "pursuit_only" ? "A" : "", `${name}: who writes again`);
      same(retreat, name === "withdrawal_only" ? "B" : "", `${name}: who goes quiet`);
      same(
        await page.$$eval("#loop .loop.wide .arrow.open", (all) => all.length),
        1,
        `${name}: open arrows`,
      );
      await page.close();
    }
  },

  "page: both loops and a switch of roles are named": async ({ browser, pages }) => {
    const both = await open(browser, pages.both_loops);
    await enter(both.page);
    check((await bodyText(both.page)).includes("The loop runs both ways"), "both ways");
    same(
      await both.page.$$eval("#loop .loop.wide", (all) => all.length),
      2,
      "pictures",
    );
    await both.page.close();
    const turned = await open(browser, pages.role_switch);
    await enter(turned.page);
    check(
      (await turned.page.$eval("#course", (e) => e.innerText)).includes(
        "since then it is B",
      ),
      "the switch",
    );
    await turned.page.close();
    const half = await open(browser, pages.against);
    await enter(half.page);
    check(
      (await bodyText(half.page, "#course")).includes("since then it is A"),
      "the switch to one arm",
    );
    await half.page.close();
  },

  "page: the partner's view speaks to the partner": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "A");
    const text = await page.$eval("#loop", (e) => e.innerText.replace(/\s+/g, " "));
    check(text.includes("you write again: up to 3.6 times as fast"), "told to A");
    await sitOn(page, 3);
    const other = await page.$eval("#loop", (e) => e.innerText.replace(/\s+/g, " "));
    check(
      other.includes(
        "The more unusual your silence, the sooner A writes again: up to 3.6",
      ),
      "told to B",
    );
    await page.close();
  },

  "page: a figure of one's own begins with You": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "A");
    const figures = await page.$$eval(".stat-value, .stat-note", (all) =>
      all.map((e) => e.textContent),
    );
    check(
      figures.some((text) => /^You \d+, B \d+$/.test(text)),
      "first moves",
    );
    check(!figures.some((text) => /^you\b/.test(text)), "a figure in lower case");
    check(
      (await bodyText(page, "#episodes")).includes("Who wrote again: you "),
      "who wrote again",
    );
    await page.close();
  },

  "page: messages a day are messages, calls stand beside them": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    const text = (await bodyText(page, "#data")).replace(/\s+/g, " ");
    check(/Messages a day [\d.]+ 12 calls besides/.test(text), text);
    await page.close();
  },

  "page: calm is told in the unit in which it is a strength": async ({
    browser,
    pages,
  }) => {
    for (const [name, told, silent] of [
      ["loop", /Calm days\s*\d+ of \d+/, /Calm weeks\s*\d/],
      ["stormy", /Calm weeks\s*6 of 26/, /Calm days/],
      ["moments", /First moves/, /Calm/],
    ]) {
      const { page } = await open(browser, pages[name]);
      await enter(page);
      const texts = [
        await bodyText(page, "#strengths .stats"),
        await page.$eval("#paper .sheet-facts", (e) => e.textContent),
      ];
      for (const text of texts) {
        check(told.test(text) && !silent.test(text), `${name}: ${text}`);
      }
      same(
        await page.$$eval("#strengths svg.calm, #paper svg.calm", (all) => all.length),
        name === "loop" ? 2 : 0,
        `${name}: squares`,
      );
      await page.close();
    }
  },

  "page: a few hours are no habit": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.moments);
    await enter(page);
    const text = (await bodyText(page)).replace(/\s+/g, " ");
    check(/Time 1 day /.test(text), "at least one day");
    check(/Messages a day 4\.0/.test(text), "a rate of one day");
    check(!/never at the weekend|usually writes/.test(text), "usual hours");
    const days = await page.evaluate(() =>
      document.querySelectorAll("#course .canvas canvas").length,
    );
    same(days, 3, "charts");
    await page.close();
  },

  "page: a minute clock tells no seconds": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.against);
    await enter(page);
    const text = (await bodyText(page, "#loop")).replace(/\s+/g, " ");
    check(text.includes("A about a minute, B 24 min"), text);
    await page.close();
  },

  "page: a night in the typical stretch is shaded and counted out": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.other_away);
    await enter(page);
    const text = (await bodyText(page, "#episodes")).replace(/\s+/g, " ");
    check(text.includes("Of that, 3.5 h lay in A’s usual hours."), text);
    check(text.includes("A rarely writes"), "the legend");
    const drawn = await page.$eval("#episodes svg.stretch", (svg) => ({
      rare: svg.querySelectorAll(".rare").length,
      ticks: [...svg.querySelectorAll(".tick")].map((e) => e.textContent).join(),
    }));
    same(drawn.rare, 1, "shaded parts");
    same(
      drawn.ticks,
      "Sun 22:00,Mon 00:00,02:00,04:00,06:00",
      "times of the clock",
    );
    await page.close();
  },

  "page: guess before reveal": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "both", { guesses: true });
    same((await ids(page)).join(), "data,guess", "sections before the guess");
    check(!(await bodyText(page)).includes("53–67"), "a share before the guess");
    await page.focus("#guess input");
    await page.keyboard.press("ArrowLeft");
    same(
      await page.$eval("#guess input", (e) => e.getAttribute("aria-valuetext")),
      "A, 6 times in 10",
      "spoken guess",
    );
    for (const button of await page.$$("#guess .action")) {
      await button.click();
    }
    await settle(page);
    check(
      (await bodyText(page, "#guess")).includes("53–67"),
      "the share after the guess",
    );
    same(
      (await ids(page)).join(),
      ["data", "guess", ...ALL.slice(1)].join(),
      "sections after the guess",
    );
    check(
      await page.evaluate(() => document.activeElement.matches(".guess-result")),
      "focus stays at the answer",
    );
    await page.close();
  },

  "page: names only where the document names": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.hostile);
    await enter(page);
    same(await page.title(), "ebb", "title");
    same(
      await page.$$eval(
        "#page img, #page script, #page iframe, #page a[href^=javascript]",
        (all) => all.length,
      ),
      0,
      "elements made by a name",
    );
    const text = await bodyText(page);
    check(text.includes(HOSTILE_NAMES[0].slice(0, 15)), "the name as text");
    check(!/[\u202a-\u202e\u2066\u2067]/.test(text), "marks of direction in the text");
    check(!text.includes(HOSTILE_NAMES[1].slice(0, 60)), "a name of any length");
    await page.close();
  },

  "page: nothing is stored, nothing in the address": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "A");
    await page.click("#alone input[value=yes]");
    await settle(page);
    const kept = await page.evaluate(() => {
      const sizes = [() => localStorage.length, () => sessionStorage.length].map(
        (read) => {
          try {
            return read();
          } catch {
            return 0;
          }
        },
      );
      return {
        sizes,
        cookie: document.cookie,
        hash: location.hash,
        search: location.search,
        title: document.title,
      };
    });
    same(
      JSON.stringify(kept),
      JSON.stringify({ sizes: [0, 0], cookie: "", hash: "", search: "", title: "ebb" }),
      "traces",
    );
    await page.reload();
    await enter(page, "A");
    check((await ids(page)).includes("loop"), "a new page knows nothing");
    await page.close();
  },

  "page: drawn within a second for a million messages": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.big);
    const first = await page.evaluate(
      () =>
        new Promise((done) => {
          const watch = new PerformanceObserver((list) => {
            const paint = list.getEntriesByName("first-contentful-paint")[0];
            if (paint) done(paint.startTime);
          });
          watch.observe({ type: "paint", buffered: true });
        }),
    );
    check(first > 0, "the first paint was seen");
    const begin = await page.evaluate(() => performance.now());
    const end = await page.evaluate(
      () =>
        new Promise((done) => {
          document.querySelector(".enter button").click();
          document.querySelector(".skip button").click();
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done(performance.now())),
          );
        }),
    );
    console.log(
      `        notice ${Math.round(first)} ms, record ${Math.round(end - begin)} ms`,
    );
    check(first < 1000, `notice after ${first} ms`);
    check(end - begin < 1000, `record after ${end - begin} ms`);
    await page.close();
  },

  "page: downloads are made here, from the document": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    const saved = await page.evaluate(async () => {
      const blobs = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        blobs.push(blob);
        return make.call(URL, blob);
      };
      const names = [];
      HTMLAnchorElement.prototype.click = function () {
        names.push(this.download);
      };
      document
        .querySelectorAll("#methods .buttons button")
        .forEach((b, i) => i < 2 && b.click());
      return { names, texts: await Promise.all(blobs.map((b) => b.text())) };
    });
    same(saved.names.join(), "ebb-report.json,ebb-weeks.csv", "names");
    same(JSON.parse(saved.texts[0]).schema, "ebb/report", "JSON");
    const lines = saved.texts[1].trim().split("\r\n");
    same(lines.length, 27, "rows of the table");
    same(
      new Set(lines.map((line) => line.split(",").length)).size,
      1,
      "widths of the rows",
    );
    await page.close();
  },

  "page: without scripts it says what is missing": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop, { scripts: false });
    const text = await page.$eval("body", (e) => e.textContent);
    check(
      text.includes("This page needs its own script") && text.includes("afraid"),
      "noscript",
    );
    await page.close();
  },
};
