/* SPDX-License-Identifier: MIT
 *
 * 1. A message without an answer: how unusual is the alarm that so many hours bring, for
 * this one person? Each bar is the highest alarm of an ordinary day before.
 */
import { group, h, px, s, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { run, type Course } from "./course.js";
import { guess } from "./guess.js";
import { scenario, silence } from "./pair.js";
import { figure, percent, slider, type Scene } from "./scene.js";

export const FROM = 30; /* the first ordinary day */
export const DAY = 180; /* today */
const EVERY = 1 / 24;
const HOURS = [0, 48, 1, 0] as const;
const SEEDS = [4, 0, 2, 6]; /* quiet couples first */

export function today(hours: number): string {
  return scenario(DAY + 3, silence(DAY, hours));
}

/** The highest alarm of each ordinary day, and of today and the days after. */
export function alarms(course: Course): { days: number[]; now: number } {
  const days = Array.from({ length: DAY - FROM }, (_, i) =>
    course.highest("a.alarm", FROM + i, FROM + i + 1 - EVERY),
  );
  return { days, now: course.highest("a.alarm", DAY, DAY + 3) };
}

/** The share of ordinary days on which the alarm stayed below. */
export function rank({ days, now }: { days: number[]; now: number }): number {
  return days.filter((day) => day < now).length / days.length;
}

const HEIGHT = 190;

function drawing(scene: Scene, found: { days: number[]; now: number }): SVGElement {
  const { width } = scene;
  const [left, right, top, bottom] = [34, 46, 10, 22];
  const most = 1.6;
  const y = (value: number): number =>
    top + (1 - Math.min(1, value / most)) * (HEIGHT - top - bottom);
  const x = (i: number): number =>
    left + (i / found.days.length) * (width - left - right);
  const bars = found.days
    .map((day, i) => `M${px(x(i))} ${HEIGHT - bottom}V${px(y(day))}`)
    .join("");
  const at = width - right + 22;
  return s(
    "svg",
    {
      class: "days",
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": scene.text("label", {
        n: percent(rank(found)),
        now: figure(found.now),
        all: String(found.days.length),
      }),
    },
    [0, 0.5, 1, 1.5].map((value) => [
      s("line", {
        class: "grid",
        x1: left,
        x2: width - 4,
        y1: px(y(value)),
        y2: px(y(value)),
      }),
      s(
        "text",
        { class: "tick", x: left - 6, y: px(y(value) + 4), "text-anchor": "end" },
        figure(value),
      ),
    ]),
    s("path", {
      class: "day-bars",
      d: bars,
      "stroke-width": px(
        Math.max(1, ((width - left - right) / found.days.length) * 0.7),
      ),
    }),
    s("line", {
      class: "level",
      x1: left,
      x2: at,
      y1: px(y(found.now)),
      y2: px(y(found.now)),
    }),
    s("rect", {
      class: "day-now",
      x: px(at - 9),
      y: px(y(found.now)),
      width: 18,
      height: px(Math.max(1, HEIGHT - bottom - y(found.now))),
    }),
    s("text", { class: "tick", x: left, y: HEIGHT - 6 }, scene.text("days")),
    s(
      "text",
      { class: "tick now", x: width - 4, y: HEIGHT - 6, "text-anchor": "end" },
      scene.text("today"),
    ),
  );
}

function board(scene: Scene): Child {
  let hours = 0;
  let seed = 0;
  const room = h("div", {});
  const said = h("p", { class: "result", role: "status" });
  const draw = (): void => {
    const found = alarms(
      run(scene.engine, {
        scenario: today(hours),
        outputs: ["a.alarm"],
        every: EVERY,
        seed: SEEDS[seed % SEEDS.length] ?? 0,
      }),
    );
    room.replaceChildren(drawing(scene, found));
    said.replaceChildren(scene.say("result", { n: percent(rank(found)) }));
  };
  scene.onDraw(draw);
  return [
    h(
      "figure",
      { class: "strip-figure" },
      h("figcaption", {}, scene.say("picture")),
      room,
    ),
    slider(
      scene.say("slider"),
      [...HOURS],
      (value) => scene.text(value === 1 ? "hour" : "hours", { n: String(value) }),
      (value) => {
        hours = value;
        draw();
      },
    ),
    said,
    h(
      "button",
      {
        type: "button",
        class: "plain",
        click: () => {
          seed += 1;
          draw();
        },
      },
      text("story.another"),
    ),
  ];
}

export function silenceScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["1", "6", "24", "48"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "6",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
