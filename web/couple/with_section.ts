/* SPDX-License-Identifier: MIT
 *
 * With and without: what differs between the arms on average, with its interval where
 * many couples were run.
 */
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import type { Difference } from "./document.js";
import { figure, signed, type View } from "./view.js";

const SAME = 0.005; /* a difference that is not worth a sentence */

/* What the sentence is about: withdrawal where there is any, else what comes first; of
 * the two the one it moves, if it moves only one. */
function headline(differences: Difference[]): Difference[] {
  const name = differences.some((d) => d.name === "withdrawal")
    ? "withdrawal"
    : differences[0]?.name;
  const named = differences.filter((d) => d.name === name);
  const moved = named.filter((d) => Math.abs(d.difference ?? 0) >= SAME);
  return moved.length > 0 ? moved : named;
}

function interval(d: Difference): string {
  return d.low === null || d.high === null
    ? ""
    : ` [${figure(d.low)}\u2060–\u2060${figure(d.high)}]`.replace(
        "–\u2060\u2212",
        " to \u2212",
      );
}

/* "Lower by 0.12 [0.08–0.16]": the interval of how much lower. */
function turned(d: Difference): Difference {
  return d.low === null || d.high === null ? d : { ...d, low: -d.high, high: -d.low };
}

function part(view: View, d: Difference): Child {
  const by = d.difference ?? 0;
  const key = Math.abs(by) < SAME ? "with.same" : by < 0 ? "with.lower" : "with.higher";
  return [
    say(key, {
      what: view.owned(d),
      by: h("strong", { class: "value" }, figure(Math.abs(by))),
    }),
    h("span", { class: "interval" }, interval(key === "with.lower" ? turned(d) : d)),
  ];
}

function sentence(view: View, differences: Difference[]): Child {
  const parts = headline(differences).map((d) => part(view, d));
  return parts.flatMap((p, i) => (i === 0 ? [p] : [text("with.and"), p]));
}

export function withSection(view: View): HTMLElement | null {
  const { with: besides, couples } = view.couple;
  if (besides === null) {
    return null;
  }
  return section(
    "with",
    text("with.title"),
    h(
      "p",
      { class: "lede" },
      say("with.lede", { when: view.when(besides.from) }),
      " ",
      sentence(view, besides.differences),
      ".",
    ),
    h(
      "p",
      { class: "small" },
      couples > 1
        ? say("with.many", { n: String(besides.differences[0]?.couples ?? couples) })
        : say("with.one"),
    ),
    table(
      text("with.table"),
      [
        { head: text("with.table.what") },
        ...["without", "with", "difference", ...(couples > 1 ? ["interval"] : [])].map((key) => ({
          head: text(`with.table.${key}`),
          numeric: true,
        })),
      ],
      besides.differences.map((d) => [
        view.owned(d),
        figure(d.without),
        figure(d.with),
        signed(d.difference),
        ...(couples > 1 ? [interval(d).trim() || "–"] : []),
      ]),
    ),
  );
}
