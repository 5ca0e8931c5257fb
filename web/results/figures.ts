/* SPDX-License-Identifier: MIT
 *
 * Numbers of the page as words, and what its sections share.
 */
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { say, text } from "../parts/words.js";

export function whole(n: number): string {
  return new Intl.NumberFormat("en-GB").format(n);
}

/** What rounds to 0 is 0, not -0. */
export function fixed(x: number | null, digits: number): string {
  if (x === null) {
    return text("number.none");
  }
  const shown = Math.abs(x) < 0.5 / 10 ** digits ? 0 : x;
  return shown.toFixed(digits).replace("-", "\u2212");
}

/** So many figures that count. */
export function digits(x: number | null, count = 3): string {
  return x === null
    ? text("number.none")
    : String(Number(x.toPrecision(count))).replace("-", "\u2212");
}

export function percent(share: number | null): string {
  return share === null ? text("number.none") : `${fixed(100 * share, 1)}\u202f%`;
}

export function withInterval(
  show: (x: number | null) => string,
  value: number | null,
  low: number | null,
  high: number | null,
): string {
  return low === null || high === null
    ? show(value)
    : text("interval", { value: show(value), low: show(low), high: show(high) });
}

/** The title over all, and what was run. */
export function opening(title: string, ...children: Child[]): HTMLElement {
  return h("div", { class: "opening" }, h("h1", {}, h("bdi", {}, title)), ...children);
}

/** A count and its share of a whole: "12 (25.0 %)". */
export function partOf(count: number, whole_: number): string {
  return whole_ === 0 ? text("number.none") : `${whole(count)} (${percent(count / whole_)})`;
}

/** What is assumed, the command to do it again, and where the page's sense ends. */
export function aboutSection(stem: string, points: number, command: string): HTMLElement {
  return section(
    "about",
    text("about.title"),
    h(
      "ul",
      { class: "limits" },
      Array.from({ length: points }, (_, i) => h("li", {}, say(`${stem}.about.${i + 1}`))),
    ),
    h("h3", {}, text("again.title")),
    h("p", { class: "command" }, h("code", {}, command)),
    h("p", { class: "heed" }, say("notice.fear"), " ", say("help.now")),
  );
}
