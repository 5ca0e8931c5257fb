/* SPDX-License-Identifier: MIT
 *
 * The loop on one sheet of paper: the drawing, the way round in words, what each longs
 * for, and what it is not.
 */
import { h } from "../../parts/dom.js";
import { say, text } from "../../parts/words.js";
import { eight } from "./eight.js";
import type { Loop } from "./state.js";
import { longings, nameOf, roundOf } from "./words.js";

/** The way round as a list, then what lies underneath. */
export function loopWords(loop: Loop): HTMLElement {
  const line = ({ seat, words }: { seat: number; words: string }): HTMLElement =>
    h("li", { class: `line-${seat}` }, words);
  const deep = longings(loop);
  return h(
    "div",
    { class: "own-lines" },
    h("ol", {}, roundOf(loop).map(line)),
    deep.length > 0
      ? [h("h2", {}, text("own.under")), h("ul", {}, deep.map(line))]
      : null,
  );
}

export function paper(loop: Loop): HTMLElement {
  return h(
    "section",
    { class: "own-paper", "aria-hidden": "true" },
    h("h1", {}, text("own.paper.title", { a: nameOf(loop, 0), b: nameOf(loop, 1) })),
    eight(loop, false),
    loopWords(loop),
    h("p", { class: "own-paper-note" }, text("own.paper.note")),
    h("p", { class: "own-paper-note" }, say("notice.fear")),
  );
}
