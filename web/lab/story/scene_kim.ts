/* SPDX-License-Identifier: MIT
 *
 * 2. What it means to Kim: the same half day of silence for somebody who worries more, or
 * less, about being left. What is felt and what shows are two curves.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { run, type Course, type Runner } from "./course.js";
import { guess } from "./guess.js";
import {
  ANXIOUS,
  AVOIDANT,
  QUIET,
  SECURE,
  scenario,
  silence,
  type Person,
} from "./pair.js";
import { figure, slider, type Scene } from "./scene.js";
import { stripPicture } from "./strip.js";

export const DAY = 180;
const HOURS = 12;
const OUTPUTS = ["a.alarm", "a.pursuit"];

/** Between secure (0) and anxious (1), and beyond. */
export function worried(part: number): Person {
  return {
    anxiety: SECURE.anxiety + part * (ANXIOUS.anxiety - SECURE.anxiety),
    avoidance: SECURE.avoidance + part * (ANXIOUS.avoidance - SECURE.avoidance),
  };
}

export function evening(person: Person): string {
  return scenario(DAY + 3, [QUIET, ...silence(DAY, HOURS)], [person, AVOIDANT]);
}

export function eveningOf(scene: { engine: Runner }, person: Person): Course {
  return run(scene.engine, {
    scenario: evening(person),
    outputs: OUTPUTS,
    every: 1 / 24,
  });
}

function board(scene: Scene): Child {
  let part = 1;
  const secure = eveningOf(scene, SECURE);
  const said = h("p", { class: "result", role: "status" });
  const picture = stripPicture(
    scene,
    scene.say("picture"),
    [
      ["person-0 within", scene.say("key.alarm")],
      ["person-0", scene.say("key.reach")],
      ["ghost within", scene.say("key.secure")],
    ],
    () => {
      const course = eveningOf(scene, worried(part));
      const top = course.highest("a.alarm", DAY, DAY + 3);
      said.replaceChildren(
        scene.say("result", {
          alarm: figure(top),
          reach: figure(course.highest("a.pursuit", DAY, DAY + 3)),
        }),
      );
      return {
        label: scene.text("label", {
          alarm: figure(top),
          secure: figure(secure.highest("a.alarm", DAY, DAY + 3)),
        }),
        span: [DAY - 0.5, DAY + 2.5],
        most: 0.55,
        shade: [DAY, DAY + HOURS / 24],
        marks: [0, 12, 24, 36, 48].map((hours) => DAY + hours / 24),
        tick: (time) => scene.text("tick", { n: figure(24 * (time - DAY), 0) }),
        curves: [
          { times: secure.times, values: secure.of("a.alarm"), kind: "ghost within" },
          { times: course.times, values: course.of("a.pursuit"), kind: "person-0" },
          {
            times: course.times,
            values: course.of("a.alarm"),
            kind: "person-0 within",
          },
        ],
      };
    },
  );
  return [
    picture.element,
    slider(
      scene.say("slider"),
      [0, 1.4, 0.1, 1],
      (value) =>
        scene.text(
          value < 0.35
            ? "little"
            : value < 0.75
              ? "some"
              : value < 1.15
                ? "much"
                : "most",
        ),
      (value) => {
        part = value;
        picture.draw();
      },
    ),
    said,
  ];
}

export function kimScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["same", "half", "none"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "half",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
