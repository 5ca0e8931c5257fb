/* SPDX-License-Identifier: MIT
 *
 * Line charts as SVG: drawn to the width they have, coloured by the style sheet, so that
 * dark, print and text need no code of their own. A moment can be marked without drawing
 * anew, and a click tells the time under it.
 */
import { h, px, s } from "./dom.js";

export interface Line {
  start: number;
  step: number; /* between two values; or */
  times?: number[]; /* where each value is */
  values: (number | null)[];
  kind: string; /* class: "person-0", "couple" */
}

export interface Ribbon {
  times: number[];
  low: (number | null)[];
  high: (number | null)[];
  kind: string;
}

/* A row of numbers, one at each mark of the axis. */
export interface Under {
  title: string;
  kind: string;
  say: (time: number) => string;
}

export interface Plot {
  label: string; /* for those who do not see it */
  span: [number, number]; /* horizontal */
  range: [number, number]; /* vertical */
  height: number;
  lines: Line[];
  ribbons: Ribbon[];
  shades: [number, number][]; /* spans of time that are marked */
  level?: number; /* a horizontal line */
  since?: number; /* an upright line: from there on something is different */
  tick: (value: number) => string;
  under?: Under[]; /* numbers under the axis of time */
  pick?: (time: number) => void;
}

export interface Drawn {
  element: HTMLElement;
  mark: (time: number) => void;
}

const LEFT = 46;
const RIGHT = 8;
const TOP = 6;
const BOTTOM = 20;
const UNDER = 32; /* height of a row under the axis: its title and its numbers */
const ROUND = [1, 2, 2.5, 5, 10];

/** Round numbers within a range, about as many as asked for. */
export function ticks([low, high]: [number, number], about: number): number[] {
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (ROUND.find((r) => r * power >= rough) ?? 10);
  const found: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}

class Frame {
  constructor(
    readonly plot: Plot,
    readonly width: number,
  ) {}

  x(time: number): number {
    const [from, to] = this.plot.span;
    return LEFT + ((time - from) / (to - from || 1)) * (this.width - LEFT - RIGHT);
  }

  y(value: number): number {
    const [low, high] = this.plot.range;
    const inner = this.plot.height - TOP - BOTTOM;
    return TOP + (1 - (value - low) / (high - low || 1)) * inner;
  }

  time(x: number): number {
    const [from, to] = this.plot.span;
    const part = (x - LEFT) / (this.width - LEFT - RIGHT);
    return from + Math.max(0, Math.min(1, part)) * (to - from);
  }
}

function timeOf(line: Line, i: number): number {
  return line.times?.[i] ?? line.start + i * line.step;
}

function linePath(frame: Frame, line: Line): string {
  const [, end] = frame.plot.span;
  let path = "";
  let down = false;
  line.values.forEach((value, i) => {
    if (value === null) {
      down = false;
      return;
    }
    const at = Math.min(end, timeOf(line, i));
    path += `${down ? "L" : "M"}${frame.x(at).toFixed(1)} ${frame.y(value).toFixed(1)}`;
    down = true;
  });
  return path;
}

/* Up along the high edge, back along the low one; where either is missing it parts. */
function ribbonPath(frame: Frame, ribbon: Ribbon): string {
  const there = ribbon.times
    .map((_, i) => i)
    .filter((i) => (ribbon.low[i] ?? null) !== null && (ribbon.high[i] ?? null) !== null);
  const edge = (list: (number | null)[], order: number[]): string[] =>
    order.map(
      (i) =>
        `${frame.x(ribbon.times[i] ?? 0).toFixed(1)} ${frame.y(list[i] ?? 0).toFixed(1)}`,
    );
  const points = [
    ...edge(ribbon.high, there),
    ...edge(ribbon.low, [...there].reverse()),
  ];
  return points.length > 0 ? `M${points.join("L")}Z` : "";
}

function marks(frame: Frame): number[] {
  return ticks(frame.plot.span, Math.max(2, frame.width / 110));
}

/* Words below a mark of the axis, kept within the picture. */
function atMark(frame: Frame, value: number, y: number, words: string): SVGElement {
  const x = frame.x(value);
  const [first] = frame.plot.span;
  return s(
    "text",
    {
      class: "tick",
      x: px(x),
      y,
      "text-anchor": x > frame.width - 30 ? "end" : value === first ? "start" : "middle",
    },
    words,
  );
}

