/* SPDX-License-Identifier: MIT
 *
 * The loop as a lying eight: from what one does to what the other sees, fears and does,
 * and back. Both halves are alike, and neither end is where it starts.
 *
 *        sees ------.   .------ sees
 *      /              \ /            \
 *    fears   longs     x     longs   fears
 *      \              / \            /
 *        does ------'   '------ does
 *
 * On a narrow screen it stands upright.
 */
import { freshId, px, s } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { longings, nameOf, roundOf, wordsOf } from "./words.js";
import { SEATS, SLOTS, type Loop, type Seat, type Slot } from "./state.js";

type Point = [number, number];
type Curve = [Point, Point, Point, Point];

interface Layout {
  width: number;
  height: number;
  /* From the middle over what A sees to A's far end, and back over what A does; then the
   * same of B. */
  curves: Record<"aIn" | "aOut" | "bIn" | "bOut", Curve>;
  /* Where on the way in an arrow leaves from behind the box of what is seen; on the way
   * out the same of what one does. Arrows end before the box they lead to. */
  leaves: { seen: number; done: number };
  boxes: Record<
    Slot,
    [x: number, y: number, width: number]
  >; /* of A; B's are mirrored */
  mirror: (point: Point) => Point;
}

const LYING: Layout = {
  width: 880,
  height: 360,
  curves: {
    bIn: [
      [440, 180],
      [540, 31],
      [850, 23],
      [850, 180],
    ],
    bOut: [
      [850, 180],
      [850, 337],
      [540, 329],
      [440, 180],
    ],
    aIn: [
      [440, 180],
      [340, 31],
      [30, 23],
      [30, 180],
    ],
    aOut: [
      [30, 180],
      [30, 337],
      [340, 329],
      [440, 180],
    ],
  },
  leaves: { seen: 0.5, done: 0.5 },
  boxes: {
    see: [222, 64, 220],
    fear: [105, 180, 160],
    long: [275, 180, 150],
    do: [222, 296, 220],
  },
  mirror: ([x, y]) => [880 - x, y],
};

const UPRIGHT: Layout = {
  width: 328,
  height: 860,
  curves: {
    aIn: [
      [164, 430],
      [20, 330],
      [-30, 62],
      [164, 62],
    ],
    aOut: [
      [164, 62],
      [358, 62],
      [308, 330],
      [164, 430],
    ],
    bIn: [
      [164, 430],
      [20, 530],
      [-30, 798],
      [164, 798],
    ],
    bOut: [
      [164, 798],
      [358, 798],
      [308, 530],
      [164, 430],
    ],
  },
  leaves: { seen: 0.37, done: 0.64 },
  boxes: {
    see: [78, 270, 152],
    fear: [164, 62, 220],
    long: [164, 164, 150],
    do: [250, 270, 152],
  },
  mirror: ([x, y]) => [x, 860 - y],
};

/* The part of a curve from 0 to t, by de Casteljau. */
function until(curve: Curve, t: number): Curve {
  const mix = (p: Point, q: Point): Point => [
    p[0] + t * (q[0] - p[0]),
    p[1] + t * (q[1] - p[1]),
  ];
  const [a, b, c, d] = curve;
  const [ab, bc, cd] = [mix(a, b), mix(b, c), mix(c, d)];
  const [abc, bcd] = [mix(ab, bc), mix(bc, cd)];
  return [a, ab, abc, mix(abc, bcd)];
}

function reversed([a, b, c, d]: Curve): Curve {
  return [d, c, b, a];
}

function after(curve: Curve, t: number): Curve {
  return reversed(until(reversed(curve), 1 - t));
}

const point = ([x, y]: Point): string => `${px(x)} ${px(y)}`;
const bend = ([, b, c, d]: Curve): string => `C${point(b)} ${point(c)} ${point(d)}`;

const LETTER = 7.1; /* width of a letter, about */
const LINE = 17;

