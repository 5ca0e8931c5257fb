/* SPDX-License-Identifier: MIT
 *
 * One typical stretch of writing again, drawn to scale, and what ended the others.
 */
import {
  LEAST_DAYS,
  otherOf,
  wallMillis,
  type Ending,
  type Episode,
  type Person,
} from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { defined, folded, picture, section } from "../parts/frame.js";
import { clock, count, day, dayShort, hours, percent } from "../parts/numbers.js";
import { stretchLine } from "../parts/strips.js";
import { longTable } from "../parts/table.js";
import { rareParts, strikes } from "../parts/usual.js";
import { counted, say, text } from "../parts/words.js";
import type { View } from "./view.js";

export const ENDINGS: Ending[] = ["answer", "call", "media", "after_pause", "open"];

function lengthHours(episode: Episode): number {
  return (Date.parse(`${episode.end}Z`) - Date.parse(`${episode.begin}Z`)) / 3_600_000;
}

/* The parts in which the other one rarely writes; null where there is none, or where the
 * record is too short to know. */
function rareIn(view: View, episode: Episode): [number, number][] | null {
  const shares = view.report.hours[otherOf(episode.pursuer)];
  const parts = rareParts(shares, episode.begin, lengthHours(episode));
  return parts.length === 0 || view.report.data.days < LEAST_DAYS ? null : parts;
}

/* Times of the clock; the first, and each midnight, with its day. */
function ticksOf(episode: Episode): { at: number; words: string }[] {
  return strikes(episode.begin, lengthHours(episode)).map((at, i) => {
    const wall = new Date(wallMillis(episode.begin) + at * 3_600_000).toISOString();
    const time = wall.slice(11, 16);
    return { at, words: i === 0 || time === "00:00" ? clock(wall) : time };
  });
}

/** The typical episode, drawn to scale. */
export function typical(view: View): Child {
  const at = view.report.episodes.typical;
  const episode = at === null ? undefined : view.report.episodes.list[at];
  if (episode === undefined) {
    return null;
  }
  const pursuer = episode.pursuer;
  const length = lengthHours(episode);
  const rare = rareIn(view, episode);
  const words = view.voice.armText("episode.label", pursuer, {
    n: count(episode.followups),
    length: hours(lengthHours(episode)),
  });
  const line = stretchLine({
    hours: episode.turn_hours,
    end: length,
    person: pursuer,
    rare: rare ?? [],
    ticks: ticksOf(episode),
    label: words,
  });
  return h(
    "div",
    { class: "typical" },
    picture(line, words, [
      h("span", { class: "key" }, [
        h("span", { class: `key-dot person-${pursuer}`, "aria-hidden": "true" }),
        view.voice.arm("episode.key.wrote", pursuer),
        h("span", {
          class: `key-square person-${otherOf(pursuer)}`,
          "aria-hidden": "true",
        }),
        text(`ending.${episode.ending}`),
        rare === null
          ? null
          : [
              h("span", { class: "key-rare", "aria-hidden": "true" }),
              view.voice.arm("episode.key.rare", pursuer),
            ],
      ]),
      view.voice.arm(counted("episode.words", episode.followups), pursuer, {
        day: day(episode.begin),
        n: count(episode.followups),
        length: hours(length),
      }),
      " ",
      rare === null
        ? null
        : [
            view.voice.arm("episode.usual", pursuer, {
              usual: hours(rare.reduce((sum, [low, high]) => sum - (high - low), length)),
            }),
            " ",
          ],
      say(`ending.${episode.ending}.sentence`, {
        o: view.voice.label(otherOf(pursuer)),
      }),
      " ",
      episode.surprise === null
        ? null
        : view.voice.arm("episode.surprise", pursuer, {
            share: percent(episode.surprise),
          }),
    ]),
  );
}

function endings(view: View): HTMLElement {
  const counts = view.report.episodes.endings;
  const most = Math.max(1, ...ENDINGS.map((e) => counts[e]));
  return h(
    "dl",
    { class: "endings" },
    ENDINGS.filter((e) => counts[e] > 0).map((e) => {
      const bar = h("span", { class: "ending-bar", "aria-hidden": "true" });
      bar.style.width = `${(100 * counts[e]) / most}%`;
      return h(
        "div",
        {},
        h("dt", {}, text(`ending.${e}`)),
        h(
          "dd",
          {},
          h("span", { class: "ending-track" }, bar),
          h("span", { class: "ending-n" }, count(counts[e])),
        ),
      );
    }),
  );
}

function episodeTable(view: View): HTMLElement {
  return longTable(
    text("episode.table"),
    [
      { head: text("episode.table.begin") },
      { head: text("episode.table.who") },
      { head: text("episode.table.followups"), numeric: true },
      { head: text("episode.table.length"), numeric: true },
      { head: text("episode.table.end") },
    ],
    view.report.episodes.list.map((e) => [
      `${dayShort(e.begin)}, ${clock(e.begin)}`,
      view.voice.head(e.pursuer),
      count(e.followups),
      hours(lengthHours(e)),
      text(`ending.${e.ending}`),
    ]),
  );
}

export function episodeSection(view: View): HTMLElement {
  const { episodes } = view.report;
  if (episodes.count === 0) {
    return section("episodes", text("episode.title"), h("p", {}, say("episode.none")));
  }
  const by = (k: Person): Child => [view.voice.label(k), " ", count(episodes.by[k])];
  return section(
    "episodes",
    text("episode.title"),
    h(
      "p",
      { class: "lede" },
      say(counted("episode.count", episodes.count), { n: count(episodes.count) }),
      " ",
      say("episode.by", { a: by(0), b: by(1) }),
    ),
    typical(view),
    defined("define.episodes"),
    h("h3", {}, text("episode.endings")),
    h("p", {}, say("episode.endings.words")),
    endings(view),
    folded(text("episode.table"), () => episodeTable(view)),
  );
}