function under(frame: Frame, row: Under, place: number): SVGElement {
  const y = frame.plot.height + place * UNDER;
  return s(
    "g",
    { class: `under ${row.kind}` },
    s("text", { class: "tick under-title", x: LEFT, y: y + 14 }, row.title),
    marks(frame).map((time) => atMark(frame, time, y + 28, row.say(time))),
  );
}

function axes(frame: Frame): SVGElement[] {
  const { plot, width } = frame;
  const floor = plot.height - BOTTOM;
  const across = ticks(plot.range, 3).map((value) => [
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
      String(value),
    ),
  ]);
  const along = marks(frame).map((value) =>
    atMark(frame, value, plot.height - 5, plot.tick(value)),
  );
  return [
    ...across.flat(),
    s("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: floor, y2: floor }),
    ...along,
  ];
}

function shade(frame: Frame, [from, to]: [number, number]): SVGElement {
  const x = frame.x(from);
  return s("rect", {
    class: "shade",
    x: px(x),
    y: TOP,
    width: px(Math.max(1, frame.x(to) - x)),
    height: frame.plot.height - TOP - BOTTOM,
  });
}

function upright(frame: Frame, time: number): SVGElement {
  const x = px(frame.x(time));
  return s("line", { class: "since", x1: x, x2: x, y1: TOP, y2: frame.plot.height - BOTTOM });
}

function drawing(frame: Frame): SVGElement {
  const { plot, width } = frame;
  const at = plot.level;
  const svg = s(
    "svg",
    {
      class: "plot",
      viewBox: `0 0 ${width} ${plot.height + (plot.under?.length ?? 0) * UNDER}`,
      role: "img",
      "aria-label": plot.label,
    },
    plot.shades.map((span) => shade(frame, span)),
    axes(frame),
    plot.ribbons.map((ribbon) =>
      s("path", { class: `ribbon ${ribbon.kind}`, d: ribbonPath(frame, ribbon) }),
    ),
    at === undefined
      ? null
      : s("line", {
          class: "level",
          x1: LEFT,
          x2: width - RIGHT,
          y1: px(frame.y(at)),
          y2: px(frame.y(at)),
        }),
    plot.since === undefined ? null : upright(frame, plot.since),
    plot.lines.map((line) =>
      s("path", { class: `trace ${line.kind}`, d: linePath(frame, line) }),
    ),
    plot.under?.map((row, i) => under(frame, row, i)),
    s("line", { class: "moment", y1: TOP, y2: plot.height - BOTTOM }),
  );
  return svg;
}

const drawn = new Map<HTMLElement, () => void>();

/** A chart that draws itself once it has a width, and anew when that changes. */
export function plotChart(plot: Plot): Drawn {
  const element = h("div", { class: "plot-frame" });
  let frame = new Frame(plot, 600);
  let marked = plot.span[0];
  const mark = (time: number): void => {
    marked = time;
    const line = element.querySelector(".moment");
    line?.setAttribute("x1", px(frame.x(time)));
    line?.setAttribute("x2", px(frame.x(time)));
  };
  const redraw = (): void => {
    frame = new Frame(plot, Math.max(200, element.clientWidth || 600));
    element.replaceChildren(drawing(frame));
    mark(marked);
  };
  if (plot.pick !== undefined) {
    const { pick } = plot;
    element.addEventListener("click", (event) => {
      const box = element.getBoundingClientRect();
      pick(frame.time(((event.clientX - box.left) / box.width) * frame.width));
    });
  }
  drawn.set(element, redraw);
  redraw();
  return { element, mark };
}

/** Draws all charts anew when the page's width changes, and lets go of those that have
 * left the page. */
export function watchPlots(): void {
  let width = 0;
  new ResizeObserver(() => {
    if (document.documentElement.clientWidth !== width) {
      width = document.documentElement.clientWidth;
      drawn.forEach((redraw, element) =>
        element.isConnected ? redraw() : drawn.delete(element),
      );
    }
  }).observe(document.documentElement);
}
