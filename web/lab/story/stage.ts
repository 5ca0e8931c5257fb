/* SPDX-License-Identifier: MIT
 *
 * The two as a run has them at a moment: how far apart (contact), how stirred up within
 * (alarm rises from below, overload comes down from above), how far one reaches (an
 * arrow), how far one steps back (a wall). What is within can be covered, so that only
 * what the other one sees is left.
 */
import { freshId, h, px, s } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import type { Course } from "./course.js";
import { figure, nameOf, type Scene } from "./scene.js";

export interface Moment {
  contact: number;
  alarm: [number, number];
  overload: [number, number];
  pursuit: [number, number];
  withdrawal: [number, number];
}

export const SHOWN = ["alarm", "overload", "pursuit", "withdrawal"] as const;

/** Names of the outputs that a moment needs. */
export const MOMENT_OUTPUTS = [
  "contact",
  ...SHOWN.flatMap((name) => [`a.${name}`, `b.${name}`]),
];

export function momentOf(course: Course, time: number): Moment {
  const pair = (name: string): [number, number] => [
    course.at(`a.${name}`, time),
    course.at(`b.${name}`, time),
  ];
  return {
    contact: course.at("contact", time),
    alarm: pair("alarm"),
    overload: pair("overload"),
    pursuit: pair("pursuit"),
    withdrawal: pair("withdrawal"),
  };
}

const HEIGHT = 150;
const RADIUS = 46;
const MIDDLE = 70;

/* From 0 up to 1, half way at 1. */
function level(value: number): number {
  return value / (1 + value);
}

function within(x: number, person: 0 | 1, moment: Moment): SVGElement[] {
  const clip = freshId("disc");
  const up = 2 * RADIUS * level(moment.alarm[person]);
  const down = 2 * RADIUS * level(moment.overload[person]);
  return [
    s("clipPath", { id: clip }, s("circle", { cx: px(x), cy: MIDDLE, r: RADIUS - 3 })),
    s(
      "g",
      { "clip-path": `url(#${clip})` },
      s("rect", {
        class: `alarm person-${person}`,
        x: px(x - RADIUS),
        y: px(MIDDLE + RADIUS - up),
        width: 2 * RADIUS,
        height: px(up),
      }),
      stripes(x, down),
    ),
  ];
}

/* Overload: stripes that come down from above. */
function stripes(x: number, down: number): SVGElement {
  let d = "";
  for (let y = 3; y < down; y += 6) {
    d += `M${px(x - RADIUS)} ${px(MIDDLE - RADIUS + y)}h${2 * RADIUS}`;
  }
  return s("path", { class: "stripe", d });
}

/* The side on which the other one is: 1 to the right. */
function side(person: 0 | 1): 1 | -1 {
  return person === 0 ? 1 : -1;
}

function wall(x: number, person: 0 | 1, moment: Moment): SVGElement | null {
  const w = moment.withdrawal[person];
  if (w < 0.02) {
    return null;
  }
  const at = x + side(person) * (RADIUS + 9);
  const reach = 12 + 34 * w;
  return s("path", {
    class: `wall person-${person}`,
    d: `M${px(at)} ${px(MIDDLE - reach)}Q${px(at + side(person) * 10)} ${MIDDLE} ${px(at)} ${px(MIDDLE + reach)}`,
    "stroke-width": px(2 + 9 * w),
  });
}

function reach(
  x: number,
  person: 0 | 1,
  moment: Moment,
  room: number,
): SVGElement | null {
  const p = moment.pursuit[person];
  if (p < 0.03) {
    return null;
  }
  const from = x + side(person) * (RADIUS + 6);
  const to = from + side(person) * Math.max(12, room * p);
  const y = MIDDLE + (person === 0 ? -6 : 8);
  const tip = 5 + 5 * p;
  const back = to - side(person) * tip;
  return s(
    "g",
    { class: `reach person-${person}` },
    s("path", {
      class: "shaft",
      d: `M${px(from)} ${y}H${px(back)}`,
      "stroke-width": px(2 + 6 * p),
    }),
    s("path", {
      class: "tip",
      d: `M${px(to)} ${y}L${px(back)} ${px(y - tip)}V${px(y + tip)}Z`,
    }),
  );
}

function words(moment: Moment, covered: boolean): string {
  const of = (person: 0 | 1): string => {
    const seen = [
      ["story.stage.reaching", moment.pursuit[person]],
      ["story.stage.withdrawing", moment.withdrawal[person]],
    ] as const;
    const felt = [
      ["story.stage.alarm", moment.alarm[person]],
      ["story.stage.overload", moment.overload[person]],
    ] as const;
    return `${nameOf(person)}: ${[...seen, ...(covered ? [] : felt)]
      .map(([key, value]) => `${text(key)} ${figure(value)}`)
      .join(", ")}`;
  };
  return `${of(0)}. ${of(1)}. ${text("story.stage.contact")} ${figure(moment.contact)}.`;
}

function drawing(moment: Moment, width: number, covered: boolean): SVGElement {
  const least = RADIUS + 8;
  const gap = Math.min(
    width / 2 - least,
    RADIUS + 26 + (width / 2 - least) * (1 - moment.contact),
  );
  const xs = [width / 2 - gap, width / 2 + gap] as const;
  const room = xs[1] - xs[0] - 2 * RADIUS - 22;
  return s(
    "svg",
    {
      class: covered ? "stage covered" : "stage",
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": words(moment, covered),
    },
    ([0, 1] as const).map((person) => [
      covered ? [] : within(xs[person], person, moment),
      s("circle", {
        class: `disc person-${person}`,
        cx: px(xs[person]),
        cy: MIDDLE,
        r: RADIUS,
      }),
      s(
        "text",
        {
          class: `disc-name person-${person}`,
          x: px(xs[person]),
          y: HEIGHT - 8,
          "text-anchor": "middle",
        },
        nameOf(person),
      ),
      wall(xs[person], person, moment),
      reach(xs[person], person, moment, room),
    ]),
  );
}

/** The two, drawn as `make` says. */
export function stagePicture(
  scene: Scene,
  make: () => { moment: Moment; covered: boolean },
): { element: HTMLElement; draw: () => void } {
  const room = h("div", { class: "stage-room" });
  const draw = (): void => {
    const { moment, covered } = make();
    room.replaceChildren(drawing(moment, scene.width, covered));
  };
  scene.onDraw(draw);
  return { element: room, draw };
}

/** What the marks of the picture mean. */
export function stageKey(): HTMLElement {
  return h("p", { class: "small stage-key" }, text("story.stage.key"));
}
