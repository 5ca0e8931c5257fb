/* SPDX-License-Identifier: MIT
 *
 * How much there is and how well it was understood, before anything is read from it.
 */
import { LEAST_DAYS, wallMillis, type Source } from "../parts/document.js";
import type { Gap } from "../parts/document.js";
import { group, h, type Child } from "../parts/dom.js";
import { defined, folded, picture, section, stat } from "../parts/frame.js";
import { count, day, dayShort, figure, percent } from "../parts/numbers.js";
import { coverageStrip, hourStrip } from "../parts/strips.js";
import { table } from "../parts/table.js";
import { counted, has, say, text } from "../parts/words.js";
import type { View } from "./view.js";

function totals(view: View): number[] {
  const { weeks } = view.report;
  return weeks.begin.map(
    (_, i) => (weeks.messages[0][i] ?? 0) + (weeks.messages[1][i] ?? 0),
  );
}

function coverage(view: View): HTMLElement {
  const { data, weeks } = view.report;
  const first = wallMillis(weeks.begin[0] ?? data.first);
  const span = Math.max(1, weeks.begin.length) * 7 * 86_400_000;
  const place = (wall: string): number =>
    Math.min(1, Math.max(0, (wallMillis(wall) - first) / span));
  const gaps = data.gaps.map((gap): [number, number] => [
    place(gap.begin),
    place(gap.end),
  ]);
  const drawing = coverageStrip(totals(view), gaps, text("data.coverage.label"));
  const ends = h(
    "span",
    { class: "ends" },
    h("span", {}, dayShort(data.first)),
    h("span", {}, dayShort(data.last)),
  );
  return picture(drawing, text("data.coverage.label"), [
    ends,
    say(gaps.length > 0 ? "data.coverage.gaps" : "data.coverage"),
  ]);
}

function figures(view: View): HTMLElement {
  const { data } = view.report;
  const days = Math.max(1, Math.round(data.days));
  const per = (who: Child, k: 0 | 1): Child => [who, " ", count(data.messages[k])];
  return h(
    "div",
    { class: "stats" },
    stat(
      text("data.messages"),
      count(data.messages[0] + data.messages[1]),
      [per(view.voice.head(0), 0), ", ", per(view.voice.label(1), 1)],
      "define.messages",
    ),
    stat(
      text("data.span"),
      say(counted("data.days", days), { n: count(days) }),
      say("data.from_to", { first: day(data.first), last: day(data.last) }),
    ),
    stat(
      text("data.weeks"),
      say("data.weeks.of", {
        n: count(data.weeks_with_events),
        all: count(data.weeks),
      }),
      say("data.weeks.note"),
      "define.weeks",
    ),
    stat(
      text("data.rate"),
      data.per_day === null ? text("number.none") : figure(data.per_day),
      data.calls === 0
        ? null
        : say(counted("data.calls", data.calls), { n: count(data.calls) }),
    ),
  );
}

function clockNotes(view: View): Child[] {
  const { data } = view.report;
  const notes: Child[] = [];
  if (data.minute_clock) {
    notes.push(say("data.note.minute_clock"));
  }
  notes.push(
    data.zone_known && data.zone !== null
      ? say("data.note.zone", { zone: data.zone })
      : say("data.note.no_zone"),
  );
  if (data.ambiguous_times > 0) {
    notes.push(
      say(counted("data.note.ambiguous", data.ambiguous_times), {
        n: count(data.ambiguous_times),
      }),
    );
  }
  return notes;
}

function loudNotes(view: View): Child[] {
  const { data } = view.report;
  const notes: Child[] = [];
  const lost = data.sources.reduce((sum, source) => sum + source.not_understood, 0);
  const lines = data.sources.reduce((sum, source) => sum + source.lines, 0);
  if (lost > 0) {
    notes.push(
      say(counted("data.note.lost", lost), {
        n: count(lost),
        share: percent(lost / Math.max(1, lines)),
      }),
    );
  }
  if (data.sources.some((source) => source.cap_suspected)) {
    notes.push(say("data.note.cap"));
  }
  if (
    data.sources.some(
      (source) => source.date_certainty !== null && source.date_certainty !== "certain",
    )
  ) {
    notes.push(say("data.note.date_order"));
  }
  const longest = data.gaps.reduce<Gap | null>(
    (most, gap) => (most === null || gap.days > most.days ? gap : most),
    null,
  );
  if (longest !== null) {
    notes.push(
      say(counted("data.note.gaps", data.gaps.length), {
        n: count(data.gaps.length),
        begin: day(longest.begin),
        end: day(longest.end),
        days: count(longest.days),
      }),
    );
  }
  if (data.duplicates > 0) {
    notes.push(
      say(counted("data.note.duplicates", data.duplicates), {
        n: count(data.duplicates),
      }),
    );
  }
  if (data.dropped_persons > 0) {
    notes.push(
      say(counted("data.note.dropped", data.dropped_persons), {
        n: count(data.dropped_persons),
      }),
    );
  }
  return notes;
}

