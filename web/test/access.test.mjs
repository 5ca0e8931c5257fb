/* SPDX-License-Identifier: MIT
 *
 * Keyboard, screen reader, phone, dark, paper.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bodyText, check, enter, ids, open, same, settle, sitOn } from "./harness.mjs";

/* Presses Tab until the focused element matches; returns the number of presses. */
async function tabTo(page, selector, most = 80) {
  for (let i = 1; i <= most; i++) {
    await page.keyboard.press("Tab");
    if (
      await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)
    ) {
      return i;
    }
  }
  throw new Error(`the Tab key does not reach ${selector}`);
}

function walk(node, visit) {
  visit(node);
  (node.children ?? []).forEach((child) => walk(child, visit));
}

const CONTROLS = new Set([
  "button",
  "link",
  "radio",
  "slider",
  "checkbox",
  "textbox",
  "combobox",
  "DisclosureTriangle",
]);

/* Colours of text and ground, relative luminance and contrast as WCAG defines them. */
function contrast(a, b) {
  const luminance = (rgb) => {
    const [r, g, bl] = rgb.map((v) =>
      v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

async function colours(page) {
  return page.evaluate(() => {
    const probe = document.createElement("p");
    document.body.append(probe);
    const read = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(Number);
    };
    const found = Object.fromEntries(
      ["paper", "raised", "heed", "ink", "quiet", "person-0", "person-1", "accent"].map(
        (n) => [n, read(n)],
      ),
    );
    probe.remove();
    return found;
  });
}

function pagesOf(pdf) {
  return (
    Buffer.from(pdf)
      .toString("latin1")
      .match(/\/Type\s*\/Page\b(?!s)/g) ?? []
  ).length;
}

export const tests = {
  "access: all views by keyboard only": async ({ browser, pages }) => {
    const { page, seen } = await open(browser, pages.loop);
    await tabTo(page, ".enter button");
    await page.keyboard.press("Enter");
    await settle(page);
    await tabTo(page, "#guess input");
    await page.keyboard.press("ArrowRight");
    await tabTo(page, "#guess .action");
    await page.keyboard.press("Enter");
    await tabTo(page, "#guess .action");
    await page.keyboard.press("Enter");
    await settle(page);
    check((await ids(page)).includes("loop"), "the record after two guesses");
    await tabTo(page, ".define summary");
    await page.keyboard.press("Enter");
    check(
      await page.evaluate(() => document.activeElement.parentElement.open),
      "a definition opened",
    );
    await tabTo(page, "#methods .buttons button", 200);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.focus(".seats input:checked");
    await page.keyboard.press("ArrowRight");
    await settle(page);
    same((await ids(page))[0], "alone", "view of A by arrow key");
    check(
      await page.evaluate(() => document.activeElement.matches(".seats input")),
      "focus stays on the views",
    );
    await tabTo(page, "#alone input");
    await page.keyboard.press("Space");
    await settle(page);
    check(!(await ids(page)).includes("loop"), "a yes by keyboard");
    await page.focus(".seats input:checked");
    await page.keyboard.press("ArrowRight");
    await settle(page);
    check((await bodyText(page)).includes("from B’s chair"), "view of B");
    same(seen.errors.join(), "", "complaints");
    await page.close();
  },

  "access: focus is visible on every control": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page, "A");
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const active = document.activeElement;
        const shown = active.matches(".seats input")
          ? active.nextElementSibling
          : active;
        const style = getComputedStyle(shown);
        return {
          what: active.outerHTML.slice(0, 80),
          ok:
            active === document.body ||
            (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        };
      });
      check(seen.ok, `no visible focus on ${seen.what}`);
    }
    await page.close();
  },

  "access: every control and picture has a name": async ({ browser, pages }) => {
    for (const [name, seat] of [
      ["loop", "A"],
      ["cannot_tell", "both"],
      ["tiny", "B"],
    ]) {
      const { page } = await open(browser, pages[name]);
      for (const stage of ["notice", "record"]) {
        if (stage === "record") {
          await enter(page, seat);
          await page.evaluate(() =>
            document.querySelectorAll("details").forEach((d) => (d.open = true)),
          );
          await settle(page);
        }
        const nameless = [];
        let controls = 0;
        walk(await page.accessibility.snapshot({ interestingOnly: false }), (node) => {
          controls += CONTROLS.has(node.role) ? 1 : 0;
          if (
            (CONTROLS.has(node.role) || node.role === "image" || node.role === "img") &&
            !node.name
          ) {
            nameless.push(JSON.stringify(node).slice(0, 120));
          }
        });
        check(controls >= 4, `${name} ${stage}: only ${controls} controls in the tree`);
        same(nameless.join("; "), "", `${name} ${stage}: without a name`);
      }
      const order = await page.evaluate(() =>
        [...document.querySelectorAll("#page :is(h1,h2,h3,h4)")]
          .filter((e) => e.closest("#paper") === null && e.offsetParent !== null)
          .map((e) => Number(e.tagName[1])),
      );
      order.forEach((level, i) =>
        check(
          i === 0 || level <= order[i - 1] + 1,
          `${name}: heading ${level} after ${order[i - 1]}`,
        ),
      );
      same(
        order.filter((level) => level === 1).length,
        1,
        `${name}: headings of the first level`,
      );
      const landmarks = await page.evaluate(() =>
        ["header", "main", "footer"]
          .map((tag) => document.querySelectorAll(`#page > ${tag}`).length)
          .join(),
      );
      same(landmarks, "1,1,1", "landmarks");
      await page.close();
    }
  },

  "access: each chart has a table with the same numbers": async ({
    browser,
    pages,
  }) => {
    const { page } = await open(browser, pages.loop);
    await enter(page);
    await page.evaluate(() =>
      document.querySelectorAll("#course details").forEach((d) => (d.open = true)),
    );
    await settle(page);
    same(await page.$$eval("#course .canvas canvas", (all) => all.length), 3, "charts");
    same(
      await page.$$eval("#course table", (all) =>
        all.map((t) => t.tBodies[0].rows.length).join(),
      ),
      "26,4",
      "rows of the tables",
    );
    await page.close();
  },

  "access: nothing is wider than the screen": async ({ browser, pages }) => {
    const measure = () => {
      document.querySelectorAll("details").forEach((d) => (d.open = true));
      const inside = (e) =>
        e.closest(".table-frame, #paper, .heard, svg, .u-wrap") !== null;
      const wide = [...document.querySelectorAll("#page *")].find(
        (e) =>
          e.getBoundingClientRect().right > innerWidth + 1 &&
          !inside(e) &&
          getComputedStyle(e).position !== "absolute",
      );
      return {
        over: document.documentElement.scrollWidth - innerWidth,
        wide: wide ? `${wide.tagName}.${wide.className}` : "",
      };
    };
    for (const [name, path] of Object.entries(pages)) {
      const { page } = await open(browser, path, { width: 360, height: 740 });
      same(
        JSON.stringify(await page.evaluate(measure)),
        '{"over":0,"wide":""}',
        `${name}: notice`,
      );
      await enter(page);
      for (const width of name === "big" ? [360] : [360, 768]) {
        await page.setViewport({ width, height: 740 });
        for (const seat of [1, 2]) {
          await sitOn(page, seat);
          await page.evaluate(measure);
          await settle(page);
          same(
            JSON.stringify(await page.evaluate(measure)),
            '{"over":0,"wide":""}',
            `${name}, view ${seat} at ${width}`,
          );
        }
      }
      await page.close();
    }
  },

  "access: text stands out, light and dark": async ({ browser, pages }) => {
    for (const dark of [false, true]) {
      const { page } = await open(browser, pages.loop, { dark });
      await enter(page);
      const found = await colours(page);
      for (const ground of ["paper", "raised", "heed"]) {
        for (const text of ["ink", "quiet", "person-0", "person-1"]) {
          const ratio = contrast(found[ground], found[text]);
          check(
            ratio >= 4.5,
            `${dark ? "dark" : "light"}: ${text} on ${ground} has ${ratio.toFixed(2)}`,
          );
        }
      }
      const body = await page.evaluate(
        () =>
          getComputedStyle(document.documentElement)
            .backgroundColor.match(/\d+/g)
            .map(Number)[0],
      );
      check(dark ? body < 60 : body > 200, `ground ${body}`);
      await page.close();
    }
  },

  "access: no motion where none is wanted": async ({ browser, pages }) => {
    const { page } = await open(browser, pages.loop);
    await page.emulateMediaFeatures([
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    await enter(page);
    const moving = await page.evaluate(
      () =>
        document.getAnimations().length +
        [...document.querySelectorAll("*")].filter(
          (e) =>
            getComputedStyle(e).transitionDuration !== "0s" ||
            getComputedStyle(e).animationName !== "none",
        ).length,
    );
    same(moving, 0, "moving parts");
    await page.close();
  },

  "access: before a view is chosen paper shows the notice alone": async ({
    browser,
    pages,
    dir,
  }) => {
    const { page } = await open(browser, pages.loop);
    const file = join(dir, "notice.pdf");
    writeFileSync(file, await page.pdf({ format: "A4" }));
    same(await page.$$eval("#paper", (all) => all.length), 0, "sheets");
    await page.emulateMediaType("print");
    const shown = await bodyText(page);
    check(shown.includes("First, what is not a loop"), "the notice on paper");
    check(!/page 1 of 2|How would you like to read it/.test(shown), "more than it");
    await page.emulateMediaType(null);
    await enter(page, "A", { guesses: true });
    await page.emulateMediaType("print");
    const result = await bodyText(page);
    check(!result.includes("First, what is not a loop"), "the notice after a choice");
    check(result.includes("page 2 of 2"), "the sheets after a choice");
    await page.close();
  },

  "access: paper is two pages, whole, in A4 and Letter": async ({
    browser,
    pages,
    dir,
  }) => {
    for (const [name, path] of Object.entries(pages)) {
      for (const format of name === "loop" || name === "hostile"
        ? ["A4", "Letter"]
        : ["Letter"]) {
        const { page } = await open(browser, path, { dark: name === "loop" });
        await enter(page);
        const pdf = await page.pdf({ format });
        same(pagesOf(pdf), 2, `${name}, ${format}: pages`);
        const cut = await page.$$eval(".sheet", (all) => {
          const holder = document.getElementById("paper");
          holder.classList.add("measured");
          const over = all.map((sheet) => sheet.scrollHeight - sheet.clientHeight);
          holder.classList.remove("measured");
          return over.join();
        });
        check(
          cut.split(",").every((n) => Number(n) <= 1),
          `${name}: cut off by ${cut} pixels`,
        );
        const file = join(dir, `${name}-${format}.pdf`);
        writeFileSync(file, pdf);
        const text = spawnSync("pdftotext", ["-layout", file, "-"], {
          encoding: "utf8",
        });
        if (text.status === 0) {
          check(
            text.stdout.includes("page 1 of 2") && text.stdout.includes("page 2 of 2"),
            `${name}: heads of the pages`,
          );
          check(
            /not\s+evidence\s+for\s+court/.test(text.stdout),
            `${name}: what it is not`,
          );
        }
        await page.close();
      }
    }
  },
};
