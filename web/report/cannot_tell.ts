/* SPDX-License-Identifier: MIT
 *
 * "Cannot tell" as a page of its own: what is known, what is missing and why, how many
 * more weeks would do, and both readings side by side with equal room.
 */
import type { Direction, Report } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { defined, stat } from "../parts/frame.js";
import { count, hours, measured, percent, ratio, wait } from "../parts/numbers.js";
import { say, text } from "../parts/words.js";
import { shareSentence } from "./guess_section.js";
import { armPair, awayArms, whyNot } from "./loop_section.js";
import type { View } from "./view.js";

/* A few days say nothing on what later weeks will be like. */
const LEAST_WEEKS = 4;

/* Beyond five years a number of weeks is no advice. */
const MOST_WEEKS = 260;

function known(view: View): HTMLElement {
  const { starts, repairs, silences, replies } = view.report;
  const reply = (who: Child, k: 0 | 1): Child => {
    const median = replies.median_minutes[k];
    return [
      who,
      " ",
      median === null
        ? text("number.none")
        : wait(median, view.report.data.minute_clock),
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
      [reply(view.voice.head(0), 0), ", ", reply(view.voice.label(1), 1)],
      say("cannot.known.replies.note"),
      "define.replies",
    ),
  );
}

/** How many more weeks of the same would show a loop of middle strength; nothing where
 * an arm lies the other way, since no more of the same would show one. */
export function moreWeeks(direction: Direction): Child {
  if (awayArms(direction).length > 0) {
    return null;
  }
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
  const more = moreWeeks(direction);
  return h(
    "div",
    { class: "missing" },
    h("h4", {}, view.voice.arm("cannot.direction", direction.pursuer)),
    h(
      "ul",
      {},
      whyNot(view, direction).map((words) => h("li", {}, words)),
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
    more === null ? null : [h("p", {}, more), defined("define.weeks_needed")],
  );
}

/* The widest room that the reply ratios leave, each way, as far as it lies on the side
 * that a reading needs: a loop below the usual pace, no loop above it. */
function room(view: View): { low: number | null; high: number | null } {
  const found = view.report.directions
    .map((d) => d.main.reply_ratio)
    .filter((e) => e !== null);
  const low = Math.min(...found.map((e) => e.low));
  const high = Math.max(...found.map((e) => e.high));
  return {
    low: found.length > 0 && low < 1 ? low : null,
    high: found.length > 0 && high > 1 ? high : null,
  };
}

/** Whether answers came sooner in both directions: no room for a loop is left. */
export function speaksAgainst(report: Report): boolean {
  return report.directions.every((d) => (d.main.reply_ratio?.low ?? 0) >= 1);
}

function reading(key: string, bound: number | null): HTMLElement {
  return h(
    "div",
    { class: "reading" },
    h("h4", {}, text(`cannot.reading.${key}`)),
    h("p", {}, say(`cannot.reading.${key}.words`)),
    bound === null
      ? null
      : h(
          "p",
          { class: "small" },
          say(`cannot.reading.${key}.room`, { bound: ratio(bound) }),
        ),
  );
}

/** Both readings in equal room. */
export function readings(view: View): HTMLElement {
  const { low, high } = room(view);
  const against = (): number =>
    Math.min(...view.report.directions.map((d) => d.main.reply_ratio?.low ?? 0));
  return h(
    "div",
    { class: "pair" },
    speaksAgainst(view.report)
      ? [reading("against", against()), reading("none", null)]
      : [reading("loop", low), reading("none", high)],
  );
}

/** What the page means where nothing is claimed: open, or against a loop. */
export function cannotLede(view: View): Child {
  return say(speaksAgainst(view.report) ? "cannot.against.lede" : "cannot.lede");
}

export function cannotTellBody(view: View): Child {
  const { directions } = view.report;
  const against = speaksAgainst(view.report);
  return [
    h("p", { class: "lede" }, cannotLede(view)),
    h("h3", {}, text("cannot.known")),
    known(view),
    h("h3", {}, text("cannot.missing")),
    h(
      "div",
      { class: "pair" },
      directions.map((d) => missing(view, d)),
    ),
    h("h3", {}, text(against ? "cannot.against.readings" : "cannot.readings")),
    readings(view),
    h(
      "p",
      { class: "aside" },
      say(against ? "cannot.against.neither" : "cannot.neither"),
    ),
    h("h3", {}, text("cannot.arms")),
    h("p", { class: "small" }, say("cannot.arms.note")),
    directions.map((d) => [
      h("h4", {}, view.voice.arm("cannot.direction", d.pursuer)),
      armPair(view, d),
    ]),
  ];
}
