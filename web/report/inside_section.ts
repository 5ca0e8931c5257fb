/* SPDX-License-Identifier: MIT
 *
 * What each move may feel like from inside, in equal words for both, and the everyday
 * explanations that fit the same numbers.
 */
import { otherOf, outcomeOf, type Person } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { say, text } from "../parts/words.js";
import { stands, type Arm } from "./loop_section.js";
import type { View } from "./view.js";

export const EVERYDAY = ["work", "sleep", "room", "told", "channels", "weight"];

/* Whoever the record carries in a place, in exactly one direction: both in a loop, and of
 * one arm alone only the person whose arm it is. */
function placed(view: View, arm: Arm): Person | null {
  const there = view.report.directions.filter((d) => stands(d, arm));
  const [only] = there;
  if (only === undefined || there.length > 1) {
    return null;
  }
  return arm === "pursuit" ? only.pursuer : otherOf(only.pursuer);
}

function side(
  view: View,
  key: "reach" | "retreat",
  person: Person | null,
): HTMLElement {
  const who: Child =
    person === null
      ? null
      : h("p", { class: "small" }, view.voice.about(`inside.${key}.here`, person));
  return h(
    "div",
    { class: person === null ? "inside" : `inside card-${person}` },
    h("h3", {}, text(`inside.${key}`)),
    h("p", {}, say(`inside.${key}.words`)),
    h("blockquote", {}, h("p", {}, text(`inside.${key}.voice`))),
    h("p", { class: "small" }, say(`inside.${key}.unseen`)),
    who,
  );
}

export function insideSection(view: View): HTMLElement {
  const loop = outcomeOf(view.report) === "loop";
  return section(
    "inside",
    text("inside.title"),
    h("p", { class: "lede" }, say(loop ? "inside.lede" : "inside.lede.open")),
    h(
      "div",
      { class: "pair" },
      side(view, "reach", placed(view, "pursuit")),
      side(view, "retreat", placed(view, "withdrawal")),
    ),
    h("h3", {}, text("inside.everyday")),
    h("p", {}, say("inside.everyday.lede")),
    h(
      "dl",
      { class: "everyday" },
      EVERYDAY.map((key) =>
        h(
          "div",
          {},
          h("dt", {}, text(`everyday.${key}`)),
          h("dd", {}, say(`everyday.${key}.words`)),
        ),
      ),
    ),
  );
}
