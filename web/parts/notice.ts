/* SPDX-License-Identifier: MIT
 *
 * The notice before any result: what is not a cycle, where help is, what the page is not.
 * Help entries come with the document; where none is known the local emergency number is
 * named in words, since a wrong number is worse than none.
 */
import type { Help, Maker } from "./document.js";
import { h, type Child } from "./dom.js";
import { day } from "./numbers.js";
import { has, localeNow, say, text, type Voice } from "./words.js";

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(localeNow(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function helpEntry(entry: Help): HTMLElement {
  const kind = `help.kind.${entry.kind}`;
  return h(
    "li",
    {},
    h("strong", {}, entry.name),
    entry.number ? [" ", h("span", { class: "help-number" }, entry.number)] : null,
    h(
      "span",
      { class: "help-detail" },
      [
        entry.country === null ? null : countryName(entry.country),
        has(kind) ? text(kind) : null,
        entry.url
          ? entry.url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")
          : null,
        entry.checked
          ? text("help.checked", {
              date: day(`${entry.checked.slice(0, 10)}T00:00:00`),
            })
          : null,
      ]
        .filter((part): part is string => part !== null && part !== "")
        .join(" · "),
    ),
  );
}

/** The line for danger: the number where one country is meant, else in words. */
export function emergencyWords(help: Help[]): Child {
  const numbers = new Set(
    help.filter((e) => e.kind === "emergency").map((e) => e.number),
  );
  const countries = new Set(help.map((e) => e.country));
  const [number] = numbers;
  return numbers.size === 1 && countries.size === 1 && number
    ? say("help.now.number", { number: h("span", { class: "help-number" }, number) })
    : say("help.now");
}

/* All emergency numbers, each with its countries; only where more than one is known. */
function emergencyTable(help: Help[]): Child {
  const byNumber = new Map<string, string[]>();
  for (const entry of help) {
    if (entry.kind === "emergency" && entry.number !== null && entry.country !== null) {
      byNumber.set(entry.number, [
        ...(byNumber.get(entry.number) ?? []),
        countryName(entry.country),
      ]);
    }
  }
  const countries = [...byNumber.values()].flat();
  if (countries.length < 2) {
    return null;
  }
  const lines = [...byNumber].map(([number, names]) =>
    h(
      "li",
      {},
      h("span", { class: "help-number" }, number),
      " ",
      h("span", { class: "help-detail" }, names.sort().join(", ")),
    ),
  );
  return h(
    "details",
    { class: "define" },
    h("summary", {}, text("help.numbers")),
    h("ul", {}, lines),
  );
}

/** Where help is. Long lists fold behind the first few. */
export function helpList(help: Help[], most = 6): HTMLElement {
  const lines = help.filter((entry) => entry.kind !== "emergency");
  const [shown, rest] = [lines.slice(0, most), lines.slice(most)];
  return h(
    "div",
    { class: "help" },
    h("p", { class: "help-now" }, emergencyWords(help)),
    emergencyTable(help),
    shown.length > 0 ? h("ul", {}, shown.map(helpEntry)) : null,
    rest.length > 0
      ? h(
          "details",
          { class: "define" },
          h("summary", {}, text("help.more")),
          h("ul", {}, rest.map(helpEntry)),
        )
      : null,
    h("p", { class: "small" }, say(lines.length > 0 ? "help.friend" : "help.none")),
  );
}

/** Who made the page, in one line: it stays in sight on screen and paper. */
export function makerLine(maker: Maker, voice: Voice): Child {
  if (maker === "both") {
    return say("maker.both");
  }
  if (maker === null) {
    return say("maker.unknown");
  }
  const person = maker === "A" ? 0 : 1;
  return say("maker.one", {
    k: voice.name(person),
    other: voice.name(person === 0 ? 1 : 0),
  });
}

export function makerTag(maker: Maker, voice: Voice): Child {
  if (maker === "both" || maker === null) {
    return say(`maker.tag.${maker ?? "unknown"}`);
  }
  return say("maker.tag.one", { k: voice.name(maker === "A" ? 0 : 1) });
}

const NOT = ["diagnosis", "forecast", "court", "grade"];

/** The whole notice; `choose` is what the reader can go on with. */
export function notice(help: Help[], maker: Child, choose: Child): HTMLElement {
  return h(
    "section",
    { id: "notice", class: "cover", "aria-labelledby": "notice-title" },
    h("p", { class: "eyebrow" }, text("notice.eyebrow")),
    h("h1", { id: "notice-title" }, text("notice.title")),
    h("p", { class: "lede" }, say("notice.fear")),
    h("div", { class: "cover-grid" }, [
      h("div", {}, h("h2", {}, text("notice.help")), helpList(help, 3)),
      h(
        "div",
        {},
        h("h2", {}, text("notice.not")),
        h(
          "ul",
          { class: "nots" },
          NOT.map((key) => h("li", {}, say(`notice.not.${key}`))),
        ),
      ),
    ]),
    h("p", { class: "small" }, say("notice.private")),
    h("p", { class: "maker" }, maker),
    choose,
  );
}