function word(key: string, value: string | null): string {
  if (value === null) {
    return text("number.none");
  }
  return has(`${key}.${value}`) ? text(`${key}.${value}`) : value;
}

function sourceTable(sources: Source[]): HTMLElement {
  return table(
    text("data.sources.caption"),
    [
      { head: text("data.sources.format") },
      { head: text("data.sources.lines"), numeric: true },
      { head: text("data.sources.events"), numeric: true },
      { head: text("data.sources.lost"), numeric: true },
      { head: text("data.sources.dates") },
    ],
    sources.map((source) => [
      [source.format, source.dialect].filter((part) => part).join(", "),
      count(source.lines),
      count(source.events),
      count(source.not_understood),
      `${word("data.date_order", source.date_order)} (${word("data.certainty", source.date_certainty)})`,
    ]),
  );
}

function lostPlaces(sources: Source[]): Child {
  const rows = sources.flatMap((source) =>
    source.positions.map((at) => [
      `${source.format}:${at.line}:${at.column}`,
      at.reason,
    ]),
  );
  if (rows.length === 0) {
    return null;
  }
  return table(
    text("data.lost.caption"),
    [{ head: text("data.lost.place") }, { head: text("data.lost.reason") }],
    rows,
  );
}

function gapTable(gaps: Gap[]): Child {
  if (gaps.length === 0) {
    return null;
  }
  return table(
    text("data.gaps.caption"),
    [
      { head: text("data.gaps.begin") },
      { head: text("data.gaps.end") },
      { head: text("data.gaps.days"), numeric: true },
    ],
    gaps.map((gap) => [day(gap.begin), day(gap.end), count(gap.days)]),
  );
}

/* A few days have no usual hours. */
function usualHours(view: View): Child {
  const { hours, data } = view.report;
  if (data.days < LEAST_DAYS) {
    return null;
  }
  const one = (k: 0 | 1): HTMLElement =>
    picture(
      hourStrip(
        hours[k],
        k,
        text("data.hours.label", { who: view.voice.labelText(k) }),
      ),
      text("data.hours.label", { who: view.voice.labelText(k) }),
      [view.voice.head(k), " ", h("span", { class: "small" }, busiest(hours[k]))],
    );
  return [
    h("h3", {}, text("data.hours.title")),
    h("p", { class: "small" }, say("data.hours.note")),
    h("div", { class: "pair" }, one(0), one(1)),
    defined("define.hours"),
  ];
}

/* The hours that hold most of a person's writing, in words for those who do not see. */
function busiest(shares: [number[], number[]]): string {
  const best = (row: number[]): string => {
    if (row.every((share) => share === 0)) {
      return text("data.hours.never");
    }
    const top = row.indexOf(Math.max(...row));
    return text("data.hours.around", { hour: `${String(top).padStart(2, "0")}:00` });
  };
  return text("data.hours.best", {
    weekday: best(shares[0]),
    weekend: best(shares[1]),
  });
}

export function dataSection(view: View): HTMLElement {
  const { sources } = view.report.data;
  const loud = loudNotes(view);
  return section(
    "data",
    text("data.title"),
    h("p", { class: "lede" }, say("data.slice")),
    figures(view),
    coverage(view),
    loud.length > 0
      ? h(
          "div",
          { class: "heed" },
          h("h3", {}, text("data.heed")),
          h(
            "ul",
            {},
            loud.map((note) => h("li", {}, note)),
          ),
        )
      : null,
    usualHours(view),
    folded(text("data.more"), () =>
      group(
        sourceTable(sources),
        lostPlaces(sources),
        gapTable(view.report.data.gaps),
        h("h3", {}, text("data.clocks")),
        h(
          "ul",
          {},
          clockNotes(view).map((note) => h("li", {}, note)),
        ),
      ),
    ),
  );
}
