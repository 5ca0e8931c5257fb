/* SPDX-License-Identifier: MIT
 *
 * 3. What it means to Robin: four days of one couple. Robin is full, and alarmed as well,
 * and of the alarm little shows.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { run, type Ask, type Course, type Runner } from "./course.js";
import { guess } from "./guess.js";
import { scenario } from "./pair.js";
import { player } from "./play.js";
import { choices, figure, type Scene } from "./scene.js";
import { MOMENT_OUTPUTS, momentOf, stageKey, stagePicture } from "./stage.js";
import { stripPicture } from "./strip.js";

export const SPAN: [number, number] = [281.5, 285.5];
const EVERY = 1 / 24;

/** Those days, of the couple of one seed. */
export function days(scene: { engine: Runner }): Course {
  return run(scene.engine, {
    scenario: scenario(286, []),
    outputs: MOMENT_OUTPUTS,
    every: EVERY,
    seed: 0,
  });
}

/** Two years, for what a person's alarm would reach for and what of it is held back. */
export function secondYear(seat: "a" | "b"): Ask {
  return {
    scenario: scenario(730, []),
    outputs: [`${seat}.wanted`, `${seat}.hidden`],
    every: 1,
  };
}

/** Both as means of the second year. */
export function heldBack(seat: "a" | "b"): (course: Course) => number[] {
  return (course) =>
    ["wanted", "hidden"].map((name) => course.mean(`${seat}.${name}`, 365, 730));
}

function board(scene: Scene): Child {
  const course = days(scene);
  const times = course.times.map((at) => at - SPAN[0]);
  let covered = true;
  const stage = stagePicture(scene, () => ({
    moment: momentOf(course, time.time),
    covered,
  }));
  const curves = stripPicture(
    scene,
    scene.say("picture"),
    [
      ["person-1 within", scene.say("key.alarm")],
      ["overload within", scene.say("key.overload")],
      ["person-1", scene.say("key.reach")],
    ],
    () => ({
      label: scene.text("label", {
        alarm: figure(course.highest("b.alarm", ...SPAN)),
        overload: figure(course.highest("b.overload", ...SPAN)),
        reach: figure(course.highest("b.pursuit", ...SPAN)),
      }),
      span: [0, SPAN[1] - SPAN[0]],
      most: 1.05 * course.highest("b.alarm", ...SPAN),
      mark: time.time - SPAN[0],
      marks: [0, 1, 2, 3],
      tick: (at) => scene.text("tick", { n: figure(at + 1, 1) }),
      curves: [
        { times, values: course.of("b.overload"), kind: "overload within" },
        { times, values: course.of("b.pursuit"), kind: "person-1" },
        { times, values: course.of("b.alarm"), kind: "person-1 within" },
      ],
    }),
  );
  const time = player(
    scene,
    SPAN,
    [EVERY, SPAN[0] + 1],
    (at) => scene.text("when", { n: figure(24 * (at - SPAN[0]), 0) }),
    () => {
      stage.draw();
      curves.draw();
    },
  );
  return [
    choices(
      scene.say("see"),
      [
        ["covered", scene.text("see.covered")],
        ["open", scene.text("see.open")],
      ],
      "covered",
      (value) => {
        covered = value === "covered";
        stage.draw();
      },
    ),
    stage.element,
    stageKey(),
    time.element,
    curves.element,
  ];
}

export function robinScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["all", "third", "none"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "third",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
