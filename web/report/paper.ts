/* SPDX-License-Identifier: MIT
 *
 * The summary on paper: exactly two sheets, made of the same parts as the page and shown
 * only when printing. Each sheet says who made it and that it is no evidence.
 */
import { outcomeOf, type Direction } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { emergencyWords, makerLine } from "../parts/notice.js";
import { count, dayShort, hours, measuredText, month } from "../parts/numbers.js";
import { calmStrip, linesStrip } from "../parts/strips.js";
import { say, text } from "../parts/words.js";
import { cannotLede, moreWeeks, readings } from "./cannot_tell.js";
import { ENDINGS } from "./episode_section.js";
import { experimentKey } from "./experiment_section.js";
import { shareSentence } from "./guess_section.js";
import { EVERYDAY } from "./inside_section.js";
import { LIMITS } from "./limits_section.js";
import {
  armSentence,
  drawing,
  headline,
  inOrder,
  shareWords,
  whyNot,
} from "./loop_section.js";
import type { View } from "./view.js";

const TERMS = ["interval", "pursuit", "withdrawal", "loop_share"];

function sheetHead(view: View, n: number): HTMLElement {
  const { data, made_by: maker } = view.report;
  return h(
    "header",
    { class: "sheet-head" },
    h(
      "p",
      {},
      h("strong", {}, "ebb"),
      ` ${text("paper.of", { n: String(n) })} · `,
      `${dayShort(data.first)} – ${dayShort(data.last)}`,
    ),
    h("p", {}, makerLine(maker, view.voice)),
    h("p", {}, say("paper.not")),
  );
}

type Fact = [string, Child];

/* How much there is: nothing of it tells who does what. */
function amount(view: View): Fact[] {
  const { data } = view.report;
  return [
    [
      text("data.messages"),
      `${count(data.messages[0] + data.messages[1])} (${view.voice.plain(0)} ${count(data.messages[0])}, ${view.voice.plain(1)} ${count(data.messages[1])})`,
    ],
    [
      text("data.weeks"),
      text("data.weeks.of", {
        n: count(data.weeks_with_events),
        all: count(data.weeks),
      }),
    ],
  ];
}

/* As on the page: in the unit in which it is a strength. */
function calmFact(view: View): Fact[] {
  const { told, days, of, whole, weeks } = view.calm;
  if (told === null) {
    return [];
  }
  const [n, all] = told === "days" ? [days, of] : [whole, weeks.length];
  return [
    [
      text(told === "days" ? "strengths.calm" : "strengths.calm_weeks"),
      text("data.weeks.of", { n: count(n), all: count(all) }),
    ],
  ];
}

function carries(view: View): Fact[] {
  const { repairs, silences, starts } = view.report;
  return [
    [
      text("cannot.known.starts", { gap: hours(starts.gap_h) }),
      shareSentence(view, "starts.share", starts.by, starts.share),
    ],
    [
      text("cannot.known.silences"),
      say("paper.silences", {
        n: count(silences.count),
        gap: hours(silences.threshold_h),
      }),
    ],
    [
      text("strengths.first_moves"),
      shareSentence(view, "repairs.share", repairs.by, repairs.share),
    ],
    [text("strengths.normal"), measuredText(repairs.normal_after_h, hours)],
    ...calmFact(view),
  ];
}

