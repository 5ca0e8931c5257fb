/* SPDX-License-Identifier: MIT
 *
 * The summary on paper: exactly two sheets, made of the same parts as the page and shown
 * only when printing. Each sheet says who made it and that it is no evidence.
 */
import { outcomeOf, type Direction } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { makerLine } from "../parts/notice.js";
import { count, dayShort, hours, measuredText } from "../parts/numbers.js";
import { calmStrip, coverageStrip } from "../parts/strips.js";
import { say, text } from "../parts/words.js";
import { moreWeeks } from "./cannot_tell.js";
import { experimentKey } from "./experiment_section.js";
import { shareSentence } from "./guess_section.js";
import { LIMITS } from "./limits_section.js";
import { armSentence, drawing, headline, inOrder, reasonWords, shareWords } from "./loop_section.js";
import type { View } from "./view.js";

function sheetHead(view: View, n: number): HTMLElement {
  const { data, made_by: maker } = view.report;
  return h(
    "header",
    { class: "sheet-head" },
    h("p", {}, h("strong", {}, "ebb"), ` ${text("paper.of", { n: String(n) })} · `, `${dayShort(data.first)} – ${dayShort(data.last)}`),
    h("p", {}, makerLine(maker, view.voice)),
    h("p", {}, say("paper.not")),
  );
}

function known(view: View): HTMLElement {
  const { data, repairs, silences, starts } = view.report;
  const rows: [string, Child][] = [
    [text("data.messages"), `${count(data.messages[0] + data.messages[1])} (${view.voice.plain(0)} ${count(data.messages[0])}, ${view.voice.plain(1)} ${count(data.messages[1])})`],
    [text("data.weeks"), text("data.weeks.of", { n: count(data.weeks_with_events), all: count(data.weeks) })],
    [text("cannot.known.starts"), shareSentence(view, "starts.share", starts.by, starts.share)],
    [text("cannot.known.silences"), say("paper.silences", { n: count(silences.count), gap: hours(silences.threshold_h) })],
    [text("strengths.first_moves"), shareSentence(view, "repairs.share", repairs.by, repairs.share)],
    [text("strengths.normal"), measuredText(repairs.normal_after_h, hours)],
    [text("strengths.calm"), text("data.weeks.of", { n: count(view.calm.filter(Boolean).length), all: count(view.calm.length) })],
  ];
  return h("dl", { class: "sheet-facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function claimed(view: View, direction: Direction): Child {
  const share = shareWords(view, direction);
  return [
    h("div", { class: "sheet-pair" }, h("p", {}, armSentence(view, direction, "pursuit")), h("p", {}, armSentence(view, direction, "withdrawal"))),
    share === null ? null : h("p", {}, share),
  ];
}

function unclaimed(view: View, direction: Direction): Child {
  return h(
    "div",
    {},
    h("h3", {}, view.voice.arm("cannot.direction", direction.pursuer)),
    h("ul", {}, reasonWords(direction).slice(0, 4).map((words) => h("li", {}, words))),
    h("p", {}, moreWeeks(direction)),
  );
}

function finding(view: View): Child {
  const [first, second] = inOrder(view);
  const outcome = outcomeOf(view.report);
  const parts = [first, second].map((d) => (d.verdict === "cannot_tell" ? unclaimed(view, d) : claimed(view, d)));
  if (outcome === "cannot_tell") {
    return [h("h2", {}, text(headline(view))), h("p", {}, say("cannot.lede")), h("div", { class: "sheet-pair" }, parts)];
  }
  return [
    h("h2", {}, text(headline(view))),
    h("div", { class: "sheet-loop" }, drawing(view, first)[0]),
    parts,
    h("p", {}, say("loop.no_start")),
  ];
}

function coverage(view: View): Child {
  const { weeks, data } = view.report;
  const totals = weeks.begin.map((_, i) => (weeks.messages[0][i] ?? 0) + (weeks.messages[1][i] ?? 0));
  return h(
    "div",
    { class: "sheet-strip" },
    h("h3", {}, text("course.messages")),
    coverageStrip(totals, [], text("data.coverage.label")),
    h("p", { class: "ends" }, h("span", {}, dayShort(data.first)), h("span", {}, dayShort(data.last))),
  );
}

function experiment(view: View): Child {
  return h(
    "div",
    {},
    h("h2", {}, text("experiment.title")),
    h("p", {}, h("strong", {}, text(experimentKey(view, "title"))), " ", say(experimentKey(view, "idea"))),
    h("div", { class: "sheet-pair" }, (["reach", "retreat"] as const).map((key) =>
      h("p", {}, h("strong", {}, text(`experiment.${key}`)), " ", say(experimentKey(view, key))),
    )),
    h("p", {}, say(experimentKey(view, "see"))),
  );
}

function windowsLine(view: View): Child {
  const { windows } = view.report;
  if (windows.length === 0 || windows.length > 16) {
    return null;
  }
  return h("p", { class: "sheet-small" }, windows.map((span, i) => [
    i > 0 ? "; " : "",
    `${dayShort(span.begin)}: `,
    ([0, 1] as const).map((k) => [k === 1 ? ", " : "", view.voice.plain(k), " ", text(`window.${span.directions[k].verdict}`)]),
  ]));
}

function helpLines(view: View): Child {
  const lines = view.report.help.filter((e) => e.number).slice(0, 5).map((e) => `${e.name} ${e.number ?? ""}`);
  return h("p", { class: "sheet-small" }, say("help.now"), " ", lines.join(" · "));
}

function firstSheet(view: View): HTMLElement {
  return h(
    "div",
    { class: "sheet" },
    sheetHead(view, 1),
    h("h1", {}, text("paper.title", { a: view.voice.plain(0), b: view.voice.plain(1) })),
    h("p", { class: "sheet-notice" }, say("notice.fear")),
    known(view),
    view.sheltered ? null : finding(view),
  );
}

function secondSheet(view: View): HTMLElement {
  const n = view.calm.filter(Boolean).length;
  return h(
    "div",
    { class: "sheet" },
    sheetHead(view, 2),
    coverage(view),
    h("div", { class: "sheet-strip" }, h("h3", {}, text("strengths.calm")), calmStrip(view.calm.slice(-156), text("strengths.calm.label", { n: count(n), all: count(view.calm.length) }))),
    view.sheltered ? null : [windowsLine(view), experiment(view)],
    h("h2", {}, text("limits.title")),
    h("ul", { class: "sheet-small" }, LIMITS.map((key) => h("li", {}, say(`limits.${key}`)))),
    h("p", { class: "sheet-small" }, say("define.interval")),
    helpLines(view),
  );
}

/** The two sheets. */
export function paper(view: View): HTMLElement {
  return h("div", { id: "paper", "aria-hidden": "true" }, firstSheet(view), secondSheet(view));
}

