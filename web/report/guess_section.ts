/* SPDX-License-Identifier: MIT
 *
 * Two guesses before any share is shown: who starts after a silence, who makes the first
 * move after a long one.
 */
import type { Estimate } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { defined, section } from "../parts/frame.js";
import { guessCard } from "../parts/guess.js";
import { count, hours, interval, percent } from "../parts/numbers.js";
import { say, text } from "../parts/words.js";
import type { View } from "./view.js";

/* "A did, 13 of 21 times: 62 % [41–80 %]", told of the one who did more. */
export function shareSentence(
  view: View,
  key: string,
  by: [number, number],
  share: Estimate | null,
): Child {
  const all = by[0] + by[1];
  if (all === 0) {
    return say(`${key}.none`);
  }
  if (share === null) {
    return say(`${key}.few`, {
      a: view.voice.head(0),
      b: view.voice.label(1),
      n: count(by[0]),
      m: count(by[1]),
    });
  }
  const more = share.value >= 0.5 ? 0 : 1;
  const told =
    more === 0
      ? share
      : { value: 1 - share.value, low: 1 - share.high, high: 1 - share.low };
  const even = share.low < 0.5 && share.high > 0.5;
  return [
    view.voice.about(key, more, {
      n: count(by[more]),
      all: count(all),
      v: h("strong", { class: "value" }, percent(told.value)),
      i: interval(told, percent),
    }),
    " ",
    even ? say("share.even") : null,
  ];
}

/* What can be guessed here: only what has happened at least once. */
function cards(view: View, done: () => void): HTMLElement[] {
  const { starts, repairs, silences } = view.report;
  const names: [string, string] = [view.voice.labelText(0), view.voice.labelText(1)];
  const card = (kind: "starts" | "repairs", gap: number): HTMLElement[] => {
    const { by, share } = kind === "starts" ? starts : repairs;
    return by[0] + by[1] === 0
      ? []
      : [
          guessCard(
            {
              question: say(`guess.${kind}`, { gap: hours(gap) }),
              names,
              estimate: share,
              answer: shareSentence(view, `${kind}.share`, by, share),
              definition: defined(`define.${kind}`),
            },
            done,
          ),
        ];
  };
  return [...card("starts", starts.gap_h), ...card("repairs", silences.threshold_h)];
}

/** The guesses, or null where there is nothing to guess. `done` is called when all are
 * revealed, `pass` when the reader does not want to guess. */
export function guessSection(
  view: View,
  done: () => void,
  pass: () => void,
): HTMLElement | null {
  let left = 0;
  const made = cards(view, () => {
    left -= 1;
    if (left === 0) {
      done();
    }
  });
  left = made.length;
  if (left === 0) {
    return null;
  }
  const skip = h(
    "button",
    { type: "button", class: "plain", click: pass },
    text("guess.skip"),
  );
  return section(
    "guess",
    text("guess.title"),
    h("p", { class: "lede" }, say("guess.why")),
    h("div", { class: "pair" }, made),
    h("p", { class: "skip" }, skip),
  );
}
