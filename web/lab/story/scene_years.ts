/* SPDX-License-Identifier: MIT
 *
 * 7. Years: each episode leaves a little habit of stepping back, and the same day without
 * an answer goes deeper in a couple in whom that habit is strong.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { run, type Ask, type Course, type Runner } from "./course.js";
import { guess } from "./guess.js";
import { QUIET, scenario, silence } from "./pair.js";
import { figure, slider, type Scene } from "./scene.js";
import { stripPicture } from "./strip.js";

export const DAY = 60;
export const COUPLES = 16;
const YEARS = 1825;
const BIN = 73; /* days of which a mean is drawn */

/** The same day without an answer, with so much habit of stepping back. */
export function sameDay(scene: { engine: Runner }, habit: number): Course {
  return run(scene.engine, {
    scenario: scenario(DAY + 10, [
      `${QUIET}, honeymoon = 0`,
      `start b.hardness = ${habit}, commitment = 0.8`,
      ...silence(DAY, 24),
    ]),
    outputs: ["a.pursuit", "b.withdrawal"],
    every: 1 / 24,
  });
}

/** How far Robin steps back once the day is over, and for how long Kim reaches. */
export function after(course: Course): { step: number; days: number } {
  const reach = course.within("a.pursuit", DAY, DAY + 10);
  return {
    step: course.highest("b.withdrawal", DAY + 1.05, DAY + 10),
    days: reach.filter((p) => p > 0.2).length / 24,
  };
}

export const FIVE: Ask = {
  scenario: scenario(YEARS, []),
  outputs: ["b.hardness", "a.pursuit", "b.withdrawal"],
  every: BIN / 10,
};

const BINS = Array.from({ length: YEARS / BIN }, (_, i) => i * BIN);

/** Mean habit, then reaching and stepping back, from bin to bin. */
export function fiveYears(course: Course): number[] {
  return FIVE.outputs.flatMap((name) =>
    BINS.map((from) => course.mean(name, from, from + BIN)),
  );
}

/** Of what `fiveYears` gives, the mean of one of the three from one time to another. */
export function meanOf(
  values: number[],
  which: 0 | 1 | 2,
  from: number,
  to: number,
): number {
  const within = BINS.map(
    (at, i) => [at, values[which * BINS.length + i] ?? NaN] as const,
  )
    .filter(([at]) => at >= from && at < to)
    .map(([, value]) => value);
  return within.reduce((sum, value) => sum + value, 0) / within.length;
}

function dayBoard(scene: Scene): Child {
  let habit = 0.6;
  const fresh = sameDay(scene, 0);
  const said = h("p", { class: "result", role: "status" });
  const picture = stripPicture(
    scene,
    scene.say("picture"),
    [
      ["person-0", scene.say("key.reach")],
      ["person-1", scene.say("key.step")],
      ["ghost", scene.say("key.fresh")],
    ],
    () => {
      const course = sameDay(scene, habit);
      const { step, days } = after(course);
      said.replaceChildren(
        scene.say("result", {
          step: figure(step),
          fresh: figure(after(fresh).step),
          days: figure(days, 1),
        }),
      );
      return {
        label: scene.text("label", {
          step: figure(step),
          fresh: figure(after(fresh).step),
        }),
        span: [DAY - 0.5, DAY + 7],
        most: 1,
        shade: [DAY, DAY + 1],
        marks: [0, 1, 2, 3, 4, 5, 6].map((day) => DAY + day),
        tick: (time) => scene.text("tick", { n: figure(time - DAY) }),
        curves: [
          { times: fresh.times, values: fresh.of("b.withdrawal"), kind: "ghost" },
          { times: course.times, values: course.of("a.pursuit"), kind: "person-0" },
          { times: course.times, values: course.of("b.withdrawal"), kind: "person-1" },
        ],
      };
    },
  );
  return [
    picture.element,
    slider(
      scene.say("slider"),
      [0, 0.8, 0.1, habit],
      (value) => figure(value),
      (value) => {
        habit = Number(value.toFixed(1));
        picture.draw();
      },
    ),
    said,
  ];
}

function yearsBoard(scene: Scene): Child {
  const averager = scene.averager(COUPLES, fiveYears);
  const part = (k: number): { times: number[]; values: number[] } => {
    const all = averager.of(FIVE).values;
    return {
      times: BINS.map((at) => at + BIN / 2),
      values: all.slice(k * BINS.length, (k + 1) * BINS.length),
    };
  };
  const picture = stripPicture(
    scene,
    scene.say("years"),
    [
      ["person-1 within", scene.say("key.habit")],
      ["person-1", scene.say("key.step")],
      ["person-0", scene.say("key.reach")],
    ],
    () => ({
      label: scene.text("years.label"),
      span: [0, YEARS],
      most: 0.8,
      marks: [0.5, 1.5, 2.5, 3.5, 4.5].map((year) => 365 * year),
      tick: (day) => scene.text("year", { n: figure(day / 365 + 0.5, 0) }),
      curves: [
        { ...part(0), kind: "person-1 within" },
        { ...part(1), kind: "person-0" },
        { ...part(2), kind: "person-1" },
      ],
    }),
  );
  averager.want([FIVE], picture.draw);
  return [
    picture.element,
    h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
  ];
}

export function yearsScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["same", "twice", "four"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "four",
    reveal: () =>
      group(
        h("p", {}, scene.say("shown")),
        dayBoard(scene),
        h("p", { class: "between" }, scene.say("then")),
        yearsBoard(scene),
      ),
  });
}
