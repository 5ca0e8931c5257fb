/* SPDX-License-Identifier: MIT
 *
 * Strips: one mark for a week, an hour of the day or a window of months. Drawn as SVG so
 * that they print, and as few elements as possible so that ten years draw at once.
 */
import { px, s } from "./dom.js";

const WIDTH = 680;

/** Messages of both per week as one area; hatched where the history has a gap. */
export function coverageStrip(
  totals: number[],
  gaps: [number, number][],
  label: string,
): SVGElement {
  const height = 56;
  const step = WIDTH / Math.max(1, totals.length);
  const most = Math.max(1, ...totals);
  const path = totals
    .map((n, i) => {
      const tall = n === 0 ? 0 : Math.max(2, (n / most) * height);
      return `M${px(i * step)} ${height}v${px(-tall)}h${px(Math.max(0.5, step - Math.min(1.5, step / 4)))}V${height}z`;
    })
    .join("");
  const holes = gaps.map(([from, to]) =>
    s("rect", {
      class: "hole",
      x: px(from * WIDTH),
      y: 0,
      width: px(Math.max(2, (to - from) * WIDTH)),
      height,
    }),
  );
  return s(
    "svg",
    {
      class: "coverage",
      viewBox: `0 0 ${WIDTH} ${height + 2}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    holes,
    s("path", { class: "bars", d: path }),
    s("line", { class: "axis", x1: 0, x2: WIDTH, y1: height + 1, y2: height + 1 }),
  );
}

/** Two lines over weeks, for paper; gaps where a value is missing. */
export function linesStrip(
  lines: [(number | null)[], (number | null)[]],
  label: string,
): SVGElement {
  const height = 100;
  const most = Math.max(1, ...lines.flat().map((v) => v ?? 0));
  const path = (line: (number | null)[]): string => {
    const step = WIDTH / Math.max(1, line.length - 1);
    const alone = line.length === 1 ? `h${WIDTH}` : "";
    return line
      .map((v, i) => {
        const begins = i === 0 || line[i - 1] === null;
        return v === null
          ? ""
          : `${begins ? "M" : "L"}${px(i * step)} ${px(height - (v / most) * (height - 4))}${alone}`;
      })
      .join("");
  };
  return s(
    "svg",
    {
      class: "sheet-lines",
      viewBox: `0 0 ${WIDTH} ${height + 1}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    s("line", { class: "axis", x1: 0, x2: WIDTH, y1: height, y2: height }),
    ([0, 1] as const).map((k) =>
      s("path", { class: `line person-${k}`, d: path(lines[k]) }),
    ),
  );
}

/** The weeks as squares, fuller the more of their days were calm. */
export function calmStrip(weeks: number[], label: string): SVGElement {
  const columns = Math.min(52, Math.max(26, weeks.length));
  const rows = Math.ceil(weeks.length / columns);
  const step = WIDTH / columns;
  const size = Math.min(step * 0.78, 16);
  const square = (i: number): string =>
    `M${px((i % columns) * step)} ${px(Math.floor(i / columns) * (size + 4))}h${px(size)}v${px(size)}h${px(-size)}z`;
  const level = (days: number): SVGElement =>
    s("path", {
      class: days < 0 ? "calm-none" : "calm-days",
      "fill-opacity": px(days <= 0 ? 0.06 : 0.12 + (0.88 * days) / 7),
      d: weeks.map((n, i) => (n === days ? square(i) : "")).join(""),
    });
  return s(
    "svg",
    {
      class: "calm",
      viewBox: `0 0 ${WIDTH} ${px(rows * (size + 4))}`,
      role: "img",
      "aria-label": label,
    },
    [-1, 0, 1, 2, 3, 4, 5, 6, 7].map(level),
  );
}

/** Twenty-four hours of one person, weekdays above, weekend below. */
export function hourStrip(
  shares: [number[], number[]],
  person: 0 | 1,
  label: string,
): SVGElement {
  const step = 20;
  const most = Math.max(0.01, ...shares[0], ...shares[1]);
  const cells = shares.flatMap((row, r) =>
    row.map((share, hour) =>
      s("rect", {
        class: `hour person-${person}`,
        x: hour * step,
        y: r * (step + 3),
        width: step - 1.5,
        height: step,
        opacity: px(0.06 + 0.94 * (share / most)),
      }),
    ),
  );
  const ticks = [0, 6, 12, 18].map((hour) =>
    s("text", { class: "tick", x: hour * step, y: 2 * (step + 3) + 12 }, `${hour}:00`),
  );
  return s(
    "svg",
    {
      class: "hours",
      viewBox: `0 0 ${24 * step} ${2 * (step + 3) + 16}`,
      role: "img",
      "aria-label": label,
    },
    cells,
    ticks,
  );
}

/** A stretch of writing again: marks at hours after the first unanswered turn. */
export interface Stretch {
  hours: number[];
  end: number;
  person: 0 | 1;
  rare: [number, number][]; /* parts in which the other one rarely writes */
  ticks: { at: number; words: string }[];
  label: string;
}

export function stretchLine(stretch: Stretch): SVGElement {
  const other = stretch.person === 0 ? 1 : 0;
  const span = Math.max(stretch.end, ...stretch.hours, 0.1);
  const x = (hour: number): number => 24 + (hour / span) * (WIDTH - 48);
  const marks = [0, ...stretch.hours].map((hour) =>
    s("circle", {
      class: `dot person-${stretch.person}`,
      cx: px(x(hour)),
      cy: 34,
      r: 7,
    }),
  );
  const end = s("rect", {
    class: `dot person-${other}`,
    x: px(x(stretch.end) - 6.5),
    y: 27.5,
    width: 13,
    height: 13,
  });
  const rare = stretch.rare.map(([from, to]) =>
    s("rect", {
      class: "rare",
      x: px(x(from)),
      y: 12,
      width: px(x(to) - x(from)),
      height: 44,
    }),
  );
  const ticks = stretch.ticks.map((tick, i) => [
    s("line", { class: "axis", x1: px(x(tick.at)), x2: px(x(tick.at)), y1: 50, y2: 56 }),
    s(
      "text",
      {
        class: i % 2 === 0 ? "tick" : "tick minor",
        x: px(Math.min(WIDTH - 52, Math.max(52, x(tick.at)))),
        y: 70,
        "text-anchor": "middle",
      },
      tick.words,
    ),
  ]);
  return s(
    "svg",
    {
      class: "stretch",
      viewBox: `0 0 ${WIDTH} 74`,
      role: "img",
      "aria-label": stretch.label,
    },
    rare,
    s("line", { class: "axis", x1: px(x(0)), x2: px(x(span)), y1: 34, y2: 34 }),
    s("line", {
      class: `quiet person-${other}`,
      x1: px(x(0)),
      x2: px(x(stretch.end)),
      y1: 34,
      y2: 34,
    }),
    marks,
    end,
    ticks,
  );
}
