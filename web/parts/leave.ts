/* SPDX-License-Identifier: MIT
 *
 * Leaving at once: a button that is always in sight, and Escape pressed twice. The page
 * empties itself first, so that nothing stays on the screen while the browser moves on,
 * and replaces itself, so that Back does not return to it.
 */
import { h } from "./dom.js";
import { text } from "./words.js";

const TWICE_MS = 1500;

export function leave(): void {
  document.documentElement.replaceChildren();
  window.location.replace("about:blank");
}

export function leaveButton(): HTMLElement {
  return h(
    "button",
    { type: "button", class: "leave", title: text("leave.title"), click: leave },
    text("leave.label"),
  );
}

/** Makes Escape, pressed twice within a second and a half, leave the page. */
export function listenForEscape(target: Document): void {
  let last = Number.NEGATIVE_INFINITY;
  target.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) {
      return;
    }
    if (event.timeStamp - last < TWICE_MS) {
      leave();
    }
    last = event.timeStamp;
  });
}
