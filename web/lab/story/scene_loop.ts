/* SPDX-License-Identifier: MIT
 *
 * 4. The loop, arm by arm: one worry on day 20. With all four arms it feeds on itself for
 * months, until the one who reaches loses heart; with any one of them cut it dies away.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { run, type Course, type Runner } from "./course.js";
import { guess } from "./guess.js";
import { ARMS, loopArms, type Arm } from "./loop_arms.js";
import { QUIET, scenario } from "./pair.js";
import { figure, type Scene } from "./scene.js";
import { stripPicture } from "./strip.js";

export const DAYS = 240;
export const WORRY = 20;
export const LATER = 120; /* a hundred days after it */

/* What cuts an arm. */
const CUTS: Record<Arm, string> = {
  1: `from 0 to ${DAYS}: a.hold_pursuit = 0`,
  2: "set gain_pressure = 0",
  3: `from 0 to ${DAYS}: b.hold_withdrawal = 0`,
  4: "set gain_closed = 0, gain_need = 0, gain_issues = 0",
};

export function ripple(on: Set<Arm>, worry = 1.5): string {
  return scenario(DAYS, [
    `${QUIET}, honeymoon = 0`,
    "start b.hardness = 0.5, a.trust = 0.65",
    ...(worry > 0 ? [`at ${WORRY}: a.alarm += ${worry}`] : []),
    ...ARMS.filter((arm) => !on.has(arm)).map((arm) => CUTS[arm]),
  ]);
}

export function rippleOf(scene: { engine: Runner }, on: Set<Arm>, worry = 1.5): Course {
  return run(scene.engine, {
    scenario: ripple(on, worry),
    outputs: ["a.alarm", "b.withdrawal"],
    every: 0.25,
  });
}

/** Whether it is still there a hundred days later. */
export function stays(course: Course): boolean {
  return course.at("b.withdrawal", LATER) > 0.2;
}

function board(scene: Scene): Child {
  let course = rippleOf(scene, new Set(ARMS));
  const said = h("p", { class: "result", role: "status" });
  const ended = new Set<string>(); /* arms that ended it, each cut alone */
  const tell = (cuts = 0): void => {
    const all = ended.size === ARMS.length;
    const ends = cuts > 1 ? "several" : all ? "each" : "dies";
    said.replaceChildren(scene.say(stays(course) ? "stays" : ends));
  };
  const curves = stripPicture(
    scene,
    scene.say("picture"),
    [
      ["person-0 within", scene.say("key.alarm")],
      ["person-1", scene.say("key.step")],
    ],
    () => ({
      label: scene.text("label", {
        alarm: figure(course.at("a.alarm", LATER)),
        step: figure(course.at("b.withdrawal", LATER)),
      }),
      span: [0, DAYS],
      most: 1.8,
      shade: [WORRY - 0.4, WORRY + 0.4],
      tick: (day) => scene.text("tick", { n: figure(day) }),
      curves: [
        { times: course.times, values: course.of("b.withdrawal"), kind: "person-1" },
        { times: course.times, values: course.of("a.alarm"), kind: "person-0 within" },
      ],
    }),
  );
  tell();
  return [
    loopArms(scene, (on) => {
      course = rippleOf(scene, on);
      const cut = ARMS.filter((arm) => !on.has(arm));
      if (cut.length === 1 && !stays(course)) {
        ended.add(String(cut[0]));
      }
      curves.draw();
      tell(cut.length);
    }),
    curves.element,
    said,
  ];
}

export function loopScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["days", "stays", "grows"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "stays",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
