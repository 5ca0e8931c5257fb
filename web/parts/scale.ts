/* SPDX-License-Identifier: MIT
 *
 * Small pictures of one estimate: a ratio on a logarithmic line with "same pace" in the
 * middle, a share on a line between the two partners. The bar is the 95 % interval.
 *
 *     slower   |----------+----------|   sooner
 *                     ====o====
 */
import type { Estimate, Person } from "./document.js";
import { px, s } from "./dom.js";
import { text } from "./words.js";

const WIDTH = 320;
const EDGE = 14;

/* How far a line of ratios goes each way, and the factor from tick to tick. */
interface Reach {
  most: number;
  step: number;
}

const NEAR: Reach = { most: 8, step: 2 };
const FAR: Reach = { most: 64, step: 4 };

/** The line that holds all these estimates, the same for both arms of a direction. */
export function reachFor(estimates: (Estimate | null)[]): Reach {
  const within = estimates.every(
    (e) => e === null || (e.low >= 1 / NEAR.most && e.high <= NEAR.most),
  );
  return within ? NEAR : FAR;
}

function ticksOf(reach: Reach): number[] {
  const half = Math.round(Math.log(reach.most) / Math.log(reach.step));
  return Array.from({ length: 2 * half + 1 }, (_, i) => reach.step ** (i - half));
}

function along(position: number): number {
  return EDGE + Math.min(1, Math.max(0, position)) * (WIDTH - 2 * EDGE);
}

function ofRatio(ratio: number, reach: Reach): number {
  return along((Math.log(Math.max(ratio, 1e-6)) / Math.log(reach.most) + 1) / 2);
}

function tickLabel(tick: number): string {
  return tick < 1 ? `1/${Math.round(1 / tick)}` : `${tick}×`;
}

function bar(
  low: number,
  value: number,
  high: number,
  y: number,
  person: Person,
): SVGElement[] {
  return [
    s("line", {
      class: `bar person-${person}`,
      x1: px(low),
      x2: px(Math.max(high, low + 1)),
      y1: y,
      y2: y,
    }),
    person === 0
      ? s("circle", { class: `dot person-${person}`, cx: px(value), cy: y, r: 6 })
      : s("rect", {
          class: `dot person-${person}`,
          x: px(value - 5.5),
          y: y - 5.5,
          width: 11,
          height: 11,
        }),
  ];
}

/* Marks that an interval goes on past the end of the line. */
function beyond(estimate: Estimate, person: Person, reach: Reach): SVGElement[] {
  const mark = (x: number, way: number): SVGElement =>
    s("path", {
      class: `dot person-${person}`,
      d: `M${x} 23l${6 * way} 6l${-6 * way} 6z`,
    });
  return [
    ...(estimate.high > reach.most ? [mark(WIDTH - EDGE + 5, 1)] : []),
    ...(estimate.low < 1 / reach.most ? [mark(EDGE - 5, -1)] : []),
  ];
}

/** A ratio of rates with its interval, against "same pace". */
export function ratioScale(
  estimate: Estimate | null,
  person: Person,
  reach: Reach,
  label: string,
): SVGElement {
  const height = 66;
  const marks = ticksOf(reach).flatMap((tick) => [
    s("line", {
      class: tick === 1 ? "axis same" : "axis",
      x1: px(ofRatio(tick, reach)),
      x2: px(ofRatio(tick, reach)),
      y1: tick === 1 && estimate !== null ? 16 : 38,
      y2: 44,
    }),
    s(
      "text",
      { class: "tick", x: px(ofRatio(tick, reach)), y: 58, "text-anchor": "middle" },
      tickLabel(tick),
    ),
  ]);
  return s(
    "svg",
    {
      class: "scale",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-label": label,
    },
    s("text", { class: "end", x: 2, y: 11 }, text("scale.slower")),
    s(
      "text",
      { class: "end", x: WIDTH - 2, y: 11, "text-anchor": "end" },
      text("scale.sooner"),
    ),
    s(
      "text",
      { class: "end", x: WIDTH / 2, y: 11, "text-anchor": "middle" },
      text("scale.same"),
    ),
    s("line", { class: "axis", x1: EDGE, x2: WIDTH - EDGE, y1: 44, y2: 44 }),
    marks,
    estimate === null
      ? s(
          "text",
          { class: "tick", x: WIDTH / 2, y: 32, "text-anchor": "middle" },
          text("scale.none"),
        )
      : [
          bar(
            ofRatio(estimate.low, reach),
            ofRatio(estimate.value, reach),
            ofRatio(estimate.high, reach),
            29,
            person,
          ),
          beyond(estimate, person, reach),
        ],
  );
}

export interface Shares {
  estimate: Estimate | null; /* share of person 0 */
  guess?: number; /* the reader's guess of it, 0..1 */
  ends: [string, string]; /* words for the two ends */
  label: string;
}

/** A share between the partners: left end all A, right end all B. */
export function shareScale(shares: Shares): SVGElement {
  const x = (share: number): number => along(1 - share);
  const guess = shares.guess;
  const line = s("line", { class: "axis", x1: EDGE, x2: WIDTH - EDGE, y1: 40, y2: 40 });
  const middle = s("line", {
    class: "axis same",
    x1: WIDTH / 2,
    x2: WIDTH / 2,
    y1: 22,
    y2: 46,
  });
  const found = shares.estimate;
  return s(
    "svg",
    {
      class: "scale",
      viewBox: `0 0 ${WIDTH} 74`,
      role: "img",
      "aria-label": shares.label,
    },
    s("text", { class: "end person-0", x: 2, y: 11 }, shares.ends[0]),
    s(
      "text",
      { class: "end person-1", x: WIDTH - 2, y: 11, "text-anchor": "end" },
      shares.ends[1],
    ),
    s(
      "text",
      { class: "tick", x: WIDTH / 2, y: 60, "text-anchor": "middle" },
      text("scale.half"),
    ),
    line,
    middle,
    found === null
      ? null
      : [
          s("line", {
            class: "bar neutral",
            x1: px(x(found.high)),
            x2: px(x(found.low)),
            y1: 40,
            y2: 40,
          }),
          s("circle", { class: "dot neutral", cx: px(x(found.value)), cy: 40, r: 6 }),
        ],
    guess === undefined
      ? null
      : [
          s("path", { class: "guess-mark", d: `M${px(x(guess))} 33l-6 -9h12z` }),
          s(
            "text",
            {
              class: "tick",
              x: px(Math.min(WIDTH - 28, Math.max(28, x(guess)))),
              y: 21,
              "text-anchor": "middle",
            },
            text("scale.guess"),
          ),
        ],
  );
}
