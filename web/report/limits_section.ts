/* SPDX-License-Identifier: MIT
 *
 * What the messages cannot tell, whatever the numbers are.
 */
import { h } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { say, text } from "../parts/words.js";
import type { View } from "./view.js";

export const LIMITS = [
  "why",
  "words",
  "elsewhere",
  "knew",
  "person",
  "cause",
  "future",
];

export function limitsSection(view: View): HTMLElement {
  const own = view.report.made_by === "A" || view.report.made_by === "B";
  return section(
    "limits",
    text("limits.title"),
    h(
      "ul",
      { class: "limits" },
      LIMITS.map((key) => h("li", {}, say(`limits.${key}`))),
    ),
    own ? h("p", { class: "aside" }, say("limits.one_sided")) : null,
  );
}
