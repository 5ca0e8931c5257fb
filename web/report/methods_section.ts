/* SPDX-License-Identifier: MIT
 *
 * Methods and definitions on screen, the counts behind each arm, and the downloads.
 */
import type { Arms, Direction } from "../parts/document.js";
import { group, h, type Child } from "../parts/dom.js";
import { saveCsv, saveJson } from "../parts/downloads.js";
import { folded, section } from "../parts/frame.js";
import { count, figure, measuredText, percent } from "../parts/numbers.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import type { View } from "./view.js";

const AMOUNT = ["messages", "weeks", "hours"];
const CYCLE = [
  "starts",
  "silences",
  "repairs",
  "normal",
  "calm",
  "interval",
  "turns",
  "followups",
  "replies",
  "pursuit",
  "withdrawal",
  "surprise",
  "loop_share",
  "rule",
  "fit",
  "windows",
  "episodes",
  "weeks_needed",
];

function terms(keys: string[]): HTMLElement {
  return h(
    "dl",
    { class: "terms" },
    keys.map((key) =>
      h(
        "div",
        {},
        h("dt", {}, text(`define.${key}.term`)),
        h("dd", {}, say(`define.${key}`)),
      ),
    ),
  );
}

function fitWords(arms: Arms): string {
  const one = (fit: Arms["reply_fit"]): string =>
    fit === null || fit.distance === null || fit.limit === null
      ? text("number.none")
      : `${figure(fit.distance)} / ${figure(fit.limit)} ${text(fit.passes ? "methods.passes" : "methods.fails")}`;
  return `${one(arms.reply_fit)}; ${one(arms.followup_fit)}`;
}

function armRows(direction: Direction): [string, (arms: Arms) => Child][] {
  return [
    [text("methods.bids"), (a) => count(a.bids)],
    [text("methods.followups"), (a) => count(a.followups)],
    [text("methods.replies"), (a) => count(a.replies)],
    [text("methods.weeks"), (a) => count(a.weeks)],
    [text("methods.pursuit"), (a) => measuredText(a.pursuit_ratio)],
    [text("methods.pursuit_second"), (a) => measuredText(a.pursuit_second_ratio)],
    [text("methods.reply"), (a) => measuredText(a.reply_ratio)],
    [text("methods.reply_dose"), (a) => measuredText(a.reply_ratio_dose)],
    [
      text("methods.share"),
      (a) =>
        direction.verdict === "loop"
          ? measuredText(a.loop_share, percent)
          : text("methods.share.none"),
    ],
    [text("methods.fit"), fitWords],
  ];
}

function directionTable(view: View, direction: Direction): HTMLElement {
  const gaps = [direction.gap_2, direction.main, direction.gap_10];
  return table(
    view.voice.armText("course.direction", direction.pursuer),
    [
      { head: text("methods.quantity") },
      ...[2, 5, 10].map((n) => ({
        head: text("methods.gap", { n: String(n) }),
        numeric: true,
      })),
    ],
    armRows(direction).map(([name, show]) => [name, ...gaps.map(show)]),
  );
}

function downloads(view: View): Child {
  return group(
    h("h3", {}, text("methods.download")),
    h("p", { class: "small" }, say("methods.download.note")),
    h("p", { class: "buttons" }, [
      h(
        "button",
        { type: "button", class: "plain", click: () => saveJson(view.report) },
        text("methods.download.json"),
      ),
      h(
        "button",
        { type: "button", class: "plain", click: () => saveCsv(view.report) },
        text("methods.download.csv"),
      ),
      h(
        "button",
        { type: "button", class: "plain", click: () => window.print() },
        text("methods.print"),
      ),
    ]),
  );
}

export function methodsSection(view: View): HTMLElement {
  return section(
    "methods",
    text("methods.title"),
    h("p", {}, say("methods.lede")),
    folded(text("methods.terms"), () =>
      terms(view.sheltered ? AMOUNT : [...AMOUNT, ...CYCLE]),
    ),
    view.sheltered
      ? null
      : [
          folded(text("methods.how"), () =>
            ["one", "two", "three", "four", "five"].map((key) =>
              h("p", {}, say(`methods.how.${key}`)),
            ),
          ),
          folded(text("methods.numbers"), () =>
            view.report.directions.map((d) => directionTable(view, d)),
          ),
          downloads(view),
        ],
  );
}
