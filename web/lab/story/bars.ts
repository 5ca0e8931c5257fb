/* SPDX-License-Identifier: MIT
 *
 * Lying bars, each under its words; a mark shows where it was before.
 */
import { h, px, s, type Child } from "../../parts/dom.js";
import { figure, type Scene } from "./scene.js";

export interface Bar {
  words: string;
  value: number; /* NaN: not there yet */
  whole?: boolean; /* false: a mean that still moves */
  kind: string; /* "person-0", "both", "ghost" */
  before?: number;
}

/** What a bar says. */
export function saidOf({ value, whole = true }: Bar): string {
  return Number.isFinite(value) && !whole ? `${figure(value)} …` : figure(value);
}

const ROW = 44;
const RIGHT = 62;

function row(bar: Bar, place: number, width: number, most: number): SVGElement {
  const room = width - RIGHT;
  const x = (value: number): number => Math.min(1, Math.max(0, value / most)) * room;
  const top = place * ROW;
  const there = Number.isFinite(bar.value);
  return s(
    "g",
    { class: "bar-row" },
    s("text", { class: "bar-words", x: 0, y: top + 15 }, bar.words),
    s("rect", {
      class: "bar-room",
      x: 0,
      y: top + 21,
      width: px(room),
      height: 13,
      rx: 3,
    }),
    there
      ? s("rect", {
          class: `bar-fill ${bar.kind}`,
          x: 0,
          y: top + 21,
          width: px(Math.max(1.5, x(bar.value))),
          height: 13,
          rx: 3,
        })
      : null,
    bar.before === undefined || !Number.isFinite(bar.before)
      ? null
      : s("path", { class: "bar-before", d: `M${px(x(bar.before))} ${top + 17}v21` }),
    s(
      "text",
      { class: "bar-said", x: width, y: top + 33, "text-anchor": "end" },
      saidOf(bar),
    ),
  );
}

/** A picture of bars that its scene draws. */
export function barPicture(
  scene: Scene,
  title: Child,
  make: () => { bars: Bar[]; most: number; label: string },
): { element: HTMLElement; draw: () => void } {
  const room = h("div", {});
  const draw = (): void => {
    const { bars, most, label } = make();
    const width = scene.width;
    room.replaceChildren(
      s(
        "svg",
        {
          class: "bars-lying",
          viewBox: `0 0 ${width} ${bars.length * ROW}`,
          role: "img",
          "aria-label": label,
        },
        bars.map((bar, i) => row(bar, i, width, most)),
      ),
    );
  };
  scene.onDraw(draw);
  return {
    element: h("figure", { class: "strip-figure" }, h("figcaption", {}, title), room),
    draw,
  };
}
