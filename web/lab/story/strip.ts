/* SPDX-License-Identifier: MIT
 *
 * Curves over time, as wide as there is room, drawn anew as often as asked: what a slider
 * moves. Colour and dashes tell the two apart, solid and thin tell what shows from what is
 * within.
 */
import { h, px, s, type Child } from "../../parts/dom.js";
import { ticks } from "../../parts/plot.js";
import { figure, type Scene } from "./scene.js";

export interface Curve {
  times: ArrayLike<number>;
  values: ArrayLike<number>;
  kind: string; /* classes: "person-0", "person-1 within", "ghost" */
}

export interface Strip {
  label: string; /* what it shows, for those who do not see it */
  span: [number, number];
  most: number; /* up from 0 to this */
  curves: Curve[];
  shade?: [number, number];
  mark?: number; /* a moment */
  tick: (time: number) => string;
  height?: number;
  marks?: number[]; /* along time; chosen by itself otherwise */
}

const LEFT = 34;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;

class Frame {
  readonly height: number;

  constructor(
    readonly strip: Strip,
    readonly width: number,
  ) {
    this.height = strip.height ?? 150;
  }

  x(time: number): number {
    const [from, to] = this.strip.span;
    return LEFT + ((time - from) / (to - from)) * (this.width - LEFT - RIGHT);
  }

  y(value: number): number {
    const inner = this.height - TOP - BOTTOM;
    return TOP + (1 - Math.min(1, Math.max(0, value / this.strip.most))) * inner;
  }
}

function path(frame: Frame, curve: Curve): string {
  const [from, to] = frame.strip.span;
  let d = "";
  for (let i = 0; i < curve.times.length; i++) {
    const time = curve.times[i] ?? NaN;
    const value = curve.values[i] ?? NaN;
    if (time >= from - 1e-9 && time <= to + 1e-9 && Number.isFinite(value)) {
      d += `${d === "" ? "M" : "L"}${frame.x(time).toFixed(1)} ${frame.y(value).toFixed(1)}`;
    }
  }
  return d;
}

function axes(frame: Frame): SVGElement[] {
  const { strip, width, height } = frame;
  const floor = height - BOTTOM;
  const across = ticks([0, strip.most], 3).flatMap((value) => [
    s("line", {
      class: "grid",
      x1: LEFT,
      x2: width - RIGHT,
      y1: px(frame.y(value)),
      y2: px(frame.y(value)),
    }),
    s(
      "text",
      { class: "tick", x: LEFT - 6, y: px(frame.y(value) + 4), "text-anchor": "end" },
      figure(value),
    ),
  ]);
  const along = (strip.marks ?? ticks(strip.span, Math.max(2, width / 110))).map(
    (time) =>
      s(
        "text",
        {
          class: "tick",
          x: px(frame.x(time)),
          y: height - 6,
          "text-anchor":
            frame.x(time) > width - 34
              ? "end"
              : frame.x(time) < LEFT + 12
                ? "start"
                : "middle",
        },
        strip.tick(time),
      ),
  );
  return [
    ...across,
    s("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: floor, y2: floor }),
    ...along,
  ];
}

function drawing(frame: Frame): SVGElement {
  const { strip, width, height } = frame;
  const inner = height - TOP - BOTTOM;
  const shade = strip.shade;
  return s(
    "svg",
    {
      class: "strip",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": strip.label,
    },
    shade === undefined
      ? null
      : s("rect", {
          class: "shade",
          x: px(frame.x(shade[0])),
          y: TOP,
          width: px(Math.max(1.5, frame.x(shade[1]) - frame.x(shade[0]))),
          height: inner,
        }),
    axes(frame),
    strip.curves.map((curve) =>
      s("path", { class: `trace ${curve.kind}`, d: path(frame, curve) }),
    ),
    strip.mark === undefined
      ? null
      : s("line", {
          class: "moment",
          x1: px(frame.x(strip.mark)),
          x2: px(frame.x(strip.mark)),
          y1: TOP,
          y2: height - BOTTOM,
        }),
  );
}

/** A key: line samples with their words. */
export function keys(list: [kind: string, words: Child][]): HTMLElement {
  return h(
    "p",
    { class: "curve-keys" },
    list.map(([kind, words]) =>
      h(
        "span",
        { class: "curve-key" },
        s(
          "svg",
          { class: "sample", viewBox: "0 0 28 10", "aria-hidden": "true" },
          s("path", { class: `trace ${kind}`, d: "M1 5H27" }),
        ),
        words,
      ),
    ),
  );
}

/** A picture of curves that its scene draws; `make` says what it shows now. */
export function stripPicture(
  scene: Scene,
  title: Child,
  key: [kind: string, words: Child][],
  make: () => Strip,
): { element: HTMLElement; draw: () => void } {
  const room = h("div", { class: "strip-room" });
  const draw = (): void => {
    room.replaceChildren(drawing(new Frame(make(), scene.width)));
  };
  scene.onDraw(draw);
  return {
    element: h(
      "figure",
      { class: "strip-figure" },
      h("figcaption", {}, title, keys(key)),
      room,
    ),
    draw,
  };
}
