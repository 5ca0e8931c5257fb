/* SPDX-License-Identifier: MIT
 *
 * What every page begins with: the bar, and what stands there when its document cannot
 * be shown.
 */
import { h } from "./dom.js";
import { leaveButton } from "./leave.js";
import { say, text } from "./words.js";

/** The bar of a page that has nothing else in it. */
export function plainBar(): HTMLElement {
  return h(
    "header",
    { class: "bar" },
    h(
      "p",
      { class: "mark" },
      h("strong", {}, "ebb"),
      h("span", { class: "maker-tag" }, text("bar.tag")),
    ),
    leaveButton(),
  );
}

/** In place of a page that cannot be shown. */
export function showBroken(root: HTMLElement, error: unknown): void {
  root.replaceChildren(
    h(
      "main",
      { class: "cover" },
      h("h1", {}, text("error.title")),
      h("p", {}, say("error.words")),
      h("p", { class: "small" }, String(error)),
      leaveButton(),
    ),
  );
}
