/* SPDX-License-Identifier: MIT
 *
 * Intervals on one axis, a row of a table each: the cells of a column hold a piece of the
 * same picture, and its head the axis. Widths are the browser's, so that the picture
 * fits whatever the table leaves it; the numbers stand in a cell beside it.
 *
 *     worse -0.5    0    0.5 better
 *                   |  --o--
 *                      | |||        single numbers, where there are any
 */
import { h, s, type Child } from "../parts/dom.js";
import { ticks } from "../parts/plot.js";

export interface Axis {
  low: number;
  high: number;
  zero: number | null; /* an upright line through all rows */
}

export interface Mark {
  value: number | null;
  low: number | null; /* null: goes on for ever */
  high: number | null;
  kind: string; /* class: "found", "published", "chance" */
}

/** An axis that holds all of these numbers and ends on round ones. */
export function axisOver(numbers: (number | null)[], zero: number | null): Axis {
  const all = [...numbers, zero].filter((x): x is number => x !== null && Number.isFinite(x));
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  const [least, most] = [low - room, high + room];
  return { low: least, high: most, zero };
}

function place(axis: Axis, at: number): number {
  return Math.max(0, Math.min(100, (100 * (at - axis.low)) / (axis.high - axis.low)));
}

function upright(axis: Axis, at: number, kind: string, from = 0, to = 10): SVGElement {
  const x = place(axis, at);
  return s("line", { class: kind, x1: x, x2: x, y1: from, y2: to });
}

/* A line of no length with round ends is a dot, however the picture is stretched. */
function dot(axis: Axis, value: number, kind: string, y: number): SVGElement {
  const x = place(axis, value);
  return s("line", { class: `span-dot ${kind}`, x1: x, x2: x, y1: y, y2: y });
}

/* A ring: a dot with a smaller one in the colour of paper. */
function ring(axis: Axis, value: number, kind: string, y: number): SVGElement[] {
  return [dot(axis, value, kind, y), dot(axis, value, "hole", y)];
}

function drawn(axis: Axis, mark: Mark, y: number): SVGElement[] {
  const low = mark.low ?? axis.low;
  const high = mark.high ?? axis.high;
  const bar = s("line", {
    class: `span-bar ${mark.kind}`,
    x1: place(axis, low),
    x2: place(axis, high),
    y1: y,
    y2: y,
  });
  if (mark.value === null) {
    return [bar];
  }
  return mark.low === mark.high
    ? ring(axis, mark.value, mark.kind, y)
    : [bar, dot(axis, mark.value, mark.kind, y)];
}

/* Where an interval goes on past the axis. */
function beyond(axis: Axis, marks: Mark[]): Child[] {
  const left = marks.some((m) => m.low === null || m.low < axis.low);
  const right = marks.some((m) => m.high === null || m.high > axis.high);
  return [
    left ? h("span", { class: "span-beyond left", "aria-hidden": "true" }, "‹") : null,
    right ? h("span", { class: "span-beyond right", "aria-hidden": "true" }, "›") : null,
  ];
}

/** A row's piece of the picture; `label` says what is to be seen in it. Single numbers
 * are short lines under the marks. */
export function spanCell(
  axis: Axis,
  marks: Mark[],
  label: string,
  single: number[] = [],
): HTMLElement {
  const step = 10 / (marks.length + 1);
  return h(
    "div",
    { class: "span-cell" },
    s(
      "svg",
      { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": label },
      axis.zero === null ? null : upright(axis, axis.zero, "span-zero"),
      single.map((at) => upright(axis, at, "span-stroke", 7, 9.5)),
      marks.flatMap((mark, i) => drawn(axis, mark, step * (i + 1))),
    ),
    beyond(axis, marks),
  );
}

function tickAt(axis: Axis, at: number): HTMLElement {
  const tick = h("span", { class: "span-tick" }, String(at).replace("-", "\u2212"));
  tick.style.left = `${place(axis, at)}%`;
  return tick;
}

/** The head of the column: what each side means, and the axis. */
export function spanHead(axis: Axis, left: Child, right: Child, about = 3): HTMLElement {
  return h(
    "div",
    { class: "span-head" },
    left || right
      ? h("div", { class: "span-sides" }, h("span", {}, left), h("span", {}, right))
      : null,
    h(
      "div",
      { class: "span-ticks" },
      ticks([axis.low, axis.high], about).map((at) => tickAt(axis, at)),
    ),
  );
}
