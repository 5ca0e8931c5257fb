/* SPDX-License-Identifier: MIT
 *
 * What carries: first moves after silences, the way back to normal, calm weeks. It comes
 * before the loop because it is the larger part of most records.
 */
import { h, type Child } from "../parts/dom.js";
import { folded, picture, section, stat } from "../parts/frame.js";
import { count, dayShort, hours, interval, measured, pace } from "../parts/numbers.js";
import { calmStrip } from "../parts/strips.js";
import { longTable } from "../parts/table.js";
import { counted, say, text } from "../parts/words.js";
import type { Person } from "../parts/document.js";
import { shareSentence } from "./guess_section.js";
import type { View } from "./view.js";

function firstMoves(view: View): HTMLElement {
  const { repairs } = view.report;
  const all = repairs.by[0] + repairs.by[1];
  const value =
    all === 0
      ? text("strengths.no_silence")
      : say("strengths.both_moves", {
          a: view.voice.head(0),
          n: count(repairs.by[0]),
          b: view.voice.label(1),
          m: count(repairs.by[1]),
        });
  const note =
    all === 0
      ? say("repairs.share.none")
      : shareSentence(view, "repairs.share", repairs.by, repairs.share);
  return stat(text("strengths.first_moves"), value, note, "define.repairs");
}

function backToNormal(view: View): HTMLElement {
  const normal = view.report.repairs.normal_after_h;
  return stat(
    text("strengths.normal"),
    normal === null ? text("number.none") : measured(normal, hours),
    say(normal === null ? "strengths.normal.none" : "strengths.normal.note"),
    "define.normal",
  );
}

function weeksOf(view: View): Record<string, string> {
  return { n: count(view.calm.whole), all: count(view.calm.weeks.length) };
}

function calmDayStat(view: View): HTMLElement {
  const { days, of, whole, capped } = view.calm;
  return stat(
    text("strengths.calm"),
    say("data.weeks.of", { n: count(days), all: count(of) }),
    [
      say("strengths.calm.note"),
      " ",
      whole > 0 ? say("strengths.calm.weeks", weeksOf(view)) : null,
      capped ? [" ", say("strengths.calm.capped")] : null,
    ],
    "define.calm",
  );
}

/* What is calm is told in the unit in which it is a strength. */
function calm(view: View): Child {
  if (view.calm.told === "days") {
    return calmDayStat(view);
  }
  return view.calm.told === "weeks"
    ? stat(
        text("strengths.calm_weeks"),
        say("data.weeks.of", weeksOf(view)),
        say("strengths.calm_weeks.note"),
        "define.calm",
      )
    : null;
}

function calmPicture(view: View): Child {
  const label = text("strengths.calm.label", {
    n: count(view.calm.days),
    all: count(view.calm.of),
  });
  return view.calm.told === "days"
    ? picture(calmStrip(view.calm.weeks, label), label, say("strengths.calm.caption"))
    : null;
}

/* A second message that brings the answer sooner is worth saying, whatever the verdict. */
function remindersWork(view: View): Child {
  return view.report.directions
    .filter((d) => (d.main.reply_ratio?.low ?? 0) > 1)
    .map((d) => {
      const found = d.main.reply_ratio;
      return found === null
        ? null
        : h(
            "p",
            { class: "glad" },
            view.voice.arm("strengths.sooner", d.pursuer, {
              p: h("strong", { class: "value" }, pace(found.value)),
              i: interval(found),
            }),
          );
    });
}

function silenceTable(view: View): HTMLElement {
  const { list } = view.report.repairs;
  const who = (k: Person): Child => view.voice.head(k);
  return longTable(
    text("strengths.table"),
    [
      { head: text("strengths.table.begin") },
      { head: text("strengths.table.length"), numeric: true },
      { head: text("strengths.table.first") },
      { head: text("strengths.table.normal"), numeric: true },
    ],
    list.map((r) => [
      dayShort(r.begin),
      hours((Date.parse(`${r.end}Z`) - Date.parse(`${r.begin}Z`)) / 3_600_000),
      [who(r.first_mover), r.by_call ? ` ${text("strengths.table.call")}` : ""],
      r.normal_after_h === null
        ? text("strengths.table.not_yet")
        : hours(r.normal_after_h),
    ]),
  );
}

function lede(view: View): HTMLElement {
  const { count: n, threshold_h: gap } = view.report.silences;
  const key = n === 0 ? "strengths.no_silence.note" : counted("strengths.lede", n);
  return h("p", { class: "lede" }, say(key, { n: count(n), gap: hours(gap) }));
}

export function strengthsSection(view: View): HTMLElement {
  return section(
    "strengths",
    text("strengths.title"),
    lede(view),
    h("p", { class: "small" }, say("strengths.brackets")),
    h(
      "div",
      { class: "stats three" },
      firstMoves(view),
      backToNormal(view),
      calm(view),
    ),
    calmPicture(view),
    remindersWork(view),
    view.report.repairs.list.length > 0
      ? folded(text("strengths.table"), () => silenceTable(view))
      : null,
  );
}
