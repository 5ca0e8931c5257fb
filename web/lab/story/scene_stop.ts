/* SPDX-License-Identifier: MIT
 *
 * 8. Giving up: after two years Kim stops reaching, and Robin, for the first time, does;
 * not if Kim had never reached, and not for long.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import type { Ask, Course } from "./course.js";
import { guess } from "./guess.js";
import { scenario } from "./pair.js";
import { choices, figure, type Scene } from "./scene.js";
import { stripPicture } from "./strip.js";

export const COUPLES = 16;
export const STOP = 730;
const BEFORE = 70;
const END = STOP + 182;
const EVERY = 7;

export type Case = "weeks" | "good" | "never";
export const CASES: Case[] = ["good", "weeks", "never"];

const HELD: Record<Case, string> = {
  good: `from ${STOP} to ${END}: a.hold_pursuit = 0`,
  weeks: `from ${STOP} to ${STOP + 42}: a.hold_pursuit = 0`,
  never: `from 0 to ${END}: a.hold_pursuit = 0`,
};

/** Half a year from the day on which Kim stops, and what was before. */
export function halfYear(which: Case): Ask {
  return {
    scenario: scenario(END, [HELD[which]]),
    outputs: ["a.pursuit", "b.pursuit", "b.withdrawal"],
    every: 1,
  };
}

const WEEKS = Array.from(
  { length: (END - STOP + BEFORE) / EVERY },
  (_, i) => STOP - BEFORE + EVERY * i,
);

/** Mean reaching of Kim, then of Robin, then Robin's stepping back, week by week. */
export function weeks(course: Course): number[] {
  return ["a.pursuit", "b.pursuit", "b.withdrawal"].flatMap((name) =>
    WEEKS.map((from) => course.mean(name, from, from + EVERY - 1)),
  );
}

/** Of what `weeks` gives: Robin's reaching before and in the two weeks after. */
export function reversal(values: number[]): {
  before: number;
  after: number;
  end: number;
} {
  const robin = values.slice(WEEKS.length, 2 * WEEKS.length);
  const place = BEFORE / EVERY;
  const mean = (list: number[]): number =>
    list.reduce((sum, v) => sum + v, 0) / list.length;
  return {
    before: mean(robin.slice(0, place)),
    after: mean(robin.slice(place, place + 2)),
    end: robin[robin.length - 1] ?? NaN,
  };
}

function board(scene: Scene): Child {
  const averager = scene.averager(COUPLES, weeks);
  let which: Case = "good";
  const said = h("p", { class: "result" });
  const middle = WEEKS.map((from) => from + EVERY / 2);
  const picture = stripPicture(
    scene,
    scene.say("picture"),
    [
      ["person-0", scene.say("key.kim")],
      ["person-1", scene.say("key.robin")],
      ["person-1 within", scene.say("key.step")],
    ],
    () => {
      const { values, done } = averager.of(halfYear(which));
      const size = WEEKS.length;
      const { before, after, end } = reversal(values);
      if (done === COUPLES) {
        said.replaceChildren(
          scene.say(`result.${which}`, {
            before: figure(before),
            after: figure(after),
            end: figure(end),
          }),
        );
      }
      return {
        label: scene.text("label", {
          before: figure(before),
          after: figure(after),
          end: figure(end),
        }),
        span: [STOP - BEFORE, END],
        most: 0.7,
        mark: STOP,
        marks: [-8, 0, 12, 24].map((week) => STOP + 7 * week),
        tick: (day) => scene.text("tick", { n: figure((day - STOP) / 7, 0) }),
        curves: [
          { times: middle, values: values.slice(2 * size), kind: "person-1 within" },
          { times: middle, values: values.slice(0, size), kind: "person-0" },
          { times: middle, values: values.slice(size, 2 * size), kind: "person-1" },
        ],
      };
    },
  );
  averager.want([halfYear(which)], picture.draw);
  return [
    picture.element,
    choices(
      scene.say("choose"),
      CASES.map((c) => [c, scene.text(`case.${c}`)]),
      which,
      (value) => {
        which = value as Case;
        averager.want([halfYear(which)], picture.draw);
      },
    ),
    said,
    h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
  ];
}

export function stopScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["nothing", "further", "reaches"].map((n) => [
      n,
      scene.text(`option.${n}`),
    ]),
    answer: "reaches",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
