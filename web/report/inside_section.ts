/* SPDX-License-Identifier: MIT
 *
 * What each move may feel like from inside, in equal words for both, and the everyday
 * explanations that fit the same numbers.
 */
import { otherOf, outcomeOf, type Person } from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { say, text } from "../parts/words.js";
import { inOrder } from "./loop_section.js";
import type { View } from "./view.js";

export const EVERYDAY = ["work", "sleep", "room", "told", "channels", "weight"];

/* Roles are named only where the record carries them in exactly one direction. */
function mover(view: View): Person | null {
  const [first, second] = inOrder(view);
  const one = first.verdict !== "cannot_tell" && second.verdict === "cannot_tell";
  return one && outcomeOf(view.report) !== "cannot_tell" ? first.pursuer : null;
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
  const pursuer = mover(view);
  return section(
    "inside",
    text("inside.title"),
    h("p", { class: "lede" }, say("inside.lede")),
    h(
      "div",
      { class: "pair" },
      side(view, "reach", pursuer),
      side(view, "retreat", pursuer === null ? null : otherOf(pursuer)),
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
