/* SPDX-License-Identifier: MIT
 *
 * A line chart that is drawn again and again, as a number under a slider moves: its
 * elements stay, only their paths change, so that a run of two years draws within a
 * frame. Times at which there is no number are NaN and leave a gap.
 */
import { h, px, s } from "./dom.js";
import { ticks } from "./plot.js";
import { localeNow } from "./words.js";

export interface LiveLine {
  values: ArrayLike<number>;
  kind: string; /* class: "person-0", "couple" */
}

export interface LiveRibbon {
  low: ArrayLike<number | null>;
  high: ArrayLike<number | null>;
  kind: string;
}

export interface LiveData {
  span: [number, number];
  range: [number, number];
  times: ArrayLike<number>;
  lines: LiveLine[];
  ribbons?: LiveRibbon[];
  label: string; /* for those who do not see it */
}

export interface LiveChart {
  element: HTMLElement;
  draw(data: LiveData): void;
  mark(time: number | null): void;
}

export interface LiveOptions {
  height: number;
  level?: number; /* a horizontal line */
  pick?: (time: number) => void;
}

const LEFT = 40;
const RIGHT = 6;
const TOP = 5;
const BOTTOM = 17;

function short(value: number): string {
  return new Intl.NumberFormat(localeNow(), {
    maximumFractionDigits: 4,
    useGrouping: false,
  }).format(value);
}

interface Scale {
  x(time: number): number;
  y(value: number): number;
}

function scaleOf(data: LiveData, width: number, height: number): Scale {
  const [from, to] = data.span;
  const [low, high] = data.range;
  const wide = (width - LEFT - RIGHT) / (to - from || 1);
  const tall = (height - TOP - BOTTOM) / (high - low || 1);
  const floor = height - BOTTOM;
  return {
    x: (time) => LEFT + (time - from) * wide,
    y: (value) => floor - Math.max(0, Math.min(high - low, value - low)) * tall,
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function pathOf(scale: Scale, times: ArrayLike<number>, line: LiveLine): string {
  const parts: string[] = [];
  let down = false;
  for (let i = 0; i < times.length; i++) {
    const value = line.values[i] ?? NaN;
    if (Number.isNaN(value)) {
      down = false;
      continue;
    }
    parts.push(
      `${down ? "L" : "M"}${tenth(scale.x(times[i] ?? 0))} ${tenth(scale.y(value))}`,
    );
    down = true;
  }
  return parts.join("");
}

function ribbonPath(
  scale: Scale,
  times: ArrayLike<number>,
  ribbon: LiveRibbon,
): string {
  const up: string[] = [];
  const back: string[] = [];
  for (let i = 0; i < times.length; i++) {
    const [low, high] = [ribbon.low[i] ?? null, ribbon.high[i] ?? null];
    if (low !== null && high !== null) {
      const x = tenth(scale.x(times[i] ?? 0));
      up.push(`${x} ${tenth(scale.y(high))}`);
      back.push(`${x} ${tenth(scale.y(low))}`);
    }
  }
  return up.length === 0 ? "" : `M${[...up, ...back.reverse()].join("L")}Z`;
}

function axes(
  data: LiveData,
  scale: Scale,
  width: number,
  height: number,
  level?: number,
): SVGElement[] {
  const across = ticks(data.range, 2).map((value) => [
    s("line", {
      class: "grid",
      x1: LEFT,
      x2: width - RIGHT,
      y1: px(scale.y(value)),
      y2: px(scale.y(value)),
    }),
    s(
      "text",
      { class: "tick", x: LEFT - 5, y: px(scale.y(value) + 4), "text-anchor": "end" },
      short(value),
    ),
  ]);
  const along = ticks(data.span, Math.max(2, width / 90)).map((value) =>
    s(
      "text",
      {
        class: "tick",
        x: px(scale.x(value)),
        y: height - 4,
        "text-anchor":
          scale.x(value) > width - 24
            ? "end"
            : value === data.span[0]
              ? "start"
              : "middle",
      },
      short(value),
    ),
  );
  const line =
    level === undefined
      ? []
      : [
          s("line", {
            class: "level",
            x1: LEFT,
            x2: width - RIGHT,
            y1: px(scale.y(level)),
            y2: px(scale.y(level)),
          }),
        ];
  return [...across.flat(), ...along, ...line];
}

class Live implements LiveChart {
  readonly element: HTMLElement;
  private readonly svg: SVGElement;
  private readonly ground = s("g", {});
  private readonly drawn = s("g", {});
  private readonly cursor: SVGElement;
  private width = 0;
  private data: LiveData | null = null;
  private grounded = "";
  private marked: number | null = null;

  constructor(private readonly options: LiveOptions) {
    const { height } = options;
    this.cursor = s("line", {
      class: "moment",
      y1: TOP,
      y2: height - BOTTOM,
      x1: -9,
      x2: -9,
    });
    this.svg = s(
      "svg",
      { class: "plot", role: "img", height, width: "100%" },
      this.ground,
      this.drawn,
      this.cursor,
    );
    this.element = h("div", { class: "live" }, this.svg);
    this.element.style.height = `${height}px`;
    this.element.addEventListener("click", (event) => this.pick(event));
    new ResizeObserver(() => {
      this.width = this.element.clientWidth;
      this.grounded = "";
      if (this.data !== null) {
        this.draw(this.data);
      }
    }).observe(this.element);
  }

  private pick(event: MouseEvent): void {
    if (this.options.pick === undefined || this.data === null) {
      return;
    }
    const box = this.element.getBoundingClientRect();
    const part = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
    const [from, to] = this.data.span;
    this.options.pick(from + Math.max(0, Math.min(1, part)) * (to - from));
  }

  private path(k: number): SVGElement {
    const found = this.drawn.children[k];
    if (found instanceof SVGElement) {
      return found;
    }
    const made = s("path", {});
    this.drawn.append(made);
    return made;
  }

  draw(data: LiveData): void {
    const width = Math.max(160, this.width || this.element.clientWidth || 600);
    const { height, level } = this.options;
    const scale = scaleOf(data, width, height);
    const ground = `${width} ${data.span} ${data.range} ${localeNow()}`;
    this.data = data;
    if (ground !== this.grounded) {
      this.grounded = ground;
      this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.ground.replaceChildren(...axes(data, scale, width, height, level));
    }
    let k = 0;
    for (const ribbon of data.ribbons ?? []) {
      const path = this.path(k++);
      path.setAttribute("class", `ribbon ${ribbon.kind}`);
      path.setAttribute("d", ribbonPath(scale, data.times, ribbon));
    }
    for (const line of data.lines) {
      const path = this.path(k++);
      path.setAttribute("class", `trace ${line.kind}`);
      path.setAttribute("d", pathOf(scale, data.times, line));
    }
    while (this.drawn.children.length > k) {
      this.drawn.lastElementChild?.remove();
    }
    this.svg.setAttribute("aria-label", data.label);
    this.mark(this.marked);
  }

  mark(time: number | null): void {
    this.marked = time;
    if (this.data === null) {
      return;
    }
    const width = Math.max(160, this.width || this.element.clientWidth || 600);
    const at =
      time === null ? -9 : scaleOf(this.data, width, this.options.height).x(time);
    this.cursor.setAttribute("x1", px(at));
    this.cursor.setAttribute("x2", px(at));
  }
}

export function liveChart(options: LiveOptions): LiveChart {
  return new Live(options);
}
