/* SPDX-License-Identifier: MIT
 *
 * Guess before reveal: a slider between the two partners, then the share that the
 * messages show, with its interval, on the same line. People see their own record more
 * clearly once they have said what they expect.
 */
import type { Estimate } from "./document.js";
import { freshId, h, type Child } from "./dom.js";
import { shareScale } from "./scale.js";
import { text } from "./words.js";

export interface Guess {
  question: Child;
  names: [string, string];
  estimate: Estimate | null;
  answer: Child; /* the sentence that is revealed */
  definition: HTMLElement;
}

function inTen(value: number, names: [string, string]): string {
  const tenths = Math.round(value / 10);
  if (tenths === 5) {
    return text("guess.even");
  }
  return tenths > 5
    ? text("guess.mostly", { who: names[1], n: String(tenths) })
    : text("guess.mostly", { who: names[0], n: String(10 - tenths) });
}

/** One guess; `done` is called when it has been revealed. */
export function guessCard(guess: Guess, done: () => void): HTMLElement {
  const id = freshId("guess");
  const said = h("output", { class: "guess-said", for: id }, inTen(50, guess.names));
  const slider = h("input", {
    id,
    type: "range",
    min: 0,
    max: 100,
    step: 10,
    value: 50,
    autocomplete: "off",
    "aria-valuetext": inTen(50, guess.names),
  });
  slider.addEventListener("input", () => {
    said.textContent = inTen(Number(slider.value), guess.names);
    slider.setAttribute("aria-valuetext", said.textContent);
  });
  const line = h("div", { class: "guess-line" }, [
    h("bdi", { class: "person person-0", "aria-hidden": "true" }, guess.names[0]),
    slider,
    h("bdi", { class: "person person-1", "aria-hidden": "true" }, guess.names[1]),
  ]);
  const result = h("div", { class: "guess-result", role: "status", tabindex: "-1" });
  const reveal = h("button", { type: "button", class: "action" }, text("guess.reveal"));
  reveal.addEventListener("click", () => {
    [line, said, reveal].forEach((part) => (part.hidden = true));
    const drawing = shareScale({
      estimate: guess.estimate,
      guess: 1 - Number(slider.value) / 100,
      ends: guess.names,
      label: text("guess.drawing"),
    });
    result.append(h("p", {}, guess.answer), drawing, guess.definition);
    result.focus();
    done();
  });
  return h(
    "div",
    { class: "guess" },
    h("label", { for: id }, guess.question),
    line,
    said,
    reveal,
    result,
  );
}
