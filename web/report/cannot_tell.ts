/* SPDX-License-Identifier: MIT
 *
 * "Cannot tell" as a page of its own: what is known, what is missing and why, how many
 * more weeks would do, and both readings side by side with equal room.
 */
import type { Direction } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { defined, stat } from "../parts/frame.js";
import { count, hours, measured, minutes, percent, ratio } from "../parts/numbers.js";
import { say, text } from "../parts/words.js";
import { shareSentence } from "./guess_section.js";
import { armPair, reasonWords } from "./loop_section.js";
import type { View } from "./view.js";

/* Beyond five years a number of weeks is no advice. */
/* A few days say nothing on what later weeks will be like. */
const LEAST_WEEKS = 4;
const MOST_WEEKS = 260;

function known(view: View): HTMLElement {
  const { starts, repairs, silences, replies } = view.report;
  const reply = (k: 0 | 1): Child => {
    const median = replies.median_minutes[k];
    return [
      view.voice.label(k),
      " ",
      median === null ? text("number.none") : minutes(median),
    ];
  };
  return h(
    "div",
    { class: "stats" },
    stat(
      text("cannot.known.starts", { gap: hours(starts.gap_h) }),
      count(starts.by[0] + starts.by[1]),
      shareSentence(view, "starts.share", starts.by, starts.share),
      "define.starts",
    ),
    stat(
      text("cannot.known.silences"),
      count(silences.count),
      say("cannot.known.silences.note", { gap: hours(silences.threshold_h) }),
      "define.silences",
    ),
    stat(
      text("cannot.known.repairs"),
      repairs.share === null
        ? count(repairs.by[0] + repairs.by[1])
        : measured(repairs.share, percent),
      repairs.share === null
        ? null
        : say("cannot.known.repairs.note", { a: view.voice.label(0) }),
      "define.repairs",
    ),
    stat(
      text("cannot.known.replies"),
      [reply(0), ", ", reply(1)],
      say("cannot.known.replies.note"),
      "define.replies",
    ),
  );
}

/** How many more weeks of the same would show a loop of middle strength. */
export function moreWeeks(direction: Direction): Child {
  const { weeks_needed: needed, weeks } = direction.main;
  if (needed === null || weeks < LEAST_WEEKS) {
    return say("cannot.weeks.unknown");
  }
  const more = Math.ceil(needed - weeks);
  if (more > MOST_WEEKS) {
    return say("cannot.weeks.too_many");
  }
  return more <= 0
    ? say("cannot.weeks.enough")
    : say("cannot.weeks.more", { n: h("strong", { class: "value" }, count(more)) });
}

function missing(view: View, direction: Direction): HTMLElement {
  return h(
    "div",
    { class: "missing" },
    h("h4", {}, view.voice.arm("cannot.direction", direction.pursuer)),
    h(
      "ul",
      {},
      reasonWords(direction).map((words) => h("li", {}, words)),
    ),
    h(
      "p",
      { class: "small" },
      view.voice.arm("cannot.counted", direction.pursuer, {
        followups: count(direction.main.followups),
        bids: count(direction.main.bids),
        weeks: count(direction.main.weeks),
      }),
    ),
    h("p", {}, moreWeeks(direction)),
    defined("define.weeks_needed"),
  );
}

/* The widest room that the reply ratios leave, each way: what both readings stand on. */
function room(view: View): { low: string | null; high: string | null } {
  const found = view.report.directions
    .map((d) => d.main.reply_ratio)
    .filter((e) => e !== null);
  if (found.length === 0) {
    return { low: null, high: null };
  }
  return {
    low: ratio(Math.min(...found.map((e) => e.low))),
    high: ratio(Math.max(...found.map((e) => e.high))),
  };
}

/** Both readings in equal room. */
export function readings(view: View): HTMLElement {
  const { low, high } = room(view);
  const card = (key: string, bound: string | null): HTMLElement =>
    h(
      "div",
      { class: "reading" },
      h("h4", {}, text(`cannot.reading.${key}`)),
      h("p", {}, say(`cannot.reading.${key}.words`)),
      bound === null
        ? null
        : h("p", { class: "small" }, say(`cannot.reading.${key}.room`, { bound })),
    );
  return h("div", { class: "pair" }, card("loop", low), card("none", high));
}

export function cannotTellBody(view: View): Child {
  const { directions } = view.report;
  return [
    h("p", { class: "lede" }, say("cannot.lede")),
    h("h3", {}, text("cannot.known")),
    known(view),
    h("h3", {}, text("cannot.missing")),
    h(
      "div",
      { class: "pair" },
      directions.map((d) => missing(view, d)),
    ),
    h("h3", {}, text("cannot.readings")),
    readings(view),
    h("p", { class: "aside" }, say("cannot.neither")),
    h("h3", {}, text("cannot.arms")),
    h("p", { class: "small" }, say("cannot.arms.note")),
    directions.map((d) => [
      h("h4", {}, view.voice.arm("cannot.direction", d.pursuer)),
      armPair(view, d),
    ]),
  ];
}
