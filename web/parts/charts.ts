/* SPDX-License-Identifier: MIT
 *
 * Lines over weeks, drawn by uPlot. The canvas is hidden from screen readers; each chart
 * comes with a heading, a line that reads out the week under the pointer, and a table.
 * Colours are read from the style sheet, so that dark and light need no code.
 */
import uPlot from "uplot";
import { h, type Child } from "./dom.js";

export interface WeekChart {
  title: Child;
  note: Child;
  times: number[]; /* seconds, UTC */
  lines: [(number | null)[], (number | null)[]];
  log: boolean;
  unit: (value: number) => string;
  when: (seconds: number) => string;
  read: (index: number) => string; /* the week in words */
}

const DAY = 86_400;

/* Steps of the axis of time: whole days, months and years, as the chart aligns them. */
const DATES = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15].map((days) => days * DAY),
  ...[1, 2, 3, 4, 6].map((months) => months * 30 * DAY),
  ...[1, 2, 5, 10].map((years) => years * 365 * DAY),
];

const HEIGHT = 190;
const FEW = 4; /* so few weeks are shown as points, since a line would not be seen */

function paint(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* Waits in minutes at which the logarithmic scale is marked: round for a reader. */
const WAITS = [0.1, 1, 5, 15, 60, 240, 1440, 5760];

function waitMarks(plot: uPlot): number[] {
  const { min, max } = plot.scales.y ?? {};
  return WAITS.filter((wait) => wait >= (min ?? 0) && wait <= (max ?? Infinity));
}

/* Steps of an axis that counts: whole numbers only. */
const COUNTS = [1, 2, 5]
  .flatMap((n) => [1, 10, 100, 1000, 10_000].map((ten) => n * ten))
  .sort((a, b) => a - b);

function axes(chart: WeekChart): uPlot.Axis[] {
  const font = `12px ${paint("--sans")}`;
  const common = { font, stroke: paint("--quiet"), ticks: { show: false } };
  return [
    {
      ...common,
      grid: { show: false },
      incrs: DATES,
      space: chart.times.length > 60 ? 76 : 58,
      size: 34,
      values: (_: uPlot, splits: number[]) => splits.map(chart.when),
    },
    {
      ...common,
      incrs: COUNTS,
      ...(chart.log
        ? { splits: waitMarks, filter: (_: uPlot, splits: number[]) => splits }
        : {}),
      grid: { stroke: paint("--line"), width: 1 },
      size: 62,
      space: 34,
      values: (_: uPlot, splits: (number | null)[]) =>
        splits.map((v) => (v === null ? null : chart.unit(v))),
    },
  ];
}

/* From the first week to the end of the last, however few there are. */
function spanOf(times: number[]): [number, number] {
  const first = times[0] ?? 0;
  return [first, (times[times.length - 1] ?? first) + 7 * DAY];
}

function options(chart: WeekChart, width: number, readout: HTMLElement): uPlot.Options {
  const line = (person: 0 | 1): uPlot.Series => ({
    stroke: paint(`--person-${person}`),
    width: 2,
    spanGaps: false,
    points: { show: chart.times.length < FEW, size: 7 },
    ...(person === 1 ? { dash: [7, 4] } : {}),
  });
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: "weeks" } },
    scales: {
      x: { range: () => spanOf(chart.times) },
      y: chart.log
        ? { distr: 3 }
        : { range: (_u, _min, max) => [0, Math.max(1, max * 1.05)] },
    },
    axes: axes(chart),
    series: [{}, line(0), line(1)],
    hooks: {
      setCursor: [
        (plot) => {
          const index = plot.cursor.idx;
          readout.textContent =
            index === null || index === undefined ? "" : chart.read(index);
        },
      ],
    },
  };
}

const alive = new Set<() => void>();

/* One width watcher for all charts; a chart that has left the page is let go. */
function redrawAll(): void {
  for (const redraw of alive) {
    redraw();
  }
}

/** A figure with the chart; it draws itself once it has a width. */
export function weekChart(chart: WeekChart): HTMLElement {
  const canvas = h("div", { class: "canvas", "aria-hidden": "true" });
  const readout = h("p", { class: "readout", "aria-hidden": "true" });
  let plot: uPlot | null = null;
  const redraw = (): void => {
    plot?.destroy();
    plot = null;
    if (!canvas.isConnected) {
      alive.delete(redraw);
      return;
    }
    const width = canvas.clientWidth;
    if (width > 0) {
      plot = new uPlot(
        options(chart, width, readout),
        [chart.times, ...chart.lines],
        canvas,
      );
    }
  };
  alive.add(redraw);
  window.requestAnimationFrame(redraw);
  return h(
    "figure",
    { class: "chart" },
    h("h3", {}, chart.title),
    h("p", { class: "small" }, chart.note),
    canvas,
    readout,
  );
}

let width = 0;

/** Redraws all charts when the page's width or its colours change. */
export function watchCharts(): void {
  new ResizeObserver(() => {
    if (document.documentElement.clientWidth !== width) {
      width = document.documentElement.clientWidth;
      redrawAll();
    }
  }).observe(document.documentElement);
  window
    .matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", redrawAll);
}
