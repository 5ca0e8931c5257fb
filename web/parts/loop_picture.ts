/* SPDX-License-Identifier: MIT
 *
 * The loop as a picture: two equal persons, one arrow each way. A solid arrow is an arm
 * that stands, a dotted one an arm that the messages do not show. Neither end is where it
 * starts, and the width of an arrow says nothing about anyone.
 *
 *            A writes again
 *        .------------------>.
 *      (A)        L          (B)
 *        '<------------------'
 *          B's answer is later
 */
import type { Person } from "./document.js";
import { freshId, px, s } from "./dom.js";

export interface Arrow {
  words: string; /* a few words, set beside the arrow */
  number: string; /* "1.6× as fast", "about half as fast", or "?" */
  range: string; /* "1.2 to 2.1 times", or empty */
  stands: boolean;
}

export interface LoopDrawing {
  names: [string, string]; /* short */
  pursuer: Person;
  reach: Arrow; /* from the pursuer to the other */
  retreat: Arrow; /* back */
  middle: [string, string, string] | null; /* number, range and words in the middle */
  label: string;
}

type Anchor = [number, number, string]; /* x, y and which part of the text stands there */

interface Place {
  width: number;
  top: number; /* where the picture begins: room for the upper words */
  height: number;
  from: [number, number]; /* the pursuer */
  to: [number, number];
  out: string; /* path of the arrow from -> to */
  back: string;
  words: [Anchor, Anchor]; /* of the two arrows' words */
  numberSize: (letters: number) => number; /* so that they fit where they stand */
  middle: [number, number];
}

const WIDE: Place = {
  width: 680,
  top: -20,
  height: 368,
  from: [92, 170],
  to: [588, 170],
  out: "M124 112C210 62 470 62 554 110",
  back: "M556 230C470 276 210 276 126 228",
  words: [
    [340, 6, "middle"],
    [340, 296, "middle"],
  ],
  numberSize: () => 27,
  middle: [340, 166],
};

const TALL: Place = {
  width: 330,
  top: 0,
  height: 480,
  from: [165, 60],
  to: [165, 420],
  out: "M226 82C328 146 328 334 232 392",
  back: "M104 398C2 334 2 146 98 88",
  words: [
    [165, 150, "middle"],
    [165, 313, "middle"],
  ],
  numberSize: (letters) => (letters < 13 ? 27 : letters < 20 ? 20 : 16),
  middle: [165, 233],
};

/* Isolates keep a name written from right to left from turning the words beside it. */
const ISOLATE = ["\u2068", "\u2069"];

function node(place: [number, number], name: string, person: Person): SVGElement[] {
  const [x, y] = place;
  const size = Array.from(name).length > 3 ? 17 : 30;
  return [
    s("circle", { class: `node person-${person}`, cx: x, cy: y, r: 56 }),
    s(
      "text",
      {
        class: "node-name",
        x,
        y: y + size / 3,
        "text-anchor": "middle",
        "font-size": size,
      },
      ISOLATE.join(name),
    ),
  ];
}

function arrowHead(id: string, person: Person): SVGElement {
  return s(
    "marker",
    {
      id,
      viewBox: "0 0 10 10",
      refX: 7,
      refY: 5,
      markerWidth: 4.6,
      markerHeight: 4.6,
      orient: "auto-start-reverse",
    },
    s("path", { class: `head person-${person}`, d: "M0 0L10 5L0 10L2.6 5z" }),
  );
}

function arrow(path: string, spec: Arrow, person: Person, head: string): SVGElement {
  return s("path", {
    class: `arrow person-${person}${spec.stands ? "" : " open"}`,
    d: path,
    "marker-end": `url(#${head})`,
  });
}

function arrowWords(
  at: Anchor,
  spec: Arrow,
  person: Person,
  size: Place["numberSize"],
): SVGElement {
  const [x, y, anchor] = at;
  return s(
    "text",
    { class: "arrow-words", x, y, "text-anchor": anchor },
    s(
      "tspan",
      {
        class: `arrow-number person-${person}`,
        x,
        "font-size": size(spec.number.length),
      },
      spec.number,
    ),
    spec.range ? s("tspan", { class: "range", x, dy: 19 }, spec.range) : null,
    s("tspan", { x, dy: 21 }, spec.words),
  );
}

function draw(spec: LoopDrawing, place: Place, kind: string): SVGElement {
  const other: Person = spec.pursuer === 0 ? 1 : 0;
  const [outHead, backHead] = [freshId("head"), freshId("head")];
  const middle = spec.middle;
  return s(
    "svg",
    {
      class: `loop ${kind}`,
      viewBox: `0 ${place.top} ${place.width} ${place.height}`,
      role: "img",
      "aria-label": spec.label,
    },
    s("defs", {}, arrowHead(outHead, spec.pursuer), arrowHead(backHead, other)),
    arrow(place.out, spec.reach, spec.pursuer, outHead),
    arrow(place.back, spec.retreat, other, backHead),
    node(place.from, spec.names[spec.pursuer], spec.pursuer),
    node(place.to, spec.names[other], other),
    arrowWords(place.words[0], spec.reach, spec.pursuer, place.numberSize),
    arrowWords(place.words[1], spec.retreat, other, place.numberSize),
    middle === null
      ? null
      : s(
          "text",
          {
            class: "middle",
            x: px(place.middle[0]),
            y: place.middle[1],
            "text-anchor": "middle",
          },
          s("tspan", { class: "middle-number", x: place.middle[0] }, middle[0]),
          s("tspan", { class: "range", x: place.middle[0], dy: 20 }, middle[1]),
          s("tspan", { x: place.middle[0], dy: 21 }, middle[2]),
        ),
  );
}

/** The picture twice, lying and standing; the style sheet shows the one that fits. */
export function loopPicture(spec: LoopDrawing): SVGElement[] {
  return [draw(spec, WIDE, "wide"), draw(spec, TALL, "tall")];
}