/** Words in lines of so many letters at most; what has no space is broken. */
export function wrap(words: string, letters: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ").flatMap((w) => broken(w, letters))) {
    if (line !== "" && Array.from(`${line} ${word}`).length > letters) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function broken(word: string, letters: number): string[] {
  const points = Array.from(word);
  return points.length <= letters
    ? [word]
    : Array.from({ length: Math.ceil(points.length / letters) }, (_, i) =>
        points.slice(i * letters, (i + 1) * letters).join(""),
      );
}

interface Box {
  x: number; /* of the middle */
  y: number;
  width: number;
  height: number;
  title: string[];
  lines: string[];
  chosen: boolean;
}

function boxAt(layout: Layout, loop: Loop, seat: Seat, slot: Slot): Box {
  const [x0, y0, width] = layout.boxes[slot];
  const [x, y] = seat === 0 ? [x0, y0] : layout.mirror([x0, y0]);
  const words = wordsOf(slot, loop[seat].picks[slot]);
  const letters = Math.floor((width - 18) / LETTER);
  const title = wrap(text(`own.box.${slot}`, { who: nameOf(loop, seat) }), letters + 2);
  const lines = words === null ? [] : wrap(words, letters);
  const height = (title.length + lines.length) * LINE + 16;
  return { x, y, width, height, title, lines, chosen: words !== null };
}

/* A box with its heading and what was chosen; hollow where nothing was. */
function boxDrawn(box: Box, seat: Seat, slot: Slot): SVGElement {
  const { x, y, width, height, title, lines, chosen } = box;
  const top = y - height / 2;
  const row = (line: string, i: number): SVGElement =>
    s(
      "text",
      {
        class: i < title.length ? "eight-title" : "eight-words",
        x: px(x),
        y: px(top + 20 + i * LINE),
        "text-anchor": "middle",
      },
      line,
    );
  return s(
    "g",
    { class: `eight-box ${slot} person-${seat}${chosen ? "" : " hollow"}` },
    s("rect", { x: px(x - width / 2), y: px(top), width, height: px(height), rx: 12 }),
    [...title, ...lines].map(row),
  );
}

const GAP = 8; /* between the end of an arrow and its box */
const FINE = 200; /* places of a curve that are looked at */

function at([a, b, c, d]: Curve, t: number): Point {
  const of = (k: 0 | 1): number =>
    (1 - t) ** 3 * a[k] +
    3 * (1 - t) ** 2 * t * b[k] +
    3 * (1 - t) * t ** 2 * c[k] +
    t ** 3 * d[k];
  return [of(0), of(1)];
}

/* How far a curve goes, from `begin` on, before it comes to a box. */
function before(curve: Curve, box: Box, begin = 0): number {
  for (let k = Math.ceil(begin * FINE); k <= FINE; k++) {
    const [x, y] = at(curve, k / FINE);
    const across = Math.abs(x - box.x) - box.width / 2;
    const down = Math.abs(y - box.y) - box.height / 2;
    if (Math.max(across, down) < GAP) {
      return k / FINE;
    }
  }
  return 1;
}

/* One person's part, in three: from what is seen to fear, from there to what one does,
 * and from there to the other one's eyes. */
function ways(layout: Layout, loop: Loop, seat: Seat, id: string): SVGElement[] {
  const { aIn, aOut, bIn, bOut } = layout.curves;
  const { leaves } = layout;
  const [own, out, other] = seat === 0 ? [aIn, aOut, bIn] : [bIn, bOut, aIn];
  const boxOf = (slot: Slot, whose = seat): Box => boxAt(layout, loop, whose, slot);
  const fear = before(own, boxOf("fear"), leaves.seen);
  const seen = after(until(own, fear), leaves.seen / fear);
  const done = after(out, leaves.done);
  const see = before(other, boxOf("see", seat === 0 ? 1 : 0));
  return [
    `M${point(seen[0])}${bend(seen)}`,
    `M${point(out[0])}${bend(until(out, before(out, boxOf("do"))))}`,
    `M${point(done[0])}${bend(done)}${bend(until(other, see))}`,
  ].map((d) =>
    s("path", { class: `eight-way person-${seat}`, d, "marker-end": `url(#${id})` }),
  );
}

function head(id: string, seat: Seat): SVGElement {
  return s(
    "marker",
    {
      id,
      viewBox: "0 0 10 10",
      refX: 6,
      refY: 5,
      markerWidth: 4.4,
      markerHeight: 4.4,
      orient: "auto",
    },
    s("path", { class: `head person-${seat}`, d: "M0 0L10 5L0 10L2.6 5z" }),
  );
}

/** What the drawing shows, for those who do not see it. */
export function eightLabel(loop: Loop): string {
  const lines = [...roundOf(loop), ...longings(loop)].map(({ words }) => words);
  return lines.length === 0
    ? text("own.label.empty")
    : text("own.label", {
        a: nameOf(loop, 0),
        b: nameOf(loop, 1),
        list: lines.join(" "),
      });
}

/** The drawing, lying or upright. */
export function eight(loop: Loop, upright: boolean): SVGElement {
  const layout = upright ? UPRIGHT : LYING;
  const ids = SEATS.map(() => freshId("eight"));
  return s(
    "svg",
    {
      class: upright ? "eight upright" : "eight",
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      role: "img",
      "aria-label": eightLabel(loop),
    },
    s(
      "defs",
      {},
      SEATS.map((seat) => head(ids[seat] ?? "", seat)),
    ),
    SEATS.flatMap((seat) => ways(layout, loop, seat, ids[seat] ?? "")),
    SEATS.flatMap((seat) =>
      SLOTS.map((slot) => boxDrawn(boxAt(layout, loop, seat, slot), seat, slot)),
    ),
  );
}
