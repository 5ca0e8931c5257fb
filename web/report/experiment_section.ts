/* SPDX-License-Identifier: MIT
 *
 * One small thing to try this week. The parts belong to moments, not to persons: whoever
 * has written and waits, whoever has read and needs time. So both partners hold both.
 */
import { h } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { has, say, text } from "../parts/words.js";
import type { View } from "./view.js";

const FALLBACK = "return_time";

export function experimentKey(view: View, part: string): string {
  const own = `experiments.${view.report.experiment}.${part}`;
  return has(own) ? own : `experiments.${FALLBACK}.${part}`;
}

export function experimentSection(view: View): HTMLElement {
  const part = (key: "reach" | "retreat"): HTMLElement =>
    h(
      "div",
      { class: "step" },
      h("h3", {}, text(`experiment.${key}`)),
      h("p", {}, say(experimentKey(view, key))),
    );
  return section(
    "experiment",
    text("experiment.title"),
    h(
      "div",
      { class: "try" },
      h("p", { class: "try-title" }, text(experimentKey(view, "title"))),
      h("p", {}, say(experimentKey(view, "idea"))),
      h("div", { class: "pair" }, part("reach"), part("retreat")),
      h("h3", {}, text("experiment.see")),
      h("p", {}, say(experimentKey(view, "see"))),
      h("p", { class: "small" }, say("experiment.both")),
    ),
  );
}
