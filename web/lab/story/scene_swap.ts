/* SPDX-License-Identifier: MIT
 *
 * 10. It is the loop, not you or me: change the seats and the picture is the same one
 * mirrored; put a secure person in either seat and it is gone.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { barPicture, saidOf } from "./bars.js";
import type { Ask, Course } from "./course.js";
import { guess } from "./guess.js";
import { ANXIOUS, AVOIDANT, SECURE, scenario, type Pair } from "./pair.js";
import { choices, nameOf, percent, type Scene } from "./scene.js";

export const COUPLES = 16;
const FROM = 365;
const END = 730;

export const SEATS: Record<string, Pair> = {
  story: [ANXIOUS, AVOIDANT],
  swapped: [AVOIDANT, ANXIOUS],
  kim: [ANXIOUS, SECURE],
  robin: [SECURE, AVOIDANT],
  secure: [SECURE, SECURE],
};

export function secondYear(seats: string): Ask {
  return {
    scenario: scenario(END, [], SEATS[seats]),
    outputs: ["a.pursuit", "b.pursuit", "a.withdrawal", "b.withdrawal"],
    every: 0.5,
  };
}

const NAMES = ["a.pursuit", "b.pursuit", "a.withdrawal", "b.withdrawal"];

/** Mean reaching and stepping back of each, and the share of time in which either steps
 * back. */
export function shares(course: Course): number[] {
  const [a, b] = ["a.withdrawal", "b.withdrawal"].map((name) =>
    course.within(name, FROM, END),
  );
  const back = (a ?? []).filter(
    (value, i) => Math.max(value, b?.[i] ?? 0) > 0.2,
  ).length;
  return [
    ...NAMES.map((name) => course.mean(name, FROM, END)),
    back / (a ?? []).length,
  ];
}

function board(scene: Scene): Child {
  const averager = scene.averager(COUPLES, shares);
  let seats = "story";
  const said = h("p", { class: "result" });
  const picture = barPicture(scene, scene.say("picture"), () => {
    const { values, done } = averager.of(secondYear(seats));
    if (done === COUPLES) {
      said.replaceChildren(scene.say("result", { n: percent(values[4] ?? NaN) }));
    }
    const bars = ([0, 1, 2, 3] as const).map((k) => {
      const person = (k % 2) as 0 | 1;
      const who =
        SEATS[seats]?.[person] === SECURE ? text("story.secure") : nameOf(person);
      return {
        words: scene.text(k < 2 ? "bar.reach" : "bar.step", { who }),
        value: values[k] ?? NaN,
        whole: done === COUPLES,
        kind: `person-${person}`,
      };
    });
    return {
      bars,
      most: 0.5,
      label: bars.map((bar) => `${bar.words}: ${saidOf(bar)}`).join("; "),
    };
  });
  averager.want([secondYear(seats)], picture.draw);
  return [
    choices(
      scene.say("choose"),
      Object.keys(SEATS).map((name) => [name, scene.text(`seats.${name}`)]),
      seats,
      (value) => {
        seats = value;
        averager.want([secondYear(seats)], picture.draw);
      },
    ),
    picture.element,
    said,
    h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
  ];
}

function onward(): Child {
  return h(
    "nav",
    { class: "onward", "aria-label": text("story.onward") },
    h("p", {}, text("story.onward")),
    h(
      "p",
      { class: "buttons" },
      h("a", { class: "way", href: "#own" }, text("story.to.own")),
      h("a", { class: "way", href: "#sandbox" }, text("story.to.sandbox")),
    ),
  );
}

export function swapScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["same", "half", "gone"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "gone",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene), onward()),
  });
}