/* After a yes: nothing on who starts, who mends, and how calm it was. */
function known(view: View): HTMLElement {
  const rows = view.sheltered ? amount(view) : [...amount(view), ...carries(view)];
  return h(
    "dl",
    { class: "sheet-facts" },
    rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

function claimed(view: View, direction: Direction): Child {
  const share = shareWords(view, direction);
  return [
    h(
      "div",
      { class: "sheet-pair" },
      h("p", {}, armSentence(view, direction, "pursuit")),
      h("p", {}, armSentence(view, direction, "withdrawal")),
    ),
    share === null ? null : h("p", {}, share),
  ];
}

function unclaimed(view: View, direction: Direction): Child {
  const more = moreWeeks(direction);
  return h(
    "div",
    {},
    h("h3", {}, view.voice.arm("cannot.direction", direction.pursuer)),
    h(
      "ul",
      {},
      whyNot(view, direction)
        .slice(0, 4)
        .map((words) => h("li", {}, words)),
    ),
    more === null ? null : h("p", {}, more),
  );
}

function finding(view: View): Child {
  const [first, second] = inOrder(view);
  const outcome = outcomeOf(view.report);
  const parts = [first, second].map((d) =>
    d.verdict === "cannot_tell" ? unclaimed(view, d) : claimed(view, d),
  );
  if (outcome === "cannot_tell") {
    return [
      h("h2", {}, text(headline(view))),
      h("p", {}, cannotLede(view)),
      h("div", { class: "sheet-pair" }, parts),
      readings(view),
    ];
  }
  return [
    h("h2", {}, text(headline(view))),
    h("div", { class: "sheet-loop" }, drawing(view, first)[0]),
    parts,
    outcome === "loop" ? h("p", {}, say("loop.no_start")) : null,
  ];
}

function lines(view: View, column: "messages" | "followups"): Child {
  const { weeks, data } = view.report;
  const most = Math.max(0, ...weeks[column][0], ...weeks[column][1]);
  return h(
    "div",
    { class: "sheet-strip" },
    h(
      "h3",
      {},
      text(`course.${column}`),
      " ",
      ([0, 1] as const).map((k) => [
        h("span", { class: `key-line person-${k}` }, view.voice.plain(k)),
      ]),
    ),
    linesStrip(weeks[column], text(`course.${column}`)),
    h(
      "p",
      { class: "ends sheet-small" },
      h("span", {}, dayShort(data.first)),
      h("span", {}, text("paper.most", { n: count(most) })),
      h("span", {}, dayShort(data.last)),
    ),
  );
}

/* Both sides in equal room, as on the page. */
function inside(): Child {
  const side = (key: "reach" | "retreat"): HTMLElement =>
    h(
      "div",
      { class: "sheet-inside" },
      h("h3", {}, text(`inside.${key}`)),
      h("p", {}, say(`inside.${key}.words`)),
      h("p", {}, h("em", {}, text(`inside.${key}.voice`))),
    );
  return [
    h("h2", {}, text("inside.title")),
    h("div", { class: "sheet-pair" }, side("reach"), side("retreat")),
    h(
      "p",
      { class: "sheet-small" },
      say("inside.everyday.lede"),
      " ",
      EVERYDAY.map((key) => text(`everyday.${key}`)).join(" · "),
    ),
  ];
}

function endingsLine(view: View): Child {
  const { episodes } = view.report;
  const found = ENDINGS.filter((ending) => episodes.endings[ending] > 0);
  if (found.length === 0) {
    return null;
  }
  const list = found
    .map((ending) => `${text(`ending.${ending}`)} ${count(episodes.endings[ending])}`)
    .join(" · ");
  return h(
    "p",
    { class: "sheet-small" },
    h("strong", {}, text("episode.endings")),
    ` (${count(episodes.count)}): ${list}`,
  );
}

function experiment(view: View): Child {
  return h(
    "div",
    {},
    h("h2", {}, text("experiment.title")),
    h(
      "p",
      {},
      h("strong", {}, text(experimentKey(view, "title"))),
      " ",
      say(experimentKey(view, "idea")),
    ),
    h(
      "div",
      { class: "sheet-pair" },
      (["reach", "retreat"] as const).map((key) =>
        h(
          "p",
          {},
          h("strong", {}, text(`experiment.${key}`)),
          " ",
          say(experimentKey(view, key)),
        ),
      ),
    ),
    h("p", {}, say(experimentKey(view, "see"))),
  );
}

/* More windows than this would fill the sheet; the page has them all. */
const MOST_WINDOWS = 9;

function windowLines(view: View): Child {
  const { windows } = view.report;
  if (windows.length === 0 || windows.length > MOST_WINDOWS) {
    return null;
  }
  return h(
    "div",
    {},
    h("h3", {}, text("course.windows")),
    ([0, 1] as const).map((k) =>
      h(
        "p",
        { class: "sheet-small" },
        view.voice.arm("course.direction", k),
        ": ",
        windows
          .map(
            (span) =>
              `${month(span.begin)} ${text(`window.${span.directions[k].verdict}`)}`,
          )
          .join(" · "),
      ),
    ),
  );
}

function calm(view: View): Child {
  if (view.calm.told !== "days") {
    return null;
  }
  return h(
    "div",
    { class: "sheet-strip" },
    h("h3", {}, text("strengths.calm")),
    calmStrip(
      view.calm.weeks.slice(-156),
      text("strengths.calm.label", {
        n: count(view.calm.days),
        all: count(view.calm.of),
      }),
    ),
  );
}

function terms(): HTMLElement {
  return h(
    "p",
    { class: "sheet-small" },
    TERMS.map((key) => [
      h("strong", {}, text(`define.${key}.term`)),
      ". ",
      say(`define.${key}`),
      " ",
    ]),
  );
}

function helpLines(view: View): Child {
  const { help } = view.report;
  const lines = help
    .filter((e) => e.number && e.kind !== "emergency")
    .slice(0, 5)
    .map((e) => `${e.name} ${e.number ?? ""}`);
  return h("p", { class: "sheet-small" }, emergencyWords(help), " ", lines.join(" · "));
}

function firstSheet(view: View): HTMLElement {
  return h(
    "div",
    { class: "sheet" },
    sheetHead(view, 1),
    h(
      "h1",
      {},
      text("paper.title", { a: view.voice.plain(0), b: view.voice.plain(1) }),
    ),
    h("p", { class: "sheet-notice" }, say("notice.fear")),
    known(view),
    view.sheltered ? null : [finding(view), inside()],
  );
}

function secondSheet(view: View): HTMLElement {
  return h(
    "div",
    { class: "sheet" },
    sheetHead(view, 2),
    lines(view, "messages"),
    view.sheltered
      ? null
      : [
          lines(view, "followups"),
          calm(view),
          windowLines(view),
          endingsLine(view),
          experiment(view),
        ],
    h("h2", {}, text("limits.title")),
    h(
      "ul",
      { class: "sheet-small" },
      LIMITS.map((key) => h("li", {}, say(`limits.${key}`))),
    ),
    view.sheltered ? null : terms(),
    helpLines(view),
  );
}

const FITS = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.75, 0.7];

/** Sets the type of each sheet as large as its room allows; called before printing. */
export function fitSheets(holder: HTMLElement): void {
  holder.classList.add("measured");
  for (const sheet of holder.querySelectorAll<HTMLElement>(".sheet")) {
    for (const fit of FITS) {
      sheet.style.setProperty("--fit", String(fit));
      if (sheet.scrollHeight <= sheet.clientHeight) {
        break;
      }
    }
  }
  holder.classList.remove("measured");
}

/** The two sheets. */
export function paper(view: View): HTMLElement {
  return h(
    "div",
    { id: "paper", "aria-hidden": "true" },
    firstSheet(view),
    secondSheet(view),
  );
}
