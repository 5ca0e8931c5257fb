/* SPDX-License-Identifier: MIT
 *
 * The course over months: weeks as lines, windows of thirteen weeks as a strip.
 */
import {
  otherOf,
  wallMillis,
  type Person,
  type Span,
  type Verdict,
} from "../parts/document.js";
import { group, h, type Child } from "../parts/dom.js";
import { weekChart } from "../parts/charts.js";
import { defined, folded, section } from "../parts/frame.js";
import {
  count,
  day,
  dayMonth,
  dayShort,
  hours,
  measuredText,
  minutes,
  month,
  wait,
} from "../parts/numbers.js";
import { longTable, table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import type { View } from "./view.js";

type Column = "messages" | "followups" | "reply_minutes";

function chart(
  view: View,
  column: Column,
  log: boolean,
  unit: (v: number) => string,
): Child {
  const { weeks } = view.report;
  if (weeks.begin.length === 0) {
    return null;
  }
  const lines = weeks[column] as [(number | null)[], (number | null)[]];
  /* Nothing below what the clock can tell is drawn on the stretched scale. */
  const least = view.report.data.minute_clock ? 1 : 0;
  const positive = (line: (number | null)[]): (number | null)[] =>
    log
      ? line.map((v) => (v !== null && v > 0 ? Math.max(v, least) : null))
      : line;
  const at = (k: Person, i: number): string => {
    const value = lines[k][i];
    return value === null || value === undefined
      ? text("number.none")
      : column === "reply_minutes"
        ? wait(value, view.report.data.minute_clock)
        : unit(value);
  };
  return weekChart({
    title: text(`course.${column}`),
    note: [
      h("span", { class: "key" }, keyOf(view, 0), keyOf(view, 1)),
      say(`course.${column}.note`),
    ],
    times: weeks.begin.map((wall) => wallMillis(wall) / 1000),
    lines: [positive(lines[0]), positive(lines[1])],
    log,
    unit,
    when: (seconds) =>
      (weeks.begin.length > 60 ? month : dayMonth)(
        new Date(1000 * seconds).toISOString(),
      ),
    read: (i) =>
      text("course.read", {
        week: dayShort(weeks.begin[i] ?? ""),
        a: view.voice.labelText(0),
        x: at(0, i),
        b: view.voice.labelText(1),
        y: at(1, i),
      }),
  });
}

function keyOf(view: View, k: Person): HTMLElement {
  return h("span", { class: `key-line person-${k}` }, view.voice.head(k));
}

function weekTable(view: View): HTMLElement {
  const { weeks } = view.report;
  const both = (key: string): Child[] =>
    ([0, 1] as Person[]).map((k) => [text(key), " ", view.voice.label(k)]);
  const heads = [
    ...both("course.messages.short"),
    ...both("course.followups.short"),
    ...both("course.reply_minutes.short"),
  ];
  const reply = (v: number | null | undefined): string =>
    v === null || v === undefined
      ? text("number.none")
      : wait(v, view.report.data.minute_clock);
  return longTable(
    text("course.table"),
    [
      { head: text("course.week") },
      ...heads.map((head) => ({ head, numeric: true })),
      { head: text("course.silence"), numeric: true },
    ],
    weeks.begin.map((wall, i) => [
      dayShort(wall),
      count(weeks.messages[0][i] ?? 0),
      count(weeks.messages[1][i] ?? 0),
      count(weeks.followups[0][i] ?? 0),
      count(weeks.followups[1][i] ?? 0),
      reply(weeks.reply_minutes[0][i]),
      reply(weeks.reply_minutes[1][i]),
      weeks.longest_silence_h[i] === null || weeks.longest_silence_h[i] === undefined
        ? text("number.none")
        : hours(weeks.longest_silence_h[i] ?? 0),
    ]),
  );
}

function windowCell(span: Span, pursuer: Person): HTMLElement {
  const found = span.directions[pursuer];
  return h(
    "li",
    { class: `window ${found.verdict} card-${pursuer}` },
    h("span", { class: "window-when" }, `${month(span.begin)} – ${month(span.end)}`),
    h("span", { class: "window-what" }, text(`window.${found.verdict}`)),
  );
}

function windowRow(view: View, pursuer: Person): HTMLElement {
  return h(
    "div",
    { class: "window-row" },
    h("p", { class: "window-head" }, view.voice.arm("course.direction", pursuer)),
    h(
      "ol",
      { class: "windows" },
      view.report.windows.map((span) => windowCell(span, pursuer)),
    ),
  );
}

function windowTable(view: View): HTMLElement {
  const rows = view.report.windows.flatMap((span) =>
    ([0, 1] as Person[]).map((k) => [
      `${dayShort(span.begin)} – ${dayShort(span.end)}`,
      view.voice.arm("course.direction", k),
      text(`window.${span.directions[k].verdict}`),
      measuredText(span.directions[k].pursuit_ratio),
      measuredText(span.directions[k].reply_ratio),
    ]),
  );
  return table(
    text("course.windows.table"),
    [
      { head: text("course.window") },
      { head: text("course.windows.direction") },
      { head: text("course.windows.verdict") },
      { head: text("arm.pursuit.column"), numeric: true },
      { head: text("arm.withdrawal.column"), numeric: true },
    ],
    rows,
  );
}

/* The direction that carries more has the roles, by the measure's own order. */
const ROLES: Verdict[] = ["cannot_tell", "withdrawal_only", "pursuit_only", "loop"];

function switchWords(view: View): Child {
  const at = view.report.switch_window;
  const span = at === null ? undefined : view.report.windows[at];
  if (span === undefined) {
    return null;
  }
  const [a, b] = span.directions.map((d) => ROLES.indexOf(d.verdict));
  const now: Person = (a ?? 0) > (b ?? 0) ? 0 : 1;
  return h(
    "p",
    { class: "heed" },
    view.voice.arm("course.switch", now, {
      when: day(span.begin),
      before: view.voice.name(otherOf(now)),
    }),
  );
}

function windows(view: View): Child {
  if (view.report.windows.length === 0) {
    return h("p", { class: "small" }, say("course.windows.none"));
  }
  return group(
    h("h3", {}, text("course.windows")),
    h("p", { class: "small" }, say("course.windows.note")),
    switchWords(view),
    windowRow(view, 0),
    windowRow(view, 1),
    defined("define.windows"),
    folded(text("course.windows.table"), () => windowTable(view)),
  );
}

export function courseSection(view: View): HTMLElement {
  const plain = view.sheltered;
  return section(
    "course",
    text("course.title"),
    h("p", { class: "lede" }, say("course.lede")),
    chart(view, "messages", false, count),
    plain
      ? null
      : [
          chart(view, "followups", false, count),
          defined("define.followups"),
          chart(view, "reply_minutes", true, minutes),
          defined("define.replies"),
          folded(text("course.table"), () => weekTable(view)),
          windows(view),
        ],
  );
}
